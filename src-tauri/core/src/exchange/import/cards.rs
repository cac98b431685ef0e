//! vCards 2.1, 3.0 and 4.0 as rows of a table, so that whoever brings them in sees columns, may leave some out, and gets
//! what was rejected back as a file that a spreadsheet opens.
//!
//! The file is read twice: once for how many numbers and addresses a contact has at most, then for the contacts. One is
//! held at a time, without its pictures.

use std::path::Path;

use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardType, VCardValue,
};
use calcard::{Entry, Parser};

use super::rows::{BadRow, CELL_MAX_BYTES, Head, Row, Why, floor_char};
use super::sniff;
use super::text::Text;
use crate::error::{Error, Result};
use crate::people::names::fold;

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
        while let Some(read) = lines.card()? {
            any = true;
            if let Ok((_, text)) = read {
                shape.note(&contact(&text));
            }
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
        let Some(read) = self.lines.card()? else { return Ok(None) };
        let (line, text) = match read {
            Ok(card) => card,
            Err((line, why)) => return Ok(Some(Err(BadRow { line, cells: Vec::new(), why }))),
        };
        let contact = contact(&text);
        let nameless = NAMING.iter().all(|at| contact.once[*at].is_empty());
        let cells = self.shape.cells(contact);
        if nameless {
            return Ok(Some(Err(BadRow { line, cells, why: Why::NoName })));
        }
        Ok(Some(self.head.judge(Row { line, cells }, self.lines.text.replaced.then_some(self.encoding))))
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

/// Contacts one by one, as text that has no pictures in it.
struct Lines {
    text: Text,
    /// A line that was read and belongs to what follows.
    held: Option<(u64, String)>,
}

type Card = Result<(u64, String), (u64, Why)>;

impl Lines {
    fn new(text: Text) -> Self {
        Self { text, held: None }
    }

    /// The next line without its end, cut where it is longer than any cell may be.
    fn line(&mut self) -> Result<Option<(u64, String)>> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        let mut looked = 0;
        loop {
            let rest = self.text.rest();
            if let Some(end) = rest[looked..].iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
                let end = looked + end;
                // Whether a line feed follows is in the next block.
                if rest[end] == b'\r' && end + 1 == rest.len() && self.text.more()? {
                    looked = end;
                    continue;
                }
                let rest = self.text.rest();
                let line = floor_char(&rest[..end], 2 * CELL_MAX_BYTES).to_owned();
                // "\r\n" is one end; so is what Unix and old Macs wrote.
                let both = rest[end] == b'\r' && rest.get(end + 1) == Some(&b'\n');
                let number = self.text.take(end + 1 + usize::from(both));
                return Ok(Some((number, line)));
            }
            looked = rest.len();
            if looked > 4 * CELL_MAX_BYTES {
                let line = floor_char(rest, 2 * CELL_MAX_BYTES).to_owned();
                let number = self.text.take(looked);
                self.text.skip_line()?;
                return Ok(Some((number, line)));
            }
            if !self.text.more()? {
                if looked == 0 {
                    return Ok(None);
                }
                let line = floor_char(self.text.rest(), 2 * CELL_MAX_BYTES).to_owned();
                let rest = self.text.rest().len();
                let number = self.text.take(rest);
                return Ok(Some((number, line)));
            }
        }
    }

    fn card(&mut self) -> Result<Option<Card>> {
        let is = |line: &str, mark: &str| line.trim().eq_ignore_ascii_case(mark);
        let begins = loop {
            match self.line()? {
                None => return Ok(None),
                Some((at, line)) if is(&line, "BEGIN:VCARD") => break at,
                Some(_) => {}
            }
        };
        let mut card = String::from("BEGIN:VCARD\n");
        let (mut depth, mut too_long, mut in_picture, mut in_quoted, mut in_agent) = (0, false, false, false, false);
        while let Some((at, line)) = self.line()? {
            if is(&line, "BEGIN:VCARD") {
                // A contact within a contact belongs to the property before it; else the one before was cut off.
                if in_agent || depth > 0 {
                    depth += 1;
                    continue;
                }
                self.held = Some((at, line));
                return Ok(Some(Err((begins, Why::CutOff))));
            }
            if is(&line, "END:VCARD") {
                if depth > 0 {
                    depth -= 1;
                    continue;
                }
                card.push_str("END:VCARD\n");
                return Ok(Some(if too_long { Err((begins, Why::CardTooLong)) } else { Ok((begins, card)) }));
            }
            if depth > 0 {
                continue;
            }
            let folded = line.starts_with([' ', '\t']);
            if !folded && !in_quoted {
                let name = property(&line);
                if name.is_empty() && in_picture && !line.is_empty() {
                    continue;
                }
                in_picture = matches!(name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY");
                in_agent = name == "AGENT";
            }
            if in_picture || in_agent {
                continue;
            }
            if !folded && !in_quoted && is_quoted_printable(&line) {
                in_quoted = line.ends_with('=');
                push(&mut card, &with_charset(&line), &mut too_long);
                continue;
            }
            in_quoted &= line.ends_with('=');
            push(&mut card, &line, &mut too_long);
        }
        Ok(Some(Err((begins, Why::CutOff))))
    }
}

fn push(card: &mut String, line: &str, too_long: &mut bool) {
    *too_long |= card.len() + line.len() > CARD_MAX_BYTES;
    if !*too_long {
        card.push_str(line);
        card.push('\n');
    }
}

/// The name of the property that a line begins, in capitals; empty where it begins none.
fn property(line: &str) -> String {
    let Some(end) = line.find([':', ';']) else { return String::new() };
    let name = line[..end].rsplit('.').next().unwrap_or_default();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_name { name.to_ascii_uppercase() } else { String::new() }
}

fn is_quoted_printable(line: &str) -> bool {
    line.split(':').next().is_some_and(|head| head.to_ascii_uppercase().contains("QUOTED-PRINTABLE"))
}

/// Phones write UTF-8 in quoted-printable without saying so; the standard's default is Latin-1.
fn with_charset(line: &str) -> String {
    let Some((head, value)) = line.split_once(':') else { return line.to_owned() };
    if head.to_ascii_uppercase().contains("CHARSET") {
        return line.to_owned();
    }
    let bytes = value.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|two| std::str::from_utf8(two).ok());
        match hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if bytes[at] == b'=' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    // What is cut by a soft line end may be cut within a letter.
    let utf_8 = std::str::from_utf8(&decoded).map_or_else(|error| error.error_len().is_none(), |_| true);
    if utf_8 { format!("{head};CHARSET=UTF-8:{value}") } else { line.to_owned() }
}
