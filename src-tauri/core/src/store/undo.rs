//! Undo: an edit that puts back what another changed, row by row and field by field, and answers for every row.

mod brought;

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;

use serde::Serialize;
use serde_json::{Map, Value as Json};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::{Actor, Book, Edit, journal};
use crate::error::{Error, Result};
use crate::ids::{EditId, PersonId};
use crate::time::Millis;
use crate::{args, statements, words};

words! {
    /// What became of one row when its edit was undone.
    pub enum Fate {
        Reversed = "reversed",
        /// Someone edited it since: theirs stands.
        Kept = "kept",
        Failed = "failed",
    }
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct UndoneRow {
    pub table: String,
    pub row: String,
    pub person: Option<PersonId>,
    pub fate: Fate,
    /// Why it was kept or failed; empty where it was reversed.
    pub why: String,
}

/// The answer for every row of an undone edit. `rows` lists those that were not reversed, at most a thousand of them.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Undone {
    pub edit: Option<EditId>,
    pub action: String,
    pub label: String,
    pub reversed: u32,
    pub kept: u32,
    pub failed: u32,
    pub rows: Vec<UndoneRow>,
}

impl Undone {
    fn count(&mut self, row: UndoneRow) {
        match row.fate {
            Fate::Reversed => self.reversed += 1,
            Fate::Kept => self.kept += 1,
            Fate::Failed => self.failed += 1,
        }
        if row.fate != Fate::Reversed && self.rows.len() < 1_000 {
            self.rows.push(row);
        }
    }
}

const CHANGED_SINCE: &str = "They were changed since.";
const BELONGS_TO_IT: &str = "Something that came later belongs to it.";

/// One edit, for the list of what was done.
#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct EditLine {
    pub id: EditId,
    pub at_ms: Millis,
    pub actor: Option<String>,
    pub action: String,
    pub label: String,
    pub undone: bool,
}

/// One field of one row that an edit changed, for a person's history.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FieldChange {
    pub seq: u32,
    pub edit: EditId,
    pub at_ms: Millis,
    pub actor: Option<String>,
    pub action: String,
    pub table: String,
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

