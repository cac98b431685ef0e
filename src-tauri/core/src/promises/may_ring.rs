//! Rule 8 at the moment it is asked: do-not-call, consent to be rung, and the hour where the person is.

use chrono_tz::Tz;
use serde::Serialize;

use super::calling_hours::{CallingHours, Verdict, country_for, may_ring as by_the_clock};
use crate::error::Result;
use crate::ids::PersonId;
use crate::store::Db;
use crate::team::standards::{self, Association};
use crate::time::Millis;
use crate::{args, statements};

/// Why nobody may ring now, in a plain sentence, and from when somebody may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct NotNow {
    pub why: String,
    /// `None`: no hour will change it.
    pub from_ms: Option<Millis>,
    /// Where they are, such as "Perth", when it is their hour that forbids it.
    pub place: Option<String>,
}

/// What the verdict rests on; read together with whatever asks.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Wishes {
    pub do_not_call: bool,
    /// Consent to be rung: `None` where it was never asked, which allows it.
    pub phone_allowed: Option<bool>,
    pub zone: Option<String>,
    pub country: Option<String>,
}

statements! {
    WISHES = "SELECT p.do_not_call, c.allowed AS phone_allowed, p.zone, p.country FROM person p \
        LEFT JOIN consent c ON c.person_id = p.id AND c.channel = 'phone' WHERE p.id = $1";
}

pub fn hours_of(association: &Association) -> Result<CallingHours> {
    let weekend = association.calling_weekend;
    let days = [true, true, true, true, true, weekend, weekend];
    CallingHours::new(association.calling_from_minute, association.calling_to_minute, days)
}

/// A no that no hour changes.
pub(super) fn lasting(wishes: &Wishes) -> Option<NotNow> {
    let why = if wishes.do_not_call {
        "Asked not to be called."
    } else if wishes.phone_allowed == Some(false) {
        "Has not agreed to be rung. Write instead."
    } else {
        return None;
    };
    Some(NotNow { why: why.into(), from_ms: None, place: None })
}

/// `None`: they may be rung.
pub fn judge(wishes: &Wishes, association: &Association, hours: &CallingHours, now: Millis) -> Option<NotNow> {
    if let Some(lasting) = lasting(wishes) {
        return Some(lasting);
    }
    let zone: Option<Tz> = wishes.zone.as_deref().and_then(|zone| zone.parse().ok());
    let country = country_for(wishes.country.as_deref(), &association.country);
    match by_the_clock(now, zone, country, hours) {
        Verdict::Now => None,
        Verdict::Not { reason, next_allowed } => {
            let place = match &reason {
                super::calling_hours::NotNow::OutsideHours { there } => Some(there.place.clone()),
                _ => None,
            };
            Some(NotNow { why: reason.sentence(hours), from_ms: next_allowed, place })
        }
    }
}

pub(super) async fn wishes(db: &mut Db, person: PersonId) -> Result<Wishes> {
    db.one(&WISHES, args![person], "person").await
}

pub async fn ask(db: &mut Db, person: PersonId, now: Millis) -> Result<Option<NotNow>> {
    let association = standards::association(db).await?;
    let hours = hours_of(&association)?;
    let wishes = wishes(db, person).await?;
    Ok(judge(&wishes, &association, &hours, now))
}
