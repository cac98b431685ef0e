//! Business time: when a promise falls due, by the association's own opening hours.
//!
//! Everything follows from one definition: **an instant is open when the clock on the association's wall, at that
//! instant, shows a time inside a window of that weekday, and the date is not closed.** So a window's edge that falls
//! in the hour a clock skips takes effect where the skip ends; where a clock goes back, what the wall shows twice is
//! open twice; and a window that spans either change is as long as it really lasts. Times are exact to the millisecond.
//!
//! A *business day* is a local date with any open time at all: not one whose only window the clock skips.

use chrono::{DateTime, Datelike, LocalResult, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

pub const MINUTES_A_DAY: u16 = 24 * 60;

/// Nobody promises further ahead: a search that comes this far has lost its way.
const HORIZON_YEARS: i64 = 200;
const HORIZON_DAYS: i64 = HORIZON_YEARS * 366;
/// The last instant of the year 9999.
const LAST_MS: i64 = 253_402_300_799_999;
/// No zone has ever been further from UTC than this.
const FURTHEST_OFFSET_MS: i64 = 16 * HOUR_MS;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One stretch of opening hours in minutes of the wall-clock day; `closes_minute` is the first minute that is closed,
/// at most 1440 (midnight).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
pub struct Window {
    pub opens_minute: u16,
    pub closes_minute: u16,
}

/// Whole days on which nobody is there, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
pub struct Closure {
    pub name: String,
    #[specta(type = String)]
    pub from: NaiveDate,
    #[specta(type = String)]
    pub to: NaiveDate,
}

/// How soon something is promised. Minutes and hours consume open time; days run to the closing of the Nth business
/// day after the one it was received on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(tag = "unit", content = "count", rename_all = "snake_case")]
pub enum Target {
    Minutes(u32),
    Hours(u32),
    Days(u32),
}

/// Opening hours and closures in one time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessCalendar {
    zone: Tz,
    /// Monday first; each day's windows in order, none touching what another covers.
    week: [Vec<Window>; 7],
    closures: Vec<Closure>,
    /// The closures in order and merged, for looking up.
    closed: Vec<(NaiveDate, NaiveDate)>,
}

/// Open time without a break, on one local date.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    date: NaiveDate,
    start_ms: i64,
    end_ms: i64,
}

impl Window {
    pub const fn new(opens_minute: u16, closes_minute: u16) -> Self {
        Self { opens_minute, closes_minute }
    }
}

impl Closure {
    pub fn new(name: impl Into<String>, from: NaiveDate, to: NaiveDate) -> Self {
        Self { name: name.into(), from, to }
    }
}

impl BusinessCalendar {
    /// `week` is Monday first. Refuses windows that are empty, inverted, past midnight or overlapping, and closures
    /// that end before they begin. A week without any opening is allowed here and refused by [`Self::due`].
    pub fn new(zone: Tz, mut week: [Vec<Window>; 7], closures: Vec<Closure>) -> Result<Self> {
        for (windows, weekday) in week.iter_mut().zip(WEEKDAYS) {
            check_windows(windows, weekday)?;
        }
        let closed = merged(&closures)?;
        Ok(Self { zone, week, closures, closed })
    }

    /// The same hours less some more closed days: a volunteer's leave.
    pub fn with_leave(&self, leave: &[Closure]) -> Result<Self> {
        let closures = self.closures.iter().chain(leave).cloned().collect();
        Self::new(self.zone, self.week.clone(), closures)
    }

    pub fn zone(&self) -> Tz {
        self.zone
    }

    pub fn week(&self) -> &[Vec<Window>; 7] {
        &self.week
    }

    pub fn closures(&self) -> &[Closure] {
        &self.closures
    }

    /// The windows of a date: none where it is closed.
    pub fn windows_on(&self, date: NaiveDate) -> &[Window] {
        if self.is_closed(date) { &[] } else { &self.week[date.weekday().num_days_from_monday() as usize] }
    }

