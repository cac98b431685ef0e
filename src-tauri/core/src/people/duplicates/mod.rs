//! Who may be in the book twice: found without being told what a duplicate looks like, and said why.
//!
//! Candidates meet by keys (`blocking`), are compared particular by particular (`compare`), and weighed by what the book
//! itself says of such likenesses (`model`). A household is not a duplicate, nor is a firm: they have classes of their
//! own to be explained by. What is sure enough to be asked, and what to be done many at a time, `judge` says.

mod alike;
mod blocking;
mod compare;
mod fillers;
mod judge;
mod load;
mod model;
mod namesakes;
mod not_same;
mod reasons;
mod record;
mod suspects;
mod typed;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::store::Db;
use crate::words;

pub use not_same::{forget_not_same, not_same};
pub(super) use suspects::narrow;
pub use suspects::{LookedFor, PairOfPeople, PairPage, look, page};
pub use typed::{MayBe, like};

use model::{Candidate, Model};
use namesakes::Namesakes;
use record::People;

words! {
    /// How sure it is that two are one.
    pub enum Level {
        /// Sure enough to be asked.
        Broad = "broad",
        /// Sure enough to be merged with others, without a look at each.
        Narrow = "narrow",
    }
}

/// What the book says of someone, as far as it tells one person from another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Particulars {
    pub given: String,
    pub family: String,
    /// As one says it, with what stands before and after.
    pub name: String,
    /// `YYYY-MM-DD`, or empty.
    pub birth_day: String,
    pub place: String,
    /// As the book keeps them; `+61731234567x12` with an extension.
    pub phones: Vec<String>,
    pub emails: Vec<String>,
    pub addresses: Vec<Whereabouts>,
    pub organisations: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whereabouts {
    pub street: String,
    pub city: String,
    pub region: String,
    pub postcode: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Reason {
    pub words: String,
    /// Else it speaks against it.
    pub speaks_for: bool,
}

/// Two of `all`, by their places in it.
#[derive(Clone, Debug)]
pub struct Alike {
    pub one: usize,
    pub other: usize,
    /// How likely they are one: 0…1.
    pub score: f64,
    pub level: Level,
    pub reasons: Vec<Reason>,
}

/// Two people of the book who may be one, the surest first.
#[derive(Clone, Debug)]
pub struct Duplicate {
    pub one: Known,
    pub other: Known,
    pub score: f64,
    pub level: Level,
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: PersonId,
    pub external_id: Option<String>,
    pub name: String,
}

/// Pairs of any two people, from which is learned how strangers look beside each other.
const DRAWN: usize = 100_000;

/// Everyone of the book who may be there twice, but for those of whom it was said that they are two.
pub async fn find(db: &mut Db) -> Result<Vec<Duplicate>> {
    let (known, all) = load::everyone(db).await?;
    let two = not_same::all(db).await?;
    let all = blocking_work(move || {
        let alike = among(&all);
        Ok(alike)
    })
    .await?;
    let apart = |a: PersonId, b: PersonId| two.contains(&(a.min(b), a.max(b)));
    Ok(all
        .into_iter()
        .map(|pair| Duplicate {
            one: known[pair.one].clone(),
            other: known[pair.other].clone(),
            score: pair.score,
            level: pair.level,
            reasons: pair.reasons,
        })
        .filter(|pair| !apart(pair.one.id, pair.other.id))
        .collect())
}

/// What two people have in common, and what not, whatever is thought of it.
pub(super) async fn reasons_of(db: &mut Db, one: PersonId, other: PersonId) -> Result<Vec<Reason>> {
    let (_, both) = load::these(db, &[one, other]).await?;
    let [one, other] = both.as_slice() else { return Ok(Vec::new()) };
    let mut people = People::default();
    people.add(one);
    people.add(other);
    let compared = compare::Comparer::new(&people).compare((0, 1));
    Ok(reasons::reasons(&compared.pattern, one, other, None))
}

/// Who of `all` may be one, the surest first. Nothing but what stands in `all` is used, and no chance.
pub fn among(all: &[Particulars]) -> Vec<Alike> {
    let mut people = People::default();
    for one in all {
        people.add(one);
    }
    let pairs = blocking::candidates(&people);
    let count = people.records.len();
    let usual = Model::usual(count);
    let drawn = compare::of_pairs(&people, &draw(count), |comparer, pair| Some(comparer.compare(pair).pattern));
    let strangers = Model::learn(count, &drawn, &[], &usual);
    let namesakes = Namesakes::of(&people);
    let candidates = compare::of_pairs(&people, &pairs, |comparer, (a, b)| {
        let compared = comparer.compare_closely((a, b))?;
        let expected = namesakes.expected(&people, (a, b), &compared) as f32;
        let by_chance = strangers.by_chance(&compared);
        let teaches = !compared.held_by_many;
        Some((Candidate { a, b, pattern: compared.pattern, by_chance, teaches }, expected))
    });
    let candidates = namesakes::let_go(&people, candidates);
    let model = Model::learn(count, &drawn, &candidates, &usual);
    let named = |at: u32| all.get(at as usize).map(|one| one.name.as_str());
    judge::judge(&people, &model, candidates)
        .into_iter()
        .map(|judged| {
            let (one, other) = (judged.a as usize, judged.b as usize);
            Alike {
                one,
                other,
                score: judged.score,
                level: if judged.narrow { Level::Narrow } else { Level::Broad },
                reasons: reasons::reasons(&judged.pattern, &all[one], &all[other], judged.by.and_then(named)),
            }
        })
        .collect()
}

/// Any two people, the same ones each time.
fn draw(people: usize) -> Vec<(u32, u32)> {
    // Knuth's MMIX constants; the high bits are the good ones.
    let mut state = 0x5eed_u64;
    let mut any = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((state >> 33) as usize % people.max(1)).unwrap_or_default()
    };
    let count = DRAWN.min(people * people.saturating_sub(1) / 2);
    (0..count).map(|_| (any(), any())).filter(|(a, b)| a != b).collect()
}

/// Comparing would hold up everything else that runs on this thread.
async fn blocking_work<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::internal(error.to_string()))?
}
