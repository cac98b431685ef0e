//! Closures from an iCalendar file (RFC 5545): the public holidays that a government publishes, the school terms, the
//! office calendar.
//!
//! Only whole days close an office, so an event with hours is left out, and said to be. A date-only `DTEND` is the first
//! day that is open again. Yearly rules are expanded; what cannot be is left out by name rather than guessed at.
//! `TRANSP` is not looked at: calendars publish public holidays as "free".

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::ops::RangeInclusive;
use std::path::Path;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use icalendar::parser::Property;
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};
use crate::promises::business_time::Closure;
use crate::time::Millis;

pub const LARGEST_FILE_BYTES: usize = 5 * 1024 * 1024;
const LONGEST_NAME: usize = 200;
const UNNAMED: &str = "Closed";

/// What a file of closures holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ReadClosures {
    /// By date, none twice.
    pub closures: Vec<Closure>,
    pub left_out: Vec<LeftOut>,
}

/// An event that is no closure, or that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct LeftOut {
    pub event: String,
    /// Where it begins in the file, from 1.
    pub line: u32,
    pub why: String,
}

/// Reads the file at `path`. Repeating events are expanded around the year of `now`.
pub fn read_file(path: &Path, now: Millis) -> Result<ReadClosures> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let named = |error: Error| Error::new(error.code, format!("{name}: {}", error.message));
    let mut bytes = Vec::new();
    let most = LARGEST_FILE_BYTES as u64 + 1;
    let opened = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    opened.map_err(|error| named(error.into()))?;
    read(&bytes, now.utc().year()).map_err(named)
}

/// Reads the content of a file. Repeating events are expanded from the year before `this_year` to three years after it.
pub fn read(bytes: &[u8], this_year: i32) -> Result<ReadClosures> {
    if bytes.len() > LARGEST_FILE_BYTES {
        return Err(file("This calendar is larger than 5 MB. Export only the closures, and import that."));
    }
    let text = decoded(bytes);
    let events = events(&unfolded(&text))?;
    let mut read = ReadClosures::default();
    let mut days: BTreeSet<(NaiveDate, NaiveDate, String)> = BTreeSet::new();
    let moved = moved_occurrences(&events);
    for event in &events {
        match event.closures(this_year - 1..=this_year + 3, &moved) {
            Ok(spans) => days.extend(spans.into_iter().map(|(from, to)| (from, to, event.name.clone()))),
            Err(why) => read.left_out.push(LeftOut { event: event.name.clone(), line: event.line, why }),
        }
    }
    read.closures = days.into_iter().map(|(from, to, name)| Closure { name, from, to }).collect();
    Ok(read)
}

type Span = (NaiveDate, NaiveDate);
/// Occurrences that an event of their own replaces, by the UID of the rule.
type Moved = BTreeMap<String, BTreeSet<NaiveDate>>;

struct Line {
    number: u32,
    text: String,
}

struct Event {
    line: u32,
    name: String,
    /// Those of [`READ`], in the order of the file.
    properties: Vec<(String, String)>,
    /// Why one of them could not be read.
    broken: Option<String>,
}

/// The properties that say which days an event closes; the others are not looked at.
const READ: [&str; 10] =
    ["SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "STATUS"];

/// UTF-8, or what old exports use instead.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    }
}

/// Content lines, each with the number of the line on which it begins.
fn unfolded(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, text) in (1..).zip(text.split('\n')) {
        let text = text.trim_end_matches('\r');
        match (text.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(line)) => line.text.push_str(rest),
            _ if text.trim().is_empty() => {}
            _ => lines.push(Line { number, text: text.to_owned() }),
        }
    }
    lines
}

/// Cuts the file into its events. What is not whole is refused: half a calendar looks like a whole one afterwards.
fn events(lines: &[Line]) -> Result<Vec<Event>> {
    let mut found = Vec::new();
    let mut open: Vec<(String, u32)> = Vec::new();
    for Line { number, text } in lines {
        let (key, value) = text.split_once(':').unwrap_or((text, ""));
        let name = value.trim().to_ascii_uppercase();
        if key.eq_ignore_ascii_case("BEGIN") {
            if open.is_empty() && name != "VCALENDAR" {
                return Err(file(format!("Line {number}: a calendar begins with BEGIN:VCALENDAR, not with “{text}”.")));
            }
            open.push((name, *number));
            if in_event(&open) {
                found.push(Event { line: *number, name: UNNAMED.to_owned(), properties: Vec::new(), broken: None });
            }
        } else if key.eq_ignore_ascii_case("END") {
            let Some((begun, begun_on)) = open.pop() else {
                return Err(file(format!(
                    "Line {number}: “{}” ends what never began. The file is damaged; export it again.",
                    start_of(text)
                )));
            };
            if begun != name {
                return Err(file(format!(
                    "Line {number}: “{}” comes before the end of {begun}, which begins on line {begun_on}. The file is \
                     damaged; export it again.",
                    start_of(text)
                )));
            }
        } else if open.is_empty() {
            return Err(file(format!(
                "Line {number}: this is not an iCalendar file, which begins with BEGIN:VCALENDAR. Choose an .ics file."
            )));
        } else if in_event(&open)
            && let Some(event) = found.last_mut()
        {
            event.read(*number, text);
        }
    }
    if let Some((begun, begun_on)) = open.last() {
        return Err(file(format!(
            "{begun}, which begins on line {begun_on}, never ends: the file is cut short. Export or download it again."
        )));
    }
    if lines.is_empty() {
        return Err(file("This file is empty. Choose an .ics file with at least one calendar."));
    }
    Ok(found)
}

