//! One row of cells becomes someone, or says why not.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::days::{self, Order};
use super::layouts;
use super::own::{self, Own};
use super::recognise::{Column, Field};
use super::rows::short;
use super::values;
use crate::people::incoming::{Incoming, IncomingAddress, IncomingReach};
use crate::people::names::{self, fold};
use crate::people::{ReachKind, phone, reaches};
use crate::team::standards;
use crate::team::volunteers::Volunteer;

/// A name longer than this is a text in the wrong column.
const NAME_MAX_CHARS: usize = 200;

/// What a row is read against.
pub struct Plan {
    pub columns: Vec<Column>,
    /// The field of the association's own that a column goes to, where it does.
    pub own: Vec<Option<Own>>,
    /// The book's, ISO 3166.
    pub country: String,
    pub volunteers: Vec<Volunteer>,
    /// What is the same for everyone who says nothing of it.
    pub for_all: Vec<(Column, String)>,
    /// How it writes birth dates.
    pub days: Order,
    /// A book like this one wrote it: it is read word for word.
    pub exact: bool,
}

#[derive(Clone, Default)]
struct Address {
    label: String,
    set: u8,
    street: Vec<String>,
    city: String,
    region: String,
    postcode: String,
    country: String,
    whole: String,
}

impl Plan {
    /// What the row says of someone; or why it is not brought in, for whoever mends it.
    pub fn read(&self, cells: &[String]) -> Result<Incoming, String> {
        if self.exact {
            return self.read_exact(cells);
        }
        let mut someone = Incoming::default();
        let [mut full, mut middle, mut title, mut suffix, mut nickname] = [const { String::new() }; 5];
        let [mut department, mut place, mut extension] = [const { String::new() }; 3];
        let mut labels: BTreeMap<(Field, u8), String> = BTreeMap::new();
        let mut phones: Vec<(String, String, u8)> = Vec::new();
        let mut emails: Vec<(String, String, u8)> = Vec::new();
        let mut addresses: Vec<Address> = Vec::new();
        let silent = |column: &Column| {
            let said = |(own, cell): (&Column, &String)| own.field == column.field && !cell.trim().is_empty();
            column.field == Field::Tag || !self.columns.iter().zip(cells).any(said)
        };
        let for_all = self.for_all.iter().filter(|(column, _)| silent(column)).map(|(column, value)| (column, value));
        for (column, cell) in self.columns.iter().zip(cells).chain(for_all) {
            let cell = cell.trim();
            if cell.is_empty() || column.field == Field::Skip || says_nothing(cell, column.field) {
                continue;
            }
            let line = one_line(cell);
            let address = |addresses: &mut Vec<Address>, write: &dyn Fn(&mut Address)| {
                let here = addresses.iter().position(|one| one.label == column.label && one.set == column.set);
                let here = here.unwrap_or_else(|| {
                    addresses.push(Address { label: column.label.clone(), set: column.set, ..Address::default() });
                    addresses.len() - 1
                });
                write(&mut addresses[here]);
            };
            match column.field {
                Field::FullName => first(&mut full, line),
                Field::Given => first(&mut someone.given, line),
                Field::Middle => first(&mut middle, line),
                // Spanish lists have a column for each of the two.
                Field::Family if fold(&someone.family) == fold(&line) => {}
                Field::Family => someone.family = joined(&[&someone.family, &line]),
                Field::Title => first(&mut title, line),
                Field::Suffix => first(&mut suffix, line),
                Field::Nickname => first(&mut nickname, line),
                Field::Organisation => first(&mut someone.organisation, line),
                Field::Department => first(&mut department, line),
                Field::RoleTitle => first(&mut someone.role_title, line),
                Field::Phone => phones.push((cell.to_owned(), column.label.clone(), column.set)),
                Field::Email => emails.push((cell.to_owned(), column.label.clone(), column.set)),
                Field::PhoneLabel => drop(labels.insert((Field::Phone, column.set), values::label(&line))),
                Field::EmailLabel => drop(labels.insert((Field::Email, column.set), values::label(&line))),
                Field::Extension => extension = phone::digits(&line),
                Field::Street => address(&mut addresses, &|address| street(&mut address.street, line.clone())),
                Field::City => address(&mut addresses, &|address| address.city = line.clone()),
                Field::Region => address(&mut addresses, &|address| address.region = line.clone()),
                Field::Postcode => address(&mut addresses, &|address| address.postcode = line.clone()),
                Field::Country => address(&mut addresses, &|address| address.country = line.clone()),
                Field::Address => address(&mut addresses, &|address| address.whole = cell.to_owned()),
                Field::AddressLabel => drop(labels.insert((Field::Address, column.set), values::label(&line))),
                Field::Place => first(&mut place, line),
                Field::Zone => {
                    standards::zone(&line).map_err(|_| {
                        format!("“{line}” under “{}” is no time zone; write one like Australia/Perth", column.header)
                    })?;
                    someone.zone = Some(line);
                }
                // "Gold", "Corporate": not a standing, and worth keeping.
                Field::Standing => match values::standing(&line) {
                    Some(standing) => someone.standing = Some(standing),
                    None => someone.tags.push(line),
                },
                Field::ExternalId => someone.external_id = Some(line),
                Field::Note => {
                    let pieces = cell.split(":::").map(str::trim).filter(|piece| !piece.is_empty());
                    someone.facts.extend(pieces.map(str::to_owned));
                }
                Field::Birthday => match days::day(cell, self.days) {
                    Some(day) => {
                        someone.birth_day = day.to_string();
                        someone.facts.extend(someone.birthday());
                    }
                    // Which day it is, they can be asked.
                    None if days::says_something(&line) => someone.facts.push(format!("Birthday: {line}")),
                    None => {}
                },
                Field::Tag => someone.tags.extend(values::tags(cell)),
                Field::Source => someone.source = line,
                Field::Keeper => {
                    let folded = fold(&line);
                    let keeper = self.volunteers.iter().find(|one| !one.left && fold(&one.name) == folded);
                    someone.keeper = keeper.map(|one| one.id);
                }
                // Words that are no plain yes or no ("asked in May") stand in such a column for a wish.
                Field::DoNotCall => {
                    let wanted = values::yes_or_no(cell).unwrap_or(true);
                    someone.do_not_call |= wanted;
                    if layouts::is_of_the_dead(&column.header) {
                        ReachKind::ALL.iter().for_each(|channel| no(&mut someone, *channel, wanted));
                    }
                }
                Field::DoNotEmail => no(&mut someone, ReachKind::Email, values::yes_or_no(cell).unwrap_or(true)),
                Field::DoNotPost => no(&mut someone, ReachKind::Post, values::yes_or_no(cell).unwrap_or(true)),
                Field::MayCall => may(&mut someone, ReachKind::Phone, cell, column)?,
                Field::MayEmail => may(&mut someone, ReachKind::Email, cell, column)?,
                Field::MayPost => may(&mut someone, ReachKind::Post, cell, column)?,
                Field::Own | Field::NewField | Field::Skip => {}
            }
        }
        name(&mut someone, full, &middle, title, suffix, nickname);
        if someone.role_title.is_empty() {
            someone.role_title = department;
        } else if !department.is_empty() {
            someone.role_title = format!("{}, {department}", someone.role_title);
        }
        if someone.organisation.is_empty() && !someone.role_title.is_empty() {
            someone.facts.push(std::mem::take(&mut someone.role_title));
        }
        own::read(&mut someone, &self.columns, &self.own, cells, false)?;
        self.phones(&mut someone, phones, &labels, &extension);
        self.emails(&mut someone, emails, &labels)?;
        self.addresses(&mut someone, addresses, &labels, place);
        someone.tags.sort();
        someone.tags.dedup();
        // A birthday may stand among the notes as well.
        if someone.facts.len() > 1 {
            let mut noted = HashSet::new();
            someone.facts.retain(|words| noted.insert(words.clone()));
        }
        if someone.is_empty() {
            return Err("it has no name, no organisation, no e-mail address and no number that can be read".into());
        }
        if [&someone.given, &someone.family, &someone.name, &someone.organisation]
            .iter()
            .any(|text| text.chars().nth(NAME_MAX_CHARS).is_some())
        {
            return Err(format!("a name in it is longer than {NAME_MAX_CHARS} characters"));
        }
        Ok(someone.keyed())
    }

