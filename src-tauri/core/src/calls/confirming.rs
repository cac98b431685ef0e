//! The answers to "whom do you mean?": each is kept, so that nobody finds the number by guessing.

use chrono::NaiveTime;
use chrono_tz::Tz;

use super::view::ConfirmQuestion;
use crate::error::Result;
use crate::ids::{ConfirmationId, PersonId, VolunteerId};
use crate::store::{Db, Edit};
use crate::time::{MINUTE_MS, Millis};
use crate::{args, statements};

/// After this many wrong answers in a day, each further one is followed by a pause.
const WRONG_BEFORE_A_PAUSE: usize = 2;
const PAUSE_MS: i64 = 15 * MINUTE_MS;

statements! {
    KEEP = "INSERT INTO confirmation (id, person_id, volunteer_id, at_ms, question, answer, was_right) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    WRONG_SINCE = "SELECT question, at_ms FROM confirmation WHERE person_id = $1 AND volunteer_id IS NOT DISTINCT FROM $2 \
        AND at_ms >= $3 AND NOT was_right ORDER BY at_ms, id";
}

/// What this volunteer answered wrong about this person today.
pub(super) struct Before(Vec<(String, Millis)>);

impl Before {
    pub fn was_wrong(&self, question: ConfirmQuestion) -> bool {
        self.0.iter().any(|(asked, _)| asked == question.as_str())
    }

    /// Set after several wrong answers.
    pub fn paused_until(&self, now: Millis) -> Option<Millis> {
        self.rests_until(now).filter(|_| self.0.len() >= WRONG_BEFORE_A_PAUSE)
    }

    /// A while after the last wrong answer.
    pub fn rests_until(&self, now: Millis) -> Option<Millis> {
        self.0.last().map(|(_, at)| at.plus_ms(PAUSE_MS)).filter(|until| *until > now)
    }
}

pub(super) async fn before(
    db: &mut Db,
    now: Millis,
    zone: Tz,
    volunteer: Option<VolunteerId>,
    person: PersonId,
) -> Result<Before> {
    let midnight = now.in_zone(zone).date_naive().and_time(NaiveTime::MIN).and_local_timezone(zone).earliest();
    // Midnight does not end a pause.
    let since = midnight.map_or(now, |at| Millis::from_utc(at.to_utc())).min(now.plus_ms(-PAUSE_MS));
    db.all(&WRONG_SINCE, args![person, volunteer, since]).await.map(Before)
}

pub(super) async fn keep(
    edit: &mut Edit,
    person: PersonId,
    question: ConfirmQuestion,
    answer: &str,
    was_right: bool,
) -> Result<()> {
    let (at, volunteer) = (edit.at, edit.actor.volunteer());
    let args = args![ConfirmationId::new(), person, volunteer, at, question, answer, was_right];
    edit.run(&KEEP, args).await?;
    edit.also_changed("confirmation");
    Ok(())
}
