//! The book's scripts: versions that stay, run side by side, and are compared.

use wellmet_core::calls::script::{Purpose, Script, builtins};
use wellmet_core::calls::scripts::{self, ScriptDetail, ScriptRow};
use wellmet_core::calls::share::Share;
use wellmet_core::calls::{self, BeginCall, Call};
use wellmet_core::ids::{PersonId, ScriptId};
use wellmet_core::store::{Key, older, sql, undo_last};

use wellmet_core::team::standards::{self, Association};
use wellmet_core::{Actor, Book, Code};

use super::desk::{filed, rania, ring, someone};
use crate::support::TestBook;

fn text(title: &str, says: &str) -> String {
    format!("title: {title}\npurpose: general\n# A\n{says}\nend\n")
}

async fn all(book: &TestBook) -> Vec<ScriptRow> {
    scripts::complete(&book.book).await.expect("ours are there");
    scripts::all(&mut book.book.read().await.expect("a reader")).await.expect("scripts")
}

async fn detail(book: &TestBook, id: ScriptId) -> ScriptDetail {
    scripts::detail(&mut book.book.read().await.expect("a reader"), id).await.expect("the script")
}

async fn saved(book: &TestBook, id: Option<ScriptId>, text: &str, beside: bool) -> ScriptId {
    scripts::save(&book.book, book.helen(), id, text, beside).await.expect("saved")
}

async fn general(book: &TestBook) -> ScriptRow {
    all(book).await.into_iter().find(|row| row.purpose == Purpose::General && row.first).expect("a general script")
}

async fn begun_with(book: &TestBook, person: PersonId, script: Option<ScriptId>) -> wellmet_core::Result<Call> {
    let begin = BeginCall { reason: Some("to say hello".into()), script, ..ring(book, person, None).await };
    calls::session::begin(&book.book, book.helen(), &begin).await
}

/// A call from its beginning to its end, and what was said in it.
async fn called(book: &TestBook, person: PersonId, script: Option<ScriptId>, answers: &[&str]) -> String {
    let call = begun_with(book, person, script).await.expect("begun");
    filed(book, call.id, answers).await.expect("filed");
    super::desk::said(&call)
}

const WELL: &[&str] = &["spoke", "spoke", "-", "close_because_answered"];

#[tokio::test]
async fn a_book_has_a_script_for_every_purpose_and_each_is_first() {
    let book = TestBook::new().await;
    let rows = all(&book).await;
    assert_eq!(rows.len(), builtins().len());
    for purpose in Purpose::ALL {
        assert_eq!(rows.iter().filter(|row| row.purpose == *purpose && row.first).count(), 1, "{purpose:?}");
    }
    assert!(rows.iter().all(|row| row.shipped && !row.retired && row.running == 1 && row.number == 1));
    scripts::complete(&book.book).await.expect("nothing is missing");
    assert_eq!(all(&book).await.len(), builtins().len());
}

#[tokio::test]
async fn no_statement_changes_what_a_version_says() {
    for statement in sql::all() {
        let text = statement.text.to_lowercase();
        let changes =
            text.starts_with("update script_version set") && !text.starts_with("update script_version set beside");
        assert!(!changes && !text.starts_with("delete from script_version"), "{}", statement.text);
    }
}

#[tokio::test]
async fn a_version_once_saved_stays_and_the_newest_runs_alone() {
    let book = TestBook::new().await;
    let id = saved(&book, None, &text("Hello", "One."), false).await;
    saved(&book, Some(id), &text("Hello again", "Two."), false).await;
    saved(&book, Some(id), &text("Hello again", "Two."), false).await;
    let script = detail(&book, id).await;
    assert_eq!((script.row.name.as_str(), script.row.number, script.row.running), ("Hello again", 2, 1));
    assert_eq!(script.text, text("Hello again", "Two."));
    let told: Vec<_> = script.versions.iter().map(|version| (version.number, version.running)).collect();
    assert_eq!(told, [(2, true), (1, false)], "what was saved again unchanged is no new version");
    assert_eq!(script.versions[1].text, text("Hello", "One."));
}

