//! Files as people have them: other programs' encodings and habits, and what is no list at all.

use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rstest::rstest;
use tempfile::TempDir;
use wellmet_core::exchange::import::read::{BadRow, Row, Table, Why};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/import").join(name)
}

struct File {
    _folder: TempDir,
    path: PathBuf,
}

fn file(name: &str, bytes: &[u8]) -> File {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    File { _folder: folder, path }
}

fn read(path: &Path) -> (Table, Vec<Result<Row, BadRow>>) {
    let mut table = Table::open(path, "AU").unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut rows = Vec::new();
    while let Some(row) = table.next().expect("the file is readable") {
        rows.push(row);
    }
    (table, rows)
}

fn read_bytes(bytes: &[u8]) -> (Table, Vec<Result<Row, BadRow>>) {
    let file = file("list.csv", bytes);
    read(&file.path)
}

/// The good rows' cells.
fn cells(rows: &[Result<Row, BadRow>]) -> Vec<Vec<&str>> {
    rows.iter().map(|row| row.as_ref().expect("a good row").cells.iter().map(String::as_str).collect()).collect()
}

fn refused(bytes: &[u8], name: &str) -> String {
    let file = file(name, bytes);
    match Table::open(&file.path, "AU") {
        Ok(_) => panic!("{name} was opened as a list"),
        Err(error) => error.message,
    }
}

#[rstest]
#[case(b"name,phone\nTom,1\nAda,2\n" as &[u8])]
#[case(b"name,phone\r\nTom,1\r\nAda,2\r\n")]
#[case(b"name,phone\rTom,1\rAda,2")]
#[case(b"name,phone\r\nTom,1\nAda,2\r")]
#[case(b"\n\r\nname,phone\n\n\nTom,1\r\n\r\nAda,2\n\n")]
#[case(b"\xEF\xBB\xBFname,phone\nTom,1\nAda,2")]
#[case(b"name;phone\nTom;1\nAda;2")]
#[case(b"name\tphone\nTom\t1\nAda\t2")]
#[case(b"name|phone\nTom|1\nAda|2")]
#[case(b"sep=;\r\nname;phone\r\nTom;1\r\nAda;2\r\n")]
#[case(b"\"name\",\"phone\"\n\"Tom\",\"1\"\n\"Ada\",\"2\"\n,,\n , \n")]
#[case(b"name,phone\nTo\0m,1\0\nAda,2\n\0\0\0\0")]
fn one_list_in_many_habits(#[case] bytes: &[u8]) {
    let mut padded = bytes.to_vec();
    // Zero bytes are forgiven while they are few: a real list is longer than this one.
    if bytes.contains(&0) {
        padded = [bytes, b"\n"].concat();
        padded.splice(11..11, b"Long,3\n".repeat(150));
    }
    let (table, rows) = read_bytes(&padded);
    assert_eq!(table.header(), ["name", "phone"]);
    let rows: Vec<_> = cells(&rows).into_iter().filter(|row| row[0] != "Long").collect();
    assert_eq!(rows, [["Tom", "1"], ["Ada", "2"]]);
}

#[test]
fn quotes_in_quotes_delimiters_and_line_ends_stay_in_their_cell() {
    let (_, rows) = read_bytes(b"name,note\n\"O\"\"Neill, Pat\",\"two\r\nlines; \"\"quoted\"\"\"\nAda,5\" pipe\n");
    assert_eq!(cells(&rows), [["O\"Neill, Pat", "two\r\nlines; \"quoted\""], ["Ada", "5\" pipe"]]);
    let lines: Vec<u64> = rows.iter().map(|row| row.as_ref().expect("a row").line).collect();
    assert_eq!(lines, [2, 4], "a row is known by the line it begins on");
}

