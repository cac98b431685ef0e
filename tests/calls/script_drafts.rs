//! What a director is writing outlives whatever may happen to the window.

use wellmet_core::calls::script_drafts::{KeepDraft, discard, keep, of};
use wellmet_core::calls::scripts;
use wellmet_core::ids::{ScriptId, VolunteerId};
use wellmet_core::store::undo_last;
use wellmet_core::team::volunteers::{self, NewVolunteer, VolunteerRole};
use wellmet_core::{Actor, Code};

use crate::support::TestBook;

const TEXT: &str = "title: Hello\npurpose: general\n\n# Greeting\nHello.\nend\n";

fn draft(script: Option<ScriptId>, text: &str) -> KeepDraft {
    KeepDraft { id: None, script, base: 1, text: text.into() }
}

async fn texts(book: &TestBook, volunteer: VolunteerId) -> Vec<String> {
    let mut db = book.book.read().await.expect("a reader");
    of(&mut db, volunteer).await.expect("drafts").into_iter().map(|draft| draft.text).collect()
}

#[tokio::test]
async fn a_draft_survives_a_restart_however_wrong_it_is() {
    let mut book = TestBook::new().await;
    let script = scripts::save(&book.book, book.helen(), None, TEXT, false).await.expect("a script");
    let id = keep(&book.book, book.helen(), &draft(Some(script), "titel: Hel")).await.expect("kept");
    let again = keep(&book.book, book.helen(), &draft(Some(script), "titel: Hello, {{ 😀 ")).await.expect("kept");
    assert_eq!(id, again, "a script has one draft of hers");
    book.reopen().await;
    assert_eq!(texts(&book, book.director).await, ["titel: Hello, {{ 😀 "]);
    discard(&book.book, book.helen(), id).await.expect("discarded");
    discard(&book.book, book.helen(), id).await.expect("once is enough");
    assert!(texts(&book, book.director).await.is_empty());
}

#[tokio::test]
async fn scripts_that_are_still_to_be_stand_beside_each_other() {
    let book = TestBook::new().await;
    let first = keep(&book.book, book.helen(), &draft(None, "one")).await.expect("kept");
    let second = keep(&book.book, book.helen(), &draft(None, "two")).await.expect("kept");
    assert_ne!(first, second);
    book.clock.move_on(1_000);
    let goes_on = KeepDraft { id: Some(first), ..draft(None, "one and a half") };
    assert_eq!(keep(&book.book, book.helen(), &goes_on).await.expect("kept"), first);
    assert_eq!(texts(&book, book.director).await, ["one and a half", "two"], "the newest first");
}

#[tokio::test]
async fn a_draft_is_its_writers_alone() {
    let book = TestBook::new().await;
    let new = NewVolunteer { name: "Moana Ota".into(), role: VolunteerRole::Director, pin: None };
    let mut edit = book.book.write(book.helen(), "add_volunteer").await.expect("an edit");
    let moana = volunteers::add(&mut edit, &new).await.expect("a second director");
    edit.commit().await.expect("written");
    let helens = keep(&book.book, book.helen(), &draft(None, "Helen's")).await.expect("kept");
    let over_it = KeepDraft { id: Some(helens), ..draft(None, "Moana's") };
    let error = keep(&book.book, Actor::Volunteer(moana), &over_it).await.expect_err("not hers");
    assert_eq!(error.code, Code::Refused);
    discard(&book.book, Actor::Volunteer(moana), helens).await.expect("nothing of hers");
    assert_eq!(texts(&book, book.director).await, ["Helen's"]);
    assert!(texts(&book, moana).await.is_empty());
}

#[tokio::test]
async fn undo_does_not_mean_a_draft_and_none_is_listed_as_done() {
    let book = TestBook::new().await;
    let script = scripts::save(&book.book, book.helen(), None, TEXT, false).await.expect("a script");
    keep(&book.book, book.helen(), &draft(Some(script), "a word more")).await.expect("kept");
    let undone = undo_last(&book.book, book.helen()).await.expect("undo").expect("there is something to undo");
    assert_eq!(undone.action, "save_script");
    assert_eq!((undone.kept, undone.failed), (0, 0), "a draft holds no script in the book");
    assert!(texts(&book, book.director).await.is_empty(), "the draft goes with its script");
}

#[tokio::test]
async fn a_novel_is_refused_and_what_stood_before_is_kept() {
    let book = TestBook::new().await;
    let script = scripts::save(&book.book, book.helen(), None, TEXT, false).await.expect("a script");
    keep(&book.book, book.helen(), &draft(Some(script), "before")).await.expect("kept");
    let novel = draft(Some(script), &"x".repeat(200_001));
    let error = keep(&book.book, book.helen(), &novel).await.expect_err("too long");
    assert_eq!(error.code, Code::Invalid);
    assert_eq!(texts(&book, book.director).await, ["before"]);
}
