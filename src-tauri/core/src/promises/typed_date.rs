//! Dates as people type them: "tomorrow", "fri 10am", "next tue after 3", "24 Dec", "in 2 weeks".
//!
//! What is read is shown back before it becomes a promise, so the reading may be liberal with words; but never with
//! doubt. What may mean two things, or has passed, is refused with the words that would be clear.
//!
//! - A weekday is the first one after today. "Next tue" is next week's; in the United States, the first after today.
//! - A day without a year is the next such day, unless it has only just passed.
//! - `3/4` is the third of April, or in countries that write the month first, the fourth of March. Canada writes both.
//! - An hour without am or pm is the one at which the association is open that day.
//! - Without a time of day, it is the closing of that business day.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc, Weekday};
use interim::Dialect;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::promises::business_time::{BusinessCalendar, Window, wall_instant};
use crate::promises::typed_time::{EXAMPLES, TimeOfDay, Token, take_time, tokens};
use crate::time::{HOUR_MS, MINUTE_MS, Millis};

const MORNING_BEGINS: u16 = 8 * 60;
const NOON: u16 = 12 * 60;
const AFTERNOON_ENDS: u16 = 17 * 60;
const EVENING_ENDS: u16 = 20 * 60;
/// Nobody types a promise for later than this; a slip of the finger does.
const FURTHEST_MONTHS: u32 = 10 * 12;
/// A day without a year that would only come again after this many days has just passed, and was hardly meant.
const JUST_PASSED_DAYS: i64 = 270;
const LONGEST_TEXT: usize = 100;

/// Month first: the United States, its territories, and those who learned it from them.
const MONTH_FIRST: [&str; 11] = ["AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW", "UM", "US", "VI"];
/// Year first: a short form is month and day.
const YEAR_FIRST: [&str; 9] = ["CN", "HU", "JP", "KP", "KR", "LT", "MN", "TW", "ZA"];
/// Both are common, so neither can be assumed.
const EITHER_FIRST: [&str; 1] = ["CA"];

/// How the time of day was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Not at all: `at_ms` is the closing of that day.
    Day,
    /// "At 3".
    At,
    /// "After 3": `at_ms` is 3 o'clock, the first moment that was meant.
    After,
    /// "Before 5", "tuesday morning": `at_ms` is the last moment that was meant.
    Before,
}

/// What a typed date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TypedDate {
    pub at_ms: Millis,
    /// Without one, it is the closing of that business day.
    pub has_time: bool,
    pub said: Said,
    /// As a promise: not before this. "After 3" and "in the morning" have a beginning; "at 3" and "by 3" have none.
    pub from_ms: Option<Millis>,
    /// As a promise: due by then. "After 3" is so by the closing of that day.
    pub due_ms: Millis,
    /// "In 2 weeks" came to a day that is closed, and went on to the next business day.
    pub moved_past_closed: bool,
}

/// How exactly a day was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// This very date.
    Named(NaiveDate),
    /// About then: a closed day moves on.
    Roughly(NaiveDate),
    /// The last business day up to this one: "next week", "end of the month".
    EndOf(NaiveDate),
    /// An instant: "in 2 hours".
    Instant(Millis),
}

/// Reads `text` as someone of this association means it at `now`. `country` is the association's, for `3/4`.
pub fn read(text: &str, now: Millis, calendar: &BusinessCalendar, country: &str) -> Result<TypedDate> {
    if text.len() > LONGEST_TEXT {
        return Err(Error::invalid(format!("That is too long for a date. {EXAMPLES}")));
    }
    let reader = Reader { text: text.trim(), now, today: now.in_zone(calendar.zone()).date_naive(), calendar, country };
    let mut tokens = tokens(text)?;
    if tokens.is_empty() {
        return Err(Error::invalid(format!("There is no date here. {EXAMPLES}")));
    }
    let time = take_time(&mut tokens)?;
    let day = reader.day(&tokens, time.is_some())?;
    reader.at(day, time)
}

/// Of the day and the month in `3/4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
    Either,
}

