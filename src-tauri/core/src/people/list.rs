//! The list of people: searched, filtered, by the page.

use super::names::fold;
use super::{PeoplePage, PeopleQuery, PeopleSort, PersonRow, Standing, phone, reaches};
use crate::error::{Error, Result};
use crate::ids::{PersonId, VolunteerId};
use crate::store::Db;
use crate::store::search::{self, Among};
use crate::team::standards;
use crate::team::volunteers::Keeper;
use crate::time::Millis;
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    name: String,
    sort_key: String,
    standing: Standing,
    place: String,
    keeper_id: Option<VolunteerId>,
    keeper_name: Option<String>,
    do_not_call: bool,
    organisation: Option<String>,
    last_touch_ms: Option<Millis>,
    waiting_since_ms: Option<Millis>,
    phone: Option<String>,
    email: Option<String>,
    created_ms: Millis,
}

/// Most rows a page may hold.
pub const PAGE_MAX: u32 = 500;
/// As many hits as a search ranks; more than anyone scrolls through.
const FOUND_MAX: u32 = 500;

macro_rules! row_of_person {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.name, p.sort_key, p.standing, p.place, p.keeper_id, v.name AS keeper_name, p.do_not_call, \
            p.created_ms, \
            (SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
               WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS organisation, \
            (SELECT MAX(t.at_ms) FROM touch t WHERE t.person_id = p.id) AS last_touch_ms, \
            (SELECT MIN(i.clock_ms) FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open') AS waiting_since_ms, \
            (SELECT r.value FROM reach r WHERE r.person_id = p.id AND r.kind = 'phone' AND r.state = 'good' \
               ORDER BY r.position LIMIT 1) AS phone, \
            (SELECT r.value FROM reach r WHERE r.person_id = p.id AND r.kind = 'email' AND r.state = 'good' \
               ORDER BY r.position LIMIT 1) AS email \
            FROM person p LEFT JOIN volunteer v ON v.id = p.keeper_id ",
            $rest
        )
    };
}

// Standings come as one text, ",member,lapsed,", so that the statement stays one whatever is chosen.
statements! {
    BY_NAME = row_of_person!("WHERE p.removed_ms IS NULL \
        AND (p.sort_key > $1 OR (p.sort_key = $1 AND p.id > $2)) \
        AND (CAST($3 AS TEXT) = '' OR $3 LIKE '%,' || p.standing || ',%') \
        AND (CAST($4 AS INTEGER) = 0 OR p.keeper_id = $5) \
        AND (CAST($6 AS INTEGER) = 0 OR EXISTS (SELECT 1 FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open')) \
        ORDER BY p.sort_key, p.id LIMIT $7");
    NEWEST = row_of_person!("WHERE p.removed_ms IS NULL AND p.id < $1 \
        AND (CAST($2 AS TEXT) = '' OR $2 LIKE '%,' || p.standing || ',%') \
        AND (CAST($3 AS INTEGER) = 0 OR p.keeper_id = $4) \
        AND (CAST($5 AS INTEGER) = 0 OR EXISTS (SELECT 1 FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open')) \
        ORDER BY p.id DESC LIMIT $6");
    LONGEST_WAITING = row_of_person!("JOIN inquiry w ON w.person_id = p.id AND w.state = 'open' \
        WHERE p.removed_ms IS NULL AND (w.clock_ms > $1 OR (w.clock_ms = $1 AND p.id > $2)) \
        AND (CAST($3 AS TEXT) = '' OR $3 LIKE '%,' || p.standing || ',%') \
        AND (CAST($4 AS INTEGER) = 0 OR p.keeper_id = $5) \
        ORDER BY w.clock_ms, p.id LIMIT $6");
    ONE = row_of_person!("WHERE p.removed_ms IS NULL AND p.id = $1");
    COUNT = "SELECT COUNT(*) FROM person p WHERE p.removed_ms IS NULL \
        AND (CAST($1 AS TEXT) = '' OR $1 LIKE '%,' || p.standing || ',%') \
        AND (CAST($2 AS INTEGER) = 0 OR p.keeper_id = $3) \
        AND (CAST($4 AS INTEGER) = 0 OR EXISTS (SELECT 1 FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open'))";
}

