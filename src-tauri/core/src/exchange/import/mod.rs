//! A list of people from a file: read as a stream, its columns recognised, shown first, then brought in as one edit.

pub mod read;
pub mod recognise;
pub mod sniff;
pub mod values;
