//! A day that somebody tells us of, as a caller types it while listening: "3 May 2019", "June 2019", "3 years ago".
//!
//! Unlike the time of a promise it may have passed, and may be known only to the month or the year: then no more is kept
//! than what was said. What may mean two things is refused with the words that would be clear.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::promises::typed_date::{Order, month, number, order, weekday};

const LONGEST_TEXT: usize = 60;
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1850..=2250;
const EXAMPLES: &str = "Write it as 24 November 2026, June 2019, or 2019.";

/// As exact as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Day(NaiveDate),
    /// By its first day.
    Month(NaiveDate),
    Year(i32),
}

/// What a typed day means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ToldDay {
    /// ISO 8601: a day, a month or a year.
    pub iso: String,
    /// To be read back: "3 May 2019".
    pub shown: String,
}

/// Reads what was typed on the day `today`; `country` is the association's, for `3/5/2019`.
pub fn read_day(typed: &str, today: NaiveDate, country: &str) -> Result<ToldDay> {
    let unreadable = || Error::invalid(format!("“{}” is not a day that can be read. {EXAMPLES}", typed.trim()));
    if typed.len() > LONGEST_TEXT {
        return Err(Error::invalid(format!("That is too long for a day. {EXAMPLES}")));
    }
    let told = read(typed, today, country)?.filter(|told| YEARS.contains(&told.year())).ok_or_else(unreadable)?;
    Ok(ToldDay { iso: told.iso(), shown: told.shown() })
}

impl Told {
    /// What [`Told::iso`] wrote.
    pub(super) fn parse(iso: &str) -> Option<Self> {
        let told = match iso.split('-').collect::<Vec<_>>().as_slice() {
            [year] if year.len() == 4 => Self::Year(year.parse().ok()?),
            [year, month] if year.len() == 4 && month.len() == 2 => {
                Self::Month(NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?)
            }
            [_, _, _] => Self::Day(NaiveDate::parse_from_str(iso, "%Y-%m-%d").ok()?),
            _ => return None,
        };
        YEARS.contains(&told.year()).then_some(told)
    }

    fn year(self) -> i32 {
        match self {
            Self::Day(date) | Self::Month(date) => date.year(),
            Self::Year(year) => year,
        }
    }

    pub(super) fn iso(self) -> String {
        match self {
            Self::Day(date) => date.format("%Y-%m-%d").to_string(),
            Self::Month(date) => date.format("%Y-%m").to_string(),
            Self::Year(year) => format!("{year:04}"),
        }
    }

    pub(super) fn shown(self) -> String {
        match self {
            Self::Day(date) => date.format("%-d %B %Y").to_string(),
            Self::Month(date) => date.format("%B %Y").to_string(),
            Self::Year(year) => year.to_string(),
        }
    }
}

/// None: it cannot be read.
fn read(typed: &str, today: NaiveDate, country: &str) -> Result<Option<Told>> {
    const FILLERS: [&str; 8] = ["of", "the", "on", "in", "since", "about", "around", "from"];
    let lower = typed.to_lowercase().replace(',', " ");
    let words: Vec<&str> = lower.split_whitespace().filter(|word| !FILLERS.contains(word)).collect();
    Ok(match words.as_slice() {
        ["today"] => Some(Told::Day(today)),
        ["yesterday"] => today.pred_opt().map(Told::Day),
        ["tomorrow"] => today.succ_opt().map(Told::Day),
        ["this", unit] => step(today, 0, unit),
        ["last", unit] if weekday(unit).is_some() => weekday(unit).and_then(|day| last(today, day)).map(Told::Day),
        ["next", unit] if weekday(unit).is_some() => weekday(unit).and_then(|day| next(today, day)).map(Told::Day),
        [name] if weekday(name).is_some() => {
            return Err(Error::invalid(format!("Write “last {name}” or “next {name}”.")));
        }
        ["last", unit] => step(today, -1, unit),
        ["next", unit] => step(today, 1, unit),
        [count, unit, "ago"] => number(count).and_then(|count| step(today, -i64::from(count), unit)),
        // "In 2 weeks", of which "in" was a filler; not "2 May".
        [count, unit] if number(count).is_some() && month(unit).is_none() && unit.parse::<u32>().is_err() => {
            number(count).and_then(|count| step(today, i64::from(count), unit))
        }
        [lone] if lone.contains(['/', '.', '-']) => figures(lone, today, country)?,
        words => by_name(words, today),
    })
}

