//! Many merges at once, of those who are one so surely that nobody need look at each: one edit, undone as one.

use std::collections::HashMap;

use serde::Serialize;

use super::parts::PersonPart;
use super::preview::{FieldPair, fields as pairs, own_fields};
use super::{MergeField, NewMerge, merge, preview};
use crate::error::{Code, Result};
use crate::ids::{EditId, PersonId};
use crate::people::duplicates::narrow;
use crate::people::{PersonRef, fields, person};
use crate::store::{Actor, Book, Db, Edit};

/// Pairs that are named; the rest are counted.
const NAMED: usize = 200;

/// A pair that is left to be looked at, and why.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LeftForYou {
    pub one: PersonRef,
    pub other: PersonRef,
    pub why: String,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BulkPreview {
    /// Pairs that would be merged.
    pub pairs: u32,
    /// The first of them.
    pub names: Vec<(PersonRef, PersonRef)>,
    pub left: Vec<LeftForYou>,
    pub left_count: u32,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct BulkDone {
    /// What undoes them all; none where there were none.
    pub edit: Option<EditId>,
    pub merged: u32,
    pub left: Vec<LeftForYou>,
    pub left_count: u32,
}

/// Who is merged with whom. Of three who are one, the second and the third go to the first.
#[derive(Default)]
struct Roots(HashMap<PersonId, PersonId>);

impl Roots {
    fn of(&self, mut id: PersonId) -> PersonId {
        while let Some(next) = self.0.get(&id) {
            id = *next;
        }
        id
    }
}

pub async fn preview_many(db: &mut Db) -> Result<BulkPreview> {
    let mut all = BulkPreview { pairs: 0, names: Vec::new(), left: Vec::new(), left_count: 0 };
    let mut roots = Roots::default();
    for (one, other) in narrow(db).await? {
        let (one, other) = (roots.of(one), roots.of(other));
        if one == other {
            continue;
        }
        match why_not(db, one, other).await? {
            Some(why) => left(db, &mut all.left, &mut all.left_count, one, other, why).await?,
            None => {
                all.pairs += 1;
                roots.0.insert(other, one);
                if all.names.len() < NAMED {
                    all.names.push((person::reference(db, one).await?, person::reference(db, other).await?));
                }
            }
        }
    }
    Ok(all)
}

/// All of them, or none where it ends in the middle. `told` hears how many are looked at, of how many.
pub async fn merge_many(book: &Book, actor: Actor, told: &(dyn Fn(u32, u32) + Send + Sync)) -> Result<BulkDone> {
    let mut edit = book.write(actor, "merge").await?;
    let pairs = narrow(&mut edit).await?;
    let whole = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let mut done = BulkDone { edit: None, merged: 0, left: Vec::new(), left_count: 0 };
    let mut roots = Roots::default();
    for (looked_at, (one, other)) in (1..).zip(pairs) {
        let (one, other) = (roots.of(one), roots.of(other));
        if one != other {
            match pair(&mut edit, one, other).await? {
                Ok((kept, merged)) => {
                    done.merged += 1;
                    roots.0.insert(merged, kept);
                }
                Err(why) => left(&mut edit, &mut done.left, &mut done.left_count, one, other, why).await?,
            }
        }
        told(looked_at, whole);
    }
    edit.about(if done.merged == 1 { "1 pair".to_owned() } else { format!("{} pairs", done.merged) });
    let id = edit.commit().await?;
    done.edit = (done.merged > 0).then_some(id);
    Ok(done)
}

/// Who is kept and who is merged, or why they are left.
async fn pair(edit: &mut Edit, one: PersonId, other: PersonId) -> Result<Result<(PersonId, PersonId), String>> {
    if let Some(why) = why_not(edit, one, other).await? {
        return Ok(Err(why));
    }
    // What stands against it is found before anything is written; what is found later ends it all.
    let chosen = match preview(edit, one, other).await {
        Ok(chosen) => chosen,
        Err(error) if matches!(error.code, Code::Refused | Code::Invalid) => return Ok(Err(error.message)),
        Err(error) => return Err(error),
    };
    let new = NewMerge { kept: chosen.kept.id, other: chosen.other.id, take: Vec::new(), take_own: Vec::new() };
    merge(edit, &new).await?;
    Ok(Ok((new.kept, new.other)))
}

async fn left(
    db: &mut Db,
    all: &mut Vec<LeftForYou>,
    count: &mut u32,
    one: PersonId,
    other: PersonId,
    why: String,
) -> Result<()> {
    *count += 1;
    if all.len() < NAMED {
        all.push(LeftForYou {
            one: person::reference(db, one).await?,
            other: person::reference(db, other).await?,
            why,
        });
    }
    Ok(())
}

/// What somebody has to choose is not chosen by the hundred.
async fn why_not(db: &mut Db, one: PersonId, other: PersonId) -> Result<Option<String>> {
    let own = own_fields(&fields::of_person(db, one).await?, &fields::of_person(db, other).await?);
    if let Some(pair) = own.into_iter().find(|pair| pair.conflict) {
        return Ok(Some(format!("{}: {} and {}", pair.name, pair.kept, pair.other)));
    }
    let (one, other) = (PersonPart::of(db, one).await?, PersonPart::of(db, other).await?);
    let conflicts = pairs(db, &one, &other).await?.into_iter().filter(|pair| pair.conflict);
    let chosen_by_someone = |pair: FieldPair| {
        let what = match pair.field {
            MergeField::Standing => "standings",
            MergeField::BirthDay => "birth dates",
            MergeField::Keeper => "keepers",
            MergeField::Country => "countries",
            _ => return None,
        };
        Some(format!("Other {what}: {} and {}", pair.kept, pair.other))
    };
    Ok(conflicts.filter_map(chosen_by_someone).next())
}
