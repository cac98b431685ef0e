//! When whoever keeps promises can: their weekdays, how much they take on in a day, their leave; and the days that do not
//! suit a group of people, such as a school's holidays.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::standards::day;
use crate::error::{Error, Result};
use crate::ids::{CapacityId, GroupClosureId, LeaveId, VolunteerId};
use crate::store::{Db, Edit};
use crate::{args, statements};

/// A set of weekdays: Monday 1, Tuesday 2, … Sunday 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Weekdays(pub u8);

impl Weekdays {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self(127);

    pub fn has(self, date: NaiveDate) -> bool {
        self.0 & (1 << date.weekday().num_days_from_monday()) != 0
    }
}

/// What a volunteer takes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, sqlx::FromRow)]
pub struct Capacity {
    pub volunteer: VolunteerId,
    pub works_on: Weekdays,
    /// Touches a day; `None`: nobody said how many are too many.
    pub daily_limit: Option<u32>,
}

impl Capacity {
    /// Of whom nothing was said.
    pub fn unsaid(volunteer: VolunteerId) -> Self {
        Self { volunteer, works_on: Weekdays::ALL, daily_limit: None }
    }
}

/// Days away, `YYYY-MM-DD`, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, sqlx::FromRow)]
pub struct TimeAway {
    pub id: LeaveId,
    pub volunteer: VolunteerId,
    pub from_day: String,
    pub to_day: String,
}

/// Days that do not suit whoever has this tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type, sqlx::FromRow)]
pub struct GroupClosure {
    pub id: GroupClosureId,
    pub tag: String,
    pub name: String,
    pub from_day: String,
    pub to_day: String,
}

/// The most that anyone could do in a day; a number beyond it was mistyped.
const MOST_A_DAY: u32 = 1_000;
const MOST_GAP_DAYS: u32 = 60;

statements! {
    CAPACITIES = "SELECT volunteer_id AS volunteer, works_on, daily_limit FROM capacity ORDER BY volunteer_id";
    SET_CAPACITY = "INSERT INTO capacity (id, volunteer_id, works_on, daily_limit) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (volunteer_id) DO UPDATE SET works_on = EXCLUDED.works_on, daily_limit = EXCLUDED.daily_limit";
    LEAVES = "SELECT id, volunteer_id AS volunteer, from_day, to_day FROM leave ORDER BY from_day, id";
    ADD_LEAVE = "INSERT INTO leave (id, volunteer_id, from_day, to_day) VALUES ($1, $2, $3, $4)";
    REMOVE_LEAVE = "DELETE FROM leave WHERE id = $1";
    GROUP_CLOSURES = "SELECT id, tag, name, from_day, to_day FROM group_closure ORDER BY from_day, tag, name";
    ADD_GROUP_CLOSURE = "INSERT INTO group_closure (id, tag, name, from_day, to_day) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tag, name, from_day, to_day) DO NOTHING";
    REMOVE_GROUP_CLOSURE = "DELETE FROM group_closure WHERE id = $1";
    GAP = "SELECT touch_gap_days FROM association";
    SET_GAP = "UPDATE association SET touch_gap_days = $1";
}

/// Of those of whom something was said.
pub async fn capacities(db: &mut Db) -> Result<Vec<Capacity>> {
    db.all(&CAPACITIES, args![]).await
}

/// What each of these takes on; of the others it stays as it is.
pub async fn set_capacities(edit: &mut Edit, capacities: &[Capacity]) -> Result<()> {
    let mut names = Vec::new();
    for capacity in capacities {
        names.push(set_capacity(edit, capacity).await?);
    }
    edit.about(names.join(", "));
    Ok(())
}

async fn set_capacity(edit: &mut Edit, capacity: &Capacity) -> Result<String> {
    let Capacity { volunteer, works_on, daily_limit } = *capacity;
    if works_on.0 > Weekdays::ALL.0 {
        return Err(Error::invalid("A week has seven days."));
    }
    if daily_limit.is_some_and(|limit| limit > MOST_A_DAY) {
        return Err(Error::invalid(format!("Nobody does more than {MOST_A_DAY} a day. Write how many are enough.")));
    }
    let name = super::volunteers::get(edit, volunteer).await?.name;
    edit.run(&SET_CAPACITY, args![CapacityId::new(), volunteer, works_on.0, daily_limit]).await?;
    Ok(name)
}

pub async fn leaves(db: &mut Db) -> Result<Vec<TimeAway>> {
    db.all(&LEAVES, args![]).await
}

pub async fn add_leave(edit: &mut Edit, volunteer: VolunteerId, from_day: &str, to_day: &str) -> Result<LeaveId> {
    let (from, to) = span(from_day, to_day)?;
    let name = super::volunteers::get(edit, volunteer).await?.name;
    let id = LeaveId::new();
    edit.run(&ADD_LEAVE, args![id, volunteer, from, to]).await?;
    edit.about(name);
    Ok(id)
}

pub async fn remove_leave(edit: &mut Edit, id: LeaveId) -> Result<()> {
    gone(edit.run(&REMOVE_LEAVE, args![id]).await?, "leave")
}

pub async fn group_closures(db: &mut Db) -> Result<Vec<GroupClosure>> {
    db.all(&GROUP_CLOSURES, args![]).await
}

pub async fn add_group_closure(
    edit: &mut Edit,
    tag: &str,
    name: &str,
    from_day: &str,
    to_day: &str,
) -> Result<GroupClosureId> {
    let (tag, name) = (tag.trim(), name.trim());
    if tag.is_empty() || name.is_empty() {
        return Err(Error::invalid("Say what these days are, and the tag of those whom they do not suit."));
    }
    let (from, to) = span(from_day, to_day)?;
    let id = GroupClosureId::new();
    if edit.run(&ADD_GROUP_CLOSURE, args![id, tag, name, from, to]).await? == 0 {
        return Err(Error::new(crate::Code::Conflict, format!("“{name}” is among the days of “{tag}” already.")));
    }
    edit.about(name);
    Ok(id)
}

pub async fn remove_group_closure(edit: &mut Edit, id: GroupClosureId) -> Result<()> {
    gone(edit.run(&REMOVE_GROUP_CLOSURE, args![id]).await?, "closed time")
}

/// How many days lie at least between two touches of plans for one person; 1: not twice on one day.
pub async fn touch_gap_days(db: &mut Db) -> Result<u32> {
    let days: i64 = db.scalar(&GAP, args![]).await?;
    Ok(u32::try_from(days).unwrap_or(0))
}

pub async fn set_touch_gap_days(edit: &mut Edit, days: u32) -> Result<()> {
    if days > MOST_GAP_DAYS {
        return Err(Error::invalid(format!("More than {MOST_GAP_DAYS} days apart, a plan would hardly go on.")));
    }
    edit.run(&SET_GAP, args![days]).await?;
    Ok(())
}

fn span(from_day: &str, to_day: &str) -> Result<(String, String)> {
    let (from, to) = (day(from_day)?, day(to_day)?);
    if to < from {
        return Err(Error::invalid(format!("It ends on {to}, before it begins on {from}. Swap the two days.")));
    }
    Ok((from.to_string(), to.to_string()))
}

fn gone(rows: u64, what: &str) -> Result<()> {
    match rows {
        0 => Err(Error::not_found(format!("This {what} is not in the book any more."))),
        _ => Ok(()),
    }
}
