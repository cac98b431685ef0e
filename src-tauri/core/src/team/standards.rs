//! The association's promises: opening hours, closures, response targets, retry rules, calling and quiet hours.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::ClosureId;
use crate::promises::business_time::{BusinessCalendar, Closure, Target, Window};
use crate::store::{Db, Edit};
use crate::{args, statements};

/// The association itself. Minutes are after local midnight.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, sqlx::FromRow)]
pub struct Association {
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// IANA.
    pub zone: String,
    /// Ours, as it is said to a machine; empty: the caller says it.
    #[serde(default)]
    pub phone: String,
    /// When people may be rung, on their own clock.
    pub calling_from_minute: u16,
    pub calling_to_minute: u16,
    pub calling_weekend: bool,
    /// When nothing is shown on the desktop, on the association's clock. The same minute twice: never.
    pub quiet_from_minute: u16,
    pub quiet_to_minute: u16,
}

impl Association {
    pub fn tz(&self) -> Result<Tz> {
        zone(&self.zone)
    }
}

/// An IANA time zone by name.
pub fn zone(name: &str) -> Result<Tz> {
    name.parse().map_err(|_| {
        Error::invalid(format!(
            "There is no time zone “{name}”. Write one as the IANA list does, such as Australia/Brisbane."
        ))
    })
}

/// One opening of a weekday; 0 is Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, sqlx::FromRow)]
pub struct Opening {
    pub weekday: u16,
    pub opens_minute: u16,
    pub closes_minute: u16,
}

#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ClosureRow {
    pub id: ClosureId,
    pub name: String,
    /// `YYYY-MM-DD`, inclusive.
    pub from_day: String,
    pub to_day: String,
}

/// How soon we answer what came this way.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct ResponseTarget {
    pub source: String,
    pub target: Target,
}

/// After this result of the nth attempt, try again within `target`.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type)]
pub struct RetryRuleRow {
    pub result: String,
    pub attempt: u32,
    pub target: Target,
}

/// All that Settings shows of the association.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Standards {
    pub association: Association,
    pub openings: Vec<Opening>,
    pub closures: Vec<ClosureRow>,
    pub targets: Vec<ResponseTarget>,
    pub retry_rules: Vec<RetryRuleRow>,
}

const MAX_PHONE_CHARS: usize = 60;

statements! {
    ASSOCIATION = "SELECT name, country, zone, phone, calling_from_minute, calling_to_minute, calling_weekend, \
        quiet_from_minute, quiet_to_minute FROM association";
    SAVE_ASSOCIATION = "UPDATE association SET name = $1, country = $2, zone = $3, calling_from_minute = $4, \
        calling_to_minute = $5, calling_weekend = $6, quiet_from_minute = $7, quiet_to_minute = $8, phone = $9";
    OPENINGS = "SELECT weekday, opens_minute, closes_minute FROM opening ORDER BY weekday, opens_minute";
    CLEAR_OPENINGS = "DELETE FROM opening";
    ADD_OPENING = "INSERT INTO opening (id, weekday, opens_minute, closes_minute) VALUES ($1, $2, $3, $4)";
    CLOSURES = "SELECT id, name, from_day, to_day FROM closure ORDER BY from_day, name";
    ADD_CLOSURE = "INSERT INTO closure (id, name, from_day, to_day) VALUES ($1, $2, $3, $4)";
    SAME_CLOSURE = "SELECT COUNT(*) FROM closure WHERE name = $1 AND from_day = $2 AND to_day = $3";
    REMOVE_CLOSURE = "DELETE FROM closure WHERE id = $1";
    TARGETS = "SELECT source, amount, unit FROM target ORDER BY source";
    TARGET_OF = "SELECT source, amount, unit FROM target WHERE source = $1";
    CLEAR_TARGETS = "DELETE FROM target";
    ADD_TARGET = "INSERT INTO target (id, source, amount, unit) VALUES ($1, $2, $3, $4)";
    RETRY_RULES = "SELECT result, attempt, amount, unit FROM retry_rule ORDER BY result, attempt";
    CLEAR_RETRY_RULES = "DELETE FROM retry_rule";
    ADD_RETRY_RULE = "INSERT INTO retry_rule (id, result, attempt, amount, unit) VALUES ($1, $2, $3, $4, $5)";
}

