use wellmet_core::people::{PeopleQuery, ReachKind, Standing, consent, person};
use wellmet_core::plans::condition::Condition;
use wellmet_core::plans::enter;
use wellmet_core::plans::run::{EnrolmentState, StepState};
use wellmet_core::plans::schedule::Base;
use wellmet_core::plans::setting::set_never_on;
use wellmet_core::plans::template::StepChannel;
use wellmet_core::plans::views;
use wellmet_core::promises::reasons::plain;
use wellmet_core::promises::today;
use wellmet_core::team::availability::{self, Weekdays};

use super::setting::{
    at, due, enter, entering, keep, kept, owed, plan_of, run_of, save, sound, state, step, three_steps,
};
use crate::support::TestBook;

/// Monday 2 November 2026, a quarter past ten, in Brisbane.
#[tokio::test]
async fn one_step_is_owed_at_a_time_and_the_next_follows_from_it() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rania = kept(&t, "Rania Haddad").await;
    let run = enter(&t, plan, rania).await;
    let first = owed(&t, run).await;
    assert_eq!(due(&first), "2026-11-04 17:00", "two business days after Monday");
    let first = first.unwrap().1;
    assert_eq!(at(first.from_ms.unwrap()), "2026-11-04 09:00");
    assert!(first.by_ringing);
    t.clock.set("2026-11-04T11:00:00+10:00");
    keep(&t, first.id).await;
    let second = owed(&t, run).await;
    assert_eq!(due(&second), "2026-11-09 17:00", "three business days after it was done, over a weekend");
    assert!(!second.as_ref().unwrap().1.by_ringing, "nobody rings a letter");
    t.clock.set("2026-11-09T11:00:00+10:00");
    keep(&t, second.unwrap().1.id).await;
    let third = owed(&t, run).await.unwrap().1;
    t.clock.set("2026-11-16T12:00:00+10:00");
    keep(&t, third.id).await;
    assert_eq!(state(&t, run).await, EnrolmentState::Finished);
    assert!(run_of(&t, run).await.steps.iter().all(|step| step.state == StepState::Done));
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn today_says_plan_step_and_what_to_ask() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let (_, promise) = owed(&t, run).await.unwrap();
    let reason = today::reason(&mut t.book.read().await.unwrap(), promise.id, t.book.now()).await.unwrap();
    assert_eq!(
        plain(&reason),
        "“The step hello”, step 1 of 3 of the plan “Getting to know them”: do hello. What did we learn last time? \
         Planned between 9:00 and 17:00 on Wednesday."
    );
    assert!(
        reason.iter().all(|clause| clause.record.is_some() || clause.text.trim().len() <= 1),
        "all of it is a record"
    );
}

#[tokio::test]
async fn what_they_do_not_want_is_passed_over_and_says_why() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.steps[1].skip_when = vec![Condition::Tag { name: "no paper".into() }];
    let plan = save(&t, template).await;
    let rania = kept(&t, "Rania Haddad").await;
    let mut edit = t.book.write(t.helen(), "set_consent").await.unwrap();
    consent::set(&mut edit, rania, ReachKind::Phone, false, "said so").await.unwrap();
    person::tag(&mut edit, rania, "no paper").await.unwrap();
    edit.commit().await.unwrap();
    let people = entering(plan, vec![rania]);
    let preview = enter::preview(&mut t.book.read().await.unwrap(), t.book.now(), &people).await.unwrap();
    assert_eq!((preview.enter, preview.stay_out), (0, 1), "nothing in it is for her");
    assert_eq!(preview.out[0].why, "Does not want to be rung");
    let mut edit = t.book.write(t.helen(), "set_consent").await.unwrap();
    consent::set(&mut edit, rania, ReachKind::Phone, true, "said so").await.unwrap();
    edit.commit().await.unwrap();
    let run = enter(&t, plan, rania).await;
    keep(&t, owed(&t, run).await.unwrap().1.id).await;
    let now = run_of(&t, run).await;
    let letter = now.steps.iter().find(|step| step.step == "letter").unwrap();
    assert_eq!((letter.state, letter.why.as_str()), (StepState::Skipped, "Has the tag “no paper”"));
    assert_eq!(now.open().unwrap().step, "ask");
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn a_preview_says_who_enters_and_why_others_do_not() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.leave_when = vec![Condition::Standing { any_of: vec![Standing::Member] }];
    let plan = save(&t, template).await;
    let rania = kept(&t, "Rania Haddad").await;
    let tom = kept(&t, "Tom Ashby").await;
    let mei = kept(&t, "Mei Tanaka").await;
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    let change = wellmet_core::people::PersonChange { standing: Some(Standing::Member), ..Default::default() };
    person::change(&mut edit, tom, &change).await.unwrap();
    edit.commit().await.unwrap();
    enter(&t, plan, mei).await;
    let mut all = entering(plan, Vec::new());
    all.list = Some(PeopleQuery::default());
    let preview = enter::preview(&mut t.book.read().await.unwrap(), t.book.now(), &all).await.unwrap();
    assert_eq!(preview.entrants.iter().map(|entrant| entrant.person).collect::<Vec<_>>(), [rania]);
    let mut why: Vec<(&str, &str)> = preview.out.iter().map(|out| (out.name.as_str(), out.why.as_str())).collect();
    why.sort_unstable();
    assert_eq!(why, [("Mei Tanaka", "Is in this plan already"), ("Tom Ashby", "Is a member now")]);
    assert_eq!(preview.days[0].day, "2026-11-04");
    let done = enter::enter(&t.book, t.helen(), &all).await.unwrap();
    assert_eq!((done.enter, done.stay_out), (1, 2), "what was shown is what is done");
}

