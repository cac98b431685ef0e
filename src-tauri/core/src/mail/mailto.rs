//! An e-mail as an address that any mail program opens: RFC 6068.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::LetterKind;
use super::letter::LetterReady;
use crate::error::{Error, Result};

/// Longer ones are cut off, or not opened, by some desktop or mail program: Windows takes 2,083 characters, Linux hands one
/// argument of 128 KiB on, and the rest take what those do.
#[cfg(windows)]
const LONGEST: usize = 2_000;
#[cfg(not(windows))]
const LONGEST: usize = 32_000;

/// What RFC 3986 calls unreserved stays as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const RESERVED_IN_ADDRESS: &AsciiSet = &RESERVED.remove(b'@');

/// `None`: it is too long for that way.
pub fn mailto(ready: &LetterReady) -> Result<Option<String>> {
    if ready.kind != LetterKind::Email {
        return Err(Error::invalid("A letter on paper does not go by the mail program. Print it."));
    }
    let to = utf8_percent_encode(&ready.to, RESERVED_IN_ADDRESS);
    let subject = utf8_percent_encode(&ready.subject, RESERVED);
    let body = ready.body.replace('\n', "\r\n");
    let url = format!("mailto:{to}?subject={subject}&body={}", utf8_percent_encode(&body, RESERVED));
    Ok((url.len() <= LONGEST).then_some(url))
}
