//! What stands in the cells of other people's lists: addresses that are none, streets of several lines, days of every kind,
//! organisations that are nearly called alike.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use rust_xlsxwriter::{Formula, Workbook};
use wellmet_core::exchange::import::{self, Choices};
use wellmet_core::people::{PeopleQuery, ReachKind, list, person, reaches};

use super::import::{bring, counts, file, who};
use crate::support::TestBook;

const OUTLOOK: &str = "First Name,Last Name,E-mail Address,E-mail Type,E-mail 2 Address,E-mail 2 Type,Business Phone,\
    Home Phone,Mobile Phone,Business Street,Business Street 2,Business Street 3,Business City,Business Postal Code,\
    Home Street,Home Street 2,Home City,Other Street,Other Street 2,Other City\n\
    Ann,Lee,ann@lee.example,SMTP,/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=abc,EX,,,,\
    12 Foo Street,Level 3,Room 4,Perth,6000,1 Mill Lane,Flat 2,Hobart,The Old Mill,Bar Road,Darwin\n";

#[tokio::test]
async fn what_exchange_calls_somebody_inside_is_left_out_and_said() {
    let test = TestBook::new().await;
    let list = file(&test, "list.csv", OUTLOOK);
    let preview = import::preview(&test.book, &list, None).await.expect("a preview");
    assert_eq!(preview.remarks, ["One address is Exchange’s own (/o=…) and no e-mail address: it is left out."]);
    assert_eq!(counts(&bring(&test, &list).await), [1, 0, 0, 0]);
    let ann = who(&test, "ann lee").await;
    let rows = reaches::rows_of(&mut test.book.read().await.expect("a reader"), ann).await.expect("reaches");
    let emails: Vec<_> = rows.iter().filter(|row| row.kind == ReachKind::Email).map(|row| row.value.as_str()).collect();
    assert_eq!(emails, ["ann@lee.example"]);
}

#[tokio::test]
async fn the_lines_of_a_street_are_of_one_address() {
    let lists = [
        OUTLOOK,
        "Name,Business Street,Business Street 2,Business Street 3,Business City,Business Postal Code,Home Street 1,\
        Home Street 2,Home City,Other Street,Other Street 2,Other City\n\
        Ann Lee,12 Foo Street,Level 3,Room 4,Perth,6000,1 Mill Lane,Flat 2,Hobart,The Old Mill,Bar Road,Darwin\n",
    ];
    for list in lists {
        let test = TestBook::new().await;
        bring(&test, &file(&test, "list.csv", list)).await;
        let ann = who(&test, "ann lee").await;
        let rows = reaches::rows_of(&mut test.book.read().await.expect("a reader"), ann).await.expect("reaches");
        let letters: Vec<_> =
            rows.iter().filter(|row| row.kind == ReachKind::Post).map(|row| row.as_typed.as_str()).collect();
        let wanted = [
            "12 Foo Street, Level 3, Room 4\nPerth 6000",
            "1 Mill Lane, Flat 2\nHobart",
            "The Old Mill, Bar Road\nDarwin",
        ];
        assert_eq!(letters, wanted);
    }
}

