use wellmet_core::ids::PromiseId;
use wellmet_core::people::{NewPerson, PersonChange, person};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind};
use wellmet_core::promises::reminders::{self, Opens};
use wellmet_core::time::{HOUR_MS, MINUTE_MS, Millis};

use crate::support::{TestBook, millis};

async fn promise(t: &TestBook, name: &str, due: &str) -> PromiseId {
    promise_from(t, NewPerson { name: name.into(), zone: Some("Australia/Brisbane".into()), ..Default::default() }, due)
        .await
}

async fn promise_from(t: &TestBook, new: NewPerson, due: &str) -> PromiseId {
    let person = t.person(new).await;
    let mut edit = t.book.write(t.helen(), "make_promise").await.unwrap();
    let new = NewPromise {
        person,
        kind: PromiseKind::Callback,
        what: "ring about the March training".into(),
        keeper: Some(t.director),
        due: millis(due),
        inquiry: None,
    };
    let id = ledger::make(&mut edit, &new).await.unwrap();
    edit.commit().await.unwrap();
    id
}

#[tokio::test]
async fn a_reminder_arrives_once_in_time_and_leads_to_its_brief() {
    let t = TestBook::new().await;
    let id = promise(&t, "Tom Ashby", "2026-11-02T14:00:00+10:00").await;
    t.clock.set("2026-11-02T13:59:59+10:00");
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None, "not before");
    assert_eq!(reminders::next_due(&t.book).await.unwrap(), Some(millis("2026-11-02T14:00:00+10:00")));
    t.clock.set("2026-11-02T14:00:00+10:00");
    let notice = reminders::deliver(&t.book).await.unwrap().expect("it is time");
    assert_eq!(notice.title, "Tom Ashby");
    assert!(notice.body.contains("March training"), "{}", notice.body);
    assert!(matches!(notice.opens, Opens::Brief { promise, .. } if promise == id));
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None, "once");
    let inbox = reminders::inbox(&mut t.book.read().await.unwrap(), t.book.now()).await.unwrap();
    assert_eq!(inbox.len(), 1, "the inbox tells the same");
}

#[tokio::test]
async fn what_runs_to_closing_is_told_two_hours_before() {
    let t = TestBook::new().await;
    promise(&t, "Tom Ashby", "2026-11-03T17:00:00+10:00").await;
    assert_eq!(reminders::next_due(&t.book).await.unwrap(), Some(millis("2026-11-03T15:00:00+10:00")));
}

#[tokio::test]
async fn after_sleep_everything_comes_as_one_summary_oldest_first_and_a_restart_does_not_repeat_it() {
    let mut t = TestBook::new().await;
    promise(&t, "Tom Ashby", "2026-11-02T13:00:00+10:00").await;
    promise(&t, "Rania Haddad", "2026-11-02T11:00:00+10:00").await;
    promise(&t, "Ngozi Eze", "2026-11-02T12:00:00+10:00").await;
    t.clock.set("2026-11-04T10:00:00+10:00");
    t.reopen().await;
    let notice = reminders::deliver(&t.book).await.unwrap().unwrap();
    assert_eq!(notice.opens, Opens::Inbox);
    assert_eq!(notice.reminders.len(), 3);
    assert!(notice.body.starts_with("Rania Haddad, Ngozi Eze, Tom Ashby"), "{}", notice.body);
    t.reopen().await;
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None);
}

#[tokio::test]
async fn quiet_hours_defer_to_the_morning() {
    let t = TestBook::new().await;
    promise(&t, "Tom Ashby", "2026-11-02T19:30:00+10:00").await;
    t.clock.set("2026-11-02T21:00:00+10:00");
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None, "nobody is disturbed at nine in the evening");
    assert_eq!(reminders::next_due(&t.book).await.unwrap(), Some(millis("2026-11-03T08:00:00+10:00")));
    t.clock.set("2026-11-03T09:00:00+10:00");
    assert!(reminders::deliver(&t.book).await.unwrap().is_some());
}

