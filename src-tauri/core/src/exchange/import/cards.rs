//! vCards 2.1, 3.0 and 4.0 as rows of a table, so that whoever brings them in sees columns, may leave some out, and gets
//! what was rejected back as a file that a spreadsheet opens.
//!
//! The file is read twice: once for how many numbers and addresses a contact has at most, then for the contacts. One is
//! held at a time, without its pictures.

mod lines;

use std::path::Path;

use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardType, VCardValue,
};
use calcard::{Entry, Parser};

use super::rows::{BadRow, Head, Row, Why, cut};
use super::sniff;
use super::text::Text;
use crate::error::{Error, Result};
use crate::people::names::fold;
use lines::Lines;

/// A contact without its pictures is a few hundred bytes; notes may be long.
pub(super) const CARD_MAX_BYTES: usize = 1 << 20;
/// More of one kind than this stand in the last column together.
const EACH_MAX: usize = 12;
/// As Google Contacts parts several values of one cell.
const BETWEEN: &str = " ::: ";

/// Cells that a contact has once, in the order of their columns.
const ONCE: [&str; 16] = [
    "Record ID",
    "Name",
    "Given name",
    "Middle name",
    "Family name",
    "Name prefix",
    "Name suffix",
    "Nickname",
    "Organisation",
    "Department",
    "Job title",
    "Birthday",
    "Time zone",
    "Labels",
    "Notes",
    "Do not call",
];
const ADDRESS: [&str; 7] = ["Label", "Formatted", "Street", "City", "Region", "Postal Code", "Country"];

pub struct Cards {
    lines: Lines,
    head: Head,
    shape: Shape,
    pub encoding: &'static str,
}

/// Which cells anyone in the file has.
#[derive(Default)]
struct Shape {
    once: [bool; ONCE.len()],
    phones: usize,
    emails: usize,
    addresses: usize,
}

#[derive(Default)]
struct Contact {
    once: [String; ONCE.len()],
    /// Label and number.
    phones: Vec<(String, String)>,
    emails: Vec<(String, String)>,
    addresses: Vec<[String; 7]>,
}

impl Cards {
    pub fn open(path: &Path, country: &str) -> Result<Self> {
        let (file, kind) = sniff::open_text(path, country)?;
        let mut lines = Lines::new(Text::new(file, kind));
        let (mut shape, mut any) = (Shape::default(), false);
        while let Some(card) = lines.card()? {
            any = true;
            shape.note(&contact(&card.text));
        }
        if !any {
            return Err(Error::invalid(format!("{} has no contacts. Export them again.", path.display())));
        }
        let (file, kind) = sniff::open_text(path, country)?;
        let head = Head { names: shape.header(), given: true };
        Ok(Self { lines: Lines::new(Text::new(file, kind)), head, shape, encoding: kind.encoding.name() })
    }

    pub fn header(&self) -> &[String] {
        &self.head.names
    }

    pub fn bytes_read(&self) -> u64 {
        self.lines.text.bytes_read
    }

    pub fn next(&mut self) -> Result<Option<Result<Row, BadRow>>> {
        let Some(card) = self.lines.card()? else { return Ok(None) };
        let contact = contact(&card.text);
        let nameless = NAMING.iter().all(|at| contact.once[*at].is_empty());
        let (line, mut cells) = (card.line, self.shape.cells(contact));
        if let Some(why) = card.why.or(nameless.then_some(Why::NoName)) {
            cut(&mut cells);
            return Ok(Some(Err(BadRow { line, cells, why })));
        }
        let not_text_in = card.not_text_in.as_deref().or(self.lines.text.replaced.then_some(self.encoding));
        Ok(Some(self.head.judge(Row { line, cells }, not_text_in)))
    }
}

