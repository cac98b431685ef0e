//! The one function that hands out a diallable number, and the question before it.

use super::view::DialGate;
use crate::error::{Error, Result};
use crate::ids::{PersonId, ReachId};
use crate::store::Db;
use crate::time::Millis;

/// Whether this person may be dialled on this number now, or what must be confirmed first.
pub async fn gate(_db: &mut Db, _now: Millis, _person: PersonId, _reach: ReachId) -> Result<DialGate> {
    Err(Error::internal("being built"))
}
