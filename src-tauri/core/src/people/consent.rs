//! What a person allows, by channel: since when, and how we know.

use super::{Consent, ReachKind};
use crate::error::{Error, Result};
use crate::ids::{ConsentId, PersonId};
use crate::store::{Db, Edit};
use crate::time::Millis;
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct Row {
    channel: ReachKind,
    allowed: bool,
    since_ms: Millis,
    how: String,
}

statements! {
    OF_PERSON = "SELECT channel, allowed, since_ms, how FROM consent WHERE person_id = $1 ORDER BY channel";
    SET = "INSERT INTO consent (id, person_id, channel, allowed, since_ms, how) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (person_id, channel) DO UPDATE SET allowed = EXCLUDED.allowed, since_ms = EXCLUDED.since_ms, \
        how = EXCLUDED.how";
}

pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Consent>> {
    let rows: Vec<Row> = db.all(&OF_PERSON, args![person]).await?;
    Ok(rows
        .into_iter()
        .map(|row| Consent { channel: row.channel, allowed: row.allowed, since_ms: row.since_ms, how: row.how })
        .collect())
}

pub async fn set(edit: &mut Edit, person: PersonId, channel: ReachKind, allowed: bool, how: &str) -> Result<()> {
    insert(edit, person, channel, allowed, how)
}

pub(super) fn insert(edit: &mut Edit, person: PersonId, channel: ReachKind, allowed: bool, how: &str) -> Result<()> {
    if how.trim().is_empty() {
        return Err(Error::invalid("Say how we know: on the phone, on a form, in a letter."));
    }
    let at = edit.at;
    edit.add(&SET, args![ConsentId::new(), person, channel, allowed, at, how.trim()]);
    Ok(())
}
