//! The handful that the core needs from outside, and nothing more.

use std::sync::Arc;

use crate::ids::BookId;
use crate::time::Millis;

/// Where the core learns what time it is. Domain code has no other clock.
pub trait Clock: Send + Sync {
    fn now(&self) -> Millis;
}

/// The machine's wall clock.
pub struct WallClock;

impl Clock for WallClock {
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
    fn now(&self) -> Millis {
        Millis::from_utc(chrono::Utc::now())
    }
}

/// A book's 32-byte key. Prints as `<redacted>`.
pub type BookKey = secrecy::SecretBox<[u8; 32]>;

#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// No keyring answers: no Secret Service on the bus, no bus, no session.
    #[error("no keyring answers: {0}")]
    Absent(String),
    /// A keyring is there, and would not open.
    #[error("the keyring is locked: {0}")]
    Locked(String),
}

/// Where a book's key is kept between starts.
pub trait Secrets: Send + Sync {
    /// `Ok(None)`: the keyring answers and does not have this book's key.
    fn get(&self, book: BookId) -> Result<Option<BookKey>, SecretsError>;
    fn set(&self, book: BookId, key: &BookKey) -> Result<(), SecretsError>;
    fn delete(&self, book: BookId) -> Result<(), SecretsError>;
}

/// For machines without a keyring, and for tests of that: every call says `Absent`.
pub struct NoSecrets;

impl Secrets for NoSecrets {
    fn get(&self, _: BookId) -> Result<Option<BookKey>, SecretsError> {
        Err(SecretsError::Absent("none is set up".into()))
    }
    fn set(&self, _: BookId, _: &BookKey) -> Result<(), SecretsError> {
        Err(SecretsError::Absent("none is set up".into()))
    }
    fn delete(&self, _: BookId) -> Result<(), SecretsError> {
        Err(SecretsError::Absent("none is set up".into()))
    }
}

#[derive(Clone)]
pub struct Host {
    pub clock: Arc<dyn Clock>,
    pub secrets: Arc<dyn Secrets>,
}
