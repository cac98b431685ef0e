//! Who is waited on, and who there is.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use wellmet_core::ids::{PersonId, PromiseId};
use wellmet_core::people::{ReachKind, ReachState, Standing, finding, person, reaches};
use wellmet_core::promises::ledger::PromiseKind;
use wellmet_core::promises::reasons::plain;
use wellmet_core::promises::sentences as said;
use wellmet_core::promises::today::{self, GroupName, TodayItem};
use wellmet_core::team::standards;
use wellmet_core::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use wellmet_core::{Error, Millis, Result};

use super::answer::{Answer, count};
use super::opening::with_book;

#[derive(Serialize)]
struct TodayList {
    at: String,
    groups: Vec<TodayGroup>,
    /// Beyond what the list holds.
    more: u32,
}

#[derive(Serialize)]
struct TodayGroup {
    name: GroupName,
    items: Vec<TodayLine>,
}

#[derive(Serialize)]
struct TodayLine {
    person: WhoIs,
    promise: Promise,
    reason: String,
    waiting_ms: i64,
    /// Why nobody may ring now.
    not_now: Option<String>,
}

#[derive(Serialize)]
struct WhoIs {
    id: PersonId,
    name: String,
}

#[derive(Serialize)]
struct Promise {
    id: PromiseId,
    kind: PromiseKind,
    due: String,
    keeper: Option<String>,
}

pub async fn today(folder: &Path, at: Option<Millis>) -> Result<Answer> {
    with_book(folder, async |book| {
        let mut db = book.read().await?;
        let now = at.unwrap_or_else(|| book.now());
        let zone = standards::association(&mut db).await?.tz()?;
        let today = today::today(&mut db, now, None).await?;
        let mut words = format!("{}\n", now.in_zone(zone).format("%A %-d %B %Y, %-H:%M"));
        for group in today.groups.iter().filter(|group| !group.items.is_empty()) {
            let _ = writeln!(words, "\n{} ({})", group_words(group.name), group.items.len());
            for item in &group.items {
                item_words(&mut words, group.name, item, now, zone);
            }
        }
        if today.groups.iter().all(|group| group.items.is_empty()) {
            words.push_str("\nNobody waits, and nothing is promised for the coming week.\n");
        }
        if today.more > 0 {
            let _ = writeln!(words, "\nand {} more", count(today.more, "promise", "promises"));
        }
        let groups = today
            .groups
            .into_iter()
            .map(|group| TodayGroup { name: group.name, items: group.items.into_iter().map(line).collect() });
        Answer::new(&TodayList { at: now.rfc3339(), groups: groups.collect(), more: today.more }, words)
    })
    .await
}

fn line(item: TodayItem) -> TodayLine {
    TodayLine {
        person: WhoIs { id: item.person.id, name: item.person.name },
        promise: Promise {
            id: item.promise.id,
            kind: item.promise.kind,
            due: item.promise.due_ms.rfc3339(),
            keeper: item.promise.keeper.map(|keeper| keeper.name),
        },
        reason: plain(&item.reason),
        waiting_ms: item.waiting_ms.0,
        not_now: item.not_now.map(|not_now| not_now.why),
    }
}

fn group_words(name: GroupName) -> &'static str {
    match name {
        GroupName::Late => "Late",
        GroupName::Today => "Due today",
        GroupName::Coming => "Coming up",
        GroupName::NotNow => "May not be rung now",
    }
}

fn item_words(words: &mut String, group: GroupName, item: &TodayItem, now: Millis, zone: chrono_tz::Tz) {
    let organisation = item.person.organisation.as_ref().map_or(String::new(), |name| format!(", {name}"));
    let keeper = item.promise.keeper.as_ref().map_or("nobody yet", |keeper| keeper.name.as_str());
    let _ = writeln!(
        words,
        "  {}{organisation}\n    waiting {}, due {}, kept by {keeper}\n    {}",
        item.person.name,
        waiting_words(item.waiting_ms.0),
        said::by(item.at_ms, now, zone).trim_start_matches("by "),
        plain(&item.reason)
    );
    if let Some(not_now) = item.not_now.as_ref().filter(|_| group == GroupName::NotNow) {
        let _ = writeln!(words, "    {}", not_now.why);
    }
}

fn waiting_words(ms: i64) -> String {
    let (number, one, many) = match ms.max(0) {
        ms if ms >= DAY_MS => (ms / DAY_MS, "day", "days"),
        ms if ms >= HOUR_MS => (ms / HOUR_MS, "hour", "hours"),
        ms => (ms / MINUTE_MS, "minute", "minutes"),
    };
    count(u32::try_from(number).unwrap_or(u32::MAX), one, many)
}

#[derive(Serialize)]
struct Found {
    people: Vec<FoundPerson>,
    more: bool,
}

#[derive(Serialize)]
struct FoundPerson {
    id: PersonId,
    external_id: Option<String>,
    name: String,
    organisation: Option<String>,
    standing: Standing,
    phones: Vec<String>,
    emails: Vec<String>,
}

pub async fn search(folder: &Path, words: &str, limit: u32) -> Result<Answer> {
    if words.trim().is_empty() {
        return Err(Error::invalid("Type a name, an organisation, an e-mail address or part of a number."));
    }
    with_book(folder, async |book| {
        let mut db = book.read().await?;
        let mut ids = finding::find(&mut db, words, limit + 1).await?;
        let more = ids.len() > limit as usize;
        ids.truncate(limit as usize);
        let mut people = Vec::with_capacity(ids.len());
        for id in ids {
            let person = person::get(&mut db, id).await?;
            let organisation = person::reference(&mut db, id).await?.organisation;
            let mut found = FoundPerson {
                id,
                external_id: person.external_id,
                name: person.name,
                organisation,
                standing: person.standing,
                phones: Vec::new(),
                emails: Vec::new(),
            };
            for reach in reaches::rows_of(&mut db, id).await? {
                match reach.kind {
                    _ if reach.state != ReachState::Good || reach.unreadable => {}
                    ReachKind::Phone => found.phones.push(reach.value),
                    ReachKind::Email => found.emails.push(reach.value),
                    ReachKind::Post => {}
                }
            }
            people.push(found);
        }
        let found = Found { people, more };
        let words = found_words(&found);
        Answer::new(&found, words)
    })
    .await
}

fn found_words(found: &Found) -> String {
    let mut words = String::new();
    for person in &found.people {
        let organisation = person.organisation.as_ref().map_or(String::new(), |name| format!(", {name}"));
        let _ = writeln!(words, "{}{organisation} ({})", person.name, person.standing.as_str());
        let reached: Vec<&str> = person.phones.iter().chain(&person.emails).map(String::as_str).collect();
        if !reached.is_empty() {
            let _ = writeln!(words, "  {}", reached.join("  "));
        }
    }
    if found.people.is_empty() {
        words.push_str("Nobody was found.");
    }
    if found.more {
        words.push_str("There are more; --limit shows them.");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_told_in_the_largest_whole_unit() {
        assert_eq!(waiting_words(21 * DAY_MS + HOUR_MS), "21 days");
        assert_eq!(waiting_words(DAY_MS), "1 day");
        assert_eq!(waiting_words(DAY_MS - 1), "23 hours");
        assert_eq!(waiting_words(HOUR_MS - 1), "59 minutes");
        assert_eq!(waiting_words(-5), "0 minutes", "a clock that was set back owes nobody negative time");
    }
}
