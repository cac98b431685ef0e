//! One timeline of everything about a person.

use super::view::TimelineItem;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::store::Db;
use crate::time::Millis;

/// Newest first, at most `limit`.
pub async fn of_person(_db: &mut Db, _now: Millis, _person: PersonId, _limit: u32) -> Result<Vec<TimelineItem>> {
    Err(Error::internal("being built"))
}
