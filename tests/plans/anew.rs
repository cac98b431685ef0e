//! Planning anew reads only what may have to move. What it shows is held against laying every open step of the book.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use proptest::prelude::*;
use wellmet_core::Actor;
use wellmet_core::ids::{EnrolmentId, PersonId, PromiseId, VolunteerId};
use wellmet_core::people::{NewPerson, person};
use wellmet_core::plans::condition::Known;
use wellmet_core::plans::layout::{self, Days, Fixed, Item};
use wellmet_core::plans::run::{self, StepState};
use wellmet_core::plans::schedule::Base;
use wellmet_core::plans::setting::{Setting, set_never_on};
use wellmet_core::plans::template::StepChannel;
use wellmet_core::plans::{enter as entering, replan, write};
use wellmet_core::promises::business_time::Closure;
use wellmet_core::promises::ledger::{self, PromiseKind, PromiseState};
use wellmet_core::team::availability::{self, Weekdays};
use wellmet_core::team::{standards, volunteers};
use wellmet_core::time::{DAY_MS, Millis};

use super::setting::{away, keep, plan_of, save, step, takes_on, volunteer};
use crate::support::TestBook;

#[derive(Clone, Debug)]
enum Event {
    Enter(usize, usize),
    EnterAll(usize, bool),
    Keep(usize),
    Tell(usize),
    Try(usize, i64),
    Leave(usize),
    Hold(usize),
    Wait(i64),
    Away(usize, u32, u32),
    Limit(usize, Option<u32>),
    Closed(u32),
    Never(usize, u8),
    Camp(usize, u32),
    LeaveTeam(usize),
    Replan,
}

const VOLUNTEERS: usize = 3;
const PEOPLE: usize = 9;
const PLANS: usize = 2;

fn events() -> impl Strategy<Value = Event> {
    let who = 0..PEOPLE;
    prop_oneof![
        4 => (who.clone(), 0..PLANS).prop_map(|(who, plan)| Event::Enter(who, plan)),
        2 => (0..PLANS, any::<bool>()).prop_map(|(plan, spread)| Event::EnterAll(plan, spread)),
        2 => who.clone().prop_map(Event::Keep),
        2 => who.clone().prop_map(Event::Tell),
        1 => (who.clone(), 1i64..5).prop_map(|(who, days)| Event::Try(who, days)),
        1 => who.clone().prop_map(Event::Leave),
        1 => who.clone().prop_map(Event::Hold),
        2 => (1i64..60).prop_map(Event::Wait),
        2 => (0..VOLUNTEERS, 2u32..15, 0u32..6).prop_map(|(by, from, days)| Event::Away(by, from, days)),
        3 => (0..VOLUNTEERS, proptest::option::weighted(0.8, 0u32..4)).prop_map(|(by, limit)| Event::Limit(by, limit)),
        2 => (3u32..15).prop_map(Event::Closed),
        1 => (who.clone(), 1u8..31).prop_map(|(who, days)| Event::Never(who, days)),
        1 => (who, 3u32..12).prop_map(|(who, from)| Event::Camp(who, from)),
        1 => (0..VOLUNTEERS).prop_map(Event::LeaveTeam),
        1 => Just(Event::Replan),
    ]
}

struct World {
    setting: Setting,
    known: HashMap<PersonId, Known>,
    there: Vec<VolunteerId>,
    fixed: HashMap<(Option<VolunteerId>, NaiveDate), u32>,
}

impl Days for World {
    fn suits(&self, person: PersonId, keeper: Option<VolunteerId>, date: NaiveDate) -> bool {
        let away = keeper.is_some_and(|id| self.setting.worker(id).unwrap().unsuited.has(date));
        self.setting.work.is_business_day(date) && !away && !self.known[&person].unsuited.has(date)
    }

    fn limit(&self, keeper: Option<VolunteerId>) -> Option<u32> {
        self.setting.worker(keeper?).unwrap().limit
    }

    fn instead_of(&self, keeper: Option<VolunteerId>) -> &[VolunteerId] {
        if keeper.is_some_and(|id| self.setting.worker(id).unwrap().left) { &self.there } else { &[] }
    }
}

impl Fixed for World {
    fn on(&self, keeper: Option<VolunteerId>, date: NaiveDate) -> u32 {
        self.fixed.get(&(keeper, date)).copied().unwrap_or(0)
    }
}

