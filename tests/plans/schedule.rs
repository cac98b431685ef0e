//! The dates of steps against an oracle that walks time in steps of five minutes and counts what it sees.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use wellmet_core::Millis;
use wellmet_core::plans::schedule::{self, Base, Ground, Happened, Placed, Rest, Slot, Wait, When};
use wellmet_core::plans::workdays::{Unsuited, Workdays};
use wellmet_core::promises::business_time::{BusinessCalendar, Closure, Window};
use wellmet_core::team::availability::Weekdays;

const TICK_MS: i64 = 5 * 60_000;
const TICKS_AN_HOUR: usize = 12;

/// Five minutes: when they begin, the date on the wall then, and whether we are open.
#[derive(Clone, Copy)]
struct Tick {
    at: i64,
    date: NaiveDate,
    open: bool,
}

struct Oracle {
    ticks: Vec<Tick>,
}

#[derive(Clone, Debug)]
struct World {
    zone: Tz,
    week: [Vec<(u16, u16)>; 7],
    closed: Vec<(NaiveDate, NaiveDate)>,
    day: NaiveDate,
}

#[derive(Clone, Debug)]
struct Case {
    world: World,
    when: When,
    within: u32,
    happened: Happened,
    never: u8,
    away: Vec<(NaiveDate, NaiveDate)>,
    taken: Vec<NaiveDate>,
    gap: u32,
    now: Millis,
}

impl World {
    fn calendar(&self) -> BusinessCalendar {
        let week = self.week.clone().map(|day| day.into_iter().map(|(from, to)| Window::new(from, to)).collect());
        let closures = self.closed.iter().map(|(from, to)| Closure::new("closed", *from, *to)).collect();
        BusinessCalendar::new(self.zone, week, closures).unwrap()
    }

    fn oracle(&self) -> Oracle {
        let start = Utc.from_utc_datetime(&self.day.and_hms_opt(0, 0, 0).unwrap()).timestamp_millis() - 80 * 86_400_000;
        let ticks = (0..260 * 24 * TICKS_AN_HOUR as i64).map(|tick| {
            let at = start + tick * TICK_MS;
            let wall = DateTime::from_timestamp_millis(at).unwrap().with_timezone(&self.zone);
            let minute = (wall.hour() * 60 + wall.minute()) as u16;
            let date = wall.date_naive();
            let shut = self.closed.iter().any(|(from, to)| *from <= date && date <= *to);
            let windows = &self.week[date.weekday().num_days_from_monday() as usize];
            Tick { at, date, open: !shut && windows.iter().any(|(from, to)| *from <= minute && minute < *to) }
        });
        Oracle { ticks: ticks.collect() }
    }
}

impl Oracle {
    fn from(&self, at: i64) -> usize {
        self.ticks.iter().position(|tick| tick.at >= at).unwrap()
    }

    fn date(&self, at: i64) -> NaiveDate {
        self.ticks.iter().rev().find(|tick| tick.at <= at).unwrap().date
    }

    /// The date that counts for something at this time: of the next open five minutes.
    fn counts_for(&self, at: i64) -> NaiveDate {
        self.ticks[self.from(at)..].iter().find(|tick| tick.open).unwrap().date
    }

    fn is_business(&self, date: NaiveDate) -> bool {
        self.ticks.iter().any(|tick| tick.open && tick.date == date)
    }

    fn opening(&self, date: NaiveDate) -> i64 {
        self.ticks.iter().find(|tick| tick.open && tick.date == date).unwrap().at
    }

    fn closing(&self, date: NaiveDate) -> i64 {
        self.ticks.iter().rev().find(|tick| tick.open && tick.date == date).unwrap().at + TICK_MS
    }

    fn midnight(&self, date: NaiveDate) -> i64 {
        self.ticks.iter().find(|tick| tick.date == date).unwrap().at
    }

    /// Day by day, one at a time.
    fn after(&self, mut date: NaiveDate, count: u32) -> NaiveDate {
        if count == 0 {
            while !self.is_business(date) {
                date = date.succ_opt().unwrap();
            }
            return date;
        }
        for _ in 0..count {
            date = date.succ_opt().unwrap();
            while !self.is_business(date) {
                date = date.succ_opt().unwrap();
            }
        }
        date
    }