    /// When something received at `received` is due.
    ///
    /// A target of hours that ends exactly at closing is due at that closing, not next morning. Of days: received
    /// before closing on business day D, it is due at the closing of the Nth business day after D; received later, or on
    /// a closed day, it counts as received at the next opening. Zero days is the closing of D.
    pub fn due(&self, received: Millis, target: Target) -> Result<Millis> {
        match target {
            Target::Minutes(count) => self.after_open_ms(received, i64::from(count) * MINUTE_MS),
            Target::Hours(count) => self.after_open_ms(received, i64::from(count) * HOUR_MS),
            Target::Days(count) => {
                let day = self.business_day_of(received)?;
                let due_on = self.business_days_after(day, count)?;
                self.closing_of(due_on).ok_or_else(|| Error::internal(format!("{due_on} has no closing time")))
            }
        }
    }

    pub fn is_open(&self, at: Millis) -> bool {
        let (date, minute) = self.wall_clock(at);
        self.windows_on(date).iter().any(|window| (window.opens_minute..window.closes_minute).contains(&minute))
    }

    /// The first open instant that is not before `at`: `at` itself where that is open.
    pub fn next_opening(&self, at: Millis) -> Result<Millis> {
        self.next_stretch(at).map(|stretch| Millis(stretch.start_ms))
    }

