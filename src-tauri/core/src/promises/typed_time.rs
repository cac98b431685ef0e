//! The time of day in a typed date: "10am", "15:30", "after 3", "tuesday *morning*".

use crate::error::{Error, Result};
use crate::promises::typed_date::Said;

/// A piece of what was typed, lower-case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    /// One to four digits.
    Number(String),
    Sign(char),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeOfDay {
    /// Beyond doubt: "10am", "15:30", "noon".
    Clock {
        minute: u16,
        said: Said,
    },
    /// An hour from 1 to 12 of which nobody said whether before or after noon.
    Half {
        hour: u16,
        minute: u16,
        said: Said,
    },
    Morning,
    Afternoon,
    Evening,
}

impl Token {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Word(text) | Self::Number(text) => text.clone(),
            Self::Sign(sign) => sign.to_string(),
        }
    }

    fn is(&self, words: &[&str]) -> bool {
        matches!(self, Self::Word(word) if words.contains(&word.as_str()))
    }
}

/// Cuts text into words, numbers and signs.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>> {
    let text = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm").replace(['’', '\''], "");
    let mut found: Vec<Token> = Vec::new();
    let mut joined = false;
    for character in text.chars() {
        let grows = joined;
        joined = true;
        match (character, found.last_mut()) {
            (digit, Some(Token::Number(number))) if grows && digit.is_ascii_digit() => number.push(digit),
            (digit, _) if digit.is_ascii_digit() => found.push(Token::Number(digit.to_string())),
            (letter, Some(Token::Word(word))) if grows && letter.is_alphabetic() => word.push(letter),
            (letter, _) if letter.is_alphabetic() => found.push(Token::Word(letter.to_string())),
            (':' | '.' | '/' | '-', _) => found.push(Token::Sign(character)),
            (',', _) => joined = false,
            (space, _) if space.is_whitespace() => joined = false,
            _ => return Err(Error::invalid(format!("“{character}” has no meaning in a date. {EXAMPLES}"))),
        }
    }
    if let Some(Token::Number(long)) = found.iter().find(|token| matches!(token, Token::Number(n) if n.len() > 4)) {
        return Err(Error::invalid(format!("“{long}” is too long for a date or a time. {EXAMPLES}")));
    }
    Ok(found)
}

pub(super) const EXAMPLES: &str = "Write it like “tomorrow”, “fri 10am”, “next tue after 3”, “24 Dec” or “in 2 weeks”.";

/// Takes the time of day out of `tokens`, where there is one.
pub(super) fn take_time(tokens: &mut Vec<Token>) -> Result<Option<TimeOfDay>> {
    let mut found = None;
    let mut at = 0;
    while at < tokens.len() {
        let in_a_date = at > 0 && matches!(tokens[at - 1], Token::Sign(_));
        let time = if in_a_date { None } else { time_at(&tokens[at..])? };
        let Some((time, length)) = time else {
            at += 1;
            continue;
        };
        if found.replace(time).is_some() {
            return Err(Error::invalid(format!("There are two times of day in this. {EXAMPLES}")));
        }
        tokens.drain(at..at + length);
    }
    Ok(found)
}

/// The time that `tokens` begin with, and of how many tokens it is made.
fn time_at(tokens: &[Token]) -> Result<Option<(TimeOfDay, usize)>> {
    let said = match tokens.first() {
        Some(word) if word.is(&["after", "from"]) => Some(Said::After),
        Some(word) if word.is(&["before", "by"]) => Some(Said::Before),
        Some(word) if word.is(&["at", "around", "about"]) => Some(Said::At),
        _ => None,
    };
    let lead = usize::from(said.is_some());
    let rest = &tokens[lead..];
    let found = clock_at(rest, said)?;
    Ok(found.map(|(time, length)| (time, lead + length)))
}

