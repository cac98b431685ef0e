//! The touches of the quarter to come, by day and by keeper, against what they take on: what the ledger owes today, the
//! steps that follow in every running plan, and those of people who might enter. Which day breaks first, and what would help.
//!
//! The steps to come are worked out as the next promise is (`coming`). What would be passed over for what is known of
//! somebody now is not counted.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalogue;
use super::coming::{self, Ahead, Alike, Touch, Whose, project};
use super::condition::Known;
use super::enter::{self, Entering, Reckoned};
use super::load::Load;
use super::run;
use super::schedule::{Happened, Slot};
use super::setting::Setting;
use super::template::Template;
use crate::error::Result;
use crate::ids::{PersonId, VolunteerId};
use crate::store::Db;
use crate::time::Millis;
use crate::words;

/// A quarter.
pub const DAYS: usize = 91;
/// A remedy that only put the trouble off until after the quarter would be none.
const WEIGHED_DAYS: usize = 400;

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Forecast {
    pub days: Vec<ForecastDay>,
    pub keepers: Vec<ForecastKeeper>,
    pub first_over: Option<Over>,
    /// How often somebody has more in a day than they take on.
    pub over_days: u32,
    /// Of the people who might enter: how many would.
    pub newcomers: u32,
    /// What would help, where they would break a day.
    pub remedies: Vec<Remedy>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ForecastDay {
    /// `YYYY-MM-DD`.
    pub day: String,
    pub open: bool,
    pub total: u32,
    /// Of these, what the newcomers add.
    pub added: u32,
    /// Of each keeper, in their order.
    pub by: Vec<u32>,
}

/// `None`: what nobody has yet.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ForecastKeeper {
    pub id: Option<VolunteerId>,
    pub name: String,
    /// Of each day of the forecast; `None`: nobody said how many are too many.
    pub takes_on: Vec<Option<u32>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Over {
    pub day: String,
    /// `None`: everyone together.
    pub keeper: Option<VolunteerId>,
    pub name: String,
    pub count: u32,
    pub takes_on: u32,
}

words! {
    pub enum RemedyKind {
        /// They begin so many business days later.
        StartLater = "start_later",
        /// They begin one after another, over so many business days, so that all that follows finds room.
        Spread = "spread",
        /// So many more volunteers, who take on what the others do.
        MoreVolunteers = "more_volunteers",
        /// Each wait of the plan is so many business days longer.
        WaitLonger = "wait_longer",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Remedy {
    pub kind: RemedyKind,
    pub by: u32,
    /// What is left with it.
    pub first_over: Option<Over>,
    pub over_days: u32,
    /// As good as if they did not enter.
    pub mends: bool,
}

#[derive(Clone, Debug, Default, Deserialize, specta::Type)]
pub struct ForecastAsk {
    /// Who might enter.
    pub entering: Option<Entering>,
}

/// How much everybody takes on, for weighing.
#[derive(Clone, Debug)]
pub struct Takes {
    pub keepers: Vec<(Option<VolunteerId>, String)>,
    /// By keeper, by day.
    pub by: Vec<Vec<Option<u32>>>,
    pub days: Vec<NaiveDate>,
}

struct Newcomer<'a> {
    keeper: Option<VolunteerId>,
    date: Option<NaiveDate>,
    joined: Millis,
    /// Their first step as it would be entered, and by whom.
    first: Option<(usize, Slot, Option<VolunteerId>)>,
    known: Option<&'a Known>,
}

pub async fn forecast(db: &mut Db, now: Millis, ask: &ForecastAsk) -> Result<Forecast> {
    let setting = Setting::of(db, now).await?;
    let mut load = Load::of_ledger(db, &setting).await?;
    add_runs(db, &setting, &mut load).await?;
    let takes = Takes::of(&setting, DAYS);
    let open = |date| setting.work.is_business_day(date);
    let Some(entering) = &ask.entering else {
        return Ok(view(&load, &load, &takes, open, 0, Vec::new()));
    };
    let people = enter::people(db, now, entering).await?;
    let reckoned = enter::reckon(db, &setting, entering, &people).await?;
    let newcomers = newcomers(&reckoned);
    let template = &reckoned.version.template;
    let with = |change: Change, more: &[VolunteerId]| added(&setting, &load, template, &newcomers, change, more);
    let all = with(Change::default(), &[])?;
    let far = Takes::of(&setting, WEIGHED_DAYS);
    let (base_days, days) = (weigh(&load, &far).1, weigh(&all, &far).1);
    let mut found = Vec::new();
    if days > base_days {
        found = remedies(&setting, &far, base_days, &with)?;
        if !entering.spread {
            let entering = Entering { spread: true, ..entering.clone() };
            let spread = enter::reckon(db, &setting, &entering, &people).await?;
            found.insert(1, spreading(&setting, &load, &far, base_days, &spread)?);
        }
        // What makes it no better is no remedy.
        found.retain(|remedy| remedy.over_days < days);
    }
    Ok(view(&all, &load, &takes, open, super::count(newcomers.len()), found))
}

fn newcomers(reckoned: &Reckoned) -> Vec<Newcomer<'_>> {
    let newcomer = |entry: &enter::Entry| {
        let known = reckoned.known.get(&entry.person);
        Newcomer {
            keeper: known.and_then(|known| known.keeper),
            date: entry.date,
            joined: entry.joined,
            first: entry.first(),
            known,
        }
    };
    reckoned.entries.iter().map(newcomer).collect()
}

/// What letting them begin one after another would do: that very thing, weighed.
fn spreading(setting: &Setting, load: &Load, takes: &Takes, base_days: u32, spread: &Reckoned) -> Result<Remedy> {
    let newcomers = newcomers(spread);
    let with = added(setting, load, &spread.version.template, &newcomers, Change::default(), &[])?;
    let (first_over, over_days) = weigh(&with, takes);
    let begins = || newcomers.iter().filter_map(|newcomer| newcomer.first.map(|(_, slot, _)| slot.from));
    let between = |from, to| setting.work.between(setting.work.date_of(from), setting.work.date_of(to));
    let by = 1 + begins().min().zip(begins().max()).map_or(0, |(from, to)| between(from, to));
    Ok(Remedy { kind: RemedyKind::Spread, by, first_over, over_days, mends: over_days <= base_days })
}

impl Takes {
    pub fn of(setting: &Setting, days: usize) -> Self {
        let days: Vec<NaiveDate> = setting.today.iter_days().take(days).collect();
        let mut keepers = vec![(None, String::new())];
        keepers.extend(setting.workers.iter().map(|worker| (Some(worker.id), worker.name.clone())));
        let by = keepers.iter().map(|(id, _)| {
            let worker = id.and_then(|id| setting.worker(id));
            let takes = |date: &NaiveDate| match worker {
                // What nobody has is counted against everyone together.
                None => None,
                Some(worker) if worker.left || worker.unsuited.has(*date) => Some(0),
                Some(_) if !setting.work.is_business_day(*date) => Some(0),
                Some(worker) => worker.limit,
            };
            days.iter().map(takes).collect()
        });
        Self { by: by.collect(), keepers, days }
    }

    /// Of everyone together; `None` where somebody has no limit.
    fn total(&self, place: usize) -> Option<u32> {
        self.by.iter().skip(1).map(|days| days[place]).sum()
    }

    fn with_more(&self, more: &[VolunteerId], limit: u32, setting: &Setting) -> Self {
        let mut with = self.clone();
        for id in more {
            with.keepers.push((Some(*id), String::new()));
            let takes = |date: &NaiveDate| Some(if setting.work.is_business_day(*date) { limit } else { 0 });
            with.by.push(self.days.iter().map(takes).collect());
        }
        with
    }
}

/// The first day on which somebody, or everyone together, has more than they take on; and how many such days there are of
/// anybody.
pub fn weigh(load: &Load, takes: &Takes) -> (Option<Over>, u32) {
    let (mut first, mut over_days) = (None, 0);
    for (place, date) in takes.days.iter().enumerate() {
        let over = |count: u32, limit: Option<u32>| limit.filter(|limit| count > *limit);
        let mut found = None;
        for ((keeper, name), by) in takes.keepers.iter().zip(&takes.by) {
            let count = load.on(*keeper, *date);
            if let Some(limit) = over(count, by[place]) {
                over_days += 1;
                found = found.or(Some(Over {
                    day: date.to_string(),
                    keeper: *keeper,
                    name: name.clone(),
                    count,
                    takes_on: limit,
                }));
            }
        }
        let count = load.total_on(*date);
        if found.is_none()
            && let Some(limit) = over(count, takes.total(place))
        {
            over_days += 1;
            found = Some(Over { day: date.to_string(), keeper: None, name: String::new(), count, takes_on: limit });
        }
        first = first.or(found);
    }
    (first, over_days)
}

/// What is changed of how newcomers enter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Change {
    later: u32,
    wait_longer: u32,
}

