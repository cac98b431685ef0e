//! The pairs that were found, kept to be gone through: looking for them takes seconds in a large book, asking for the next
//! page of them nothing.

use serde::Serialize;

use super::{Duplicate, Level, Reason};
use crate::error::{Error, Result};
use crate::ids::{PersonId, SuspectId};
use crate::people::{PersonRef, person};
use crate::store::{Actor, Book, Db};
use crate::time::Millis;
use crate::{args, statements};

/// Two people to be asked about.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PairOfPeople {
    pub id: SuspectId,
    pub one: PersonRef,
    pub other: PersonRef,
    pub score: f64,
    pub level: Level,
    pub reasons: Vec<Reason>,
}

/// A page by keyset: `next` goes back as `after`.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PairPage {
    pub pairs: Vec<PairOfPeople>,
    pub next: Option<String>,
    /// Of all pages, at either level.
    pub total: u32,
    /// Of these, how many may be merged without a look at each.
    pub narrow: u32,
    pub looked_for: Option<LookedFor>,
}

/// When it was last looked for, and among how many.
#[derive(Clone, Copy, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct LookedFor {
    pub at_ms: Millis,
    #[specta(type = u32)]
    pub people: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: SuspectId,
    person_id: PersonId,
    other_id: PersonId,
    score: f64,
    level: Level,
    reasons: String,
}

macro_rules! standing_pairs {
    ($what:literal, $rest:literal) => {
        // A pair stands as long as both are there, and nobody said that they are two.
        concat!(
            "SELECT ",
            $what,
            " FROM suspect s JOIN person a ON a.id = s.person_id JOIN person b ON b.id = s.other_id \
            WHERE a.removed_ms IS NULL AND b.removed_ms IS NULL \
            AND NOT EXISTS (SELECT 1 FROM not_same n WHERE n.person_id = s.person_id AND n.other_id = s.other_id) ",
            $rest
        )
    };
}

statements! {
    CLEAR = "DELETE FROM suspect";
    ADD = "INSERT INTO suspect (id, person_id, other_id, score, level, reasons) VALUES ($1, $2, $3, $4, $5, $6)";
    CLEAR_LOOKED = "DELETE FROM suspects_looked_for";
    LOOKED = "INSERT INTO suspects_looked_for (id, at_ms, people) VALUES ($1, $2, $3)";
    LOOKED_FOR = "SELECT at_ms, people FROM suspects_looked_for ORDER BY at_ms DESC LIMIT 1";
    COUNT_PEOPLE = "SELECT COUNT(*) FROM person WHERE removed_ms IS NULL";
    PAGE = standing_pairs!("s.id, s.person_id, s.other_id, s.score, s.level, s.reasons",
        "AND (s.score < $1 OR (s.score = $1 AND s.id > $2)) \
        AND (CAST($3 AS TEXT) = '' OR s.level = $3) ORDER BY s.score DESC, s.id LIMIT $4");
    COUNT = standing_pairs!("COUNT(*)", "AND (CAST($1 AS TEXT) = '' OR s.level = $1)");
    NARROW = standing_pairs!("s.person_id, s.other_id", "AND s.level = 'narrow' ORDER BY s.score DESC, s.id");
}

/// Looks for them anew, and keeps what is found.
pub async fn look(book: &Book, actor: Actor) -> Result<u32> {
    let mut db = book.read().await?;
    let people: i64 = db.scalar(&COUNT_PEOPLE, args![]).await?;
    let found = super::find(&mut db).await?;
    // A reader that stays open keeps the log of writes from being folded in.
    drop(db);
    let mut edit = book.write(actor, "look_for_duplicates").await?;
    edit.run(&CLEAR, args![]).await?;
    edit.run(&CLEAR_LOOKED, args![]).await?;
    let at = edit.at;
    edit.run(&LOOKED, args![uuid::Uuid::now_v7(), at, people]).await?;
    for Duplicate { one, other, score, level, reasons } in &found {
        let reasons = serde_json::to_string(reasons).map_err(|error| Error::internal(error.to_string()))?;
        let (one, other) = (one.id.min(other.id), one.id.max(other.id));
        edit.add(&ADD, args![SuspectId::new(), one, other, *score, *level, reasons]);
    }
    edit.also_changed("suspect");
    edit.commit().await?;
    Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
}

/// The surest first; those of one level alone where it is given.
pub async fn page(db: &mut Db, level: Option<Level>, after: Option<&str>, limit: u32) -> Result<PairPage> {
    let lost = || Error::invalid("The list has lost its place. Start again from the top.");
    let (score, id) = match after {
        None => (f64::MAX, SuspectId(uuid::Uuid::nil())),
        Some(after) => {
            let (score, id) = after.split_once(' ').ok_or_else(lost)?;
            (score.parse().map_err(|_| lost())?, id.parse().map_err(|_| lost())?)
        }
    };
    let limit = limit.clamp(1, 200);
    let only = level.map(Level::as_str).unwrap_or_default();
    let mut rows: Vec<Row> = db.all(&PAGE, args![score, id, only, limit + 1]).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| format!("{:?} {}", row.score, row.id));
    let mut pairs = Vec::with_capacity(rows.len());
    for row in rows {
        pairs.push(of_row(db, row).await?);
    }
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(PairPage {
        pairs,
        next,
        total: count(db.scalar(&COUNT, args![""]).await?),
        narrow: count(db.scalar(&COUNT, args![Level::Narrow.as_str()]).await?),
        looked_for: db.maybe(&LOOKED_FOR, args![]).await?,
    })
}

/// Those who may be merged without a look at each.
pub async fn narrow(db: &mut Db) -> Result<Vec<(PersonId, PersonId)>> {
    db.all(&NARROW, args![]).await
}

async fn of_row(db: &mut Db, row: Row) -> Result<PairOfPeople> {
    Ok(PairOfPeople {
        id: row.id,
        one: person::reference(db, row.person_id).await?,
        other: person::reference(db, row.other_id).await?,
        score: row.score,
        level: row.level,
        reasons: serde_json::from_str(&row.reasons).map_err(|error| Error::internal(error.to_string()))?,
    })
}
