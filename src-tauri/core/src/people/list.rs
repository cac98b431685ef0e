//! The list of people: filtered, put in an order, and shown in part.
//!
//! A list is an order and the rows of some of its places: [`order`](super::order) says who is in it, one after the other, and
//! [`rows`] who those are. What a window shows first does not wait for the order of a million: [`first`].

use std::collections::HashMap;

use super::fields::FieldFilter;
use super::{
    PeopleChoice, PeopleChoices, PeoplePage, PeopleQuery, PeopleSort, PersonRow, SaidTo, Standing, finding, reaches,
};
use crate::error::Result;
use crate::ids::{PersonId, VolunteerId};
use crate::store::{Db, Sql, Value};
use crate::team::volunteers::Keeper;
use crate::time::{DAY_MS, Millis};
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    name: String,
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
}

/// Most rows that are handed out at once.
pub const ROWS_MAX: u32 = 500;

macro_rules! row_of_person {
    ($($rest:expr),+) => {
        concat!(
            "SELECT p.id, p.name, p.standing, p.place, p.keeper_id, v.name AS keeper_name, p.do_not_call, \
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
        "(CAST($1 AS TEXT) = '' OR $1 LIKE '%,' || p.standing || ',%') \
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

pub(super) use fits;

statements! {
    FIRST_BY_NAME = row_of_person!("WHERE p.removed_ms IS NULL AND ", fits!(), "ORDER BY p.sort_key, p.id LIMIT $14");
    FIRST_NEWEST = row_of_person!("WHERE p.removed_ms IS NULL AND ", fits!(), "ORDER BY p.id DESC LIMIT $14");
    AMONG = row_of_person!("WHERE p.id IN ($1) AND p.removed_ms IS NULL");
    EVERYONE = "SELECT COUNT(*) FROM person p WHERE p.removed_ms IS NULL";
    TAGS = "SELECT g.name AS value, COUNT(*) AS people FROM tag g JOIN person p ON p.id = g.person_id \
        WHERE p.removed_ms IS NULL GROUP BY g.name ORDER BY COUNT(*) DESC, g.name LIMIT 200";
    SOURCES = "SELECT p.source AS value, COUNT(*) AS people FROM person p WHERE p.removed_ms IS NULL AND p.source <> '' \
        GROUP BY p.source ORDER BY COUNT(*) DESC, p.source LIMIT 200";
    PLACES = "SELECT p.place AS value, COUNT(*) AS people FROM person p WHERE p.removed_ms IS NULL AND p.place <> '' \
        GROUP BY p.place ORDER BY COUNT(*) DESC, p.place LIMIT 200";
}

/// The values of [`fits`], as of `now`.
pub(super) fn fitting(query: &PeopleQuery, now: Millis) -> Vec<Value> {
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

/// The first rows, as of `now`, where they are known without putting everyone in order; else `None`.
pub async fn first(db: &mut Db, now: Millis, query: &PeopleQuery, limit: u32) -> Result<Option<PeoplePage>> {
    let limit = limit.clamp(1, ROWS_MAX) as usize;
    // One more than asked for tells whether there are others.
    let take = limit as u32 + 1;
    let sql = match (query.sort, query.words.trim().is_empty(), query.descending) {
        (None, false, _) => {
            let found = finding::first(db, now, query, take).await?;
            let more = found.more || found.ids.len() > limit;
            let ids = &found.ids[..found.ids.len().min(limit)];
            return Ok(Some(PeoplePage {
                rows: rows(db, ids).await?.into_iter().flatten().collect(),
                more,
                near: found.near,
            }));
        }
        (None | Some(PeopleSort::Name), true, false) => &FIRST_BY_NAME,
        (Some(PeopleSort::Newest), true, false) => &FIRST_NEWEST,
        _ => return Ok(None),
    };
    let mut args = fitting(query, now);
    args.push(take.into());
    let mut rows: Vec<Row> = db.all(sql, args).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Some(PeoplePage { rows: rows.into_iter().map(view).collect(), more, near: false }))
}

/// Each of these people as the list shows them, in the order asked for; `None` where somebody is not in the book any more.
pub async fn rows(db: &mut Db, ids: &[PersonId]) -> Result<Vec<Option<PersonRow>>> {
    let found: Vec<Row> = db.among(&AMONG, ids.iter().copied().map(Value::from).collect()).await?;
    let mut found: HashMap<PersonId, PersonRow> = found.into_iter().map(|row| (row.id, view(row))).collect();
    Ok(ids.iter().map(|id| found.remove(id)).collect())
}

/// How many people are in the book.
pub async fn count(db: &mut Db) -> Result<u32> {
    let count: i64 = db.scalar(&EVERYONE, args![]).await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
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