/// Directly: not in an alarm of one.
fn in_event(open: &[(String, u32)]) -> bool {
    matches!(open, [_, (name, _)] if name == "VEVENT")
}

fn moved_occurrences(events: &[Event]) -> Moved {
    let mut moved = Moved::new();
    for event in events {
        if let (Some(uid), Some(of)) = (event.value("UID"), event.value("RECURRENCE-ID"))
            && let Some(date) = date_part(of)
        {
            moved.entry(uid.to_owned()).or_default().insert(date);
        }
    }
    moved
}

impl Event {
    fn read(&mut self, number: u32, text: &str) {
        let name = text.split([':', ';']).next().unwrap_or_default().to_ascii_uppercase();
        if !READ.contains(&name.as_str()) {
            return;
        }
        // A line at a time: the parser never sees what is broken elsewhere, and the number of the line is known.
        let Ok(property) = Property::try_from(text) else {
            self.broken.get_or_insert_with(|| format!("Line {number} cannot be read: “{}”.", start_of(text)));
            return;
        };
        let value = property.val.as_str().trim();
        if name == "SUMMARY" && !value.is_empty() {
            let words: Vec<&str> = value.split_whitespace().collect();
            self.name = words.join(" ").chars().take(LONGEST_NAME).collect();
        }
        self.properties.push((name, value.to_owned()));
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The days it closes, or why it closes none.
    fn closures(&self, years: RangeInclusive<i32>, moved: &Moved) -> Result<Vec<Span>, String> {
        if let Some(why) = &self.broken {
            return Err(why.clone());
        }
        if self.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
            return Err("It is cancelled.".to_owned());
        }
        let (from, to) = self.span()?;
        if self.value("RDATE").is_some() {
            return Err("It repeats on a list of dates. Enter those closures by hand.".to_owned());
        }
        let Some(rule) = self.value("RRULE") else { return Ok(vec![(from, to)]) };
        if self.properties.iter().filter(|(name, _)| name == "RRULE").count() > 1 {
            return Err(cannot_expand("more than one rule"));
        }
        let mut skipped: BTreeSet<NaiveDate> = BTreeSet::new();
        for (_, value) in self.properties.iter().filter(|(name, _)| name == "EXDATE") {
            skipped.extend(value.split(',').filter_map(date_part));
        }
        skipped.extend(self.value("UID").and_then(|uid| moved.get(uid)).into_iter().flatten());
        let more_days = to.signed_duration_since(from).num_days().unsigned_abs();
        let spans = Yearly::read(rule, from)?
            .occurrences(from, &years)
            .into_iter()
            .filter(|date| !skipped.contains(date))
            .filter_map(|date| Some((date, date.checked_add_days(Days::new(more_days))?)));
        Ok(spans.collect())
    }

    /// Its first and last day.
    fn span(&self) -> Result<Span, String> {
        let start = self.value("DTSTART").ok_or("It has no start.")?;
        let start_at = moment(start).ok_or_else(|| format!("Its start, “{}”, is not a date.", start_of(start)))?;
        let end_at = match (self.value("DTEND"), self.value("DURATION")) {
            (Some(end), _) => Some(moment(end).ok_or_else(|| format!("Its end, “{}”, is not a date.", start_of(end)))?),
            (None, Some(duration)) => {
                let days = whole_days(duration)
                    .ok_or_else(|| format!("Its duration, “{}”, is not a number of whole days.", start_of(duration)))?;
                let end = start_at.0.checked_add_days(Days::new(days)).ok_or("Its end is beyond the calendar.")?;
                Some((end, start_at.1))
            }
            (None, None) => None,
        };
        let (from, starts_at_midnight) = start_at;
        let (until, ends_at_midnight) = match end_at {
            Some(end) => end,
            // RFC 5545: an event that has only a date lasts that day; one that has a time, no time at all.
            None if start.len() == 8 => (from.succ_opt().ok_or("Its end is beyond the calendar.")?, true),
            None => return Err(NOT_WHOLE_DAYS.to_owned()),
        };
        if !starts_at_midnight || !ends_at_midnight {
            return Err(NOT_WHOLE_DAYS.to_owned());
        }
        if until < from {
            return Err("It ends before it begins.".to_owned());
        }
        // Some programs write the same day as the end of an event of one day.
        let to = if until == from && start.len() == 8 { from } else { until.pred_opt().unwrap_or(until) };
        if to < from { Err(NOT_WHOLE_DAYS.to_owned()) } else { Ok((from, to)) }
    }
}

