//! Namesakes. Among a hundred thousand people thousands of pairs have one name, live in one town, and are two. Where
//! nothing but their names and their town or firm speaks for two, and as many pairs like them are to be expected of
//! strangers, they are not asked about; nor is learned from them what two records of one person look like, or the many of
//! them would teach that one person has other numbers and addresses in every record.

use std::collections::HashMap;

use super::compare::{Compared, Field, Likeness, Pattern};
use super::model::{Candidate, NAMES_GO_TOGETHER};
use super::record::{People, Record};

/// From so many strangers on, who are expected to be as alike to someone, it says nothing.
const EXPECTED: f64 = 0.02;
/// Such pairs, of each person in the book: with fewer the model is at its best.
const MANY: f64 = 0.2;
/// One person may be there this often.
const A_FEW: u32 = 6;

/// Who bears which whole name.
pub(super) struct Namesakes(HashMap<(u32, u32), u32>);

impl Namesakes {
    pub fn of(people: &People) -> Self {
        let mut all: HashMap<(u32, u32), u32> = HashMap::new();
        for record in &people.records {
            *all.entry(whole_name(record)).or_default() += 1;
        }
        Self(all)
    }

    /// How many strangers are to be expected who look as alike to either of the two; none where more than names, town and
    /// firm speaks for them.
    pub fn expected(&self, people: &People, (a, b): (u32, u32), compared: &Compared) -> f64 {
        let is = |field: Field| compared.pattern[field as usize];
        if speaks_for_itself(&compared.pattern) {
            return 0.0;
        }
        let (a, b) = (&people.records[a as usize], &people.records[b as usize]);
        let count = people.records.len() as f64;
        let name = |field: Field, alike: f64| match is(field) {
            Likeness::Same => compared.chance[field as usize],
            Likeness::Unknown => 1.0,
            _ => alike,
        };
        let by_parts = count * name(Field::Given, 5e-3) * name(Field::Family, 2e-3) * NAMES_GO_TOGETHER;
        let bearers = |one: &Record| self.0.get(&whole_name(one)).copied().unwrap_or_default();
        let others = f64::from(bearers(a).max(bearers(b)).saturating_sub(A_FEW));
        let around: f64 = [Field::Place, Field::Organisation]
            .into_iter()
            .filter(|field| is(*field) == Likeness::Same)
            .map(|field| compared.chance[field as usize])
            .product();
        by_parts.max(others) * around
    }
}

/// Lets go of namesakes where there are many.
pub(super) fn let_go(people: &People, candidates: Vec<(Candidate, f32)>) -> Vec<Candidate> {
    let common = |expected: f32| f64::from(expected) > EXPECTED;
    let namesakes = candidates.iter().filter(|(_, expected)| common(*expected)).count();
    let many = namesakes as f64 > MANY * people.records.len() as f64;
    candidates.into_iter().filter(|(_, expected)| !many || !common(*expected)).map(|(candidate, _)| candidate).collect()
}

/// In whichever order the two stand.
fn whole_name(record: &Record) -> (u32, u32) {
    (record.given.min(record.family), record.given.max(record.family))
}

fn speaks_for_itself(pattern: &Pattern) -> bool {
    use Likeness::{Different, Near, Part, Same, Unknown};
    let is = |field: Field| pattern[field as usize];
    let other_names = is(Field::Given) == Different || matches!(is(Field::Family), Different | Unknown);
    other_names
        || matches!(is(Field::Phone), Same | Part)
        || is(Field::Email) == Same
        || matches!(is(Field::Birth), Same | Near)
        || (matches!(is(Field::Street), Same | Near) && matches!(is(Field::Number), Same | Near))
}
