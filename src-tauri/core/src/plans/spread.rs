//! Letting many begin so that nobody has more in a day than they take on: not with their first steps alone, but with all
//! that follows. Each begins, in their order, on the first day from which every step finds room. A wait stays as long as the
//! plan says: it is the beginning that moves.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::catalogue::PlanVersion;
use super::coming::{Alike, Touch};
use super::condition::Known;
use super::enter::{self, Entry};
use super::forecast::{add_runs, begun};
use super::load::Load;
use super::schedule::{self, Base, Ground, Happened, Placed, Slot};
use super::setting::Setting;
use super::template::{Step, Template};
use super::workdays::Unsuited;
use crate::error::Result;
use crate::ids::{PersonId, PlanVersionId, VolunteerId};
use crate::store::Db;
use crate::time::Millis;

/// Later than so many business days nobody is made to begin: whoever finds no room until then begins when they would, and
/// the forecast says which day that breaks.
const LATEST_DAYS: u32 = 400;
const FURTHEST_DAYS: usize = 600;

/// Answers how many begin later than they would.
pub(super) async fn spread(
    db: &mut Db,
    setting: &Setting,
    version: &PlanVersion,
    known: &HashMap<PersonId, Known>,
    taken: &HashMap<PersonId, Vec<NaiveDate>>,
    entries: &mut [Entry],
) -> Result<u32> {
    let mut load = Load::of_ledger(db, setting).await?;
    add_runs(db, setting, &mut load).await?;
    let mut room = Room {
        setting,
        version: version.id,
        template: &version.template,
        load,
        alike: Alike::default(),
        full_until: HashMap::new(),
    };
    let mut later = 0;
    for entry in entries {
        let (Some((at, slot, keeper)), Some(known)) = (entry.first(), known.get(&entry.person)) else { continue };
        let newcomer = Newcomer {
            at,
            slot,
            keeper,
            joined: entry.joined,
            date: entry.date,
            known,
            taken: taken.get(&entry.person).map(Vec::as_slice).unwrap_or_default(),
        };
        if let Some((joined, first)) = room.beginning(&newcomer)? {
            later += u32::from(first != slot);
            entry.begin(joined, first);
        }
    }
    Ok(later)
}

/// Someone who enters, and their first step as it would stand if everyone had time.
struct Newcomer<'a> {
    at: usize,
    slot: Slot,
    keeper: Option<VolunteerId>,
    joined: Millis,
    date: Option<NaiveDate>,
    known: &'a Known,
    taken: &'a [NaiveDate],
}

struct Room<'a> {
    setting: &'a Setting,
    version: PlanVersionId,
    template: &'a Template,
    load: Load,
    alike: Alike,
    /// Of a keeper: until when whoever begins finds the day of their first step full. What is full stays full.
    full_until: HashMap<(usize, Option<VolunteerId>, NaiveDate), u32>,
}

impl<'a> Room<'a> {
    /// Where they begin, which is counted from now on; `None`: as they would.
    fn beginning(&mut self, who: &Newcomer<'_>) -> Result<Option<(Millis, Slot)>> {
        let step = &self.template.steps[who.at];
        let found = match step.when.base {
            Base::Joining | Base::Previous => self.later_beginning(step, who)?,
            Base::BeforeDate | Base::AfterDate => self.later_day(step, who)?,
        };
        let (joined, slot) = found.unwrap_or((who.joined, who.slot));
        self.load.add(who.keeper, self.setting.work.date_of(slot.from));
        for touch in self.following(who, joined, slot)? {
            self.load.add(touch.keeper, touch.day);
        }
        Ok(found)
    }

