//! One conversation through a script: a path of moves, and the step that it leads to.
//!
//! The path is all there is to keep. The same script, path and fields give the same step, so a call that was
//! interrupted comes back where it stood, and a step back is a shorter path.

use serde::{Deserialize, Serialize};

use super::check::ReadyScript;
use super::fields::{Fields, MergeField, fact_name, fact_of, own_path};
use super::model::{Answers, Leave, Target, Then, same_name};
use super::said;
use super::sets::{Effect, PersonField, Sets};
use super::step::{Ask, ChoiceView, Crumb, CrumbState, FreeAsk, MachineStep, Noted, ObjectionView, ScriptStep, merge};
use super::text::{Piece, Text};
use crate::error::{Code, Error, Result};
use crate::people::Voicemail;

/// Far more than anyone answers in a call, and short enough to replay at every key.
const MAX_MOVES: usize = 500;
/// How many parts the breadcrumb shows ahead.
const CRUMBS_AHEAD: usize = 3;
/// The place of a call that a machine answers.
const MACHINE: &str = "Machine";

/// One answer: in which part, and what they said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Move {
    pub node: String,
    pub pick: Pick,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The number key, from 1.
    Choice(u8),
    /// By its id.
    Objection(String),
    /// To a free answer; empty: they said nothing. A date as ISO 8601.
    Said(String),
    /// A machine answers, or they have been put through to one.
    Machine,
    /// What the answer at this place of the path set is not meant any more. The call stays where it stands.
    TakeBack(u32),
}

/// A place in a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Run {
    pub path: Vec<Move>,
}

/// A part of a script: a node, or an objection, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Node(usize),
    Objection(usize),
    Machine,
}

/// Where a path has led.
struct Stand<'s> {
    at: At,
    /// The last node that stopped: where an objection leads back to.
    base: usize,
    /// What is said at this step, one text a part that was passed through.
    say: Vec<&'s Text>,
    hint: Vec<&'s str>,
    /// With the moves that had been made on arrival.
    visited: Vec<(At, usize)>,
    noted: Vec<Noted>,
}

impl Run {
    pub fn start() -> Self {
        Self::default()
    }

    pub fn step(&self, script: &ReadyScript, fields: &Fields) -> Result<ScriptStep> {
        Ok(script.show(&script.stand(&self.path)?, fields))
    }

    /// What the answers set, in the order they were given; of two that set the same, the later one.
    pub fn effects(&self, script: &ReadyScript) -> Result<Vec<Effect>> {
        Ok(script.stand(&self.path)?.noted.into_iter().map(|noted| noted.effect).collect())
    }

    /// The names of the facts that were said on the way, so that it can be told what a call was spoken from.
    pub fn used_facts(&self, script: &ReadyScript, fields: &Fields) -> Result<Vec<String>> {
        let stand = script.stand(&self.path)?;
        let mut used = Vec::new();
        for (at, _) in &stand.visited {
            for text in script.texts(*at, fields) {
                said_facts(text.pieces(), fields, &mut used);
            }
        }
        Ok(used)
    }

    /// Whether a machine answered.
    pub fn met_machine(&self) -> bool {
        self.path.iter().any(|answer| answer.pick == Pick::Machine)
    }

    /// The run after this answer. Refused where the script stands elsewhere: two keys pressed in haste answer once.
    pub fn answer(&self, script: &ReadyScript, node: &str, pick: Pick) -> Result<Self> {
        let mut path = self.path.clone();
        path.push(Move { node: node.into(), pick });
        script.stand(&path)?;
        Ok(Self { path })
    }

    /// The run before the last answer; at the start, the start.
    pub fn back(&self) -> Self {
        self.first(self.path.len().saturating_sub(1))
    }

    /// The run as it stood after that many answers.
    pub fn first(&self, moves: usize) -> Self {
        Self { path: self.path.iter().take(moves).cloned().collect() }
    }
}

