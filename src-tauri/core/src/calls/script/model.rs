//! What a script is, once read.

use serde::{Deserialize, Serialize};

use super::sets::Sets;
use super::text::Text;
use crate::error::Error;
use crate::words;

words! {
    /// When a script is offered first.
    pub enum Purpose {
        /// The first call back, while the promise still stands.
        CallBack = "call_back",
        /// The first call back after the promise was broken: it opens with the apology.
        LateCallBack = "late_call_back",
        /// A further call, or the word of someone here.
        AsPromised = "as_promised",
        Invitation = "invitation",
        Renewal = "renewal",
        /// The first weeks of a new member.
        Welcome = "welcome",
        Thanks = "thanks",
        /// Things have become hard for them.
        Hardship = "hardship",
        /// We have done something wrong.
        Apology = "apology",
        AfterEvent = "after_event",
        General = "general",
        /// They ring us.
        Incoming = "incoming",
        /// What to say to a machine.
        Voicemail = "voicemail",
        /// What to say when someone else was meant.
        WrongPerson = "wrong_person",
    }

    /// How the answer to a question is taken, where they may say anything.
    pub enum FreeAnswer {
        Words = "words",
        Number = "number",
        Date = "date",
    }

    /// What to leave on a machine, under the wishes of whom it belongs to.
    pub enum Leave {
        /// One that may say who we are.
        Message = "message",
        /// One that says neither who we are nor what it is about.
        Discreet = "discreet",
        Nothing = "nothing",
    }
}

impl Purpose {
    /// As it is written after `purpose:`.
    pub fn words(self) -> String {
        self.as_str().replace('_', " ")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    pub title: String,
    pub purpose: Purpose,
    /// When to reach for this script, in a sentence; may be empty.
    pub when: String,
    /// What the caller should have at hand before dialling.
    pub at_hand: Vec<String>,
    /// The first one opens the call.
    pub nodes: Vec<Node>,
    /// Answers to what may come up at any moment.
    pub objections: Vec<Objection>,
    /// What to leave on a machine; one of a kind.
    pub machine: Vec<MachineWords>,
}

/// One part of the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    /// For the caller's eyes, not to be said.
    pub hint: String,
    pub say: Text,
    pub then: Then,
}

/// Something they may say at any moment, and our answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub name: String,
    pub hint: String,
    pub say: Text,
    pub then: Then,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Then {
    /// `question` may be empty where the last sentence said is the question.
    Ask {
        question: Text,
        answers: Answers,
    },
    Go(Target),
    End,
}

/// How the answer to a question is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    Choices(Vec<Choice>),
    Free(Free),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What they say, in plain words.
    pub label: String,
    pub sets: Vec<Sets>,
    pub to: Target,
}

/// They may say anything, or nothing: then it goes on, and sets nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Free {
    pub kind: FreeAnswer,
    pub sets: Vec<Sets>,
    pub to: Target,
}

/// Said to a machine, after which the call ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineWords {
    /// Never [`Leave::Nothing`].
    pub leave: Leave,
    pub hint: String,
    pub say: Text,
}

impl Leave {
    /// As it is written after `~`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Message => "Message",
            Self::Discreet => "Discreet message",
            Self::Nothing => "Nothing",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Node(String),
    /// From an objection, to where the conversation stood.
    Back,
}

/// Names are the same whatever their capitals: a director need not remember them.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// One thing wrong with a script, where, and the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Problem {
    /// From 1; none for a script that was not read from text.
    pub line: Option<u32>,
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "Line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Everything wrong with a script, in the order of its lines; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, problem) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::invalid(problems.to_string())
    }
}
