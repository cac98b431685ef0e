//! Whom a few typed letters or digits mean: those who matter now first.

use std::collections::HashSet;

use super::list::{fits, fitting};
use super::names::fold;
use super::{PeopleQuery, phone};
use crate::error::Result;
use crate::ids::PersonId;
use crate::statements;
use crate::store::search::{self, Asked};
use crate::store::{Db, Value};
use crate::team::standards;
use crate::time::Millis;

/// As many hits as a search ranks; the others follow as they come.
const RANKED: u32 = 500;
/// From so many on it is quicker to ask who fits at all than whether each of them does.
const ASKED_ONE_BY_ONE: usize = 2_000;

statements! {
    FIT_AMONG = concat!("SELECT p.id FROM person p WHERE p.removed_ms IS NULL AND ", fits!(), "AND p.id IN ($14)");
    THOSE_WHO_FIT = concat!("SELECT p.id FROM person p WHERE p.removed_ms IS NULL AND ", fits!());
}

pub(super) struct Found {
    pub ids: Vec<PersonId>,
    /// There may be others.
    pub more: bool,
    /// Only those whom a slip of the finger would mean.
    pub near: bool,
}

/// The first of [`everyone`], as many as `limit`.
pub(super) async fn first(db: &mut Db, now: Millis, query: &PeopleQuery, limit: u32) -> Result<Found> {
    let Gathered { mut ids, near } = gather(db, &query.words, Which::Best(RANKED)).await?;
    let more = ids.len() >= RANKED as usize;
    keep_fitting(db, now, query, &mut ids).await?;
    let more = more || ids.len() > limit as usize;
    ids.truncate(limit as usize);
    Ok(Found { near: near && !ids.is_empty(), ids, more })
}

/// Everyone whom the words find and the filters let in: those who wait first, then as ranked.
pub(super) async fn everyone(db: &mut Db, now: Millis, query: &PeopleQuery) -> Result<Vec<PersonId>> {
    let mut ids = find(db, &query.words, RANKED).await?;
    if ids.len() >= RANKED as usize {
        let seen: HashSet<PersonId> = ids.iter().copied().collect();
        let all = gather(db, &query.words, Which::All).await?.ids;
        ids.extend(all.into_iter().filter(|id| !seen.contains(id)));
    }
    keep_fitting(db, now, query, &mut ids).await?;
    Ok(ids)
}

async fn keep_fitting(db: &mut Db, now: Millis, query: &PeopleQuery, ids: &mut Vec<PersonId>) -> Result<()> {
    if !(PeopleQuery { words: String::new(), ..query.clone() }).restricts() {
        return Ok(());
    }
    let fit: Vec<(PersonId,)> = if ids.len() > ASKED_ONE_BY_ONE {
        db.all(&THOSE_WHO_FIT, fitting(query, now)).await?
    } else {
        db.among_these(&FIT_AMONG, fitting(query, now), ids.iter().copied().map(Value::from).collect()).await?
    };
    let fit: HashSet<PersonId> = fit.into_iter().map(|(id,)| id).collect();
    ids.retain(|id| fit.contains(id));
    Ok(())
}

/// Ids for what a person typed: digits of a number in any formatting, else words; where those mean nobody, words that are one
/// slip of the finger away. Who waits comes first, then who was lately in touch.
pub async fn find(db: &mut Db, typed: &str, limit: u32) -> Result<Vec<PersonId>> {
    Ok(gather(db, typed, Which::Best(limit)).await?.ids)
}

/// As [`find`], of those who wait for us or are owed something: whoever has waited longest first.
pub async fn find_waiting(db: &mut Db, typed: &str, limit: u32) -> Result<Vec<PersonId>> {
    Ok(gather(db, typed, Which::Waiting(limit)).await?.ids)
}

#[derive(Clone, Copy)]
enum Which {
    Best(u32),
    Waiting(u32),
    All,
}

impl Which {
    async fn of(self, db: &mut Db, asked: &Asked) -> Result<Vec<PersonId>> {
        match self {
            Self::Best(limit) => search::best(db, asked, limit).await,
            Self::Waiting(limit) => search::waiting(db, asked, limit).await,
            Self::All => search::all(db, asked).await,
        }
    }
}

struct Gathered {
    ids: Vec<PersonId>,
    near: bool,
}

async fn gather(db: &mut Db, typed: &str, which: Which) -> Result<Gathered> {
    let mut near = false;
    let (mut ids, mut seen): (Vec<PersonId>, HashSet<PersonId>) = Default::default();
    if !typed.chars().any(char::is_alphabetic) {
        let country = standards::association(db).await?.country;
        for digits in phone::search_digits(typed, &country) {
            let Some(asked) = Asked::digits(&digits) else { continue };
            ids.extend(which.of(db, &asked).await?.into_iter().filter(|id| seen.insert(*id)));
        }
    }
    if let Some(address) = typed_address(typed) {
        ids = which.of(db, &Asked::address(address)).await?;
    }
    if ids.is_empty() {
        // An e-mail address folds into words as the index holds them.
        let folded: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
        let mut is_nobody = true;
        if let Some(asked) = Asked::words(db, typed, folded.clone()).await? {
            ids = which.of(db, &asked).await?;
            // That none of them waits does not make them nobody.
            is_nobody = ids.is_empty() && !search::anyone(db, &asked).await?;
        }
        if is_nobody && let Some(asked) = Asked::near(db, folded).await? {
            ids = which.of(db, &asked).await?;
            near = !ids.is_empty();
        }
    }
    if let Which::Best(limit) | Which::Waiting(limit) = which {
        ids.truncate(limit as usize);
    }
    Ok(Gathered { ids, near })
}

/// An address says who is meant whatever stands beside it: "Ana Silva <ana@silva.example>".
fn typed_address(typed: &str) -> Option<&str> {
    let mut words = typed.split([' ', '\t', '<', '>', '(', ')', '"', ',', ';']);
    words.find(|word| word.find('@').is_some_and(|at| at > 0))
}
