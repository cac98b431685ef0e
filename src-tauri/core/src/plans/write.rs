//! What happens to an enrolment, written: its next promise, a hold, its end. One row a step, and one promise at a time.

use chrono::NaiveDate;

use super::catalogue;
use super::room::Room;
use super::run::{self, Act, EnrolmentRow, EnrolmentState, Owing, Run, StepRow, StepState};
use super::schedule::{self, Placed, Rest, Slot};
use super::setting::Setting;
use super::template::{StepChannel, Template};
use crate::error::{Error, Result};
use crate::ids::{EnrolmentId, EnrolmentStepId, PersonId, PromiseId, VolunteerId};
use crate::people::person;
use crate::promises::ledger::{self, NewStep, Redated};
use crate::promises::sentences as say;
use crate::store::{Actor, Book, Edit};
use crate::team::standards::{self, day};
use crate::time::Millis;
use crate::{args, statements};

statements! {
    ADD_STEP = "INSERT INTO enrolment_step (id, enrolment_id, step, state, promise_id, told, rest_days, rest_ms, ended_ms, why) \
        VALUES ($1, $2, $3, $4, $5, FALSE, NULL, NULL, $6, $7)";
    OPEN_AGAIN = "UPDATE enrolment_step SET state = 'open', promise_id = $2, rest_days = NULL, rest_ms = NULL, why = $3 WHERE id = $1";
    WAIT = "UPDATE enrolment_step SET state = 'waiting', promise_id = NULL, rest_days = $2, rest_ms = $3 WHERE id = $1";
    END_STEP = "UPDATE enrolment_step SET state = $2, ended_ms = $3, why = $4 WHERE id = $1 AND state IN ('open', 'waiting')";
    REPLACE = "UPDATE enrolment_step SET promise_id = $2, told = TRUE WHERE id = $1";
    SET_PROMISE = "UPDATE enrolment_step SET promise_id = $2, why = $3 WHERE id = $1";
    SET_WHY = "UPDATE enrolment_step SET why = $2 WHERE id = $1";
    TOLD = "UPDATE enrolment_step SET told = $2 WHERE id = $1";
    END = "UPDATE enrolment SET state = $2, ended_ms = $3, end_reason = $4, held_ms = NULL, held_until_day = NULL, held_by = NULL \
        WHERE id = $1 AND state IN ('running', 'held')";
    HOLD = "UPDATE enrolment SET state = 'held', held_ms = $2, held_until_day = $3, held_by = $4, held_why = $5 WHERE id = $1";
    RESUME = "UPDATE enrolment SET state = 'running', held_ms = NULL, held_until_day = NULL, held_by = NULL, held_why = '', \
        held_days = held_days + $2, held_open_ms = held_open_ms + $3, resumed_ms = $4 WHERE id = $1";
}

/// What a step's promise is to say.
pub(super) fn promised(
    template: &Template,
    at: usize,
    person: PersonId,
    keeper: Option<VolunteerId>,
    slot: Slot,
) -> NewStep {
    let unrung = template.steps.get(at).is_some_and(|step| step.channel != StepChannel::Call);
    NewStep { person, what: template.what(at), keeper, from: slot.from, due: slot.due, unrung }
}

/// Writes what is to happen to somebody's run.
pub(super) async fn act(
    edit: &mut Edit,
    id: EnrolmentId,
    person: PersonId,
    template: &Template,
    acts: &[Act],
) -> Result<()> {
    let now = edit.at;
    let step = |at: usize| template.steps.get(at).map(|step| step.key.as_str()).unwrap_or_default();
    for act in acts {
        match act {
            Act::Skip { at, why } => {
                edit.add(
                    &ADD_STEP,
                    args![EnrolmentStepId::new(), id, step(*at), StepState::Skipped, None::<PromiseId>, now, why],
                );
            }
            Act::Open { at, slot, keeper } => {
                let promise = ledger::lay(edit, &promised(template, *at, person, *keeper, *slot));
                let row = args![EnrolmentStepId::new(), id, step(*at), StepState::Open, promise, None::<Millis>, ""];
                edit.add(&ADD_STEP, row);
            }
            Act::Finish => end(edit, id, EnrolmentState::Finished, "").await?,
            Act::Leave { why, .. } => end(edit, id, EnrolmentState::Left, why).await?,
        }
    }
    Ok(())
}

