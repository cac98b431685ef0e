//! Whom a person could be taken for: whoever shares a number, has the same name, or one that sounds alike.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::inquiry;
use super::view::{ConfirmQuestion, Other};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::reaches::{self, ReachRow};
use crate::people::{PersonRef, ReachKind, Standing, same};
use crate::store::Db;
use crate::{args, statements};

/// More than anyone reads; a switchboard may have hundreds.
pub(super) const MOST_SHOWN: usize = 20;

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

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    name: String,
    standing: Standing,
    organisation: Option<String>,
    given: String,
    place: String,
    phone: Option<String>,
    /// Of the open inquiry; may be empty.
    about: Option<String>,
    /// Of the open promise that is due first.
    owed: Option<String>,
}

macro_rules! near_row {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.name, p.standing, p.given, p.place, \
            (SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
               WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS organisation, \
            (SELECT r.value FROM reach r WHERE r.person_id = p.id AND r.kind = 'phone' AND r.state = 'good' \
               AND NOT r.unreadable ORDER BY r.position LIMIT 1) AS phone, \
            (SELECT i.about FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open') AS about, \
            (SELECT w.what FROM promise w WHERE w.person_id = p.id AND w.state = 'open' \
               ORDER BY w.due_ms, w.id LIMIT 1) AS owed FROM person p ",
            $rest
        )
    };
}

statements! {
    THESE = near_row!("WHERE p.id IN ($1)");
    // Of one organisation, whoever waits first.
    COLLEAGUES = near_row!("WHERE p.removed_ms IS NULL AND p.id <> $1 AND p.id IN (SELECT c.person_id FROM role c \
        WHERE c.to_day IS NULL AND c.organisation_id IN (SELECT m.organisation_id FROM role m \
          WHERE m.person_id = $1 AND m.to_day IS NULL)) \
        ORDER BY (SELECT COALESCE(MIN(i.clock_ms), 9000000000000000) FROM inquiry i \
          WHERE i.person_id = p.id AND i.state = 'open'), p.sort_key, p.id LIMIT $2");
}

impl Row {
    fn traits(&self) -> Traits {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Traits {
            organisation: self.organisation.as_deref().and_then(filled),
            place: filled(&self.place),
            waits_for: inquiry::waits_for(self.about.as_deref(), self.owed.as_deref()),
            number_ending: self.phone.as_deref().map(reaches::ending),
            given: filled(&self.given),
        }
    }

    fn near(self, how: &How) -> Near {
        let traits = self.traits();
        Near {
            other: Other {
                person: PersonRef {
                    id: self.id,
                    name: self.name,
                    organisation: self.organisation,
                    standing: self.standing,
                },
                same_name: how.same_name,
                sounds_alike: how.sounds_alike,
                shares_number: how.shared.is_some(),
                colleague: how.colleague,
                phone_ending: how.shared.as_deref().map(reaches::ending).or_else(|| traits.number_ending.clone()),
                waits_for: traits.waits_for.clone(),
            },
            traits,
        }
    }
}

/// How someone is near.
#[derive(Default)]
struct How {
    same_name: bool,
    sounds_alike: bool,
    colleague: bool,
    /// The number that both have.
    shared: Option<String>,
}

/// Owners of the number first, then namesakes, then sound-alikes: everyone, since whoever is left out cannot be told
/// apart. Of one number, or of all numbers of the person.
pub(super) async fn near(db: &mut Db, id: PersonId, reach: Option<&ReachRow>) -> Result<Vec<Near>> {
    Ok(first_near(db, id, reach, usize::MAX).await?.0)
}

/// The first `most` of them, and how many more there are.
pub(super) async fn first_near(
    db: &mut Db,
    id: PersonId,
    reach: Option<&ReachRow>,
    most: usize,
) -> Result<(Vec<Near>, u32)> {
    let found = found(db, id, reach).await?;
    let more = u32::try_from(found.len().saturating_sub(most)).unwrap_or(u32::MAX);
    let rows: Vec<Row> = db.among(&THESE, found.iter().take(most).map(|(other, _)| (*other).into()).collect()).await?;
    let mut rows: HashMap<PersonId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
    let near = found.iter().take(most).filter_map(|(other, how)| Some(rows.remove(other)?.near(how))).collect();
    Ok((near, more))
}

async fn found(db: &mut Db, id: PersonId, reach: Option<&ReachRow>) -> Result<Vec<(PersonId, How)>> {
    let numbers: Vec<ReachRow> = match reach {
        Some(row) => vec![row.clone()],
        None => reaches::rows_of(db, id).await?,
    };
    let mut found: Vec<(PersonId, How)> = Vec::new();
    let mut places: HashMap<PersonId, usize> = HashMap::new();
    for row in numbers.iter().filter(|row| row.kind == ReachKind::Phone && !row.unreadable) {
        for holder in reaches::sharing(db, row).await? {
            if let Entry::Vacant(place) = places.entry(holder) {
                place.insert(found.len());
                found.push((holder, How { shared: Some(row.value.clone()), ..How::default() }));
            }
        }
    }
    let mut namesakes = same::namesakes(db, id).await?;
    namesakes.sort_by_key(|namesake| !namesake.same);
    for namesake in namesakes {
        match places.get(&namesake.id).and_then(|place| found.get_mut(*place)) {
            Some((_, there)) => (there.same_name, there.sounds_alike) = (namesake.same, !namesake.same),
            None => {
                let how = How { same_name: namesake.same, sounds_alike: !namesake.same, ..How::default() };
                found.push((namesake.id, how));
            }
        }
    }
    Ok(found)
}

/// Whoever may be on the line instead: those near, and then the colleagues, one of whom may answer the switchboard.
pub(super) async fn on_the_line(db: &mut Db, id: PersonId, reach: Option<&ReachRow>) -> Result<Vec<Other>> {
    let (near, _) = first_near(db, id, reach, MOST_SHOWN).await?;
    let mut may_be: Vec<Other> = near.into_iter().map(|near| near.other).collect();
    let colleagues: Vec<Row> = db.all(&COLLEAGUES, args![id, MOST_SHOWN as u32]).await?;
    for row in colleagues {
        match may_be.iter_mut().find(|other| other.person.id == row.id) {
            Some(there) => there.colleague = true,
            None => may_be.push(row.near(&How { colleague: true, ..How::default() }).other),
        }
    }
    may_be.truncate(MOST_SHOWN);
    Ok(may_be)
}

/// Of the person who is meant: the number that is to be dialled, not their first.
pub(super) async fn own(db: &mut Db, id: PersonId, row: &ReachRow) -> Result<Traits> {
    let own: Vec<Row> = db.among(&THESE, args![id]).await?;
    let own = own.first().ok_or_else(|| Error::not_found("This person is not in the book any more."))?;
    Ok(Traits { number_ending: Some(reaches::ending(&row.value)), ..own.traits() })
}
