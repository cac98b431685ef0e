//! People in and out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use wellmet_core::exchange::export::{self, ExportForm};
use wellmet_core::exchange::import::{self, ImportProgress, ImportState, Mapping};
use wellmet_core::ids::ImportId;
use wellmet_core::people::{PeopleQuery, Standing};
use wellmet_core::store::UndoneRow;
use wellmet_core::team::standards;
use wellmet_core::{Actor, Book, Code, Error, Result};

use super::answer::{Answer, count, say};
use super::opening::with_book;
use super::{readable, writable};

#[derive(Serialize)]
struct Imported {
    import: ImportId,
    created: u32,
    updated: u32,
    unchanged: u32,
    rejected: u32,
    rejects_file: Option<String>,
    columns: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct WouldImport {
    import: Option<ImportId>,
    /// Where counting is quick.
    rows: Option<u32>,
    columns: BTreeMap<String, String>,
    remarks: Vec<String>,
}

pub async fn import(folder: &Path, file: &Path, dry_run: bool, mapping: Option<&Path>) -> Result<Answer> {
    let file = readable(file)?;
    let mapping = mapping.map(read_mapping).transpose()?;
    with_book(folder, async |book| {
        let preview = import::preview(book, &file, mapping.clone()).await?;
        let columns = preview.columns.iter().map(|column| (column.header.clone(), column.field.clone())).collect();
        if dry_run {
            let mut words = String::new();
            for column in &preview.columns {
                let _ = writeln!(words, "{} → {}", column.header, column.field);
            }
            if let Some(rows) = preview.row_count {
                let _ = writeln!(words, "{}; nothing was written.", count(rows, "row", "rows"));
            }
            preview.remarks.iter().for_each(|remark| say(remark));
            let would = WouldImport { import: None, rows: preview.row_count, columns, remarks: preview.remarks };
            return Answer::new(&would, words);
        }
        import::recover(book).await?;
        let done = run_import(book, &file, mapping).await?;
        let rejected = match &done.rejects_file {
            Some(file) => format!("; {} rejected, with the reasons, in {file}", done.rejected),
            None => String::new(),
        };
        let words = format!(
            "{} came in, {} changed, {} were there already{rejected}.\nTo take it back: wellmet imports undo {}",
            count(done.created, "person", "people"),
            done.updated,
            done.unchanged,
            done.import
        );
        let imported = Imported {
            import: done.import,
            created: done.created,
            updated: done.updated,
            unchanged: done.unchanged,
            rejected: done.rejected,
            rejects_file: done.rejects_file,
            columns,
        };
        Answer::new(&imported, words)
    })
    .await
}

async fn run_import(book: &Book, file: &Path, mapping: Option<Mapping>) -> Result<ImportProgress> {
    let id = import::begin(book, Actor::Wellmet, file, mapping).await?;
    let cancel = Arc::new(AtomicBool::new(false));
    let pressed = cancel.clone();
    let interrupt = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            pressed.store(true, Ordering::Relaxed);
        }
    });
    let watched = std::io::stderr().is_terminal();
    let tell = move |progress: ImportProgress| {
        if watched {
            say(&format!("{} %  {}", progress.percent, count(progress.rows_done, "row", "rows")));
        }
    };
    let done = import::run(book, Actor::Wellmet, id, &cancel, &tell).await;
    interrupt.abort();
    let done = done?;
    match done.state {
        ImportState::Done => Ok(done),
        ImportState::Cancelled => {
            Err(Error::new(Code::Cancelled, "The import was stopped, and what it had written is taken back."))
        }
        _ => Err(done.fault.unwrap_or_else(|| Error::internal("The import did not come to its end."))),
    }
}

fn read_mapping(file: &Path) -> Result<Mapping> {
    let text = std::fs::read_to_string(readable(file)?)
        .map_err(|error| Error::invalid(format!("The mapping {} could not be read: {error}.", file.display())))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        Error::invalid(format!(
            "The mapping {} is not a JSON object of headers and fields, such as {{\"Mobile\": \"phone:mobile\"}}: {error}.",
            file.display()
        ))
    })
}

#[derive(Serialize)]
struct ImportsDone {
    imports: Vec<import::ImportLine>,
}

pub async fn imports(folder: &Path) -> Result<Answer> {
    with_book(folder, async |book| {
        import::recover(book).await?;
        let mut db = book.read().await?;
        let zone = standards::association(&mut db).await?.tz()?;
        let imports = import::list(&mut db).await?;
        let mut words = String::new();
        for line in &imports {
            let _ = writeln!(
                words,
                "{}  {}  {}  {}: {} new, {} changed, {} rejected",
                line.import,
                line.began_ms.in_zone(zone).format("%Y-%m-%d %H:%M"),
                line.state.as_str(),
                line.file_name,
                line.created,
                line.updated,
                line.rejected
            );
        }
        if imports.is_empty() {
            words = "Nothing was imported yet.".into();
        }
        Answer::new(&ImportsDone { imports }, words)
    })
    .await
}

#[derive(Serialize)]
struct ImportUndone {
    import: ImportId,
    reversed: u32,
    kept: u32,
    failed: u32,
    rows: Vec<UndoneRow>,
}

pub async fn undo_import(folder: &Path, id: ImportId) -> Result<Answer> {
    with_book(folder, async |book| {
        import::recover(book).await?;
        let undone = import::undo(book, Actor::Wellmet, id).await?;
        let words = format!("{} reversed, {} kept, {} failed.", undone.reversed, undone.kept, undone.failed);
        let failed = undone.failed > 0;
        let done = ImportUndone {
            import: undone.import,
            reversed: undone.reversed,
            kept: undone.kept,
            failed: undone.failed,
            rows: undone.rows,
        };
        let answer = Answer::new(&done, words)?;
        Ok(if failed { answer.failed() } else { answer })
    })
    .await
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum View {
    /// Everyone
    All,
    /// Those with an open inquiry
    Waiting,
    Inquirers,
    Prospects,
    Applicants,
    Members,
    Lapsed,
    Former,
    Declined,
}

impl View {
    fn query(self) -> PeopleQuery {
        let standing = match self {
            Self::All => return PeopleQuery::default(),
            Self::Waiting => return PeopleQuery { waiting: true, ..PeopleQuery::default() },
            Self::Inquirers => Standing::Inquirer,
            Self::Prospects => Standing::Prospect,
            Self::Applicants => Standing::Applicant,
            Self::Members => Standing::Member,
            Self::Lapsed => Standing::Lapsed,
            Self::Former => Standing::Former,
            Self::Declined => Standing::Declined,
        };
        PeopleQuery { standings: vec![standing], ..PeopleQuery::default() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// Formulas neutralised: safe to open in Excel or Calc
    Spreadsheet,
    /// Every cell as it is: what imports again byte for byte
    Exact,
}

pub async fn export(folder: &Path, file: &Path, view: View, form: Form) -> Result<Answer> {
    let file = writable(file)?;
    let form = match form {
        Form::Spreadsheet => ExportForm::ForSpreadsheet,
        Form::Exact => ExportForm::Exact,
    };
    with_book(folder, async |book| {
        let done = export::export(book, Actor::Wellmet, &file, &view.query(), form).await?;
        let left_out = match done.left_out {
            0 => String::new(),
            some => format!(" {} who asked for no contact left out.", count(some, "person", "people")),
        };
        let words = format!("{} in {}.{left_out}", count(done.rows, "person", "people"), done.file);
        Answer::new(&done, words)
    })
    .await
}
