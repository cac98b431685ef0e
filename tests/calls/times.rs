//! When a call was: the timer put right, and calls that are written down after the event.

use rstest::rstest;
use wellmet_core::calls::{self, BeginCall, Call, Logged};
use wellmet_core::ids::PersonId;
use wellmet_core::people::{PersonChange, ReachState, person, reaches};
use wellmet_core::promises::ledger::PromiseState;
use wellmet_core::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use wellmet_core::{Code, Millis, Result};

use super::desk::{balanced, begun, filed, open_inquiry, promise, rania, ring, waits};
use crate::support::{TestBook, millis};

async fn call(book: &TestBook, id: wellmet_core::ids::CallId) -> Call {
    let mut db = book.book.read().await.expect("a reader");
    calls::session::get(&mut db, book.book.now(), book.helen(), id).await.expect("the call")
}

#[tokio::test]
async fn a_timer_that_ran_on_is_put_right_and_the_touch_says_so() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let began = book.book.now();
    let begun = begun(&book, id, owed).await;
    book.clock.move_on(2 * HOUR_MS);
    calls::session::end(&book.book, book.helen(), begun.id).await.expect("ended");
    let (from, to) = (began.plus_ms(-5 * MINUTE_MS), began.plus_ms(4 * MINUTE_MS));
    calls::times::correct(&book.book, book.helen(), begun.id, from, Some(to)).await.expect("put right");
    let now = call(&book, begun.id).await;
    assert_eq!((now.began_ms, now.ended_ms), (from, Some(to)));
    filed(&book, begun.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert_eq!((brief.touches[0].at_ms, brief.touches[0].duration_ms), (from, Some(9 * 60 * 1000)));
    drop(db);
    assert_eq!(promise(&book, owed).await.ended_ms, Some(to), "kept when they spoke");
    let late = calls::times::correct(&book.book, book.helen(), begun.id, from, Some(to)).await;
    assert_eq!(late.expect_err("it is filed").code, Code::Conflict);
}

#[tokio::test]
async fn a_call_that_was_ended_too_soon_goes_on() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let begun = begun(&book, id, owed).await;
    calls::session::end(&book.book, book.helen(), begun.id).await.expect("ended");
    assert!(call(&book, begun.id).await.dialled.is_none());
    book.clock.move_on(MINUTE_MS);
    calls::times::correct(&book.book, book.helen(), begun.id, begun.began_ms, None).await.expect("it goes on");
    let now = call(&book, begun.id).await;
    assert!(now.ended_ms.is_none() && now.dialled.is_some(), "and can be dialled");
}

#[rstest]
#[case::future(10, None, "future")]
#[case::not_over(-10, Some(10), "not be over")]
#[case::backwards(-10, Some(-20), "end before it begins")]
#[case::too_long(-13 * 60, Some(-5), "twelve hours")]
#[case::forgotten(-13 * 60, None, "twelve hours")]
#[case::long_ago(-100 * 24 * 60, Some(-100 * 24 * 60 + 5), "three months")]
#[tokio::test]
async fn times_that_cannot_be_are_refused(#[case] began: i64, #[case] ended: Option<i64>, #[case] says: &str) {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let begun = begun(&book, id, owed).await;
    let at = |minutes: i64| book.book.now().plus_ms(minutes * MINUTE_MS);
    let refused = calls::times::correct(&book.book, book.helen(), begun.id, at(began), ended.map(at)).await;
    let refused = refused.expect_err("it cannot be");
    assert_eq!(refused.code, Code::Invalid);
    assert!(refused.message.contains(says), "{}", refused.message);
    assert_eq!(call(&book, begun.id).await.began_ms, begun.began_ms, "and nothing was changed");
}

/// "I rang her already", of so many minutes at `began`.
async fn logged(book: &TestBook, person: PersonId, change: impl FnOnce(&mut BeginCall)) -> Result<Call> {
    let mut begin = BeginCall { promise: None, ..ring(book, person, None).await };
    begin.reason = Some("to ask her to the breakfast".into());
    change(&mut begin);
    calls::session::begin(&book.book, book.helen(), &begin).await
}

fn at(began: &str, minutes: u32) -> Option<Logged> {
    Some(Logged { began_ms: millis(began), minutes })
}

