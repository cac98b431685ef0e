//! Who: people, how to reach them, what they allow, what matters to them, where they work.

pub mod consent;
pub mod duplicates;
pub mod facts;
pub mod fields;
pub mod finding;
pub mod incoming;
pub mod list;
pub mod merge;
pub mod model;
pub mod names;
pub mod order;
pub mod organisations;
pub mod person;
pub mod phone;
pub mod reaches;
pub mod said_numbers;
pub mod same;
pub mod tags;
pub mod views;

pub use model::*;
