//! Workbooks and contacts as people have them: formulas, merged cells, dates as numbers, titles above the header; folded
//! lines, quoted-printable, pictures of megabytes; and what is made to do harm.

use std::path::{Path, PathBuf};

use rstest::rstest;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use tempfile::TempDir;
use wellmet_core::exchange::import::read::{BadRow, Row, Why};
use wellmet_core::exchange::import::source::Source;

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

fn workbook(make: impl FnOnce(&mut Workbook)) -> File {
    let mut book = Workbook::new();
    make(&mut book);
    file("list.xlsx", &book.save_to_buffer().expect("a workbook"))
}

fn read(path: &Path) -> (Source, Vec<Result<Row, BadRow>>) {
    let mut source = Source::open(path, "AU", None).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut rows = Vec::new();
    while let Some(row) = source.next().expect("the file is readable") {
        rows.push(row);
    }
    (source, rows)
}

fn cells(rows: &[Result<Row, BadRow>]) -> Vec<Vec<&str>> {
    rows.iter().map(|row| row.as_ref().expect("a good row").cells.iter().map(String::as_str).collect()).collect()
}

fn refused(path: &Path) -> String {
    match Source::open(path, "AU", None) {
        Ok(_) => panic!("{} was opened as a list", path.display()),
        Err(error) => error.message,
    }
}

#[test]
fn a_sheet_of_people_is_found_below_its_title_with_what_its_formulas_found() {
    let file = workbook(|book| {
        book.add_worksheet().set_name("Read me").expect("a name").write(0, 0, "Made by the secretary").expect("a cell");
        let sheet = book.add_worksheet();
        sheet.set_name("Members").expect("a name");
        sheet.merge_range(0, 0, 0, 5, "Members as of November", &Format::new()).expect("a title");
        for (at, name) in ["Name", "Firm", "Mobile", "Joined", "Paid", "Total"].iter().enumerate() {
            sheet.write(2, at as u16, *name).expect("a header");
        }
        let day = Format::new().set_num_format("d mmm yyyy");
        let joined = ExcelDateTime::parse_from_str("2019-02-28").expect("a day");
        sheet.write(3, 0, "Tom Ashby").expect("a cell");
        sheet.merge_range(3, 1, 5, 1, "Harbour Dental", &Format::new()).expect("a firm");
        sheet.write(3, 2, 412_345_678_u32).expect("a number");
        sheet.write_with_format(3, 3, &joined, &day).expect("a date");
        sheet.write(3, 4, true).expect("a yes");
        sheet.write_formula(3, 5, Formula::new("=2+3").set_result("5")).expect("a formula");
        sheet.write(4, 0, "Ada King").expect("a cell");
        sheet.write_formula(4, 5, Formula::new("=CONCATENATE(A5)").set_result("Ada King")).expect("a formula");
        sheet.write(5, 0, "Li Wei").expect("a cell");
        sheet.write(5, 5, 2.5).expect("a number");
        sheet.write(7, 0, "=1+1").expect("text that looks like a formula");
    });
    let (source, rows) = read(&file.path);
    assert_eq!(source.sheets().expect("sheets").0, "Members");
    assert_eq!(source.sheets().expect("sheets").1, ["Read me", "Members"]);
    assert_eq!(source.passed_over(), 1);
    assert_eq!(source.header(), ["Name", "Firm", "Mobile", "Joined", "Paid", "Total"]);
    assert_eq!(
        cells(&rows),
        [
            ["Tom Ashby", "Harbour Dental", "412345678", "2019-02-28", "yes", "5"],
            ["Ada King", "Harbour Dental", "", "", "", "Ada King"],
            ["Li Wei", "Harbour Dental", "", "", "", "2.5"],
            ["=1+1", "", "", "", "", ""],
        ],
        "one firm over three rows is each one's"
    );
    let lines: Vec<u64> = rows.iter().map(|row| row.as_ref().expect("a row").line).collect();
    assert_eq!(lines, [4, 5, 6, 8]);
    let named = Source::open(&file.path, "AU", Some("Read me")).expect("a sheet by its name");
    assert_eq!(named.header(), ["Made by the secretary"]);
    let error = Source::open(&file.path, "AU", Some("Gone")).err().expect("no such sheet");
    assert!(error.message.contains("“Gone”") && error.message.contains("Read me, Members"), "{error}");
}

