//! Rows as every kind of file gives them, and what makes one of them bad.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub const COLUMNS_MAX: usize = 1_000;
pub const CELL_MAX_BYTES: usize = 256 << 10;
/// A row is held whole while it is read; one that is longer has no line end that belongs to it.
pub(super) const ROW_MAX_BYTES: usize = 16 << 20;
/// As much of a cell as a reason repeats.
const SHORT_CHARS: usize = 60;
/// How far down a header may stand, below a title or what a program says of its export.
pub(super) const HEADER_WITHIN_ROWS: usize = 12;

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
    #[error("it is longer than {} MB: only how it begins came back, so bring it in by hand", ROW_MAX_BYTES >> 20)]
    RowTooLong,
    #[error("a quotation mark opens on this line and never closes: write what it says under its columns")]
    UnclosedQuote,
    #[error("the file ends in the middle of this row: it may have been cut off")]
    CutOff,
    #[error("it has bytes that are not {encoding} text")]
    NotText { encoding: String },
    #[error("it is the header again")]
    HeaderAgain,
    #[error("the contact has no name: write one under Name or Organisation")]
    NoName,
    #[error(
        "the contact has no END:VCARD, so what stood at its end may be missing: add that here, and bring this file in"
    )]
    CardUnended,
    #[error("the contact is a group, not a person: give its members a tag of that name once they are in the book")]
    Group,
    #[error("the contact is longer than {} KB, its pictures aside", super::cards::CARD_MAX_BYTES >> 10)]
    CardTooLong,
    /// What the book said to it.
    #[error("{message}")]
    Refused { message: String },
}

/// The names of a table's columns, and what they say of a row below them.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// One a column, none of them twice.
    pub names: Vec<String>,
    /// The file has a header; without one the columns are numbered.
    pub given: bool,
}

impl Head {
    /// Of the first row. One with someone's address or number in it is no header: it is a row itself.
    pub fn of(first: &[String]) -> Self {
        if looks_like_data(first) {
            let names = (1..=first.len()).map(|number| format!("Column {number}")).collect();
            Self { names, given: false }
        } else {
            Self { names: unique(first), given: true }
        }
    }

    /// The row as wide as the header, or what is wrong with it.
    /// `no_text_in`: the encoding in which something of the file could not be read.
    pub fn judge(&self, mut row: Row, no_text_in: Option<&str>) -> Result<Row, BadRow> {
        let bad = |row: Row, why| Err(BadRow { line: row.line, cells: row.cells, why });
        if let Some(at) = row.cells.iter().position(|cell| cell.len() > CELL_MAX_BYTES) {
            let column = self.names.get(at).cloned().unwrap_or_else(|| format!("column {}", at + 1));
            return bad(row, Why::CellTooLong { column });
        }
        let columns = self.names.len();
        if let Some(why) = self.not_mended(&row.cells) {
            return bad(row, why);
        }
        if row.cells.len() > columns && row.cells[columns..].iter().any(|cell| !cell.trim().is_empty()) {
            let cells = row.cells.len();
            return bad(row, Why::TooManyCells { cells, columns });
        }
        if let Some(encoding) = no_text_in
            && row.cells.iter().any(|cell| cell.contains('\u{fffd}'))
        {
            return bad(row, Why::NotText { encoding: encoding.to_owned() });
        }
        if self.given
            && columns > 1
            && row.cells.len() == columns
            && self.begins(&row)
            && unique(&row.cells) == self.names
        {
            return bad(row, Why::HeaderAgain);
        }
        row.cells.truncate(columns);
        row.cells.resize(columns, String::new());
        Ok(row)
    }

    /// Why a row came back as one line, where it still is one: taken for a row, the line would be somebody's name.
    fn not_mended(&self, cells: &[String]) -> Option<Why> {
        let at = self.names.iter().rposition(|name| name.starts_with(super::rejects::WHY)).filter(|at| *at > 0)?;
        let said = cells.get(at).filter(|cell| cell.starts_with("line "))?;
        let whys = [Why::UnclosedQuote, Why::CutOff, Why::RowTooLong];
        let why = whys.into_iter().find(|why| said.ends_with(&why.to_string()))?;
        let is_line = cells[1..].iter().enumerate().all(|(nth, cell)| nth + 1 == at || cell.trim().is_empty());
        // In a list of one column the line is the cell: without quotation marks nothing is amiss in it.
        let could_be_mended = at == 1 && !cells[0].contains('"') && why != Why::RowTooLong;
        let came_as_line = why != Why::CutOff || cells[0].contains('"');
        (is_line && came_as_line && !could_be_mended).then_some(why)
    }

    /// Whether the row could be the header again, by its first cell: to name all its columns takes longer than to read it.
    fn begins(&self, row: &Row) -> bool {
        let (first, name) = (row.cells.first(), self.names.first());
        let Some((first, name)) = first.zip(name) else { return false };
        first.trim().is_empty() || first.split_whitespace().eq(name.split_whitespace())
    }
}

/// How many cells of a row say something.
pub(super) fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// What stood in a cell, as far as it fits into a sentence.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(SHORT_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// At most `max` bytes of the text that `bytes` begin with, cut between characters.
pub(super) fn floor_char(bytes: &[u8], max: usize) -> &str {
    let cut = &bytes[..bytes.len().min(max)];
    match std::str::from_utf8(cut) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&cut[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// The cells of a header as column names: trimmed, numbered where empty or repeated.
pub(super) fn unique(cells: &[String]) -> Vec<String> {
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
