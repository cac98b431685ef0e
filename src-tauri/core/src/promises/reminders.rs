//! Reminders: a table, so that they survive a kill; told once, in time; several at once as one summary, oldest first.
//!
//! A reminder is marked as shown before the desktop shows it: of a kill between the two, the inbox still tells.

use serde::Serialize;

use super::may_ring::{self, Wishes};
use super::reasons::plain;
use super::{sentences as say, today};
use crate::error::Result;
use crate::ids::{PersonId, PromiseId, ReminderId};
use crate::store::{Actor, Book, Db, Edit};
use crate::team::standards;
use crate::time::{DAY_MS, MINUTE_MS, Millis};
use crate::{args, statements};

/// What the desktop shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Notice {
    pub title: String,
    pub body: String,
    pub opens: Opens,
    pub reminders: Vec<ReminderId>,
}

/// Where *Open* leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, serde::Deserialize, specta::Type)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum Opens {
    Brief { person: PersonId, promise: PromiseId },
    Inbox,
}

/// A line of the inbox: told, and not yet seen or done.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct InboxItem {
    pub id: ReminderId,
    pub person: PersonId,
    pub name: String,
    pub promise: PromiseId,
    pub reason: String,
    pub due_ms: Millis,
    pub shown_ms: Millis,
    pub seen: bool,
}

#[derive(sqlx::FromRow)]
struct DueRow {
    id: ReminderId,
    promise_id: PromiseId,
    person_id: PersonId,
    name: String,
    #[sqlx(flatten)]
    wishes: Wishes,
}

#[derive(sqlx::FromRow)]
struct InboxRow {
    id: ReminderId,
    promise_id: PromiseId,
    person_id: PersonId,
    name: String,
    due_ms: Millis,
    shown_ms: Millis,
    seen: bool,
}

statements! {
    DUE = "SELECT r.id, r.promise_id, p.person_id, h.name, h.do_not_call, h.zone, h.country, c.allowed AS phone_allowed \
        FROM reminder r JOIN promise p ON p.id = r.promise_id JOIN person h ON h.id = p.person_id \
        LEFT JOIN consent c ON c.person_id = h.id AND c.channel = 'phone' \
        WHERE r.state = 'waiting' AND r.due_ms <= $1 AND p.state = 'open' ORDER BY r.due_ms, r.id LIMIT 1000";
    NEXT_DUE = "SELECT r.due_ms FROM reminder r JOIN promise p ON p.id = r.promise_id \
        WHERE r.state = 'waiting' AND p.state = 'open' ORDER BY r.due_ms LIMIT 1";
    SHOWN = "UPDATE reminder SET state = 'shown', shown_ms = $2 WHERE id = $1";
    DEFER = "UPDATE reminder SET due_ms = $2 WHERE id = $1";
    SNOOZE = "UPDATE reminder SET state = 'waiting', due_ms = $2, shown_ms = NULL, seen_ms = NULL WHERE id = $1";
    SNOOZE_PROMISE = "UPDATE reminder SET state = 'waiting', due_ms = $2, shown_ms = NULL, seen_ms = NULL WHERE promise_id = $1";
    SEEN = "UPDATE reminder SET seen_ms = $2 WHERE id = $1 AND seen_ms IS NULL";
    DISMISS = "UPDATE reminder SET state = 'done', seen_ms = $2 WHERE id = $1";
    INBOX = "SELECT r.id, r.promise_id, p.person_id, h.name, p.due_ms, r.shown_ms, r.seen_ms IS NOT NULL AS seen \
        FROM reminder r JOIN promise p ON p.id = r.promise_id JOIN person h ON h.id = p.person_id \
        WHERE r.state = 'shown' AND p.state = 'open' ORDER BY r.shown_ms DESC, r.due_ms LIMIT 200";
    UNSEEN = "SELECT COUNT(*) FROM reminder r JOIN promise p ON p.id = r.promise_id \
        WHERE r.state = 'shown' AND r.seen_ms IS NULL AND p.state = 'open'";
}

/// Marks what is due as told and answers the one notice that tells it; `None` when nothing is due or the hour is quiet.
pub async fn deliver(book: &Book) -> Result<Option<Notice>> {
    let now = book.now();
    let mut db = book.read().await?;
    let association = standards::association(&mut db).await?;
    if quiet_until(&association, now)?.is_some() {
        return Ok(None);
    }
    let due: Vec<DueRow> = db.all(&DUE, args![now]).await?;
    if due.is_empty() {
        return Ok(None);
    }
    drop(db);
    let hours = may_ring::hours_of(&association)?;
    let mut edit = book.write(Actor::Wellmet, "remind").await?;
    let mut told: Vec<DueRow> = Vec::new();
    for row in due {
        // Nobody is reminded to ring someone at an hour at which they may not be rung.
        match may_ring::judge(&row.wishes, &association, &hours, now) {
            Some(not_now) if not_now.from_ms.is_some_and(|from| from.since(now) < 7 * DAY_MS) => {
                edit.run(&DEFER, args![row.id, not_now.from_ms]).await?;
            }
            _ => {
                edit.run(&SHOWN, args![row.id, now]).await?;
                told.push(row);
            }
        }
    }
    let notice = notice(&mut edit, &told, now).await?;
    edit.also_changed("reminder");
    edit.commit().await?;
    Ok(notice)
}

