//! Views of the list that were given a name. They are the association's: whoever opens the book finds them.

use serde::Serialize;

use super::PeopleQuery;
use crate::error::{Error, Result};
use crate::ids::SavedViewId;
use crate::store::{Db, Edit};
use crate::{args, statements};

const LONGEST_NAME: usize = 60;
/// More than anyone finds their way in.
const MOST: i64 = 100;

#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
pub struct SavedView {
    pub id: SavedViewId,
    pub name: String,
    pub query: PeopleQuery,
}

statements! {
    ALL = "SELECT id, name, query FROM saved_view ORDER BY folded, id";
    COUNT = "SELECT COUNT(*) FROM saved_view";
    OF_NAME = "SELECT id FROM saved_view WHERE folded = $1";
    ADD = "INSERT INTO saved_view (id, name, folded, query) VALUES ($1, $2, $3, $4)";
    CHANGE = "UPDATE saved_view SET name = $2, query = $3 WHERE id = $1";
    REMOVE = "DELETE FROM saved_view WHERE id = $1";
}

/// By name. One whose words this Wellmet does not know any more is left out, and stays in the book.
pub async fn all(db: &mut Db) -> Result<Vec<SavedView>> {
    let rows: Vec<(SavedViewId, String, String)> = db.all(&ALL, args![]).await?;
    let view = |(id, name, query): (SavedViewId, String, String)| {
        Some(SavedView { id, name, query: serde_json::from_str(&query).ok()? })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// A view of the same name becomes this one.
pub async fn save(edit: &mut Edit, name: &str, query: &PeopleQuery) -> Result<SavedViewId> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Error::invalid("Give the view a name, such as “Members in Perth”."));
    }
    if name.chars().nth(LONGEST_NAME).is_some() {
        return Err(Error::invalid(format!("A view's name has at most {LONGEST_NAME} characters.")));
    }
    let words = serde_json::to_string(query).map_err(|error| Error::internal(error.to_string()))?;
    let folded = name.to_lowercase();
    edit.about(name.clone());
    if let Some((id,)) = edit.maybe::<(SavedViewId,)>(&OF_NAME, args![&folded]).await? {
        edit.run(&CHANGE, args![id, name, words]).await?;
        return Ok(id);
    }
    let count: i64 = edit.scalar(&COUNT, args![]).await?;
    if count >= MOST {
        return Err(Error::refused(format!("There are {MOST} views already. Remove one that nobody uses.")));
    }
    let id = SavedViewId::new();
    edit.run(&ADD, args![id, name, folded, words]).await?;
    Ok(id)
}

pub async fn remove(edit: &mut Edit, id: SavedViewId) -> Result<()> {
    if let Some(view) = all(edit).await?.into_iter().find(|view| view.id == id) {
        edit.about(view.name);
    }
    if edit.run(&REMOVE, args![id]).await? == 0 {
        return Err(Error::not_found("That view is gone already."));
    }
    Ok(())
}
