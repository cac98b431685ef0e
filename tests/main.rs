//! The core's tests: one binary, so that it links once. Each module mirrors its folder in `core/src`; a line a module.

mod calls;
mod house;
mod people;
mod promises;
