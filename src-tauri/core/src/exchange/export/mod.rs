//! A view of people as a file. A copied list is an act: it is logged, and whoever said no is not in it.

mod csv_file;

use std::path::Path;

pub use super::view::{ExportForm, Exported};
use crate::error::{Code, Error, Result};
use crate::people::{PeopleQuery, list};
use crate::store::{Actor, Book, Db};
use crate::{args, statements};

use csv_file::Writer;

/// More hits than a search on the screen ranks: a list that is copied is whole.
const FOUND_MAX: u32 = 1_000_000;
const PAGE_ROWS: u32 = 500;

statements! {
    LOG = "INSERT INTO export_log (id, at_ms, volunteer_id, file_name, form, rows_written, left_out) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// Writes the people of `query` to `to`, which appears whole or not at all.
pub async fn export(book: &Book, actor: Actor, to: &Path, query: &PeopleQuery, form: ExportForm) -> Result<Exported> {
    let to = std::path::absolute(to)?;
    let extension = to.extension().map(|extension| extension.to_ascii_lowercase());
    if extension.as_deref().is_some_and(|extension| extension == "xlsx" || extension == "vcf") {
        return Err(Error::invalid(format!(
            "{} would be no CSV file. Give it a name that ends in .csv.",
            to.display()
        )));
    }
    if to.is_dir() {
        return Err(Error::invalid(format!("{} is a folder. Add a file name, such as people.csv.", to.display())));
    }
    let name = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = to.with_file_name(format!(".{name}.part"));
    let written = write(book, &part, query, form).await;
    let done = match written {
        Ok((rows, left_out)) => publish(book, actor, &part, &to, form, rows, left_out).await,
        Err(error) => Err(error),
    };
    if done.is_err() {
        // Half a list is nobody's list.
        let _ = std::fs::remove_file(&part);
    }
    done
}

async fn write(book: &Book, part: &Path, query: &PeopleQuery, form: ExportForm) -> Result<(u32, u32)> {
    let mut db = book.read().await?;
    let mut writer = Writer::create(&mut db, part, form).await.map_err(|error| nowhere(part, error))?;
    if query.words.trim().is_empty() {
        let mut after = None;
        loop {
            let page = list::page(&mut db, query, after.as_deref(), PAGE_ROWS).await?;
            for row in &page.rows {
                writer.person(&mut db, row.id).await?;
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    } else {
        for id in list::find(&mut db, &query.words, FOUND_MAX).await? {
            if fits(&mut db, query, id).await? {
                writer.person(&mut db, id).await?;
            }
        }
    }
    writer.finish()
}

/// The filters of a view, for someone whom its words found.
async fn fits(db: &mut Db, query: &PeopleQuery, id: crate::ids::PersonId) -> Result<bool> {
    if query.standings.is_empty() && query.keeper.is_none() && !query.waiting {
        return Ok(true);
    }
    let someone = csv_file::filters(db, id).await?;
    Ok((query.standings.is_empty() || query.standings.contains(&someone.standing))
        && (query.keeper.is_none() || query.keeper == someone.keeper_id)
        && (!query.waiting || someone.waiting))
}

/// The log before the name: there is no copy that nobody knows of.
async fn publish(
    book: &Book,
    actor: Actor,
    part: &Path,
    to: &Path,
    form: ExportForm,
    rows: u32,
    left_out: u32,
) -> Result<Exported> {
    let mut edit = book.write(actor, "export").await?;
    let at = edit.at;
    let name = to.to_string_lossy().into_owned();
    let args = args![uuid::Uuid::now_v7(), at, actor.volunteer(), &name, form, rows, left_out];
    edit.run(&LOG, args).await?;
    edit.commit().await?;
    std::fs::rename(part, to)?;
    Ok(Exported { file: name, rows, left_out })
}

fn nowhere(part: &Path, error: Error) -> Error {
    let folder = part.parent().unwrap_or(part).display();
    match error.code {
        Code::NotFound => {
            Error::new(Code::NotFound, format!("There is no folder {folder}. Choose another place for the list."))
        }
        Code::ReadOnly => Error::new(
            Code::ReadOnly,
            format!("Nothing may be written in {folder}. Choose another place for the list."),
        ),
        _ => error,
    }
}
