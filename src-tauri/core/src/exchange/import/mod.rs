//! A list of people from a file: read as a stream, its columns recognised, shown first, then brought in as one edit.

pub mod plan;
pub mod read;
pub mod recognise;
mod rejects;
mod run;
pub mod sniff;
mod undo;
pub mod values;

use std::path::Path;

pub use super::view::{ImportLine, ImportProgress, ImportState, ImportUndone, Mapping, Preview, PreviewColumn};
use crate::error::Result;
use crate::store::{Book, Db};
use crate::team::{standards, volunteers};
pub use run::{begin, list, recover, run};
pub use undo::undo;

use plan::Plan;
use read::Table;
use recognise::Field;

const PREVIEW_ROWS: usize = 20;
/// Rows whose cells tell what a column holds, where its header does not.
const SAMPLE_ROWS: usize = 200;
/// A file up to this size is counted through for a preview.
const COUNTED_MAX_BYTES: u64 = 32 << 20;

/// What would be read of a file. Nothing is written.
pub async fn preview(book: &Book, path: &Path, mapping: Option<Mapping>) -> Result<Preview> {
    let mut db = book.read().await?;
    let country = standards::association(&mut db).await?.country;
    drop(db);
    let path = path.to_owned();
    blocking(move || look(&path, &country, mapping.as_ref())).await
}

fn look(path: &Path, country: &str, mapping: Option<&Mapping>) -> Result<Preview> {
    let mut table = Table::open(path, country)?;
    let mut sample = Vec::new();
    let (mut rows, mut bad) = (0, 0);
    let counted = std::fs::metadata(path)?.len() <= COUNTED_MAX_BYTES;
    while let Some(row) = table.next()? {
        rows += 1;
        match row {
            Ok(row) if sample.len() < SAMPLE_ROWS => sample.push(row.cells),
            Ok(_) => {}
            Err(_) => bad += 1,
        }
        if !counted && sample.len() == SAMPLE_ROWS {
            break;
        }
    }
    let columns = columns_of(&table, &sample, country, mapping)?;
    let mut remarks = Vec::new();
    if !table.has_header {
        remarks.push("The file has no header: columns are known by what stands in them.".into());
    }
    if !table.encoding.starts_with("UTF-") {
        remarks.push(format!("The encoding is a guess ({}): look whether the accents are right.", table.encoding));
    }
    if bad > 0 {
        remarks.push(format!("{bad} rows cannot be read. They come back as a file with the reasons."));
    }
    if let Err(nobody) = recognise::check(&columns) {
        remarks.push(nobody.message);
    }
    sample.truncate(PREVIEW_ROWS);
    Ok(Preview {
        path: path.to_string_lossy().into_owned(),
        file_name: file_name(path),
        encoding: table.encoding.to_owned(),
        delimiter: table.delimiter.to_string(),
        columns: columns
            .iter()
            .map(|column| PreviewColumn { header: column.header.clone(), field: word_of(column) })
            .collect(),
        rows: sample,
        row_count: counted.then_some(rows),
        remarks,
        fields: Field::ALL.iter().map(|field| field.as_str().to_owned()).collect(),
    })
}

/// `phone:work`.
pub(super) fn word_of(column: &recognise::Column) -> String {
    match column.label.as_str() {
        "" => column.field.as_str().to_owned(),
        label => format!("{}:{label}", column.field.as_str()),
    }
}

fn columns_of(
    table: &Table,
    sample: &[Vec<String>],
    country: &str,
    mapping: Option<&Mapping>,
) -> Result<Vec<recognise::Column>> {
    let mut columns = recognise::recognise(table.header(), sample, country);
    if let Some(mapping) = mapping {
        recognise::choose(&mut columns, mapping)?;
    }
    Ok(columns)
}

async fn plan(db: &mut Db, path: &Path, mapping: Option<&Mapping>) -> Result<Plan> {
    let country = standards::association(db).await?.country;
    let volunteers = volunteers::all(db).await?;
    let (path, mapping, of) = (path.to_owned(), mapping.cloned(), country.clone());
    let columns = blocking(move || {
        let mut table = Table::open(&path, &of)?;
        let mut sample = Vec::new();
        while sample.len() < SAMPLE_ROWS
            && let Some(row) = table.next()?
        {
            sample.extend(row.ok().map(|row| row.cells));
        }
        let columns = columns_of(&table, &sample, &of, mapping.as_ref())?;
        recognise::check(&columns)?;
        Ok(columns)
    })
    .await?;
    Ok(Plan { columns, country, volunteers })
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reading a file would hold up everything else that runs on this thread.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| crate::Error::internal(error.to_string()))?
}
