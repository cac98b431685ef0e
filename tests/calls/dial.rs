//! The number, and the question before it.

use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::{self, BeginCall, ConfirmQuestion, DialGate};
use wellmet_core::people::{NewPerson, PersonChange, ReachKind, ReachState, consent, person, reaches};

use super::desk::{RANIA, begun, gate, rania, reach, ring, someone, waits};
use crate::support::{TestBook, millis};

#[tokio::test]
async fn nobody_else_near_means_no_question() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    assert!(matches!(gate(&book, id).await, DialGate::Open));
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    let dialled = call.dialled.expect("a number");
    assert_eq!((dialled.shown.as_str(), dialled.tel.as_str()), ("0412 345 678", "tel:+61412345678"));
}

#[tokio::test]
async fn a_namesake_must_be_told_apart_before_the_number_is_handed_out() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let other = someone(&book, "Rania Hadad", "Bay Physio", "Ascot", "0412 000 111").await;
    let owed = waits(&book, id, "How to join").await;
    waits(&book, other, "The fees").await;
    let DialGate::Confirm { question, choices, others } = gate(&book, id).await else { panic!("a question was due") };
    assert_eq!(question, ConfirmQuestion::Organisation, "the place is the same, so it tells nobody apart");
    let labels: Vec<_> = choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels, ["Bay Physio", "Haddad Interiors", "None of these"]);
    assert_eq!(others.len(), 1);
    assert!(others[0].sounds_alike && !others[0].same_name && !others[0].shares_number);

    let begin = ring(&book, id, Some(owed)).await;
    for nothing in [None, Some("Haddad Interiors"), Some("")] {
        let begin = BeginCall { confirmed: nothing.map(Into::into), ..begin.clone() };
        let error = calls::session::begin(&book.book, book.helen(), &begin).await.expect_err("not confirmed");
        assert_eq!(error.code, Code::Refused, "{nothing:?}");
        assert!(!error.message.contains("0412") && !error.message.contains("345"), "{}", error.message);
    }
    let right = choices.iter().find(|choice| choice.label == "Haddad Interiors").expect("it is there").key.clone();
    assert_eq!(right, "organisation:Haddad Interiors");
    let begin = BeginCall { confirmed: Some(right), ..begin };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("confirmed");
    assert!(call.dialled.is_some());
}

#[tokio::test]
async fn a_shared_number_asks_which_of_the_household_is_meant() {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "", "Ascot", RANIA).await;
    someone(&book, "Amir Haddad", "", "Ascot", RANIA).await;
    let DialGate::Confirm { question, choices, others } = gate(&book, id).await else { panic!("a question was due") };
    assert_eq!(question, ConfirmQuestion::FirstName);
    assert_eq!(choices.len(), 3);
    assert!(others[0].shares_number);
}

#[rstest]
#[case::two_extensions("07 3000 1000 ext 12", "07 3000 1000 ext 34", false)]
#[case::the_same_extension("07 3000 1000 ext 12", "07 3000 1000 ext 12", true)]
#[case::theirs_without_one("07 3000 1000 ext 12", "07 3000 1000", true)]
#[case::ours_without_one("07 3000 1000", "07 3000 1000 ext 34", true)]
#[tokio::test]
async fn two_extensions_of_a_switchboard_are_two_numbers(#[case] own: &str, #[case] theirs: &str, #[case] near: bool) {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "", "Ascot", own).await;
    someone(&book, "Tom Ashby", "", "Clayfield", theirs).await;
    let gate = gate(&book, id).await;
    assert_eq!(matches!(gate, DialGate::Confirm { .. }), near, "{gate:?}");
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert_eq!(brief.others.len(), usize::from(near));
    assert_eq!(brief.reaches[0].shared_with, u32::from(near), "what is shown of the number says the same");
}

