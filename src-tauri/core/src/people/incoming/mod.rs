//! Someone as a list describes them, laid over what the book knows.
//!
//! A list adds and corrects; it never takes away, and it never turns a no into a yes.

mod hand;
mod matching;
mod said;

use std::collections::{BTreeMap, HashMap};

use super::fields::Stored;
use super::names::{fold, sort_key, sound_key, spoken};
use super::{NewPerson, NewReach, ReachKind, Standing};
use super::{consent, facts, fields, organisations, person, reaches};
use crate::error::{Error, Result};
use crate::ids::{AddressId, FieldId, OrganisationId, PersonId, ReachId, RoleId, VolunteerId};
use crate::store::Edit;
use crate::{args, statements};

use hand::{Hand, Known};
use matching::Meant;
pub use matching::{MatchField, Mode, Rules};

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
    /// In their parts; how a letter is addressed is among the reaches.
    pub addresses: Vec<IncomingAddress>,
    /// `YYYY-MM-DD`, or empty.
    pub birth_day: String,
    pub facts: Vec<String>,
    pub tags: Vec<String>,
    /// In the association's own fields; each at most once.
    pub fields: Vec<IncomingField>,
    pub source: String,
    pub keeper: Option<VolunteerId>,
    /// Only ever set: a list that says nothing, or no, leaves a wish as it is.
    pub do_not_call: bool,
    /// By channel, whether it is allowed.
    pub consents: Vec<(ReachKind, bool)>,
    /// Made by [`keyed`](Self::keyed).
    pub sort_key: String,
    pub sound_key: String,
}

/// What a row says in a field of the association's own.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingField {
    pub field: FieldId,
    pub name: String,
    /// As it goes out again.
    pub value: String,
    /// `None`: something to be chosen that is to be added to the choices.
    pub stored: Option<Stored>,
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

/// An address in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncomingAddress {
    pub label: String,
    pub street: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    /// As written.
    pub country: String,
}

impl IncomingAddress {
    fn key(&self) -> AddressKey {
        (self.street.clone(), self.city.clone(), self.postcode.clone())
    }
}

/// What makes two addresses the same: street, city and postcode.
type AddressKey = (String, String, String);

/// What makes two reaches the same: kind, value, and extension or nothing.
type ReachKey = (ReachKind, String, String);

impl IncomingReach {
    fn key(&self) -> ReachKey {
        (self.kind, self.value.clone(), self.extension.clone().unwrap_or_default())
    }
}

/// What a list has met so far: organisations, so that one employer's people ask once; and what its rows said of people,
/// so that of two that contradict each other the first is believed, however often the list comes in. Only as good as the
/// edit that made them: one that is dropped takes its new organisations along.
#[derive(Default)]
pub struct Met {
    organisations: HashMap<String, OrganisationId>,
    /// What was added to the choices of fields.
    options: HashMap<(FieldId, String), Stored>,
    said: said::Said,
    /// By channel, how often a no of the book stood against a yes of the list.
    pub kept_no: HashMap<ReachKind, u32>,
}

impl Met {
    /// Meets those of a batch that were not met yet, and makes those that the book has not got.
    async fn meet(&mut self, edit: &mut Edit, rows: &[&Incoming]) -> Result<()> {
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for row in rows.iter().filter(|row| !row.organisation.is_empty()) {
            let key = organisations::key(&row.organisation);
            if !self.organisations.contains_key(&key) {
                names.entry(key).or_insert(&row.organisation);
            }
        }
        let there = organisations::among(edit, names.values().copied()).await?;
        self.organisations.extend(there);
        for (key, name) in names {
            self.organisations.entry(key).or_insert_with(|| organisations::insert(edit, name));
        }
        Ok(())
    }

    /// Adds what is to be chosen and is not among the choices yet.
    async fn meet_options(&mut self, edit: &mut Edit, rows: &[&Incoming]) -> Result<()> {
        for new in rows.iter().flat_map(|row| &row.fields).filter(|new| new.stored.is_none()) {
            let key = (new.field, fold(&new.value));
            if self.options.contains_key(&key) {
                continue;
            }
            let mut field = fields::get(edit, new.field).await?;
            if field.option(&new.value).is_none() {
                fields::add_option(edit, new.field, &new.value).await?;
                field = fields::get(edit, new.field).await?;
            }
            if let Some(stored) = field.read(&new.value)? {
                self.options.insert(key, stored);
            }
        }
        Ok(())
    }