#[tokio::test]
async fn of_versions_side_by_side_the_next_call_takes_the_one_that_fewest_began_with() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    let id = saved(&book, None, &text("Hello", "One."), false).await;
    called(&book, person, Some(id), WELL).await;
    called(&book, person, Some(id), WELL).await;
    saved(&book, Some(id), &text("Hello", "Two."), true).await;
    saved(&book, Some(id), &text("Hello", "Three."), true).await;
    assert_eq!(detail(&book, id).await.row.running, 3);
    let mut said = Vec::new();
    for _ in 0..7 {
        said.push(called(&book, person, Some(id), WELL).await);
    }
    // Until the two new ones have caught up, and then in turn.
    assert_eq!(said[..4], ["Three.", "Two.", "Three.", "Two."]);
    let script = detail(&book, id).await;
    let calls: Vec<u32> = script.versions.iter().map(|version| version.calls).collect();
    assert_eq!(calls, [3, 3, 3]);
    // One that was never made counts for nothing.
    let call = begun_with(&book, person, Some(id)).await.expect("begun");
    calls::session::never_made(&book.book, book.helen(), call.id).await.expect("never made");
    assert_eq!(detail(&book, id).await.versions.iter().map(|version| version.calls).sum::<u32>(), 9);
}

#[tokio::test]
async fn a_director_chooses_which_versions_run_an_old_one_too() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    let id = saved(&book, None, &text("Hello", "One."), false).await;
    saved(&book, Some(id), &text("Hello", "Two."), true).await;
    let first = detail(&book, id).await.versions[1].id;
    scripts::run_versions(&book.book, book.helen(), id, &[first]).await.expect("chosen");
    assert_eq!(called(&book, person, Some(id), WELL).await, "One.");
    assert_eq!(called(&book, person, Some(id), WELL).await, "One.", "and not the one with fewer calls");
    // A version saved after that runs alone; beside, it joins the one that ran.
    saved(&book, Some(id), &text("Hello", "Three."), true).await;
    let running: Vec<_> = detail(&book, id).await.versions.iter().map(|version| version.running).collect();
    assert_eq!(running, [true, false, true]);
    saved(&book, Some(id), &text("Hello", "Four."), false).await;
    let running: Vec<_> = detail(&book, id).await.versions.iter().map(|version| version.running).collect();
    assert_eq!(running, [true, false, false, false]);

    let none = scripts::run_versions(&book.book, book.helen(), id, &[]).await.expect_err("none would run");
    assert_eq!(none.code, Code::Invalid);
    let other = saved(&book, None, &text("Other", "Else."), false).await;
    let other = detail(&book, other).await.versions[0].id;
    let foreign = scripts::run_versions(&book.book, book.helen(), id, &[other]).await.expect_err("another's");
    assert_eq!(foreign.code, Code::NotFound);
}

#[tokio::test]
async fn what_came_of_a_version_is_told_with_its_interval() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    let id = saved(&book, None, &text("Hello", "One."), false).await;
    called(&book, person, Some(id), WELL).await;
    called(&book, person, Some(id), &["no_answer", "no_answer", "proposal_1"]).await;
    let begun = begun_with(&book, person, Some(id)).await.expect("begun, and not filed yet");
    let version = detail(&book, id).await.versions.remove(0);
    assert_eq!(version.calls, 3);
    assert_eq!((version.reached.count, version.reached.of), (1, 2));
    assert_eq!((version.went_well.count, version.went_well.of), (1, 1), "only who was on the line can be well served");
    filed(&book, begun.id, &["spoke", "spoke", "-", "close", "declined"]).await.expect("filed");
    let version = detail(&book, id).await.versions.remove(0);
    assert_eq!((version.reached.count, version.went_well.count, version.went_well.of), (2, 1, 2));
}

