//! Laying steps onto days, held against what must be true of any layout, and counted anew by hand.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use wellmet_core::ids::{PersonId, PromiseId, VolunteerId};
use wellmet_core::plans::layout::{self, Days, Fixed, Item, Layout};

/// A fortnight of people, volunteers and what stands already.
#[derive(Clone, Debug)]
struct World {
    today: NaiveDate,
    volunteers: Vec<VolunteerId>,
    limits: Vec<Option<u32>>,
    /// Of each volunteer, days from today on which they are away, from and to.
    away: Vec<(u64, u64)>,
    left: Vec<bool>,
    there: Vec<VolunteerId>,
    never: HashMap<PersonId, u32>,
    fixed: HashMap<(Option<VolunteerId>, NaiveDate), u32>,
    items: Vec<Item>,
    gap: u32,
}

impl World {
    fn place(&self, keeper: Option<VolunteerId>) -> Option<usize> {
        self.volunteers.iter().position(|id| Some(*id) == keeper)
    }

    fn on(&self, after: u64) -> NaiveDate {
        self.today + chrono::Days::new(after)
    }
}

impl Days for World {
    fn suits(&self, person: PersonId, keeper: Option<VolunteerId>, date: NaiveDate) -> bool {
        let weekday = date.weekday().num_days_from_monday();
        let away = self.place(keeper).is_some_and(|place| {
            let (from, to) = self.away[place];
            self.on(from) <= date && date < self.on(to)
        });
        weekday < 5 && !away && self.never.get(&person) != Some(&weekday)
    }

    fn limit(&self, keeper: Option<VolunteerId>) -> Option<u32> {
        self.place(keeper).and_then(|place| self.limits[place])
    }

    fn instead_of(&self, keeper: Option<VolunteerId>) -> &[VolunteerId] {
        if self.place(keeper).is_some_and(|place| self.left[place]) { &self.there } else { &[] }
    }
}

impl Fixed for World {
    fn on(&self, keeper: Option<VolunteerId>, date: NaiveDate) -> u32 {
        self.fixed.get(&(keeper, date)).copied().unwrap_or(0)
    }
}

fn worlds() -> impl Strategy<Value = World> {
    let volunteer = (proptest::option::weighted(0.8, 1u32..4), 0u64..10, 0u64..12, proptest::bool::weighted(0.15));
    let item =
        (0usize..25, 0usize..5, -4i64..15, proptest::option::weighted(0.1, 0i64..12), proptest::bool::weighted(0.15));
    let fixed = proptest::collection::vec((0usize..4, 0u64..20), 0..12);
    (
        proptest::collection::vec(volunteer, 2..4),
        proptest::collection::vec(item, 0..40),
        fixed,
        proptest::collection::vec(0u32..9, 25),
        0u32..5,
    )
        .prop_map(|(volunteers, items, fixed, never, gap)| {
            let today = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
            let ids: Vec<VolunteerId> = volunteers.iter().map(|_| VolunteerId::new()).collect();
            let people: Vec<PersonId> = never.iter().map(|_| PersonId::new()).collect();
            // Somebody stays.
            let left: Vec<bool> = volunteers.iter().enumerate().map(|(at, volunteer)| at > 0 && volunteer.3).collect();
            let keeper = |at: usize| ids.get(at).copied();
            let items = items.into_iter().enumerate().map(|(rank, (person, by, day, last, told))| {
                let day = today + chrono::Duration::days(day);
                Item {
                    promise: PromiseId::new(),
                    person: people[person],
                    keeper: keeper(by),
                    day,
                    last: last.map(|after| day.max(today) + chrono::Duration::days(after)),
                    rank: (rank as i64, 0),
                    told,
                }
            });
            let mut counted = HashMap::new();
            for (by, after) in fixed {
                *counted.entry((keeper(by), today + chrono::Days::new(after))).or_default() += 1;
            }
            World {
                today,
                limits: volunteers.iter().map(|volunteer| volunteer.0).collect(),
                away: volunteers.iter().map(|volunteer| (volunteer.1, volunteer.1 + volunteer.2)).collect(),
                there: ids.iter().zip(&left).filter(|(_, left)| !**left).map(|(id, _)| *id).collect(),
                left,
                never: people.iter().copied().zip(never).collect(),
                fixed: counted,
                items: items.collect(),
                volunteers: ids,
                gap,
            }
        })
}

fn lay(world: &World) -> Layout {
    layout::lay(&world.items, world, world, &HashMap::new(), world.gap, world.today)
}

