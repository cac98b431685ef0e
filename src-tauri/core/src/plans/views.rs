//! Somebody's run through a plan as a line: what was done, what was passed over and why, what is owed, and what is to come.

use std::collections::HashMap;

use serde::Serialize;

use super::run::{self, EnrolmentState, Run, StepState};
use super::setting::Setting;
use super::template::{StepChannel, Template};
use super::{catalogue, coming, keeper_view};
use crate::error::{Error, Result};
use crate::ids::{EnrolmentId, PersonId, PlanId, PlanVersionId, PromiseId};
use crate::people::person;
use crate::store::Db;
use crate::team::volunteers::Keeper;
use crate::time::Millis;
use crate::{args, statements, words};

words! {
    pub enum RunStepState {
        Open = "open",
        Waiting = "waiting",
        Done = "done",
        Skipped = "skipped",
        Left = "left",
        /// Worked out as if each before it were done on its day.
        ToCome = "to_come",
        /// When, nobody knows yet.
        Undated = "undated",
    }
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RunStep {
    pub key: String,
    pub title: String,
    pub channel: StepChannel,
    pub state: RunStepState,
    pub promise: Option<PromiseId>,
    pub told: bool,
    pub keeper: Option<Keeper>,
    /// The day on which it may begin, to which it is moved; of one that was tried, when to try again.
    pub from_ms: Option<Millis>,
    /// The last day on which it is to be done.
    pub due_ms: Option<Millis>,
    /// When it was done, in whatever conversation, or passed over.
    pub ended_ms: Option<Millis>,
    /// Why it was passed over, or moved, or how it was done.
    pub why: String,
    pub question: String,
    pub text: String,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct RunView {
    pub id: EnrolmentId,
    pub person: PersonId,
    pub plan: PlanId,
    pub version: PlanVersionId,
    pub name: String,
    pub state: EnrolmentState,
    pub joined_ms: Millis,
    /// The event, the renewal, the anniversary: `YYYY-MM-DD`.
    pub date: Option<String>,
    pub held_ms: Option<Millis>,
    /// `None` while on hold: until further notice.
    pub held_until_day: Option<String>,
    pub held_why: String,
    pub ended_ms: Option<Millis>,
    pub end_reason: String,
    pub steps: Vec<RunStep>,
}

/// Someone in a plan, for its page.
#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct InPlan {
    pub enrolment: EnrolmentId,
    pub person: PersonId,
    pub name: String,
    pub state: EnrolmentState,
    pub joined_ms: Millis,
    pub held_until_day: Option<String>,
    /// When the step that is owed is due.
    pub due_ms: Option<Millis>,
    /// What it is called.
    pub step: Option<String>,
    pub version: PlanVersionId,
    pub told: Option<bool>,
}

const MOST_IN_PLAN: u32 = 1_000;

statements! {
    IN_PLAN = "SELECT e.id AS enrolment, e.person_id AS person, h.name, e.state, e.joined_ms, e.held_until_day, p.due_ms, \
        s.step, s.told, v.id AS version FROM enrolment e JOIN plan_version v ON v.id = e.plan_version_id JOIN person h ON h.id = e.person_id \
        LEFT JOIN enrolment_step s ON s.enrolment_id = e.id AND s.state IN ('open', 'waiting') \
        LEFT JOIN promise p ON p.id = s.promise_id \
        WHERE v.plan_id = $1 AND e.state IN ('running', 'held') ORDER BY p.due_ms IS NULL, p.due_ms, h.sort_key, e.id LIMIT $2";
}

/// Who is in a plan, those first whose next step is due first; at most a thousand.
pub async fn in_plan(db: &mut Db, plan: PlanId) -> Result<Vec<InPlan>> {
    let mut people: Vec<InPlan> = db.all(&IN_PLAN, args![plan, MOST_IN_PLAN]).await?;
    let templates = catalogue::versions(db, people.iter().map(|each| each.version)).await?;
    for each in &mut people {
        let (Some(key), Some((_, template))) = (&each.step, templates.get(&each.version)) else { continue };
        each.step = template.step(key).map(|step| step.title.clone());
    }
    Ok(people)
}

/// Every plan that this person is or was in, the newest first.
pub async fn of_person(db: &mut Db, now: Millis, person: PersonId) -> Result<Vec<RunView>> {
    let mut runs = run::of_people(db, &[person]).await?;
    runs.reverse();
    views(db, now, person, runs).await
}

pub async fn one(db: &mut Db, now: Millis, id: EnrolmentId) -> Result<RunView> {
    let run = run::one(db, id).await?;
    let person = run.row.person_id;
    let view = views(db, now, person, vec![run]).await?.pop();
    view.ok_or_else(|| Error::internal("a run that cannot be shown"))
}

async fn views(db: &mut Db, now: Millis, of: PersonId, runs: Vec<Run>) -> Result<Vec<RunView>> {
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    let setting = Setting::of(db, now).await?;
    let templates = catalogue::versions(db, runs.iter().map(|run| run.row.plan_version_id)).await?;
    let known = setting.known(db, &[of]).await?;
    let keeper = person::keeper(db, of).await?;
    // Each step is shown: one that would be passed over today may be wanted by then.
    let whose = coming::Whose { keeper, unsuited: known.get(&of).map(|known| &known.unsuited), ..Default::default() };
    let mut views = Vec::new();
    for run in runs {
        let Some((plan, template)) = templates.get(&run.row.plan_version_id) else { continue };
        let going_on = matches!(run.row.state, EnrolmentState::Running | EnrolmentState::Held);
        let to_come = if going_on { coming::to_come(&setting, template, &run, whose)? } else { Vec::new() };
        let to_come = to_come.into_iter().map(|touch| (touch.at, touch)).collect();
        views.push(view(&setting, *plan, template, run, &to_come));
    }
    Ok(views)
}

fn view(
    setting: &Setting,
    plan: PlanId,
    template: &Template,
    run: Run,
    to_come: &HashMap<usize, coming::Touch>,
) -> RunView {
    let going_on = matches!(run.row.state, EnrolmentState::Running | EnrolmentState::Held);
    let steps = template.steps.iter().enumerate().filter_map(|(at, step)| {
        let row = run.steps.iter().find(|row| row.step == step.key);
        let touch = to_come.get(&at);
        let state = match row.map(|row| row.state) {
            Some(StepState::Open) => RunStepState::Open,
            Some(StepState::Waiting) => RunStepState::Waiting,
            Some(StepState::Done) => RunStepState::Done,
            Some(StepState::Skipped) => RunStepState::Skipped,
            Some(StepState::Left) => RunStepState::Left,
            None if touch.is_some() => RunStepState::ToCome,
            None if going_on => RunStepState::Undated,
            None => return None,
        };
        let keeper = row.and_then(|row| row.keeper_id).or(touch.and_then(|touch| touch.keeper));
        Some(RunStep {
            key: step.key.clone(),
            title: step.title.clone(),
            channel: step.channel,
            state,
            promise: row.and_then(|row| row.promise_id),
            told: row.is_some_and(|row| row.told),
            keeper: keeper_view(setting, keeper),
            from_ms: row.and_then(|row| row.next_try_ms.or(row.from_ms)).or(touch.map(|touch| touch.slot.from)),
            due_ms: row.and_then(|row| row.due_ms).or(touch.map(|touch| touch.slot.due)),
            ended_ms: row.and_then(|row| row.ended_ms),
            why: row.map(|row| row.why.clone()).unwrap_or_default(),
            question: step.question.clone(),
            text: step.text.clone(),
        })
    });
    RunView {
        steps: steps.collect(),
        id: run.row.id,
        person: run.row.person_id,
        plan,
        version: run.row.plan_version_id,
        name: template.name.clone(),
        state: run.row.state,
        joined_ms: run.row.joined_ms,
        date: run.row.anchor_day,
        held_ms: run.row.held_ms,
        held_until_day: run.row.held_until_day,
        held_why: run.row.held_why,
        ended_ms: run.row.ended_ms,
        end_reason: run.row.end_reason,
    }
}
