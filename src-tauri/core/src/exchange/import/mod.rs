//! A list of people from a file: read as a stream, its columns recognised, shown first, then brought in as one edit.

pub mod read;
pub mod recognise;
pub mod sniff;
pub mod values;

use std::path::Path;
use std::sync::atomic::AtomicBool;

pub use super::view::{ImportLine, ImportProgress, ImportState, ImportUndone, Mapping, Preview};
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::store::{Actor, Book, Db};

pub async fn preview(_book: &Book, _path: &Path, _mapping: Option<Mapping>) -> Result<Preview> {
    Err(Error::internal("being built"))
}

/// Writes down that an import begins; [`run`] does the work, and goes on after a kill.
pub async fn begin(_book: &Book, _actor: Actor, _path: &Path, _mapping: Option<Mapping>) -> Result<ImportId> {
    Err(Error::internal("being built"))
}

/// Reads the file and writes its people in chunks of one edit; `cancel` stops it after a chunk, and what was written is
/// undone as one.
pub async fn run(
    _book: &Book,
    _actor: Actor,
    _import: ImportId,
    _cancel: &AtomicBool,
    _progress: &(dyn Fn(ImportProgress) + Send + Sync),
) -> Result<ImportProgress> {
    Err(Error::internal("being built"))
}

/// Newest first, at most 100.
pub async fn list(_db: &mut Db) -> Result<Vec<ImportLine>> {
    Err(Error::internal("being built"))
}

pub async fn undo(_book: &Book, _actor: Actor, _import: ImportId) -> Result<ImportUndone> {
    Err(Error::internal("being built"))
}
