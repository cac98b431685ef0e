//! What is to be written for a step that is owed: an e-mail or a letter.

use super::run::{self, StepState};
use super::template::{Step, StepChannel};
use super::{catalogue, run::Run};
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, PromiseId};
use crate::store::Db;

/// An open step that is kept by writing.
#[derive(Clone, Debug)]
pub struct WrittenStep {
    pub person: PersonId,
    pub plan: String,
    pub step: Step,
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
    if !matches!(step.channel, StepChannel::Email | StepChannel::Letter) {
        return Err(Error::invalid(format!("“{}” is no e-mail and no letter.", step.title)));
    }
    Ok(WrittenStep { person: run.row.person_id, plan: template.name, step })
}
