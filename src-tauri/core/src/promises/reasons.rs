//! "Why am I calling?": one plain sentence, every clause of it from a stored record that it links to.

use serde::Serialize;
use uuid::Uuid;

use crate::words;

words! {
    pub enum RecordKind {
        Message = "message",
        Inquiry = "inquiry",
        Promise = "promise",
        Touch = "touch",
        Person = "person",
    }
}

/// The record that a clause comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct RecordRef {
    pub kind: RecordKind,
    pub id: Uuid,
}

/// A piece of the sentence. Where `record` is absent it only joins two others (", and ").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Clause {
    pub text: String,
    pub record: Option<RecordRef>,
}

/// The sentence as plain text.
pub fn plain(clauses: &[Clause]) -> String {
    clauses.iter().map(|clause| clause.text.as_str()).collect()
}
