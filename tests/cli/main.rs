//! The command line as a script meets it: the built binary, real books, no keyring and no desktop. One binary, so that
//! it links once; a line a module.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops, in its helpers too")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod books; // made, opened, and the many ways in which they do not open
mod duplicates; // who may be there twice
mod keeping; // backup, restore, check
mod lists; // import, search, Today, reminders
mod mailing; // e-mail that goes out, and a kill in the middle of it
mod support; // runs the binary in a home of its own
mod usage; // exit statuses, help, a reader that goes away

#[path = "../support/mail.rs"]
#[allow(dead_code, reason = "the tests of the shell use the rest of it")]
mod mail_support; // the mail server of the tests

#[path = "../faults/mod.rs"]
mod faults; // killed at random moments, on a full disk, on a disk that may not be written
