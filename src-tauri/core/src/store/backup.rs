//! Backups: a whole, verified copy of the encrypted file, made beside and renamed.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;
use sqlx::SqlitePool;

use super::open::{Paths, connect_options};
use super::sync_folder;
use crate::error::{Code, Error, Result};
use crate::host::BookKey;
use crate::time::Millis;

/// How many are kept; the oldest go first.
const KEPT: usize = 10;

/// Copies the book while nobody writes, opens the copy and checks it, and only then gives it its name.
pub(super) async fn make(writer: &SqlitePool, key: &BookKey, paths: &Paths, at: Millis, why: &str) -> Result<PathBuf> {
    std::fs::create_dir_all(&paths.backups)?;
    let stamp = at.utc().format("%Y%m%dT%H%M%SZ");
    let done = paths.backups.join(format!("{stamp}-{why}.db"));
    copy_to(writer, key, &done).await?;
    drop_oldest(&paths.backups)?;
    Ok(done)
}

/// One verified copy at `to`, which must not be there yet.
pub(super) async fn copy_to(writer: &SqlitePool, key: &BookKey, to: &Path) -> Result<()> {
    let beside = to.with_extension("db.part");
    let mut connection = writer.acquire().await?;
    // After this the main file is whole by itself, and it stays so: this is the only connection that writes.
    let row: (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
    if row.0 != 0 {
        return Err(Error::new(Code::BookBusy, "The book is being read; the backup was put off. Try again."));
    }
    let from: (i64, String, String) =
        sqlx::query_as("SELECT seq, name, file FROM pragma_database_list WHERE name = 'main'")
            .fetch_one(&mut *connection)
            .await?;
    let copied = tokio::fs::copy(&from.2, &beside).await;
    if let Err(error) = copied {
        let _ = std::fs::remove_file(&beside);
        return Err(error.into());
    }
    drop(connection);
    std::fs::File::open(&beside)?.sync_all()?;
    verify(&beside, key).await.inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })?;
    std::fs::rename(&beside, to)?;
    sync_folder(to.parent().unwrap_or(Path::new(".")))
}

/// The wrapped key that goes with a backup outside the book's folder: `chamber.db` and `chamber.db.json`.
pub(super) fn key_file_of(backup: &Path) -> PathBuf {
    let mut name = backup.as_os_str().to_owned();
    name.push(".json");
    name.into()
}

/// Opens a copy and reads every page of it.
pub(super) async fn verify(file: &Path, key: &BookKey) -> Result<()> {
    use sqlx::{ConnectOptions as _, Connection as _};
    debug_assert_eq!(key.expose_secret().len(), 32);
    let mut connection = connect_options(file, key).read_only(true).immutable(true).connect().await?;
    let answer: Vec<(String,)> = sqlx::query_as("PRAGMA quick_check").fetch_all(&mut connection).await?;
    connection.close().await?;
    if answer.len() == 1 && answer[0].0 == "ok" {
        Ok(())
    } else {
        Err(Error::new(Code::BookDamaged, format!("{} is not whole.", file.display())))
    }
}

/// The newest backup, by its name.
pub fn newest(folder: &Path) -> Option<PathBuf> {
    list(folder).pop()
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "db"))
        .collect();
    files.sort();
    files
}

fn drop_oldest(folder: &Path) -> Result<()> {
    let files = list(folder);
    for file in files.iter().take(files.len().saturating_sub(KEPT)) {
        std::fs::remove_file(file)?;
    }
    Ok(())
}
