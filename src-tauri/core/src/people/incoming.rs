//! Someone as a list describes them, laid over what the book knows.
//!
//! A list adds and corrects; it never takes away, and it never turns a no into a yes.

use std::collections::HashMap;

use super::names::{fold, sort_key, sounds_like, spoken};
use super::{NewPerson, NewReach, ReachKind, Standing};
use super::{consent, facts, organisations, person, reaches};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId, ReachId, RoleId, VolunteerId};
use crate::store::{Db, Edit};
use crate::{args, statements};

/// One row of a list, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// What identifies the record in the system that it came from.
    pub external_id: Option<String>,
    pub given: String,
    pub family: String,
    /// As one says it, with title and suffix.
    pub name: String,
    pub standing: Option<Standing>,
    pub place: String,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub organisation: String,
    pub role_title: String,
    pub reaches: Vec<IncomingReach>,
    pub facts: Vec<String>,
    pub tags: Vec<String>,
    pub source: String,
    pub keeper: Option<VolunteerId>,
    /// Only ever set: a list that says nothing, or no, leaves a wish as it is.
    pub do_not_call: bool,
    /// By channel, whether it is allowed.
    pub consents: Vec<(ReachKind, bool)>,
}

/// A reach that was read already: parsing is work for another thread than the one that writes.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingReach {
    pub kind: ReachKind,
    pub typed: String,
    pub label: String,
    pub value: String,
    pub extension: Option<String>,
    /// A number that could not be read: kept as it was typed, and never dialled.
    pub unreadable: bool,
}

/// Organisations that were met already, so that a list of one employer's people asks once. Only as good as the edit that
/// made them: one that is dropped takes its new organisations along.
#[derive(Default)]
pub struct Organisations(HashMap<String, OrganisationId>);

impl Organisations {
    async fn named(&mut self, edit: &mut Edit, name: &str) -> Result<OrganisationId> {
        let folded = fold(name);
        if let Some(id) = self.0.get(&folded) {
            return Ok(*id);
        }
        let id = organisations::named(edit, name).await?;
        self.0.insert(folded, id);
        Ok(id)
    }

    pub fn forget(&mut self) {
        self.0.clear();
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    Created(PersonId),
    Updated(PersonId),
    Unchanged(PersonId),
}

#[derive(sqlx::FromRow)]
struct Known {
    id: PersonId,
    given: String,
    family: String,
    sort_key: String,
    external_id: Option<String>,
    standing: Standing,
    place: String,
    zone: Option<String>,
    country: Option<String>,
    keeper_id: Option<VolunteerId>,
    source: String,
    do_not_call: bool,
}

macro_rules! known {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.given, p.family, p.sort_key, p.external_id, p.standing, p.place, p.zone, \
            p.country, p.keeper_id, p.source, p.do_not_call FROM person p ",
            $rest
        )
    };
}

statements! {
    BY_EXTERNAL = known!("WHERE p.external_id = $1 AND p.removed_ms IS NULL ORDER BY p.id LIMIT 1");
    BY_ID = known!("WHERE p.id = $1 AND p.removed_ms IS NULL");
    BY_REACH = known!("WHERE p.removed_ms IS NULL AND p.id IN \
        (SELECT r.person_id FROM reach r WHERE r.kind = $1 AND r.value = $2) ORDER BY p.id LIMIT 50");
    ANYONE = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM reach r WHERE r.value IN ($1, $2, $3, $4) LIMIT 1) found";
    ADD_REACH = "INSERT INTO reach (id, person_id, kind, value, extension, as_typed, unreadable, label, state, voicemail, \
        best_times, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'good', 'unknown', '', $9)";
    ADD_ROLE = "INSERT INTO role (id, person_id, organisation_id, title, from_day, to_day) VALUES ($1, $2, $3, $4, NULL, NULL)";
    BY_NAME_ALONE = known!("WHERE p.sort_key = $1 AND p.removed_ms IS NULL \
        AND NOT EXISTS (SELECT 1 FROM reach r WHERE r.person_id = p.id AND r.kind <> 'post') ORDER BY p.id LIMIT 50");
    WORKS_AT = "SELECT o.folded, r.title FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id = $1 AND r.to_day IS NULL ORDER BY r.id";
    REACHES = "SELECT kind, value, COALESCE(extension, '') AS extension FROM reach WHERE person_id = $1";
    TAGS = "SELECT name FROM tag WHERE person_id = $1";
    CONSENTS = "SELECT channel, allowed FROM consent WHERE person_id = $1";
    RENAME = "UPDATE person SET given = $2, family = $3, name = $4, sort_key = $5, sound_key = $6 WHERE id = $1";
    AMEND = "UPDATE person SET standing = $2, place = $3, zone = $4, country = $5, keeper_id = $6, external_id = $7, \
        source = $8, do_not_call = $9 WHERE id = $1";
}

