//! What came of it.

use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::{self, BeginCall, DialGate, TouchChannel};
use wellmet_core::people::{NewPerson, NewReach, ReachKind, ReachState, Standing, person, reaches};
use wellmet_core::promises::ledger::{self, PromiseKind, PromiseState};
use wellmet_core::promises::reasons::plain;
use wellmet_core::promises::today::{self, GroupName};
use wellmet_core::store::undo_last;
use wellmet_core::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::desk::{RANIA, balanced, begun, filed, gate, open_inquiry, promise, rania, ring, waits};
use crate::support::{TestBook, jotted, millis};

#[tokio::test]
async fn a_conversation_keeps_the_promise_and_makes_the_next() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    book.clock.move_on(HOUR_MS);
    let call = begun(&book, id, owed).await;
    calls::session::jot(&book.book, book.helen(), call.id, &jotted("Second showroom.", "Daughter sails"))
        .await
        .expect("kept");
    book.clock.move_on(6 * MINUTE_MS);
    calls::session::end(&book.book, book.helen(), call.id).await.expect("ended");
    let answers = ["spoke", "spoke", "\"Exports to Lebanon", "own_promise", "do", "\"Send the circle", "next_day"];
    calls::filing::note(&book.book, book.helen(), call.id, "Mornings", "").await.expect("noted");
    let done = filed(&book, call.id, &answers).await.expect("filed");
    let next = done.next.expect("a next promise");
    assert_eq!((next.kind, next.what.as_str()), (PromiseKind::OwnWord, "Send the circle"));
    assert_eq!(next.due_ms, millis("2026-11-03T17:00:00+10:00"));
    assert_eq!(promise(&book, owed).await.state, PromiseState::Kept);
    assert!(open_inquiry(&book, id).await.is_some(), "she does not have what she asked for yet");

    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    let mut facts: Vec<_> = brief.facts.iter().map(|fact| fact.words.as_str()).collect();
    facts.sort_unstable();
    assert_eq!(facts, ["Daughter sails", "Exports to Lebanon"]);
    assert_eq!(brief.facts[0].learned_from, "Rania Haddad");
    assert_eq!(brief.note_for_next.as_deref(), Some("Mornings"));
    assert_eq!(brief.touches.len(), 1);
    assert_eq!((brief.touches[0].result.as_str(), brief.touches[0].notes.as_str()), ("spoke", "Second showroom."));
    assert_eq!(brief.touches[0].duration_ms, Some(6 * 60 * 1000));
    assert_eq!(brief.promise.map(|promise| promise.id), Some(next.id));
    assert_eq!(brief.last_promise.map(|promise| promise.id), Some(owed));
    assert_eq!(brief.script_name, "As promised");
    assert!(brief.unfinished_call.is_none());
    drop(db);
    balanced(&book).await;

    let error = filed(&book, call.id, &[]).await.expect_err("once");
    assert_eq!(error.code, Code::Conflict);
}

#[tokio::test]
async fn nothing_is_filed_without_a_next_step() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    for given in [&[][..], &["spoke"], &["spoke"], &["-"], &["close"]] {
        let error = filed(&book, call.id, given).await.expect_err("not yet");
        assert_eq!(error.code, Code::Invalid);
    }
    let mut db = book.book.read().await.expect("a reader");
    assert_eq!(calls::session::unfinished(&mut db).await.expect("the list").len(), 1, "it comes back");
    assert!(calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief").touches.is_empty());
}

#[tokio::test]
async fn who_was_not_reached_is_still_owed_and_rung_at_another_time_of_day() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let done = filed(&book, call.id, &["no_answer", "no_answer", "proposal_1"]).await.expect("filed");
    assert_eq!(done.next.as_ref().map(|next| next.id), Some(owed));
    let owed = promise(&book, owed).await;
    assert_eq!((owed.state, owed.attempt), (PromiseState::Open, 1));
    assert_eq!(owed.due_ms, millis("2026-11-03T17:00:00+10:00"), "what was promised stands");
    // Three business hours on, no longer in the morning; by two o'clock it is no longer midday either.
    assert_eq!(owed.from_ms, Some(millis("2026-11-02T13:15:00+10:00")));
    assert_eq!(owed.next_try_ms, Some(millis("2026-11-02T14:00:00+10:00")));
    assert!(open_inquiry(&book, id).await.is_some());

    book.clock.set("2026-11-02T14:30:00+10:00");
    let mut db = book.book.read().await.expect("a reader");
    let today = today::today(&mut db, book.book.now(), None).await.expect("today");
    let due = today.groups.iter().find(|group| group.name == GroupName::Today).expect("the group");
    assert_eq!(due.items.len(), 1, "it comes back by itself; what was promised is for tomorrow");
    drop(db);

    // Past its due time it is late, also where it is to be tried in eleven months.
    let mut edit = book.book.write(book.helen(), "no_answer").await.expect("an edit");
    ledger::tried(&mut edit, owed.id, Some(millis("2027-10-01T12:00:00+10:00"))).await.expect("tried");
    edit.commit().await.expect("committed");
    book.clock.set("2026-11-30T10:00:00+10:00");
    let mut db = book.book.read().await.expect("a reader");
    let today = today::today(&mut db, book.book.now(), None).await.expect("today");
    let late = today.groups.iter().find(|group| group.name == GroupName::Late).expect("the group");
    assert!(plain(&late.items[0].reason).contains("To be tried again by 12:00 on 1 October 2027"), "{:?}", late.items);
    assert_eq!(today::count_late(&mut db, book.book.now()).await.expect("a count"), 1);
}

