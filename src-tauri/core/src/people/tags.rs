//! Tags as the association has them: how many people have each, and all of one renamed or taken away at once.

use super::names::fold;
use super::person::{insert_tag, one_line};
use super::{PeopleChoice, PeopleQuery, views};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::store::{Db, Edit, Value};
use crate::{args, statements};

statements! {
    ALL = "SELECT g.name AS value, COUNT(*) AS people FROM tag g JOIN person p ON p.id = g.person_id \
        WHERE p.removed_ms IS NULL GROUP BY g.name ORDER BY g.name";
    HAVE = "SELECT COUNT(*) FROM tag WHERE name = $1";
    // Whoever has both keeps the one.
    DROP_WHERE_BOTH = "DELETE FROM tag WHERE name = $1 \
        AND EXISTS (SELECT 1 FROM tag k WHERE k.person_id = tag.person_id AND k.name = $2)";
    RENAME = "UPDATE tag SET name = $2 WHERE name = $1";
    REMOVE = "DELETE FROM tag WHERE name = $1";
    STILL_THERE = "SELECT p.id FROM person p WHERE p.id IN ($1) AND p.removed_ms IS NULL";
}

/// By name.
pub async fn all(db: &mut Db) -> Result<Vec<PeopleChoice>> {
    let rows: Vec<(String, i64)> = db.all(&ALL, args![]).await?;
    let choice = |(value, people)| PeopleChoice { value, people: u32::try_from(people).unwrap_or(u32::MAX) };
    let mut all: Vec<PeopleChoice> = rows.into_iter().map(choice).collect();
    // As a person looks for them: capitals and accents aside.
    all.sort_by_cached_key(|tag| fold(&tag.value));
    Ok(all)
}

/// To each of these who is still on the lists; answers how many did not have it before.
pub async fn give(edit: &mut Edit, people: &[PersonId], name: &str) -> Result<u32> {
    let name = one_line(name);
    if name.is_empty() {
        return Err(Error::invalid("A tag needs a name, such as “mentor”."));
    }
    let before: i64 = edit.scalar(&HAVE, args![&name]).await?;
    let keys = people.iter().copied().map(Value::from).collect();
    for (id,) in edit.among::<(PersonId,)>(&STILL_THERE, keys).await? {
        insert_tag(edit, id, &name);
    }
    let after: i64 = edit.scalar(&HAVE, args![&name]).await?;
    edit.about(name);
    Ok(u32::try_from(after - before).unwrap_or(0))
}

/// Everyone who has it has the new one; of views too. A name that another tag has makes the two one, where `join` says so.
pub async fn rename(edit: &mut Edit, name: &str, to: &str, join: bool) -> Result<()> {
    let to = one_line(to);
    if to.is_empty() {
        return Err(Error::invalid("A tag needs a name, such as “mentor”."));
    }
    if to == name {
        return Ok(());
    }
    there(edit, name).await?;
    let others: i64 = edit.scalar(&HAVE, args![&to]).await?;
    if others > 0 && !join {
        return Err(Error::refused(format!("There is a tag “{to}” already. Say whether the two are to become one.")));
    }
    edit.run(&DROP_WHERE_BOTH, args![name, &to]).await?;
    edit.run(&RENAME, args![name, &to]).await?;
    for view in views::all(edit).await?.into_iter().filter(|view| view.query.tag == name) {
        views::save(edit, &view.name, &PeopleQuery { tag: to.clone(), ..view.query }).await?;
    }
    edit.about(to);
    Ok(())
}

/// From everyone who has it.
pub async fn remove(edit: &mut Edit, name: &str) -> Result<()> {
    there(edit, name).await?;
    edit.run(&REMOVE, args![name]).await?;
    edit.about(name);
    Ok(())
}

async fn there(edit: &mut Edit, name: &str) -> Result<()> {
    let have: i64 = edit.scalar(&HAVE, args![name]).await?;
    if have == 0 {
        return Err(Error::not_found(format!("Nobody has the tag “{name}” any more.")));
    }
    Ok(())
}
