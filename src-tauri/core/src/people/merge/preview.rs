//! What a merge would do, before it is done.

use serde::Serialize;

use super::parts::PersonPart;
use super::{MergeField, both, channel_words};
use crate::error::Result;
use crate::ids::{FieldId, PersonId};
use crate::people::duplicates::{Reason, reasons_of};
use crate::people::fields::{FieldKind, FieldValue};
use crate::people::names::fold;
use crate::people::{Person, ReachKind};
use crate::store::Db;
use crate::team::volunteers;
use crate::{args, statements};

/// One field of both, side by side.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct FieldPair {
    pub field: MergeField,
    pub kept: String,
    pub other: String,
    /// Both say something, and not the same: somebody has to choose.
    pub conflict: bool,
    /// The other's is taken where nobody chooses: the kept one says nothing.
    pub takes_other: bool,
}

/// As [`FieldPair`], of a field that the association made.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OwnFieldPair {
    pub field: FieldId,
    pub name: String,
    pub kind: FieldKind,
    pub kept: String,
    pub other: String,
    pub conflict: bool,
    pub takes_other: bool,
}

/// How much comes over from the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct ComesAlong {
    pub touches: u32,
    pub messages: u32,
    pub promises: u32,
    pub facts: u32,
    pub reaches: u32,
    pub tags: u32,
    pub roles: u32,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct MergePreview {
    pub kept: Person,
    pub other: Person,
    /// Since when each is in the history: touches, messages, promises.
    pub kept_has: ComesAlong,
    pub comes_along: ComesAlong,
    pub fields: Vec<FieldPair>,
    /// Of the association's own fields, those in which either has something.
    pub own_fields: Vec<OwnFieldPair>,
    /// What else one should know: which wish stands, that both wait.
    pub said: Vec<String>,
    pub reasons: Vec<Reason>,
}

statements! {
    TOUCHES = "SELECT COUNT(*) FROM touch WHERE person_id = $1";
    MESSAGES = "SELECT COUNT(*) FROM message WHERE person_id = $1";
    PROMISES = "SELECT COUNT(*) FROM promise WHERE person_id = $1";
    WAITS = "SELECT COUNT(*) FROM inquiry WHERE person_id = $1 AND state = 'open'";
}

/// Whoever has more of a history is kept: with them the other is merged.
pub async fn preview(db: &mut Db, one: PersonId, two: PersonId) -> Result<MergePreview> {
    let (first, second) = (history(db, one).await?, history(db, two).await?);
    let (kept, other) = if first >= second { (one, two) } else { (two, one) };
    let (kept_part, other_part) = (PersonPart::of(db, kept).await?, PersonPart::of(db, other).await?);
    let (kept, other) = both(db, kept, other).await?;
    let reasons = reasons_of(db, kept.id, other.id).await?;
    Ok(MergePreview {
        kept_has: along(db, &kept).await?,
        comes_along: along(db, &other).await?,
        fields: fields(db, &kept_part, &other_part).await?,
        said: said(db, &kept, &other).await?,
        own_fields: own_fields(&kept.fields, &other.fields),
        reasons,
        kept,
        other,
    })
}

/// How much there is of someone; of two with as much, the one who came first.
async fn history(db: &mut Db, person: PersonId) -> Result<(i64, std::cmp::Reverse<PersonId>)> {
    let mut sum = 0;
    for count in [&TOUCHES, &MESSAGES, &PROMISES] {
        let count: i64 = db.scalar(count, args![person]).await?;
        sum += count;
    }
    Ok((sum, std::cmp::Reverse(person)))
}

async fn along(db: &mut Db, person: &Person) -> Result<ComesAlong> {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let length = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(ComesAlong {
        touches: number(db.scalar(&TOUCHES, args![person.id]).await?),
        messages: number(db.scalar(&MESSAGES, args![person.id]).await?),
        promises: number(db.scalar(&PROMISES, args![person.id]).await?),
        facts: length(person.facts.len()),
        reaches: length(person.reaches.len()),
        tags: length(person.tags.len()),
        roles: length(person.roles.len()),
    })
}

pub(super) async fn fields(db: &mut Db, kept: &PersonPart, other: &PersonPart) -> Result<Vec<FieldPair>> {
    let volunteers = volunteers::all(db).await?;
    let name = |id| volunteers.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let all = [
        (MergeField::Name, kept.name.clone(), other.name.clone()),
        (MergeField::Standing, kept.standing.as_str().to_owned(), other.standing.as_str().to_owned()),
        (MergeField::BirthDay, kept.birth_day.clone(), other.birth_day.clone()),
        (MergeField::Place, kept.place.clone(), other.place.clone()),
        (MergeField::Country, text(&kept.country), text(&other.country)),
        (MergeField::Zone, text(&kept.zone), text(&other.zone)),
        (MergeField::Keeper, name(kept.keeper_id), name(other.keeper_id)),
        (MergeField::ExternalId, text(&kept.external_id), text(&other.external_id)),
        (MergeField::Source, kept.source.clone(), other.source.clone()),
    ];
    Ok(all
        .into_iter()
        .map(|(field, kept, other)| FieldPair {
            field,
            conflict: !kept.is_empty() && !other.is_empty() && fold(&kept) != fold(&other),
            takes_other: kept.is_empty() && !other.is_empty(),
            kept,
            other,
        })
        .collect())
}

/// In the order of the fields of who is kept, then those that only the other has something in.
pub(super) fn own_fields(kept: &[FieldValue], other: &[FieldValue]) -> Vec<OwnFieldPair> {
    let has = |all: &[FieldValue], field: FieldId| {
        all.iter().find(|one| one.field == field).map(|one| one.value.clone()).unwrap_or_default()
    };
    let only_other = other.iter().filter(|one| !kept.iter().any(|own| own.field == one.field));
    kept.iter()
        .chain(only_other)
        .map(|one| {
            let (own, theirs) = (has(kept, one.field), has(other, one.field));
            OwnFieldPair {
                field: one.field,
                name: one.name.clone(),
                kind: one.kind,
                conflict: !own.is_empty() && !theirs.is_empty() && own != theirs,
                takes_other: own.is_empty(),
                kept: own,
                other: theirs,
            }
        })
        .collect()
}

async fn said(db: &mut Db, kept: &Person, other: &Person) -> Result<Vec<String>> {
    let mut said = Vec::new();
    if kept.do_not_call != other.do_not_call {
        said.push("One of them asked not to be called: that stands.".to_owned());
    }
    for channel in [ReachKind::Phone, ReachKind::Email, ReachKind::Post] {
        let of = |person: &Person| person.consents.iter().find(|one| one.channel == channel).map(|one| one.allowed);
        if let (Some(one), Some(two)) = (of(kept), of(other))
            && one != two
        {
            said.push(format!("One of them said no to being {}: the no stands.", channel_words(channel)));
        }
    }
    let (waits, also): (i64, i64) =
        (db.scalar(&WAITS, args![kept.id]).await?, db.scalar(&WAITS, args![other.id]).await?);
    if waits > 0 && also > 0 {
        said.push(
            "Both wait for an answer: it becomes one inquiry, from the first message on, with one call back."
                .to_owned(),
        );
    }
    Ok(said)
}