#[tokio::test]
async fn what_is_not_rung_is_due_at_any_hour_and_says_what_it_is() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let answers = ["spoke", "do_not_call", "-", "own_promise", "write", "\"Post the programme", "today"];
    let done = filed(&book, call.id, &answers).await;
    let next = match done {
        Ok(done) => done.next.expect("a promise"),
        Err(error) => panic!("{}", error.message),
    };
    book.clock.set("2026-11-02T22:00:00+10:00");
    let mut db = book.book.read().await.expect("a reader");
    let today = today::today(&mut db, book.book.now(), None).await.expect("today");
    let late = today.groups.iter().find(|group| group.name == GroupName::Late).expect("the group");
    let item = late.items.iter().find(|item| item.promise.id == next.id).expect("it is late, not held back");
    assert!(item.not_now.is_some(), "they are not to be rung all the same");
    assert!(plain(&item.reason).contains("Helen Barrow promised today at"), "{}", plain(&item.reason));
    assert!(plain(&item.reason).contains("“Post the programme”"), "{}", plain(&item.reason));
}

#[tokio::test]
async fn after_the_last_try_one_writes_instead_and_the_call_is_owed_no_longer() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let mut edit = book.book.write(book.helen(), "add_reach").await.expect("an edit");
    let email = NewReach { kind: ReachKind::Email, typed: "rania@interiors.example".into(), label: String::new() };
    reaches::add(&mut edit, id, &email).await.expect("added");
    edit.commit().await.expect("committed");
    let owed = waits(&book, id, "How to join").await;
    for _ in 0..2 {
        let call = begun(&book, id, owed).await;
        filed(&book, call.id, &["voicemail_left", "proposal_1"]).await.expect("filed");
        book.clock.move_on(DAY_MS);
    }
    let call = begun(&book, id, owed).await;
    let done = filed(&book, call.id, &["voicemail_left", "proposal_1"]).await.expect("filed");
    let next = done.next.expect("a letter");
    assert_eq!((next.kind, next.what.as_str()), (PromiseKind::OwnWord, "Write instead"));
    assert_eq!(promise(&book, owed).await.state, PromiseState::Released);
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert!(brief.touches.iter().all(|touch| touch.channel == TouchChannel::Voicemail));
    drop(db);
    balanced(&book).await;
}

#[rstest]
#[case("2026-11-03T10:15:00+10:00", PromiseState::Renegotiated)]
#[case("2026-11-04T10:15:00+10:00", PromiseState::Kept)]
#[tokio::test]
async fn another_time_is_a_new_date_only_while_the_old_one_stands(#[case] now: &str, #[case] became: PromiseState) {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    book.clock.set(now);
    let call = begun(&book, id, owed).await;
    let answers = ["spoke", "not_now", "-", "own_promise", "ring", "\"Ring again", "in_three_days"];
    let done = filed(&book, call.id, &answers).await.expect("filed");
    let old = promise(&book, owed).await;
    assert_eq!(old.state, became);
    let next = done.next.expect("the new date");
    assert_eq!((next.kind, next.state), (PromiseKind::Callback, PromiseState::Open));
    assert_eq!(next.inquiry, old.inquiry);
    assert!(open_inquiry(&book, id).await.is_some());
    balanced(&book).await;
}

#[tokio::test]
async fn who_asks_not_to_be_rung_is_not_rung_again() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, &["spoke", "do_not_call", "-", "close", "do_not_contact"]).await.expect("filed");
    assert!(matches!(gate(&book, id).await, DialGate::Refused { .. }));
    let mut db = book.book.read().await.expect("a reader");
    let who = person::get(&mut db, id).await.expect("the person");
    assert!(who.do_not_call);
    assert_eq!(who.consents.len(), 3);
    assert!(who.consents.iter().all(|consent| !consent.allowed && consent.how == "said so on the phone"));
    drop(db);
    assert!(open_inquiry(&book, id).await.is_none());
}

