//! One's own promises as a calendar (RFC 5545): written once, or kept at a place that a calendar program subscribes to.
//!
//! It leaves the encrypted book, so names stand in it only where somebody chose that, and numbers never.
//!
//! A promise that was renegotiated is the same event: its identifier is that of the first promise, and its number of changes is
//! that of the journal's last line about any of them, which grows whatever is done, undone or moved.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use serde::Serialize;

use super::whole_file;
use crate::error::{Error, Result};
use crate::ids::{CalendarFileId, PromiseId, VolunteerId};
use crate::people::said_numbers;
use crate::promises::ledger::{PromiseKind, PromiseState};
use crate::store::{Actor, Book, Db, Value};
use crate::team::{standards, volunteers};
use crate::time::{DAY_MS, MINUTE_MS, Millis};
use crate::{args, statements};

/// How long a promise that ended stays in it, as called off: so that every subscriber sees it.
const CALLED_OFF_MS: i64 = 30 * DAY_MS;
const LASTS_MS: i64 = 15 * MINUTE_MS;
const NOBODY_CHANGED_IT: u32 = 0;

/// Where one's own calendar is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type, sqlx::FromRow)]
pub struct CalendarFile {
    pub volunteer: VolunteerId,
    pub path: String,
    /// Whom a promise is made to stands in it.
    pub names: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PromiseId,
    kind: PromiseKind,
    unrung: bool,
    due_ms: Millis,
    next_try_ms: Option<Millis>,
    state: PromiseState,
    made_ms: Millis,
    name: String,
}

#[derive(sqlx::FromRow)]
struct Changed {
    row_id: PromiseId,
    seq: i64,
    at_ms: Millis,
}

statements! {
    OWN = "SELECT p.id, p.kind, p.unrung, p.due_ms, p.next_try_ms, p.state, p.made_ms, h.name FROM promise p \
        JOIN person h ON h.id = p.person_id WHERE p.keeper_id = $1 \
        AND (p.state = 'open' OR (p.state IN ('kept', 'released') AND p.ended_ms >= $2)) ORDER BY p.id";
    REPLACED = "SELECT p.replaced_by, p.id FROM promise p WHERE p.replaced_by IS NOT NULL";
    CHANGED = "SELECT j.row_id, MAX(j.seq) AS seq, MAX(e.at_ms) AS at_ms FROM journal j JOIN edit e ON e.id = j.edit_id \
        WHERE j.row_id IN ($1) GROUP BY j.row_id";
    FILES = "SELECT volunteer_id AS volunteer, path, names FROM calendar_file ORDER BY id";
    FORGET = "DELETE FROM calendar_file WHERE volunteer_id = $1";
    ADD = "INSERT INTO calendar_file (id, volunteer_id, path, names) VALUES ($1, $2, $3, $4)";
}

/// The calendar of what this volunteer keeps, as a file's text.
pub async fn calendar(db: &mut Db, now: Millis, whose: VolunteerId, names: bool) -> Result<String> {
    let association = standards::association(db).await?;
    let rows: Vec<Row> = db.all(&OWN, args![whose, now.plus_ms(-CALLED_OFF_MS)]).await?;
    let before: HashMap<PromiseId, PromiseId> =
        db.all::<(PromiseId, PromiseId)>(&REPLACED, args![]).await?.into_iter().collect();
    let line = |id: PromiseId| std::iter::successors(Some(id), |id| before.get(id).copied());
    let ids: Vec<Value> = rows.iter().flat_map(|row| line(row.id)).map(Value::from).collect();
    let changed: Vec<Changed> = db.among(&CHANGED, ids).await?;
    let changed: HashMap<PromiseId, Changed> = changed.into_iter().map(|row| (row.row_id, row)).collect();
    let mut calendar = Calendar::new();
    calendar.name(&association.name);
    calendar.append_property(Property::new("PRODID", "-//Wellmet//Promises//EN"));
    for row in &rows {
        let first = line(row.id).last().unwrap_or(row.id);
        let last = line(row.id).filter_map(|id| changed.get(&id)).max_by_key(|row| row.seq);
        let sequence = last.map_or(NOBODY_CHANGED_IT, |last| u32::try_from(last.seq).unwrap_or(u32::MAX));
        let at = last.map_or(row.made_ms, |last| last.at_ms);
        let begins = row.next_try_ms.map_or(row.due_ms, |next| next.max(row.due_ms));
        let mut event = Event::new();
        event
            .uid(&format!("{first}@wellmet"))
            // Without a method these two say the same, and a file in which nothing changed stays the same to the byte.
            .timestamp(at.utc())
            .last_modified(at.utc())
            .sequence(sequence)
            .starts(begins.utc())
            .ends(begins.plus_ms(LASTS_MS).utc())
            .summary(&summary(row, names.then_some(association.country.as_str())))
            .status(if row.state == PromiseState::Open { EventStatus::Confirmed } else { EventStatus::Cancelled })
            // It is a time by which, and keeps nobody from anything.
            .append_property(Property::new("TRANSP", "TRANSPARENT"));
        calendar.push(event.done());
    }
    Ok(calendar.done().to_string())
}