#[tokio::test]
async fn a_call_that_is_written_down_the_next_day_kept_its_promise_when_it_was_made() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    book.clock.set("2026-11-04T08:00:00+10:00");
    let call = logged(&book, id, |begin| {
        begin.promise = Some(owed);
        begin.logged = at("2026-11-03T16:50:00+10:00", 6);
    });
    let call = call.await.expect("written down, at an hour when nobody may be rung");
    assert!(call.logged && call.dialled.is_none());
    assert_eq!(call.ended_ms, Some(millis("2026-11-03T16:56:00+10:00")));
    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    let kept = promise(&book, owed).await;
    assert_eq!((kept.state, kept.ended_ms), (PromiseState::Kept, Some(millis("2026-11-03T16:56:00+10:00"))));
    assert!(!kept.is_late(book.book.now()), "kept four minutes before it was due");
    assert!(open_inquiry(&book, id).await.is_none());
    let mut db = book.book.read().await.expect("a reader");
    let timeline = calls::timeline::of_person(&mut db, book.book.now(), id, 50).await.expect("a timeline");
    let touch = timeline.iter().find(|line| line.what == "call:out:spoke").expect("the touch");
    assert_eq!(touch.at_ms, millis("2026-11-03T16:50:00+10:00"));
    drop(db);
    balanced(&book).await;
}

#[tokio::test]
async fn another_date_that_was_agreed_in_time_is_so_also_where_it_is_written_down_late() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    book.clock.set("2026-11-04T09:30:00+10:00");
    let call = logged(&book, id, |begin| {
        begin.promise = Some(owed);
        begin.logged = at("2026-11-03T16:50:00+10:00", 1);
    });
    let call = call.await.expect("written down");
    filed(&book, call.id, &["spoke", "not_now", "-", "proposal_1"]).await.expect("filed");
    let old = promise(&book, owed).await;
    assert_eq!((old.state, old.ended_ms), (PromiseState::Renegotiated, Some(millis("2026-11-03T16:51:00+10:00"))));
    balanced(&book).await;
}

#[tokio::test]
async fn a_call_can_be_written_down_whatever_their_wishes_and_without_a_number() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let mut edit = book.book.write(book.helen(), "change_person").await.expect("an edit");
    let change = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
    person::change(&mut edit, id, &change).await.expect("changed");
    edit.commit().await.expect("committed");
    let call = logged(&book, id, |begin| {
        begin.reach = None;
        begin.logged = at("2026-11-02T09:00:00+10:00", 3);
    });
    let call = call.await.expect("it was made");
    assert!(call.reach.is_none());
    // Which of her numbers it was is asked, and it may have been none of them.
    filed(&book, call.id, &["wrong_number", "none", "never_theirs", "close_because_unreachable"]).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let numbers = reaches::of_person(&mut db, id).await.expect("reaches");
    assert_eq!(numbers[0].state, ReachState::Good);
}

#[tokio::test]
async fn the_next_try_is_counted_from_when_the_call_was() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    book.clock.set("2026-11-03T14:30:00+10:00");
    let call = logged(&book, id, |begin| {
        begin.promise = Some(owed);
        begin.logged = at("2026-11-03T10:00:00+10:00", 0);
    });
    let call = call.await.expect("written down");
    let next = filed(&book, call.id, &["no_answer", "no_answer", "proposal_1"]).await.expect("filed").next;
    // Three hours after ten it was one o'clock; what is left of the afternoon is another time of day than the morning.
    assert_eq!(next.and_then(|next| next.next_try_ms), Some(millis("2026-11-03T17:00:00+10:00")));
}

#[rstest]
#[case::not_over("2026-11-02T10:00:00+10:00", 30)]
#[case::long_ago("2026-05-02T10:00:00+10:00", 5)]
#[case::too_long("2026-11-01T10:00:00+10:00", 24 * 60)]
#[tokio::test]
async fn a_call_that_cannot_have_been_is_not_written_down(#[case] began: &str, #[case] minutes: u32) {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let refused = logged(&book, id, |begin| begin.logged = at(began, minutes)).await.expect_err("it cannot be");
    assert_eq!(refused.code, Code::Invalid);
    let mut db = book.book.read().await.expect("a reader");
    assert!(calls::session::unfinished(&mut db).await.expect("the list").is_empty());
}

#[tokio::test]
async fn unfinished_calls_say_whether_they_go_on() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let call =
        logged(&book, id, |begin| begin.logged = at("2026-11-01T10:00:00+10:00", 5)).await.expect("written down");
    let mut db = book.book.read().await.expect("a reader");
    let open = calls::session::unfinished(&mut db).await.expect("the list");
    assert_eq!(open.iter().map(|open| (open.id, open.ended)).collect::<Vec<_>>(), [(call.id, true)]);
    assert_eq!(open[0].began_ms, Millis(book.book.now().0 - DAY_MS - 15 * MINUTE_MS));
}
