//! What matters to a person, and when and from whom we learned it.

use super::Fact;
use crate::error::{Error, Result};
use crate::ids::{FactId, PersonId};
use crate::store::{Db, Edit};
use crate::{args, statements};

statements! {
    OF_PERSON = "SELECT id, words, learned_ms, learned_from FROM fact WHERE person_id = $1 \
        ORDER BY learned_ms DESC, id DESC LIMIT 200";
    ADD = "INSERT INTO fact (id, person_id, words, learned_ms, learned_from, volunteer_id) VALUES ($1, $2, $3, $4, $5, $6)";
    REMOVE = "DELETE FROM fact WHERE id = $1";
    USED = "SELECT COUNT(*) FROM touch_fact WHERE fact_id = $1";
    UNUSE = "DELETE FROM touch_fact WHERE fact_id = $1";
}

/// Newest first; at most 200.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Fact>> {
    db.all(&OF_PERSON, args![person]).await
}

pub async fn add(edit: &mut Edit, person: PersonId, words: &str, learned_from: &str) -> Result<FactId> {
    insert(edit, person, words, learned_from)
}

pub(super) fn insert(edit: &mut Edit, person: PersonId, words: &str, learned_from: &str) -> Result<FactId> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Error::invalid("Write what you learned."));
    }
    let id = FactId::new();
    let (at, volunteer) = (edit.at, edit.actor.volunteer());
    edit.add(&ADD, args![id, person, words, at, learned_from.trim(), volunteer]);
    Ok(id)
}

pub async fn remove(edit: &mut Edit, id: FactId) -> Result<()> {
    let used: i64 = edit.scalar(&USED, args![id]).await?;
    if used > 0 {
        edit.run(&UNUSE, args![id]).await?;
    }
    edit.run(&REMOVE, args![id]).await?;
    Ok(())
}
