//! Where the next step finds room: on its own day, or on the first one after it on which whoever does it has less than they
//! take on.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::condition::Known;
use super::enter;
use super::load::Load;
use super::run::{Act, Run};
use super::schedule;
use super::setting::Setting;
use super::template::Template;
use super::workdays::Unsuited;
use crate::error::Result;
use crate::ids::VolunteerId;
use crate::store::Db;

/// Where there is no room for so long, it is owed on its own day all the same: whoever looks at the forecast sees that.
const FURTHEST_DAYS: usize = 60;

pub(super) struct Room<'a> {
    setting: &'a Setting,
    load: Load,
    /// Of whom the load is known.
    counted: HashSet<VolunteerId>,
}

impl<'a> Room<'a> {
    pub fn new(setting: &'a Setting) -> Self {
        Self { setting, load: Load::empty(setting.today), counted: HashSet::new() }
    }

    /// Lays what is to be opened where there is room, and counts it.
    pub async fn find(
        &mut self,
        db: &mut Db,
        run: &Run,
        template: &Template,
        known: &Known,
        taken: &[NaiveDate],
        act: &mut Act,
    ) -> Result<()> {
        let setting = self.setting;
        let Act::Open { at, slot, keeper: Some(keeper) } = act else { return Ok(()) };
        let Some((worker, limit)) = setting.worker(*keeper).and_then(|worker| Some((worker, worker.limit?))) else {
            return Ok(());
        };
        if self.counted.insert(*keeper) {
            self.load.add_keeper(db, setting, *keeper).await?;
        }
        let own = setting.work.date_of(slot.from);
        let unsuited: [&Unsuited; 2] = [&worker.unsuited, &known.unsuited];
        let ground = setting.ground(&unsuited, taken);
        let last = enter::last_day(template, *at, run.date);
        let is_free =
            |day: &NaiveDate| self.load.on(Some(*keeper), *day) < limit && (*day == own || ground.bears(*day));
        let mut days = own.iter_days().take(FURTHEST_DAYS).take_while(|day| last.is_none_or(|last| *day <= last));
        let day = days.find(is_free).unwrap_or(own);
        if day != own {
            let within = template.steps.get(*at).map_or(0, |step| step.within_days);
            *slot = schedule::on(day, within, &ground)?;
            if let Some(ends) = last.and_then(|last| last.succ_opt()) {
                slot.due = slot.due.min(setting.work.midnight(ends));
            }
        }
        self.load.add(Some(*keeper), day);
        Ok(())
    }
}
