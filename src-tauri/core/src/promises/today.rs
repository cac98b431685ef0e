//! Today: people, not tasks. Who is waited on, why, and who may not be rung now.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::Days;
use serde::Serialize;

use super::ledger::{PromiseKind, PromiseRow, PromiseState, PromiseView};
use super::may_ring::{self, NotNow, Wishes};
use super::reasons::{Clause, RecordKind, RecordRef};
use super::sentences as say;
use crate::error::Result;
use crate::ids::{InquiryId, MessageId, PromiseId, TouchId, VolunteerId};
use crate::people::{PersonRef, Standing, said_numbers};
use crate::store::{Db, Value};
use crate::team::standards;
use crate::time::{HOUR_MS, Millis};
use crate::{args, statements, words};

words! {
    pub enum GroupName {
        Late = "late",
        Today = "today",
        Coming = "coming",
        /// Late or due today, and may not be rung at this hour, or at all.
        NotNow = "not_now",
    }
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct TodayItem {
    pub person: PersonRef,
    pub promise: PromiseView,
    /// Why we call, each clause with the record it comes from.
    pub reason: Vec<Clause>,
    /// Since the inquiry's clock began, else since the promise was made.
    pub waiting_ms: Millis,
    /// When it is to be done: the next try where there was one, else when it is due.
    pub at_ms: Millis,
    pub due_soon: bool,
    pub not_now: Option<NotNow>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Group {
    pub name: GroupName,
    pub items: Vec<TodayItem>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Today {
    pub at_ms: Millis,
    pub groups: Vec<Group>,
    /// More than this list shows: it stops at [`MOST_ITEMS`].
    pub more: u32,
}

/// Longer than anyone rings in a week; the rest is counted.
pub const MOST_ITEMS: usize = 400;
const COMING_DAYS: u64 = 7;
const SOON_MS: i64 = 2 * HOUR_MS;

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    promise: PromiseRow,
    name: String,
    standing: Standing,
    organisation: Option<String>,
    #[sqlx(flatten)]
    wishes: Wishes,
    clock_ms: Option<Millis>,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    id: MessageId,
    inquiry_id: InquiryId,
    source: String,
    received_ms: Millis,
    words: String,
}

#[derive(sqlx::FromRow)]
struct TryRow {
    promise_id: PromiseId,
    id: TouchId,
    at_ms: Millis,
}

/// When someone has to look at a promise: when it is due, or before that when it is to be tried. The index
/// `promise_open_by_turn` has the same words.
macro_rules! turn {
    () => {
        "CASE WHEN p.next_try_ms < p.due_ms THEN p.next_try_ms ELSE p.due_ms END"
    };
}

macro_rules! open {
    ($($rest:expr),+) => {
        concat!(
            "SELECT p.id, p.person_id, p.kind, p.what, p.keeper_id, v.name AS keeper_name, p.made_ms, p.due_ms, \
            p.next_try_ms, p.attempt, p.state, p.ended_ms, p.end_reason, p.inquiry_id, p.from_ms, p.unrung, m.name AS made_by, \
            h.name, h.standing, h.do_not_call, h.zone, h.country, c.allowed AS phone_allowed, i.clock_ms, \
            (SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
               WHERE r.person_id = h.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS organisation \
            FROM promise p JOIN person h ON h.id = p.person_id \
            LEFT JOIN volunteer v ON v.id = p.keeper_id \
            LEFT JOIN volunteer m ON m.id = p.made_by \
            LEFT JOIN inquiry i ON i.id = p.inquiry_id \
            LEFT JOIN consent c ON c.person_id = h.id AND c.channel = 'phone' ",
            $($rest),+
        )
    };
}

statements! {
    OPEN_UNTIL = open!("WHERE p.state = 'open' AND ", turn!(), " <= $1 \
        AND (CAST($2 AS INTEGER) = 0 OR p.keeper_id = $3) ORDER BY ", turn!(), ", p.id LIMIT $4");
    ONE_OPEN = open!("WHERE p.id = $1");
    COUNT_UNTIL = concat!("SELECT COUNT(*) FROM promise p WHERE p.state = 'open' AND ", turn!(), " <= $1 \
        AND (CAST($2 AS INTEGER) = 0 OR p.keeper_id = $3)");
    // Whatever is late has had its turn.
    COUNT_LATE = concat!("SELECT COUNT(*) FROM promise p WHERE p.state = 'open' AND ", turn!(), " < $1 AND p.due_ms < $1");
    MESSAGES_OF = "SELECT m.id, m.inquiry_id, m.source, m.received_ms, m.words FROM message m \
        WHERE m.inquiry_id IN ($1) ORDER BY m.received_ms, m.id";
    TRIES_OF = "SELECT t.promise_id, t.id, t.at_ms FROM touch t WHERE t.direction = 'out' AND t.promise_id IN ($1) \
        ORDER BY t.at_ms, t.id";
}

/// The list as of `now`; of one keeper, or of everyone.
pub async fn today(db: &mut Db, now: Millis, keeper: Option<VolunteerId>) -> Result<Today> {
    let association = standards::association(db).await?;
    let zone = association.tz()?;
    let hours = may_ring::hours_of(&association)?;
    let end_of_day = |days: u64| {
        let day = now.in_zone(zone).date_naive() + Days::new(days + 1);
        let midnight = day.and_time(chrono::NaiveTime::MIN);
        // A day that begins in a gap begins when the gap ends.
        let at = midnight.and_local_timezone(zone).earliest().map(|at| at.to_utc());
        Millis::from_utc(at.unwrap_or_else(|| midnight.and_utc())).plus_ms(-1)
    };
    let (tonight, horizon) = (end_of_day(0), end_of_day(COMING_DAYS));
    let rows: Vec<Row> = db.all(&OPEN_UNTIL, args![horizon, keeper.is_some(), keeper, MOST_ITEMS as u32]).await?;
    let count: i64 = db.scalar(&COUNT_UNTIL, args![horizon, keeper.is_some(), keeper]).await?;
    let mut messages: HashMap<InquiryId, Vec<MessageRow>> = HashMap::new();
    let inquiries = rows.iter().filter_map(|row| row.promise.inquiry_id);
    for message in said_in(db, inquiries.collect(), &association.country).await? {
        messages.entry(message.inquiry_id).or_default().push(message);
    }
    let mut tries: HashMap<PromiseId, Vec<TryRow>> = HashMap::new();
    let tried = rows.iter().filter(|row| row.promise.attempt > 0).map(|row| Value::from(row.promise.id));
    for row in db.among::<TryRow>(&TRIES_OF, tried.collect()).await? {
        tries.entry(row.promise_id).or_default().push(row);
    }
    let shown = rows.len();
    let mut groups = GroupName::ALL.iter().map(|name| Group { name: *name, items: Vec::new() }).collect::<Vec<_>>();
    for row in rows {
        let said = row.promise.inquiry_id.and_then(|id| messages.get(&id)).map_or(&[][..], Vec::as_slice);
        let tried = tries.get(&row.promise.id).map_or(&[][..], Vec::as_slice);
        let reason = sentence(&row, said, tried, now, zone);
        let not_now = may_ring::judge(&row.wishes, &association, &hours, now);
        let at = row.promise.next_try_ms.unwrap_or(row.promise.due_ms);
        // Past its due time it is late, whenever it is to be tried again.
        let late = row.promise.due_ms < now;
        // Who may not be rung now can be written to.
        let held = not_now.is_some() && row.promise.by_ringing();
        let group = if at > tonight && !late {
            GroupName::Coming
        } else if held {
            GroupName::NotNow
        } else if late {
            GroupName::Late
        } else {
            GroupName::Today
        };
        let item = TodayItem {
            waiting_ms: Millis(now.since(row.clock_ms.unwrap_or(row.promise.made_ms))),
            due_soon: at >= now && at.since(now) <= SOON_MS,
            at_ms: at,
            reason,
            not_now,
            person: PersonRef {
                id: row.promise.person_id,
                name: row.name,
                organisation: row.organisation,
                standing: row.standing,
            },
            promise: row.promise.into(),
        };
        if let Some(group) = groups.iter_mut().find(|g| g.name == group) {
            group.items.push(item);
        }
    }
    for group in &mut groups {
        match group.name {
            // Whoever has waited longest is rung first; who is to be tried again later comes after those who can be now.
            GroupName::Late => {
                group.items.sort_by_key(|item| (item.at_ms > now, Reverse(item.waiting_ms), item.promise.id));
            }
            _ => group.items.sort_by_key(|item| (item.at_ms, item.promise.id)),
        }
    }
    let more = u32::try_from(count).unwrap_or(u32::MAX).saturating_sub(u32::try_from(shown).unwrap_or(u32::MAX));
    Ok(Today { at_ms: now, groups, more })
}

pub async fn count_late(db: &mut Db, now: Millis) -> Result<u32> {
    let count: i64 = db.scalar(&COUNT_LATE, args![now]).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Why this promise is owed, as of `now`. Empty where there is no reason: then nobody is rung.
pub async fn reason(db: &mut Db, promise: PromiseId, now: Millis) -> Result<Vec<Clause>> {
    let association = standards::association(db).await?;
    let zone = association.tz()?;
    let row: Row = db.one(&ONE_OPEN, args![promise], "promise").await?;
    let said = said_in(db, row.promise.inquiry_id.into_iter().collect(), &association.country).await?;
    let tried: Vec<TryRow> = db.among(&TRIES_OF, vec![promise.into()]).await?;
    Ok(sentence(&row, &said, &tried, now, zone))
}

/// What was said in these inquiries, each in its order, with numbers in it covered.
async fn said_in(db: &mut Db, inquiries: Vec<InquiryId>, country: &str) -> Result<Vec<MessageRow>> {
    let mut said: Vec<MessageRow> = db.among(&MESSAGES_OF, inquiries.into_iter().map(Value::from).collect()).await?;
    for message in &mut said {
        message.words = said_numbers::covered(&message.words, country);
    }
    Ok(said)
}

fn sentence(row: &Row, said: &[MessageRow], tried: &[TryRow], now: Millis, zone: chrono_tz::Tz) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let promise = &row.promise;
    let promise_ref = RecordRef { kind: RecordKind::Promise, id: promise.id.0 };
    if let Some(first) = said.first() {
        let about =
            if first.words.trim().is_empty() { String::new() } else { format!(": {}", say::quoted(&first.words)) };
        let text = format!("{} {}{about}", say::asked_by(&first.source), say::when(first.received_ms, now, zone));
        clauses.push(linked(text, RecordKind::Message, first.id.0));
    } else if promise.kind == PromiseKind::PlanStep {
        // It names the plan, the step and what to ask.
        clauses.push(Clause { text: promise.what.clone(), record: Some(promise_ref) });
    } else {
        let by = promise.made_by.as_deref().or(promise.keeper_name.as_deref()).unwrap_or("We");
        let did = if promise.kind == PromiseKind::Decision { "asked for a decision" } else { "promised" };
        let text = format!("{by} {did} {}: {}", say::when(promise.made_ms, now, zone), say::quoted(&promise.what));
        clauses.push(Clause { text, record: Some(promise_ref) });
    }
    if said.len() > 1
        && let Some(last) = said.last()
    {
        clauses.push(join("; "));
        let text = format!("{} message {}", say::ordinal(said.len()), say::when(last.received_ms, now, zone));
        clauses.push(linked(text, RecordKind::Message, last.id.0));
    }
    clauses.push(full_stop(&clauses));
    if let Some(last) = tried.last() {
        let count = u32::try_from(tried.len()).unwrap_or(u32::MAX);
        let text = format!("We tried {}, last {}", say::times(count), say::when(last.at_ms, now, zone));
        clauses.push(linked(text, RecordKind::Touch, last.id.0));
        clauses.push(full_stop(&clauses));
    }
    // What was promised in a conversation is not what they had asked for.
    if !said.is_empty() && promise.kind == PromiseKind::OwnWord {
        let by = promise.made_by.as_deref().or(promise.keeper_name.as_deref()).unwrap_or("We");
        let text = format!("{by} promised {}: {}", say::when(promise.made_ms, now, zone), say::quoted(&promise.what));
        clauses.push(Clause { text, record: Some(promise_ref) });
        clauses.push(full_stop(&clauses));
    }
    let by = match promise.from_ms.filter(|_| promise.next_try_ms.is_none()) {
        Some(from) => say::between(from, promise.due_ms, now, zone),
        None => say::by(promise.due_ms, now, zone),
    };
    let text = match promise.kind {
        PromiseKind::Callback if promise.state == PromiseState::Open => {
            let not = if promise.due_ms < now && tried.is_empty() { " and have not" } else { "" };
            format!("We promised to ring {by}{not}")
        }
        PromiseKind::Decision => format!("To be decided {by}"),
        PromiseKind::PlanStep => format!("Planned {by}"),
        _ => format!("Promised {by}"),
    };
    clauses.push(Clause { text, record: Some(promise_ref) });
    clauses.push(join("."));
    if let Some(next) = promise.next_try_ms.filter(|next| now < *next) {
        clauses.push(join(" "));
        let again = match promise.from_ms {
            Some(from) => say::between(from, next, now, zone),
            None => say::by(next, now, zone),
        };
        let text = format!("To be tried again {again}");
        clauses.push(Clause { text, record: Some(promise_ref) });
        clauses.push(join("."));
    }
    clauses
}

fn linked(text: String, kind: RecordKind, id: uuid::Uuid) -> Clause {
    Clause { text, record: Some(RecordRef { kind, id }) }
}

/// Quoted words that end in a question or a cry have ended their sentence.
fn full_stop(clauses: &[Clause]) -> Clause {
    let ended =
        clauses.last().is_some_and(|last| ["?”", "!”", "?", "!", "."].iter().any(|end| last.text.ends_with(end)));
    join(if ended { " " } else { ". " })
}

fn join(text: &str) -> Clause {
    Clause { text: text.into(), record: None }
}
