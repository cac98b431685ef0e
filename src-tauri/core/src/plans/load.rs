//! Who has how much to do on which day, and how much they take on.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::setting::Setting;
use crate::error::Result;
use crate::ids::VolunteerId;
use crate::promises::ledger::PromiseKind;
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
    // As `promise_open_by_keeper` has them: read from it alone, and without putting them in order.
    OWED = "SELECT p.keeper_id, p.due_ms, p.from_ms, p.next_try_ms, p.kind, COUNT(*) AS count FROM promise p \
        WHERE p.state = 'open' GROUP BY p.keeper_id, p.due_ms, p.from_ms, p.next_try_ms, p.kind";
    OWED_BY = "SELECT p.keeper_id, p.due_ms, p.from_ms, p.next_try_ms, p.kind, COUNT(*) AS count FROM promise p \
        WHERE p.state = 'open' AND p.keeper_id = $1 GROUP BY p.keeper_id, p.due_ms, p.from_ms, p.next_try_ms, p.kind";
}

/// How many open promises a keeper has that stand alike.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(super) struct Owed {
    pub keeper_id: Option<VolunteerId>,
    pub due_ms: Millis,
    pub from_ms: Option<Millis>,
    pub next_try_ms: Option<Millis>,
    pub kind: PromiseKind,
    pub count: u32,
}

impl Owed {
    /// A step counts on the day on which it may begin, anything else when it is due.
    pub fn at(&self) -> Millis {
        let from = self.from_ms.filter(|_| self.kind == PromiseKind::PlanStep);
        self.next_try_ms.or(from).unwrap_or(self.due_ms)
    }
}

/// What is owed, by all.
pub(super) async fn owed(db: &mut Db) -> Result<Vec<Owed>> {
    db.all(&OWED, args![]).await
}

impl Load {
    pub fn empty(first: NaiveDate) -> Self {
        Self { first, by: HashMap::new() }
    }

    /// The ledger as it stands.
    pub async fn of_ledger(db: &mut Db, setting: &Setting) -> Result<Self> {
        let mut load = Self::empty(setting.today);
        load.add_owed(setting, &owed(db).await?);
        Ok(load)
    }

    /// With what this keeper owes.
    pub async fn add_keeper(&mut self, db: &mut Db, setting: &Setting, keeper: VolunteerId) -> Result<()> {
        self.add_owed(setting, &db.all(&OWED_BY, args![keeper]).await?);
        Ok(())
    }

    /// What is late is to be done today.
    pub(super) fn add_owed(&mut self, setting: &Setting, owed: &[Owed]) {
        let mut dates = Dates::default();
        for alike in owed {
            self.add_many(alike.keeper_id, dates.of(setting, alike.at()).max(setting.today), alike.count);
        }
    }

    fn place(&self, date: NaiveDate) -> Option<usize> {
        let place = usize::try_from(date.signed_duration_since(self.first).num_days()).ok()?;
        (place < DAYS).then_some(place)
    }

    pub fn add(&mut self, keeper: Option<VolunteerId>, date: NaiveDate) {
        self.add_many(keeper, date, 1);
    }

    pub(super) fn add_many(&mut self, keeper: Option<VolunteerId>, date: NaiveDate, count: u32) {
        let Some(place) = self.place(date) else { return };
        let days = self.by.entry(keeper).or_default();
        if days.len() <= place {
            days.resize(place + 1, 0);
        }
        days[place] += count;
    }

    pub(super) fn take(&mut self, keeper: Option<VolunteerId>, date: NaiveDate) {
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
