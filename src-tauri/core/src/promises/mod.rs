//! What we owe: the ledger, when it falls due, why, what of it is for today, and the reminders.

pub mod business_time;
pub mod calling_hours;
pub mod country_zones;
pub mod ledger;
pub mod may_ring;
pub mod reasons;
pub mod reminders;
pub mod sentences;
pub mod their_time;
pub mod today;
pub mod typed_date;
mod typed_time;
pub mod watch;
