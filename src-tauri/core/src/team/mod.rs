//! Who uses the book, and what the association has promised everyone: its hours, closures, targets and retry rules.

pub mod first_run;
pub mod standards;
pub mod volunteers;
