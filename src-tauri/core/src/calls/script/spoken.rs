//! Dates and spans as one says them.

use chrono::{Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;

use crate::time::{DAY_MS, Millis};

const DAYS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const NUMBERS: [&str; 13] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// "the second of November"; with the year where it is not the year of `today` and not within six months of it.
pub fn spoken_date(date: NaiveDate, today: NaiveDate) -> String {
    let day = DAYS[date.day0() as usize % DAYS.len()];
    let month = MONTHS[date.month0() as usize % MONTHS.len()];
    let far = (today - date).num_days().abs() > 183;
    if far && date.year() != today.year() {
        format!("the {day} of {month} {}", date.year())
    } else {
        format!("the {day} of {month}")
    }
}

/// "this morning", "yesterday", "on the second of November": where the caller stands, in `zone`.
pub fn spoken_when(at: Millis, now: Millis, zone: Tz) -> String {
    let (then, today) = (at.in_zone(zone), now.in_zone(zone).date_naive());
    let part = match then.hour() {
        0..12 => "morning",
        12..17 => "afternoon",
        17.. => "evening",
    };
    match (today - then.date_naive()).num_days() {
        0 => format!("this {part}"),
        1 if part == "evening" => "yesterday evening".into(),
        1 => "yesterday".into(),
        -1 => "tomorrow".into(),
        _ => format!("on {}", spoken_date(then.date_naive(), today)),
    }
}

/// "an hour", "two days", "three weeks", "more than five weeks": never more than it was. None for less than an hour.
pub fn spoken_wait(waited_ms: i64) -> Option<String> {
    let days = waited_ms.div_euclid(DAY_MS);
    let hours = waited_ms.div_euclid(DAY_MS / 24);
    let of = |count: i64, one: &str, many: &str| match count {
        1 => one.to_owned(),
        2..=12 => format!("{} {many}", NUMBERS[usize::try_from(count).unwrap_or(0)]),
        _ => format!("{count} {many}"),
    };
    match days {
        ..0 => None,
        0 if hours < 1 => None,
        0 => Some(of(hours, "an hour", "hours")),
        1..14 if days % 7 != 0 => Some(of(days, "a day", "days")),
        _ if days % 7 == 0 => Some(of(days / 7, "a week", "weeks")),
        _ => Some(format!("more than {}", of(days / 7, "a week", "weeks"))),
    }
}
