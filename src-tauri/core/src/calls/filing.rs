//! What came of a call: the wizard's questions for it, and the filing of its answers.

use super::outcome::{Answer, Draft, QuestionId};
use super::view::{Filed, Filing};
use crate::error::{Error, Result};
use crate::ids::{CallId, VolunteerId};
use crate::store::{Actor, Book, Db};
use crate::time::Millis;

/// Where the filing stands with this draft.
pub async fn question(_db: &mut Db, _now: Millis, _call: CallId, _draft: Draft) -> Result<Filing> {
    Err(Error::internal("being built"))
}

pub async fn answer(
    _db: &mut Db,
    _now: Millis,
    _call: CallId,
    _draft: Draft,
    _question: QuestionId,
    _answer: Answer,
) -> Result<Filing> {
    Err(Error::internal("being built"))
}

/// Files the call: the touch, the facts, the promise that it kept or tried, and the next one, in one edit.
pub async fn file(
    _book: &Book,
    _actor: Actor,
    _call: CallId,
    _draft: Draft,
    _keeper: Option<VolunteerId>,
) -> Result<Filed> {
    Err(Error::internal("being built"))
}