#[tokio::test]
async fn a_date_that_nobody_knows_keeps_them_out() {
    let t = TestBook::new().await;
    let mut template = plan_of(vec![
        step("before", StepChannel::Call, Base::BeforeDate, 2),
        step("after", StepChannel::Call, Base::AfterDate, 1),
    ]);
    template.date_of = Some(wellmet_core::plans::template::DateOf::Event);
    let plan = save(&t, template).await;
    let rania = kept(&t, "Rania Haddad").await;
    let mut people = entering(plan, vec![rania]);
    let preview = enter::preview(&mut t.book.read().await.unwrap(), t.book.now(), &people).await.unwrap();
    assert_eq!(preview.out[0].why, "Nobody knows the date of the event");
    people.date = Some("2026-11-14".into());
    enter::enter(&t.book, t.helen(), &people).await.unwrap();
    let run = views::of_person(&mut t.book.read().await.unwrap(), t.book.now(), rania).await.unwrap();
    assert_eq!(at(run[0].steps[0].due_ms.unwrap()), "2026-11-12 17:00", "two business days before Saturday");
    assert_eq!(at(run[0].steps[1].due_ms.unwrap()), "2026-11-16 17:00", "the first business day after it");
    // The evening is over before anybody rang.
    t.clock.set("2026-11-16T10:00:00+10:00");
    keep(&t, run[0].steps[0].promise.unwrap()).await;
    assert_eq!(owed(&t, run[0].id).await.unwrap().0.step, "after");
}

#[tokio::test]
async fn days_that_do_not_suit_are_left_out() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rania = kept(&t, "Rania Haddad").await;
    let mut edit = t.book.write(t.helen(), "set_never_on").await.unwrap();
    set_never_on(&mut edit, rania, Weekdays(0b100)).await.unwrap();
    person::tag(&mut edit, rania, "teacher").await.unwrap();
    availability::add_group_closure(&mut edit, "teacher", "School camp", "2026-11-05", "2026-11-06").await.unwrap();
    availability::add_leave(&mut edit, t.director, "2026-11-09", "2026-11-09").await.unwrap();
    edit.commit().await.unwrap();
    let run = enter(&t, plan, rania).await;
    assert_eq!(
        due(&owed(&t, run).await),
        "2026-11-10 17:00",
        "not on a Wednesday, not at camp, not while Helen is away"
    );
}

#[tokio::test]
async fn two_plans_never_crowd_her() {
    let t = TestBook::new().await;
    let (one, other) = (save(&t, three_steps()).await, save(&t, three_steps()).await);
    let rania = kept(&t, "Rania Haddad").await;
    let first = enter(&t, one, rania).await;
    let second = enter(&t, other, rania).await;
    assert_eq!(due(&owed(&t, first).await), "2026-11-04 17:00");
    assert_eq!(due(&owed(&t, second).await), "2026-11-09 17:00", "three days from the other, and no weekend");
}

#[tokio::test]
async fn the_page_of_a_plan_names_the_step_at_which_each_stands() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    let people = views::in_plan(&mut t.book.read().await.unwrap(), plan).await.unwrap();
    assert_eq!(people[0].step.as_deref(), Some("The step hello"));
}
