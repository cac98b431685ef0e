//! The one door: an edit writes its rows, its journal and one change event, or nothing.
//!
//! The journal is kept by triggers that this file makes from the tables themselves, so that no function of an area can
//! forget it, and a write outside an edit fails on the spot.

use std::collections::BTreeSet;

use serde::Serialize;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};
use tokio::sync::broadcast;

use super::bulk;
use super::db::{Db, Link};
use super::{Sql, Value};
use crate::error::{Code, Error, Result};
use crate::ids::{EditId, VolunteerId};
use crate::statements;
use crate::time::Millis;

/// Tables whose rows are not journalled: the journal's own, the machine's bookkeeping, the search index, what is still being
/// written, who may be there twice, how far plans have followed, and the answers to who is meant: nobody undoes a wrong one.
const UNJOURNALLED: &[&str] = &[
    "edit",
    "journal",
    "current_edit",
    "import",
    "export_log",
    "reminder",
    "script_draft",
    "called_word",
    "plan_draft",
    "confirmation",
    "suspect",
    "suspects_looked_for",
    "plan_watch",
];

/// Who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Volunteer(VolunteerId),
    /// Wellmet itself: a timer, a migration, the command line without a volunteer.
    Wellmet,
}

impl Actor {
    pub fn volunteer(self) -> Option<VolunteerId> {
        match self {
            Self::Volunteer(id) => Some(id),
            Self::Wellmet => None,
        }
    }
}

/// What an edit changed, by table: the window asks anew for what it shows of these.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Change {
    pub edit: EditId,
    pub tables: Vec<String>,
}

/// A write in progress. Dropped without [`commit`](Edit::commit), it never was.
pub struct Edit {
    db: Db,
    pub id: EditId,
    pub actor: Actor,
    /// The instant of the whole edit.
    pub at: Millis,
    label: String,
    aside: bool,
    brings: bool,
    also: Vec<String>,
    /// What the journal held before: an edit may go on over several transactions, and each answers for its own part.
    before: i64,
    bus: broadcast::Sender<Change>,
}

impl std::ops::Deref for Edit {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl std::ops::DerefMut for Edit {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.db
    }
}

statements! {
    OPEN_EDIT = "INSERT INTO edit (id, at_ms, actor_id, action, label, undoes) VALUES ($1, $2, $3, $4, '', $5)";
    BEGIN_CURRENT = "INSERT INTO current_edit (one, edit_id) VALUES (1, $1)";
    END_CURRENT = "DELETE FROM current_edit";
    LABEL_EDIT = "UPDATE edit SET label = $2 WHERE id = $1";
    SET_ASIDE = "UPDATE edit SET aside = $2 WHERE id = $1";
    JOURNAL_END = "SELECT COALESCE(MAX(seq), 0) FROM journal";
    TOUCHED_TABLES = "SELECT DISTINCT tbl FROM journal WHERE edit_id = $1 AND seq > $2";
    // An undo that had nothing to put back is what its edit was undone by.
    DROP_EMPTY_EDIT = "DELETE FROM edit WHERE id = $1 AND undoes IS NULL AND NOT EXISTS (SELECT 1 FROM journal WHERE edit_id = $1) \
        AND NOT EXISTS (SELECT 1 FROM person WHERE came_with = $1)";
    CHANGED_AFTER = "SELECT seq, tbl, op, row_id, person_id, after FROM journal WHERE seq > $1 \
        AND tbl IN ('person', 'tag', 'inquiry', 'consent') AND person_id IS NOT NULL ORDER BY seq";
    UNDONE_AFTER = "SELECT DISTINCT j.person_id FROM journal j JOIN edit e ON e.id = j.edit_id WHERE j.seq > $1 \
        AND e.undoes IS NOT NULL AND j.tbl = 'promise' AND j.op = 'update' AND j.person_id IS NOT NULL";
    EDIT_EXISTS = "SELECT COUNT(*) FROM edit WHERE id = $1";
}

impl Edit {
    pub(super) async fn open(
        transaction: sqlx::Transaction<'static, sqlx::Sqlite>,
        actor: Actor,
        action: &'static str,
        at: Millis,
        bus: broadcast::Sender<Change>,
        undoes: Option<EditId>,
        resumed: Option<EditId>,
    ) -> Result<Self> {
        let id = resumed.unwrap_or_else(EditId::new);
        let mut db = Db::new(Link::Writer(transaction));
        let exists: i64 = db.scalar(&EDIT_EXISTS, crate::args![id]).await?;
        if exists == 0 {
            let args = crate::args![id, at, actor.volunteer(), action, undoes];
            db.execute(&OPEN_EDIT, args).await?;
        }
        db.execute(&BEGIN_CURRENT, crate::args![id]).await?;
        let before: i64 = db.scalar(&JOURNAL_END, crate::args![]).await?;
        Ok(Self { db, id, actor, at, label: String::new(), aside: false, brings: false, also: Vec::new(), before, bus })
    }

