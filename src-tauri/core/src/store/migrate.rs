//! Numbered migrations, a verified backup before them, and the refusal of a book from a newer Wellmet.

use sqlx::SqlitePool;
use sqlx::migrate::Migrator;

use super::open::Paths;
use super::{backup, journal, vault};
use crate::error::{Code, Error, Result};
use crate::host::BookKey;
use crate::time::Millis;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");

pub(super) async fn run(
    writer: &SqlitePool,
    key: &BookKey,
    paths: &Paths,
    at: Millis,
    last_used_by: &str,
) -> Result<()> {
    let newest = versions().into_iter().max().unwrap_or(0);
    let known: (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'").fetch_one(writer).await?;
    let applied: i64 = if known.0 == 0 {
        0
    } else {
        sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").fetch_one(writer).await?
    };
    if applied > newest {
        return Err(vault::newer(last_used_by));
    }
    if applied < newest {
        if applied > 0 {
            backup::make(writer, key, paths, at, "before-update").await?;
        }
        to(writer, newest).await?;
    }
    journal::ensure_triggers(&mut *writer.acquire().await?).await
}

/// The versions that a book has had, the oldest first.
pub(super) fn versions() -> Vec<i64> {
    MIGRATIONS.iter().map(|migration| migration.version).collect()
}

/// Runs what is missing up to `version`.
pub(super) async fn to(writer: &SqlitePool, version: i64) -> Result<()> {
    MIGRATIONS.run_to(version, writer).await.map_err(failed)
}

fn failed(error: sqlx::migrate::MigrateError) -> Error {
    use sqlx::migrate::MigrateError as E;
    match error {
        E::Execute(inner) | E::ExecuteMigration(inner, _) => inner.into(),
        E::VersionMismatch(version) => Error::new(
            Code::BookDamaged,
            format!(
                "The book was made with another form of migration {version}. Restore the last good backup, or ask its maker."
            ),
        ),
        other => Error::internal(other.to_string()),
    }
}
