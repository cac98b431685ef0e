//! Contacts out of a file one by one, as text that has no pictures in it and is Unicode.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, ISO_2022_JP, WINDOWS_1252};

use super::super::rows::{CELL_MAX_BYTES, Why, floor_char};
use super::super::text::Text;
use super::CARD_MAX_BYTES;
use crate::error::Result;

/// Contacts one by one, as text that has no pictures in it.
pub(super) struct Lines {
    pub text: Text,
    /// A line that was read and belongs to what follows.
    held: Option<(u64, String)>,
}

impl Lines {
    pub fn new(text: Text) -> Self {
        Self { text, held: None }
    }

    /// The next line without its end, cut where it is longer than any cell may be.
    fn line(&mut self) -> Result<Option<(u64, String)>> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        let mut looked = 0;
        loop {
            let rest = self.text.rest();
            if let Some(end) = rest[looked..].iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
                let end = looked + end;
                // Whether a line feed follows is in the next block.
                if rest[end] == b'\r' && end + 1 == rest.len() && self.text.more()? {
                    looked = end;
                    continue;
                }
                let rest = self.text.rest();
                let line = floor_char(&rest[..end], 2 * CELL_MAX_BYTES).to_owned();
                // "\r\n" is one end; so is what Unix and old Macs wrote.
                let both = rest[end] == b'\r' && rest.get(end + 1) == Some(&b'\n');
                let number = self.text.take(end + 1 + usize::from(both));
                return Ok(Some((number, line)));
            }
            looked = rest.len();
            if looked > 4 * CELL_MAX_BYTES {
                let line = floor_char(rest, 2 * CELL_MAX_BYTES).to_owned();
                let number = self.text.take(looked);
                self.text.skip_line()?;
                return Ok(Some((number, line)));
            }
            if !self.text.more()? {
                if looked == 0 {
                    return Ok(None);
                }
                let line = floor_char(self.text.rest(), 2 * CELL_MAX_BYTES).to_owned();
                let rest = self.text.rest().len();
                let number = self.text.take(rest);
                return Ok(Some((number, line)));
            }
        }
    }

    pub fn card(&mut self) -> Result<Option<Card>> {
        let is = |line: &str, mark: &str| line.trim().eq_ignore_ascii_case(mark);
        let mut card = loop {
            match self.line()? {
                None => return Ok(None),
                Some((at, line)) if is(&line, "BEGIN:VCARD") => break Card::begun(at),
                Some(_) => {}
            }
        };
        let (mut depth, mut in_picture, mut in_agent) = (0, false, false);
        let mut quoted: Option<Quoted> = None;
        while let Some((at, line)) = self.line()? {
            let (begins, ends) = (is(&line, "BEGIN:VCARD"), is(&line, "END:VCARD"));
            let folded = line.starts_with([' ', '\t']);
            if let Some(mut open) = quoted.take() {
                if !begins && !ends && (open.goes_on || folded) {
                    open.add(if open.goes_on { &line } else { &line[1..] });
                    quoted = Some(open);
                    continue;
                }
                card.push_quoted(&open);
            }
            if begins {
                // A contact within a contact belongs to the property before it; else the one before was cut off.
                if in_agent || depth > 0 {
                    depth += 1;
                    continue;
                }
                self.held = Some((at, line));
                return Ok(Some(card.ended(false)));
            }
            if ends {
                if depth > 0 {
                    depth -= 1;
                    continue;
                }
                return Ok(Some(card.ended(true)));
            }
            if depth > 0 {
                continue;
            }
            if !folded {
                let name = property(&line);
                if name.is_empty() && in_picture && !line.is_empty() {
                    continue;
                }
                in_picture = matches!(name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY");
                in_agent = name == "AGENT";
                if in_picture || in_agent {
                    card.passed_by.insert(name);
                }
            }
            if in_picture || in_agent {
                continue;
            }
            match Quoted::begun(&line).filter(|_| !folded) {
                Some(begun) => quoted = Some(begun),
                None => card.push(&line),
            }
        }
        if let Some(open) = quoted {
            card.push_quoted(&open);
        }
        Ok(Some(card.ended(false)))
    }
}