    fn phones(
        &self,
        someone: &mut Incoming,
        cells: Vec<(String, String, u8)>,
        labels: &BTreeMap<(Field, u8), String>,
        extension: &str,
    ) {
        let mut extension = Some(extension).filter(|digits| !digits.is_empty());
        for (cell, label, set) in cells {
            let label = label_of(Field::Phone, label, set, labels);
            if is_nobody_to_talk_to(&label) {
                continue;
            }
            for typed in phone::split_typed(&cell) {
                // A column of extensions belongs to the first number, where that has none of its own.
                let typed = match extension.take() {
                    Some(digits)
                        if phone::parse(typed, &self.country).is_ok_and(|number| number.extension.is_none()) =>
                    {
                        format!("{typed} ext. {digits}")
                    }
                    _ => typed.to_owned(),
                };
                self.reach(someone, ReachKind::Phone, typed, &label);
            }
        }
    }

    fn emails(
        &self,
        someone: &mut Incoming,
        cells: Vec<(String, String, u8)>,
        labels: &BTreeMap<(Field, u8), String>,
    ) -> Result<(), String> {
        for (cell, label, set) in cells {
            let label = label_of(Field::Email, label, set, labels);
            let found =
                values::emails(&cell).map_err(|piece| format!("“{}” is not an e-mail address", short(piece)))?;
            for address in found {
                self.reach(someone, ReachKind::Email, address, &label);
            }
        }
        Ok(())
    }

