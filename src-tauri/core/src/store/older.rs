//! Books as older versions of Wellmet left them, so that tests can hold the way to today's form: a kill in the middle
//! of it, a row that a migration does not expect. Nothing else makes one.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::SecretString;
use sqlx::AssertSqlSafe;

use super::make::{Created, new_database};
use super::open::{Book, Paths};
use super::vault::{KeyFile, Unlock};
use super::{journal, migrate};
use crate::error::Result;
use crate::host::Host;

/// The versions of a book's form before the newest, the oldest first.
pub fn versions() -> Vec<i64> {
    let mut all = migrate::versions();
    all.pop();
    all
}

/// Every row of every table as text, but the search index's and the machine's own: two books with the same contents were
/// told the same things.
pub async fn contents(book: &Book) -> Result<BTreeMap<String, Vec<String>>> {
    let mut db = book.read().await?;
    let connection = db.connection();
    let mut all = BTreeMap::new();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
    )
    .fetch_all(&mut *connection)
    .await?;
    for table in tables {
        let columns = journal::columns_of(&mut *connection, &table).await?;
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({})", column.name)).collect();
        let rows = format!("SELECT {} FROM {table} ORDER BY 1", quoted.join(" || ' ' || "));
        all.insert(table, sqlx::query_scalar(AssertSqlSafe(rows)).fetch_all(&mut *connection).await?);
    }
    Ok(all)
}

/// Makes a book in `folder` as it was at `version`. `rows` is SQL that fills its first form, the journal's rows included;
/// what stands between that form and `version` then happens to them as it did to everyone's.
pub async fn make(folder: &Path, host: Host, passphrase: Option<SecretString>, version: i64, rows: &str) -> Result<()> {
    let Created { book, recovery_key, .. } = Book::create(folder, host, passphrase).await?;
    book.close().await;
    let paths = Paths::of(folder);
    let key = KeyFile::read(&paths.key_file)?.unwrap(&Unlock::RecoveryKey(recovery_key))?;
    let writer = new_database(&paths, &key).await?;
    let first = migrate::versions().into_iter().min().unwrap_or(version);
    migrate::to(&writer, first).await?;
    let mut filling = writer.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::raw_sql(AssertSqlSafe(rows.to_owned())).execute(&mut *filling).await?;
    filling.commit().await?;
    migrate::to(&writer, version).await?;
    journal::ensure_triggers(&mut *writer.acquire().await?).await?;
    writer.close().await;
    Ok(())
}