struct Reader<'a> {
    text: &'a str,
    now: Millis,
    today: NaiveDate,
    calendar: &'a BusinessCalendar,
    country: &'a str,
}

impl Reader<'_> {
    fn day(&self, tokens: &[Token], time_given: bool) -> Result<Day> {
        const FILLERS: [&str; 9] = ["on", "the", "of", "in", "by", "at", "t", "now", "coming"];
        let texts: Vec<String> = tokens.iter().map(Token::text).collect();
        let mut words: Vec<&str> = texts.iter().map(String::as_str).filter(|word| !FILLERS.contains(word)).collect();
        if words.len() > 1 {
            words.retain(|word| *word != "from");
        }
        match words.as_slice() {
            [] | ["this"] if time_given => Ok(Day::Named(self.today)),
            [] => Err(self.unreadable()),
            ["today"] => Ok(Day::Named(self.today)),
            ["tomorrow" | "tomorow" | "tmrw"] => self.after_days(1).map(Day::Named),
            ["day", "after", "tomorrow"] => self.after_days(2).map(Day::Named),
            ["before" | "after", ..] => Err(Error::invalid(format!(
                "“{}” leaves the day open. Write the last day that will do: “by thu”, “24 Dec”.",
                self.text
            ))),
            ["end", rest @ ..] => match rest {
                ["this", period] | [period] => self.end_of(period, 0),
                ["next", period] => self.end_of(period, 1),
                _ => Err(self.unreadable()),
            },
            ["this", period @ ("week" | "month")] => self.end_of(period, 0),
            ["next", period @ ("week" | "month")] => self.end_of(period, 1),
            ["this", name] if weekday(name).is_some() => self.weekday(name, 0, time_given),
            ["next", name] | ["next", "week", name] | [name, "next", "week"] if weekday(name).is_some() => {
                self.next_weekday(name, words.len() > 2)
            }
            [name, "week"] if weekday(name).is_some() => self.weekday(name, 7, time_given),
            [name] if weekday(name).is_some() => self.weekday(name, 0, time_given),
            [name, date @ ..] if weekday(name).is_some() => self.date_on(name, date),
            [count, "working" | "business", unit] if unit.trim_end_matches('s') == "day" => {
                let days = number(count).ok_or_else(|| self.unreadable())?;
                self.calendar.business_days_after(self.today, days).map(Day::Named)
            }
            [count, unit] if number(count).is_some() && unit_of(unit).is_some() => self.later(count, unit),
            [day, "st" | "nd" | "rd" | "th"] => self.day_of_month(day),
            _ => self.date(&words).map(Day::Named),
        }
    }

    fn at(&self, day: Day, time: Option<TimeOfDay>) -> Result<TypedDate> {
        let (date, moved_past_closed) = match day {
            Day::Instant(at) => {
                if time.is_some() {
                    return Err(Error::invalid(format!("“{}” gives two times of day. {EXAMPLES}", self.text)));
                }
                self.near(at.in_zone(self.calendar.zone()).date_naive())?;
                return Ok(TypedDate {
                    at_ms: at,
                    has_time: true,
                    said: Said::At,
                    from_ms: None,
                    due_ms: at,
                    moved_past_closed: false,
                });
            }
            Day::Roughly(date) if time.is_none() => {
                let open = self.calendar.business_days_after(date, 0)?;
                (open, open != date)
            }
            Day::EndOf(date) => (self.calendar.business_days_before(date, 0)?, false),
            Day::Named(date) | Day::Roughly(date) => (date, false),
        };
        self.near(date)?;
        let Some(time) = time else {
            let at = self.calendar.closing_of(date).ok_or_else(|| self.closed(date))?;
            if at <= self.now {
                return Err(self.passed(&format!("closing time on {}", shown(date))));
            }
            return Ok(TypedDate {
                at_ms: at,
                has_time: false,
                said: Said::Day,
                from_ms: None,
                due_ms: at,
                moved_past_closed,
            });
        };
        let (minute, said) = self.minute(date, time)?;
        let at = wall_instant(self.calendar.zone(), date, minute);
        if at <= self.now {
            return Err(self.passed(&format!("{} on {}", clock(minute), shown(date))));
        }
        let from_ms = match (said, time) {
            (Said::After, _) => Some(at),
            (_, part) => self.begins(date, part).filter(|from| self.now < *from && *from < at),
        };
        let due_ms = if said == Said::After { self.ends_after(date, at) } else { at };
        Ok(TypedDate { at_ms: at, has_time: true, said, from_ms, due_ms, moved_past_closed })
    }

    /// When a part of the day begins: with the opening, where that is later.
    fn begins(&self, date: NaiveDate, time: TimeOfDay) -> Option<Millis> {
        let minute = match time {
            TimeOfDay::Morning => MORNING_BEGINS,
            TimeOfDay::Afternoon => NOON,
            TimeOfDay::Evening => AFTERNOON_ENDS,
            TimeOfDay::Clock { .. } | TimeOfDay::Half { .. } => return None,
        };
        let opens = self.calendar.windows_on(date).first().map(|window| window.opens_minute);
        Some(wall_instant(self.calendar.zone(), date, opens.map_or(minute, |opens| opens.max(minute))))
    }

    /// "After 3" is over when we close, or where that leaves no time, two hours later.
    fn ends_after(&self, date: NaiveDate, at: Millis) -> Millis {
        let closing = self.calendar.closing_of(date).filter(|closing| closing.since(at) >= HOUR_MS / 2);
        closing.unwrap_or_else(|| at.plus_ms(2 * HOUR_MS))
    }

    fn near(&self, date: NaiveDate) -> Result<()> {
        if date < self.today {
            return Err(self.passed(&shown(date)));
        }
        match self.today.checked_add_months(Months::new(FURTHEST_MONTHS)) {
            Some(furthest) if date > furthest => {
                Err(Error::invalid(format!("{} is more than ten years away. Is the year right?", shown(date))))
            }
            _ => Ok(()),
        }
    }

    fn minute(&self, date: NaiveDate, time: TimeOfDay) -> Result<(u16, Said)> {
        let windows = self.calendar.windows_on(date);
        let closes = windows.last().map(|window| window.closes_minute);
        Ok(match time {
            TimeOfDay::Clock { minute, said } => (minute, said),
            TimeOfDay::Half { hour, minute, said } => (self.whole_day(date, hour * 60 + minute, said)?, said),
            TimeOfDay::Morning => (NOON, Said::Before),
            TimeOfDay::Afternoon => (closes.filter(|closes| *closes > NOON).unwrap_or(AFTERNOON_ENDS), Said::Before),
            TimeOfDay::Evening => (closes.map_or(EVENING_ENDS, |closes| closes.max(EVENING_ENDS)), Said::Before),
        })
    }

    /// Before or after noon, whichever is in opening hours.
    fn whole_day(&self, date: NaiveDate, before_noon: u16, said: Said) -> Result<u16> {
        let any_day: Vec<Window>;
        let windows = match self.calendar.windows_on(date) {
            [] => {
                any_day = self.calendar.week().iter().flatten().copied().collect();
                &any_day
            }
            windows => windows,
        };
        let open = |minute: u16| {
            windows.iter().any(|window| match said {
                Said::Before => window.opens_minute < minute && minute <= window.closes_minute,
                _ => window.opens_minute <= minute && minute < window.closes_minute,
            })
        };
        let after_noon = before_noon + NOON;
        match (open(before_noon), open(after_noon)) {
            (true, false) => Ok(before_noon),
            (false, true) => Ok(after_noon),
            _ => Err(Error::invalid(format!(
                "“{}” may be morning or evening. Write {} or {}.",
                self.text,
                clock(before_noon),
                clock(after_noon)
            ))),
        }
    }

    fn after_days(&self, days: u64) -> Result<NaiveDate> {
        self.today.checked_add_days(Days::new(days)).ok_or_else(|| self.unreadable())
    }

    fn weekday(&self, name: &str, more_days: u64, time_given: bool) -> Result<Day> {
        let weekday = weekday(name).ok_or_else(|| self.unreadable())?;
        let days = self.days_until(weekday);
        if days == 0 {
            let (time, also) = if time_given { (" and the time", " 3pm") } else { ("", "") };
            let weekday = long_name(weekday);
            return Err(Error::invalid(format!(
                "Today is {weekday}. Write “today”{time}, or “next {name}{also}” for the one in a week."
            )));
        }
        self.after_days(days + more_days).map(Day::Named)
    }

    /// Next week's; where the month comes first, the next to come. "Next week tue" is next week's everywhere.
    fn next_weekday(&self, name: &str, week_said: bool) -> Result<Day> {
        let weekday = weekday(name).ok_or_else(|| self.unreadable())?;
        let first_to_come = !week_said && self.in_one_of(&MONTH_FIRST);
        let days = if first_to_come {
            match self.days_until(weekday) {
                0 => 7,
                days => days,
            }
        } else {
            let into_week = u64::from(self.today.weekday().num_days_from_monday());
            7 - into_week + u64::from(weekday.num_days_from_monday())
        };
        self.after_days(days).map(Day::Named)
    }

    fn days_until(&self, weekday: Weekday) -> u64 {
        u64::from(weekday.days_since(self.today.weekday()))
    }

    /// The last day of this week or month, or of the one `later`.
    fn end_of(&self, period: &str, later: u32) -> Result<Day> {
        let last = match period {
            "week" => {
                let to_sunday = 6 - u64::from(self.today.weekday().num_days_from_monday());
                self.after_days(to_sunday + 7 * u64::from(later))?
            }
            "month" => self
                .today
                .with_day(1)
                .and_then(|first| first.checked_add_months(Months::new(later + 1)))
                .and_then(|first| first.pred_opt())
                .ok_or_else(|| self.unreadable())?,
            "day" if later == 0 => return Ok(Day::Named(self.today)),
            _ => return Err(self.unreadable()),
        };
        Ok(Day::EndOf(last))
    }

    /// "2 weeks" from now.
    fn later(&self, count: &str, unit: &str) -> Result<Day> {
        let count = number(count).ok_or_else(|| self.unreadable())?;
        let unit = unit_of(unit).ok_or_else(|| self.unreadable())?;
        match unit {
            "minutes" => Ok(Day::Instant(self.now.plus_ms(i64::from(count) * MINUTE_MS))),
            "hours" => Ok(Day::Instant(self.now.plus_ms(i64::from(count) * HOUR_MS))),
            "fortnights" => self.understood(&format!("{} weeks", count * 2), self.today).map(Day::Roughly),
            unit => self.understood(&format!("{count} {unit}"), self.today).map(Day::Roughly),
        }
    }

    /// "The 24th": of this month, or of the first to come that has such a day.
    fn day_of_month(&self, day: &str) -> Result<Day> {
        let day: u32 = day.parse().map_err(|_| self.unreadable())?;
        if !(1..=31).contains(&day) {
            return Err(Error::invalid(format!("No month has a day {day}. {EXAMPLES}")));
        }
        let first = self.today.with_day(1).unwrap_or(self.today);
        (0..12)
            .filter_map(|months| first.checked_add_months(Months::new(months))?.with_day(day))
            .find(|date| *date >= self.today)
            .map(Day::Named)
            .ok_or_else(|| self.unreadable())
    }

    /// "Tue 24 Nov": both must agree.
    fn date_on(&self, name: &str, date: &[&str]) -> Result<Day> {
        if let [lone] = date
            && number(lone).is_some()
        {
            return Err(Error::invalid(format!(
                "“{lone}” may be an hour or a day of the month. Write “{name} {lone}:00”, or “{lone} {}”.",
                self.today.format("%b")
            )));
        }
        let found = match date {
            [day, "st" | "nd" | "rd" | "th"] => match self.day_of_month(day)? {
                Day::Named(found) => found,
                _ => return Err(self.unreadable()),
            },
            date => self.date(date)?,
        };
        if Some(found.weekday()) != weekday(name) {
            return Err(Error::invalid(format!(
                "{} is a {}, so “{}” disagrees with itself. Leave out the weekday or the date.",
                shown(found),
                long_name(found.weekday()),
                self.text
            )));
        }
        Ok(Day::Named(found))
    }

    /// "24 Dec", "Dec 24th 2027", "24/12", "2026-12-24".
    fn date(&self, words: &[&str]) -> Result<NaiveDate> {
        let mut words = words.to_vec();
        words.retain(|word| !["st", "nd", "rd", "th"].contains(word));
        let numeric = |word: &str| word.chars().all(|character| character.is_ascii_digit());
        match words.as_slice() {
            [day, name] if numeric(day) && month(name).is_some() => self.without_year(&format!("{day} {name}")),
            [name, day] if numeric(day) && month(name).is_some() => self.without_year(&format!("{day} {name}")),
            [day, name, year] | [name, day, year] if numeric(day) && month(name).is_some() && numeric(year) => {
                self.understood(&format!("{day} {name} {}", self.year(year)?), self.today)
            }
            [year, "-", month, "-", day] if year.len() == 4 => {
                self.understood(&format!("{year}-{month}-{day}"), self.today)
            }
            [a, "/" | "-" | ".", b] if numeric(a) && numeric(b) => {
                let (day, month) = self.day_and_month(a, b, "")?;
                self.without_year(&format!("{day}/{month}"))
            }
            [a, sign @ ("/" | "-" | "."), b, second, year]
                if sign == second && numeric(a) && numeric(b) && numeric(year) =>
            {
                let year = self.year(year)?;
                let (day, month) = self.day_and_month(a, b, &format!(" {year}"))?;
                self.understood(&format!("{day}/{month}/{year}"), self.today)
            }
            _ => Err(self.unreadable()),
        }
    }

    /// The next such day, this year or in another.
    fn without_year(&self, text: &str) -> Result<NaiveDate> {
        let found = self.understood(text, self.today)?;
        if found >= self.today {
            return Ok(found);
        }
        let next_year = self.today.year() + 1;
        let new_year = NaiveDate::from_ymd_opt(next_year, 1, 1).ok_or_else(|| self.unreadable())?;
        let next = self.understood(text, new_year)?;
        if next.signed_duration_since(self.today).num_days() > JUST_PASSED_DAYS {
            return Err(Error::invalid(format!(
                "{} has passed. For next year, write “{}”.",
                shown(found),
                next.format("%-d %b %Y")
            )));
        }
        Ok(next)
    }

    /// What the library of date words makes of it, of the dates alone: clocks and zones are ours.
    fn understood(&self, text: &str, base: NaiveDate) -> Result<NaiveDate> {
        let base: DateTime<Utc> = base.and_time(NaiveTime::MIN).and_utc();
        interim::parse_date_string(text, base, Dialect::Uk).map(|at| at.date_naive()).map_err(|_| {
            Error::invalid(format!("“{}” is not in the calendar. Write it like 24 Dec or 2026-12-24.", self.text))
        })
    }

    fn year(&self, year: &str) -> Result<String> {
        match year.len() {
            4 => Ok(year.to_owned()),
            2 => Ok(format!("20{year}")),
            _ => Err(Error::invalid(format!("“{year}” is not a year. Write all four digits."))),
        }
    }

    fn in_one_of(&self, countries: &[&str]) -> bool {
        is_one_of(self.country, countries)
    }

    /// Refuses `3/4` where nobody can know, and `24/12` where it can only be meant the other way round.
    fn day_and_month(&self, a: &str, b: &str, year: &str) -> Result<(u32, u32)> {
        let (Ok(first), Ok(second)) = (a.parse::<u32>(), b.parse::<u32>()) else { return Err(self.unreadable()) };
        // Of a leap year, so that 29 February is left for the calendar to judge.
        let exists = |(day, month)| NaiveDate::from_ymd_opt(2000, month, day);
        let named = |date: NaiveDate| format!("“{}{year}”", date.format("%-d %b"));
        let (day_first, month_first) = ((first, second), (second, first));
        match (order(self.country), exists(day_first), exists(month_first)) {
            (Order::DayFirst | Order::Either, Some(_), None) | (Order::DayFirst, Some(_), Some(_)) => Ok(day_first),
            (Order::MonthFirst | Order::Either, None, Some(_)) | (Order::MonthFirst, Some(_), Some(_)) => {
                Ok(month_first)
            }
            (Order::Either, Some(one), Some(other)) if one == other => Ok(day_first),
            (Order::Either, Some(one), Some(other)) => Err(Error::invalid(format!(
                "“{a}/{b}” may be {} or {}. Write the month as a word.",
                named(one),
                named(other)
            ))),
            (_, Some(meant), None) | (_, None, Some(meant)) => Err(Error::invalid(format!(
                "“{a}/{b}” has the day and the month the other way round. Write {}.",
                named(meant)
            ))),
            (_, None, None) => {
                Err(Error::invalid(format!("“{a}/{b}” is not in the calendar. Write it like 24 Dec or 2026-12-24.")))
            }
        }
    }

    fn unreadable(&self) -> Error {
        Error::invalid(format!("“{}” cannot be read as a date. {EXAMPLES}", self.text))
    }

    fn passed(&self, what: &str) -> Error {
        let what = what[..1].to_uppercase() + &what[1..];
        Error::invalid(format!("{what} has passed. Write a later day or time: “tomorrow”, “fri 10am”."))
    }

    fn closed(&self, date: NaiveDate) -> Error {
        let next = self.calendar.business_days_after(date, 0).map(|next| format!("“{}”, ", next.format("%-d %b")));
        Error::invalid(format!(
            "{} is closed. Write {}or add a time of day to keep it, as in “{} 10am”.",
            shown(date),
            next.unwrap_or_default(),
            self.text
        ))
    }
}

