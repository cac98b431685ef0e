//! One error: a *code* that the window acts on, and a message that a person can read: what happened, to which row or
//! file, and the way out.

use serde::{Deserialize, Serialize};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The input was wrong; the message says which part.
    Invalid,
    /// What was asked for is not in the book (any more).
    NotFound,
    /// Someone changed it in the meantime.
    Conflict,
    /// A rule forbids it now (consent, hours, an unconfirmed number); the message says why and what would allow it.
    Refused,
    /// There is no book here yet.
    NoBook,
    /// A book is already there: nothing is created over it.
    BookExists,
    /// Another Wellmet has this book open.
    BookBusy,
    /// The key that was given, or that the keyring holds, is not this book's.
    WrongKey,
    /// The book's key is in no keyring that answers: the passphrase or the recovery key is asked for.
    KeyNeeded,
    /// The keyring is there and locked.
    KeyringLocked,
    /// A newer Wellmet wrote this book.
    BookNewer,
    /// The file is not whole; the message names the last good backup.
    BookDamaged,
    /// The folder or file may not be written.
    ReadOnly,
    DiskFull,
    /// A file could not be read or written.
    File,
    /// The person stopped it.
    Cancelled,
    /// Ours to mend.
    Internal,
}

#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub code: Code,
    /// Plain words: what happened, and the way out.
    pub message: String,
}

impl Error {
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::Invalid, message)
    }
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Code::NotFound, message)
    }
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Code::Refused, message)
    }
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Code::Internal, message)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        crate::store::database_error(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let code = match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Code::DiskFull,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => Code::ReadOnly,
            Kind::NotFound => Code::NotFound,
            _ => Code::File,
        };
        Self::new(code, error.to_string())
    }
}
