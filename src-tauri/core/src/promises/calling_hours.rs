//! When a person may be rung, by the clock on *their* wall.
//!
//! Where their zone is not known, only moments that are within hours in every zone of their country will do; some
//! countries have no such moment, and then the way out is to learn the zone.

use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::promises::business_time::{BusinessCalendar, MINUTES_A_DAY, Window};
use crate::promises::country_zones::zones_of;
use crate::time::{DAY_MS, Millis};

/// How far ahead a moment that suits every zone is looked for. Weekly hours repeat; only a clock change alters them.
const SEARCH_MS: i64 = 35 * DAY_MS;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The hours in which people may be rung, in minutes of their own day; `to_minute` is the first at which they may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "UncheckedHours")]
pub struct CallingHours {
    from_minute: u16,
    to_minute: u16,
    /// Monday first.
    days: [bool; 7],
}

#[derive(Deserialize, specta::Type)]
struct UncheckedHours {
    from_minute: u16,
    to_minute: u16,
    days: [bool; 7],
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    Now,
    Not {
        reason: NotNow,
        /// The first moment at which they may be rung; none where there is no such moment.
        next_allowed: Option<Millis>,
    },
}

/// Why a person may not be rung at this moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NotNow {
    /// It is outside hours where they are.
    OutsideHours { there: TimeThere },
    /// Where they are is not known, and `there`, in their country, it is outside hours.
    OutsideHoursSomewhere { country: String, there: TimeThere },
    /// Where they are is not known, and no hour of the coming weeks is within hours in all of their country.
    NoHourSuitsAll { country: String },
    /// No zone is known for this country.
    UnknownCountry { country: String },
}

/// What a clock shows in some place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TimeThere {
    /// The IANA name: `Australia/Broken_Hill`.
    pub zone: String,
    /// The place that names the zone: `Broken Hill`.
    pub place: String,
    /// 0 is Monday.
    pub weekday: u8,
    /// Of the day.
    pub minute: u16,
}

impl CallingHours {
    /// `days` is Monday first.
    pub fn new(from_minute: u16, to_minute: u16, days: [bool; 7]) -> Result<Self> {
        if to_minute > MINUTES_A_DAY {
            return Err(Error::invalid(format!("Calling hours end at 24:00 at the latest, not {}.", shown(to_minute))));
        }
        if from_minute >= to_minute {
            return Err(Error::invalid(format!(
                "Calling hours from {} to {} leave no time to ring. Let them end after they begin.",
                shown(from_minute),
                shown(to_minute)
            )));
        }
        if days == [false; 7] {
            return Err(Error::invalid("Calling hours need at least one day of the week."));
        }
        Ok(Self { from_minute, to_minute, days })
    }

    pub fn from_minute(&self) -> u16 {
        self.from_minute
    }

    pub fn to_minute(&self) -> u16 {
        self.to_minute
    }

    /// Monday first.
    pub fn days(&self) -> [bool; 7] {
        self.days
    }

    fn allow(&self, there: &TimeThere) -> bool {
        self.days[usize::from(there.weekday)] && (self.from_minute..self.to_minute).contains(&there.minute)
    }

    fn in_zone(&self, zone: Tz) -> Result<BusinessCalendar> {
        let window = Window::new(self.from_minute, self.to_minute);
        BusinessCalendar::new(zone, self.days.map(|rung| if rung { vec![window] } else { Vec::new() }), Vec::new())
    }
}

impl TryFrom<UncheckedHours> for CallingHours {
    type Error = Error;
    fn try_from(hours: UncheckedHours) -> Result<Self> {
        Self::new(hours.from_minute, hours.to_minute, hours.days)
    }
}

impl TimeThere {
    pub fn at(at: Millis, zone: Tz) -> Self {
        let wall = at.in_zone(zone);
        let name = zone.name();
        Self {
            zone: name.to_owned(),
            place: name.rsplit('/').next().unwrap_or(name).replace('_', " "),
            weekday: wall.weekday().num_days_from_monday() as u8,
            minute: (wall.hour() * 60 + wall.minute()) as u16,
        }
    }
}

impl TimeThere {
    /// "Friday".
    pub(super) fn day(&self) -> &'static str {
        WEEKDAYS[usize::from(self.weekday.min(6))]
    }
}

