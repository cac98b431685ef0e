//! The people whom the rows of a batch may mean, in hand: asked for once, and kept as the rows change them.

use std::collections::{HashMap, HashSet};

use super::matching::{Meant, Rules};
use super::{AddressKey, Changed, Incoming, ReachKey};
use crate::error::{Error, Result};
use crate::ids::{FieldId, PersonId, VolunteerId};
use crate::people::names::sounds_like;
use crate::people::{ReachKind, Standing, organisations};
use crate::statements;
use crate::store::{Db, Value};

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Known {
    pub id: PersonId,
    pub given: String,
    pub family: String,
    pub sort_key: String,
    pub external_id: Option<String>,
    pub standing: Standing,
    pub place: String,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub keeper_id: Option<VolunteerId>,
    pub source: String,
    pub do_not_call: bool,
    pub birth_day: String,
}

impl Known {
    pub fn same_particulars(&self, other: &Self) -> bool {
        self.standing == other.standing
            && self.place == other.place
            && self.zone == other.zone
            && self.country == other.country
            && self.keeper_id == other.keeper_id
            && self.external_id == other.external_id
            && self.source == other.source
            && self.do_not_call == other.do_not_call
            && self.birth_day == other.birth_day
    }

    /// What changes where this becomes `new`, its name aside.
    pub fn differences(&self, new: &Self) -> Vec<Changed> {
        let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
        let yes = |is: bool| if is { "yes" } else { "" }.to_owned();
        let keeper = |id: Option<VolunteerId>| id.map(|id| id.to_string()).unwrap_or_default();
        let fields = [
            ("standing", self.standing.as_str().to_owned(), new.standing.as_str().to_owned()),
            ("place", self.place.clone(), new.place.clone()),
            ("zone", or_none(&self.zone), or_none(&new.zone)),
            ("country", or_none(&self.country), or_none(&new.country)),
            ("keeper", keeper(self.keeper_id), keeper(new.keeper_id)),
            ("external_id", or_none(&self.external_id), or_none(&new.external_id)),
            ("source", self.source.clone(), new.source.clone()),
            ("do_not_call", yes(self.do_not_call), yes(new.do_not_call)),
            ("birthday", self.birth_day.clone(), new.birth_day.clone()),
        ];
        let differ = fields.into_iter().filter(|(_, before, after)| before != after);
        differ.map(|(field, before, after)| Changed { field, before, after }).collect()
    }
}

/// What they have in a field of the association's own.
#[derive(Clone)]
pub(super) struct HeldField {
    pub value: String,
    pub key: String,
    /// As it goes out: the option's name, where it is one.
    pub shown: String,
}

/// What the book holds of someone.
#[derive(Clone)]
pub(super) struct Held {
    pub known: Known,
    /// The organisation's key and the title, of roles that go on.
    roles: Vec<(String, String)>,
    pub reaches: HashSet<ReachKey>,
    pub addresses: HashSet<AddressKey>,
    pub facts: HashSet<String>,
    pub tags: HashSet<String>,
    pub fields: HashMap<FieldId, HeldField>,
    pub consents: HashMap<ReachKind, bool>,
    looked_at: bool,
}

impl Held {
    fn of(known: Known) -> Self {
        Self {
            known,
            roles: Vec::new(),
            reaches: HashSet::new(),
            addresses: HashSet::new(),
            facts: HashSet::new(),
            tags: HashSet::new(),
            fields: HashMap::new(),
            consents: HashMap::new(),
            looked_at: false,
        }
    }

    pub fn works_at(&self, organisation: &str, title: &str) -> bool {
        self.roles.iter().any(|(at, known)| at == organisation && (title.is_empty() || known == title))
    }

    pub fn title_at(&self, organisation: &str) -> Option<&str> {
        self.roles.iter().find(|(at, _)| at == organisation).map(|(_, title)| title.as_str())
    }

    pub fn has(&self, kind: ReachKind, value: &str) -> bool {
        self.reaches.iter().any(|(known, held, _)| *known == kind && held == value)
    }