impl Incoming {
    /// What the row can be called: its name, else where it belongs, else how it is reached.
    fn spoken_name(&self) -> String {
        let name = if self.name.is_empty() { spoken(&self.given, &self.family) } else { self.name.clone() };
        if !name.is_empty() {
            return name;
        }
        // What cannot be read reaches nobody, and names nobody.
        let reach = self.reaches.iter().find(|reach| reach.kind != ReachKind::Post && !reach.unreadable);
        [self.organisation.as_str(), reach.map_or("", |reach| reach.typed.as_str())]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned()
    }

    pub fn is_empty(&self) -> bool {
        self.spoken_name().is_empty()
    }

    fn sort_key(&self) -> String {
        if self.given.is_empty() && self.family.is_empty() {
            return sort_key(&self.spoken_name(), "");
        }
        sort_key(&self.given, &self.family)
    }
}

/// Writes one row of a list: onto the person it means, or as a new one. `how` says where the list came from.
pub async fn take(edit: &mut Edit, incoming: &Incoming, how: &str, known: &mut Organisations) -> Result<Taken> {
    match find(edit, incoming).await? {
        Some(person) => amend(edit, person, incoming, how).await,
        None => create(edit, incoming, how, known).await.map(Taken::Created),
    }
}

/// Whom a row means: the same record of the same system, else the same e-mail address or number under the same name.
async fn find(db: &mut Db, incoming: &Incoming) -> Result<Option<Known>> {
    if let Some(external) = &incoming.external_id {
        let known: Option<Known> = db.maybe(&BY_EXTERNAL, args![external]).await?;
        if known.is_some() {
            return Ok(known);
        }
        // A list that this book exported names people by the book's own ids.
        if let Ok(own) = external.parse::<PersonId>() {
            let known: Option<Known> = db.maybe(&BY_ID, args![own]).await?;
            if known.is_some() {
                return Ok(known);
            }
        }
    }
    let sort = incoming.sort_key();
    // Two records of one system are two, however alike: finding duplicates is another matter, and a person decides it.
    let other_record = |known: &Known| incoming.external_id.is_some() && known.external_id.is_some();
    let mut reachable = false;
    let anyone = anyone_reached_so(db, incoming).await?;
    for reach in incoming.reaches.iter().filter(|reach| reach.kind != ReachKind::Post) {
        reachable = true;
        if !anyone {
            break;
        }
        let holders: Vec<Known> = db.all(&BY_REACH, args![reach.kind, &reach.value]).await?;
        let mut alike = None;
        for known in holders.into_iter().filter(|known| !other_record(known)) {
            if known.sort_key == sort {
                return Ok(Some(known));
            }
            // An e-mail address is one person's; a number may be a household's, where Jan and Jane are two.
            let near = reach.kind == ReachKind::Email
                && sounds_like((&known.given, &known.family), (&incoming.given, &incoming.family));
            if near && alike.is_none() {
                alike = Some(known);
            }
        }
        if alike.is_some() {
            return Ok(alike);
        }
    }
    if reachable || incoming.external_id.is_some() {
        return Ok(None);
    }
    let organisation = fold(&incoming.organisation);
    let namesakes: Vec<Known> = db.all(&BY_NAME_ALONE, args![&sort]).await?;
    for known in namesakes {
        let roles: Vec<(String, String)> = db.all(&WORKS_AT, args![known.id]).await?;
        let same = if organisation.is_empty() {
            roles.is_empty()
        } else {
            roles.iter().any(|(folded, _)| *folded == organisation)
        };
        if same && known.external_id.is_none() {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// One question for all addresses of a row: most rows of a new list find nobody.
async fn anyone_reached_so(db: &mut Db, incoming: &Incoming) -> Result<bool> {
    let values: Vec<&str> = incoming
        .reaches
        .iter()
        .filter(|reach| reach.kind != ReachKind::Post)
        .map(|reach| reach.value.as_str())
        .collect();
    for four in values.chunks(4) {
        let value = |at: usize| four.get(at).copied();
        let found: i64 = db.scalar(&ANYONE, args![value(0), value(1), value(2), value(3)]).await?;
        if found > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn create(edit: &mut Edit, incoming: &Incoming, how: &str, known: &mut Organisations) -> Result<PersonId> {
    // Whoever has no name of their own is called by what there is, whole: a bakery has no family name.
    let nameless = incoming.given.is_empty() && incoming.family.is_empty();
    let new = NewPerson {
        name: incoming.spoken_name(),
        given: if nameless { incoming.spoken_name() } else { incoming.given.clone() },
        family: incoming.family.clone(),
        standing: Some(incoming.standing.unwrap_or(Standing::Prospect)),
        place: incoming.place.clone(),
        zone: incoming.zone.clone(),
        country: incoming.country.clone(),
        organisation: String::new(),
        role_title: String::new(),
        phone: String::new(),
        email: String::new(),
        external_id: incoming.external_id.clone(),
        source: incoming.source.clone(),
        keeper: incoming.keeper,
    };
    let id = person::create(edit, &new).await?;
    if !incoming.organisation.is_empty() {
        let organisation = known.named(edit, &incoming.organisation).await?;
        edit.run(&ADD_ROLE, args![RoleId::new(), id, organisation, &incoming.role_title]).await?;
    }
    // Nobody who was just made has any of these yet.
    for (at, reach) in incoming.reaches.iter().enumerate() {
        let position = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let args = args![
            ReachId::new(),
            id,
            reach.kind,
            &reach.value,
            reach.extension.clone(),
            &reach.typed,
            reach.unreadable,
            &reach.label,
            position
        ];
        edit.run(&ADD_REACH, args).await?;
    }
    for words in &incoming.facts {
        facts::add(edit, id, words, how).await?;
    }
    for tag in &incoming.tags {
        person::tag(edit, id, tag).await?;
    }
    for (channel, allowed) in &incoming.consents {
        consent::set(edit, id, *channel, *allowed, how).await?;
    }
    if incoming.do_not_call {
        let change = super::PersonChange { do_not_call: Some(true), ..Default::default() };
        person::change(edit, id, &change).await?;
    }
    Ok(id)
}

type ReachKey = (ReachKind, String, String);

async fn add_reaches(edit: &mut Edit, id: PersonId, new: &[IncomingReach], there: &[ReachKey]) -> Result<bool> {
    let mut changed = false;
    for reach in new {
        let key = (reach.kind, reach.value.clone(), reach.extension.clone().unwrap_or_default());
        if !there.contains(&key) {
            let new = NewReach { kind: reach.kind, typed: reach.typed.clone(), label: reach.label.clone() };
            changed |= reaches::add(edit, id, &new).await?.is_some();
        }
    }
    Ok(changed)
}

async fn amend(edit: &mut Edit, known: Known, incoming: &Incoming, how: &str) -> Result<Taken> {
    let id = known.id;
    let mut changed = rename(edit, &known, incoming).await?;

    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let standing = incoming.standing.unwrap_or(known.standing);
    let place = if incoming.place.is_empty() { known.place.clone() } else { incoming.place.clone() };
    let zone = or(&incoming.zone, &known.zone);
    let country = or(&incoming.country, &known.country);
    let keeper = known.keeper_id.or(incoming.keeper);
    let own_id = incoming.external_id.as_ref().is_some_and(|external| *external == id.to_string());
    let external_id = if own_id { known.external_id.clone() } else { or(&known.external_id, &incoming.external_id) };
    let source = if known.source.is_empty() { incoming.source.clone() } else { known.source.clone() };
    let do_not_call = known.do_not_call || incoming.do_not_call;
    let same = standing == known.standing
        && place == known.place
        && zone == known.zone
        && country == known.country
        && keeper == known.keeper_id
        && external_id == known.external_id
        && source == known.source
        && do_not_call == known.do_not_call;
    if !same {
        let args = args![id, standing, place, zone, country, keeper, external_id, source, do_not_call];
        changed |= edit.run(&AMEND, args).await? > 0;
    }

    if !incoming.organisation.is_empty() {
        let folded = fold(&incoming.organisation);
        let roles: Vec<(String, String)> = edit.all(&WORKS_AT, args![id]).await?;
        let there = roles
            .iter()
            .any(|(at, title)| *at == folded && (incoming.role_title.is_empty() || *title == incoming.role_title));
        if !there {
            organisations::give_role(edit, id, &incoming.organisation, &incoming.role_title).await?;
            changed = true;
        }
    }
    if !incoming.reaches.is_empty() {
        let there: Vec<ReachKey> = edit.all(&REACHES, args![id]).await?;
        changed |= add_reaches(edit, id, &incoming.reaches, &there).await?;
    }
    if !incoming.facts.is_empty() {
        let there = facts::of_person(edit, id).await?;
        for words in incoming.facts.iter().filter(|words| !there.iter().any(|fact| fact.words == **words)) {
            facts::add(edit, id, words, how).await?;
            changed = true;
        }
    }
    if !incoming.tags.is_empty() {
        let there: Vec<(String,)> = edit.all(&TAGS, args![id]).await?;
        for tag in incoming.tags.iter().filter(|tag| !there.iter().any(|(known,)| known == *tag)) {
            person::tag(edit, id, tag).await?;
            changed = true;
        }
    }
    if !incoming.consents.is_empty() {
        let there: Vec<(ReachKind, bool)> = edit.all(&CONSENTS, args![id]).await?;
        for (channel, allowed) in &incoming.consents {
            let known = there.iter().find(|(known, _)| known == channel).map(|(_, allowed)| *allowed);
            if known.is_none() || (known == Some(true) && !allowed) {
                consent::set(edit, id, *channel, *allowed, how).await?;
                changed = true;
            }
        }
    }
    Ok(if changed { Taken::Updated(id) } else { Taken::Unchanged(id) })
}

/// The same record under another name was renamed where it came from. Found by an address, the book's own name stands:
/// it may be the one that the person asked to be called by.
async fn rename(edit: &mut Edit, known: &Known, incoming: &Incoming) -> Result<bool> {
    let same_record = incoming
        .external_id
        .as_ref()
        .is_some_and(|external| known.external_id.as_ref() == Some(external) || *external == known.id.to_string());
    let named = !incoming.given.is_empty() || !incoming.family.is_empty();
    if !same_record || !named || known.sort_key == incoming.sort_key() {
        return Ok(false);
    }
    let (sort, sound) = (incoming.sort_key(), super::names::sound_key(&incoming.given, &incoming.family));
    let args = args![known.id, &incoming.given, &incoming.family, incoming.spoken_name(), sort, sound];
    Ok(edit.run(&RENAME, args).await? > 0)
}
