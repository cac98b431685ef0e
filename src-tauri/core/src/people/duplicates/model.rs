//! How much each likeness says, learned from the book itself.
//!
//! Fellegi and Sunter (1969) weigh a pair by how often two records of one person look so, against how often two records
//! of strangers do. Most pairs that look alike in a book of people are neither: they are of one household, who share
//! number, address and family name, or of one employer, who share number, address and organisation. Each of these is a
//! class of its own here; what tells a household's pair from one person's is the given name and the birth date.
//!
//! How often a likeness is met between strangers is counted over pairs drawn from the book. How often between two records
//! of one person, and how many pairs there are of each class, is found by expectation and maximisation over the candidate
//! pairs, without any labels. Priors, worth a few dozen pairs, keep a small or a clean book from being read wildly.

use std::collections::HashMap;

use super::compare::{Compared, FIELDS, Field, LIKENESSES, Likeness, Pattern};

type Table = [[f64; LIKENESSES]; FIELDS];

/// The classes of pairs, besides those of strangers.
const ONE_PERSON: usize = 0;
const HOUSEHOLD: usize = 1;
const WORKPLACE: usize = 2;
const CLASSES: usize = 3;

#[derive(Clone, Debug)]
pub(super) struct Model {
    one_person: Table,
    household: Table,
    workplace: Table,
    strangers: Table,
    /// Of all pairs of people, how many are of each class.
    shares: [f64; CLASSES],
}

/// A field's likenesses as `(likeness, weight)`; they are scaled to sum up to 1.
type Row = &'static [(Likeness, f64)];

use Likeness::{Different, Form, Initial, Near, NearNames, Part, Same, Sound};

/// Two records of one person.
const ONE_PERSON_USUALLY: [Row; FIELDS] = [
    &[
        (Same, 80.0),
        (Form, 7.0),
        (Near, 6.0),
        (NearNames, 0.6),
        (Part, 1.5),
        (Initial, 2.5),
        (Sound, 0.7),
        (Different, 0.7),
    ],
    &[(Same, 86.0), (Near, 5.0), (NearNames, 0.7), (Part, 2.0), (Initial, 0.5), (Sound, 0.7), (Different, 4.0)],
    &[(Same, 98.0), (Part, 2.0)],
    &[(Same, 92.0), (Near, 5.0), (Part, 1.5), (Different, 0.5)],
    &[(Same, 52.0), (Near, 3.0), (Part, 8.0), (Different, 37.0)],
    &[(Same, 55.0), (Form, 8.0), (Near, 6.0), (Part, 7.0), (Different, 24.0)],
    &[(Same, 65.0), (Near, 12.0), (Part, 3.0), (Different, 20.0)],
    &[(Same, 88.0), (Near, 4.0), (Different, 8.0)],
    &[(Same, 70.0), (Near, 9.0), (Part, 6.0), (Different, 15.0)],
    &[(Same, 70.0), (Near, 8.0), (Different, 22.0)],
];

/// Two people of one household. Given names and birth dates are strangers', but for namesakes and twins.
const HOUSEHOLD_USUALLY: [Row; FIELDS] = [
    &[
        (Same, 6.0),
        (Form, 0.8),
        (Near, 0.3),
        (NearNames, 1.5),
        (Part, 1.0),
        (Initial, 0.5),
        (Sound, 3.0),
        (Different, 86.9),
    ],
    &[(Same, 72.0), (Near, 1.0), (NearNames, 0.2), (Part, 3.0), (Initial, 0.2), (Sound, 1.0), (Different, 22.6)],
    &[(Same, 1.0)],
    &[(Same, 4.0), (Near, 0.5), (Part, 1.5), (Different, 94.0)],
    &[(Same, 28.0), (Near, 2.0), (Part, 24.0), (Different, 46.0)],
    &[(Same, 12.0), (Form, 0.5), (Near, 2.0), (Part, 20.0), (Different, 65.5)],
    &[(Same, 78.0), (Near, 12.0), (Part, 3.0), (Different, 7.0)],
    &[(Same, 95.0), (Near, 3.0), (Different, 2.0)],
    &[(Same, 86.0), (Near, 6.0), (Part, 2.0), (Different, 6.0)],
    &[(Same, 10.0), (Near, 1.0), (Different, 89.0)],
];

/// Two people of one workplace.
const WORKPLACE_USUALLY: [Row; FIELDS] = [
    &[],
    &[],
    &[(Same, 1.0)],
    &[],
    &[(Same, 36.0), (Near, 12.0), (Part, 12.0), (Different, 40.0)],
    &[(Same, 4.0), (Form, 0.1), (Near, 2.0), (Part, 60.0), (Different, 33.9)],
    &[(Same, 75.0), (Near, 12.0), (Part, 3.0), (Different, 10.0)],
    &[(Same, 85.0), (Near, 5.0), (Different, 10.0)],
    &[(Same, 85.0), (Near, 5.0), (Part, 3.0), (Different, 7.0)],
    &[(Same, 93.0), (Near, 4.0), (Different, 3.0)],
];