/// Any of these in `ONCE` says who it is.
const NAMING: [usize; 6] = [NAME, GIVEN, MIDDLE, FAMILY, NICKNAME, ORGANISATION];
const UID: usize = 0;
const NAME: usize = 1;
const GIVEN: usize = 2;
const MIDDLE: usize = 3;
const FAMILY: usize = 4;
const PREFIX: usize = 5;
const SUFFIX: usize = 6;
const NICKNAME: usize = 7;
const ORGANISATION: usize = 8;
const DEPARTMENT: usize = 9;
const JOB: usize = 10;
const BIRTHDAY: usize = 11;
const ZONE: usize = 12;
const TAGS: usize = 13;
const NOTES: usize = 14;
const DO_NOT_CALL: usize = 15;

impl Shape {
    fn note(&mut self, contact: &Contact) {
        for (seen, cell) in self.once.iter_mut().zip(&contact.once) {
            *seen |= !cell.is_empty();
        }
        self.phones = self.phones.max(contact.phones.len()).min(EACH_MAX);
        self.emails = self.emails.max(contact.emails.len()).min(EACH_MAX);
        self.addresses = self.addresses.max(contact.addresses.len()).min(EACH_MAX);
    }

    fn once(&self) -> impl Iterator<Item = usize> {
        (0..ONCE.len()).filter(|at| self.once[*at] || *at == NAME)
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
        cells
    }
}

