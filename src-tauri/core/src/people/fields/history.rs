//! A person's history, with what changed in the association's own fields under their names.

use std::collections::HashMap;

use super::set;
use crate::error::{Error, Result};
use crate::ids::{EditId, FieldId, FieldOptionId, PersonId};
use crate::people::{PersonChange, person};
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
    let mut changes = store::history(book, person).await?;
    // What they are called is made of both; put back alone, it would be said of somebody who is found otherwise.
    let renamed: Vec<u32> = changes.iter().filter(|one| is_part_of_name(one)).map(|one| one.seq).collect();
    changes.retain(|one| !(one.table == "person" && one.field == "name" && renamed.contains(&one.seq)));
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

fn is_part_of_name(change: &FieldChange) -> bool {
    change.table == "person" && matches!(change.field.as_str(), "given" | "family")
}

/// Puts one field back to what it was before one change, ours or the association's own.
pub async fn restore(book: &Book, actor: Actor, whose: PersonId, seq: u32, field: &str) -> Result<EditId> {
    let mut db = book.read().await?;
    let own: Vec<(i64, FieldId, String)> = db.all(&CHANGED, args![whose]).await?;
    drop(db);
    let own = own.into_iter().find(|(at, ..)| *at == i64::from(seq)).map(|(_, own, _)| own);
    let of_it = |change: &FieldChange| change.seq == seq && (own.is_some() || change.field == field);
    let Some(change) = history(book, whose).await?.into_iter().find(of_it) else {
        return Err(Error::not_found("This change did not touch that field."));
    };
    if own.is_none() && !is_part_of_name(&change) {
        return store::restore_field(book, actor, whose, seq, field).await;
    }
    let was = change.before.unwrap_or_default();
    let mut edit = book.write(actor, "restore_field").await?;
    match own {
        Some(own) => set(&mut edit, whose, own, &was).await?,
        None => {
            // What they are called and found by goes with it.
            let back = match field {
                "given" => PersonChange { given: Some(was), ..PersonChange::default() },
                _ => PersonChange { family: Some(was), ..PersonChange::default() },
            };
            person::change(&mut edit, whose, &back).await?;
        }
    }
    edit.commit().await
}