    fn note(&mut self, incoming: &Incoming) {
        if !incoming.organisation.is_empty() {
            let key = organisations::key(&incoming.organisation);
            match self.roles.iter_mut().find(|(at, _)| *at == key) {
                Some((_, title)) if !incoming.role_title.is_empty() => title.clone_from(&incoming.role_title),
                Some(_) => {}
                None => self.roles.push((key, incoming.role_title.clone())),
            }
        }
        self.reaches.extend(incoming.reaches.iter().map(super::IncomingReach::key));
        self.addresses.extend(incoming.addresses.iter().map(super::IncomingAddress::key));
        self.facts.extend(incoming.facts.iter().cloned());
        self.tags.extend(incoming.tags.iter().cloned());
        for (channel, allowed) in &incoming.consents {
            // A yes of a later row does not take back a no, here as in the book.
            let known = self.consents.entry(*channel).or_insert(*allowed);
            *known &= *allowed;
        }
    }
}

#[derive(Default)]
pub(super) struct Hand {
    people: HashMap<PersonId, Held>,
    by_external: HashMap<String, Vec<PersonId>>,
    by_reach: HashMap<(ReachKind, String), Vec<PersonId>>,
    /// Those whom nothing but a name tells of.
    by_name_alone: HashMap<String, Vec<PersonId>>,
    /// Everyone of a name, where people are looked for by it.
    by_name: Option<HashMap<String, Vec<PersonId>>>,
}

macro_rules! known {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT p.id, p.given, p.family, p.sort_key, p.external_id, p.standing, p.place, p.zone, \
            p.country, p.keeper_id, p.source, p.do_not_call, p.birth_day",
            $more,
            " FROM person p ",
            $rest
        )
    };
}

statements! {
    BY_EXTERNAL = known!("", "WHERE p.external_id IN ($1) AND p.removed_ms IS NULL");
    BY_ID = known!("", "WHERE p.id IN ($1) AND p.removed_ms IS NULL");
    BY_REACH = known!(", r.kind, r.value", "JOIN reach r ON r.person_id = p.id WHERE r.value IN ($1) \
        AND r.kind <> 'post' AND p.removed_ms IS NULL");
    BY_NAME_ALONE = known!("", "WHERE p.sort_key IN ($1) AND p.removed_ms IS NULL \
        AND NOT EXISTS (SELECT 1 FROM reach r WHERE r.person_id = p.id AND r.kind <> 'post')");
    BY_NAME = known!("", "WHERE p.sort_key IN ($1) AND p.removed_ms IS NULL");
    ROLES = "SELECT r.person_id, o.name, r.title FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id IN ($1) AND r.to_day IS NULL";
    REACHES = "SELECT person_id, kind, value, COALESCE(extension, '') AS extension FROM reach WHERE person_id IN ($1)";
    ADDRESSES = "SELECT person_id, street, city, postcode FROM address WHERE person_id IN ($1)";
    // Whose record is part of another's by now: the list still has both.
    MERGED = "SELECT external_id, merged_into FROM person WHERE external_id IN ($1) AND merged_into IS NOT NULL";
    MERGED_AGAIN = "SELECT id, merged_into FROM person WHERE id IN ($1) AND merged_into IS NOT NULL";
    FACTS = "SELECT person_id, words FROM fact WHERE person_id IN ($1)";
    TAGS = "SELECT person_id, name FROM tag WHERE person_id IN ($1)";
    FIELD_VALUES = "SELECT v.person_id, v.field_id, v.value, v.sort_key, COALESCE(o.name, v.value) AS shown \
        FROM field_value v LEFT JOIN field_option o ON o.id = v.option_id WHERE v.person_id IN ($1)";
    CONSENTS = "SELECT person_id, channel, allowed FROM consent WHERE person_id IN ($1)";
}

#[derive(sqlx::FromRow)]
struct Reached {
    #[sqlx(flatten)]
    known: Known,
    kind: ReachKind,
    value: String,
}

