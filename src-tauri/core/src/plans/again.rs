//! What is looked at once more: a step on its day, whether it is still to be done; and whether of one plan one run goes on, and
//! of one run one step is owed, after records were merged or an older edit was undone.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::catalogue;
use super::run::{self, EnrolmentState, Run, StepRow, StepState};
use super::schedule::Slot;
use super::setting::Setting;
use super::write;
use crate::error::Result;
use crate::ids::{EnrolmentId, PersonId, PlanId};
use crate::promises::ledger::{self, PromiseState};
use crate::store::{self, Edit, Value};
use crate::time::Millis;
use crate::{args, statements};

// What was tried is underway; what they were told stands; what is late is somebody's to answer for.
macro_rules! come {
    ($($rest:expr),+) => {
        concat!("SELECT e.id FROM enrolment e JOIN enrolment_step s ON s.enrolment_id = e.id JOIN promise p ON p.id = s.promise_id \
            WHERE s.state = 'open' AND NOT s.told AND e.state = 'running' AND p.attempt = 0 AND p.next_try_ms IS NULL \
            AND p.from_ms < $1 AND p.due_ms >= $2 ", $($rest),+)
    };
}

statements! {
    COME = come!("ORDER BY e.id");
    COME_OF = come!("AND e.person_id IN ($3) ORDER BY e.id");
    INTO = "SELECT merged_into FROM person WHERE merged_into IS NOT NULL AND id IN ($1)";
    LEFT_FOR = "UPDATE enrolment SET left_for = $2 WHERE id = $1";
    APART = "SELECT e.id FROM enrolment e JOIN enrolment o ON o.id = e.left_for \
        WHERE e.left_for IS NOT NULL AND e.state = 'left' AND e.person_id <> o.person_id ORDER BY e.id";
    COME_BACK = "UPDATE enrolment SET state = 'running', ended_ms = NULL, end_reason = '', left_for = NULL WHERE id = $1";
    OWED_AGAIN = "UPDATE enrolment_step SET state = 'open', promise_id = $2, ended_ms = NULL, why = '' WHERE id = $1";
    FORGET_STEP = "DELETE FROM enrolment_step WHERE id = $1";
}

/// Looks at each step whose day has come, and has not been begun, for what would have it passed over. On a new day at all of
/// them, else at those of people to whom something happened.
pub(super) async fn look(
    edit: &mut Edit,
    today: NaiveDate,
    happened: &[store::Happening],
    is_new_day: bool,
) -> Result<u32> {
    let whom: HashSet<PersonId> = happened.iter().map(|row| row.person_id).collect();
    if !is_new_day && whom.is_empty() {
        return Ok(0);
    }
    let now = edit.at;
    let setting = Setting::of(edit, now).await?;
    let tomorrow = setting.work.midnight(today.succ_opt().unwrap_or(today));
    let come: Vec<(EnrolmentId,)> = if is_new_day {
        edit.all(&COME, args![tomorrow, now]).await?
    } else {
        edit.among_these(&COME_OF, args![tomorrow, now], whom.into_iter().map(Value::from).collect()).await?
    };
    let ids: Vec<EnrolmentId> = come.into_iter().map(|(id,)| id).collect();
    let runs = run::by_id(edit, &ids).await?;
    let templates = catalogue::versions(edit, runs.iter().map(|run| run.row.plan_version_id)).await?;
    let people: Vec<PersonId> = runs.iter().map(|run| run.row.person_id).collect();
    let known = setting.known(edit, &people).await?;
    let mut skipped = Vec::new();
    for run in &runs {
        let (Some((_, template)), Some(known), Some(row)) =
            (templates.get(&run.row.plan_version_id), known.get(&run.row.person_id), run.open())
        else {
            continue;
        };
        let why = template.step(&row.step).and_then(|step| run::passed_over(step, known, now));
        if let (Some(why), Some(promise)) = (why, row.promise_id) {
            write::mark(edit, row.id, StepState::Skipped, now, &why).await?;
            ledger::release(edit, promise, &why).await?;
            skipped.push(run.row.id);
        }
    }
    write::settle(edit, &skipped).await?;
    Ok(super::count(skipped.len()))
}

