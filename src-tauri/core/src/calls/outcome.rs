//! What came of a call. There is no outcome without a next promise or a conscious reason to close.

mod retry;
mod wizard;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::Millis;

pub use retry::{Band, Retry, RetryRule, check_retry_rules, default_retry_rules, propose};
pub use wizard::{Answer, Answered, Draft, FreeKind, Question, QuestionId, QuestionOption, WizardContext};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type, specta::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum CallResult {
    Spoke,
    /// They answered, and asked to be rung at another time.
    NotNow,
    /// They answered, and do not want to be rung again.
    DoNotCall,
    /// Somebody else took a message.
    LeftWithSomeone,
    VoicemailLeft,
    NoAnswer,
    Busy,
    /// Whoever answers does not know them.
    WrongNumber,
    /// The number does not exist any more.
    OutOfService,
}

impl CallResult {
    pub const ALL: [Self; 9] = [
        Self::Spoke,
        Self::NotNow,
        Self::DoNotCall,
        Self::LeftWithSomeone,
        Self::VoicemailLeft,
        Self::NoAnswer,
        Self::Busy,
        Self::WrongNumber,
        Self::OutOfService,
    ];

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

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spoke => "spoke",
            Self::NotNow => "not_now",
            Self::DoNotCall => "do_not_call",
            Self::LeftWithSomeone => "left_with_someone",
            Self::VoicemailLeft => "voicemail_left",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::WrongNumber => "wrong_number",
            Self::OutOfService => "out_of_service",
        }
    }
}

/// How the next promise is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    Ring,
    Write,
    /// Anything else: send, ask, arrange, come by.
    Do,
}

/// Why nothing more is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, specta::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum CloseReason {
    /// They have what they asked for.
    Answered,
    /// They do not want what they asked for any more.
    Declined,
    DoNotContact,
    /// Tried long enough, or no number is left.
    Unreachable,
    /// In the caller's own words.
    Other,
}

impl CloseReason {
    pub const ALL: [Self; 5] = [Self::Answered, Self::Declined, Self::DoNotContact, Self::Unreachable, Self::Other];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Declined => "declined",
            Self::DoNotContact => "do_not_contact",
            Self::Unreachable => "unreachable",
            Self::Other => "other",
        }
    }

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
            *learned = words("What you learned", learned)?;
        }
        self.learned.retain(|learned| !learned.is_empty());
        if self.learned.len() > MAX_LEARNED {
            return Err(Error::invalid(format!(
                "{} things were learned in one call; keep the {MAX_LEARNED} that matter, and put the rest in the notes",
                self.learned.len()
            )));
        }
        self.notes = words("The note", &self.notes)?;
        self.note_for_next = match self.note_for_next {
            Some(note) => Some(words("The note for the next caller", &note)?).filter(|note| !note.is_empty()),
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
                let what = words("The next promise", &what)?;
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
                let said = words("The reason", said.as_deref().unwrap_or_default())?;
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
fn words(what: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > MAX_WORDS_CHARS {
        return Err(Error::invalid(format!("{what} is longer than {MAX_WORDS_CHARS} letters. Shorten it.")));
    }
    Ok(text.into())
}
