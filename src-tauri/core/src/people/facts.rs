//! What matters to a person, and when and from whom we learned it.

use super::{Fact, person};
use crate::error::{Error, Result};
use crate::ids::{FactId, PersonId};
use crate::store::{Db, Edit};
use crate::{args, statements};

statements! {
    OF_PERSON = "SELECT id, words, learned_ms, learned_from FROM fact WHERE person_id = $1 \
        ORDER BY learned_ms DESC, id DESC LIMIT 200";
    ADD = "INSERT INTO fact (id, person_id, words, learned_ms, learned_from, volunteer_id) VALUES ($1, $2, $3, $4, $5, $6)";
    PERSON_OF = "SELECT person_id FROM fact WHERE id = $1";
    CHANGE = "UPDATE fact SET words = $2, learned_from = $3 WHERE id = $1";
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
    let words = filled(words)?;
    let id = FactId::new();
    let (at, volunteer) = (edit.at, edit.actor.volunteer());
    edit.add(&ADD, args![id, person, words, at, learned_from.trim(), volunteer]);
    Ok(id)
}

/// Said better; when it was learned stays.
pub async fn change(edit: &mut Edit, id: FactId, words: &str, learned_from: &str) -> Result<()> {
    let words = filled(words)?;
    let whose: Option<(PersonId,)> = edit.maybe(&PERSON_OF, args![id]).await?;
    let Some((whose,)) = whose else {
        return Err(Error::not_found("Someone took this away in the meantime."));
    };
    let name = person::reference(edit, whose).await?.name;
    edit.about(name);
    edit.run(&CHANGE, args![id, words, learned_from.trim()]).await?;
    Ok(())
}

fn filled(words: &str) -> Result<&str> {
    match words.trim() {
        "" => Err(Error::invalid("Write what you learned.")),
        words => Ok(words),
    }
}

pub async fn remove(edit: &mut Edit, id: FactId) -> Result<()> {
    let used: i64 = edit.scalar(&USED, args![id]).await?;
    if used > 0 {
        edit.run(&UNUSE, args![id]).await?;
    }
    edit.run(&REMOVE, args![id]).await?;
    Ok(())
}