/// The load with newcomers added.
fn added(
    setting: &Setting,
    load: &Load,
    template: &Template,
    newcomers: &[Newcomer<'_>],
    change: Change,
    more: &[VolunteerId],
) -> Result<Load> {
    let mut with = load.clone();
    let sharing = setting.there().count() + more.len();
    // Many begin alike: their days are worked out once.
    let mut alike: HashMap<(NaiveDate, Option<VolunteerId>, Option<NaiveDate>), Vec<Touch>> = HashMap::new();
    for (at, newcomer) in newcomers.iter().enumerate() {
        let first = setting.work.business_day_of(newcomer.joined)?;
        let start = setting.work.after(first, change.later)?;
        let keeper = match at % sharing.max(1) {
            // The new ones take their share.
            turn if turn < more.len() => Some(more[turn]),
            _ => newcomer.keeper,
        };
        let joined = if start == first { newcomer.joined } else { setting.work.hours_of(start)?.0 };
        let as_shown = (change == Change::default() && more.is_empty()).then_some(newcomer.first).flatten();
        if let Some((step, slot, by)) = as_shown {
            with.add(by, setting.work.date_of(slot.from));
            let happened = Happened { previous: Some(slot.from), ..begun(joined, newcomer.date) };
            let whose = newcomer.known.map(Whose::of).unwrap_or_default();
            for touch in project(setting, template, happened, step + 1, slot.from, whose)? {
                with.add(touch.keeper, touch.day);
            }
            continue;
        }
        let touches = match alike.entry((start, keeper, newcomer.date)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let happened = begun(joined, newcomer.date);
                let whose = Whose { keeper, wait_longer: change.wait_longer, ..Whose::default() };
                new.insert(project(setting, template, happened, 0, joined, whose)?)
            }
        };
        for touch in touches.iter() {
            with.add(touch.keeper, touch.day);
        }
    }
    Ok(with)
}

