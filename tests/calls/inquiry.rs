//! One inquiry, one clock; and who a message may be from.

use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::{self, MessageFrom, NewMessage, Source};
use wellmet_core::people::{NewPerson, Standing, person};
use wellmet_core::promises::ledger::PromiseState;
use wellmet_core::time::{DAY_MS, HOUR_MS};

use super::desk::{RANIA, balanced, begun, filed, open_inquiry, promise, rania, someone, waits};
use crate::support::{MONDAY_MORNING, TestBook, millis, voicemail};

#[tokio::test]
async fn a_second_message_joins_the_first_keeps_its_start_and_raises_the_urgency() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let first = voicemail(MessageFrom::Known(id), "How to join");
    let first = calls::inquiry::capture(&book.book, book.helen(), &first).await.expect("captured");
    assert!(!first.joined);
    assert_eq!(first.due_ms, millis("2026-11-03T17:00:00+10:00"), "one business day");

    book.clock.move_on(21 * DAY_MS);
    let second = voicemail(MessageFrom::Known(id), "It is me again");
    let second = calls::inquiry::capture(&book.book, book.helen(), &second).await.expect("captured");
    assert!(second.joined);
    assert_eq!((second.inquiry, second.promise, second.due_ms), (first.inquiry, first.promise, first.due_ms));
    assert_eq!(second.message_number, 2);
    assert_eq!(second.waiting_ms.0, 21 * DAY_MS);
    assert_eq!(open_inquiry(&book, id).await.expect("open").about, "How to join");
    balanced(&book).await;
}

#[tokio::test]
async fn a_message_that_turns_up_late_moves_the_start_back_not_forward() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    waits(&book, id, "How to join").await;
    let mut earlier = voicemail(MessageFrom::Known(id), "found on the old machine");
    earlier.received_ms = Some(book.book.now().plus_ms(-3 * DAY_MS));
    let captured = calls::inquiry::capture(&book.book, book.helen(), &earlier).await.expect("captured");
    assert!(captured.joined);
    assert_eq!(captured.waiting_ms.0, 3 * DAY_MS);

    let mut later = voicemail(MessageFrom::Known(id), "from tomorrow");
    later.received_ms = Some(book.book.now().plus_ms(DAY_MS));
    let error = calls::inquiry::capture(&book.book, book.helen(), &later).await.expect_err("not yet");
    assert_eq!(error.code, Code::Invalid);
}

#[tokio::test]
async fn a_message_after_the_answer_starts_a_new_clock_and_so_does_reopening() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let matter = open_inquiry(&book, id).await.expect("open").id;
    book.clock.move_on(HOUR_MS);
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    assert!(open_inquiry(&book, id).await.is_none());

    book.clock.move_on(DAY_MS);
    let again = calls::inquiry::reopen(&book.book, book.helen(), matter).await.expect("reopened");
    assert_eq!(again.inquiry, matter);
    let open = open_inquiry(&book, id).await.expect("open again");
    assert_eq!(open.clock_ms, book.book.now(), "the new clock begins now");
    assert_eq!(open.opened_ms, millis(MONDAY_MORNING), "the first message stays the first");
    assert_eq!(promise(&book, again.promise).await.state, PromiseState::Open);

    let call = begun(&book, id, again.promise).await;
    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    let anew = waits(&book, id, "Something else").await;
    assert_ne!(open_inquiry(&book, id).await.expect("open").id, matter);
    assert_ne!(anew, again.promise);
    balanced(&book).await;
}

#[tokio::test]
async fn who_rings_again_is_not_kept_for_the_next_try() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, &["voicemail_left", "proposal_1"]).await.expect("filed");
    assert!(promise(&book, owed).await.next_try_ms.is_some());
    book.clock.move_on(HOUR_MS);
    waits(&book, id, "I saw that you rang").await;
    let owed = promise(&book, owed).await;
    assert_eq!((owed.next_try_ms, owed.attempt), (None, 1));
}

#[tokio::test]
async fn a_message_from_someone_new_makes_them_with_the_number_they_left() {
    let book = TestBook::new().await;
    let new = NewPerson { name: "The caller from the bakery".into(), ..NewPerson::default() };
    let message = NewMessage {
        from: MessageFrom::New(new),
        source: Source::PhoneCall,
        words: "Please ring me about the breakfast".into(),
        number: RANIA.into(),
        received_ms: None,
        keeper: None,
    };
    let captured = calls::inquiry::capture(&book.book, book.helen(), &message).await.expect("captured");
    let mut db = book.book.read().await.expect("a reader");
    let who = person::get(&mut db, captured.person.id).await.expect("the person");
    assert_eq!(who.standing, Standing::Inquirer);
    assert_eq!(who.source, "phone_call");
    assert_eq!(who.reaches[0].ending.as_deref(), Some("678"));
    assert_eq!(promise(&book, captured.promise).await.keeper.expect("kept by whoever took it").name, "Helen Barrow");
}

#[rstest]
#[case("0412 345 678", 2, true)]
#[case("+61412345678", 2, true)]
#[case("(0412) 345-678", 2, true)]
#[case("345 678", 2, false)]
#[case("hadd", 2, false)]
#[case("5678", 2, false)]
#[case("0412 345 679", 0, false)]
#[case("", 0, false)]
#[tokio::test]
async fn a_number_in_any_writing_shows_who_it_may_be_and_matches_only_whole(
    #[case] typed: &str,
    #[case] count: usize,
    #[case] whole: bool,
) {
    let book = TestBook::new().await;
    let first = rania(&book).await;
    someone(&book, "Amir Haddad", "", "Ascot", RANIA).await;
    someone(&book, "Priya Nair", "", "Ascot", "0412 999 000").await;
    waits(&book, first, "How to join").await;
    let mut db = book.book.read().await.expect("a reader");
    let found = calls::candidates::of(&mut db, typed).await.expect("candidates");
    assert_eq!(found.len(), count, "{found:#?}");
    assert!(found.iter().all(|candidate| candidate.number_matches == whole));
    if let Some(first_shown) = found.first() {
        assert_eq!(first_shown.person.id, first, "whoever waits comes first");
        assert_eq!(first_shown.waits_for.as_deref(), Some("How to join"));
        assert_eq!(first_shown.phone_endings, ["678"]);
    }
}

#[tokio::test]
async fn a_number_in_what_they_said_is_a_way_to_reach_them_and_as_covered_as_the_others() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "Ring me at work instead: (07) 3000 1000, or 0412 345 678").await;
    let mut db = book.book.read().await.expect("a reader");
    let now = book.book.now();
    let reaches = wellmet_core::people::reaches::of_person(&mut db, id).await.expect("reaches");
    let endings: Vec<_> = reaches.iter().map(|reach| (reach.ending.as_deref(), reach.label.as_str())).collect();
    assert_eq!(endings, [(Some("678"), ""), (Some("000"), "left in a message")]);

    let brief = calls::brief::brief(&mut db, now, id, Some(owed)).await.expect("a brief");
    assert_eq!(brief.messages[0].words, "Ring me at work instead: ••• 000, or ••• 678");
    let timeline = calls::timeline::of_person(&mut db, now, id, 50).await.expect("a timeline");
    let today = wellmet_core::promises::today::today(&mut db, now, None).await.expect("today");
    for shown in [serde_json::to_string(&brief), serde_json::to_string(&timeline), serde_json::to_string(&today)] {
        let shown = shown.expect("it serialises");
        assert!(!shown.contains("3000 1000") && !shown.contains("345 678"), "{shown}");
    }
}
