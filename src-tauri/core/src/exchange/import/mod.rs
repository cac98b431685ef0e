//! A list of people from a file: read as a stream, its columns recognised, shown first, then brought in as one edit.

mod cards;
mod choices;
pub mod days;
pub mod exact;
mod headers;
mod layouts;
pub mod own;
pub mod plan;
mod preflight;
pub mod read;
pub mod recognise;
mod rejects;
mod remarks;
mod rows;
mod run;
mod sheet;
pub mod sniff;
pub mod source;
mod text;
mod undo;
pub mod values;

use std::path::Path;

pub use super::view::{
    Consents, FieldChanged, FieldCount, ImportLine, ImportProgress, ImportState, ImportUndone, LookAlike, Preflight,
    Preview, PreviewColumn, RowChange, UndonePerson, WhyCount,
};
use crate::error::Result;
use crate::people::fields::{self, CustomField, FieldKind};
use crate::store::{Book, Db};
use crate::team::{standards, volunteers};
pub use choices::{Choices, Mapping};
pub use preflight::preflight;
pub use run::{begin, list, recover, run};
pub use undo::undo;

use days::{Order, Proof};
use plan::Plan;
use recognise::{Column, Field};
use remarks::Counts;
use source::Source;

const PREVIEW_ROWS: usize = 20;
/// Rows whose cells tell what a column holds, where its header does not.
const SAMPLE_ROWS: usize = 200;
/// A file up to this size is counted through for a preview; a workbook packs ten times as much into it.
const COUNTED_MAX_BYTES: u64 = 32 << 20;
const WORKBOOK_COUNTED_MAX_BYTES: u64 = 3 << 20;

/// What would be read of a file. Nothing is written. Without choices, those that were made for this header before.
pub async fn preview(book: &Book, path: &Path, choices: Option<Choices>) -> Result<Preview> {
    let mut db = book.read().await?;
    let country = standards::association(&mut db).await?.country;
    let fields = fields::all(&mut db).await?;
    let (path, remembered) = (path.to_owned(), choices.is_none());
    let (of, from, own, with) = (country.clone(), path.clone(), fields.clone(), choices.unwrap_or_default());
    let seen = blocking(move || look(&from, &of, &own, with)).await?;
    if !remembered {
        return Ok(seen);
    }
    let header: Vec<String> = seen.columns.iter().map(|column| column.header.clone()).collect();
    let Some((choices, when)) = run::remembered(&mut db, &header).await? else { return Ok(seen) };
    drop(db);
    // What was chosen then may not fit any more: a sheet that is gone is no fault of this file.
    let again = blocking(move || look(&path, &country, &fields, choices)).await;
    Ok(again.map_or(seen, |preview| Preview { remembered_ms: Some(when), ..preview }))
}

fn look(path: &Path, country: &str, fields: &[CustomField], choices: Choices) -> Result<Preview> {
    choices.rules()?;
    choices.for_all()?;
    let mut source = Source::open(path, country, choices.sheet.as_deref())?;
    let most = if source.sheets().is_some() { WORKBOOK_COUNTED_MAX_BYTES } else { COUNTED_MAX_BYTES };
    let counted = std::fs::metadata(path)?.len() <= most;
    let (mut sample, mut counts) = (Vec::new(), Counts::of(counted));
    while sample.len() < SAMPLE_ROWS
        && let Some(row) = source.next()?
    {
        counts.rows += 1;
        counts.bad += u32::from(row.is_err());
        sample.extend(row.ok().map(|row| row.cells));
    }
    let columns = columns_of(&source, &sample, country, fields, &choices)?;
    sample.iter().for_each(|cells| counts.row(&columns, cells));
    while counted && let Some(row) = source.next()? {
        counts.rows += 1;
        match row {
            Ok(row) => counts.row(&columns, &row.cells),
            Err(_) => counts.bad += 1,
        }
    }
    let remarks = counts.remarks(&source, &columns);
    sample.truncate(PREVIEW_ROWS);
    let sheets = source.sheets();
    Ok(Preview {
        path: path.to_string_lossy().into_owned(),
        file_name: file_name(path),
        what: source.what(),
        encoding: source.encoding().to_owned(),
        delimiter: source.delimiter(),
        layout: recognise::written_by(source.header()).map(str::to_owned),
        sheet: sheets.map(|(name, _)| name.to_owned()),
        sheets: sheets.map(|(_, names)| names.to_vec()).unwrap_or_default(),
        columns: columns
            .iter()
            .map(|column| PreviewColumn { header: column.header.clone(), field: word_of(column) })
            .collect(),
        rows: sample,
        row_count: counted.then_some(counts.rows),
        remarks,
        fields: words_for(fields),
        fields_for_all: Choices::fields_for_all(),
        choices,
        remembered_ms: None,
    })
}

