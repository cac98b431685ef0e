//! Rows that a merge changes, as it found them and as it left them. Fields that nobody has changed since go back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::MergeField;
use crate::error::{Error, Result};
use crate::ids::{FieldOptionId, InquiryId, PersonId, VolunteerId};
use crate::people::{ReachState, Standing, Voicemail};
use crate::store::{Db, Edit, Sql, Value};
use crate::time::Millis;
use crate::{args, statements};

#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct PersonPart {
    pub given: String,
    pub family: String,
    pub name: String,
    pub sort_key: String,
    pub sound_key: String,
    pub standing: Standing,
    pub place: String,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub keeper_id: Option<VolunteerId>,
    pub external_id: Option<String>,
    pub source: String,
    pub do_not_call: bool,
    pub birth_day: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct ReachPart {
    pub label: String,
    pub state: ReachState,
    pub voicemail: Voicemail,
    pub best_times: String,
    pub position: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct ConsentPart {
    pub allowed: bool,
    pub since_ms: Millis,
    pub how: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct RolePart {
    pub title: String,
}

/// What someone has in one of the association's own fields.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct ValuePart {
    pub value: String,
    pub option_id: Option<FieldOptionId>,
    pub sort_key: String,
}

/// How an inquiry or a promise stands.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct StatePart {
    pub state: String,
    pub ended_ms: Option<Millis>,
    pub end_reason: String,
}

/// Which inquiry a message or a promise is part of.
#[derive(Clone, Debug, PartialEq, Serialize, serde::Deserialize, sqlx::FromRow)]
pub(super) struct InquiryPart {
    pub inquiry_id: Option<InquiryId>,
}

statements! {
    PERSON = "SELECT given, family, name, sort_key, sound_key, standing, place, zone, country, keeper_id, external_id, \
        source, do_not_call, birth_day FROM person WHERE id = $1";
    SET_PERSON = "UPDATE person SET given = $2, family = $3, name = $4, sort_key = $5, sound_key = $6, standing = $7, \
        place = $8, zone = $9, country = $10, keeper_id = $11, external_id = $12, source = $13, do_not_call = $14, \
        birth_day = $15 WHERE id = $1";
    REACH = "SELECT label, state, voicemail, best_times, position FROM reach WHERE id = $1";
    SET_REACH = "UPDATE reach SET label = $2, state = $3, voicemail = $4, best_times = $5, position = $6 WHERE id = $1";
    CONSENT = "SELECT allowed, since_ms, how FROM consent WHERE id = $1";
    SET_CONSENT = "UPDATE consent SET allowed = $2, since_ms = $3, how = $4 WHERE id = $1";
    ROLE = "SELECT title FROM role WHERE id = $1";
    SET_ROLE = "UPDATE role SET title = $2 WHERE id = $1";
    FIELD_VALUE = "SELECT value, option_id, sort_key FROM field_value WHERE id = $1";
    SET_FIELD_VALUE = "UPDATE field_value SET value = $2, option_id = $3, sort_key = $4 WHERE id = $1";
    INQUIRY = "SELECT state, ended_ms, end_reason FROM inquiry WHERE id = $1";
    SET_INQUIRY = "UPDATE inquiry SET state = $2, ended_ms = $3, end_reason = $4 WHERE id = $1";
    PROMISE = "SELECT state, ended_ms, end_reason FROM promise WHERE id = $1";
    SET_PROMISE = "UPDATE promise SET state = $2, ended_ms = $3, end_reason = $4 WHERE id = $1";
    MESSAGE_OF = "SELECT inquiry_id FROM message WHERE id = $1";
    SET_MESSAGE_OF = "UPDATE message SET inquiry_id = $2 WHERE id = $1";
}

/// What of a row a merge may change.
pub(super) trait Part: Clone + PartialEq + Serialize + DeserializeOwned + Send + Unpin + Sized {
    async fn find(db: &mut Db, row: uuid::Uuid) -> Result<Option<Self>>;
    async fn write(&self, edit: &mut Edit, row: uuid::Uuid) -> Result<()>;
}

