//! The association of `association.rs`, at several sizes and with more and fewer birth dates known.

use std::collections::BTreeMap;

use super::association::{Entry, association};
use super::{Measured, measure};
use wellmet_core::people::duplicates::{Level, Particulars};

fn measured(people: usize, born_known: usize, seed: u64) -> (Vec<Entry>, Measured) {
    let entries = association(people, born_known, seed);
    let all: Vec<Particulars> = entries.iter().map(|entry| entry.particulars.clone()).collect();
    let truth: Vec<String> = entries.iter().map(|entry| entry.person.to_string()).collect();
    let name = format!("an association of {people}, {born_known} % born on a known day");
    let measured = measure(&name, &all, &truth);
    let mut wrong: BTreeMap<&str, u32> = BTreeMap::new();
    for pair in measured.found.iter().filter(|pair| truth[pair.one] != truth[pair.other]) {
        *wrong.entry(entries[pair.one].kind).or_default() += 1;
    }
    println!("  taken for one, and two: {wrong:?}");
    (entries, measured)
}

#[test]
fn an_association_as_it_is_found_in_life() {
    for (born_known, seed, least) in [(50, 1, 0.99), (0, 2, 0.985), (90, 3, 0.99)] {
        let (_, measured) = measured(2_000, born_known, seed);
        assert!(measured.f1 >= least, "F1 {:.5}", measured.f1);
        assert!(measured.precision >= 0.98, "{:.5}", measured.precision);
        assert_eq!(measured.narrow_wrong, 0, "what may act in bulk errs in nobody");
        assert!(measured.narrow > 80, "and it is worth having: {}", measured.narrow);
    }
}

#[test]
fn a_small_book_is_not_read_wildly() {
    for seed in 1..=6 {
        let (_, measured) = measured(150, 40, seed);
        assert!(measured.f1 >= 0.93, "seed {seed}: F1 {:.5}", measured.f1);
    }
}

#[test]
fn each_way_to_be_there_twice_is_found() {
    let (entries, measured) = measured(3_000, 50, 4);
    let mut there: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let first: BTreeMap<usize, usize> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind == "first")
        .map(|(at, entry)| (entry.person, at))
        .collect();
    for (at, entry) in entries.iter().enumerate() {
        let Some(first) = first.get(&entry.person).filter(|first| **first != at) else { continue };
        let (all, found) = there.entry(entry.kind).or_default();
        *all += 1;
        let pair = (at.min(*first), at.max(*first));
        *found += u32::from(measured.found.iter().any(|other| (other.one, other.other) == pair));
    }
    println!("  of each kind, and found: {there:?}");
    assert!(there.len() >= 13, "{there:?}");
    for (kind, (all, found)) in there {
        assert!(f64::from(found) >= 0.85 * f64::from(all), "{kind}: {found} of {all}");
    }
}

/// Who is never to be merged many at a time, whatever the book is like.
#[test]
fn households_twins_fathers_and_sons_are_two() {
    let (entries, measured) = measured(3_000, 80, 5);
    for kind in ["household", "twins", "father and son", "colleagues", "namesakes"] {
        let of = |pair: &&wellmet_core::people::duplicates::Alike| {
            entries[pair.one].kind == kind && entries[pair.one].person != entries[pair.other].person
        };
        let taken: Vec<_> = measured.found.iter().filter(of).collect();
        let there = entries.iter().filter(|entry| entry.kind == kind).count();
        assert!(taken.len() * 50 <= there, "{kind}: {} pairs of {there}", taken.len());
        assert!(taken.iter().all(|pair| pair.level == Level::Broad), "{kind}");
    }
}

#[test]
fn a_book_without_duplicates_is_left_in_peace() {
    let mut entries = association(2_500, 40, 8);
    let mut seen = std::collections::HashSet::new();
    entries.retain(|entry| seen.insert(entry.person));
    let all: Vec<Particulars> = entries.iter().map(|entry| entry.particulars.clone()).collect();
    let found = wellmet_core::people::duplicates::among(&all);
    assert!(found.len() <= 8, "{} pairs of {}", found.len(), all.len());
    assert!(found.iter().all(|pair| pair.level == Level::Broad));
}

/// A hundred people of each name: who of them is who, only numbers, addresses and dates can tell.
#[test]
fn a_large_book_of_few_names_is_not_full_of_duplicates() {
    let (given, family) = (
        ["Rania", "Tom", "Ngozi", "Lukas", "Mei", "Priya", "Ana", "Helen"],
        ["Haddad", "Ashby", "Eze", "Brandt", "Kelly", "Tanaka", "Nair", "Silva"],
    );
    let people = 8_000_usize;
    let mut chance = 0x5eed_u64;
    let mut below = |limit: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % limit
    };
    let (mut all, mut truth) = (Vec::new(), Vec::new());
    for person in 0..people {
        let (given, family) = (given[below(8)], family[below(8)]);
        let town = ["Brisbane", "Ascot", "Nundah", "Toowong"][below(4)];
        let someone = Particulars {
            given: given.into(),
            family: family.into(),
            name: format!("{given} {family}"),
            phones: vec![format!("+614{:08}", 11_000_007 + person * 9_973)],
            emails: vec![format!("{}.{}{}@example.org", given.to_lowercase(), family.to_lowercase(), person * 7 + 11)],
            place: town.into(),
            organisations: vec![format!("{family} {}", ["Bakery", "Law", "Studio"][below(3)])],
            ..Particulars::default()
        };
        truth.push(person.to_string());
        all.push(someone.clone());
        if person % 20 == 0 {
            // Once more, with another address or another number, as another list had them.
            let mut again = someone;
            if person % 40 == 0 {
                again.phones = vec![format!("+617{:08}", 31_000_003 + person * 7_919)];
            } else {
                again.emails = Vec::new();
            }
            truth.push(person.to_string());
            all.push(again);
        }
    }
    let measured = measure("eight thousand people of sixty-four names", &all, &truth);
    assert!(measured.f1 >= 0.98, "F1 {:.5}", measured.f1);
    assert_eq!(measured.narrow_wrong, 0);
}