fn is_one_of(country: &str, countries: &[&str]) -> bool {
    countries.iter().any(|each| each.eq_ignore_ascii_case(country.trim()))
}

/// How `3/4` is meant in this country.
pub(crate) fn order(country: &str) -> Order {
    if is_one_of(country, &EITHER_FIRST) {
        Order::Either
    } else if is_one_of(country, &MONTH_FIRST) || is_one_of(country, &YEAR_FIRST) {
        Order::MonthFirst
    } else {
        Order::DayFirst
    }
}

pub(crate) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" | "monday" | "mondays" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

fn long_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The month that a word names, whole or in at least three letters; the library would take "marmalade".
pub(crate) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let begins = |name: &&str| word.len() >= 3 && name.starts_with(word);
    MONTHS.iter().position(begins).and_then(|at| u32::try_from(at + 1).ok())
}

/// How many: "2", "two", "a".
pub(crate) fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match word {
        "a" | "an" => Some(1),
        word => match WORDS.iter().position(|known| *known == word) {
            Some(count) => u32::try_from(count).ok(),
            None => word.parse().ok(),
        },
    }
}

/// The unit's plain name. A lone "m" may be minutes or months, and is neither.
fn unit_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "min" | "mins" | "minute" | "minutes" => "minutes",
        "h" | "hr" | "hrs" | "hour" | "hours" => "hours",
        "d" | "day" | "days" => "days",
        "w" | "wk" | "wks" | "week" | "weeks" => "weeks",
        "fortnight" | "fortnights" => "fortnights",
        "month" | "months" => "months",
        "y" | "year" | "years" => "years",
        _ => return None,
    })
}

fn shown(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// "9am", "3:30pm".
fn clock(minute: u16) -> String {
    let (hour, minutes) = (minute / 60 % 24, minute % 60);
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    if minutes == 0 { format!("{hour}{half}") } else { format!("{hour}:{minutes:02}{half}") }
}
