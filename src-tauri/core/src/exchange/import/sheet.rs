//! A workbook's sheet as rows. The sheet is read as a stream on a thread of its own; what has to be held is the workbook's
//! table of texts, and how large that may be is looked at before anything of it is unpacked for good.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::recognise::{self, Field};
use super::rows::{BadRow, COLUMNS_MAX, HEADER_WITHIN_ROWS, Head, Row, filled};
use crate::error::{Error, Result};

/// What a workbook's texts may take unpacked: they are held while it is read.
const TEXTS_MAX_BYTES: u64 = 256 << 20;
/// What one sheet may take unpacked: a million rows of twenty columns are about one of these.
const PART_MAX_BYTES: u64 = 4 << 30;
/// Sheets pack ten to fifty times. What packs more than this is made to fill a machine.
const RATIO_MAX: u64 = 200;
/// Below this no ratio is looked at: an empty sheet packs well.
const RATIO_FROM_BYTES: u64 = 16 << 20;
/// More bytes than this between two tags are no cell of anyone.
const TEXT_MAX_BYTES: usize = 16 << 20;
const PARTS_MAX: usize = 10_000;
/// Excel's own limit.
const SHEET_COLUMNS_MAX: u32 = 16_384;
const ROWS_AHEAD: usize = 256;
/// How much of each sheet is looked at to find the one with the people.
const LOOKED_AT_ROWS: usize = 60;

type Book = Xlsx<BufReader<File>>;

pub struct Sheet {
    rows: Receiver<Sent>,
    head: Head,
    ahead: VecDeque<Row>,
    ended: bool,
    path: PathBuf,
    /// Rows above the header: a title, a date.
    pub passed_over: usize,
    pub name: String,
    /// The visible sheets of the workbook.
    pub names: Vec<String>,
    /// Those that are not read and have rows as well.
    pub others: Vec<String>,
    lost: Arc<Lost>,
    last_row: u64,
    row: u64,
    file_bytes: u64,
}

/// Cells that say nothing though somebody sees something there, of the rows that were read.
#[derive(Default)]
struct Lost {
    /// `#N/A` and the like.
    errors: AtomicU32,
    /// Formulas that no program has worked out yet.
    formulas: AtomicU32,
}

impl Lost {
    fn note(&self, value: &DataRef<'_>, is_formula: bool) {
        match value {
            DataRef::Error(_) => self.errors.fetch_add(1, Ordering::Relaxed),
            DataRef::Empty if is_formula => self.formulas.fetch_add(1, Ordering::Relaxed),
            _ => return,
        };
    }
}

enum Sent {
    Opened {
        name: String,
        names: Vec<String>,
        others: Vec<String>,
        last_row: u64,
        merged: Vec<Dimensions>,
    },
    Row(Row),
    /// Every row was sent: a reader that falls silent before has come to grief over the file.
    End,
    Failed(Error),
}

impl Sheet {
    /// `wanted`: the sheet to read; else the one that looks most like a list of people.
    pub fn open(path: &Path, country: &str, wanted: Option<&str>) -> Result<Self> {
        let merged = look_inside(path)?;
        let (to_reader, rows) = sync_channel(ROWS_AHEAD);
        let (path_owned, country, wanted) = (path.to_owned(), country.to_owned(), wanted.map(str::to_owned));
        let lost = Arc::new(Lost::default());
        let counted = lost.clone();
        std::thread::spawn(move || {
            let last = match feed(&path_owned, &country, wanted.as_deref(), merged, &counted, &to_reader) {
                Ok(()) => Sent::End,
                Err(error) => Sent::Failed(error),
            };
            // Nobody listens any more where the reader was dropped.
            let _ = to_reader.send(last);
        });
        let (name, names, others, last_row, merged) = match rows.recv() {
            Ok(Sent::Opened { name, names, others, last_row, merged }) => (name, names, others, last_row, merged),
            Ok(Sent::Failed(error)) => return Err(error),
            _ => return Err(came_to_grief(path)),
        };
        let mut sheet = Self {
            rows,
            head: Head::default(),
            ahead: VecDeque::new(),
            ended: false,
            path: path.to_owned(),
            passed_over: 0,
            name,
            names,
            others,
            lost,
            last_row,
            row: 0,
            file_bytes: std::fs::metadata(path)?.len(),
        };
        sheet.read_header(path, &merged)?;
        Ok(sheet)
    }

