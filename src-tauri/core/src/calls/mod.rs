//! Calls: what a caller reads, says and files.

pub mod script;
