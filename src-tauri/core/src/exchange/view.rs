//! What the window and the command line see of imports and exports.

use serde::{Deserialize, Serialize};

use super::import::Choices;
use crate::ids::{FieldId, ImportId, PersonId};
use crate::people::{PeopleQuery, ReachKind};
use crate::time::Millis;
use crate::words;

/// What would be read of a file. Nothing is written for it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Preview {
    pub path: String,
    pub file_name: String,
    /// "CSV, windows-1252", "Sheet “Members”", "vCards".
    pub what: String,
    pub encoding: String,
    pub delimiter: String,
    /// The program whose export this is, where its columns tell.
    pub layout: Option<String>,
    /// Of a workbook: the sheet that is read, and those that can be.
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
    pub columns: Vec<PreviewColumn>,
    /// The first rows that can be read, at most 20, cell by cell as in the file.
    pub rows: Vec<Vec<String>>,
    /// Rows in the file, where counting them is quick.
    pub row_count: Option<u32>,
    /// What looks wrong at a glance: an encoding that was guessed, a header that repeats.
    pub remarks: Vec<String>,
    /// Every field a column can be taken for.
    pub fields: Vec<String>,
    /// Every field that can be the same for everyone in the file.
    pub fields_for_all: Vec<String>,
    /// What is in force: what was chosen, or what was chosen for this header before.
    pub choices: Choices,
    /// When this header was brought in before with choices of its own, which are in force.
    pub remembered_ms: Option<Millis>,
}

/// What an import would do. Examples are at most fifty of each kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, specta::Type)]
pub struct Preflight {
    pub rows: u32,
    pub created: u32,
    pub updated: u32,
    pub unchanged: u32,
    pub rejected: u32,
    /// By field, how many of the updated get one and how many get another.
    pub fields: Vec<FieldCount>,
    pub changes: Vec<RowChange>,
    /// Of the created: those like someone who is there, or who stands further up in the file.
    pub look_alike: u32,
    pub look_alikes: Vec<LookAlike>,
    pub rejects: Vec<WhyCount>,
    pub consents: Vec<Consents>,
    /// How many are not to be rung from then on.
    pub do_not_call: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FieldCount {
    pub field: String,
    pub added: u32,
    pub changed: u32,
}

/// What one row changes of someone.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct RowChange {
    /// Among the rows of people, from 1.
    pub row: u32,
    pub person: PersonId,
    pub name: String,
    pub changes: Vec<FieldChanged>,
}

#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct FieldChanged {
    pub field: String,
    /// Empty where nothing was there.
    pub before: String,
    pub after: String,
}

/// Someone who comes in new and is like another.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct LookAlike {
    pub row: u32,
    pub name: String,
    /// Whom they are like; not in the book where that is an earlier row.
    pub person: PersonId,
    pub of: String,
    /// `email`, `name` or `phone`.
    pub by: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct WhyCount {
    pub why: String,
    pub count: u32,
    pub first_row: u32,
}

/// What people may be sent or rung for, as the file says it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct Consents {
    pub channel: ReachKind,
    pub allowed: bool,
    pub new: u32,
    pub changed: u32,
    /// Who said no to the book: a yes of a file does not take that back.
    pub kept_no: u32,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PreviewColumn {
    pub header: String,
    /// A field's word, with `:label` where it has one; `ignore` for none.
    pub field: String,
}

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
    /// How much longer it takes, as far as it went so far; nothing while that is a guess.
    pub left_ms: Option<u32>,
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
    /// Why, for those rows of the book that were not reversed; at most a thousand.
    pub rows: Vec<crate::store::UndoneRow>,
    /// The people who are not as they were before, by name and with why; at most a thousand.
    pub people: Vec<UndonePerson>,
    /// All of them as a CSV, where there are more.
    pub list_file: Option<String>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct UndonePerson {
    pub person: PersonId,
    pub name: String,
    pub fate: crate::store::Fate,
    pub why: String,
}

words! {
    #[derive(Default)]
    pub enum ExportForm {
        #[default]
        /// Formulas neutralised: safe to open in Excel or Calc.
        ForSpreadsheet = "spreadsheet",
        /// Every cell as it is: what imports again byte for byte.
        Exact = "exact",
    }
}

words! {
    /// What a list says of each; in this order.
    pub enum ExportColumn {
        RecordId = "record_id",
        Name = "name",
        Given = "given",
        Family = "family",
        Organisation = "organisation",
        RoleTitle = "role_title",
        Standing = "standing",
        BirthDay = "birth_day",
        Phones = "phones",
        Emails = "emails",
        Addresses = "addresses",
        Place = "place",
        Country = "country",
        Zone = "zone",
        Tags = "tags",
        Notes = "notes",
        Source = "source",
        /// The association's own.
        Fields = "fields",
        Consents = "consents",
        DoNotCall = "do_not_call",
    }

    /// What is printed.
    #[derive(Default)]
    pub enum Paper {
        #[default]
        List = "list",
        /// Three by seven on a sheet.
        Labels21 = "labels_21",
        /// Two by seven.
        Labels14 = "labels_14",
    }

    /// Why someone is not in a list.
    pub enum WhyLeftOut {
        NotToBeRung = "not_to_be_rung",
        NotToBeEmailed = "not_to_be_emailed",
        NotToBeWrittenTo = "not_to_be_written_to",
        WithoutPhone = "without_phone",
        WithoutEmail = "without_email",
        WithoutAddress = "without_address",
    }
}

/// What is taken out, and how. The name of the file says as what: .csv, .tsv, .xlsx, .vcf, .html to print.
#[derive(Clone, Debug, Default, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Order {
    pub query: PeopleQuery,
    /// Those who were selected, in their order, whatever the query.
    pub people: Option<Vec<PersonId>>,
    /// For text alone: cells of a workbook are text anyway.
    pub form: ExportForm,
    /// Empty: all.
    pub columns: Vec<ExportColumn>,
    /// Of the association's own fields, those that stay out.
    pub without_fields: Vec<FieldId>,
    /// What the list is for: whoever said no to that, or has no such address, is left out. None: as a list to ring from.
    pub purpose: Option<ReachKind>,
    /// A director says that those who said no are in it.
    pub include_refused: bool,
    pub paper: Paper,
}

impl From<PeopleQuery> for Order {
    fn from(query: PeopleQuery) -> Self {
        Self { query, ..Self::default() }
    }
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Exported {
    pub file: String,
    pub rows: u32,
    pub left_out: u32,
    pub reasons: Vec<LeftOutCount>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LeftOutCount {
    pub why: WhyLeftOut,
    pub count: u32,
}
