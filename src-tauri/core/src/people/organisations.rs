//! Where people work and what they belong to.

use super::names::{fold, fold_closely};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId, RoleId};
use crate::store::{Db, Edit, Value};
use crate::{args, statements};

statements! {
    BY_FOLDED = "SELECT name, id FROM organisation WHERE folded = $1 ORDER BY id";
    AMONG = "SELECT name, id FROM organisation WHERE folded IN ($1) ORDER BY id DESC";
    ADD = "INSERT INTO organisation (id, name, folded, created_ms) VALUES ($1, $2, $3, $4)";
    ROLE_THERE = "SELECT COUNT(*) FROM role WHERE person_id = $1 AND organisation_id = $2 AND to_day IS NULL";
    ADD_ROLE = "INSERT INTO role (id, person_id, organisation_id, title, from_day, to_day) \
        VALUES ($1, $2, $3, $4, NULL, NULL)";
    SET_TITLE = "UPDATE role SET title = $3 WHERE person_id = $1 AND organisation_id = $2 AND to_day IS NULL AND title <> $3";
}

/// What is the same of two names of one organisation. More than its folded name, which finds it: that knows no marks, and
/// C++ Club is not C# Club.
pub(super) fn key(name: &str) -> String {
    format!("{}\u{1f}{}", fold(name), fold_closely(name))
}

/// The organisation of this name, made where there is none yet.
pub async fn named(edit: &mut Edit, name: &str) -> Result<OrganisationId> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let nearly: Vec<(String, OrganisationId)> = edit.all(&BY_FOLDED, args![&fold(&name)]).await?;
    let wanted = key(&name);
    match nearly.into_iter().find(|(there, _)| key(there) == wanted) {
        Some((_, id)) => Ok(id),
        None => Ok(insert(edit, &name)),
    }
}

/// A new one, whatever others there are.
pub(super) fn insert(edit: &mut Edit, name: &str) -> OrganisationId {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (id, at) = (OrganisationId::new(), edit.at);
    let folded = fold(&name);
    edit.add(&ADD, args![id, name, folded, at]);
    id
}

/// Those of the book that are nearly called so, by their keys; of several with one key, the first is the last.
pub(super) async fn among<'a>(
    db: &mut Db,
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<(String, OrganisationId)>> {
    let mut folded: Vec<String> = names.map(fold).collect();
    folded.sort_unstable();
    folded.dedup();
    let there: Vec<(String, OrganisationId)> = db.among(&AMONG, folded.iter().map(Value::from).collect()).await?;
    Ok(there.into_iter().map(|(name, id)| (key(&name), id)).collect())
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
