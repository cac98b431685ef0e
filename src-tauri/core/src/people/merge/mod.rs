//! Two records of one person become one, and can be taken apart again.
//!
//! Whatever belonged to the other comes over to who is kept; what both have alike stays where it is, with the other's
//! record, which is only taken off the lists. What a merge brought over or changed is written down row by row
//! (`merged_row`), so that it can be taken apart whatever was done since: rows go back to whose they were, with what was
//! edited in them; fields go back where nobody has changed them since; what was done since stays with who was kept, but
//! for what hangs on a matter that goes back.
//!
//! A merge is one edit; so is taking it apart, by undo or by itself.

mod bulk;
mod parts;
mod preview;
mod rows;
mod unmerge;
mod waiting;

use serde::{Deserialize, Serialize};

use super::{PersonRef, ReachKind, person};
use crate::error::{Error, Result};
use crate::ids::{EditId, FieldId, MergeId, MergedRowId, PersonId};
use crate::store::{Db, Edit};
use crate::time::Millis;
use crate::{args, statements, words};

pub use bulk::{BulkDone, BulkPreview, LeftForYou, merge_many, preview_many};
pub use preview::{ComesAlong, FieldPair, MergePreview, OwnFieldPair, preview};
pub use unmerge::{Unmerged, unmerge};

use parts::PersonPart;

words! {
    /// What a person has one of: where the two differ, one is chosen.
    pub enum MergeField {
        Name = "name",
        Standing = "standing",
        BirthDay = "birth_day",
        Place = "place",
        Country = "country",
        Zone = "zone",
        Keeper = "keeper",
        ExternalId = "external_id",
        Source = "source",
    }
}

/// Who is kept, and of which fields the other's value is taken. A field that the kept one has nothing in takes the
/// other's in any case.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewMerge {
    pub kept: PersonId,
    pub other: PersonId,
    #[serde(default)]
    pub take: Vec<MergeField>,
    /// The same of the association's own fields.
    #[serde(default)]
    pub take_own: Vec<FieldId>,
}

/// A merge that stands, for the page of who was kept.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MergeLine {
    pub id: MergeId,
    pub other: PersonRef,
    pub at_ms: Millis,
    pub by: Option<String>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct MergeRow {
    id: MergeId,
    person_id: PersonId,
    merged_id: PersonId,
}

statements! {
    ADD = "INSERT INTO merge (id, person_id, merged_id, at_ms, volunteer_id, edit_id) VALUES ($1, $2, $3, $4, $5, $6)";
    NOTE = "INSERT INTO merged_row (id, merge_id, what, row_id, before, after) VALUES ($1, $2, $3, $4, $5, $6)";
    TAKE_OFF = "UPDATE person SET removed_ms = $3, merged_into = $2 WHERE id = $1 AND removed_ms IS NULL";
    CALL_BEGUN = "SELECT COUNT(*) FROM call WHERE person_id = $1 AND state = 'begun'";
    OF_PERSON = "SELECT m.id, m.merged_id, m.at_ms, v.name AS by_name FROM merge m \
        LEFT JOIN volunteer v ON v.id = m.volunteer_id WHERE m.person_id = $1 ORDER BY m.id DESC";
    OF_EDIT = "SELECT id, person_id, merged_id FROM merge WHERE edit_id = $1 ORDER BY id DESC";
}

/// The merge that is being written.
struct Merging {
    id: MergeId,
    kept: PersonId,
    other: PersonId,
}

impl Merging {
    /// A row that came over from the other.
    fn brought(&self, edit: &mut Edit, what: &str, row: uuid::Uuid) {
        edit.add(&NOTE, args![MergedRowId::new(), self.id, what, row, "", ""]);
    }

    /// A row that is there, and says something else now. Both as JSON of the fields that differ.
    fn changed(&self, edit: &mut Edit, what: &str, row: uuid::Uuid, before: String, after: String) {
        edit.add(&NOTE, args![MergedRowId::new(), self.id, what, row, before, after]);
    }
}

/// Merges the other into who is kept.
pub async fn merge(edit: &mut Edit, new: &NewMerge) -> Result<MergeId> {
    let (kept, other) = both(edit, new.kept, new.other).await?;
    let merging = Merging { id: MergeId::new(), kept: new.kept, other: new.other };
    let (id, at, by) = (edit.id, edit.at, edit.actor.volunteer());
    edit.add(&ADD, args![merging.id, merging.kept, merging.other, at, by, id]);
    particulars(edit, &merging, &new.take).await?;
    waiting::join(edit, &merging).await?;
    rows::take_values(edit, &merging, &new.take_own).await?;
    rows::bring(edit, &merging).await?;
    edit.run(&TAKE_OFF, args![merging.other, merging.kept, at]).await?;
    edit.also_changed("suspect");
    edit.about(if kept.name == other.name { kept.name } else { format!("{} and {}", kept.name, other.name) });
    Ok(merging.id)
}

/// Both, where they may be merged.
async fn both(db: &mut Db, kept: PersonId, other: PersonId) -> Result<(super::Person, super::Person)> {
    if kept == other {
        return Err(Error::invalid("Choose two people."));
    }
    let (kept, other) = (person::get(db, kept).await?, person::get(db, other).await?);
    for one in [&kept, &other] {
        if let Some(into) = &one.merged_into {
            return Err(Error::refused(format!("{} was merged with {} already.", one.name, into.name)));
        }
        if one.removed {
            return Err(Error::refused(format!("{} was taken off the lists. Restore them first.", one.name)));
        }
    }
    let begun: i64 = db.scalar(&CALL_BEGUN, args![other.id]).await?;
    if begun > 0 {
        return Err(Error::refused(format!("A call with {} is not filed yet. File it first.", other.name)));
    }
    Ok((kept, other))
}

/// What a person has one of.
async fn particulars(edit: &mut Edit, merging: &Merging, take: &[MergeField]) -> Result<()> {
    let before = PersonPart::of(edit, merging.kept).await?;
    let other = PersonPart::of(edit, merging.other).await?;
    let after = before.clone().with(&other, take);
    if after != before {
        after.write(edit, merging.kept).await?;
        let (before, after) = parts::difference(&before, &after)?;
        merging.changed(edit, "person", merging.kept.0, before, after);
    }
    Ok(())
}

/// Whoever became part of this person's record, the last first.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<MergeLine>> {
    let rows: Vec<(MergeId, PersonId, Millis, Option<String>)> = db.all(&OF_PERSON, args![person]).await?;
    let mut lines = Vec::with_capacity(rows.len());
    for (id, other, at_ms, by) in rows {
        lines.push(MergeLine { id, other: person::reference(db, other).await?, at_ms, by });
    }
    Ok(lines)
}

async fn of_edit(db: &mut Db, edit: EditId) -> Result<Vec<MergeRow>> {
    db.all(&OF_EDIT, args![edit]).await
}

/// In words: which of two wishes stands, where they differ.
fn channel_words(channel: ReachKind) -> &'static str {
    match channel {
        ReachKind::Phone => "rung",
        ReachKind::Email => "written to by e-mail",
        ReachKind::Post => "written to by post",
    }
}
