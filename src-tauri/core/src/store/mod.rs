//! The book's engine: the only area that names a database.
//!
//! One write connection in one process, readers opened read-only, a lock on the folder against a second process, and
//! the readers closed before the writer: SQLCipher still carries SQLite 3.50.4, whose WAL can be reset under two
//! connections that write or checkpoint at the same instant (mended in 3.51.3). See docs/ARCHITECTURE.md.

mod backup;
mod bulk;
mod db;
mod index_check;
mod journal;
mod make;
mod migrate;
#[doc(hidden)]
pub mod older;
mod open;
mod readers;
pub mod search;
pub mod sql;
mod undo;
mod vault;

use std::path::Path;

pub use backup::newest as newest_backup;
pub use bulk::insert_rank;
pub use db::Db;
pub use journal::{Actor, Change, Edit, Happening, happenings_after, last_happening, promises_undone_after};
pub use make::{Created, Making};
pub use open::{Book, Checked, Key, Paths, restore, restore_newest};
pub use sql::{Sql, Value};
pub use undo::{
    EditLine, Fate, FieldChange, REVERSALS, Reversal, Tally, Undone, UndoneRow, history, last_edits, redo_last,
    restore_field, undo, undo_last, undo_telling,
};
pub use vault::{RecoveryKey, Unlock};

use crate::error::{Code, Error, Result};

/// The engine's errors in words, with the way out.
pub(crate) fn database_error(error: sqlx::Error) -> Error {
    if let sqlx::Error::Database(inner) = &error {
        let message = inner.message();
        // Primary result codes of SQLite (https://www.sqlite.org/rescode.html): extended ones carry them in the low byte.
        let code = inner.code().and_then(|code| code.parse::<i32>().ok()).unwrap_or(0) & 0xff;
        return match code {
            5 | 6 => Error::new(Code::BookBusy, "The book is being written. Try again in a moment."),
            8 => Error::new(Code::ReadOnly, "The book may not be written here. Check the folder's permissions."),
            10 if message.contains("full") => disk_full(),
            13 => disk_full(),
            // How SQLCipher says that a page does not answer to the key, and how SQLite takes it where that page tells of the
            // tables: as no memory, or as words that end too early. Our own statements' faults have other words.
            1 if message == "SQL logic error" || message.starts_with("malformed database schema") => damaged_page(),
            7 | 11 => damaged_page(),
            26 => Error::new(Code::WrongKey, "This key does not open the book, or the file is not a book."),
            14 => Error::new(Code::ReadOnly, "The book's file could not be opened. Check the folder's permissions."),
            _ => journal::outside_the_door(message).unwrap_or_else(|| Error::internal(message.to_owned())),
        };
    }
    match error {
        sqlx::Error::Io(inner) => inner.into(),
        sqlx::Error::PoolTimedOut => Error::new(Code::BookBusy, "The book is being written. Try again in a moment."),
        sqlx::Error::RowNotFound => Error::not_found("This is not in the book any more."),
        other => Error::internal(other.to_string()),
    }
}

fn damaged_page() -> Error {
    Error::new(Code::BookDamaged, "A page of the book is not whole. Restore the last good backup.")
}

fn disk_full() -> Error {
    Error::new(Code::DiskFull, "The disk is full. Nothing of this was written; free some space and do it again.")
}

/// A rename is only on disk once its folder is.
fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}