#[tokio::test]
async fn of_a_switchboard_with_hundreds_nobody_is_left_out() {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "Council", "Ascot", "07 3000 1000").await;
    let mut edit = book.book.write(book.helen(), "test").await.expect("an edit");
    for number in 0..250 {
        let place = if number == 249 { "Ascot".into() } else { format!("Place {number}") };
        let new = NewPerson {
            given: format!("Given{number}"),
            family: format!("Family{number}"),
            organisation: "Council".into(),
            place,
            phone: "07 3000 1000".into(),
            ..NewPerson::default()
        };
        person::create(&mut edit, &new).await.expect("a person");
    }
    edit.commit().await.expect("committed");
    let DialGate::Confirm { question, choices, others } = gate(&book, id).await else { panic!("a question was due") };
    assert_eq!(question, ConfirmQuestion::FirstName, "the last of them lives where she lives");
    assert!(choices.len() <= 7, "they fit the number keys: {choices:?}");
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    assert_eq!((others.len(), brief.others.len(), brief.more_others), (20, 20, 230));
}

#[tokio::test]
async fn two_records_that_nothing_tells_apart_are_not_dialled_by_luck() {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "", "", RANIA).await;
    someone(&book, "Rania Haddad", "", "", RANIA).await;
    let DialGate::Refused { why, until_ms: None } = gate(&book, id).await else { panic!("it cannot be confirmed") };
    assert!(why.contains("merge"), "{why}");
    // What one of them waits for tells them apart.
    waits(&book, id, "How to join").await;
    let DialGate::Confirm { question, .. } = gate(&book, id).await else { panic!("a question was due") };
    assert_eq!(question, ConfirmQuestion::WaitsFor);
}

#[rstest]
#[case::asked_not_to_be_called(0)]
#[case::no_consent(1)]
#[case::wrong_number(2)]
#[case::disconnected(3)]
#[case::taken_off_the_lists(4)]
#[tokio::test]
async fn who_may_not_be_rung_is_not_rung_and_it_says_why(#[case] which: u8) {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let reach = reach(&book, id).await;
    let mut edit = book.book.write(book.helen(), "test").await.expect("an edit");
    let state = |state| calls_reach_change(state);
    match which {
        0 => {
            let change = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
            person::change(&mut edit, id, &change).await
        }
        1 => consent::set(&mut edit, id, ReachKind::Phone, false, "a letter").await,
        2 => reaches::change(&mut edit, reach, &state(ReachState::Wrong)).await,
        3 => reaches::change(&mut edit, reach, &state(ReachState::Disconnected)).await,
        _ => person::remove(&mut edit, id).await,
    }
    .expect("changed");
    edit.commit().await.expect("committed");
    let DialGate::Refused { why, until_ms: None } = gate(&book, id).await else { panic!("nobody may ring") };
    assert!(!why.is_empty());
    let begin = BeginCall { reason: Some("to say hello".into()), ..ring(&book, id, None).await };
    let error = calls::session::begin(&book.book, book.helen(), &begin).await.expect_err("nobody may ring");
    assert_eq!((error.code, error.message), (Code::Refused, why));
}

fn calls_reach_change(state: ReachState) -> wellmet_core::people::ReachChange {
    wellmet_core::people::ReachChange { state: Some(state), ..Default::default() }
}

#[tokio::test]
async fn a_number_that_cannot_be_read_or_is_somebody_elses_is_never_dialled() {
    let book = TestBook::new().await;
    let id = someone(&book, "Rania Haddad", "", "", "ring the shop").await;
    assert!(matches!(gate(&book, id).await, DialGate::Refused { .. }));
    let other = someone(&book, "Priya Nair", "", "", RANIA).await;
    let mut db = book.book.read().await.expect("a reader");
    let theirs = reaches::of_person(&mut db, other).await.expect("reaches")[0].id;
    let gate = calls::dial::gate(&mut db, book.book.now(), book.helen(), id, theirs).await.expect("a gate");
    assert!(matches!(gate, DialGate::Refused { .. }), "{gate:?}");
}