    /// Whom or what the edit is about, for the list of edits and "Undone: …".
    pub fn about(&mut self, label: impl Into<String>) {
        self.label = label.into();
    }

    /// Undo and redo pass over this edit: a note being typed, a step of a script.
    pub fn aside(&mut self) {
        self.aside = true;
    }

    /// Names a table without a journal (reminders, imports) in the change event.
    pub fn also_changed(&mut self, table: &str) {
        self.also.push(table.into());
    }

    /// Runs a statement that changes rows; answers how many.
    pub async fn run(&mut self, sql: &'static Sql, args: Vec<Value>) -> Result<u64> {
        self.db.execute(sql, args).await
    }

    /// An INSERT of one row, written before whatever is asked or run next. Many in a row become one statement, which is
    /// what makes long lists quick.
    pub fn add(&mut self, sql: &'static Sql, args: Vec<Value>) {
        if self.brings {
            self.db.brought.add(sql, args);
        } else {
            self.db.queued.add(sql, args);
        }
    }

    /// The rows that `add` adds are people whom a list brings, and what comes with them: the journal does not name each,
    /// and undoing takes them away whole.
    pub fn bring<T>(&mut self, add: impl FnOnce(&mut Self) -> T) -> T {
        for table in bulk::BROUGHT {
            if !self.also.iter().any(|known| known == table) {
                self.also.push((*table).to_owned());
            }
        }
        self.brings = true;
        let added = add(self);
        self.brings = false;
        added
    }

    /// What `person.came_with` is of whoever is added now.
    pub fn brings(&self) -> Option<EditId> {
        self.brings.then_some(self.id)
    }

    /// All of it, on disk, before this returns. An edit that changed nothing leaves no trace.
    pub async fn commit(mut self) -> Result<EditId> {
        self.db.flush().await?;
        super::search::reindex_touched(self.db.connection(), self.id, self.before).await?;
        if !self.label.is_empty() {
            let args = crate::args![self.id, std::mem::take(&mut self.label)];
            self.db.execute(&LABEL_EDIT, args).await?;
        }
        if self.aside {
            self.db.execute(&SET_ASIDE, crate::args![self.id, true]).await?;
        }
        let tables: Vec<(String,)> = self.db.all(&TOUCHED_TABLES, crate::args![self.id, self.before]).await?;
        self.db.execute(&DROP_EMPTY_EDIT, crate::args![self.id]).await?;
        self.db.execute(&END_CURRENT, vec![]).await?;
        let Link::Writer(transaction) = self.db.link else {
            return Err(Error::internal("An edit was opened on a reader."));
        };
        transaction.commit().await?;
        // No listener is no fault: the command line has none.
        let mut tables: Vec<String> = tables.into_iter().map(|(table,)| table).collect();
        tables.extend(self.also.into_iter().filter(|also| !tables.contains(also)).collect::<Vec<_>>());
        let _ = self.bus.send(Change { edit: self.id, tables });
        Ok(self.id)
    }
}

/// Something that happened to a person, as the journal has it: their record, a tag, an inquiry, a consent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Happening {
    pub seq: i64,
    pub tbl: String,
    /// `insert`, `update` or `delete`.
    pub op: String,
    pub row_id: uuid::Uuid,
    pub person_id: crate::ids::PersonId,
    /// JSON of what an update changed.
    pub after: Option<String>,
}

/// The number of the journal's last row.
pub async fn last_happening(db: &mut Db) -> Result<i64> {
    db.scalar(&JOURNAL_END, crate::args![]).await
}

/// What happened to people behind that row.
pub async fn happenings_after(db: &mut Db, seq: i64) -> Result<Vec<Happening>> {
    db.all(&CHANGED_AFTER, crate::args![seq]).await
}

