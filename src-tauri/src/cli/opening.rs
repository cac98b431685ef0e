//! How a verb gets at a book: the keyring first, then the passphrase.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use secrecy::{ExposeSecret as _, SecretString};
use wellmet_core::host::Host;
use wellmet_core::store::{Key, RecoveryKey, Unlock};
use wellmet_core::{Book, Code, Error, Result};

use crate::{clock, secrets};

const FROM: &str = "WELLMET_PASSPHRASE";

pub fn host() -> Host {
    Host { clock: clock::clock(), secrets: Arc::new(secrets::Keyring::default()) }
}

/// Opens the book, does `work`, and closes it whatever came of that.
pub async fn with_book<T>(folder: &Path, work: impl AsyncFnOnce(&Book) -> Result<T>) -> Result<T> {
    let book = open(folder).await?;
    let done = work(&book).await;
    book.close().await;
    done
}

async fn open(folder: &Path) -> Result<Book> {
    match Book::open(folder, host(), Key::Keyring).await {
        Err(error) if wants_words(error.code) => Book::open(folder, host(), Key::Typed(words_for(error)?)).await,
        opened => opened,
    }
}

pub fn wants_words(code: Code) -> bool {
    matches!(code, Code::KeyNeeded | Code::KeyringLocked)
}

/// What opens the book where the keyring does not; `why` is what the keyring said.
pub fn words_for(why: Error) -> Result<Unlock> {
    if let Some(unlock) = words_at_hand() {
        return Ok(unlock);
    }
    if !std::io::stdin().is_terminal() {
        return Err(Error::new(why.code, format!("{} A script gives the passphrase in {FROM}.", why.message)));
    }
    super::answer::say(&why.message);
    ask("Passphrase or recovery key: ").map(unlock)
}

/// What the environment gives, for the window too: nobody sits before a machine that starts by itself.
pub fn words_at_hand() -> Option<Unlock> {
    from_environment().map(unlock)
}

fn unlock(words: SecretString) -> Unlock {
    // The check letter of a recovery key tells it from a passphrase.
    match RecoveryKey::parse(words.expose_secret()) {
        Ok(key) => Unlock::RecoveryKey(key),
        Err(_) => Unlock::Passphrase(words),
    }
}

/// Makes a new book. Where no keyring takes its key, it needs a passphrase, which is asked for here.
pub async fn create<T>(make: impl AsyncFn(Option<SecretString>) -> Result<T>) -> Result<T> {
    match make(from_environment()).await {
        Err(error) if wants_words(error.code) => {
            if !std::io::stdin().is_terminal() {
                let message = format!("{} A script gives the passphrase in {FROM}.", error.message);
                return Err(Error::new(error.code, message));
            }
            super::answer::say(&error.message);
            let words = ask("Passphrase, at least eight characters: ")?;
            if ask("The same again: ")?.expose_secret() != words.expose_secret() {
                return Err(Error::invalid("The two passphrases differ. Nothing was made."));
            }
            make(Some(words)).await
        }
        created => created,
    }
}

fn from_environment() -> Option<SecretString> {
    std::env::var(FROM).ok().filter(|words| !words.is_empty()).map(Into::into)
}

fn ask(question: &str) -> Result<SecretString> {
    let typed = rpassword::prompt_password(question)
        .map_err(|error| Error::new(Code::KeyNeeded, format!("The passphrase could not be read: {error}.")))?;
    Ok(typed.into())
}