pub async fn association(db: &mut Db) -> Result<Association> {
    db.one(&ASSOCIATION, args![], "association").await
}

pub async fn save_association(edit: &mut Edit, association: &Association) -> Result<()> {
    let name = association.name.trim();
    if name.is_empty() {
        return Err(Error::invalid("The association needs a name."));
    }
    zone(&association.zone)?;
    check_country(&association.country)?;
    let phone = association.phone.split_whitespace().collect::<Vec<_>>().join(" ");
    if phone.chars().count() > MAX_PHONE_CHARS {
        return Err(Error::invalid("The telephone number is too long to be said. Write the one that people may ring."));
    }
    if association.calling_from_minute >= association.calling_to_minute || association.calling_to_minute > 1440 {
        return Err(Error::invalid("The hours for ringing must begin before they end."));
    }
    if association.quiet_from_minute > 1439 || association.quiet_to_minute > 1439 {
        return Err(Error::invalid("Quiet hours are times of one day, 0:00 to 23:59."));
    }
    edit.run(
        &SAVE_ASSOCIATION,
        args![
            name,
            &association.country,
            &association.zone,
            association.calling_from_minute,
            association.calling_to_minute,
            association.calling_weekend,
            association.quiet_from_minute,
            association.quiet_to_minute,
            phone
        ],
    )
    .await?;
    edit.about(name);
    Ok(())
}

pub fn check_country(country: &str) -> Result<()> {
    if country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(unknown_country(country))
}

pub fn unknown_country(country: &str) -> Error {
    Error::invalid(format!("“{country}” is not a country code. Use two letters, such as AU or GB."))
}

pub async fn openings(db: &mut Db) -> Result<Vec<Opening>> {
    db.all(&OPENINGS, args![]).await
}

