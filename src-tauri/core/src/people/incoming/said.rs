//! What the rows of a list said of people already. Where two rows of one list contradict each other, the later would
//! undo the earlier each time that the list comes in; so the first is believed.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Incoming;
use crate::ids::PersonId;

/// What one row can overwrite of another. Everything else only adds, or only fills what is empty.
const NAME: u8 = 1;
const STANDING: u8 = 1 << 1;
const PLACE: u8 = 1 << 2;
const ZONE: u8 = 1 << 3;
const COUNTRY: u8 = 1 << 4;
const TITLE: u8 = 1 << 5;

/// Random bytes of a person's id: seven of them and one for what was said keep a million people in some twenty megabytes.
type Key = [u8; 7];

#[derive(Default)]
pub(super) struct Said {
    kept: HashMap<Key, u8>,
    /// Of rows whose edit is not through yet.
    fresh: HashMap<Key, u8>,
}

fn key(id: PersonId) -> Key {
    let mut key = Key::default();
    key.copy_from_slice(&id.0.as_bytes()[9..]);
    key
}

impl Said {
    /// The edit of the rows so far is through.
    pub fn keep(&mut self) {
        for (key, said) in self.fresh.drain() {
            *self.kept.entry(key).or_default() |= said;
        }
    }

    /// The edit of the rows since then was dropped.
    pub fn forget(&mut self) {
        self.fresh.clear();
    }

    pub fn note(&mut self, id: PersonId, row: &Incoming) {
        let of = |is: bool, what: u8| if is { what } else { 0 };
        let said = of(!row.given.is_empty() || !row.family.is_empty(), NAME)
            | of(row.standing.is_some(), STANDING)
            | of(!row.place.is_empty(), PLACE)
            | of(row.zone.is_some(), ZONE)
            | of(row.country.is_some(), COUNTRY)
            | of(!row.role_title.is_empty(), TITLE);
        if said != 0 {
            *self.fresh.entry(key(id)).or_default() |= said;
        }
    }

    /// The row without what an earlier one said.
    pub fn without<'a>(&self, id: PersonId, row: &'a Incoming) -> Cow<'a, Incoming> {
        let key = key(id);
        let said = self.kept.get(&key).copied().unwrap_or(0) | self.fresh.get(&key).copied().unwrap_or(0);
        if said == 0 {
            return Cow::Borrowed(row);
        }
        let mut left = row.clone();
        let has = |what: u8| said & what != 0;
        if has(NAME) {
            // Whoever has no name of a row keeps the one they have.
            (left.given, left.family) = (String::new(), String::new());
        }
        if has(STANDING) {
            left.standing = None;
        }
        if has(PLACE) {
            left.place.clear();
        }
        if has(ZONE) {
            left.zone = None;
        }
        if has(COUNTRY) {
            left.country = None;
        }
        if has(TITLE) {
            left.role_title.clear();
        }
        Cow::Owned(left)
    }
}
