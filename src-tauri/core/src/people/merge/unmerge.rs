//! Taking a merge apart: both are there again, and what was done since stays with whom it was done to.

use std::future::Future;
use std::pin::Pin;

use serde::Serialize;
use serde_json::Value as Json;

use super::parts::{self, ConsentPart, PersonPart, ReachPart, RolePart};
use super::{MergeRow, Merging, of_edit, rows, waiting};
use crate::error::{Error, Result};
use crate::ids::{EditId, MergeId, MergedRowId, PersonId};
use crate::people::{PersonRef, person};
use crate::store::{Edit, Tally};
use crate::{args, reversals, statements};

/// What became of it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Unmerged {
    pub kept: PersonRef,
    pub other: PersonRef,
    /// Rows that went back.
    pub back: u32,
    /// Fields of who was kept that somebody has changed since, and that stay.
    pub stay: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: MergedRowId,
    what: String,
    row_id: uuid::Uuid,
    before: String,
    after: String,
}

statements! {
    GET = "SELECT id, person_id, merged_id FROM merge WHERE id = $1";
    ROWS = "SELECT id, what, row_id, before, after FROM merged_row WHERE merge_id = $1 ORDER BY id DESC";
    PUT_ON = "UPDATE person SET removed_ms = NULL, merged_into = NULL WHERE id = $1 AND merged_into = $2";
    FORGET_ROWS = "DELETE FROM merged_row WHERE merge_id = $1";
    FORGET = "DELETE FROM merge WHERE id = $1";
    LATER_CHANGES = "SELECT r.id, r.what, r.row_id, r.before, r.after FROM merged_row r JOIN merge m ON m.id = r.merge_id \
        WHERE m.person_id = $1 AND r.row_id = $2 AND r.what = $3 AND r.id > $4 AND r.before <> ''";
    SET_BEFORE = "UPDATE merged_row SET before = $2 WHERE id = $1";
    OTHERS = "SELECT id, person_id, merged_id FROM merge WHERE person_id = $1 AND id <> $2 ORDER BY id";
    // What was done since about a matter that goes back goes with it. Ids are in the order of time.
    FOLLOW_MESSAGES = "UPDATE message SET person_id = $2 WHERE person_id = $1 AND id > $3 \
        AND inquiry_id IN (SELECT id FROM inquiry WHERE person_id = $2)";
    FOLLOW_PROMISES = "UPDATE promise SET person_id = $2 WHERE person_id = $1 AND id > $3 \
        AND (inquiry_id IN (SELECT id FROM inquiry WHERE person_id = $2) \
          OR id IN (SELECT replaced_by FROM promise WHERE person_id = $2 AND replaced_by IS NOT NULL) \
          OR id IN (SELECT s.promise_id FROM enrolment_step s JOIN enrolment e ON e.id = s.enrolment_id WHERE e.person_id = $2))";
    FOLLOW_CALLS = "UPDATE call SET person_id = $2 WHERE person_id = $1 AND id > $3 \
        AND promise_id IN (SELECT id FROM promise WHERE person_id = $2)";
    FOLLOW_TOUCHES = "UPDATE touch SET person_id = $2 WHERE person_id = $1 AND id > $3 \
        AND (promise_id IN (SELECT id FROM promise WHERE person_id = $2) \
          OR call_id IN (SELECT id FROM call WHERE person_id = $2) \
          OR inquiry_id IN (SELECT id FROM inquiry WHERE person_id = $2))";
    FOLLOW_MAIL = "UPDATE outgoing_mail SET person_id = $2 WHERE person_id = $1 AND id > $3 \
        AND promise_id IN (SELECT id FROM promise WHERE person_id = $2)";
}

reversals! {
    // Undoing the edit of a merge takes it apart the same way, whenever that is done.
    UNDO_MERGE = "merge", take_back;
}

fn take_back<'a>(edit: &'a mut Edit, undone: EditId) -> Pin<Box<dyn Future<Output = Result<Tally>> + Send + 'a>> {
    Box::pin(async move {
        let mut tally = Tally::default();
        for merge in of_edit(edit, undone).await? {
            match apart(edit, &merge).await {
                Ok(done) => {
                    tally.reversed += 1;
                    tally.kept += u32::try_from(done.stay.len()).unwrap_or(u32::MAX);
                }
                Err(error) if error.code == crate::Code::Refused => tally.failed.push((merge.person_id, error.message)),
                Err(error) => return Err(error),
            }
        }
        Ok(tally)
    })
}

