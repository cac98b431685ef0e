//! The questions after a call, as data: number keys and a few words lead to an [`Outcome`], and to nothing else.
//!
//! The answers are all there is to keep. They are replayed at every key, so an interrupted filing comes back where it
//! stood, and a step back is one answer fewer. What was proposed is kept as what was read ("Ring again", a time), not as
//! its number, so that the clock cannot change an answer that was given.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::retry::{Retry, RetryRule, propose};
use super::{CallResult, CloseReason, Means, Next, Outcome};
use crate::error::{Code, Error, Result};
use crate::promises::business_time::{BusinessCalendar, Target};
use crate::time::Millis;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum QuestionId {
    Reached,
    WhatHappened,
    Learned,
    Next,
    PromiseMeans,
    PromiseWhat,
    PromiseWhen,
    CloseReason,
    CloseWords,
    NoteForNext,
}

impl QuestionId {
    /// The key of its words in the window.
    fn prompt(self) -> &'static str {
        match self {
            Self::Reached => "outcome.reached",
            Self::WhatHappened => "outcome.what_happened",
            Self::Learned => "outcome.learned",
            Self::Next => "outcome.next",
            Self::PromiseMeans => "outcome.promise_means",
            Self::PromiseWhat => "outcome.promise_what",
            Self::PromiseWhen => "outcome.promise_when",
            Self::CloseReason => "outcome.close_reason",
            Self::CloseWords => "outcome.close_words",
            Self::NoteForNext => "outcome.note_for_next",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Question {
    pub id: QuestionId,
    pub prompt: String,
    pub options: Vec<QuestionOption>,
    /// Words, or a time, that may be given instead of an option.
    pub free: Option<FreeKind>,
    pub may_skip: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct QuestionOption {
    /// The number key, from 1.
    pub key: u8,
    pub id: String,
    /// What is proposed, in words.
    pub what: Option<String>,
    pub due: Option<Millis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FreeKind {
    Words,
    /// Several, one a line.
    Lines,
    Time,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The id of an option.
    Pick(String),
    Words(String),
    Time(Millis),
    /// A proposal that was taken; kept in place of its number.
    Promise {
        what: String,
        means: Means,
        due: Millis,
    },
    Skip,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Answered {
    pub question: QuestionId,
    pub answer: Answer,
}

/// An outcome in the making.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Draft {
    /// Taken down during the call.
    pub notes: String,
    pub answers: Vec<Answered>,
}

/// What the proposals are made from.
#[derive(Clone, Copy, Debug)]
pub struct WizardContext<'a> {
    pub now: Millis,
    pub calendar: &'a BusinessCalendar,
    /// The person's own.
    pub person_zone: Tz,
    pub rules: &'a [RetryRule],
    /// Which call in a row without reaching them this was, from 1.
    pub attempt: u32,
}

const OWN_PROMISE: &str = "own_promise";
const CLOSE: &str = "close";

/// What the answers add up to so far.
#[derive(Default)]
struct State {
    reached: Option<CallResult>,
    result: Option<CallResult>,
    learned: Option<Vec<String>>,
    next: Option<NextState>,
    note_for_next: Option<Option<String>>,
}

enum NextState {
    Own { means: Option<Means>, what: Option<String>, due: Option<Millis> },
    Taken(Next),
    Close { reason: Option<CloseReason>, words: Option<String> },
}

impl Draft {
    /// The question that stands, or none: then [`Draft::finish`] files it.
    pub fn question(&self, context: &WizardContext<'_>) -> Result<Option<Question>> {
        let state = self.state()?;
        state.asks().map(|id| state.question(id, context)).transpose()
    }

    /// The draft with this answer. An answer to a question that does not stand is refused, so that a key that is
    /// pressed twice answers once.
    pub fn answer(&self, question: QuestionId, answer: Answer, context: &WizardContext<'_>) -> Result<Self> {
        let state = self.state()?;
        if state.asks() != Some(question) {
            return Err(Error::new(
                Code::Conflict,
                "That question is not open any more. Answer the one that is shown.",
            ));
        }
        let answer = state.resolved(question, answer, context)?;
        let mut draft = self.clone();
        draft.answers.push(Answered { question, answer });
        draft.state()?;
        Ok(draft)
    }

    /// The draft before its last answer.
    pub fn back(&self) -> Self {
        let mut draft = self.clone();
        draft.answers.pop();
        draft
    }

    /// The outcome, where every question has its answer.
    pub fn finish(&self, now: Millis) -> Result<Outcome> {
        let state = self.state()?;
        if state.asks().is_some() {
            return Err(Error::invalid(
                "The call is not filed yet: say what happened, and promise a next step or say why nothing more is owed.",
            ));
        }
        let (Some(result), Some(next)) = (state.result, state.next.and_then(NextState::next)) else {
            return Err(Error::internal("the questions ended without a result"));
        };
        let outcome = Outcome {
            result,
            learned: state.learned.unwrap_or_default(),
            notes: self.notes.clone(),
            note_for_next: state.note_for_next.flatten(),
            next,
        };
        outcome.checked(now)
    }

    fn state(&self) -> Result<State> {
        let mut state = State::default();
        for answered in &self.answers {
            if state.asks() != Some(answered.question) {
                return Err(Error::invalid(
                    "The answers of this call do not follow each other. Step back, and answer again.",
                ));
            }
            state.take(answered.question, &answered.answer)?;
        }
        Ok(state)
    }
}

impl NextState {
    fn next(self) -> Option<Next> {
        match self {
            Self::Own { means: Some(means), what: Some(what), due: Some(due) } => {
                Some(Next::Promise { what, means, due })
            }
            Self::Own { .. } => None,
            Self::Taken(next) => Some(next),
            Self::Close { reason, words } => reason.map(|reason| Next::Close { reason, words }),
        }
    }
}

/// The results that the first answer may turn out to be.
fn happened(reached: CallResult) -> &'static [CallResult] {
    use CallResult::{
        Busy, DoNotCall, LeftWithSomeone, NoAnswer, NotNow, OutOfService, Spoke, VoicemailLeft, WrongNumber,
    };
    match reached {
        Spoke => &[Spoke, NotNow, LeftWithSomeone, DoNotCall],
        VoicemailLeft => &[VoicemailLeft],
        NoAnswer => &[NoAnswer, Busy, OutOfService],
        WrongNumber => &[WrongNumber],
        NotNow | DoNotCall | LeftWithSomeone | Busy | OutOfService => &[],
    }
}

const REACHED: [CallResult; 4] =
    [CallResult::Spoke, CallResult::VoicemailLeft, CallResult::NoAnswer, CallResult::WrongNumber];

fn means(result: CallResult) -> impl Iterator<Item = Means> {
    let all = Means::ALL.iter().copied();
    all.filter(move |means| result != CallResult::DoNotCall || *means != Means::Ring)
}

fn close_reasons(result: CallResult) -> impl Iterator<Item = CloseReason> {
    CloseReason::ALL.iter().copied().filter(move |reason| reason.refusal(result).is_none())
}

impl State {
    fn asks(&self) -> Option<QuestionId> {
        if self.reached.is_none() {
            return Some(QuestionId::Reached);
        }
        let Some(result) = self.result else { return Some(QuestionId::WhatHappened) };
        if result.reached_someone() && self.learned.is_none() {
            return Some(QuestionId::Learned);
        }
        match &self.next {
            None => return Some(QuestionId::Next),
            Some(NextState::Own { means: None, .. }) => return Some(QuestionId::PromiseMeans),
            Some(NextState::Own { what: None, .. }) => return Some(QuestionId::PromiseWhat),
            Some(NextState::Own { due: None, .. }) => return Some(QuestionId::PromiseWhen),
            Some(NextState::Close { reason: None, .. }) => return Some(QuestionId::CloseReason),
            Some(NextState::Close { reason: Some(CloseReason::Other), words: None }) => {
                return Some(QuestionId::CloseWords);
            }
            Some(NextState::Own { .. } | NextState::Taken(_) | NextState::Close { .. }) => {}
        }
        self.note_for_next.is_none().then_some(QuestionId::NoteForNext)
    }

    fn question(&self, id: QuestionId, context: &WizardContext<'_>) -> Result<Question> {
        let plain = |id: &str| Proposed { id: id.into(), what: None, means: None, due: None };
        let result = self.result.or(self.reached);
        let (options, free, may_skip) = match id {
            QuestionId::Reached => (REACHED.map(|result| plain(result.as_str())).into(), None, false),
            QuestionId::WhatHappened => {
                let results = self.reached.map(happened).unwrap_or_default();
                (results.iter().map(|result| plain(result.as_str())).collect(), None, false)
            }
            QuestionId::Learned => (Vec::new(), Some(FreeKind::Lines), true),
            QuestionId::Next => {
                let mut options = self.proposals(context)?;
                options.extend([plain(OWN_PROMISE), plain(CLOSE)]);
                (options, None, false)
            }
            QuestionId::PromiseMeans => {
                let means = result.into_iter().flat_map(means);
                (means.map(|means| plain(means.as_str())).collect(), None, false)
            }
            QuestionId::PromiseWhat => (Vec::new(), Some(FreeKind::Words), false),
            QuestionId::PromiseWhen => (times(context)?, Some(FreeKind::Time), false),
            QuestionId::CloseReason => {
                let reasons = result.into_iter().flat_map(close_reasons);
                (reasons.map(|reason| plain(reason.as_str())).collect(), None, false)
            }
            QuestionId::CloseWords => (Vec::new(), Some(FreeKind::Words), false),
            QuestionId::NoteForNext => (Vec::new(), Some(FreeKind::Words), true),
        };
        let options = (1..)
            .zip(options)
            .map(|(key, option)| QuestionOption { key, id: option.id, what: option.what, due: option.due })
            .collect();
        Ok(Question { id, prompt: id.prompt().into(), options, free, may_skip })
    }

    /// What a rule would do next.
    fn proposals(&self, context: &WizardContext<'_>) -> Result<Vec<Proposed>> {
        let Some(result) = self.result else { return Ok(Vec::new()) };
        let retry =
            propose(context.rules, result, context.attempt, context.now, context.person_zone, context.calendar)?;
        let proposed = |means, what: &str, due| Proposed {
            id: "proposal_1".into(),
            what: Some(what.into()),
            means: Some(means),
            due: Some(due),
        };
        Ok(match retry {
            Some(Retry::Ring { due, .. }) => vec![proposed(Means::Ring, "Ring again", due)],
            Some(Retry::WriteOrRelease) => {
                vec![proposed(Means::Write, "Write instead", context.calendar.due(context.now, Target::Days(1))?)]
            }
            None if result.spoils_number() => {
                vec![proposed(Means::Do, "Find the right number", context.calendar.due(context.now, Target::Days(1))?)]
            }
            None => Vec::new(),
        })
    }

    /// The answer as it is kept, where the question takes it.
    fn resolved(&self, id: QuestionId, answer: Answer, context: &WizardContext<'_>) -> Result<Answer> {
        let question = self.question(id, context)?;
        match (answer, question.free) {
            (Answer::Pick(pick), _) => {
                let option = question.options.into_iter().find(|option| option.id == pick).ok_or_else(|| {
                    Error::invalid("That is not one of the answers here. Choose one of those that are shown.")
                })?;
                if id == QuestionId::Next
                    && let Some(proposed) =
                        self.proposals(context)?.into_iter().find(|proposed| proposed.id == option.id)
                    && let (Some(what), Some(means), Some(due)) = (proposed.what, proposed.means, proposed.due)
                {
                    return Ok(Answer::Promise { what, means, due });
                }
                Ok(match option.due {
                    Some(due) => Answer::Time(due),
                    None => Answer::Pick(option.id),
                })
            }
            (Answer::Words(words), Some(FreeKind::Words | FreeKind::Lines)) => {
                if words.trim().is_empty() {
                    return if question.may_skip {
                        Ok(Answer::Skip)
                    } else {
                        Err(Error::invalid("Nothing is written yet. Write a few words, or step back."))
                    };
                }
                Ok(Answer::Words(words))
            }
            (Answer::Time(due), Some(FreeKind::Time)) => {
                if due <= context.now {
                    return Err(Error::invalid(
                        "That time is in the past. Choose a day and time that is still to come.",
                    ));
                }
                Ok(Answer::Time(due))
            }
            (Answer::Skip, _) if question.may_skip => Ok(Answer::Skip),
            (Answer::Promise { .. }, _) if id == QuestionId::Next => {
                Err(Error::invalid("Choose the proposal by its option, or make a promise of your own."))
            }
            _ => Err(Error::invalid("This question wants another kind of answer. Choose one of those that are shown.")),
        }
    }

    fn take(&mut self, id: QuestionId, answer: &Answer) -> Result<()> {
        let wrong = || Error::invalid("An answer of this call does not fit its question. Step back, and answer again.");
        let result = |pick: &str, among: &[CallResult]| {
            among.iter().copied().find(|result| result.as_str() == pick).ok_or_else(wrong)
        };
        match (id, answer) {
            (QuestionId::Reached, Answer::Pick(pick)) => {
                let reached = result(pick, &REACHED)?;
                self.reached = Some(reached);
                if let [only] = happened(reached) {
                    self.result = Some(*only);
                }
            }
            (QuestionId::WhatHappened, Answer::Pick(pick)) => {
                self.result = Some(result(pick, self.reached.map(happened).unwrap_or_default())?);
            }
            (QuestionId::Learned, Answer::Words(lines)) => {
                let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
                self.learned = Some(lines.map(Into::into).collect());
            }
            (QuestionId::Learned, Answer::Skip) => self.learned = Some(Vec::new()),
            (QuestionId::Next, Answer::Pick(pick)) if pick == OWN_PROMISE => {
                self.next = Some(NextState::Own { means: None, what: None, due: None });
            }
            (QuestionId::Next, Answer::Pick(pick)) if pick == CLOSE => {
                self.next = Some(NextState::Close { reason: None, words: None });
            }
            (QuestionId::Next, Answer::Promise { what, means, due }) => {
                self.next = Some(NextState::Taken(Next::Promise { what: what.clone(), means: *means, due: *due }));
            }
            (QuestionId::CloseReason, Answer::Pick(pick)) => {
                let called = self.result.ok_or_else(wrong)?;
                let reason = close_reasons(called).find(|reason| reason.as_str() == pick).ok_or_else(wrong)?;
                self.next = Some(NextState::Close { reason: Some(reason), words: None });
            }
            (QuestionId::NoteForNext, Answer::Words(note)) => self.note_for_next = Some(Some(note.clone())),
            (QuestionId::NoteForNext, Answer::Skip) => self.note_for_next = Some(None),
            (id, answer) => match (id, answer, &mut self.next) {
                (QuestionId::PromiseMeans, Answer::Pick(pick), Some(NextState::Own { means: slot, .. })) => {
                    let mut known = self.result.into_iter().flat_map(means);
                    *slot = Some(known.find(|means| means.as_str() == pick).ok_or_else(wrong)?);
                }
                (QuestionId::PromiseWhat, Answer::Words(words), Some(NextState::Own { what, .. })) => {
                    *what = Some(words.clone());
                }
                (QuestionId::PromiseWhen, Answer::Time(at), Some(NextState::Own { due, .. })) => *due = Some(*at),
                (QuestionId::CloseWords, Answer::Words(said), Some(NextState::Close { words, .. })) => {
                    *words = Some(said.clone());
                }
                _ => return Err(wrong()),
            },
        }
        Ok(())
    }
}

struct Proposed {
    id: String,
    what: Option<String>,
    means: Option<Means>,
    due: Option<Millis>,
}

/// The times that one says most often, by the association's own hours.
fn times(context: &WizardContext<'_>) -> Result<Vec<Proposed>> {
    let WizardContext { now, calendar, .. } = *context;
    let today = calendar.business_day_of(now)?;
    let mut times = Vec::new();
    let mut offer = |id: &str, due: Option<Millis>| {
        let due = due.filter(|due| *due > now && !times.iter().any(|other: &Proposed| other.due == Some(*due)));
        if let Some(due) = due {
            times.push(Proposed { id: id.into(), what: None, means: None, due: Some(due) });
        }
    };
    // Where it is closed for the rest of today, the first business day ahead is the next one.
    let open_today = today == now.in_zone(calendar.zone()).date_naive();
    if open_today {
        offer("today", calendar.closing_of(today));
    }
    for (id, days) in [("next_day", 1), ("in_three_days", 3), ("in_a_week", 5)] {
        let day = calendar.business_days_after(today, if open_today { days } else { days - 1 })?;
        offer(id, calendar.closing_of(day));
    }
    Ok(times)
}
