//! Steps that are looked at once more, and runs that would owe two things.

use wellmet_core::people::person;
use wellmet_core::plans::condition::Condition;
use wellmet_core::plans::follow::follow;
use wellmet_core::plans::run::{EnrolmentState, StepState};
use wellmet_core::plans::template::Spoken;
use wellmet_core::plans::write;
use wellmet_core::promises::ledger::{self, PromiseState};
use wellmet_core::store::{last_edits, undo};
use wellmet_core::team::availability::Weekdays;

use super::setting::{due, enter, keep, kept, owed, promise, run_of, save, sound, takes_on, three_steps};
use crate::calls::desk::{begun, filed, rania, waits};
use crate::support::TestBook;

async fn tagged(t: &TestBook, who: wellmet_core::ids::PersonId, tag: &str) {
    let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
    person::tag(&mut edit, who, tag).await.unwrap();
    edit.commit().await.unwrap();
}

#[tokio::test]
async fn a_step_that_became_pointless_since_is_passed_over_on_its_day_and_not_before() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.steps[0].skip_when = vec![Condition::Tag { name: "knows us".into() }];
    let plan = save(&t, template).await;
    let [rania, told, tried] =
        [kept(&t, "Rania Haddad").await, kept(&t, "Tom Ashby").await, kept(&t, "Mei Tanaka").await];
    let [run, told_run, tried_run] =
        [enter(&t, plan, rania).await, enter(&t, plan, told).await, enter(&t, plan, tried).await];
    write::told(&t.book, t.helen(), told_run, true).await.unwrap();
    follow(&t.book).await.unwrap();
    for person in [rania, told, tried] {
        tagged(&t, person, "knows us").await;
    }
    assert_eq!(follow(&t.book).await.unwrap().skipped, 0, "it is for Wednesday: until then it may change again");
    let (_, hello) = owed(&t, run).await.unwrap();
    let mut edit = t.book.write(t.helen(), "try").await.unwrap();
    ledger::tried(&mut edit, owed(&t, tried_run).await.unwrap().1.id, None).await.unwrap();
    edit.commit().await.unwrap();
    t.clock.set("2026-11-04T07:00:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap().skipped, 1);
    let step = run_of(&t, run).await.steps[0].clone();
    assert_eq!((step.state, step.why.as_str()), (StepState::Skipped, "Has the tag “knows us”"));
    assert_eq!(promise(&t, hello.id).await.state, PromiseState::Released);
    assert_eq!(owed(&t, run).await.unwrap().0.step, "letter", "and the next one is owed");
    assert_eq!(owed(&t, told_run).await.unwrap().0.step, "hello", "she was told, and is rung");
    assert_eq!(owed(&t, tried_run).await.unwrap().0.step, "hello", "what is underway goes on");
    assert_eq!(follow(&t.book).await.unwrap().skipped, 0);
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn what_happens_on_the_day_itself_is_heard_too() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.steps[0].skip_when = vec![Condition::Tag { name: "knows us".into() }];
    let plan = save(&t, template).await;
    let rania = kept(&t, "Rania Haddad").await;
    let run = enter(&t, plan, rania).await;
    t.clock.set("2026-11-04T10:00:00+10:00");
    follow(&t.book).await.unwrap();
    tagged(&t, rania, "knows us").await;
    assert_eq!(follow(&t.book).await.unwrap().skipped, 1);
    assert_eq!(owed(&t, run).await.unwrap().0.step, "letter");
}

#[tokio::test]
async fn a_step_that_a_conversation_made_pointless_names_its_day() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.steps[0].skip_when = vec![Condition::SpokenWithin { days: 30 }];
    template.steps[0].spoken = Some(Spoken::Stands);
    let plan = save(&t, template).await;
    let rania = rania(&t).await;
    let run = enter(&t, plan, rania).await;
    follow(&t.book).await.unwrap();
    t.clock.set("2026-11-03T10:00:00+10:00");
    let callback = waits(&t, rania, "The spring fair").await;
    let call = begun(&t, rania, callback).await;
    filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.unwrap();
    t.clock.set("2026-11-04T10:00:00+10:00");
    assert_eq!(follow(&t.book).await.unwrap().skipped, 1);
    let step = run_of(&t, run).await.steps[0].clone();
    assert_eq!((step.state, step.why.as_str()), (StepState::Skipped, "Was spoken with on 3 November 2026"));
}

