//! The book's key: 32 random bytes that SQLCipher uses as they are.
//!
//! The key itself stands in the OS keyring. Beside the book, `book.json` holds it wrapped: always under the recovery
//! key, and under a passphrase where one was chosen. So one file and one paper restore everything, and a changed
//! keyring loses nothing. Wrapping: Argon2id (RFC 9106) over the words, XChaCha20-Poly1305 over the key, the book's id
//! as associated data.

use std::io::Write as _;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::{Code, Error, Result};
use crate::host::BookKey;
use crate::ids::BookId;

/// `book.json`: which book this is, and its wrapped key. Nothing in it is secret by itself.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeyFile {
    pub format: u32,
    pub book: BookId,
    /// The version of Wellmet that last opened the book, to name it when an older one meets it.
    pub wellmet: String,
    pub wrapped: Vec<Wrapped>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WrappedUnder {
    RecoveryKey,
    Passphrase,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Wrapped {
    under: WrappedUnder,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    key: String,
}

const FORMAT: u32 = 1;
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
// What a hostile or damaged book.json may ask of this machine.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 16;

pub(super) fn new_key() -> Result<BookKey> {
    Ok(SecretBox::new(Box::new(random()?)))
}

/// Shown once, for printing. 160 random bits in Crockford's base 32, with a check letter at the end.
pub struct RecoveryKey(SecretString);

impl RecoveryKey {
    pub(super) fn new() -> Result<Self> {
        let bytes: Zeroizing<[u8; 20]> = Zeroizing::new(random()?);
        let mut letters = String::with_capacity(33);
        let mut bits = 0u32;
        let mut held = 0u32;
        for byte in bytes.iter() {
            bits = (bits << 8) | u32::from(*byte);
            held += 8;
            while held >= 5 {
                held -= 5;
                letters.push(ALPHABET[((bits >> held) & 31) as usize] as char);
            }
            bits &= (1 << held) - 1;
        }
        letters.push(check_letter(&letters));
        Ok(Self(letters.into()))
    }

    /// Reads what a person copied from paper: any case, any separators, O for 0, I and L for 1.
    pub fn parse(typed: &str) -> Result<Self> {
        let letters: String = typed
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .collect();
        if letters.len() != 33 || !letters.is_ascii() {
            return Err(Error::new(
                Code::WrongKey,
                format!("A recovery key has 33 letters and digits; this one has {}.", letters.chars().count()),
            ));
        }
        let (body, check) = letters.split_at(32);
        if !body.bytes().all(|b| ALPHABET.contains(&b)) || !check.starts_with(check_letter(body)) {
            return Err(Error::new(
                Code::WrongKey,
                "A letter of the recovery key is not as it was printed. Compare it group by group.",
            ));
        }
        Ok(Self(letters.into()))
    }

    /// As it is printed: `XXXX-XXXX-…`.
    pub fn expose_for_printing(&self) -> String {
        let letters = self.0.expose_secret();
        let groups: Vec<String> =
            letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        // The check letter joins the last group rather than standing alone.
        let (last, groups) = groups.split_last().expect("33 letters");
        format!("{}{}", groups.join("-"), last)
    }

    fn words(&self) -> SecretString {
        self.0.clone()
    }
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn check_letter(body: &str) -> char {
    // Position-weighted, so that two swapped letters are noticed as well as one wrong one.
    let sum = body.bytes().enumerate().fold(0usize, |sum, (at, letter)| {
        let value = ALPHABET.iter().position(|a| *a == letter).unwrap_or(0);
        sum + value * (2 * at + 1)
    });
    ALPHABET[sum % 32] as char
}

/// What a person brings when the keyring does not answer.
pub enum Unlock {
    Passphrase(SecretString),
    RecoveryKey(RecoveryKey),
}

impl KeyFile {
    pub(super) fn new(book: BookId) -> Self {
        Self { format: FORMAT, book, wellmet: env!("CARGO_PKG_VERSION").into(), wrapped: Vec::new() }
    }

    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read(path)?;
        let file: Self = serde_json::from_slice(&text).map_err(|error| {
            Error::new(
                Code::BookDamaged,
                format!(
                    "The key file {} is not whole ({error}). Restore it from a backup of the book's folder.",
                    path.display()
                ),
            )
        })?;
        if file.format > FORMAT {
            return Err(newer(&file.wellmet));
        }
        Ok(file)
    }

    /// Beside and renamed, so that a full disk or a kill leaves the old file whole.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| Error::internal(error.to_string()))?;
        let beside = path.with_extension("json.new");
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        super::sync_folder(path.parent().unwrap_or(Path::new(".")))
    }

    pub(super) fn has(&self, under: WrappedUnder) -> bool {
        self.wrapped.iter().any(|wrapped| wrapped.under == under)
    }

    pub(super) fn wrap_under_recovery(&mut self, key: &BookKey, recovery: &RecoveryKey) -> Result<()> {
        self.wrap(key, WrappedUnder::RecoveryKey, &recovery.words())
    }

    pub(super) fn wrap_under_passphrase(&mut self, key: &BookKey, passphrase: &SecretString) -> Result<()> {
        self.wrap(key, WrappedUnder::Passphrase, passphrase)
    }

    fn wrap(&mut self, key: &BookKey, under: WrappedUnder, words: &SecretString) -> Result<()> {
        let salt: [u8; 16] = random()?;
        let nonce: [u8; 24] = random()?;
        let wrapping = stretch(words, &salt, MEMORY_KIB, PASSES)?;
        let sealed = XChaCha20Poly1305::new_from_slice(&*wrapping)
            .map_err(|_| Error::internal("The wrapping key has the wrong length."))?
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: key.expose_secret(), aad: self.book.0.as_bytes() })
            .map_err(|_| Error::internal("The key could not be wrapped."))?;
        self.wrapped.retain(|wrapped| wrapped.under != under);
        self.wrapped.push(Wrapped {
            under,
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: hex(&salt),
            nonce: hex(&nonce),
            key: hex(&sealed),
        });
        Ok(())
    }

    pub(super) fn unwrap(&self, with: &Unlock) -> Result<BookKey> {
        let (under, words) = match with {
            Unlock::Passphrase(words) => (WrappedUnder::Passphrase, words.clone()),
            Unlock::RecoveryKey(key) => (WrappedUnder::RecoveryKey, key.words()),
        };
        let wrapped = self.wrapped.iter().find(|wrapped| wrapped.under == under).ok_or_else(|| {
            Error::new(
                Code::WrongKey,
                match under {
                    WrappedUnder::Passphrase => "This book has no passphrase: its key is in the keyring of the computer that made it. Use the recovery key that was printed then.",
                    WrappedUnder::RecoveryKey => "This book's key file holds no recovery key.",
                },
            )
        })?;
        if wrapped.memory_kib > MOST_MEMORY_KIB || wrapped.passes > MOST_PASSES {
            return Err(damaged_slot());
        }
        let salt = unhex(&wrapped.salt).ok_or_else(damaged_slot)?;
        let nonce = unhex(&wrapped.nonce).filter(|n| n.len() == 24).ok_or_else(damaged_slot)?;
        let sealed = unhex(&wrapped.key).ok_or_else(damaged_slot)?;
        let wrapping = stretch(&words, &salt, wrapped.memory_kib, wrapped.passes)?;
        let opened = XChaCha20Poly1305::new_from_slice(&*wrapping)
            .map_err(|_| damaged_slot())?
            .decrypt(XNonce::from_slice(&nonce), Payload { msg: &sealed, aad: self.book.0.as_bytes() })
            .map(Zeroizing::new)
            .map_err(|_| {
                Error::new(
                    Code::WrongKey,
                    match under {
                        WrappedUnder::Passphrase => {
                            "That is not this book's passphrase. Try again, or use the recovery key."
                        }
                        WrappedUnder::RecoveryKey => "That recovery key belongs to another book.",
                    },
                )
            })?;
        let key: [u8; 32] = opened.as_slice().try_into().map_err(|_| damaged_slot())?;
        Ok(SecretBox::new(Box::new(key)))
    }
}

pub(super) fn newer(version: &str) -> Error {
    Error::new(
        Code::BookNewer,
        format!(
            "This book was last used by Wellmet {version}, which is newer than this one ({}). Update Wellmet on this computer. The book was not touched.",
            env!("CARGO_PKG_VERSION")
        ),
    )
}

fn damaged_slot() -> Error {
    Error::new(
        Code::BookDamaged,
        "The wrapped key in book.json is not whole. Restore that file from a backup of the book's folder.",
    )
}

fn stretch(words: &SecretString, salt: &[u8], memory_kib: u32, passes: u32) -> Result<Zeroizing<[u8; 32]>> {
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(|_| damaged_slot())?;
    let mut key = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(words.expose_secret().as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| damaged_slot())?;
    Ok(key)
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::internal(format!("This computer gave no random bytes: {error}")))?;
    Ok(bytes)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

/// SQLCipher's raw form: no derivation, so that opening a connection costs nothing.
pub(super) fn pragma_key(key: &BookKey) -> Zeroizing<String> {
    Zeroizing::new(format!("\"x'{}'\"", *Zeroizing::new(hex(key.expose_secret()))))
}