    pub fn header(&self) -> &[String] {
        &self.head.names
    }

    pub fn has_header(&self) -> bool {
        self.head.given
    }

    /// How many cells with an error, and how many formulas without a result, are taken for empty so far.
    pub fn lost(&self) -> [u32; 2] {
        [&self.lost.errors, &self.lost.formulas].map(|count| count.load(Ordering::Relaxed))
    }

    /// As far as the rows tell.
    pub fn bytes_read(&self) -> u64 {
        (self.file_bytes * self.row.min(self.last_row)).checked_div(self.last_row).unwrap_or(self.file_bytes)
    }

    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        loop {
            let row = match self.ahead.pop_front() {
                Some(row) => row,
                None => match self.receive()? {
                    Some(row) => row,
                    None => return Ok(None),
                },
            };
            if filled(&row.cells) > 0 {
                return Ok(Some(self.head.judge(row, None)));
            }
        }
    }

    fn receive(&mut self) -> Result<Option<Row>> {
        if self.ended {
            return Ok(None);
        }
        match self.rows.recv() {
            Ok(Sent::Row(row)) => {
                self.row = row.line;
                Ok(Some(row))
            }
            Ok(Sent::Failed(error)) => Err(error),
            Ok(Sent::Opened { .. }) => Err(Error::internal("a workbook was opened twice")),
            Ok(Sent::End) => {
                self.ended = true;
                Ok(None)
            }
            Err(_) => Err(came_to_grief(&self.path)),
        }
    }

    fn read_header(&mut self, path: &Path, merged: &[Dimensions]) -> Result<()> {
        let mut first: Vec<Row> = Vec::new();
        while first.len() < HEADER_WITHIN_ROWS
            && let Some(row) = self.receive()?
        {
            if filled(&row.cells) > 0 {
                first.push(row);
            }
        }
        let at = header_at(&first.iter().map(|row| row.cells.as_slice()).collect::<Vec<_>>());
        let Some(at) = at else {
            return Err(Error::invalid(format!(
                "The sheet “{}” of {} has no rows. Choose another sheet, or export the list again.",
                self.name,
                path.display()
            )));
        };
        let mut rest = first.split_off(at);
        let mut header = rest.remove(0);
        spread(&mut header, merged);
        while header.cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            header.cells.pop();
        }
        if header.cells.len() > COLUMNS_MAX {
            return Err(Error::invalid(format!(
                "The sheet “{}” has {} columns; at most {COLUMNS_MAX} are read. Keep the columns about people and leave the others out.",
                self.name,
                header.cells.len()
            )));
        }
        self.passed_over = at;
        self.head = Head::of(&header.cells);
        if !self.head.given {
            rest.insert(0, header);
        }
        self.ahead = rest.into();
        Ok(())
    }
}

/// The header is the first row that is about as wide as the widest: titles above it are narrow.
fn header_at(rows: &[&[String]]) -> Option<usize> {
    let widest = rows.iter().map(|row| filled(row)).max().filter(|width| *width > 0)?;
    rows.iter().position(|row| filled(row) * 2 >= widest)
}

/// "Phone" over two columns names both.
fn spread(header: &mut Row, merged: &[Dimensions]) {
    for area in merged.iter().filter(|area| u64::from(area.start.0) + 1 == header.line) {
        let (from, to) = (area.start.1 as usize, (area.end.1 as usize).min(COLUMNS_MAX));
        let Some(name) = header.cells.get(from).cloned() else { continue };
        if header.cells.len() <= to {
            header.cells.resize(to + 1, String::new());
        }
        for cell in header.cells[from..=to].iter_mut().filter(|cell| cell.is_empty()) {
            cell.clone_from(&name);
        }
    }
}