impl NotNow {
    /// In plain words, with the way out.
    pub fn sentence(&self, hours: &CallingHours) -> String {
        match self {
            Self::OutsideHours { there } => format!("Where they are, {}.", outside(there, hours)),
            Self::OutsideHoursSomewhere { there, .. } => {
                format!("Their time zone is not known, and {}. Set it to ring sooner.", outside(there, hours))
            }
            _ => self.sentence_then(hours),
        }
    }

    /// Of a time that is still to come.
    pub fn sentence_then(&self, hours: &CallingHours) -> String {
        match self {
            Self::OutsideHours { there } => format!("Then {}.", outside(there, hours)),
            Self::OutsideHoursSomewhere { there, .. } => {
                format!("Their time zone is not known, and then {}. Set it to ring sooner.", outside(there, hours))
            }
            Self::NoHourSuitsAll { country } => format!(
                "Their time zone is not known, and no hour suits every time zone of {country}. Set their time zone."
            ),
            Self::UnknownCountry { country } if country.trim().is_empty() => {
                "Neither their time zone nor their country is known. Set one of them.".to_owned()
            }
            Self::UnknownCountry { country } => {
                format!("Their time zone is not known, and “{country}” is no country code. Set their time zone.")
            }
        }
    }
}

/// May a person be rung at `at`? Their own zone decides; where that is not known, every zone of `country` must allow it.
/// Of someone whose country is not known either, ask with the country that [`country_for`] gives.
pub fn may_ring(at: Millis, zone: Option<Tz>, country: &str, hours: &CallingHours) -> Verdict {
    let own = zone.as_slice();
    let zones = if zone.is_some() { own } else { zones_of(country) };
    let country = || country.trim().to_ascii_uppercase();
    if zones.is_empty() {
        return Verdict::Not { reason: NotNow::UnknownCountry { country: country() }, next_allowed: None };
    }
    let Some(there) = zones.iter().map(|zone| TimeThere::at(at, *zone)).find(|there| !hours.allow(there)) else {
        return Verdict::Now;
    };
    let next_allowed = first_common(at, zones, hours);
    let reason = if zone.is_some() {
        NotNow::OutsideHours { there }
    } else if next_allowed.is_some() {
        NotNow::OutsideHoursSomewhere { country: country(), there }
    } else {
        NotNow::NoHourSuitsAll { country: country() }
    };
    Verdict::Not { reason, next_allowed }
}

/// Is there a moment from `from` to `due` at which they may be rung?
pub fn may_ring_between(from: Millis, due: Millis, zone: Option<Tz>, country: &str, hours: &CallingHours) -> bool {
    match may_ring(from, zone, country, hours) {
        Verdict::Now => from <= due,
        Verdict::Not { next_allowed, .. } => next_allowed.is_some_and(|next| next <= due),
    }
}

/// The country to judge a person's clock by: theirs, else the book's.
pub fn country_for<'a>(theirs: Option<&'a str>, books: &'a str) -> &'a str {
    theirs.filter(|country| !zones_of(country).is_empty()).unwrap_or(books)
}

/// The first moment that every zone allows: each in turn moves it to its own next opening, until all agree.
fn first_common(from: Millis, zones: &[Tz], hours: &CallingHours) -> Option<Millis> {
    let clocks = zones.iter().map(|zone| hours.in_zone(*zone)).collect::<Result<Vec<_>>>().ok()?;
    let mut at = from;
    while at.since(from) <= SEARCH_MS {
        let agreed = clocks.iter().try_fold(at, |at, clock| clock.next_opening(at)).ok()?;
        if agreed == at {
            return Some(at);
        }
        at = agreed;
    }
    None
}

fn outside(there: &TimeThere, hours: &CallingHours) -> String {
    let weekday = there.day();
    let (now, place) = (shown(there.minute), &there.place);
    if hours.days[usize::from(there.weekday.min(6))] {
        let (from, to) = (shown(hours.from_minute), shown(hours.to_minute));
        format!("it is {now} on {weekday} in {place}, outside {from} to {to}")
    } else {
        format!("it is {weekday}, {now}, in {place}, and nobody is rung on a {weekday}")
    }
}

pub(super) fn shown(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