    fn before(&self, mut date: NaiveDate, count: u32) -> NaiveDate {
        if count == 0 {
            while !self.is_business(date) {
                date = date.pred_opt().unwrap();
            }
            return date;
        }
        for _ in 0..count {
            date = date.pred_opt().unwrap();
            while !self.is_business(date) {
                date = date.pred_opt().unwrap();
            }
        }
        date
    }

    /// Where so many open ticks after `at` end.
    fn open_after(&self, at: i64, ticks: usize) -> i64 {
        let mut open = self.ticks[self.from(at)..].iter().filter(|tick| tick.open);
        match ticks {
            0 => open.next().unwrap().at,
            ticks => open.nth(ticks - 1).unwrap().at + TICK_MS,
        }
    }

    fn open_ticks(&self, from: i64, to: i64) -> usize {
        self.ticks.iter().filter(|tick| tick.open && from <= tick.at && tick.at < to).count()
    }

    fn bears(&self, case: &Case, date: NaiveDate) -> bool {
        self.is_business(date)
            && case.never & (1 << date.weekday().num_days_from_monday()) == 0
            && !case.away.iter().any(|(from, to)| *from <= date && date <= *to)
            && !case.taken.iter().any(|other| (date - *other).num_days().abs() < i64::from(case.gap))
    }

    fn on(&self, date: NaiveDate, within: u32) -> Slot {
        Slot { from: Millis(self.opening(date)), due: Millis(self.closing(self.after(date, within))) }
    }

    fn forward(&self, case: &Case, date: NaiveDate) -> Slot {
        let mut date = date.max(self.counts_for(case.now.0));
        while !self.bears(case, date) {
            date = date.succ_opt().unwrap();
        }
        self.on(date, case.within)
    }

    fn backward(&self, case: &Case, target: NaiveDate, last: NaiveDate) -> Option<Slot> {
        let first = self.counts_for(case.now.0);
        let mut date = target;
        while date >= first && !self.bears(case, date) {
            date = date.pred_opt().unwrap();
        }
        if date < first {
            date = target.max(first);
            while date <= last && !self.bears(case, date) {
                date = date.succ_opt().unwrap();
            }
            if date > last {
                return None;
            }
        }
        let slot = self.on(date, case.within);
        Some(Slot { due: Millis(slot.due.0.min(self.midnight(last.succ_opt().unwrap()))), ..slot })
    }

    fn by_hour(&self, case: &Case, since: i64, ticks: usize) -> Slot {
        let due = self.open_after(since, ticks);
        let at = self.from(due);
        let day = if self.ticks[at - 1].open { self.ticks[at - 1].date } else { self.ticks[at].date };
        if due <= case.now.0 || !self.bears(case, day) {
            return self.forward(case, day);
        }
        let from = self.opening(day).max(since).min(due);
        let due = if case.within == 0 { due } else { self.closing(self.after(day, case.within)) };
        Slot { from: Millis(from), due: Millis(due) }
    }

    fn place(&self, case: &Case) -> Placed {
        let Case { when, happened, .. } = case;
        let held_ticks = (happened.held_open_ms / TICK_MS) as usize;
        let (since, held_days, held_ticks) = match (when.base, happened.previous) {
            (Base::Previous, Some(previous)) => (previous.0, 0, 0),
            (Base::Joining | Base::Previous, _) => (happened.joined.0, happened.held_days, held_ticks),
            (Base::BeforeDate | Base::AfterDate, _) => {
                let Some(date) = happened.date else { return Placed::NoDate };
                return self.around(case, date);
            }
        };
        Placed::At(match when.wait {
            Wait::Days(days) => self.forward(case, self.after(self.counts_for(since), days + held_days)),
            Wait::Hours(hours) => self.by_hour(case, since, hours as usize * TICKS_AN_HOUR + held_ticks),
        })
    }

