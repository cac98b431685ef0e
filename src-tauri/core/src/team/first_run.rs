//! A new book gets its association, its first director and humane standards, all in one edit.

use serde::Deserialize;

use super::standards::{self, Opening, ResponseTarget, RetryRuleRow};
use super::volunteers::{self, NewVolunteer, VolunteerRole};
use crate::error::{Error, Result};
use crate::ids::VolunteerId;
use crate::promises::business_time::Target;
use crate::store::{Actor, Book};
use crate::{args, statements};

/// What first run asks for.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewAssociation {
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// IANA.
    pub zone: String,
    /// Empty: Monday to Friday, 9:00 to 17:00.
    pub openings: Vec<Opening>,
    pub director: String,
    pub pin: Option<String>,
}

statements! {
    ADD_ASSOCIATION = "INSERT INTO association (id, name, country, zone, created_ms, calling_from_minute, \
        calling_to_minute, calling_weekend, quiet_from_minute, quiet_to_minute) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ASSOCIATIONS = "SELECT COUNT(*) FROM association";
}

/// Answers the first director.
pub async fn set_up(book: &Book, new: &NewAssociation) -> Result<VolunteerId> {
    let name = new.name.trim();
    if name.is_empty() {
        return Err(Error::invalid("The association needs a name."));
    }
    standards::zone(&new.zone)?;
    standards::check_country(&new.country)?;
    let mut edit = book.write(Actor::Wellmet, "first_run").await?;
    edit.aside();
    let there: i64 = edit.scalar(&ASSOCIATIONS, args![]).await?;
    if there > 0 {
        return Err(Error::invalid("This book has its association already."));
    }
    let at = edit.at;
    edit.run(
        &ADD_ASSOCIATION,
        args![uuid::Uuid::now_v7(), name, &new.country, &new.zone, at, 9 * 60, 20 * 60, true, 20 * 60, 8 * 60],
    )
    .await?;
    let weekdays: Vec<Opening> =
        (0..5).map(|weekday| Opening { weekday, opens_minute: 9 * 60, closes_minute: 17 * 60 }).collect();
    standards::save_openings(&mut edit, if new.openings.is_empty() { &weekdays } else { &new.openings }).await?;
    standards::save_targets(&mut edit, &default_targets()).await?;
    standards::save_retry_rules(&mut edit, &default_retry_rules()).await?;
    let director = NewVolunteer { name: new.director.clone(), role: VolunteerRole::Director, pin: new.pin.clone() };
    let director = volunteers::add(&mut edit, &director).await?;
    edit.about(name);
    edit.commit().await?;
    Ok(director)
}

fn default_targets() -> Vec<ResponseTarget> {
    [
        ("voicemail", Target::Days(1)),
        ("web_form", Target::Days(1)),
        ("email", Target::Days(1)),
        ("referral", Target::Days(2)),
        ("event_card", Target::Days(2)),
        ("walk_in", Target::Days(1)),
        ("phone_call", Target::Days(1)),
    ]
    .map(|(source, target)| ResponseTarget { source: source.into(), target })
    .into()
}

fn default_retry_rules() -> Vec<RetryRuleRow> {
    [
        ("no_answer", 1, Target::Hours(3)),
        ("no_answer", 2, Target::Days(1)),
        ("no_answer", 3, Target::Days(3)),
        ("busy", 1, Target::Minutes(30)),
        ("busy", 2, Target::Hours(3)),
        ("busy", 3, Target::Days(1)),
        ("voicemail_left", 1, Target::Days(2)),
        ("voicemail_left", 2, Target::Days(5)),
        ("left_with_someone", 1, Target::Days(1)),
        ("left_with_someone", 2, Target::Days(3)),
    ]
    .map(|(result, attempt, target)| RetryRuleRow { result: result.into(), attempt, target })
    .into()
}