pub async fn save_openings(edit: &mut Edit, openings: &[Opening]) -> Result<()> {
    // The calendar's own constructor says what is wrong, weekday and all.
    calendar_of(chrono_tz::UTC, openings, Vec::new())?;
    edit.run(&CLEAR_OPENINGS, args![]).await?;
    for opening in openings {
        let id = uuid::Uuid::now_v7();
        edit.run(&ADD_OPENING, args![id, opening.weekday, opening.opens_minute, opening.closes_minute]).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ClosureRecord {
    id: ClosureId,
    name: String,
    from_day: String,
    to_day: String,
}

pub async fn closures(db: &mut Db) -> Result<Vec<ClosureRow>> {
    let rows: Vec<ClosureRecord> = db.all(&CLOSURES, args![]).await?;
    Ok(rows
        .into_iter()
        .map(|row| ClosureRow { id: row.id, name: row.name, from_day: row.from_day, to_day: row.to_day })
        .collect())
}

/// Adds those that are not there yet; answers how many.
pub async fn add_closures(edit: &mut Edit, closures: &[Closure]) -> Result<u32> {
    let mut added = 0;
    for closure in closures {
        if closure.to < closure.from {
            return Err(Error::invalid(format!("“{}” ends before it begins.", closure.name)));
        }
        let (from, to) = (closure.from.to_string(), closure.to.to_string());
        let there: i64 = edit.scalar(&SAME_CLOSURE, args![&closure.name, &from, &to]).await?;
        if there == 0 {
            edit.run(&ADD_CLOSURE, args![ClosureId::new(), &closure.name, from, to]).await?;
            added += 1;
        }
    }
    Ok(added)
}

pub async fn remove_closure(edit: &mut Edit, id: ClosureId) -> Result<()> {
    match edit.run(&REMOVE_CLOSURE, args![id]).await? {
        0 => Err(Error::not_found("This closure is not in the book any more.")),
        _ => Ok(()),
    }
}

/// The association's calendar as it stands.
pub async fn calendar(db: &mut Db) -> Result<BusinessCalendar> {
    let tz = association(db).await?.tz()?;
    let openings = openings(db).await?;
    let closures = closures(db)
        .await?
        .into_iter()
        .map(|row| Ok(Closure { from: day(&row.from_day)?, to: day(&row.to_day)?, name: row.name }))
        .collect::<Result<Vec<_>>>()?;
    calendar_of(tz, &openings, closures)
}

fn calendar_of(tz: Tz, openings: &[Opening], closures: Vec<Closure>) -> Result<BusinessCalendar> {
    let mut week: [Vec<Window>; 7] = Default::default();
    for opening in openings {
        week.get_mut(usize::from(opening.weekday))
            .ok_or_else(|| Error::invalid("A weekday is 0 (Monday) to 6 (Sunday)."))?
            .push(Window { opens_minute: opening.opens_minute, closes_minute: opening.closes_minute });
    }
    BusinessCalendar::new(tz, week, closures)
}

/// A calendar day, as the book keeps it.
pub fn day(text: &str) -> Result<NaiveDate> {
    text.parse().map_err(|_| Error::invalid(format!("“{text}” is not a day. Write it as 2026-12-24.")))
}

#[derive(sqlx::FromRow)]
struct TargetRecord {
    source: String,
    amount: i64,
    unit: String,
}

/// A target as its two columns.
pub fn target_columns(target: Target) -> (u32, &'static str) {
    match target {
        Target::Minutes(count) => (count, "minutes"),
        Target::Hours(count) => (count, "hours"),
        Target::Days(count) => (count, "days"),
    }
}

pub fn target_from(amount: i64, unit: &str) -> Target {
    let count = u32::try_from(amount).unwrap_or(0);
    match unit {
        "minutes" => Target::Minutes(count),
        "hours" => Target::Hours(count),
        _ => Target::Days(count),
    }
}

pub async fn targets(db: &mut Db) -> Result<Vec<ResponseTarget>> {
    let rows: Vec<TargetRecord> = db.all(&TARGETS, args![]).await?;
    Ok(rows
        .into_iter()
        .map(|row| ResponseTarget { target: target_from(row.amount, &row.unit), source: row.source })
        .collect())
}

/// How soon we answer what came this way; one business day where nothing else was set.
pub async fn target_for(db: &mut Db, source: &str) -> Result<Target> {
    let row: Option<TargetRecord> = db.maybe(&TARGET_OF, args![source]).await?;
    Ok(row.map_or(Target::Days(1), |row| target_from(row.amount, &row.unit)))
}

pub async fn save_targets(edit: &mut Edit, targets: &[ResponseTarget]) -> Result<()> {
    edit.run(&CLEAR_TARGETS, args![]).await?;
    for row in targets {
        let (amount, unit) = target_columns(row.target);
        edit.run(&ADD_TARGET, args![uuid::Uuid::now_v7(), &row.source, amount, unit]).await?;
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct RetryRecord {
    result: String,
    attempt: i64,
    amount: i64,
    unit: String,
}

pub async fn retry_rules(db: &mut Db) -> Result<Vec<RetryRuleRow>> {
    let rows: Vec<RetryRecord> = db.all(&RETRY_RULES, args![]).await?;
    Ok(rows
        .into_iter()
        .map(|row| RetryRuleRow {
            target: target_from(row.amount, &row.unit),
            attempt: u32::try_from(row.attempt).unwrap_or(1),
            result: row.result,
        })
        .collect())
}

pub async fn save_retry_rules(edit: &mut Edit, rules: &[RetryRuleRow]) -> Result<()> {
    edit.run(&CLEAR_RETRY_RULES, args![]).await?;
    for rule in rules {
        if rule.attempt == 0 {
            return Err(Error::invalid("Attempts are counted from 1."));
        }
        let (amount, unit) = target_columns(rule.target);
        edit.run(&ADD_RETRY_RULE, args![uuid::Uuid::now_v7(), &rule.result, rule.attempt, amount, unit]).await?;
    }
    Ok(())
}

pub async fn all(db: &mut Db) -> Result<Standards> {
    Ok(Standards {
        association: association(db).await?,
        openings: openings(db).await?,
        closures: closures(db).await?,
        targets: targets(db).await?,
        retry_rules: retry_rules(db).await?,
    })
}
