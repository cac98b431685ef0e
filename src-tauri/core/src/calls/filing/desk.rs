//! What the wizard's questions and proposals are made from, for one call.

use chrono_tz::Tz;

use crate::calls::effects;
use crate::calls::outcome::{CallResult, KnownNumber, NextStep, RetryRule, Ringing, Try, WizardContext};
use crate::calls::retry_rules;
use crate::calls::script::{Effect, PersonField, capitalised};
use crate::calls::session::CallRow;
use crate::error::Result;
use crate::ids::{InquiryId, PersonId, PromiseId};
use crate::people::{Person, ReachKind, ReachState, person, reaches};
use crate::promises::business_time::{BusinessCalendar, Target};
use crate::promises::calling_hours::{CallingHours, country_for};
use crate::promises::{ledger, may_ring};
use crate::store::Db;
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements};

statements! {
    // Newest first: what lies before the last conversation counts no more.
    TRIES_FOR = "SELECT result, at_ms FROM touch WHERE person_id = $1 AND direction = 'out' \
        AND (promise_id = $2 OR inquiry_id = $3) ORDER BY at_ms DESC, id DESC LIMIT 100";
    COLLEAGUES = "SELECT DISTINCT q.name FROM role r JOIN role s ON s.organisation_id = r.organisation_id \
        JOIN person q ON q.id = s.person_id WHERE r.person_id = $1 AND r.to_day IS NULL AND s.to_day IS NULL \
        AND s.person_id <> r.person_id AND q.removed_ms IS NULL ORDER BY q.name LIMIT 8";
}

#[derive(sqlx::FromRow)]
struct TryRow {
    result: String,
    at_ms: Millis,
}

pub(super) struct Desk {
    pub now: Millis,
    began: Millis,
    calendar: BusinessCalendar,
    zone: Tz,
    known_zone: Option<Tz>,
    country: String,
    hours: CallingHours,
    number_country: String,
    rules: Vec<RetryRule>,
    tries: Vec<Try>,
    inbound: bool,
    may_ring: bool,
    may_write: bool,
    numbers: Vec<KnownNumber>,
    dialled: bool,
    colleagues: Vec<String>,
    steps: Vec<NextStep>,
}

impl Desk {
    pub async fn of(db: &mut Db, now: Millis, call: &CallRow) -> Result<Self> {
        let who = person::get(db, call.person_id).await?;
        let association = standards::association(db).await?;
        let known_zone: Option<Tz> = who.zone.as_deref().and_then(|zone| zone.parse().ok());
        let (numbers, dialled) = numbers(db, call).await?;
        // What the script has set is not in the book yet, and true all the same.
        let said = effects::so_far(db, call).await?;
        let consents = |channel| {
            said.iter().find_map(|effect| match effect {
                Effect::Consent { channel: of, allowed } if *of == channel => Some(*allowed),
                _ => None,
            })
        };
        let has_address = said.iter().any(|effect| matches!(effect, Effect::Field { field: PersonField::Email, .. }));
        Ok(Self {
            now,
            began: call.began_ms,
            calendar: standards::calendar(db).await?,
            zone: known_zone.unwrap_or(association.tz()?),
            known_zone,
            country: country_for(who.country.as_deref(), &association.country).to_owned(),
            hours: may_ring::hours_of(&association)?,
            rules: retry_rules::all(db).await?,
            tries: tries(db, call.person_id, call.promise_id).await?,
            inbound: call.inbound,
            // An hour that does not suit passes; a no does not.
            may_ring: may_ring::ask(db, call.person_id, now).await?.is_none_or(|not_now| not_now.from_ms.is_some())
                && consents(ReachKind::Phone) != Some(false),
            may_write: may_write(&who) || (has_address && consents(ReachKind::Email) != Some(false)),
            numbers,
            dialled,
            colleagues: colleagues(db, call.person_id).await?,
            steps: said.iter().filter_map(step).collect(),
            number_country: association.country,
        })
    }

    pub fn context(&self) -> WizardContext<'_> {
        WizardContext {
            now: self.now,
            began: self.began,
            ringing: Ringing {
                calendar: &self.calendar,
                zone: self.zone,
                known_zone: self.known_zone,
                country: &self.country,
                hours: &self.hours,
            },
            rules: &self.rules,
            tries: &self.tries,
            inbound: self.inbound,
            may_ring: self.may_ring,
            may_write: self.may_write,
            numbers: &self.numbers,
            dialled: self.dialled,
            number_country: &self.number_country,
            colleagues: &self.colleagues,
            steps: &self.steps,
        }
    }
}

/// What the script proposes to promise next.
fn step(effect: &Effect) -> Option<NextStep> {
    let Effect::Next { means, what, days } = effect else { return None };
    Some(NextStep { what: capitalised(what), means: *means, within: Target::Days(u32::from(*days)) })
}

/// Since they were last spoken to, oldest first.
async fn tries(db: &mut Db, person: PersonId, promise: Option<PromiseId>) -> Result<Vec<Try>> {
    let Some(promise) = promise else { return Ok(Vec::new()) };
    let inquiry: Option<InquiryId> = ledger::get(db, promise).await?.inquiry;
    let rows: Vec<TryRow> = db.all(&TRIES_FOR, args![person, promise, inquiry]).await?;
    let mut tries: Vec<Try> = rows
        .into_iter()
        .filter_map(|row| Some(Try { result: CallResult::parse(&row.result)?, at: row.at_ms }))
        .take_while(|tried| !tried.result.reached_person())
        .collect();
    tries.reverse();
    Ok(tries)
}

/// The numbers that may have been the wrong one, the dialled one first; and whether one was dialled.
async fn numbers(db: &mut Db, call: &CallRow) -> Result<(Vec<KnownNumber>, bool)> {
    let mut rows = reaches::rows_of(db, call.person_id).await?;
    // Whoever is on the line may not have the number that was dialled.
    if let Some(dialled) = call.reach_id.filter(|dialled| rows.iter().all(|row| row.id != *dialled)) {
        rows.push(reaches::row(db, dialled).await?);
    }
    let is_dialled = |id| call.reach_id == Some(id);
    rows.retain(|row| {
        row.kind == ReachKind::Phone && (is_dialled(row.id) || (row.state == ReachState::Good && !row.unreadable))
    });
    rows.sort_by_key(|row| !is_dialled(row.id));
    let numbers: Vec<KnownNumber> = rows
        .into_iter()
        .map(|row| {
            let reach = reaches::covered(row);
            let label = [reach.label.trim(), &reach.shown];
            let shown = label.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            KnownNumber { reach: reach.id, shown }
        })
        .collect();
    let dialled = numbers.first().is_some_and(|first| is_dialled(first.reach));
    Ok((numbers, dialled))
}

fn may_write(who: &Person) -> bool {
    [ReachKind::Email, ReachKind::Post].into_iter().any(|kind| {
        let refused = who.consents.iter().any(|consent| consent.channel == kind && !consent.allowed);
        !refused && who.reaches.iter().any(|reach| reach.kind == kind && reach.state == ReachState::Good)
    })
}

async fn colleagues(db: &mut Db, person: PersonId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(&COLLEAGUES, args![person]).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
