//! When to ring again somebody who was not reached: later each time, at another time of day, and not for ever.

use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::CallResult;
use crate::error::{Error, Result};
use crate::promises::business_time::{BusinessCalendar, Target, wall_instant};
use crate::promises::calling_hours::{CallingHours, Verdict, may_ring, may_ring_between};
use crate::time::{DAY_MS, MINUTE_MS, Millis};

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

/// After the nth call for one matter that ended so, how long to leave them in peace.
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

/// A call that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    pub result: CallResult,
    /// When it began.
    pub at: Millis,
}

/// The results after which one rings again of one's own accord.
const RETRIED: [CallResult; 4] =
    [CallResult::NoAnswer, CallResult::Busy, CallResult::VoicemailLeft, CallResult::LeftWithSomeone];

impl CallResult {
    /// Whose rules this result goes by. Whether somebody else took a message or not, they were not there.
    fn retried_as(self) -> Option<Self> {
        match self {
            Self::NotThere => Some(Self::LeftWithSomeone),
            result => RETRIED.contains(&result).then_some(result),
        }
    }
}

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

/// When somebody can be rung at all: while we are open, in hours that their own clock allows.
#[derive(Clone, Copy, Debug)]
pub struct Ringing<'a> {
    pub calendar: &'a BusinessCalendar,
    /// Theirs, or the likeliest: it names the parts of their day.
    pub zone: Tz,
    /// Theirs, where it is known; else every zone of the country must allow it.
    pub known_zone: Option<Tz>,
    pub country: &'a str,
    pub hours: &'a CallingHours,
}

/// A stretch of one band in which somebody can be rung throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub from: Millis,
    /// The first instant at which they cannot.
    pub until: Millis,
    pub band: Band,
}

/// How far ahead another time of day is looked for.
const LOOK_AHEAD_MS: i64 = 60 * DAY_MS;
/// Nobody rings in the last few minutes of a morning.
const SHORTEST_MS: i64 = 10 * MINUTE_MS;

