//! One binary for all tests of the core; each module mirrors its file in `core/src`.

mod calls;
mod promises;
