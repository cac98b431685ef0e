//! Rows out of a file of any size, in bounded memory. A row that cannot be read is answered with its line and why, and
//! the next one is read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use csv_core::ReadRecordResult;
use encoding_rs::{CoderResult, Decoder, REPLACEMENT};
use serde::{Deserialize, Serialize};

use super::sniff;
use crate::error::{Error, Result};

pub const COLUMNS_MAX: usize = 1_000;
pub const CELL_MAX_BYTES: usize = 256 << 10;
/// A row is held whole while it is read; one that is longer has no line end that belongs to it.
const ROW_MAX_BYTES: usize = 16 << 20;
const BLOCK_BYTES: usize = 64 << 10;
/// Past this many the quotation marks of the file do not pair at all, and every further row would be a guess.
const UNCLOSED_MAX: u32 = 25;

/// An open file with its header read.
pub struct Table {
    path: PathBuf,
    text: Text,
    parser: csv_core::Reader,
    cells: Vec<u8>,
    ends: Vec<usize>,
    unclosed: u32,
    header: Vec<String>,
    /// Rows that were read while the header was looked for.
    ahead: Vec<Row>,
    pub has_header: bool,
    pub delimiter: char,
    pub encoding: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where the row begins in the file, from 1.
    pub line: u64,
    pub cells: Vec<String>,
}

/// A row that is not brought in, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    pub line: u64,
    pub cells: Vec<String>,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    #[error("it has {cells} cells where the header has {columns}: a quotation mark or delimiter is probably missing")]
    TooManyCells { cells: usize, columns: usize },
    #[error("the cell under “{column}” is longer than {} KB", CELL_MAX_BYTES >> 10)]
    CellTooLong { column: String },
    #[error("it is longer than {} MB", ROW_MAX_BYTES >> 20)]
    RowTooLong,
    #[error("a quotation mark opens on this line and never closes")]
    UnclosedQuote,
    #[error("the file ends in the middle of this row: it may have been cut off")]
    CutOff,
    #[error("it has bytes that are not {encoding} text")]
    NotText { encoding: String },
    #[error("it is the header again")]
    HeaderAgain,
    /// What the book said to it.
    #[error("{message}")]
    Refused { message: String },
}

impl Table {
    /// `country` (ISO 3166) helps to tell the old eight-bit encodings apart.
    pub fn open(path: &Path, country: &str) -> Result<Self> {
        let (file, kind) = sniff::open(path, country)?;
        let mut text = Text::new(file, kind);
        while text.rest().len() < BLOCK_BYTES && text.more()? {}
        let sample = floor_char(text.rest(), BLOCK_BYTES);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (delimiter, named) = sniff::delimiter(sample, &name);
        if named {
            let end = sample.find(['\r', '\n']).unwrap_or(sample.len());
            text.take(end);
        }
        let mut table = Self {
            path: path.to_owned(),
            text,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            cells: vec![0; 4 << 10],
            ends: vec![0; 64],
            unclosed: 0,
            header: Vec::new(),
            ahead: Vec::new(),
            has_header: true,
            delimiter: delimiter.into(),
            encoding: kind.encoding.name(),
        };
        table.read_header()?;
        Ok(table)
    }