    fn addresses(
        &self,
        someone: &mut Incoming,
        mut addresses: Vec<Address>,
        labels: &BTreeMap<(Field, u8), String>,
        place: String,
    ) {
        for address in &mut addresses {
            address.label = label_of(Field::Address, std::mem::take(&mut address.label), address.set, labels);
        }
        someone.place = place;
        // Where they live says more than where they work, and either more than nothing.
        let mut by_weight: Vec<&Address> = addresses.iter().collect();
        by_weight.sort_by_key(|address| (address.label != "home", !address.label.is_empty()));
        for address in by_weight {
            if someone.place.is_empty() {
                someone.place = joined(&[&address.city, &address.region]);
            }
            if someone.country.is_none() {
                someone.country = country_code(&address.country);
            }
        }
        // A town alone is where someone is: that is said of them already.
        let whole = addresses.iter().filter(|address| !address.street.is_empty() || !address.postcode.is_empty());
        someone.addresses.extend(whole.map(|address| IncomingAddress {
            label: address.label.clone(),
            street: address.street.join(", "),
            city: address.city.clone(),
            region: address.region.clone(),
            postcode: address.postcode.clone(),
            country: address.country.clone(),
        }));
        for address in addresses {
            let town = joined(&[&address.city, &address.region, &address.postcode]);
            let lines = match (address.whole.is_empty(), address.street.is_empty()) {
                // A town alone is where someone is, and nowhere to send a letter.
                (true, true) => continue,
                (true, false) => {
                    let lines = [address.street.join(", "), town, address.country];
                    lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
                }
                (false, _) => address.whole,
            };
            for one in lines.split(":::").map(str::trim).filter(|one| !one.is_empty()) {
                self.reach(someone, ReachKind::Post, one.to_owned(), &address.label);
            }
        }
    }

