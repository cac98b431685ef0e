//! What Wellmet knows, owes and does, without a window.
//!
//! Areas talk downwards: `mail` → `calls`, `plans` → `promises` → `people` → `store`; `exchange` and `first_run` read across.
//! `store` alone names a database. `tests/house.rs` holds these rules.

pub mod calls;
pub mod error;
pub mod exchange;
pub mod first_run;
pub mod host;
pub mod ids;
pub mod mail;
pub mod people;
pub mod plans;
pub mod promises;
pub mod store;
pub mod team;
pub mod time;

pub use error::{Code, Error, Result};
pub use store::{Actor, Book};
pub use time::Millis;
