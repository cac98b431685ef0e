//! What the window and the command line see of imports and exports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::ids::ImportId;
use crate::time::Millis;
use crate::words;

/// What would be read of a file. Nothing is written for it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Preview {
    pub path: String,
    pub file_name: String,
    pub encoding: String,
    pub delimiter: String,
    pub columns: Vec<PreviewColumn>,
    /// The first rows that can be read, at most 20, cell by cell as in the file.
    pub rows: Vec<Vec<String>>,
    /// Rows in the file, where counting them is quick.
    pub row_count: Option<u32>,
    /// What looks wrong at a glance: an encoding that was guessed, a header that repeats.
    pub remarks: Vec<String>,
    /// Every field a column can be taken for.
    pub fields: Vec<String>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PreviewColumn {
    pub header: String,
    /// A field's word, with `:label` where it has one; `ignore` for none.
    pub field: String,
}

/// Header to field, `phone:work` where a label belongs to it.
pub type Mapping = BTreeMap<String, String>;

words! {
    pub enum ImportState {
        Running = "running",
        Done = "done",
        Cancelled = "cancelled",
        Undone = "undone",
        /// Wellmet stopped in the middle; it can go on or be undone.
        Interrupted = "interrupted",
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ImportProgress {
    pub import: ImportId,
    pub state: ImportState,
    pub rows_done: u32,
    /// Of the file's bytes, 0 to 100.
    pub percent: u32,
    pub created: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub rejected: u32,
    /// Rejected rows with the reason, as a CSV that can be mended and imported.
    pub rejects_file: Option<String>,
    /// Why it stopped, where it did.
    pub fault: Option<crate::Error>,
}

/// One import, for the list of them.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ImportLine {
    pub import: ImportId,
    pub file_name: String,
    pub began_ms: Millis,
    pub by: Option<String>,
    pub state: ImportState,
    pub created: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub rejected: u32,
    pub rejects_file: Option<String>,
}

/// The answer for every row that an import wrote.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ImportUndone {
    pub import: ImportId,
    pub reversed: u32,
    pub kept: u32,
    pub failed: u32,
    /// Why, for those that were not reversed; at most a thousand.
    pub rows: Vec<crate::store::UndoneRow>,
}

words! {
    pub enum ExportForm {
        /// Formulas neutralised: safe to open in Excel or Calc.
        ForSpreadsheet = "spreadsheet",
        /// Every cell as it is: what imports again byte for byte.
        Exact = "exact",
    }
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Exported {
    pub file: String,
    pub rows: u32,
    /// People who do not want to be contacted.
    pub left_out: u32,
}
