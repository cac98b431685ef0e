//! Lists taken out: whole, logged, without whoever said no; safe in a spreadsheet, or exact enough to come back.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use wellmet_core::Code;
use wellmet_core::exchange::demo::{self, Size};
use wellmet_core::exchange::export::{ExportColumn, ExportForm, Exported, Order, Paper, WhyLeftOut, export};
use wellmet_core::exchange::import::{self, Choices};
use wellmet_core::people::{
    NewPerson, NewReach, PeopleQuery, PersonChange, ReachChange, ReachKind, ReachState, Standing, consent, facts,
    finding, person, reaches,
};

use crate::support::TestBook;

fn order(query: &PeopleQuery, form: ExportForm) -> Order {
    Order { query: query.clone(), form, ..Order::default() }
}

async fn out(test: &TestBook, name: &str, query: &PeopleQuery, form: ExportForm) -> (Exported, String) {
    let path = test.folder().join(name);
    let done = export(&test.book, test.helen(), &path, &order(query, form)).await.expect("a list");
    (done, std::fs::read_to_string(path).expect("readable"))
}

pub(super) async fn all_exact(test: &TestBook, name: &str) -> String {
    out(test, name, &PeopleQuery::default(), ExportForm::Exact).await.1
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

pub(super) fn column(text: &str, header: &str) -> Vec<String> {
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

pub(super) async fn bring(test: &TestBook, path: &Path) -> [u32; 4] {
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
    let born = PersonChange { birth_day: Some("1979-04-12".into()), ..PersonChange::default() };
    person::change(&mut edit, odd, &born).await.expect("a birth date");
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
    let second = all_exact(&other, "second.csv").await;
    same(&second, &first);
    assert!(column(&second, "Birthday").contains(&"1979-04-12".to_owned()));
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
    let query = Order::default();
    let nowhere = test.folder().join("no such folder").join("list.csv");
    let error = export(&test.book, test.helen(), &nowhere, &query).await.expect_err("no folder");
    assert!(error.code == Code::NotFound && error.message.contains("no such folder"), "{error}");
    let error = export(&test.book, test.helen(), test.folder(), &query).await.expect_err("a folder");
    assert!(error.message.contains("is a folder"), "{error}");
    let error =
        export(&test.book, test.helen(), &test.folder().join("list.ods"), &query).await.expect_err("a workbook");
    assert!(error.message.contains(".csv"), "{error}");
    let left: Vec<_> =
        std::fs::read_dir(test.folder()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(left.iter().all(|name| name == "book"), "{left:?}");
}

// --- of every kind, and for a purpose ------------------------------------------------------------------------------

async fn odd_people(test: &TestBook) {
    demo::fill(&test.book, test.director, &Size { people: 40, seed: 3 }).await.expect("a sample");
    let odd = someone(test, "=1+1 \"Li\" O’Neill; Смирнова 山田", "+61 491 570 156 ext 7", "odd+tag@example.org").await;
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    facts::add(
        &mut edit,
        odd,
        "Two\nlines, a \"quote\"; and a \\ backslash that goes on for longer than one line of a card may be",
        "Li",
    )
    .await
    .expect("a fact");
    person::tag(&mut edit, odd, "Food, wine; song").await.expect("a tag");
    person::tag(&mut edit, odd, "\"Quoted\"").await.expect("a tag");
    for (kind, typed, label) in [
        (ReachKind::Post, "12 Station Street\nFremantle WA 6160", "work"),
        (ReachKind::Phone, "0491 570 157", "Boat, by the sea"),
        (ReachKind::Phone, "0491 570 158", "mobile"),
    ] {
        let reach = NewReach { kind, typed: typed.into(), label: label.into() };
        reaches::add(&mut edit, odd, &reach).await.expect("a reach");
    }
    edit.commit().await.expect("committed");
}

#[tokio::test]
async fn a_workbook_comes_back_as_it_went() {
    let test = TestBook::new().await;
    odd_people(&test).await;
    let path = test.folder().join("list.xlsx");
    let done = export(&test.book, test.helen(), &path, &Order::default()).await.expect("a workbook");
    let left: Vec<_> =
        std::fs::read_dir(test.folder()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
    assert_eq!(bring(&test, &path).await, [0, 0, done.rows, 0], "into the same book: nothing new");
    let other = TestBook::new().await;
    assert_eq!(bring(&other, &path).await, [done.rows, 0, 0, 0], "into an empty book: everyone");
    same(&all_exact(&other, "other.csv").await, &all_exact(&test, "first.csv").await);
}

#[tokio::test]
async fn a_workbook_is_the_same_to_the_byte_whenever_it_is_made() {
    let test = TestBook::new().await;
    odd_people(&test).await;
    let (first, second) = (test.folder().join("first.xlsx"), test.folder().join("second.xlsx"));
    export(&test.book, test.helen(), &first, &order(&PeopleQuery::default(), ExportForm::Exact)).await.expect("one");
    // A workbook says when it was made to the second, and its parts to two.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    let other = TestBook::new().await;
    bring(&other, &first).await;
    export(&other.book, other.helen(), &second, &order(&PeopleQuery::default(), ExportForm::Exact)).await.expect("two");
    let read = |path: &Path| std::fs::read(path).expect("readable");
    assert!(read(&first) == read(&second), "out, in and out again are the same bytes");
}

#[tokio::test]
async fn cards_come_back_with_their_numbers_and_labels() {
    let test = TestBook::new().await;
    odd_people(&test).await;
    let path = test.folder().join("list.vcf");
    let done = export(&test.book, test.helen(), &path, &Order::default()).await.expect("cards");
    let text = std::fs::read_to_string(&path).expect("readable");
    assert_eq!(text.matches("BEGIN:VCARD\r\nVERSION:4.0\r\n").count() as u32, done.rows);
    assert!(text.lines().all(|line| line.len() <= 75), "folded as the standard has it");
    assert_eq!(bring(&test, &path).await, [0, 0, done.rows, 0], "into the same book: nothing new");
    let other = TestBook::new().await;
    assert_eq!(bring(&other, &path).await, [done.rows, 0, 0, 0], "into an empty book: everyone");
    let wanted = ["Record ID", "Name", "Given name", "Family name", "Organisation", "Job title", "Tags", "Notes"];
    let (there, here) = (all_exact(&other, "other.csv").await, all_exact(&test, "first.csv").await);
    for header in
        wanted.into_iter().chain(["Phone 1 - Value", "Phone 2 - Label", "E-mail 1 - Value", "Address 1 - Formatted"])
    {
        assert_eq!(column(&there, header), column(&here, header), "{header}");
    }
}

#[tokio::test]
async fn a_birth_date_goes_with_every_kind_of_list() {
    let test = TestBook::new().await;
    let new = NewPerson { name: "Rania Haddad".into(), birth_day: "1979-04-12".into(), ..NewPerson::default() };
    test.person(NewPerson { email: "rania@haddad.example".into(), ..new }).await;
    for (name, form) in [
        ("exact.csv", ExportForm::Exact),
        ("list.csv", ExportForm::ForSpreadsheet),
        ("list.xlsx", ExportForm::Exact),
        ("list.vcf", ExportForm::Exact),
    ] {
        let path = test.folder().join(name);
        export(&test.book, test.helen(), &path, &order(&PeopleQuery::default(), form)).await.expect("a list");
        assert_eq!(bring(&test, &path).await, [0, 0, 1, 0], "{name} into the same book: nothing new");
        let other = TestBook::new().await;
        bring(&other, &path).await;
        assert_eq!(column(&all_exact(&other, "other.csv").await, "Birthday"), ["1979-04-12"], "{name}");
    }
}

const ADDRESSES: &str = "\
Record ID,Name,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Region,\
Address 1 - Postal Code,Address 1 - Country,Address 2 - Label,Address 2 - Street,Address 2 - City,Address 2 - Postal Code,E-mail
A1,Rania Haddad,home,,\"12 Foo Street, Unit 3\",Brisbane,QLD,4000,Australia,work,9 Bar Road,Perth,6000,rania@example.org
A2,Tom Ashby,home,\"The Old Mill\n1 Mill Lane\nHobart TAS 7000\",1 Mill Lane,Hobart,TAS,7000,,,,,,
A3,Mei Tanaka,,,,,,2600,,,,,,
";

#[tokio::test]
async fn an_address_goes_out_in_its_parts_and_comes_back() {
    let test = TestBook::new().await;
    let list = test.folder().join("list.csv");
    std::fs::write(&list, ADDRESSES).expect("written");
    bring(&test, &list).await;
    let first = all_exact(&test, "first.csv").await;
    assert_eq!(column(&first, "Address 1 - Street"), ["1 Mill Lane", "12 Foo Street, Unit 3", ""]);
    assert_eq!(column(&first, "Address 1 - Postal Code"), ["7000", "4000", "2600"]);
    assert_eq!(column(&first, "Address 1 - Country"), ["", "Australia", ""]);
    assert_eq!(column(&first, "Address 2 - City"), ["", "Perth", ""]);
    let letters =
        ["The Old Mill\n1 Mill Lane\nHobart TAS 7000", "12 Foo Street, Unit 3\nBrisbane QLD 4000\nAustralia", ""];
    assert_eq!(column(&first, "Address 1 - Formatted"), letters);
    for (name, form) in [
        ("exact.csv", ExportForm::Exact),
        ("for-a-spreadsheet.csv", ExportForm::ForSpreadsheet),
        ("list.xlsx", ExportForm::Exact),
        ("list.vcf", ExportForm::Exact),
    ] {
        let path = test.folder().join(name);
        export(&test.book, test.helen(), &path, &order(&PeopleQuery::default(), form)).await.expect("a list");
        let known = bring(&test, &path).await;
        assert_eq!(known[..2], [0, 0], "{name} into the same book: nothing new");
        let other = TestBook::new().await;
        bring(&other, &path).await;
        let there = all_exact(&other, "other.csv").await;
        if name.ends_with(".vcf") {
            for part in ["Label", "Formatted", "Street", "City", "Region", "Postal Code", "Country"] {
                let header = format!("Address 1 - {part}");
                // A card has no place for a postcode that no letter goes to.
                assert_eq!(column(&there, &header)[..2], column(&first, &header)[..2], "{header}");
            }
        } else {
            same(&there, &first);
        }
    }

    // An address that a letter came back from goes out in no form; and whoever wants no letters has none.
    let mut db = test.book.read().await.expect("a reader");
    let tom = finding::find(&mut db, "tom ashby", 2).await.expect("found")[0];
    let rania = finding::find(&mut db, "rania", 2).await.expect("found")[0];
    let mill = reaches::of_person(&mut db, tom).await.expect("reaches")[0].id;
    drop(db);
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    let wrong = ReachChange { state: Some(ReachState::Wrong), ..ReachChange::default() };
    reaches::change(&mut edit, mill, &wrong).await.expect("marked");
    consent::set(&mut edit, rania, ReachKind::Post, false, "on a form").await.expect("a no");
    edit.commit().await.expect("committed");
    let after = all_exact(&test, "after.csv").await;
    assert_eq!(column(&after, "Name").len(), 3, "nobody of them said not to ring");
    assert_eq!(column(&after, "Address 1 - Street"), ["", "", ""]);
    assert_eq!(column(&after, "Address 1 - City"), ["", "", ""]);
}

#[tokio::test]
async fn a_list_is_for_something_and_whoever_said_no_to_that_is_counted() {
    let test = TestBook::new().await;
    let all = someone(&test, "Always Amy", "0491 570 156", "amy@example.org").await;
    let no_mail = someone(&test, "No Mail", "0491 570 157", "nomail@example.org").await;
    let no_ring = someone(&test, "No Ring", "0491 570 158", "noring@example.org").await;
    someone(&test, "No Address", "0491 570 159", "").await;
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    consent::set(&mut edit, no_mail, ReachKind::Email, false, "on a form").await.expect("a no");
    let quiet = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
    person::change(&mut edit, no_ring, &quiet).await.expect("changed");
    for (who, typed) in [(all, "1 Home Street\nPerth"), (no_mail, "<b>2 Markup Row</b>\nHobart")] {
        let reach = NewReach { kind: ReachKind::Post, typed: typed.into(), label: "home".into() };
        reaches::add(&mut edit, who, &reach).await.expect("an address");
    }
    edit.commit().await.expect("committed");
    let take = async |name: &str, order: Order| {
        let path = test.folder().join(name);
        let done = export(&test.book, test.helen(), &path, &order).await.expect("a list");
        (done, std::fs::read_to_string(path).expect("readable"))
    };
    let reasons = |done: &Exported| done.reasons.iter().map(|reason| (reason.why, reason.count)).collect::<Vec<_>>();
    let mailing = Order {
        purpose: Some(ReachKind::Email),
        columns: vec![ExportColumn::Emails, ExportColumn::Name],
        form: ExportForm::Exact,
        ..Order::default()
    };
    let (done, text) = take("mailing.csv", mailing.clone()).await;
    assert_eq!(
        text,
        "Name,E-mail 1 - Label,E-mail 1 - Value\nAlways Amy,,amy@example.org\nNo Ring,,noring@example.org\n"
    );
    assert_eq!(reasons(&done), [(WhyLeftOut::NotToBeEmailed, 1), (WhyLeftOut::WithoutEmail, 1)]);
    assert_eq!((done.rows, done.left_out), (2, 2));
    // A director may say otherwise; a volunteer may not.
    let (done, text) = take("all.csv", Order { include_refused: true, ..mailing.clone() }).await;
    assert!(text.contains("nomail@example.org") && done.rows == 3, "{text}");
    let mut edit = test.book.write(test.helen(), "add_volunteer").await.expect("an edit");
    let new = wellmet_core::team::volunteers::NewVolunteer {
        name: "Moana Ota".into(),
        role: wellmet_core::team::volunteers::VolunteerRole::Volunteer,
        pin: None,
    };
    let moana = wellmet_core::team::volunteers::add(&mut edit, &new).await.expect("a volunteer");
    edit.commit().await.expect("committed");
    let order = Order { include_refused: true, ..mailing };
    let error = export(&test.book, wellmet_core::Actor::Volunteer(moana), &test.folder().join("no.csv"), &order)
        .await
        .expect_err("no director");
    assert_eq!(error.code, Code::Refused);
    // Labels are for letters: only who has an address, and nothing in one is markup.
    let (done, text) = take("labels.html", Order { paper: Paper::Labels21, ..Order::default() }).await;
    assert_eq!(reasons(&done), [(WhyLeftOut::WithoutAddress, 2)]);
    assert!(text.contains("Always Amy\n1 Home Street\nPerth</address>"), "{text}");
    assert!(text.contains("&lt;b&gt;2 Markup Row&lt;/b&gt;") && !text.contains("<b>"), "{text}");
    assert_eq!(text.matches("<address").count(), 2);
    let (done, text) = take("list.html", Order::default()).await;
    assert_eq!((done.rows, text.matches("<tr><td").count()), (3, 3), "No Ring is left out of a list to ring from");
    // A selection, in its order.
    let order = Order {
        people: Some(vec![no_mail, all]),
        form: ExportForm::Exact,
        columns: vec![ExportColumn::Name],
        ..Order::default()
    };
    let (done, text) = take("two.csv", order).await;
    assert_eq!((done.rows, text.as_str()), (2, "Name\nNo Mail\nAlways Amy\n"));
}

mod exact {
    use proptest::prelude::*;

    use super::*;

    /// Words that mean something to a CSV, a spreadsheet, the importer or a terminal.
    fn odd() -> impl Strategy<Value = String> {
        prop_oneof![
            "[A-Za-z]{1,8}",
            "[ -~]{1,12}",
            "\\PC{1,8}",
            prop::sample::select(vec![
                "=1+1",
                "+cmd",
                "-2",
                "@SUM(A1)",
                "'quoted",
                "\"x\"",
                "a,b;c|d",
                "two\nlines",
                "O’Neill",
                "山田",
                "مريم",
                "n a",
                "x ::: y"
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

        /// Out of any book, into a new one, and out again: the same bytes.
        #[test]
        fn out_in_and_out_are_the_same_bytes(people in prop::collection::vec(
            (odd(), odd(), odd(), prop::collection::vec(odd(), 0..3), prop::collection::vec(odd(), 0..3), any::<bool>(), 0_usize..3, odd()),
            1..6,
        )) {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let test = TestBook::new().await;
                let mut edit = test.book.write(test.helen(), "create_person").await.expect("an edit");
                for (number, (given, family, organisation, tags, notes, may, phones, label)) in people.into_iter().enumerate() {
                    let new = NewPerson {
                        given,
                        family,
                        organisation,
                        external_id: Some(format!("R-{number}")),
                        email: format!("p{number}@example.org"),
                        ..NewPerson::default()
                    };
                    let Ok(id) = person::create(&mut edit, &new).await else { continue };
                    for tag in &tags {
                        person::tag(&mut edit, id, tag).await.expect("a tag");
                    }
                    for words in notes.iter().filter(|words| !words.trim().is_empty()) {
                        facts::add(&mut edit, id, words, "the register").await.expect("a fact");
                    }
                    consent::set(&mut edit, id, ReachKind::Email, may, "on a form").await.expect("said");
                    for at in 0..phones {
                        let reach = NewReach { kind: ReachKind::Phone, typed: format!("0491 57{number} 10{at}"), label: label.clone() };
                        reaches::add(&mut edit, id, &reach).await.expect("a reach");
                    }
                }
                edit.commit().await.expect("committed");
                let first = all_exact(&test, "first.csv").await;
                let path = test.folder().join("first.csv");
                let other = TestBook::new().await;
                bring(&other, &path).await;
                let second = all_exact(&other, "second.csv").await;
                prop_assert_eq!(&second, &first);
                Ok(())
            })?;
        }
    }
}