    /// How much of the file was taken in, in bytes.
    pub fn bytes_read(&self) -> u64 {
        self.text.bytes_read
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// One name a column, none of them twice.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row; `Ok(None)` at the end. An error is about the file, and ends it.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        if let Some(row) = self.ahead.pop() {
            return Ok(Some(Ok(row)));
        }
        loop {
            let Some(read) = self.record()? else { return Ok(None) };
            let judged = read.and_then(|row| self.judge(row));
            // Rows of delimiters alone are how spreadsheets end a list.
            if matches!(&judged, Ok(row) if row.cells.iter().all(|cell| cell.trim().is_empty())) {
                continue;
            }
            return Ok(Some(judged));
        }
    }

    fn read_header(&mut self) -> Result<()> {
        let shown = self.path.display().to_string();
        let first = loop {
            match self.record()? {
                None => {
                    return Err(Error::invalid(match self.text.nothing_but_zeros() {
                        true => format!(
                            "{shown} has nothing but empty bytes: its copy or download was cut short. Get it again."
                        ),
                        false => format!("{shown} has no rows. Export the list again."),
                    }));
                }
                Some(Ok(row)) if row.cells.iter().all(|cell| cell.trim().is_empty()) => {}
                Some(Ok(row)) => break row,
                Some(Err(bad)) => {
                    return Err(Error::invalid(format!(
                        "The header of {shown} (line {}) cannot be read: {}. Open the file in a spreadsheet and save it as CSV (UTF-8) again.",
                        bad.line, bad.why
                    )));
                }
            }
        };
        if first.cells.len() > COLUMNS_MAX {
            return Err(Error::invalid(format!(
                "{shown} has {} columns; at most {COLUMNS_MAX} are read. Keep the columns about people and leave the others out.",
                first.cells.len()
            )));
        }
        if looks_like_data(&first.cells) {
            self.has_header = false;
            self.header = (1..=first.cells.len()).map(|number| format!("Column {number}")).collect();
            self.ahead.push(first);
        } else {
            self.header = unique(&first.cells);
        }
        Ok(())
    }

    fn judge(&self, mut row: Row) -> Result<Row, BadRow> {
        let bad = |row: Row, why| Err(BadRow { line: row.line, cells: row.cells, why });
        if let Some(at) = row.cells.iter().position(|cell| cell.len() > CELL_MAX_BYTES) {
            let column = self.header.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
            // The rejected rows go back as a file: a cell of megabytes would make that unusable.
            for cell in &mut row.cells {
                if cell.len() > CELL_MAX_BYTES {
                    *cell = format!("{}…", floor_char(cell.as_bytes(), 1 << 10));
                }
            }
            return bad(row, Why::CellTooLong { column });
        }
        let columns = self.header.len();
        if row.cells.len() > columns && row.cells[columns..].iter().any(|cell| !cell.trim().is_empty()) {
            let cells = row.cells.len();
            row.cells.truncate(COLUMNS_MAX);
            return bad(row, Why::TooManyCells { cells, columns });
        }
        if row.cells.iter().any(|cell| cell.contains('\u{fffd}')) {
            return bad(row, Why::NotText { encoding: self.encoding.to_owned() });
        }
        if self.text.ended
            && self.text.rest().is_empty()
            && !self.text.ended_on_a_line
            && columns > 1
            && row.cells.len() < columns
        {
            return bad(row, Why::CutOff);
        }
        if self.has_header && columns > 1 && row.cells.len() == columns && unique(&row.cells) == self.header {
            return bad(row, Why::HeaderAgain);
        }
        row.cells.truncate(columns);
        row.cells.resize(columns, String::new());
        Ok(row)
    }

    /// One record as the delimiter and the quotation marks cut it.
    fn record(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        let (mut scanned, mut written, mut count) = (0, 0, 0);
        loop {
            let all = scanned == self.text.rest().len();
            if all && !self.text.ended && scanned <= ROW_MAX_BYTES {
                self.text.more()?;
                continue;
            }
            let blank = all && self.text.rest().iter().all(|byte| matches!(byte, b'\r' | b'\n'));
            if blank {
                return Ok(None);
            }
            // At the end a last line end completes the record, unless it falls into an open quotation.
            let input: &[u8] = if all { b"\n" } else { &self.text.rest()[scanned..] };
            let (result, read, out, ends) =
                self.parser.read_record(input, &mut self.cells[written..], &mut self.ends[count..]);
            written += out;
            count += ends;
            if !all {
                scanned += read;
            }
            match result {
                ReadRecordResult::InputEmpty if all => return self.give_up(true).map(Some),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record if all && !self.text.ended => return self.give_up(false).map(Some),
                ReadRecordResult::Record => {
                    let line = self.text.take(scanned);
                    let mut from = 0;
                    let cells = self.ends[..count].iter().map(|end| {
                        let cell = String::from_utf8_lossy(&self.cells[from..*end]).into_owned();
                        from = *end;
                        cell
                    });
                    let cells: Vec<String> = cells.collect();
                    // A giant row must not leave its buffers to every row after it.
                    if self.cells.len() > (1 << 20) {
                        self.cells = vec![0; 4 << 10];
                    }
                    return Ok(Some(Ok(Row { line, cells })));
                }
            }
        }
    }

    /// The row that begins here cannot be read to its end: it goes back as one line, and reading goes on at the next.
    fn give_up(&mut self, quoted: bool) -> Result<Result<Row, BadRow>> {
        self.parser.reset();
        let ends_here = self.text.ended;
        let rest = self.text.rest();
        let start = rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
        let end = rest[start..].iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let length = end.unwrap_or(rest.len() - start);
        let raw = floor_char(&rest[start..], end.unwrap_or(usize::MAX).min(4 << 10)).to_owned();
        let why = match (quoted, end) {
            (true, Some(_)) => Why::UnclosedQuote,
            (true, None) if ends_here => Why::CutOff,
            _ => Why::RowTooLong,
        };
        let line = self.text.take(start + length);
        if end.is_none() {
            self.text.skip_line()?;
        }
        self.unclosed += 1;
        if self.unclosed > UNCLOSED_MAX {
            return Err(Error::invalid(format!(
                "The quotation marks in {} do not pair (line {line} and {UNCLOSED_MAX} before it). Open the file in a spreadsheet and save it as CSV (UTF-8) again.",
                self.path.display()
            )));
        }
        Ok(Err(BadRow { line, cells: vec![raw], why }))
    }
}

