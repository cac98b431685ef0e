//! Many rows and many keys at once. A statement costs a trip to the engine's thread and back, which for a long list is
//! most of the time; so rows are inserted, and keys looked up, by the hundred.

use std::sync::Arc;

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, AssertSqlSafe, FromRow};
use tokio::sync::mpsc;

use super::db::{Db, at, bind, bind_into};
use super::{Sql, Value};
use crate::error::{Error, Result};
use crate::statements;

/// What one statement may bind; SQLite's own limit is 32,766.
const MOST_VALUES: usize = 16_000;
/// From this many rows on they are bound on another thread than the one that waits for the engine.
const MANY_ROWS: usize = 1_024;
/// Lists are filled up to one of these lengths by repeating their last key, so that few statements serve them all.
const LIST_LENGTHS: [usize; 4] = [8, 64, 512, 4_096];

/// Tables that others refer to, those first that refer to fewer: rows are written in this order, whoever queued first.
const PARENTS: &[&str] = &[
    "volunteer",
    "edit",
    "organisation",
    "field",
    "field_option",
    "person",
    "reach",
    "fact",
    "inquiry",
    "promise",
    "script",
    "script_version",
    "call",
    "touch",
    "merge",
    "plan",
    "plan_version",
    "plan_rule",
    "enrolment",
    "outgoing_mail",
];

/// When a table's queued rows are written: a parent's before its children's.
pub fn insert_rank(table: &str) -> usize {
    PARENTS.iter().position(|parent| *parent == table).unwrap_or(PARENTS.len())
}