    pub(super) fn reach(&self, someone: &mut Incoming, kind: ReachKind, typed: String, label: &str) {
        let Ok((value, extension, unreadable)) = reaches::read(kind, &typed, &self.country) else { return };
        if !someone
            .reaches
            .iter()
            .any(|known| known.kind == kind && known.value == value && known.extension == extension)
        {
            someone.reaches.push(IncomingReach { kind, typed, label: label.to_owned(), value, extension, unreadable });
        }
    }
}

fn name(someone: &mut Incoming, full: String, middle: &str, title: String, mut suffix: String, nickname: String) {
    // "Ashby, CPA": what stands behind the name was earned, not inherited.
    if !someone.given.is_empty()
        && suffix.is_empty()
        && let Some((family, behind)) = someone.family.split_once(", ")
        && !family.trim().is_empty()
    {
        suffix = behind.trim().to_owned();
        someone.family = family.trim().to_owned();
    }
    if someone.given.is_empty() && someone.family.is_empty() && !full.is_empty() {
        let split = names::split(&full);
        (someone.given, someone.family) = (split.given.clone(), split.family.clone());
        // "O'Donnell, Margaret" is how a list writes it, not how one says it.
        someone.name = if full.contains(',') { split.spoken() } else { full };
    } else if fold(&full) != fold(&format!("{} {}", someone.family, someone.given))
        || names::spoken(&someone.given, &someone.family) == full
    {
        someone.name = full;
    }
    if !middle.is_empty() && !fold(&someone.given).contains(&fold(middle)) {
        someone.given = joined(&[&someone.given, middle]);
    }
    if someone.given.is_empty() && !nickname.is_empty() && someone.name.is_empty() {
        someone.given = nickname;
    } else if !nickname.is_empty() && fold(&nickname) != fold(&someone.given) {
        someone.facts.push(format!("Goes by {nickname}"));
    }
    if someone.name.is_empty() {
        someone.name = names::spoken(&someone.given, &someone.family);
    }
    // Some programs write the title into the full name as well.
    let there = |part: &str| fold(&someone.name).split(' ').any(|word| word == fold(part));
    let (title, suffix) = (if there(&title) { "" } else { &title }, if there(&suffix) { "" } else { &suffix });
    if !someone.name.is_empty() {
        someone.name = joined(&[title, &someone.name, suffix]);
    }
}

/// Lines of a street. A number that has a column of its own belongs beside the street's name.
fn street(lines: &mut Vec<String>, line: String) {
    let is_number = |line: &str| line.len() <= 6 && line.starts_with(|mark: char| mark.is_ascii_digit());
    match lines.last_mut() {
        Some(last) if is_number(last) != is_number(&line) && (is_number(last) || lines_have_no_number(last)) => {
            *last = format!("{last} {line}");
        }
        _ => lines.push(line),
    }
}

fn lines_have_no_number(line: &str) -> bool {
    !line.chars().any(|mark| mark.is_ascii_digit())
}

fn no(someone: &mut Incoming, channel: ReachKind, wanted: bool) {
    if wanted {
        someone.consents.retain(|(known, _)| *known != channel);
        someone.consents.push((channel, false));
    }
}

fn may(someone: &mut Incoming, channel: ReachKind, cell: &str, column: &Column) -> Result<(), String> {
    let allowed =
        values::yes_or_no(cell).ok_or_else(|| format!("“{cell}” under “{}” is neither yes nor no", column.header))?;
    // A no in another column stands.
    if !someone.consents.iter().any(|(known, _)| *known == channel) {
        someone.consents.push((channel, allowed));
    }
    Ok(())
}

fn label_of(field: Field, label: String, set: u8, labels: &BTreeMap<(Field, u8), String>) -> String {
    labels.get(&(field, set)).cloned().filter(|given| !given.is_empty()).unwrap_or(label)
}

