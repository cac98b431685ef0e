//! One binary for all tests of the core; each module mirrors its file in `core/src`.

mod calls {
    mod script; // scripts: text, checks, the merge, the run
    mod spoken; // dates and spans as one says them
}
