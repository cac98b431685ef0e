//! What fits into a field of each kind, and what it is compared by.

use chrono::{Datelike as _, NaiveDate};

use super::{CustomField, FieldKind, folded};
use crate::error::{Error, Result};
use crate::ids::FieldOptionId;
use crate::people::person::one_line;

const LONGEST_TEXT: usize = 1_000;
/// Digits before and after the point: more than any sum of money or any number on a card.
const WHOLE_DIGITS: usize = 18;
const PART_DIGITS: usize = 12;

/// A value that fits its field, as the book keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// As it came; of a choice empty.
    pub value: String,
    pub option: Option<FieldOptionId>,
    pub sort_key: String,
}

impl CustomField {
    /// What was typed or read, as the book keeps it. Nothing where nothing was written; an error says what fits.
    pub fn read(&self, typed: &str) -> Result<Option<Stored>> {
        let typed = one_line(typed);
        if typed.is_empty() {
            return Ok(None);
        }
        let plain = |value: String, sort_key: String| Ok(Some(Stored { value, option: None, sort_key }));
        match self.kind {
            FieldKind::Text if typed.chars().nth(LONGEST_TEXT).is_some() => Err(Error::invalid(format!(
                "“{}” holds at most {LONGEST_TEXT} characters. Write it as something that matters to them.",
                self.name
            ))),
            FieldKind::Text => {
                let key = folded(&typed);
                plain(typed, key)
            }
            FieldKind::Number => match number_key(&typed) {
                Some(key) => plain(typed, key),
                None => Err(Error::invalid(format!(
                    "“{typed}” is no number. Write it in digits, such as 1250 or 12.5, without commas or spaces."
                ))),
            },
            FieldKind::Date => match date(&typed) {
                Some(day) => plain(day.clone(), day),
                None => Err(Error::invalid(format!("“{typed}” is no date. Write it like 2026-12-24."))),
            },
            FieldKind::Choice => match self.option(&typed) {
                Some(option) => {
                    Ok(Some(Stored { value: String::new(), option: Some(option.id), sort_key: option_key(option.id) }))
                }
                None => Err(Error::invalid(format!(
                    "“{typed}” is not among the choices of “{}”. Choose one of them, or add it in Settings.",
                    self.name
                ))),
            },
        }
    }
}

/// Whether this could stand in a field of words, numbers or dates.
pub fn reads_as(kind: FieldKind, text: &str) -> bool {
    match kind {
        FieldKind::Number => number_key(text).is_some(),
        FieldKind::Date => date(text).is_some(),
        FieldKind::Text | FieldKind::Choice => true,
    }
}

pub(super) fn option_key(id: FieldOptionId) -> String {
    id.0.simple().to_string()
}

/// What a number is compared by: digits alone and of one length, so that any database orders them as numbers. `None`
/// where it is no number.
pub(super) fn number_key(text: &str) -> Option<String> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (whole, part) = match digits.split_once('.') {
        Some((whole, part)) if !part.is_empty() => (whole, part),
        Some(_) => return None,
        None => (digits, ""),
    };
    if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if whole.len() > WHOLE_DIGITS || part.len() > PART_DIGITS {
        return None;
    }
    let size = format!("{whole:0>WHOLE_DIGITS$}{part:0<PART_DIGITS$}");
    if !negative || size.bytes().all(|byte| byte == b'0') {
        return Some(format!("1{size}"));
    }
    // The larger it is, the further below nothing.
    let below: String = size.bytes().map(|byte| char::from(b'9' - (byte - b'0'))).collect();
    Some(format!("0{below}"))
}

/// A day of the calendar, as `YYYY-MM-DD`.
pub(super) fn date(text: &str) -> Option<String> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (1..=9999).contains(&day.year()).then(|| day.to_string())
}
