//! Call scripts: a conversation guide in plain text that a director can edit, checked before anyone speaks from it.
//!
//! ```text
//! title: A call to say hello
//! purpose: general
//! when: Nothing is owed, and it has been a while.
//!
//! # Greeting
//! (Smile; it can be heard.)
//! Hello {{ person.given }}, this is {{ caller.given }} from {{ association.name }}.
//!
//! > Is this a good moment?
//! 1. Yes -> How are you
//! 2. Not now -> Another time
//!
//! ~ Discreet message
//! Hello, this is {{ caller.given }}, with a message for {{ person.given }}.
//!
//! ! How did you get my number
//! You gave it to us [on {{ inquiry.first_asked_on }}].
//! back
//! ```
//!
//! `text` → [`Script`] ([`Script::parse`], line by line) → [`ReadyScript`] ([`Script::ready`], as a whole) → [`Run`].
//! Only a [`ReadyScript`] can be run, so a run never meets a missing part, a trap or an unknown field.

mod builtin;
mod check;
mod day;
mod fields;
mod map;
mod model;
mod own;
mod parse;
mod print;
mod run;
mod said;
mod sets;
mod spoken;
mod step;
mod text;

pub use builtin::{Builtin, builtins};
pub use check::ReadyScript;
pub use day::{ToldDay, read_day};
pub use fields::{Fields, MergeField, own_path};
pub(super) use fields::{fact_of, is_known, nearest};
pub use map::{MapEdge, MapKind, MapNode, ScriptCheck, ScriptMap};
pub use model::{
    Answers, Choice, Free, FreeAnswer, Leave, MachineWords, Node, Objection, Problem, Problems, Purpose, Script,
    Target, Then,
};
pub use run::{Move, Pick, Run};
pub use sets::{Effect, PersonField, Sets};
pub use spoken::{spoken_date, spoken_wait, spoken_when};
pub use step::{Ask, ChoiceView, Crumb, CrumbState, FreeAsk, MachineStep, Noted, ObjectionView, ScriptStep, Segment};
pub(super) use step::{capitalised, merge};
pub use text::{Piece, Text, TextError};
