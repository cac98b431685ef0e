//! Conversations outside a plan, and whatever happens in whatever order.

use std::collections::HashSet;

use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::Actor;
use wellmet_core::calls::{self, BeginCall, Logged};
use wellmet_core::ids::{EnrolmentId, PersonId};
use wellmet_core::plans::enter as entering;
use wellmet_core::plans::run::{self, EnrolmentState, StepState};
use wellmet_core::plans::schedule::{Base, Wait};
use wellmet_core::plans::template::{StepChannel, Template, Who};
use wellmet_core::plans::{catalogue, newer, replan, views, write};
use wellmet_core::promises::ledger::{self, PromiseState};
use wellmet_core::promises::watch::{self, News};
use wellmet_core::store::undo_last;
use wellmet_core::team::availability::Weekdays;
use wellmet_core::team::volunteers::VolunteerRole;
use wellmet_core::time::{DAY_MS, HOUR_MS};

use super::setting::{
    at, away, due, enter, keep, kept, many, owed, promise, run_of, save, sound, state, step, takes_on, three_steps,
    volunteer,
};
use crate::calls::desk::{begun, filed, rania, ring, waits};
use crate::support::{TestBook, millis};

async fn spoken_with(t: &TestBook, person: PersonId) {
    let mut edit = t.book.write(t.helen(), "file_call").await.unwrap();
    let at = edit.at.plus_ms(-60_000);
    watch::tell(&mut edit, News::Spoke { person, at }).await.unwrap();
    edit.commit().await.unwrap();
}

#[tokio::test]
async fn a_filed_call_does_the_step_that_stood_near_and_its_undo_takes_that_back() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rania = rania(&t).await;
    let run = enter(&t, plan, rania).await;
    let (_, first) = owed(&t, run).await.unwrap();
    // She leaves a message about something else, and is rung back.
    t.clock.set("2026-11-03T10:00:00+10:00");
    let callback = waits(&t, rania, "The spring fair").await;
    let call = begun(&t, rania, callback).await;
    filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.unwrap();
    let hello = run_of(&t, run).await.steps[0].clone();
    assert_eq!(hello.state, StepState::Done);
    assert_eq!(hello.why, "Was spoken with on 3 November 2026, outside the plan");
    assert_eq!(promise(&t, first.id).await.state, PromiseState::Kept);
    assert_eq!(owed(&t, run).await.unwrap().0.step, "letter");
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(owed(&t, run).await.unwrap().1.id, first.id, "one undo for the call and what it did to the plan");
    sound(&t).await.unwrap();
}

/// Each way in which a conversation comes to be written down.
#[rstest]
#[case::rung(false, None)]
#[case::they_rang(true, None)]
#[case::written_down_later(false, Some("2026-11-06T09:00:00+10:00"))]
#[case::they_rang_and_written_down_later(true, Some("2026-11-06T09:00:00+10:00"))]
#[tokio::test]
async fn a_conversation_is_heard_however_it_is_written_down(
    #[case] inbound: bool,
    #[case] began: Option<&str>,
    #[values(true, false)] for_a_promise: bool,
    #[values(true, false)] promises_more: bool,
) {
    let t = TestBook::new().await;
    let plan = save(&t, {
        let mut template = three_steps();
        template.steps.remove(1);
        template
    })
    .await;
    let rania = rania(&t).await;
    let run = enter(&t, plan, rania).await;
    let (_, first) = owed(&t, run).await.unwrap();
    keep(&t, first.id).await;
    assert_eq!(due(&owed(&t, run).await), "2026-11-09 17:00");
    t.clock.set("2026-11-06T10:00:00+10:00");
    let callback = waits(&t, rania, "Where does one park?").await;
    let begin = BeginCall {
        promise: for_a_promise.then_some(callback),
        reason: Some("to say where".into()),
        inbound,
        logged: began.map(|began| Logged { began_ms: millis(began), minutes: 12 }),
        ..ring(&t, rania, None).await
    };
    let call = calls::session::begin(&t.book, t.helen(), &begin).await.unwrap();
    let mut answers = if inbound { vec!["spoke", "-"] } else { vec!["spoke", "spoke", "-"] };
    answers.push(if promises_more { "proposal_1" } else { "close_because_answered" });
    filed(&t, call.id, &answers).await.unwrap();
    let ask = run_of(&t, run).await.steps[1].clone();
    assert_eq!(ask.state, StepState::Done, "{ask:?}");
    assert_eq!(ask.why, "Was spoken with on 6 November 2026, outside the plan");
    assert_eq!(at(ask.ended_ms.unwrap()), format!("2026-11-06 {}:00", if began.is_some() { "09" } else { "10" }));
    sound(&t).await.unwrap();
}