fn feed(
    path: &Path,
    country: &str,
    wanted: Option<&str>,
    merges: bool,
    lost: &Lost,
    to_reader: &SyncSender<Sent>,
) -> Result<()> {
    let at = |error: XlsxError| unreadable(path, &error);
    let mut book: Book = calamine::open_workbook(path).map_err(at)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let name = match wanted {
        Some(wanted) => names.iter().find(|name| *name == wanted).cloned().ok_or_else(|| {
            Error::invalid(format!(
                "There is no sheet “{wanted}” in {}. Its sheets are: {}.",
                path.display(),
                names.join(", ")
            ))
        })?,
        None => sheet_of_people(&mut book, &names, country, path)?,
    };
    let merged = if merges { book.merge_cells_by_sheet_name(&name).map_err(at)? } else { Vec::new() };
    let mut down = Down::of(&merged);
    // What cannot be read of a sheet that nobody asked for is no fault of the one that is read.
    let has_rows =
        |other: &&String| **other != name && first_rows(&mut book, other, path).is_ok_and(|rows| rows.len() > 1);
    let others: Vec<String> = names.iter().filter(has_rows).cloned().collect();
    let mut cells = book.worksheet_cells_reader(&name).map_err(at)?;
    let last_row = u64::from(cells.dimensions().end.0) + 1;
    let opened = Sent::Opened { name, names, others, last_row, merged };
    if to_reader.send(opened).is_err() {
        return Ok(());
    }
    let mut row: Option<Row> = None;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(at)? {
        let (line, column) = (u64::from(cell.pos.0) + 1, cell.pos.1);
        if column >= SHEET_COLUMNS_MAX {
            continue;
        }
        if row.as_ref().is_none_or(|row| row.line != line)
            && let Some(done) = row.replace(Row { line, cells: Vec::new() })
            && to_reader.send(Sent::Row(down.fill(done))).is_err()
        {
            return Ok(());
        }
        let Some(row) = &mut row else { continue };
        let text = written(&cell.value);
        lost.note(&cell.value, cell.formula.is_some());
        if !text.is_empty() {
            let column = column as usize;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            row.cells[column] = text;
        }
    }
    if let Some(done) = row {
        let _ = to_reader.send(Sent::Row(down.fill(done)));
    }
    Ok(())
}

/// One employer over three people's rows is each one's employer.
struct Down {
    areas: Vec<(Dimensions, String)>,
}

impl Down {
    fn of(merged: &[Dimensions]) -> Self {
        let mut areas: Vec<(Dimensions, String)> =
            merged.iter().filter(|area| area.end.0 > area.start.0).map(|area| (*area, String::new())).collect();
        areas.sort_by_key(|(area, _)| std::cmp::Reverse(area.start.0));
        Self { areas }
    }

    fn fill(&mut self, mut row: Row) -> Row {
        let at = u32::try_from(row.line - 1).unwrap_or(u32::MAX);
        // Those that begin latest stand first; those that are over are looked at no more.
        while self.areas.last().is_some_and(|(area, _)| area.end.0 < at) {
            self.areas.pop();
        }
        for (area, text) in self.areas.iter_mut().rev() {
            if area.start.0 > at {
                break;
            }
            let column = area.start.1 as usize;
            if area.start.0 == at {
                *text = row.cells.get(column).cloned().unwrap_or_default();
            } else if at <= area.end.0 && !text.is_empty() {
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, String::new());
                }
                if row.cells[column].is_empty() {
                    row.cells[column].clone_from(text);
                }
            }
        }
        row
    }
}

/// The rows with which a sheet begins, empty ones aside. A chart among the sheets has none.
fn first_rows(book: &mut Book, name: &str, path: &Path) -> Result<Vec<Vec<String>>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(rows) };
    let mut line = None;
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(path, &error))? {
        let (row, column) = cell.get_position();
        if line != Some(row) {
            if rows.len() == LOOKED_AT_ROWS {
                break;
            }
            line = Some(row);
            rows.push(Vec::new());
        }
        if let Some(last) = rows.last_mut()
            && (column as usize) < COLUMNS_MAX
        {
            last.resize(last.len().max(column as usize + 1), String::new());
            last[column as usize] = written(cell.get_value());
        }
    }
    rows.retain(|row| filled(row) > 0);
    Ok(rows)
}

