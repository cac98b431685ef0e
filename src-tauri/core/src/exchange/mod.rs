//! What comes in and what goes out: lists of people as files, closures as calendars, and the sample association.

pub mod closures_ics;
pub mod demo;
pub mod export;
pub mod import;
pub mod script_file;
mod view;

pub use view::*;
