//! What stands in the index, kept at commit for every person that an edit touched.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::error::Result;
use crate::ids::EditId;

/// The words of an e-mail address. One that is a word with a number ("person1234@…") has a first part that nobody else has:
/// a million such words would make every beginning of theirs slow, and `Address` finds them without.
macro_rules! words_of_email {
    () => {
        "CASE WHEN substr(value, 1, instr(value, '@') - 1) GLOB '*[0-9]*' \
              AND substr(value, 1, instr(value, '@') - 1) NOT GLOB '*[^a-z0-9]*' \
            THEN substr(value, instr(value, '@') + 1) ELSE value END"
    };
}

/// The tables whose rows stand in the index.
const INDEXED: &str = "('person', 'role', 'reach', 'tag', 'fact', 'field_value')";

/// `before`: how far the journal reached when this transaction of the edit began.
pub(in crate::store) async fn reindex_touched(
    connection: &mut SqliteConnection,
    edit: EditId,
    before: i64,
) -> Result<()> {
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
pub(in crate::store) async fn last(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT COALESCE(MAX(seq), 0) FROM person").fetch_one(connection).await?)
}

/// People who were not there before, from this `seq` on.
pub(in crate::store) async fn index_from(connection: &mut SqliteConnection, seq: i64) -> Result<()> {
    index(connection, &format!("p.seq >= {seq}"), None).await
}

/// Makes the whole index anew.
pub(in crate::store) async fn reindex_all(connection: &mut SqliteConnection) -> Result<()> {
    for table in ["person_words", "person_digits"] {
        sqlx::query(AssertSqlSafe(format!("INSERT INTO {table} ({table}) VALUES ('delete-all')")))
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("DELETE FROM called_word").execute(&mut *connection).await?;
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
               COALESCE((SELECT group_concat({}, ' ') FROM reach WHERE person_id = p.id AND kind = 'email'), ''), \
               COALESCE((SELECT group_concat(name, ' ') FROM tag WHERE person_id = p.id), '') || ' ' || \
               COALESCE((SELECT group_concat(words, ' ') FROM fact WHERE person_id = p.id), '') || ' ' || \
               COALESCE((SELECT group_concat(fv.value, ' ') FROM field_value fv JOIN field f ON f.id = fv.field_id WHERE fv.person_id = p.id AND f.kind IN ('text', 'number')), '') || ' ' || p.place \
             FROM person p WHERE p.removed_ms IS NULL AND {people}",
            words_of_email!()
        ),
        format!(
            "INSERT INTO person_digits (rowid, digits) \
             SELECT p.seq, (SELECT group_concat(ltrim(value, '+') || CASE WHEN substr(as_typed, 1, 1) = '0' THEN ' ' || replace(replace(replace(replace(as_typed, ' ', ''), '-', ''), '(', ''), ')', '') ELSE '' END, ' ') \
               FROM reach WHERE person_id = p.id AND kind = 'phone') \
             FROM person p WHERE p.removed_ms IS NULL AND {people} \
               AND EXISTS (SELECT 1 FROM reach WHERE person_id = p.id AND kind = 'phone')"
        ),
        // Seeking the next word in the index itself means walking through all hits of the word before it.
        format!(
            "INSERT OR IGNORE INTO called_word (word) \
             SELECT DISTINCT w.value FROM (SELECT p.id, p.sort_key, p.place FROM person p WHERE p.removed_ms IS NULL AND {people}) p, \
               json_each('[' || replace(json_quote(p.sort_key || ' ' || lower(p.place) || ' ' || \
                 COALESCE((SELECT group_concat(o.folded, ' ') FROM role r JOIN organisation o ON o.id = r.organisation_id WHERE r.person_id = p.id), '') || ' ' || \
                 COALESCE((SELECT group_concat(lower(name), ' ') FROM tag WHERE person_id = p.id), '')), ' ', '\",\"') || ']') w \
             WHERE length(w.value) > 2"
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