const NOT_WHOLE_DAYS: &str = "It has hours: only all-day events close the office.";

/// A rule that names days of the year, once every so many years.
struct Yearly {
    interval: i32,
    count: Option<usize>,
    until: Option<NaiveDate>,
    days: DaysOfYear,
}

enum DaysOfYear {
    /// Months and days of the month, counted from the end where negative.
    Dates(Vec<u32>, Vec<i32>),
    /// Months, and the nth such weekday of them, from the end where negative.
    Weekdays(Vec<u32>, Vec<(i32, Weekday)>),
}

impl Yearly {
    fn read(rule: &str, start: NaiveDate) -> Result<Self, String> {
        let mut parts: BTreeMap<String, &str> = BTreeMap::new();
        for part in rule.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| cannot_expand(part))?;
            parts.insert(name.trim().to_ascii_uppercase(), value.trim());
        }
        if !parts.remove("FREQ").is_some_and(|freq| freq.eq_ignore_ascii_case("YEARLY")) {
            return Err("It repeats, and not yearly. Enter those closures by hand.".to_owned());
        }
        parts.remove("WKST");
        let interval = positive(parts.remove("INTERVAL"))?.unwrap_or(1);
        let interval = i32::try_from(interval).map_err(|_| cannot_expand("INTERVAL"))?;
        let count = positive(parts.remove("COUNT"))?;
        let until = match parts.remove("UNTIL") {
            Some(until) => Some(date_part(until).ok_or_else(|| cannot_expand(until))?),
            None => None,
        };
        let months: Vec<u32> = numbers(parts.remove("BYMONTH"), 1..=12)?.into_iter().map(i32::unsigned_abs).collect();
        let month_days = numbers(parts.remove("BYMONTHDAY"), -31..=31)?;
        let weekdays = parts.remove("BYDAY");
        if let Some(other) = parts.keys().next() {
            return Err(cannot_expand(other));
        }
        let months_or_own = if months.is_empty() { vec![start.month()] } else { months.clone() };
        let days = match weekdays {
            None if month_days.is_empty() => DaysOfYear::Dates(months_or_own, vec![start.day() as i32]),
            None if months.is_empty() => DaysOfYear::Dates((1..=12).collect(), month_days),
            None => DaysOfYear::Dates(months, month_days),
            // Without a month, the nth weekday is of the year.
            Some(_) if months.is_empty() || !month_days.is_empty() => return Err(cannot_expand("BYDAY")),
            Some(list) => DaysOfYear::Weekdays(months, nth_weekdays(list)?),
        };
        Ok(Self { interval, count, until, days })
    }

    fn occurrences(&self, start: NaiveDate, years: &RangeInclusive<i32>) -> Vec<NaiveDate> {
        let mut found = Vec::new();
        let mut counted = 0;
        let mut year = start.year();
        if self.count.is_none() && year < *years.start() {
            // Years that need not be counted are leapt over.
            year += (years.start() - year).div_euclid(self.interval) * self.interval;
        }
        while year <= *years.end() {
            for date in self.days.of(year).into_iter().filter(|date| *date >= start) {
                counted += 1;
                if self.count.is_some_and(|count| counted > count) || self.until.is_some_and(|until| date > until) {
                    return found;
                }
                if years.contains(&year) {
                    found.push(date);
                }
            }
            year = match year.checked_add(self.interval) {
                Some(year) => year,
                None => return found,
            };
        }
        found
    }
}

impl DaysOfYear {
    /// In order; a day that a year does not have is not in it.
    fn of(&self, year: i32) -> BTreeSet<NaiveDate> {
        match self {
            Self::Dates(months, days) => months
                .iter()
                .flat_map(|month| days.iter().filter_map(move |day| day_of_month(year, *month, *day)))
                .collect(),
            Self::Weekdays(months, weekdays) => months
                .iter()
                .flat_map(|month| weekdays.iter().filter_map(move |(nth, day)| nth_weekday(year, *month, *nth, *day)))
                .collect(),
        }
    }
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let (year, month) = if month == 12 { (year.checked_add(1)?, 1) } else { (year, month + 1) };
    NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
}

