//! What came of a call. There is no outcome without a next promise or a conscious reason to close.

mod retry;
mod wizard;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::Millis;
use crate::words;

pub use retry::{Band, Retry, RetryRule, check_retry_rules, propose};
pub use wizard::{Answer, Answered, Draft, FreeKind, Question, QuestionId, QuestionOption, WizardContext};

words! {
    pub enum CallResult {
        Spoke = "spoke",
        /// They answered, and asked to be rung at another time.
        NotNow = "not_now",
        /// They answered, and do not want to be rung again.
        DoNotCall = "do_not_call",
        /// Somebody else took a message.
        LeftWithSomeone = "left_with_someone",
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
}

impl CallResult {
    /// Whether the person themselves was on the line.
    pub fn reached_person(self) -> bool {
        matches!(self, Self::Spoke | Self::NotNow | Self::DoNotCall)
    }

    /// Whether anyone was.
    pub fn reached_someone(self) -> bool {
        self.reached_person() || matches!(self, Self::LeftWithSomeone | Self::WrongNumber)
    }

    /// Whether the number itself turned out useless.
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
        due: Millis,
    },
    Close {
        reason: CloseReason,
        /// Needed with [`CloseReason::Other`].
        words: Option<String>,
    },
}

/// What is filed. Made by [`Draft::finish`], or checked by [`Outcome::checked`]: nothing else is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Outcome {
    pub result: CallResult,
    /// One fact each.
    pub learned: Vec<String>,
    pub notes: String,
    pub note_for_next: Option<String>,
    pub next: Next,
}

const MAX_LEARNED: usize = 50;
const MAX_WORDS_CHARS: usize = 4_000;
/// Nobody keeps a promise that is further away.
const MAX_AHEAD_MS: i64 = 5 * 366 * crate::time::DAY_MS;

impl Outcome {
    /// Tidied, and free of contradictions at `now`; the error says what to change.
    pub fn checked(mut self, now: Millis) -> Result<Self> {
        for learned in &mut self.learned {
            *learned = tidy("What you learned", learned)?;
        }
        self.learned.retain(|learned| !learned.is_empty());
        if self.learned.len() > MAX_LEARNED {
            return Err(Error::invalid(format!(
                "{} things were learned in one call; keep the {MAX_LEARNED} that matter, and put the rest in the notes",
                self.learned.len()
            )));
        }
        self.notes = tidy("The note", &self.notes)?;
        self.note_for_next = match self.note_for_next {
            Some(note) => Some(tidy("The note for the next caller", &note)?).filter(|note| !note.is_empty()),
            None => None,
        };
        self.next = self.next.checked(self.result, now)?;
        Ok(self)
    }
}

impl Next {
    fn checked(self, result: CallResult, now: Millis) -> Result<Self> {
        match self {
            Self::Promise { what, means, due } => {
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
                if due.since(now) > MAX_AHEAD_MS {
                    return Err(Error::invalid(
                        "The next promise is due more than five years from now. Choose a nearer day.",
                    ));
                }
                Ok(Self::Promise { what, means, due })
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

/// Trimmed; `what` names it in the error.
fn tidy(what: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > MAX_WORDS_CHARS {
        return Err(Error::invalid(format!("{what} is longer than {MAX_WORDS_CHARS} letters. Shorten it.")));
    }
    Ok(text.into())
}
