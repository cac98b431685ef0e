//! What comes in and what goes out: lists of people as files, closures as calendars, and the sample association.

pub mod closures_ics;
pub mod demo;
pub mod export;
pub mod import;
pub mod letter_page;
pub mod promises_ics;
pub mod script_file;
mod view;
pub mod whole_file;

pub use view::*;
