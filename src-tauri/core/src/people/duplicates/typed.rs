//! Whom someone who is being typed in may be: told while there is still time not to make them twice.

use super::compare::{Comparer, Field, Likeness};
use super::model::{Candidate, Model};
use super::record::People;
use super::{Reason, load, reasons};
use crate::error::Result;
use crate::ids::PersonId;
use crate::people::names::{self, sort_key, sound_key};
use crate::people::{NewPerson, PersonRef, ReachKind, person, reaches};
use crate::store::Db;
use crate::team::standards;
use crate::{args, statements};

/// Someone of the book whom the one being typed in may be.
#[derive(Clone, Debug, serde::Serialize, specta::Type)]
pub struct MayBe {
    pub person: PersonRef,
    pub reasons: Vec<Reason>,
}

statements! {
    BY_NAME = "SELECT id FROM person WHERE sort_key = $1 AND removed_ms IS NULL ORDER BY id DESC LIMIT 20";
    BY_SOUND = "SELECT id FROM person WHERE sound_key = $1 AND removed_ms IS NULL ORDER BY id DESC LIMIT 40";
}

const MOST: usize = 4;
/// How many people there are changes the odds of all alike, and not who comes first; counting them would take longest.
const A_BOOK: usize = 10_000;

/// The likeliest first. An index leads to each: it costs the same in a book of a million.
pub async fn like(db: &mut Db, new: &NewPerson) -> Result<Vec<MayBe>> {
    let country = standards::association(db).await?.country;
    let (given, family) = if new.given.trim().is_empty() && new.family.trim().is_empty() {
        let split = names::split(&new.name);
        (split.given, split.family)
    } else {
        (new.given.trim().to_owned(), new.family.trim().to_owned())
    };
    let mut ids: Vec<PersonId> = Vec::new();
    let mut typed = super::Particulars {
        name: names::spoken(&given, &family),
        place: new.place.clone(),
        birth_day: new.birth_day.clone(),
        organisations: vec![new.organisation.clone()].into_iter().filter(|name| !name.trim().is_empty()).collect(),
        ..super::Particulars::default()
    };
    for (kind, text) in [(ReachKind::Phone, &new.phone), (ReachKind::Email, &new.email)] {
        // Half a number or address is none yet.
        let Ok((value, extension, false)) = reaches::read(kind, text.trim(), &country) else { continue };
        if text.trim().is_empty() {
            continue;
        }
        ids.extend(reaches::holders(db, kind, &value).await?);
        match kind {
            ReachKind::Phone => typed.phones.push(extension.map_or(value.clone(), |ext| format!("{value}x{ext}"))),
            _ => typed.emails.push(value),
        }
    }
    if given.chars().count() + family.chars().count() >= 3 {
        let crosswise = (sort_key(&family, &given), sound_key(&family, &given));
        for (name, sound) in [(sort_key(&given, &family), sound_key(&given, &family)), crosswise] {
            for (sql, key) in [(&BY_NAME, name), (&BY_SOUND, sound)] {
                let found: Vec<(PersonId,)> = db.all(sql, args![key]).await?;
                ids.extend(found.into_iter().map(|(id,)| id));
            }
        }
    }
    (typed.given, typed.family) = (given, family);
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (known, particulars) = load::these(db, &ids).await?;
    let mut people = People::default();
    people.add(&typed);
    for one in &particulars {
        people.add(one);
    }
    let model = Model::usual(A_BOOK);
    let mut comparer = Comparer::new(&people);
    let mut found: Vec<(f64, usize, super::compare::Pattern)> = Vec::new();
    for at in 0..particulars.len() {
        let other = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let compared = comparer.compare((0, other));
        if !may_be(&compared.pattern) {
            continue;
        }
        let by_chance = model.by_chance(&compared);
        let candidate = Candidate { a: 0, b: other, pattern: compared.pattern, by_chance, teaches: false };
        found.push((model.score(&candidate.pattern, &candidate.by_chance), at, compared.pattern));
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut all = Vec::new();
    for (_, at, pattern) in found.into_iter().take(MOST) {
        all.push(MayBe {
            person: person::reference(db, known[at].id).await?,
            reasons: reasons::reasons(&pattern, &typed, &particulars[at], None),
        });
    }
    Ok(all)
}

/// Of one name, or near it; or of another family and with the same address: someone may have married. Whoever shares a
/// number under another given name is of the household.
fn may_be(pattern: &super::compare::Pattern) -> bool {
    use Likeness::{Form, Initial, Near, NearNames, Part, Same, Unknown};
    let is = |field: Field| pattern[field as usize];
    let given = matches!(is(Field::Given), Same | Form | Near | NearNames | Initial | Part | Unknown);
    let family = matches!(is(Field::Family), Same | Near | Part);
    let reached = is(Field::Phone) == Same || is(Field::Email) == Same;
    let born_another_day = matches!(is(Field::Birth), Likeness::Different);
    given && !born_another_day && (reached || (family && is(Field::Given) != Unknown))
}