    /// Open milliseconds from `a` to `b`: zero where `b` is not after `a`. Counts at most 200 years.
    pub fn open_ms_between(&self, a: Millis, b: Millis) -> i64 {
        let (from_ms, until_ms) = (clamped(a), clamped(b));
        let until_ms = until_ms.min(from_ms + HORIZON_DAYS * DAY_MS);
        self.stretches(from_ms, until_ms).map(|stretch| stretch.end_ms - stretch.start_ms).sum()
    }

    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        self.opening_of(date).is_some()
    }

    /// The first open instant of a date.
    pub fn opening_of(&self, date: NaiveDate) -> Option<Millis> {
        self.stretches_on(date).next().map(|stretch| Millis(stretch.start_ms))
    }

    /// The end of a date's last window.
    pub fn closing_of(&self, date: NaiveDate) -> Option<Millis> {
        self.stretches_on(date).last().map(|stretch| Millis(stretch.end_ms))
    }

    /// The business day that something received at `at` counts for.
    pub fn business_day_of(&self, at: Millis) -> Result<NaiveDate> {
        let at = in_range(at)?;
        let (date, _) = self.wall_clock(at);
        if self.closing_of(date).is_some_and(|closing| at < closing) {
            return Ok(date);
        }
        self.next_stretch(at).map(|stretch| stretch.date)
    }

    /// The Nth business day after `date`; for 0, `date` itself or the first business day after it.
    pub fn business_days_after(&self, date: NaiveDate, count: u32) -> Result<NaiveDate> {
        self.count_business_days(date, count, NaiveDate::succ_opt)
    }

    /// The Nth business day before `date`; for 0, `date` itself or the last business day before it.
    pub fn business_days_before(&self, date: NaiveDate, count: u32) -> Result<NaiveDate> {
        self.count_business_days(date, count, NaiveDate::pred_opt)
    }

    fn count_business_days(
        &self,
        date: NaiveDate,
        count: u32,
        step: impl Fn(&NaiveDate) -> Option<NaiveDate>,
    ) -> Result<NaiveDate> {
        self.must_open()?;
        let mut day = date;
        let mut left = count;
        for _ in 0..HORIZON_DAYS {
            let counts = (day != date || count == 0) && self.is_business_day(day);
            if counts {
                left = left.saturating_sub(1);
                if left == 0 {
                    return Ok(day);
                }
            }
            day = step(&day).ok_or_else(too_far)?;
        }
        Err(too_far())
    }

    /// When so much open time has passed since `received`.
    pub fn after_open_ms(&self, received: Millis, open_ms: i64) -> Result<Millis> {
        self.must_open()?;
        let from_ms = in_range(received)?.0;
        let mut left_ms = open_ms;
        for stretch in self.stretches(from_ms, from_ms + HORIZON_DAYS * DAY_MS) {
            let length_ms = stretch.end_ms - stretch.start_ms;
            if left_ms <= length_ms {
                return Ok(Millis(stretch.start_ms + left_ms));
            }
            left_ms -= length_ms;
        }
        Err(too_far())
    }

    fn next_stretch(&self, at: Millis) -> Result<Stretch> {
        self.must_open()?;
        let from_ms = in_range(at)?.0;
        self.stretches(from_ms, from_ms + HORIZON_DAYS * DAY_MS).next().ok_or_else(too_far)
    }

    fn must_open(&self) -> Result<()> {
        if self.week.iter().all(Vec::is_empty) {
            return Err(Error::invalid(
                "The week has no opening hours, so nothing can fall due. Set them in Settings, under Standards.",
            ));
        }
        Ok(())
    }

    fn is_closed(&self, date: NaiveDate) -> bool {
        let after = self.closed.partition_point(|(from, _)| *from <= date);
        after > 0 && date <= self.closed[after - 1].1
    }

    /// The date and the minute that the clock on the wall shows.
    fn wall_clock(&self, at: Millis) -> (NaiveDate, u16) {
        let at_ms = clamped(at);
        let wall_ms = at_ms + offset_ms(self.zone, at_ms);
        let minute = wall_ms.rem_euclid(DAY_MS) / MINUTE_MS;
        (date_of(wall_ms.div_euclid(DAY_MS)), minute as u16)
    }

    fn stretches_on(&self, date: NaiveDate) -> impl Iterator<Item = Stretch> + '_ {
        let midnight_ms = day_number(date) * DAY_MS;
        let from_ms = midnight_ms - FURTHEST_OFFSET_MS;
        let never_open = self.windows_on(date).is_empty();
        let until_ms = if never_open { from_ms } else { midnight_ms + DAY_MS + FURTHEST_OFFSET_MS };
        self.stretches(from_ms, until_ms).filter(move |stretch| stretch.date == date)
    }

    /// Open time from `from_ms` up to `until_ms`, in order. A stretch may come in two that touch.
    fn stretches(&self, from_ms: i64, until_ms: i64) -> impl Iterator<Item = Stretch> + '_ {
        (0..)
            .map(move |day| from_ms + day * DAY_MS)
            .take_while(move |start_ms| *start_ms < until_ms)
            .flat_map(move |start_ms| self.stretches_within(start_ms, until_ms.min(start_ms + DAY_MS)))
    }

    /// Walks real time and reads the wall, never the other way: local dates may interleave (a clock set back from 00:01
    /// to 23:01), instants may not.
    fn stretches_within(&self, from_ms: i64, until_ms: i64) -> Vec<Stretch> {
        let mut found = Vec::new();
        for (start_ms, end_ms, offset_ms) in steady_offsets(self.zone, from_ms, until_ms) {
            let (wall_start_ms, wall_end_ms) = (start_ms + offset_ms, end_ms + offset_ms);
            for day in wall_start_ms.div_euclid(DAY_MS)..=(wall_end_ms - 1).div_euclid(DAY_MS) {
                let date = date_of(day);
                for window in self.windows_on(date) {
                    let opens_ms = day * DAY_MS + i64::from(window.opens_minute) * MINUTE_MS;
                    let closes_ms = day * DAY_MS + i64::from(window.closes_minute) * MINUTE_MS;
                    let (opens_ms, closes_ms) = (opens_ms.max(wall_start_ms), closes_ms.min(wall_end_ms));
                    if opens_ms < closes_ms {
                        let (start_ms, end_ms) = (opens_ms - offset_ms, closes_ms - offset_ms);
                        found.push(Stretch { date, start_ms, end_ms });
                    }
                }
            }
        }
        found
    }
}

/// The instant at which a wall in `zone` shows `minute` of `date` (1440: the midnight that ends it). A time that the
/// clock skips is the end of the skip; of one that it shows twice, the first.
pub fn wall_instant(zone: Tz, date: NaiveDate, minute: u16) -> Millis {
    let wall_ms = day_number(date) * DAY_MS + i64::from(minute) * MINUTE_MS;
    let wall = Millis(wall_ms).utc().naive_utc();
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Millis(at.timestamp_millis()),
        LocalResult::None => steady_offsets(zone, wall_ms - FURTHEST_OFFSET_MS, wall_ms + FURTHEST_OFFSET_MS)
            .into_iter()
            .map(|(start_ms, end_ms, offset_ms)| (start_ms.max(wall_ms - offset_ms), end_ms))
            .find(|(at_ms, end_ms)| at_ms < end_ms)
            .map_or(Millis(wall_ms), |(at_ms, _)| Millis(at_ms)),
    }
}

