//! The wrong person on the line.

use wellmet_core::Code;
use wellmet_core::calls::{self, BeginCall, TimelineKind, WhoItWas};
use wellmet_core::people::{NewPerson, Standing};
use wellmet_core::promises::ledger::PromiseState;
use wellmet_core::time::HOUR_MS;

use super::desk::{RANIA, balanced, begun, filed, open_inquiry, promise, rania, ring, said, someone, waits};
use crate::support::TestBook;

#[tokio::test]
async fn one_key_puts_the_call_on_whoever_is_on_the_line_and_leaves_the_first_promise_open() {
    let book = TestBook::new().await;
    let meant = someone(&book, "Rania Haddad", "Haddad Interiors", "Ascot", RANIA).await;
    let answered = someone(&book, "Rania Hadad", "Bay Physio", "Clayfield", RANIA).await;
    let owed = waits(&book, meant, "The fees").await;
    book.clock.move_on(HOUR_MS);
    let hers = waits(&book, answered, "How to join").await;
    let begin =
        BeginCall { confirmed: Some("organisation:Haddad Interiors".into()), ..ring(&book, meant, Some(owed)).await };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins");

    let mut db = book.book.read().await.expect("a reader");
    let rescue = calls::rescue::look(&mut db, call.id).await.expect("who else");
    drop(db);
    assert_eq!(rescue.meant.id, meant);
    assert_eq!(rescue.stays_open.map(|promise| promise.id), Some(owed));
    assert_eq!(rescue.may_be[0].person.id, answered);
    assert!(rescue.may_be[0].shares_number);
    assert_eq!(rescue.may_be[0].waits_for.as_deref(), Some("How to join"));

    let switched = calls::rescue::switch(&book.book, book.helen(), call.id, &WhoItWas::Known(answered)).await;
    let switched = switched.expect("switched");
    assert_eq!(switched.person.id, answered);
    assert_eq!(switched.meant.as_ref().map(|meant| meant.id), Some(meant));
    assert_eq!(switched.promise.as_ref().map(|promise| promise.id), Some(hers));
    assert_eq!(switched.script_name, "I had someone else in mind");
    assert!(said(&switched).starts_with("I had the wrong person in mind; I am sorry."), "{}", said(&switched));
    assert!(!said(&switched).contains("Haddad"), "whom we meant is not theirs to know");
    assert!(switched.dialled.is_none());

    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    assert_eq!(promise(&book, hers).await.state, PromiseState::Kept);
    let still = promise(&book, owed).await;
    assert_eq!((still.state, still.attempt), (PromiseState::Open, 0), "the first person is still owed");
    assert!(open_inquiry(&book, meant).await.is_some(), "ringing someone by accident answers nothing");
    let mut db = book.book.read().await.expect("a reader");
    let touched = |brief: calls::Brief| brief.touches.iter().filter(|touch| touch.result == "spoke").count();
    let now = book.book.now();
    assert_eq!(touched(calls::brief::brief(&mut db, now, answered, None).await.expect("a brief")), 1);
    assert_eq!(touched(calls::brief::brief(&mut db, now, meant, None).await.expect("a brief")), 0);
    drop(db);
    balanced(&book).await;
}

#[tokio::test]
async fn a_stranger_on_the_line_is_written_down_and_the_number_can_be_marked_wrong() {
    let book = TestBook::new().await;
    let meant = rania(&book).await;
    let owed = waits(&book, meant, "How to join").await;
    let call = begun(&book, meant, owed).await;
    let same = calls::rescue::switch(&book.book, book.helen(), call.id, &WhoItWas::Known(meant)).await;
    assert_eq!(same.expect_err("that is who it is on").code, Code::Invalid);
    let stranger = NewPerson { name: "Tom".into(), standing: Some(Standing::Prospect), ..NewPerson::default() };
    let switched = calls::rescue::switch(&book.book, book.helen(), call.id, &WhoItWas::New(stranger)).await;
    let switched = switched.expect("switched");
    assert!(switched.promise.is_none());
    assert!(!switched.reason.is_empty());
    assert_eq!(switched.brief.reaches[0].ending.as_deref(), Some("678"), "they are on that line");

    // It was her after all.
    let back = calls::rescue::switch(&book.book, book.helen(), call.id, &WhoItWas::Known(meant)).await.expect("back");
    assert_eq!(back.promise.map(|promise| promise.id), Some(owed));
    assert!(back.meant.is_none());
    assert_eq!(back.script, call.script, "nobody was mistaken, so nobody apologises");
    assert!(!back.reason.contains("someone else answered"), "{}", back.reason);
}