statements! {
    LAST_EDIT_OF = "SELECT id FROM edit WHERE undone_by IS NULL AND undoes IS NULL AND NOT aside AND actor_id = $1 \
        ORDER BY id DESC LIMIT 1";
    LAST_UNDO_OF = "SELECT e.id FROM edit e WHERE e.undoes IS NOT NULL AND e.undone_by IS NULL AND e.actor_id = $1 \
        AND NOT EXISTS (SELECT 1 FROM edit l WHERE l.id > e.id AND l.actor_id = $1 AND l.undoes IS NULL AND NOT l.aside) \
        ORDER BY e.id DESC LIMIT 1";
    EDIT_LINE = "SELECT e.id, e.at_ms, v.name AS actor, e.action, e.label, e.undone_by IS NOT NULL AS undone \
        FROM edit e LEFT JOIN volunteer v ON v.id = e.actor_id WHERE e.id = $1";
    LAST_EDITS = "SELECT e.id, e.at_ms, v.name AS actor, e.action, e.label, e.undone_by IS NOT NULL AS undone \
        FROM edit e LEFT JOIN volunteer v ON v.id = e.actor_id ORDER BY e.id DESC LIMIT $1";
    MARK_UNDONE = "UPDATE edit SET undone_by = $2 WHERE id = $1";
    MARK_NOT_UNDONE = "UPDATE edit SET undone_by = NULL WHERE id = $1";
    REMIND_AGAIN = "UPDATE reminder SET state = 'waiting' WHERE state = 'done' AND promise_id IN \
        (SELECT p.id FROM journal j JOIN promise p ON p.id = j.row_id WHERE j.edit_id = $1 AND j.tbl = 'promise' AND p.state = 'open')";
    // The promise's own id serves: a promise has one reminder.
    REMINDERS_MISSING = "INSERT INTO reminder (id, promise_id, due_ms, state, shown_ms, seen_ms) \
        SELECT p.id, p.id, COALESCE(p.next_try_ms, p.due_ms), 'waiting', NULL, NULL \
        FROM promise p WHERE p.state = 'open' AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.promise_id = p.id) \
        AND p.id IN (SELECT row_id FROM journal WHERE edit_id = $1 AND tbl = 'promise')";
    // A step of a plan is told of when it may begin, wherever it was moved and moved back.
    REMIND_AS_BEFORE = "UPDATE reminder SET due_ms = (SELECT COALESCE(p.next_try_ms, p.from_ms, p.due_ms) FROM promise p \
          WHERE p.id = reminder.promise_id) WHERE state = 'waiting' AND promise_id IN (SELECT p.id FROM journal j \
          JOIN promise p ON p.id = j.row_id WHERE j.edit_id = $1 AND j.tbl = 'promise' AND j.op = 'update' \
          AND p.kind = 'plan_step')";
    WHAT_IT_UNDID = "SELECT undoes FROM edit WHERE id = $1";
    HISTORY_OF_PERSON = "SELECT j.seq, j.edit_id, e.at_ms, v.name AS actor, e.action, j.tbl, j.before, j.after \
        FROM journal j JOIN edit e ON e.id = j.edit_id LEFT JOIN volunteer v ON v.id = e.actor_id \
        WHERE j.person_id = $1 AND j.op = 'update' ORDER BY j.seq DESC LIMIT 200";
    ONE_CHANGE = "SELECT j.seq, j.edit_id, e.at_ms, v.name AS actor, e.action, j.tbl, j.before, j.after \
        FROM journal j JOIN edit e ON e.id = j.edit_id LEFT JOIN volunteer v ON v.id = e.actor_id \
        WHERE j.seq = $1 AND j.person_id = $2 AND j.op = 'update'";
    ROW_OF_CHANGE = "SELECT row_id FROM journal WHERE seq = $1";
}

/// What an area made of taking back an edit of its own.
#[derive(Default)]
pub struct Tally {
    pub reversed: u32,
    pub kept: u32,
    /// Whose, and why.
    pub failed: Vec<(PersonId, String)>,
}

type Reversing<'a> = Pin<Box<dyn Future<Output = Result<Tally>> + Send + 'a>>;

/// How an area takes back an edit of its own that means more than its rows. [`reversals!`](crate::reversals) makes one.
pub struct Reversal {
    pub action: &'static str,
    pub reverse: for<'a> fn(&'a mut Edit, EditId) -> Reversing<'a>,
}

#[doc(hidden)]
#[allow(unsafe_code, reason = "linkme places the static in a section of its own")]
#[linkme::distributed_slice]
pub static REVERSALS: [Reversal];