    fn around(&self, case: &Case, date: NaiveDate) -> Placed {
        let midnight = self.midnight(date);
        let passed = |slot: Option<Slot>| slot.map_or(Placed::Passed, Placed::At);
        match (case.when.base, case.when.wait) {
            (Base::BeforeDate, Wait::Days(days)) => passed(self.backward(case, self.before(date, days), date)),
            (Base::BeforeDate, Wait::Hours(hours)) => {
                // Back over so many open ticks.
                let mut at = self.from(midnight);
                let mut left = hours as usize * TICKS_AN_HOUR;
                while left > 0 {
                    at -= 1;
                    left -= usize::from(self.ticks[at].open);
                }
                let (at, day) = (self.ticks[at].at, self.ticks[at].date);
                match self.backward(case, day, date) {
                    Some(slot) if case.within == 0 && self.date(slot.from.0) == day && at > case.now.0 => {
                        Placed::At(Slot { from: Millis(slot.from.0.min(at)), due: Millis(at) })
                    }
                    slot => passed(slot),
                }
            }
            (_, Wait::Days(days)) => Placed::At(self.forward(case, self.after(date, days))),
            (_, Wait::Hours(hours)) => Placed::At(self.by_hour(case, midnight, hours as usize * TICKS_AN_HOUR)),
        }
    }
}

fn place(case: &Case) -> Placed {
    let work = Workdays::around(&case.world.calendar(), case.world.day).unwrap();
    let unsuited = Unsuited { weekdays: Weekdays(case.never), spans: case.away.clone() };
    let ground = Ground { work: &work, unsuited: &[&unsuited], taken: &case.taken, gap_days: case.gap, now: case.now };
    schedule::place(case.when, case.within, &case.happened, &ground).unwrap()
}