#[test]
fn the_interval_is_wilsons() {
    let near = |a: f64, b: f64| (a - b).abs() < 0.000_5;
    // Newcombe, Statistics in Medicine 17 (1998), table I: method 3.
    for (count, of, low, high) in
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
    {
        let share = Share::of(count, of);
        assert!(near(share.low, low) && near(share.high, high), "{share:?}");
    }
    assert_eq!((Share::of(0, 0).low, Share::of(0, 0).high), (0.0, 1.0), "of nothing, anything may be true");
    assert_eq!(Share::of(3, 3).high, 1.0);
    assert!(Share::of(3, 3).low < 0.5, "three of three prove little");
}

#[tokio::test]
async fn what_a_director_wrote_is_offered_before_ours_and_a_choice_before_both() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    let ours = general(&book).await;
    saved(&book, None, &text("Mine", "One."), false).await;
    let newer = saved(&book, None, &text("Mine too", "Two."), false).await;
    assert_eq!(general(&book).await.id, newer);
    assert_eq!(called(&book, person, None, WELL).await, "Two.");
    let call = begun_with(&book, person, Some(ours.id)).await.expect("begun");
    assert_eq!((call.script, call.script_name.as_str()), (Some(ours.id), ours.name.as_str()));
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), person, None).await.expect("a brief");
    assert_eq!(brief.script_name, "Mine too");
}

#[tokio::test]
async fn a_retired_script_is_not_offered_and_does_not_come_back_by_itself() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    let rows = all(&book).await;
    let thanks = rows.iter().find(|row| row.purpose == Purpose::Thanks).expect("it is there").id;
    scripts::retire(&book.book, book.helen(), thanks, true).await.expect("retired");
    let row = all(&book).await.into_iter().find(|row| row.id == thanks).expect("it is still in the book");
    assert!(row.retired && !row.first);
    assert_eq!(all(&book).await.len(), builtins().len(), "no second one was added");
    let refused = begun_with(&book, person, Some(thanks)).await.expect_err("it was retired");
    assert_eq!(refused.code, Code::Refused);
    scripts::retire(&book.book, book.helen(), thanks, false).await.expect("brought back");
    begun_with(&book, person, Some(thanks)).await.expect("begun");
}

#[tokio::test]
async fn a_book_of_the_first_version_gets_what_it_lacks_and_keeps_its_calls() {
    let t = TestBook::new().await;
    let folder = t.folder().join("older");
    older::make(&folder, t.host(), None, 1, include_str!("../fixtures/books/0001.sql"))
        .await
        .expect("a book as it was");
    let book = Book::open(&folder, t.host(), Key::Keyring).await.expect("it comes up to date");
    let rows = async || scripts::all(&mut book.read().await.expect("a reader")).await.expect("scripts");
    let before = rows().await;
    assert!(before.iter().all(|row| !row.shipped), "nobody had marked them then");
    scripts::complete(&book).await.expect("complete");
    let after = rows().await;
    assert_eq!(after.len(), builtins().len(), "no second script of one that was there: {after:#?}");
    assert!(after.iter().all(|row| row.shipped && !row.retired));
    for row in &after {
        let detail = scripts::detail(&mut book.read().await.expect("a reader"), row.id).await.expect("the script");
        assert!(Script::read(&detail.text).is_ok());
        assert!(builtins().iter().any(|builtin| builtin.source == detail.text), "{} is ours of today", row.name);
        let was_there = before.iter().any(|earlier| earlier.id == row.id);
        assert_eq!(detail.versions.len(), if was_there { 2 } else { 1 }, "{}: what was said is kept", row.name);
    }
    scripts::complete(&book).await.expect("once");
    assert_eq!(rows().await.len(), after.len());

    // A call that was being made when Wellmet was brought up to date goes on with the words it was begun with.
    let mut db = book.read().await.expect("a reader");
    let open = calls::session::unfinished(&mut db).await.expect("the list");
    assert!(!open.is_empty());
    for call in open {
        let call = calls::session::get(&mut db, book.now(), Actor::Wellmet, call.id).await.expect("the call");
        assert!(call.step.ask.expect("it asks").choices.iter().any(|choice| choice.label == "A machine"));
        assert!(!call.step.has_machine);
    }
    drop(db);
    book.close().await;
}