/// Declares how edits of an action are taken back: `reversals! { NAME = "action", function; }`.
#[macro_export]
macro_rules! reversals {
    ($($(#[$meta:meta])* $name:ident = $action:literal, $reverse:expr;)*) => {$(
        $(#[$meta])*
        #[allow(unsafe_code, reason = "linkme places the static in a section of its own")]
        #[linkme::distributed_slice($crate::store::REVERSALS)]
        static $name: $crate::store::Reversal = $crate::store::Reversal { action: $action, reverse: $reverse };
    )*};
}

#[derive(sqlx::FromRow)]
struct ChangeRow {
    seq: i64,
    edit_id: EditId,
    at_ms: Millis,
    actor: Option<String>,
    action: String,
    tbl: String,
    before: Option<String>,
    after: Option<String>,
}

struct Entry {
    seq: i64,
    table: String,
    row: Vec<u8>,
    person: Option<Vec<u8>>,
    op: String,
    before: Map<String, Json>,
    after: Map<String, Json>,
}

/// Undoes the last edit of this actor that still stands; `None` where there is none.
pub async fn undo_last(book: &Book, actor: Actor) -> Result<Option<Undone>> {
    let Some(volunteer) = actor.volunteer() else { return Ok(None) };
    let last: Option<(EditId,)> = book.read().await?.maybe(&LAST_EDIT_OF, args![volunteer]).await?;
    match last {
        Some((edit,)) => undo(book, actor, edit).await.map(Some),
        None => Ok(None),
    }
}

/// Undoes the last undo of this actor, unless something else was done since.
pub async fn redo_last(book: &Book, actor: Actor) -> Result<Option<Undone>> {
    let Some(volunteer) = actor.volunteer() else { return Ok(None) };
    let last: Option<(EditId,)> = book.read().await?.maybe(&LAST_UNDO_OF, args![volunteer]).await?;
    match last {
        Some((edit,)) => undo(book, actor, edit).await.map(Some),
        None => Ok(None),
    }
}

pub async fn last_edits(book: &Book, limit: u32) -> Result<Vec<EditLine>> {
    book.read().await?.all(&LAST_EDITS, args![limit]).await
}

/// Undoes one edit. Rows that someone changed since are kept, and said so.
pub async fn undo(book: &Book, actor: Actor, id: EditId) -> Result<Undone> {
    undo_telling(book, actor, id, &mut |_, _, _| {}).await
}

/// As [`undo`], and tells of each row whose it is, what became of it, and why where it is not reversed.
pub async fn undo_telling(
    book: &Book,
    actor: Actor,
    id: EditId,
    tell: &mut (dyn FnMut(Option<PersonId>, Fate, &str) + Send),
) -> Result<Undone> {
    let line: EditLine = book.read().await?.one(&EDIT_LINE, args![id], "edit").await?;
    if line.undone {
        return Err(Error::invalid("This was undone before."));
    }
    let mut edit = book.write_undoing(actor, id).await?;
    edit.about(line.label.clone());
    let mut done = Undone {
        edit: Some(edit.id),
        action: line.action,
        label: line.label,
        reversed: 0,
        kept: 0,
        failed: 0,
        rows: Vec::new(),
    };
    if let Some(reversal) = REVERSALS.iter().find(|reversal| reversal.action == done.action) {
        return take_back(edit, id, done, reversal).await;
    }
    let grown = grown(&mut edit, id).await?;
    let made = made(&mut edit, id).await?;
    // What the list said of them later on goes with them.
    let brought = brought::take_away(&mut edit, id, &grown, tell, &mut done).await?;
    let mut tables = HashMap::new();
    // Newest first, in batches, so that an import of any size is undone in bounded memory.
    let mut below = i64::MAX;
    loop {
        let batch = entries(edit.connection(), id, below, 500).await?;
        let Some(last) = batch.last() else { break };
        below = last.seq;
        for entry in batch {
            let person = entry.person.as_ref().and_then(|p| uuid::Uuid::from_slice(p).ok()).map(PersonId);
            let (fate, why) = match person {
                Some(person) if grown.contains(&person) => (Fate::Kept, CHANGED_SINCE.to_owned()),
                Some(person) if brought && brought::is_gone(&mut edit, person).await? => continue,
                // Nobody touched any row of someone who was made here and has not grown: that is known for all at once.
                Some(person) if made.contains(&person) => reverse(&mut edit, id, &entry, &mut tables, false).await?,
                _ => reverse(&mut edit, id, &entry, &mut tables, true).await?,
            };
            tell(person, fate, &why);
            done.count(UndoneRow { table: entry.table, row: super::vault::hex(&entry.row), person, fate, why });
        }
    }
    finish(edit, id, done).await
}

/// As the area that made the edit takes it back.
async fn take_back(mut edit: Edit, id: EditId, mut done: Undone, reversal: &Reversal) -> Result<Undone> {
    let tally = (reversal.reverse)(&mut edit, id).await?;
    (done.reversed, done.kept) = (tally.reversed, tally.kept);
    done.failed = u32::try_from(tally.failed.len()).unwrap_or(u32::MAX);
    for (person, why) in tally.failed {
        let (table, row) = ("person".to_owned(), super::vault::hex(person.0.as_bytes()));
        done.rows.push(UndoneRow { table, row, person: Some(person), fate: Fate::Failed, why });
    }
    finish(edit, id, done).await
}

async fn finish(mut edit: Edit, id: EditId, done: Undone) -> Result<Undone> {
    // Where nothing could go back, nothing was undone: the edit stands and may be tried again.
    if done.reversed == 0 {
        return Ok(Undone { edit: None, ..done });
    }
    let undoing = edit.id;
    // Reminders are the machine's and not in the journal: what is owed again reminds again.
    edit.run(&REMIND_AGAIN, args![undoing]).await?;
    edit.run(&REMINDERS_MISSING, args![undoing]).await?;
    edit.run(&REMIND_AS_BEFORE, args![undoing]).await?;
    edit.also_changed("reminder");
    edit.run(&MARK_UNDONE, args![id, undoing]).await?;
    // Undoing an undo: the first edit stands again.
    let first: Option<(Option<EditId>,)> = edit.maybe(&WHAT_IT_UNDID, args![id]).await?;
    if let Some((Some(first),)) = first {
        edit.run(&MARK_NOT_UNDONE, args![first]).await?;
    }
    edit.commit().await?;
    Ok(done)
}

/// People whom this edit made and someone else has worked with since: they stay whole, with their numbers and roles.
async fn grown(edit: &mut Edit, undone: EditId) -> Result<HashSet<PersonId>> {
    let own = edit.id;
    let rows = sqlx::query(
        "SELECT DISTINCT j.person_id FROM journal n JOIN journal j ON j.person_id = n.row_id AND j.seq > n.seq \
         JOIN edit e ON e.id = j.edit_id WHERE n.edit_id = $1 AND n.tbl = 'person' AND n.op = 'insert' \
         AND j.edit_id NOT IN ($1, $2) AND e.undone_by IS NULL AND e.undoes IS NULL \
         UNION SELECT j.person_id FROM person p JOIN journal j ON j.person_id = p.id JOIN edit e ON e.id = j.edit_id \
         WHERE p.came_with = $1 AND j.edit_id NOT IN ($1, $2) AND e.undone_by IS NULL AND e.undoes IS NULL",
    )
    .bind(undone)
    .bind(own)
    .fetch_all(edit.connection())
    .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// People whom this edit made.
async fn made(edit: &mut Edit, undone: EditId) -> Result<HashSet<PersonId>> {
    let rows = sqlx::query("SELECT row_id FROM journal WHERE edit_id = $1 AND tbl = 'person' AND op = 'insert'")
        .bind(undone)
        .fetch_all(edit.connection())
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

async fn entries(connection: &mut SqliteConnection, edit: EditId, below: i64, limit: i64) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT seq, tbl, row_id, person_id, op, before, after FROM journal WHERE edit_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
    )
    .bind(edit)
    .bind(below)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Entry {
                seq: row.get(0),
                table: row.get(1),
                row: row.get(2),
                person: row.get(3),
                op: row.get(4),
                before: object(row.get(5))?,
                after: object(row.get(6))?,
            })
        })
        .collect()
}