fn day_of_month(year: i32, month: u32, day: i32) -> Option<NaiveDate> {
    if day > 0 {
        return NaiveDate::from_ymd_opt(year, month, day.unsigned_abs());
    }
    let last = last_of_month(year, month)?;
    last.with_day(last.day().checked_sub(day.unsigned_abs() - 1)?)
}

fn nth_weekday(year: i32, month: u32, nth: i32, weekday: Weekday) -> Option<NaiveDate> {
    if nth > 0 {
        return NaiveDate::from_weekday_of_month_opt(year, month, weekday, u8::try_from(nth).ok()?);
    }
    let last = last_of_month(year, month)?;
    let back = last.weekday().days_since(weekday) + 7 * (nth.unsigned_abs() - 1);
    last.with_day(last.day().checked_sub(back)?)
}

/// "1MO,-1FR": the first Monday and the last Friday. Every Monday is no closure that anyone means.
fn nth_weekdays(list: &str) -> Result<Vec<(i32, Weekday)>, String> {
    list.split(',')
        .map(|item| {
            let item = item.trim();
            let split = item.len().saturating_sub(2);
            let (nth, day) = item.split_at_checked(split).ok_or_else(|| cannot_expand(item))?;
            let nth: i32 = nth.parse().map_err(|_| cannot_expand(item))?;
            let day = match day.to_ascii_uppercase().as_str() {
                "MO" => Weekday::Mon,
                "TU" => Weekday::Tue,
                "WE" => Weekday::Wed,
                "TH" => Weekday::Thu,
                "FR" => Weekday::Fri,
                "SA" => Weekday::Sat,
                "SU" => Weekday::Sun,
                _ => return Err(cannot_expand(item)),
            };
            if (1..=5).contains(&nth.unsigned_abs()) { Ok((nth, day)) } else { Err(cannot_expand(item)) }
        })
        .collect()
}

fn numbers(list: Option<&str>, allowed: RangeInclusive<i32>) -> Result<Vec<i32>, String> {
    let Some(list) = list else { return Ok(Vec::new()) };
    list.split(',')
        .map(|item| match item.trim().parse::<i32>() {
            Ok(number) if number != 0 && allowed.contains(&number) => Ok(number),
            _ => Err(cannot_expand(item)),
        })
        .collect()
}

fn positive(value: Option<&str>) -> Result<Option<usize>, String> {
    match value.map(|value| (value, value.parse::<usize>())) {
        None => Ok(None),
        Some((_, Ok(number))) if number > 0 => Ok(Some(number)),
        Some((value, _)) => Err(cannot_expand(value)),
    }
}

fn cannot_expand(part: &str) -> String {
    format!("Its rule is not a simple yearly one (“{}”). Enter those closures by hand.", start_of(part))
}

/// The date, and whether it begins there: a date alone, or midnight of no zone but the office's own.
fn moment(text: &str) -> Option<(NaiveDate, bool)> {
    if text.len() == 8 {
        return Some((date_part(text)?, true));
    }
    let at_utc = text.ends_with(['Z', 'z']);
    let local = NaiveDateTime::parse_from_str(text.trim_end_matches(['Z', 'z']), "%Y%m%dT%H%M%S").ok()?;
    Some((local.date(), local.time() == NaiveTime::MIN && !at_utc))
}

fn date_part(text: &str) -> Option<NaiveDate> {
    let digits = text.trim().get(..8)?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { NaiveDate::parse_from_str(digits, "%Y%m%d").ok() } else { None }
}

/// "P3D", "P2W", "PT24H", "P1DT0H0M0S": days, where it comes to whole ones.
fn whole_days(duration: &str) -> Option<u64> {
    let duration = duration.trim().to_ascii_uppercase();
    let period = duration.trim_start_matches('+').strip_prefix('P')?;
    let (days, time) = period.split_once('T').unwrap_or((period, ""));
    let days_s = counted(days, &[('W', 604_800), ('D', 86_400)])?;
    let seconds = days_s.checked_add(counted(time, &[('H', 3_600), ('M', 60), ('S', 1)])?)?;
    (seconds > 0 && seconds % 86_400 == 0).then_some(seconds / 86_400)
}

fn counted(text: &str, units: &[(char, u64)]) -> Option<u64> {
    let mut total: u64 = 0;
    let mut digits = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        let (_, seconds) = units.iter().find(|(unit, _)| *unit == character)?;
        total = total.checked_add(digits.parse::<u64>().ok()?.checked_mul(*seconds)?)?;
        digits.clear();
    }
    digits.is_empty().then_some(total)
}

fn start_of(text: &str) -> String {
    text.chars().take(60).collect()
}

fn file(message: impl Into<String>) -> Error {
    Error::new(Code::File, message)
}
