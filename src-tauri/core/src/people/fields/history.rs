//! A person's history, with what changed in the association's own fields under their names.

use std::collections::HashMap;

use super::set;
use crate::error::Result;
use crate::ids::{EditId, FieldId, FieldOptionId, PersonId};
use crate::store::{self, Actor, Book, FieldChange};
use crate::{args, statements};

const TABLE: &str = "field_value";

statements! {
    CHANGED = "SELECT j.seq, f.id, f.name FROM journal j JOIN field_value v ON v.id = j.row_id \
        JOIN field f ON f.id = v.field_id WHERE j.person_id = $1 AND j.tbl = 'field_value' AND j.op = 'update'";
    OPTION_NAMES = "SELECT id, name FROM field_option";
}

/// Every field that was changed, newest first.
pub async fn history(book: &Book, person: PersonId) -> Result<Vec<FieldChange>> {
    let changes = store::history(book, person).await?;
    if !changes.iter().any(|change| change.table == TABLE) {
        return Ok(changes);
    }
    let mut db = book.read().await?;
    let fields: Vec<(i64, FieldId, String)> = db.all(&CHANGED, args![person]).await?;
    let fields: HashMap<i64, String> = fields.into_iter().map(|(seq, _, name)| (seq, name)).collect();
    let options: Vec<(FieldOptionId, String)> = db.all(&OPTION_NAMES, args![]).await?;
    let options: HashMap<FieldOptionId, String> = options.into_iter().collect();
    let shown = |text: Option<String>, is_option: bool| match text {
        Some(id) if is_option => id.parse().ok().and_then(|id| options.get(&id).cloned()),
        text => text.filter(|text| !text.is_empty()),
    };
    let mut told: Vec<FieldChange> = Vec::with_capacity(changes.len());
    for change in changes {
        if change.table != TABLE {
            told.push(change);
            continue;
        }
        // A value that is gone since has no field to be put back into.
        let Some(name) = fields.get(&i64::from(change.seq)) else { continue };
        let is_option = change.field == "option_id";
        let (before, after) = (shown(change.before, is_option), shown(change.after, is_option));
        match told.iter_mut().find(|there| there.seq == change.seq) {
            // A field that was words and is a choice now changes in both.
            Some(there) => {
                there.before = there.before.take().or(before);
                there.after = there.after.take().or(after);
            }
            None => told.push(FieldChange { field: name.clone(), before, after, ..change }),
        }
    }
    Ok(told)
}

/// Puts one field back to what it was before one change, ours or the association's own.
pub async fn restore(book: &Book, actor: Actor, person: PersonId, seq: u32, field: &str) -> Result<EditId> {
    let mut db = book.read().await?;
    let own: Vec<(i64, FieldId, String)> = db.all(&CHANGED, args![person]).await?;
    drop(db);
    let Some((_, own, _)) = own.into_iter().find(|(at, ..)| *at == i64::from(seq)) else {
        return store::restore_field(book, actor, person, seq, field).await;
    };
    let was =
        history(book, person).await?.into_iter().find(|change| change.seq == seq).and_then(|change| change.before);
    let mut edit = book.write(actor, "restore_field").await?;
    set(&mut edit, person, own, &was.unwrap_or_default()).await?;
    edit.commit().await
}