/// So many days, weeks, months or years from today; a month is no day of it, and a year no month.
fn step(today: NaiveDate, count: i64, unit: &str) -> Option<Told> {
    let months = |count: i64| {
        let by = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
        if count < 0 { today.checked_sub_months(by) } else { today.checked_add_months(by) }
    };
    let days = |count: i64| {
        let by = Days::new(count.unsigned_abs());
        if count < 0 { today.checked_sub_days(by) } else { today.checked_add_days(by) }
    };
    match unit.trim_end_matches('s') {
        "day" => days(count).map(Told::Day),
        // "This week" is no day.
        "week" if count != 0 => days(count.checked_mul(7)?).map(Told::Day),
        "month" => months(count)?.with_day(1).map(Told::Month),
        "year" => i32::try_from(count).ok().and_then(|count| today.year().checked_add(count)).map(Told::Year),
        _ => None,
    }
}

fn last(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let days = u64::from(today.weekday().days_since(day));
    today.checked_sub_days(Days::new(if days == 0 { 7 } else { days }))
}

fn next(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let days = u64::from(day.days_since(today.weekday()));
    today.checked_add_days(Days::new(if days == 0 { 7 } else { days }))
}

/// "2019-06-01", "1/6/2019", "1.6.19", "6/2019", "1/6".
fn figures(word: &str, today: NaiveDate, country: &str) -> Result<Option<Told>> {
    let parts: Vec<&str> = word.trim_end_matches('.').split(['/', '.', '-']).collect();
    let whole: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
    let Some(whole) = whole else { return Ok(None) };
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    Ok(match (parts.as_slice(), whole.as_slice()) {
        ([y, ..], [year, month, day]) if y.len() == 4 => date(*year, *month, *day).map(Told::Day),
        ([y, _], [year, month]) if y.len() == 4 => date(*year, *month, 1).map(Told::Month),
        ([_, y], [month, year]) if y.len() == 4 => date(*year, *month, 1).map(Told::Month),
        ([_, _, y], [a, b, year]) if y.len() == 4 || y.len() == 2 => {
            let year = if y.len() == 2 { century(*year, today) } else { *year };
            either(word, date(year, *b, *a), date(year, *a, *b), country)?.map(Told::Day)
        }
        ([_, _], [a, b]) => either(word, near(today, *b, *a), near(today, *a, *b), country)?.map(Told::Day),
        _ => None,
    })
}

/// The year of two figures that lies in the last ninety years or the next ten.
fn century(year: u32, today: NaiveDate) -> u32 {
    let now = today.year().unsigned_abs();
    let this = now - now % 100 + year;
    if this > now + 10 { this - 100 } else { this }
}

/// The one that lies nearest to today.
fn near(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let year = today.year();
    let years = (year - 4..=year + 4).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    years.min_by_key(|date| (*date - today).num_days().abs())
}

fn either(
    word: &str,
    day_first: Option<NaiveDate>,
    month_first: Option<NaiveDate>,
    country: &str,
) -> Result<Option<NaiveDate>> {
    Ok(match (day_first, month_first, order(country)) {
        (Some(one), Some(other), _) if one == other => Some(one),
        (Some(one), Some(other), Order::Either) => {
            return Err(Error::invalid(format!(
                "“{word}” may be {} or {}. Write the month as a word.",
                Told::Day(one).shown(),
                Told::Day(other).shown()
            )));
        }
        (Some(date), _, Order::DayFirst) | (_, Some(date), Order::MonthFirst) => Some(date),
        // It can only be meant the other way round, and is read back before it counts.
        (one, other, _) => one.or(other),
    })
}

/// "3 May 2019", "May 3rd", "June 2019", "June", "2019".
fn by_name(words: &[&str], today: NaiveDate) -> Option<Told> {
    let (mut day, mut of, mut year) = (None, None, None);
    for word in words {
        let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        match (month(word.trim_end_matches('.')), figures.parse::<u32>()) {
            (Some(month), _) if of.is_none() => of = Some(month),
            (None, Ok(n @ 1..=31)) if day.is_none() && figures.len() <= 2 => day = Some(n),
            (None, Ok(n)) if year.is_none() && figures.len() == 4 => year = Some(n),
            _ => return None,
        }
    }
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    match (day, of, year) {
        (Some(day), Some(month), Some(year)) => date(year, month, day).map(Told::Day),
        (Some(day), Some(month), None) => near(today, month, day).map(Told::Day),
        (None, Some(month), Some(year)) => date(year, month, 1).map(Told::Month),
        // The last such month, this one too.
        (None, Some(month), None) => {
            let year = if month > today.month() { today.year() - 1 } else { today.year() };
            NaiveDate::from_ymd_opt(year, month, 1).map(Told::Month)
        }
        (None, None, Some(year)) => i32::try_from(year).ok().map(Told::Year),
        _ => None,
    }
}
