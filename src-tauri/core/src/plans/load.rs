//! Who has how much to do on which day, and how much they take on.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::setting::Setting;
use crate::error::Result;
use crate::ids::{PromiseId, VolunteerId};
use crate::store::Db;
use crate::time::Millis;
use crate::{args, statements};

/// Touches by keeper and day. `None`: of nobody yet.
#[derive(Clone, Debug)]
pub struct Load {
    first: NaiveDate,
    by: HashMap<Option<VolunteerId>, Vec<u32>>,
}

/// Further ahead nothing is counted: then nobody is full.
const DAYS: usize = 1_000;

statements! {
    // A step counts on the day on which it may begin, anything else when it is due.
    OWED = "SELECT p.id, p.keeper_id, COALESCE(p.next_try_ms, CASE WHEN p.kind = 'plan_step' THEN p.from_ms END, p.due_ms) AS at_ms \
        FROM promise p WHERE p.state = 'open'";
    OWED_BY = "SELECT p.id, p.keeper_id, COALESCE(p.next_try_ms, CASE WHEN p.kind = 'plan_step' THEN p.from_ms END, p.due_ms) AS at_ms \
        FROM promise p WHERE p.state = 'open' AND p.keeper_id = $1";
}

impl Load {
    pub fn empty(first: NaiveDate) -> Self {
        Self { first, by: HashMap::new() }
    }

    /// The ledger as it stands. What is late is to be done today.
    pub async fn of_ledger(db: &mut Db, setting: &Setting) -> Result<Self> {
        Self::of_ledger_without(db, setting, |_| false).await
    }

    /// Without the promises that `leave_out` names.
    pub async fn of_ledger_without(
        db: &mut Db,
        setting: &Setting,
        leave_out: impl Fn(PromiseId) -> bool + Send + Sync,
    ) -> Result<Self> {
        let mut load = Self::empty(setting.today);
        let mut dates = Dates::default();
        db.each(&OWED, args![], |(id, keeper, at): (PromiseId, Option<VolunteerId>, Millis)| {
            if !leave_out(id) {
                load.add(keeper, dates.of(setting, at).max(setting.today));
            }
        })
        .await?;
        Ok(load)
    }

    /// With what this keeper owes.
    pub async fn add_keeper(&mut self, db: &mut Db, setting: &Setting, keeper: VolunteerId) -> Result<()> {
        let owed: Vec<(PromiseId, Option<VolunteerId>, Millis)> = db.all(&OWED_BY, args![keeper]).await?;
        let mut dates = Dates::default();
        for (_, keeper, at) in owed {
            self.add(keeper, dates.of(setting, at).max(setting.today));
        }
        Ok(())
    }

    fn place(&self, date: NaiveDate) -> Option<usize> {
        let place = usize::try_from(date.signed_duration_since(self.first).num_days()).ok()?;
        (place < DAYS).then_some(place)
    }

    pub fn add(&mut self, keeper: Option<VolunteerId>, date: NaiveDate) {
        let Some(place) = self.place(date) else { return };
        let days = self.by.entry(keeper).or_default();
        if days.len() <= place {
            days.resize(place + 1, 0);
        }
        days[place] += 1;
    }

    pub fn take(&mut self, keeper: Option<VolunteerId>, date: NaiveDate) {
        if let Some(place) = self.place(date)
            && let Some(count) = self.by.get_mut(&keeper).and_then(|days| days.get_mut(place))
        {
            *count = count.saturating_sub(1);
        }
    }

    pub fn on(&self, keeper: Option<VolunteerId>, date: NaiveDate) -> u32 {
        let days = self.place(date).zip(self.by.get(&keeper));
        days.and_then(|(place, days)| days.get(place)).copied().unwrap_or(0)
    }

    /// Of everyone together.
    pub fn total_on(&self, date: NaiveDate) -> u32 {
        let Some(place) = self.place(date) else { return 0 };
        self.by.values().filter_map(|days| days.get(place)).sum()
    }

    pub fn keepers(&self) -> impl Iterator<Item = Option<VolunteerId>> {
        self.by.keys().copied()
    }

    pub fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.by.values().map(Vec::len).max().unwrap_or(0);
        let first = self.first;
        (0..last as u64).map(move |day| first + Days::new(day))
    }
}

/// The dates of instants, each worked out once: there are many instants on few openings.
#[derive(Default)]
pub struct Dates(HashMap<Millis, NaiveDate>);

impl Dates {
    pub fn of(&mut self, setting: &Setting, at: Millis) -> NaiveDate {
        *self.0.entry(at).or_insert_with(|| setting.work.date_of(at))
    }
}
