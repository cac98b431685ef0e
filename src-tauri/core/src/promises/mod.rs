//! What we owe: to whom, what, by whom, by when, and why.

pub mod business_time;