/// Nobody talks through a fax or a pager; "Tel/Fax" is a telephone too.
fn is_nobody_to_talk_to(label: &str) -> bool {
    let label = fold(label);
    let has = |words: &[&str]| label.split(' ').any(|word| words.contains(&word));
    has(&["fax", "telefax", "pager"])
        && !has(&["tel", "phone", "telephone", "telefon", "telefone", "telefono", "mobile", "voice"])
}

/// What people and programs write into a cell that is empty. There are people called Na, Nil and Null.
fn says_nothing(cell: &str, field: Field) -> bool {
    if matches!(cell, "-" | "--" | "—" | "." | "n/a" | "N/A" | "#N/A" | "(blank)") {
        return true;
    }
    if matches!(field, Field::FullName | Field::Given | Field::Family | Field::Middle | Field::Nickname | Field::Note) {
        return false;
    }
    matches!(
        cell.to_lowercase().as_str(),
        "-" | "--"
            | "—"
            | "."
            | "n/a"
            | "#n/a"
            | "na"
            | "none"
            | "null"
            | "nil"
            | "(blank)"
            | "unknown"
            | "tbc"
            | "tba"
    )
}

/// Where several columns could say it, the first that does.
fn first(into: &mut String, line: String) {
    if into.is_empty() {
        *into = line;
    }
}

fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// ISO 3166 of a country as lists write it.
pub fn country_code(name: &str) -> Option<String> {
    const NAMES: &[(&str, &str)] = &[
        ("AU", "australia|australien|australie"),
        ("NZ", "new zealand|aotearoa|neuseeland|nouvelle zelande"),
        (
            "GB",
            "united kingdom|uk|great britain|britain|england|scotland|wales|northern ireland|grossbritannien|royaume uni",
        ),
        ("US", "united states|united states of america|usa|u s a|us|vereinigte staaten|etats unis"),
        ("IE", "ireland|eire|irland|irlande"),
        ("CA", "canada|kanada"),
        ("DE", "germany|deutschland|allemagne|alemania"),
        ("AT", "austria|osterreich|autriche"),
        ("CH", "switzerland|schweiz|suisse|svizzera"),
        ("FR", "france|frankreich|francia"),
        ("BE", "belgium|belgien|belgique|belgie"),
        ("NL", "netherlands|the netherlands|holland|nederland|niederlande|pays bas"),
        ("LU", "luxembourg|luxemburg"),
        ("ES", "spain|espana|spanien|espagne"),
        ("PT", "portugal"),
        ("IT", "italy|italia|italien|italie"),
        ("DK", "denmark|danmark|danemark"),
        ("SE", "sweden|sverige|schweden|suede"),
        ("NO", "norway|norge|norwegen|norvege"),
        ("FI", "finland|suomi|finnland|finlande"),
        ("PL", "poland|polska|polen|pologne"),
        ("CZ", "czechia|czech republic|cesko|tschechien"),
        ("GR", "greece|griechenland|ελλαδα"),
        ("ZA", "south africa|sudafrika"),
        ("IN", "india|indien|inde"),
        ("SG", "singapore|singapur"),
        ("MY", "malaysia"),
        ("HK", "hong kong"),
        ("JP", "japan|日本"),
        ("CN", "china|中国"),
        ("KR", "south korea|korea|한국"),
        ("AE", "united arab emirates|uae"),
        ("BR", "brazil|brasil|brasilien"),
        ("MX", "mexico|mexiko"),
        ("AR", "argentina|argentinien"),
    ];
    static BY_NAME: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        NAMES.iter().rev().flat_map(|(code, names)| names.split('|').map(move |name| (name, *code))).collect()
    });
    if name.is_empty() {
        return None;
    }
    if let Some(code) = BY_NAME.get(fold(name).as_str()) {
        return Some((*code).to_owned());
    }
    let code = name.trim().to_ascii_uppercase();
    phone::knows_country(&code).then_some(code)
}
