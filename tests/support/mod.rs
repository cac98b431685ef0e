//! A real book in a temporary folder, with a clock that stands where a test puts it and a keyring in memory.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use secrecy::{ExposeSecret as _, SecretBox};
use wellmet_core::calls::{Jotted, MessageFrom, NewMessage, Source};
use wellmet_core::first_run::{NewAssociation, set_up};
use wellmet_core::host::{BookKey, Clock, Host, Password, Secrets, SecretsError};
use wellmet_core::ids::{BookId, PersonId, VolunteerId};
use wellmet_core::people::{NewPerson, person};
use wellmet_core::store::Key;
use wellmet_core::{Actor, Book, Millis, Result};

pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn at(text: &str) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(millis(text).0)))
    }
    pub fn set(&self, text: &str) {
        self.0.store(millis(text).0, Ordering::SeqCst);
    }
    pub fn move_on(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// An instant written as RFC 3339.
pub fn millis(text: &str) -> Millis {
    Millis::parse_rfc3339(text).unwrap_or_else(|| panic!("{text} is not RFC 3339"))
}

#[derive(Default)]
pub struct TestKeyring {
    keys: Mutex<HashMap<BookId, [u8; 32]>>,
    mail_password: Mutex<Option<Password>>,
    /// `Some(true)`: locked; `Some(false)`: absent.
    pub fault: Mutex<Option<bool>>,
}

impl TestKeyring {
    fn ask(&self) -> Result<(), SecretsError> {
        match *self.fault.lock().unwrap() {
            None => Ok(()),
            Some(true) => Err(SecretsError::Locked("test".into())),
            Some(false) => Err(SecretsError::Absent("test".into())),
        }
    }
    pub fn forget_everything(&self) {
        self.keys.lock().unwrap().clear();
    }
    pub fn count(&self) -> usize {
        self.keys.lock().unwrap().len()
    }
    pub fn hex_of(&self, book: BookId) -> String {
        self.keys.lock().unwrap()[&book].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Secrets for TestKeyring {
    fn get(&self, book: BookId) -> Result<Option<BookKey>, SecretsError> {
        self.ask()?;
        Ok(self.keys.lock().unwrap().get(&book).map(|key| SecretBox::new(Box::new(*key))))
    }
    fn set(&self, book: BookId, key: &BookKey) -> Result<(), SecretsError> {
        self.ask()?;
        self.keys.lock().unwrap().insert(book, *key.expose_secret());
        Ok(())
    }
    fn delete(&self, book: BookId) -> Result<(), SecretsError> {
        self.ask()?;
        self.keys.lock().unwrap().remove(&book);
        Ok(())
    }
    fn mail_password(&self, _: BookId) -> Result<Option<Password>, SecretsError> {
        self.ask()?;
        Ok(self.mail_password.lock().unwrap().clone())
    }
    fn set_mail_password(&self, _: BookId, password: Option<&Password>) -> Result<(), SecretsError> {
        self.ask()?;
        *self.mail_password.lock().unwrap() = password.cloned();
        Ok(())
    }
}

/// Northside Business Women in Brisbane, open Monday to Friday from 9:00 to 17:00; Helen Barrow directs it.
pub struct TestBook {
    pub book: Book,
    pub clock: Arc<TestClock>,
    pub keyring: Arc<TestKeyring>,
    pub director: VolunteerId,
    pub recovery_key: String,
    folder: tempfile::TempDir,
}

/// Monday morning in Brisbane.
pub const MONDAY_MORNING: &str = "2026-11-02T10:15:00+10:00";

impl TestBook {
    pub async fn new() -> Self {
        Self::at(MONDAY_MORNING).await
    }

    pub async fn at(now: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = TestClock::at(now);
        let keyring = Arc::new(TestKeyring::default());
        let host = Host { clock: clock.clone(), secrets: keyring.clone() };
        let created = Book::create(&folder.path().join("book"), host, None).await.expect("a new book");
        leave_before_sqlcipher_cleans_up();
        let recovery_key = created.recovery_key.expose_for_printing();
        let new = NewAssociation {
            name: "Northside Business Women".into(),
            country: "AU".into(),
            zone: "Australia/Brisbane".into(),
            openings: vec![],
            director: "Helen Barrow".into(),
            pin: None,
        };
        let director = set_up(&created.book, &new).await.expect("first run");
        Self { book: created.book, clock, keyring, director, recovery_key, folder }
    }

    pub fn host(&self) -> Host {
        Host { clock: self.clock.clone(), secrets: self.keyring.clone() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("book")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn helen(&self) -> Actor {
        Actor::Volunteer(self.director)
    }

    /// Closes the book and opens it again, as a restart does.
    pub async fn reopen(&mut self) {
        self.book.close().await;
        let (path, host) = (self.path(), self.host());
        // The lock goes with the last clone: the old book must be gone first.
        let old = std::mem::replace(&mut self.book, Self::placeholder(&self.folder.path().join("other"), &host).await);
        drop(old);
        self.book = Book::open(&path, host, Key::Keyring).await.expect("the book opens again");
    }

    async fn placeholder(path: &Path, host: &Host) -> Book {
        let _ = std::fs::remove_dir_all(path);
        Book::create(path, host.clone(), None).await.expect("a second book").book
    }

    pub async fn person(&self, new: NewPerson) -> PersonId {
        let mut edit = self.book.write(self.helen(), "create_person").await.expect("an edit");
        let id = person::create(&mut edit, &new).await.expect("a person");
        edit.commit().await.expect("committed");
        id
    }

    pub async fn named(&self, name: &str) -> PersonId {
        self.person(NewPerson { name: name.into(), ..NewPerson::default() }).await
    }
}

pub fn jotted(notes: &str, learned: &str) -> Jotted {
    Jotted { notes: notes.into(), learned: learned.into(), begun_answer: None }
}

pub fn voicemail(from: MessageFrom, words: &str) -> NewMessage {
    NewMessage {
        from,
        source: Source::Voicemail,
        words: words.into(),
        number: String::new(),
        received_ms: None,
        keeper: None,
    }
}

/// At exit SQLCipher frees what the threads of connections may still be closing them with, so that a process whose
/// tests all passed now and then ended with a fault. Functions for the exit run last registered first: this one ends
/// the process, with its status, before those of SQLCipher and OpenSSL, which are registered with the first book: call it
/// once there is one.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code)]
pub fn leave_before_sqlcipher_cleans_up() {
    use std::ffi::{c_int, c_void};
    unsafe extern "C" {
        fn on_exit(leave: extern "C" fn(c_int, *mut c_void), with: *mut c_void) -> c_int;
        fn _exit(status: c_int) -> !;
    }
    extern "C" fn leave(status: c_int, _: *mut c_void) {
        // SAFETY: it takes a number and does not come back.
        unsafe { _exit(status) }
    }
    // SAFETY: the function lives as long as the process and looks at nothing.
    unsafe { on_exit(leave, std::ptr::null_mut()) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn leave_before_sqlcipher_cleans_up() {}
