//! A call from its beginning to its filing.

use super::script::{Pick, ScriptStep};
use super::view::{BeginCall, Call, UnfinishedCall};
use crate::error::{Error, Result};
use crate::ids::CallId;
use crate::store::{Actor, Book, Db};
use crate::time::Millis;

/// Begins a call: person, number and promise (or a stated reason), once the gate is passed.
pub async fn begin(_book: &Book, _actor: Actor, _begin: &BeginCall) -> Result<Call> {
    Err(Error::internal("being built"))
}

pub async fn get(_db: &mut Db, _now: Millis, _call: CallId) -> Result<Call> {
    Err(Error::internal("being built"))
}

/// Answers the script's question; `node` is the one that was shown.
pub async fn answer(_book: &Book, _actor: Actor, _call: CallId, _node: &str, _pick: Pick) -> Result<ScriptStep> {
    Err(Error::internal("being built"))
}

/// Back to where the path had this many moves.
pub async fn step_back(_book: &Book, _actor: Actor, _call: CallId, _moves: u32) -> Result<ScriptStep> {
    Err(Error::internal("being built"))
}

/// Keeps the notes as they are typed, so that a kill loses no word.
pub async fn jot(_book: &Book, _actor: Actor, _call: CallId, _notes: &str, _learned: &str) -> Result<()> {
    Err(Error::internal("being built"))
}

/// The talking is over; the timer stops.
pub async fn end(_book: &Book, _actor: Actor, _call: CallId) -> Result<()> {
    Err(Error::internal("being built"))
}

/// Begun and never made: nobody was rung.
pub async fn never_made(_book: &Book, _actor: Actor, _call: CallId) -> Result<()> {
    Err(Error::internal("being built"))
}

/// Calls that were begun and not filed, oldest first.
pub async fn unfinished(_db: &mut Db) -> Result<Vec<UnfinishedCall>> {
    Err(Error::internal("being built"))
}
