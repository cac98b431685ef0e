//! Moving people to the newest version of the plan that they are in, once what differs was shown.

use serde::Serialize;

use super::catalogue;
use super::run::{self, EnrolmentState, Run};
use super::template::{Difference, Template, differences};
use super::write;
use crate::error::Result;
use crate::ids::{EnrolmentId, PlanId, PlanVersionId};
use crate::store::{Actor, Book, Db};
use crate::{args, statements};

/// People of one older version, and how theirs differs from the newest.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Older {
    pub version: PlanVersionId,
    pub number: u32,
    pub people: u32,
    pub differences: Vec<Difference>,
    /// Of whom the step at which they stand is not in the newest any more: it is owed no longer.
    pub lose_their_step: u32,
}

statements! {
    IN_OLDER = "SELECT e.id FROM enrolment e JOIN plan_version v ON v.id = e.plan_version_id \
        WHERE v.plan_id = $1 AND v.id <> $2 AND e.state IN ('running', 'held') ORDER BY e.id";
    MOVE = "UPDATE enrolment SET plan_version_id = $2 WHERE id = $1";
}

/// The older versions that people are still in.
pub async fn preview(db: &mut Db, plan: PlanId) -> Result<Vec<Older>> {
    let detail = catalogue::detail(db, plan).await?;
    let runs = in_older(db, plan).await?;
    let Some((newest, older)) = detail.versions.split_first() else { return Ok(Vec::new()) };
    let views = older.iter().map(|version| {
        let theirs: Vec<&Run> = runs.iter().filter(|run| run.row.plan_version_id == version.id).collect();
        let lost =
            theirs.iter().filter(|run| run.open().is_some_and(|step| newest.template.step(&step.step).is_none()));
        Older {
            version: version.id,
            number: version.number,
            people: super::count(theirs.len()),
            differences: differences(&version.template, &newest.template),
            lose_their_step: super::count(lost.count()),
        }
    });
    Ok(views.filter(|older| older.people > 0).collect())
}

async fn in_older(db: &mut Db, plan: PlanId) -> Result<Vec<Run>> {
    let newest = catalogue::newest(db, plan).await?.id;
    let ids: Vec<(EnrolmentId,)> = db.all(&IN_OLDER, args![plan, newest]).await?;
    run::by_id(db, &ids.into_iter().map(|(id,)| id).collect::<Vec<_>>()).await
}

/// Moves everyone who is in an older version. What they have done stands; what comes before the step at which they stand and
/// was added since is passed over; a step that is no more is owed no longer. Answers how many.
pub async fn move_all(book: &Book, actor: Actor, plan: PlanId) -> Result<u32> {
    let mut edit = book.write(actor, "move_to_newer_plan").await?;
    let newest = catalogue::newest(&mut edit, plan).await?;
    edit.about(newest.template.name.clone());
    let runs = in_older(&mut edit, plan).await?;
    for run in &runs {
        if let Some(step) = run.open().filter(|step| newest.template.step(&step.step).is_none()) {
            write::drop_step(&mut edit, step, "The plan does not have this step any more").await?;
        }
        for key in passed(run, &newest.template) {
            write::pass_over(&mut edit, run.row.id, key, "Was added to the plan before the step at which they stood");
        }
        edit.run(&MOVE, args![run.row.id, newest.id]).await?;
    }
    let idle: Vec<EnrolmentId> =
        runs.iter().filter(|run| run.row.state == EnrolmentState::Running).map(|run| run.row.id).collect();
    write::settle(&mut edit, &idle).await?;
    edit.commit().await?;
    Ok(super::count(runs.len()))
}

/// The steps of the newer version that lie behind them though they never came to them.
fn passed<'a>(run: &Run, newer: &'a Template) -> Vec<&'a str> {
    let stands = run.open().and_then(|step| newer.place(&step.step));
    let after_last =
        run.steps.iter().filter(|row| row.ended_ms.is_some()).filter_map(|row| newer.place(&row.step)).max();
    let until = stands.or(after_last.map(|at| at + 1)).unwrap_or(0);
    let reached = |key: &str| run.steps.iter().any(|row| row.step == key);
    newer.steps[..until].iter().map(|step| step.key.as_str()).filter(|key| !reached(key)).collect()
}
