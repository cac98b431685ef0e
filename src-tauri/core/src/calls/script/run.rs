//! One conversation through a script: a path of moves, and the step that it leads to.
//!
//! The path is all there is to keep. The same script, path and fields give the same step, so a call that was
//! interrupted comes back where it stood, and a step back is a shorter path.

use serde::{Deserialize, Serialize};

use super::check::ReadyScript;
use super::fields::{Fields, default_question};
use super::model::{Answers, Choice, Target, Then, same_name};
use super::text::{Piece, Text};
use crate::error::{Code, Error, Result};

/// Far more than anyone answers in a call, and short enough to replay at every key.
const MAX_MOVES: usize = 500;
/// How many parts the breadcrumb shows ahead.
const CRUMBS_AHEAD: usize = 3;

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
}

/// A place in a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Run {
    pub path: Vec<Move>,
}

/// What the caller sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ScriptStep {
    /// The part whose question stands: what the next move names.
    pub node: String,
    pub breadcrumb: Vec<Crumb>,
    /// Not to be said aloud.
    pub hint: Option<String>,
    /// Paragraphs are parted by an empty line in a text segment.
    pub say: Vec<Segment>,
    /// None exactly at the end.
    pub ask: Option<Ask>,
    pub objections: Vec<ObjectionView>,
    pub end: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Crumb {
    pub label: String,
    pub state: CrumbState,
    /// How many moves of the path lead there; none for what lies ahead.
    pub moves: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CrumbState {
    Past,
    Here,
    /// Where the first choices would lead.
    Ahead,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Segment {
    Text {
        text: String,
    },
    /// Known, and shown as such.
    Filled {
        field: String,
        value: String,
    },
    /// To be asked.
    Blank {
        field: Option<String>,
        question: String,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Ask {
    /// Empty where the last sentence said is the question.
    pub question: Vec<Segment>,
    pub choices: Vec<ChoiceView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChoiceView {
    /// The number key, from 1.
    pub key: u8,
    pub label: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ObjectionView {
    pub id: String,
    pub label: String,
}

/// A part of a script: a node, or an objection, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Node(usize),
    Objection(usize),
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
}

impl Run {
    pub fn start() -> Self {
        Self::default()
    }

    pub fn step(&self, script: &ReadyScript, fields: &Fields) -> Result<ScriptStep> {
        Ok(script.show(&script.stand(&self.path)?, fields))
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
        let mut stand = Stand { at: At::Node(0), base: 0, say: Vec::new(), hint: Vec::new(), visited: Vec::new() };
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
                Pick::Choice(key) => self.chosen(&stand, *key)?,
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
            let (_, hint, say, then) = self.part(at);
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

    fn chosen(&self, stand: &Stand<'_>, key: u8) -> Result<At> {
        let Some(choices) = choices(self.part(stand.at).3) else {
            return Err(Error::invalid("the script has come to its end; file the call, or step back"));
        };
        let choice = usize::from(key).checked_sub(1).and_then(|n| choices.get(n)).ok_or_else(|| {
            Error::invalid(format!("{key} is not one of the choices here; press 1 to {}", choices.len()))
        })?;
        self.target(&choice.to, stand).map(|(at, _)| at)
    }

    fn part(&self, at: At) -> (&str, &str, &Text, &Then) {
        match at {
            At::Node(n) => {
                let node = &self.script.nodes[n];
                (&node.name, &node.hint, &node.say, &node.then)
            }
            At::Objection(n) => {
                let objection = &self.script.objections[n];
                (&objection.name, &objection.hint, &objection.say, &objection.then)
            }
        }
    }

    fn name(&self, at: At) -> &str {
        self.part(at).0
    }

    fn show(&self, stand: &Stand<'_>, fields: &Fields) -> ScriptStep {
        let (node, _, _, then) = self.part(stand.at);
        let ask = match then {
            Then::Ask { question, answers: Answers::Choices(choices) } => Some(Ask {
                question: merge([question], fields),
                choices: (1..)
                    .zip(choices)
                    .map(|(key, choice)| ChoiceView { key, label: choice.label.clone() })
                    .collect(),
            }),
            Then::Go(_) | Then::End => None,
        };
        ScriptStep {
            node: node.into(),
            breadcrumb: self.breadcrumb(stand),
            hint: (!stand.hint.is_empty()).then(|| stand.hint.join(" ")),
            say: merge(stand.say.iter().copied(), fields),
            end: ask.is_none(),
            ask,
            objections: self
                .script
                .objections
                .iter()
                .map(|objection| ObjectionView { id: objection.name.clone(), label: objection.name.clone() })
                .collect(),
        }
    }

    fn breadcrumb(&self, stand: &Stand<'_>) -> Vec<Crumb> {
        // What came up in between is part of the way only while it is being answered.
        let last = stand.visited.len().saturating_sub(1);
        let mut way = stand.visited.clone();
        let mut n = 0;
        way.retain(|(at, _)| {
            n += 1;
            matches!(at, At::Node(_)) || n > last
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
            let target = match self.part(at).3 {
                Then::Ask { answers: Answers::Choices(choices), .. } => choices.first().map(|choice| &choice.to),
                Then::Go(target) => Some(target),
                Then::End => None,
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

fn choices(then: &Then) -> Option<&[Choice]> {
    match then {
        Then::Ask { answers: Answers::Choices(choices), .. } => Some(choices),
        Then::Go(_) | Then::End => None,
    }
}

/// The texts one under the other, with what is known beside what is to be asked.
fn merge<'t>(texts: impl IntoIterator<Item = &'t Text>, fields: &Fields) -> Vec<Segment> {
    let mut segments = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if !segments.is_empty() {
            push_text(&mut segments, "\n\n");
        }
        merge_pieces(text.pieces(), fields, &mut segments);
    }
    segments
}

fn merge_pieces(pieces: &[Piece], fields: &Fields, segments: &mut Vec<Segment>) {
    for piece in pieces {
        match piece {
            Piece::Words(words) => push_text(segments, words),
            Piece::Field { path, capital, question } => segments.push(match fields.get(path) {
                Some(value) => Segment::Filled {
                    field: path.clone(),
                    value: if *capital { capitalised(value) } else { value.into() },
                },
                None => Segment::Blank {
                    field: Some(path.clone()),
                    question: question.clone().unwrap_or_else(|| default_question(path)),
                },
            }),
            Piece::Blank { question } => segments.push(Segment::Blank { field: None, question: question.clone() }),
            Piece::IfKnown(inner) => {
                let missing = |piece: &Piece| matches!(piece, Piece::Field { path, .. } if fields.get(path).is_none());
                if !inner.iter().any(missing) {
                    merge_pieces(inner, fields, segments);
                }
            }
        }
    }
}

fn push_text(segments: &mut Vec<Segment>, words: &str) {
    if let Some(Segment::Text { text }) = segments.last_mut() {
        text.push_str(words);
    } else {
        segments.push(Segment::Text { text: words.into() });
    }
}

fn capitalised(value: &str) -> String {
    let mut chars = value.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
