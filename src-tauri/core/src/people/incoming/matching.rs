//! How a row of a list finds the person it means, where whoever brings it in chose that.

use super::Incoming;
use super::hand::{Hand, Held};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::people::names::fold;
use crate::people::{ReachKind, organisations};
use crate::words;

words! {
    /// What becomes of rows that mean someone, and of rows that mean nobody.
    #[derive(Default)]
    pub enum Mode {
        #[default]
        Both = "both",
        /// Whoever is there already is left as they are.
        Create = "create",
        /// Whoever is not there is rejected.
        Update = "update",
    }

    /// What has to be the same.
    pub enum MatchField {
        ExternalId = "external_id",
        Email = "email",
        Phone = "phone",
        Name = "name",
        Organisation = "organisation",
        Place = "place",
    }
}

/// Keys are tried in their order; all fields of one have to be the same. No keys: the same record of the same system, else
/// the same e-mail address or number under the same name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    pub mode: Mode,
    keys: Vec<Vec<MatchField>>,
}

/// Whom a row means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Nobody,
    One(PersonId),
    /// More than one of the book: a person has to say which.
    Several(usize),
}

impl Rules {
    /// Keys as they are written: `external_id`, `email+name`.
    pub fn parse(mode: Mode, keys: &[String]) -> Result<Self> {
        let read = |key: &String| {
            let fields = key.split('+').map(|word| MatchField::parse(word.trim()));
            fields.collect::<Option<Vec<MatchField>>>().ok_or_else(|| {
                let known: Vec<&str> = MatchField::ALL.iter().map(|field| field.as_str()).collect();
                Error::invalid(format!(
                    "“{key}” is nothing to match people by. Use one of {}, or several as in email+name.",
                    known.join(", ")
                ))
            })
        };
        let keys = keys.iter().map(read).collect::<Result<Vec<_>>>()?;
        if keys.iter().any(|key| matches!(key.as_slice(), [MatchField::Organisation | MatchField::Place])) {
            return Err(Error::invalid(
                "An organisation or a place is many people's: match by it together with a name, as in name+organisation.",
            ));
        }
        Ok(Self { mode, keys })
    }

    /// Whether people have to be looked for by their names.
    pub(super) fn by_name(&self) -> bool {
        let finds = [MatchField::ExternalId, MatchField::Email, MatchField::Phone];
        self.keys.iter().any(|key| !key.iter().any(|field| finds.contains(field)))
    }

    /// Whether more has to be known of candidates than that they are there.
    pub(super) fn asks_more(&self) -> bool {
        !self.keys.is_empty()
    }

    pub(super) fn meant(&self, hand: &Hand, row: &Incoming) -> Meant {
        if self.keys.is_empty() {
            return hand.find(row).map_or(Meant::Nobody, Meant::One);
        }
        for key in &self.keys {
            let mut ids = candidates(hand, row, key);
            ids.retain(|id| hand.known(*id).is_some_and(|held| key.iter().all(|field| same(held, row, *field))));
            ids.sort_unstable();
            ids.dedup();
            match ids.as_slice() {
                [] => {}
                [one] => return Meant::One(*one),
                several => return Meant::Several(several.len()),
            }
        }
        Meant::Nobody
    }
}

/// Those whom the most telling field of a key finds.
fn candidates(hand: &Hand, row: &Incoming, key: &[MatchField]) -> Vec<PersonId> {
    if key.contains(&MatchField::ExternalId) {
        return row.external_id.as_ref().map(|id| hand.of_record(id)).unwrap_or_default();
    }
    for (field, kind) in [(MatchField::Email, ReachKind::Email), (MatchField::Phone, ReachKind::Phone)] {
        if key.contains(&field) {
            let reaches = row.reaches.iter().filter(|reach| reach.kind == kind && !reach.unreadable);
            return reaches.flat_map(|reach| hand.reached(kind, &reach.value)).collect();
        }
    }
    hand.named(&row.sort_key)
}

fn same(held: &Held, row: &Incoming, field: MatchField) -> bool {
    let reach = |kind: ReachKind| {
        row.reaches.iter().any(|reach| reach.kind == kind && !reach.unreadable && held.has(kind, &reach.value))
    };
    match field {
        // The candidates were found by it.
        MatchField::ExternalId => true,
        MatchField::Email => reach(ReachKind::Email),
        MatchField::Phone => reach(ReachKind::Phone),
        MatchField::Name => !row.sort_key.is_empty() && held.known.sort_key == row.sort_key,
        MatchField::Organisation => {
            !row.organisation.is_empty() && held.works_at(&organisations::key(&row.organisation), "")
        }
        MatchField::Place => !row.place.is_empty() && fold(&held.known.place) == fold(&row.place),
    }
}