fn object(text: Option<String>) -> Result<Map<String, Json>> {
    match text.as_deref().map(serde_json::from_str::<Json>) {
        None => Ok(Map::new()),
        Some(Ok(Json::Object(map))) => Ok(map),
        _ => Err(Error::internal("A journal entry is not a JSON object.")),
    }
}

type Tables = HashMap<String, Vec<journal::Column>>;

async fn reverse(
    edit: &mut Edit,
    undone: EditId,
    entry: &Entry,
    tables: &mut Tables,
    look: bool,
) -> Result<(Fate, String)> {
    let own = edit.id;
    let connection = edit.connection();
    if !tables.contains_key(&entry.table) {
        tables.insert(entry.table.clone(), journal::columns_of(connection, &entry.table).await?);
    }
    let columns = &tables[&entry.table];
    let blob = |name: &str| columns.iter().any(|c| c.name == name && c.blob);
    let slot = |name: &str, at: usize| if blob(name) { format!("unhex(NULLIF(${at}, ''))") } else { format!("${at}") };
    match entry.op.as_str() {
        "insert" => {
            // Someone else's later edit of this row keeps it, unless that edit was itself undone.
            let later: i64 = if !look {
                0
            } else {
                sqlx::query_scalar(
                "SELECT COUNT(*) FROM journal j JOIN edit e ON e.id = j.edit_id WHERE j.row_id = $1 AND j.tbl = $2 AND j.seq > $3 \
                 AND j.edit_id NOT IN ($4, $5) AND e.undone_by IS NULL AND (e.undoes IS NULL OR e.undoes NOT IN (SELECT edit_id FROM journal WHERE row_id = $1))",
            )
            .bind(&entry.row)
            .bind(&entry.table)
            .bind(entry.seq)
            .bind(undone)
            .bind(own)
            .fetch_one(&mut *connection)
            .await?
            };
            if later > 0 {
                return Ok((Fate::Kept, "It was changed since.".into()));
            }
            let sql = format!("DELETE FROM {} WHERE id = $1", entry.table);
            let done = sqlx::query(AssertSqlSafe(sql)).bind(&entry.row).execute(connection).await;
            match done {
                Ok(done) if done.rows_affected() == 0 => Ok((Fate::Kept, "It was removed since.".into())),
                Ok(_) => Ok((Fate::Reversed, String::new())),
                Err(error) if is_constraint(&error) => Ok((Fate::Kept, BELONGS_TO_IT.into())),
                Err(error) => Err(error.into()),
            }
        }
        "delete" => {
            let names: Vec<&String> = entry.before.keys().collect();
            let slots: Vec<String> = names.iter().enumerate().map(|(at, name)| slot(name, at + 1)).collect();
            let list = names.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", ");
            let sql = format!("INSERT INTO {} ({list}) VALUES ({})", entry.table, slots.join(", "));
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for name in names {
                query = bind_json(query, &entry.before[name]);
            }
            match query.execute(connection).await {
                Ok(_) => Ok((Fate::Reversed, String::new())),
                Err(error) if is_constraint(&error) => {
                    Ok((Fate::Failed, "Another one has taken its place since.".into()))
                }
                Err(error) => Err(error.into()),
            }
        }
        _ => {
            // All fields in one statement first: CHECKs tie columns together (a promise's state and its end).
            if let Some(fate) = whole_update(connection, entry, &slot).await? {
                return Ok(fate);
            }
            let mut kept: Vec<&str> = Vec::new();
            for (name, before) in &entry.before {
                let sql = format!(
                    "UPDATE {} SET {name} = {} WHERE id = $2 AND {name} IS {}",
                    entry.table,
                    slot(name, 1),
                    slot(name, 3)
                );
                let query = bind_json(sqlx::query(AssertSqlSafe(sql)), before).bind(&entry.row);
                let after = entry.after.get(name).unwrap_or(&Json::Null);
                match bind_json(query, after).execute(&mut *connection).await {
                    Ok(done) if done.rows_affected() == 1 => {}
                    Ok(_) => kept.push(name),
                    Err(error) if is_constraint(&error) => kept.push(name),
                    Err(error) => return Err(error.into()),
                }
            }
            Ok((Fate::Kept, format!("Changed since: {}.", kept.join(", "))))
        }
    }
}

