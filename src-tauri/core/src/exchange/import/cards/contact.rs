//! What one card says of someone, in the cells that a row has of it.

use std::collections::BTreeSet;

use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameterName, VCardParameterValue, VCardProperty, VCardType, VCardValue,
};
use calcard::{Entry, Parser};
use chrono::NaiveDate;

use super::super::exact::packed;
use super::super::values;
use super::lines::property;
use crate::people::Standing;
use crate::people::names::fold;

/// As Google Contacts parts several values of one cell.
pub(super) const BETWEEN: &str = " ::: ";
/// More fields than a book may have.
pub(super) const FIELDS_MAX: usize = 100;

/// Cells that a contact has once, in the order of their columns.
pub(super) const ONCE: [&str; 23] = [
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
    "May call",
    "May email",
    "May post",
    "Standing",
    "Place",
    "Country",
    "Source",
];
pub(super) const UID: usize = 0;
pub(super) const NAME: usize = 1;
pub(super) const GIVEN: usize = 2;
const MIDDLE: usize = 3;
pub(super) const FAMILY: usize = 4;
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
pub(super) const MAY_CALL: usize = 16;
pub(super) const MAY_EMAIL: usize = 17;
pub(super) const MAY_POST: usize = 18;
pub(super) const STANDING: usize = 19;
const PLACE: usize = 20;
const COUNTRY: usize = 21;
const SOURCE: usize = 22;
/// Any of these says who it is.
const NAMING: [usize; 6] = [NAME, GIVEN, MIDDLE, FAMILY, NICKNAME, ORGANISATION];

/// What a book writes of its own: see `export::cards`.
const OWN: [(&str, usize); 8] = [
    ("DO-NOT-CALL", DO_NOT_CALL),
    ("MAY-CALL", MAY_CALL),
    ("MAY-EMAIL", MAY_EMAIL),
    ("MAY-POST", MAY_POST),
    ("STANDING", STANDING),
    ("PLACE", PLACE),
    ("COUNTRY", COUNTRY),
    ("SOURCE", SOURCE),
];

#[derive(Default)]
pub(super) struct Contact {
    pub once: [String; ONCE.len()],
    /// Label and number.
    pub phones: Vec<(String, String)>,
    pub emails: Vec<(String, String)>,
    pub addresses: Vec<[String; 7]>,
    /// Of the association's own: header, as an exact list has it, and value.
    pub fields: Vec<(String, String)>,
    pub is_group: bool,
    /// What it says and no cell takes.
    pub left: BTreeSet<String>,
}

impl Contact {
    /// `exact`: a book like this one wrote it, and it is taken word for word.
    pub fn read(text: &str, exact: bool) -> Self {
        let Entry::VCard(card) = Parser::new(text).entry() else { return Self::default() };
        let mut contact = Self::default();
        let (mut tags, mut notes) = (Vec::new(), Vec::new());
        for entry in &card.entries {
            let values = texts(entry);
            let whole = || values.iter().flatten().map(|value| value.trim()).filter(|value| !value.is_empty());
            match &entry.name {
                VCardProperty::Categories => tags.extend(whole().map(str::to_owned)),
                VCardProperty::Note => notes.extend(whole().map(str::to_owned)),
                VCardProperty::Tel | VCardProperty::Email => contact.reach(&card, entry, exact, whole()),
                VCardProperty::Adr => contact.address(&card, entry, exact, &values),
                VCardProperty::Other(name) => contact.other(name, entry, whole().next().unwrap_or_default()),
                _ => contact.one(entry, exact, &values),
            }
        }
        if let Some(day) = yearless(text) {
            contact.once[BIRTHDAY] = day.format(WITHOUT_YEAR).to_string();
        }
        // A card of a business says its name where a person's stands.
        let split = [GIVEN, MIDDLE, FAMILY].iter().any(|at| !contact.once[*at].is_empty());
        if !exact && !split && contact.once[NAME] == contact.once[ORGANISATION] {
            contact.once[NAME].clear();
        }
        let together = |pieces: Vec<String>| match exact {
            true => pieces.iter().map(|piece| packed(piece)).collect::<Vec<_>>().join(BETWEEN),
            false => pieces.join(BETWEEN),
        };
        (contact.once[TAGS], contact.once[NOTES]) = (together(tags), together(notes));
        if exact {
            contact.pack();
        } else {
            for cell in contact.once.iter_mut().filter(|cell| cell.contains('\r')) {
                *cell = cell.replace("\r\n", "\n").replace('\r', "\n");
            }
        }
        contact
    }

    pub fn is_nameless(&self) -> bool {
        NAMING.iter().all(|at| self.once[*at].is_empty())
    }

    /// Whether a book like this one may have written all that it says.
    pub fn is_ours(&self) -> bool {
        let never = [MIDDLE, PREFIX, SUFFIX, NICKNAME, DEPARTMENT];
        let day = &self.once[BIRTHDAY];
        Standing::parse(&self.once[STANDING]).is_some()
            && !self.once[UID].is_empty()
            && [GIVEN, FAMILY].iter().any(|at| !self.once[*at].is_empty())
            && never.iter().all(|at| self.once[*at].is_empty())
            && (day.is_empty() || day.parse::<NaiveDate>().is_ok())
    }