impl Hand {
    pub async fn of(db: &mut Db, rows: &[&Incoming], rules: &Rules) -> Result<Self> {
        let mut hand = Self { by_name: rules.by_name().then(HashMap::new), ..Self::default() };
        let external: Vec<&str> = distinct(rows.iter().filter_map(|row| row.external_id.as_deref()));
        // A list that this book exported names people by the book's own ids.
        let own: Vec<Value> = external.iter().filter_map(|id| id.parse::<PersonId>().ok()).map(Value::from).collect();
        for known in db.among::<Known>(&BY_EXTERNAL, texts(external.clone())).await? {
            hand.meet(known);
        }
        hand.meet_merged(db, external).await?;
        for known in db.among::<Known>(&BY_ID, own).await? {
            hand.meet(known);
        }
        let values = rows.iter().flat_map(|row| row.addresses().map(|reach| reach.value.as_str()));
        for reached in db.among::<Reached>(&BY_REACH, texts(distinct(values))).await? {
            let id = hand.meet(reached.known);
            put(&mut hand.by_reach, (reached.kind, reached.value), id);
        }
        let names = rows.iter().filter(|row| row.is_name_alone()).map(|row| row.sort_key.as_str());
        let mut to_look_at = HashSet::new();
        for known in db.among::<Known>(&BY_NAME_ALONE, texts(distinct(names))).await? {
            let sort_key = known.sort_key.clone();
            let id = hand.meet(known);
            put(&mut hand.by_name_alone, sort_key, id);
            to_look_at.insert(id);
        }
        if hand.by_name.is_some() {
            let names = distinct(rows.iter().map(|row| row.sort_key.as_str()));
            for known in db.among::<Known>(&BY_NAME, texts(names)).await? {
                let sort_key = known.sort_key.clone();
                let id = hand.meet(known);
                hand.name(sort_key, id);
            }
        }
        if rules.asks_more() {
            to_look_at.extend(hand.people.keys().copied());
        }
        hand.look_at_all(db, to_look_at.iter().copied().collect()).await?;
        // Most rows mean whom they mean now; those that earlier rows of the batch make mean another are looked at then.
        let meant: HashSet<PersonId> = rows
            .iter()
            .filter_map(|row| match rules.meant(&hand, row) {
                Meant::One(id) => Some(id),
                _ => None,
            })
            .collect();
        hand.look_at_all(db, meant.difference(&to_look_at).copied().collect()).await?;
        Ok(hand)
    }

    /// A record that was merged means whoever it is part of now.
    async fn meet_merged(&mut self, db: &mut Db, external: Vec<&str>) -> Result<()> {
        let mut merged: Vec<(String, PersonId)> = db.among(&MERGED, texts(external)).await?;
        if merged.is_empty() {
            return Ok(());
        }
        // Merged once more, and again; the bound is for a book that says they are part of themselves.
        for _ in 0..64 {
            let keys = merged.iter().map(|(_, into)| Value::from(*into)).collect();
            let again: HashMap<PersonId, PersonId> =
                db.among::<(PersonId, PersonId)>(&MERGED_AGAIN, keys).await?.into_iter().collect();
            if again.is_empty() {
                break;
            }
            for (_, into) in &mut merged {
                *into = again.get(into).copied().unwrap_or(*into);
            }
        }
        let keys = merged.iter().map(|(_, into)| Value::from(*into)).collect();
        for known in db.among::<Known>(&BY_ID, keys).await? {
            let id = self.meet(known);
            for (record, _) in merged.iter().filter(|(_, into)| *into == id) {
                put(&mut self.by_external, record.clone(), id);
            }
        }
        Ok(())
    }

    fn meet(&mut self, known: Known) -> PersonId {
        let id = known.id;
        if let Some(external) = &known.external_id {
            put(&mut self.by_external, external.clone(), id);
        }
        self.people.entry(id).or_insert_with(|| Held::of(known));
        id
    }

