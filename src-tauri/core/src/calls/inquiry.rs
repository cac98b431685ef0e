//! One inquiry, one clock.

use super::view::{Candidate, Captured, NewMessage};
use crate::error::{Error, Result};
use crate::store::{Actor, Book, Db};

/// Takes a message down: the person, the inquiry it opens or joins, and the promise to ring back.
pub async fn capture(_book: &Book, _actor: Actor, _new: &NewMessage) -> Result<Captured> {
    Err(Error::internal("being built"))
}

/// Who a message or a caller may be, by a whole number, digits of one, or words of a name; at most 8.
pub async fn candidates(_db: &mut Db, _typed: &str) -> Result<Vec<Candidate>> {
    Err(Error::internal("being built"))
}