#[tokio::test]
async fn undoing_an_older_edit_leaves_one_step_owed() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    follow(&t.book).await.unwrap();
    t.clock.set("2026-11-04T10:00:00+10:00");
    keep(&t, owed(&t, run).await.unwrap().1.id).await;
    let done = last_edits(&t.book, 1).await.unwrap()[0].id;
    // The letter was moved since: undo leaves it where somebody put it.
    write::move_step(&t.book, t.helen(), run, "2026-11-12").await.unwrap();
    let letter = owed(&t, run).await.unwrap().1;
    undo(&t.book, t.helen(), done).await.unwrap();
    follow(&t.book).await.unwrap();
    let now = run_of(&t, run).await;
    let open: Vec<&str> =
        now.steps.iter().filter(|step| step.state == StepState::Open).map(|step| step.step.as_str()).collect();
    assert_eq!(open, ["hello"], "what comes first is owed");
    assert_eq!(promise(&t, letter.id).await.state, PromiseState::Released);
    sound(&t).await.unwrap();
    keep(&t, owed(&t, run).await.unwrap().1.id).await;
    assert_eq!(owed(&t, run).await.unwrap().0.step, "letter", "and the other comes again");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn undoing_what_came_before_a_hold_ends_no_hold() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    follow(&t.book).await.unwrap();
    t.clock.set("2026-11-03T10:00:00+10:00");
    let (_, hello) = owed(&t, run).await.unwrap();
    keep(&t, hello.id).await;
    let done = last_edits(&t.book, 1).await.unwrap()[0].id;
    write::hold(&t.book, t.helen(), run, None, "").await.unwrap();
    undo(&t.book, t.helen(), done).await.unwrap();
    follow(&t.book).await.unwrap();
    assert_eq!(run_of(&t, run).await.row.state, EnrolmentState::Held);
    assert!(owed(&t, run).await.is_none(), "it was not done, and it is on hold");
    t.clock.set("2026-11-23T10:00:00+10:00");
    write::resume(&t.book, t.helen(), run).await.unwrap();
    let hello = owed(&t, run).await;
    assert_eq!(due(&hello), "2026-11-24 17:00", "Tuesday and Wednesday were left of its wait");
    assert_eq!(hello.unwrap().0.step, "hello");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn the_next_step_waits_for_a_day_on_which_whoever_does_it_has_room() {
    let t = TestBook::new().await;
    takes_on(&t, t.director, Weekdays::ALL, Some(1)).await;
    let plan = save(&t, three_steps()).await;
    let [first, second] = [enter(&t, plan, kept(&t, "Rania Haddad").await).await, {
        let tom = kept(&t, "Tom Ashby").await;
        enter(&t, plan, tom).await
    }];
    // By hand she enters all the same: the forecast was shown.
    assert_eq!(due(&owed(&t, second).await), "2026-11-04 17:00");
    t.clock.set("2026-11-04T10:00:00+10:00");
    keep(&t, owed(&t, first).await.unwrap().1.id).await;
    keep(&t, owed(&t, second).await.unwrap().1.id).await;
    assert_eq!(due(&owed(&t, first).await), "2026-11-09 17:00");
    assert_eq!(due(&owed(&t, second).await), "2026-11-10 17:00", "Helen takes on one a day");
    // Whoever takes on nothing at all owes it on its own day: nobody is forgotten.
    takes_on(&t, t.director, Weekdays::ALL, Some(0)).await;
    t.clock.set("2026-11-09T10:00:00+10:00");
    keep(&t, owed(&t, first).await.unwrap().1.id).await;
    assert_eq!(due(&owed(&t, first).await), "2026-11-16 17:00");
}
