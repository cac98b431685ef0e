//! The shapes of people, as the book keeps them and as the window shows them.

use serde::{Deserialize, Serialize};

use super::fields::{FieldFilter, FieldValue};
use crate::ids::{FactId, OrganisationId, PersonId, ReachId, RoleId, VolunteerId};
use crate::team::volunteers::Keeper;
use crate::time::Millis;
use crate::words;

words! {
    pub enum Standing {
        Inquirer = "inquirer",
        Prospect = "prospect",
        Applicant = "applicant",
        Member = "member",
        Lapsed = "lapsed",
        Former = "former",
        Declined = "declined",
    }

    pub enum ReachKind {
        Phone = "phone",
        Email = "email",
        Post = "post",
    }

    pub enum ReachState {
        Good = "good",
        Wrong = "wrong",
        Disconnected = "disconnected",
        Bounced = "bounced",
    }

    /// What a person allows us to leave on a voicemail.
    pub enum Voicemail {
        Unknown = "unknown",
        No = "no",
        YesAndNameUs = "yes_and_name_us",
        YesWithoutName = "yes_without_name",
    }
}

/// Enough of a person to show a row or a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type, sqlx::FromRow)]
pub struct PersonRef {
    pub id: PersonId,
    pub name: String,
    pub organisation: Option<String>,
    pub standing: Standing,
}

/// One way to reach a person. A phone number is never whole in here: only `calls::dial` hands one out.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Reach {
    pub id: ReachId,
    pub kind: ReachKind,
    /// An e-mail or postal address as it is; of a phone number all but the last three digits are covered.
    pub shown: String,
    /// The last three digits of a phone number.
    pub ending: Option<String>,
    pub label: String,
    pub state: ReachState,
    pub voicemail: Voicemail,
    pub best_times: String,
    /// A number that could not be read: kept as it was typed, and never dialled.
    pub unreadable: bool,
    /// How many others have the same one: a household, a switchboard.
    pub shared_with: u32,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Consent {
    pub channel: ReachKind,
    pub allowed: bool,
    pub since_ms: Millis,
    /// How we know.
    pub how: String,
}

#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct Fact {
    pub id: FactId,
    pub words: String,
    pub learned_ms: Millis,
    pub learned_from: String,
}

#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct Role {
    pub id: RoleId,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub title: String,
    /// `None`: it goes on.
    pub to_day: Option<String>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Person {
    pub id: PersonId,
    pub given: String,
    pub family: String,
    pub name: String,
    pub standing: Standing,
    pub place: String,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub keeper: Option<Keeper>,
    pub external_id: Option<String>,
    pub do_not_call: bool,
    pub source: String,
    /// `YYYY-MM-DD`; empty where it is not known.
    pub birth_day: String,
    pub created_ms: Millis,
    pub removed: bool,
    /// Whose record this one is part of: they were in the book twice.
    pub merged_into: Option<PersonRef>,
    pub roles: Vec<Role>,
    pub reaches: Vec<Reach>,
    pub consents: Vec<Consent>,
    pub facts: Vec<Fact>,
    pub tags: Vec<String>,
    /// What there is in the association's own fields, in their order.
    pub fields: Vec<FieldValue>,
}

/// A new person. One of `name` or `given`/`family` is enough.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct NewPerson {
    /// A whole name, split where `given` and `family` are empty.
    pub name: String,
    pub given: String,
    pub family: String,
    pub standing: Option<Standing>,
    pub place: String,
    pub zone: Option<String>,
    pub country: Option<String>,
    pub organisation: String,
    pub role_title: String,
    pub phone: String,
    pub email: String,
    pub external_id: Option<String>,
    pub source: String,
    pub keeper: Option<VolunteerId>,
    /// `YYYY-MM-DD`, or empty.
    pub birth_day: String,
}

/// What to change; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct PersonChange {
    pub given: Option<String>,
    pub family: Option<String>,
    pub standing: Option<Standing>,
    pub place: Option<String>,
    /// `YYYY-MM-DD`; empty: unknown.
    pub birth_day: Option<String>,
    /// Empty: unknown.
    pub zone: Option<String>,
    /// Empty: the book's.
    pub country: Option<String>,
    pub keeper: Option<VolunteerId>,
    pub do_not_call: Option<bool>,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewReach {
    pub kind: ReachKind,
    pub typed: String,
    pub label: String,
}

/// What to change of a reach; what is absent stays.
#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
#[serde(default)]
pub struct ReachChange {
    pub label: Option<String>,
    pub state: Option<ReachState>,
    pub voicemail: Option<Voicemail>,
    pub best_times: Option<String>,
}

words! {
    /// What the list goes by. Where nothing is said it goes by name, and what words find by who matters first.
    pub enum PeopleSort {
        Name = "name",
        Organisation = "organisation",
        Standing = "standing",
        Place = "place",
        Keeper = "keeper",
        /// Whom nobody was in touch with for longest first.
        LastTouch = "last_touch",
        LongestWaiting = "longest_waiting",
        Newest = "newest",
    }
}

words! {
    /// What someone said to a channel.
    pub enum SaidTo {
        MayPhone = "may_phone",
        NoPhone = "no_phone",
        MayEmail = "may_email",
        NoEmail = "no_email",
        MayPost = "may_post",
        NoPost = "no_post",
    }
}

/// Which people a list shows. What is empty does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct PeopleQuery {
    /// Names, organisations, e-mails, digits of a number in any formatting, facts.
    pub words: String,
    pub standings: Vec<Standing>,
    pub keeper: Option<VolunteerId>,
    /// Only those with an open inquiry.
    pub waiting: bool,
    pub tag: String,
    pub source: String,
    pub place: String,
    /// Whoever is not to be called has said no to the telephone.
    pub said: Option<SaidTo>,
    /// Nobody was in touch with them for so many days; 0 does not restrict.
    pub quiet_days: u16,
    /// By one of the association's own fields.
    pub field: Option<FieldFilter>,
    pub sort: Option<PeopleSort>,
    /// The other way round. Who has nothing of what it goes by still comes last.
    pub descending: bool,
}

/// One row of the list of people.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PersonRow {
    pub id: PersonId,
    pub name: String,
    pub organisation: Option<String>,
    pub standing: Standing,
    pub place: String,
    pub keeper: Option<Keeper>,
    pub last_touch_ms: Option<Millis>,
    /// Since when an open inquiry waits.
    pub waiting_since_ms: Option<Millis>,
    pub do_not_call: bool,
    pub phone_ending: Option<String>,
    pub email: Option<String>,
}

/// The beginning of the list.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PeoplePage {
    pub rows: Vec<PersonRow>,
    /// There may be others.
    pub more: bool,
    /// Nobody is called as it was typed; these are, but for a slip of the finger.
    pub near: bool,
}

impl PeopleQuery {
    /// Whether it leaves anyone out.
    pub fn restricts(&self) -> bool {
        Self { sort: None, descending: false, ..self.clone() } != Self::default()
    }
}

/// What can be chosen to restrict the list, those that most people have first, at most 200 of each.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PeopleChoices {
    pub tags: Vec<PeopleChoice>,
    pub sources: Vec<PeopleChoice>,
    pub places: Vec<PeopleChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct PeopleChoice {
    pub value: String,
    pub people: u32,
}