impl ReadyScript {
    fn stand(&self, path: &[Move]) -> Result<Stand<'_>> {
        if path.len() > MAX_MOVES {
            return Err(Error::invalid(format!(
                "a call has at most {MAX_MOVES} answers; file this one and begin another"
            )));
        }
        let mut stand = Stand {
            at: At::Node(0),
            base: 0,
            say: Vec::new(),
            hint: Vec::new(),
            visited: Vec::new(),
            noted: Vec::new(),
        };
        self.enter(&mut stand, At::Node(0), 0)?;
        for (made, answer) in path.iter().enumerate() {
            let here = self.name(stand.at);
            if !same_name(&answer.node, here) {
                return Err(Error::new(
                    Code::Conflict,
                    format!("the script stands at {here:?}, and the answer was for {:?}; answer again", answer.node),
                ));
            }
            let to = match &answer.pick {
                Pick::TakeBack(at) => {
                    let before = stand.noted.len();
                    stand.noted.retain(|noted| noted.at != *at);
                    if stand.noted.len() == before {
                        return Err(Error::invalid(
                            "nothing of that answer will be noted; there is nothing to take back",
                        ));
                    }
                    continue;
                }
                _ if stand.at == At::Machine => {
                    return Err(Error::invalid(
                        "a machine answered; step back if somebody picks up after all, else end the call",
                    ));
                }
                Pick::Machine => At::Machine,
                Pick::Choice(key) => self.chosen(&mut stand, *key, made)?,
                Pick::Said(words) => self.said(&mut stand, words, made)?,
                Pick::Objection(id) => {
                    let place = self.script.objections.iter().position(|objection| same_name(&objection.name, id));
                    At::Objection(place.ok_or_else(|| {
                        Error::invalid(format!("this script has no answer to {id:?}; pick one that is shown"))
                    })?)
                }
            };
            stand.say.clear();
            stand.hint.clear();
            self.enter(&mut stand, to, made + 1)?;
        }
        Ok(stand)
    }

    /// Goes on, saying what is passed, to the next part that waits for an answer or ends.
    fn enter<'s>(&'s self, stand: &mut Stand<'s>, at: At, made: usize) -> Result<()> {
        let mut at = at;
        // A ready script has no round of jumps; the bound keeps even a wrong one from hanging the call.
        for _ in 0..=self.script.nodes.len() + self.script.objections.len() {
            let Some((_, hint, say, then)) = self.part(at) else {
                stand.visited.push((at, made));
                stand.at = at;
                return Ok(());
            };
            stand.say.push(say);
            if !hint.is_empty() {
                stand.hint.push(hint);
            }
            stand.visited.push((at, made));
            if let At::Node(node) = at {
                stand.base = node;
            }
            at = match then {
                Then::Ask { .. } | Then::End => {
                    stand.at = at;
                    return Ok(());
                }
                Then::Go(target) => match self.target(target, stand)? {
                    (next, true) => {
                        stand.at = next;
                        return Ok(());
                    }
                    (next, false) => next,
                },
            };
        }
        Err(Error::internal("the script goes round without an answer"))
    }

    /// The part meant, and whether it is one that was left and is come back to.
    fn target(&self, target: &Target, stand: &Stand<'_>) -> Result<(At, bool)> {
        match target {
            Target::Back => Ok((At::Node(stand.base), true)),
            Target::Node(name) => {
                let node = self.by_name.get(&name.to_lowercase());
                node.map(|node| (At::Node(*node), false))
                    .ok_or_else(|| Error::internal(format!("the script has no part {name:?}")))
            }
        }
    }

    fn chosen<'s>(&'s self, stand: &mut Stand<'s>, key: u8, made: usize) -> Result<At> {
        let choices = match self.answers(stand)? {
            Answers::Choices(choices) => choices,
            Answers::Free(_) => return Err(Error::invalid("here they may say anything; type what they say")),
        };
        let choice = usize::from(key).checked_sub(1).and_then(|n| choices.get(n)).ok_or_else(|| {
            Error::invalid(format!("{key} is not one of the choices here; press 1 to {}", choices.len()))
        })?;
        note(stand, &choice.sets, &choice.label, made);
        self.target(&choice.to, stand).map(|(at, _)| at)
    }

    fn said<'s>(&'s self, stand: &mut Stand<'s>, words: &str, made: usize) -> Result<At> {
        let free = match self.answers(stand)? {
            Answers::Free(free) => free,
            Answers::Choices(choices) => {
                return Err(Error::invalid(format!("here stand choices; press 1 to {}", choices.len())));
            }
        };
        if let Some(said) = said::read(free, words)? {
            note(stand, &free.sets, &said, made);
        }
        self.target(&free.to, stand).map(|(at, _)| at)
    }

    fn answers(&self, stand: &Stand<'_>) -> Result<&Answers> {
        match self.part(stand.at).map(|(_, _, _, then)| then) {
            Some(Then::Ask { answers, .. }) => Ok(answers),
            _ => Err(Error::invalid("the script has come to its end; file the call, or step back")),
        }
    }

    /// None for the machine: what is said to it hangs on its owner's wishes.
    fn part(&self, at: At) -> Option<(&str, &str, &Text, &Then)> {
        match at {
            At::Node(n) => {
                let node = &self.script.nodes[n];
                Some((&node.name, &node.hint, &node.say, &node.then))
            }
            At::Objection(n) => {
                let objection = &self.script.objections[n];
                Some((&objection.name, &objection.hint, &objection.say, &objection.then))
            }
            At::Machine => None,
        }
    }

    fn name(&self, at: At) -> &str {
        self.part(at).map_or(MACHINE, |(name, ..)| name)
    }

    /// What may be left under these wishes, with the words for it where the script has some.
    fn leave(&self, wishes: Voicemail) -> (Leave, Option<(&str, &Text)>) {
        let has = |leave| self.script.machine.iter().find(|words| words.leave == leave);
        let leave = match wishes {
            Voicemail::No => Leave::Nothing,
            Voicemail::YesWithoutName | Voicemail::Unknown => Leave::Discreet,
            Voicemail::YesAndNameUs if has(Leave::Message).is_none() && has(Leave::Discreet).is_some() => {
                Leave::Discreet
            }
            Voicemail::YesAndNameUs => Leave::Message,
        };
        (leave, has(leave).map(|words| (words.hint.as_str(), &words.say)))
    }

    /// Everything that is said and asked in a part.
    fn texts(&self, at: At, fields: &Fields) -> Vec<&Text> {
        match self.part(at) {
            Some((_, _, say, Then::Ask { question, .. })) => vec![say, question],
            Some((_, _, say, _)) => vec![say],
            None => self.leave(fields.voicemail()).1.into_iter().map(|(_, say)| say).collect(),
        }
    }

    fn show(&self, stand: &Stand<'_>, fields: &Fields) -> ScriptStep {
        // What they have just told us need not be asked again.
        let fields = &overlay(fields, &stand.noted);
        let ask = match self.part(stand.at) {
            Some((_, _, _, Then::Ask { question, answers })) => {
                let question = merge([question], fields);
                Some(match answers {
                    Answers::Choices(choices) => Ask {
                        question,
                        choices: (1..)
                            .zip(choices)
                            .map(|(key, choice)| ChoiceView {
                                key,
                                label: choice.label.clone(),
                                sets: choice.sets.clone(),
                            })
                            .collect(),
                        free: None,
                    },
                    Answers::Free(free) => Ask {
                        question,
                        choices: Vec::new(),
                        free: Some(FreeAsk { kind: free.kind, sets: free.sets.clone() }),
                    },
                })
            }
            _ => None,
        };
        let objections = self.script.objections.iter();
        let mut step = ScriptStep {
            node: self.name(stand.at).into(),
            breadcrumb: self.breadcrumb(stand),
            hint: (!stand.hint.is_empty()).then(|| stand.hint.join(" ")),
            say: merge(stand.say.iter().copied(), fields),
            end: ask.is_none(),
            ask,
            objections: objections
                .map(|objection| ObjectionView { id: objection.name.clone(), label: objection.name.clone() })
                .collect(),
            has_machine: !self.script.machine.is_empty(),
            machine: None,
            noted: stand.noted.clone(),
        };
        if stand.at == At::Machine {
            let wishes = fields.voicemail();
            let (leave, words) = self.leave(wishes);
            if let Some((hint, say)) = words {
                step.hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
                step.say = merge([say], fields);
            }
            step.objections.clear();
            step.machine = Some(MachineStep { wishes, leave });
        }
        step
    }

    fn breadcrumb(&self, stand: &Stand<'_>) -> Vec<Crumb> {
        // What came up in between is part of the way only while it is being answered.
        let last = stand.visited.len().saturating_sub(1);
        let mut way = stand.visited.clone();
        let mut n = 0;
        way.retain(|(at, _)| {
            n += 1;
            !matches!(at, At::Objection(_)) || n > last
        });
        way.dedup_by_key(|(at, _)| *at);
        let mut crumbs: Vec<Crumb> = way
            .iter()
            .map(|(at, moves)| Crumb {
                label: self.name(*at).into(),
                state: CrumbState::Past,
                moves: u32::try_from(*moves).ok(),
            })
            .collect();
        if let Some(here) = crumbs.last_mut() {
            here.state = CrumbState::Here;
        }
        let mut at = stand.at;
        for _ in 0..CRUMBS_AHEAD {
            let target = match self.part(at).map(|(_, _, _, then)| then) {
                Some(Then::Ask { answers: Answers::Choices(choices), .. }) => choices.first().map(|choice| &choice.to),
                Some(Then::Ask { answers: Answers::Free(free), .. }) => Some(&free.to),
                Some(Then::Go(target)) => Some(target),
                Some(Then::End) | None => None,
            };
            let Some(Ok((next, false))) = target.map(|target| self.target(target, stand)) else { break };
            let label = self.name(next);
            if crumbs.iter().any(|crumb| crumb.label == label) {
                break;
            }
            crumbs.push(Crumb { label: label.into(), state: CrumbState::Ahead, moves: None });
            at = next;
        }
        crumbs
    }
}