async fn notice(db: &mut Db, told: &[DueRow], now: Millis) -> Result<Option<Notice>> {
    let reminders = told.iter().map(|row| row.id).collect();
    Ok(match told {
        [] => None,
        [one] => {
            let reason = plain(&today::reason(db, one.promise_id, now).await?);
            Some(Notice {
                title: one.name.clone(),
                body: reason,
                opens: Opens::Brief { person: one.person_id, promise: one.promise_id },
                reminders,
            })
        }
        many => {
            let mut names: Vec<String> = Vec::new();
            for row in many {
                if !names.contains(&row.name) {
                    names.push(row.name.clone());
                }
            }
            let (title, body) = say::summary(&names, many.len());
            Some(Notice { title, body, opens: Opens::Inbox, reminders })
        }
    })
}

/// When to look next: the first reminder that waits, or the end of the quiet hours if that is later.
pub async fn next_due(book: &Book) -> Result<Option<Millis>> {
    let mut db = book.read().await?;
    let due: Option<(Millis,)> = db.maybe(&NEXT_DUE, args![]).await?;
    let Some((due,)) = due else { return Ok(None) };
    let association = standards::association(&mut db).await?;
    let at = Millis(due.0.max(book.now().0));
    Ok(Some(quiet_until(&association, at)?.unwrap_or(due)))
}

/// The end of the quiet hours that `at` is in.
fn quiet_until(association: &standards::Association, at: Millis) -> Result<Option<Millis>> {
    let (from, to) = (association.quiet_from_minute, association.quiet_to_minute);
    if from == to {
        return Ok(None);
    }
    let zone = association.tz()?;
    let is_quiet = |at: Millis| {
        use chrono::Timelike as _;
        let wall = at.in_zone(zone);
        let minute = (wall.hour() * 60 + wall.minute()) as u16;
        if from < to { (from..to).contains(&minute) } else { minute >= from || minute < to }
    };
    if !is_quiet(at) {
        return Ok(None);
    }
    // By the minute, since a clock change may fall into the night; at most a day of them.
    let mut end = Millis(at.0 - at.0.rem_euclid(MINUTE_MS));
    while is_quiet(end) && end.since(at) < 2 * DAY_MS {
        end = end.plus_ms(MINUTE_MS);
    }
    Ok(Some(end))
}

/// Tells it again at `until`.
pub async fn snooze(edit: &mut Edit, reminder: ReminderId, until: Millis) -> Result<()> {
    edit.run(&SNOOZE, args![reminder, until]).await?;
    edit.also_changed("reminder");
    Ok(())
}

/// The reminder of a promise, from Today: the promise stays due when it is due.
pub async fn snooze_promise(edit: &mut Edit, promise: PromiseId, until: Millis) -> Result<()> {
    if until <= edit.at {
        return Err(crate::Error::invalid("That time has passed already."));
    }
    edit.run(&SNOOZE_PROMISE, args![promise, until]).await?;
    edit.also_changed("reminder");
    Ok(())
}

pub async fn mark_seen(edit: &mut Edit, reminder: ReminderId) -> Result<()> {
    let at = edit.at;
    edit.run(&SEEN, args![reminder, at]).await?;
    edit.also_changed("reminder");
    Ok(())
}

/// Off the inbox; the promise is as open as before.
pub async fn dismiss(edit: &mut Edit, reminder: ReminderId) -> Result<()> {
    let at = edit.at;
    edit.run(&DISMISS, args![reminder, at]).await?;
    edit.also_changed("reminder");
    Ok(())
}

/// What was told and still is open, newest first; at most 200.
pub async fn inbox(db: &mut Db, now: Millis) -> Result<Vec<InboxItem>> {
    let rows: Vec<InboxRow> = db.all(&INBOX, args![]).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let reason = plain(&today::reason(db, row.promise_id, now).await?);
        items.push(InboxItem {
            id: row.id,
            person: row.person_id,
            name: row.name,
            promise: row.promise_id,
            reason,
            due_ms: row.due_ms,
            shown_ms: row.shown_ms,
            seen: row.seen,
        });
    }
    Ok(items)
}

pub async fn count_unseen(db: &mut Db) -> Result<u32> {
    let count: i64 = db.scalar(&UNSEEN, args![]).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