    fn stored(&self, new: &IncomingField) -> Result<Stored> {
        let met = || self.options.get(&(new.field, fold(&new.value))).cloned();
        new.stored.clone().or_else(met).ok_or_else(|| Error::internal("a choice of a list was not met"))
    }

    /// What the edit that was dropped had met.
    pub fn forget(&mut self) {
        self.options.clear();
        self.organisations.clear();
        self.said.forget();
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    Created(PersonId),
    Updated(PersonId, Vec<Changed>),
    Unchanged(PersonId),
    /// Not taken, and why.
    Refused(String),
}

/// One field of someone that a row changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// As the importer calls it: `name`, `place`, `phone`, `do_not_call`, `may_email`, …
    pub field: &'static str,
    /// Empty where nothing was there.
    pub before: String,
    pub after: String,
}

impl Changed {
    fn new(field: &'static str, before: &str, after: &str) -> Self {
        Self { field, before: before.to_owned(), after: after.to_owned() }
    }
}

statements! {
    ADD_REACH = "INSERT INTO reach (id, person_id, kind, value, extension, as_typed, unreadable, label, state, voicemail, \
        best_times, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'good', 'unknown', '', $9)";
    ADD_ADDRESS = "INSERT INTO address (id, person_id, label, street, city, region, postcode, country, position) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_ROLE = "INSERT INTO role (id, person_id, organisation_id, title, from_day, to_day) VALUES ($1, $2, $3, $4, NULL, NULL)";
    RENAME = "UPDATE person SET given = $2, family = $3, name = $4, sort_key = $5, sound_key = $6 WHERE id = $1";
    AMEND = "UPDATE person SET standing = $2, place = $3, zone = $4, country = $5, keeper_id = $6, external_id = $7, \
        source = $8, do_not_call = $9, birth_day = $10 WHERE id = $1";
}

impl Incoming {
    /// What the row can be called: its name, else where it belongs, else how it is reached.
    fn spoken_name(&self) -> String {
        let name = if self.name.is_empty() { spoken(&self.given, &self.family) } else { self.name.clone() };
        if !name.is_empty() {
            return name;
        }
        // What cannot be read reaches nobody, and names nobody. An e-mail address says more of someone than a number.
        let of = |kind| self.reaches.iter().find(move |reach| reach.kind == kind && !reach.unreadable);
        let reach = of(ReachKind::Email).or_else(|| of(ReachKind::Phone));
        [self.organisation.as_str(), reach.map_or("", |reach| reach.typed.as_str())]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned()
    }

    /// What to call the row where it is shown.
    pub fn shown_name(&self) -> String {
        self.spoken_name()
    }

    /// The birth date as something that matters to them: whoever rings reads it there.
    pub fn birthday(&self) -> Option<String> {
        let day = self.birth_day.parse::<chrono::NaiveDate>().ok()?;
        Some(format!("Birthday: {}", day.format("%-d %B %Y")))
    }

    pub fn is_empty(&self) -> bool {
        self.spoken_name().is_empty()
    }

    /// With the keys that it is found by: work for the thread that reads, not for the one that writes.
    #[must_use]
    pub fn keyed(mut self) -> Self {
        let (sort, sound) = if self.given.is_empty() && self.family.is_empty() {
            let name = self.spoken_name();
            (sort_key(&name, ""), sound_key(&name, ""))
        } else {
            (sort_key(&self.given, &self.family), sound_key(&self.given, &self.family))
        };
        (self.sort_key, self.sound_key) = (sort, sound);
        self
    }
}

/// Writes the rows of a list in their order: each onto the person it means, or as a new one. `how` says where the list
/// came from. At the first row that is refused, which one that was; the edit is then to be dropped.
pub async fn take_all(
    edit: &mut Edit,
    rows: &[&Incoming],
    how: &str,
    met: &mut Met,
    rules: &Rules,
) -> Result<Vec<Taken>, (usize, Error)> {
    let whole = |error: Error| (0, error);
    // Nobody new, no new organisation.
    if rules.mode != Mode::Update {
        met.meet(edit, rows).await.map_err(whole)?;
    }
    met.meet_options(edit, rows).await.map_err(whole)?;
    met.said.keep();
    let mut hand = Hand::of(edit, rows, rules).await.map_err(whole)?;
    let mut taken = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let done = match (rules.meant(&hand, row), rules.mode) {
            (Meant::One(person), Mode::Create) => Ok(Taken::Unchanged(person)),
            (Meant::One(person), _) => amend(edit, &mut hand, person, row, how, met).await,
            (Meant::Nobody, Mode::Update) => Ok(Taken::Refused("nobody in the book matches it".into())),
            (Meant::Nobody, _) => edit.bring(|edit| create(edit, &mut hand, row, how, met)).map(Taken::Created),
            (Meant::Several(count), _) => {
                Ok(Taken::Refused(format!("{count} people in the book match it: say which with a Record ID")))
            }
        };
        taken.push(done.map_err(|error| (at, error))?);
    }
    Ok(taken)
}

