//! Who uses the book, and what the association has promised everyone: its hours, closures, targets and retry rules.

pub mod availability;
pub mod standards;
pub mod volunteers;
