//! A filing that is interrupted comes back at the same question; what came of it is put right in the book.

use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::outcome::{Answer, QuestionId};
use wellmet_core::calls::{self, BeginCall};
use wellmet_core::ids::{CallId, PersonId};
use wellmet_core::people::{NewReach, Reach, ReachKind, ReachState, reaches};
use wellmet_core::promises::ledger::{self, PromiseKind, PromiseState};
use wellmet_core::promises::reasons::plain;
use wellmet_core::promises::today;
use wellmet_core::store::undo_last;
use wellmet_core::team::volunteers::{self, NewVolunteer, VolunteerRole};
use wellmet_core::time::{DAY_MS, HOUR_MS};

use super::desk::{answered, balanced, begun, filed, promise, rania, ring, someone, waits};
use crate::support::{TestBook, jotted, millis};

async fn question(book: &TestBook, call: CallId) -> Option<QuestionId> {
    let mut db = book.book.read().await.expect("a reader");
    let filing = calls::filing::filing(&mut db, book.book.now(), call).await.expect("the filing");
    filing.question.map(|question| question.id)
}

async fn numbers(book: &TestBook, person: PersonId) -> Vec<Reach> {
    let mut db = book.book.read().await.expect("a reader");
    reaches::of_person(&mut db, person).await.expect("reaches")
}

async fn also_at(book: &TestBook, person: PersonId, kind: ReachKind, typed: &str) {
    let mut edit = book.book.write(book.helen(), "add_reach").await.expect("an edit");
    let reach = NewReach { kind, typed: typed.into(), label: "Showroom".into() };
    reaches::add(&mut edit, person, &reach).await.expect("added");
    edit.commit().await.expect("committed");
}

#[tokio::test]
async fn a_filing_comes_back_at_the_question_at_which_it_was_left() {
    let mut book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let given = ["spoke", "spoke", "\"Exports to Lebanon", "own_promise", "do", "\"Send the circle", "next_day"];
    for (at, answer) in given.iter().enumerate() {
        answered(&book, call.id, &[answer]).await.expect("answered");
        let stands = question(&book, call.id).await;
        book.reopen().await;
        assert_eq!(question(&book, call.id).await, stands, "after {at} answers");
    }
    calls::filing::note(&book.book, book.helen(), call.id, "Mornings", "Wants a refund").await.expect("noted");
    book.reopen().await;
    let mut db = book.book.read().await.expect("a reader");
    let filing = calls::filing::filing(&mut db, book.book.now(), call.id).await.expect("the filing");
    let outcome = filing.outcome.expect("everything is answered");
    assert_eq!(outcome.learned, ["Exports to Lebanon"]);
    assert_eq!(
        (outcome.note_for_next.as_deref(), outcome.organiser.as_deref()),
        (Some("Mornings"), Some("Wants a refund"))
    );
    drop(db);
    // A step back is one answer fewer, also in the book, and takes no word that was written beside them.
    calls::filing::step_back(&book.book, book.helen(), call.id, 4).await.expect("back");
    book.reopen().await;
    assert_eq!(question(&book, call.id).await, Some(QuestionId::PromiseMeans));
    answered(&book, call.id, &["write", "\"Write to her", "today"]).await.expect("answered");
    let filed = calls::filing::file(&book.book, book.helen(), call.id, None).await.expect("filed");
    assert_eq!(filed.next.expect("a promise").what, "Write to her");
    assert_eq!(filed.decision.expect("a decision").what, "Wants a refund");
}