/// Two strangers; where they have the very same, `Compared::chance` says it better.
const STRANGERS_USUALLY: [Row; FIELDS] = [
    &[
        (Same, 5.0),
        (Form, 5.0),
        (Near, 2.0),
        (NearNames, 4.0),
        (Part, 2.0),
        (Initial, 10.0),
        (Sound, 15.0),
        (Different, 957.0),
    ],
    &[(Same, 2.0), (Near, 2.0), (NearNames, 1.0), (Part, 1.0), (Initial, 2.0), (Sound, 10.0), (Different, 982.0)],
    &[(Same, 1.0)],
    &[(Same, 0.05), (Near, 1.0), (Part, 5.0), (Different, 993.95)],
    &[(Same, 0.2), (Near, 0.1), (Different, 999.7)],
    &[(Same, 0.2), (Form, 1.0), (Near, 0.1), (Part, 150.0), (Different, 848.7)],
    &[(Same, 0.5), (Near, 1.0), (Part, 20.0), (Different, 978.5)],
    &[(Same, 10.0), (Near, 5.0), (Different, 985.0)],
    &[(Same, 10.0), (Near, 5.0), (Part, 10.0), (Different, 975.0)],
    &[(Same, 5.0), (Near, 1.0), (Different, 994.0)],
];

const AROUND: [Field; 6] =
    [Field::Phone, Field::Email, Field::Street, Field::Number, Field::Place, Field::Organisation];

/// In pairs: how much the priors of one person's likenesses are worth, field by field. That two birth dates of one person
/// have nothing in common is believed late: where few dates are known, fathers and sons of one name would teach it.
const ONE_PERSON_WORTH: [f64; FIELDS] = [2_000.0, 400.0, 40.0, 3_000.0, 40.0, 40.0, 40.0, 40.0, 40.0, 40.0];
const STRANGERS_WORTH: [f64; FIELDS] = [2_000.0; FIELDS];
const ROUNDS: usize = 40;
/// Given and family name are not drawn apart: who is called Rania is rather called Haddad than Lindqvist.
pub(super) const NAMES_GO_TOGETHER: f64 = 4.0;

fn table(rows: &[Row; FIELDS]) -> Table {
    let mut table = [[0.0; LIKENESSES]; FIELDS];
    for (row, to) in rows.iter().zip(&mut table) {
        let sum: f64 = row.iter().map(|(_, weight)| weight).sum();
        for (likeness, weight) in *row {
            to[*likeness as usize] = weight / sum;
        }
    }
    table
}

/// Two who meet, compared.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub a: u32,
    pub b: u32,
    pub pattern: Pattern,
    pub by_chance: ByChance,
    /// Whether anything is learned from it.
    pub teaches: bool,
}

/// A pair as strangers, a household and colleagues make it by chance: what learning does not change.
#[derive(Clone, Copy)]
pub(super) struct ByChance {
    strangers: f64,
    household: f64,
    workplace: f64,
}

impl Model {
    /// What is known before a book is looked at; `people` of them.
    pub fn usual(people: usize) -> Self {
        let people = people as f64;
        let pairs = pairs_of(people);
        Self {
            one_person: table(&ONE_PERSON_USUALLY),
            household: table(&HOUSEHOLD_USUALLY),
            workplace: table(&WORKPLACE_USUALLY),
            strangers: table(&STRANGERS_USUALLY),
            shares: usual_counts(people).map(|count| (count / pairs).min(0.2)),
        }
    }