macro_rules! parts {
    ($($part:ty: $get:ident, $set:ident, |$this:ident| [$($value:expr),*];)*) => {$(
        impl Part for $part {
            async fn find(db: &mut Db, row: uuid::Uuid) -> Result<Option<Self>> {
                db.maybe(&$get, args![row]).await
            }
            async fn write(&self, edit: &mut Edit, row: uuid::Uuid) -> Result<()> {
                let $this = self.clone();
                let mut args: Vec<Value> = args![row];
                args.extend(args![$($value),*]);
                set(edit, &$set, args).await
            }
        }
    )*};
}

parts! {
    PersonPart: PERSON, SET_PERSON, |p| [p.given, p.family, p.name, p.sort_key, p.sound_key, p.standing, p.place, p.zone,
        p.country, p.keeper_id, p.external_id, p.source, p.do_not_call, p.birth_day];
    ReachPart: REACH, SET_REACH, |r| [r.label, r.state, r.voicemail, r.best_times, r.position];
    ConsentPart: CONSENT, SET_CONSENT, |c| [c.allowed, c.since_ms, c.how];
    RolePart: ROLE, SET_ROLE, |r| [r.title];
    ValuePart: FIELD_VALUE, SET_FIELD_VALUE, |v| [v.value, v.option_id, v.sort_key];
    InquiryPart: MESSAGE_OF, SET_MESSAGE_OF, |i| [i.inquiry_id];
}

async fn set(edit: &mut Edit, sql: &'static Sql, args: Vec<Value>) -> Result<()> {
    edit.run(sql, args).await.map(drop)
}

impl StatePart {
    pub async fn of_inquiry(db: &mut Db, row: uuid::Uuid) -> Result<Option<Self>> {
        db.maybe(&INQUIRY, args![row]).await
    }

    pub async fn of_promise(db: &mut Db, row: uuid::Uuid) -> Result<Option<Self>> {
        db.maybe(&PROMISE, args![row]).await
    }

    pub async fn write_inquiry(&self, edit: &mut Edit, row: uuid::Uuid) -> Result<()> {
        set(edit, &SET_INQUIRY, args![row, &self.state, self.ended_ms, &self.end_reason]).await
    }

    pub async fn write_promise(&self, edit: &mut Edit, row: uuid::Uuid) -> Result<()> {
        set(edit, &SET_PROMISE, args![row, &self.state, self.ended_ms, &self.end_reason]).await
    }
}

impl PersonPart {
    pub async fn of(db: &mut Db, person: PersonId) -> Result<Self> {
        db.one(&PERSON, args![person], "person").await
    }

    pub async fn write(&self, edit: &mut Edit, person: PersonId) -> Result<()> {
        Part::write(self, edit, person.0).await
    }

    /// With the other's where it was chosen, or where this one has nothing; the stricter wish stands.
    pub fn with(mut self, other: &Self, take: &[MergeField]) -> Self {
        let wants = |field| take.contains(&field);
        if wants(MergeField::Name) {
            for (own, theirs) in [
                (&mut self.given, &other.given),
                (&mut self.family, &other.family),
                (&mut self.name, &other.name),
                (&mut self.sort_key, &other.sort_key),
                (&mut self.sound_key, &other.sound_key),
            ] {
                own.clone_from(theirs);
            }
        }
        if wants(MergeField::Standing) {
            self.standing = other.standing;
        }
        for (field, own, theirs) in [
            (MergeField::BirthDay, &mut self.birth_day, &other.birth_day),
            (MergeField::Place, &mut self.place, &other.place),
            (MergeField::Source, &mut self.source, &other.source),
        ] {
            if !theirs.is_empty() && (own.is_empty() || wants(field)) {
                own.clone_from(theirs);
            }
        }
        for (field, own, theirs) in [
            (MergeField::Zone, &mut self.zone, &other.zone),
            (MergeField::Country, &mut self.country, &other.country),
            (MergeField::ExternalId, &mut self.external_id, &other.external_id),
        ] {
            if theirs.is_some() && (own.is_none() || wants(field)) {
                own.clone_from(theirs);
            }
        }
        if other.keeper_id.is_some() && (self.keeper_id.is_none() || wants(MergeField::Keeper)) {
            self.keeper_id = other.keeper_id;
        }
        self.do_not_call |= other.do_not_call;
        self
    }
}