#[tokio::test]
async fn steps_of_a_filing_are_passed_over_by_undo_and_the_filing_goes_back_whole() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    answered(&book, call.id, &["wrong_number", "moved", "\"0412 345 679", "proposal_1"]).await.expect("answered");
    calls::filing::note(&book.book, book.helen(), call.id, "Ask for Karim", "").await.expect("noted");
    let before = numbers(&book, id).await.len();
    calls::filing::file(&book.book, book.helen(), call.id, None).await.expect("filed");
    assert_eq!(numbers(&book, id).await.len(), before + 1);
    let undone = undo_last(&book.book, book.helen()).await.expect("undone").expect("something was done");
    assert_eq!((undone.action.as_str(), undone.kept, undone.failed), ("file_call", 0, 0), "{:?}", undone.rows);
    assert_eq!(numbers(&book, id).await.len(), before, "the new number was part of it");
    let mut db = book.book.read().await.expect("a reader");
    let filing = calls::filing::filing(&mut db, book.book.now(), call.id).await.expect("it can be filed again");
    assert_eq!(filing.draft.answers.len(), 4, "with the answers that it had");
    assert_eq!(filing.draft.note_for_next, "Ask for Karim");
    drop(db);
    let undone = undo_last(&book.book, book.helen()).await.expect("undone").expect("something was done");
    assert_eq!(undone.action, "capture", "and the next undo is for what was done before the call");
}

#[tokio::test]
async fn a_time_that_passed_while_the_call_stood_open_is_asked_for_again() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let filing = answered(&book, call.id, &["voicemail_left", "proposal_1"]).await.expect("answered");
    assert!(!filing.asks_again && filing.outcome.is_some());
    calls::filing::note(&book.book, book.helen(), call.id, "Rings back after five", "").await.expect("noted");
    book.clock.move_on(7 * DAY_MS);
    let error = calls::filing::file(&book.book, book.helen(), call.id, None).await.expect_err("it has passed");
    assert_eq!(error.code, Code::Invalid);
    let mut db = book.book.read().await.expect("a reader");
    let filing = calls::filing::filing(&mut db, book.book.now(), call.id).await.expect("the filing");
    drop(db);
    assert!(filing.asks_again);
    assert_eq!(filing.question.map(|question| question.id), Some(QuestionId::Next));
    assert_eq!(filing.draft.note_for_next, "Rings back after five");
    filed(&book, call.id, &["proposal_1"]).await.expect("filed after all");
}

#[tokio::test]
async fn what_was_learned_is_one_text_during_the_call_and_after_it() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    calls::session::jot(&book.book, book.helen(), call.id, &jotted("", "Dauhgter sails")).await.expect("kept");
    let filing = answered(&book, call.id, &["spoke", "spoke", "\"Dauhgter sails\nExports"]).await.expect("answered");
    assert_eq!(filing.question.map(|question| question.id), Some(QuestionId::Next));
    // A slip of the pen is mended after the question was answered.
    calls::session::jot(&book.book, book.helen(), call.id, &jotted("", "Daughter sails\nExports")).await.expect("kept");
    filed(&book, call.id, &["close_because_answered"]).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    let mut facts: Vec<_> = brief.facts.iter().map(|fact| fact.words.as_str()).collect();
    facts.sort_unstable();
    assert_eq!(facts, ["Daughter sails", "Exports"]);
}

#[tokio::test]
async fn a_new_number_is_kept_and_rung_and_the_old_one_is_wrong() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let same = answered(&book, call.id, &["wrong_number", "moved", "\"+61 412 345 678"]).await;
    assert!(same.expect_err("the wrong one again").message.contains("number that was wrong"));
    let filing = answered(&book, call.id, &["\"0412 345 679"]).await.expect("another one");
    let first = &filing.question.expect("what next").options[0];
    assert_eq!(first.what.as_deref(), Some("Ring the new number"));
    let done = filed(&book, call.id, &["proposal_1"]).await.expect("filed");
    assert_eq!(done.next.map(|next| next.id), Some(owed), "what was promised stands");
    let numbers = numbers(&book, id).await;
    let shown: Vec<_> = numbers.iter().map(|reach| (reach.ending.as_deref(), reach.state)).collect();
    assert_eq!(shown, [(Some("679"), ReachState::Good), (Some("678"), ReachState::Wrong)]);
    let begin = BeginCall { reach: Some(numbers[0].id), ..ring(&book, id, Some(owed)).await };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins");
    assert_eq!(call.brief.note_for_next.as_deref(), Some("Ring the new number"));
}