/// Without a number in it: somebody of whom only that is known is called by it.
fn summary(row: &Row, names_in: Option<&str>) -> String {
    let what = match row.kind {
        PromiseKind::Decision => "Decide",
        PromiseKind::PlanStep if row.unrung => "A step of a plan",
        PromiseKind::OwnWord => "Keep your word",
        PromiseKind::Callback | PromiseKind::PlanStep | PromiseKind::RecoveryCheck => "Call back",
    };
    match names_in {
        Some(country) => format!("{what}: {}", said_numbers::covered(&row.name, country)),
        None => what.to_owned(),
    }
}

/// Writes it once. Answers where it stands.
pub async fn write(book: &Book, whose: VolunteerId, names: bool, to: &Path) -> Result<PathBuf> {
    is_ics(to)?;
    let text = calendar(&mut book.read().await?, book.now(), whose, names).await?;
    whole_file::write(to, text.as_bytes())
}

fn is_ics(to: &Path) -> Result<()> {
    if to.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics")) {
        return Ok(());
    }
    Err(Error::invalid(format!("{} has to end in .ics: calendar programs go by that.", to.display())))
}

/// Where this volunteer's is kept, if it is.
pub async fn kept(db: &mut Db, whose: VolunteerId) -> Result<Option<CalendarFile>> {
    let all: Vec<CalendarFile> = db.all(&FILES, args![]).await?;
    Ok(all.into_iter().find(|file| file.volunteer == whose))
}

/// Keeps it at this place from now on, or no longer. What stands there is taken away with it: nobody sees to it any more.
pub async fn keep(book: &Book, actor: Actor, whose: VolunteerId, at: Option<(&Path, bool)>) -> Result<()> {
    let all: Vec<CalendarFile> = book.read().await?.all(&FILES, args![]).await?;
    let (before, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|file| file.volunteer == whose);
    let to = match at {
        Some((path, names)) => {
            let to = std::path::absolute(path)?;
            if others.iter().any(|file| Path::new(&file.path) == to) {
                let to = to.display();
                return Err(Error::refused(format!("{to} is somebody else's calendar already. Choose another name.")));
            }
            // It can be written before it is promised that it will be.
            Some((write(book, whose, names, &to).await?, names))
        }
        None => None,
    };
    let mut edit = book.write(actor, "keep_calendar").await?;
    edit.run(&FORGET, args![whose]).await?;
    if let Some((path, names)) = &to {
        let path = path.to_str().ok_or_else(|| Error::invalid("This path has letters that cannot be kept."))?;
        edit.run(&ADD, args![CalendarFileId::new(), whose, path, *names]).await?;
    }
    edit.commit().await?;
    if let Some(before) = before.first()
        && to.as_ref().is_none_or(|(path, _)| Path::new(&before.path) != path)
    {
        // Where somebody took it away already there is nothing to do.
        let _ = std::fs::remove_file(&before.path);
    }
    Ok(())
}

/// Writes anew each that differs from what stands in its place. Answers whose could not be written, and why in words.
pub async fn refresh(book: &Book) -> Result<Vec<(VolunteerId, String)>> {
    let mut db = book.read().await?;
    let files: Vec<CalendarFile> = db.all(&FILES, args![]).await?;
    let mut faults = Vec::new();
    for file in files {
        // Whoever has left keeps nothing any more.
        if volunteers::get(&mut db, file.volunteer).await?.left {
            continue;
        }
        let text = calendar(&mut db, book.now(), file.volunteer, file.names).await?;
        if std::fs::read(&file.path).is_ok_and(|there| there == text.as_bytes()) {
            continue;
        }
        if let Err(error) = whole_file::write(Path::new(&file.path), text.as_bytes()) {
            faults.push((file.volunteer, format!("The calendar of promises is not up to date. {}", error.message)));
        }
    }
    Ok(faults)
}