#[tokio::test]
async fn a_call_for_the_step_itself_does_it_and_nothing_more() {
    let t = TestBook::new().await;
    let mut template = three_steps();
    template.steps[1] = step("again", StepChannel::Call, Base::Previous, 0);
    let plan = save(&t, template).await;
    let rania = rania(&t).await;
    let run = enter(&t, plan, rania).await;
    let (_, first) = owed(&t, run).await.unwrap();
    t.clock.set("2026-11-04T10:00:00+10:00");
    let call = begun(&t, rania, first.id).await;
    t.clock.move_on(600_000);
    filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.unwrap();
    assert_eq!(promise(&t, first.id).await.state, PromiseState::Kept);
    let second = owed(&t, run).await;
    assert_eq!(second.as_ref().unwrap().0.step, "again", "the same conversation does not do the next one too");
    assert_eq!(due(&second), "2026-11-09 17:00", "and it keeps its distance from it");
}

fn first_after_fifteen_days() -> Template {
    let mut template = three_steps();
    template.steps[0].when.wait = Wait::Days(15);
    template
}

#[tokio::test]
async fn a_conversation_moves_what_waits_for_long_and_says_so() {
    let t = TestBook::new().await;
    let plan = save(&t, first_after_fifteen_days()).await;
    let rania = kept(&t, "Rania Haddad").await;
    let run = enter(&t, plan, rania).await;
    assert_eq!(due(&owed(&t, run).await), "2026-11-23 17:00");
    t.clock.set("2026-11-12T10:00:00+10:00");
    spoken_with(&t, rania).await;
    let moved = owed(&t, run).await;
    assert_eq!(due(&moved), "2026-12-03 17:00", "fifteen business days after the conversation");
    assert_eq!(moved.unwrap().0.why, "Waits anew since a conversation on 12 November 2026");
    // Moved by hand, it stands there for another reason.
    write::move_step(&t.book, t.helen(), run, "2026-12-04").await.unwrap();
    assert_eq!(owed(&t, run).await.unwrap().0.why, "");
    write::move_step(&t.book, t.helen(), run, "2026-12-03").await.unwrap();
    // What she was told stands.
    write::told(&t.book, t.helen(), run, true).await.unwrap();
    t.clock.set("2026-11-16T10:00:00+10:00");
    spoken_with(&t, rania).await;
    assert_eq!(due(&owed(&t, run).await), "2026-12-03 17:00");
}

#[tokio::test]
async fn a_conversation_is_heard_though_whoever_does_the_step_can_on_no_day() {
    let t = TestBook::new().await;
    let plan = save(&t, first_after_fifteen_days()).await;
    let rania = kept(&t, "Rania Haddad").await;
    let run = enter(&t, plan, rania).await;
    takes_on(&t, t.director, Weekdays::NONE, None).await;
    t.clock.set("2026-11-12T10:00:00+10:00");
    spoken_with(&t, rania).await;
    assert_eq!(due(&owed(&t, run).await), "2026-12-03 17:00");
}

#[tokio::test]
async fn a_step_of_nobody_is_still_of_nobody_when_a_conversation_moves_it() {
    let t = TestBook::new().await;
    let mut template = first_after_fifteen_days();
    template.steps[0].who = Who::Role(VolunteerRole::Volunteer);
    let plan = save(&t, template).await;
    let rania = kept(&t, "Rania Haddad").await;
    let run = enter(&t, plan, rania).await;
    assert_eq!(owed(&t, run).await.unwrap().1.keeper, None, "there is only Helen, who is a director");
    volunteer(&t, "Tom Ashby", None).await;
    t.clock.set("2026-11-12T10:00:00+10:00");
    spoken_with(&t, rania).await;
    let moved = owed(&t, run).await;
    assert_eq!(due(&moved), "2026-12-03 17:00");
    assert_eq!(moved.unwrap().1.keeper, None);
}

