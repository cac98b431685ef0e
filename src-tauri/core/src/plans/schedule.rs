//! When a step is to be done: from the plan, from what has happened, and from the days that suit. No database, no clock.
//!
//! The wait of a step is counted in the association's business days or open hours alone. The day that comes of it is then
//! moved to one on which the person and whoever does it can, and which is far enough from the other touches that the person
//! has: later, or for a step before an event earlier and only then later, but never after the event.
//!
//! Something received after closing counts as received at the next opening, as promises do. `from` is when the step may
//! begin, on the day that counts against somebody's capacity; `due` is when it is to be done.
//!
//! **On hold**, a wait stands still. What is left of it is kept: the business days of it that have not begun, or its open
//! time to come. A hold that begins or ends after closing does so at the next opening, as everything does: the day on which it
//! begins is not lost, and the one on which it ends is counted.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::workdays::{Unsuited, Workdays};
use crate::error::{Error, Result};
use crate::time::{HOUR_MS, Millis};
use crate::words;

words! {
    /// What a step's date is counted from.
    pub enum Base {
        /// They joined the plan.
        Joining = "joining",
        /// The step before was done.
        Previous = "previous",
        BeforeDate = "before_date",
        AfterDate = "after_date",
    }
}

/// Business days, or open hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(tag = "unit", content = "count", rename_all = "snake_case")]
pub enum Wait {
    Days(u32),
    Hours(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub struct When {
    pub base: Base,
    pub wait: Wait,
}

/// What happened so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Happened {
    pub joined: Millis,
    /// What holds have taken since: business days, and open time.
    pub held_days: u32,
    pub held_open_ms: i64,
    /// The step before was done, or was passed over; or a hold after it ended.
    pub previous: Option<Millis>,
    /// The event, the renewal, the anniversary.
    pub date: Option<NaiveDate>,
}

/// May begin, is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub from: Millis,
    pub due: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    At(Slot),
    /// Nobody knows the date that it hangs on.
    NoDate,
    /// The date that it was to come before is over, or too near.
    Passed,
}

/// What is left of a wait that stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    Days(u32),
    OpenMs(i64),
}

/// The days on which a step may be laid.
pub struct Ground<'a> {
    pub work: &'a Workdays,
    /// Of the person, and of whoever does it.
    pub unsuited: &'a [&'a Unsuited],
    /// Days on which this person has a touch, and how far another must be from each.
    pub taken: &'a [NaiveDate],
    pub gap_days: u32,
    /// Nothing is laid before.
    pub now: Millis,
}

/// Further ahead than this nobody lays anything.
const FURTHEST_DAYS: usize = 800;

impl Ground<'_> {
    pub fn bears(&self, date: NaiveDate) -> bool {
        let near = |taken: &NaiveDate| {
            let apart = date.signed_duration_since(*taken).num_days().unsigned_abs();
            apart < u64::from(self.gap_days)
        };
        self.work.is_business_day(date)
            && !self.unsuited.iter().any(|unsuited| unsuited.has(date))
            && !self.taken.iter().any(near)
    }

    /// The first day from `date` on that bears a step.
    fn from(&self, date: NaiveDate) -> Result<NaiveDate> {
        date.iter_days().take(FURTHEST_DAYS).find(|date| self.bears(*date)).ok_or_else(no_day)
    }
}

/// When a step is to be done, `within` business days of the day on which it may begin.
pub fn place(when: When, within: u32, happened: &Happened, ground: &Ground<'_>) -> Result<Placed> {
    let work = ground.work;
    let (since, held_days, held_open_ms) = match (when.base, happened.previous) {
        (Base::Previous, Some(previous)) => (previous, 0, 0),
        (Base::Joining | Base::Previous, _) => (happened.joined, happened.held_days, happened.held_open_ms),
        (Base::BeforeDate | Base::AfterDate, _) => {
            return match happened.date {
                Some(date) => around(when, within, date, ground),
                None => Ok(Placed::NoDate),
            };
        }
    };
    match when.wait {
        Wait::Days(days) => {
            let day = work.after(work.business_day_of(since)?, days.saturating_add(held_days))?;
            on_or_after(day, within, ground).map(Placed::At)
        }
        Wait::Hours(hours) => {
            let due = work.calendar().after_open_ms(since, i64::from(hours) * HOUR_MS + held_open_ms)?;
            by_hour(since, due, within, ground).map(Placed::At)
        }
    }
}

fn around(when: When, within: u32, date: NaiveDate, ground: &Ground<'_>) -> Result<Placed> {
    let work = ground.work;
    let midnight = work.midnight(date);
    match (when.base, when.wait) {
        (Base::BeforeDate, Wait::Days(days)) => before(work.before(date, days)?, date, within, ground),
        (Base::BeforeDate, Wait::Hours(hours)) => {
            let at = open_before(work, midnight, i64::from(hours) * HOUR_MS)?;
            match before(work.date_of(at), date, within, ground)? {
                // That very hour, where its day bears it.
                Placed::At(slot) if within == 0 && work.date_of(slot.from) == work.date_of(at) && at > ground.now => {
                    Ok(Placed::At(Slot { from: slot.from.min(at), due: at }))
                }
                placed => Ok(placed),
            }
        }
        (_, Wait::Days(days)) => on_or_after(work.after(date, days)?, within, ground).map(Placed::At),
        (_, Wait::Hours(hours)) => {
            let due = work.calendar().after_open_ms(midnight, i64::from(hours) * HOUR_MS)?;
            by_hour(midnight, due, within, ground).map(Placed::At)
        }
    }
}

