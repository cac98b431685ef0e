//! The lists that the window scrolls through: put in order once, and shown by the place.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use wellmet_core::ids::PersonId;
use wellmet_core::people::order::{Letter, PeopleOrder};
use wellmet_core::{Code, Error, Result};

/// What is on screen, and what it is asked for anew. An order of a million takes 16 MB.
const KEPT: usize = 2;

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct OrderedList {
    pub list: u32,
    pub people: u32,
    pub letters: Vec<Letter>,
}

#[derive(Default)]
pub struct Lists {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    last: u32,
    orders: VecDeque<(u32, Arc<[PersonId]>)>,
}

impl Lists {
    pub fn keep(&self, order: PeopleOrder) -> OrderedList {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last = kept.last.wrapping_add(1);
        let list = kept.last;
        let people = u32::try_from(order.ids.len()).unwrap_or(u32::MAX);
        kept.orders.truncate(KEPT - 1);
        kept.orders.push_front((list, order.ids.into()));
        OrderedList { list, people, letters: order.letters }
    }

    pub fn part(&self, list: u32, from: u32, count: u32) -> Result<Vec<PersonId>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, ids) = kept.orders.iter().find(|(number, _)| *number == list).ok_or_else(|| {
            Error::new(Code::NotFound, "This list was put away in the meantime. It is asked for anew.")
        })?;
        let from = (from as usize).min(ids.len());
        let to = from.saturating_add(count as usize).min(ids.len());
        Ok(ids[from..to].to_vec())
    }

    /// Nobody's places are kept when the book is closed.
    pub fn clear(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).orders.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(people: usize) -> PeopleOrder {
        PeopleOrder { ids: (0..people).map(|_| PersonId::new()).collect(), letters: vec![] }
    }

    #[test]
    fn a_list_is_shown_by_the_place_until_others_took_its_room() {
        let lists = Lists::default();
        let order = of(5);
        let ids = order.ids.clone();
        let first = lists.keep(order);
        assert_eq!(first.people, 5);
        assert_eq!(lists.part(first.list, 1, 2).expect("kept"), ids[1..3]);
        assert_eq!(lists.part(first.list, 4, u32::MAX).expect("kept"), ids[4..]);
        assert!(lists.part(first.list, 9, 3).expect("kept").is_empty());
        for _ in 1..KEPT {
            lists.keep(of(1));
        }
        assert_eq!(lists.part(first.list, 0, 9).expect("the last that is kept"), ids);
        lists.keep(of(1));
        assert_eq!(lists.part(first.list, 0, 9).expect_err("put away").code, Code::NotFound);
    }
}
