//! vCards 2.1, 3.0 and 4.0 as rows of a table, so that whoever brings them in sees columns, may leave some out, and gets
//! what was rejected back as a file that a spreadsheet opens.
//!
//! The file is read twice: once for how many numbers and addresses a contact has at most, then for the contacts. One is
//! held at a time, without its pictures. Where every card is one that a book like this one wrote, the table is that of an
//! exact list.

mod contact;
mod lines;

use std::collections::BTreeMap;
use std::path::Path;

use super::rows::{BadRow, Head, Row, Why, unique};
use super::sniff;
use super::text::Text;
use crate::error::{Error, Result};
use contact::{BETWEEN, Contact, FAMILY, FIELDS_MAX, GIVEN, MAY_CALL, MAY_EMAIL, MAY_POST, NAME, ONCE, STANDING, UID};
use lines::Lines;

/// A contact without its pictures is a few hundred bytes; notes may be long.
pub(super) const CARD_MAX_BYTES: usize = 1 << 20;
/// More of one kind than this stand in the last column together.
const EACH_MAX: usize = 12;
/// Of what a file of cards says and no column takes.
const LEFT_KINDS_MAX: usize = 100;
const LEFT_KIND_MAX_BYTES: usize = 60;
const ADDRESS: [&str; 7] = ["Label", "Formatted", "Street", "City", "Region", "Postal Code", "Country"];
/// An exact list is known by these.
const OURS: [usize; 8] = [UID, NAME, GIVEN, FAMILY, STANDING, MAY_CALL, MAY_EMAIL, MAY_POST];

pub struct Cards {
    lines: Lines,
    head: Head,
    shape: Shape,
    pub encoding: &'static str,
    /// What no column takes, and how many cards have it.
    pub left: BTreeMap<String, u32>,
}

/// Which cells anyone in the file has.
#[derive(Default)]
struct Shape {
    exact: bool,
    once: [bool; ONCE.len()],
    phones: usize,
    emails: usize,
    addresses: usize,
    /// Headers of the association's own fields.
    fields: Vec<String>,
}

impl Cards {
    pub fn open(path: &Path, country: &str) -> Result<Self> {
        let (file, kind) = sniff::open_text(path, country)?;
        let mut lines = Lines::new(Text::new(file, kind));
        let (mut shape, mut any, mut left) = (Shape { exact: true, ..Shape::default() }, false, BTreeMap::new());
        while let Some(card) = lines.card()? {
            any = true;
            let mut contact = Contact::read(&card.text, shape.exact);
            if shape.exact && !contact.is_ours() {
                shape.exact = false;
                contact = Contact::read(&card.text, false);
            }
            shape.note(&contact);
            contact.left.extend(card.passed_by);
            for kind in contact.left.into_iter().filter(|kind| kind.len() <= LEFT_KIND_MAX_BYTES) {
                if left.len() < LEFT_KINDS_MAX || left.contains_key(&kind) {
                    *left.entry(kind).or_default() += 1;
                }
            }
        }
        if !any {
            return Err(Error::invalid(format!("{} has no contacts. Export them again.", path.display())));
        }
        let (file, kind) = sniff::open_text(path, country)?;
        let head = Head { names: unique(&shape.header()), given: true };
        Ok(Self { lines: Lines::new(Text::new(file, kind)), head, shape, encoding: kind.encoding.name(), left })
    }

    pub fn header(&self) -> &[String] {
        &self.head.names
    }

    pub fn bytes_read(&self) -> u64 {
        self.lines.text.bytes_read
    }

    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        let Some(card) = self.lines.card()? else { return Ok(None) };
        let contact = Contact::read(&card.text, self.shape.exact);
        let why = card.why.or_else(|| contact.is_group.then_some(Why::Group));
        let why = why.or_else(|| contact.is_nameless().then_some(Why::NoName));
        let (line, cells) = (card.line, self.shape.cells(contact));
        if let Some(why) = why {
            return Ok(Some(Err(BadRow { line, cells, why })));
        }
        let not_text_in = card.not_text_in.as_deref().or(self.lines.text.replaced.then_some(self.encoding));
        Ok(Some(self.head.judge(Row { line, cells }, not_text_in)))
    }
}

impl Shape {
    fn note(&mut self, contact: &Contact) {
        for (seen, cell) in self.once.iter_mut().zip(&contact.once) {
            *seen |= !cell.is_empty();
        }
        self.phones = self.phones.max(contact.phones.len()).min(EACH_MAX);
        self.emails = self.emails.max(contact.emails.len()).min(EACH_MAX);
        self.addresses = self.addresses.max(contact.addresses.len()).min(EACH_MAX);
        for (header, _) in &contact.fields {
            if self.fields.len() < FIELDS_MAX && !self.fields.contains(header) {
                self.fields.push(header.clone());
            }
        }
    }

    fn once(&self) -> impl Iterator<Item = usize> {
        (0..ONCE.len()).filter(|at| self.once[*at] || *at == NAME || (self.exact && OURS.contains(at)))
    }

    fn header(&self) -> Vec<String> {
        let mut names: Vec<String> = self.once().map(|at| ONCE[at].to_owned()).collect();
        for (kind, count) in [("Phone", self.phones), ("E-mail", self.emails)] {
            for number in 1..=count {
                names.extend(["Label", "Value"].map(|part| format!("{kind} {number} - {part}")));
            }
        }
        for number in 1..=self.addresses {
            names.extend(ADDRESS.map(|part| format!("Address {number} - {part}")));
        }
        names.extend(self.fields.iter().cloned());
        names
    }

    fn cells(&self, mut contact: Contact) -> Vec<String> {
        let mut cells: Vec<String> = self.once().map(|at| std::mem::take(&mut contact.once[at])).collect();
        for (columns, mut all) in [(self.phones, contact.phones), (self.emails, contact.emails)] {
            if all.len() > columns && columns > 0 {
                let rest: Vec<String> = all.drain(columns - 1..).map(|(_, value)| value).collect();
                all.push((String::new(), rest.join(BETWEEN)));
            }
            all.resize(columns, Default::default());
            cells.extend(all.into_iter().flat_map(|(label, value)| [label, value]));
        }
        contact.addresses.resize(self.addresses, Default::default());
        cells.extend(contact.addresses.into_iter().flatten());
        cells.extend(self.fields.iter().map(|header| {
            let said = contact.fields.iter().find(|(known, _)| known == header);
            said.map(|(_, value)| value.clone()).unwrap_or_default()
        }));
        cells
    }
}
