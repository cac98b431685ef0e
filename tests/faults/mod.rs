//! What happens when something goes wrong under the book: a kill, a full disk, a disk that may not be written.

mod disk;
mod filing;
mod kill;
mod merging;
mod migrating;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use secrecy::{ExposeSecret as _, SecretBox};
use wellmet_core::host::{BookKey, Clock, Host, Password, Secrets, SecretsError};
use wellmet_core::ids::BookId;
use wellmet_core::store::{Key, Unlock};
use wellmet_core::{Book, Millis, Result};

use crate::support::PASSPHRASE;

/// Holds what a book gives it, as the computer's own would.
#[derive(Default)]
pub struct Keyring(Mutex<HashMap<BookId, [u8; 32]>>);

impl Keyring {
    fn hex_of(&self, book: BookId) -> String {
        self.0.lock().unwrap()[&book].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Secrets for Keyring {
    fn get(&self, book: BookId) -> Result<Option<BookKey>, SecretsError> {
        Ok(self.0.lock().unwrap().get(&book).map(|key| SecretBox::new(Box::new(*key))))
    }
    fn set(&self, book: BookId, key: &BookKey) -> Result<(), SecretsError> {
        self.0.lock().unwrap().insert(book, *key.expose_secret());
        Ok(())
    }
    fn delete(&self, book: BookId) -> Result<(), SecretsError> {
        self.0.lock().unwrap().remove(&book);
        Ok(())
    }
    fn mail_password(&self, _: BookId) -> Result<Option<Password>, SecretsError> {
        Ok(None)
    }
    fn set_mail_password(&self, _: BookId, _: Option<&Password>) -> Result<(), SecretsError> {
        Err(SecretsError::Absent("it holds keys alone".into()))
    }
}

struct At(Millis);

impl Clock for At {
    fn now(&self) -> Millis {
        self.0
    }
}

const MONDAY: Millis = Millis(1_793_577_600_000);

/// The key of a book, as a keyring is given it.
pub fn key_of(folder: &Path) -> String {
    let keyring = Arc::new(Keyring::default());
    runtime().block_on(async {
        let book = try_open(folder, keyring.clone(), MONDAY).await.expect("the book opens");
        book.close().await;
        keyring.hex_of(book.id())
    })
}

/// Opens a book in this process: with the key where `keyring` has it, which takes a moment, else with the passphrase.
async fn try_open(folder: &Path, keyring: Arc<Keyring>, now: Millis) -> Result<Book> {
    let host = Host { clock: Arc::new(At(now)), secrets: keyring };
    match Book::open(folder, host.clone(), Key::Keyring).await {
        Err(_) => Book::open(folder, host, Key::Typed(Unlock::Passphrase(PASSPHRASE.into()))).await,
        opened => opened,
    }
}

/// Writes into a book as the window would, at `now`.
pub fn write(folder: &Path, now: Millis, work: impl AsyncFnOnce(&Book) -> Result<()>) {
    runtime().block_on(async {
        let book = try_open(folder, Arc::default(), now).await.expect("the book opens");
        work(&book).await.expect("written");
        book.close().await;
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}
