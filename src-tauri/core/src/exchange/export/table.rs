//! People as rows of cells, under headers that the importer reads back: for CSV, TSV and XLSX.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::people::{AddressRow, Full, ReachRow};
use super::{ExportColumn, ExportForm, Order};
use crate::error::{Error, Result};
use crate::exchange::import::exact::packed;
use crate::exchange::import::own::exact_header;
use crate::people::fields::{self, CustomField};
use crate::people::{ReachKind, phone};
use crate::store::Db;
use crate::{args, statements};

/// Between the pieces of one cell, as Google Contacts writes them and the importer takes them apart.
const BETWEEN: &str = " ::: ";
/// More of one kind than this stand in the last column together.
const EACH_MAX: i64 = 6;
/// What a sheet and a cell of it can hold.
const SHEET_ROWS_MAX: u32 = 1_048_576;
const SHEET_CELL_MAX_CHARS: usize = 32_767;

statements! {
    MOST_REACHES = "SELECT COALESCE(MAX(phones), 0), COALESCE(MAX(emails), 0), COALESCE(MAX(posts), 0) FROM \
        (SELECT COUNT(*) FILTER (WHERE kind = 'phone') AS phones, COUNT(*) FILTER (WHERE kind = 'email') AS emails, \
        COUNT(*) FILTER (WHERE kind = 'post') AS posts FROM reach WHERE state = 'good' GROUP BY person_id) counted";
    MOST_ADDRESSES = "SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM address GROUP BY person_id) counted";
}

/// Which cells a row has.
pub(super) struct Cells {
    columns: Vec<ExportColumn>,
    fields: Vec<CustomField>,
    form: ExportForm,
    phones: usize,
    emails: usize,
    addresses: usize,
    /// Whether addresses stand in their parts as well, where the book knows any.
    in_parts: bool,
}

/// As Google Contacts names them.
const PARTS: [&str; 5] = ["Street", "City", "Region", "Postal Code", "Country"];

impl Cells {
    pub async fn of(db: &mut Db, order: &Order) -> Result<Self> {
        let (phones, emails, posts): (i64, i64, i64) = db.one(&MOST_REACHES, args![], "list").await?;
        let [phones, emails, mut addresses] =
            [phones, emails, posts].map(|most| usize::try_from(most.clamp(1, EACH_MAX)).unwrap_or(1));
        let in_parts: i64 = db.scalar(&MOST_ADDRESSES, args![]).await?;
        addresses = addresses.max(usize::try_from(in_parts.min(EACH_MAX)).unwrap_or(1));
        let all = ExportColumn::ALL.iter().copied();
        let columns = if order.columns.is_empty() {
            // Only a list with those who said no in it has to say that they did.
            all.filter(|column| *column != ExportColumn::DoNotCall || order.include_refused).collect()
        } else {
            all.filter(|column| order.columns.contains(column)).collect()
        };
        let own = fields::all(db).await?.into_iter();
        let fields = own.filter(|field| !order.without_fields.contains(&field.id)).collect();
        let in_parts = in_parts > 0;
        Ok(Self { columns, fields, form: order.form, phones, emails, addresses, in_parts })
    }

    pub fn header(&self) -> Vec<String> {
        let numbered = |kind: &str, value: &str, count: usize| -> Vec<String> {
            let pair = |number| [format!("{kind} {number} - Label"), format!("{kind} {number} - {value}")];
            (1..=count).flat_map(pair).collect()
        };
        let of = |column: &ExportColumn| match column {
            ExportColumn::Phones => numbered("Phone", "Value", self.phones),
            ExportColumn::Emails => numbered("E-mail", "Value", self.emails),
            ExportColumn::Addresses => (1..=self.addresses)
                .flat_map(|number| {
                    let parts: &[&str] = if self.in_parts { &PARTS } else { &[] };
                    let names = ["Label", "Formatted"].into_iter().chain(parts.iter().copied());
                    names.map(move |name| format!("Address {number} - {name}"))
                })
                .collect(),
            ExportColumn::RecordId => vec!["Record ID".into()],
            ExportColumn::Name => vec!["Name".into()],
            ExportColumn::Given => vec!["Given name".into()],
            ExportColumn::Family => vec!["Family name".into()],
            ExportColumn::Organisation => vec!["Organisation".into()],
            ExportColumn::RoleTitle => vec!["Job title".into()],
            ExportColumn::Standing => vec!["Standing".into()],
            ExportColumn::BirthDay => vec!["Birthday".into()],
            ExportColumn::Place => vec!["Place".into()],
            ExportColumn::Country => vec!["Country".into()],
            ExportColumn::Zone => vec!["Time zone".into()],
            ExportColumn::Fields => match self.form {
                ExportForm::Exact => self.fields.iter().map(exact_header).collect(),
                ExportForm::ForSpreadsheet => self.fields.iter().map(|field| field.name.clone()).collect(),
            },
            ExportColumn::Tags => vec!["Tags".into()],
            ExportColumn::Notes => vec!["Notes".into()],
            ExportColumn::Source => vec!["Source".into()],
            ExportColumn::Consents => ["May call", "May email", "May post"].map(str::to_owned).to_vec(),
            ExportColumn::DoNotCall => vec!["Do not call".into()],
        };
        self.columns.iter().flat_map(of).collect()
    }