#[tokio::test]
async fn the_number_that_was_wrong_is_the_one_that_is_named() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    also_at(&book, id, ReachKind::Phone, "07 5550 0123").await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let filing = answered(&book, call.id, &["wrong_number"]).await.expect("answered");
    let which = filing.question.expect("which");
    assert_eq!(which.options[0].what.as_deref(), Some("••• 678"), "the dialled one first");
    let other = which.options[1].id.clone();
    filed(&book, call.id, &[&other, "never_theirs", "proposal_1"]).await.expect("filed");
    let states: Vec<_> = numbers(&book, id).await.into_iter().map(|reach| (reach.ending, reach.state)).collect();
    assert_eq!(states, [(Some("678".into()), ReachState::Good), (Some("123".into()), ReachState::Wrong)]);
}

#[tokio::test]
async fn a_slip_of_the_finger_spoils_no_number() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, &["wrong_number", "misdialled", "proposal_1"]).await.expect("filed");
    assert_eq!(numbers(&book, id).await[0].state, ReachState::Good);
    begun(&book, id, owed).await;
}

#[tokio::test]
async fn who_took_the_message_is_offered_from_their_colleagues_and_stands_in_the_book() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    someone(&book, "Karim Haddad", "Haddad Interiors", "Ascot", "07 5550 0123").await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let filing = answered(&book, call.id, &["left_with_someone", "left_with_someone"]).await.expect("answered");
    assert_eq!(filing.question.expect("with whom").options[0].what.as_deref(), Some("Karim Haddad"));
    let filing = answered(&book, call.id, &["colleague_1", "proposal_1"]).await.expect("answered");
    assert_eq!(filing.outcome.expect("an outcome").with_whom.as_deref(), Some("Karim Haddad"));
    filed(&book, call.id, &[]).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let timeline = calls::timeline::of_person(&mut db, book.book.now(), id, 50).await.expect("a timeline");
    assert!(timeline.iter().any(|line| line.words.contains("Karim Haddad")), "the timeline says with whom");
}

#[rstest]
#[case::nobody_else(false, "Helen Barrow")]
#[case::another_director_keeps_her(true, "Priya Nair")]
#[tokio::test]
async fn a_director_is_asked_to_look_and_sees_why(#[case] another: bool, #[case] keeper: &str) {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let mut edit = book.book.write(book.helen(), "add_volunteer").await.expect("an edit");
    let new = |name: &str, role| NewVolunteer { name: name.into(), role, pin: None };
    let moana = volunteers::add(&mut edit, &new("Moana Ota", VolunteerRole::Volunteer)).await.expect("added");
    if another {
        let priya = volunteers::add(&mut edit, &new("Priya Nair", VolunteerRole::Director)).await.expect("added");
        let change = wellmet_core::people::PersonChange { keeper: Some(priya), ..Default::default() };
        wellmet_core::people::person::change(&mut edit, id, &change).await.expect("kept by Priya");
    }
    edit.commit().await.expect("committed");
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    answered(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("answered");
    let moana = wellmet_core::Actor::Volunteer(moana);
    calls::filing::note(&book.book, moana, call.id, "", "She asks for a reduced fee").await.expect("noted");
    let done = calls::filing::file(&book.book, moana, call.id, None).await.expect("filed");
    assert!(done.next.is_none(), "it was closed all the same");
    let decision = done.decision.expect("a decision");
    assert_eq!(decision.kind, PromiseKind::Decision);
    assert_eq!(decision.due_ms, millis("2026-11-03T17:00:00+10:00"), "one business day");
    assert_eq!(decision.keeper.map(|keeper| keeper.name).as_deref(), Some(keeper));
    let mut db = book.book.read().await.expect("a reader");
    let reason = today::reason(&mut db, decision.id, book.book.now()).await.expect("a reason");
    assert_eq!(
        plain(&reason),
        "Moana Ota asked for a decision today at 10:15: “She asks for a reduced fee”. To be decided by 17:00 tomorrow."
    );
    for clause in reason.iter().filter(|clause| clause.text.chars().any(char::is_alphabetic)) {
        assert!(clause.record.is_some(), "{:?} comes from no record", clause.text);
    }
    let today = today::today(&mut db, book.book.now(), None).await.expect("today");
    assert!(today.groups.iter().flat_map(|group| &group.items).any(|item| item.promise.id == decision.id));
    drop(db);
    balanced(&book).await;
}

#[tokio::test]
async fn a_call_for_no_promise_that_reached_nobody_was_the_first_try() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let begin = BeginCall { reason: Some("to ask her to the breakfast".into()), ..ring(&book, id, None).await };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins");
    let next = filed(&book, call.id, &["no_answer", "no_answer", "proposal_1"]).await.expect("filed").next;
    let next = next.expect("to ring again");
    assert_eq!((next.kind, next.state, next.attempt), (PromiseKind::Callback, PromiseState::Open, 1));
    let mut db = book.book.read().await.expect("a reader");
    let reason = plain(&today::reason(&mut db, next.id, book.book.now()).await.expect("a reason"));
    assert_eq!(
        reason,
        "Helen Barrow promised today at 10:15: “Ring again”. We tried once, last today at 10:15. \
         We promised to ring between 13:15 and 14:00 today."
    );
    drop(db);
    // The second time it is the rule for the second time: a business day, and neither of the two times of day.
    book.clock.set("2026-11-02T13:30:00+10:00");
    let call = begun(&book, id, next.id).await;
    let again = filed(&book, call.id, &["no_answer", "no_answer", "proposal_1"]).await.expect("filed").next;
    let again = again.expect("once more");
    assert_eq!(again.from_ms, Some(millis("2026-11-03T14:00:00+10:00")), "the afternoon was not tried yet");
    assert_eq!(again.next_try_ms, Some(millis("2026-11-03T17:00:00+10:00")));
}