/// The sheet most of whose columns say what a list of people says.
fn sheet_of_people(book: &mut Book, names: &[String], country: &str, path: &Path) -> Result<String> {
    let mut best: Option<(usize, &String)> = None;
    for name in names {
        let rows = first_rows(book, name, path)?;
        let slices: Vec<&[String]> = rows.iter().take(HEADER_WITHIN_ROWS).map(Vec::as_slice).collect();
        let Some(at) = header_at(&slices) else { continue };
        let head = Head::of(&rows[at]);
        let columns = recognise::recognise(&head.names, &rows[at + 1..], country);
        let known = columns.iter().filter(|column| column.field != Field::Skip).count();
        let score = if recognise::check(&columns).is_ok() { known * 1_000 + rows.len() } else { 0 };
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name.clone()).ok_or_else(|| {
        Error::invalid(format!("{} has no sheet with rows in it. Export the list again.", path.display()))
    })
}

fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // A number of a phone or a member is whole; 1e15 is where a spreadsheet has no digits left.
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(when) if when.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = when.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTime(when) => when.as_f64().to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // "#N/A" is what a formula found: nothing.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Unpacks everything once into nothing, so that what would fill the machine is refused before it is held. Answers
/// whether any sheet has merged cells.
fn look_inside(path: &Path) -> Result<bool> {
    let bomb = |what: &str| {
        Error::invalid(format!(
            "{} {what}. It is no list that a spreadsheet wrote; if you trust it, save its sheet as CSV.",
            path.display()
        ))
    };
    let damaged = |error: &dyn std::fmt::Display| {
        Error::invalid(format!(
            "{} is damaged ({error}): its copy or download may have been cut short. Get it again.",
            path.display()
        ))
    };
    let mut zip = zip::ZipArchive::new(BufReader::new(File::open(path)?)).map_err(|error| damaged(&error))?;
    if zip.len() > PARTS_MAX {
        return Err(bomb("is packed of too many pieces"));
    }
    let mut merges = false;
    let mut block = vec![0; 64 << 10];
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.to_ascii_lowercase();
        // Pictures and the like are never unpacked.
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let is_texts = name.ends_with("sharedstrings.xml");
        let is_sheet = name.contains("worksheets/");
        let most = if is_texts || !is_sheet { TEXTS_MAX_BYTES } else { PART_MAX_BYTES };
        let packed = part.compressed_size().max(1);
        let (mut unpacked, mut since_tag) = (0_u64, 0_usize);
        let mut tail: Vec<u8> = Vec::new();
        loop {
            let read = part.read(&mut block).map_err(|error| damaged(&error))?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            if unpacked > most || (unpacked > RATIO_FROM_BYTES && unpacked / packed > RATIO_MAX) {
                return Err(bomb("unpacks to far more than a list of people"));
            }
            match block[..read].iter().rposition(|byte| *byte == b'<') {
                Some(last) => since_tag = read - last,
                None => since_tag += read,
            }
            if since_tag > TEXT_MAX_BYTES {
                return Err(bomb("has a cell longer than a book"));
            }
            if is_sheet && !merges {
                // The mark may fall across two blocks.
                tail.extend_from_slice(&block[..read]);
                merges = tail.windows(MERGE.len()).any(|window| window == MERGE);
                let keep = tail.len().saturating_sub(MERGE.len());
                tail.drain(..keep);
            }
        }
    }
    Ok(merges)
}

const MERGE: &[u8] = b"<mergeCell";

fn came_to_grief(path: &Path) -> Error {
    Error::invalid(format!(
        "{} is damaged inside. Open it in a spreadsheet and save it as .xlsx or CSV (UTF-8) again.",
        path.display()
    ))
}

fn unreadable(path: &Path, error: &XlsxError) -> Error {
    let shown: PathBuf = path.to_owned();
    match error {
        XlsxError::Password => {
            Error::invalid(format!("{} has a password. Save it without one, then choose it again.", shown.display()))
        }
        other => Error::invalid(format!(
            "{} could not be read ({other}). Open it in a spreadsheet and save it as .xlsx or CSV (UTF-8) again.",
            shown.display()
        )),
    }
}