fn windows() -> impl Strategy<Value = Vec<(u16, u16)>> {
    let edge = (0u16..=96).prop_map(|quarter| quarter * 15);
    proptest::collection::btree_set(edge, 0..=4).prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

const ZONES: [Tz; 4] = [Tz::Australia__Brisbane, Tz::Australia__Sydney, Tz::America__New_York, Tz::Europe__London];

/// A week in which every day but two opens for half an hour at least, so that a walk of half a year is long enough.
fn worlds() -> impl Strategy<Value = World> {
    let week = proptest::array::uniform7(windows()).prop_filter("open enough", |week| {
        let long = |day: &Vec<(u16, u16)>| day.iter().any(|(from, to)| to - from >= 60);
        week.iter().filter(|day| long(day)).count() >= 3
    });
    let closures = proptest::collection::vec((-20i64..60, 0i64..6), 0..4);
    (0..ZONES.len(), week, 0u64..365, closures).prop_map(|(zone, week, day, closures)| {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(day);
        let closed = spans(day, closures);
        World { zone: ZONES[zone], week, closed, day }
    })
}

fn spans(day: NaiveDate, of: Vec<(i64, i64)>) -> Vec<(NaiveDate, NaiveDate)> {
    let on = |after: i64| day + chrono::Duration::days(after);
    of.into_iter().map(|(after, length)| (on(after), on(after + length))).collect()
}

fn instant(world: &World, ticks: i64) -> Millis {
    let midnight = Utc.from_utc_datetime(&world.day.and_hms_opt(0, 0, 0).unwrap()).timestamp_millis();
    Millis(midnight + ticks * TICK_MS)
}

const DAY_TICKS: i64 = 24 * TICKS_AN_HOUR as i64;

fn whens() -> impl Strategy<Value = When> {
    let base = proptest::sample::select(Base::ALL.to_vec());
    let wait = prop_oneof![(0u32..9).prop_map(Wait::Days), (0u32..14).prop_map(Wait::Hours)];
    (base, wait).prop_map(|(base, wait)| When { base, wait })
}

fn cases() -> impl Strategy<Value = Case> {
    let bases = (-10 * DAY_TICKS..5 * DAY_TICKS, proptest::option::of(-5 * DAY_TICKS..8 * DAY_TICKS));
    let held = (0u32..4, 0i64..60);
    let person =
        (0u8..64, proptest::collection::vec((-5i64..30, 0i64..6), 0..3), proptest::collection::vec(-5i64..30, 0..4));
    let rest = (proptest::option::weighted(0.9, -6i64..25), 0u32..4, 0u32..5, -2 * DAY_TICKS..12 * DAY_TICKS);
    (worlds(), whens(), bases, held, person, rest).prop_map(
        |(world, when, (joined, previous), (held_days, held_ticks), (never, away, taken), (date, within, gap, now))| {
            let on = |after: i64| world.day + chrono::Duration::days(after);
            // Somebody suits a day: a week without one is refused where it is said.
            let opens: Vec<usize> = (0..7).filter(|day| !world.week[*day].is_empty()).collect();
            let all_shut = opens.iter().all(|day| never & (1 << day) != 0);
            Case {
                when,
                within,
                happened: Happened {
                    joined: instant(&world, joined),
                    held_days,
                    held_open_ms: held_ticks * TICK_MS,
                    previous: previous.map(|ticks| instant(&world, ticks)),
                    date: date.map(on),
                },
                never: if all_shut { 0 } else { never },
                away: spans(world.day, away),
                taken: taken.into_iter().map(on).collect(),
                gap,
                now: instant(&world, now),
                world,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn dates_are_those_of_someone_who_counts(case in cases()) {
        prop_assert_eq!(place(&case), case.world.oracle().place(&case));
    }

    /// However often it is held, a wait is as many business days as the plan says, not counting those of the holds; and
    /// what is left of it leads to the same day as the whole of it and the holds.
    #[test]
    fn held_time_spends_no_wait(
        world in worlds(),
        joined in -10 * DAY_TICKS..0,
        days in 1u32..9,
        holds in proptest::collection::vec((0i64..6 * DAY_TICKS, 0i64..9 * DAY_TICKS), 1..4),
    ) {
        let (oracle, calendar) = (world.oracle(), world.calendar());
        let work = Workdays::around(&calendar, world.day).unwrap();
        let when = When { base: Base::Joining, wait: Wait::Days(days) };
        let joined = instant(&world, joined);
        let mut happened = Happened { joined, held_days: 0, held_open_ms: 0, previous: None, date: None };
        let ground = |now: Millis| Ground { work: &work, unsuited: &[], taken: &[], gap_days: 0, now };
        let Placed::At(mut slot) = schedule::place(when, 0, &happened, &ground(joined)).unwrap() else { panic!() };
        let mut at = joined.0;
        let mut held: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for (wait, length) in holds {
            let from = Millis((at + wait * TICK_MS).min(slot.from.0));
            let to = Millis(from.0 + length * TICK_MS);
            let rest = schedule::rest(when, &happened, slot, from, &work).unwrap().unwrap();
            let (held_days, held_open_ms) = schedule::held(joined, from, to, &work).unwrap();
            happened.held_days += held_days;
            happened.held_open_ms += held_open_ms;
            slot = schedule::resumed(when, 0, &happened, rest, to, &ground(to)).unwrap();
            prop_assert_eq!(Placed::At(slot), schedule::place(when, 0, &happened, &ground(to)).unwrap());
            held.push((oracle.counts_for(from.0), oracle.counts_for(to.0)));
            at = to.0;
        }
        let began = oracle.counts_for(joined.0);
        let spent = began.iter_days().skip(1).take_while(|date| *date <= oracle.date(slot.from.0)).filter(|date| {
            oracle.is_business(*date) && !held.iter().any(|(from, to)| from <= date && date < to)
        });
        prop_assert_eq!(spent.count(), days as usize);
    }

    #[test]
    fn held_time_spends_no_open_hour(
        world in worlds(),
        joined in -10 * DAY_TICKS..0,
        hours in 1u32..14,
        holds in proptest::collection::vec((0i64..3 * DAY_TICKS, 0i64..9 * DAY_TICKS), 1..4),
    ) {
        let (oracle, calendar) = (world.oracle(), world.calendar());
        let work = Workdays::around(&calendar, world.day).unwrap();
        let when = When { base: Base::Joining, wait: Wait::Hours(hours) };
        let joined = instant(&world, joined);
        let happened = Happened { joined, held_days: 0, held_open_ms: 0, previous: None, date: None };
        let ground = |now: Millis| Ground { work: &work, unsuited: &[], taken: &[], gap_days: 0, now };
        let Placed::At(mut slot) = schedule::place(when, 0, &happened, &ground(joined)).unwrap() else { panic!() };
        let mut at = joined.0;
        let mut in_holds = 0;
        for (wait, length) in holds {
            let from = Millis((at + wait * TICK_MS).min(slot.due.0 - TICK_MS));
            let to = Millis(from.0 + length * TICK_MS);
            let rest = schedule::rest(when, &happened, slot, from, &work).unwrap().unwrap();
            prop_assert!(matches!(rest, Rest::OpenMs(left) if left > 0));
            in_holds += oracle.open_ticks(from.0, to.0);
            slot = schedule::resumed(when, 0, &happened, rest, to, &ground(to)).unwrap();
            at = to.0;
        }
        prop_assert_eq!(oracle.open_ticks(joined.0, slot.due.0) - in_holds, hours as usize * TICKS_AN_HOUR);
    }
}