fn clock_at(tokens: &[Token], said: Option<Said>) -> Result<Option<(TimeOfDay, usize)>> {
    let how = said.unwrap_or(Said::At);
    match tokens {
        [noon, ..] if noon.is(&["noon", "midday"]) => Ok(Some((TimeOfDay::Clock { minute: 720, said: how }, 1))),
        [part, ..] if said.is_none() && part.is(&["morning"]) => Ok(Some((TimeOfDay::Morning, 1))),
        [part, ..] if said.is_none() && part.is(&["afternoon"]) => Ok(Some((TimeOfDay::Afternoon, 1))),
        [part, ..] if said.is_none() && part.is(&["evening", "tonight"]) => Ok(Some((TimeOfDay::Evening, 1))),
        [Token::Number(hour), Token::Sign(sign @ (':' | '.')), Token::Number(minute), rest @ ..]
            if !matches!(rest, [Token::Sign('.' | '/' | '-'), ..]) =>
        {
            let half = rest.first().and_then(half_of_day);
            if *sign == '.' && half.is_none() && said.is_none() {
                return Err(Error::invalid(format!(
                    "“{hour}.{minute}” may be a time or a date. Write {hour}:{minute}, or {hour}/{minute}."
                )));
            }
            let seconds = usize::from(matches!(rest, [Token::Sign(':'), Token::Number(_), ..])) * 2;
            Ok(Some((time(hour, minute, half, how)?, 3 + seconds + usize::from(half.is_some()))))
        }
        [Token::Number(hour), next, ..] if half_of_day(next).is_some() => {
            Ok(Some((time(hour, "00", half_of_day(next), how)?, 2)))
        }
        [Token::Number(hour), next, ..] if next.is(&["oclock"]) => Ok(Some((time(hour, "00", None, how)?, 2))),
        // "after 3", and not "after 3 days", "by 24 dec" or "from 3/12".
        [Token::Number(hour), rest @ ..]
            if said.is_some() && !matches!(rest, [Token::Sign(_), ..]) && !rest.first().is_some_and(counted) =>
        {
            Ok(Some((time(hour, "00", None, how)?, 1)))
        }
        _ => Ok(None),
    }
}

/// Words that make a number before them something other than an hour.
fn counted(word: &Token) -> bool {
    const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];
    const UNITS: [&str; 12] = ["min", "hou", "hr", "hrs", "day", "wee", "wk", "wks", "for", "mon", "yea", "of"];
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const OTHERS: [&str; 5] = ["working", "business", "d", "w", "h"];
    let Token::Word(word) = word else { return true };
    let start: String = word.chars().take(3).collect();
    let weekday = word == "mon" || word.starts_with("monday");
    !weekday
        && (ORDINALS.contains(&word.as_str())
            || OTHERS.contains(&word.as_str())
            || UNITS.contains(&start.as_str())
            || MONTHS.contains(&start.as_str()))
}

/// Hours that a meridiem adds.
fn half_of_day(token: &Token) -> Option<u16> {
    match token {
        Token::Word(word) if word == "am" => Some(0),
        Token::Word(word) if word == "pm" => Some(12),
        _ => None,
    }
}

fn time(hour: &str, minute: &str, half: Option<u16>, said: Said) -> Result<TimeOfDay> {
    let wrong = || Error::invalid(format!("“{hour}:{minute}” is not a time of day. Write it like 9:30, 3pm or 15:00."));
    let (hours, minutes): (u16, u16) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    let whole = hours < 24 || (hours == 24 && minutes == 0);
    if !whole || minutes > 59 || minute.len() != 2 || hour.len() > 2 {
        return Err(wrong());
    }
    if let Some(half) = half {
        if !(1..=12).contains(&hours) {
            return Err(Error::invalid(format!(
                "“{hour}” with am or pm is not a time of day. Write it like 3pm or 15:00."
            )));
        }
        return Ok(TimeOfDay::Clock { minute: (hours % 12 + half) * 60 + minutes, said });
    }
    let on_a_24_hour_clock = !(1..=12).contains(&hours) || hour.starts_with('0');
    if on_a_24_hour_clock {
        return Ok(TimeOfDay::Clock { minute: hours * 60 + minutes, said });
    }
    Ok(TimeOfDay::Half { hour: hours % 12, minute: minutes, said })
}