#[tokio::test]
async fn a_purpose_without_a_script_takes_a_general_one_and_one_of_those_stays() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    for row in all(&book).await.iter().filter(|row| row.purpose != Purpose::General) {
        scripts::retire(&book.book, book.helen(), row.id, true).await.expect("retired");
    }
    let ours = general(&book).await;
    let owed = super::desk::waits(&book, person, "How to join").await;
    assert_eq!(super::desk::begun(&book, person, owed).await.script_name, ours.name);
    let last = scripts::retire(&book.book, book.helen(), ours.id, true).await.expect_err("the last one");
    assert_eq!(last.code, Code::Refused);
    let turned = text("Hello", "One.").replace("general", "thanks");
    let last = scripts::save(&book.book, book.helen(), Some(ours.id), &turned, false).await;
    assert_eq!(last.expect_err("it would be none any more").code, Code::Refused);
}

#[tokio::test]
async fn saving_a_script_is_undone_like_anything_else() {
    let book = TestBook::new().await;
    let person = rania(&book).await;
    let id = saved(&book, None, &text("Hello", "One."), false).await;
    saved(&book, Some(id), &text("Hello again", "Two."), true).await;
    let undone = undo_last(&book.book, book.helen()).await.expect("undone").expect("something");
    assert_eq!((undone.action.as_str(), undone.label.as_str()), ("save_script", "Hello again"));
    assert_eq!((undone.kept, undone.failed), (0, 0));
    let script = detail(&book, id).await;
    assert_eq!((script.row.name.as_str(), script.row.number, script.row.running), ("Hello", 1, 1));
    assert_eq!(called(&book, person, Some(id), WELL).await, "One.");

    // A version that a call was begun with stays, and the answer says so.
    saved(&book, Some(id), &text("Hello", "Three."), false).await;
    let line = wellmet_core::store::last_edits(&book.book, 1).await.expect("edits").remove(0);
    called(&book, person, Some(id), WELL).await;
    let undone = wellmet_core::store::undo(&book.book, book.helen(), line.id).await.expect("answered");
    assert_eq!((undone.reversed, undone.kept), (0, 1), "{undone:?}");
    assert_eq!(detail(&book, id).await.versions.len(), 2);
}

