//! One person's run through a plan, as the book keeps it, and what is to happen next in it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::condition::{Known, refusal};
use super::schedule::{self, Ground, Happened, Placed, Rest, Slot};
use super::setting::Setting;
use super::template::{Step, Template, Who};
use crate::error::{Error, Result};
use crate::ids::{EnrolmentId, EnrolmentStepId, PersonId, PlanVersionId, PromiseId, VolunteerId};
use crate::store::{Db, Value};
use crate::team::standards::day;
use crate::team::volunteers::VolunteerRole;
use crate::time::Millis;
use crate::{args, statements, words};

words! {
    pub enum EnrolmentState {
        Running = "running",
        Held = "held",
        Finished = "finished",
        Left = "left",
    }

    pub enum StepState {
        Open = "open",
        /// On hold.
        Waiting = "waiting",
        Done = "done",
        Skipped = "skipped",
        Left = "left",
    }
}

#[derive(Clone, Debug)]
pub struct Run {
    pub row: EnrolmentRow,
    pub date: Option<NaiveDate>,
    pub steps: Vec<StepRow>,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct EnrolmentRow {
    pub id: EnrolmentId,
    pub person_id: PersonId,
    pub plan_version_id: PlanVersionId,
    pub state: EnrolmentState,
    pub joined_ms: Millis,
    pub anchor_day: Option<String>,
    pub priority: i64,
    pub held_ms: Option<Millis>,
    pub held_until_day: Option<String>,
    pub held_why: String,
    pub held_days: u32,
    pub held_open_ms: i64,
    pub resumed_ms: Option<Millis>,
    pub ended_ms: Option<Millis>,
    pub end_reason: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StepRow {
    pub id: EnrolmentStepId,
    pub enrolment_id: EnrolmentId,
    pub step: String,
    pub state: StepState,
    pub promise_id: Option<PromiseId>,
    pub told: bool,
    pub rest_days: Option<u32>,
    pub rest_ms: Option<i64>,
    pub ended_ms: Option<Millis>,
    pub why: String,
    /// Of its promise.
    pub made_ms: Option<Millis>,
    pub from_ms: Option<Millis>,
    pub due_ms: Option<Millis>,
    /// They were tried, and not reached.
    pub next_try_ms: Option<Millis>,
    pub keeper_id: Option<VolunteerId>,
}

impl StepRow {
    pub fn slot(&self) -> Option<Slot> {
        let due = self.due_ms?;
        Some(Slot { from: self.from_ms.unwrap_or(due), due })
    }

    pub fn rest(&self) -> Option<Rest> {
        self.rest_days.map(Rest::Days).or(self.rest_ms.map(Rest::OpenMs))
    }
}

/// What is to happen next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Skip { at: usize, why: String },
    Open { at: usize, slot: Slot, keeper: Option<VolunteerId> },
    Leave { why: String },
    Finish,
}

macro_rules! runs {
    ($($rest:expr),+) => {
        concat!("SELECT e.id, e.person_id, e.plan_version_id, e.state, e.joined_ms, e.anchor_day, e.priority, e.held_ms, \
            e.held_until_day, e.held_why, e.held_days, e.held_open_ms, e.resumed_ms, e.ended_ms, e.end_reason \
            FROM enrolment e ", $($rest),+)
    };
}

statements! {
    BY_ID = runs!("WHERE e.id IN ($1) ORDER BY e.id");
    OF_PEOPLE = runs!("WHERE e.person_id IN ($1) ORDER BY e.id");
    GOING_ON = runs!("WHERE e.state IN ('running', 'held') ORDER BY e.id");
    STEPS = "SELECT s.id, s.enrolment_id, s.step, s.state, s.promise_id, s.told, s.rest_days, s.rest_ms, s.ended_ms, s.why, \
        p.made_ms, p.from_ms, p.due_ms, p.next_try_ms, p.keeper_id FROM enrolment_step s LEFT JOIN promise p ON p.id = s.promise_id \
        WHERE s.enrolment_id IN ($1) ORDER BY s.id";
    OF_PROMISE = "SELECT enrolment_id FROM enrolment_step WHERE promise_id = $1 AND state = 'open'";
    IDLE = "SELECT e.id FROM enrolment e WHERE e.state IN ('running', 'held') AND e.state = 'running' AND NOT EXISTS \
        (SELECT 1 FROM enrolment_step s WHERE s.enrolment_id = e.id AND s.state = 'open') ORDER BY e.id";
    LEAST = "SELECT p.keeper_id, COUNT(*) AS owed FROM promise p WHERE p.state = 'open' AND p.keeper_id IS NOT NULL \
        GROUP BY p.keeper_id";
}

pub async fn by_id(db: &mut Db, ids: &[EnrolmentId]) -> Result<Vec<Run>> {
    let rows = db.among(&BY_ID, ids.iter().copied().map(Value::from).collect()).await?;
    with_steps(db, rows).await
}

pub async fn one(db: &mut Db, id: EnrolmentId) -> Result<Run> {
    by_id(db, &[id]).await?.pop().ok_or_else(|| Error::not_found("This run of a plan is not in the book any more."))
}

pub async fn of_people(db: &mut Db, people: &[PersonId]) -> Result<Vec<Run>> {
    let rows = db.among(&OF_PEOPLE, people.iter().copied().map(Value::from).collect()).await?;
    with_steps(db, rows).await
}

/// All that are running or on hold.
pub async fn going_on(db: &mut Db) -> Result<Vec<Run>> {
    let rows = db.all(&GOING_ON, args![]).await?;
    with_steps(db, rows).await
}

/// Those that go on and owe nothing, which is only so while we are never open.
pub async fn idle(db: &mut Db) -> Result<Vec<EnrolmentId>> {
    let rows: Vec<(EnrolmentId,)> = db.all(&IDLE, args![]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Whose open step this promise is of.
pub async fn of_promise(db: &mut Db, promise: PromiseId) -> Result<Option<EnrolmentId>> {
    let row: Option<(EnrolmentId,)> = db.maybe(&OF_PROMISE, args![promise]).await?;
    Ok(row.map(|(id,)| id))
}

async fn with_steps(db: &mut Db, rows: Vec<EnrolmentRow>) -> Result<Vec<Run>> {
    let mut steps: HashMap<EnrolmentId, Vec<StepRow>> = HashMap::new();
    let ids = rows.iter().map(|row| Value::from(row.id)).collect();
    for step in db.among::<StepRow>(&STEPS, ids).await? {
        steps.entry(step.enrolment_id).or_default().push(step);
    }
    rows.into_iter()
        .map(|row| {
            let date = row.anchor_day.as_deref().map(day).transpose()?;
            Ok(Run { date, steps: steps.remove(&row.id).unwrap_or_default(), row })
        })
        .collect()
}

/// Who takes what nobody was named for: of a role, whoever owes least.
#[derive(Clone, Debug, Default)]
pub struct Owing(HashMap<VolunteerId, i64>);

impl Owing {
    pub async fn of(db: &mut Db) -> Result<Self> {
        let rows: Vec<(VolunteerId, i64)> = db.all(&LEAST, args![]).await?;
        Ok(Self(rows.into_iter().collect()))
    }

    fn least(&mut self, role: VolunteerRole, setting: &Setting) -> Option<VolunteerId> {
        let of_role = setting.there().filter(|worker| worker.role == role).map(|worker| worker.id);
        let least = of_role.min_by_key(|id| (self.0.get(id).copied().unwrap_or(0), *id))?;
        *self.0.entry(least).or_default() += 1;
        Some(least)
    }
}

impl Run {
    /// Where it stands in the plan: the first step that has not ended. `None`: all have.
    pub fn place(&self, template: &Template) -> Option<usize> {
        template
            .steps
            .iter()
            .position(|step| !self.steps.iter().any(|row| row.step == step.key && row.ended_ms.is_some()))
    }

    pub fn open(&self) -> Option<&StepRow> {
        self.steps.iter().find(|row| matches!(row.state, StepState::Open | StepState::Waiting))
    }

    /// The day that whoever holds it chose; `None`: until further notice.
    pub fn held_until(&self) -> Result<Option<NaiveDate>> {
        self.row.held_until_day.as_deref().map(day).transpose()
    }

    /// Up to the step at which it stands.
    pub fn happened(&self) -> Happened {
        let ended = self.steps.iter().filter_map(|row| row.ended_ms).max();
        Happened {
            joined: self.row.joined_ms,
            held_days: self.row.held_days,
            held_open_ms: self.row.held_open_ms,
            // A wait that would have begun while it was on hold begins afterwards.
            previous: ended.map(|ended| self.row.resumed_ms.map_or(ended, |resumed| ended.max(resumed))),
            date: self.date,
        }
    }
}

/// Who does `step` for this person.
pub fn keeper(step: &Step, known: &Known, setting: &Setting, owing: &mut Owing) -> Option<VolunteerId> {
    let there = |id: VolunteerId| setting.there().any(|worker| worker.id == id).then_some(id);
    match step.who {
        Who::Keeper => known.keeper.and_then(there),
        Who::Role(role) => owing.least(role, setting),
        // Whoever left has handed over to whoever keeps them.
        Who::Volunteer(id) => there(id).or(known.keeper.and_then(there)),
    }
}

/// What is to happen to a running enrolment that owes nothing: steps to be passed over, then the next one to be promised, or
/// the end. `taken` are the days on which this person has other touches.
pub fn next(
    run: &Run,
    template: &Template,
    known: &Known,
    setting: &Setting,
    taken: &[NaiveDate],
    owing: &mut Owing,
) -> Result<Vec<Act>> {
    if run.row.state != EnrolmentState::Running || run.open().is_some() {
        return Ok(Vec::new());
    }
    if let Some((why, _)) = leaves(template, known, setting.now) {
        return Ok(vec![Act::Leave { why }]);
    }
    let mut acts = Vec::new();
    let mut happened = run.happened();
    let from = run.place(template).unwrap_or(template.steps.len());
    for (at, step) in template.steps.iter().enumerate().skip(from) {
        // A step behind one that is still to be done may have ended in an older version of the plan.
        if run.steps.iter().any(|row| row.step == step.key && row.ended_ms.is_some()) {
            continue;
        }
        if let Some(why) = passed_over(step, known, setting.now) {
            acts.push(Act::Skip { at, why });
            continue;
        }
        let keeper = keeper(step, known, setting, owing);
        let place = |ground: &Ground<'_>| schedule::place(step.when, step.within_days, &happened, ground);
        match setting.lay(keeper, Some(&known.unsuited), taken, place)? {
            Placed::At(slot) => {
                acts.push(Act::Open { at, slot, keeper });
                return Ok(acts);
            }
            Placed::NoDate => acts.push(Act::Skip { at, why: "Nobody knows the date that it hangs on".into() }),
            Placed::Passed => acts.push(Act::Skip { at, why: "The day that it was for is over or too near".into() }),
        }
        happened.previous = happened.previous.or(Some(setting.now.max(run.row.joined_ms)));
    }
    acts.push(Act::Finish);
    Ok(acts)
}

/// Why they are out of the plan, and whether it is their own no.
pub fn leaves(template: &Template, known: &Known, now: Millis) -> Option<(String, bool)> {
    if known.removed {
        return Some(("Is not in the book any more".into(), true));
    }
    // Whoever wants to hear nothing is asked nothing, whatever the plan says.
    if known.opted_out() {
        return Some(("Does not want to hear from us".into(), true));
    }
    template.leave_when.iter().find_map(|condition| condition.holds(known, now)).map(|why| (why, false))
}

pub(super) fn passed_over(step: &Step, known: &Known, now: Millis) -> Option<String> {
    let refused = step.channel.needs().filter(|channel| known.refuses(*channel));
    refused.map(|channel| refusal(channel).to_owned()).or(step.skip_when.iter().find_map(|when| when.holds(known, now)))
}