async fn end(edit: &mut Edit, id: EnrolmentId, state: EnrolmentState, why: &str) -> Result<()> {
    let at = edit.at;
    edit.run(&END, args![id, state, at, why]).await?;
    Ok(())
}

/// Lets each of these go on, as far as it owes nothing now.
pub(super) async fn settle(edit: &mut Edit, ids: &[EnrolmentId]) -> Result<()> {
    let runs = run::by_id(edit, ids).await?;
    let idle: Vec<Run> =
        runs.into_iter().filter(|run| run.row.state == EnrolmentState::Running && run.open().is_none()).collect();
    if idle.is_empty() {
        return Ok(());
    }
    let now = edit.at;
    // While we are never open nothing can be promised, and a promise can be kept all the same: `follow` sees to the rest.
    if standards::openings(edit).await?.is_empty() {
        return Ok(());
    }
    let setting = Setting::of(edit, now).await?;
    let templates = catalogue::versions(edit, idle.iter().map(|run| run.row.plan_version_id)).await?;
    let people: Vec<PersonId> = idle.iter().map(|run| run.row.person_id).collect();
    let known = setting.known(edit, &people).await?;
    let mut taken = setting.taken(edit, &known, None).await?;
    let mut owing = Owing::of(edit).await?;
    let mut room = Room::new(&setting);
    for run in idle {
        let (Some((_, template)), Some(known)) =
            (templates.get(&run.row.plan_version_id), known.get(&run.row.person_id))
        else {
            continue;
        };
        let taken = taken.entry(run.row.person_id).or_default();
        let mut acts = run::next(&run, template, known, &setting, taken, &mut owing)?;
        if let Some(act) = acts.last_mut() {
            room.find(edit, &run, template, known, taken, act).await?;
        }
        taken.extend(acts.iter().filter_map(|act| day_of(act, &setting)));
        act(edit, run.row.id, run.row.person_id, template, &acts).await?;
    }
    Ok(())
}

pub(super) fn day_of(act: &Act, setting: &Setting) -> Option<NaiveDate> {
    match act {
        Act::Open { slot, .. } => Some(setting.work.date_of(slot.from)),
        _ => None,
    }
}

/// What a run owes is owed no longer. The row goes first: the end of its promise is no news then.
async fn let_go(edit: &mut Edit, step: &StepRow, state: StepState, why: &str, release: bool) -> Result<()> {
    let at = edit.at;
    edit.run(&END_STEP, args![step.id, state, at, why]).await?;
    if let (Some(promise), true) = (step.promise_id, release && step.state == StepState::Open) {
        ledger::release(edit, promise, why).await?;
    }
    Ok(())
}

/// A step that is owed no longer, for whatever reason.
pub(super) async fn drop_step(edit: &mut Edit, step: &StepRow, why: &str) -> Result<()> {
    let_go(edit, step, StepState::Left, why, true).await
}

/// A step that nobody comes to any more.
pub(super) fn pass_over(edit: &mut Edit, id: EnrolmentId, step: &str, why: &str) {
    let at = edit.at;
    edit.add(&ADD_STEP, args![EnrolmentStepId::new(), id, step, StepState::Skipped, None::<PromiseId>, at, why]);
}

/// Takes somebody out. What they were told stands, unless it is their own no.
pub(super) async fn leave_in(edit: &mut Edit, run: &Run, why: &str, own_no: bool) -> Result<()> {
    if let Some(step) = run.open() {
        let_go(edit, step, StepState::Left, why, own_no || !step.told).await?;
    }
    end(edit, run.row.id, EnrolmentState::Left, why).await
}

