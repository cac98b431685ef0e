//! Where people work and what they belong to.

use super::names::fold;
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId, RoleId};
use crate::store::{Db, Edit, Value};
use crate::{args, statements};

statements! {
    BY_FOLDED = "SELECT id FROM organisation WHERE folded = $1 ORDER BY id LIMIT 1";
    AMONG = "SELECT folded, id FROM organisation WHERE folded IN ($1) ORDER BY id DESC";
    ADD = "INSERT INTO organisation (id, name, folded, created_ms) VALUES ($1, $2, $3, $4)";
    ROLE_THERE = "SELECT COUNT(*) FROM role WHERE person_id = $1 AND organisation_id = $2 AND to_day IS NULL";
    ADD_ROLE = "INSERT INTO role (id, person_id, organisation_id, title, from_day, to_day) \
        VALUES ($1, $2, $3, $4, NULL, NULL)";
    SET_TITLE = "UPDATE role SET title = $3 WHERE person_id = $1 AND organisation_id = $2 AND to_day IS NULL AND title <> $3";
}

/// The organisation of this name, made where there is none yet.
pub async fn named(edit: &mut Edit, name: &str) -> Result<OrganisationId> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = fold(&name);
    let there: Option<(OrganisationId,)> = edit.maybe(&BY_FOLDED, args![&folded]).await?;
    if let Some((id,)) = there {
        return Ok(id);
    }
    Ok(insert(edit, &name))
}

/// A new one, whatever others there are.
pub(super) fn insert(edit: &mut Edit, name: &str) -> OrganisationId {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (id, at) = (OrganisationId::new(), edit.at);
    let folded = fold(&name);
    edit.add(&ADD, args![id, name, folded, at]);
    id
}

/// Those of these folded names that the book has; of several with one name, the first.
pub(super) async fn among<'a>(
    db: &mut Db,
    folded: impl Iterator<Item = &'a String>,
) -> Result<Vec<(String, OrganisationId)>> {
    db.among(&AMONG, folded.map(Value::from).collect()).await
}

/// A current role of this person there; one that is there already gets the title.
pub async fn give_role(edit: &mut Edit, person: PersonId, organisation: &str, title: &str) -> Result<()> {
    let organisation = named(edit, organisation).await?;
    let there: i64 = edit.scalar(&ROLE_THERE, args![person, organisation]).await?;
    if there == 0 {
        edit.run(&ADD_ROLE, args![RoleId::new(), person, organisation, title.trim()]).await?;
    } else if !title.trim().is_empty() {
        edit.run(&SET_TITLE, args![person, organisation, title.trim()]).await?;
    }
    Ok(())
}
