//! Who: people, how to reach them, and what they are called.

pub mod names;
pub mod phone;