    /// The cells of one person, each after its length; [`cells`] reads them again.
    pub fn piece(&self, full: &Full, piece: &mut Vec<u8>) {
        for cell in self.row(full) {
            piece.extend_from_slice(&(cell.len() as u64).to_le_bytes());
            piece.extend_from_slice(cell.as_bytes());
        }
    }

    fn row(&self, full: &Full) -> Vec<String> {
        let mut cells = Vec::with_capacity(self.columns.len() + 2 * (self.phones + self.emails + self.addresses));
        let consent = |kind| full.said(kind).map_or("", |allowed| if allowed { "yes" } else { "no" }).to_owned();
        let someone = &full.someone;
        for column in &self.columns {
            match column {
                ExportColumn::Phones => reaches(&mut cells, full, ReachKind::Phone, self.phones),
                ExportColumn::Emails => reaches(&mut cells, full, ReachKind::Email, self.emails),
                ExportColumn::Addresses if self.in_parts => addresses(&mut cells, full, self.addresses),
                ExportColumn::Addresses => reaches(&mut cells, full, ReachKind::Post, self.addresses),
                ExportColumn::Consents => {
                    cells.extend([ReachKind::Phone, ReachKind::Email, ReachKind::Post].map(consent));
                }
                ExportColumn::RecordId => {
                    cells.push(someone.external_id.clone().unwrap_or_else(|| someone.id.to_string()));
                }
                ExportColumn::Name => cells.push(someone.name.clone()),
                ExportColumn::Given => cells.push(someone.given.clone()),
                ExportColumn::Family => cells.push(someone.family.clone()),
                ExportColumn::Organisation => cells.push(full.organisation.clone()),
                ExportColumn::RoleTitle => cells.push(full.title.clone()),
                ExportColumn::Standing => cells.push(someone.standing.as_str().to_owned()),
                ExportColumn::BirthDay => cells.push(someone.birth_day.clone()),
                ExportColumn::Place => cells.push(someone.place.clone()),
                ExportColumn::Country => cells.push(someone.country.clone().unwrap_or_default()),
                ExportColumn::Zone => cells.push(someone.zone.clone().unwrap_or_default()),
                ExportColumn::Fields => {
                    cells.extend(
                        self.fields.iter().map(|field| full.fields.get(&field.id).cloned().unwrap_or_default()),
                    );
                }
                ExportColumn::Tags => cells.push(together(&full.tags, &[',', ';', '|', '"'])),
                ExportColumn::Notes => cells.push(together(&full.facts, &[])),
                ExportColumn::Source => cells.push(someone.source.clone()),
                ExportColumn::DoNotCall => cells.push(if someone.do_not_call { "yes" } else { "" }.to_owned()),
            }
        }
        cells
    }
}

pub(super) fn cells(mut piece: &[u8]) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (length, rest) = piece.split_first_chunk()?;
        let (cell, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        piece = rest;
        std::str::from_utf8(cell).ok()
    })
}

fn reaches(cells: &mut Vec<String>, full: &Full, kind: ReachKind, columns: usize) {
    let of_kind: Vec<&ReachRow> = full.reaches.iter().filter(|reach| reach.kind == kind).collect();
    for at in 0..columns {
        let last = at + 1 == columns;
        let here = if last { of_kind.get(at..) } else { of_kind.get(at..=at) }.unwrap_or_default();
        cells.push(here.first().map(|reach| reach.label.clone()).unwrap_or_default());
        cells.push(here.iter().map(|reach| packed(&reach.written())).collect::<Vec<_>>().join(BETWEEN));
    }
}

/// Each as it stands on a letter, and in its parts where those are known.
fn addresses(cells: &mut Vec<String>, full: &Full, columns: usize) {
    let letters = full.reaches.iter().filter(|reach| reach.kind == ReachKind::Post);
    let letters = letters.map(|reach| (reach.label.as_str(), Some(reach), reach.parts.as_ref()));
    let all: Vec<_> = letters.chain(full.nowhere.iter().map(|one| (one.label.as_str(), None, Some(one)))).collect();
    for at in 0..columns {
        let last = at + 1 == columns;
        let here = if last { all.get(at..) } else { all.get(at..=at) }.unwrap_or_default();
        cells.push(here.first().map(|(label, ..)| (*label).to_owned()).unwrap_or_default());
        let letters = here.iter().filter_map(|(_, reach, _)| *reach);
        cells.push(letters.map(|reach| packed(&reach.written())).collect::<Vec<_>>().join(BETWEEN));
        let parts: Vec<[&str; 5]> = here.iter().filter_map(|(.., parts)| parts.map(AddressRow::parts)).collect();
        cells.extend((0..PARTS.len()).map(|part| {
            // A piece that says nothing keeps its place among the others.
            let said = parts.iter().any(|one| !one[part].is_empty());
            let pieces = parts.iter().filter(|_| said).map(|one| packed(one[part]));
            pieces.collect::<Vec<_>>().join(BETWEEN)
        }));
    }
}