#[derive(Clone, Debug)]
enum Event {
    Keep(usize),
    Release(usize),
    Renegotiate(usize, i64),
    Skip(usize),
    Hold(usize, Option<i64>),
    Resume(usize),
    Leave(usize),
    Spoke(usize),
    Tell(usize),
    Move(usize, i64),
    Replan,
    Newer,
    Follow,
    /// Of what Helen did last, whatever happened by itself since.
    Undo,
    Wait {
        hours: i64,
    },
}

fn events() -> impl Strategy<Value = Event> {
    let who = 0usize..9;
    prop_oneof![
        5 => who.clone().prop_map(Event::Keep),
        1 => who.clone().prop_map(Event::Release),
        1 => (who.clone(), 1i64..20).prop_map(|(who, days)| Event::Renegotiate(who, days)),
        1 => who.clone().prop_map(Event::Skip),
        3 => (who.clone(), proptest::option::of(1i64..20)).prop_map(|(who, until)| Event::Hold(who, until)),
        3 => who.clone().prop_map(Event::Resume),
        1 => who.clone().prop_map(Event::Leave),
        3 => who.clone().prop_map(Event::Spoke),
        1 => who.clone().prop_map(Event::Tell),
        2 => (who, 1i64..20).prop_map(|(who, days)| Event::Move(who, days)),
        2 => Just(Event::Replan),
        1 => Just(Event::Newer),
        2 => Just(Event::Follow),
        2 => Just(Event::Undo),
        6 => (1i64..100).prop_map(|hours| Event::Wait { hours }),
    ]
}