/// One contact as the file has it.
pub(super) struct Card {
    /// Where it begins.
    pub line: u64,
    pub text: String,
    /// Why it cannot be brought in, whatever it says.
    pub why: Option<Why>,
    /// The charset that something of it is said to be in, and is not.
    pub not_text_in: Option<String>,
    /// What of it is not even held.
    pub passed_by: BTreeSet<String>,
}

impl Card {
    fn begun(line: u64) -> Self {
        let text = String::from("BEGIN:VCARD\n");
        Self { line, text, why: None, not_text_in: None, passed_by: BTreeSet::new() }
    }

    fn push(&mut self, line: &str) {
        if self.why.is_some() || self.text.len() + line.len() > CARD_MAX_BYTES {
            self.why = Some(Why::CardTooLong);
            return;
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn push_quoted(&mut self, quoted: &Quoted) {
        let (line, not_text_in) = quoted.as_unicode();
        self.not_text_in = self.not_text_in.take().or(not_text_in);
        self.push(&line);
    }

    fn ended(mut self, whole: bool) -> Self {
        self.text.push_str("END:VCARD\n");
        if !whole {
            self.why.get_or_insert(Why::CardUnended);
        }
        self
    }
}

/// The name of the property that a line begins, in capitals; empty where it begins none.
pub(super) fn property(line: &str) -> String {
    let Some(end) = line.find([':', ';']) else { return String::new() };
    let name = line[..end].rsplit('.').next().unwrap_or_default();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_name { name.to_ascii_uppercase() } else { String::new() }
}

fn is_quoted_printable(line: &str) -> bool {
    line.split(':').next().is_some_and(|head| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"))
}

/// A line in quoted-printable, with those that it goes on in.
struct Quoted {
    /// Name and parameters.
    head: String,
    value: String,
    goes_on: bool,
}

impl Quoted {
    fn begun(line: &str) -> Option<Self> {
        let (head, value) = line.split_once(':').filter(|_| is_quoted_printable(line))?;
        let mut quoted = Self { head: head.to_owned(), value: String::new(), goes_on: false };
        quoted.add(value);
        Some(quoted)
    }

    fn add(&mut self, line: &str) {
        self.goes_on = line.ends_with('=');
        let line = line.strip_suffix('=').unwrap_or(line);
        // What is longer makes the card too long, however much longer it is.
        if self.value.len() <= CARD_MAX_BYTES {
            self.value.push_str(line);
        }
    }

    /// The line in UTF-8, and the charset that it is said to be in, where it is not. Phones write UTF-8 without saying so;
    /// the standard's default is Latin-1.
    fn as_unicode(&self) -> (String, Option<String>) {
        let is_charset = |param: &&str| param.get(..8).is_some_and(|name| name.eq_ignore_ascii_case("CHARSET="));
        let said = self.head.split(';').find(is_charset).map(|param| param[8..].trim_matches('"'));
        let encoding = said.and_then(|name| Encoding::for_label(name.as_bytes()));
        let mut is_text = true;
        let mut decoded = |piece: &str| {
            let bytes = bytes_of(piece);
            let (text, replaced) = match (encoding, said) {
                (Some(encoding), _) => encoding.decode_without_bom_handling(&bytes),
                (None, None) if std::str::from_utf8(&bytes).is_err() => {
                    WINDOWS_1252.decode_without_bom_handling(&bytes)
                }
                (None, _) => (String::from_utf8_lossy(&bytes), std::str::from_utf8(&bytes).is_err()),
            };
            is_text &= !replaced;
            quoted(&text)
        };
        // A semicolon that is written as one parts the pieces; in this charset alone it may be a piece of a letter.
        let value = if encoding == Some(ISO_2022_JP) {
            decoded(&self.value)
        } else {
            self.value.split(';').map(decoded).collect::<Vec<_>>().join(";")
        };
        let head = self.head.split(';').filter(|param| !is_charset(param)).collect::<Vec<_>>().join(";");
        (format!("{head};CHARSET=UTF-8:{value}"), said.filter(|_| !is_text).map(str::to_owned))
    }
}

fn bytes_of(quoted: &str) -> Vec<u8> {
    let bytes = quoted.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if bytes[at] == b'=' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' if byte != b'=' => quoted.push(char::from(byte)),
            _ => quoted.push_str(&format!("={byte:02X}")),
        }
    }
    quoted
}
