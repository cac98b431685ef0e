//! Who is in the book twice. Two sets with the truth beside them hold it: a public one of slips and swaps, and one of an
//! association as it is found in life. Nothing of the truth is shown to what is measured.

// What was measured is printed, so that whoever changes a weight sees what it does.
#![allow(clippy::print_stdout)]

mod association; // people twice, among households, twins, namesakes and colleagues
mod families; // who is easily taken for another, and lists filled with what nobody has
mod febrl; // a public set with truth
mod found; // in a book: found, said why, remembered
mod known_sets; // the sets of life, at several sizes
mod names; // of the made-up association

use std::collections::{HashMap, HashSet};

use wellmet_core::people::duplicates::{Alike, Level, Particulars, among};

/// How well what was found answers to who is who.
pub struct Measured {
    pub precision: f64,
    pub f1: f64,
    /// Pairs at the narrow level, and those of them who are two.
    pub narrow: usize,
    pub narrow_wrong: usize,
    /// By place, as found at either level.
    pub found: Vec<Alike>,
}

pub fn measure(name: &str, all: &[Particulars], truth: &[String]) -> Measured {
    let found = among(all);
    let mut people: HashMap<&String, usize> = HashMap::new();
    for person in truth {
        *people.entry(person).or_default() += 1;
    }
    let pairs: usize = people.values().map(|count| count * (count - 1) / 2).sum();
    let shown: HashSet<(usize, usize)> = found.iter().map(|pair| (pair.one, pair.other)).collect();
    assert_eq!(shown.len(), found.len(), "a pair is shown once");
    let right = |pair: &&Alike| truth[pair.one] == truth[pair.other];
    let hits = found.iter().filter(right).count();
    let narrow: Vec<&Alike> = found.iter().filter(|pair| pair.level == Level::Narrow).collect();
    let narrow_wrong = narrow.iter().filter(|pair| !right(pair)).count();
    let precision = hits as f64 / found.len().max(1) as f64;
    let recall = hits as f64 / pairs.max(1) as f64;
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    println!(
        "{name}: {pairs} pairs among {} entries; precision {precision:.5}, recall {recall:.5}, F1 {f1:.5}; \
         narrow {} of which wrong {narrow_wrong}",
        all.len(),
        narrow.len(),
    );
    Measured { precision, f1, narrow: narrow.len(), narrow_wrong, found }
}
