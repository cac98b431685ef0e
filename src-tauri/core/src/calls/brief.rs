//! What a caller reads before dialling.

use super::view::Brief;
use crate::error::{Error, Result};
use crate::ids::{PersonId, PromiseId};
use crate::store::Db;
use crate::time::Millis;

/// Without a promise: of the open promise that is due first, where there is one.
pub async fn brief(_db: &mut Db, _now: Millis, _person: PersonId, _promise: Option<PromiseId>) -> Result<Brief> {
    Err(Error::internal("being built"))
}
