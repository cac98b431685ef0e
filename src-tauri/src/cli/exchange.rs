//! People in and out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use wellmet_core::exchange::export::{self, ExportColumn, ExportForm, Order, Paper, WhyLeftOut};
use wellmet_core::exchange::import::{
    self, Choices, ImportProgress, ImportState, Mapping, Preflight, Preview, UndonePerson,
};
use wellmet_core::ids::ImportId;
use wellmet_core::people::incoming::Mode;
use wellmet_core::people::{PeopleQuery, ReachKind, Standing};
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
    rows: u32,
    created: u32,
    updated: u32,
    unchanged: u32,
    rejected: u32,
    rejects_file: Option<String>,
    columns: BTreeMap<String, String>,
    remarks: Vec<String>,
    /// By field, examples, look-alikes, consents and reasons.
    preflight: Preflight,
}

/// What is chosen on the command line, over what a mapping file says.
#[derive(Debug, clap::Args)]
pub struct Chosen {
    /// New people, known ones, or both
    #[arg(long, value_name = "MODE", value_parser = mode)]
    mode: Option<Mode>,
    /// By what a row finds its person: external_id, email, phone, name, organisation, place, or several as in email+name;
    /// given several times, they are tried in that order
    #[arg(long = "match", value_name = "KEY")]
    matched_by: Vec<String>,
    /// What is the same for everyone of whom the file does not say it, such as source=Fair
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = for_all)]
    defaults: Vec<(String, String)>,
    /// Add what cannot be chosen in a field of the association's own yet to its choices
    #[arg(long)]
    add_options: bool,
    /// Of a workbook, the sheet to read [default: the one that looks like a list of people]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

fn mode(word: &str) -> Result<Mode, String> {
    Mode::parse(word).ok_or_else(|| "write both, create or update".into())
}

fn for_all(words: &str) -> Result<(String, String), String> {
    let (field, value) = words.split_once('=').ok_or("write it as FIELD=VALUE, such as source=Fair")?;
    Ok((field.trim().to_owned(), value.trim().to_owned()))
}

impl Chosen {
    fn over(self, mut choices: Choices) -> Choices {
        choices.mode = self.mode.unwrap_or(choices.mode);
        if !self.matched_by.is_empty() {
            choices.matched_by = self.matched_by;
        }
        choices.defaults.extend(self.defaults);
        choices.add_options |= self.add_options;
        choices.sheet = self.sheet.or(choices.sheet);
        choices
    }
}

