//! A time that is promised for a call, by the clock of whoever is to be rung.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calling_hours::{
    NotNow as ByTheClock, TimeThere, Verdict, country_for, may_ring as by_the_clock, may_ring_between, shown,
};
use super::may_ring::{self, NotNow, Wishes};
use crate::error::Result;
use crate::ids::PersonId;
use crate::store::Db;
use crate::team::standards;
use crate::time::Millis;

/// When somebody is to be rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct TimeToRing {
    /// Not before this.
    pub from_ms: Option<Millis>,
    pub due_ms: Millis,
    /// At `due_ms` and not before: "at 3".
    pub exactly: bool,
}

impl TimeToRing {
    /// From when it may be, as of `now`.
    fn from(self, now: Millis) -> Millis {
        if self.exactly { self.due_ms } else { self.from_ms.unwrap_or(now).max(now) }
    }
}

/// What a time to ring is where somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct TheirTime {
    /// "12:00 in Perth": where their clock shows another time than ours.
    pub there: Option<String>,
    /// Why nobody may ring them then, and from when somebody may.
    pub not_then: Option<NotNow>,
}

pub async fn their_time(db: &mut Db, person: PersonId, now: Millis, time: TimeToRing) -> Result<TheirTime> {
    let association = standards::association(db).await?;
    let hours = may_ring::hours_of(&association)?;
    let wishes: Wishes = may_ring::wishes(db, person).await?;
    let zone: Option<Tz> = wishes.zone.as_deref().and_then(|zone| zone.parse().ok());
    let there = zone.and_then(|zone| there(time, association.tz().ok()?, zone));
    let not_then = if let Some(lasting) = may_ring::lasting(&wishes) {
        Some(lasting)
    } else {
        let country = country_for(wishes.country.as_deref(), &association.country);
        let may = may_ring_between(time.from(now), time.due_ms, zone, country, &hours);
        // Of a whole stretch in which nobody may ring, its end is what was said.
        match by_the_clock(time.due_ms, zone, country, &hours) {
            Verdict::Not { reason, next_allowed } if !may => {
                let place = match &reason {
                    ByTheClock::OutsideHours { there } => Some(there.place.clone()),
                    _ => None,
                };
                Some(NotNow { why: reason.sentence_then(&hours), from_ms: next_allowed, place })
            }
            _ => None,
        }
    };
    Ok(TheirTime { there, not_then })
}

/// Where the clocks show the same, there is nothing to say.
fn there(time: TimeToRing, ours: Tz, theirs: Tz) -> Option<String> {
    let [due, here] = [theirs, ours].map(|zone| TimeThere::at(time.due_ms, zone));
    if (due.weekday, due.minute) == (here.weekday, here.minute) {
        return None;
    }
    let from = time.from_ms.map(|from| TimeThere::at(from, theirs)).filter(|from| from.minute != due.minute);
    let clock = match from {
        Some(from) if from.weekday == due.weekday => format!("{} to {}", shown(from.minute), shown(due.minute)),
        _ => shown(due.minute),
    };
    let day = if due.weekday == here.weekday { String::new() } else { format!(" on {}", due.day()) };
    Some(format!("{clock}{day} in {}", due.place))
}
