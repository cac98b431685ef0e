//! What a step is skipped for, or a plan left: facts that stand in the book.

use std::collections::HashSet;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::workdays::Unsuited;
use crate::error::{Error, Result};
use crate::ids::{PersonId, VolunteerId};
use crate::people::{ReachKind, Standing};
use crate::promises::sentences as say;
use crate::time::{DAY_MS, Millis};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "fact", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    Tag {
        name: String,
    },
    Standing {
        any_of: Vec<Standing>,
    },
    /// They said no to this channel.
    Refuses {
        channel: ReachKind,
    },
    /// They said no to the telephone, to e-mail and to post.
    OptedOut,
    /// They were spoken with in so many days, whoever rang whom.
    SpokenWithin {
        days: u32,
    },
    /// We were in touch with them in so many days, in whatever way.
    TouchedWithin {
        days: u32,
    },
}

/// What the book knows of somebody that a plan goes by.
#[derive(Clone, Debug)]
pub struct Known {
    pub person: PersonId,
    pub name: String,
    pub standing: Standing,
    pub keeper: Option<VolunteerId>,
    pub removed: bool,
    pub do_not_call: bool,
    /// The channels they said no to.
    pub refused: Vec<ReachKind>,
    pub tags: HashSet<String>,
    pub spoken_ms: Option<Millis>,
    pub touched_ms: Option<Millis>,
    /// Of the association: on which day that was.
    pub zone: Tz,
    /// Their own days, and those of their groups.
    pub unsuited: Unsuited,
}

const LONGEST_DAYS: u32 = 3_650;

impl Condition {
    pub fn check(&self) -> Result<()> {
        match self {
            Self::Tag { name } if name.trim().is_empty() => Err(Error::invalid("Say which tag.")),
            Self::Standing { any_of } if any_of.is_empty() => Err(Error::invalid("Say which standing.")),
            Self::SpokenWithin { days } | Self::TouchedWithin { days } if !(1..=LONGEST_DAYS).contains(days) => {
                Err(Error::invalid(format!("Days are counted from 1 to {LONGEST_DAYS}.")))
            }
            _ => Ok(()),
        }
    }

    /// Why it holds of them; `None` where it does not.
    pub fn holds(&self, known: &Known, now: Millis) -> Option<String> {
        let within = |at: Option<Millis>, days: u32| {
            let at = at.filter(|at| now.since(*at) < i64::from(days) * DAY_MS)?;
            Some(say::day(at.in_zone(known.zone).date_naive()))
        };
        match self {
            Self::Tag { name } => known.tags.contains(name).then(|| format!("Has the tag “{name}”")),
            Self::Standing { any_of } => {
                any_of.contains(&known.standing).then(|| format!("Is {} now", with_article(known.standing)))
            }
            Self::Refuses { channel } => known.refuses(*channel).then(|| refusal(*channel).to_owned()),
            Self::OptedOut => known.opted_out().then(|| "Does not want to hear from us".to_owned()),
            Self::SpokenWithin { days } => {
                within(known.spoken_ms, *days).map(|day| format!("Was spoken with on {day}"))
            }
            Self::TouchedWithin { days } => {
                within(known.touched_ms, *days).map(|day| format!("Heard from us on {day}"))
            }
        }
    }
}

impl Known {
    pub fn refuses(&self, channel: ReachKind) -> bool {
        self.refused.contains(&channel) || (channel == ReachKind::Phone && self.do_not_call)
    }

    pub fn opted_out(&self) -> bool {
        ReachKind::ALL.iter().all(|channel| self.refuses(*channel))
    }
}

pub fn refusal(channel: ReachKind) -> &'static str {
    match channel {
        ReachKind::Phone => "Does not want to be rung",
        ReachKind::Email => "Does not want e-mails",
        ReachKind::Post => "Does not want letters",
    }
}

fn with_article(standing: Standing) -> String {
    match standing {
        Standing::Lapsed => "lapsed".into(),
        Standing::Declined => "someone who declined".into(),
        Standing::Inquirer | Standing::Applicant => format!("an {}", standing.as_str()),
        Standing::Former => "a former member".into(),
        Standing::Prospect | Standing::Member => format!("a {}", standing.as_str()),
    }
}
