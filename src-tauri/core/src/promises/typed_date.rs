//! "next tue after 3": a date as people type it.

use serde::Serialize;

use super::business_time::BusinessCalendar;
use crate::error::{Error, Result};
use crate::time::Millis;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct TypedDate {
    pub at_ms: Millis,
    /// A time was given; without one it is the closing of that business day.
    pub has_time: bool,
}

/// `country` decides whether 3/4 is in March or in April.
pub fn read(_typed: &str, _now: Millis, _calendar: &BusinessCalendar, _country: &str) -> Result<TypedDate> {
    Err(Error::internal("being built"))
}
