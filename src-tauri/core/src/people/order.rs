//! Who is in a list, one after the other: what a window scrolls through and jumps in, and what an export takes.

use std::collections::{HashMap, HashSet};

use super::list::{fits, fitting};
use super::names::fold;
use super::{PeopleQuery, PeopleSort, Standing, finding};
use crate::error::Result;
use crate::ids::PersonId;
use crate::statements;
use crate::store::{Db, Sql, Value};
use crate::time::Millis;

/// Everyone of a list, as it was when it was asked for.
#[derive(Clone, Debug, Default)]
pub struct PeopleOrder {
    pub ids: Vec<PersonId>,
    /// Where the names of each letter begin; empty unless the list goes by name.
    pub letters: Vec<Letter>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, specta::Type)]
pub struct Letter {
    /// As names are folded: small, without accents.
    pub letter: String,
    /// The place of the first one in the list, from 0.
    pub at: u32,
}

/// Who fits, as the book holds them, and what they are put in order by. The order is made here: walking a million names in
/// their order and looking at each one's record takes ten times as long.
macro_rules! with_key {
    ($key:expr) => {
        // The plus keeps SQLite from walking the index of names.
        concat!("SELECT p.id, p.sort_key, ", $key, " AS key FROM person p WHERE +p.removed_ms IS NULL AND ", fits!())
    };
}

statements! {
    // By the index alone.
    EVERYONE = "SELECT p.id, substr(p.sort_key, 1, 1) AS letter FROM person p WHERE p.removed_ms IS NULL \
        ORDER BY p.sort_key, p.id";
    NEWEST = concat!("SELECT p.id FROM person p WHERE p.removed_ms IS NULL AND ", fits!(), "ORDER BY p.id DESC");
    BY_NAME = with_key!("''");
    BY_STANDING = with_key!("p.standing");
    BY_PLACE = with_key!("p.place");
    BY_KEEPER = with_key!("COALESCE((SELECT v.name FROM volunteer v WHERE v.id = p.keeper_id), '')");
    BY_ORGANISATION = with_key!("COALESCE((SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1), '')");
    BY_LAST_TOUCH = with_key!("(SELECT MAX(t.at_ms) FROM touch t WHERE t.person_id = p.id)");
    BY_WAITING = with_key!("(SELECT MIN(i.clock_ms) FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open')");
}

/// Everyone who is in the list, as of `now`. Among a million that takes longer than the rows of a page.
pub async fn order(db: &mut Db, now: Millis, query: &PeopleQuery) -> Result<PeopleOrder> {
    if query.words.trim().is_empty() {
        return sorted(db, query, fitting(query, now)).await;
    }
    let found = finding::everyone(db, now, query).await?;
    if query.sort.is_none() {
        return Ok(PeopleOrder { ids: found, letters: Vec::new() });
    }
    let found: HashSet<PersonId> = found.into_iter().collect();
    let all = sorted(db, query, fitting(query, now)).await?;
    Ok(PeopleOrder { ids: all.ids.into_iter().filter(|id| found.contains(id)).collect(), letters: Vec::new() })
}

async fn sorted(db: &mut Db, query: &PeopleQuery, args: Vec<Value>) -> Result<PeopleOrder> {
    let down = query.descending;
    let ids = match query.sort.unwrap_or(PeopleSort::Name) {
        PeopleSort::Name if !query.restricts() => return everyone(db, down).await,
        PeopleSort::Name => return by_name(db, args, down).await,
        PeopleSort::Newest => {
            let mut ids = ids(db, &NEWEST, args).await?;
            if down {
                ids.reverse();
            }
            ids
        }
        PeopleSort::Standing => {
            // In the order in which people come to us and go.
            let rank = |word: &str| Standing::ALL.iter().position(|standing| standing.as_str() == word);
            let rows: Vec<(PersonId, String, String)> = db.all(&BY_STANDING, args).await?;
            by(rows.into_iter().map(|(id, name, word)| (id, name, rank(&word))).collect(), down)
        }
        PeopleSort::Place => by_words(db, &BY_PLACE, args, down).await?,
        PeopleSort::Keeper => by_words(db, &BY_KEEPER, args, down).await?,
        PeopleSort::Organisation => by_words(db, &BY_ORGANISATION, args, down).await?,
        PeopleSort::LastTouch => {
            // Whom nobody ever met comes before those whom somebody met long ago.
            let rows: Vec<(PersonId, String, Option<i64>)> = db.all(&BY_LAST_TOUCH, args).await?;
            by(rows.into_iter().map(|(id, name, at)| (id, name, Some(at.unwrap_or(i64::MIN)))).collect(), down)
        }
        PeopleSort::LongestWaiting => by::<Millis>(db.all(&BY_WAITING, args).await?, down),
    };
    Ok(PeopleOrder { ids, letters: Vec::new() })
}