pub async fn leave(book: &Book, actor: Actor, id: EnrolmentId, why: &str) -> Result<()> {
    let why = why.trim();
    if why.is_empty() {
        return Err(Error::invalid("Say why they leave the plan."));
    }
    let mut edit = book.write(actor, "leave_plan").await?;
    let run = going_on(&mut edit, id).await?;
    leave_in(&mut edit, &run, why, false).await?;
    edit.commit().await.map(drop)
}

/// Passes over the step that they stand at, for a reason that is kept.
pub async fn skip(book: &Book, actor: Actor, id: EnrolmentId, why: &str) -> Result<()> {
    let why = why.trim();
    if why.is_empty() {
        return Err(Error::invalid("Say why this step is passed over."));
    }
    let mut edit = book.write(actor, "skip_plan_step").await?;
    let run = going_on(&mut edit, id).await?;
    let step = run.open().ok_or_else(|| Error::invalid("There is no step to pass over."))?;
    let_go(&mut edit, step, StepState::Skipped, why, true).await?;
    settle(&mut edit, &[id]).await?;
    edit.commit().await.map(drop)
}

/// They know the date of the step that is next, or it turned out that they do not.
pub async fn told(book: &Book, actor: Actor, id: EnrolmentId, told: bool) -> Result<()> {
    let mut edit = book.write(actor, "tell_plan_step").await?;
    let run = going_on(&mut edit, id).await?;
    let step = run.open().filter(|step| step.state == StepState::Open);
    let step = step.ok_or_else(|| Error::invalid("There is no date that anybody could know."))?;
    edit.run(&TOLD, args![step.id, told]).await?;
    if !told && run.row.state == EnrolmentState::Held {
        let now = edit.at;
        let setting = Setting::of(&mut edit, now).await?;
        stand_still(&mut edit, &setting, &run, step, run.held_until()?).await?;
    }
    edit.commit().await.map(drop)
}

/// Lays the step at which somebody stands to a day of one's own choosing, `YYYY-MM-DD`. Whoever chooses it has looked: it is
/// refused only where we are closed or it is over.
pub async fn move_step(book: &Book, actor: Actor, id: EnrolmentId, to_day: &str) -> Result<()> {
    let mut edit = book.write(actor, "move_plan_step").await?;
    let run = going_on(&mut edit, id).await?;
    let now = edit.at;
    let setting = Setting::of(&mut edit, now).await?;
    let to = day(to_day)?;
    let no_day = || Error::invalid(format!("{} is over, or we are closed then. Choose another day.", say::day(to)));
    if !setting.work.is_business_day(to) {
        return Err(no_day());
    }
    let step = run.open().filter(|step| step.state == StepState::Open);
    let (Some(step), Some(promise)) = (step, step.and_then(|step| step.promise_id)) else {
        return Err(Error::invalid("There is no step with a date."));
    };
    if step.told {
        return Err(Error::refused(
            "They were told when. Agree another date with them, and enter that as a new date of the promise.",
        ));
    }
    if step.due_ms.is_some_and(|due| due < now) {
        return Err(Error::refused("This step is late. Do it now, or pass it over and say why."));
    }
    let templates = catalogue::versions(&mut edit, [run.row.plan_version_id]).await?;
    let template = templates.get(&run.row.plan_version_id).map(|(_, template)| template);
    let (Some(template), Some(at)) = (template, template.and_then(|template| template.place(&step.step))) else {
        return Err(Error::internal("an open step that its plan does not have"));
    };
    let slot = schedule::on(to, template.steps[at].within_days, &setting.ground(&[], &[]))?;
    if to < setting.today || slot.due <= now {
        return Err(no_day());
    }
    let moved = promised(template, at, run.row.person_id, step.keeper_id, slot);
    ledger::redate(&mut edit, &Redated { id: promise, step: moved });
    // Why it stood where it stood is not why it stands here.
    say_why(&mut edit, step.id, "").await?;
    edit.commit().await.map(drop)
}

