//! When to ring again somebody who was not reached: later each time, at another time of day, and not for ever.

use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::CallResult;
use crate::error::{Error, Result};
use crate::promises::business_time::{BusinessCalendar, Target, wall_instant};
use crate::time::{DAY_MS, Millis};

/// The part of *their* day: who does not answer in the morning may well answer in the evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Morning,
    Midday,
    Afternoon,
    Evening,
}

impl Band {
    pub const ALL: [Self; 4] = [Self::Morning, Self::Midday, Self::Afternoon, Self::Evening];

    /// First and last-but-one minute of the day: the end is the first that is not in it.
    fn minutes(self) -> (u16, u16) {
        match self {
            Self::Morning => (9 * 60, 12 * 60),
            Self::Midday => (12 * 60, 14 * 60),
            Self::Afternoon => (14 * 60, 17 * 60),
            Self::Evening => (17 * 60, 20 * 60),
        }
    }

    /// None early in the morning and at night.
    pub fn at(at: Millis, zone: Tz) -> Option<Self> {
        let hour = at.in_zone(zone).hour();
        Self::ALL.into_iter().find(|band| {
            let (from, to) = band.minutes();
            (u32::from(from)..u32::from(to)).contains(&(hour * 60))
        })
    }
}

/// After the nth call in a row that ended so, how long to leave them in peace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct RetryRule {
    pub result: CallResult,
    /// From 1.
    pub attempt: u32,
    pub target: Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Retry {
    /// Ring between `from` and `due`.
    Ring { from: Millis, due: Millis, band: Band },
    /// Rung often enough, or never another time of day: write, or let it go.
    WriteOrRelease,
}

/// The results after which one rings again of one's own accord.
const RETRIED: [CallResult; 4] =
    [CallResult::NoAnswer, CallResult::Busy, CallResult::VoicemailLeft, CallResult::LeftWithSomeone];

/// Rules that a director wrote: each result's attempts count from 1 without a gap, each waits.
pub fn check_retry_rules(rules: &[RetryRule]) -> Result<()> {
    for rule in rules {
        let name = rule.result.as_str();
        if !RETRIED.contains(&rule.result) {
            return Err(Error::invalid(format!("After {name:?} nobody is rung again by rule. Take that rule out.")));
        }
        if matches!(rule.target, Target::Minutes(0) | Target::Hours(0) | Target::Days(0)) {
            return Err(Error::invalid(format!(
                "The rule for {name:?}, attempt {}, waits for nothing. Give it some minutes, hours or days.",
                rule.attempt
            )));
        }
    }
    for result in RETRIED {
        let mut attempts: Vec<u32> =
            rules.iter().filter(|rule| rule.result == result).map(|rule| rule.attempt).collect();
        attempts.sort_unstable();
        if let Some((expected, _)) = (1..).zip(&attempts).find(|(n, attempt)| n != *attempt) {
            return Err(Error::invalid(format!(
                "The rules for {:?} have no single attempt {expected}. Number them 1, 2, 3 without a gap or a double.",
                result.as_str()
            )));
        }
    }
    Ok(())
}

/// How far ahead another time of day is looked for.
const LOOK_AHEAD_MS: i64 = 60 * DAY_MS;

/// What to do after the `attempt`th call in a row that ended with `result` at `now`. `zone` is the person's. None where
/// trying again is not for a rule to say.
pub fn propose(
    rules: &[RetryRule],
    result: CallResult,
    attempt: u32,
    now: Millis,
    zone: Tz,
    calendar: &BusinessCalendar,
) -> Result<Option<Retry>> {
    if !RETRIED.contains(&result) {
        return Ok(None);
    }
    let Some(rule) = rules.iter().find(|rule| rule.result == result && rule.attempt == attempt) else {
        return Ok(Some(Retry::WriteOrRelease));
    };
    let earliest = match rule.target {
        Target::Minutes(_) | Target::Hours(_) => calendar.due(now, rule.target)?,
        // In days the whole of that day will do, not only its closing.
        Target::Days(days) => {
            let day = calendar.business_days_after(calendar.business_day_of(now)?, days)?;
            calendar.opening_of(day).ok_or_else(|| Error::internal(format!("{day} has no opening time")))?
        }
    };
    let tried = Band::at(now, zone);
    let until = earliest.plus_ms(LOOK_AHEAD_MS);
    let mut at = calendar.next_opening(earliest)?;
    while at < until {
        let (band, band_ends) = band_and_end(at, zone);
        if let Some(band) = band.filter(|band| Some(*band) != tried) {
            let due = closes(calendar, at, band_ends)?;
            return Ok(Some(Retry::Ring { from: at, due, band }));
        }
        at = calendar.next_opening(band_ends.max(at.plus_ms(1)))?;
    }
    Ok(Some(Retry::WriteOrRelease))
}

/// The band at an instant, and when it ends; between two days' bands, when the next begins.
fn band_and_end(at: Millis, zone: Tz) -> (Option<Band>, Millis) {
    let date = at.in_zone(zone).date_naive();
    let on = |date: NaiveDate, minute| wall_instant(zone, date, minute);
    if let Some(band) = Band::at(at, zone) {
        return (Some(band), on(date, band.minutes().1));
    }
    let (first, _) = Band::Morning.minutes();
    let today = on(date, first);
    if at < today {
        return (None, today);
    }
    (None, date.succ_opt().map_or(Millis(i64::MAX), |tomorrow| on(tomorrow, first)))
}

/// The end of the open stretch that `at` is in, or `latest` where that is sooner.
fn closes(calendar: &BusinessCalendar, at: Millis, latest: Millis) -> Result<Millis> {
    let date = at.in_zone(calendar.zone()).date_naive();
    let closing = calendar
        .windows_on(date)
        .iter()
        .map(|window| wall_instant(calendar.zone(), date, window.closes_minute))
        .find(|closing| *closing > at);
    Ok(closing.map_or(latest, |closing| closing.min(latest)))
}
