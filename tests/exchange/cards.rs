//! Contacts out and in again: what people said no to goes with them, nothing is made up, and what cannot be kept is said.

use std::path::{Path, PathBuf};

use rstest::rstest;
use wellmet_core::exchange::export::{ExportColumn, ExportForm, Order, export};
use wellmet_core::exchange::import::read::{BadRow, Row, Why};
use wellmet_core::exchange::import::source::Source;
use wellmet_core::exchange::import::{self, Choices};
use wellmet_core::people::{NewPerson, NewReach, PersonChange, ReachKind, facts, person, reaches};

use super::export::{all_exact, bring, column};
use crate::support::TestBook;

fn file(test: &TestBook, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = test.folder().join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

fn card(version: &str, lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{lines}\r\nEND:VCARD\r\n")
}

/// What the importer sees of these cards: the header, and the rows.
fn read(text: impl AsRef<[u8]>) -> (Vec<String>, Vec<Result<Row, BadRow>>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("contacts.vcf");
    std::fs::write(&path, text).expect("a file");
    let mut source = Source::open(&path, "AU", None).expect("contacts");
    let mut rows = Vec::new();
    while let Some(row) = source.next().expect("readable") {
        rows.push(row);
    }
    (source.header().to_vec(), rows)
}

fn cell<'a>(header: &[String], cells: &'a [String], name: &str) -> &'a str {
    let at = header.iter().position(|known| known == name).unwrap_or_else(|| panic!("no {name}: {header:?}"));
    &cells[at]
}

/// Everyone, those who said no among them.
async fn all(test: &TestBook, name: &str, form: ExportForm, columns: Vec<ExportColumn>) -> (PathBuf, String) {
    let path = test.folder().join(name);
    let order = Order { form, columns, include_refused: true, ..Order::default() };
    export(&test.book, test.helen(), &path, &order).await.expect("a list");
    let text = std::fs::read_to_string(&path).expect("readable");
    (path, text)
}

async fn exact(test: &TestBook, name: &str) -> (PathBuf, String) {
    all(test, name, ExportForm::Exact, Vec::new()).await
}

const REFUSED: &str = "Name,Email,Phone,Do not call,May email,May post,Standing,Source,Country,Time zone\n\
    Ann Lee,a@x.example,0412111111,yes,no,yes,member,Spring fair,New Zealand,Pacific/Auckland\n";

#[rstest]
#[case::exact(ExportForm::Exact, &[])]
#[case::for_spreadsheets(ExportForm::ForSpreadsheet, &[])]
#[case::of_few_columns(ExportForm::Exact, &[ExportColumn::Name, ExportColumn::Phones, ExportColumn::Emails])]
#[tokio::test]
async fn whoever_said_no_has_said_it_in_the_next_book_too(#[case] form: ExportForm, #[case] columns: &[ExportColumn]) {
    let test = TestBook::new().await;
    bring(&test, &file(&test, "list.csv", REFUSED)).await;
    let (path, text) = all(&test, "list.vcf", form, columns.to_vec()).await;
    let other = TestBook::new().await;
    assert_eq!(bring(&other, &path).await, [1, 0, 0, 0], "{text}");
    let there = exact(&other, "there.csv").await.1;
    assert_eq!([column(&there, "Do not call"), column(&there, "May email")], [["yes"], ["no"]], "{text}");
    if columns.is_empty() {
        let said = ["May post", "Standing", "Source", "Country", "Time zone"].map(|name| column(&there, name).concat());
        assert_eq!(said, ["yes", "member", "Spring fair", "NZ", "Pacific/Auckland"]);
    }
}

#[tokio::test]
async fn a_card_takes_back_no_no() {
    let test = TestBook::new().await;
    bring(&test, &file(&test, "list.csv", REFUSED)).await;
    let yes = "UID:1\r\nFN:Ann Lee\r\nN:Lee;Ann;;;\r\nEMAIL:a@x.example\r\nX-WELLMET-STANDING:member\r\n\
        X-WELLMET-DO-NOT-CALL:no\r\nX-WELLMET-MAY-EMAIL:yes";
    bring(&test, &file(&test, "yes.vcf", card("4.0", yes))).await;
    let here = exact(&test, "here.csv").await.1;
    assert_eq!([column(&here, "Do not call"), column(&here, "May email")], [["yes"], ["no"]]);
    // Of two lines that contradict each other, the no.
    let both = "FN:Bo Ray\r\nEMAIL:b@x.example\r\nX-WELLMET-MAY-EMAIL:yes\r\nX-WELLMET-MAY-EMAIL:no\r\n\
        X-WELLMET-DO-NOT-CALL:no\r\nX-WELLMET-DO-NOT-CALL:yes";
    let other = TestBook::new().await;
    bring(&other, &file(&other, "both.vcf", card("3.0", both))).await;
    let there = exact(&other, "there.csv").await.1;
    assert_eq!([column(&there, "Do not call"), column(&there, "May email")], [["yes"], ["no"]]);
}

