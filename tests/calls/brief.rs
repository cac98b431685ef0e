//! What is seen of it: the brief, the timeline, the scripts.

use wellmet_core::calls::{self, TimelineKind};
use wellmet_core::time::MINUTE_MS;

use super::desk::{begun, filed, rania, someone, waits};
use crate::support::{TestBook, jotted};

#[tokio::test]
async fn the_brief_says_why_who_else_and_what_is_open() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    someone(&book, "Rania Hadad", "Bay Physio", "Ascot", "0412 000 111").await;
    let nobody = calls::brief::brief(&mut book.book.read().await.expect("a reader"), book.book.now(), id, None).await;
    let nobody = nobody.expect("a brief");
    assert!(nobody.reason.is_empty() && nobody.promise.is_none(), "no reason, not callable");
    assert_eq!(nobody.script_name, "A call to see how they are");
    let owed = waits(&book, id, "How to join").await;
    let brief =
        calls::brief::brief(&mut book.book.read().await.expect("a reader"), book.book.now(), id, Some(owed)).await;
    let brief = brief.expect("a brief");
    let sentence: String = brief.reason.iter().map(|clause| clause.text.as_str()).collect();
    assert!(sentence.contains("“How to join”"), "{sentence}");
    assert_eq!(brief.others.len(), 1);
    assert_eq!(brief.waiting_since_ms, Some(book.book.now()));
    assert!(!brief.late);
    assert_eq!(brief.script_name, "First call back");
    assert_eq!(brief.their_minute, Some(10 * 60 + 15));
    let whole = serde_json::to_string(&brief).expect("it serialises");
    assert!(!whole.contains("412345678") && !whole.contains("345 678"), "numbers are covered in a brief: {whole}");
}

#[tokio::test]
async fn the_timeline_tells_everything_once_newest_first() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    book.clock.move_on(MINUTE_MS);
    let owed = waits(&book, id, "How to join").await;
    book.clock.set("2026-11-05T10:00:00+10:00");
    let call = begun(&book, id, owed).await;
    calls::session::jot(&book.book, book.helen(), call.id, &jotted("A good talk", "")).await.expect("kept");
    book.clock.move_on(5 * MINUTE_MS);
    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let lines = calls::timeline::of_person(&mut db, book.book.now(), id, 100).await.expect("a timeline");
    let told: Vec<_> = lines
        .iter()
        .filter(|line| line.kind != TimelineKind::Edit)
        .map(|line| (line.kind, line.what.as_str()))
        .collect();
    assert_eq!(told.len(), 5, "{told:?}");
    for line in [
        (TimelineKind::Message, "voicemail"),
        (TimelineKind::PromiseMade, "callback"),
        (TimelineKind::Touch, "call:out:spoke"),
        (TimelineKind::PromiseKept, "callback"),
        (TimelineKind::InquiryAnswered, "answered"),
    ] {
        assert_eq!(told.iter().filter(|told| **told == line).count(), 1, "{line:?} in {told:?}");
    }
    assert!(lines.is_sorted_by_key(|line| std::cmp::Reverse(line.at_ms)));
    let few = calls::timeline::of_person(&mut db, book.book.now(), id, 2).await.expect("a timeline");
    assert_eq!(few.len(), 2);

    // Only an answered inquiry can be asked about again, and from then on it is not answered.
    let matters: Vec<_> = lines.iter().filter_map(|line| line.inquiry.map(|matter| (line.kind, matter))).collect();
    let [(TimelineKind::InquiryAnswered, matter)] = matters[..] else { panic!("one inquiry: {matters:?}") };
    drop(db);
    calls::inquiry::reopen(&book.book, book.helen(), matter).await.expect("asked again");
    let mut db = book.book.read().await.expect("a reader");
    let lines = calls::timeline::of_person(&mut db, book.book.now(), id, 100).await.expect("a timeline");
    assert!(lines.iter().all(|line| line.kind != TimelineKind::InquiryAnswered));
}

#[tokio::test]
async fn a_script_that_is_changed_serves_the_next_call_and_leaves_the_begun_one() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let mut db = book.book.read().await.expect("a reader");
    let scripts = calls::scripts::all(&mut db).await.expect("scripts");
    assert_eq!(scripts.len(), calls::script::Purpose::ALL.len());
    drop(db);
    let first = scripts.iter().find(|script| script.purpose == calls::script::Purpose::CallBack).expect("it is there");
    let text = "title: Ours\npurpose: call back\n# Hello\nHello.\nend\n";
    let faulty = calls::scripts::save(&book.book, book.helen(), Some(first.id), "title: Ours\n# Hello\n", false).await;
    assert!(faulty.expect_err("it is faulty").message.contains("Line 2"));
    calls::scripts::save(&book.book, book.helen(), Some(first.id), text, false).await.expect("saved");
    let mut db = book.book.read().await.expect("a reader");
    let still = calls::session::get(&mut db, book.book.now(), book.helen(), call.id).await.expect("the call");
    assert_eq!(still.script_name, "First call back");
    let newest = calls::scripts::all(&mut db).await.expect("scripts");
    let newest = newest.iter().find(|script| script.id == first.id).expect("it is there");
    assert_eq!((newest.name.as_str(), newest.number), ("Ours", 2));
    drop(db);
    calls::session::never_made(&book.book, book.helen(), call.id).await.expect("never made");
    assert_eq!(begun(&book, id, owed).await.script_name, "Ours");
}
