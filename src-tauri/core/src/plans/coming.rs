//! The steps to come, worked out as the next promise is (`schedule`), as if each were done on its day.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;

use super::condition::Known;
use super::run::{self, EnrolmentState, Run, StepRow, StepState};
use super::schedule::{self, Base, Ground, Happened, Placed, Slot, Wait};
use super::setting::Setting;
use super::template::{Step, Template, Who};
use super::workdays::Unsuited;
use crate::error::Result;
use crate::ids::{PlanVersionId, VolunteerId};
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

/// From where the steps of a run are worked out that are still to be promised.
pub struct Ahead {
    /// The step that is on hold, once it goes on.
    pub held: Option<Touch>,
    pub happened: Happened,
    pub first: usize,
    pub now: Millis,
}

/// `None`: nothing is to come, or nobody knows when, as of a run on hold until further notice.
pub fn ahead(setting: &Setting, template: &Template, run: &Run, whose: Whose<'_>) -> Result<Option<Ahead>> {
    let Some(at) = run.place(template) else { return Ok(None) };
    let mut happened = run.happened();
    let now = setting.now;
    if run.row.state != EnrolmentState::Held {
        let Some(slot) = run.open().and_then(StepRow::slot) else {
            return Ok(Some(Ahead { held: None, happened, first: at, now }));
        };
        let done = slot.from.max(now);
        happened.previous = Some(done);
        return Ok(Some(Ahead { held: None, happened, first: at + 1, now: done }));
    }
    let Some(until) = run.held_until()? else { return Ok(None) };
    let (since, until) = (run.row.held_ms.unwrap_or(now), setting.work.midnight(until));
    let (days, open_ms) = schedule::held(run.row.joined_ms, since, until, &setting.work)?;
    happened.held_days += days;
    happened.held_open_ms += open_ms;
    happened.previous = happened.previous.map(|previous| previous.max(until));
    let now = now.max(until);
    // What they were told is owed on its day, and what follows waits.
    if let Some(slot) = run.open().filter(|row| row.state == StepState::Open).and_then(StepRow::slot) {
        let done = slot.from.max(now);
        happened.previous = Some(done);
        return Ok(Some(Ahead { held: None, happened, first: at + 1, now: done }));
    }
    let (Some(rest), Some(step)) = (run.open().and_then(StepRow::rest), template.steps.get(at)) else {
        return Ok(Some(Ahead { held: None, happened, first: at, now }));
    };
    let keeper = of_step(setting, step, whose.keeper);
    let slot = setting.lay(keeper, whose.unsuited, &[], |ground| {
        let ground = Ground { now, ..*ground };
        schedule::resumed(step.when, step.within_days, &happened, rest, until, &ground)
    })?;
    let held = Touch { at, day: setting.work.date_of(slot.from), slot, keeper };
    happened.previous = Some(slot.from);
    Ok(Some(Ahead { held: Some(held), happened, first: at + 1, now: slot.from }))
}

/// The steps of a run that are still to be promised.
pub fn to_come(setting: &Setting, template: &Template, run: &Run, whose: Whose<'_>) -> Result<Vec<Touch>> {
    let Some(Ahead { held, happened, first, now }) = ahead(setting, template, run, whose)? else {
        return Ok(Vec::new());
    };
    let then = project(setting, template, happened, first, now, whose)?;
    Ok(held.into_iter().chain(then).collect())
}

/// All that the steps to come of most depend on.
type Beginning = (PlanVersionId, Happened, usize, Millis, Option<VolunteerId>);

/// The steps to come of many, of whom most begin alike: theirs are worked out once.
#[derive(Default)]
pub(super) struct Alike {
    known: HashMap<Beginning, Vec<Touch>>,
    own: Vec<Touch>,
}

impl Alike {
    pub fn project(
        &mut self,
        setting: &Setting,
        (version, template): (PlanVersionId, &Template),
        happened: Happened,
        first: usize,
        now: Millis,
        known: &Known,
    ) -> Result<&[Touch]> {
        let own = || project(setting, template, happened, first, now, Whose::of(known));
        // What does not have a step passed over now does not later: a conversation only comes to lie further back.
        let is_alike = known.unsuited == Unsuited::default()
            && template.steps.iter().skip(first).all(|step| run::passed_over(step, known, now).is_none());
        if !is_alike {
            self.own = own()?;
            return Ok(&self.own);
        }
        Ok(match self.known.entry((version, happened, first, now, known.keeper)) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(new) => new.insert(own()?),
        })
    }
}
