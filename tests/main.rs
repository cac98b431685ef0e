
//! One binary for all tests of the core; each module mirrors its file in `core/src`.

mod promises {
    mod business_time; // when a promise falls due, against a wall-clock oracle
}