#[tokio::test]
async fn organisations_that_are_nearly_called_alike_are_two() {
    let test = TestBook::new().await;
    let different = ["C++ Club", "C# Club", "C Club", "???", "!!!", "A + B", "A & B", "A / B", "Nord-Süd"];
    let one = ["Café O'Neill, Ltd.", "cafe oneill ltd", "CAFÉ  O’NEILL LTD"];
    let list = |names: &[&str]| {
        let row = |name: &&str| format!("Person {},\"{name}\",p{}@x.example\n", name.len(), uuid::Uuid::now_v7());
        format!("Name,Company,Email\n{}", names.iter().map(row).collect::<String>())
    };
    // Within one list, and of a list beside what the book has.
    for names in [&different[..4], &different[2..], &one[..1], &one[..]] {
        bring(&test, &file(&test, "list.csv", &list(names))).await;
    }
    let named = |text: String| -> Vec<String> {
        let at = text.lines().filter_map(|line| line.trim().strip_prefix("at ")).map(str::to_owned);
        let mut names: Vec<String> = at.map(|role| role.trim_end_matches(" as \"\"").to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    let mut wanted: Vec<String> = different.iter().chain(&one[..1]).map(|name| (*name).to_owned()).collect();
    wanted.sort();
    assert_eq!(named(super::layouts::everyone(&test).await), wanted);

    // A later list about the same person gives them the other one as well.
    bring(&test, &file(&test, "a.csv", "Name,Company,Email\nAnn Lee,C++ Club,ann@x.example\n")).await;
    let list = file(&test, "b.csv", "Name,Company,Email\nAnn Lee,C# Club,ann@x.example\n");
    assert_eq!(counts(&bring(&test, &list).await), [0, 1, 0, 0]);
    assert_eq!(counts(&bring(&test, &list).await), [0, 0, 1, 0], "and once is enough");
    let ann = who(&test, "ann lee").await;
    let ann = person::get(&mut test.book.read().await.expect("a reader"), ann).await.expect("Ann");
    let mut names: Vec<_> = ann.roles.iter().map(|role| role.organisation.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["C# Club", "C++ Club"]);
}

/// Birth day and notes of everyone, by their names.
async fn days(test: &TestBook) -> Vec<(String, String)> {
    let mut db = test.book.read().await.expect("a reader");
    let everyone = list::first(&mut db, test.book.now(), &PeopleQuery::default(), 500).await.expect("a page");
    let mut days = Vec::new();
    for row in everyone.expect("by name").rows {
        let someone = person::get(&mut db, row.id).await.expect("a person");
        let notes: Vec<_> = someone.facts.iter().map(|fact| fact.words.as_str()).collect();
        days.push((someone.birth_day, notes.join("; ")));
    }
    days
}

fn day(day: &str, words: &str) -> (String, String) {
    (day.to_owned(), if words.is_empty() { String::new() } else { format!("Birthday: {words}") })
}

#[tokio::test]
async fn no_birth_date_goes_without_a_word() {
    let test = TestBook::new().await;
    let list = "Name,Birthday\nA One,1980-02-30\nB Two,29339\nC Three,0000-00-00\nD Four,03/04/1981\nE Five,4 May\n";
    let list = file(&test, "list.csv", list);
    let preview = import::preview(&test.book, &list, None).await.expect("a preview");
    let remarks = [
        "One birth date can be read in two ways (“03/04/1981”): it is kept as a note.",
        "2 birth dates are not full dates, such as “1980-02-30”: they are kept as notes.",
    ];
    assert_eq!(preview.remarks, remarks);
    assert_eq!(counts(&bring(&test, &list).await), [5, 0, 0, 0]);
    // By family name: Five, Four, One, Three, Two.
    let wanted = [
        day("", "4 May"),
        day("", "03/04/1981"),
        day("", "1980-02-30"),
        day("", ""),
        day("1980-04-28", "28 April 1980"),
    ];
    assert_eq!(days(&test).await, wanted);
    assert_eq!(counts(&bring(&test, &list).await), [0, 0, 5, 0]);
}

#[tokio::test]
async fn one_day_past_the_twelfth_settles_the_whole_column() {
    for (proof, april) in [("13/04/1980", "1981-04-03"), ("04/13/1980", "1981-03-04")] {
        let test = TestBook::new().await;
        // The one that tells stands far below those by which columns are known.
        let rows = (0..300).map(|at| format!("Person {at:03},03/04/1981\n")).collect::<String>();
        let list = file(&test, "list.csv", &format!("Name,Birthday\n{rows}Zoë Last,{proof}\n"));
        assert_eq!(import::preview(&test.book, &list, None).await.expect("a preview").remarks, [""; 0]);
        bring(&test, &list).await;
        assert!(days(&test).await.iter().filter(|(day, _)| day == april).count() >= 300, "{proof}");
    }
}

#[tokio::test]
async fn of_a_long_file_only_the_first_rows_are_counted_and_that_is_said() {
    let test = TestBook::new().await;
    let long = "x".repeat(150_000);
    let rows = (0..240).map(|at| format!("Person {at:03},03/04/1981,{long}\n")).collect::<String>();
    let list = file(&test, "list.csv", &format!("Name,Birthday,Notes\nAnn Lee,1980-02-30,\n{rows}"));
    let preview = import::preview(&test.book, &list, None).await.expect("a preview");
    let remarks = [
        "One birth date is not a full date (“1980-02-30”): it is kept as a note.",
        "The file is long: what is counted here are its first 200 rows.",
    ];
    assert_eq!(preview.remarks, remarks, "which way round the others are, a row further down may tell");
}

#[tokio::test]
async fn a_day_in_a_cell_that_says_nothing_of_days() {
    let test = TestBook::new().await;
    let path = test.folder().join("list.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in ["Name", "Date of birth"].iter().enumerate() {
        sheet.write(0, at as u16, *name).expect("a header");
    }
    sheet.write(1, 0, "Ann Lee").expect("a name");
    sheet.write(1, 1, 29_339).expect("a number");
    book.save(&path).expect("a workbook");
    bring(&test, &path).await;
    assert_eq!(days(&test).await, [day("1980-04-28", "28 April 1980")]);
}

#[tokio::test]
async fn nobody_rings_or_writes_to_the_dead() {
    let test = TestBook::new().await;
    let list = "Contact ID,Contact Type,Sort Name,Display Name,First Name,Last Name,Email,Deceased\n\
        1,Individual,\"Lee, Ann\",Ann Lee,Ann,Lee,ann@lee.example,1\n\
        2,Individual,\"Ashby, Tom\",Tom Ashby,Tom,Ashby,tom@ashby.example,0\n";
    bring(&test, &file(&test, "list.csv", list)).await;
    let mut said = Vec::new();
    for name in ["ann lee", "tom ashby"] {
        let id = who(&test, name).await;
        let someone = person::get(&mut test.book.read().await.expect("a reader"), id).await.expect("someone");
        let noes = someone.consents.iter().filter(|one| !one.allowed).count();
        said.push((someone.do_not_call, noes, someone.consents.len()));
    }
    assert_eq!(said, [(true, 3, 3), (false, 0, 0)]);
}

/// A workbook as `make` has it, with `changed` made of its first sheet.
fn workbook(test: &TestBook, make: impl FnOnce(&mut Workbook), changed: impl Fn(String) -> String) -> PathBuf {
    let mut book = Workbook::new();
    make(&mut book);
    let plain = book.save_to_buffer().expect("a workbook");
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(plain)).expect("a zip");
    let path = test.folder().join("list.xlsx");
    let mut to = zip::ZipWriter::new(std::fs::File::create(&path).expect("a file"));
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("text");
        let text = if name.ends_with("sheet1.xml") { changed(text) } else { text };
        to.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        to.write_all(text.as_bytes()).expect("a part");
    }
    to.finish().expect("a workbook");
    path
}