type Moves = BTreeMap<EnrolmentId, (NaiveDate, Option<VolunteerId>)>;

/// What moves, what was told and what finds no room, when every open step is laid.
async fn laid(t: &TestBook, people: &[PersonId]) -> (Moves, BTreeSet<EnrolmentId>, BTreeSet<EnrolmentId>) {
    let mut db = t.book.read().await.unwrap();
    let now = t.book.now();
    let setting = Setting::of(&mut db, now).await.unwrap();
    let first = setting.work.business_day_of(now).unwrap();
    let date = |at: Millis| setting.work.date_of(at);
    let mut items = Vec::new();
    let mut of_item: Vec<EnrolmentId> = Vec::new();
    for run in run::going_on(&mut db).await.unwrap() {
        for row in run.steps.iter().filter(|row| row.state == StepState::Open) {
            let promise = ledger::get(&mut db, row.promise_id.unwrap()).await.unwrap();
            let from = date(promise.next_try_ms.or(promise.from_ms).unwrap_or(promise.due_ms));
            let due = date(promise.due_ms.plus_ms(-1));
            let late = promise.due_ms < now;
            let keeper = promise.keeper.map(|keeper| keeper.id);
            let worker = keeper.map(|id| setting.worker(id).unwrap());
            let could = setting.work.is_business_day(due)
                && worker.is_none_or(|worker| !worker.left && !worker.unsuited.has(due));
            if late && could {
                continue;
            }
            items.push(Item {
                promise: promise.id,
                person: run.row.person_id,
                keeper,
                day: if late { from.min(due) } else { from.max(first.min(due)) },
                last: None,
                rank: (run.row.priority, promise.id.0.as_u128()),
                told: row.told,
            });
            of_item.push(run.row.id);
        }
    }
    let laid: BTreeSet<PromiseId> = items.iter().map(|item| item.promise).collect();
    let (mut fixed, mut taken) = (HashMap::new(), HashMap::<PersonId, Vec<NaiveDate>>::new());
    for person in people {
        for promise in ledger::of_person(&mut db, *person).await.unwrap() {
            let since = now.plus_ms(-i64::from(setting.gap_days + 1) * DAY_MS);
            match promise.state {
                PromiseState::Open if !laid.contains(&promise.id) => {
                    let at = promise.next_try_ms.or(promise.from_ms).unwrap_or(promise.due_ms);
                    let day = date(at).max(setting.today);
                    *fixed.entry((promise.keeper.map(|keeper| keeper.id), day)).or_default() += 1;
                }
                PromiseState::Kept if promise.kind == PromiseKind::PlanStep && promise.ended_ms.unwrap() >= since => {
                    taken.entry(*person).or_default().push(date(promise.ended_ms.unwrap()));
                }
                _ => {}
            }
        }
    }
    let known = setting.known(&mut db, people).await.unwrap();
    let there = setting.there().map(|worker| worker.id).collect();
    let world = World { known, there, fixed, setting };
    let layout = layout::lay(&items, &world, &world, &taken, world.setting.gap_days, first);
    let moves = layout.moved.iter().map(|moved| (of_item[moved.at], (moved.day, moved.keeper))).collect();
    let named = |places: Vec<usize>| places.into_iter().map(|at| of_item[at]).collect();
    (moves, named(layout.told), named(layout.no_room))
}