/// The whole book by name.
async fn everyone(db: &mut Db, down: bool) -> Result<PeopleOrder> {
    let mut order = PeopleOrder::default();
    db.each(&EVERYONE, Vec::new(), |(id, letter): (PersonId, String)| order.push(id, letter.chars().next())).await?;
    Ok(if down { order.reversed() } else { order })
}

async fn by_name(db: &mut Db, args: Vec<Value>, down: bool) -> Result<PeopleOrder> {
    let mut rows: Vec<(PersonId, String, String)> = db.all(&BY_NAME, args).await?;
    rows.sort_unstable_by(|(id, name, _), (other_id, other, _)| name.cmp(other).then_with(|| id.cmp(other_id)));
    let mut order = PeopleOrder::default();
    for (id, name, _) in rows {
        order.push(id, name.chars().next());
    }
    Ok(if down { order.reversed() } else { order })
}

impl PeopleOrder {
    fn push(&mut self, id: PersonId, letter: Option<char>) {
        let is_new = |letter: &char| !self.letters.last().is_some_and(|last| last.letter.starts_with(*letter));
        if let Some(letter) = letter.filter(is_new) {
            let at = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
            self.letters.push(Letter { letter: letter.to_string(), at });
        }
        self.ids.push(id);
    }

    /// A letter begins where it ended.
    fn reversed(mut self) -> Self {
        let mut end = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let all = end;
        for letter in self.letters.iter_mut().rev() {
            let begins = letter.at;
            letter.at = all - end;
            end = begins;
        }
        self.ids.reverse();
        self.letters.reverse();
        self
    }
}

async fn by_words(db: &mut Db, sql: &'static Sql, args: Vec<Value>, down: bool) -> Result<Vec<PersonId>> {
    let rows: Vec<(PersonId, String, String)> = db.all(sql, args).await?;
    // Few words for many people: each is folded once.
    let distinct: HashSet<&str> = rows.iter().map(|(_, _, word)| word.as_str()).collect();
    let mut distinct: Vec<(String, &str)> = distinct.into_iter().map(|word| (fold(word), word)).collect();
    distinct.sort_unstable();
    let ranks: HashMap<String, usize> =
        distinct.into_iter().enumerate().map(|(rank, (_, word))| (word.to_owned(), rank)).collect();
    let rank = |word: &str| (!word.is_empty()).then(|| ranks[word]);
    Ok(by(rows.into_iter().map(|(id, name, word)| (id, name, rank(&word))).collect(), down))
}

/// Those of one key stay by name, and those without one come last, whichever way the list goes.
fn by<K: Ord>(mut rows: Vec<(PersonId, String, Option<K>)>, down: bool) -> Vec<PersonId> {
    rows.sort_unstable_by(|(id, name, key), (other_id, other_name, other_key)| {
        let keys = match (key, other_key) {
            (Some(key), Some(other)) if down => other.cmp(key),
            (Some(key), Some(other)) => key.cmp(other),
            (key, other) => key.is_none().cmp(&other.is_none()),
        };
        keys.then_with(|| name.cmp(other_name)).then_with(|| id.cmp(other_id))
    });
    rows.into_iter().map(|(id, ..)| id).collect()
}

async fn ids(db: &mut Db, sql: &'static Sql, args: Vec<Value>) -> Result<Vec<PersonId>> {
    let rows: Vec<(PersonId,)> = db.all(sql, args).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