#[tokio::test]
async fn what_of_a_workbook_is_not_read_is_said() {
    let test = TestBook::new().await;
    let list = workbook(
        &test,
        |book| {
            for (name, person) in [("A", "Ann Lee"), ("B", "Tom Ashby")] {
                let sheet = book.add_worksheet().set_name(name).expect("a name");
                for (at, cell) in ["Name", "Email", "City", "Note"].iter().enumerate() {
                    sheet.write(0, at as u16, *cell).expect("a header");
                }
                sheet.write(1, 0, person).expect("a name");
            }
            let first = book.worksheet_from_index(0).expect("A");
            first.write(1, 1, "ann@lee.example").expect("an address");
            first.write_formula(1, 2, Formula::new("=1/0").set_result("#DIV/0!")).expect("an error");
            first.write_formula(1, 3, Formula::new("=1+1").set_result("4711")).expect("a formula");
            first.write_formula(2, 3, Formula::new("=1+1").set_result("4711")).expect("a formula");
            first.write(2, 0, "Ada King").expect("a name");
            first.write_formula(2, 1, Formula::new("=IF(1,\"\",0)").set_result("none")).expect("a formula of nothing");
            book.add_worksheet().set_name("Notes").expect("a name").write(0, 0, "Made by Ann").expect("a cell");
        },
        |sheet| sheet.replacen("<v>4711</v>", "", 1).replace("<v>none</v>", "<v></v>"),
    );
    let preview = import::preview(&test.book, &list, None).await.expect("a preview");
    let remarks = [
        "Only the sheet “A” is read; “B” has rows too.",
        "One cell holds an error such as #N/A: it is taken for empty.",
        "One formula has no result in the file: its cell is taken for empty. \
         Open the workbook in a spreadsheet, save it there and choose it again.",
    ];
    assert_eq!(preview.remarks, remarks);
    let choices = Choices { sheet: Some("B".into()), ..Choices::default() };
    let preview = import::preview(&test.book, &list, Some(choices)).await.expect("a preview");
    assert_eq!(preview.remarks, ["Only the sheet “B” is read; “A” has rows too."]);
    assert_eq!(counts(&bring(&test, &list).await), [2, 0, 0, 0]);
}