impl Ringing<'_> {
    /// None where no hour suits.
    fn allowed_from(&self, at: Millis) -> Option<Millis> {
        match may_ring(at, self.known_zone, self.country, self.hours) {
            Verdict::Now => Some(at),
            Verdict::Not { next_allowed, .. } => next_allowed,
        }
    }

    /// Whether there is a moment between the two at which they may be rung.
    pub(super) fn allows_between(&self, from: Millis, due: Millis) -> bool {
        may_ring_between(from, due, self.known_zone, self.country, self.hours)
    }

    /// The stretches from `from` on, one after the other.
    fn stretches(&self, from: Millis) -> impl Iterator<Item = Result<Stretch>> + '_ {
        let (mut at, last) = (from, from.plus_ms(LOOK_AHEAD_MS));
        std::iter::from_fn(move || {
            while at < last {
                match self.stretch_at(at) {
                    Ok(Ok(stretch)) => {
                        at = stretch.until;
                        if stretch.until.since(stretch.from) >= SHORTEST_MS {
                            return Some(Ok(stretch));
                        }
                    }
                    Ok(Err(later)) => at = later.max(at.plus_ms(1)),
                    Err(error) => {
                        at = last;
                        return Some(Err(error));
                    }
                }
            }
            None
        })
    }

    /// The stretch that `at` is in, or from when there may be one.
    fn stretch_at(&self, at: Millis) -> Result<Result<Stretch, Millis>> {
        let open = self.calendar.next_opening(at)?;
        if open > at {
            return Ok(Err(open));
        }
        match self.allowed_from(at) {
            None => return Ok(Err(Millis(i64::MAX))),
            Some(allowed) if allowed > at => return Ok(Err(allowed)),
            Some(_) => {}
        }
        let (band, band_ends) = band_and_end(at, self.zone);
        let Some(band) = band else { return Ok(Err(band_ends)) };
        let until = self.allowed_until(at, closes(self.calendar, at, band_ends));
        Ok(Ok(Stretch { from: at, until, band }))
    }

    /// The end of the allowed hours that `from` is in, or `latest` where that is sooner.
    fn allowed_until(&self, from: Millis, latest: Millis) -> Millis {
        let allowed = |at: Millis| matches!(may_ring(at, self.known_zone, self.country, self.hours), Verdict::Now);
        let (mut yes, mut no) = (from, latest);
        if allowed(latest.plus_ms(-1)) {
            return latest;
        }
        while no.since(yes) > 1 {
            let between = Millis(i64::midpoint(yes.0, no.0));
            if allowed(between) { yes = between } else { no = between }
        }
        no
    }

    /// The first stretch from `from` on.
    pub(super) fn first(&self, from: Millis) -> Result<Option<Stretch>> {
        self.stretches(from).next().transpose()
    }

    /// Another time of day than the last one that was tried: the first such, unless by the end of the next business day
    /// there is one that was tried less often.
    pub(super) fn another_band(&self, earliest: Millis, tried: &[Option<Band>]) -> Result<Option<Stretch>> {
        let last = tried.last().copied().flatten();
        let times = |band: Band| tried.iter().filter(|tried| **tried == Some(band)).count();
        let mut others = self
            .stretches(earliest)
            .filter(|stretch| stretch.as_ref().map_or(true, |stretch| Some(stretch.band) != last));
        let Some(first) = others.next().transpose()? else { return Ok(None) };
        let day = self.calendar.business_days_after(self.our_day(first.from), 1)?;
        let horizon = self.calendar.closing_of(day).unwrap_or(first.until);
        let mut best = first;
        for stretch in others {
            let stretch = stretch?;
            if stretch.from >= horizon || times(best.band) == 0 {
                break;
            }
            if times(stretch.band) < times(best.band) {
                best = stretch;
            }
        }
        Ok(Some(best))
    }

    /// On the next business day, in another band than now where there is one; where nobody can be rung on that day, as
    /// soon after it as may be.
    pub(super) fn next_day(&self, now: Millis) -> Result<Option<Stretch>> {
        let today = self.our_day(now);
        let day = self.calendar.business_days_after(today, 1)?;
        let Some(opening) = self.calendar.opening_of(day) else { return Ok(None) };
        let band = Band::at(now, self.zone);
        let mut on_that_day = Vec::new();
        for stretch in self.stretches(opening) {
            let stretch = stretch?;
            if self.our_day(stretch.from) != day && !on_that_day.is_empty() {
                break;
            }
            let is_another = Some(stretch.band) != band;
            let is_later = self.our_day(stretch.from) != day;
            if is_another || is_later {
                return Ok(Some(stretch));
            }
            on_that_day.push(stretch);
        }
        Ok(on_that_day.first().copied())
    }

    fn our_day(&self, at: Millis) -> NaiveDate {
        at.in_zone(self.calendar.zone()).date_naive()
    }
}

/// What to do after the last of these calls, all for one matter, oldest first. None where trying again is not for a rule
/// to say. Never before `now`.
pub fn propose(rules: &[RetryRule], tries: &[Try], now: Millis, ringing: &Ringing<'_>) -> Result<Option<Retry>> {
    let Some(last) = tries.last() else { return Ok(None) };
    let Some(result) = last.result.retried_as() else { return Ok(None) };
    let attempt = tries.iter().filter(|tried| tried.result.retried_as() == Some(result)).count();
    let rule = rules.iter().find(|rule| rule.result == result && rule.attempt as usize == attempt);
    let Some(rule) = rule else { return Ok(Some(Retry::WriteOrRelease)) };
    let calendar = ringing.calendar;
    let earliest = match rule.target {
        Target::Minutes(_) | Target::Hours(_) => calendar.due(last.at, rule.target)?,
        // In days the whole of that day will do, not only its closing.
        Target::Days(days) => {
            let day = calendar.business_days_after(calendar.business_day_of(last.at)?, days)?;
            calendar.opening_of(day).ok_or_else(|| Error::internal(format!("{day} has no opening time")))?
        }
    };
    let tried: Vec<Option<Band>> = tries.iter().map(|tried| Band::at(tried.at, ringing.zone)).collect();
    Ok(Some(match ringing.another_band(earliest.max(now), &tried)? {
        Some(Stretch { from, until, band }) => Retry::Ring { from, due: until, band },
        None => Retry::WriteOrRelease,
    }))
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
fn closes(calendar: &BusinessCalendar, at: Millis, latest: Millis) -> Millis {
    let date = at.in_zone(calendar.zone()).date_naive();
    let closing = calendar
        .windows_on(date)
        .iter()
        .map(|window| wall_instant(calendar.zone(), date, window.closes_minute))
        .find(|closing| *closing > at);
    closing.map_or(latest, |closing| closing.min(latest))
}
