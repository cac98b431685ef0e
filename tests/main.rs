//! The core's tests: one binary, so that it links once. Each module mirrors its folder in `core/src`; a line a module.

#![allow(clippy::unwrap_used)] // a test that cannot go on stops, in its helpers too

mod calls;
mod exchange;
mod first_run;
mod house; // the rules of the house, each with a planted violation
mod mail;
mod people;
mod plans;
mod promises;
mod store;
mod support; // a real book, a clock that a test moves, a keyring in memory
