//! What a verb answers: one document, or the same in words.

use std::io::{self, Write as _};

use serde::Serialize;
use wellmet_core::{Error, Result};

const DONE: u8 = 0;
const FAILED: u8 = 1;
const WRONG_INPUT: u8 = 2;

pub struct Answer {
    json: String,
    words: String,
    status: u8,
}

impl Answer {
    pub fn new(document: &impl Serialize, words: impl Into<String>) -> Result<Self> {
        let json = serde_json::to_string_pretty(document).map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self { json, words: words.into(), status: DONE })
    }

    /// It was done, and what it found is not well.
    pub fn failed(mut self) -> Self {
        self.status = FAILED;
        self
    }

    pub fn print(self, json: bool) -> u8 {
        let text = if json { &self.json } else { self.words.trim_end() };
        if text.is_empty() {
            return self.status;
        }
        let mut out = io::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Ok(()) => self.status,
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.status,
            Err(error) => {
                say(&format!("wellmet: it was done, and the answer could not be written: {error}"));
                FAILED
            }
        }
    }
}

pub fn fail(error: &Error) -> u8 {
    say(&format!("wellmet: {}", error.message));
    if super::is_wrong_input(error.code) { WRONG_INPUT } else { FAILED }
}

/// A message beside the answer.
pub fn say(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}

/// "1 person", "1,200 people".
pub fn count(number: u32, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_are_read_at_a_glance() {
        let people = |number| count(number, "person", "people");
        assert_eq!(people(1), "1 person");
        assert_eq!(people(0), "0 people");
        assert_eq!(people(999), "999 people");
        assert_eq!(people(1_000_000), "1,000,000 people");
    }
}