/// Of two records that became one, both may have been in the plan: whichever has come further goes on. Where they are taken
/// apart, the other goes on again as it stood.
pub(super) async fn one_run_a_plan(edit: &mut Edit, happened: &[store::Happening]) -> Result<()> {
    let apart: Vec<(EnrolmentId,)> = edit.all(&APART, args![]).await?;
    let apart: Vec<EnrolmentId> = apart.into_iter().map(|(id,)| id).collect();
    for run in run::by_id(edit, &apart).await? {
        come_back(edit, &run).await?;
    }
    write::settle(edit, &apart).await?;
    let changed: HashSet<PersonId> =
        happened.iter().filter(|row| row.tbl == "person").map(|row| row.person_id).collect();
    let became: Vec<(PersonId,)> = edit.among(&INTO, changed.into_iter().map(Value::from).collect()).await?;
    let people: HashSet<PersonId> = became.into_iter().map(|(id,)| id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut runs = run::of_people(edit, &people).await?;
    runs.retain(|run| matches!(run.row.state, EnrolmentState::Running | EnrolmentState::Held));
    let versions = catalogue::versions(edit, runs.iter().map(|run| run.row.plan_version_id)).await?;
    let mut same: HashMap<(PersonId, PlanId), Vec<Run>> = HashMap::new();
    for run in runs {
        if let Some((plan, _)) = versions.get(&run.row.plan_version_id) {
            same.entry((run.row.person_id, *plan)).or_default().push(run);
        }
    }
    for mut runs in same.into_values().filter(|runs| runs.len() > 1) {
        let ended = |run: &Run| run.steps.iter().filter(|step| step.ended_ms.is_some()).count();
        // What somebody put on hold stays on hold.
        let is_held = |run: &Run| run.row.state == EnrolmentState::Held;
        runs.sort_by_key(|run| (!is_held(run), std::cmp::Reverse(ended(run)), run.row.joined_ms, run.row.id));
        let Some((stays, others)) = runs.split_first() else { continue };
        for other in others.iter().filter(|other| !is_held(other)) {
            write::leave_in(edit, other, "Was in this plan by two records, which became one", false).await?;
            edit.run(&LEFT_FOR, args![other.row.id, stays.row.id]).await?;
        }
    }
    Ok(())
}

async fn come_back(edit: &mut Edit, run: &Run) -> Result<()> {
    edit.run(&COME_BACK, args![run.row.id]).await?;
    let left = run.steps.iter().filter(|step| step.state == StepState::Left).max_by_key(|step| step.ended_ms);
    let Some(step) = left.filter(|step| step.ended_ms == run.row.ended_ms) else { return Ok(()) };
    match (step.promise_id, still_ahead(step, edit.at)) {
        // They had been told: it stood all the while.
        (Some(promise), _) if ledger::get(edit, promise).await?.state == PromiseState::Open => {
            edit.run(&OWED_AGAIN, args![step.id, promise]).await?;
        }
        (_, Some(slot)) => {
            let versions = catalogue::versions(edit, [run.row.plan_version_id]).await?;
            let template = versions.get(&run.row.plan_version_id).map(|(_, template)| template);
            let at = template.and_then(|template| template.place(&step.step));
            if let (Some(template), Some(at)) = (template, at) {
                let promised = write::promised(template, at, run.row.person_id, step.keeper_id, slot);
                let promise = ledger::lay(edit, &promised);
                edit.run(&OWED_AGAIN, args![step.id, promise]).await?;
            }
        }
        // Its time is over: it is laid anew.
        _ => drop(edit.run(&FORGET_STEP, args![step.id]).await?),
    }
    Ok(())
}

fn still_ahead(step: &StepRow, now: Millis) -> Option<Slot> {
    step.slot().filter(|slot| slot.due > now)
}

/// Who undoes an older edit may find a later step that somebody has touched since, and that undo leaves alone. What comes
/// first in the plan is owed; the other comes again when it is done. And what was put on hold since waits.
pub(super) async fn one_step_a_run(edit: &mut Edit, people: &[PersonId]) -> Result<()> {
    let runs = run::of_people(edit, people).await?;
    let is_held = |run: &Run| run.row.state == EnrolmentState::Held;
    let waits = |row: &StepRow| row.state == StepState::Waiting || row.told;
    let wrong: Vec<&Run> =
        runs.iter().filter(|run| owed(run).count() > 1 || (is_held(run) && !owed(run).all(waits))).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let now = edit.at;
    let setting = Setting::of(edit, now).await?;
    let versions = catalogue::versions(edit, wrong.iter().map(|run| run.row.plan_version_id)).await?;
    for run in wrong {
        let Some((_, template)) = versions.get(&run.row.plan_version_id) else { continue };
        let mut steps: Vec<&StepRow> = owed(run).collect();
        steps.sort_by_key(|row| template.place(&row.step).unwrap_or(usize::MAX));
        for later in &steps[1..] {
            // The row goes first: the end of its promise is no news then.
            edit.run(&FORGET_STEP, args![later.id]).await?;
            if let (StepState::Open, Some(promise)) = (later.state, later.promise_id) {
                ledger::release(edit, promise, "The step before it is owed again").await?;
            }
        }
        if is_held(run) && !waits(steps[0]) {
            write::stand_still(edit, &setting, run, steps[0], run.held_until()?).await?;
        }
    }
    Ok(())
}

fn owed(run: &Run) -> impl Iterator<Item = &StepRow> {
    run.steps.iter().filter(|row| matches!(row.state, StepState::Open | StepState::Waiting))
}
