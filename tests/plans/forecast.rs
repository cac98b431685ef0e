use wellmet_core::plans::enter;
use wellmet_core::plans::forecast::{self, Forecast, ForecastAsk, RemedyKind};
use wellmet_core::plans::{views, write};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind};
use wellmet_core::store::undo_last;
use wellmet_core::team::availability::{self, Capacity, Weekdays};

use super::setting::{enter, entering, keep, kept, many, owed, save, takes_on, three_steps, volunteer};
use crate::support::{TestBook, millis};

async fn asked(t: &TestBook, ask: &ForecastAsk) -> Forecast {
    forecast::forecast(&mut t.book.read().await.unwrap(), t.book.now(), ask).await.unwrap()
}

fn on(forecast: &Forecast, day: &str) -> u32 {
    forecast.days.iter().find(|one| one.day == day).unwrap().total
}

#[tokio::test]
async fn what_is_foreseen_is_what_happens_where_each_step_is_done_on_its_day() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let rania = kept(&t, "Rania Haddad").await;
    let run = enter(&t, plan, rania).await;
    let seen = views::one(&mut t.book.read().await.unwrap(), t.book.now(), run).await.unwrap();
    let foreseen = asked(&t, &ForecastAsk::default()).await;
    assert_eq!(foreseen.days.iter().map(|day| day.total).sum::<u32>(), 3);
    for step in &seen.steps {
        let (_, promise) = owed(&t, run).await.unwrap();
        assert_eq!((promise.from_ms, promise.due_ms), (step.from_ms, step.due_ms.unwrap()), "{}", step.title);
        assert_eq!(on(&foreseen, &super::setting::at(promise.due_ms)[..10]), 1);
        let at = promise.from_ms.unwrap().plus_ms(3_600_000);
        t.clock.move_on(at.since(t.book.now()));
        keep(&t, promise.id).await;
    }
}

#[tokio::test]
async fn a_step_that_they_know_of_counts_once_though_the_rest_is_on_hold() {
    let t = TestBook::new().await;
    let plan = save(&t, three_steps()).await;
    let run = enter(&t, plan, kept(&t, "Rania Haddad").await).await;
    write::told(&t.book, t.helen(), run, true).await.unwrap();
    write::hold(&t.book, t.helen(), run, Some("2026-11-16"), "").await.unwrap();
    let foreseen = asked(&t, &ForecastAsk::default()).await;
    assert_eq!(foreseen.days.iter().map(|day| day.total).sum::<u32>(), 3);
    assert_eq!(on(&foreseen, "2026-11-04"), 1, "the one that she knows of");
    assert_eq!(on(&foreseen, "2026-11-19"), 1, "the letter, three business days after the hold");
}

#[tokio::test]
async fn the_first_day_that_breaks_is_named_and_each_remedy_does_what_it_says() {
    let t = TestBook::new().await;
    takes_on(&t, t.director, Weekdays::ALL, Some(0)).await;
    let tom = volunteer(&t, "Tom Ashby", Some(4)).await;
    let plan = save(&t, three_steps()).await;
    // On the day on which they would begin he has something else to do.
    let busy = kept(&t, "Olga Petrova").await;
    let mut edit = t.book.write(t.helen(), "make_promise").await.unwrap();
    let word = NewPromise {
        person: busy,
        kind: PromiseKind::OwnWord,
        what: "send the minutes".into(),
        keeper: Some(tom),
        due: millis("2026-11-04T12:00:00+10:00"),
        inquiry: None,
    };
    ledger::make(&mut edit, &word).await.unwrap();
    edit.commit().await.unwrap();
    let calm = asked(&t, &ForecastAsk::default()).await;
    assert_eq!((calm.first_over.clone(), calm.over_days), (None, 0));
    assert_eq!(on(&calm, "2026-11-04"), 1, "today's ledger is in it");
    let guests = many(&t, 12, tom).await;
    let ask = ForecastAsk { entering: Some(entering(plan, guests.clone())) };
    let crowded = asked(&t, &ask).await;
    let over = crowded.first_over.clone().unwrap();
    assert_eq!((over.day.as_str(), over.name.as_str(), over.count, over.takes_on), ("2026-11-04", "Tom Ashby", 13, 4));
    assert_eq!((crowded.newcomers, crowded.over_days), (12, 3), "each step of theirs breaks its day");
    let remedy = |kind| crowded.remedies.iter().find(|remedy| remedy.kind == kind).unwrap();
    let spread = remedy(RemedyKind::Spread);
    assert!(spread.mends && spread.by >= 3, "{spread:?}");
    assert!(
        crowded.remedies.iter().all(|remedy| remedy.kind != RemedyKind::StartLater),
        "all of them at once are too many whenever they begin: that is no remedy"
    );
    assert!(remedy(RemedyKind::MoreVolunteers).over_days < crowded.over_days);
    // Spread by capacity when they enter, nothing breaks, as foreseen.
    let mut spread = entering(plan, guests);
    spread.spread = true;
    let foreseen = asked(&t, &ForecastAsk { entering: Some(spread.clone()) }).await;
    enter::enter(&t.book, t.helen(), &spread).await.unwrap();
    let after = asked(&t, &ForecastAsk::default()).await;
    let totals = |forecast: &Forecast| forecast.days.iter().map(|day| day.total).collect::<Vec<_>>();
    assert_eq!(totals(&foreseen), totals(&after), "what was foreseen is what is there");
    assert!(after.days.iter().all(|day| day.open || day.total == 0), "nothing on a day that is closed");
}

#[tokio::test]
async fn what_several_take_on_is_said_in_one_edit_or_not_at_all() {
    let t = TestBook::new().await;
    let (tom, ana) = (volunteer(&t, "Tom Ashby", Some(3)).await, volunteer(&t, "Ana Ruiz", Some(4)).await);
    let said = async |t: &TestBook| availability::capacities(&mut t.book.read().await.unwrap()).await.unwrap();
    let before = said(&t).await;
    let takes = |volunteer, limit| Capacity { volunteer, works_on: Weekdays::ALL, daily_limit: Some(limit) };
    let mut edit = t.book.write(t.helen(), "set_capacity").await.unwrap();
    availability::set_capacities(&mut edit, &[takes(tom, 8), takes(ana, 2)]).await.unwrap();
    edit.commit().await.unwrap();
    let now: Vec<_> = said(&t).await.into_iter().map(|each| (each.volunteer, each.daily_limit)).collect();
    assert!(now.contains(&(tom, Some(8))) && now.contains(&(ana, Some(2))), "{now:?}");
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!(undone.label, "Tom Ashby, Ana Ruiz");
    assert_eq!(said(&t).await, before);
    let mut edit = t.book.write(t.helen(), "set_capacity").await.unwrap();
    availability::set_capacities(&mut edit, &[takes(tom, 8), takes(ana, 5_000)]).await.unwrap_err();
    drop(edit);
    assert_eq!(said(&t).await, before, "neither");
}
