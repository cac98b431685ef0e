//! People as an export needs them, by the page: what they are, how they are reached, and what they said no to.

use std::collections::HashMap;

use super::{ExportColumn, Order, WhyLeftOut};
use crate::error::Result;
use crate::ids::{FieldId, PersonId};
use crate::people::names::fold;
use crate::people::{ReachKind, Standing};
use crate::statements;
use crate::store::{Db, Value};

#[derive(sqlx::FromRow)]
pub(super) struct Someone {
    pub id: PersonId,
    pub external_id: Option<String>,
    pub name: String,
    pub given: String,
    pub family: String,
    pub standing: Standing,
    pub place: String,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub source: String,
    pub do_not_call: bool,
    pub birth_day: String,
}

#[derive(sqlx::FromRow)]
pub(super) struct ReachRow {
    person_id: PersonId,
    pub kind: ReachKind,
    pub value: String,
    pub extension: Option<String>,
    pub label: String,
    /// Of a postal address, where they are known.
    #[sqlx(skip)]
    pub parts: Option<AddressRow>,
}

/// A postal address in its parts.
#[derive(sqlx::FromRow)]
pub(super) struct AddressRow {
    person_id: PersonId,
    pub label: String,
    pub street: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
    pub country: String,
}

impl AddressRow {
    pub fn parts(&self) -> [&str; 5] {
        [&self.street, &self.city, &self.region, &self.postcode, &self.country]
    }

    /// Whether a letter addressed so goes there.
    fn is_of(&self, letter: &str) -> bool {
        let words = |text: &str| format!(" {} ", fold(text));
        let (letter, parts) = (words(letter), [&self.street, &self.postcode]);
        parts.iter().any(|part| !part.is_empty())
            && parts.iter().all(|part| part.is_empty() || letter.contains(&words(part)))
    }
}

/// Someone with all that a list says of them.
pub(super) struct Full {
    pub someone: Someone,
    pub organisation: String,
    pub title: String,
    /// Those that may be used.
    pub reaches: Vec<ReachRow>,
    /// Parts of an address that no letter can be sent to.
    pub nowhere: Vec<AddressRow>,
    pub facts: Vec<String>,
    pub tags: Vec<String>,
    pub fields: HashMap<FieldId, String>,
    pub consents: Vec<(ReachKind, bool)>,
}

statements! {
    PEOPLE = "SELECT p.id, p.external_id, p.name, p.given, p.family, p.standing, p.place, p.zone, p.country, p.source, \
        p.do_not_call, p.birth_day FROM person p WHERE p.id IN ($1) AND p.removed_ms IS NULL";
    ROLES = "SELECT r.person_id, o.name, r.title FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id IN ($1) AND r.to_day IS NULL ORDER BY r.id";
    REACHES = "SELECT person_id, kind, value, extension, label FROM reach WHERE person_id IN ($1) AND state = 'good' \
        ORDER BY position, id";
    ADDRESSES = "SELECT person_id, label, street, city, region, postcode, country FROM address WHERE person_id IN ($1) \
        ORDER BY position, id";
    FACTS = "SELECT person_id, words FROM fact WHERE person_id IN ($1) ORDER BY learned_ms, id";
    TAGS = "SELECT person_id, name FROM tag WHERE person_id IN ($1) ORDER BY name";
    FIELDS = "SELECT v.person_id, v.field_id, COALESCE(o.name, v.value) AS value FROM field_value v \
        LEFT JOIN field_option o ON o.id = v.option_id WHERE v.person_id IN ($1)";
    CONSENTS = "SELECT person_id, channel, allowed FROM consent WHERE person_id IN ($1)";
}