fn contact(text: &str) -> Contact {
    let mut contact = Contact::default();
    let Entry::VCard(card) = Parser::new(text).entry() else { return contact };
    for entry in &card.entries {
        let values = texts(entry);
        let whole = || values.iter().flatten().map(|value| value.trim()).filter(|value| !value.is_empty());
        let one = || whole().next().unwrap_or_default().to_owned();
        let part = |at: usize| {
            let pieces: Vec<&str> = values.get(at).into_iter().flatten().map(|value| value.trim()).collect();
            pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let mut set = |at: usize, value: String| {
            if contact.once[at].is_empty() {
                contact.once[at] = value;
            }
        };
        match &entry.name {
            VCardProperty::Uid => set(UID, one().trim_start_matches("urn:uuid:").to_owned()),
            VCardProperty::Fn => set(NAME, one()),
            VCardProperty::N => {
                for (at, cell) in [(0, FAMILY), (1, GIVEN), (2, MIDDLE), (3, PREFIX), (4, SUFFIX)] {
                    set(cell, part(at));
                }
            }
            VCardProperty::Nickname => set(NICKNAME, one()),
            VCardProperty::Org => {
                set(ORGANISATION, part(0));
                set(DEPARTMENT, part(1));
            }
            VCardProperty::Title => set(JOB, one()),
            VCardProperty::Bday => set(BIRTHDAY, birthday(entry)),
            VCardProperty::Tz => set(ZONE, Some(one()).filter(|zone| zone.contains('/')).unwrap_or_default()),
            VCardProperty::Categories => set(TAGS, whole().collect::<Vec<_>>().join(BETWEEN)),
            VCardProperty::Note => {
                let notes = &mut contact.once[NOTES];
                for note in whole() {
                    *notes = if notes.is_empty() { note.to_owned() } else { format!("{notes}{BETWEEN}{note}") };
                }
            }
            VCardProperty::Tel => match label(&card, entry) {
                Some(label) => contact.phones.extend(whole().map(|number| {
                    let number = number.trim_start_matches("tel:").replace(";ext=", " ext. ");
                    (label.clone(), number)
                })),
                None => continue,
            },
            VCardProperty::Email => {
                let label = label(&card, entry).unwrap_or_default();
                contact
                    .emails
                    .extend(whole().map(|address| (label.clone(), address.trim_start_matches("mailto:").to_owned())));
            }
            VCardProperty::Adr => {
                // Box and extension stand before the street; both belong to where a letter goes.
                let street: Vec<String> = [2, 1, 0].map(part).into_iter().filter(|line| !line.is_empty()).collect();
                let town = [part(3), part(4), part(5), part(6)];
                // Where all of it stands in one part, it is as it is written on a letter.
                let whole = town.iter().all(String::is_empty);
                let (formatted, street) =
                    if whole { (street.join("\n"), String::new()) } else { (letter(entry, &town), street.join(", ")) };
                let [city, region, postcode, country] = town;
                let label = label(&card, entry).unwrap_or_default();
                let address = [label, formatted, street, city, region, postcode, country];
                if address[1..].iter().any(|cell| !cell.is_empty()) {
                    contact.addresses.push(address);
                }
            }
            VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-WELLMET-DO-NOT-CALL") => set(DO_NOT_CALL, one()),
            _ => {}
        }
    }
    // A card of a business says its name where a person's stands.
    let split = [GIVEN, MIDDLE, FAMILY].iter().any(|at| !contact.once[*at].is_empty());
    if !split && contact.once[NAME] == contact.once[ORGANISATION] {
        contact.once[NAME].clear();
    }
    for cell in &mut contact.once {
        if cell.contains('\r') {
            *cell = cell.replace("\r\n", "\n").replace('\r', "\n");
        }
    }
    contact
}

/// How an address is written on a letter, where the card says all of it: some say a box alone, and leave out the town.
fn letter(entry: &VCardEntry, town: &[String]) -> String {
    let param = entry.params.iter().find(|param| param.name == VCardParameterName::Label);
    let said = param.and_then(|param| param.value.as_text()).unwrap_or_default().trim();
    let words = |text: &str| format!(" {} ", fold(text));
    let letter = words(said);
    let [city, _, postcode, _] = town else { return String::new() };
    let whole = [city, postcode].into_iter().all(|part| part.is_empty() || letter.contains(&words(part)));
    if whole { said.to_owned() } else { String::new() }
}

/// The pieces of a value: what a semicolon parts, and within that what a comma parts.
fn texts(entry: &VCardEntry) -> Vec<Vec<String>> {
    let text = |value: &VCardValue| match value {
        VCardValue::Component(pieces) => pieces.clone(),
        VCardValue::Integer(number) => vec![number.to_string()],
        VCardValue::Float(number) => vec![number.to_string()],
        other => other.as_text().map(str::to_owned).into_iter().collect(),
    };
    entry.values.iter().map(text).collect()
}

/// `1979-04-12`; a birthday without its year is none that a book can keep.
fn birthday(entry: &VCardEntry) -> String {
    match entry.values.first() {
        Some(VCardValue::PartialDateTime(date)) => match (date.year, date.month, date.day) {
            (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            _ => String::new(),
        },
        Some(value) => value.as_text().unwrap_or_default().trim().to_owned(),
        None => String::new(),
    }
}

/// What a number or address is for; `None` for a fax or a pager, which nobody talks through.
fn label(card: &VCard, entry: &VCardEntry) -> Option<String> {
    let mut found = String::new();
    for value in entry.params.iter().filter(|param| param.name == VCardParameterName::Type).map(|param| &param.value) {
        let word = match value {
            VCardParameterValue::Type(kind) => match kind {
                VCardType::Fax | VCardType::Pager => return None,
                VCardType::Cell => "mobile",
                VCardType::Work => "work",
                VCardType::Home => "home",
                _ => "",
            },
            VCardParameterValue::Text(text) => match text.to_ascii_lowercase().as_str() {
                word if word.contains("fax") || word == "pager" => return None,
                "main" => "main",
                "other" => "other",
                "iphone" => "mobile",
                _ => "",
            },
            _ => "",
        };
        // "CELL" beside "WORK" says how, "WORK" says which.
        if !word.is_empty() && (found.is_empty() || word == "mobile") {
            word.clone_into(&mut found);
        }
    }
    // Apple writes its own labels in a line beside: item1.X-ABLabel:_$!<Mobile>!$_
    let beside = entry.group.as_ref().and_then(|group| {
        card.entries.iter().find(|other| {
            matches!(&other.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABLabel"))
                && other.group.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(group))
        })
    });
    let named = beside.and_then(|other| other.values.first()?.as_text().map(str::to_owned)).unwrap_or_default();
    let named = named.trim().trim_start_matches("_$!<").trim_end_matches(">!$_").to_owned();
    if named.to_lowercase().contains("fax") {
        return None;
    }
    Some(if named.is_empty() { found } else { named })
}
