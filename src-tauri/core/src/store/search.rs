//! The search index: two FTS5 tables, kept at commit for every person that an edit touched. Only `store` knows it.

use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::Db;
use crate::error::Result;
use crate::ids::{EditId, PersonId};

/// The tables whose rows stand in the index.
const INDEXED: &str = "('person', 'role', 'reach', 'tag', 'fact', 'field_value')";

/// `before`: how far the journal reached when this transaction of the edit began.
pub(super) async fn reindex_touched(connection: &mut SqliteConnection, edit: EditId, before: i64) -> Result<()> {
    // A row that goes from one person to another changes what both are found by. Organisations carry no person_id: whoever holds a role in a renamed one is touched too.
    let touched = format!(
        "SELECT person_id AS id FROM journal WHERE edit_id = $1 AND seq > $2 AND person_id IS NOT NULL AND tbl IN {INDEXED} \
         UNION SELECT unhex(json_extract(before, '$.person_id')) FROM journal WHERE edit_id = $1 AND seq > $2 AND op = 'update' \
           AND tbl IN {INDEXED} AND before LIKE '%person_id%' \
         UNION SELECT r.person_id FROM journal j JOIN role r ON r.organisation_id = j.row_id \
         WHERE j.edit_id = $1 AND j.seq > $2 AND j.tbl = 'organisation' AND j.op = 'update'"
    );
    forget(connection, &touched, edit, before).await?;
    index(connection, &format!("p.id IN ({touched})"), Some((edit, before))).await
}

/// Where the people who come next begin.
pub(super) async fn last(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM person").fetch_one(connection).await?)
}

/// People who were not there before, from this `seq` on.
pub(super) async fn index_from(connection: &mut SqliteConnection, seq: i64) -> Result<()> {
    index(connection, &format!("p.seq >= {seq}"), None).await
}

/// Makes the whole index anew.
pub(super) async fn reindex_all(connection: &mut SqliteConnection) -> Result<()> {
    for table in ["person_words", "person_digits"] {
        sqlx::query(AssertSqlSafe(format!("INSERT INTO {table} ({table}) VALUES ('delete-all')")))
            .execute(&mut *connection)
            .await?;
    }
    index_from(connection, 0).await
}

async fn forget(connection: &mut SqliteConnection, people: &str, edit: EditId, before: i64) -> Result<()> {
    for table in ["person_words", "person_digits"] {
        let statement = format!(
            "DELETE FROM {table} WHERE rowid IN (SELECT seq FROM person WHERE id IN ({people}) \
             UNION SELECT CAST(json_extract(before, '$.seq') AS INTEGER) FROM journal WHERE edit_id = $1 AND seq > $2 AND tbl = 'person' AND op = 'delete')"
        );
        sqlx::query(AssertSqlSafe(statement)).bind(edit).bind(before).execute(&mut *connection).await?;
    }
    Ok(())
}