async fn team(t: &TestBook, edit: impl AsyncFnOnce(&mut wellmet_core::store::Edit) -> wellmet_core::Result<()>) {
    let mut writing = t.book.write(Actor::Wellmet, "change_standards").await.unwrap();
    if edit(&mut writing).await.is_ok() {
        writing.commit().await.unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 14, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_all_that_may_move(happened in prop::collection::vec(events(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let t = TestBook::new().await;
            let book = &t.book;
            let mut by = Vec::new();
            for place in 0..VOLUNTEERS {
                by.push(volunteer(&t, &format!("Volunteer {place}"), Some(2)).await);
            }
            let mut people = Vec::new();
            for place in 0..PEOPLE {
                // Of some, nobody is the keeper.
                let keeper = by.get(place % (VOLUNTEERS + 1)).copied();
                people.push(t.person(NewPerson { name: format!("Guest {place}"), keeper, ..NewPerson::default() }).await);
            }
            let mut plans = Vec::new();
            for _ in 0..PLANS {
                let steps = [("call", StepChannel::Call, 1), ("visit", StepChannel::Visit, 2), ("gift", StepChannel::Gift, 1)];
                let steps = steps.map(|(key, channel, days)| step(key, channel, Base::Previous, days));
                plans.push(save(&t, plan_of(steps.to_vec())).await);
            }
            let runs_of = async |who: usize| run::of_people(&mut book.read().await.unwrap(), &[people[who]]).await.unwrap();
            let open = async |who: usize| {
                let runs = runs_of(who).await;
                runs.iter().find_map(|run| Some((run.row.id, run.open()?.promise_id?)))
            };
            for event in happened {
                match event {
                    Event::Enter(who, plan) => drop(entering::enter_one(book, Actor::Wellmet, plans[plan], people[who], None).await),
                    Event::EnterAll(plan, spread) => {
                        let mut all = super::setting::entering(plans[plan], people.clone());
                        all.spread = spread;
                        entering::enter(book, Actor::Wellmet, &all).await.unwrap();
                    }
                    Event::Keep(who) => {
                        if let Some((_, promise)) = open(who).await {
                            keep(&t, promise).await;
                        }
                    }
                    Event::Tell(who) => {
                        if let Some((run, _)) = open(who).await {
                            write::told(book, t.helen(), run, true).await.unwrap();
                        }
                    }
                    Event::Try(who, days) => {
                        if let Some((_, promise)) = open(who).await {
                            let at = book.now().plus_ms(days * DAY_MS);
                            team(&t, async |edit| ledger::tried(edit, promise, Some(at)).await).await;
                        }
                    }
                    // What they were told stays owed, and is no plan's any more.
                    Event::Leave(who) => {
                        if let Some((run, _)) = open(who).await {
                            write::leave(book, t.helen(), run, "gone").await.unwrap();
                        }
                    }
                    Event::Hold(who) => {
                        if let Some((run, _)) = open(who).await {
                            write::hold(book, t.helen(), run, None, "").await.unwrap();
                        }
                    }
                    Event::Wait(hours) => t.clock.move_on(hours * 3_600_000),
                    Event::Away(at, from, days) => {
                        away(&t, by[at], &format!("2026-11-{from:02}"), &format!("2026-11-{:02}", from + days)).await;
                    }
                    Event::Limit(at, limit) => takes_on(&t, by[at], Weekdays::ALL, limit).await,
                    Event::Closed(day) => {
                        let day = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
                        team(&t, async |edit| standards::add_closures(edit, &[Closure::new("Closed", day, day)]).await.map(drop)).await;
                    }
                    Event::Never(who, days) => {
                        team(&t, async |edit| set_never_on(edit, people[who], Weekdays(days)).await).await;
                    }
                    Event::Camp(who, from) => {
                        let days = [from, from + 3].map(|day| format!("2026-11-{day:02}"));
                        team(&t, async |edit| {
                            person::tag(edit, people[who], "camp").await?;
                            availability::add_group_closure(edit, "camp", "Camp", &days[0], &days[1]).await.map(drop)
                        })
                        .await;
                    }
                    Event::LeaveTeam(at) => team(&t, async |edit| volunteers::leave_team(edit, by[at]).await).await,
                    Event::Replan => {
                        let shown = replan::preview(&mut book.read().await.unwrap(), book.now()).await.unwrap();
                        replan::apply(book, t.helen(), &shown.stamp).await.unwrap();
                    }
                }
                let shown = replan::preview(&mut book.read().await.unwrap(), book.now()).await.unwrap();
                let (moves, told, no_room) = laid(&t, &people).await;
                let setting = Setting::of(&mut book.read().await.unwrap(), book.now()).await.unwrap();
                let by = |stand: &replan::Stand| (setting.work.date_of(stand.from_ms), stand.keeper.as_ref().map(|keeper| keeper.id));
                let shown_moves: Moves = shown.moves.iter().map(|moved| (moved.enrolment, by(&moved.after))).collect();
                assert_eq!(shown_moves, moves);
                assert_eq!(shown.told.iter().map(|stays| stays.enrolment).collect::<BTreeSet<_>>(), told);
                assert_eq!(shown.no_room.iter().map(|stays| stays.enrolment).collect::<BTreeSet<_>>(), no_room);
            }
        });
    }
}
