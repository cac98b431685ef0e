//! An answer in their own words: read, so that what is filed is what was meant.

use super::day::Told;
use super::model::{Free, FreeAnswer};
use super::sets::{PersonField, Sets};
use crate::error::{Error, Result};
use crate::people::{ReachKind, reaches};

const MAX_SAID_CHARS: usize = 2_000;

/// The answer as it is kept: in one line, a number as it was typed, a date in words. None: they said nothing.
pub(super) fn read(free: &Free, said: &str) -> Result<Option<String>> {
    let words = said.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let said = words.collect::<Vec<_>>().join(" ");
    if said.is_empty() {
        return Ok(None);
    }
    if said.chars().count() > MAX_SAID_CHARS {
        return Err(Error::invalid(format!(
            "This answer is longer than {MAX_SAID_CHARS} letters. Keep what matters here, and put the rest in the notes."
        )));
    }
    let said = match free.kind {
        FreeAnswer::Words => said,
        FreeAnswer::Number if is_number(&said) => said,
        FreeAnswer::Number => {
            return Err(Error::invalid(format!("“{said}” is not a number. Write it in figures, such as 12 or 12.5.")));
        }
        FreeAnswer::Date => date(&said)?,
    };
    if free.sets.contains(&Sets::Field { field: PersonField::Email }) {
        // Told now, while they are on the line and can spell it again.
        reaches::read(ReachKind::Email, &said, "")?;
    }
    Ok(Some(said))
}

/// "12", "-3", "12.5", "12,5", "1 200": figures with at most one point or comma.
fn is_number(said: &str) -> bool {
    let figures = said.strip_prefix(['-', '−', '+']).unwrap_or(said);
    let (whole, part) = figures.split_once(['.', ',']).unwrap_or((figures, "0"));
    let all = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    all(&whole.replace(' ', "")) && all(part)
}

fn date(said: &str) -> Result<String> {
    let told = Told::parse(said);
    let told = told.ok_or_else(|| Error::invalid(format!("“{said}” is not a day. Write it as 2026-11-24.")))?;
    Ok(told.shown())
}
