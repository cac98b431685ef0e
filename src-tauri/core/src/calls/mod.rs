//! Calls: what someone waits for, the brief, the script, the call itself and what came of it.

pub mod brief;
pub mod candidates;
mod confirming;
pub mod dial;
mod effects;
pub mod filing;
pub mod inquiry;
mod known;
mod others;
pub mod outcome;
mod qr;
pub mod rescue;
pub mod retry_rules;
pub mod script;
pub mod script_drafts;
pub mod scripts;
pub mod session;
pub mod share;
pub mod timeline;
pub mod times;
pub mod view;
pub mod written;

pub use view::*;
