//! The handful that the core needs from outside, and nothing more.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::BookId;
use crate::time::Millis;
use crate::words;

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

/// Prints as `<redacted>`.
pub type Password = secrecy::SecretString;

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
    /// The mail server's password; `Ok(None)`: the keyring answers and has none.
    fn mail_password(&self, book: BookId) -> Result<Option<Password>, SecretsError>;
    /// `None` forgets it.
    fn set_mail_password(&self, book: BookId, password: Option<&Password>) -> Result<(), SecretsError>;
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
    fn mail_password(&self, _: BookId) -> Result<Option<Password>, SecretsError> {
        Err(SecretsError::Absent("none is set up".into()))
    }
    fn set_mail_password(&self, _: BookId, _: Option<&Password>) -> Result<(), SecretsError> {
        Err(SecretsError::Absent("none is set up".into()))
    }
}

#[derive(Clone)]
pub struct Host {
    pub clock: Arc<dyn Clock>,
    pub secrets: Arc<dyn Secrets>,
}

words! {
    pub enum MailSecurity {
        /// From the first byte.
        Tls = "tls",
        /// Required: without it nothing is said.
        Starttls = "starttls",
        /// To this computer alone.
        None = "none",
    }
}

/// Whom e-mail is handed to, and whose it is. The password is in the keyring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, sqlx::FromRow)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// Empty: it asks for none.
    pub user_name: String,
    pub sender_name: String,
    pub sender_address: String,
}

/// One e-mail, plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Without its angle brackets.
    pub message_id: String,
    pub date: Millis,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub body: String,
}

/// What came of handing an e-mail to the server. `said` are the server's words, or what went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailAnswer {
    Taken {
        said: String,
    },
    /// For good: it was not taken.
    Refused {
        said: String,
        unknown_address: bool,
    },
    /// It was not taken, and may be tried again.
    Later {
        said: String,
    },
    /// No e-mail will be taken before somebody sees to it or the network is back.
    Closed {
        said: String,
        needs_somebody: bool,
    },
    /// Its end was begun to be said and no answer came: it may have been taken.
    Unsure {
        said: String,
    },
}

pub type Mailing<'a> = Pin<Box<dyn Future<Output = MailAnswer> + Send + 'a>>;

/// Hands e-mail to a server.
pub trait Mailer: Send + Sync {
    fn send<'a>(
        &'a self,
        server: &'a MailServer,
        password: Option<&'a Password>,
        mail: &'a OutgoingMail,
    ) -> Mailing<'a>;
}
