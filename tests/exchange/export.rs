//! Lists taken out: whole, logged, without whoever said no; safe in a spreadsheet, or exact enough to come back.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use wellmet_core::Code;
use wellmet_core::exchange::demo::{self, Size};
use wellmet_core::exchange::export::{ExportForm, Exported, export};
use wellmet_core::exchange::import::{self, Choices};
use wellmet_core::people::{
    NewPerson, NewReach, PeopleQuery, PersonChange, ReachChange, ReachKind, ReachState, Standing, consent, facts,
    person, reaches,
};

use crate::support::TestBook;

async fn out(test: &TestBook, name: &str, query: &PeopleQuery, form: ExportForm) -> (Exported, String) {
    let path = test.folder().join(name);
    let done = export(&test.book, test.helen(), &path, query, form).await.expect("a list");
    (done, std::fs::read_to_string(path).expect("readable"))
}

async fn all_exact(test: &TestBook, name: &str) -> String {
    out(test, name, &PeopleQuery::default(), ExportForm::Exact).await.1
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn column(text: &str, header: &str) -> Vec<String> {
    let rows = rows(text);
    let at =
        rows[0].iter().position(|name| name == header).unwrap_or_else(|| panic!("no column {header}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// Byte for byte, and where not, the first row that differs.
fn same(now: &str, before: &str) {
    for (now, before) in rows(now).iter().zip(rows(before)) {
        assert_eq!(*now, before);
    }
    assert!(now == before, "the rows are the same, the bytes are not");
}

async fn bring(test: &TestBook, path: &Path) -> [u32; 4] {
    let id = import::begin(&test.book, test.helen(), path, &Choices::default()).await.expect("a list");
    let done = import::run(&test.book, test.helen(), id, &AtomicBool::new(false), &|_| {}).await.expect("an import");
    [done.created, done.updated, done.unchanged, done.rejected]
}

async fn someone(test: &TestBook, name: &str, phone: &str, email: &str) -> wellmet_core::ids::PersonId {
    test.person(NewPerson { name: name.into(), phone: phone.into(), email: email.into(), ..NewPerson::default() }).await
}

#[tokio::test]
async fn exact_comes_back_byte_for_byte() {
    let test = TestBook::new().await;
    demo::fill(&test.book, test.director, &Size { people: 150, seed: 11 }).await.expect("a sample");
    let odd = someone(&test, "=1+1 \"Li\" O’Neill-Смирнова 山田", "+61 491 570 156 ext 7", "odd+tag@example.org").await;
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    facts::add(&mut edit, odd, "Two\nlines, and a \"quote\"", "Li").await.expect("a fact");
    facts::add(&mut edit, odd, "'=not a formula", "Li").await.expect("a fact");
    person::tag(&mut edit, odd, "Food, wine").await.expect("a tag");
    for (kind, typed, label) in [
        (ReachKind::Post, "12 Station Street\nFremantle WA 6160", "work"),
        (ReachKind::Post, "PO Box 4", "home"),
        (ReachKind::Phone, "ask at the desk", ""),
    ] {
        let reach = NewReach { kind, typed: typed.into(), label: label.into() };
        reaches::add(&mut edit, odd, &reach).await.expect("a reach");
    }
    edit.commit().await.expect("committed");
    let first = all_exact(&test, "first.csv").await;
    assert!(first.contains("Two\nlines, and a \"\"quote\"\" ::: '=not a formula"), "{first}");

    let path = test.folder().join("first.csv");
    let before = column(&first, "Name").len() as u32;
    assert_eq!(bring(&test, &path).await, [0, 0, before, 0], "into the same book: nothing new");
    same(&all_exact(&test, "again.csv").await, &first);

    let other = TestBook::new().await;
    assert_eq!(bring(&other, &path).await, [before, 0, 0, 0], "into an empty book: everyone");
    same(&all_exact(&other, "second.csv").await, &first);
}

#[tokio::test]
async fn a_spreadsheet_runs_nothing_and_loses_no_number() {
    let test = TestBook::new().await;
    for (name, phone) in [
        ("=HYPERLINK(\"http://example.org\")", "0491 570 156"),
        ("@SUM(A1)", "+1 212 555 0123"),
        ("-2+3 Bakery", "(02) 5550 1234 ext 5"),
        ("+cmd", ""),
    ] {
        someone(&test, name, phone, "").await;
    }
    let (_, text) = out(&test, "list.csv", &PeopleQuery::default(), ExportForm::ForSpreadsheet).await;
    assert!(text.starts_with("\u{feff}Record ID,") && text.contains("\r\n"));
    for row in rows(&text) {
        for cell in row {
            let runs = cell.starts_with(['=', '-', '@', '\t', '\r']);
            let plus =
                cell.starts_with('+') && cell[1..].contains(|mark: char| mark.is_alphabetic() && !"ext".contains(mark));
            assert!(!runs && !plus, "a spreadsheet would run {cell}");
        }
    }
    let mut phones = column(&text, "Phone 1 - Value");
    phones.sort();
    assert_eq!(phones, ["", "+12125550123", "+61255501234 ext. 5", "+61491570156"]);
    let exact = all_exact(&test, "exact.csv").await;
    assert!(column(&exact, "Name").contains(&"@SUM(A1)".to_owned()), "exact changes nothing");
    assert!(!exact.starts_with('\u{feff}'));
}

#[tokio::test]
async fn whoever_said_no_is_left_out_and_counted() {
    let test = TestBook::new().await;
    let silent = someone(&test, "Silent Sam", "0491 570 156", "sam@example.org").await;
    let by_post = someone(&test, "Post Only", "0491 570 157", "post@example.org").await;
    let no_mail = someone(&test, "No Mail", "0491 570 158", "nomail@example.org").await;
    let gone = someone(&test, "Gone Away", "0491 570 159", "gone@example.org").await;
    let moved = someone(&test, "Moved On", "0491 570 110", "moved@example.org").await;
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    let quiet = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
    person::change(&mut edit, silent, &quiet).await.expect("changed");
    consent::set(&mut edit, by_post, ReachKind::Phone, false, "on a form").await.expect("a no");
    consent::set(&mut edit, no_mail, ReachKind::Email, false, "on a form").await.expect("a no");
    person::remove(&mut edit, gone).await.expect("removed");
    let number = reaches::rows_of(&mut edit, moved)
        .await
        .expect("reaches")
        .into_iter()
        .find(|row| row.kind == ReachKind::Phone)
        .expect("a number")
        .id;
    reaches::change(&mut edit, number, &ReachChange { state: Some(ReachState::Wrong), ..ReachChange::default() })
        .await
        .expect("wrong");
    edit.commit().await.expect("committed");
    let (done, text) = out(&test, "list.csv", &PeopleQuery::default(), ExportForm::Exact).await;
    assert_eq!((done.rows, done.left_out), (2, 2));
    for absent in ["Silent", "sam@", "Post Only", "nomail@", "Gone", "+61491570110"] {
        assert!(!text.contains(absent), "{absent} is in the list: {text}");
    }
    assert!(text.contains("+61491570158"), "only the channel that was refused is empty");
    assert_eq!(column(&text, "May email"), ["no", ""].map(str::to_owned).to_vec());
}

#[tokio::test]
async fn a_view_is_exported_as_it_is_seen() {
    let test = TestBook::new().await;
    for (name, standing) in
        [("Tom Ashby", Standing::Member), ("Ada King", Standing::Prospect), ("Tomas Reed", Standing::Prospect)]
    {
        test.person(NewPerson { name: name.into(), standing: Some(standing), ..NewPerson::default() }).await;
    }
    let prospects = PeopleQuery { standings: vec![Standing::Prospect], ..PeopleQuery::default() };
    let (done, text) = out(&test, "prospects.csv", &prospects, ExportForm::Exact).await;
    assert_eq!((done.rows, column(&text, "Name")), (2, vec!["Ada King".to_owned(), "Tomas Reed".to_owned()]));
    let found = PeopleQuery { words: "tom".into(), standings: vec![Standing::Prospect], ..PeopleQuery::default() };
    let (_, text) = out(&test, "found.csv", &found, ExportForm::Exact).await;
    assert_eq!(column(&text, "Name"), ["Tomas Reed"]);
    let (done, text) =
        out(&test, "nobody.csv", &PeopleQuery { words: "zzz".into(), ..PeopleQuery::default() }, ExportForm::Exact)
            .await;
    assert_eq!((done.rows, rows(&text).len()), (0, 1), "a header alone");
}

#[tokio::test]
async fn a_search_that_finds_more_than_a_screen_is_exported_whole() {
    let test = TestBook::new().await;
    let mut list = String::from("Name,Email\n");
    for at in 0..700 {
        list.push_str(&format!("Maria Number{at},m{at}@example.org\n"));
    }
    let path = test.folder().join("many.csv");
    std::fs::write(&path, list).expect("a file");
    bring(&test, &path).await;
    let (done, _) =
        out(&test, "found.csv", &PeopleQuery { words: "maria".into(), ..PeopleQuery::default() }, ExportForm::Exact)
            .await;
    assert_eq!(done.rows, 700);
    let (done, _) = out(&test, "all.csv", &PeopleQuery::default(), ExportForm::Exact).await;
    assert_eq!(done.rows, 700);
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_named_and_nothing_is_left_behind() {
    let test = TestBook::new().await;
    test.named("Tom Ashby").await;
    let query = PeopleQuery::default();
    let nowhere = test.folder().join("no such folder").join("list.csv");
    let error = export(&test.book, test.helen(), &nowhere, &query, ExportForm::Exact).await.expect_err("no folder");
    assert!(error.code == Code::NotFound && error.message.contains("no such folder"), "{error}");
    let error = export(&test.book, test.helen(), test.folder(), &query, ExportForm::Exact).await.expect_err("a folder");
    assert!(error.message.contains("is a folder"), "{error}");
    let error = export(&test.book, test.helen(), &test.folder().join("list.xlsx"), &query, ExportForm::Exact)
        .await
        .expect_err("a workbook");
    assert!(error.message.contains(".csv"), "{error}");
    let left: Vec<_> =
        std::fs::read_dir(test.folder()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(left.iter().all(|name| name == "book"), "{left:?}");
}