/// One page. `after` is the `next` of the page before, of the same query.
pub async fn page(db: &mut Db, query: &PeopleQuery, after: Option<&str>, limit: u32) -> Result<PeoplePage> {
    let limit = limit.clamp(1, PAGE_MAX);
    if !query.words.trim().is_empty() {
        return found(db, query).await;
    }
    let standings = standings(query);
    let keeper = (query.keeper.is_some(), query.keeper);
    // One more than asked for tells whether there is a next page.
    let take = limit + 1;
    let (key, id) = cursor(after)?;
    let mut rows: Vec<Row> = match query.sort.unwrap_or(PeopleSort::Name) {
        PeopleSort::Name => {
            let id = id.unwrap_or(PersonId(uuid::Uuid::nil()));
            db.all(&BY_NAME, args![key, id, &standings, keeper.0, keeper.1, query.waiting, take]).await?
        }
        PeopleSort::Newest => {
            let id = id.unwrap_or(PersonId(uuid::Uuid::max()));
            db.all(&NEWEST, args![id, &standings, keeper.0, keeper.1, query.waiting, take]).await?
        }
        PeopleSort::LongestWaiting => {
            let since: i64 = if key.is_empty() { i64::MIN } else { key.parse().map_err(|_| lost())? };
            let id = id.unwrap_or(PersonId(uuid::Uuid::nil()));
            db.all(&LONGEST_WAITING, args![since, id, &standings, keeper.0, keeper.1, take]).await?
        }
    };
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = if more { rows.last().map(|row| next_of(row, query.sort)) } else { None };
    let total = if after.is_none() {
        let waiting = query.waiting || query.sort == Some(PeopleSort::LongestWaiting);
        let count: i64 = db.scalar(&COUNT, args![&standings, keeper.0, keeper.1, waiting]).await?;
        Some(u32::try_from(count).unwrap_or(u32::MAX))
    } else {
        None
    };
    Ok(PeoplePage { rows: rows.into_iter().map(view).collect(), next, total })
}

/// Everyone in the book.
pub async fn count(db: &mut Db) -> Result<u32> {
    let count: i64 = db.scalar(&COUNT, args!["", false, None::<VolunteerId>, false]).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whoever matches the words or the digits: those who wait first, then as ranked.
async fn found(db: &mut Db, query: &PeopleQuery) -> Result<PeoplePage> {
    let ids = find(db, &query.words, FOUND_MAX).await?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        let row: Option<Row> = db.maybe(&ONE, args![id]).await?;
        let Some(row) = row else { continue };
        let fits = (query.standings.is_empty() || query.standings.contains(&row.standing))
            && (query.keeper.is_none() || query.keeper == row.keeper_id)
            && (!query.waiting || row.waiting_since_ms.is_some());
        if fits {
            rows.push(row);
        }
    }
    rows.sort_by_key(|row| row.waiting_since_ms.map_or(i64::MAX, |since| since.0));
    let total = u32::try_from(rows.len()).ok();
    Ok(PeoplePage { rows: rows.into_iter().map(view).collect(), next: None, total })
}

/// Ids for what a person typed: digits of a number in any formatting, else words.
pub async fn find(db: &mut Db, typed: &str, limit: u32) -> Result<Vec<PersonId>> {
    find_among(db, typed, Among::Everyone, limit).await
}

/// As [`find`], of those who wait for us or are owed something: whoever has waited longest first.
pub async fn find_waiting(db: &mut Db, typed: &str, limit: u32) -> Result<Vec<PersonId>> {
    find_among(db, typed, Among::Waiting, limit).await
}

async fn find_among(db: &mut Db, typed: &str, among: Among, limit: u32) -> Result<Vec<PersonId>> {
    let mut ids: Vec<PersonId> = Vec::new();
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        let country = standards::association(db).await?.country;
        for digits in phone::search_digits(typed, &country) {
            for id in search::find_digits(db, &digits, among, limit).await? {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
    if ids.is_empty() {
        // An e-mail address folds into words as the index holds them.
        let words: Vec<String> = fold(typed).split_whitespace().map(str::to_owned).collect();
        ids = search::find_words(db, &words, among, limit).await?;
    }
    ids.truncate(limit as usize);
    Ok(ids)
}

fn standings(query: &PeopleQuery) -> String {
    if query.standings.is_empty() {
        return String::new();
    }
    let words: Vec<&str> = query.standings.iter().map(|standing| standing.as_str()).collect();
    format!(",{},", words.join(","))
}

fn next_of(row: &Row, sort: Option<PeopleSort>) -> String {
    let key = match sort.unwrap_or(PeopleSort::Name) {
        PeopleSort::Name => row.sort_key.clone(),
        PeopleSort::Newest => row.created_ms.0.to_string(),
        PeopleSort::LongestWaiting => row.waiting_since_ms.unwrap_or_default().0.to_string(),
    };
    format!("{} {key}", row.id)
}

fn cursor(after: Option<&str>) -> Result<(String, Option<PersonId>)> {
    let Some(after) = after else { return Ok((String::new(), None)) };
    let (id, key) = after.split_once(' ').ok_or_else(lost)?;
    Ok((key.to_owned(), Some(id.parse().map_err(|_| lost())?)))
}

fn lost() -> Error {
    Error::invalid("The list has lost its place. Start again from the top.")
}

fn view(row: Row) -> PersonRow {
    PersonRow {
        id: row.id,
        name: row.name,
        organisation: row.organisation,
        standing: row.standing,
        place: row.place,
        keeper: Keeper::of(row.keeper_id, row.keeper_name),
        last_touch_ms: row.last_touch_ms,
        waiting_since_ms: row.waiting_since_ms,
        do_not_call: row.do_not_call,
        phone_ending: row.phone.map(|number| reaches::ending(&number)),
        email: row.email,
    }
}
