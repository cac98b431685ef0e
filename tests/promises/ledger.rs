use proptest::prelude::*;
use wellmet_core::ids::PromiseId;
use wellmet_core::people::{NewPerson, person};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind, PromiseState};
use wellmet_core::time::{DAY_MS, HOUR_MS, Millis};
use wellmet_core::{Actor, Code};

use crate::support::{TestBook, millis};

async fn promise(t: &TestBook, due: Millis) -> PromiseId {
    let person = t.named("Rania Haddad").await;
    let mut edit = t.book.write(t.helen(), "make_promise").await.unwrap();
    let new = NewPromise {
        person,
        kind: PromiseKind::OwnWord,
        what: "send the programme".into(),
        keeper: Some(t.director),
        due,
        inquiry: None,
    };
    let id = ledger::make(&mut edit, &new).await.unwrap();
    edit.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_new_date_is_agreed_before_the_old_one_passes_and_never_after() {
    let t = TestBook::new().await;
    let due = millis("2026-11-03T17:00:00+10:00");
    let id = promise(&t, due).await;
    let later = millis("2026-11-06T12:00:00+10:00");
    let mut edit = t.book.write(t.helen(), "renegotiate_promise").await.unwrap();
    let next = ledger::renegotiate(&mut edit, id, later, None).await.unwrap();
    edit.commit().await.unwrap();
    let mut db = t.book.read().await.unwrap();
    assert_eq!(ledger::get(&mut db, id).await.unwrap().state, PromiseState::Renegotiated);
    assert_eq!(ledger::get(&mut db, next).await.unwrap().what, "send the programme");
    drop(db);
    t.clock.set("2026-11-06T12:00:01+10:00");
    let mut edit = t.book.write(t.helen(), "renegotiate_promise").await.unwrap();
    let error = ledger::renegotiate(&mut edit, next, Millis(later.0 + DAY_MS), None).await.unwrap_err();
    assert_eq!(error.code, Code::Refused, "a broken promise is not talked away");
}

#[tokio::test]
async fn late_is_seen_and_never_stored() {
    let t = TestBook::new().await;
    let id = promise(&t, millis("2026-11-03T17:00:00+10:00")).await;
    let open = ledger::get(&mut t.book.read().await.unwrap(), id).await.unwrap();
    assert!(!open.is_late(millis("2026-11-03T17:00:00+10:00")), "on the minute is in time");
    assert!(open.is_late(millis("2026-11-03T17:00:01+10:00")));
    t.clock.set("2026-11-04T09:00:00+10:00");
    let mut edit = t.book.write(t.helen(), "keep_promise").await.unwrap();
    ledger::keep(&mut edit, id).await.unwrap();
    edit.commit().await.unwrap();
    let kept = ledger::get(&mut t.book.read().await.unwrap(), id).await.unwrap();
    assert_eq!(kept.state, PromiseState::Kept);
    assert!(kept.is_late(millis("2026-12-01T09:00:00+10:00")), "kept late stays kept late");
}

#[tokio::test]
async fn nothing_is_released_without_a_reason_or_ended_twice() {
    let t = TestBook::new().await;
    let id = promise(&t, millis("2026-11-03T17:00:00+10:00")).await;
    let mut edit = t.book.write(t.helen(), "release_promise").await.unwrap();
    assert_eq!(ledger::release(&mut edit, id, "  ").await.unwrap_err().code, Code::Invalid);
    ledger::release(&mut edit, id, "she found it on the website").await.unwrap();
    assert_eq!(ledger::keep(&mut edit, id).await.unwrap_err().code, Code::Conflict);
    edit.commit().await.unwrap();
}

#[derive(Clone, Debug)]
enum Event {
    Make { due_in_hours: i64 },
    Keep(usize),
    Release(usize),
    Renegotiate(usize, i64),
    Tried(usize),
    Undo,
    Wait { hours: i64 },
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (-5i64..200).prop_map(|due_in_hours| Event::Make { due_in_hours }),
        2 => any::<usize>().prop_map(Event::Keep),
        2 => any::<usize>().prop_map(Event::Release),
        2 => (any::<usize>(), 1i64..300).prop_map(|(at, hours)| Event::Renegotiate(at, hours)),
        1 => any::<usize>().prop_map(Event::Tried),
        1 => Just(Event::Undo),
        2 => (0i64..100).prop_map(|hours| Event::Wait { hours }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// open + kept + renegotiated + released = all ever made, whatever happens in whatever order.
    #[test]
    fn the_ledger_adds_up(events in prop::collection::vec(event(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let t = TestBook::new().await;
            // Made by Wellmet itself, so that Helen's undo leaves her be.
            let mut edit = t.book.write(Actor::Wellmet, "create_person").await.unwrap();
            let new = NewPerson { name: "Rania Haddad".into(), ..NewPerson::default() };
            let person = person::create(&mut edit, &new).await.unwrap();
            edit.commit().await.unwrap();
            let mut made: Vec<PromiseId> = Vec::new();
            for event in events {
                let pick = |at: usize| (!made.is_empty()).then(|| made[at % made.len()]);
                let now = t.book.now();
                match event {
                    Event::Wait { hours } => t.clock.move_on(hours * HOUR_MS),
                    Event::Undo => { wellmet_core::store::undo_last(&t.book, t.helen()).await.unwrap(); }
                    Event::Make { due_in_hours } => {
                        let mut edit = t.book.write(t.helen(), "make_promise").await.unwrap();
                        let new = NewPromise {
                            person, kind: PromiseKind::Callback, what: "ring".into(), keeper: None,
                            due: now.plus_ms(due_in_hours * HOUR_MS), inquiry: None,
                        };
                        made.push(ledger::make(&mut edit, &new).await.unwrap());
                        edit.commit().await.unwrap();
                    }
                    other => {
                        let mut edit = t.book.write(t.helen(), "promise").await.unwrap();
                        let done = match other {
                            Event::Keep(at) => match pick(at) { Some(id) => ledger::keep(&mut edit, id).await, None => Ok(()) },
                            Event::Release(at) => match pick(at) { Some(id) => ledger::release(&mut edit, id, "no longer").await, None => Ok(()) },
                            Event::Tried(at) => match pick(at) { Some(id) => ledger::tried(&mut edit, id, Some(now.plus_ms(HOUR_MS))).await, None => Ok(()) },
                            Event::Renegotiate(at, hours) => match pick(at) {
                                Some(id) => match ledger::renegotiate(&mut edit, id, now.plus_ms(hours * HOUR_MS), None).await {
                                    Ok(new) => { made.push(new); Ok(()) }
                                    Err(error) => Err(error),
                                },
                                None => Ok(()),
                            },
                            _ => unreachable!(),
                        };
                        // A refusal changes nothing: the edit is dropped.
                        if done.is_ok() { edit.commit().await.unwrap(); }
                    }
                }
                let tally = ledger::tally(&mut t.book.read().await.unwrap()).await.unwrap();
                assert_eq!(tally.open + tally.kept + tally.renegotiated + tally.released, tally.made);
            }
            let checked = t.book.check().await.unwrap();
            assert!(checked.ok, "{:?}", checked.findings);
        });
    }
}