#[tokio::test]
async fn the_hour_where_they_are_decides() {
    // Nine in the evening in Brisbane is seven in Perth.
    let book = TestBook::at("2026-11-02T21:00:00+10:00").await;
    let id = rania(&book).await;
    let DialGate::NotNow { not_now } = gate(&book, id).await else { panic!("it is too late to ring") };
    assert_eq!(not_now.from_ms, Some(millis("2026-11-03T09:00:00+10:00")));
    let begin = BeginCall { reason: Some("to say hello".into()), ..ring(&book, id, None).await };
    let error = calls::session::begin(&book.book, book.helen(), &begin).await.expect_err("it is too late to ring");
    assert!(error.message.ends_with("from 9:00 on 3 November, our time."), "{}", error.message);
    let mut edit = book.book.write(book.helen(), "test").await.expect("an edit");
    let change = PersonChange { zone: Some("Australia/Perth".into()), ..PersonChange::default() };
    person::change(&mut edit, id, &change).await.expect("changed");
    edit.commit().await.expect("committed");
    assert!(matches!(gate(&book, id).await, DialGate::Open));
}

#[test]
fn only_one_file_of_the_core_hands_out_a_number() {
    let calls = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/calls");
    let mut said = Vec::new();
    for file in std::fs::read_dir(calls).expect("the calls area").map(|file| file.expect("a file").path()) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        if text.contains("tel_uri") || text.contains("Dialled {") && !text.contains("pub struct Dialled {") {
            said.push(file.file_name().expect("a name").to_owned());
        }
    }
    assert_eq!(said, ["dial.rs"], "no path reaches a number round the gate");
}

/// What the window may be answered with a number in: each passes `dial::again`. A command that is not named here and can
/// carry one is a new way out, and wants a test of its own.
const MAY_CARRY_A_NUMBER: &[&str] = &["begin_call", "call", "switch_person"];

#[test]
fn only_known_commands_can_answer_with_a_number() {
    let bindings = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/bindings.ts");
    let bindings = std::fs::read_to_string(bindings).expect("the window's types");
    let words = |text: &str| -> Vec<String> {
        text.split(|mark: char| !mark.is_alphanumeric() && mark != '_').map(str::to_owned).collect()
    };
    // Every type that has `Dialled` somewhere in it.
    let types: Vec<(String, Vec<String>)> = bindings
        .split("\nexport type ")
        .skip(1)
        .filter_map(|rest| rest.split_once(" ="))
        .map(|(name, body)| (name.to_owned(), words(body.split("\n};").next().unwrap_or(body))))
        .collect();
    let mut carrying = vec!["Dialled".to_owned()];
    loop {
        let holds = |body: &[String]| body.iter().any(|word| carrying.contains(word));
        let more: Vec<String> = types
            .iter()
            .filter(|(name, body)| !carrying.contains(name) && holds(body))
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        carrying.extend(more);
    }
    assert!(carrying.len() > 1 && types.len() > 80, "the types are read: {carrying:?} of {}", types.len());

    let mut commands = Vec::new();
    for line in bindings.lines().filter(|line| line.contains("__TAURI_INVOKE")) {
        let Some((_, after)) = line.split_once("=> ") else { continue };
        let Some((answer, call)) = after.split_once("(__TAURI_INVOKE").or_else(|| after.split_once('(')) else {
            continue;
        };
        let name = call.split('"').nth(1).or_else(|| after.split('"').nth(1)).unwrap_or_default();
        if words(answer).iter().any(|word| carrying.contains(word)) {
            commands.push(name.to_owned());
        }
    }
    commands.sort();
    assert_eq!(commands, MAY_CARRY_A_NUMBER);
    let events = bindings.split("export const events").nth(1).unwrap_or_default();
    let events = events.split("\n};").next().unwrap_or_default();
    assert!(!words(events).iter().any(|word| carrying.contains(word)), "no event carries a number");
}
