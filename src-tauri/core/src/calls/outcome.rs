//! What came of a call. There is no outcome without a next promise or a conscious reason to close.

mod proposals;
mod questions;
mod retry;
mod wizard;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::ReachId;
use crate::time::Millis;
use crate::words;

pub use questions::{Answer, Answered, Draft, FreeKind, KnownNumber, NextStep, Question, QuestionId, QuestionOption};
pub use retry::{Band, Retry, RetryRule, Ringing, Try, check_retry_rules, propose};
pub use wizard::WizardContext;

words! {
    pub enum CallResult {
        Spoke = "spoke",
        /// They answered, and asked to be rung at another time.
        NotNow = "not_now",
        /// They answered, and do not want to be rung again.
        DoNotCall = "do_not_call",
        /// Somebody else took a message.
        LeftWithSomeone = "left_with_someone",
        /// Somebody else answered, and took none.
        NotThere = "not_there",
        VoicemailLeft = "voicemail_left",
        NoAnswer = "no_answer",
        Busy = "busy",
        /// Whoever answers does not know them.
        WrongNumber = "wrong_number",
        /// The number does not exist any more.
        OutOfService = "out_of_service",
    }

    /// How the next promise is to be kept.
    pub enum Means {
        Ring = "ring",
        Write = "write",
        /// Anything else: send, ask, arrange, come by.
        Do = "do",
    }

    /// Why nothing more is owed.
    pub enum CloseReason {
        /// They have what they asked for.
        Answered = "answered",
        /// They do not want what they asked for any more.
        Declined = "declined",
        DoNotContact = "do_not_contact",
        /// Tried long enough, or no number is left.
        Unreachable = "unreachable",
        /// In the caller's own words.
        Other = "other",
    }

    /// What it is with a number at which nobody knows them.
    pub enum WrongKind {
        /// They have another one now.
        Moved = "moved",
        Disconnected = "disconnected",
        /// It was somebody else's from the first.
        NeverTheirs = "never_theirs",
        /// The number in the book is right; another one was dialled.
        Misdialled = "misdialled",
    }
}

impl CallResult {
    /// Whether the person themselves was on the line.
    pub fn reached_person(self) -> bool {
        matches!(self, Self::Spoke | Self::NotNow | Self::DoNotCall)
    }

    /// Whether anyone was.
    pub fn reached_someone(self) -> bool {
        self.reached_person() || matches!(self, Self::LeftWithSomeone | Self::NotThere | Self::WrongNumber)
    }

    /// Whether it was the number's fault.
    pub fn spoils_number(self) -> bool {
        matches!(self, Self::WrongNumber | Self::OutOfService)
    }
}

impl CloseReason {
    /// Why this reason cannot close a call with that result; none where it can.
    pub fn refusal(self, result: CallResult) -> Option<&'static str> {
        match (self, result) {
            (Self::Other, _) => None,
            (Self::Answered, CallResult::NotNow) => {
                Some("They asked for another time, so nothing is answered yet. Promise to ring again, or say why not.")
            }
            (Self::Unreachable, result) if result.reached_person() => {
                Some("You spoke with them, so they can be reached. Choose another reason.")
            }
            (Self::Unreachable, _) => None,
            (_, result) if result.reached_person() => None,
            _ => Some(
                "You did not speak with them, so only they can say that. Promise to try again, or choose another reason.",
            ),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Next {
    Promise {
        what: String,
        means: Means,
        /// Not before this.
        from: Option<Millis>,
        due: Millis,
    },
    Close {
        reason: CloseReason,
        /// Needed with [`CloseReason::Other`].
        words: Option<String>,
    },
}

/// The number that did not lead to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct WrongNumber {
    /// None where it is none of those in the book.
    pub reach: Option<ReachId>,
    pub kind: WrongKind,
    /// The one that they have now, as it was said.
    pub new_number: Option<String>,
}

/// What is filed. Made by [`Draft::finish`], or checked by [`Outcome::checked`]: nothing else is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Outcome {
    pub result: CallResult,
    pub wrong: Option<WrongNumber>,
    /// Who took the message.
    pub with_whom: Option<String>,
    /// One fact each.
    pub learned: Vec<String>,
    pub notes: String,
    pub note_for_next: Option<String>,
    /// Why a director should look at it.
    pub organiser: Option<String>,
    pub next: Next,
}

