//! What the rows of a list said of people already. Where two rows of one list contradict each other, the later would
//! undo the earlier each time that the list comes in; so the first is believed.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Incoming, IncomingField};
use crate::ids::{FieldId, PersonId};

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
    /// The association's own fields that rows spoke of, by the field's place among those that the list has.
    fields: Vec<FieldId>,
    own: HashMap<Key, u128>,
    own_fresh: HashMap<Key, u128>,
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
        for (key, said) in self.own_fresh.drain() {
            *self.own.entry(key).or_default() |= said;
        }
    }

    /// The mark of a field. There are no more fields than marks.
    fn mark(&mut self, field: FieldId) -> u128 {
        let at = self.fields.iter().position(|known| *known == field).unwrap_or_else(|| {
            self.fields.push(field);
            self.fields.len() - 1
        });
        1_u128.checked_shl(u32::try_from(at).unwrap_or(u32::MAX)).unwrap_or(0)
    }

    /// The edit of the rows since then was dropped.
    pub fn forget(&mut self) {
        self.fresh.clear();
        self.own_fresh.clear();
    }

    pub fn note(&mut self, id: PersonId, row: &Incoming) {
        let of = |is: bool, what: u8| if is { what } else { 0 };
        let said = of(!row.given.is_empty() || !row.family.is_empty(), NAME)
            | of(row.standing.is_some(), STANDING)
            | of(!row.place.is_empty(), PLACE)
            | of(row.zone.is_some(), ZONE)
            | of(row.country.is_some(), COUNTRY)
            | of(!row.role_title.is_empty(), TITLE);
        let own = row.fields.iter().fold(0, |own, new| own | self.mark(new.field));
        if own != 0 {
            *self.own_fresh.entry(key(id)).or_default() |= own;
        }
        if said != 0 {
            *self.fresh.entry(key(id)).or_default() |= said;
        }
    }

    /// The row without what an earlier one said.
    pub fn without<'a>(&self, id: PersonId, row: &'a Incoming) -> Cow<'a, Incoming> {
        let key = key(id);
        let said = self.kept.get(&key).copied().unwrap_or(0) | self.fresh.get(&key).copied().unwrap_or(0);
        let own = self.own.get(&key).copied().unwrap_or(0) | self.own_fresh.get(&key).copied().unwrap_or(0);
        let told = |new: &IncomingField| {
            self.fields.iter().position(|known| *known == new.field).is_some_and(|at| at < 128 && own >> at & 1 == 1)
        };
        if said == 0 && !row.fields.iter().any(told) {
            return Cow::Borrowed(row);
        }
        let mut left = row.clone();
        left.fields.retain(|new| !told(new));
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