pub(super) fn begun(joined: Millis, date: Option<NaiveDate>) -> Happened {
    Happened { joined, held_days: 0, held_open_ms: 0, previous: None, date }
}

/// The steps that follow in every plan that is going on. What is owed now, the ledger has said.
pub(super) async fn add_runs(db: &mut Db, setting: &Setting, load: &mut Load) -> Result<()> {
    let runs = run::going_on(db).await?;
    let templates = catalogue::versions(db, runs.iter().map(|run| run.row.plan_version_id)).await?;
    let people: Vec<PersonId> = runs.iter().map(|run| run.row.person_id).collect();
    let known = setting.known(db, &people).await?;
    let mut alike = Alike::default();
    for run in runs {
        let version = run.row.plan_version_id;
        let (Some((_, template)), Some(known)) = (templates.get(&version), known.get(&run.row.person_id)) else {
            continue;
        };
        let Some(ahead) = coming::ahead(setting, template, &run, Whose::of(known))? else { continue };
        let Ahead { held, happened, first, now } = ahead;
        let then = alike.project(setting, (version, template), happened, first, now, known)?;
        for touch in held.iter().chain(then) {
            load.add(touch.keeper, touch.day);
        }
    }
    Ok(())
}

const LATEST_DAYS: u32 = 65;
const LONGEST_WAIT_DAYS: u32 = 10;
const MOST_VOLUNTEERS: usize = 5;
/// What a new volunteer takes on where nobody has said what anybody does.
const USUAL_LIMIT: u32 = 5;