/// `people`: which of them, as a condition on `p`.
async fn index(connection: &mut SqliteConnection, people: &str, edit: Option<(EditId, i64)>) -> Result<()> {
    let statements = [
        format!(
            "INSERT INTO person_words (rowid, name, organisation, email, words) \
             SELECT p.seq, p.name || ' ' || p.sort_key, \
               COALESCE((SELECT group_concat(o.name || ' ' || o.folded, ' ') FROM role r JOIN organisation o ON o.id = r.organisation_id WHERE r.person_id = p.id), ''), \
               COALESCE((SELECT group_concat(value, ' ') FROM reach WHERE person_id = p.id AND kind = 'email'), ''), \
               COALESCE((SELECT group_concat(name, ' ') FROM tag WHERE person_id = p.id), '') || ' ' || \
               COALESCE((SELECT group_concat(words, ' ') FROM fact WHERE person_id = p.id), '') || ' ' || \
               COALESCE((SELECT group_concat(fv.value, ' ') FROM field_value fv JOIN field f ON f.id = fv.field_id WHERE fv.person_id = p.id AND f.kind IN ('text', 'number')), '') || ' ' || p.place \
             FROM person p WHERE p.removed_ms IS NULL AND {people}"
        ),
        format!(
            "INSERT INTO person_digits (rowid, digits) \
             SELECT p.seq, (SELECT group_concat(ltrim(value, '+') || CASE WHEN substr(as_typed, 1, 1) = '0' THEN ' ' || replace(replace(replace(replace(as_typed, ' ', ''), '-', ''), '(', ''), ')', '') ELSE '' END, ' ') \
               FROM reach WHERE person_id = p.id AND kind = 'phone') \
             FROM person p WHERE p.removed_ms IS NULL AND {people} \
               AND EXISTS (SELECT 1 FROM reach WHERE person_id = p.id AND kind = 'phone')"
        ),
    ];
    for statement in statements {
        let query = sqlx::query(AssertSqlSafe(statement));
        match edit {
            Some((edit, before)) => query.bind(edit).bind(before).execute(&mut *connection).await?,
            None => query.execute(&mut *connection).await?,
        };
    }
    Ok(())
}

/// Whom a search looks among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    Everyone,
    /// Who has an open inquiry or is owed a promise; the longest waiting first.
    Waiting,
}

/// From the few who wait to those whom the index names, and not the other way: a name may have many bearers.
fn waiting(hits: &str) -> String {
    format!(
        "SELECT p.id FROM (SELECT person_id, MIN(since) AS since FROM ( \
           SELECT person_id, clock_ms AS since FROM inquiry WHERE state = 'open' \
           UNION ALL SELECT person_id, made_ms FROM promise WHERE state = 'open') GROUP BY person_id) w \
         JOIN person p ON p.id = w.person_id WHERE p.seq IN ({hits}) ORDER BY w.since LIMIT $2"
    )
}

/// People whose names, organisations, e-mails, tags, facts, fields or place have a word beginning with each of `words`
/// (folded), best first; at most `limit`.
pub async fn find_words(db: &mut Db, words: &[String], among: Among, limit: u32) -> Result<Vec<PersonId>> {
    // Each word quoted, so that nothing a person types is an operator.
    let terms: Vec<String> = words.iter().map(|word| format!("\"{}\"*", word.replace('"', "\"\""))).collect();
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    if among == Among::Waiting {
        let sql = waiting("SELECT rowid FROM person_words WHERE person_words MATCH $1");
        return people(db, sql, terms.join(" "), limit).await;
    }
    // Ranking reads every hit: where they are many, the first ones by rowid serve (a two-letter prefix over a million).
    let many = words.iter().all(|word| word.chars().count() < 3);
    let order = if many { "w.rowid DESC" } else { "bm25(person_words, 10.0, 4.0, 4.0, 1.0)" };
    let sql = format!(
        "SELECT p.id FROM (SELECT rowid FROM person_words w WHERE person_words MATCH $1 ORDER BY {order} LIMIT $2) h \
         JOIN person p ON p.seq = h.rowid"
    );
    people(db, sql, terms.join(" "), limit).await
}

/// People with a number that holds these digits; at least three of them.
pub async fn find_digits(db: &mut Db, digits: &str, among: Among, limit: u32) -> Result<Vec<PersonId>> {
    if digits.len() < 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let sql = match among {
        Among::Everyone => {
            "SELECT p.id FROM (SELECT rowid FROM person_digits WHERE person_digits MATCH $1 LIMIT $2) h \
            JOIN person p ON p.seq = h.rowid"
                .to_owned()
        }
        Among::Waiting => waiting("SELECT rowid FROM person_digits WHERE person_digits MATCH $1"),
    };
    people(db, sql, format!("\"{digits}\""), limit).await
}

async fn people(db: &mut Db, sql: String, terms: String, limit: u32) -> Result<Vec<PersonId>> {
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(terms).bind(limit).fetch_all(db.connection()).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
