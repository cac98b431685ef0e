//! Where people come from: a table of text, a sheet of a workbook, or contacts. Each is a header and rows, read as a
//! stream.

use std::path::Path;

use super::cards::Cards;
use super::read::Table;
use super::rows::{BadRow, Row};
use super::sheet::Sheet;
use super::sniff;
use crate::error::Result;

pub enum Source {
    Text(Box<Table>),
    Sheet(Box<Sheet>),
    Cards(Box<Cards>),
}

impl Source {
    /// By what is in the file, whatever its name. `sheet`: of a workbook, the one to read.
    pub fn open(path: &Path, country: &str, sheet: Option<&str>) -> Result<Self> {
        Ok(match sniff::kind(path)? {
            sniff::Kind::Text => Self::Text(Box::new(Table::open(path, country)?)),
            sniff::Kind::Workbook => Self::Sheet(Box::new(Sheet::open(path, country, sheet)?)),
            sniff::Kind::Cards => Self::Cards(Box::new(Cards::open(path, country)?)),
        })
    }

    /// One name a column, none of them twice.
    pub fn header(&self) -> &[String] {
        match self {
            Self::Text(table) => table.header(),
            Self::Sheet(sheet) => sheet.header(),
            Self::Cards(cards) => cards.header(),
        }
    }

    /// The next row; `Ok(None)` at the end. An error is about the file, and ends it.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        match self {
            Self::Text(table) => table.next(),
            Self::Sheet(sheet) => sheet.next(),
            Self::Cards(cards) => cards.next(),
        }
    }

    /// How much of the file was taken in, in bytes.
    pub fn bytes_read(&self) -> u64 {
        match self {
            Self::Text(table) => table.bytes_read(),
            Self::Sheet(sheet) => sheet.bytes_read(),
            Self::Cards(cards) => cards.bytes_read(),
        }
    }

    /// `false`: the columns are numbered, and known by what stands in them.
    pub fn has_header(&self) -> bool {
        match self {
            Self::Text(table) => table.has_header(),
            Self::Sheet(sheet) => sheet.has_header(),
            Self::Cards(_) => true,
        }
    }

    /// What it is, for whoever looks at it: "CSV, windows-1252", "Sheet “Members”", "vCards".
    pub fn what(&self) -> String {
        match self {
            Self::Text(table) => format!(
                "{}, {}",
                match table.delimiter {
                    '\t' => "TSV",
                    _ => "CSV",
                },
                table.encoding
            ),
            Self::Sheet(sheet) => format!("Sheet “{}”", sheet.name),
            Self::Cards(_) => "vCards".to_owned(),
        }
    }

    pub fn encoding(&self) -> &'static str {
        match self {
            Self::Text(table) => table.encoding,
            Self::Sheet(_) => "UTF-8",
            Self::Cards(cards) => cards.encoding,
        }
    }

    /// Of a table of text; empty for others.
    pub fn delimiter(&self) -> String {
        match self {
            Self::Text(table) => table.delimiter.to_string(),
            _ => String::new(),
        }
    }

    /// Of a workbook: the sheet that is read, and all that can be.
    pub fn sheets(&self) -> Option<(&str, &[String])> {
        match self {
            Self::Sheet(sheet) => Some((&sheet.name, &sheet.names)),
            _ => None,
        }
    }

    /// Rows above the header: a title, or what a program says of its export.
    pub fn passed_over(&self) -> usize {
        match self {
            Self::Text(table) => table.passed_over,
            Self::Sheet(sheet) => sheet.passed_over,
            Self::Cards(_) => 0,
        }
    }

    /// Of contacts: what of them no column takes, and how many have it.
    pub fn left(&self) -> Vec<(&str, u32)> {
        match self {
            Self::Cards(cards) => cards.left.iter().map(|(kind, count)| (kind.as_str(), *count)).collect(),
            _ => Vec::new(),
        }
    }
}
