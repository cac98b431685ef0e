//! What is said of a file beside its columns: what was passed over, what is left out of it and what is a guess.

use super::recognise::{self, Column, Field};
use super::source::Source;
use super::values;

/// Counted over its rows.
#[derive(Default)]
pub(super) struct Counts {
    pub rows: u32,
    pub bad: u32,
    of_exchange: u32,
}

impl Counts {
    pub fn row(&mut self, columns: &[Column], cells: &[String]) {
        for (column, cell) in columns.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
            if column.field == Field::Email {
                self.of_exchange += u32::from(values::pieces(cell).into_iter().any(values::is_of_exchange));
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
        if let Err(nobody) = recognise::check(columns) {
            remarks.push(nobody.message);
        }
        remarks
    }
}