pub async fn import(
    folder: &Path,
    file: &Path,
    dry_run: bool,
    mapping: Option<&Path>,
    chosen: Chosen,
) -> Result<Answer> {
    let file = readable(file)?;
    let given = mapping.map(read_mapping).transpose()?;
    with_book(folder, async |book| {
        let remembers = given.is_none();
        let mut choices = chosen.over(given.unwrap_or_default());
        let preview = if remembers && choices.sheet.is_none() {
            // Of what was chosen for this header before, the columns: how far an import goes is said each time.
            let before = import::preview(book, &file, None).await?;
            if before.remembered_ms.is_some() && !before.choices.columns.is_empty() {
                say("The columns are taken as they were chosen for this header before.");
                choices.columns = before.choices.columns;
            }
            import::preview(book, &file, Some(choices.clone())).await?
        } else {
            import::preview(book, &file, Some(choices.clone())).await?
        };
        let columns = preview.columns.iter().map(|column| (column.header.clone(), column.field.clone())).collect();
        if dry_run {
            return would_import(book, &file, &choices, preview, columns).await;
        }
        import::recover(book).await?;
        let done = run_import(book, &file, &choices).await?;
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

async fn would_import(
    book: &Book,
    file: &Path,
    choices: &Choices,
    preview: Preview,
    columns: BTreeMap<String, String>,
) -> Result<Answer> {
    let mut words = String::new();
    for column in &preview.columns {
        let _ = writeln!(words, "{} → {}", column.header, column.field);
    }
    preview.remarks.iter().for_each(|remark| say(remark));
    let never = AtomicBool::new(false);
    let told = import::preflight(book, Actor::Wellmet, file, choices, &never, &|_, _| {}).await?;
    let _ = writeln!(
        words,
        "{}: {} would come in, {} change, {} are there already, {} would be rejected. Nothing was written.",
        count(told.rows, "row", "rows"),
        told.created,
        told.updated,
        told.unchanged,
        told.rejected
    );
    for field in &told.fields {
        let _ = writeln!(words, "  {}: {} get one, {} get another", field.field, field.added, field.changed);
    }
    for consent in &told.consents {
        let said = if consent.allowed { "yes" } else { "no" };
        let _ =
            writeln!(words, "  {} {said}: {} new, {} changed", consent.channel.as_str(), consent.new, consent.changed);
        if consent.kept_no > 0 {
            let _ = writeln!(words, "  {}: {} keep their no", consent.channel.as_str(), consent.kept_no);
        }
    }
    if told.do_not_call > 0 {
        let _ = writeln!(words, "  not to be rung from then on: {}", told.do_not_call);
    }
    for alike in &told.look_alikes {
        let _ = writeln!(words, "  row {}: {} is like {} (same {})", alike.row, alike.name, alike.of, alike.by);
    }
    for reason in &told.rejects {
        let _ = writeln!(words, "  row {} first, {} in all: {}", reason.first_row, reason.count, reason.why);
    }
    let would = WouldImport {
        import: None,
        rows: told.rows,
        created: told.created,
        updated: told.updated,
        unchanged: told.unchanged,
        rejected: told.rejected,
        rejects_file: None,
        columns,
        remarks: preview.remarks,
        preflight: told,
    };
    Answer::new(&would, words)
}

async fn run_import(book: &Book, file: &Path, choices: &Choices) -> Result<ImportProgress> {
    let id = import::begin(book, Actor::Wellmet, file, choices).await?;
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
            let left = progress.left_ms.map(|ms| format!("  {} left", count(ms.div_ceil(1_000), "second", "seconds")));
            let rows = count(progress.rows_done, "row", "rows");
            say(&format!("{} %  {rows}{}", progress.percent, left.unwrap_or_default()));
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

/// Headers and fields, or all choices.
fn read_mapping(file: &Path) -> Result<Choices> {
    let wrong = |error: &dyn std::fmt::Display| {
        Error::invalid(format!(
            "The mapping {} is not a JSON object of headers and fields, such as {{\"Mobile\": \"phone:mobile\"}}: {error}.",
            file.display()
        ))
    };
    let text = std::fs::read_to_string(readable(file)?)
        .map_err(|error| Error::invalid(format!("The mapping {} could not be read: {error}.", file.display())))?;
    let text = text.trim_start_matches('\u{feff}');
    let read: serde_json::Value = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    // A header may be called "mode"; columns that are an object are no field.
    let all = read.as_object().is_some_and(|object| object.values().any(|value| !value.is_string()));
    if all {
        serde_json::from_value(read).map_err(|error| wrong(&error))
    } else {
        serde_json::from_value::<Mapping>(read).map(Choices::from).map_err(|error| wrong(&error))
    }
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
    people: Vec<UndonePerson>,
    list_file: Option<String>,
}

pub async fn undo_import(folder: &Path, id: ImportId) -> Result<Answer> {
    with_book(folder, async |book| {
        import::recover(book).await?;
        let undone = import::undo(book, Actor::Wellmet, id).await?;
        let mut words = format!("{} reversed, {} kept, {} failed.", undone.reversed, undone.kept, undone.failed);
        for one in &undone.people {
            let _ = write!(words, "\n{}  {}: {}", one.fate.as_str(), one.name, one.why);
        }
        if let Some(file) = &undone.list_file {
            let _ = write!(words, "\nAll of them are in {file}");
        }
        let failed = undone.failed > 0;
        let done = ImportUndone {
            import: undone.import,
            reversed: undone.reversed,
            kept: undone.kept,
            failed: undone.failed,
            rows: undone.rows,
            people: undone.people,
            list_file: undone.list_file,
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

/// What is in the list, beside who.
#[derive(Debug, clap::Args)]
pub struct Wanted {
    /// What the list is for: whoever said no to it, or has no such address, is left out
    #[arg(long = "to", value_name = "CHANNEL", value_enum)]
    purpose: Option<Channel>,
    /// What it says of each, such as name,emails,tags [default: everything]
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = column)]
    columns: Vec<ExportColumn>,
    /// Take out those who said no as well; they are marked
    #[arg(long)]
    include_refused: bool,
    /// What a .html file prints
    #[arg(long, value_enum, default_value_t = Sheets::List)]
    paper: Sheets,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Channel {
    Phone,
    Email,
    Post,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Sheets {
    List,
    /// Three by seven on A4
    #[value(name = "labels-21")]
    Labels21,
    /// Two by seven on A4
    #[value(name = "labels-14")]
    Labels14,
}

fn column(word: &str) -> Result<ExportColumn, String> {
    ExportColumn::parse(word.trim()).ok_or_else(|| {
        let known: Vec<&str> = ExportColumn::ALL.iter().map(|column| column.as_str()).collect();
        format!("use {}", known.join(", "))
    })
}

pub async fn export(folder: &Path, file: &Path, view: View, form: Form, wanted: Wanted) -> Result<Answer> {
    let file = writable(file)?;
    let order = Order {
        query: view.query(),
        people: None,
        form: match form {
            Form::Spreadsheet => ExportForm::ForSpreadsheet,
            Form::Exact => ExportForm::Exact,
        },
        columns: wanted.columns,
        without_fields: Vec::new(),
        purpose: wanted.purpose.map(|channel| match channel {
            Channel::Phone => ReachKind::Phone,
            Channel::Email => ReachKind::Email,
            Channel::Post => ReachKind::Post,
        }),
        include_refused: wanted.include_refused,
        paper: match wanted.paper {
            Sheets::List => Paper::List,
            Sheets::Labels21 => Paper::Labels21,
            Sheets::Labels14 => Paper::Labels14,
        },
    };
    with_book(folder, async |book| {
        let done = export::export(book, Actor::Wellmet, &file, &order).await?;
        let mut words = format!("{} in {}.", count(done.rows, "person", "people"), done.file);
        for reason in &done.reasons {
            let why = match reason.why {
                WhyLeftOut::NotToBeRung => "asked not to be contacted",
                WhyLeftOut::NotToBeEmailed => "asked not to be e-mailed",
                WhyLeftOut::NotToBeWrittenTo => "asked not to be written to",
                WhyLeftOut::WithoutPhone => "no number",
                WhyLeftOut::WithoutEmail => "no e-mail address",
                WhyLeftOut::WithoutAddress => "no postal address",
            };
            let _ = write!(words, " {} left out: {why}.", reason.count);
        }
        Answer::new(&done, words)
    })
    .await
}