#[tokio::test]
async fn they_ring_us_and_no_number_is_handed_out() {
    let book = TestBook::at("2026-11-02T21:00:00+10:00").await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let begin = BeginCall { inbound: true, ..ring(&book, id, Some(owed)).await };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the hour is theirs to choose");
    assert!(call.dialled.is_none());
    assert_eq!(call.script_name, "They ring us");
    filed(&book, call.id, &["spoke", "-", "close_because_answered"]).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert_eq!(brief.touches[0].direction, calls::Direction::In);
}

#[tokio::test]
async fn both_timelines_tell_of_the_call_that_reached_another() {
    let book = TestBook::new().await;
    let meant = someone(&book, "Rania Haddad", "Haddad Interiors", "Ascot", RANIA).await;
    let answered = someone(&book, "Rania Hadad", "Bay Physio", "Clayfield", "0412 000 111").await;
    let owed = waits(&book, meant, "How to join").await;
    book.clock.move_on(HOUR_MS);
    let begin = ring(&book, meant, Some(owed)).await;
    let begin = BeginCall { confirmed: Some("organisation:Haddad Interiors".into()), ..begin };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins");
    calls::rescue::switch(&book.book, book.helen(), call.id, &WhoItWas::Known(answered)).await.expect("switched");

    let told = async |person| {
        let mut db = book.book.read().await.expect("a reader");
        let lines = calls::timeline::of_person(&mut db, book.book.now(), person, 50).await.expect("a timeline");
        let lines = lines.into_iter().filter(|line| line.mixed_up_with.is_some());
        let told = |line: calls::TimelineItem| {
            (line.kind, line.what, line.by.expect("a name"), line.mixed_up_with.expect("somebody").name)
        };
        lines.map(told).collect::<Vec<_>>()
    };
    let to_her = (TimelineKind::RangAnother, String::new(), "Helen Barrow".to_owned(), "Rania Hadad".to_owned());
    assert_eq!(told(meant).await, std::slice::from_ref(&to_her), "before it is filed, too: she is still waiting");
    assert_eq!(told(answered).await, []);
    filed(&book, call.id, &["spoke", "spoke", "-", "close", "answered"]).await.expect("filed");
    assert_eq!(told(meant).await, [to_her]);
    let to_whoever_answered =
        (TimelineKind::Touch, "call:out:spoke".to_owned(), "Helen Barrow".to_owned(), "Rania Haddad".to_owned());
    assert_eq!(told(answered).await, [to_whoever_answered]);

    let mut db = book.book.read().await.expect("a reader");
    let hers = calls::brief::brief(&mut db, book.book.now(), meant, None).await.expect("a brief");
    assert_eq!(hers.promise.map(|promise| promise.id), Some(owed), "what she waits for stays open");
    let last = &hers.touches[0];
    assert_eq!((last.result.as_str(), last.mixed_up_with.as_deref()), ("rang_another", Some("Rania Hadad")));
    let theirs = calls::brief::brief(&mut db, book.book.now(), answered, None).await.expect("a brief");
    assert_eq!(theirs.touches[0].mixed_up_with.as_deref(), Some("Rania Haddad"));
}

#[tokio::test]
async fn a_colleague_or_somebody_new_of_the_same_organisation_may_be_on_the_line() {
    let book = TestBook::new().await;
    let meant = someone(&book, "Rania Haddad", "Haddad Interiors", "Ascot", "07 3000 1000 ext 12").await;
    let shares = someone(&book, "Zoe Last", "Haddad Interiors", "", "07 3000 1000").await;
    let colleague = someone(&book, "Amir Costa", "Haddad Interiors", "", "0412 999 111").await;
    let waiting = someone(&book, "Tom Ashby", "Haddad Interiors", "", "0412 999 222").await;
    someone(&book, "Else Where", "Bay Physio", "", "0412 999 333").await;
    waits(&book, waiting, "The fees").await;
    let owed = waits(&book, meant, "How to join").await;
    let begin = BeginCall { confirmed: Some("first_name:Rania".into()), ..ring(&book, meant, Some(owed)).await };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins");
    let mut db = book.book.read().await.expect("a reader");
    let rescue = calls::rescue::look(&mut db, call.id).await.expect("who else");
    drop(db);
    let may_be: Vec<_> =
        rescue.may_be.iter().map(|other| (other.person.id, other.shares_number, other.colleague)).collect();
    assert_eq!(may_be, [(shares, true, true), (waiting, false, true), (colleague, false, true)]);

    let new =
        NewPerson { name: "Receptionist".into(), organisation: "Haddad Interiors".into(), ..NewPerson::default() };
    let switched = calls::rescue::switch(&book.book, book.helen(), call.id, &WhoItWas::New(new)).await;
    let switched = switched.expect("switched");
    assert_eq!(switched.person.organisation.as_deref(), Some("Haddad Interiors"));
    assert_eq!(switched.brief.reaches[0].shown, "••• 000", "of the switchboard, not of her own extension");
    assert_eq!(promise(&book, owed).await.state, PromiseState::Open);
}
