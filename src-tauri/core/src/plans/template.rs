//! A plan as it is written: JSON, so that what we ship, what a director writes and what a file holds are read alike.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::schedule::{Base, Wait, When};
use crate::error::{Error, Result};
use crate::ids::VolunteerId;
use crate::people::ReachKind;
use crate::team::volunteers::VolunteerRole;
use crate::words;

words! {
    pub enum StepChannel {
        Call = "call",
        Email = "email",
        Letter = "letter",
        Visit = "visit",
        Invitation = "invitation",
        Introduction = "introduction",
        Gift = "gift",
        /// In the step's own words.
        Own = "own",
    }

    /// The date that steps may be counted from.
    pub enum DateOf {
        Event = "event",
        Renewal = "renewal",
        Anniversary = "anniversary",
    }

    /// What a conversation outside the plan does to a step that is still to be done.
    pub enum Spoken {
        /// It was the step.
        Satisfies = "satisfies",
        /// Its wait begins anew.
        Moves = "moves",
        Stands = "stands",
    }
}

impl StepChannel {
    /// The consent that it needs.
    pub fn needs(self) -> Option<ReachKind> {
        match self {
            Self::Call => Some(ReachKind::Phone),
            Self::Email => Some(ReachKind::Email),
            Self::Letter => Some(ReachKind::Post),
            _ => None,
        }
    }
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "by", content = "which", rename_all = "snake_case")]
pub enum Who {
    /// Whoever keeps this person.
    Keeper,
    /// Of those in this role, whoever has least to do.
    Role(VolunteerRole),
    Volunteer(VolunteerId),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Stays the same over versions, so that people can be moved to a newer one.
    pub key: String,
    pub title: String,
    pub channel: StepChannel,
    /// What is to be done, as one says it to a colleague.
    pub words: String,
    /// The purpose of the call script to speak from; empty: none.
    #[serde(default)]
    pub script: String,
    /// What is to be written; merge fields as in scripts.
    #[serde(default)]
    pub text: String,
    /// Of an e-mail; merge fields as in the text.
    #[serde(default)]
    pub subject: String,
    pub who: Who,
    pub when: When,
    /// To be done within so many business days of the day on which it may begin.
    #[serde(default)]
    pub within_days: u32,
    /// Any of these.
    #[serde(default)]
    pub skip_when: Vec<Condition>,
    /// Unless said: a call or a visit is satisfied where it was near, and moves where it was not; anything else stands.
    #[serde(default)]
    pub spoken: Option<Spoken>,
    /// What to ask, and to remember: "What did we learn last time?"
    #[serde(default)]
    pub question: String,
}

/// One version of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub name: String,
    pub purpose: String,
    pub for_whom: String,
    #[serde(default)]
    pub date_of: Option<DateOf>,
    /// The association's own field that holds it, where it is not said at the enrolment.
    #[serde(default)]
    pub date_field: String,
    /// Any of these ends it.
    pub leave_when: Vec<Condition>,
    pub steps: Vec<Step>,
}

const MOST_STEPS: usize = 60;
const MOST_DAYS: u32 = 500;
const MOST_HOURS: u32 = 2_000;
const MOST_WITHIN_DAYS: u32 = 60;
const LONGEST_NAME: usize = 120;
const LONGEST_WORDS: usize = 20_000;
const LONGEST_SUBJECT: usize = 200;

impl Template {
    /// Reads and checks.
    pub fn read(text: &str) -> Result<Self> {
        let template: Self = serde_json::from_str(text)
            .map_err(|error| Error::invalid(format!("This is no plan that can be read: {error}.")))?;
        template.checked()
    }