/// `None` where a field is no longer what the edit made it.
async fn whole_update(
    connection: &mut SqliteConnection,
    entry: &Entry,
    slot: &impl Fn(&str, usize) -> String,
) -> Result<Option<(Fate, String)>> {
    let names: Vec<&String> = entry.before.keys().collect();
    // It was said again as it stood: there is nothing to put back.
    if names.is_empty() {
        return Ok(Some((Fate::Reversed, String::new())));
    }
    let count = names.len();
    let sets: Vec<String> = names.iter().enumerate().map(|(at, n)| format!("{n} = {}", slot(n, at + 2))).collect();
    let same: Vec<String> =
        names.iter().enumerate().map(|(at, n)| format!("{n} IS {}", slot(n, at + 2 + count))).collect();
    let sql = format!("UPDATE {} SET {} WHERE id = $1 AND {}", entry.table, sets.join(", "), same.join(" AND "));
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(&entry.row);
    for name in &names {
        query = bind_json(query, &entry.before[*name]);
    }
    for name in &names {
        query = bind_json(query, entry.after.get(*name).unwrap_or(&Json::Null));
    }
    match query.execute(connection).await {
        Ok(done) if done.rows_affected() == 1 => Ok(Some((Fate::Reversed, String::new()))),
        Ok(_) => Ok(None),
        Err(error) if is_constraint(&error) => {
            Ok(Some((Fate::Failed, "Another one has taken its place since.".into())))
        }
        Err(error) => Err(error.into()),
    }
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

fn bind_json<'q>(query: Query<'q>, value: &Json) -> Query<'q> {
    match value {
        Json::Null => query.bind(None::<i64>),
        Json::Bool(v) => query.bind(*v),
        Json::Number(v) => match v.as_i64() {
            Some(v) => query.bind(v),
            None => query.bind(v.as_f64().unwrap_or(0.0)),
        },
        Json::String(v) => query.bind(v.clone()),
        other => query.bind(other.to_string()),
    }
}