#[tokio::test]
async fn a_script_reads_to_a_person_while_it_is_written() {
    let book = TestBook::new().await;
    let person = someone(&book, "Priya Nair", "Nair Books", "Ascot", "0412 999 000").await;
    let source = "title: T\npurpose: general\n# A\nHello {{ person.given }}, this is {{ caller.given }}.\n\
                  1. Yes -> B\n# B\nHow is {{ person.organisation }}?\n= words {fact business} -> C\n# C\nBye.\nend\n";
    let preview = async |text: &str, person, path| {
        let mut db = book.book.read().await.expect("a reader");
        scripts::preview(&mut db, book.book.now(), Some(book.director), text, person, path).await
    };
    let said = |step: &calls::scripts::ScriptPreview| super::script::spoken(&step.step.say);
    let nobody = preview(source, None, Vec::new()).await.expect("a step");
    assert_eq!(said(&nobody), "Hello <what do they like to be called?>, this is Helen.");
    let first = preview(source, Some(person), Vec::new()).await.expect("a step");
    assert_eq!(said(&first), "Hello Priya, this is Helen.");
    let path = vec![
        calls::script::Move { node: "A".into(), pick: calls::script::Pick::Choice(1) },
        calls::script::Move { node: "B".into(), pick: calls::script::Pick::Said("well".into()) },
    ];
    let on = preview(source, Some(person), path[..1].to_vec()).await.expect("a step");
    assert_eq!(said(&on), "How is Nair Books?");
    // The second part is renamed under one's eyes: the way to it is kept, and no further.
    let renamed = source.replace("# B\n", "# Business\n").replace("-> B\n", "-> Business\n");
    let kept = preview(&renamed, Some(person), path.clone()).await.expect("a step");
    assert_eq!((kept.path.len(), kept.step.node.as_str()), (1, "Business"));
    assert!(kept.refused.is_some_and(|why| why.contains("\"Business\"")), "and why no further");
    assert!(on.refused.is_none() && first.refused.is_none());
    let faulty = preview("title: T\n", None, Vec::new()).await.expect_err("it is faulty");
    assert!(faulty.message.contains("Line 1"));
    let lines: i64 = {
        let before = wellmet_core::store::last_edits(&book.book, 100).await.expect("edits").len();
        i64::try_from(before).expect("few")
    };
    preview(source, Some(person), path).await.expect("a step");
    let after = wellmet_core::store::last_edits(&book.book, 100).await.expect("edits").len();
    assert_eq!(i64::try_from(after).expect("few"), lines, "nothing is written by looking");
}

#[tokio::test]
async fn our_number_is_said_where_the_association_has_one() {
    let book = TestBook::new().await;
    let source = "title: T\npurpose: general\n# A\nRing {{ association.phone }}.\nend\n";
    let said = async || {
        let mut db = book.book.read().await.expect("a reader");
        let preview = scripts::preview(&mut db, book.book.now(), None, source, None, Vec::new()).await;
        super::script::spoken(&preview.expect("a step").step.say)
    };
    assert_eq!(said().await, "Ring <our number>.");
    let mut edit = book.book.write(book.helen(), "save_association").await.expect("an edit");
    let association = standards::association(&mut edit).await.expect("the association");
    let too_long = Association { phone: "0".repeat(61), ..association.clone() };
    standards::save_association(&mut edit, &too_long).await.expect_err("nobody can say that");
    let association = Association { phone: " 07 5550  0100 ".into(), ..association };
    standards::save_association(&mut edit, &association).await.expect("saved");
    edit.commit().await.expect("committed");
    assert_eq!(said().await, "Ring 07 5550 0100.");
}

#[tokio::test]
async fn a_script_goes_out_and_comes_in_as_one_file() {
    use wellmet_core::exchange::script_file::{read, write};
    let book = TestBook::new().await;
    let ours = general(&book).await;
    let text = detail(&book, ours.id).await.text;
    let path = book.folder().join("How are they.script");
    write(&path, &text).expect("written");
    assert_eq!(read(&path).expect("read"), text);
    assert_eq!(
        std::fs::read_dir(book.folder())
            .expect("a folder")
            .filter(|entry| { entry.as_ref().expect("an entry").file_name().to_string_lossy().ends_with(".part") })
            .count(),
        0,
        "nothing half written is left"
    );
    Script::read(&read(&path).expect("read")).expect("in order");

    std::fs::write(&path, "\u{feff}title: T\r\npurpose: general\r\n").expect("written");
    assert_eq!(read(&path).expect("read"), "title: T\npurpose: general\n");
    std::fs::write(&path, b"title: caf\xe9").expect("written");
    let error = read(&path).expect_err("not UTF-8");
    assert!(error.code == Code::Invalid && error.message.contains("UTF-8"), "{error:?}");
    assert_eq!(read(&book.folder().join("gone.script")).expect_err("not there").code, Code::NotFound);
    let nowhere = write(&book.folder().join("no such folder").join("x.script"), "x").expect_err("no folder");
    assert!(nowhere.code == Code::File && nowhere.message.contains("another folder"), "{nowhere:?}");
}
