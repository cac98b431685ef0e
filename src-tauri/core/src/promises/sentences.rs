//! The core's catalogue: every sentence that it says in Today, in reminders and on the command line. English now.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::time::Millis;

/// "today at 8:40", "yesterday at 17:00", "Friday at 9:15", "on 2 November", "on 2 November 2024".
pub fn when(at: Millis, now: Millis, zone: Tz) -> String {
    let (day, today) = (at.in_zone(zone).date_naive(), now.in_zone(zone).date_naive());
    let clock = clock(at, zone);
    match (today - day).num_days() {
        0 => format!("today at {clock}"),
        1 => format!("yesterday at {clock}"),
        2..=6 => format!("on {} at {clock}", at.in_zone(zone).format("%A")),
        _ => format!("on {}", date(day, today)),
    }
}

/// "2 November 2026": for what is written down, and read on any day after.
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// "by 17:00 today", "by 17:00 on Friday", "by 17:00 on 3 November".
pub fn by(due: Millis, now: Millis, zone: Tz) -> String {
    let (day, today) = (due.in_zone(zone).date_naive(), now.in_zone(zone).date_naive());
    let clock = clock(due, zone);
    match (day - today).num_days() {
        0 => format!("by {clock} today"),
        1 => format!("by {clock} tomorrow"),
        -1 => format!("by {clock} yesterday"),
        -6..=6 => format!("by {clock} on {}", due.in_zone(zone).format("%A")),
        _ => format!("by {clock} on {}", date(day, today)),
    }
}

/// "between 15:00 and 17:00 today", "between 9:00 and 12:00 on Friday"; over several days, "by" the last.
pub fn between(from: Millis, due: Millis, now: Millis, zone: Tz) -> String {
    let by = by(due, now, zone);
    let same_day = from.in_zone(zone).date_naive() == due.in_zone(zone).date_naive();
    match by.strip_prefix("by ") {
        Some(due_then) if same_day => format!("between {} and {due_then}", clock(from, zone)),
        _ => by,
    }
}

pub fn clock(at: Millis, zone: Tz) -> String {
    at.in_zone(zone).format("%-H:%M").to_string()
}

fn date(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day.format("%-d %B").to_string() } else { day.format("%-d %B %Y").to_string() }
}

/// "a 2nd", "a 3rd": for the second message and on.
pub fn ordinal(number: usize) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

pub fn times(number: u32) -> String {
    match number {
        1 => "once".into(),
        2 => "twice".into(),
        n => format!("{n} times"),
    }
}

/// How an inquiry began: the verb, before the day.
pub fn asked_by(source: &str) -> &'static str {
    match source {
        "voicemail" => "Left a message",
        "web_form" => "Wrote through the website",
        "email" => "Wrote an e-mail",
        "referral" => "Was referred to us",
        "event_card" => "Left a card at an event",
        "walk_in" => "Came by",
        _ => "Rang us",
    }
}

/// A person's words, short enough for a sentence.
pub fn quoted(words: &str) -> String {
    const LONGEST: usize = 90;
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // The sentence round it has its own full stop.
    let flat = flat.strip_suffix('.').unwrap_or(&flat);
    if flat.chars().count() <= LONGEST {
        return format!("“{flat}”");
    }
    let mut cut: String = flat.chars().take(LONGEST).collect();
    if let Some(space) = cut.rfind(' ') {
        cut.truncate(space);
    }
    format!("“{cut} …”")
}

/// "21 days", "3 hours", "a minute": the time someone has waited.
pub fn span(ms: i64) -> String {
    let minutes = (ms / crate::time::MINUTE_MS).max(0);
    let (count, unit) = match minutes {
        0..=59 => (minutes.max(1), "minute"),
        60..=2879 => (minutes / 60, "hour"),
        _ => (minutes / (24 * 60), "day"),
    };
    if count == 1 { format!("{} {unit}", if unit == "hour" { "an" } else { "a" }) } else { format!("{count} {unit}s") }
}

/// One notice for several: after sleep or a restart.
pub fn summary(names: &[String], count: usize) -> (String, String) {
    let shown = names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = count.saturating_sub(3);
    let body = if more > 0 { format!("{shown} and {more} more.") } else { format!("{shown}.") };
    (format!("{count} people are waiting for us"), body)
}