fn create(edit: &mut Edit, hand: &mut Hand, incoming: &Incoming, how: &str, met: &mut Met) -> Result<PersonId> {
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
        external_id: incoming.external_id.clone(),
        source: incoming.source.clone(),
        keeper: incoming.keeper,
        birth_day: incoming.birth_day.clone(),
        ..NewPerson::default()
    };
    let keys = Some((incoming.sort_key.as_str(), incoming.sound_key.as_str()));
    let id = person::insert(edit, &new, incoming.do_not_call, keys)?;
    if !incoming.organisation.is_empty() {
        let organisation = met.organisations.get(&organisations::key(&incoming.organisation));
        let organisation = organisation.ok_or_else(|| Error::internal("an organisation of a list was not met"))?;
        edit.add(&ADD_ROLE, args![RoleId::new(), id, *organisation, &incoming.role_title]);
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
        edit.add(&ADD_REACH, args);
    }
    add_addresses(edit, id, &incoming.addresses, 0);
    for words in &incoming.facts {
        facts::insert(edit, id, words, how)?;
    }
    for tag in &incoming.tags {
        person::insert_tag(edit, id, tag);
    }
    for new in &incoming.fields {
        fields::insert(edit, id, new.field, &met.stored(new)?);
    }
    for (channel, allowed) in &incoming.consents {
        consent::insert(edit, id, *channel, *allowed, how)?;
    }
    hand.made(id, &new.given, incoming);
    met.said.note(id, incoming);
    Ok(id)
}

