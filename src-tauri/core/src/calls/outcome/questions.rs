//! The questions after a call and their answers, as the window and the book hold them.

use serde::{Deserialize, Serialize};

use super::{CloseReason, Means};
use crate::ids::ReachId;
use crate::promises::business_time::Target;
use crate::time::Millis;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum QuestionId {
    Reached,
    WhatHappened,
    WrongWhich,
    WrongKind,
    NewNumber,
    WithWhom,
    Learned,
    Next,
    PromiseMeans,
    PromiseWhat,
    PromiseWhen,
    CloseReason,
    CloseWords,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Question {
    pub id: QuestionId,
    pub options: Vec<QuestionOption>,
    /// What may be given instead of an option.
    pub free: Option<FreeKind>,
    pub may_skip: bool,
    /// The time that is asked for is to ring at: it has to suit whoever is rung.
    pub rings: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct QuestionOption {
    /// The number key, from 1.
    pub key: u8,
    pub id: String,
    /// What the option says, where no catalogue knows it: a proposal, a number, a name.
    pub what: Option<String>,
    pub from: Option<Millis>,
    pub due: Option<Millis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FreeKind {
    Words,
    /// Several, one a line.
    Lines,
    /// A telephone number as it was said.
    Number,
    Time,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The id of an option.
    Pick(String),
    Words(String),
    Time {
        /// Not before this.
        from: Option<Millis>,
        due: Millis,
    },
    /// A proposal that was taken; kept in place of its number.
    Promise {
        what: String,
        means: Means,
        from: Option<Millis>,
        due: Millis,
    },
    /// One of the person's numbers; kept in place of its key.
    Reach {
        reach: Option<ReachId>,
        shown: String,
    },
    Skip,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Answered {
    pub question: QuestionId,
    pub answer: Answer,
}

/// An outcome in the making. The answers are replayed at every key; the other words can be written at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Draft {
    pub answers: Vec<Answered>,
    pub note_for_next: String,
    /// A director should look, and why. Empty: none needs to.
    pub organiser: String,
}

/// One of the person's numbers that may have been the wrong one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownNumber {
    pub reach: ReachId,
    /// Covered.
    pub shown: String,
}

/// What the script says should come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    pub what: String,
    pub means: Means,
    pub within: Target,
}

/// What the window's number keys choose; a proposal carries its promise along.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub id: String,
    pub what: Option<String>,
    pub takes: Takes,
}

#[derive(Clone, Debug)]
pub(super) enum Takes {
    Pick,
    Time {
        due: Millis,
    },
    Promise {
        means: Means,
        from: Option<Millis>,
        due: Millis,
    },
    Reach(Option<ReachId>),
    /// The words of the option are the answer.
    Words,
}

impl Offer {
    pub fn plain(id: impl Into<String>) -> Self {
        Self { id: id.into(), what: None, takes: Takes::Pick }
    }

    pub fn close(reason: CloseReason) -> Self {
        Self::plain(format!("{CLOSE_BECAUSE}{}", reason.as_str()))
    }

    pub fn option(&self, key: u8) -> QuestionOption {
        let (from, due) = match self.takes {
            Takes::Promise { from, due, .. } => (from, Some(due)),
            Takes::Time { due } => (None, Some(due)),
            Takes::Pick | Takes::Reach(_) | Takes::Words => (None, None),
        };
        QuestionOption { key, id: self.id.clone(), what: self.what.clone(), from, due }
    }

    /// What is kept when it is chosen.
    pub fn answer(self) -> Answer {
        let shown = self.what.unwrap_or_default();
        match self.takes {
            Takes::Pick => Answer::Pick(self.id),
            Takes::Time { due } => Answer::Time { from: None, due },
            Takes::Promise { means, from, due } => Answer::Promise { what: shown, means, from, due },
            Takes::Reach(reach) => Answer::Reach { reach, shown },
            Takes::Words => Answer::Words(shown),
        }
    }
}

/// Closes at one key: `close_because_answered`.
pub(super) const CLOSE_BECAUSE: &str = "close_because_";

pub(super) fn closes_because(pick: &str) -> Option<CloseReason> {
    CloseReason::parse(pick.strip_prefix(CLOSE_BECAUSE)?)
}