#[test]
fn a_header_over_two_columns_names_both_and_one_that_repeats_is_no_person() {
    let file = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Name").expect("a cell");
        sheet.merge_range(0, 1, 0, 2, "Phone", &Format::new()).expect("a header");
        for row in [1, 2] {
            sheet.write(row, 0, format!("Tom {row}")).expect("a cell");
            sheet.write(row, 1, "0412 345 678").expect("a cell");
            sheet.write(row, 2, "(02) 5550 1234").expect("a cell");
        }
        for (at, name) in ["Name", "Phone", "Phone"].iter().enumerate() {
            sheet.write(3, at as u16, *name).expect("a cell");
        }
    });
    let (source, rows) = read(&file.path);
    assert_eq!(source.header(), ["Name", "Phone", "Phone (2)"]);
    assert_eq!(cells(&rows[..2])[1], ["Tom 2", "0412 345 678", "(02) 5550 1234"]);
    assert_eq!(rows[2].as_ref().expect_err("the header again").why, Why::HeaderAgain);
}

/// A workbook whose sheet is `sheet`, packed as it is given.
fn packed(sheet: &mut dyn FnMut(&mut dyn std::io::Write)) -> File {
    let mut plain = Workbook::new();
    plain.add_worksheet().write(0, 0, "Name").expect("a cell");
    let plain = plain.save_to_buffer().expect("a workbook");
    let mut from = zip::ZipArchive::new(std::io::Cursor::new(plain)).expect("a zip");
    let mut to = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for at in 0..from.len() {
        let mut part = from.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        to.start_file(name.as_str(), options).expect("a part");
        if name.ends_with("sheet1.xml") {
            sheet(&mut to);
        } else {
            std::io::copy(&mut part, &mut to).expect("copied");
        }
    }
    file("list.xlsx", &to.finish().expect("a zip").into_inner())
}

#[test]
fn a_zip_bomb_is_refused_before_it_fills_anything() {
    let bomb = packed(&mut |part| {
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..100 {
            part.write_all(&zeros).expect("written");
        }
    });
    assert!(std::fs::metadata(&bomb.path).expect("a file").len() < 1 << 20, "it is small");
    let message = refused(&bomb.path);
    assert!(message.contains("far more than a list") || message.contains("longer than a book"), "{message}");
    // A text without end that packs badly, so that no ratio gives it away.
    let mut chance = 7_u32;
    let endless = packed(&mut |part| {
        part.write_all(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>").expect("written");
        let mut noise = vec![0_u8; 1 << 20];
        for _ in 0..18 {
            for byte in &mut noise {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                *byte = b'a' + (chance >> 24) as u8 % 26;
            }
            part.write_all(&noise).expect("written");
        }
        part.write_all(b"</v></c></row></sheetData></worksheet>").expect("written");
    });
    assert!(refused(&endless.path).contains("longer than a book"));
}

#[test]
fn a_sheet_that_lies_about_its_places_does_no_harm() {
    let odd = packed(&mut |part| {
        part.write_all(
            b"<worksheet><dimension ref=\"A1:B2\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Name</v></c>\
              <c r=\"B1\" t=\"str\"><v>Email</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>Tom Ashby</v></c>\
              <c r=\"ZZZZZ2\" t=\"str\"><v>far away</v></c></row></sheetData></worksheet>",
        )
        .expect("written");
    });
    match Source::open(&odd.path, "AU", None) {
        Ok(mut source) => while let Ok(Some(_)) = source.next() {},
        Err(error) => assert!(error.message.contains("list.xlsx"), "{error}"),
    }
}

#[test]
fn a_reader_that_comes_to_grief_is_no_end_of_the_list() {
    let rows: String =
        (2..800).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"str\"><v>Tom {row}</v></c></row>")).collect();
    let odd = packed(&mut |part| {
        write!(
            part,
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Name</v></c></row>{rows}\
             <row r=\"900\"><c r=\"ZZZZZZZZZZZZZZZ900\" t=\"str\"><v>far away</v></c></row></sheetData></worksheet>"
        )
        .expect("written");
    });
    let told = Source::open(&odd.path, "AU", None).and_then(|mut source| {
        let mut rows = 0;
        while source.next()?.is_some() {
            rows += 1;
        }
        Ok(rows)
    });
    match told {
        Err(error) => assert!(error.message.contains("list.xlsx"), "{error}"),
        Ok(rows) => assert!(rows >= 798, "all rows, or an error: {rows}"),
    }
}

