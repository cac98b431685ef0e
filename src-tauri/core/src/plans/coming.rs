//! The steps to come, worked out as the next promise is (`schedule`), as if each were done on its day.

use chrono::NaiveDate;

use super::condition::Known;
use super::run::{self, EnrolmentState, Run, StepRow};
use super::schedule::{self, Base, Ground, Happened, Placed, Slot, Wait};
use super::setting::Setting;
use super::template::{Step, Template, Who};
use super::workdays::Unsuited;
use crate::error::Result;
use crate::ids::VolunteerId;
use crate::time::Millis;

/// A step to come, as far as is known now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Its place in the plan.
    pub at: usize,
    pub day: NaiveDate,
    pub slot: Slot,
    pub keeper: Option<VolunteerId>,
}

/// Whose steps are worked out.
#[derive(Clone, Copy, Default)]
pub struct Whose<'a> {
    pub keeper: Option<VolunteerId>,
    pub unsuited: Option<&'a Unsuited>,
    /// Where it is given, what would be passed over for what is known of them now is left out.
    pub known: Option<&'a Known>,
    /// Each wait is so many business days longer.
    pub wait_longer: u32,
}

impl<'a> Whose<'a> {
    pub fn of(known: &'a Known) -> Self {
        Self { keeper: known.keeper, unsuited: Some(&known.unsuited), known: Some(known), wait_longer: 0 }
    }
}

/// The steps of a plan from `first` on, as if each were done on its day. What hangs on a date that is over is left out.
pub fn project(
    setting: &Setting,
    template: &Template,
    mut happened: Happened,
    first: usize,
    now: Millis,
    whose: Whose<'_>,
) -> Result<Vec<Touch>> {
    let mut touches = Vec::new();
    let mut now = now.max(setting.now);
    let mut last: Vec<NaiveDate> = happened.previous.map(|at| setting.work.date_of(at)).into_iter().collect();
    for (at, step) in template.steps.iter().enumerate().skip(first) {
        let keeper = of_step(setting, step, whose.keeper);
        let mut when = step.when;
        if let (Wait::Days(days), Base::Joining | Base::Previous) = (when.wait, when.base) {
            let longer =
                if when.base == Base::Joining { whose.wait_longer * super::count(at + 1) } else { whose.wait_longer };
            when.wait = Wait::Days(days + longer);
        }
        let place =
            |ground: &Ground<'_>| schedule::place(when, step.within_days, &happened, &Ground { now, ..*ground });
        if let Placed::At(slot) = setting.lay(keeper, whose.unsuited, &last, place)? {
            if whose.known.is_some_and(|known| run::passed_over(step, known, slot.from).is_some()) {
                continue;
            }
            let day = setting.work.date_of(slot.from);
            touches.push(Touch { at, day, slot, keeper });
            happened.previous = Some(slot.from);
            now = now.max(slot.from);
            last = vec![day];
        }
    }
    Ok(touches)
}

pub(super) fn of_step(setting: &Setting, step: &Step, keeper: Option<VolunteerId>) -> Option<VolunteerId> {
    match step.who {
        Who::Keeper => keeper,
        Who::Volunteer(id) => Some(id),
        // Whoever of the role is first stands for all of it: who owes least then, nobody knows now.
        Who::Role(role) => setting.there().find(|worker| worker.role == role).map(|worker| worker.id),
    }
}

/// The steps of a run that are still to be promised. Of one on hold until further notice nobody knows when.
pub fn to_come(setting: &Setting, template: &Template, run: &Run, whose: Whose<'_>) -> Result<Vec<Touch>> {
    let Some(at) = run.place(template) else { return Ok(Vec::new()) };
    let mut happened = run.happened();
    let mut now = setting.now;
    if run.row.state == EnrolmentState::Held {
        let Some(until) = run.held_until()? else { return Ok(Vec::new()) };
        let (since, until) = (run.row.held_ms.unwrap_or(now), setting.work.midnight(until));
        let (days, open_ms) = schedule::held(run.row.joined_ms, since, until, &setting.work)?;
        happened.held_days += days;
        happened.held_open_ms += open_ms;
        happened.previous = happened.previous.map(|previous| previous.max(until));
        now = now.max(until);
        let waiting = run.open().and_then(StepRow::rest);
        if let (Some(rest), Some(step)) = (waiting, template.steps.get(at)) {
            let keeper = of_step(setting, step, whose.keeper);
            let slot = setting.lay(keeper, whose.unsuited, &[], |ground| {
                let ground = Ground { now, ..*ground };
                schedule::resumed(step.when, step.within_days, &happened, rest, until, &ground)
            })?;
            let day = setting.work.date_of(slot.from);
            let first = Touch { at, day, slot, keeper };
            happened.previous = Some(slot.from);
            let rest = project(setting, template, happened, at + 1, slot.from, whose)?;
            return Ok([vec![first], rest].concat());
        }
        return project(setting, template, happened, at, now, whose);
    }
    match run.open().and_then(StepRow::slot) {
        Some(slot) => {
            let done = slot.from.max(now);
            happened.previous = Some(done);
            project(setting, template, happened, at + 1, done, whose)
        }
        None => project(setting, template, happened, at, now, whose),
    }
}