/// These people in their order, without those who left the lists.
/// `wants`: whether a column is written, so that nothing is asked for that is not.
pub(super) async fn load(db: &mut Db, ids: &[PersonId], wants: impl Fn(ExportColumn) -> bool) -> Result<Vec<Full>> {
    let keys = || ids.iter().copied().map(Value::from).collect::<Vec<Value>>();
    let people: Vec<Someone> = db.among(&PEOPLE, keys()).await?;
    let mut there: HashMap<PersonId, Full> = people
        .into_iter()
        .map(|someone| {
            let id = someone.id;
            let (organisation, title) = Default::default();
            let (reaches, nowhere, facts, tags, fields, consents) = Default::default();
            (id, Full { someone, organisation, title, reaches, nowhere, facts, tags, fields, consents })
        })
        .collect();
    if wants(ExportColumn::Organisation) || wants(ExportColumn::RoleTitle) {
        for (id, organisation, title) in db.among::<(PersonId, String, String)>(&ROLES, keys()).await? {
            if let Some(full) = there.get_mut(&id).filter(|full| full.organisation.is_empty()) {
                (full.organisation, full.title) = (organisation, title);
            }
        }
    }
    for reach in db.among::<ReachRow>(&REACHES, keys()).await? {
        if let Some(full) = there.get_mut(&reach.person_id) {
            full.reaches.push(reach);
        }
    }
    if wants(ExportColumn::Addresses) {
        for address in db.among::<AddressRow>(&ADDRESSES, keys()).await? {
            if let Some(full) = there.get_mut(&address.person_id) {
                full.place(address);
            }
        }
    }
    if wants(ExportColumn::Notes) {
        for (id, words) in db.among::<(PersonId, String)>(&FACTS, keys()).await? {
            if let Some(full) = there.get_mut(&id) {
                full.facts.push(words);
            }
        }
    }
    if wants(ExportColumn::Tags) {
        for (id, name) in db.among::<(PersonId, String)>(&TAGS, keys()).await? {
            if let Some(full) = there.get_mut(&id) {
                full.tags.push(name);
            }
        }
    }
    if wants(ExportColumn::Fields) {
        for (id, field, value) in db.among::<(PersonId, FieldId, String)>(&FIELDS, keys()).await? {
            if let Some(full) = there.get_mut(&id) {
                full.fields.insert(field, value);
            }
        }
    }
    for (id, channel, allowed) in db.among::<(PersonId, ReachKind, bool)>(&CONSENTS, keys()).await? {
        if let Some(full) = there.get_mut(&id) {
            full.consents.push((channel, allowed));
        }
    }
    Ok(ids.iter().filter_map(|id| there.remove(id)).collect())
}

impl Full {
    /// The parts of an address go with the letter that is addressed so. Where that was taken away, or comes back, its
    /// parts are no one's to use either.
    fn place(&mut self, address: AddressRow) {
        let mut letters =
            self.reaches.iter_mut().filter(|reach| reach.kind == ReachKind::Post && reach.parts.is_none());
        match letters.find(|reach| address.is_of(&reach.value)) {
            Some(reach) => reach.parts = Some(address),
            None if address.street.is_empty() => self.nowhere.push(address),
            None => {}
        }
    }

    pub fn said(&self, kind: ReachKind) -> Option<bool> {
        self.consents.iter().find(|(channel, _)| *channel == kind).map(|(_, allowed)| *allowed)
    }

    fn refused(&self, kind: ReachKind) -> bool {
        self.said(kind) == Some(false) || (kind == ReachKind::Phone && self.someone.do_not_call)
    }

    fn has(&self, kind: ReachKind) -> bool {
        self.reaches.iter().any(|reach| reach.kind == kind)
    }

    /// Leaves them out, where they said no to what the list is for; else takes away what they refused.
    pub fn respect(mut self, order: &Order) -> Result<Self, WhyLeftOut> {
        let asked_not = |kind: ReachKind| match kind {
            ReachKind::Phone => WhyLeftOut::NotToBeRung,
            ReachKind::Email => WhyLeftOut::NotToBeEmailed,
            ReachKind::Post => WhyLeftOut::NotToBeWrittenTo,
        };
        if let Some(purpose) = order.purpose {
            if self.refused(purpose) && !order.include_refused {
                return Err(asked_not(purpose));
            }
            if !self.has(purpose) {
                return Err(match purpose {
                    ReachKind::Phone => WhyLeftOut::WithoutPhone,
                    ReachKind::Email => WhyLeftOut::WithoutEmail,
                    ReachKind::Post => WhyLeftOut::WithoutAddress,
                });
            }
        } else if !order.include_refused {
            let nowhere = !self.reaches.is_empty() && self.reaches.iter().all(|reach| self.refused(reach.kind));
            // A list without a purpose is one to ring from.
            if self.refused(ReachKind::Phone) || nowhere {
                return Err(WhyLeftOut::NotToBeRung);
            }
        }
        if !order.include_refused {
            let refused = [ReachKind::Phone, ReachKind::Email, ReachKind::Post].map(|kind| (kind, self.refused(kind)));
            self.reaches.retain(|reach| !refused.contains(&(reach.kind, true)));
            if self.refused(ReachKind::Post) {
                self.nowhere.clear();
            }
        }
        Ok(self)
    }
}

impl ReachRow {
    pub fn written(&self) -> String {
        match &self.extension {
            Some(extension) => format!("{} ext. {extension}", self.value),
            None => self.value.clone(),
        }
    }
}
