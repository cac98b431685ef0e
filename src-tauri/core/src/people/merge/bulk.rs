//! Many merges at once, of those who are one so surely that nobody need look at each: one edit, undone as one.

use std::collections::HashMap;

use serde::Serialize;

use super::parts::PersonPart;
use super::preview::fields;
use super::{MergeField, NewMerge, merge, preview};
use crate::error::{Code, Result};
use crate::ids::{EditId, PersonId};
use crate::people::duplicates::narrow;
use crate::people::{PersonRef, person};
use crate::store::{Actor, Book, Db};

/// Merges in a transaction: nobody else waits longer than that to write.
const AT_A_TIME: usize = 50;
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

/// `told` hears how many are done, of how many.
pub async fn merge_many(book: &Book, actor: Actor, told: &(dyn Fn(u32, u32) + Send + Sync)) -> Result<BulkDone> {
    let pairs = narrow(&mut book.read().await?).await?;
    let whole = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let mut done = BulkDone { edit: None, merged: 0, left: Vec::new(), left_count: 0 };
    let (mut roots, mut looked_at) = (Roots::default(), 0);
    for pairs in pairs.chunks(AT_A_TIME) {
        let mut edit = match done.edit {
            Some(id) => book.write_on(actor, "merge", id).await?,
            None => book.write(actor, "merge").await?,
        };
        let id = edit.id;
        let before = done.merged;
        for (one, other) in pairs {
            looked_at += 1;
            let (one, other) = (roots.of(*one), roots.of(*other));
            if one == other {
                continue;
            }
            if let Some(why) = why_not(&mut edit, one, other).await? {
                left(&mut edit, &mut done.left, &mut done.left_count, one, other, why).await?;
                continue;
            }
            let chosen = preview(&mut edit, one, other).await?;
            let new = NewMerge { kept: chosen.kept.id, other: chosen.other.id, take: Vec::new() };
            match merge(&mut edit, &new).await {
                Ok(_) => {
                    done.merged += 1;
                    roots.0.insert(new.other, new.kept);
                }
                Err(error) if matches!(error.code, Code::Refused | Code::Invalid) => {
                    left(&mut edit, &mut done.left, &mut done.left_count, one, other, error.message).await?;
                }
                Err(error) => return Err(error),
            }
        }
        edit.about(if done.merged == 1 { "1 pair".to_owned() } else { format!("{} pairs", done.merged) });
        edit.commit().await?;
        if done.merged > before {
            done.edit = Some(id);
        }
        told(looked_at, whole);
    }
    Ok(done)
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
    let (one, other) = (PersonPart::of(db, one).await?, PersonPart::of(db, other).await?);
    let conflict = fields(db, &one, &other).await?.into_iter().find(|pair| {
        pair.conflict
            && matches!(
                pair.field,
                MergeField::Standing | MergeField::BirthDay | MergeField::Keeper | MergeField::Country
            )
    });
    Ok(conflict.map(|pair| {
        let what = match pair.field {
            MergeField::Standing => "standings",
            MergeField::BirthDay => "birth dates",
            MergeField::Keeper => "keepers",
            _ => "countries",
        };
        format!("Other {what}: {} and {}", pair.kept, pair.other)
    }))
}
