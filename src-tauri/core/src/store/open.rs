//! A book on disk: made, opened, locked against a second process, closed.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secrecy::SecretString;
use serde::Serialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use tokio::sync::broadcast;

use super::db::Link;
use super::journal::Change;
use super::readers::Readers;
use super::vault::{KeyFile, RecoveryKey, Unlock, WrappedUnder, pragma_key};
use super::{Actor, Db, Edit, backup, index_check, migrate, search, sync_folder};
use crate::error::{Code, Error, Result};
use crate::host::{BookKey, Host, SecretsError};
use crate::ids::{BookId, EditId};
use crate::time::Millis;

/// Where a book's parts stand.
#[derive(Clone, Debug)]
pub struct Paths {
    pub folder: PathBuf,
    pub database: PathBuf,
    pub key_file: PathBuf,
    pub lock: PathBuf,
    /// Stands there after a restore, until [`Book::restore_is_seen_to`].
    pub restored: PathBuf,
    pub backups: PathBuf,
}

impl Paths {
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            database: folder.join("book.db"),
            key_file: folder.join("book.json"),
            lock: folder.join("book.lock"),
            restored: folder.join("book.restored"),
            backups: folder.join("backups"),
        }
    }

    /// Where a book's database is made, before it is moved to its place.
    pub(super) fn beside(&self) -> Self {
        Self { database: self.folder.join("book.db.new"), ..self.clone() }
    }

    pub(super) fn remove_database(&self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut file = self.database.clone().into_os_string();
            file.push(end);
            let _ = std::fs::remove_file(file);
        }
    }

    /// Anything of a book that must not be written over.
    pub(super) fn hold_a_book(&self) -> bool {
        self.database.exists() || super::newest_backup(&self.backups).is_some()
    }
}

/// How a book is opened.
pub enum Key {
    /// The key that the keyring holds.
    Keyring,
    /// What a person typed; the keyring, where one answers, keeps the key from then on.
    Typed(Unlock),
}

/// What `wellmet check` answers.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Checked {
    pub ok: bool,
    pub findings: Vec<String>,
}

/// An open book. Clones share it.
#[derive(Clone)]
pub struct Book {
    inner: Arc<Inner>,
}

struct Inner {
    id: BookId,
    paths: Paths,
    host: Host,
    key: BookKey,
    writer: SqlitePool,
    readers: Readers,
    bus: broadcast::Sender<Change>,
    // Released when the last clone goes.
    lock: File,
}

impl Book {
    /// Whether there is a book in `folder` at all, and whether a passphrase opens it.
    pub fn look(folder: &Path) -> Result<Option<bool>> {
        let paths = Paths::of(folder);
        if !paths.hold_a_book() {
            return Ok(None);
        }
        Ok(Some(paths.key_file.exists() && KeyFile::read(&paths.key_file)?.has(WrappedUnder::Passphrase)))
    }

    pub async fn open(folder: &Path, host: Host, with: Key) -> Result<Self> {
        let paths = Paths::of(folder);
        if !paths.hold_a_book() {
            return Err(Error::new(Code::NoBook, format!("There is no book in {}.", folder.display())));
        }
        let lock = lock(&paths)?;
        if !paths.key_file.exists() {
            return Err(Error::new(
                Code::BookDamaged,
                format!(
                    "{} is missing. Put it back from a backup of the book's folder; the book itself was not touched.",
                    paths.key_file.display()
                ),
            ));
        }
        let key_file = KeyFile::read(&paths.key_file)?;
        if !paths.database.exists() {
            return Err(damaged(&paths, "Its file book.db is missing."));
        }
        let key = match &with {
            Key::Typed(words) => key_file.unwrap(words)?,
            Key::Keyring => match host.secrets.get(key_file.book) {
                Ok(Some(key)) => key,
                Ok(None) => return Err(key_needed(&key_file, "The keyring does not hold this book's key")),
                Err(SecretsError::Absent(_)) => {
                    return Err(key_needed(&key_file, "No keyring answers on this computer"));
                }
                Err(SecretsError::Locked(why)) => {
                    return Err(Error::new(
                        Code::KeyringLocked,
                        format!("The keyring is locked ({why}). Unlock it and try again, or use the recovery key."),
                    ));
                }
            },
        };
        let typed = matches!(with, Key::Typed(_));
        let book = Self::open_with(paths, host, key_file, key, lock).await.map_err(|error| {
            // A key that its own wrapping vouches for is right: then it is the file that is at fault.
            if typed && error.code == Code::WrongKey {
                damaged(&Paths::of(folder), "The key is right, and the file does not answer to it.")
            } else {
                error
            }
        })?;
        if typed {
            // Where no keyring answers, the passphrase goes on serving.
            let _ = book.inner.host.secrets.set(book.inner.id, &book.inner.key);
        }
        Ok(book)
    }