#[rstest]
#[case("utf-8", "name;stadt\nJürgen Müller;Köln\nŁukasz;Łódź\n".as_bytes().to_vec())]
#[case("utf-16le with mark", utf16("name;stadt\nJürgen Müller;Köln\nŁukasz;Łódź\n", true, true))]
#[case("utf-16be with mark", utf16("name;stadt\nJürgen Müller;Köln\nŁukasz;Łódź\n", false, true))]
#[case("utf-16le", utf16("name;stadt\nJürgen Müller;Köln\nŁukasz;Łódź\n", true, false))]
#[case("utf-16be", utf16("name;stadt\nJürgen Müller;Köln\nŁukasz;Łódź\n", false, false))]
fn encodings(#[case] which: &str, #[case] bytes: Vec<u8>) {
    let (_, rows) = read_bytes(&bytes);
    assert_eq!(cells(&rows), [["Jürgen Müller", "Köln"], ["Łukasz", "Łódź"]], "{which}");
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn old_encodings_are_guessed_from_the_letters() {
    let (table, rows) = read_bytes(b"name,ort\nJ\xFCrgen M\xFCller,K\xF6ln\nZo\xEB,Z\xFCrich \x80\n");
    assert_eq!(table.encoding, "windows-1252");
    assert_eq!(cells(&rows), [["Jürgen Müller", "Köln"], ["Zoë", "Zürich €"]]);
    let russian = encoding_rs::WINDOWS_1251.encode("имя;город\nИван Петров;Москва\nАнна Смирнова;Санкт-Петербург\n").0;
    let (_, rows) = read_bytes(&russian);
    assert_eq!(cells(&rows)[0], ["Иван Петров", "Москва"]);
}

#[test]
fn accents_that_come_late_still_tell_the_encoding() {
    let mut bytes = b"name,ort\n".to_vec();
    bytes.extend(b"Tom Ashby,Perth\n".repeat(20_000));
    bytes.extend(b"J\xFCrgen,K\xF6ln\n");
    let (_, rows) = read_bytes(&bytes);
    assert_eq!(cells(&rows).last().expect("rows"), &["Jürgen", "Köln"]);
}

#[test]
fn a_file_by_libreoffice_reads_the_same_in_every_encoding() {
    let (table, rows) = read(&fixture("libreoffice-utf8-comma.csv"));
    assert_eq!((table.delimiter, table.encoding), (',', "UTF-8"));
    let plain = cells(&rows);
    assert_eq!(plain.len(), 3);
    assert_eq!(plain[1][3..=4], ["Café \"Zur Post\"", "030 5550124 Durchwahl 7"]);
    assert_eq!(plain[1][9], "zwei\nZeilen");
    let (table, wide) = read(&fixture("libreoffice-utf16-tab.csv"));
    assert_eq!((table.delimiter, table.encoding), ('\t', "UTF-16LE"));
    assert_eq!(cells(&wide), plain);
    let (table, old) = read(&fixture("libreoffice-windows-semicolon.csv"));
    assert_eq!((table.delimiter, table.encoding), (';', "windows-1252"));
    assert_eq!(cells(&old)[..2], plain[..2], "the third has letters that this encoding lacks");
}

#[rstest]
#[case("empty.csv", b"" as &[u8], "is empty")]
#[case("blank.csv", b"\n\r\n\n", "has no rows")]
#[case("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a picture")]
#[case("list.pdf", b"%PDF-1.7\n", "is a PDF")]
#[case("old.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "has a password")]
#[case("list.zip", b"PK\x03\x04\x14\0\0\0list.csv", "Unpack it")]
#[case("list.gz", b"\x1F\x8B\x08\0", "Unpack it")]
#[case("page.csv", b"<!DOCTYPE html><html>", "is a web page")]
#[case("cards.csv", b"BEGIN:VCARD\r\nVERSION:3.0", "holds vCards")]
#[case("list.json", b"[{\"name\": \"Tom\"}]", "is JSON")]
#[case("noise.csv", b"\x01\x02\x03\x04name,phone\x05\x06\x07\x01\x02", "is not text")]
fn what_is_no_list_is_named_with_the_way_out(#[case] name: &str, #[case] bytes: &[u8], #[case] words: &str) {
    let message = refused(bytes, name);
    assert!(message.contains(words) && message.contains(name), "{message}");
}

#[test]
fn a_workbook_by_another_program_says_what_to_do() {
    let error = Table::open(&fixture("members.xlsx"), "AU").err().expect("a workbook is refused");
    assert!(error.message.contains("the sheet with the people as CSV"), "{}", error.message);
}

#[test]
fn no_file_and_no_permission_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = Table::open(&folder.path().join("gone.csv"), "AU").err().expect("there is none");
    assert_eq!(error.code, wellmet_core::Code::NotFound);
    assert!(error.message.contains("gone.csv"));
    let error = Table::open(folder.path(), "AU").err().expect("a folder is no list");
    assert!(error.message.contains("is a folder"));
}

