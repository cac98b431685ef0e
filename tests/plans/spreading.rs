//! Many who enter at once, so that nobody has more in a day than they take on, then or later.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wellmet_core::Actor;
use wellmet_core::ids::{PersonId, VolunteerId};
use wellmet_core::plans::enter;
use wellmet_core::plans::forecast::{self, ForecastAsk};
use wellmet_core::plans::schedule::Base;
use wellmet_core::plans::setting::set_never_on;
use wellmet_core::plans::template::StepChannel;
use wellmet_core::plans::views::{self, RunView};
use wellmet_core::store::undo_last;
use wellmet_core::team::availability::Weekdays;
use wellmet_core::time::DAY_MS;

use super::setting::{
    at, away, contents, due, entering, keep, kept, many, owed, plan_of, save, sound, step, takes_on, three_steps,
    volunteer,
};
use crate::support::TestBook;

async fn runs(t: &TestBook, people: &[PersonId]) -> Vec<RunView> {
    let mut all = Vec::new();
    let mut db = t.book.read().await.unwrap();
    for person in people {
        all.extend(views::of_person(&mut db, t.book.now(), *person).await.unwrap());
    }
    all
}

/// Every step of theirs, owed or to come, by day.
fn by_day(runs: &[RunView]) -> BTreeMap<(Option<VolunteerId>, String), u32> {
    let mut days = BTreeMap::new();
    for step in runs.iter().flat_map(|run| &run.steps) {
        let keeper = step.keeper.as_ref().map(|keeper| keeper.id);
        *days.entry((keeper, at(step.from_ms.unwrap())[..10].to_owned())).or_default() += 1;
    }
    days
}

#[tokio::test]
async fn four_hundred_guests_are_spread_with_all_that_follows_and_undone_as_one() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", Some(10)).await;
    let plan = save(&t, three_steps()).await;
    let guests = many(&t, 400, tom).await;
    let before = contents(&t).await;
    let mut all = entering(plan, guests.clone());
    all.spread = true;
    let done = enter::enter(&t.book, t.helen(), &all).await.unwrap();
    assert_eq!(done.enter, 400);
    let runs = runs(&t, &guests).await;
    let days = by_day(&runs);
    assert_eq!(days.values().sum::<u32>(), 1_200, "no step is lost");
    assert!(days.values().all(|count| *count <= 10), "{days:?}");
    let begins: Vec<_> = runs.iter().map(|run| run.steps[0].from_ms).collect();
    assert!(begins.is_sorted(), "whoever comes first begins first");
    // Each wait is as long as the plan says: it is the beginning that moved.
    let last = runs.last().unwrap();
    let days: Vec<i64> =
        last.steps.windows(2).map(|two| two[1].from_ms.unwrap().since(two[0].from_ms.unwrap()) / DAY_MS).collect();
    assert!((3..=5).contains(&days[0]) && (7..=9).contains(&days[1]), "{days:?}");
    let foreseen =
        forecast::forecast(&mut t.book.read().await.unwrap(), t.book.now(), &ForecastAsk::default()).await.unwrap();
    assert_eq!((foreseen.first_over, foreseen.over_days), (None, 0));
    sound(&t).await.unwrap();
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(contents(&t).await, before, "as if nobody had entered");
}

#[tokio::test]
async fn they_begin_on_a_day_of_ones_own_choosing() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rania = kept(&t, "Rania Haddad").await;
    let mut later = entering(plan, vec![rania]);
    // A Saturday: on Monday, and two business days from there.
    later.start = Some("2026-12-05".into());
    let shown = enter::preview(&mut t.book.read().await.unwrap(), t.book.now(), &later).await.unwrap();
    assert_eq!(at(shown.entrants[0].from_ms), "2026-12-09 09:00");
    enter::enter(&t.book, t.helen(), &later).await.unwrap();
    let run = runs(&t, &[rania]).await.remove(0);
    assert_eq!(at(run.joined_ms), "2026-12-07 09:00");
    assert_eq!(due(&owed(&t, run.id).await), "2026-12-09 17:00");
    // Held before it has begun, it spends no wait.
    wellmet_core::plans::write::hold(&t.book, t.helen(), run.id, None, "").await.unwrap();
    t.clock.set("2026-11-20T10:00:00+10:00");
    wellmet_core::plans::write::resume(&t.book, t.helen(), run.id).await.unwrap();
    assert_eq!(due(&owed(&t, run.id).await), "2026-12-09 17:00");
    later.people = vec![kept(&t, "Tom Ashby").await];
    later.start = Some("2026-11-02".into());
    assert!(enter::preview(&mut t.book.read().await.unwrap(), t.book.now(), &later).await.is_err(), "it is over");
}

