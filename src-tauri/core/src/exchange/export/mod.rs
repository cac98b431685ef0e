//! A view of people as a file.

use std::path::Path;

pub use super::view::{ExportForm, Exported};
use crate::error::{Error, Result};
use crate::people::PeopleQuery;
use crate::store::{Actor, Book};

pub async fn export(
    _book: &Book,
    _actor: Actor,
    _to: &Path,
    _query: &PeopleQuery,
    _form: ExportForm,
) -> Result<Exported> {
    Err(Error::internal("being built"))
}