#[test]
fn a_file_of_two_gigabytes_of_nothing_ends_soon_and_in_little_memory() {
    for head in [b"" as &[u8], b"name,phone\nTom,0412 345 678\n"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sparse.csv");
        let mut sparse = std::fs::File::create(&path).expect("a file");
        sparse.write_all(head).expect("its head");
        sparse.set_len(2 << 30).expect("a sparse file");
        sparse.seek(SeekFrom::End(0)).expect("its end");
        match Table::open(&path, "AU") {
            Err(error) => assert!(error.message.contains("is not text"), "{}", error.message),
            Ok(_) => panic!("nothing is no list"),
        }
    }
}

#[test]
fn zeros_after_a_good_beginning_lose_no_row_before_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sparse.csv");
    let mut sparse = std::fs::File::create(&path).expect("a file");
    sparse.write_all(b"name,phone\n").expect("its header");
    sparse.write_all(&b"Tom Ashby,0491 570 156\n".repeat(5_000)).expect("its rows");
    sparse.set_len(64 << 20).expect("a sparse file");
    drop(sparse);
    let (_, rows) = read(&path);
    assert_eq!(cells(&rows).len(), 5_000);
}

#[test]
fn a_row_too_long_a_cell_too_long_and_a_row_too_wide_go_back_alone() {
    let mut bytes = b"name,note\nTom,short\n".to_vec();
    bytes.extend(b"Big,\"");
    bytes.extend(b"x".repeat(10 << 20));
    bytes.extend(b"\"\n");
    bytes.extend(b"Wide");
    bytes.extend(b",w".repeat(10_000));
    bytes.extend(b"\nLong,");
    bytes.extend(b"y".repeat(20 << 20));
    bytes.extend(b"\nAda,fine\n");
    let (_, rows) = read_bytes(&bytes);
    let good: Vec<&Row> = rows.iter().filter_map(|row| row.as_ref().ok()).collect();
    assert_eq!(good.iter().map(|row| row.cells[0].as_str()).collect::<Vec<_>>(), ["Tom", "Ada"]);
    let bad: Vec<&BadRow> = rows.iter().filter_map(|row| row.as_ref().err()).collect();
    assert_eq!(bad.len(), 3, "{:?}", bad.iter().map(|row| &row.why).collect::<Vec<_>>());
    assert_eq!(bad[0].why, Why::CellTooLong { column: "note".into() });
    assert_eq!(bad[1].why, Why::TooManyCells { cells: 10_001, columns: 2 });
    assert_eq!(bad[2].why, Why::RowTooLong);
    assert_eq!(bad.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(bad[0].cells[1].len(), 10 << 20, "what goes back is whole");
    assert_eq!(bad[1].cells.len(), 10_001);
    assert!(bad[0].why.to_string().contains("note") && bad[0].why.to_string().contains("256 KB"));
}

#[test]
fn ten_thousand_columns_are_refused_by_number() {
    let header: Vec<String> = (0..10_000).map(|at| format!("c{at}")).collect();
    let message = refused(header.join(",").as_bytes(), "wide.csv");
    assert!(message.contains("10000 columns") && message.contains("at most 1000"), "{message}");
}

#[test]
fn a_quotation_that_never_closes_costs_its_own_line_only() {
    let (_, rows) = read_bytes(b"name,note\nTom,\"never closed\nAda,fine\nZo\xC3\xAB,fine\n");
    let why: Vec<&Why> = rows.iter().filter_map(|row| row.as_ref().err().map(|bad| &bad.why)).collect();
    assert_eq!(why, [&Why::UnclosedQuote]);
    let good: Vec<&str> = rows.iter().filter_map(|row| row.as_ref().ok().map(|row| row.cells[0].as_str())).collect();
    assert_eq!(good, ["Ada", "Zoë"]);
}

#[test]
fn a_file_that_was_cut_off_says_so_of_its_last_row() {
    for bytes in [b"name,phone,note\nTom,1,a\nAda,0491 5" as &[u8], b"name,phone,note\nTom,1,a\nAda,1,\"0491 5"] {
        let (_, rows) = read_bytes(bytes);
        assert!(rows[0].is_ok());
        assert_eq!(rows[1].as_ref().err().map(|bad| &bad.why), Some(&Why::CutOff));
    }
}

#[test]
fn bytes_of_another_encoding_reject_their_row_instead_of_becoming_question_marks() {
    let mut bytes = "name,ort\nZoë,Köln\n".as_bytes().to_vec();
    // Further in than the encoding is looked for.
    while bytes.len() < (17 << 20) {
        bytes.extend_from_slice(&b"Ada,Perth\n".repeat(1 << 12));
    }
    bytes.extend(b"J\xFCrgen,Bonn\nTom,Hobart\n");
    let file = file("list.csv", &bytes);
    let mut table = Table::open(&file.path, "AU").expect("it begins well");
    let mut bad = Vec::new();
    let mut last = None;
    while let Some(row) = table.next().expect("readable") {
        match row {
            Ok(row) => last = Some(row),
            Err(row) => bad.push(row),
        }
    }
    assert_eq!(bad.len(), 1);
    assert_eq!(bad[0].why, Why::NotText { encoding: "UTF-8".into() });
    assert_eq!(last.expect("a last row").cells, ["Tom", "Hobart"]);
}

#[test]
fn headers_twice_have_two_names_and_a_header_again_is_no_person() {
    let (table, rows) = read_bytes(b"Name,Phone,phone,,\nTom,1,2,3,4\nName,Phone,phone,,\nAda,5,6,7,8\n");
    assert_eq!(table.header(), ["Name", "Phone", "phone (2)", "Column 4", "Column 5"]);
    assert_eq!(rows[1].as_ref().err().map(|bad| &bad.why), Some(&Why::HeaderAgain));
    assert_eq!(rows.len(), 3);
}

#[test]
fn a_list_without_a_header_keeps_its_first_person() {
    let (table, rows) = read_bytes(b"Tom Ashby,0491 570 156,tom@example.com\nAda King,0491 570 157,ada@example.com\n");
    assert!(!table.has_header());
    assert_eq!(table.header(), ["Column 1", "Column 2", "Column 3"]);
    assert_eq!(cells(&rows)[0][0], "Tom Ashby");
    assert_eq!(rows.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_can_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..3_000)) {
        let file = file("any.csv", &bytes);
        if let Ok(mut table) = Table::open(&file.path, "AU") {
            while let Ok(Some(_)) = table.next() {}
        }
    }

    #[test]
    fn what_a_csv_writer_writes_is_read_back(
        rows in proptest::collection::vec(proptest::collection::vec("[a-z\",;\n\r\t|é ]{0,12}", 3..=3), 1..20),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["name", "note", "city"]).expect("a header");
        // A row of blanks is no row.
        let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| { row[0].insert(0, 'n'); row }).collect();
        for row in &rows {
            writer.write_record(row).expect("a row");
        }
        let file = file("list.csv", &writer.into_inner().expect("bytes"));
        let mut table = Table::open(&file.path, "AU").expect("a list");
        prop_assume!(table.delimiter == ',');
        let mut back = Vec::new();
        while let Some(row) = table.next().expect("readable") {
            back.push(row.expect("a good row").cells);
        }
        prop_assert_eq!(back, rows);
    }
}
