//! The operating system's keyring as the place of a book's key.
//!
//! A keyring may ask the person for a password, and that question may never be answered: each call has its own thread
//! and a limit, so that a start never hangs on it. After a question that went unanswered, the keyring is left alone for
//! a while: nobody is asked the same thing three times.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyring_core::{Entry, Error as KeyringError};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretBox};
use wellmet_core::host::{BookKey, Password, Secrets, SecretsError};
use wellmet_core::ids::BookId;

const SERVICE: &str = "Wellmet";
const PATIENCE: Duration = Duration::from_secs(20);
const LEFT_ALONE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Keyring {
    unanswered: Mutex<Option<Instant>>,
}

impl Keyring {
    /// Runs one question to the keyring, waiting no longer than [`PATIENCE`].
    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
    ) -> Result<Option<T>, SecretsError> {
        let unanswered = || SecretsError::Locked("it has not answered; look for its window".into());
        if self.last_unanswered().is_some_and(|at| at.elapsed() < LEFT_ALONE) {
            return Err(unanswered());
        }
        let (tell, told) = channel();
        std::thread::Builder::new()
            .name("keyring".into())
            // Nobody listens any more where the answer comes too late.
            .spawn(move || drop(tell.send(question())))
            .map_err(|error| SecretsError::Absent(error.to_string()))?;
        let answer = off_the_runtime(|| told.recv_timeout(PATIENCE));
        match answer {
            Ok(Ok(value)) => Ok(Some(value)),
            Ok(Err(KeyringError::NoEntry)) => Ok(None),
            Ok(Err(KeyringError::NoStorageAccess(why))) => Err(SecretsError::Locked(why.to_string())),
            Ok(Err(error)) => Err(SecretsError::Absent(plain(&error))),
            Err(RecvTimeoutError::Timeout) => {
                *self.unanswered.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                Err(unanswered())
            }
            Err(RecvTimeoutError::Disconnected) => Err(SecretsError::Absent("it broke off".into())),
        }
    }

    fn last_unanswered(&self) -> Option<Instant> {
        *self.unanswered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Secrets for Keyring {
    fn get(&self, book: BookId) -> Result<Option<BookKey>, SecretsError> {
        let words = self.ask(move || entry(book)?.get_secret().map(Zeroizing::new))?;
        // Something else under our name is not this book's key, and is left as it is.
        Ok(words.and_then(|words| unhex(&words)).map(|key| SecretBox::new(Box::new(*key))))
    }

    fn set(&self, book: BookId, key: &BookKey) -> Result<(), SecretsError> {
        let words = hex(key.expose_secret());
        self.ask(move || entry(book)?.set_secret(words.as_bytes())).map(drop)
    }

    fn delete(&self, book: BookId) -> Result<(), SecretsError> {
        self.ask(move || entry(book)?.delete_credential()).map(drop)
    }

    fn mail_password(&self, book: BookId) -> Result<Option<Password>, SecretsError> {
        let words = self.ask(move || mail_entry(book)?.get_secret().map(Zeroizing::new))?;
        Ok(words.and_then(|words| std::str::from_utf8(&words).ok().map(Password::from)))
    }

    fn set_mail_password(&self, book: BookId, password: Option<&Password>) -> Result<(), SecretsError> {
        let Some(password) = password.cloned() else {
            return self.ask(move || mail_entry(book)?.delete_credential()).map(drop);
        };
        self.ask(move || mail_entry(book)?.set_secret(password.expose_secret().as_bytes())).map(drop)
    }
}

/// The mail server's password stands beside the key, under a name of its own.
fn mail_entry(book: BookId) -> Result<Entry, KeyringError> {
    named(&format!("{book} mail"))
}

/// A fresh connection a question: a keyring that starts after us, or again, is found.
#[cfg(target_os = "linux")]
fn named(name: &str) -> Result<Entry, KeyringError> {
    use keyring_core::api::CredentialStoreApi as _;
    zbus_secret_service_keyring_store::Store::new()?.build(SERVICE, name, None)
}

#[cfg(not(target_os = "linux"))]
fn named(name: &str) -> Result<Entry, KeyringError> {
    if keyring::v1::Entry::store_status().is_err() {
        return Err(KeyringError::NoDefaultStore);
    }
    Entry::new(SERVICE, name)
}

fn entry(book: BookId) -> Result<Entry, KeyringError> {
    named(&book.to_string())
}

/// An error's words, and never the secret that two of them carry.
fn plain(error: &KeyringError) -> String {
    match error {
        KeyringError::BadEncoding(_) | KeyringError::BadDataFormat(..) => "it holds something unreadable".into(),
        KeyringError::Ambiguous(_) => "it holds this book's key more than once".into(),
        other => other.to_string(),
    }
}

/// Waits without holding up what else the runtime has to do.
fn off_the_runtime<T>(wait: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(wait),
        _ => wait(),
    }
}

// As text: some keyrings keep nothing else.
fn hex(key: &[u8; 32]) -> Zeroizing<String> {
    use std::fmt::Write as _;
    let mut words = Zeroizing::new(String::with_capacity(64));
    for byte in key {
        let _ = write!(words, "{byte:02x}");
    }
    words
}

fn unhex(words: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let words = std::str::from_utf8(words).ok()?;
    if words.len() != 64 || !words.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = Zeroizing::new([0u8; 32]);
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&words[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_went() {
        let key: [u8; 32] = std::array::from_fn(|at| (at * 7) as u8);
        assert_eq!(*unhex(hex(&key).as_bytes()).expect("ours"), key);
        for foreign in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert!(unhex(foreign.as_bytes()).is_none(), "{foreign} is no key");
        }
    }

    #[test]
    fn what_an_error_says_holds_no_secret() {
        let secret = b"s3cret".to_vec();
        let told = plain(&KeyringError::BadEncoding(secret));
        assert!(!told.contains("s3cret") && !told.contains("115"), "{told}");
    }

    #[test]
    fn an_unanswered_keyring_is_left_alone() {
        let keyring = Keyring { unanswered: Mutex::new(Some(Instant::now())) };
        let answer = keyring.ask(|| -> Result<(), KeyringError> { panic!("it was asked again") });
        assert!(matches!(answer, Err(SecretsError::Locked(_))));
    }
}
