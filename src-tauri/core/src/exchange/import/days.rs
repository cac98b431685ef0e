//! Birth dates, as a whole column of them can be read.

use chrono::{Days, NaiveDate};

use super::values;

/// The numbers of a spreadsheet that are taken for days. Before them are ages and years, after them numbers of something
/// else.
const SERIALS: std::ops::RangeInclusive<u64> = 2_101..=80_000;

/// Which of day and month a column writes first, where the year is last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Unknown,
    DayFirst,
    MonthFirst,
}

/// What the cells of a column say of it. One that says both says nothing.
#[derive(Default)]
pub struct Proof {
    day_first: bool,
    month_first: bool,
}

impl Proof {
    pub fn note(&mut self, cell: &str) {
        if let Some((first, second, _)) = year_last(cell) {
            self.day_first |= (13..=31).contains(&first) && (1..=12).contains(&second);
            self.month_first |= (13..=31).contains(&second) && (1..=12).contains(&first);
        }
    }

    pub fn order(&self) -> Order {
        match (self.day_first, self.month_first) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => Order::Unknown,
        }
    }
}

/// The day of a cell: as written, as the column writes it, or as a spreadsheet counts it.
pub fn day(cell: &str, order: Order) -> Option<NaiveDate> {
    values::date(cell).or_else(|| in_order(cell, order)).or_else(|| counted(cell))
}

/// Whether a cell without a [`day`] says something all the same: "4 May", "1980-02-30", but not what programs write for
/// unknown: 0000-00-00, 1/1/0001, 30/12/1899.
pub fn says_something(cell: &str) -> bool {
    let words = cell.split(['T', ' ']).filter(|word| !word.contains(':'));
    let cell = words.collect::<Vec<_>>().join(" ");
    let numbers: Vec<&str> = cell.split(|mark: char| !mark.is_ascii_digit()).filter(|one| !one.is_empty()).collect();
    let before = |number: &&str| number.len() == 4 && **number < *"1900";
    let unknown = numbers.iter().all(|number| number.bytes().all(|digit| digit == b'0')) || numbers.iter().any(before);
    cell.chars().any(char::is_alphanumeric) && !cell.starts_with("--") && (numbers.is_empty() || !unknown)
}

/// The two numbers before the year, without its time of day.
fn year_last(cell: &str) -> Option<(u32, u32, i32)> {
    let day = cell.trim().split(['T', ' ']).next()?;
    let numbers: Vec<&str> = day.split(['-', '/']).collect();
    let [first, second, year] = numbers.as_slice() else { return None };
    let short = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    Some((short(first)?, short(second)?, year.parse().ok().filter(|_| year.len() == 4)?))
}

fn in_order(cell: &str, order: Order) -> Option<NaiveDate> {
    let (first, second, year) = year_last(cell)?;
    let (day, month) = match order {
        Order::Unknown => return None,
        Order::DayFirst => (first, second),
        Order::MonthFirst => (second, first),
    };
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= 1900)
}

/// A spreadsheet counts days from 1900, and a 29 February that 1900 had not.
fn counted(cell: &str) -> Option<NaiveDate> {
    let serial: u64 = cell.trim().parse().ok().filter(|_| cell.trim().bytes().all(|byte| byte.is_ascii_digit()))?;
    let from = NaiveDate::from_ymd_opt(1899, 12, 30).filter(|_| SERIALS.contains(&serial))?;
    from.checked_add_days(Days::new(serial))
}
