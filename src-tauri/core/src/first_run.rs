//! A new book gets its association, its first director, humane standards and, where it is wanted, a sample to look
//! around in: all of it, or nothing is made.

use std::path::Path;

use secrecy::SecretString;
use serde::Deserialize;

use crate::calls::retry_rules;
use crate::error::{Error, Result};
use crate::exchange::demo;
use crate::host::Host;
use crate::ids::VolunteerId;
use crate::promises::business_time::Target;
use crate::promises::country_zones;
use crate::store::{Actor, Book, Created};
use crate::team::standards::{self, Opening, ResponseTarget};
use crate::team::volunteers::{self, NewVolunteer, VolunteerRole};
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

/// Makes a book in `folder` and sets it up; answers the first director too.
pub async fn begin(
    folder: &Path,
    host: Host,
    passphrase: Option<SecretString>,
    new: &NewAssociation,
    sample: Option<&demo::Size>,
) -> Result<(Created, VolunteerId)> {
    check(new)?;
    let making = Book::make(folder, host, passphrase).await?;
    match fill(&making.book, new, sample).await {
        Ok(director) => Ok((making.finish().await?, director)),
        Err(error) => {
            making.give_up().await;
            Err(error)
        }
    }
}

async fn fill(book: &Book, new: &NewAssociation, sample: Option<&demo::Size>) -> Result<VolunteerId> {
    let director = set_up(book, new).await?;
    if let Some(size) = sample {
        demo::fill(book, director, size).await?;
    }
    Ok(director)
}

/// What would be refused, before anything is made.
pub fn check(new: &NewAssociation) -> Result<()> {
    if new.name.trim().is_empty() {
        return Err(Error::invalid("The association needs a name."));
    }
    if new.director.trim().is_empty() {
        return Err(Error::invalid("The first director needs a name."));
    }
    if country_zones::zones_of(&new.country).is_empty() {
        return Err(standards::unknown_country(&new.country));
    }
    standards::zone(&new.zone).map(drop)
}

/// Sets up a book that is empty; answers the first director.
pub async fn set_up(book: &Book, new: &NewAssociation) -> Result<VolunteerId> {
    check(new)?;
    let name = new.name.trim();
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
    retry_rules::save(&mut edit, &retry_rules::defaults()).await?;
    let director = NewVolunteer { name: new.director.clone(), role: VolunteerRole::Director, pin: new.pin.clone() };
    let director = volunteers::add(&mut edit, &director).await?;
    edit.about(name);
    edit.commit().await?;
    Ok(director)
}

fn default_targets() -> Vec<ResponseTarget> {
    use crate::calls::Source;
    [
        (Source::Voicemail, Target::Days(1)),
        (Source::WebForm, Target::Days(1)),
        (Source::Email, Target::Days(1)),
        (Source::Referral, Target::Days(2)),
        (Source::EventCard, Target::Days(2)),
        (Source::WalkIn, Target::Days(1)),
        (Source::PhoneCall, Target::Days(1)),
    ]
    .map(|(source, target)| ResponseTarget { source: source.as_str().into(), target })
    .into()
}
