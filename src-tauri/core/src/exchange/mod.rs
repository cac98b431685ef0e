//! What comes in and what goes out: lists of people as files.

pub mod import;