type With<'a> = dyn Fn(Change, &[VolunteerId]) -> Result<Load> + 'a;

/// Of each kind the least that mends it; where nothing of the kind does, what helps most.
fn remedies(setting: &Setting, takes: &Takes, base_days: u32, with: &With<'_>) -> Result<Vec<Remedy>> {
    let change = Change::default();
    let later = |by| Change { later: by, ..change };
    let longer = |by| Change { wait_longer: by, ..change };
    let mut found = vec![
        best(RemedyKind::StartLater, 1..=LATEST_DAYS, base_days, |by| Ok(weigh(&with(later(by), &[])?, takes)))?,
        best(RemedyKind::WaitLonger, 1..=LONGEST_WAIT_DAYS, base_days, |by| Ok(weigh(&with(longer(by), &[])?, takes)))?,
    ];
    let more: Vec<VolunteerId> = (0..MOST_VOLUNTEERS).map(|_| VolunteerId::new()).collect();
    let mut limits: Vec<u32> = setting.there().filter_map(|worker| worker.limit).collect();
    limits.sort_unstable();
    let limit = limits.get(limits.len() / 2).copied().unwrap_or(USUAL_LIMIT);
    found.push(best(RemedyKind::MoreVolunteers, 1..=MOST_VOLUNTEERS as u32, base_days, |by| {
        let more = &more[..by as usize];
        Ok(weigh(&with(change, more)?, &takes.with_more(more, limit, setting)))
    })?);
    Ok(found.into_iter().flatten().collect())
}

fn best(
    kind: RemedyKind,
    of: impl Iterator<Item = u32>,
    base_days: u32,
    weighed: impl Fn(u32) -> Result<(Option<Over>, u32)>,
) -> Result<Option<Remedy>> {
    let mut best: Option<Remedy> = None;
    for by in of {
        let (first_over, over_days) = weighed(by)?;
        let mends = over_days <= base_days;
        if best.as_ref().is_none_or(|best| over_days < best.over_days) {
            best = Some(Remedy { kind, by, first_over, over_days, mends });
        }
        if mends {
            break;
        }
    }
    Ok(best)
}

fn view(
    all: &Load,
    without: &Load,
    takes: &Takes,
    open: impl Fn(NaiveDate) -> bool,
    newcomers: u32,
    remedies: Vec<Remedy>,
) -> Forecast {
    let (first_over, over_days) = weigh(all, takes);
    let days = takes.days.iter().map(|date| ForecastDay {
        day: date.to_string(),
        open: open(*date),
        total: all.total_on(*date),
        added: all.total_on(*date).saturating_sub(without.total_on(*date)),
        by: takes.keepers.iter().map(|(keeper, _)| all.on(*keeper, *date)).collect(),
    });
    let keepers = takes.keepers.iter().zip(&takes.by).map(|((id, name), takes_on)| ForecastKeeper {
        id: *id,
        name: name.clone(),
        takes_on: takes_on.clone(),
    });
    Forecast { days: days.collect(), keepers: keepers.collect(), first_over, over_days, newcomers, remedies }
}