const MUCH: &str = "Record ID,Name,Email,Phone,Phone 2 - Label,Phone 2 - Value,Birthday,Notes,Tags,Do not call,Shoe size,Bus\n\
    A;1,Ann Lee,a@x.example,0412111111,fax,0412111112,1960-05-06,\"one ::: two, with ; and \\\",\"a, b\",yes,,\"4;2, x\"\n\
    ,Tom Ashby,t@x.example,,,,1961-05-06,,,,39,12\n\
    0190a1c2-5b6d-7e8f-9a0b-1c2d3e4f5a6b,Ada King,,0412111113,,,,,,,,\n\
    ,Bakery,,0412111114,,,,,,,,\n";

#[tokio::test]
async fn exact_cards_come_back_byte_for_byte() {
    let test = TestBook::new().await;
    let mut choices = Choices::default();
    for (header, field) in [("Shoe size", "new_field:number"), ("Bus", "new_field:text")] {
        choices.columns.insert(header.into(), field.into());
    }
    let list = file(&test, "list.csv", MUCH);
    let id = import::begin(&test.book, test.helen(), &list, &choices).await.expect("a list");
    import::run(&test.book, test.helen(), id, &Default::default(), &|_| {}).await.expect("an import");
    let odd = test
        .person(NewPerson {
            name: "Zoë of the Ferry, Ltd; \\ \"Z\"".into(),
            phone: "0412 111 115".into(),
            email: "z@x.example".into(),
            ..NewPerson::default()
        })
        .await;
    let mut edit = test.book.write(test.helen(), "change_person").await.expect("an edit");
    facts::add(&mut edit, odd, "none", "Zoë").await.expect("a fact");
    facts::add(&mut edit, odd, "d1\rd2", "Zoë").await.expect("a fact");
    facts::add(&mut edit, odd, "a ::: b\\:", "Zoë").await.expect("a fact");
    person::tag(&mut edit, odd, "Food, wine; song").await.expect("a tag");
    let utc = PersonChange { zone: Some("UTC".into()), ..PersonChange::default() };
    person::change(&mut edit, odd, &utc).await.expect("a zone");
    for (kind, typed, label) in [
        (ReachKind::Post, "12 Station Street\nFremantle WA 6160", "work"),
        (ReachKind::Phone, "0412 111 116", "Boat, by the sea"),
        (ReachKind::Email, "zz@x.example", "Mobile"),
        (ReachKind::Phone, "0412 111 117", "mobile"),
        (ReachKind::Phone, "0412 111 118", "Fax"),
    ] {
        let reach = NewReach { kind, typed: typed.into(), label: label.into() };
        reaches::add(&mut edit, odd, &reach).await.expect("a reach");
    }
    edit.commit().await.expect("committed");

    let (path, first) = exact(&test, "first.vcf").await;
    assert_eq!(bring(&test, &path).await, [0, 0, 5, 0], "into the same book: nothing new");
    assert_eq!(exact(&test, "again.vcf").await.1, first);
    let other = TestBook::new().await;
    assert_eq!(bring(&other, &path).await, [5, 0, 0, 0], "into an empty book: everyone");
    assert_eq!(exact(&other, "second.vcf").await.1, first);
    let (here, there) = (exact(&test, "first.csv").await.1, exact(&other, "second.csv").await.1);
    for name in [
        "Record ID",
        "Name",
        "Notes",
        "Tags",
        "Do not call",
        "Time zone",
        "Bus (text)",
        "Shoe size (number)",
        "Birthday",
    ] {
        assert_eq!(column(&there, name), column(&here, name), "{name}");
    }
}