#[tokio::test]
async fn whose_days_are_few_holds_up_nobody_else() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", Some(1)).await;
    let other = save(&t, plan_of(vec![step("other", StepChannel::Letter, Base::Joining, 4)])).await;
    enter::enter(&t.book, t.helen(), &entering(other, many(&t, 1, tom).await)).await.unwrap();
    let plan = save(&t, plan_of(vec![step("visit", StepChannel::Visit, Base::Joining, 0)])).await;
    let guests = many(&t, 2, tom).await;
    // The first can on Fridays alone, and Tom has something to do on this one.
    let mut edit = t.book.write(t.helen(), "set_never_on").await.unwrap();
    set_never_on(&mut edit, guests[0], Weekdays(0b110_1111)).await.unwrap();
    edit.commit().await.unwrap();
    let mut all = entering(plan, guests.clone());
    all.spread = true;
    enter::enter(&t.book, t.helen(), &all).await.unwrap();
    let begins: Vec<String> =
        runs(&t, &guests).await.iter().map(|run| at(run.steps[0].from_ms.unwrap())[..10].to_owned()).collect();
    assert_eq!(begins, ["2026-11-13", "2026-11-02"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 40, ..ProptestConfig::default() })]

    /// Whatever the plan, whoever does it and however much they take on: what is laid at the beginning keeps within it, and
    /// so does what comes of it when each step is done on its day.
    #[test]
    fn nobody_has_more_in_a_day_than_they_take_on(
        waits in prop::collection::vec((0u32..12, any::<bool>()), 1..5),
        limits in prop::collection::vec(1u32..5, 1..3),
        guests in 1usize..25,
        busy in prop::collection::vec(0i64..12, 0..8),
        leave in proptest::option::of((2u32..10, 1u32..8)),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let t = TestBook::new().await;
            takes_on(&t, t.director, Weekdays::ALL, Some(50)).await;
            let mut team = Vec::new();
            for (place, limit) in limits.iter().enumerate() {
                team.push((volunteer(&t, &format!("Volunteer {place}"), Some(*limit)).await, *limit));
            }
            if let Some((from, days)) = leave {
                let (from, to) = (format!("2026-11-{from:02}"), format!("2026-11-{:02}", from + days));
                away(&t, team[0].0, &from, &to).await;
            }
            let steps = waits.iter().enumerate().map(|(place, (wait, joining))| {
                let base = if *joining || place == 0 { Base::Joining } else { Base::Previous };
                step(&format!("step {place}"), StepChannel::Visit, base, *wait)
            });
            let plan = save(&t, plan_of(steps.collect())).await;
            // Something else is owed already, within what they take on.
            let others = many(&t, busy.len(), team[0].0).await;
            let other = save(&t, plan_of(vec![step("other", StepChannel::Letter, Base::Joining, 2)])).await;
            let mut spread = entering(other, others);
            spread.spread = true;
            enter::enter(&t.book, Actor::Wellmet, &spread).await.unwrap();
            let mut people = Vec::new();
            for place in 0..guests {
                people.extend(many(&t, 1, team[place % team.len()].0).await);
            }
            let mut all = entering(plan, people.clone());
            all.spread = true;
            enter::enter(&t.book, Actor::Wellmet, &all).await.unwrap();
            let foreseen = forecast::forecast(&mut t.book.read().await.unwrap(), t.book.now(), &ForecastAsk::default())
                .await
                .unwrap();
            assert_eq!(foreseen.first_over, None, "foreseen");
            let mut begun = Vec::new();
            for run in runs(&t, &people).await {
                assert_eq!(run.steps.len(), waits.len(), "no step is lost");
                begun.push(run.id);
            }
            // Each is done on its day, in the order of the days.
            loop {
                let mut next = None;
                let mut open: BTreeMap<(VolunteerId, String), u32> = BTreeMap::new();
                for run in &begun {
                    let Some((_, promise)) = owed(&t, *run).await else { continue };
                    let from = promise.from_ms.unwrap();
                    *open.entry((promise.keeper.as_ref().unwrap().id, at(from)[..10].to_owned())).or_default() += 1;
                    if next.as_ref().is_none_or(|(first, _)| from < *first) {
                        next = Some((from, promise.id));
                    }
                }
                for ((keeper, day), count) in open {
                    let limit = team.iter().find(|(id, _)| *id == keeper).unwrap().1;
                    assert!(count <= limit, "{count} on {day}, of {limit}");
                }
                let Some((from, promise)) = next else { break };
                t.clock.move_on(from.since(t.book.now()).max(0));
                keep(&t, promise).await;
            }
            sound(&t).await.unwrap();
        });
    }
}
