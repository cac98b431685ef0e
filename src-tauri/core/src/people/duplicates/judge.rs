//! From how sure it is to what is said and done: who is shown, who may be merged without looking at each, and why.

use std::collections::{HashMap, HashSet};

use super::alike;
use super::compare::{Comparer, Field, Likeness, Pattern};
use super::model::{Candidate, Model};
use super::record::People;

/// From this on a pair is shown to be asked about.
const BROAD: f64 = 0.3;
/// From this on, and where nothing speaks against it, pairs may be merged many at a time.
const NARROW: f64 = 0.99;
/// Two who are both surely a third are one.
const SURELY: f64 = 0.85;
/// How much likelier it is that a junior and somebody who is not called one are two; as are Mr and Mrs of one name.
const A_GENERATION_APART: f64 = 10.0;
/// How much likelier it is that those who have all but the given name in common, the birth date too, are twins.
const TWINS: f64 = 10.0;
/// Nobody is in a book that often: they are looked at.
const LINKS: usize = 24;
/// A pair that meets by a third alone, and that this much speaks for by itself, needs nothing else.
const NOT_UNLIKELY: f64 = 0.02;

/// A pair that is shown.
pub(super) struct Judged {
    pub a: u32,
    pub b: u32,
    pub score: f64,
    pub narrow: bool,
    /// Both are surely this one.
    pub by: Option<u32>,
    pub pattern: Pattern,
}

/// What of the candidates is shown, the surest first.
pub(super) fn judge(people: &People, model: &Model, candidates: Vec<Candidate>) -> Vec<Judged> {
    let mut scores: HashMap<(u32, u32), f64> = HashMap::new();
    let mut judged: Vec<Judged> = Vec::new();
    for Candidate { a, b, pattern, by_chance, .. } in candidates {
        let (one, other) = (&people.records[a as usize], &people.records[b as usize]);
        let mut score = model.score(&pattern, &by_chance);
        let addressed_alike = one.addressed.is_none() || other.addressed.is_none() || one.addressed == other.addressed;
        if one.generation != other.generation || !addressed_alike {
            score = less_likely(score, A_GENERATION_APART);
        }
        if are_like_twins(&pattern) {
            score = less_likely(score, TWINS);
        }
        if score >= NOT_UNLIKELY {
            scores.insert((a, b), score);
        }
        let generations = one.generation != other.generation && (one.generation > 0) == (other.generation > 0);
        if score >= BROAD && !generations {
            let one_given = alike::one_given(people.names.text(one.given), people.names.text(other.given));
            let narrow = score >= NARROW
                && one.generation == other.generation
                && addressed_alike
                && one_given
                && is_plain(&pattern);
            judged.push(Judged { a, b, score, narrow, by: None, pattern });
        }
    }
    let mut comparer = Comparer::new(people);
    unmake_narrow_chains(&mut judged, &mut comparer);
    let thirds = by_thirds(&judged);
    for ((a, b), (by, sure)) in thirds {
        if scores.get(&(a, b)).is_some_and(|score| *score >= BROAD) {
            continue;
        }
        let pattern = comparer.compare((a, b)).pattern;
        let by_itself = scores.get(&(a, b)).copied().unwrap_or_default();
        if by_itself >= NOT_UNLIKELY || !is_contradicted(&pattern) {
            judged.push(Judged { a, b, score: sure.max(by_itself), narrow: false, by: Some(by), pattern });
        }
    }
    judged.sort_by(|one, other| other.score.total_cmp(&one.score).then((one.a, one.b).cmp(&(other.a, other.b))));
    judged
}

fn less_likely(score: f64, times: f64) -> f64 {
    score / (score + (1.0 - score) * times)
}