async fn amend(
    edit: &mut Edit,
    hand: &mut Hand,
    id: PersonId,
    row: &Incoming,
    how: &str,
    met: &mut Met,
) -> Result<Taken> {
    let incoming = &*met.said.without(id, row);
    met.said.note(id, row);
    hand.look_at(edit, id).await?;
    let held = hand.held(id)?;
    let known = held.known.clone();
    let mut changes: Vec<Changed> = Vec::new();
    let renamed = rename(edit, &known, incoming).await?;
    if renamed {
        changes.push(Changed::new("name", &spoken(&known.given, &known.family), &incoming.spoken_name()));
    }

    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let own_id = incoming.external_id.as_ref().is_some_and(|external| *external == id.to_string());
    let amended = Known {
        sort_key: if renamed { incoming.sort_key.clone() } else { known.sort_key.clone() },
        given: if renamed { incoming.given.clone() } else { known.given.clone() },
        family: if renamed { incoming.family.clone() } else { known.family.clone() },
        standing: incoming.standing.unwrap_or(known.standing),
        place: if incoming.place.is_empty() { known.place.clone() } else { incoming.place.clone() },
        zone: or(&incoming.zone, &known.zone),
        country: or(&incoming.country, &known.country),
        keeper_id: known.keeper_id.or(incoming.keeper),
        external_id: if own_id { known.external_id.clone() } else { or(&known.external_id, &incoming.external_id) },
        source: if known.source.is_empty() { incoming.source.clone() } else { known.source.clone() },
        do_not_call: known.do_not_call || incoming.do_not_call,
        birth_day: if known.birth_day.is_empty() { incoming.birth_day.clone() } else { known.birth_day.clone() },
        id,
    };
    if !amended.same_particulars(&known) {
        let new = &amended;
        let args = args![
            id,
            new.standing,
            &new.place,
            new.zone.clone(),
            new.country.clone(),
            new.keeper_id,
            new.external_id.clone(),
            &new.source,
            new.do_not_call,
            &new.birth_day
        ];
        if edit.run(&AMEND, args).await? > 0 {
            changes.extend(known.differences(new));
        }
    }
    let organisation = organisations::key(&incoming.organisation);
    if !incoming.organisation.is_empty() && !held.works_at(&organisation, &incoming.role_title) {
        organisations::give_role(edit, id, &incoming.organisation, &incoming.role_title).await?;
        let before = held.title_at(&organisation);
        changes.push(match before {
            Some(title) => Changed::new("role_title", title, &incoming.role_title),
            None => Changed::new("organisation", "", &incoming.organisation),
        });
    }
    for reach in incoming.reaches.iter().filter(|reach| !held.reaches.contains(&reach.key())) {
        let new = NewReach { kind: reach.kind, typed: reach.typed.clone(), label: reach.label.clone() };
        if reaches::add(edit, id, &new).await?.is_some() {
            let field = if reach.kind == ReachKind::Post { "address" } else { reach.kind.as_str() };
            changes.push(Changed::new(field, "", &reach.typed));
        }
    }
    let new: Vec<IncomingAddress> =
        incoming.addresses.iter().filter(|one| !held.addresses.contains(&one.key())).cloned().collect();
    add_addresses(edit, id, &new, held.addresses.len());
    // How a letter is addressed was told already, where that is new.
    if let Some(one) = new.first().filter(|_| !changes.iter().any(|change| change.field == "address")) {
        changes.push(Changed::new("address", "", &[one.street.as_str(), &one.city, &one.postcode].join(", ")));
    }
    // A birth date that is known is no news, whoever took the words away.
    let no_news = incoming.birthday().filter(|_| known.birth_day == incoming.birth_day);
    let facts = incoming.facts.iter().filter(|words| !held.facts.contains(*words) && Some(*words) != no_news.as_ref());
    for words in facts {
        facts::insert(edit, id, words, how)?;
        changes.push(Changed::new("note", "", words));
    }
    for tag in incoming.tags.iter().filter(|tag| !held.tags.contains(*tag)) {
        person::insert_tag(edit, id, tag);
        changes.push(Changed::new("tag", "", tag));
    }
    for new in &incoming.fields {
        let stored = met.stored(new)?;
        let known = held.fields.get(&new.field);
        if known.is_none_or(|known| known.key != stored.sort_key || known.value != stored.value) {
            fields::insert(edit, id, new.field, &stored);
            let named = |value: &str| format!("{}: {value}", new.name);
            let before = known.map_or_else(String::new, |known| named(&known.shown));
            changes.push(Changed::new("field", &before, &named(&new.value)));
        }
    }
    for (channel, allowed) in &incoming.consents {
        let known = held.consents.get(channel);
        if known.is_none() || (known == Some(&true) && !allowed) {
            consent::insert(edit, id, *channel, *allowed, how)?;
            let said = |allowed: bool| if allowed { "yes" } else { "no" };
            changes.push(Changed::new(may(*channel), known.map_or("", |was| said(*was)), said(*allowed)));
        } else if known == Some(&false) && *allowed {
            *met.kept_no.entry(*channel).or_default() += 1;
        }
    }
    if changes.is_empty() {
        return Ok(Taken::Unchanged(id));
    }
    hand.amended(amended, incoming);
    Ok(Taken::Updated(id, changes))
}

fn add_addresses(edit: &mut Edit, person: PersonId, addresses: &[IncomingAddress], after: usize) {
    for (at, one) in addresses.iter().enumerate() {
        let position = u32::try_from(after + at + 1).unwrap_or(u32::MAX);
        let id = AddressId::new();
        let args =
            args![id, person, &one.label, &one.street, &one.city, &one.region, &one.postcode, &one.country, position];
        edit.add(&ADD_ADDRESS, args);
    }
}

fn may(channel: ReachKind) -> &'static str {
    match channel {
        ReachKind::Phone => "may_call",
        ReachKind::Email => "may_email",
        ReachKind::Post => "may_post",
    }
}

/// The same record under another name was renamed where it came from; and whoever becomes a record's takes its name, which
/// the next list would give them all the same. Found by an address alone, the book's own name stands: it may be the one
/// that the person asked to be called by.
async fn rename(edit: &mut Edit, known: &Known, incoming: &Incoming) -> Result<bool> {
    let same_record = incoming.external_id.as_ref().is_some_and(|external| {
        known.external_id.as_ref().is_none_or(|known| known == external) || *external == known.id.to_string()
    });
    let named = !incoming.given.is_empty() || !incoming.family.is_empty();
    if !same_record || !named || known.sort_key == incoming.sort_key {
        return Ok(false);
    }
    let (sort, sound) = (&incoming.sort_key, &incoming.sound_key);
    let args = args![known.id, &incoming.given, &incoming.family, incoming.spoken_name(), sort, sound];
    Ok(edit.run(&RENAME, args).await? > 0)
}