/// A separator at the end tells the importer that this is a list, where one of its pieces could be taken for several.
fn together(pieces: &[String], taken_apart_at: &[char]) -> String {
    let doubtful = pieces.len() == 1 && pieces[0].contains(taken_apart_at);
    let text = pieces.iter().map(|piece| packed(piece)).collect::<Vec<_>>().join(BETWEEN);
    if doubtful { format!("{text}{BETWEEN}").trim_end().to_owned() } else { text }
}

// --- text ----------------------------------------------------------------------------------------------------------

pub(super) struct Text {
    csv: csv::Writer<BufWriter<File>>,
    form: ExportForm,
}

impl Text {
    pub fn create(part: &Path, form: ExportForm, delimiter: u8, header: &[String]) -> Result<Self> {
        let mut file = BufWriter::new(File::create(part)?);
        if form == ExportForm::ForSpreadsheet {
            // Excel takes a file without this mark for an old encoding.
            file.write_all("\u{feff}".as_bytes())?;
        }
        let terminator = match form {
            ExportForm::ForSpreadsheet => csv::Terminator::CRLF,
            ExportForm::Exact => csv::Terminator::Any(b'\n'),
        };
        let mut csv = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(file);
        csv.write_record(header).map_err(failed)?;
        Ok(Self { csv, form })
    }

    pub fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        for cell in cells {
            let cell = if self.form == ExportForm::ForSpreadsheet { guarded(cell) } else { cell.into() };
            self.csv.write_field(cell.as_bytes()).map_err(failed)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(failed)
    }

    pub fn finish(self) -> Result<()> {
        let file = self.csv.into_inner().map_err(|error| Error::from(error.into_error()))?;
        let file = file.into_inner().map_err(|error| Error::from(error.into_error()))?;
        file.sync_all()?;
        Ok(())
    }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Error::internal(format!("{other:?}")),
    }
}

/// What a spreadsheet would run as a formula becomes text. Numbers, and phone numbers above all, stay what they are.
fn guarded(cell: &str) -> Cow<'_, str> {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if runs && !is_plain_number(cell) { format!("'{cell}").into() } else { cell.into() }
}

fn is_plain_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let plain = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1
        && digits.starts_with(|mark: char| mark.is_ascii_digit());
    // Several numbers in one cell are as harmless as one.
    plain || cell.split(BETWEEN).all(|piece| piece.starts_with('+') && phone::parse(piece, "").is_ok())
}

// --- a workbook ----------------------------------------------------------------------------------------------------

/// Every cell is text: nothing is a formula, and no number loses its zero. Rows go to disk as they come.
pub(super) struct Sheet {
    book: Workbook,
    header: Vec<String>,
    row: u32,
    sheets: u32,
}

impl Sheet {
    pub fn create(header: Vec<String>) -> Result<Self> {
        let mut sheet = Self { book: Workbook::new(), header, row: 0, sheets: 0 };
        // When it was made is in the log of exports. In the file it would make two of the same people differ.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(not_written)?;
        sheet.book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        sheet.begin()?;
        Ok(sheet)
    }

    fn begin(&mut self) -> Result<()> {
        self.sheets += 1;
        let name = if self.sheets == 1 { "People".to_owned() } else { format!("People {}", self.sheets) };
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(not_written)?;
        sheet.set_name(name).map_err(not_written)?;
        sheet.set_freeze_panes(1, 0).map_err(not_written)?;
        let bold = Format::new().set_bold();
        for (at, name) in (0_u16..).zip(&self.header) {
            let width = if name.ends_with("Label") { 10.0 } else { 20.0 };
            sheet.set_column_width(at, width).map_err(not_written)?;
            sheet.write_string_with_format(0, at, name, &bold).map_err(not_written)?;
        }
        self.row = 1;
        Ok(())
    }

    pub fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) -> Result<()> {
        if self.row == SHEET_ROWS_MAX {
            self.begin()?;
        }
        let sheet = self.book.worksheet_from_index(self.sheets as usize - 1).map_err(not_written)?;
        for (at, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match cell.char_indices().nth(SHEET_CELL_MAX_CHARS / 2) {
                // Excel counts UTF-16; what is longer than a cell can be is cut, and says so.
                Some(_) if cell.encode_utf16().count() > SHEET_CELL_MAX_CHARS => {
                    let cut: String = cell.chars().take(SHEET_CELL_MAX_CHARS / 2 - 1).chain(['…']).collect();
                    sheet.write_string(self.row, at, cut).map_err(not_written)?;
                }
                _ => drop(sheet.write_string(self.row, at, cell).map_err(not_written)?),
            }
        }
        self.row += 1;
        Ok(())
    }

    pub fn finish(mut self, part: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(part)?);
        self.book.save_to_writer(&mut file).map_err(not_written)?;
        let file = file.into_inner().map_err(|error| Error::from(error.into_error()))?;
        file.sync_all()?;
        Ok(())
    }
}

fn not_written(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => error.into(),
        other => Error::internal(other.to_string()),
    }
}