    pub(super) async fn open_with(
        paths: Paths,
        host: Host,
        mut key_file: KeyFile,
        key: BookKey,
        lock: File,
    ) -> Result<Self> {
        let probe = probe(&paths, &key).await;
        if let Err(error) = probe {
            return Err(match error.code {
                Code::WrongKey => Error::new(
                    Code::WrongKey,
                    "The key in the keyring does not open this book: another key, or a damaged file. Use the passphrase or the recovery key; they will tell which.",
                ),
                Code::BookDamaged => damaged(&paths, "A page of it is not whole."),
                _ => error,
            });
        }
        let writer = writer(&paths.database, &key).await?;
        if let Err(error) = migrate::run(&writer, &key, &paths, host.clock.now(), &key_file.wellmet).await {
            writer.close().await;
            return Err(error);
        }
        let readers = Readers::open(connect_options(&paths.database, &key)).await?;
        if key_file.wellmet != env!("CARGO_PKG_VERSION") {
            key_file.wellmet = env!("CARGO_PKG_VERSION").into();
            key_file.write(&paths.key_file)?;
        }
        // A kill in the middle of an edit rolls it back, so nothing stands here; a resumed one begins anew.
        let (bus, _) = broadcast::channel(256);
        let id = key_file.book;
        Ok(Self { inner: Arc::new(Inner { id, paths, host, key, writer, readers, bus, lock }) })
    }

    /// What it takes to open the same book again while its lock is kept.
    pub(super) fn parts(&self) -> Result<(Host, BookKey, File)> {
        use secrecy::{ExposeSecret as _, SecretBox};
        let key = SecretBox::new(Box::new(*self.inner.key.expose_secret()));
        Ok((self.inner.host.clone(), key, self.inner.lock.try_clone()?))
    }

    pub fn id(&self) -> BookId {
        self.inner.id
    }

    pub fn paths(&self) -> &Paths {
        &self.inner.paths
    }

    pub fn host(&self) -> &Host {
        &self.inner.host
    }

    /// A backup stands in the place of the book: what was said to others since is not in it.
    pub fn is_restored(&self) -> bool {
        self.inner.paths.restored.exists()
    }

    /// Nothing in the book counts any more on what was said to others since the backup.
    pub fn restore_is_seen_to(&self) -> Result<()> {
        std::fs::remove_file(&self.inner.paths.restored)?;
        Ok(())
    }

    pub fn now(&self) -> Millis {
        self.inner.host.clock.now()
    }

    /// A read-only view of the book.
    pub async fn read(&self) -> Result<Db> {
        Ok(Db::new(Link::Reader(self.inner.readers.take().await?)))
    }

    /// The one door for changes: one immediate transaction that writes the rows, the journal that undo needs and one
    /// change event. `action` is a word of the catalogue of actions (`ui/src/i18n`).
    pub async fn write(&self, actor: Actor, action: &'static str) -> Result<Edit> {
        self.begin(actor, action, None, None).await
    }

    /// Goes on with an edit in another transaction: for long work that must not keep everyone else waiting. All of it
    /// is undone as one.
    pub async fn write_on(&self, actor: Actor, action: &'static str, edit: EditId) -> Result<Edit> {
        self.begin(actor, action, None, Some(edit)).await
    }