    /// What could be taken for several is made one, as in a cell of an exact list.
    fn pack(&mut self) {
        let reaches = self.phones.iter_mut().chain(&mut self.emails).map(|(_, value)| value);
        for value in reaches.chain(self.addresses.iter_mut().flat_map(|parts| &mut parts[1..])) {
            *value = packed(value);
        }
    }

    fn set(&mut self, at: usize, value: String) {
        if self.once[at].is_empty() {
            self.once[at] = value;
        }
    }

    fn one(&mut self, entry: &VCardEntry, exact: bool, values: &[Vec<String>]) {
        let one = || values.iter().flatten().map(|value| value.trim()).find(|value| !value.is_empty());
        let one = one().unwrap_or_default().to_owned();
        match &entry.name {
            VCardProperty::Uid => self.set(UID, one.trim_start_matches("urn:uuid:").to_owned()),
            VCardProperty::Fn => self.set(NAME, one),
            VCardProperty::N => {
                for (at, cell) in [(0, FAMILY), (1, GIVEN), (2, MIDDLE), (3, PREFIX), (4, SUFFIX)] {
                    self.set(cell, part(values, at));
                }
            }
            VCardProperty::Nickname => self.set(NICKNAME, one),
            VCardProperty::Org => {
                self.set(ORGANISATION, part(values, 0));
                self.set(DEPARTMENT, part(values, 1));
            }
            VCardProperty::Title => self.set(JOB, one),
            VCardProperty::Bday => self.set(BIRTHDAY, birthday(entry)),
            VCardProperty::Tz if exact || one.contains('/') => self.set(ZONE, one),
            VCardProperty::Kind => self.is_group = entry.values.contains(&VCardValue::Kind(VCardKind::Group)),
            // What says nothing of the person.
            VCardProperty::Begin
            | VCardProperty::End
            | VCardProperty::Version
            | VCardProperty::Prodid
            | VCardProperty::Rev
            | VCardProperty::Clientpidmap
            | VCardProperty::Member => {}
            other => drop(self.left.insert(other.as_str().to_ascii_uppercase())),
        }
    }

    fn reach<'a>(&mut self, card: &VCard, entry: &VCardEntry, exact: bool, values: impl Iterator<Item = &'a str>) {
        let (label, is_talked_through) = label(card, entry);
        if entry.name == VCardProperty::Email {
            self.emails.extend(values.map(|one| (label.clone(), one.trim_start_matches("mailto:").to_owned())));
        } else if is_talked_through || exact {
            self.phones.extend(values.map(|number| {
                let number = number.trim_start_matches("tel:").replace(";ext=", " ext. ");
                (label.clone(), number)
            }));
        } else {
            self.left.insert("fax and pager numbers".into());
        }
    }

    fn address(&mut self, card: &VCard, entry: &VCardEntry, exact: bool, values: &[Vec<String>]) {
        let part = |at| part(values, at);
        // Box and extension stand before the street; both belong to where a letter goes.
        let street: Vec<String> = [2, 1, 0].map(part).into_iter().filter(|line| !line.is_empty()).collect();
        let town = [part(3), part(4), part(5), part(6)];
        // Where all of it stands in one part, it is as it is written on a letter.
        let whole = town.iter().all(String::is_empty);
        let (formatted, street) =
            if whole { (street.join("\n"), String::new()) } else { (letter(entry, &town, exact), street.join(", ")) };
        let [city, region, postcode, country] = town;
        let address = [label(card, entry).0, formatted, street, city, region, postcode, country];
        if address[1..].iter().any(|cell| !cell.is_empty()) {
            self.addresses.push(address);
        }
    }

    /// What is in no standard.
    fn other(&mut self, name: &str, entry: &VCardEntry, value: &str) {
        let name = name.to_ascii_uppercase();
        let Some(own) = name.strip_prefix("X-WELLMET-") else {
            match name.as_str() {
                "X-ADDRESSBOOKSERVER-KIND" => self.is_group = value.eq_ignore_ascii_case("group"),
                "X-ABLABEL"
                | "X-ABADR"
                | "X-ABSHOWAS"
                | "X-ABUID"
                | "X-ADDRESSBOOKSERVER-MEMBER"
                | "SORT-STRING"
                | "CLASS"
                | "PROFILE"
                | "MAILER" => {}
                _ => drop(self.left.insert(name)),
            }
            return;
        };
        if own == "FIELD" {
            let is_name = |param: &VCardParameterName| matches!(param, VCardParameterName::Other(name) if name.eq_ignore_ascii_case("X-NAME"));
            let header = entry.params.iter().find(|param| is_name(&param.name)).and_then(|param| param.value.as_text());
            if let Some(header) = header.filter(|_| self.fields.len() < FIELDS_MAX) {
                self.fields.push((header.to_owned(), value.to_owned()));
            }
            return;
        }
        let Some((_, at)) = OWN.iter().find(|(known, _)| *known == own) else { return };
        // Of two lines that contradict each other, the one that refuses.
        let refuses = match *at {
            DO_NOT_CALL => values::yes_or_no(value) != Some(false),
            MAY_CALL | MAY_EMAIL | MAY_POST => values::yes_or_no(value) == Some(false),
            _ => false,
        };
        if refuses && !value.is_empty() {
            value.clone_into(&mut self.once[*at]);
        }
        self.set(*at, value.to_owned());
    }
}