async fn going_on(edit: &mut Edit, id: EnrolmentId) -> Result<Run> {
    let run = run::one(edit, id).await?;
    let name = person::reference(edit, run.row.person_id).await?.name;
    if !matches!(run.row.state, EnrolmentState::Running | EnrolmentState::Held) {
        return Err(Error::new(crate::Code::Conflict, format!("{name} is not in this plan any more.")));
    }
    edit.about(name);
    Ok(run)
}

/// Holds somebody's plan until a day, `YYYY-MM-DD`, or until further notice. What they were told stands and is owed; a wait
/// stands still. Holding it again changes until when.
pub async fn hold(book: &Book, actor: Actor, id: EnrolmentId, until_day: Option<&str>, why: &str) -> Result<()> {
    let mut edit = book.write(actor, "hold_plan").await?;
    let run = going_on(&mut edit, id).await?;
    let now = edit.at;
    let setting = Setting::of(&mut edit, now).await?;
    let until = until_day.map(day).transpose()?;
    if until.is_some_and(|until| until <= setting.today) {
        return Err(Error::invalid("That day is here already. Choose a later one."));
    }
    if until.is_some_and(|until| until > setting.furthest()) {
        return Err(Error::invalid("Nobody plans so far ahead. Hold it until further notice."));
    }
    if let Some(step) = run.open().filter(|step| step.state == StepState::Open && !step.told) {
        stand_still(&mut edit, &setting, &run, step, until).await?;
    }
    let since = run.row.held_ms.unwrap_or(now);
    edit.run(&HOLD, args![id, since, until.map(|until| until.to_string()), actor.volunteer(), why.trim()]).await?;
    edit.commit().await.map(drop)
}

/// What is left of the step's wait is kept, and it is owed no longer.
pub(super) async fn stand_still(
    edit: &mut Edit,
    setting: &Setting,
    run: &Run,
    step: &StepRow,
    until: Option<NaiveDate>,
) -> Result<()> {
    let since = run.row.held_ms.unwrap_or(edit.at);
    let templates = catalogue::versions(edit, [run.row.plan_version_id]).await?;
    let step_of = templates.get(&run.row.plan_version_id).and_then(|(_, template)| template.step(&step.step));
    let rest = match (step_of, step.slot()) {
        (Some(of), Some(slot)) => schedule::rest(of.when, &run.happened(), slot, since, &setting.work)?,
        _ => None,
    };
    let (days, ms) = match rest {
        Some(Rest::Days(days)) => (Some(days), None),
        Some(Rest::OpenMs(ms)) => (None, Some(ms)),
        None => (None, None),
    };
    edit.run(&WAIT, args![step.id, days, ms]).await?;
    if let Some(promise) = step.promise_id {
        let until = until.map_or("further notice".to_owned(), say::day);
        ledger::release(edit, promise, &format!("The plan is on hold until {until}")).await?;
    }
    Ok(())
}

pub async fn resume(book: &Book, actor: Actor, id: EnrolmentId) -> Result<()> {
    let mut edit = book.write(actor, "resume_plan").await?;
    let run = going_on(&mut edit, id).await?;
    if run.row.state != EnrolmentState::Held {
        return Err(Error::invalid("This plan is not on hold."));
    }
    let at = edit.at;
    let setting = Setting::of(&mut edit, at).await?;
    let mut owing = Owing::of(&mut edit).await?;
    resume_in(&mut edit, &setting, &mut owing, &run, at).await?;
    edit.commit().await.map(drop)
}

