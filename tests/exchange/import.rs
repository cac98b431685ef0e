//! Lists of people brought into a real book: once, again, mended, stopped in the middle, and taken back.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use wellmet_core::exchange::import::{self, Choices, ImportProgress, ImportState, Mapping};
use wellmet_core::ids::{ImportId, PersonId};
use wellmet_core::people::{NewReach, PersonChange, ReachKind, Standing, facts, finding, list, person, reaches};
use wellmet_core::store::{last_edits, redo_last, undo};
use wellmet_core::{Code, Result, calls};

use crate::support::TestBook;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import").join(name)
}

pub(super) fn file(test: &TestBook, name: &str, text: &str) -> PathBuf {
    let path = test.folder().join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

pub(super) async fn bring(test: &TestBook, path: &Path) -> ImportProgress {
    let import = import::begin(&test.book, test.helen(), path, &Choices::default()).await.expect("a list");
    go_on(test, import).await.expect("an import")
}

async fn go_on(test: &TestBook, import: ImportId) -> Result<ImportProgress> {
    import::run(&test.book, test.helen(), import, &AtomicBool::new(false), &|_| {}).await
}

pub(super) fn counts(done: &ImportProgress) -> [u32; 4] {
    [done.created, done.updated, done.unchanged, done.rejected]
}

pub(super) async fn who(test: &TestBook, words: &str) -> PersonId {
    let mut db = test.book.read().await.expect("a reader");
    let found = finding::find(&mut db, words, 10).await.expect("a search");
    assert_eq!(found.len(), 1, "exactly one person for “{words}”");
    found[0]
}

async fn how_many(test: &TestBook) -> u32 {
    list::count(&mut test.book.read().await.expect("a reader")).await.expect("a count")
}

async fn a_person(test: &TestBook, id: PersonId) -> wellmet_core::people::Person {
    person::get(&mut test.book.read().await.expect("a reader"), id).await.expect("a person")
}

async fn numbers(test: &TestBook, id: PersonId) -> Vec<(String, Option<String>, String)> {
    let rows = reaches::rows_of(&mut test.book.read().await.expect("a reader"), id).await.expect("reaches");
    let phones = rows.into_iter().filter(|row| row.kind == ReachKind::Phone);
    phones.map(|row| (row.value, row.extension, row.label)).collect()
}

#[tokio::test]
async fn contacts_from_google() {
    let test = TestBook::new().await;
    let done = bring(&test, &fixture("google-contacts.csv")).await;
    assert_eq!(counts(&done), [3, 0, 0, 0]);
    let noura = a_person(&test, who(&test, "noura").await).await;
    assert_eq!(
        (noura.name.as_str(), noura.given.as_str(), noura.family.as_str()),
        ("Dr Noura Al-Rashid", "Noura", "Al-Rashid")
    );
    assert_eq!(noura.roles[0].organisation, "Harbour Dental");
    assert_eq!(noura.roles[0].title, "Dentist");
    assert_eq!(noura.place, "Fremantle WA");
    assert_eq!(noura.country.as_deref(), Some("AU"));
    assert_eq!(noura.tags, ["Members", "Mentors"], "groups that Google keeps for itself are no tags");
    let facts: Vec<&str> = noura.facts.iter().map(|fact| fact.words.as_str()).collect();
    assert!(
        facts.contains(&"Daughter sails\nPrefers mornings") && facts.contains(&"Birthday: 12 April 1979"),
        "{facts:?}"
    );
    assert_eq!(noura.birth_day, "1979-04-12");
    assert_eq!(
        numbers(&test, noura.id).await,
        [
            ("+61491570156".into(), None, "mobile".into()),
            ("+61355501234".into(), None, "work".into()),
            ("+61355501235".into(), None, "work".into())
        ]
    );
    let bakery = a_person(&test, who(&test, "corner bakery").await).await;
    assert_eq!(bakery.name, "Corner Bakery", "a record without a person is called by where it belongs");
    assert_eq!(numbers(&test, bakery.id).await, [("+61755504321".into(), Some("3".into()), "work".into())]);
    let gosia = a_person(&test, who(&test, "wojcik gosia").await).await;
    assert_eq!(gosia.name, "Małgorzata Wójcik OAM");
}

#[tokio::test]
async fn a_fax_is_nobody_to_talk_to_wherever_it_says_that_it_is_one() {
    let test = TestBook::new().await;
    let file = test.folder().join("contacts.csv");
    let list = "Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n\
        Rania Haddad,Work Fax,(07) 3333 4444,Work,(07) 3333 4445\n\
        Tom Ashby,Tel/Fax,(07) 3333 4446,,\n";
    std::fs::write(&file, list).unwrap();
    bring(&test, &file).await;
    let of_rania = numbers(&test, who(&test, "haddad").await).await;
    assert_eq!(of_rania, [("+61733334445".into(), None, "work".into())]);
    let of_tom = numbers(&test, who(&test, "ashby").await).await;
    assert_eq!(of_tom, [("+61733334446".into(), None, "Tel/Fax".into())], "one can talk through it as well");
}

#[tokio::test]
async fn a_birth_date_that_can_be_read_in_two_ways_is_kept_as_it_is_written() {
    let test = TestBook::new().await;
    let file = test.folder().join("members.csv");
    std::fs::write(&file, "Name,Date of Birth\nRania Haddad,3/4/1970\nTom Ashby,1979-12-25\nMei Tan,0/0/00\n").unwrap();
    bring(&test, &file).await;
    let mut said = Vec::new();
    for name in ["haddad", "ashby", "tan"] {
        let one = a_person(&test, who(&test, name).await).await;
        said.push((one.birth_day, one.facts.into_iter().map(|fact| fact.words).collect::<Vec<_>>()));
    }
    let of = |day: &str, facts: &[&str]| (day.to_owned(), facts.iter().map(|&fact| fact.to_owned()).collect());
    assert_eq!(said, [of("", &["Birthday: 3/4/1970"]), of("1979-12-25", &["Birthday: 25 December 1979"]), of("", &[])]);
    assert_eq!(counts(&bring(&test, &file).await), [0, 0, 3, 0], "and the same twice is nothing new");
}

#[tokio::test]
async fn contacts_from_outlook_and_from_a_spreadsheet() {
    let test = TestBook::new().await;
    assert_eq!(counts(&bring(&test, &fixture("outlook.csv")).await), [2, 0, 0, 0]);
    let margaret = a_person(&test, who(&test, "odonnell").await).await;
    assert_eq!((margaret.name.as_str(), margaret.place.as_str()), ("Mrs Margaret O'Donnell", "Ballarat VIC"));
    assert_eq!(numbers(&test, margaret.id).await.len(), 2, "a fax is nobody to talk to");
    // Jürgen stands in both files, under one address.
    let done = bring(&test, &fixture("libreoffice-utf8-comma.csv")).await;
    assert_eq!(counts(&done), [2, 1, 0, 0]);
    let juergen = a_person(&test, who(&test, "juergen@mueller.example").await).await;
    assert_eq!(juergen.external_id.as_deref(), Some("1001"));
    assert_eq!(juergen.standing, Standing::Member);
    let zoe = a_person(&test, who(&test, "zoe berg").await).await;
    assert!(zoe.do_not_call, "“ja” under “Nicht anrufen”");
    assert_eq!(zoe.family, "van der Berg");
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    let test = TestBook::new().await;
    for name in ["google-contacts.csv", "outlook.csv", "libreoffice-utf8-comma.csv", "google-contacts-before-2024.csv"]
    {
        bring(&test, &fixture(name)).await;
    }
    let before = how_many(&test).await;
    for (name, rows) in [
        ("google-contacts.csv", 3),
        ("outlook.csv", 2),
        ("libreoffice-utf8-comma.csv", 3),
        ("google-contacts-before-2024.csv", 1),
    ] {
        let done = bring(&test, &fixture(name)).await;
        assert_eq!(counts(&done), [0, 0, rows, 0], "{name}");
    }
    assert_eq!(how_many(&test).await, before);
    let names = file(&test, "names.csv", "Name,Company\nTom Ashby,\nTom Ashby,Harbour Dental\nAda King,\n");
    assert_eq!(counts(&bring(&test, &names).await), [3, 0, 0, 0]);
    assert_eq!(counts(&bring(&test, &names).await), [0, 0, 3, 0], "names alone are known again by where they work");
}

#[tokio::test]
async fn a_changed_list_fills_in_and_never_takes_away() {
    let test = TestBook::new().await;
    let first = "Record ID,Name,Email,Phone,Status,Do not call,Notes\n\
        7,Tom Ashby,tom@example.com,0491 570 156,prospect,yes,Plays chess\n";
    bring(&test, &file(&test, "first.csv", first)).await;
    let tom = who(&test, "ashby").await;
    let second = "Record ID,Name,Email,Phone,Status,Do not call,Notes\n\
        7,Tom Ashby-Hale,,0491 570 157,member,no,\n";
    let done = bring(&test, &file(&test, "second.csv", second)).await;
    assert_eq!(counts(&done), [0, 1, 0, 0]);
    let now = a_person(&test, tom).await;
    assert_eq!(
        (now.name.as_str(), now.standing),
        ("Tom Ashby-Hale", Standing::Member),
        "the record was renamed at its source"
    );
    assert!(now.do_not_call, "a list does not turn a no into a yes");
    assert_eq!(numbers(&test, tom).await.len(), 2);
    assert_eq!(now.facts.len(), 1);
    let undone = import::undo(&test.book, test.helen(), done.import).await.expect("undone");
    assert_eq!((undone.reversed, undone.kept, undone.failed), (1, 0, 0));
    let back = a_person(&test, tom).await;
    assert_eq!((back.name.as_str(), back.standing), ("Tom Ashby", Standing::Prospect));
}

#[tokio::test]
async fn two_records_of_one_system_stay_two_and_a_household_is_not_one_person() {
    let test = TestBook::new().await;
    let list = "rec_id,Name,Phone\nA1,Jan Smith,0491 570 156\nA2,Jan Smith,0491 570 156\n,Jane Smith,0491 570 156\n";
    assert_eq!(counts(&bring(&test, &file(&test, "list.csv", list)).await), [3, 0, 0, 0]);
}

#[tokio::test]
async fn what_cannot_be_brought_in_comes_back_and_imports_once_mended() {
    let test = TestBook::new().await;
    let list = "Name,Email,Time zone\nTom Ashby,tom at example,\nAda King,ada@example.com,Perth time\n,,\nLi Wei,li@example.com,\nToo,many,cells,here\n -, ,n/a\n";
    let done = bring(&test, &file(&test, "list.csv", list)).await;
    assert_eq!(counts(&done), [1, 0, 0, 4]);
    let rejects = PathBuf::from(done.rejects_file.expect("a file of rejects"));
    assert_eq!(rejects, test.folder().join("list - not imported.csv"), "beside the list");
    let text = std::fs::read_to_string(&rejects).expect("readable");
    assert!(text.starts_with("\u{feff}Name,Email,Time zone,Why not imported\n"), "{text}");
    for why in [
        "“tom at example” is not an e-mail address",
        "no time zone; write one like Australia/Perth",
        "4 cells where the header has 3",
        "it has no name",
    ] {
        assert!(text.contains(why), "{why}: {text}");
    }
    let mended = text
        .replace("tom at example", "tom@example.com")
        .replace("Perth time", "Australia/Perth")
        .replace("Too,many,cells", "Sue Too,sue@example.com,")
        .replace(",here", "");
    std::fs::write(&rejects, mended).expect("mended");
    let again = bring(&test, &rejects).await;
    assert_eq!(again.created, 3, "{again:?}");
    assert_eq!(a_person(&test, who(&test, "ada king").await).await.zone.as_deref(), Some("Australia/Perth"));
}

#[tokio::test]
async fn a_number_is_nobodys_name_where_anything_else_is_known() {
    for header in ["", "X1,X2,X3\n", "Who knows,Reach,Ring\n"] {
        for rows in [2, 80] {
            let test = TestBook::new().await;
            let row = |at: usize| format!("Ann {0}Lee,ann.{at}@x.example,0412 000 {at:03}\n", ["Mc", "O'"][at % 2]);
            let list: String = (0..rows).map(row).collect();
            bring(&test, &file(&test, "list.csv", &format!("{header}{list}"))).await;
            assert_eq!(how_many(&test).await, rows as u32);
            let ann = a_person(&test, who(&test, "ann.1@x.example").await).await;
            assert_eq!((ann.name.as_str(), ann.given.as_str()), ("Ann O'Lee", "Ann"), "{header}");
        }
    }
    let test = TestBook::new().await;
    bring(&test, &file(&test, "list.csv", "Phone,Email\n0412 000 000,ann@x.example\n")).await;
    assert_eq!(a_person(&test, who(&test, "ann@x.example").await).await.name, "ann@x.example");
}

#[tokio::test]
async fn several_columns_of_one_kind_add_up_or_the_first_one_speaks() {
    let test = TestBook::new().await;
    let list = "First name,Last name,Surname,Second surname,Company,Account,Phone,Extension,Mobile\n\
        Lucía,Navarro,Navarro,Vega,Harbour Dental,HD-0042,02 5550 1234,7,0491 570 156\n";
    bring(&test, &file(&test, "list.csv", list)).await;
    let lucia = a_person(&test, who(&test, "lucia").await).await;
    assert_eq!((lucia.name.as_str(), lucia.roles[0].organisation.as_str()), ("Lucía Navarro Vega", "Harbour Dental"));
    let numbers = numbers(&test, lucia.id).await;
    assert_eq!(numbers[0], ("+61255501234".into(), Some("7".into()), String::new()));
    assert_eq!(numbers[1], ("+61491570156".into(), None, "mobile".into()));
}

#[tokio::test]
async fn an_unreadable_number_is_kept_as_typed() {
    let test = TestBook::new().await;
    bring(&test, &file(&test, "list.csv", "Name,Phone\nTom Ashby,ask his sister\nAda King,9876 5432\n")).await;
    let rows = reaches::rows_of(&mut test.book.read().await.expect("a reader"), who(&test, "ashby").await)
        .await
        .expect("reaches");
    assert_eq!((rows[0].as_typed.as_str(), rows[0].unreadable), ("ask his sister", true));
}

#[tokio::test]
async fn undo_answers_for_everyone() {
    let test = TestBook::new().await;
    let list = "Name,Email,Phone,Company\nTom Ashby,tom@example.com,0491 570 156,Harbour Dental\nAda King,ada@example.com,0491 570 157,Harbour Dental\nLi Wei,li@example.com,0491 570 158,\n";
    let done = bring(&test, &file(&test, "list.csv", list)).await;
    let ada = who(&test, "ada king").await;
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    person::change(&mut edit, ada, &PersonChange { place: Some("Hobart".into()), ..Default::default() })
        .await
        .expect("changed");
    edit.commit().await.expect("committed");
    let li = who(&test, "li wei").await;
    let mut edit = test.book.write(test.helen(), "add_fact").await.expect("an edit");
    facts::add(&mut edit, li, "Sings in a choir", "Li").await.expect("a fact");
    edit.commit().await.expect("committed");
    let undone = import::undo(&test.book, test.helen(), done.import).await.expect("undone");
    assert_eq!((undone.reversed, undone.kept, undone.failed), (1, 2, 0));
    let named: Vec<(&str, &str)> = undone.people.iter().map(|one| (one.name.as_str(), one.why.as_str())).collect();
    assert_eq!(named, [("Ada King", "They were changed since."), ("Li Wei", "They were changed since.")]);
    let mut of_people = undone.rows.iter().filter(|row| row.person.is_some());
    assert!(of_people.all(|row| row.why.contains("changed since")), "{:?}", undone.rows);
    assert_eq!(how_many(&test).await, 2);
    for kept in [ada, li] {
        assert_eq!(numbers(&test, kept).await.len(), 1, "whoever is kept is kept whole");
    }
    let error = import::undo(&test.book, test.helen(), done.import).await.expect_err("undone before");
    assert_eq!(error.code, Code::Invalid);
    let lines = import::list(&mut test.book.read().await.expect("a reader")).await.expect("imports");
    assert_eq!((lines[0].state, lines[0].created), (ImportState::Undone, 3));
}

#[tokio::test]
async fn who_came_with_a_list_goes_whole_and_comes_back_whole() {
    let test = TestBook::new().await;
    // The third row says more of the first one; the fourth is somebody whom the book has already.
    let known = test.named("Zoe Last").await;
    let mut edit = test.book.write(test.helen(), "add_reach").await.expect("an edit");
    let email = NewReach { kind: ReachKind::Email, typed: "zoe@example.com".into(), label: String::new() };
    reaches::add(&mut edit, known, &email).await.expect("a reach");
    edit.commit().await.expect("committed");
    let list = "Name,Email,Phone,Company,Tags,Notes\n\
        Tom Ashby,tom@example.com,0491 570 156,Harbour Dental,sponsor,Sails on Sundays\n\
        Ada King,ada@example.com,0491 570 157,Harbour Dental,,\n\
        Tom Ashby,tom@example.com,0491 570 159,Harbour Dental,,Has a boat\n\
        Zoe Last,zoe@example.com,0491 570 160,Harbour Dental,,\n";
    let done = bring(&test, &file(&test, "list.csv", list)).await;
    assert_eq!(counts(&done), [2, 2, 0, 0]);
    let whole = async || {
        let mut found = Vec::new();
        for words in ["tom", "ada", "harbour", "sponsor", "sails", "0491570156", "570159", "zoe", "boat"] {
            let mut db = test.book.read().await.expect("a reader");
            found.push((words, finding::find(&mut db, words, 10).await.expect("found")));
        }
        found
    };
    let there = whole().await;
    assert_eq!(there.iter().map(|(_, found)| found.len()).collect::<Vec<_>>(), [1, 1, 3, 1, 1, 1, 1, 1, 1]);
    test.book.reindex().await.expect("indexed anew");
    assert_eq!(whole().await, there, "they are found as if the index had been made anew");
    let tom = who(&test, "tom ashby").await;
    let mut db = test.book.read().await.expect("a reader");
    let lines = calls::timeline::of_person(&mut db, test.book.now(), tom, 50).await.expect("a timeline");
    assert!(lines.iter().any(|line| line.what == "import" && line.edit.is_some()), "{lines:?}");
    drop(db);

    let empty: Vec<_> = there
        .iter()
        .map(|(words, found)| {
            (*words, found.iter().copied().filter(|id| *id == known && *words == "zoe").collect::<Vec<_>>())
        })
        .collect();
    let edit = last_edits(&test.book, 1).await.expect("edits")[0].id;
    for _ in 0..2 {
        let undone = undo(&test.book, test.helen(), edit).await.expect("undone");
        assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
        assert_eq!(how_many(&test).await, 1);
        assert_eq!(whole().await, empty);
        assert!(test.book.check().await.expect("checked").ok);
        let redone = redo_last(&test.book, test.helen()).await.expect("redone").expect("there was one");
        assert_eq!((redone.kept, redone.failed), (0, 0), "{:?}", redone.rows);
        assert_eq!(whole().await, there);
        assert!(test.book.check().await.expect("checked").ok);
    }
}

#[tokio::test]
async fn a_cancelled_import_leaves_nobody_behind() {
    let test = TestBook::new().await;
    let path = file(&test, "list.csv", &many(12_000));
    let import = import::begin(&test.book, test.helen(), &path, &Choices::default()).await.expect("a list");
    let cancel = AtomicBool::new(false);
    let tell = |progress: ImportProgress| {
        if progress.rows_done >= 1_000 {
            cancel.store(true, Ordering::Relaxed);
        }
    };
    let done = import::run(&test.book, test.helen(), import, &cancel, &tell).await.expect("cancelled in peace");
    assert_eq!(done.state, ImportState::Cancelled);
    assert_eq!(how_many(&test).await, 0);
    assert!(test.book.check().await.expect("checked").ok);
}

#[tokio::test]
async fn a_killed_import_goes_on_where_it_stood() {
    let mut test = TestBook::new().await;
    let mut text = many(12_000);
    text.insert_str(text.find('\n').expect("a header") + 1, "Nobody,no address,\n");
    let path = file(&test, "list.csv", &text);
    let import = import::begin(&test.book, test.helen(), &path, &Choices::default()).await.expect("a list");
    {
        let reached = Mutex::new(0);
        let tell = |progress: ImportProgress| *reached.lock().expect("unpoisoned") = progress.rows_done;
        let never = AtomicBool::new(false);
        let run = import::run(&test.book, test.helen(), import, &never, &tell);
        tokio::pin!(run);
        // Dropped between two awaits, as a kill does to it.
        while *reached.lock().expect("unpoisoned") < 1_000 {
            let step = tokio::time::timeout(std::time::Duration::from_micros(200), &mut run).await;
            assert!(step.is_err(), "it was not through yet");
        }
    }
    test.reopen().await;
    assert_eq!(import::recover(&test.book).await.expect("recovered"), 1);
    let there = how_many(&test).await;
    assert!((500..12_000).contains(&there), "{there} were written before the kill");
    let again = import::begin(&test.book, test.helen(), &path, &Choices::default()).await.expect("the same list");
    assert_eq!(again, import, "the same file is the same import");
    let done = go_on(&test, again).await.expect("goes on");
    assert_eq!(counts(&done), [12_000, 0, 0, 1]);
    assert_eq!(how_many(&test).await, 12_000);
    let rejects = std::fs::read_to_string(done.rejects_file.expect("rejects")).expect("readable");
    assert_eq!(rejects.matches("is not an e-mail address").count(), 1, "told once: {rejects}");
    let undone = import::undo(&test.book, test.helen(), import).await.expect("undone");
    assert_eq!((undone.reversed, undone.kept, undone.failed), (12_000, 0, 0));
    assert_eq!(how_many(&test).await, 0);
    let checked = test.book.check().await.expect("checked");
    assert!(checked.ok, "{:?}", checked.findings);
}

#[tokio::test]
async fn a_file_that_changed_in_between_is_not_gone_on_with() {
    let test = TestBook::new().await;
    let path = file(&test, "list.csv", "Name\nTom Ashby\n");
    let import = import::begin(&test.book, test.helen(), &path, &Choices::default()).await.expect("a list");
    std::fs::write(&path, "Name\nSomeone Else\nTom Ashby\n").expect("changed");
    let error = go_on(&test, import).await.expect_err("it is another file now");
    assert_eq!(error.code, Code::Conflict);
}

#[tokio::test]
async fn a_preview_shows_and_writes_nothing() {
    let test = TestBook::new().await;
    let path = file(
        &test,
        "list.csv",
        "Name,Reach,Shoe size\nTom Ashby,0491 570 156,44\nAda King,0491 570 157,39\nBad,1,2,3\n",
    );
    let mapping = Mapping::from([("Reach".into(), "phone:work".into())]);
    let preview = import::preview(&test.book, &path, Some(mapping.into())).await.expect("a preview");
    let fields: Vec<(&str, &str)> =
        preview.columns.iter().map(|column| (column.header.as_str(), column.field.as_str())).collect();
    assert_eq!(fields, [("Name", "name"), ("Reach", "phone:work"), ("Shoe size", "ignore")]);
    assert_eq!(preview.rows.len(), 2);
    assert_eq!(preview.row_count, Some(3));
    assert!(preview.remarks.iter().any(|remark| remark.contains("One row cannot be read")), "{:?}", preview.remarks);
    assert_eq!(how_many(&test).await, 0);
    assert!(import::list(&mut test.book.read().await.expect("a reader")).await.expect("imports").is_empty());
}

#[tokio::test]
async fn someone_already_in_the_book_is_known_by_address_or_number() {
    let test = TestBook::new().await;
    let rob = test.named("Robert Tait").await;
    let mut edit = test.book.write(test.helen(), "add_reach").await.expect("an edit");
    for (kind, typed) in [(ReachKind::Email, "Rob@Example.com"), (ReachKind::Phone, "(02) 5550 1234")] {
        let reach = NewReach { kind, typed: typed.into(), label: String::new() };
        reaches::add(&mut edit, rob, &reach).await.expect("a reach");
    }
    edit.commit().await.expect("committed");
    let list = "Name,Email,Phone,City\nRob Tait,rob@example.com,,Perth\nRobert Tait,,+61 2 5550 1234,\nRupert Holt,,+61 2 5550 1234,\n";
    let done = bring(&test, &file(&test, "list.csv", list)).await;
    assert_eq!(counts(&done), [1, 1, 1, 0], "Rob is Robert by his address; Rupert shares the number and is another");
    let now = a_person(&test, rob).await;
    assert_eq!((now.name.as_str(), now.place.as_str()), ("Robert Tait", "Perth"), "the book's own name stands");
}

fn many(rows: u32) -> String {
    let mut text = String::from("Name,Email,Company\n");
    for at in 0..rows {
        writeln!(text, "Person Number{at},p{at}@example.com,Company {}", at % 97).expect("a row");
    }
    text
}

#[tokio::test]
async fn a_row_that_names_and_reaches_nobody_is_not_someone() {
    let test = TestBook::new().await;
    let list = file(
        &test,
        "list.csv",
        "Record ID,First Name,Last Name,Company,Phone,Notes\n\
         C-1,,,,,\n\
         C-2,,,,ask at the desk,\n\
         C-3,,,,,rings on Fridays\n\
         C-4,,,,0412 345 016,\n\
         C-5,,,Bay Physio,ask at the desk,\n\
         C-6,Rania,Haddad,,ask at the desk,\n",
    );
    let done = bring(&test, &list).await;
    assert_eq!(counts(&done), [3, 0, 0, 3], "a number, a business and a name are someone; the others nobody");
    let rejects = std::fs::read_to_string(done.rejects_file.expect("a file of rejects")).expect("readable");
    assert_eq!(rejects.matches("no number that can be read").count(), 3, "{rejects}");
}

#[tokio::test]
async fn undo_answers_for_updates_field_by_field_and_lists_them_however_many() {
    let test = TestBook::new().await;
    let mut first = String::from("Record ID,Name,Email,City,Status\n");
    let mut second = first.clone();
    for at in 0..1_200 {
        writeln!(first, "{at},Person Number{at},p{at}@example.com,Perth,prospect").expect("a row");
        writeln!(second, "{at},Person Number{at},p{at}@example.com,Hobart,member").expect("a row");
    }
    bring(&test, &file(&test, "first.csv", &first)).await;
    let done = bring(&test, &file(&test, "second.csv", &second)).await;
    assert_eq!(counts(&done), [0, 1_200, 0, 0]);
    // Most of them moved on since; one in another way.
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    let mut ids = Vec::new();
    {
        let mut db = test.book.read().await.expect("a reader");
        for at in 0..1_101 {
            ids.push(person::by_external_id(&mut db, &at.to_string()).await.expect("asked").expect("there"));
        }
    }
    for id in &ids[1..] {
        let moved = PersonChange { place: Some("Darwin".into()), ..PersonChange::default() };
        person::change(&mut edit, *id, &moved).await.expect("changed");
    }
    person::change(&mut edit, ids[0], &PersonChange { standing: Some(Standing::Lapsed), ..PersonChange::default() })
        .await
        .expect("changed");
    edit.commit().await.expect("committed");
    let undone = import::undo(&test.book, test.helen(), done.import).await.expect("undone");
    assert_eq!((undone.reversed, undone.kept, undone.failed), (99, 1_101, 0));
    assert_eq!(undone.people.len(), 1_000);
    assert_eq!(undone.people[0].why, "Changed since: standing.");
    assert_eq!(undone.people[1].why, "Changed since: place.");
    let all = std::fs::read_to_string(undone.list_file.expect("more than a screen lists")).expect("readable");
    assert_eq!(all.lines().count(), 1_102);
    assert!(all.contains("Person Number1100,kept,Changed since: place."), "each of them");
    let one = a_person(&test, ids[1]).await;
    assert_eq!((one.place.as_str(), one.standing), ("Darwin", Standing::Prospect), "what nobody touched went back");
    let other = a_person(&test, ids[0]).await;
    assert_eq!((other.place.as_str(), other.standing), ("Perth", Standing::Lapsed));
}
