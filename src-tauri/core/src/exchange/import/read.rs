//! Rows out of a file of any size, in bounded memory. A row that cannot be read is answered with its line and why, and
//! the next one is read.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use csv_core::ReadRecordResult;

pub use super::rows::{BadRow, CELL_MAX_BYTES, COLUMNS_MAX, Row, Why};
use super::rows::{HEADER_WITHIN_ROWS, Head, ROW_MAX_BYTES, filled, floor_char};
use super::sniff;
use super::text::{BLOCK_BYTES, Text};
use crate::error::{Error, Result};

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
    head: Head,
    /// Rows that were read while the header was looked for, and whether the file ended in each.
    ahead: VecDeque<(Result<Row, BadRow>, bool)>,
    /// Rows above the header: a title, or what a program says of its export.
    pub passed_over: usize,
    pub delimiter: char,
    pub encoding: &'static str,
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
            head: Head::default(),
            ahead: VecDeque::new(),
            passed_over: 0,
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
        &self.head.names
    }

    pub fn has_header(&self) -> bool {
        self.head.given
    }

    /// The next row; `Ok(None)` at the end. An error is about the file, and ends it.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        loop {
            let (read, cut) = match self.ahead.pop_front() {
                Some(ahead) => ahead,
                None => match self.record()? {
                    Some(read) => (read, self.ends_inside()),
                    None => return Ok(None),
                },
            };
            let judged = read.and_then(|row| self.judge(row, cut));
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
        let first = self.below_a_preamble(first)?;
        if first.cells.len() > COLUMNS_MAX {
            return Err(Error::invalid(format!(
                "{shown} has {} columns; at most {COLUMNS_MAX} are read. Keep the columns about people and leave the others out.",
                first.cells.len()
            )));
        }
        self.head = Head::of(&first.cells);
        if !self.head.given {
            self.ahead.push_front((Ok(first), false));
        }
        Ok(())
    }

    /// Some programs write what they say of an export above its header ("Notes:" of LinkedIn): a row of one cell is no
    /// header where a table of several columns begins soon below it.
    fn below_a_preamble(&mut self, first: Row) -> Result<Row> {
        if filled(&first.cells) > 1 {
            return Ok(first);
        }
        while self.ahead.len() < HEADER_WITHIN_ROWS
            && let Some(read) = self.record()?
        {
            let cut = self.ends_inside();
            let table = matches!(&read, Ok(row) if filled(&row.cells) > 2);
            self.ahead.push_back((read, cut));
            if table {
                break;
            }
        }
        if !matches!(self.ahead.back(), Some((Ok(row), _)) if filled(&row.cells) > 2) {
            return Ok(first);
        }
        self.passed_over = self.ahead.len();
        match self.ahead.pop_back() {
            Some((Ok(header), _)) => {
                self.ahead.clear();
                Ok(header)
            }
            _ => Ok(first),
        }
    }

    /// The file ended with the row that was read last, and not on a line's end.
    fn ends_inside(&self) -> bool {
        self.text.ended && self.text.rest().is_empty() && !self.text.ended_on_a_line
    }

    fn judge(&self, row: Row, cut: bool) -> Result<Row, BadRow> {
        let columns = self.head.names.len();
        if cut && columns > 1 && row.cells.len() < columns {
            return Err(BadRow { line: row.line, cells: row.cells, why: Why::CutOff });
        }
        self.head.judge(row, self.text.replaced.then_some(self.encoding))
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