/// Takes one merge apart.
pub async fn unmerge(edit: &mut Edit, merge: MergeId) -> Result<Unmerged> {
    let merge: MergeRow = edit.one(&GET, args![merge], "merge").await?;
    let done = apart(edit, &merge).await?;
    edit.about(format!("{} and {}", done.kept.name, done.other.name));
    Ok(done)
}

async fn apart(edit: &mut Edit, merge: &MergeRow) -> Result<Unmerged> {
    let (kept, other) = (merge.person_id, merge.merged_id);
    if let Some(into) = person::get(edit, kept).await?.merged_into {
        let name = person::reference(edit, kept).await?.name;
        return Err(Error::refused(format!("{name} was merged with {} since. Take that apart first.", into.name)));
    }
    let rows: Vec<Row> = edit.all(&ROWS, args![merge.id]).await?;
    let mut done = Unmerged {
        kept: person::reference(edit, kept).await?,
        other: person::reference(edit, other).await?,
        back: 0,
        stay: Vec::new(),
    };
    for row in rows.iter().filter(|row| row.before.is_empty()) {
        done.back += u32::from(rows::give_back(edit, &row.what, row.row_id, kept, other).await?);
    }
    for row in rows.iter().filter(|row| !row.before.is_empty() && !waiting::OWN.contains(&row.what.as_str())) {
        done.stay.extend(put_back(edit, row).await?);
        hand_on(edit, kept, row).await?;
    }
    for follow in [&FOLLOW_MESSAGES, &FOLLOW_PROMISES, &FOLLOW_CALLS, &FOLLOW_TOUCHES, &FOLLOW_MAIL] {
        edit.run(follow, args![kept, other, merge.id]).await?;
    }
    edit.run(&PUT_ON, args![other, kept]).await?;
    waiting::part(edit, merge).await?;
    edit.run(&FORGET_ROWS, args![merge.id]).await?;
    edit.run(&FORGET, args![merge.id]).await?;
    // Whoever else is part of this person may have the very same, and left it with their record for that.
    let others: Vec<MergeRow> = edit.all(&OTHERS, args![kept, merge.id]).await?;
    for still in others {
        let merging = Merging { id: still.id, kept, other: still.merged_id };
        super::particulars(edit, &merging, &[]).await?;
        rows::bring(edit, &merging).await?;
    }
    edit.also_changed("suspect");
    Ok(done)
}

async fn put_back(edit: &mut Edit, row: &Row) -> Result<Vec<String>> {
    let (id, before, after) = (row.row_id, &row.before, &row.after);
    match row.what.as_str() {
        "person" => parts::restore::<PersonPart>(edit, id, before, after).await,
        "reach" => parts::restore::<ReachPart>(edit, id, before, after).await,
        "consent" => parts::restore::<ConsentPart>(edit, id, before, after).await,
        "field_value" => {
            let back = rows::put_back_value(edit, id, before, after).await?;
            Ok(if back { Vec::new() } else { vec!["field_value".to_owned()] })
        }
        "role" => parts::restore::<RolePart>(edit, id, before, after).await,
        _ => Ok(Vec::new()),
    }
}

/// A later merge found what this one left, and would put that back one day: it is told what was there before this one.
async fn hand_on(edit: &mut Edit, kept: PersonId, row: &Row) -> Result<()> {
    let later: Vec<Row> = edit.all(&LATER_CHANGES, args![kept, row.row_id, &row.what, row.id]).await?;
    let (own_before, own_after) = (parts::read(&row.before)?, parts::read(&row.after)?);
    for change in later {
        let mut before = parts::read(&change.before)?;
        for (field, was) in &own_before {
            if before.get(field).is_some() && before.get(field) == own_after.get(field) {
                before.insert(field.clone(), was.clone());
            }
        }
        edit.run(&SET_BEFORE, args![change.id, Json::Object(before).to_string()]).await?;
    }
    Ok(())
}