#[tokio::test]
async fn a_birthday_is_noted_once_however_often_it_goes_round() {
    let test = TestBook::new().await;
    bring(&test, &file(&test, "list.csv", "Name,Email,Birthday\nAnn Lee,a@x.example,1960-05-06\n")).await;
    let noted = column(&all_exact(&test, "first.csv").await, "Notes");
    assert_eq!(noted, ["Birthday: 6 May 1960"]);
    // Other programs' cards say it twice as well.
    let twice = card("3.0", "FN:Ann Lee\r\nEMAIL:a@x.example\r\nBDAY:1960-05-06\r\nNOTE:Birthday: 6 May 1960");
    let mut book = test;
    for name in ["twice.vcf", "again.vcf"] {
        let path = if name == "twice.vcf" { file(&book, name, &twice) } else { exact(&book, name).await.0 };
        let next = TestBook::new().await;
        bring(&next, &path).await;
        assert_eq!(column(&all_exact(&next, "next.csv").await, "Notes"), noted, "{name}");
        book = next;
    }
}

#[rstest]
#[case::cut_by_the_next(
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEMAIL:ann@x.example\nBEGIN:VCARD\nVERSION:3.0\nFN:Tom Ashby\nEND:VCARD\n",
    2
)]
#[case::cut_by_the_end("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nEMAIL:ann@x.example\n", 1)]
fn a_card_without_its_end_comes_back_with_what_it_says(#[case] text: &str, #[case] count: usize) {
    let (header, rows) = read(text);
    assert_eq!(rows.len(), count);
    let bad = rows[0].as_ref().expect_err("no end");
    assert_eq!((bad.line, &bad.why), (1, &Why::CardUnended));
    assert_eq!(cell(&header, &bad.cells, "Name"), "Ann Lee");
    assert_eq!(cell(&header, &bad.cells, "E-mail 1 - Value"), "ann@x.example");
    assert!(bad.why.to_string().contains("END:VCARD"), "{}", bad.why);
}

#[rstest]
#[case::shift_jis("N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8ER=93c;=91=BE=98Y", "山田", "太郎")]
#[case::shift_jis_over_lines(
    "N;ENCODING=QUOTED-PRINTABLE;CHARSET=Shift_JIS:=8E=\r\nR=93c;=91=BE=\r\n=98Y",
    "山田",
    "太郎"
)]
#[case::iso_2022_jp("N;CHARSET=ISO-2022-JP;ENCODING=QUOTED-PRINTABLE:=1B$B;3ED=1B(B;=1B$BB@O:=1B(B", "山田", "太郎")]
#[case::russian(
    "N;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED=EE=E2;=CE=EB=FC=E3=E0",
    "Иванов",
    "Ольга"
)]
#[case::latin("N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;Zo=EB", "Müller", "Zoë")]
#[case::latin_untold("N;ENCODING=QUOTED-PRINTABLE:M=FCller;Zo=EB", "Müller", "Zoë")]
#[case::utf_8("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=\r\n=BCller;Zo=C3=AB", "Müller", "Zoë")]
#[case::utf_8_untold("N;ENCODING=QUOTED-PRINTABLE:M=C3=\r\n=BCller;Zo=C3=AB", "Müller", "Zoë")]
fn a_name_is_read_in_its_own_charset(#[case] line: &str, #[case] family: &str, #[case] given: &str) {
    let (header, rows) = read(card("2.1", line));
    let row = rows[0].as_ref().expect("a good row");
    assert_eq!((cell(&header, &row.cells, "Family name"), cell(&header, &row.cells, "Given name")), (family, given));
}

#[rstest]
#[case::not_what_it_says("UTF-8", "=8ER=93c")]
#[case::unheard_of("X-KLINGON", "=8ER=93c")]
fn a_name_that_is_no_text_is_rejected(#[case] charset: &str, #[case] name: &str) {
    let text = [
        card("2.1", &format!("N;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:{name};Tom\r\nTEL:0412 345 678")),
        card("2.1", "N:Ashby;Tom"),
    ]
    .concat();
    let (_, rows) = read(text);
    let why = &rows[0].as_ref().expect_err("no text").why;
    assert_eq!(why, &Why::NotText { encoding: charset.to_owned() });
    assert!(rows[1].is_ok(), "that is one card's fault");
}