/// The decoded text from where the next record begins.
struct Text {
    file: File,
    decoder: Decoder,
    mark_bytes: usize,
    raw: Vec<u8>,
    bytes: Vec<u8>,
    /// Where in `bytes` the next record begins.
    at: usize,
    /// Everything of the file is in `bytes`.
    ended: bool,
    ended_on_a_line: bool,
    line: u64,
    after_return: bool,
    zeros: u64,
    others: u64,
    bytes_read: u64,
}

impl Text {
    fn new(file: File, kind: sniff::Text) -> Self {
        // What the detector answers for a stateful encoding that nobody may use is decoded as Latin.
        let encoding = if kind.encoding == REPLACEMENT { encoding_rs::WINDOWS_1252 } else { kind.encoding };
        Self {
            file,
            decoder: encoding.new_decoder_without_bom_handling(),
            mark_bytes: kind.mark_bytes,
            raw: vec![0; BLOCK_BYTES],
            bytes: Vec::with_capacity(2 * BLOCK_BYTES),
            at: 0,
            ended: false,
            ended_on_a_line: false,
            line: 1,
            after_return: false,
            zeros: 0,
            others: 0,
            bytes_read: 0,
        }
    }

    /// Decodes another block; `false` at the end.
    fn more(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let read = loop {
            match self.file.read(&mut self.raw) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.bytes_read += read as u64;
        self.bytes.drain(..self.at);
        self.at = 0;
        let skipped = self.mark_bytes.min(read);
        self.mark_bytes -= skipped;
        let mut input = &self.raw[skipped..read];
        let last = read == 0;
        let from = self.bytes.len();
        loop {
            let start = self.bytes.len();
            let room = self.decoder.max_utf8_buffer_length(input.len()).unwrap_or(4 * BLOCK_BYTES);
            self.bytes.resize(start + room, 0);
            let (result, taken, written, _) = self.decoder.decode_to_utf8(input, &mut self.bytes[start..], last);
            self.bytes.truncate(start + written);
            input = &input[taken..];
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        // Some programs pad with zero bytes; they are no letters of anyone's name.
        let fresh = self.bytes.len() - from;
        if self.bytes[from..].contains(&0) {
            let mut kept: Vec<u8> = self.bytes.split_off(from);
            kept.retain(|byte| *byte != 0);
            self.bytes.append(&mut kept);
        }
        let kept = self.bytes.len() - from;
        self.zeros += (fresh - kept) as u64;
        self.others += kept as u64;
        if let Some(byte) = self.bytes.last() {
            self.ended_on_a_line = matches!(byte, b'\r' | b'\n');
        }
        self.ended = last;
        Ok(!last)
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    fn nothing_but_zeros(&self) -> bool {
        self.zeros > 0 && self.others == 0
    }

    /// Leaves `count` bytes behind; answers the line on which they begin, line ends before them aside.
    fn take(&mut self, count: usize) -> u64 {
        let mut begins = None;
        for byte in &self.bytes[self.at..self.at + count] {
            match byte {
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => self.line += 1,
                _ => begins = begins.or(Some(self.line)),
            }
            self.after_return = *byte == b'\r';
        }
        self.at += count;
        begins.unwrap_or(self.line)
    }

    /// Leaves the rest of a line behind, however long, without holding it.
    fn skip_line(&mut self) -> Result<()> {
        loop {
            if let Some(end) = self.rest().iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
                self.take(end);
                return Ok(());
            }
            self.at = self.bytes.len();
            if !self.more()? {
                return Ok(());
            }
        }
    }
}

/// At most `max` bytes of the text that `bytes` begin with, cut between characters.
fn floor_char(bytes: &[u8], max: usize) -> &str {
    let cut = &bytes[..bytes.len().min(max)];
    match std::str::from_utf8(cut) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&cut[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// The cells of a header as column names: trimmed, numbered where empty or repeated.
fn unique(cells: &[String]) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    cells
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let name: String = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = if name.is_empty() { format!("Column {}", at + 1) } else { name };
            let times = seen.entry(name.to_lowercase()).and_modify(|times| *times += 1).or_insert(1);
            if *times > 1 { format!("{name} ({times})") } else { name }
        })
        .collect()
}

/// A first row with someone's address or number in it is no header.
fn looks_like_data(cells: &[String]) -> bool {
    cells.iter().any(|cell| {
        let cell = cell.trim();
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        (cell.contains('@') && email_address::EmailAddress::is_valid(cell))
            || (digits >= 7 && cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-() ./".contains(&byte)))
    })
}