#[tokio::test]
async fn snooze_moves_it_and_the_promise_stays_due() {
    let t = TestBook::new().await;
    let id = promise(&t, "Tom Ashby", "2026-11-02T11:00:00+10:00").await;
    t.clock.set("2026-11-02T11:00:00+10:00");
    let notice = reminders::deliver(&t.book).await.unwrap().unwrap();
    let until = t.book.now().plus_ms(HOUR_MS);
    let mut edit = t.book.write(t.helen(), "snooze").await.unwrap();
    reminders::snooze(&mut edit, notice.reminders[0], until).await.unwrap();
    edit.commit().await.unwrap();
    assert!(reminders::inbox(&mut t.book.read().await.unwrap(), t.book.now()).await.unwrap().is_empty());
    t.clock.move_on(59 * MINUTE_MS);
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None);
    t.clock.move_on(MINUTE_MS);
    assert!(reminders::deliver(&t.book).await.unwrap().is_some());
    let promise = ledger::get(&mut t.book.read().await.unwrap(), id).await.unwrap();
    assert_eq!(promise.due_ms, millis("2026-11-02T11:00:00+10:00"));
}

#[tokio::test]
async fn nobody_is_reminded_to_ring_at_an_hour_that_is_night_where_the_person_is() {
    let t = TestBook::new().await;
    let mei = NewPerson { name: "Mei Tanaka".into(), zone: Some("Australia/Perth".into()), ..Default::default() };
    // 10:30 in Brisbane is 8:30 in Perth; people are rung from 9:00.
    promise_from(&t, mei, "2026-11-02T10:30:00+10:00").await;
    t.clock.set("2026-11-02T10:30:00+10:00");
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None);
    assert_eq!(reminders::next_due(&t.book).await.unwrap(), Some(millis("2026-11-02T11:00:00+10:00")));
    t.clock.set("2026-11-02T11:00:00+10:00");
    assert!(reminders::deliver(&t.book).await.unwrap().is_some());
}

#[tokio::test]
async fn the_clock_set_back_repeats_nothing() {
    let t = TestBook::new().await;
    promise(&t, "Tom Ashby", "2026-11-02T11:00:00+10:00").await;
    t.clock.set("2026-11-02T11:00:00+10:00");
    assert!(reminders::deliver(&t.book).await.unwrap().is_some());
    t.clock.set("2026-11-02T10:00:00+10:00");
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None);
    t.clock.set("2026-11-02T11:00:00+10:00");
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None);
}

#[tokio::test]
async fn a_kept_promise_reminds_nobody_and_one_opened_again_by_undo_does() {
    let t = TestBook::new().await;
    let id = promise(&t, "Tom Ashby", "2026-11-02T11:00:00+10:00").await;
    let mut edit = t.book.write(t.helen(), "keep_promise").await.unwrap();
    ledger::keep(&mut edit, id).await.unwrap();
    edit.commit().await.unwrap();
    t.clock.set("2026-11-02T12:00:00+10:00");
    assert_eq!(reminders::deliver(&t.book).await.unwrap(), None);
    wellmet_core::store::undo_last(&t.book, t.helen()).await.unwrap();
    assert!(reminders::deliver(&t.book).await.unwrap().is_some(), "what is owed again reminds again");
}

#[tokio::test]
async fn do_not_call_is_told_at_once_and_said_in_today() {
    let t = TestBook::new().await;
    let id = promise(&t, "Tom Ashby", "2026-11-02T11:00:00+10:00").await;
    let person_id = ledger::get(&mut t.book.read().await.unwrap(), id).await.unwrap().person;
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    person::change(&mut edit, person_id, &PersonChange { do_not_call: Some(true), ..Default::default() })
        .await
        .unwrap();
    edit.commit().await.unwrap();
    let today = wellmet_core::promises::today::today(&mut t.book.read().await.unwrap(), Millis(t.book.now().0), None)
        .await
        .unwrap();
    let not_now = &today.groups[3];
    assert_eq!(not_now.items.len(), 1);
    assert_eq!(not_now.items[0].not_now.as_ref().unwrap().why, "Asked not to be called.");
}