/// `phone:work`.
pub(super) fn word_of(column: &Column) -> String {
    match column.label.as_str() {
        "" => column.field.as_str().to_owned(),
        label => format!("{}:{label}", column.field.as_str()),
    }
}

/// Every word that a column can be given, those of the association's own fields among them.
fn words_for(fields: &[CustomField]) -> Vec<String> {
    let ours = Field::ALL.iter().filter(|field| !matches!(field, Field::Own | Field::NewField));
    let own = fields.iter().map(|field| format!("{}:{}", Field::Own.as_str(), field.name));
    let new = FieldKind::ALL.iter().map(|kind| format!("{}:{}", Field::NewField.as_str(), kind.as_str()));
    ours.map(|field| field.as_str().to_owned()).chain(own).chain(new).collect()
}

fn columns_of(
    source: &Source,
    sample: &[Vec<String>],
    country: &str,
    fields: &[CustomField],
    choices: &Choices,
) -> Result<Vec<Column>> {
    let mut columns = recognise::recognise(source.header(), sample, country);
    own::recognise(&mut columns, fields, is_exact(source, choices));
    recognise::choose(&mut columns, &choices.columns)?;
    own::settle(&mut columns, fields, sample)?;
    Ok(columns)
}

/// Whether a book like this one wrote it, and nobody says that it is to be read otherwise.
fn is_exact(source: &Source, choices: &Choices) -> bool {
    *choices == Choices { sheet: choices.sheet.clone(), ..Choices::default() }
        && recognise::written_by(source.header()) == Some(layouts::OWN)
}

async fn plan(db: &mut Db, path: &Path, choices: &Choices) -> Result<Plan> {
    let country = standards::association(db).await?.country;
    let volunteers = volunteers::all(db).await?;
    let fields = fields::all(db).await?;
    let adds = choices.add_options;
    let for_all = choices.for_all()?;
    let (path, choices, of) = (path.to_owned(), choices.clone(), country.clone());
    let (columns, exact, days) = blocking(move || {
        let mut source = Source::open(&path, &of, choices.sheet.as_deref())?;
        let mut sample = Vec::new();
        while sample.len() < SAMPLE_ROWS
            && let Some(row) = source.next()?
        {
            sample.extend(row.ok().map(|row| row.cells));
        }
        let columns = columns_of(&source, &sample, &of, &fields, &choices)?;
        recognise::check(&columns)?;
        let exact = is_exact(&source, &choices);
        let days = if exact { Order::default() } else { order_of_days(&mut source, &columns, &sample) };
        Ok((columns, exact, days))
    })
    .await?;
    let own = own::of(db, &columns, exact || adds).await?;
    let for_all = for_all.into_iter().map(Column::for_all).collect();
    Ok(Plan { columns, own, country, volunteers, days, exact, for_all })
}

/// Any row may be the one that tells a day from a month: all are asked, where there are birth dates.
fn order_of_days(source: &mut Source, columns: &[Column], sample: &[Vec<String>]) -> Order {
    let mut proof = Proof::default();
    let is_one = |column: &Column| column.field == Field::Birthday;
    if !columns.iter().any(is_one) || matches!(source, Source::Cards(_)) {
        return Order::default();
    }
    let mut ask = |cells: &[String]| {
        columns.iter().zip(cells).filter(|(column, _)| is_one(column)).for_each(|(_, cell)| proof.note(cell));
    };
    sample.iter().for_each(|cells| ask(cells));
    // What is wrong with the file further down is said where its rows are brought in.
    while let Ok(Some(row)) = source.next() {
        if let Ok(row) = row {
            ask(&row.cells);
        }
    }
    proof.order()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reading a file would hold up everything else that runs on this thread.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| crate::Error::internal(error.to_string()))?
}
