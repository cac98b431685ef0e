//! Contacts out and in again: what people said no to goes with them, nothing is made up, and what cannot be kept is said.

use rstest::rstest;
use wellmet_core::exchange::import::read::{BadRow, Row, Why};
use wellmet_core::exchange::import::source::Source;

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
