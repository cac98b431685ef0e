use wellmet_core::plans::follow::follow;
use wellmet_core::plans::run::{EnrolmentState, StepState};
use wellmet_core::plans::{views, write};
use wellmet_core::promises::ledger::{self, PromiseState};
use wellmet_core::store::undo_last;
use wellmet_core::team::availability::Weekdays;

use super::setting::{
    at, contents, due, enter, keep, kept, owed, promise, run_of, save, sound, state, takes_on, three_steps,
};
use crate::support::{TestBook, millis};

#[tokio::test]
async fn a_hold_spends_no_wait_and_owes_nothing() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let (_, first) = owed(&t, run).await.unwrap();
    t.clock.set("2026-11-03T10:00:00+10:00");
    write::hold(&t.book, t.helen(), run, None, "Her father is ill").await.unwrap();
    assert_eq!(state(&t, run).await, EnrolmentState::Held);
    assert!(owed(&t, run).await.is_none());
    let released = promise(&t, first.id).await;
    assert_eq!(
        (released.state, released.end_reason.as_str()),
        (PromiseState::Released, "The plan is on hold until further notice")
    );
    t.clock.set("2026-11-23T10:00:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap().resumed, 0, "nothing by itself ends what somebody held");
    write::resume(&t.book, t.helen(), run).await.unwrap();
    // Tuesday and Wednesday were left of its wait; so are Monday and Tuesday.
    assert_eq!(due(&owed(&t, run).await), "2026-11-24 17:00");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn it_goes_on_by_itself_on_the_day_that_was_chosen_and_not_before() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    write::hold(&t.book, t.helen(), run, Some("2026-11-16"), "Away").await.unwrap();
    let shown = views::one(&mut t.book.read().await.unwrap(), t.book.now(), run).await.unwrap();
    let projected = at(shown.steps[0].due_ms.unwrap());
    t.clock.set("2026-11-15T23:59:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap().resumed, 0);
    t.clock.set("2026-11-18T08:00:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap().resumed, 1);
    // Of its two days none was spent on Monday the second; Monday the sixteenth and Tuesday were, while Wellmet was closed.
    assert_eq!(projected, "2026-11-17 17:00");
    assert_eq!(due(&owed(&t, run).await), "2026-11-18 17:00", "it is never laid in the past");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn what_was_told_stands_while_the_rest_is_held() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let (_, first) = owed(&t, run).await.unwrap();
    // A new date, agreed with her: she knows it.
    let mut edit = t.book.write(t.helen(), "renegotiate_promise").await.unwrap();
    let next = ledger::renegotiate(&mut edit, first.id, millis("2026-11-05T15:00:00+10:00"), None).await.unwrap();
    edit.commit().await.unwrap();
    let (step, agreed) = owed(&t, run).await.unwrap();
    assert_eq!((agreed.id, step.told), (next, true));
    write::hold(&t.book, t.helen(), run, None, "").await.unwrap();
    assert_eq!(owed(&t, run).await.unwrap().1.id, next, "a word that was given is kept");
    t.clock.set("2026-11-05T14:00:00+10:00");
    keep(&t, next).await;
    assert!(owed(&t, run).await.is_none(), "and what follows waits");
    t.clock.set("2026-11-16T10:00:00+10:00");
    write::resume(&t.book, t.helen(), run).await.unwrap();
    assert_eq!(due(&owed(&t, run).await), "2026-11-19 17:00", "its wait begins when the hold ends");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn it_goes_on_though_no_day_suits_whoever_does_it() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    write::hold(&t.book, t.helen(), run, Some("2026-11-16"), "Away").await.unwrap();
    takes_on(&t, t.director, Weekdays::NONE, None).await;
    let shown = views::one(&mut t.book.read().await.unwrap(), t.book.now(), run).await.unwrap();
    assert_eq!(at(shown.steps[0].due_ms.unwrap()), "2026-11-17 17:00");
    t.clock.set("2026-11-16T08:00:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap().resumed, 1);
    assert_eq!(due(&owed(&t, run).await), "2026-11-17 17:00", "it is owed, and planning anew finds it");
    let shown = views::one(&mut t.book.read().await.unwrap(), t.book.now(), run).await.unwrap();
    assert!(shown.steps.iter().all(|step| step.from_ms.is_some()), "so are those that follow, by their waits alone");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn nobody_is_held_until_a_day_that_nobody_plans_for() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let error = write::hold(&t.book, t.helen(), run, Some("2206-11-20"), "").await.unwrap_err();
    assert_eq!(error.code, wellmet_core::Code::Invalid);
    assert!(error.message.contains("further notice"), "{}", error.message);
    write::hold(&t.book, t.helen(), run, Some("2028-11-01"), "").await.unwrap();
}

#[tokio::test]
async fn what_was_said_twice_is_taken_back_twice() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    for _ in 0..2 {
        write::told(&t.book, t.helen(), run, true).await.unwrap();
    }
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert!(owed(&t, run).await.unwrap().0.told, "the first time stands");
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert!(!owed(&t, run).await.unwrap().0.told);
}

#[tokio::test]
async fn what_turns_out_not_to_be_known_waits_with_the_rest() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    write::told(&t.book, t.helen(), run, true).await.unwrap();
    write::hold(&t.book, t.helen(), run, None, "").await.unwrap();
    let (_, first) = owed(&t, run).await.unwrap();
    t.clock.set("2026-11-04T10:00:00+10:00");
    write::told(&t.book, t.helen(), run, false).await.unwrap();
    assert!(owed(&t, run).await.is_none(), "it is on hold as if nobody had told them");
    assert_eq!(promise(&t, first.id).await.state, PromiseState::Released);
    t.clock.set("2026-11-23T10:00:00+10:00");
    write::resume(&t.book, t.helen(), run).await.unwrap();
    assert_eq!(due(&owed(&t, run).await), "2026-11-24 17:00");
    assert_eq!(run_of(&t, run).await.steps[0].why, "Was on hold from 2 November 2026");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn undoing_a_hold_restores_the_book() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let before = contents(&t).await;
    write::hold(&t.book, t.helen(), run, Some("2026-11-20"), "Away").await.unwrap();
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(contents(&t).await, before);
    assert!(owed(&t, run).await.is_some());
}

#[tokio::test]
async fn leaving_and_passing_over_say_why() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    assert!(write::skip(&t.book, t.helen(), run, " ").await.is_err());
    write::skip(&t.book, t.helen(), run, "We met at the bakery").await.unwrap();
    assert_eq!(owed(&t, run).await.unwrap().0.step, "letter");
    write::leave(&t.book, t.helen(), run, "Found another club").await.unwrap();
    let now = run_of(&t, run).await;
    assert_eq!((now.row.state, now.row.end_reason.as_str()), (EnrolmentState::Left, "Found another club"));
    let states: Vec<StepState> = now.steps.iter().map(|step| step.state).collect();
    assert_eq!(states, [StepState::Skipped, StepState::Left]);
    assert!(write::leave(&t.book, t.helen(), run, "again").await.is_err(), "nobody leaves twice");
    sound(&t).await.unwrap();
}
