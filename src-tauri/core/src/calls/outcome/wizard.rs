//! The questions after a call, as data: number keys and a few words lead to an [`Outcome`], and to nothing else.
//!
//! The answers are all there is to keep. They are replayed at every key, so an interrupted filing comes back where it
//! stood, and a step back is one answer fewer. What was proposed is kept as what was read ("Ring again", a time), not as
//! its number, so that the clock cannot change an answer that was given.

use super::proposals::{CameOfIt, offers};
use super::questions::{
    Answer, Answered, Draft, FreeKind, KnownNumber, NextStep, Offer, Question, QuestionId, Takes, closes_because,
};
use super::retry::{RetryRule, Ringing, Try};
use super::{CallResult, CloseReason, Means, Next, Outcome, WrongKind, WrongNumber, few_enough, near_enough, tidy};
use crate::error::{Code, Error, Result};
use crate::ids::ReachId;
use crate::people::phone;
use crate::promises::business_time::BusinessCalendar;
use crate::time::Millis;

/// What the questions and the proposals are made from.
#[derive(Clone, Copy, Debug)]
pub struct WizardContext<'a> {
    pub now: Millis,
    /// When the call itself was.
    pub began: Millis,
    pub ringing: Ringing<'a>,
    pub rules: &'a [RetryRule],
    /// Earlier calls for the same matter since they were last spoken to, oldest first.
    pub tries: &'a [Try],
    /// They rang us: then they were reached.
    pub inbound: bool,
    /// Whether they may be rung at any hour at all.
    pub may_ring: bool,
    /// Whether there is an address, and they have not said no to it.
    pub may_write: bool,
    /// That may have been the wrong one, the dialled one first.
    pub numbers: &'a [KnownNumber],
    /// Whether the first of the numbers was dialled.
    pub dialled: bool,
    /// How numbers are written here.
    pub number_country: &'a str,
    /// Who may have taken a message.
    pub colleagues: &'a [String],
    pub steps: &'a [NextStep],
}

const OWN_PROMISE: &str = "own_promise";
const CLOSE: &str = "close";
const NONE_OF_THESE: &str = "none";
/// With the nine number keys, one is left for "none of these".
const MOST_TO_CHOOSE: usize = 8;

/// What the answers add up to so far.
#[derive(Default)]
struct State {
    reached: Option<CallResult>,
    result: Option<CallResult>,
    which: Option<Option<ReachId>>,
    kind: Option<WrongKind>,
    new_number: Option<Option<String>>,
    with_whom: Option<Option<String>>,
    learned: Option<Vec<String>>,
    next: Option<NextState>,
}

enum NextState {
    Own { means: Option<Means>, what: Option<String>, time: Option<(Option<Millis>, Millis)> },
    Taken(Next),
    Close { reason: Option<CloseReason>, words: Option<String> },
}

impl Draft {
    /// The question that stands, or none: then [`Draft::finish`] files it.
    pub fn question(&self, context: &WizardContext<'_>) -> Result<Option<Question>> {
        let state = self.state(context)?;
        state.asks(context).map(|id| state.question(id, context)).transpose()
    }

    /// The draft with this answer. An answer to a question that does not stand is refused, so that a key that is
    /// pressed twice answers once.
    pub fn answer(&self, question: QuestionId, answer: Answer, context: &WizardContext<'_>) -> Result<Self> {
        let state = self.state(context)?;
        if state.asks(context) != Some(question) {
            return Err(Error::new(
                Code::Conflict,
                "That question is not open any more. Answer the one that is shown.",
            ));
        }
        let answer = state.resolved(question, answer, context)?;
        let mut draft = self.clone();
        draft.answers.push(Answered { question, answer });
        draft.state(context)?;
        Ok(draft)
    }

    /// The draft with its first so many answers.
    pub fn first(&self, answers: usize) -> Self {
        let mut draft = self.clone();
        draft.answers.truncate(answers);
        draft
    }

    /// As much of it as still holds: a promise whose time has passed meanwhile is asked for again.
    pub fn mended(&self, context: &WizardContext<'_>) -> Self {
        let mut state = context.blank();
        let good = self.answers.iter().take_while(|answered| {
            let passed = match answered.answer {
                Answer::Time { due, .. } | Answer::Promise { due, .. } => due <= context.now,
                _ => false,
            };
            !passed
                && state.may_take(answered.question, context)
                && state.take(answered.question, &answered.answer).is_ok()
        });
        let good = good.count();
        self.first(good)
    }

