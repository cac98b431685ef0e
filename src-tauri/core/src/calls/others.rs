//! Whom a person could be taken for: whoever shares a number, has the same name, or one that sounds alike.

use super::inquiry;
use super::view::{ConfirmQuestion, Other};
use crate::error::Result;
use crate::ids::PersonId;
use crate::people::reaches::{self, ReachRow};
use crate::people::{ReachKind, ReachState, person, same};
use crate::store::Db;

/// More than anyone reads; a switchboard may have hundreds.
const MOST: usize = 20;

/// What can be asked about someone to tell them from others.
#[derive(Clone, Debug, Default)]
pub(super) struct Traits {
    pub organisation: Option<String>,
    pub place: Option<String>,
    pub waits_for: Option<String>,
    pub number_ending: Option<String>,
    pub given: Option<String>,
}

impl Traits {
    pub fn of(&self, question: ConfirmQuestion) -> Option<&str> {
        match question {
            ConfirmQuestion::Organisation => &self.organisation,
            ConfirmQuestion::Place => &self.place,
            ConfirmQuestion::WaitsFor => &self.waits_for,
            ConfirmQuestion::NumberEnding => &self.number_ending,
            ConfirmQuestion::FirstName => &self.given,
        }
        .as_deref()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Near {
    pub other: Other,
    pub traits: Traits,
}

/// Owners of the number first, then namesakes, then sound-alikes. Of one number, or of all numbers of the person.
pub(super) async fn near(db: &mut Db, id: PersonId, reach: Option<&ReachRow>) -> Result<Vec<Near>> {
    let numbers: Vec<ReachRow> = match reach {
        Some(row) => vec![row.clone()],
        None => reaches::rows_of(db, id).await?,
    };
    let mut found: Vec<(PersonId, bool, bool, Option<String>)> = Vec::new();
    for row in numbers.iter().filter(|row| row.kind == ReachKind::Phone && !row.unreadable) {
        for holder in reaches::holders(db, ReachKind::Phone, &row.value).await? {
            if holder != id && !found.iter().any(|(other, ..)| *other == holder) {
                found.push((holder, false, false, Some(row.value.clone())));
            }
        }
    }
    let mut namesakes = same::namesakes(db, id).await?;
    namesakes.sort_by_key(|namesake| !namesake.same);
    for namesake in namesakes {
        match found.iter_mut().find(|(other, ..)| *other == namesake.id) {
            Some(there) => (there.1, there.2) = (namesake.same, !namesake.same),
            None => found.push((namesake.id, namesake.same, !namesake.same, None)),
        }
    }
    found.truncate(MOST);
    let mut near = Vec::with_capacity(found.len());
    for (other, same_name, sounds_alike, shared) in found {
        let traits = traits(db, other).await?;
        near.push(Near {
            other: Other {
                person: person::reference(db, other).await?,
                same_name,
                sounds_alike,
                shares_number: shared.is_some(),
                phone_ending: shared.as_deref().map(reaches::ending).or_else(|| traits.number_ending.clone()),
                waits_for: traits.waits_for.clone(),
            },
            traits,
        });
    }
    Ok(near)
}

/// Of the person who is meant: the number that is to be dialled, not their first.
pub(super) async fn own(db: &mut Db, id: PersonId, row: &ReachRow) -> Result<Traits> {
    let mut own = traits(db, id).await?;
    own.number_ending = Some(reaches::ending(&row.value));
    Ok(own)
}

async fn traits(db: &mut Db, id: PersonId) -> Result<Traits> {
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let who = person::get(db, id).await?;
    let number = reaches::rows_of(db, id)
        .await?
        .into_iter()
        .find(|row| row.kind == ReachKind::Phone && row.state == ReachState::Good && !row.unreadable);
    Ok(Traits {
        organisation: who.roles.iter().find(|role| role.to_day.is_none()).and_then(|role| filled(&role.organisation)),
        place: filled(&who.place),
        waits_for: inquiry::waits_for(db, id).await?,
        number_ending: number.map(|row| reaches::ending(&row.value)),
        given: filled(&who.given),
    })
}