    /// All waits are counted from a later day.
    fn later_beginning(&mut self, step: &Step, who: &Newcomer<'_>) -> Result<Option<(Millis, Slot)>> {
        let setting = self.setting;
        let first = setting.work.business_day_of(who.joined)?;
        let key = (who.at, who.keeper, first);
        // Whoever cannot on some of the days finds other days full than the rest do.
        let can_always = who.known.unsuited == Unsuited::default()
            && who.taken.iter().all(|day| first.signed_duration_since(*day).num_days() >= setting.gap_days.into());
        let full_until = self.full_until.get(&key).copied().filter(|_| can_always).unwrap_or(0);
        let mut is_full = can_always;
        for later in full_until..LATEST_DAYS {
            let start = setting.work.after(first, later)?;
            let joined = if later == 0 { who.joined } else { setting.work.hours_of(start)?.0 };
            let happened = begun(joined, who.date);
            let place = |ground: &Ground<'_>| schedule::place(step.when, step.within_days, &happened, ground);
            let Placed::At(slot) = setting.lay(who.keeper, Some(&who.known.unsuited), who.taken, place)? else {
                return Ok(None);
            };
            let has_room = self.has_room(who.keeper, setting.work.date_of(slot.from));
            is_full &= !has_room;
            if is_full {
                self.full_until.insert(key, later + 1);
            }
            if has_room && self.fits(who, joined, slot)? {
                return Ok(Some((joined, slot)));
            }
        }
        Ok(None)
    }

    /// It is counted from a date, whenever they begin: it is the step that moves.
    fn later_day(&mut self, step: &Step, who: &Newcomer<'_>) -> Result<Option<(Millis, Slot)>> {
        let setting = self.setting;
        let unsuited: Vec<&Unsuited> = self.worker(who.keeper).into_iter().chain([&who.known.unsuited]).collect();
        let ground = setting.ground(&unsuited, who.taken);
        let own = setting.work.date_of(who.slot.from);
        let last = enter::last_day(self.template, who.at, who.date);
        for day in own.iter_days().take(FURTHEST_DAYS).take_while(|day| last.is_none_or(|last| *day <= last)) {
            if day != own && !ground.bears(day) {
                continue;
            }
            let slot = if day == own { who.slot } else { schedule::on(day, step.within_days, &ground)? };
            if self.has_room(who.keeper, day) && self.fits(who, who.joined, slot)? {
                return Ok(Some((who.joined, slot)));
            }
        }
        Ok(None)
    }

    fn worker(&self, keeper: Option<VolunteerId>) -> Option<&'a Unsuited> {
        keeper.and_then(|id| self.setting.worker(id)).map(|worker| &worker.unsuited)
    }

    fn has_room(&self, keeper: Option<VolunteerId>, day: NaiveDate) -> bool {
        self.has_room_for(1, keeper, day)
    }

    fn has_room_for(&self, count: u32, keeper: Option<VolunteerId>, day: NaiveDate) -> bool {
        let limit = keeper.and_then(|id| self.setting.worker(id)).and_then(|worker| worker.limit);
        limit.is_none_or(|limit| self.load.on(keeper, day) + count <= limit)
    }

    /// Whether all that follows finds room. What is counted from a date does not move with the beginning: it is laid by who
    /// has room when it comes to that.
    fn fits(&mut self, who: &Newcomer<'_>, joined: Millis, slot: Slot) -> Result<bool> {
        let mut own = vec![(who.keeper, self.setting.work.date_of(slot.from))];
        for Touch { at, keeper, day, .. } in self.following(who, joined, slot)? {
            own.push((keeper, day));
            let base = self.template.steps.get(at).map(|step| step.when.base);
            let moves = !matches!(base, Some(Base::BeforeDate | Base::AfterDate));
            let count = own.iter().filter(|touch| **touch == (keeper, day)).count();
            if moves && !self.has_room_for(super::count(count), keeper, day) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn following(&mut self, who: &Newcomer<'_>, joined: Millis, slot: Slot) -> Result<Vec<Touch>> {
        let happened = Happened { previous: Some(slot.from), ..begun(joined, who.date) };
        let plan = (self.version, self.template);
        self.alike.project(self.setting, plan, happened, who.at + 1, slot.from, who.known).map(<[_]>::to_vec)
    }
}