    pub(super) async fn write_undoing(&self, actor: Actor, edit: EditId) -> Result<Edit> {
        self.begin(actor, "undo", Some(edit), None).await
    }

    async fn begin(
        &self,
        actor: Actor,
        action: &'static str,
        undoes: Option<EditId>,
        on: Option<EditId>,
    ) -> Result<Edit> {
        let transaction = match self.inner.writer.begin_with("BEGIN IMMEDIATE").await {
            // At a full disk SQLite rolls back by itself, and sqlx goes on counting the transaction as open. The
            // connection is closed before another one is made: there is never a second that writes.
            Err(sqlx::Error::InvalidSavePointStatement) => {
                self.inner.writer.acquire().await?.close().await?;
                self.inner.writer.begin_with("BEGIN IMMEDIATE").await?
            }
            begun => begun?,
        };
        Edit::open(transaction, actor, action, self.now(), self.inner.bus.clone(), undoes, on).await
    }

    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.bus.subscribe()
    }

    /// A verified copy of the encrypted book, and beside it the wrapped key, which it is worth nothing without. Answers
    /// the key file.
    pub async fn backup_to(&self, to: &Path) -> Result<PathBuf> {
        let key_file = backup::key_file_of(to);
        for file in [to, &key_file] {
            if file.exists() {
                return Err(Error::invalid(format!("{} is there already. Choose another name.", file.display())));
            }
        }
        backup::copy_to(&self.inner.writer, &self.inner.key, to).await?;
        KeyFile::read(&self.inner.paths.key_file)?.write(&key_file)?;
        Ok(key_file)
    }

    /// A backup in the book's own folder, named by `why`.
    pub async fn backup(&self, why: &str) -> Result<PathBuf> {
        backup::make(&self.inner.writer, &self.inner.key, &self.inner.paths, self.now(), why).await
    }

    /// Adds or changes the passphrase that opens the book without a keyring.
    pub fn set_passphrase(&self, words: &SecretString) -> Result<()> {
        if too_short(words) {
            return Err(Error::invalid("A passphrase needs at least eight characters."));
        }
        let mut key_file = KeyFile::read(&self.inner.paths.key_file)?;
        key_file.wrap_under_passphrase(&self.inner.key, words)?;
        key_file.write(&self.inner.paths.key_file)
    }

    /// A new recovery key; the one printed before opens nothing from then on.
    pub fn renew_recovery_key(&self) -> Result<RecoveryKey> {
        let recovery = RecoveryKey::new()?;
        let mut key_file = KeyFile::read(&self.inner.paths.key_file)?;
        key_file.wrap_under_recovery(&self.inner.key, &recovery)?;
        key_file.write(&self.inner.paths.key_file)?;
        Ok(recovery)
    }

    /// Reads every page and every rule of the book.
    pub async fn check(&self) -> Result<Checked> {
        let mut findings = Vec::new();
        let mut connection = self.inner.readers.take().await?;
        for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
            let rows: Vec<(String,)> = sqlx::query_as(pragma).fetch_all(&mut *connection).await?;
            findings.extend(
                rows.into_iter().map(|(row,)| row).filter(|row| row != "ok" && !index_check::is_answered_here(row)),
            );
        }
        let broken: Vec<(String, Option<i64>, String, i64)> =
            sqlx::query_as("PRAGMA foreign_key_check").fetch_all(&mut *connection).await?;
        findings.extend(broken.into_iter().map(|(table, row, parent, _)| {
            format!("A row of {table} ({}) points at a row of {parent} that is not there.", row.unwrap_or(0))
        }));
        findings.extend(index_check::findings(&mut connection).await?);
        let rules: [(&str, &str); 9] = [
            ("SELECT COUNT(*) FROM current_edit", "An edit was left open."),
            (
                "SELECT COUNT(*) FROM person p WHERE removed_ms IS NULL AND NOT EXISTS (SELECT 1 FROM person_words w WHERE w.rowid = p.seq)",
                "Someone is missing from the search index.",
            ),
            (
                "SELECT COUNT(DISTINCT p.id) FROM person p JOIN reach r ON r.person_id = p.id AND r.kind = 'phone' WHERE p.removed_ms IS NULL AND NOT EXISTS (SELECT 1 FROM person_digits d WHERE d.rowid = p.seq)",
                "Someone's number is missing from the search index.",
            ),
            (
                "SELECT COUNT(*) FROM (SELECT rowid AS seq FROM person_words UNION SELECT rowid FROM person_digits) w WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.seq = w.seq AND p.removed_ms IS NULL)",
                "The search index names someone who is not in the book.",
            ),
            (
                "SELECT COUNT(*) FROM inquiry i WHERE i.state = 'open' AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.inquiry_id = i.id AND p.state = 'open')",
                "An open inquiry has no open promise.",
            ),
            (
                "SELECT COUNT(*) FROM promise p WHERE p.state = 'open' AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.promise_id = p.id)",
                "An open promise has no reminder.",
            ),
            (
                "SELECT COUNT(*) FROM enrolment_step s JOIN promise p ON p.id = s.promise_id WHERE s.state = 'open' AND p.state <> 'open'",
                "An open step of a plan is not owed.",
            ),
            (
                "SELECT COUNT(*) FROM enrolment e WHERE e.state = 'running' AND NOT EXISTS (SELECT 1 FROM enrolment_step s WHERE s.enrolment_id = e.id AND s.state = 'open')",
                "Somebody's plan goes on, and nothing of it is owed.",
            ),
            (
                "SELECT COUNT(*) FROM journal j WHERE NOT EXISTS (SELECT 1 FROM edit e WHERE e.id = j.edit_id)",
                "The journal names an edit that is not there.",
            ),
        ];
        for (sql, words) in rules {
            let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut *connection).await?;
            if count > 0 {
                findings.push(format!("{words} ({count})"));
            }
        }
        Ok(Checked { ok: findings.is_empty(), findings })
    }

    /// Makes the search index anew.
    pub async fn reindex(&self) -> Result<()> {
        let mut transaction = self.inner.writer.begin_with("BEGIN IMMEDIATE").await?;
        search::reindex_all(&mut transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Closes the readers, then the writer: the last one out checkpoints alone.
    pub async fn close(&self) {
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }
}

/// Puts the newest good backup in the place of a damaged book; the damaged file is kept beside it.
pub async fn restore_newest(folder: &Path, host: &Host, unlock: Option<&Unlock>) -> Result<PathBuf> {
    let from = super::newest_backup(&Paths::of(folder).backups)
        .ok_or_else(|| Error::not_found("There is no backup in the book's folder."))?;
    restore(folder, host, unlock, &from).await?;
    Ok(from)
}

/// Puts the backup `from` in the place of the book in `folder`, if any; what was there is kept beside it. The key file
/// that was written with the backup serves where the folder has none, or that of another book.
pub async fn restore(folder: &Path, host: &Host, unlock: Option<&Unlock>, from: &Path) -> Result<()> {
    let paths = Paths::of(folder);
    let _lock = lock(&paths)?;
    let (key_file, brought) = key_file_for(&paths, from)?;
    let key = match unlock {
        Some(words) => key_file.unwrap(words)?,
        None => match host.secrets.get(key_file.book) {
            Ok(Some(key)) => key,
            _ => return Err(key_needed(&key_file, "The keyring does not give this book's key")),
        },
    };
    backup::verify(from, &key).await.map_err(|error| match error.code {
        Code::WrongKey => Error::new(
            Code::WrongKey,
            format!("{} is not a backup of this book, or not whole. Nothing was changed.", from.display()),
        ),
        _ => error,
    })?;
    // The copy is whole and on disk before anything is moved.
    let beside = paths.beside().database;
    std::fs::copy(from, &beside)?;
    File::open(&beside)?.sync_all()?;
    let stamp = host.clock.now().utc().format("%Y%m%dT%H%M%SZ");
    let mut moved = vec!["book.db", "book.db-wal", "book.db-shm"];
    if brought {
        moved.push("book.json");
    }
    for name in moved {
        let file = paths.folder.join(name);
        if file.exists() {
            std::fs::rename(&file, paths.folder.join(format!("{name}.replaced-{stamp}")))?;
        }
    }
    if brought {
        key_file.write(&paths.key_file)?;
    }
    // On disk before the backup is the book.
    File::create(&paths.restored)?.sync_all()?;
    sync_folder(&paths.folder)?;
    std::fs::rename(&beside, &paths.database)?;
    sync_folder(&paths.folder)
}

/// The key file to restore `from` with, and whether it came with the backup.
fn key_file_for(paths: &Paths, from: &Path) -> Result<(KeyFile, bool)> {
    let own = paths.key_file.exists().then(|| KeyFile::read(&paths.key_file));
    let beside = backup::key_file_of(from);
    let brought = if beside.exists() { Some(KeyFile::read(&beside)?) } else { None };
    match (own, brought) {
        // The folder's own may have a newer passphrase.
        (Some(Ok(own)), Some(brought)) if own.book == brought.book => Ok((own, false)),
        (_, Some(brought)) => Ok((brought, true)),
        (Some(own), None) => Ok((own?, false)),
        (None, None) => Err(Error::new(
            Code::KeyNeeded,
            format!(
                "The key file {} is missing. Put it beside the backup: without it no key opens the copy.",
                beside.display()
            ),
        )),
    }
}

pub(super) fn too_short(words: &SecretString) -> bool {
    use secrecy::ExposeSecret as _;
    words.expose_secret().chars().count() < 8
}

fn key_needed(key_file: &KeyFile, what: &str) -> Error {
    let way = if key_file.has(WrappedUnder::Passphrase) {
        "Type the book's passphrase, or its recovery key."
    } else {
        "Type the recovery key that was printed when the book was made."
    };
    Error::new(Code::KeyNeeded, format!("{what}. {way}"))
}

fn damaged(paths: &Paths, what: &str) -> Error {
    let way = match super::newest_backup(&paths.backups) {
        Some(backup) => format!("The last good backup is {}.", backup.display()),
        None => "There is no backup in its folder.".into(),
    };
    Error::new(Code::BookDamaged, format!("The book in {} is damaged. {what} {way}", paths.folder.display()))
}

pub(super) fn lock(paths: &Paths) -> Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(&paths.lock).map_err(|error| {
        let error = Error::from(error);
        if error.code == Code::ReadOnly {
            Error::new(
                Code::ReadOnly,
                format!(
                    "Wellmet may not write in {}. Check who owns the folder, or move the book.",
                    paths.folder.display()
                ),
            )
        } else {
            error
        }
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::new(
            Code::BookBusy,
            format!("Another Wellmet has the book in {} open. Close it there first.", paths.folder.display()),
        )),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// One read-only look, so that a wrong key or a damaged head is known before anything is written.
async fn probe(paths: &Paths, key: &BookKey) -> Result<()> {
    let mut connection = connect_options(&paths.database, key).connect().await?;
    let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut connection).await?;
    connection.close().await?;
    if tables == 0 {
        return Err(damaged(paths, "It is empty."));
    }
    Ok(())
}

pub(super) async fn writer(file: &Path, key: &BookKey) -> Result<SqlitePool> {
    Ok(SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .acquire_timeout(std::time::Duration::from_secs(120))
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(connect_options(file, key).journal_mode(SqliteJournalMode::Wal))
        .await?)
}

/// Never formatted: its `Debug` prints the key. Statement logging is off, since it prints `PRAGMA key`.
pub(super) fn connect_options(file: &Path, key: &BookKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .pragma("key", pragma_key(key).to_string())
        // What it finds comes back as errors; by itself it would write to whoever's stderr this is.
        .pragma("cipher_log_level", "NONE")
        .pragma("cache_size", "-65536")
        // Folded into the book by the 32 MiB: each page that is written often in between is written there once.
        .pragma("wal_autocheckpoint", "8192")
        .pragma("trusted_schema", "OFF")
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(std::time::Duration::from_secs(10))
        .statement_cache_capacity(256)
        // Each hand-over to whoever asked costs more than to read a row.
        .row_buffer_size(1_024)
        .disable_statement_logging()
}
