use wellmet_core::Code;
use wellmet_core::calls::{MessageFrom, inquiry};
use wellmet_core::people::{NewPerson, NewReach, PersonChange, ReachKind, Standing, facts, finding, person, reaches};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind, PromiseState};
use wellmet_core::store::{history, last_edits, redo_last, restore_field, undo, undo_last};

use crate::support::{TestBook, millis, voicemail};

#[tokio::test]
async fn undo_takes_back_a_new_person_and_redo_brings_her_again() {
    let t = TestBook::new().await;
    let new = NewPerson {
        name: "Rania Haddad".into(),
        organisation: "Haddad Interiors".into(),
        phone: "0412 345 016".into(),
        ..Default::default()
    };
    let rania = t.person(new).await;
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(undone.label, "Rania Haddad");
    let mut db = t.book.read().await.unwrap();
    assert!(person::get(&mut db, rania).await.is_err());
    assert!(finding::find(&mut db, "haddad", 10).await.unwrap().is_empty(), "the search index follows");
    drop(db);
    redo_last(&t.book, t.helen()).await.unwrap().unwrap();
    let mut db = t.book.read().await.unwrap();
    assert_eq!(person::get(&mut db, rania).await.unwrap().reaches.len(), 1);
    assert_eq!(finding::find(&mut db, "haddad", 10).await.unwrap(), vec![rania]);
    assert_eq!(finding::find(&mut db, "0412345016", 10).await.unwrap(), vec![rania]);
    drop(db);
    assert!(t.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn what_someone_changed_since_is_kept_field_by_field() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let change = async |change: PersonChange| {
        let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
        person::change(&mut edit, rania, &change).await.unwrap();
        edit.commit().await.unwrap()
    };
    let first = change(PersonChange {
        standing: Some(Standing::Applicant),
        place: Some("New Farm".into()),
        ..Default::default()
    })
    .await;
    change(PersonChange { standing: Some(Standing::Member), ..Default::default() }).await;
    let undone = undo(&t.book, t.helen(), first).await.unwrap();
    assert_eq!((undone.reversed, undone.kept), (1, 1), "{:?}", undone.rows);
    let now = person::get(&mut t.book.read().await.unwrap(), rania).await.unwrap();
    assert_eq!(now.standing, Standing::Member, "the later edit stands");
    assert_eq!(now.place, "", "the field that nobody touched since went back");
}

#[tokio::test]
async fn a_new_person_whom_something_belongs_to_is_kept() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let created = last_edits(&t.book, 1).await.unwrap()[0].id;
    let mut edit = t.book.write(t.helen(), "add_fact").await.unwrap();
    facts::add(&mut edit, rania, "second showroom", "a call").await.unwrap();
    edit.commit().await.unwrap();
    let undone = undo(&t.book, t.helen(), created).await.unwrap();
    assert_eq!(undone.kept, 1, "{:?}", undone.rows);
    assert!(!undone.rows[0].why.is_empty(), "it says why");
    assert!(person::get(&mut t.book.read().await.unwrap(), rania).await.is_ok());
}

#[tokio::test]
async fn undoing_a_kept_promise_opens_it_again() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let mut edit = t.book.write(t.helen(), "make_promise").await.unwrap();
    let new = NewPromise {
        person: rania,
        kind: PromiseKind::OwnWord,
        what: "send the programme".into(),
        keeper: Some(t.director),
        due: millis("2026-11-03T17:00:00+10:00"),
        inquiry: None,
    };
    let promise = ledger::make(&mut edit, &new).await.unwrap();
    edit.commit().await.unwrap();
    let mut edit = t.book.write(t.helen(), "keep_promise").await.unwrap();
    ledger::keep(&mut edit, promise).await.unwrap();
    edit.commit().await.unwrap();
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.reversed, undone.kept, undone.failed), (1, 0, 0), "{:?}", undone.rows);
    let now = ledger::get(&mut t.book.read().await.unwrap(), promise).await.unwrap();
    assert_eq!(now.state, PromiseState::Open);
    assert!(t.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn undo_twice_is_refused_and_undo_is_an_edit_of_its_own() {
    let t = TestBook::new().await;
    t.named("Rania Haddad").await;
    let created = last_edits(&t.book, 1).await.unwrap()[0].id;
    undo(&t.book, t.helen(), created).await.unwrap();
    assert!(undo(&t.book, t.helen(), created).await.is_err());
    let edits = last_edits(&t.book, 2).await.unwrap();
    assert_eq!(edits[0].action, "undo");
    assert!(edits[1].undone);
}

#[tokio::test]
async fn one_field_goes_back_whatever_happened_since() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    for place in ["New Farm", "Newstead", "Ascot"] {
        let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
        let change = PersonChange { place: Some(place.into()), ..Default::default() };
        person::change(&mut edit, rania, &change).await.unwrap();
        edit.commit().await.unwrap();
    }
    let changes = history(&t.book, rania).await.unwrap();
    let to_newstead = changes.iter().find(|c| c.after.as_deref() == Some("Newstead")).unwrap();
    assert_eq!(to_newstead.before.as_deref(), Some("New Farm"));
    assert_eq!(to_newstead.actor.as_deref(), Some("Helen Barrow"));
    restore_field(&t.book, t.helen(), rania, to_newstead.seq, "place").await.unwrap();
    let now = person::get(&mut t.book.read().await.unwrap(), rania).await.unwrap();
    assert_eq!(now.place, "New Farm");
}

#[tokio::test]
async fn a_field_that_cannot_go_back_alone_says_what_can() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let inquiry = inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(rania), "ring me")).await.unwrap();
    let mut edit = t.book.write(t.helen(), "keep_promise").await.unwrap();
    ledger::keep(&mut edit, inquiry.promise).await.unwrap();
    edit.commit().await.unwrap();
    let changes = history(&t.book, rania).await.unwrap();
    let state = changes.iter().find(|change| change.table == "promise" && change.field == "state").unwrap();
    let error = restore_field(&t.book, t.helen(), rania, state.seq, "state").await.unwrap_err();
    assert_eq!(error.code, Code::Refused, "{}", error.message);
    assert!(error.message.contains("What was done"), "{}", error.message);
}

#[tokio::test]
async fn a_removed_reach_comes_back_as_it_was() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let mut edit = t.book.write(t.helen(), "add_reach").await.unwrap();
    let new = NewReach { kind: ReachKind::Phone, typed: "07 3333 4444 ext 12".into(), label: "Work".into() };
    let reach = reaches::add(&mut edit, rania, &new).await.unwrap().unwrap();
    edit.commit().await.unwrap();
    let before = reaches::row(&mut t.book.read().await.unwrap(), reach).await.unwrap();
    assert_eq!(before.extension.as_deref(), Some("12"));
    let mut edit = t.book.write(t.helen(), "remove_reach").await.unwrap();
    reaches::remove(&mut edit, reach).await.unwrap();
    edit.commit().await.unwrap();
    undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    let after = reaches::row(&mut t.book.read().await.unwrap(), reach).await.unwrap();
    assert_eq!(format!("{before:?}"), format!("{after:?}"));
}