/// Rows to be inserted, by statement.
#[derive(Default)]
pub(super) struct Queued(Vec<(&'static Sql, Vec<Vec<Value>>)>);

impl Queued {
    pub(super) fn add(&mut self, sql: &'static Sql, row: Vec<Value>) {
        match self.0.iter_mut().find(|(known, _)| std::ptr::eq(*known, sql)) {
            Some((_, rows)) => rows.push(row),
            None => self.0.push((sql, vec![row])),
        }
    }

    fn take(&mut self) -> Vec<(usize, &'static Sql, Vec<Vec<Value>>)> {
        let queued = std::mem::take(&mut self.0).into_iter();
        let mut ranked: Vec<_> = queued.map(|(sql, rows)| (insert_rank(table(sql)), sql, rows)).collect();
        ranked.sort_by_key(|(rank, ..)| *rank);
        ranked
    }
}

fn table(sql: &'static Sql) -> &'static str {
    sql.text.trim_start_matches("INSERT INTO ").split(' ').next().unwrap_or_default()
}

/// What a list may bring along with a person, each after what it refers to. All of it goes again with them.
pub(super) const BROUGHT: &[&str] = &["person", "reach", "fact", "consent", "role", "tag", "address", "field_value"];

statements! {
    BRING = "UPDATE current_edit SET brings = $1";
}

impl Db {
    /// All rows of `sql` for any of `keys`. The statement asks for one, as `IN ($1)`, and nothing else.
    pub async fn among<T>(&mut self, sql: &'static Sql, keys: Vec<Value>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.among_these(sql, Vec::new(), keys).await
    }

    /// As [`Db::among`], of a statement that takes `args` before the key.
    pub async fn among_these<T>(&mut self, sql: &'static Sql, args: Vec<Value>, keys: Vec<Value>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.flush().await?;
        let mut found = Vec::new();
        let longest = LIST_LENGTHS[LIST_LENGTHS.len() - 1];
        for keys in keys.chunks(longest) {
            let Some(last) = keys.last() else { continue };
            let length = LIST_LENGTHS.into_iter().find(|length| keys.len() <= *length).unwrap_or(longest);
            let first = args.len() + 1;
            let mut filled = args.clone();
            filled.extend_from_slice(keys);
            filled.resize(args.len() + length, last.clone());
            // Numbers are names to SQLite, and slow in a long list (`unnumbered`): only beside other values are they needed.
            let place = |place: usize| if args.is_empty() { "?".to_owned() } else { format!("${place}") };
            let places: Vec<String> = (first..first + length).map(place).collect();
            let text = sql.text.replacen(&format!("IN (${first})"), &format!("IN ({})", places.join(", ")), 1);
            let rows: Vec<T> = sqlx::query_as_with(AssertSqlSafe(text), bind(filled)?)
                .fetch_all(self.connection())
                .await
                .map_err(|error| at(sql, error))?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Writes what is queued: what people refer to, those who came with a list, and then what refers to people.
    pub(super) async fn flush(&mut self) -> Result<()> {
        let mut queued = self.queued.take();
        let rest = queued.split_off(queued.partition_point(|(rank, ..)| *rank < insert_rank("person")));
        self.insert_all(queued).await?;
        self.flush_brought().await?;
        self.insert_all(rest).await
    }

    /// The journal and the search index pass over these rows: who came with which list is said by `person.came_with`, and
    /// they are indexed here, all at once.
    async fn flush_brought(&mut self) -> Result<()> {
        let brought = self.brought.take();
        if brought.is_empty() {
            return Ok(());
        }
        let before = super::search::last(self.connection()).await?;
        self.bring(true).await?;
        if let Some((_, sql, _)) = brought.iter().find(|(_, sql, _)| !BROUGHT.contains(&table(sql))) {
            return Err(Error::internal(format!("{} does not go with a person", sql.name)));
        }
        self.insert_all(brought).await?;
        self.bring(false).await?;
        super::search::index_from(self.connection(), before + 1).await
    }

    async fn bring(&mut self, brings: bool) -> Result<()> {
        let set = sqlx::query(BRING.text).bind(brings).execute(self.connection()).await;
        set.map(drop).map_err(|error| at(&BRING, error))
    }

    /// Where they are many, the next statement's values are bound while the engine is at the one before.
    async fn insert_all(&mut self, queued: Vec<(usize, &'static Sql, Vec<Vec<Value>>)>) -> Result<()> {
        let rows: usize = queued.iter().map(|(.., rows)| rows.len()).sum();
        if rows <= MANY_ROWS {
            for (_, sql, rows) in queued {
                for chunk in Chunks::of(sql, rows)? {
                    self.insert_chunk(chunk?).await?;
                }
            }
            return Ok(());
        }
        let (bound, mut chunks) = mpsc::channel(2);
        let binding = tokio::task::spawn_blocking(move || {
            for (_, sql, rows) in queued {
                match Chunks::of(sql, rows) {
                    // Nobody takes any more: a statement before was refused.
                    Ok(chunks) => {
                        for chunk in chunks {
                            if bound.blocking_send(chunk).is_err() {
                                return;
                            }
                        }
                    }
                    Err(error) => return drop(bound.blocking_send(Err(error))),
                }
            }
        });
        while let Some(chunk) = chunks.recv().await {
            self.insert_chunk(chunk?).await?;
        }
        binding.await.map_err(|error| Error::internal(error.to_string()))
    }

    async fn insert_chunk(&mut self, chunk: Chunk) -> Result<()> {
        let inserted = sqlx::query_with(AssertSqlSafe(chunk.text), chunk.args).execute(self.connection()).await;
        inserted.map(drop).map_err(|error| at(chunk.sql, error))
    }
}

/// Some rows of one table, as one statement.
struct Chunk {
    sql: &'static Sql,
    text: Arc<str>,
    args: SqliteArguments,
}

/// The rows of one table in as few statements as hold them. Whole chunks share a statement's text; the rest is written
/// in powers of two, so that few statements serve all.
struct Chunks {
    sql: &'static Sql,
    group: String,
    order: Vec<usize>,
    most: usize,
    rows: std::vec::IntoIter<Vec<Value>>,
    /// How many rows the last statement was for.
    text: (usize, Arc<str>),
}

impl Chunks {
    fn of(sql: &'static Sql, rows: Vec<Vec<Value>>) -> Result<Self> {
        let width = rows.first().map_or(1, Vec::len).max(1);
        let (group, order) = unnumbered(parts(sql)?.1, width).ok_or_else(|| no_insert(sql))?;
        if rows.iter().any(|row| row.len() != width) {
            return Err(no_insert(sql));
        }
        let most = (MOST_VALUES / width).clamp(1, 512);
        Ok(Self { sql, group, order, most, rows: rows.into_iter(), text: (0, Arc::from("")) })
    }

    fn chunk(&mut self, count: usize) -> Result<Chunk> {
        if self.text.0 != count {
            let (head, _, tail) = parts(self.sql)?;
            let groups = vec![self.group.as_str(); count].join(", ");
            self.text = (count, format!("{head}{groups}{tail}").into());
        }
        let as_they_stand = self.order.iter().copied().eq(0..self.order.len());
        let mut args = SqliteArguments::default();
        args.reserve(count * self.order.len(), 0);
        for mut row in self.rows.by_ref().take(count) {
            if !as_they_stand {
                row = self.order.iter().map(|at| row[*at].clone()).collect();
            }
            bind_into(&mut args, row)?;
        }
        Ok(Chunk { sql: self.sql, text: self.text.1.clone(), args })
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk>;

    fn next(&mut self) -> Option<Self::Item> {
        let left = self.rows.len();
        let count = if left >= self.most { self.most } else { 1 << left.checked_ilog2()? };
        Some(self.chunk(count))
    }
}

fn no_insert(sql: &Sql) -> Error {
    Error::internal(format!("{} is no INSERT of one row", sql.name))
}

/// An INSERT of one row as what stands before its values, the values in their brackets, and what follows.
fn parts(sql: &'static Sql) -> Result<(&'static str, &'static str, &'static str)> {
    let from = sql.text.find("VALUES (").ok_or_else(|| no_insert(sql))? + "VALUES ".len();
    let (head, values) = sql.text.split_at(from);
    let to = values.find(')').ok_or_else(|| no_insert(sql))? + 1;
    let (group, tail) = values.split_at(to);
    // A value in brackets of its own would end the group too early; what follows is there once, for all rows.
    if group[1..].contains('(') || head.contains('$') || tail.contains('$') {
        return Err(no_insert(sql));
    }
    Ok((head, group, tail))
}

/// `($1, NULL, $2)` as `(?, NULL, ?)`, and which of a row's `width` values each `?` takes. Numbered placeholders have
/// names to SQLite, which the driver asks for one by one and SQLite finds by walking the list of them: of eight thousand
/// in a statement, that is most of the time.
fn unnumbered(group: &str, width: usize) -> Option<(String, Vec<usize>)> {
    let mut pieces = group.split('$');
    let mut text = pieces.next()?.to_owned();
    let mut order = Vec::new();
    for piece in pieces {
        let rest = piece.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let number: usize = piece[..piece.len() - rest.len()].parse().ok()?;
        order.push(number.checked_sub(1).filter(|at| *at < width)?);
        text.push('?');
        text.push_str(rest);
    }
    Some((text, order))
}
