//! People whom a list brought: taken away with all that came with them, a few hundred at a time.

use std::collections::HashSet;

use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::{BELONGS_TO_IT, CHANGED_SINCE, Fate, Undone, UndoneRow, is_constraint};
use crate::error::Result;
use crate::ids::{EditId, PersonId};
use crate::store::bulk::BROUGHT;
use crate::store::{Edit, vault};

const AT_ONCE: u32 = 500;

/// Everyone whom `undone` brought and nobody has worked with since. Answers whether it brought anyone.
pub(super) async fn take_away(
    edit: &mut Edit,
    undone: EditId,
    grown: &HashSet<PersonId>,
    tell: &mut (dyn FnMut(Option<PersonId>, Fate, &str) + Send),
    done: &mut Undone,
) -> Result<bool> {
    let mut below = i64::MAX;
    loop {
        let people = before(edit.connection(), undone, below).await?;
        let Some((last, _)) = people.last() else { return Ok(below < i64::MAX) };
        below = *last;
        let (kept, gone): (Vec<PersonId>, Vec<PersonId>) =
            people.into_iter().map(|(_, person)| person).partition(|person| grown.contains(person));
        for person in kept {
            tell(Some(person), Fate::Kept, CHANGED_SINCE);
            done.count(row(person, Fate::Kept, CHANGED_SINCE));
        }
        if let Some(rows) = delete(edit.connection(), &gone).await? {
            gone.iter().for_each(|person| tell(Some(*person), Fate::Reversed, ""));
            done.reversed += rows;
            continue;
        }
        // Somebody among them is held; the others go one by one.
        for person in gone {
            let (fate, why, rows) = match delete(edit.connection(), &[person]).await? {
                Some(rows) => (Fate::Reversed, "", rows),
                None => (Fate::Kept, BELONGS_TO_IT, 0),
            };
            tell(Some(person), fate, why);
            match fate {
                Fate::Reversed => done.reversed += rows,
                _ => done.count(row(person, fate, why)),
            }
        }
    }
}

/// Whether someone of this edit is in the book no more.
pub(super) async fn is_gone(edit: &mut Edit, person: PersonId) -> Result<bool> {
    let there: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM person WHERE id = $1")
        .bind(person)
        .fetch_one(edit.connection())
        .await?;
    Ok(there == 0)
}

fn row(person: PersonId, fate: Fate, why: &str) -> UndoneRow {
    let id = vault::hex(person.0.as_bytes());
    UndoneRow { table: "person".into(), row: id, person: Some(person), fate, why: why.into() }
}

/// Newest first.
async fn before(connection: &mut SqliteConnection, edit: EditId, seq: i64) -> Result<Vec<(i64, PersonId)>> {
    let rows = sqlx::query("SELECT seq, id FROM person WHERE came_with = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3")
        .bind(edit)
        .bind(seq)
        .bind(AT_ONCE)
        .fetch_all(connection)
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// How many rows went; `None`, and all of them stand, where something else refers to one.
async fn delete(connection: &mut SqliteConnection, people: &[PersonId]) -> Result<Option<u32>> {
    if people.is_empty() {
        return Ok(Some(0));
    }
    let list = vec!["?"; people.len()].join(", ");
    sqlx::query("SAVEPOINT take_away").execute(&mut *connection).await?;
    let mut rows = 0;
    for table in BROUGHT.iter().rev() {
        let whose = if *table == "person" { "id" } else { "person_id" };
        let sql = format!("DELETE FROM {table} WHERE {whose} IN ({list})");
        let query = people.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, person| query.bind(*person));
        match query.execute(&mut *connection).await {
            Ok(done) => rows += done.rows_affected(),
            Err(error) if is_constraint(&error) => {
                sqlx::query("ROLLBACK TO take_away").execute(&mut *connection).await?;
                sqlx::query("RELEASE take_away").execute(&mut *connection).await?;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        }
    }
    sqlx::query("RELEASE take_away").execute(&mut *connection).await?;
    Ok(Some(u32::try_from(rows).unwrap_or(u32::MAX)))
}