/// Where each item stands afterwards.
fn after(world: &World, layout: &Layout) -> Vec<(Option<VolunteerId>, NaiveDate)> {
    let mut stand: Vec<_> = world.items.iter().map(|item| (item.keeper, item.day)).collect();
    for moved in &layout.moved {
        stand[moved.at] = (moved.keeper, moved.day);
    }
    stand
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_step_is_lost_and_none_is_laid_twice(world in worlds()) {
        let layout = lay(&world);
        let moved = layout.moved.iter().map(|moved| moved.at);
        let named: Vec<usize> = moved.chain(layout.told.iter().copied()).chain(layout.no_room.iter().copied()).collect();
        let once: HashSet<usize> = named.iter().copied().collect();
        prop_assert_eq!(named.len(), once.len(), "each has one fate");
        prop_assert!(named.iter().all(|at| *at < world.items.len()));
        for at in &layout.told {
            prop_assert!(world.items[*at].told);
        }
        for moved in &layout.moved {
            prop_assert!(!world.items[moved.at].told, "what they were told is not moved");
        }
    }

    #[test]
    fn nobody_has_more_in_a_day_than_they_take_on(world in worlds()) {
        let layout = lay(&world);
        let mut counted: HashMap<(Option<VolunteerId>, NaiveDate), u32> = HashMap::new();
        let (mut told, mut without) = (counted.clone(), counted.clone());
        for (at, stands) in after(&world, &layout).into_iter().enumerate() {
            *counted.entry(stands).or_default() += 1;
            // What cannot be moved: told, or without a day that could bear it.
            *told.entry(stands).or_default() += u32::from(world.items[at].told);
            *without.entry(stands).or_default() += u32::from(layout.no_room.contains(&at));
        }
        for ((keeper, day), count) in counted {
            let Some(limit) = world.limit(keeper) else { continue };
            let fixed = Fixed::on(&world, keeper, day);
            let most = limit.max(fixed + told[&(keeper, day)]) + without[&(keeper, day)];
            prop_assert!(fixed + count <= most, "{keeper:?} on {day}: {fixed} + {count} over {limit}");
        }
    }

    #[test]
    fn whatever_moved_stands_on_a_day_that_suits_and_far_enough_from_the_rest(world in worlds()) {
        let layout = lay(&world);
        let stand = after(&world, &layout);
        for moved in &layout.moved {
            let item = &world.items[moved.at];
            prop_assert!(world.suits(item.person, moved.keeper, moved.day));
            prop_assert!(moved.day >= world.today && moved.day >= item.day.min(moved.day), "never earlier");
            prop_assert!(moved.day >= item.day || item.day < world.today);
            prop_assert!(item.last.is_none_or(|last| moved.day <= last));
            prop_assert!(!world.place(moved.keeper).is_some_and(|place| world.left[place]), "nobody who left gets more");
            for (at, other) in world.items.iter().enumerate() {
                if at != moved.at && other.person == item.person && !layout.no_room.contains(&at) {
                    let apart = (stand[at].1 - moved.day).num_days().unsigned_abs();
                    prop_assert!(apart >= u64::from(world.gap), "{apart} days apart");
                }
            }
        }
    }

    /// Of two that move, have the same keeper and whose people take any day, who stood first stands first.
    #[test]
    fn the_order_is_kept(world in worlds()) {
        let mut world = world;
        world.never.clear();
        world.gap = 0;
        for item in &mut world.items {
            item.last = None;
        }
        let layout = lay(&world);
        prop_assert!(layout.no_room.is_empty(), "there is always a later day");
        for one in &layout.moved {
            for other in &layout.moved {
                let (a, b) = (&world.items[one.at], &world.items[other.at]);
                if a.keeper == b.keeper && one.keeper == a.keeper && other.keeper == b.keeper && (a.day, a.rank) < (b.day, b.rank) {
                    prop_assert!(one.day <= other.day);
                }
            }
        }
    }

    /// What finds no room has none: every day up to its last is full, does not suit, or is too near.
    #[test]
    fn what_finds_no_room_has_none(world in worlds()) {
        let layout = lay(&world);
        let stand = after(&world, &layout);
        for at in &layout.no_room {
            let item = &world.items[*at];
            let last = item.last.expect("without a last day there is always room");
            let first = item.day.max(world.today);
            for day in first.iter_days().take_while(|day| *day <= last) {
                let gone = world.place(item.keeper).is_some_and(|place| world.left[place]);
                let by: Vec<_> =
                    if gone { world.there.iter().copied().map(Some).collect() } else { vec![item.keeper] };
                for keeper in by {
                    let others = stand.iter().enumerate().filter(|(other, stands)| other != at && **stands == (keeper, day));
                    let full = world.limit(keeper).is_some_and(|limit| Fixed::on(&world, keeper, day) + others.count() as u32 >= limit);
                    let near = world.items.iter().enumerate().any(|(other, of)| {
                        other != *at && of.person == item.person
                            && (stand[other].1 - day).num_days().unsigned_abs() < u64::from(world.gap)
                    });
                    prop_assert!(full || near || !world.suits(item.person, keeper, day), "{day} would have borne it");
                }
            }
        }
    }
}
