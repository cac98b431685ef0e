//! Two who were looked at, and are two: remembered, so that nobody is asked again.

use std::collections::{HashMap, HashSet};

use crate::error::{Error, Result};
use crate::ids::{NotSameId, PersonId};
use crate::people::person;
use crate::store::{Db, Edit};
use crate::{args, statements};

statements! {
    ADD = "INSERT INTO not_same (id, person_id, other_id, at_ms, volunteer_id) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (person_id, other_id) DO NOTHING";
    FORGET = "DELETE FROM not_same WHERE person_id = $1 AND other_id = $2";
    ALL = "SELECT person_id, other_id FROM not_same";
    MERGED = "SELECT id, merged_into FROM person WHERE merged_into IS NOT NULL";
}

pub async fn not_same(edit: &mut Edit, one: PersonId, other: PersonId) -> Result<()> {
    if one == other {
        return Err(Error::invalid("Choose two people."));
    }
    let names = (person::reference(edit, one).await?.name, person::reference(edit, other).await?.name);
    let (at, by) = (edit.at, edit.actor.volunteer());
    edit.run(&ADD, args![NotSameId::new(), one.min(other), one.max(other), at, by]).await?;
    edit.about(format!("{} and {}", names.0, names.1));
    Ok(())
}

/// They may be one after all.
pub async fn forget_not_same(edit: &mut Edit, one: PersonId, other: PersonId) -> Result<()> {
    edit.run(&FORGET, args![one.min(other), one.max(other)]).await?;
    Ok(())
}

/// The lower id first. What was said of someone holds for whom they were merged into.
pub(super) async fn all(db: &mut Db) -> Result<HashSet<(PersonId, PersonId)>> {
    let pairs: Vec<(PersonId, PersonId)> = db.all(&ALL, args![]).await?;
    if pairs.is_empty() {
        return Ok(HashSet::new());
    }
    let merged: Vec<(PersonId, PersonId)> = db.all(&MERGED, args![]).await?;
    let into: HashMap<PersonId, PersonId> = merged.into_iter().collect();
    let now = |id: PersonId| {
        let mut id = id;
        // Nobody is merged into themselves; the bound is for a book that says so all the same.
        for _ in 0..64 {
            match into.get(&id) {
                Some(next) => id = *next,
                None => break,
            }
        }
        id
    };
    Ok(pairs
        .into_iter()
        .map(|(one, other)| (now(one), now(other)))
        .map(|(one, other)| (one.min(other), one.max(other)))
        .collect())
}
