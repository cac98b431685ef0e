//! What the caller sees of a script: words to say, with what is known in its place, and how to go on.

use serde::{Deserialize, Serialize};

use super::fields::{Fields, default_question};
use super::model::{FreeAnswer, Leave};
use super::sets::{Effect, Sets};
use super::text::{Piece, Text};
use crate::people::Voicemail;

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
    /// The script has words for a machine; without them the caller leaves some of their own.
    pub has_machine: bool,
    /// A machine answers, and this is what may be left on it.
    pub machine: Option<MachineStep>,
    /// What the answers so far will set when the call is filed.
    pub noted: Vec<Noted>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MachineStep {
    pub wishes: Voicemail,
    /// What these wishes allow; where `say` is empty, in the caller's own words.
    pub leave: Leave,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Noted {
    /// The move that set it, by its place in the path: what [`super::Pick::TakeBack`] names.
    pub at: u32,
    pub effect: Effect,
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
    /// Empty where they may say anything.
    pub choices: Vec<ChoiceView>,
    pub free: Option<FreeAsk>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChoiceView {
    /// The number key, from 1.
    pub key: u8,
    pub label: String,
    pub sets: Vec<Sets>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FreeAsk {
    pub kind: FreeAnswer,
    pub sets: Vec<Sets>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ObjectionView {
    pub id: String,
    pub label: String,
}

/// The texts one under the other, with what is known beside what is to be asked.
pub(in crate::calls) fn merge<'t>(texts: impl IntoIterator<Item = &'t Text>, fields: &Fields) -> Vec<Segment> {
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

pub(in crate::calls) fn capitalised(value: &str) -> String {
    let mut chars = value.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}
