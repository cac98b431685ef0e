//! A new book. It is made beside its place and moved there when it is whole, so that a kill or a refusal in the middle
//! leaves no half of one.

use std::path::Path;

use secrecy::SecretString;
use sqlx::sqlite::SqliteJournalMode;
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};

use super::open::{Book, Paths, connect_options, lock, too_short, writer};
use super::vault::{KeyFile, RecoveryKey, new_key};
use super::{migrate, sync_folder};
use crate::error::{Code, Error, Result};
use crate::host::{BookKey, Host, SecretsError};
use crate::ids::BookId;

/// A new book, and the recovery key to print: it is shown once and kept nowhere.
pub struct Created {
    pub book: Book,
    pub recovery_key: RecoveryKey,
    /// Whether the keyring took the key; without one, the passphrase opens the book.
    pub in_keyring: bool,
}

/// A book that is being made: `book` can be written to, and is in its place after [`finish`](Self::finish).
pub struct Making {
    pub book: Book,
    recovery_key: RecoveryKey,
    in_keyring: bool,
    key_file: KeyFile,
}

impl Book {
    /// Begins a book in `folder`, which must hold none. Without a keyring a passphrase is needed.
    pub async fn make(folder: &Path, host: Host, passphrase: Option<SecretString>) -> Result<Making> {
        let paths = Paths::of(folder);
        std::fs::create_dir_all(folder)?;
        let lock = lock(&paths)?;
        if paths.hold_a_book() {
            return Err(Error::new(
                Code::BookExists,
                format!("{} holds a book already. Open it, or choose another folder.", folder.display()),
            ));
        }
        if passphrase.as_ref().is_some_and(too_short) {
            return Err(Error::invalid("A passphrase needs at least eight characters."));
        }
        let id = BookId::new();
        let key = new_key()?;
        let in_keyring = match host.secrets.set(id, &key) {
            Ok(()) => true,
            Err(_) if passphrase.is_some() => false,
            Err(SecretsError::Absent(_)) => {
                return Err(Error::new(
                    Code::KeyNeeded,
                    "No keyring answers on this computer. Choose a passphrase: it will open the book.",
                ));
            }
            Err(SecretsError::Locked(why)) => {
                return Err(Error::new(
                    Code::KeyringLocked,
                    format!("The keyring is locked ({why}). Unlock it and try again, or choose a passphrase."),
                ));
            }
        };
        let recovery_key = RecoveryKey::new()?;
        let mut key_file = KeyFile::new(id);
        key_file.wrap_under_recovery(&key, &recovery_key)?;
        if let Some(words) = &passphrase {
            key_file.wrap_under_passphrase(&key, words)?;
        }
        key_file.write(&paths.key_file)?;
        let beside = paths.beside();
        let first = new_database(&beside, &key).await?;
        migrate::run(&first, &key, &beside, host.clock.now(), &key_file.wellmet).await?;
        first.close().await;
        let book = Self::open_with(beside, host, key_file.clone(), key, lock).await?;
        Ok(Making { book, recovery_key, in_keyring, key_file })
    }

    /// A new book with nothing in it.
    pub async fn create(folder: &Path, host: Host, passphrase: Option<SecretString>) -> Result<Created> {
        Self::make(folder, host, passphrase).await?.finish().await
    }
}

impl Making {
    /// Moves the book to its place and opens it there. Nothing else may hold it any more.
    pub async fn finish(self) -> Result<Created> {
        let (host, key, lock) = self.book.parts()?;
        let beside = self.book.paths().clone();
        let paths = Paths::of(&beside.folder);
        self.book.close().await;
        std::fs::rename(&beside.database, &paths.database)?;
        sync_folder(&paths.folder)?;
        let book = Book::open_with(paths, host, self.key_file, key, lock).await?;
        Ok(Created { book, recovery_key: self.recovery_key, in_keyring: self.in_keyring })
    }

    /// Takes back all that was made.
    pub async fn give_up(self) {
        let beside = self.book.paths().clone();
        self.book.close().await;
        beside.remove_database();
        let _ = std::fs::remove_file(&beside.key_file);
        if self.in_keyring {
            let _ = self.book.host().secrets.delete(self.book.id());
        }
    }
}

/// An empty database in the place of whatever was there.
pub(super) async fn new_database(paths: &Paths, key: &BookKey) -> Result<SqlitePool> {
    paths.remove_database();
    let options = connect_options(&paths.database, key).create_if_missing(true).journal_mode(SqliteJournalMode::Delete);
    options.connect().await?.close().await?;
    writer(&paths.database, key).await
}