/// Whose promises an undo changed behind that row.
pub async fn promises_undone_after(db: &mut Db, seq: i64) -> Result<Vec<crate::ids::PersonId>> {
    let rows: Vec<(crate::ids::PersonId,)> = db.all(&UNDONE_AFTER, crate::args![seq]).await?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// Makes the journal's triggers anew where the tables have changed since they were made.
pub(super) async fn ensure_triggers(connection: &mut SqliteConnection) -> Result<()> {
    let wanted = triggers(connection).await?;
    let there = sqlx::query(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal\\_%' ESCAPE '\\'",
    )
    .fetch_all(&mut *connection)
    .await?;
    let there: BTreeSet<(String, String)> = there.iter().map(|row| (row.get(0), row.get(1))).collect();
    if there == wanted {
        return Ok(());
    }
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *connection).await?;
    for (name, _) in &there {
        sqlx::query(AssertSqlSafe(format!("DROP TRIGGER {name}"))).execute(&mut *connection).await?;
    }
    for (_, sql) in &wanted {
        sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut *connection).await?;
    }
    sqlx::query("COMMIT").execute(&mut *connection).await?;
    Ok(())
}

pub(super) struct Column {
    pub name: String,
    pub blob: bool,
}

pub(super) async fn columns_of(connection: &mut SqliteConnection, table: &str) -> Result<Vec<Column>> {
    let rows = sqlx::query("SELECT name, type FROM pragma_table_info($1)").bind(table).fetch_all(connection).await?;
    Ok(rows
        .iter()
        .map(|row| Column { name: row.get(0), blob: row.get::<String, _>(1).eq_ignore_ascii_case("BLOB") })
        .collect())
}

pub(super) async fn journalled_tables(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let rows = sqlx::query(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY name",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.iter().map(|row| row.get::<String, _>(0)).filter(|name| !UNJOURNALLED.contains(&name.as_str())).collect())
}

async fn triggers(connection: &mut SqliteConnection) -> Result<BTreeSet<(String, String)>> {
    let mut wanted = BTreeSet::new();
    for table in journalled_tables(connection).await? {
        let columns = columns_of(connection, &table).await?;
        let person = if table == "person" {
            "id"
        } else if columns.iter().any(|column| column.name == "person_id") {
            "person_id"
        } else {
            ""
        };
        let whose = |row: &str| if person.is_empty() { "NULL".to_owned() } else { format!("{row}.{person}") };
        let value = |row: &str, column: &Column| {
            if column.blob { format!("hex({row}.{0})", column.name) } else { format!("{row}.{}", column.name) }
        };
        // NULL and the empty BLOB are both '' in hex(); ids are never empty, so '' reads back as NULL.
        let whole = |row: &str| {
            let pairs: Vec<String> = columns.iter().map(|c| format!("'{}', {}", c.name, value(row, c))).collect();
            format!("json_object({})", pairs.join(", "))
        };
        // Only what differs: json_patch drops a key whose patch is null, so pairs go through a filtered group.
        let differing = |row: &str| {
            let rows: Vec<String> = columns
                .iter()
                .map(|c| format!("SELECT '{0}' AS k, {1} AS v WHERE old.{0} IS NOT new.{0}", c.name, value(row, c)))
                .collect();
            format!("(SELECT json_group_object(k, v) FROM ({}))", rows.join(" UNION ALL "))
        };
        let head = |op: &str| format!("CREATE TRIGGER journal_{table}_{op} AFTER {} ON {table}", op.to_uppercase());
        let into = "INSERT INTO journal (edit_id, tbl, row_id, person_id, op, before, after) VALUES ((SELECT edit_id FROM current_edit)";
        // Without an edit the answer is no answer: then the trigger runs, and fails on the missing edit.
        let unless_brought = if bulk::BROUGHT.contains(&table.as_str()) {
            " WHEN (SELECT brings FROM current_edit) IS NOT 1"
        } else {
            ""
        };
        for (op, row, when, before, after) in [
            ("insert", "new", unless_brought, "NULL".to_owned(), "NULL".to_owned()),
            ("update", "new", "", differing("old"), differing("new")),
            ("delete", "old", "", whole("old"), "NULL".to_owned()),
        ] {
            let sql = format!(
                "{}{when} BEGIN {into}, '{table}', {row}.id, {}, '{op}', {before}, {after}); END",
                head(op),
                whose(row),
            );
            wanted.insert((format!("journal_{table}_{op}"), sql));
        }
    }
    Ok(wanted)
}

/// Why a write without an edit failed, in words for whoever wrote it.
pub(super) fn outside_the_door(message: &str) -> Option<Error> {
    message.contains("NOT NULL constraint failed: journal.edit_id").then(|| {
        Error::new(Code::Internal, "A row was written outside book.write: every change goes through one edit.")
    })
}
