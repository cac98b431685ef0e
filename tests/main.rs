//! The core's tests: one binary, so that it links once. A line a module, in the core's own order.

mod people;