fn check_windows(windows: &mut [Window], weekday: &str) -> Result<()> {
    windows.sort_unstable();
    for window in windows.iter() {
        let Window { opens_minute, closes_minute } = *window;
        let hours = format!("{} to {}", shown(opens_minute), shown(closes_minute));
        if closes_minute > MINUTES_A_DAY {
            return Err(Error::invalid(format!("{weekday}, {hours}: a day ends at 24:00.")));
        }
        if opens_minute == closes_minute {
            return Err(Error::invalid(format!(
                "{weekday}, {hours}: these hours are empty. Remove them, or move one end."
            )));
        }
        if opens_minute > closes_minute {
            return Err(Error::invalid(format!(
                "{weekday}, {hours}: these hours close before they open. For hours past midnight, close at 24:00 and \
                 open the next day at 00:00."
            )));
        }
    }
    for pair in windows.windows(2) {
        if pair[1].opens_minute < pair[0].closes_minute {
            return Err(Error::invalid(format!(
                "{weekday}: {} to {} overlaps {} to {}. Make them one, or move an end.",
                shown(pair[1].opens_minute),
                shown(pair[1].closes_minute),
                shown(pair[0].opens_minute),
                shown(pair[0].closes_minute),
            )));
        }
    }
    Ok(())
}

fn merged(closures: &[Closure]) -> Result<Vec<(NaiveDate, NaiveDate)>> {
    let mut spans = Vec::with_capacity(closures.len());
    for Closure { name, from, to } in closures {
        if from > to {
            return Err(Error::invalid(format!(
                "“{name}” ends on {to}, before it begins on {from}. Swap the two dates."
            )));
        }
        spans.push((*from, *to));
    }
    spans.sort_unstable();
    spans.dedup_by(|later, earlier| {
        let overlaps = later.0 <= earlier.1;
        if overlaps {
            earlier.1 = earlier.1.max(later.1);
        }
        overlaps
    });
    Ok(spans)
}

/// The parts of `from_ms..until_ms` over which the zone's offset stands still, each with that offset.
fn steady_offsets(zone: Tz, from_ms: i64, until_ms: i64) -> Vec<(i64, i64, i64)> {
    let mut parts = Vec::with_capacity(1);
    let mut start_ms = from_ms;
    while start_ms < until_ms {
        let offset = offset_ms(zone, start_ms);
        let (mut same_ms, mut other_ms) = (start_ms, until_ms);
        // Clocks never change twice within a day, so what holds at both ends holds between them.
        if offset_ms(zone, until_ms - 1) == offset {
            same_ms = until_ms - 1;
        }
        while other_ms - same_ms > 1 {
            let middle_ms = same_ms + (other_ms - same_ms) / 2;
            if offset_ms(zone, middle_ms) == offset {
                same_ms = middle_ms;
            } else {
                other_ms = middle_ms;
            }
        }
        parts.push((start_ms, other_ms, offset));
        start_ms = other_ms;
    }
    parts
}

fn offset_ms(zone: Tz, at_ms: i64) -> i64 {
    let at = Millis(at_ms).utc().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&at).fix().local_minus_utc()) * 1_000
}

fn day_number(date: NaiveDate) -> i64 {
    date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days()
}

fn date_of(day: i64) -> NaiveDate {
    Millis(day * DAY_MS).utc().date_naive()
}

fn clamped(at: Millis) -> i64 {
    at.0.clamp(-LAST_MS, LAST_MS)
}

fn in_range(at: Millis) -> Result<Millis> {
    if at.0 == clamped(at) {
        return Ok(at);
    }
    Err(Error::invalid("That time is outside the years that a calendar can say. Give one before the year 10000."))
}

fn shown(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn too_far() -> Error {
    Error::invalid(format!(
        "There are not enough opening hours in the {HORIZON_YEARS} years around it. Shorten the time promised, or check \
         the closures and leave."
    ))
}
