//! The list of people: searched, filtered, by the page.

use std::collections::{HashMap, HashSet};

use super::fields::FieldFilter;
use super::names::fold;
use super::{
    PeopleChoice, PeopleChoices, PeoplePage, PeopleQuery, PeopleSort, PersonRow, SaidTo, Standing, phone, reaches,
};
use crate::error::{Error, Result};
use crate::ids::{PersonId, VolunteerId};
use crate::store::search::{self, Among};
use crate::store::{Db, Sql, Value};
use crate::team::standards;
use crate::team::volunteers::Keeper;
use crate::time::{DAY_MS, Millis};
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
    ($($rest:expr),+) => {
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
            $($rest),+
        )
    };
}

/// Standings come as one text, ",member,lapsed,", so that the statement stays one whatever is chosen.
macro_rules! fits {
    () => {
        "p.removed_ms IS NULL \
        AND (CAST($1 AS TEXT) = '' OR $1 LIKE '%,' || p.standing || ',%') \
        AND (CAST($2 AS INTEGER) = 0 OR p.keeper_id = $3) \
        AND (CAST($4 AS INTEGER) = 0 OR EXISTS (SELECT 1 FROM inquiry i WHERE i.person_id = p.id AND i.state = 'open')) \
        AND (CAST($5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM tag g WHERE g.person_id = p.id AND g.name = $5)) \
        AND (CAST($6 AS TEXT) = '' OR p.source = $6) \
        AND (CAST($7 AS TEXT) = '' OR p.place = $7) \
        AND (CAST($8 AS TEXT) = '' OR ($8 = 'no_phone' AND p.do_not_call) OR EXISTS (SELECT 1 FROM consent c \
          WHERE c.person_id = p.id AND (CASE WHEN c.allowed THEN 'may_' ELSE 'no_' END) || c.channel = $8)) \
        AND (CAST($9 AS BIGINT) = 0 OR NOT EXISTS (SELECT 1 FROM touch t WHERE t.person_id = p.id AND t.at_ms >= $9)) \
        AND (CAST($10 AS TEXT) = '' OR ($10 = 'has_none') <> EXISTS (SELECT 1 FROM field_value f \
          WHERE f.person_id = p.id AND f.field_id = $11 AND (CASE $10 \
            WHEN 'contains' THEN f.sort_key LIKE $12 ESCAPE '!' \
            WHEN 'among' THEN $12 LIKE '%,' || f.sort_key || ',%' \
            WHEN 'between' THEN f.sort_key >= $12 AND f.sort_key <= $13 ELSE TRUE END))) "
    };
}

statements! {
    BY_NAME = row_of_person!("WHERE ", fits!(), "AND (p.sort_key > $14 OR (p.sort_key = $14 AND p.id > $15)) \
        ORDER BY p.sort_key, p.id LIMIT $16");
    NEWEST = row_of_person!("WHERE ", fits!(), "AND p.id < $14 ORDER BY p.id DESC LIMIT $15");
    LONGEST_WAITING = row_of_person!("JOIN inquiry w ON w.person_id = p.id AND w.state = 'open' \
        WHERE ", fits!(), "AND (w.clock_ms > $14 OR (w.clock_ms = $14 AND p.id > $15)) \
        ORDER BY w.clock_ms, p.id LIMIT $16");
    AMONG = row_of_person!("WHERE p.id IN ($1)");
    COUNT = concat!("SELECT COUNT(*) FROM person p WHERE ", fits!());
    THOSE_WHO_FIT = concat!("SELECT p.id FROM person p WHERE ", fits!());
    COUNT_ONE = concat!("SELECT COUNT(*) FROM person p WHERE ", fits!(), "AND p.id = $14");
    WAITING = "SELECT i.person_id, i.clock_ms FROM inquiry i WHERE i.person_id IN ($1) AND i.state = 'open'";
    TAGS = "SELECT g.name AS value, COUNT(*) AS people FROM tag g JOIN person p ON p.id = g.person_id \
        WHERE p.removed_ms IS NULL GROUP BY g.name ORDER BY COUNT(*) DESC, g.name LIMIT 200";
    SOURCES = "SELECT p.source AS value, COUNT(*) AS people FROM person p WHERE p.removed_ms IS NULL AND p.source <> '' \
        GROUP BY p.source ORDER BY COUNT(*) DESC, p.source LIMIT 200";
    PLACES = "SELECT p.place AS value, COUNT(*) AS people FROM person p WHERE p.removed_ms IS NULL AND p.place <> '' \
        GROUP BY p.place ORDER BY COUNT(*) DESC, p.place LIMIT 200";
}

/// The values of [`fits`], as of `now`.
fn fitting(query: &PeopleQuery, now: Millis) -> Vec<Value> {
    let standings: Vec<&str> = query.standings.iter().map(|standing| standing.as_str()).collect();
    let standings = if standings.is_empty() { String::new() } else { format!(",{},", standings.join(",")) };
    let quiet_since = match query.quiet_days {
        0 => Millis(0),
        days => now.plus_ms(-i64::from(days) * DAY_MS),
    };
    let mut args = args![
        standings,
        query.keeper.is_some(),
        query.keeper,
        query.waiting,
        query.tag.as_str(),
        query.source.as_str(),
        query.place.as_str(),
        query.said.map_or("", SaidTo::as_str),
        quiet_since
    ];
    args.extend(FieldFilter::values(query.field.as_ref()));
    args
}