/// What must be true whatever happened.
async fn holds(t: &TestBook, runs: &[EnrolmentId]) {
    let mut db = t.book.read().await.unwrap();
    for run in run::by_id(&mut db, runs).await.unwrap() {
        let keys: Vec<&str> = run.steps.iter().map(|step| step.step.as_str()).collect();
        let once: HashSet<&str> = keys.iter().copied().collect();
        assert_eq!(keys.len(), once.len(), "a step that was reached has one row");
        let open: Vec<_> = run.steps.iter().filter(|step| step.state == StepState::Open).collect();
        let waiting = run.steps.iter().filter(|step| step.state == StepState::Waiting).count();
        match run.row.state {
            EnrolmentState::Running => {
                assert_eq!((open.len(), waiting), (1, 0), "one thing is owed at a time: {run:?}")
            }
            EnrolmentState::Held => {
                assert!(open.iter().all(|step| step.told) && open.len() + waiting <= 1, "{run:?}")
            }
            _ => assert_eq!((open.len(), waiting), (0, 0)),
        }
        // No step is lost: what is behind has a row, what is owed has one, and the rest is to come.
        if run.row.state != EnrolmentState::Left {
            let (_, version) = catalogue::version(&mut db, run.row.plan_version_id).await.unwrap();
            let view = views::one(&mut db, t.book.now(), run.row.id).await.unwrap();
            let shown: Vec<&str> = view.steps.iter().map(|step| step.key.as_str()).collect();
            let wanted: Vec<&str> = version.template.steps.iter().map(|step| step.key.as_str()).collect();
            assert_eq!(shown, wanted, "every step is there, in its place");
        }
    }
    drop(db);
    sound(t).await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_each_step_has_one_fate(happened in prop::collection::vec(events(), 1..35)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let t = TestBook::new().await;
            let tom = volunteer(&t, "Tom Ashby", Some(2)).await;
            takes_on(&t, t.director, Weekdays::ALL, Some(3)).await;
            away(&t, tom, "2026-11-10", "2026-11-12").await;
            let people = many(&t, 3, tom).await;
            let mut plans = Vec::new();
            let mut all: Vec<(PersonId, EnrolmentId)> = Vec::new();
            for _ in 0..3 {
                let plan = save(&t, three_steps()).await;
                for person in &people {
                    // By Wellmet itself, so that Helen's undo leaves them in.
                    entering::enter_one(&t.book, Actor::Wellmet, plan, *person, None).await.unwrap();
                    let runs = run::of_people(&mut t.book.read().await.unwrap(), &[*person]).await.unwrap();
                    all.push((*person, runs.last().unwrap().row.id));
                }
                plans.push((plan, three_steps()));
            }
            let mut newer_ones = 0;
            for event in happened {
                let book = &t.book;
                let who = |at: &usize| all[*at];
                match &event {
                    Event::Wait { hours } => t.clock.move_on(hours * HOUR_MS),
                    Event::Replan => {
                        let shown = replan::preview(&mut book.read().await.unwrap(), book.now()).await.unwrap();
                        replan::apply(book, t.helen(), &shown.stamp).await.unwrap();
                    }
                    Event::Follow => drop(wellmet_core::plans::follow::follow(book).await.unwrap()),
                    Event::Undo => {
                        undo_last(book, t.helen()).await.unwrap();
                        wellmet_core::plans::follow::follow(book).await.unwrap();
                    }
                    Event::Newer => {
                        newer_ones += 1;
                        let (plan, template) = &mut plans[0];
                        template.steps.insert(newer_ones % 3, step(&format!("new {newer_ones}"), StepChannel::Own, Base::Previous, 2));
                        template.steps.retain(|step| newer_ones % 2 == 0 || step.key != "letter");
                        wellmet_core::plans::catalogue::save(book, t.helen(), Some(*plan), template.clone()).await.unwrap();
                        newer::move_all(book, t.helen(), *plan).await.unwrap();
                    }
                    Event::Spoke(at) => spoken_with(&t, who(at).0).await,
                    Event::Hold(at, until) => {
                        let day = until.map(|days| at_day(&t, days));
                        drop(write::hold(book, t.helen(), who(at).1, day.as_deref(), "").await);
                    }
                    Event::Resume(at) => drop(write::resume(book, t.helen(), who(at).1).await),
                    Event::Leave(at) => drop(write::leave(book, t.helen(), who(at).1, "gone").await),
                    Event::Skip(at) => drop(write::skip(book, t.helen(), who(at).1, "met").await),
                    Event::Tell(at) => drop(write::told(book, t.helen(), who(at).1, true).await),
                    Event::Move(at, days) => drop(write::move_step(book, t.helen(), who(at).1, &at_day(&t, *days)).await),
                    Event::Keep(at) | Event::Release(at) | Event::Renegotiate(at, _) => {
                        let Some((_, owed)) = owed(&t, who(at).1).await else { continue };
                        let mut edit = book.write(t.helen(), "promise").await.unwrap();
                        let done = match &event {
                            Event::Keep(_) => ledger::keep(&mut edit, owed.id).await,
                            Event::Release(_) => ledger::release(&mut edit, owed.id, "no longer").await,
                            Event::Renegotiate(_, days) => {
                                let due = book.now().plus_ms(days * DAY_MS);
                                ledger::renegotiate(&mut edit, owed.id, due, None).await.map(drop)
                            }
                            _ => Ok(()),
                        };
                        if done.is_ok() {
                            edit.commit().await.unwrap();
                        }
                    }
                }
                holds(&t, &all.iter().map(|(_, run)| *run).collect::<Vec<_>>()).await;
            }
        });
    }

    /// Whatever plans somebody is in and whatever is done when, two touches are as far apart as was wanted.
    #[test]
    fn touches_keep_their_distance_across_plans(kept_after in prop::collection::vec((0usize..9, 0i64..4), 1..20)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let t = TestBook::new().await;
            let people = many(&t, 3, t.director).await;
            let mut all: Vec<EnrolmentId> = Vec::new();
            for _ in 0..3 {
                let plan = save(&t, three_steps()).await;
                for person in &people {
                    all.push(enter(&t, plan, *person).await);
                }
            }
            for (who, days) in kept_after {
                t.clock.move_on(days * DAY_MS);
                if let Some((_, owed)) = owed(&t, all[who]).await {
                    super::setting::keep(&t, owed.id).await;
                }
                for person in &people {
                    let all = ledger::of_person(&mut t.book.read().await.unwrap(), *person).await.unwrap();
                    let mut days: Vec<chrono::NaiveDate> = all
                        .iter()
                        .filter(|promise| promise.state == PromiseState::Open)
                        .map(|promise| at(promise.from_ms.unwrap())[..10].parse().unwrap())
                        .collect();
                    days.sort_unstable();
                    assert!(days.windows(2).all(|two| (two[1] - two[0]).num_days() >= 3), "{days:?}");
                }
            }
            assert!(all.len() == 9 && state(&t, all[0]).await != EnrolmentState::Left);
        });
    }
}

fn at_day(t: &TestBook, days: i64) -> String {
    at(t.book.now().plus_ms(days * DAY_MS))[..10].to_owned()
}