fn is_constraint(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(e) if e.is_foreign_key_violation() || e.is_unique_violation() || e.is_check_violation())
}

/// Every field of this person that was changed, newest first, at most 200 edits back.
pub async fn history(book: &Book, person: PersonId) -> Result<Vec<FieldChange>> {
    let rows: Vec<ChangeRow> = book.read().await?.all(&HISTORY_OF_PERSON, args![person]).await?;
    let mut changes = Vec::new();
    for row in rows {
        let (before, after) = (object(row.before.clone())?, object(row.after.clone())?);
        for (field, was) in &before {
            // What is worked out from other fields, and whose record a row was part of.
            if ["sort_key", "sound_key", "folded", "person_id", "merged_into"].contains(&field.as_str()) {
                continue;
            }
            changes.push(FieldChange {
                seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
                edit: row.edit_id,
                at_ms: row.at_ms,
                actor: row.actor.clone(),
                action: row.action.clone(),
                table: row.tbl.clone(),
                field: field.clone(),
                before: plain(was),
                after: after.get(field).and_then(plain),
            });
        }
    }
    Ok(changes)
}

fn plain(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// Puts one field back to what it was before one change, whatever happened since. A new edit like any other.
pub async fn restore_field(book: &Book, actor: Actor, person: PersonId, seq: u32, field: &str) -> Result<EditId> {
    let mut db = book.read().await?;
    let row: ChangeRow = db.one(&ONE_CHANGE, args![seq, person], "change").await?;
    let (row_id,): (Vec<u8>,) = db.one(&ROW_OF_CHANGE, args![seq], "change").await?;
    drop(db);
    let before = object(row.before)?;
    let was = before.get(field).ok_or_else(|| Error::not_found("This change did not touch that field."))?;
    let mut edit = book.write(actor, "restore_field").await?;
    let connection = edit.connection();
    let column = journal::columns_of(connection, &row.tbl).await?.into_iter().find(|c| c.name == field);
    let column = column.ok_or_else(|| Error::not_found("That field is not kept any more."))?;
    let slot = if column.blob { "unhex(NULLIF($1, ''))" } else { "$1" };
    let sql = format!("UPDATE {} SET {} = {slot} WHERE id = $2", row.tbl, column.name);
    let done = bind_json(sqlx::query(AssertSqlSafe(sql)), was).bind(row_id).execute(connection).await;
    let done = done.map_err(|error| match is_constraint(&error) {
        true => Error::refused(
            "This goes together with what else was done then, and cannot go back alone. Undo all of it under Settings, \
             What was done.",
        ),
        false => error.into(),
    })?;
    if done.rows_affected() == 0 {
        return Err(Error::not_found("What this field belonged to is not in the book any more."));
    }
    edit.commit().await
}
