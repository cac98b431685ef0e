//! Many rows and many keys at once. A statement costs a trip to the engine's thread and back, which for a long list is
//! most of the time; so rows are inserted, and keys looked up, by the hundred.

use sqlx::{AssertSqlSafe, FromRow, sqlite::SqliteRow};

use super::db::{Db, at, bind};
use super::{Sql, Value};
use crate::error::{Error, Result};

/// What one statement may bind; SQLite's own limit is 32,766.
const MOST_VALUES: usize = 16_000;
/// Lists are filled up to one of these lengths by repeating their last key, so that few statements serve them all.
const LIST_LENGTHS: [usize; 4] = [8, 64, 512, 4_096];

/// Tables that others refer to, those first that refer to fewer: rows are written in this order, whoever queued first.
const PARENTS: &[&str] = &[
    "volunteer",
    "edit",
    "organisation",
    "person",
    "reach",
    "fact",
    "inquiry",
    "promise",
    "script",
    "script_version",
    "call",
    "touch",
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

    fn take(&mut self) -> Vec<(&'static Sql, Vec<Vec<Value>>)> {
        let mut queued = std::mem::take(&mut self.0);
        let table = |sql: &Sql| sql.text.trim_start_matches("INSERT INTO ").split(' ').next().unwrap_or_default();
        queued.sort_by_key(|(sql, _)| insert_rank(table(sql)));
        queued
    }
}

impl Db {
    /// All rows of `sql` for any of `keys`. The statement asks for one, as `IN ($1)`, and nothing else.
    pub async fn among<T>(&mut self, sql: &'static Sql, keys: Vec<Value>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        self.flush().await?;
        let mut found = Vec::new();
        let longest = LIST_LENGTHS[LIST_LENGTHS.len() - 1];
        for keys in keys.chunks(longest) {
            let Some(last) = keys.last() else { continue };
            let length = LIST_LENGTHS.into_iter().find(|length| keys.len() <= *length).unwrap_or(longest);
            let mut filled = keys.to_vec();
            filled.resize(length, last.clone());
            let text = sql.text.replacen("IN ($1)", &format!("IN ({})", vec!["?"; length].join(", ")), 1);
            let rows: Vec<T> = sqlx::query_as_with(AssertSqlSafe(text), bind(filled)?)
                .fetch_all(self.connection())
                .await
                .map_err(|error| at(sql, error))?;
            found.extend(rows);
        }
        Ok(found)
    }

    /// Writes what is queued.
    pub(super) async fn flush(&mut self) -> Result<()> {
        for (sql, rows) in self.queued.take() {
            self.insert_all(sql, rows).await?;
        }
        Ok(())
    }

    async fn insert_all(&mut self, sql: &'static Sql, rows: Vec<Vec<Value>>) -> Result<()> {
        let width = rows.first().map_or(1, Vec::len).max(1);
        let (head, group, tail) = parts(sql)?;
        let (group, order) = unnumbered(group, width).ok_or_else(|| no_insert(sql))?;
        if rows.iter().any(|row| row.len() != width) {
            return Err(no_insert(sql));
        }
        let most = (MOST_VALUES / width).clamp(1, 512);
        for rows in rows.chunks(most) {
            // Whole chunks share a statement; the rest is written in powers of two, so that few statements serve all.
            let mut left = rows;
            while !left.is_empty() {
                let count = if left.len() == most { most } else { 1 << left.len().ilog2() };
                let (now, rest) = left.split_at(count);
                left = rest;
                let text = format!("{head}{}{tail}", vec![group.as_str(); count].join(", "));
                let values = now.iter().flat_map(|row| order.iter().map(|at| row[*at].clone())).collect();
                sqlx::query_with(AssertSqlSafe(text), bind(values)?)
                    .execute(self.connection())
                    .await
                    .map_err(|error| at(sql, error))?;
            }
        }
        Ok(())
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