#[tokio::test]
async fn the_reminder_of_a_next_try_comes_when_it_begins() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    filed(&book, call.id, &["no_answer", "no_answer", "proposal_1"]).await.expect("filed");
    let at = wellmet_core::promises::reminders::next_due(&book.book).await.expect("reminders");
    assert_eq!(at, Some(millis("2026-11-02T13:15:00+10:00")), "and not at two o'clock, when it is over");
    book.clock.set("2026-11-02T13:15:00+10:00");
    let mut db = book.book.read().await.expect("a reader");
    let reason = plain(&today::reason(&mut db, owed, book.book.now()).await.expect("a reason"));
    assert!(reason.ends_with("To be tried again between 13:15 and 14:00 today."), "{reason}");
}

#[tokio::test]
async fn own_words_for_the_next_try_are_told_to_the_next_caller() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    calls::filing::note(&book.book, book.helen(), call.id, "Karim answers before noon", "").await.expect("noted");
    let answers = ["no_answer", "no_answer", "own_promise", "ring", "\"Ring about the fees", "next_day"];
    filed(&book, call.id, &answers).await.expect("filed");
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert_eq!(brief.note_for_next.as_deref(), Some("Ring about the fees\nKarim answers before noon"));
}

#[tokio::test]
async fn a_typed_time_is_kept_from_its_beginning_to_its_end() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    answered(&book, call.id, &["spoke", "not_now", "-"]).await.expect("answered");
    let mut db = book.book.read().await.expect("a reader");
    let calendar = wellmet_core::team::standards::calendar(&mut db).await.expect("a calendar");
    drop(db);
    let typed = wellmet_core::promises::typed_date::read("next tue after 3", book.book.now(), &calendar, "AU");
    let typed = typed.expect("it is clear");
    let time = Answer::Time { from: typed.from_ms, due: typed.due_ms };
    calls::filing::answer(&book.book, book.helen(), call.id, QuestionId::Next, time).await.expect("answered");
    let next = filed(&book, call.id, &[]).await.expect("filed").next.expect("the new date");
    assert_eq!(promise(&book, owed).await.state, PromiseState::Renegotiated);
    assert_eq!(
        (next.from_ms, next.due_ms),
        (Some(millis("2026-11-10T15:00:00+10:00")), millis("2026-11-10T17:00:00+10:00"))
    );
    let mut db = book.book.read().await.expect("a reader");
    let reason = plain(&today::reason(&mut db, next.id, book.book.now()).await.expect("a reason"));
    assert!(reason.ends_with("We promised to ring between 15:00 and 17:00 on 10 November."), "{reason}");
    let ended: Vec<_> = ledger::of_person(&mut db, id).await.expect("promises");
    assert_eq!(ended.len(), 2);
    book.clock.move_on(HOUR_MS);
}