    /// The outcome, where every question has its answer. What was noted during the call is the caller's to add.
    pub fn finish(&self, context: &WizardContext<'_>) -> Result<Outcome> {
        let state = self.state(context)?;
        if state.asks(context).is_some() {
            return Err(Error::invalid(
                "The call is not filed yet: say what happened, and promise a next step or say why nothing more is owed.",
            ));
        }
        let wrong = state.wrong(context);
        let (Some(result), Some(next)) = (state.result, state.next.and_then(NextState::next)) else {
            return Err(Error::internal("the questions ended without a result"));
        };
        let words = |words: &String| Some(words.clone()).filter(|words| !words.trim().is_empty());
        let outcome = Outcome {
            result,
            wrong,
            with_whom: state.with_whom.flatten(),
            learned: state.learned.unwrap_or_default(),
            notes: String::new(),
            note_for_next: words(&self.note_for_next),
            organiser: words(&self.organiser),
            next,
        };
        outcome.checked(context.now)
    }

    fn state(&self, context: &WizardContext<'_>) -> Result<State> {
        let mut state = context.blank();
        for answered in &self.answers {
            if !state.may_take(answered.question, context) {
                return Err(Error::invalid(
                    "The answers of this call do not follow each other. Step back, and answer again.",
                ));
            }
            state.take(answered.question, &answered.answer)?;
        }
        Ok(state)
    }
}

impl WizardContext<'_> {
    fn blank(&self) -> State {
        // Who rings us was reached.
        State { reached: self.inbound.then_some(CallResult::Spoke), ..State::default() }
    }

    fn dialled(&self) -> Option<ReachId> {
        self.numbers.first().filter(|_| self.dialled).map(|number| number.reach)
    }

    fn calendar(&self) -> &BusinessCalendar {
        self.ringing.calendar
    }
}

