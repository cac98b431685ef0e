//! What is to be written for a step that is owed: an e-mail or a letter.

use std::collections::HashMap;

use serde::Serialize;

use super::catalogue;
use super::run::{self, Run, StepState};
use super::template::{Step, StepChannel, Template};
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, PlanId, PlanVersionId, PromiseId};
use crate::promises::ledger::PromiseKind;
use crate::promises::today::Today;
use crate::store::{Db, Value};
use crate::{statements, words};

words! {
    pub enum LetterKind {
        Email = "email",
        Letter = "letter",
    }
}

impl LetterKind {
    fn of(step: &Step) -> Option<Self> {
        match step.channel {
            StepChannel::Email => Some(Self::Email),
            StepChannel::Letter => Some(Self::Letter),
            _ => None,
        }
    }
}

/// An open step that is kept by writing.
#[derive(Clone, Debug)]
pub struct WrittenStep {
    pub person: PersonId,
    pub plan: String,
    pub step: Step,
    pub kind: LetterKind,
}

/// Which promise is kept by writing, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct OwedLetter {
    pub promise: PromiseId,
    pub kind: LetterKind,
}

statements! {
    STEPS_OF = "SELECT s.promise_id, s.step, e.plan_version_id FROM enrolment_step s \
        JOIN enrolment e ON e.id = s.enrolment_id WHERE s.state = 'open' AND s.promise_id IN ($1)";
}

/// Of this promise. Refused where it is not owed any more, or is not kept by writing.
pub async fn step(db: &mut Db, promise: PromiseId) -> Result<WrittenStep> {
    let over = || Error::new(Code::Conflict, "This step is not owed any more. Look at the plan again.");
    let id = run::of_promise(db, promise).await?.ok_or_else(over)?;
    let run: Run = run::one(db, id).await?;
    let open = run.open().filter(|row| row.state == StepState::Open && row.promise_id == Some(promise));
    let key = &open.ok_or_else(over)?.step;
    let mut versions = catalogue::versions(db, [run.row.plan_version_id]).await?;
    let template = versions.remove(&run.row.plan_version_id).map(|(_, template)| template);
    let template = template.ok_or_else(|| Error::internal("an enrolment without its plan"))?;
    let step = template.step(key).ok_or_else(over)?.clone();
    let kind =
        LetterKind::of(&step).ok_or_else(|| Error::invalid(format!("“{}” is no e-mail and no letter.", step.title)))?;
    Ok(WrittenStep { person: run.row.person_id, plan: template.name, step, kind })
}

/// Those promises of Today that are kept by writing.
pub async fn of_today(db: &mut Db, today: &Today) -> Result<Vec<OwedLetter>> {
    let promises = today.groups.iter().flat_map(|group| &group.items).map(|item| &item.promise);
    let unrung = promises.filter(|promise| promise.kind == PromiseKind::PlanStep && !promise.by_ringing);
    let keys = unrung.map(|promise| Value::from(promise.id)).collect();
    let steps: Vec<(PromiseId, String, PlanVersionId)> = db.among(&STEPS_OF, keys).await?;
    let versions: HashMap<PlanVersionId, (PlanId, Template)> =
        catalogue::versions(db, steps.iter().map(|(.., version)| *version)).await?;
    let kind = |key: &str, version| LetterKind::of(versions.get(version)?.1.step(key)?);
    let owed = steps
        .iter()
        .filter_map(|(promise, key, version)| Some(OwedLetter { promise: *promise, kind: kind(key, version)? }));
    Ok(owed.collect())
}