#[rstest]
#[case::standard("4.0", "BDAY:--0504", "Birthday: 4 May")]
#[case::dashed("3.0", "BDAY:--05-04", "Birthday: 4 May")]
#[case::google("3.0", "BDAY:--0504", "Birthday: 4 May")]
#[case::apple("3.0", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-06", "Birthday: 6 May")]
#[case::apple_as_a_date("3.0", "BDAY;VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-02-29", "Birthday: 29 February")]
#[case::month("4.0", "BDAY:1960-05", "Birthday: May 1960")]
#[case::noted_already("4.0", "BDAY:--0504\r\nNOTE:Birthday: 4 May", "Birthday: 4 May")]
#[case::no_day_there_is("4.0", "BDAY:--0431", "")]
#[tokio::test]
async fn a_birthday_without_its_year_is_noted(#[case] version: &str, #[case] line: &str, #[case] note: &str) {
    let test = TestBook::new().await;
    let path = file(&test, "list.vcf", card(version, &format!("FN:Ann Lee\r\nEMAIL:a@x.example\r\n{line}")));
    assert_eq!(bring(&test, &path).await, [1, 0, 0, 0]);
    assert_eq!(bring(&test, &path).await, [0, 0, 1, 0]);
    let here = all_exact(&test, "here.csv").await;
    assert_eq!((column(&here, "Notes").concat().as_str(), column(&here, "Birthday").concat().as_str()), (note, ""));
}

#[rstest]
#[case::standard("4.0", "KIND:group\r\nFN:The Board\r\nMEMBER:urn:uuid:03a0e51f-d1aa-4385-8a53-e29025acd8af")]
#[case::apple(
    "3.0",
    "N:The Board;;;;\r\nFN:The Board\r\nX-ADDRESSBOOKSERVER-KIND:group\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1"
)]
fn a_group_is_nobody(#[case] version: &str, #[case] lines: &str) {
    let (header, rows) = read([card(version, lines), card(version, "FN:Tom Ashby")].concat());
    let bad = rows[0].as_ref().expect_err("nobody");
    assert_eq!((&bad.why, cell(&header, &bad.cells, "Name")), (&Why::Group, "The Board"));
    assert!(rows[1].is_ok());
}

async fn remarks(text: &str) -> String {
    let test = TestBook::new().await;
    let path: &Path = &file(&test, "list.vcf", text);
    import::preview(&test.book, path, None).await.expect("a preview").remarks.join("\n")
}

#[tokio::test]
async fn what_is_not_taken_from_cards_is_said() {
    let much = "FN:Ann Lee\r\nEMAIL:a@x.example\r\nTEL;TYPE=FAX:0412 111 112\r\nURL:https://x.example\r\nURL:https://y.example\r\n\
        item1.X-ABDATE:2001-02-03\r\nitem1.X-ABLabel:_$!<Anniversary>!$_\r\nIMPP:xmpp:ann\r\nPHOTO;ENCODING=b:QUJD\r\nREV:20200101T000000Z";
    let told = remarks(&[card("3.0", much), card("3.0", "FN:Bo Ray\r\nURL:https://z.example")].concat()).await;
    for part in
        ["URL (2 cards)", "X-ABDATE (1 card)", "IMPP (1 card)", "PHOTO (1 card)", "fax and pager numbers (1 card)"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    for part in ["REV", "LABEL", "VERSION", "EMAIL", "FN"] {
        assert!(!told.contains(part), "{part}: {told}");
    }
    assert_eq!(remarks(&card("4.0", "FN:Bo Ray\r\nTEL:0412 111 112")).await, "");
    let test = TestBook::new().await;
    bring(&test, &file(&test, "list.csv", REFUSED)).await;
    assert_eq!(remarks(&exact(&test, "own.vcf").await.1).await, "", "a book knows all that a book writes");
}

#[test]
fn a_label_of_ones_own_is_kept() {
    let (header, rows) = read(card("2.1", "N:Lee;Ann\r\nTEL;X-Shop:0412 111 112\r\nTEL;TYPE=X-Boat:0412 111 113"));
    let row = rows[0].as_ref().expect("a good row");
    let labels = ["Phone 1 - Label", "Phone 2 - Label"].map(|name| cell(&header, &row.cells, name));
    assert_eq!(labels, ["Shop", "Boat"]);
}
