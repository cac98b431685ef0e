//! Laying steps onto days: within what somebody takes on, far enough apart for the person, in the order in which they stood.
//! A function of what it is given.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::ids::{PersonId, PromiseId, VolunteerId};

/// A step that is to be laid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub promise: PromiseId,
    pub person: PersonId,
    pub keeper: Option<VolunteerId>,
    /// Where it stands, or would stand if everyone had time.
    pub day: NaiveDate,
    /// Not after this: the event that it comes before.
    pub last: Option<NaiveDate>,
    /// Of those of one day, who comes first.
    pub rank: (i64, u128),
    /// They know the date: it stays, and is counted.
    pub told: bool,
}

/// What the days are like.
pub trait Days {
    /// Whether the day suits the person and the keeper, and is open.
    fn suits(&self, person: PersonId, keeper: Option<VolunteerId>, date: NaiveDate) -> bool;
    /// How many a keeper takes on in a day; `None`: no limit.
    fn limit(&self, keeper: Option<VolunteerId>) -> Option<u32>;
    /// Who does the steps of a keeper who cannot be found any more: those who are there.
    fn instead_of(&self, keeper: Option<VolunteerId>) -> &[VolunteerId];
}

/// Where it came to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// Of the items, by their place in what was given.
    pub at: usize,
    pub keeper: Option<VolunteerId>,
    pub day: NaiveDate,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// What moves.
    pub moved: Vec<Laid>,
    /// What would have to move, and was told to the person.
    pub told: Vec<usize>,
    /// What would have to move, and finds no day.
    pub no_room: Vec<usize>,
}

/// Counts what is there beside the items: other promises, by keeper and day.
pub trait Fixed {
    fn on(&self, keeper: Option<VolunteerId>, date: NaiveDate) -> u32;
}

const FURTHEST_DAYS: usize = 800;

/// Lays those items anew that stand on a day that does not suit, that belong to somebody who left, or that are beyond what a
/// keeper takes on; all others stay. Those that stay are counted first; those that move go, in their order, each to the
/// first day from its own on (or from `today`) that has room. `taken` are the days of a person's touches beside the items.
pub fn lay(
    items: &[Item],
    days: &impl Days,
    fixed: &impl Fixed,
    taken: &HashMap<PersonId, Vec<NaiveDate>>,
    gap_days: u32,
    today: NaiveDate,
) -> Layout {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_unstable_by_key(|at| (items[*at].day, items[*at].rank));
    let mut load = Counted { fixed, laid: HashMap::new() };
    let mut touches: HashMap<PersonId, Vec<NaiveDate>> = HashMap::new();
    let mut layout = Layout::default();
    let mut moving: Vec<usize> = Vec::new();
    // What they were told is counted before anything else.
    for at in order.iter().copied().filter(|at| items[*at].told) {
        let item = &items[at];
        load.add(item.keeper, item.day);
        touches.entry(item.person).or_default().push(item.day);
    }
    for at in order {
        let item = &items[at];
        let gone = !days.instead_of(item.keeper).is_empty();
        if item.told {
            if gone || item.day < today || !days.suits(item.person, item.keeper, item.day) {
                layout.told.push(at);
            }
            continue;
        }
        let near = is_near(item.day, item.person, &touches, taken, gap_days);
        let stays = !gone
            && !near
            && item.day >= today
            && days.suits(item.person, item.keeper, item.day)
            && load.has_room(days, item.keeper, item.day);
        if stays {
            load.add(item.keeper, item.day);
            touches.entry(item.person).or_default().push(item.day);
        } else {
            moving.push(at);
        }
    }
    for at in moving {
        let item = &items[at];
        let instead = days.instead_of(item.keeper);
        let own = [item.keeper];
        let by: Vec<Option<VolunteerId>> =
            if instead.is_empty() { own.to_vec() } else { instead.iter().copied().map(Some).collect() };
        let first = item.day.max(today);
        let found =
            first.iter_days().take(FURTHEST_DAYS).take_while(|day| item.last.is_none_or(|last| *day <= last)).find_map(
                |day| {
                    if is_near(day, item.person, &touches, taken, gap_days) {
                        return None;
                    }
                    // Of several, whoever has least on that day.
                    by.iter()
                        .filter(|keeper| days.suits(item.person, **keeper, day) && load.has_room(days, **keeper, day))
                        .min_by_key(|keeper| load.on(**keeper, day))
                        .map(|keeper| (day, *keeper))
                },
            );
        match found {
            Some((day, keeper)) => {
                load.add(keeper, day);
                touches.entry(item.person).or_default().push(day);
                if day != item.day || keeper != item.keeper {
                    layout.moved.push(Laid { at, keeper, day });
                }
            }
            None => {
                // It stays where it stands, beyond what anybody takes on, and is said.
                load.add(item.keeper, item.day);
                touches.entry(item.person).or_default().push(item.day);
                layout.no_room.push(at);
            }
        }
    }
    layout
}

fn is_near(
    day: NaiveDate,
    person: PersonId,
    touches: &HashMap<PersonId, Vec<NaiveDate>>,
    taken: &HashMap<PersonId, Vec<NaiveDate>>,
    gap_days: u32,
) -> bool {
    let all = touches.get(&person).into_iter().chain(taken.get(&person)).flatten();
    all.into_iter().any(|other| day.signed_duration_since(*other).num_days().unsigned_abs() < u64::from(gap_days))
}

struct Counted<'a, F> {
    fixed: &'a F,
    laid: HashMap<(Option<VolunteerId>, NaiveDate), u32>,
}

impl<F: Fixed> Counted<'_, F> {
    fn add(&mut self, keeper: Option<VolunteerId>, day: NaiveDate) {
        *self.laid.entry((keeper, day)).or_default() += 1;
    }

    fn on(&self, keeper: Option<VolunteerId>, day: NaiveDate) -> u32 {
        self.fixed.on(keeper, day) + self.laid.get(&(keeper, day)).copied().unwrap_or(0)
    }

    fn has_room(&self, days: &impl Days, keeper: Option<VolunteerId>, day: NaiveDate) -> bool {
        days.limit(keeper).is_none_or(|limit| self.on(keeper, day) < limit)
    }
}