#[rstest]
#[case::cut(|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2))]
#[case::bent(|bytes: &mut Vec<u8>| { let middle = bytes.len() / 3; bytes[middle..middle + 40].fill(0xAA); })]
fn a_workbook_that_is_not_whole_is_named(#[case] spoil: fn(&mut Vec<u8>)) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..500 {
        sheet.write(row, 0, format!("Person {row}")).expect("a cell");
    }
    let mut bytes = book.save_to_buffer().expect("a workbook");
    spoil(&mut bytes);
    let file = file("list.xlsx", &bytes);
    assert!(refused(&file.path).contains("list.xlsx"));
}

#[test]
fn a_cell_of_ten_megabytes_is_one_bad_row() {
    let long = packed(&mut |part| {
        part.write_all(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Name</v></c><c r=\"B1\" t=\"str\"><v>Email</v></c></row><row r=\"2\"><c r=\"A2\" t=\"str\"><v>").expect("written");
        part.write_all(&vec![b'x'; 10 << 20]).expect("written");
        part.write_all(
            b"</v></c></row><row r=\"3\"><c r=\"A3\" t=\"str\"><v>Ada King</v></c></row></sheetData></worksheet>",
        )
        .expect("written");
    });
    let (_, rows) = read(&long.path);
    assert!(matches!(rows[0].as_ref().expect_err("too long").why, Why::CellTooLong { .. }));
    assert_eq!(rows[1].as_ref().expect("a good row").cells[0], "Ada King");
}

// --- contacts ------------------------------------------------------------------------------------------------------

fn card(lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\n{lines}\r\nEND:VCARD\r\n")
}

#[test]
fn a_picture_of_five_megabytes_is_passed_by() {
    let picture = "QUJD".repeat(5 << 18);
    let folded: String =
        picture.as_bytes().chunks(74).map(|line| format!("\r\n {}", String::from_utf8_lossy(line))).collect();
    let text = [
        card(&format!("FN:Tom Ashby\r\nN:Ashby;Tom;;;\r\nPHOTO;ENCODING=b;TYPE=JPEG:{folded}\r\nTEL:0412 345 678")),
        card(&format!("FN:Ada King\r\nN:King;Ada;;;\r\nPHOTO;ENCODING=b:{picture}\r\nTEL:0412 345 679")),
        format!("BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Li Wei\r\nPHOTO;JPEG;ENCODING=BASE64:\r\n{picture}\r\n\r\nTEL:0412 345 670\r\nEND:VCARD\r\n"),
    ]
    .concat();
    let file = file("contacts.vcf", text.as_bytes());
    let (source, rows) = read(&file.path);
    assert_eq!(source.header(), ["Name", "Given name", "Family name", "Phone 1 - Label", "Phone 1 - Value"]);
    let names: Vec<(&str, &str)> = cells(&rows).iter().map(|row| (row[0], row[4])).collect();
    assert_eq!(names, [("Tom Ashby", "0412 345 678"), ("Ada King", "0412 345 679"), ("Li Wei", "0412 345 670")]);
}

