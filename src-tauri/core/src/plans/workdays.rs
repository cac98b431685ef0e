//! Business days as a table: a book of a hundred thousand enrolments asks for millions of them. What lies outside it is
//! asked of the calendar itself, which is right and slow.

use chrono::{Days, NaiveDate};

use crate::error::{Error, Result};
use crate::promises::business_time::{BusinessCalendar, wall_instant};
use crate::team::availability::Weekdays;
use crate::time::Millis;

const DAYS_BACK: u64 = 250;
const DAYS_AHEAD: u64 = 850;

/// Which days are business days, and when they open and close.
#[derive(Clone, Debug)]
pub struct Workdays {
    calendar: BusinessCalendar,
    first: NaiveDate,
    /// Of each date from `first`: opening and closing; `None`: closed.
    hours: Vec<Option<(Millis, Millis)>>,
    /// The business days of the table as offsets from `first`, and of each date how many come before it.
    business: Vec<u32>,
    before: Vec<u32>,
}

/// Days that do not suit somebody: a person's own and their groups', or a volunteer's free days and leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsuited {
    pub weekdays: Weekdays,
    /// Both included.
    pub spans: Vec<(NaiveDate, NaiveDate)>,
}

impl Unsuited {
    pub fn has(&self, date: NaiveDate) -> bool {
        self.weekdays.has(date) || self.spans.iter().any(|(from, to)| *from <= date && date <= *to)
    }
}

impl Workdays {
    pub fn around(calendar: &BusinessCalendar, today: NaiveDate) -> Result<Self> {
        // Says what is wrong where the week has no opening at all.
        calendar.business_days_after(today, 0)?;
        let first = today - Days::new(DAYS_BACK);
        let count = DAYS_BACK + DAYS_AHEAD;
        let hours: Vec<_> = (0..count)
            .map(|day| {
                let date = first + Days::new(day);
                calendar.opening_of(date).zip(calendar.closing_of(date))
            })
            .collect();
        let (mut business, mut before) = (Vec::new(), Vec::with_capacity(hours.len()));
        for (day, hours) in (0_u32..).zip(&hours) {
            before.push(business.len() as u32);
            if hours.is_some() {
                business.push(day);
            }
        }
        Ok(Self { calendar: calendar.clone(), first, hours, business, before })
    }

    pub fn calendar(&self) -> &BusinessCalendar {
        &self.calendar
    }

    /// The date that the association's wall shows.
    pub fn date_of(&self, at: Millis) -> NaiveDate {
        at.in_zone(self.calendar.zone()).date_naive()
    }

    pub fn midnight(&self, date: NaiveDate) -> Millis {
        wall_instant(self.calendar.zone(), date, 0)
    }

    fn place(&self, date: NaiveDate) -> Option<usize> {
        let place = usize::try_from(date.signed_duration_since(self.first).num_days()).ok()?;
        (place < self.hours.len()).then_some(place)
    }

    fn at(&self, place: u32) -> NaiveDate {
        self.first + Days::new(place.into())
    }

    pub fn is_business_day(&self, date: NaiveDate) -> bool {
        match self.place(date) {
            Some(place) => self.hours[place].is_some(),
            None => self.calendar.is_business_day(date),
        }
    }

    /// Opening and closing of a business day.
    pub fn hours_of(&self, date: NaiveDate) -> Result<(Millis, Millis)> {
        let hours = match self.place(date) {
            Some(place) => self.hours[place],
            None => self.calendar.opening_of(date).zip(self.calendar.closing_of(date)),
        };
        hours.ok_or_else(|| Error::internal(format!("{date} is no business day")))
    }

    /// The business day that something at `at` counts for: its own before closing, else the next.
    pub fn business_day_of(&self, at: Millis) -> Result<NaiveDate> {
        let date = self.date_of(at);
        match self.place(date).and_then(|place| self.hours[place]) {
            Some((_, closes)) if at < closes => Ok(date),
            _ => self.calendar.business_day_of(at),
        }
    }

    /// The Nth business day after `date`; for 0, `date` itself or the first business day after it.
    pub fn after(&self, date: NaiveDate, count: u32) -> Result<NaiveDate> {
        let found = self.place(date).and_then(|place| {
            let known = self.before[place] as usize + count as usize;
            // The day itself is counted only where no day is asked for.
            let known = if count > 0 && self.hours[place].is_none() { known - 1 } else { known };
            self.business.get(known).map(|place| self.at(*place))
        });
        found.map_or_else(|| self.calendar.business_days_after(date, count), Ok)
    }

    /// The Nth business day before `date`; for 0, `date` itself or the last business day before it.
    pub fn before(&self, date: NaiveDate, count: u32) -> Result<NaiveDate> {
        let found = self.place(date).and_then(|place| {
            let before = self.before[place] as usize;
            if count == 0 && self.hours[place].is_some() {
                return Some(date);
            }
            let known = before.checked_sub(count.max(1) as usize)?;
            self.business.get(known).map(|place| self.at(*place))
        });
        found.map_or_else(|| self.calendar.business_days_before(date, count), Ok)
    }

    /// How many business days come after `from`, up to and with `to`.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        if to <= from {
            return 0;
        }
        let counted = |date: NaiveDate| {
            let place = self.place(date)?;
            Some(self.before[place] + u32::from(self.hours[place].is_some()))
        };
        match (counted(from), counted(to)) {
            (Some(until_from), Some(until_to)) => until_to - until_from,
            _ => from
                .iter_days()
                .skip(1)
                .take_while(|date| *date <= to)
                .filter(|date| self.is_business_day(*date))
                .count() as u32,
        }
    }
}
