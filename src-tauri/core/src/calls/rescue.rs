//! "This is not who I meant": rule 5.

use super::view::{Call, Rescue, WhoItWas};
use crate::error::{Error, Result};
use crate::ids::CallId;
use crate::store::{Actor, Book, Db};

/// Who owns the number and what they wait for.
pub async fn look(_db: &mut Db, _call: CallId) -> Result<Rescue> {
    Err(Error::internal("being built"))
}

/// The call belongs to whoever is on the line, with the apology script; the first person's promise stays open.
pub async fn switch(_book: &Book, _actor: Actor, _call: CallId, _to: &WhoItWas) -> Result<Call> {
    Err(Error::internal("being built"))
}