impl NextState {
    fn next(self) -> Option<Next> {
        match self {
            Self::Own { means: Some(means), what: Some(what), time: Some((from, due)) } => {
                Some(Next::Promise { what, means, from, due })
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
        Busy, DoNotCall, LeftWithSomeone, NoAnswer, NotNow, NotThere, OutOfService, Spoke, VoicemailLeft, WrongNumber,
    };
    match reached {
        Spoke => &[Spoke, NotNow, DoNotCall],
        VoicemailLeft => &[VoicemailLeft],
        NoAnswer => &[NoAnswer, Busy, OutOfService],
        WrongNumber => &[WrongNumber],
        LeftWithSomeone => &[LeftWithSomeone, NotThere],
        NotNow | DoNotCall | NotThere | Busy | OutOfService => &[],
    }
}

const REACHED: [CallResult; 5] = [
    CallResult::Spoke,
    CallResult::VoicemailLeft,
    CallResult::NoAnswer,
    CallResult::WrongNumber,
    CallResult::LeftWithSomeone,
];

fn close_reasons(result: CallResult) -> impl Iterator<Item = CloseReason> {
    CloseReason::ALL.iter().copied().filter(move |reason| reason.refusal(result).is_none())
}

impl State {
    fn asks(&self, context: &WizardContext<'_>) -> Option<QuestionId> {
        if self.reached.is_none() {
            return Some(QuestionId::Reached);
        }
        let Some(result) = self.result else { return Some(QuestionId::WhatHappened) };
        match result {
            CallResult::WrongNumber | CallResult::OutOfService => {
                if self.which.is_none() && self.must_say_which(context) {
                    return Some(QuestionId::WrongWhich);
                }
                if result == CallResult::WrongNumber && self.kind.is_none() {
                    return Some(QuestionId::WrongKind);
                }
                if self.kind == Some(WrongKind::Moved) && self.new_number.is_none() {
                    return Some(QuestionId::NewNumber);
                }
            }
            CallResult::LeftWithSomeone if self.with_whom.is_none() => return Some(QuestionId::WithWhom),
            result if result.reached_person() && self.learned.is_none() => return Some(QuestionId::Learned),
            _ => {}
        }
        match &self.next {
            None => Some(QuestionId::Next),
            Some(NextState::Own { means: None, .. }) => Some(QuestionId::PromiseMeans),
            Some(NextState::Own { what: None, .. }) => Some(QuestionId::PromiseWhat),
            Some(NextState::Own { time: None, .. }) => Some(QuestionId::PromiseWhen),
            Some(NextState::Close { reason: None, .. }) => Some(QuestionId::CloseReason),
            Some(NextState::Close { reason: Some(CloseReason::Other), words: None }) => Some(QuestionId::CloseWords),
            Some(NextState::Own { .. } | NextState::Taken(_) | NextState::Close { .. }) => None,
        }
    }

    /// What stands is taken; and which number it was, also where meanwhile only one is left.
    fn may_take(&self, question: QuestionId, context: &WizardContext<'_>) -> bool {
        let spoiled = self.result.is_some_and(CallResult::spoils_number);
        self.asks(context) == Some(question)
            || (question == QuestionId::WrongWhich && spoiled && self.which.is_none() && self.kind.is_none())
    }

    /// A number that is out of service was dialled; a wrong one may have been another of theirs.
    fn must_say_which(&self, context: &WizardContext<'_>) -> bool {
        let known = context.numbers.len();
        match self.result {
            Some(CallResult::OutOfService) if context.dialled => false,
            _ if context.dialled => known > 1,
            _ => known > 0,
        }
    }

    fn wrong(&self, context: &WizardContext<'_>) -> Option<WrongNumber> {
        let kind = match self.result? {
            CallResult::WrongNumber => self.kind?,
            CallResult::OutOfService => WrongKind::Disconnected,
            _ => return None,
        };
        let reach = self.which.unwrap_or_else(|| context.dialled());
        Some(WrongNumber { reach, kind, new_number: self.new_number.clone().flatten() })
    }

    fn question(&self, id: QuestionId, context: &WizardContext<'_>) -> Result<Question> {
        let (free, may_skip) = match id {
            QuestionId::WithWhom => (Some(FreeKind::Words), true),
            QuestionId::Learned => (Some(FreeKind::Lines), true),
            QuestionId::NewNumber => (Some(FreeKind::Number), true),
            QuestionId::PromiseWhat | QuestionId::CloseWords => (Some(FreeKind::Words), false),
            QuestionId::PromiseWhen => (Some(FreeKind::Time), false),
            // The first proposal, at another time.
            QuestionId::Next => (self.first_proposal(context)?.map(|_| FreeKind::Time), false),
            QuestionId::Reached
            | QuestionId::WhatHappened
            | QuestionId::WrongWhich
            | QuestionId::WrongKind
            | QuestionId::PromiseMeans
            | QuestionId::CloseReason => (None, false),
        };
        let options = (1..).zip(self.offers(id, context)?).map(|(key, offer)| offer.option(key)).collect();
        let rings = free == Some(FreeKind::Time) && self.rings(context)?;
        Ok(Question { id, options, free, may_skip, rings })
    }

    fn offers(&self, id: QuestionId, context: &WizardContext<'_>) -> Result<Vec<Offer>> {
        let result = self.result.or(self.reached);
        Ok(match id {
            QuestionId::Reached => REACHED.map(|result| Offer::plain(result.as_str())).into(),
            QuestionId::WhatHappened => {
                let results = self.reached.map(happened).unwrap_or_default();
                results.iter().map(|result| Offer::plain(result.as_str())).collect()
            }
            QuestionId::WrongWhich => {
                let known = context.numbers.iter().take(MOST_TO_CHOOSE).map(|number| Offer {
                    id: number.reach.to_string(),
                    what: Some(number.shown.clone()),
                    takes: Takes::Reach(Some(number.reach)),
                });
                known.chain([Offer { takes: Takes::Reach(None), ..Offer::plain(NONE_OF_THESE) }]).collect()
            }
            QuestionId::WrongKind => WrongKind::ALL.iter().map(|kind| Offer::plain(kind.as_str())).collect(),
            QuestionId::WithWhom => (1..)
                .zip(context.colleagues.iter().take(MOST_TO_CHOOSE))
                .map(|(n, name)| Offer { id: format!("colleague_{n}"), what: Some(name.clone()), takes: Takes::Words })
                .collect(),
            QuestionId::Next => {
                let mut all = self.proposals(context)?;
                all.extend([Offer::plain(OWN_PROMISE), Offer::plain(CLOSE)]);
                all
            }
            QuestionId::PromiseMeans => {
                let may_ring = context.may_ring && result != Some(CallResult::DoNotCall);
                let means = Means::ALL.iter().filter(|means| may_ring || **means != Means::Ring);
                means.map(|means| Offer::plain(means.as_str())).collect()
            }
            QuestionId::PromiseWhen => {
                let mut may = Vec::new();
                for offer in times(context)? {
                    match offer.takes {
                        Takes::Time { due } if !self.may_be_due(context, None, due)? => {}
                        _ => may.push(offer),
                    }
                }
                may
            }
            QuestionId::CloseReason => {
                let reasons = result.into_iter().flat_map(close_reasons);
                reasons.map(|reason| Offer::plain(reason.as_str())).collect()
            }
            QuestionId::NewNumber | QuestionId::Learned | QuestionId::PromiseWhat | QuestionId::CloseWords => {
                Vec::new()
            }
        })
    }

    /// What could be promised next, and the ways to close at one key.
    fn proposals(&self, context: &WizardContext<'_>) -> Result<Vec<Offer>> {
        let Some(result) = self.result else { return Ok(Vec::new()) };
        let wrong = self.wrong(context);
        let is_wrong = |number: &&KnownNumber| {
            wrong.as_ref().is_some_and(|wrong| wrong.reach.is_some() && wrong.reach == Some(number.reach))
        };
        let call = CameOfIt {
            result,
            wrong: wrong.as_ref().map(|wrong| wrong.kind),
            has_new_number: wrong.as_ref().is_some_and(|wrong| wrong.new_number.is_some()),
            other_numbers: context.numbers.len() - context.numbers.iter().filter(is_wrong).count(),
        };
        offers(context, &call)
    }

    fn first_proposal(&self, context: &WizardContext<'_>) -> Result<Option<(String, Means)>> {
        Ok(self.proposals(context)?.into_iter().find_map(|offer| match offer.takes {
            Takes::Promise { means, .. } => offer.what.map(|what| (what, means)),
            _ => None,
        }))
    }

    /// Whether the promise that is being made is to ring.
    fn rings(&self, context: &WizardContext<'_>) -> Result<bool> {
        Ok(match &self.next {
            None => self.first_proposal(context)?.is_some_and(|(_, means)| means == Means::Ring),
            Some(NextState::Own { means, .. }) => *means == Some(Means::Ring),
            Some(NextState::Taken(_) | NextState::Close { .. }) => false,
        })
    }

    /// Whoever is to be rung may be at some moment before it is due.
    fn may_be_due(&self, context: &WizardContext<'_>, from: Option<Millis>, due: Millis) -> Result<bool> {
        let from = from.unwrap_or(context.now).max(context.now);
        Ok(!self.rings(context)? || context.ringing.allows_between(from, due))
    }

    /// The answer as it is kept, where the question takes it.
    fn resolved(&self, id: QuestionId, answer: Answer, context: &WizardContext<'_>) -> Result<Answer> {
        let question = self.question(id, context)?;
        match (answer, question.free) {
            (Answer::Pick(pick), _) => {
                let chosen = self.offers(id, context)?.into_iter().find(|offer| offer.id == pick);
                let chosen = chosen.ok_or_else(|| {
                    Error::invalid("That is not one of the answers here. Choose one of those that are shown.")
                })?;
                Ok(chosen.answer())
            }
            (Answer::Words(words), Some(FreeKind::Words | FreeKind::Lines | FreeKind::Number)) => {
                // What could not be filed later is refused where it can be mended.
                let words = tidy("That", &words)?;
                if question.free == Some(FreeKind::Lines) {
                    few_enough(words.lines().filter(|line| !line.trim().is_empty()).count())?;
                }
                if words.is_empty() {
                    return if question.may_skip {
                        Ok(Answer::Skip)
                    } else {
                        Err(Error::invalid("Nothing is written yet. Write a few words, or step back."))
                    };
                }
                if question.free == Some(FreeKind::Number) && phone::parse(&words, context.number_country).is_err() {
                    return Err(Error::invalid(format!(
                        "“{words}” cannot be read as a telephone number. Type it with its area code, or go on without it."
                    )));
                }
                Ok(Answer::Words(words))
            }
            (Answer::Time { from, due }, Some(FreeKind::Time)) => {
                if due <= context.now {
                    return Err(Error::invalid(
                        "That time is in the past. Choose a day and time that is still to come.",
                    ));
                }
                near_enough(due, context.now)?;
                let from = from.filter(|from| *from < due);
                let proposed = self.first_proposal(context)?.filter(|_| id == QuestionId::Next);
                if !self.may_be_due(context, from, due)? {
                    return Err(Error::invalid(
                        "Nobody may ring them by then: it is outside the calling hours where they are. Choose another time.",
                    ));
                }
                match proposed {
                    Some((what, means)) => Ok(Answer::Promise { what, means, from, due }),
                    None => Ok(Answer::Time { from, due }),
                }
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
        let words_or_none = |answer: &Answer| match answer {
            Answer::Words(words) => Ok(Some(words.clone())),
            Answer::Skip => Ok(None),
            _ => Err(wrong()),
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
            (QuestionId::WrongWhich, Answer::Reach { reach, .. }) => self.which = Some(*reach),
            (QuestionId::WrongKind, Answer::Pick(pick)) => {
                self.kind = Some(WrongKind::parse(pick).ok_or_else(wrong)?);
            }
            (QuestionId::NewNumber, answer) => self.new_number = Some(words_or_none(answer)?),
            (QuestionId::WithWhom, answer) => self.with_whom = Some(words_or_none(answer)?),
            (QuestionId::Learned, answer) => {
                let lines = words_or_none(answer)?.unwrap_or_default();
                let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
                self.learned = Some(lines.map(Into::into).collect());
            }
            (QuestionId::Next, Answer::Pick(pick)) if pick == OWN_PROMISE => {
                self.next = Some(NextState::Own { means: None, what: None, time: None });
            }
            (QuestionId::Next, Answer::Pick(pick)) if pick == CLOSE => {
                self.next = Some(NextState::Close { reason: None, words: None });
            }
            (QuestionId::Next, Answer::Pick(pick)) => {
                let called = self.result.ok_or_else(wrong)?;
                let reason = closes_because(pick).filter(|reason| reason.refusal(called).is_none());
                self.next = Some(NextState::Close { reason: Some(reason.ok_or_else(wrong)?), words: None });
            }
            (QuestionId::Next, Answer::Promise { what, means, from, due }) => {
                let next = Next::Promise { what: what.clone(), means: *means, from: *from, due: *due };
                self.next = Some(NextState::Taken(next));
            }
            (QuestionId::CloseReason, Answer::Pick(pick)) => {
                let called = self.result.ok_or_else(wrong)?;
                let reason = close_reasons(called).find(|reason| reason.as_str() == pick).ok_or_else(wrong)?;
                self.next = Some(NextState::Close { reason: Some(reason), words: None });
            }
            (id, answer) => match (id, answer, &mut self.next) {
                (QuestionId::PromiseMeans, Answer::Pick(pick), Some(NextState::Own { means, .. })) => {
                    *means = Some(Means::parse(pick).ok_or_else(wrong)?);
                }
                (QuestionId::PromiseWhat, Answer::Words(words), Some(NextState::Own { what, .. })) => {
                    *what = Some(words.clone());
                }
                (QuestionId::PromiseWhen, Answer::Time { from, due }, Some(NextState::Own { time, .. })) => {
                    *time = Some((*from, *due));
                }
                (QuestionId::CloseWords, Answer::Words(said), Some(NextState::Close { words, .. })) => {
                    *words = Some(said.clone());
                }
                _ => return Err(wrong()),
            },
        }
        Ok(())
    }
}

/// The times that one says most often, by the association's own hours.
fn times(context: &WizardContext<'_>) -> Result<Vec<Offer>> {
    let (now, calendar) = (context.now, context.calendar());
    let today = calendar.business_day_of(now)?;
    let mut times: Vec<(&str, Millis)> = Vec::new();
    let mut offer = |id, due: Option<Millis>| {
        let due = due.filter(|due| *due > now && !times.iter().any(|(_, other)| other == due));
        times.extend(due.map(|due| (id, due)));
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
    Ok(times.into_iter().map(|(id, due)| Offer { takes: Takes::Time { due }, ..Offer::plain(id) }).collect())
}
