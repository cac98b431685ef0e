//! Calls: what someone waits for, the brief, the script, the call itself and what came of it.

pub mod outcome;
pub mod script;