#[rstest]
#[case(Standing::Prospect, Standing::Declined)]
#[case(Standing::Member, Standing::Member)]
#[tokio::test]
async fn declining_makes_no_former_member(#[case] before: Standing, #[case] after: Standing) {
    let book = TestBook::new().await;
    let new = NewPerson {
        name: "Rania Haddad".into(),
        phone: RANIA.into(),
        standing: Some(before),
        zone: Some("Australia/Brisbane".into()),
        ..NewPerson::default()
    };
    let id = book.person(new).await;
    let owed = waits(&book, id, "The breakfast").await;
    let call = begun(&book, id, owed).await;
    let done = filed(&book, call.id, &["spoke", "spoke", "-", "close", "declined"]).await.expect("filed");
    assert_eq!((done.standing, done.person.standing), (after, after));
}

#[rstest]
#[case(&["wrong_number", "never_theirs", "proposal_1"], ReachState::Wrong)]
#[case(&["wrong_number", "moved", "-", "proposal_1"], ReachState::Wrong)]
#[case(&["wrong_number", "disconnected", "proposal_1"], ReachState::Disconnected)]
#[case(&["no_answer", "out_of_service", "proposal_1"], ReachState::Disconnected)]
#[tokio::test]
async fn a_useless_number_is_marked_and_the_promise_stays_owed(#[case] answers: &[&str], #[case] state: ReachState) {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, answers).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let reach = reaches::of_person(&mut db, id).await.expect("reaches").remove(0);
    assert_eq!(reach.state, state);
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert_eq!(brief.note_for_next.as_deref(), Some("Find the right number"));
    drop(db);
    assert_eq!(promise(&book, owed).await.state, PromiseState::Open);
    assert!(matches!(gate(&book, id).await, DialGate::Refused { .. }));
    // The right number is found, and she is rung.
    let mut edit = book.book.write(book.helen(), "add_reach").await.expect("an edit");
    let found = NewReach { kind: ReachKind::Phone, typed: "0412 345 679".into(), label: String::new() };
    let found = reaches::add(&mut edit, id, &found).await.expect("added").expect("a new one");
    edit.commit().await.expect("committed");
    let begin = BeginCall { reach: Some(found), ..ring(&book, id, Some(owed)).await };
    calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins");
}

#[tokio::test]
async fn a_promise_that_was_ended_while_we_talked_does_not_keep_the_call_from_being_filed() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let mut edit = book.book.write(book.helen(), "release_promise").await.expect("an edit");
    ledger::release(&mut edit, owed, "She came by.").await.expect("released");
    edit.commit().await.expect("committed");
    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    assert_eq!(promise(&book, owed).await.end_reason, "She came by.");
    balanced(&book).await;
}

#[tokio::test]
async fn filing_can_be_undone_whole() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, &["spoke", "spoke", "\"Sails", "close_because_answered"]).await.expect("filed");
    let undone = undo_last(&book.book, book.helen()).await.expect("undone").expect("something was done");
    assert_eq!((undone.action.as_str(), undone.kept, undone.failed), ("file_call", 0, 0), "{:?}", undone.rows);
    assert_eq!(promise(&book, owed).await.state, PromiseState::Open);
    assert!(open_inquiry(&book, id).await.is_some());
    let mut db = book.book.read().await.expect("a reader");
    assert_eq!(calls::session::unfinished(&mut db).await.expect("the list").len(), 1, "the call is to be filed again");
    assert!(calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief").facts.is_empty());
}

#[tokio::test]
async fn undo_passes_over_what_was_only_typed_along_the_way() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    calls::session::jot(&book.book, book.helen(), call.id, &jotted("Rushed.", "Sails")).await.expect("jotted");
    calls::session::end(&book.book, book.helen(), call.id).await.expect("ended");
    let undone = undo_last(&book.book, book.helen()).await.expect("asked").expect("something was done");
    assert_eq!(undone.action, "capture", "the message, and neither a note nor the call that stands open");
    let mut db = book.book.read().await.expect("a reader");
    assert_eq!(calls::session::unfinished(&mut db).await.expect("the list").len(), 1);
    let again = calls::session::get(&mut db, book.book.now(), book.helen(), call.id).await.expect("the call");
    assert_eq!((again.notes.as_str(), again.learned.as_str()), ("Rushed.", "Sails"));
}