/// One page, as of `now`. `after` is the `next` of the page before, of the same query.
pub async fn page(
    db: &mut Db,
    now: Millis,
    query: &PeopleQuery,
    after: Option<&str>,
    limit: u32,
) -> Result<PeoplePage> {
    let limit = limit.clamp(1, PAGE_MAX);
    if !query.words.trim().is_empty() {
        return found_page(db, now, query, after, limit).await;
    }
    let mut args = fitting(query, now);
    // One more than asked for tells whether there is a next page.
    let take = limit + 1;
    let (key, id) = cursor(after)?;
    let mut rows: Vec<Row> = match query.sort.unwrap_or(PeopleSort::Name) {
        PeopleSort::Name => {
            args.extend(args![key, id.unwrap_or(PersonId(uuid::Uuid::nil())), take]);
            db.all(&BY_NAME, args).await?
        }
        PeopleSort::Newest => {
            args.extend(args![id.unwrap_or(PersonId(uuid::Uuid::max())), take]);
            db.all(&NEWEST, args).await?
        }
        PeopleSort::LongestWaiting => {
            let since: i64 = if key.is_empty() { i64::MIN } else { key.parse().map_err(|_| lost())? };
            args.extend(args![since, id.unwrap_or(PersonId(uuid::Uuid::nil())), take]);
            db.all(&LONGEST_WAITING, args).await?
        }
    };
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = if more { rows.last().map(|row| next_of(row, query.sort)) } else { None };
    Ok(PeoplePage { rows: rows.into_iter().map(view).collect(), next })
}

/// How many fit. Among a million that takes longer than a page of them, so that nobody waits for it.
pub async fn count_of(db: &mut Db, now: Millis, query: &PeopleQuery) -> Result<u32> {
    if !query.words.trim().is_empty() {
        return Ok(u32::try_from(everyone_found(db, now, query).await?.len()).unwrap_or(u32::MAX));
    }
    let waiting = query.waiting || query.sort == Some(PeopleSort::LongestWaiting);
    let query = PeopleQuery { waiting, ..query.clone() };
    let count: i64 = db.scalar(&COUNT, fitting(&query, now)).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Everyone in the book.
pub async fn count(db: &mut Db) -> Result<u32> {
    count_of(db, Millis(0), &PeopleQuery::default()).await
}

/// What can be chosen to restrict the list, those that most people have first.
pub async fn choices(db: &mut Db) -> Result<PeopleChoices> {
    Ok(PeopleChoices {
        tags: choices_of(db, &TAGS).await?,
        sources: choices_of(db, &SOURCES).await?,
        places: choices_of(db, &PLACES).await?,
    })
}

async fn choices_of(db: &mut Db, sql: &'static Sql) -> Result<Vec<PeopleChoice>> {
    let rows: Vec<(String, i64)> = db.all(sql, args![]).await?;
    let choice = |(value, people)| PeopleChoice { value, people: u32::try_from(people).unwrap_or(u32::MAX) };
    Ok(rows.into_iter().map(choice).collect())
}

/// Everyone whom the words find and the filters let in, as ranked; a list shows the first [`FOUND_MAX`].
pub async fn everyone_found(db: &mut Db, now: Millis, query: &PeopleQuery) -> Result<Vec<PersonId>> {
    let mut ids = find(db, &query.words, u32::MAX).await?;
    if (PeopleQuery { words: String::new(), ..query.clone() }).restricts() {
        let fit: Vec<(PersonId,)> = db.all(&THOSE_WHO_FIT, fitting(query, now)).await?;
        let fit: HashSet<PersonId> = fit.into_iter().map(|(id,)| id).collect();
        ids.retain(|id| fit.contains(id));
    }
    Ok(ids)
}

/// Whether the filters let someone in whom the words found.
async fn fits(db: &mut Db, now: Millis, query: &PeopleQuery, id: PersonId) -> Result<bool> {
    if !(PeopleQuery { words: String::new(), ..query.clone() }).restricts() {
        return Ok(true);
    }
    let mut args = fitting(query, now);
    args.push(id.into());
    let count: i64 = db.scalar(&COUNT_ONE, args).await?;
    Ok(count > 0)
}

/// Whoever matches the words or the digits, and fits: those who wait first, then as ranked.
async fn found(db: &mut Db, now: Millis, query: &PeopleQuery) -> Result<Vec<PersonId>> {
    let mut ids = Vec::new();
    for id in find(db, &query.words, FOUND_MAX).await? {
        if fits(db, now, query, id).await? {
            ids.push(id);
        }
    }
    let waiting: Vec<(PersonId, Millis)> = db.among(&WAITING, ids.iter().copied().map(Value::from).collect()).await?;
    let mut since: HashMap<PersonId, Millis> = HashMap::new();
    for (id, at) in waiting {
        since.entry(id).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }
    ids.sort_by_key(|id| since.get(id).map_or(i64::MAX, |since| since.0));
    Ok(ids)
}

async fn found_page(
    db: &mut Db,
    now: Millis,
    query: &PeopleQuery,
    after: Option<&str>,
    limit: u32,
) -> Result<PeoplePage> {
    let ids = found(db, now, query).await?;
    let from = after.map_or(Ok(0), str::parse::<usize>).map_err(|_| lost())?.min(ids.len());
    let to = (from + limit as usize).min(ids.len());
    let keys = ids[from..to].iter().copied().map(Value::from).collect();
    let rows: Vec<Row> = db.among(&AMONG, keys).await?;
    let mut rows: HashMap<PersonId, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
    let rows = ids[from..to].iter().filter_map(|id| rows.remove(id)).map(view).collect();
    Ok(PeoplePage { rows, next: (to < ids.len()).then(|| to.to_string()) })
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
    let (mut ids, mut seen): (Vec<PersonId>, HashSet<PersonId>) = Default::default();
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        let country = standards::association(db).await?.country;
        for digits in phone::search_digits(typed, &country) {
            let found = search::find_digits(db, &digits, among, limit).await?;
            ids.extend(found.into_iter().filter(|id| seen.insert(*id)));
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