/// On `day`, or the first one after it that bears it.
fn on_or_after(day: NaiveDate, within: u32, ground: &Ground<'_>) -> Result<Slot> {
    let first = ground.work.business_day_of(ground.now)?;
    on(ground.from(day.max(first))?, within, ground)
}

/// On `day`, or the last one before it that bears it; else the first one after it, up to `date`.
fn before(day: NaiveDate, date: NaiveDate, within: u32, ground: &Ground<'_>) -> Result<Placed> {
    let first = ground.work.business_day_of(ground.now)?;
    let mut back = std::iter::successors(Some(day), NaiveDate::pred_opt).take_while(|day| *day >= first);
    let ahead = || day.max(first).iter_days().take_while(|day| *day <= date).find(|day| ground.bears(*day));
    match back.find(|day| ground.bears(*day)).or_else(ahead) {
        Some(day) => {
            let slot = on(day, within, ground)?;
            // It is to be done before the date ends, whatever time it is given.
            let last = ground.work.midnight(date.succ_opt().unwrap_or(date));
            Ok(Placed::At(Slot { due: slot.due.min(last), ..slot }))
        }
        None => Ok(Placed::Passed),
    }
}

/// By `due`, on the clock, where its day bears it.
fn by_hour(since: Millis, due: Millis, within: u32, ground: &Ground<'_>) -> Result<Slot> {
    let work = ground.work;
    // What ends at closing, were it midnight, ends on that day.
    let last = due.plus_ms(-1);
    let day = work.date_of(if work.calendar().is_open(last) { last } else { due });
    if due <= ground.now || !ground.bears(day) {
        return on_or_after(day, within, ground);
    }
    let from = work.hours_of(day)?.0.max(since);
    let due = if within == 0 { due } else { work.hours_of(work.after(day, within)?)?.1 };
    Ok(Slot { from: from.min(due), due })
}

/// From the opening of `day` to the closing of the day that is `within` after it.
pub fn on(day: NaiveDate, within: u32, ground: &Ground<'_>) -> Result<Slot> {
    let from = ground.work.hours_of(day)?.0;
    let due = ground.work.hours_of(ground.work.after(day, within)?)?.1;
    Ok(Slot { from, due })
}

/// The last instant before `end` from which `open_ms` of open time are left until it.
fn open_before(work: &Workdays, end: Millis, open_ms: i64) -> Result<Millis> {
    let calendar = work.calendar();
    let (mut until, mut left_ms) = (end, open_ms);
    let mut day = work.date_of(end.plus_ms(-1));
    if left_ms == 0 {
        return Ok(end);
    }
    for _ in 0..FURTHEST_DAYS {
        let from = work.midnight(day);
        let open = calendar.open_ms_between(from, until);
        if open >= left_ms {
            return calendar.next_opening(calendar.after_open_ms(from, open - left_ms)?);
        }
        left_ms -= open;
        until = from;
        day = day.pred_opt().ok_or_else(no_day)?;
    }
    Err(no_day())
}

/// What is left of a step's wait at `at`; `None`: it hangs on a date, which does not wait.
pub fn rest(when: When, happened: &Happened, slot: Slot, at: Millis, work: &Workdays) -> Result<Option<Rest>> {
    let since = match when.base {
        Base::Joining => happened.joined,
        Base::Previous => happened.previous.unwrap_or(happened.joined),
        Base::BeforeDate | Base::AfterDate => return Ok(None),
    };
    Ok(Some(match when.wait {
        Wait::Days(_) => Rest::Days(work.between(last_spent(work, since, at)?, work.date_of(slot.from))),
        Wait::Hours(_) => Rest::OpenMs(work.calendar().open_ms_between(at.max(since), slot.due)),
    }))
}

/// What a hold from `from` to `to` takes: the business days that began in it, and its open time.
pub fn held(joined: Millis, from: Millis, to: Millis, work: &Workdays) -> Result<(u32, i64)> {
    let days = work.between(last_spent(work, joined, from)?, last_spent(work, joined, to)?);
    Ok((days, work.calendar().open_ms_between(from.max(joined), to)))
}

/// When a step that stood still is to be done, once it goes on at `at`.
pub fn resumed(
    when: When,
    within: u32,
    happened: &Happened,
    rest: Rest,
    at: Millis,
    ground: &Ground<'_>,
) -> Result<Slot> {
    let since = match when.base {
        Base::Previous => happened.previous.unwrap_or(happened.joined),
        _ => happened.joined,
    };
    let work = ground.work;
    match rest {
        Rest::Days(days) => on_or_after(work.after(last_spent(work, since, at)?, days)?, within, ground),
        Rest::OpenMs(open_ms) => {
            let due = work.calendar().after_open_ms(at.max(since), open_ms)?;
            by_hour(at.max(since), due, within, ground)
        }
    }
}

/// The last day of a wait that is over at `at`: the one before the business day that `at` counts for, but never one before
/// the wait began.
fn last_spent(work: &Workdays, since: Millis, at: Millis) -> Result<NaiveDate> {
    let before = work.business_day_of(at)? - Days::new(1);
    Ok(work.business_day_of(since)?.max(before))
}

fn no_day() -> Error {
    Error::invalid(
        "There is no day for this step in the two years to come. Look at the closures, the leave and the days that do not \
         suit them.",
    )
}