impl ReachPart {
    /// One number or address that both have: nothing that either knew of it is lost, and the stricter wish stands.
    pub fn with(mut self, other: &Self) -> Self {
        if self.label.is_empty() {
            self.label.clone_from(&other.label);
        }
        if self.best_times.is_empty() {
            self.best_times.clone_from(&other.best_times);
        }
        if self.state == ReachState::Good {
            self.state = other.state;
        }
        let strictness = |voicemail: Voicemail| match voicemail {
            Voicemail::Unknown => 0,
            Voicemail::YesAndNameUs => 1,
            Voicemail::YesWithoutName => 2,
            Voicemail::No => 3,
        };
        if strictness(other.voicemail) > strictness(self.voicemail) {
            self.voicemail = other.voicemail;
        }
        self
    }
}

fn object(part: &impl Serialize) -> Result<Map<String, Json>> {
    match serde_json::to_value(part) {
        Ok(Json::Object(map)) => Ok(map),
        Ok(_) => Err(Error::internal("A part of a row is no object.")),
        Err(error) => Err(Error::internal(error.to_string())),
    }
}

pub(super) fn read(text: &str) -> Result<Map<String, Json>> {
    serde_json::from_str(text).map_err(|error| Error::internal(format!("A merge cannot be read back: {error}")))
}

/// The fields that differ, before and after.
pub(super) fn difference(before: &impl Serialize, after: &impl Serialize) -> Result<(String, String)> {
    let (mut before, mut after) = (object(before)?, object(after)?);
    let same: Vec<String> =
        before.iter().filter(|(name, value)| after.get(*name) == Some(value)).map(|(name, _)| name.clone()).collect();
    for name in same {
        before.remove(&name);
        after.remove(&name);
    }
    Ok((Json::Object(before).to_string(), Json::Object(after).to_string()))
}

/// A row with these of its fields, and whether it had them already.
pub(super) fn with<P: Part>(now: &P, fields: &str) -> Result<(P, bool)> {
    let mut all = object(now)?;
    all.extend(read(fields)?);
    let part: P = serde_json::from_value(Json::Object(all)).map_err(|error| Error::internal(error.to_string()))?;
    let same = part == *now;
    Ok((part, same))
}

/// What one calls a person goes back whole or not at all.
const NAMES: [&str; 5] = ["given", "family", "name", "sort_key", "sound_key"];

/// Puts back what is still as the merge left it. Names the fields that somebody has changed since.
pub(super) async fn restore<P: Part>(
    edit: &mut Edit,
    row: uuid::Uuid,
    before: &str,
    after: &str,
) -> Result<Vec<String>> {
    let Some(now) = P::find(edit, row).await? else { return Ok(Vec::new()) };
    let (before, after) = (read(before)?, read(after)?);
    let mut fields = object(&now)?;
    let changed = |name: &str| fields.get(name) != after.get(name);
    let renamed = NAMES.iter().any(|name| before.contains_key(*name) && changed(name));
    let mut kept = Vec::new();
    let mut back = Vec::new();
    for (name, was) in &before {
        if changed(name) || (renamed && NAMES.contains(&name.as_str())) {
            kept.push(name.clone());
        } else {
            back.push((name.clone(), was.clone()));
        }
    }
    fields.extend(back);
    let restored: P =
        serde_json::from_value(Json::Object(fields)).map_err(|error| Error::internal(error.to_string()))?;
    if restored != now {
        restored.write(edit, row).await?;
    }
    Ok(kept)
}