    async fn look_at_all(&mut self, db: &mut Db, ids: Vec<PersonId>) -> Result<()> {
        let keys: Vec<Value> = ids.iter().copied().map(Value::from).collect();
        for (id, name, title) in db.among::<(PersonId, String, String)>(&ROLES, keys.clone()).await? {
            self.person(id)?.roles.push((organisations::key(&name), title));
        }
        for (id, kind, value, extension) in
            db.among::<(PersonId, ReachKind, String, String)>(&REACHES, keys.clone()).await?
        {
            self.person(id)?.reaches.insert((kind, value, extension));
        }
        for (id, street, city, postcode) in
            db.among::<(PersonId, String, String, String)>(&ADDRESSES, keys.clone()).await?
        {
            self.person(id)?.addresses.insert((street, city, postcode));
        }
        for (id, words) in db.among::<(PersonId, String)>(&FACTS, keys.clone()).await? {
            self.person(id)?.facts.insert(words);
        }
        for (id, name) in db.among::<(PersonId, String)>(&TAGS, keys.clone()).await? {
            self.person(id)?.tags.insert(name);
        }
        let own: Vec<(PersonId, FieldId, String, String, String)> = db.among(&FIELD_VALUES, keys.clone()).await?;
        for (id, field, value, key, shown) in own {
            self.person(id)?.fields.insert(field, HeldField { value, key, shown });
        }
        for (id, channel, allowed) in db.among::<(PersonId, ReachKind, bool)>(&CONSENTS, keys).await? {
            self.person(id)?.consents.insert(channel, allowed);
        }
        for id in ids {
            self.person(id)?.looked_at = true;
        }
        Ok(())
    }

    /// What the book holds of this person, where it was not asked for yet.
    pub async fn look_at(&mut self, db: &mut Db, id: PersonId) -> Result<()> {
        if !self.person(id)?.looked_at {
            self.look_at_all(db, vec![id]).await?;
        }
        Ok(())
    }

    fn person(&mut self, id: PersonId) -> Result<&mut Held> {
        self.people.get_mut(&id).ok_or_else(|| Error::internal("someone of a list is not in hand"))
    }

    pub fn held(&mut self, id: PersonId) -> Result<Held> {
        self.person(id).map(|held| held.clone())
    }

    /// Whom a row means: the same record of the same system, else the same e-mail address or number under the same name.
    pub fn find(&self, incoming: &Incoming) -> Option<PersonId> {
        if let Some(external) = &incoming.external_id {
            if let Some(id) = self.by_external.get(external).and_then(|ids| ids.first()) {
                return Some(*id);
            }
            if let Some(own) = external.parse().ok().filter(|own| self.people.contains_key(own)) {
                return Some(own);
            }
        }
        // Two records of one system are two, however alike: finding duplicates is another matter, and a person decides it.
        let another_record = |known: &Known| incoming.external_id.is_some() && known.external_id.is_some();
        let of = |ids: Option<&Vec<PersonId>>| -> Vec<&Held> {
            ids.into_iter().flatten().filter_map(|id| self.people.get(id)).collect()
        };
        for reach in incoming.addresses() {
            let (mut same, mut alike) = (None, None);
            for held in of(self.by_reach.get(&(reach.kind, reach.value.clone()))) {
                let known = &held.known;
                if another_record(known) {
                    continue;
                }
                if known.sort_key == incoming.sort_key {
                    // Of two of one name, whom no system keeps a record of is whom a row without one means.
                    if known.external_id.is_none() {
                        return Some(known.id);
                    }
                    same = same.or(Some(known.id));
                }
                // An e-mail address is one person's; a number may be a household's, where Jan and Jane are two.
                let near = reach.kind == ReachKind::Email
                    && sounds_like((&known.given, &known.family), (&incoming.given, &incoming.family));
                if near && alike.is_none() {
                    alike = Some(known.id);
                }
            }
            if same.or(alike).is_some() {
                return same.or(alike);
            }
        }
        if !incoming.is_name_alone() {
            return None;
        }
        let organisation = organisations::key(&incoming.organisation);
        of(self.by_name_alone.get(&incoming.sort_key))
            .into_iter()
            .filter(|held| held.known.external_id.is_none())
            .find(|held| {
                if incoming.organisation.is_empty() {
                    held.roles.is_empty()
                } else {
                    held.roles.iter().any(|(at, _)| *at == organisation)
                }
            })
            .map(|held| held.known.id)
    }