/// What a semicolon parts off, in one.
fn part(values: &[Vec<String>], at: usize) -> String {
    let pieces = values.get(at).into_iter().flatten().map(|value| value.trim());
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ")
}

/// How an address is written on a letter, where the card says all of it: some say a box alone, and leave out the town.
fn letter(entry: &VCardEntry, town: &[String], exact: bool) -> String {
    let param = entry.params.iter().find(|param| param.name == VCardParameterName::Label);
    let said = param.and_then(|param| param.value.as_text()).unwrap_or_default().trim();
    let words = |text: &str| format!(" {} ", fold(text));
    let letter = words(said);
    let [city, _, postcode, _] = town else { return String::new() };
    let whole = [city, postcode].into_iter().all(|part| part.is_empty() || letter.contains(&words(part)));
    if whole || exact { said.to_owned() } else { String::new() }
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

/// `1979-04-12`, or as much of it as is said, in words.
fn birthday(entry: &VCardEntry) -> String {
    let omitted = entry.params.iter().find(|param| match &param.name {
        VCardParameterName::Other(name) => name.eq_ignore_ascii_case("X-APPLE-OMIT-YEAR"),
        _ => false,
    });
    let omitted = omitted.and_then(|param| param.value.as_text()).and_then(|year| year.parse::<u16>().ok());
    let (year, month, day) = match entry.values.first() {
        Some(VCardValue::PartialDateTime(date)) => (date.year, date.month, date.day),
        Some(value) => return value.as_text().unwrap_or_default().trim().to_owned(),
        None => return String::new(),
    };
    let year = year.filter(|year| *year != NO_YEAR && Some(*year) != omitted);
    // A leap year: whoever was born on its day says so.
    let some_year = year.unwrap_or(NO_YEAR);
    let date = NaiveDate::from_ymd_opt(some_year.into(), month.unwrap_or(1).into(), day.unwrap_or(1).into());
    match (year, month, day, date) {
        (Some(year), Some(month), Some(day), _) => format!("{year:04}-{month:02}-{day:02}"),
        (None, Some(_), Some(_), Some(date)) => date.format(WITHOUT_YEAR).to_string(),
        (Some(_), Some(_), None, Some(date)) => date.format("%B %Y").to_string(),
        (Some(year), None, None, _) => year.to_string(),
        _ => String::new(),
    }
}

/// What Apple writes for a year that is not known: a leap year in which nobody who is in a list was born.
const NO_YEAR: u16 = 1604;
const WITHOUT_YEAR: &str = "%-d %B";

/// `--0504` or `--05-04`, which cards before 4.0 have no form for and the parser takes for something else.
fn yearless(text: &str) -> Option<NaiveDate> {
    let line = text.lines().find(|line| line.contains(":--") && property(line) == "BDAY")?;
    let (_, said) = line.split_once(":--")?;
    let digits: String = said.trim().chars().filter(|mark| *mark != '-').collect();
    NaiveDate::parse_from_str(&format!("{NO_YEAR}{digits}"), "%Y%m%d").ok()
}

/// What a number or address is for, and whether anybody talks through it: nobody does through a fax or a pager.
fn label(card: &VCard, entry: &VCardEntry) -> (String, bool) {
    let (mut found, mut is_talked_through) = (String::new(), true);
    let mut note = |word: &str| {
        // "CELL" beside "WORK" says how, "WORK" says which.
        if !word.is_empty() && (found.is_empty() || word == "mobile") {
            word.clone_into(&mut found);
        }
    };
    for param in &entry.params {
        match (&param.name, &param.value) {
            (VCardParameterName::Type, VCardParameterValue::Type(kind)) => match kind {
                VCardType::Fax | VCardType::Pager => is_talked_through = false,
                VCardType::Cell => note("mobile"),
                VCardType::Work => note("work"),
                VCardType::Home => note("home"),
                _ => {}
            },
            (VCardParameterName::Type, VCardParameterValue::Text(text)) => match text.to_ascii_lowercase().as_str() {
                word if word.contains("fax") || word == "pager" => is_talked_through = false,
                "main" => note("main"),
                "other" => note("other"),
                "iphone" => note("mobile"),
                word if word.starts_with("x-") => note(&text[2..]),
                _ => {}
            },
            // Version 2.1 has its own labels among the parameters: TEL;X-Shop:
            (VCardParameterName::Other(name), VCardParameterValue::Null)
                if name.to_ascii_lowercase().starts_with("x-") =>
            {
                note(&name[2..]);
            }
            _ => {}
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
    let label = if named.is_empty() { found } else { named };
    is_talked_through &= !label.to_lowercase().contains("fax");
    (label, is_talked_through)
}