const MAX_LEARNED: usize = 50;
const MAX_WORDS_CHARS: usize = 20_000;
/// Nobody keeps a promise that is further away.
const MAX_AHEAD_MS: i64 = 5 * 366 * crate::time::DAY_MS;

impl Outcome {
    /// Tidied, and free of contradictions at `now`; the error says what to change.
    pub fn checked(mut self, now: Millis) -> Result<Self> {
        for learned in &mut self.learned {
            *learned = tidy("What you learned", learned)?;
        }
        self.learned.retain(|learned| !learned.is_empty());
        few_enough(self.learned.len())?;
        self.notes = tidy("The note", &self.notes)?;
        let filled = |what: &str, words: Option<String>| match words {
            Some(words) => Ok(Some(tidy(what, &words)?).filter(|words| !words.is_empty())),
            None => Ok::<_, Error>(None),
        };
        self.note_for_next = filled("The note for the next caller", self.note_for_next)?;
        self.organiser = filled("What a director should look at", self.organiser)?;
        self.with_whom = filled("The name of who took the message", self.with_whom)?;
        if self.wrong.is_some() != self.result.spoils_number() {
            return Err(Error::invalid("A wrong number belongs to a call that ended with one. Answer again."));
        }
        self.next = self.next.checked(self.result, now)?;
        Ok(self)
    }
}

impl Next {
    /// How the call is said to have ended: `promise`, or the reason to close.
    pub(super) fn ending(&self) -> &'static str {
        match self {
            Self::Promise { .. } => "promise",
            Self::Close { reason, .. } => reason.as_str(),
        }
    }

    fn checked(self, result: CallResult, now: Millis) -> Result<Self> {
        match self {
            Self::Promise { what, means, from, due } => {
                let what = tidy("The next promise", &what)?;
                if what.is_empty() {
                    return Err(Error::invalid(
                        "The next promise has no words. Write what you will do, or close the call with a reason.",
                    ));
                }
                if result == CallResult::DoNotCall && means == Means::Ring {
                    return Err(Error::invalid(
                        "They asked not to be rung again. Promise something other than a call, or close with that reason.",
                    ));
                }
                if due <= now {
                    return Err(Error::invalid(
                        "The next promise is due in the past. Choose a day and time that is still to come.",
                    ));
                }
                near_enough(due, now)?;
                let from = from.filter(|from| *from < due);
                Ok(Self::Promise { what, means, from, due })
            }
            Self::Close { reason, words: said } => {
                if let Some(why) = reason.refusal(result) {
                    return Err(Error::invalid(why));
                }
                let said = tidy("The reason", said.as_deref().unwrap_or_default())?;
                if reason == CloseReason::Other && said.is_empty() {
                    return Err(Error::invalid(
                        "Write in a few words why nothing more is owed, or promise a next step.",
                    ));
                }
                Ok(Self::Close { reason, words: Some(said).filter(|said| !said.is_empty()) })
            }
        }
    }
}

fn few_enough(learned: usize) -> Result<()> {
    if learned <= MAX_LEARNED {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "{learned} things were learned in one call; keep the {MAX_LEARNED} that matter, and put the rest in the notes"
    )))
}

fn near_enough(due: Millis, now: Millis) -> Result<()> {
    if due.since(now) <= MAX_AHEAD_MS {
        return Ok(());
    }
    Err(Error::invalid("The next promise is due more than five years from now. Choose a nearer day."))
}

/// Trimmed; `what` names it in the error.
fn tidy(what: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > MAX_WORDS_CHARS {
        return Err(Error::invalid(format!("{what} is longer than {MAX_WORDS_CHARS} letters. Shorten it.")));
    }
    Ok(text.into())
}
