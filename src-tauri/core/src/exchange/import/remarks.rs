//! What is said of a file beside its columns: what was passed over, what is left out of it and what is a guess.

use super::days::{self, Order, Proof};
use super::recognise::{self, Column, Field};
use super::rows::short;
use super::sheet::Sheet;
use super::source::Source;
use super::values;

/// Counted over its rows.
#[derive(Default)]
pub(super) struct Counts {
    pub rows: u32,
    pub bad: u32,
    /// Every row was counted; of a long file only the first are.
    whole: bool,
    of_exchange: u32,
    /// How the birth dates are written; those that could be either way round; those that are no day.
    days: Proof,
    either_way: Doubtful,
    no_day: Doubtful,
}

/// How many, and the first of them.
#[derive(Default)]
struct Doubtful {
    count: u32,
    first: String,
}

impl Doubtful {
    fn add(&mut self, cell: &str) {
        if self.count == 0 {
            self.first = short(cell);
        }
        self.count += 1;
    }

    fn remark(&self, what: [&str; 2]) -> Option<String> {
        let [one, some] = what;
        match self.count {
            0 => None,
            1 => Some(format!("One birth date {one} (“{}”): it is kept as a note.", self.first)),
            count => Some(format!("{count} birth dates {some}, such as “{}”: they are kept as notes.", self.first)),
        }
    }
}

impl Counts {
    pub fn of(whole: bool) -> Self {
        Self { whole, ..Self::default() }
    }

    pub fn row(&mut self, columns: &[Column], cells: &[String]) {
        for (column, cell) in columns.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
            if column.field == Field::Email {
                self.of_exchange += u32::from(values::pieces(cell).into_iter().any(values::is_of_exchange));
            }
            if column.field == Field::Birthday {
                self.days.note(cell);
                let read = |order| days::day(cell, order).is_some();
                match (read(Order::Unknown), read(Order::DayFirst)) {
                    (true, _) => {}
                    (false, true) => self.either_way.add(cell),
                    (false, false) if days::says_something(cell) => self.no_day.add(cell),
                    (false, false) => {}
                }
            }
        }
    }

    pub fn remarks(&self, source: &Source, columns: &[Column]) -> Vec<String> {
        let mut remarks = Vec::new();
        if !source.has_header() {
            remarks.push("The file has no header: columns are known by what stands in them.".into());
        }
        if !source.encoding().starts_with("UTF-") {
            remarks
                .push(format!("The encoding is a guess ({}): look whether the accents are right.", source.encoding()));
        }
        match source.passed_over() {
            0 => {}
            1 => remarks.push("One row above the header is passed over.".into()),
            some => remarks.push(format!("{some} rows above the header are passed over.")),
        }
        let left: Vec<String> = source.left().into_iter().map(|(kind, cards)| of_cards(kind, cards)).collect();
        if !left.is_empty() {
            remarks.push(format!("Not taken, as a book has no place for it: {}.", left.join(", ")));
        }
        if let Source::Sheet(sheet) = source {
            of_a_workbook(sheet, &mut remarks);
        }
        match self.bad {
            0 => {}
            1 => remarks.push("One row cannot be read. It comes back as a file with the reason.".into()),
            some => remarks.push(format!("{some} rows cannot be read. They come back as a file with the reasons.")),
        }
        match self.of_exchange {
            0 => {}
            1 => remarks.push("One address is Exchange’s own (/o=…) and no e-mail address: it is left out.".into()),
            some => remarks.push(format!(
                "{some} addresses are Exchange’s own (/o=…) and no e-mail addresses: they are left out."
            )),
        }
        // Which way round they are, any row further down may tell.
        if self.whole && self.days.order() == Order::Unknown {
            remarks.extend(self.either_way.remark(["can be read in two ways", "can be read in two ways"]));
        }
        remarks.extend(self.no_day.remark(["is not a full date", "are not full dates"]));
        if !self.whole && self.bad + self.of_exchange + self.no_day.count > 0 {
            remarks.push(format!("The file is long: what is counted here are its first {} rows.", self.rows));
        }
        if let Err(nobody) = recognise::check(columns) {
            remarks.push(nobody.message);
        }
        remarks
    }
}

fn of_cards(kind: &str, cards: u32) -> String {
    format!("{kind} ({cards} {})", if cards == 1 { "card" } else { "cards" })
}

fn of_a_workbook(sheet: &Sheet, remarks: &mut Vec<String>) {
    let others: Vec<String> = sheet.others.iter().map(|name| format!("“{name}”")).collect();
    match others.as_slice() {
        [] => {}
        [one] => remarks.push(format!("Only the sheet “{}” is read; {one} has rows too.", sheet.name)),
        some => remarks.push(format!("Only the sheet “{}” is read; {} have rows too.", sheet.name, some.join(", "))),
    }
    let [errors, formulas] = sheet.lost();
    match errors {
        0 => {}
        1 => remarks.push("One cell holds an error such as #N/A: it is taken for empty.".into()),
        some => remarks.push(format!("{some} cells hold errors such as #N/A: they are taken for empty.")),
    }
    let way_out = "Open the workbook in a spreadsheet, save it there and choose it again.";
    match formulas {
        0 => {}
        1 => remarks.push(format!("One formula has no result in the file: its cell is taken for empty. {way_out}")),
        some => {
            remarks.push(format!(
                "{some} formulas have no result in the file: their cells are taken for empty. {way_out}"
            ));
        }
    }
}