    pub fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::internal(error.to_string()))
    }

    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// Which one of its steps that is, counted from 0.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.key == key)
    }

    /// Nothing in it that could not be done.
    pub fn checked(self) -> Result<Self> {
        if self.name.trim().is_empty() || self.name.chars().count() > LONGEST_NAME {
            return Err(Error::invalid(format!("A plan needs a name, of at most {LONGEST_NAME} letters.")));
        }
        if self.steps.is_empty() || self.steps.len() > MOST_STEPS {
            return Err(Error::invalid(format!("“{}” needs a step, and has at most {MOST_STEPS}.", self.name)));
        }
        self.leave_when.iter().try_for_each(Condition::check)?;
        let mut keys = HashSet::new();
        for (number, step) in (1..).zip(&self.steps) {
            let wrong = |what: &str| Err(Error::invalid(format!("Step {number}, “{}”: {what}", step.title)));
            if step.title.trim().is_empty() || step.title.chars().count() > LONGEST_NAME {
                return wrong("it needs a name, and a short one.");
            }
            if step.key.trim().is_empty() || step.key.len() > LONGEST_NAME || !keys.insert(step.key.as_str()) {
                return wrong("its key is missing, or another step has it.");
            }
            if step.words.trim().is_empty() && step.text.trim().is_empty() {
                return wrong("say what is to be done.");
            }
            if step.words.chars().count().max(step.text.chars().count()) > LONGEST_WORDS {
                return wrong("its words are too long for anyone to use.");
            }
            if step.subject.chars().count() > LONGEST_SUBJECT || step.subject.contains(['\r', '\n']) {
                return wrong("its subject is one line, and a short one.");
            }
            match step.when.wait {
                Wait::Days(days) if days > MOST_DAYS => return wrong("nobody plans so many days ahead."),
                Wait::Hours(hours) if hours > MOST_HOURS => return wrong("say so many hours in days."),
                _ => {}
            }
            if step.within_days > MOST_WITHIN_DAYS {
                return wrong("say a shorter time in which it is to be done.");
            }
            let hangs_on_a_date = matches!(step.when.base, Base::BeforeDate | Base::AfterDate);
            if hangs_on_a_date && self.date_of.is_none() {
                return wrong("it is counted from a date. Say which: an event, a renewal or an anniversary.");
            }
            step.skip_when.iter().try_for_each(Condition::check)?;
        }
        Ok(self)
    }

    /// What a step's promise says: in Today it is the reason.
    pub fn what(&self, at: usize) -> String {
        let Some(step) = self.steps.get(at) else { return self.name.clone() };
        let words = step.words.trim();
        let words = if words.is_empty() { step.title.trim() } else { words };
        let count = self.steps.len();
        let said =
            format!("“{}”, step {} of {count} of the plan “{}”: {words}", step.title.trim(), at + 1, self.name.trim());
        let question = step.question.trim();
        if question.is_empty() {
            return said;
        }
        let stop = if said.ends_with(['.', '?', '!']) { "" } else { "." };
        format!("{said}{stop} {question}")
    }
}

/// What differs between two versions, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Difference {
    pub key: String,
    /// As the older version has it; `None`: it is new.
    pub before: Option<Step>,
    pub after: Option<Step>,
    /// It stands at another place.
    pub moved: bool,
}

/// What of `newer` is not as in `older`, in the order of `newer`, what was taken out last.
pub fn differences(older: &Template, newer: &Template) -> Vec<Difference> {
    // Steps that both have, in the order of each: who is behind another one there and before it here has moved.
    let shared = |of: &Template, other: &Template| -> Vec<String> {
        of.steps.iter().filter(|step| other.step(&step.key).is_some()).map(|step| step.key.clone()).collect()
    };
    let (was, is) = (shared(older, newer), shared(newer, older));
    let mut found: Vec<Difference> = Vec::new();
    for step in &newer.steps {
        let before = older.step(&step.key);
        let moved = before.is_some()
            && was.iter().position(|key| *key == step.key) != is.iter().position(|key| *key == step.key);
        if before != Some(step) || moved {
            found.push(Difference { key: step.key.clone(), before: before.cloned(), after: Some(step.clone()), moved });
        }
    }
    for step in &older.steps {
        if newer.step(&step.key).is_none() {
            found.push(Difference { key: step.key.clone(), before: Some(step.clone()), after: None, moved: false });
        }
    }
    found
}