/// Goes on as of `at`: now, or the day that whoever held it chose.
pub(super) async fn resume_in(
    edit: &mut Edit,
    setting: &Setting,
    owing: &mut Owing,
    run: &Run,
    at: Millis,
) -> Result<()> {
    let since = run.row.held_ms.unwrap_or(at);
    let (days, open_ms) = schedule::held(run.row.joined_ms, since, at, &setting.work)?;
    edit.run(&RESUME, args![run.row.id, days, open_ms, at]).await?;
    let templates = catalogue::versions(edit, [run.row.plan_version_id]).await?;
    let all = setting.known(edit, &[run.row.person_id]).await?;
    let (Some((_, template)), Some(known)) = (templates.get(&run.row.plan_version_id), all.get(&run.row.person_id))
    else {
        return Err(Error::internal("an enrolment without its plan or its person"));
    };
    let Some(step) = run.open().filter(|step| step.state == StepState::Waiting) else {
        return settle(edit, &[run.row.id]).await;
    };
    let here = template.place(&step.step);
    let happened = schedule::Happened {
        held_days: run.row.held_days + days,
        held_open_ms: run.row.held_open_ms + open_ms,
        ..run.happened()
    };
    let taken = setting.taken(edit, &all, None).await?.remove(&known.person).unwrap_or_default();
    let placed = match here.and_then(|at| template.steps.get(at)) {
        None => None,
        Some(of) => {
            let keeper = run::keeper(of, known, setting, owing);
            let slot = setting.lay(keeper, Some(&known.unsuited), &taken, |ground| match step.rest() {
                Some(rest) => schedule::resumed(of.when, of.within_days, &happened, rest, at, ground).map(Placed::At),
                // It hangs on a date, which did not wait.
                None => schedule::place(of.when, of.within_days, &happened, ground),
            })?;
            match slot {
                Placed::At(slot) => Some((slot, keeper)),
                Placed::NoDate | Placed::Passed => None,
            }
        }
    };
    match (placed, here) {
        (Some((slot, keeper)), Some(here)) => {
            let promise = ledger::lay(edit, &promised(template, here, known.person, keeper, slot));
            let why = format!("Was on hold from {}", say::day(setting.work.date_of(since)));
            edit.run(&OPEN_AGAIN, args![step.id, promise, why]).await?;
        }
        _ => {
            let_go(edit, step, StepState::Skipped, "The day that it was for passed while the plan was on hold", false)
                .await?;
            settle(edit, &[run.row.id]).await?;
        }
    }
    Ok(())
}

/// Its promise was kept, or was released by somebody.
pub(super) async fn step_ended(
    edit: &mut Edit,
    run: &EnrolmentRow,
    step: &StepRow,
    done: bool,
    at: Millis,
    why: &str,
) -> Result<()> {
    mark(edit, step.id, if done { StepState::Done } else { StepState::Skipped }, at, why).await?;
    settle(edit, &[run.id]).await
}

/// Another promise stands for the step: it was agreed with the person, so they know it.
pub(super) async fn replaced(edit: &mut Edit, step: &StepRow, promise: PromiseId) -> Result<()> {
    edit.run(&REPLACE, args![step.id, promise]).await?;
    Ok(())
}

/// Another promise stands for the step, and why.
pub(super) async fn promised_anew(edit: &mut Edit, step: EnrolmentStepId, promise: PromiseId, why: &str) -> Result<()> {
    edit.run(&SET_PROMISE, args![step, promise, why]).await?;
    Ok(())
}

pub(super) async fn say_why(edit: &mut Edit, step: EnrolmentStepId, why: &str) -> Result<()> {
    edit.run(&SET_WHY, args![step, why]).await?;
    Ok(())
}

/// Ends a step with why, before its promise is ended by whoever calls this.
pub(super) async fn mark(
    edit: &mut Edit,
    step: EnrolmentStepId,
    state: StepState,
    at: Millis,
    why: &str,
) -> Result<()> {
    edit.run(&END_STEP, args![step, state, at, why]).await?;
    Ok(())
}
