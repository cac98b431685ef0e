//! Everyone's particulars, read from the book a part at a time.

use std::collections::HashMap;

use super::{Known, Particulars, Whereabouts};
use crate::error::Result;
use crate::ids::PersonId;
use crate::people::ReachKind;
use crate::store::{Db, Value};
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct Named {
    id: PersonId,
    external_id: Option<String>,
    given: String,
    family: String,
    name: String,
    birth_day: String,
    place: String,
}

type ReachRow = (PersonId, ReachKind, String, String);
type AddressRow = (PersonId, String, String, String, String);

/// A number or address that turned out not to be theirs says nothing of them; one that cannot be read, nothing at all.
macro_rules! reaches {
    ($which:literal) => {
        concat!(
            "SELECT person_id, kind, value, COALESCE(extension, '') AS extension FROM reach WHERE person_id ",
            $which,
            " AND state <> 'wrong' AND NOT unreadable"
        )
    };
}

statements! {
    PEOPLE = "SELECT id, external_id, given, family, name, birth_day, place FROM person \
        WHERE removed_ms IS NULL AND id > $1 ORDER BY id LIMIT $2";
    PEOPLE_AMONG = "SELECT id, external_id, given, family, name, birth_day, place FROM person \
        WHERE id IN ($1) AND removed_ms IS NULL";
    REACHES = reaches!("> $1 AND person_id <= $2");
    REACHES_AMONG = reaches!("IN ($1)");
    ROLES = "SELECT r.person_id, o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id > $1 AND r.person_id <= $2";
    ROLES_AMONG = "SELECT r.person_id, o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id IN ($1)";
    ADDRESSES = "SELECT person_id, street, city, region, postcode FROM address WHERE person_id > $1 AND person_id <= $2";
    ADDRESSES_AMONG = "SELECT person_id, street, city, region, postcode FROM address WHERE person_id IN ($1)";
}

const PART: u32 = 20_000;

/// In the order of their ids.
pub(super) async fn everyone(db: &mut Db) -> Result<(Vec<Known>, Vec<Particulars>)> {
    let (mut known, mut all) = (Vec::new(), Vec::new());
    let mut after = PersonId(uuid::Uuid::nil());
    loop {
        let people: Vec<Named> = db.all(&PEOPLE, args![after, PART]).await?;
        let Some(last) = people.last().map(|person| person.id) else { break };
        let mut part = Part::of(people);
        part.reaches(db.all(&REACHES, args![after, last]).await?);
        part.roles(db.all(&ROLES, args![after, last]).await?);
        part.addresses(db.all(&ADDRESSES, args![after, last]).await?);
        known.extend(part.known);
        all.extend(part.particulars);
        after = last;
    }
    Ok((known, all))
}

/// These people, as far as they are in the book.
pub(super) async fn these(db: &mut Db, ids: &[PersonId]) -> Result<(Vec<Known>, Vec<Particulars>)> {
    let keys: Vec<Value> = ids.iter().copied().map(Value::from).collect();
    let mut part = Part::of(db.among(&PEOPLE_AMONG, keys.clone()).await?);
    part.reaches(db.among(&REACHES_AMONG, keys.clone()).await?);
    part.roles(db.among(&ROLES_AMONG, keys.clone()).await?);
    part.addresses(db.among(&ADDRESSES_AMONG, keys).await?);
    Ok((part.known, part.particulars))
}

struct Part {
    known: Vec<Known>,
    particulars: Vec<Particulars>,
    places: HashMap<PersonId, usize>,
}

impl Part {
    fn of(people: Vec<Named>) -> Self {
        let mut part = Self { known: Vec::new(), particulars: Vec::new(), places: HashMap::new() };
        for person in people {
            part.places.insert(person.id, part.known.len());
            part.particulars.push(Particulars {
                given: person.given,
                family: person.family,
                name: person.name.clone(),
                birth_day: person.birth_day,
                place: person.place,
                ..Particulars::default()
            });
            part.known.push(Known { id: person.id, external_id: person.external_id, name: person.name });
        }
        part
    }

    /// Whoever is not here was removed, or came in the meantime.
    fn someone(&mut self, id: PersonId) -> Option<&mut Particulars> {
        let at = *self.places.get(&id)?;
        self.particulars.get_mut(at)
    }

    fn reaches(&mut self, rows: Vec<ReachRow>) {
        let mut letters: Vec<(PersonId, String)> = Vec::new();
        for (id, kind, value, extension) in rows {
            let Some(one) = self.someone(id) else { continue };
            match kind {
                ReachKind::Phone if extension.is_empty() => one.phones.push(value),
                ReachKind::Phone => one.phones.push(format!("{value}x{extension}")),
                ReachKind::Email => one.emails.push(value),
                ReachKind::Post => letters.push((id, value)),
            }
        }
        for (id, letter) in letters {
            if let (Some(address), Some(one)) = (from_letter(&letter), self.someone(id)) {
                one.addresses.push(address);
            }
        }
    }

    fn roles(&mut self, rows: Vec<(PersonId, String)>) {
        for (id, organisation) in rows {
            if let Some(one) = self.someone(id) {
                one.organisations.push(organisation);
            }
        }
    }

    /// An address in its parts takes the place of what was read from a letter's lines.
    fn addresses(&mut self, rows: Vec<AddressRow>) {
        let mut seen: std::collections::HashSet<PersonId> = std::collections::HashSet::new();
        for (id, street, city, region, postcode) in rows {
            let first = seen.insert(id);
            let Some(one) = self.someone(id) else { continue };
            if first {
                one.addresses.clear();
            }
            one.addresses.push(Whereabouts { street, city, region, postcode });
        }
    }
}

/// "12 Kent Street\nNew Farm QLD 4005": the street, and of the line below it the town and its code.
fn from_letter(letter: &str) -> Option<Whereabouts> {
    let lines: Vec<&str> = letter.split(['\n', ',']).map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_code = |word: &&str| word.len() >= 4 && word.chars().filter(char::is_ascii_digit).count() >= 4;
    let town = lines.iter().skip(1).find(|line| line.split_whitespace().any(|word| is_code(&word)));
    let street = (*lines.first()?).to_owned();
    let town = town.or_else(|| lines.get(1))?;
    let postcode = town.split_whitespace().find(is_code).unwrap_or_default().to_owned();
    let city: Vec<&str> = town
        .split_whitespace()
        .filter(|word| !is_code(word) && (word.len() > 3 || word.chars().any(char::is_lowercase)))
        .collect();
    Some(Whereabouts { street, city: city.join(" "), region: String::new(), postcode })
}