    /// Learns from pairs of strangers (`drawn`: any two people) and from candidates.
    pub fn learn(people: usize, drawn: &[Pattern], candidates: &[Candidate], usual: &Self) -> Self {
        let mut model = usual.clone();
        let prior = model.one_person;
        let pairs = pairs_of(people as f64);
        let expected = usual_counts(people as f64);
        model.strangers = counted(&model.strangers, &STRANGERS_WORTH, drawn.iter().map(|pattern| (*pattern, 1.0)));
        let mut kinds: HashMap<Pattern, usize> = HashMap::new();
        let mut patterns: Vec<Pattern> = Vec::new();
        let candidates: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.teaches).collect();
        let of: Vec<usize> = candidates
            .iter()
            .map(|candidate| {
                *kinds.entry(candidate.pattern).or_insert_with(|| {
                    patterns.push(candidate.pattern);
                    patterns.len() - 1
                })
            })
            .collect();
        for _ in 0..ROUNDS {
            let one_person: Vec<f64> = patterns.iter().map(|pattern| likelihood(&model.one_person, pattern)).collect();
            let mut weights = vec![0.0; patterns.len()];
            let mut counts = [0.0; CLASSES];
            for (candidate, kind) in candidates.iter().copied().zip(&of) {
                let belief = model.beliefs(one_person[*kind], &candidate.by_chance);
                weights[*kind] += belief[ONE_PERSON];
                for (count, belief) in counts.iter_mut().zip(belief) {
                    *count += belief;
                }
            }
            model.one_person = counted(&prior, &ONE_PERSON_WORTH, patterns.iter().copied().zip(weights));
            for ((share, count), expected) in model.shares.iter_mut().zip(counts).zip(expected) {
                *share = ((count + expected) / pairs).min(0.5);
            }
        }
        model
    }

    /// How the pair comes about where it is not one person's.
    pub fn by_chance(&self, compared: &Compared) -> ByChance {
        let is = |field: Field| compared.pattern[field as usize];
        let stranger = |field: Field| match is(field) {
            Likeness::Unknown => 1.0,
            Same => compared.chance[field as usize],
            Part if field == Field::Phone => compared.chance[field as usize],
            likeness => self.strangers[field as usize][likeness as usize].max(1e-9),
        };
        let of = |table: &Table, field: Field| match is(field) {
            Likeness::Unknown => 1.0,
            likeness => table[field as usize][likeness as usize],
        };
        let one_name = is(Field::Given) == Same && is(Field::Family) == Same;
        let alike_names = !matches!(is(Field::Given), Different | Sound | Likeness::Unknown)
            && !matches!(is(Field::Family), Different | Sound | Likeness::Unknown);
        let crossed = is(Field::Order) == Part;
        let names = stranger(Field::Given) * stranger(Field::Family) * if one_name { NAMES_GO_TOGETHER } else { 1.0 };
        // A namesake in a household bears the whole name; of another family, the given name is anyone's.
        let household_names = match is(Field::Family) {
            Same | Near | NearNames => {
                let order = if crossed { of(&self.one_person, Field::Order) } else { 1.0 };
                of(&self.household, Field::Given) * of(&self.household, Field::Family) * order
            }
            _ if crossed => names,
            _ => stranger(Field::Given) * of(&self.household, Field::Family),
        };
        let around = |table: Option<&Table>| -> f64 {
            AROUND
                .iter()
                .map(|field| match (field, table) {
                    // Namesakes choose the same name for their mailbox.
                    (Field::Email, _) if alike_names && is(Field::Email) == Form => 0.1,
                    (field, Some(table)) => of(table, *field),
                    (field, None) => stranger(*field),
                })
                .product()
        };
        ByChance {
            strangers: names * stranger(Field::Birth) * around(None),
            household: household_names * of(&self.household, Field::Birth) * around(Some(&self.household)),
            workplace: names * stranger(Field::Birth) * around(Some(&self.workplace)),
        }
    }

    fn beliefs(&self, one_person: f64, by_chance: &ByChance) -> [f64; CLASSES] {
        let [one, household, workplace] = self.shares;
        let likely = [one * one_person, household * by_chance.household, workplace * by_chance.workplace];
        let all = likely.iter().sum::<f64>() + (1.0 - one - household - workplace) * by_chance.strangers;
        likely.map(|likely| if all > 0.0 { likely / all } else { 0.0 })
    }

    /// How likely it is that the two are one person: 0…1.
    pub fn score(&self, pattern: &Pattern, by_chance: &ByChance) -> f64 {
        self.beliefs(likelihood(&self.one_person, pattern), by_chance)[ONE_PERSON]
    }
}

fn pairs_of(people: f64) -> f64 {
    (people * (people - 1.0) / 2.0).max(1.0)
}

/// Pairs of each class that a book of so many people has before anything is known of it.
fn usual_counts(people: f64) -> [f64; CLASSES] {
    let mut counts = [0.0; CLASSES];
    counts[ONE_PERSON] = 0.01 * people + 0.5;
    counts[HOUSEHOLD] = 0.02 * people + 0.5;
    counts[WORKPLACE] = 0.02 * people + 0.5;
    counts
}

fn likelihood(table: &Table, pattern: &Pattern) -> f64 {
    pattern
        .iter()
        .zip(table)
        .map(|(likeness, row)| if *likeness == Likeness::Unknown { 1.0 } else { row[*likeness as usize].max(1e-6) })
        .product()
}

/// A table of how often each likeness was met, with a prior worth `worth` pairs.
fn counted(prior: &Table, worth: &[f64; FIELDS], pairs: impl Iterator<Item = (Pattern, f64)>) -> Table {
    let mut counts = [[0.0; LIKENESSES]; FIELDS];
    for (pattern, weight) in pairs {
        // Without birth dates nothing tells a person with another given name from the rest of the household: how often
        // given names differ is learned where both dates are known.
        let tells = pattern[Field::Birth as usize] != Likeness::Unknown;
        for (at, (likeness, row)) in pattern.iter().zip(&mut counts).enumerate() {
            if *likeness != Likeness::Unknown && (at != Field::Given as usize || tells) {
                row[*likeness as usize] += weight;
            }
        }
    }
    for ((row, prior), worth) in counts.iter_mut().zip(prior).zip(worth) {
        let sum: f64 = row.iter().sum::<f64>() + worth;
        for (count, prior) in row.iter_mut().zip(prior) {
            *count = (*count + worth * prior) / sum;
        }
    }
    counts
}