/// Chris may be Christine or Christopher, and by merging her with both the two would be one: none of the three goes without
/// a look.
fn unmake_narrow_chains(judged: &mut [Judged], comparer: &mut Comparer<'_>) {
    let mut narrow: HashMap<u32, Vec<u32>> = HashMap::new();
    for pair in judged.iter().filter(|pair| pair.narrow) {
        narrow.entry(pair.a).or_default().push(pair.b);
        narrow.entry(pair.b).or_default().push(pair.a);
    }
    let mut torn: HashSet<u32> = HashSet::new();
    for (middle, ends) in narrow.iter().filter(|(_, ends)| ends.len() <= LINKS) {
        let pairs =
            ends.iter().enumerate().flat_map(|(at, one)| ends[at + 1..].iter().map(move |other| (*one, *other)));
        for pair in pairs {
            if is_contradicted(&comparer.compare(pair).pattern) {
                torn.extend([*middle, pair.0, pair.1]);
            }
        }
    }
    torn.extend(narrow.iter().filter(|(_, ends)| ends.len() > LINKS).map(|(middle, _)| *middle));
    for pair in judged.iter_mut() {
        pair.narrow &= !torn.contains(&pair.a) && !torn.contains(&pair.b);
    }
}

/// Pairs of those who are both surely one and the same third.
fn by_thirds(judged: &[Judged]) -> HashMap<(u32, u32), (u32, f64)> {
    let mut sure: HashMap<u32, Vec<(u32, f64)>> = HashMap::new();
    for pair in judged.iter().filter(|pair| pair.score >= SURELY) {
        sure.entry(pair.a).or_default().push((pair.b, pair.score));
        sure.entry(pair.b).or_default().push((pair.a, pair.score));
    }
    let mut found: HashMap<(u32, u32), (u32, f64)> = HashMap::new();
    for (third, others) in sure {
        // A record that dozens are surely the same as is a list's filler, and vouches for nobody.
        if others.len() > LINKS {
            continue;
        }
        for (at, (one, first)) in others.iter().enumerate() {
            for (other, second) in &others[at + 1..] {
                let score = first * second;
                let known = found.entry((*one.min(other), *one.max(other))).or_insert((third, score));
                if (score, third) > (known.1, known.0) {
                    *known = (third, score);
                }
            }
        }
    }
    found
}

/// Born on one day, of one family, rung at one number, and called otherwise. Where no number or mailbox says that they live
/// together, the name may as well be a mistake.
fn are_like_twins(pattern: &Pattern) -> bool {
    use Likeness::{Different, Near, Part, Same, Sound};
    let is = |field: Field| pattern[field as usize];
    is(Field::Birth) == Same
        && matches!(is(Field::Family), Same | Near)
        && matches!(is(Field::Given), Different | Sound)
        && (matches!(is(Field::Phone), Same | Part) || is(Field::Email) == Same)
}

/// Something that two records of one person hardly differ in.
fn is_contradicted(pattern: &Pattern) -> bool {
    use Likeness::{Different, NearNames, Part, Sound};
    let is = |field: Field| pattern[field as usize];
    matches!(is(Field::Given), Different | NearNames | Sound) || matches!(is(Field::Birth), Different | Part)
}

/// Nothing in it that a person should look at first.
fn is_plain(pattern: &Pattern) -> bool {
    use Likeness::{Near, Same, Unknown};
    let is = |field: Field| pattern[field as usize];
    let names = [is(Field::Given), is(Field::Family)];
    // Twins are called Jan and Jane, and colleagues Murray and Murphy: each has a number or a mailbox of their own.
    let each_its_own = is(Field::Phone) == Likeness::Part || !matches!(is(Field::Email), Same | Near | Unknown);
    matches!(is(Field::Family), Same | Near)
        && (names == [Same, Same] || !each_its_own)
        && is(Field::Order) == Same
        && matches!(is(Field::Birth), Same | Near | Unknown)
        && (is(Field::Phone) == Same
            || is(Field::Email) == Same
            || is(Field::Birth) == Same
            || (matches!(is(Field::Street), Same | Near) && is(Field::Number) == Same))
}