/// What an answer sets takes the place of what set the same before.
fn note(stand: &mut Stand<'_>, sets: &[Sets], answer: &str, made: usize) {
    let at = u32::try_from(made).unwrap_or(u32::MAX);
    for set in sets {
        let effect = set.with(answer);
        stand.noted.retain(|noted| !same_slot(&noted.effect, &effect));
        stand.noted.push(Noted { at, effect });
    }
}

fn same_slot(a: &Effect, b: &Effect) -> bool {
    match (a, b) {
        (Effect::Fact { words: a }, Effect::Fact { words: b }) => {
            a == b || fact_of(a).is_some_and(|(a, _)| fact_of(b).is_some_and(|(b, _)| a == b))
        }
        (Effect::Field { field: a, .. }, Effect::Field { field: b, .. }) => a == b,
        (Effect::Own { name: a, .. }, Effect::Own { name: b, .. }) => own_path(a) == own_path(b),
        (Effect::Consent { channel: a, .. }, Effect::Consent { channel: b, .. }) => a == b,
        _ => a == b,
    }
}

fn overlay(fields: &Fields, noted: &[Noted]) -> Fields {
    noted.iter().fold(fields.clone(), |fields, noted| match &noted.effect {
        Effect::Fact { words } => fields.with_fact_words(words),
        Effect::Field { field: PersonField::Given, value } => fields.with(MergeField::PersonGiven, Some(value)),
        Effect::Field { field: PersonField::Organisation, value } => {
            fields.with(MergeField::PersonOrganisation, Some(value))
        }
        Effect::Own { name, value } => fields.with_own(name, Some(value)),
        Effect::Field { .. } | Effect::Tag { .. } | Effect::Consent { .. } | Effect::Next { .. } => fields,
    })
}

/// The facts among the fields that are said: not those of words that are left out.
fn said_facts(pieces: &[Piece], fields: &Fields, used: &mut Vec<String>) {
    for piece in pieces {
        match piece {
            Piece::Field { path, .. } if fields.get(path).is_some() => {
                let fact = fact_name(path).map(str::to_lowercase);
                used.extend(fact.filter(|name| !used.contains(name)).into_iter().collect::<Vec<_>>());
            }
            Piece::IfKnown(inner) => {
                if !inner.iter().any(|piece| matches!(piece, Piece::Field { path, .. } if fields.get(path).is_none())) {
                    said_facts(inner, fields, used);
                }
            }
            Piece::Field { .. } | Piece::Words(_) | Piece::Blank { .. } => {}
        }
    }
}
