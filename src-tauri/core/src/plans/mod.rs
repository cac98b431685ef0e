//! Plans for building relationships: what is done for somebody over weeks, by people who have lives.
//!
//! A **plan** is a template with versions that are never changed (`template`, `catalogue`). An **enrolment** is one person's run
//! through one version (`enrolment`). It owes at most one thing at a time: the open `plan_step` promise of the step that it
//! stands at. That promise is all that it writes to the ledger; the steps to come are worked out (`schedule`), the same way
//! for the window, for the forecast and for the next promise, so that they cannot differ. Which promise belongs to which
//! step is written here alone (`enrolment_step`), so that the ledger knows nothing of plans.
//!
//! `schedule`, `layout` and `forecast::weigh` are functions of what they are given: no book, no clock.
//!
//! **What must always be true**
//! 1. A step that was reached has one row and one fate: owed now, waiting on hold, done, skipped with why, or left.
//! 2. An open step has an open promise, and a running enrolment has one open step (but while we are never open at all).
//! 3. A step's wait is the business time that its plan says, whatever was held in between; never less.
//! 4. Wellmet lays no touch of a plan nearer to another of that person than the association wants, whatever plans they are
//!    of. What somebody moves by hand, agrees with the person or brings together by a merge, stands as they did it until it
//!    is planned anew.
//! 5. Spreading, planning anew and the next step after one that was done lay no step on a day beyond what its keeper takes on
//!    where there is another day. Entering without spreading, and going on after a hold, go by the wait alone: the forecast
//!    says where that breaks a day.
//! 6. A date that a person was told stands: re-planning lists it and moves nothing of it. A promise that is late is not moved
//!    either: it was broken, is released with why, and another is made.
//! 7. Nothing that happens by itself ends a hold but the day that whoever held it chose, or the person's own no.
//!
//! **How plans hear of things.** The end of a promise and a conversation are told by `promises::watch`, in the edit in which
//! they happen: undoing a filed call undoes what it did to a plan. What happens to people (a standing, a tag, an answered
//! inquiry, a consent) is read from the journal afterwards by `follow`, which no way of changing a person can forget.
//!
//! **What can go wrong, and what then.** The week has no opening: refused with the way out. No day bears a step within two
//! years: said, and nothing is written. A step's date has passed: the step is skipped, with why. Somebody changed the book
//! between a preview and its doing: the doing makes its own plan of the book as it is, and where that differs from the one
//! that was shown, it writes nothing and says so.

mod again;
pub mod catalogue;
pub mod coming;
pub mod condition;
pub mod drafts;
pub mod enter;
pub mod follow;
pub mod forecast;
mod hear;
pub mod layout;
pub mod load;
pub mod newer;
pub mod replan;
mod room;
pub mod run;
pub mod schedule;
pub mod setting;
mod spread;
pub mod template;
pub mod views;
pub mod workdays;
pub mod write;
pub mod written;

use chrono::NaiveDate;

use crate::ids::VolunteerId;
use crate::team::volunteers::Keeper;
use load::Load;
use setting::Setting;

impl layout::Fixed for Load {
    fn on(&self, keeper: Option<VolunteerId>, date: NaiveDate) -> u32 {
        Self::on(self, keeper, date)
    }
}

fn keeper_view(setting: &Setting, id: Option<VolunteerId>) -> Option<Keeper> {
    Keeper::of(id, id.and_then(|id| setting.worker(id)).map(|worker| worker.name.clone()))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