#[test]
fn contacts_that_are_odd_are_rejected_one_by_one() {
    let long = "x".repeat(900);
    let much: String = (0..1_400).map(|at| format!("X-{at}:{long}\r\n")).collect();
    let text = [
        card("TEL:0412 345 678"),
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut Off\r\nTEL:0412 345 679\r\n".to_owned(),
        card("FN:Ada King\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Somebody Else\r\nEND:VCARD\r\nTEL:0412 345 670"),
        card(&format!("FN:Too Much\r\n{much}")),
        card("FN:Folded\r\n  Over Lines\r\nN;X=\"a:b;c\":Lines;Folded Over"),
        card(";;;:::\r\n\r\n=\r\nFN:Still There"),
        "BEGIN:VCARD\r\nFN:The End".to_owned(),
    ]
    .concat();
    let file = file("contacts.vcf", text.as_bytes());
    let (_, rows) = read(&file.path);
    let told: Vec<String> = rows
        .iter()
        .map(|row| match row {
            Ok(row) => row.cells[0].clone(),
            Err(bad) => format!("{:?}", bad.why),
        })
        .collect();
    assert_eq!(
        told,
        ["NoName", "CardUnended", "Ada King", "CardTooLong", "Folded Over Lines", "Still There", "CardUnended"]
    );
    assert!(rows[0].as_ref().expect_err("no name").cells.contains(&"0412 345 678".to_owned()), "nothing of it is lost");
}

#[rstest]
#[case::utf_16(encoding_rs::UTF_16LE)]
#[case::windows(encoding_rs::WINDOWS_1252)]
fn contacts_in_an_old_encoding(#[case] encoding: &'static encoding_rs::Encoding) {
    let text = card("FN:Zoë Müller\r\nN:Müller;Zoë;;;\r\nORG:Café Zürich\r\nNOTE:Möchte später zurückgerufen werden");
    let bytes: Vec<u8> = if encoding == encoding_rs::UTF_16LE {
        [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    } else {
        encoding.encode(&text).0.into_owned()
    };
    let file = file("contacts.vcf", &bytes);
    let (_, rows) = read(&file.path);
    assert_eq!(cells(&rows)[0][0], "Zoë Müller");
}

#[test]
fn a_file_is_what_is_in_it_whatever_its_name() {
    let file = file("contacts.csv", card("FN:Tom Ashby").as_bytes());
    assert_eq!(read(&file.path).0.what(), "vCards");
    let empty = self::file("contacts.vcf", b"BEGIN:VCARD");
    let (_, rows) = read(&empty.path);
    assert!(rows.iter().all(|row| row.as_ref().is_err_and(|bad| bad.why == Why::CardUnended)));
}

// --- tables of text that are odd in the ways that files of programs are ---------------------------------------------

#[test]
fn a_list_in_shift_jis_is_read_in_a_book_of_japan() {
    let rows = "佐藤,太郎,03-1234-5678,東京都\n".repeat(40);
    let text = format!("姓,名,電話番号,住所\n{rows}");
    let bytes = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let file = file("list.csv", &bytes);
    let mut source = Source::open(&file.path, "JP", None).expect("a list");
    assert_eq!((source.encoding(), source.header()[0].as_str()), ("Shift_JIS", "姓"));
    let row = source.next().expect("readable").expect("a row").expect("a good row");
    assert_eq!(row.cells, ["佐藤", "太郎", "03-1234-5678", "東京都"]);
}

#[test]
fn decimal_commas_are_no_delimiters_and_line_ends_may_be_of_every_kind() {
    let text = "Name;Beitrag;E-Mail\r\nTom Ashby;1.234,50;tom@example.com\rAda King;99,00;ada@example.com\nName;Beitrag;E-Mail\nLi \"Lee\" Wei;0,5;li@example.com";
    let file = file("list.csv", text.as_bytes());
    let (source, rows) = read(&file.path);
    assert_eq!(source.delimiter(), ";");
    let told: Vec<String> = rows
        .iter()
        .map(|row| row.as_ref().map_or_else(|bad| format!("{:?}", bad.why), |row| row.cells.join("|")))
        .collect();
    assert_eq!(
        told,
        [
            "Tom Ashby|1.234,50|tom@example.com",
            "Ada King|99,00|ada@example.com",
            "HeaderAgain",
            "Li \"Lee\" Wei|0,5|li@example.com"
        ]
    );
}