    /// Someone whom a row has just made.
    pub fn made(&mut self, id: PersonId, given: &str, incoming: &Incoming) {
        let known = Known {
            id,
            given: given.to_owned(),
            family: incoming.family.clone(),
            sort_key: incoming.sort_key.clone(),
            external_id: incoming.external_id.clone(),
            standing: incoming.standing.unwrap_or(Standing::Prospect),
            place: incoming.place.clone(),
            zone: incoming.zone.clone(),
            country: incoming.country.clone(),
            keeper_id: incoming.keeper,
            source: incoming.source.clone(),
            do_not_call: incoming.do_not_call,
            birth_day: incoming.birth_day.clone(),
        };
        let mut held = Held::of(known);
        held.looked_at = true;
        held.note(incoming);
        self.people.insert(id, held);
        self.name(incoming.sort_key.clone(), id);
        if let Some(external) = &incoming.external_id {
            put(&mut self.by_external, external.clone(), id);
        }
        for reach in incoming.addresses() {
            put(&mut self.by_reach, (reach.kind, reach.value.clone()), id);
        }
        if incoming.addresses().next().is_none() {
            put(&mut self.by_name_alone, incoming.sort_key.clone(), id);
        }
    }

    /// Someone whom a row has changed.
    pub fn amended(&mut self, known: Known, incoming: &Incoming) {
        let id = known.id;
        let Some(held) = self.people.get_mut(&id) else { return };
        if let Some(external) = &known.external_id {
            put(&mut self.by_external, external.clone(), id);
        }
        let renamed = held.known.sort_key != known.sort_key;
        if (renamed || incoming.addresses().next().is_some())
            && let Some(ids) = self.by_name_alone.get_mut(&held.known.sort_key)
        {
            ids.retain(|other| *other != id);
        }
        held.known = known;
        held.note(incoming);
        let sort_key = held.known.sort_key.clone();
        let alone = held.reaches.iter().all(|(kind, ..)| *kind == ReachKind::Post);
        if renamed && alone {
            put(&mut self.by_name_alone, sort_key.clone(), id);
        }
        if renamed {
            self.name(sort_key, id);
        }
        for reach in incoming.addresses() {
            put(&mut self.by_reach, (reach.kind, reach.value.clone()), id);
        }
    }

    fn name(&mut self, sort_key: String, id: PersonId) {
        if let Some(by_name) = &mut self.by_name {
            put(by_name, sort_key, id);
        }
    }

    pub fn known(&self, id: PersonId) -> Option<&Held> {
        self.people.get(&id)
    }

    /// Those of this record of another system, or of this book.
    pub fn of_record(&self, external: &str) -> Vec<PersonId> {
        let own = external.parse().ok().filter(|own| self.people.contains_key(own));
        self.by_external.get(external).into_iter().flatten().copied().chain(own).collect()
    }

    pub fn reached(&self, kind: ReachKind, value: &str) -> Vec<PersonId> {
        self.by_reach.get(&(kind, value.to_owned())).cloned().unwrap_or_default()
    }

    pub fn named(&self, sort_key: &str) -> Vec<PersonId> {
        self.by_name.as_ref().and_then(|names| names.get(sort_key)).cloned().unwrap_or_default()
    }
}

impl Incoming {
    /// What reaches exactly them: a postal address is a household's.
    fn addresses(&self) -> impl Iterator<Item = &super::IncomingReach> {
        self.reaches.iter().filter(|reach| reach.kind != ReachKind::Post)
    }

    fn is_name_alone(&self) -> bool {
        self.external_id.is_none() && self.addresses().next().is_none()
    }
}

/// In the order of ids: whoever was first in the book is found first.
fn put<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Vec<PersonId>>, key: K, id: PersonId) {
    let ids = map.entry(key).or_default();
    if let Err(at) = ids.binary_search(&id) {
        ids.insert(at, id);
    }
}

fn distinct<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn texts(keys: Vec<&str>) -> Vec<Value> {
    keys.into_iter().map(Value::from).collect()
}
