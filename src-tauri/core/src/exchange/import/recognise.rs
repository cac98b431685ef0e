//! Which column is what: by its header in the languages that people's programs speak, by the layouts of Google Contacts
//! and Outlook, and where the header says nothing, by what stands in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::headers::HEADERS;
use super::{Mapping, layouts, values};
use crate::error::{Error, Result};
use crate::people::names::fold;
use crate::people::phone;
use crate::words;

words! {
    /// What a column becomes.
    pub enum Field {
        FullName = "name",
        Given = "given",
        Middle = "middle",
        Family = "family",
        Title = "title",
        Suffix = "suffix",
        Nickname = "nickname",
        Organisation = "organisation",
        Department = "department",
        RoleTitle = "role_title",
        Phone = "phone",
        PhoneLabel = "phone_label",
        Extension = "extension",
        Email = "email",
        EmailLabel = "email_label",
        Address = "address",
        AddressLabel = "address_label",
        Street = "street",
        City = "city",
        Region = "region",
        Postcode = "postcode",
        Country = "country",
        Place = "place",
        Zone = "zone",
        Standing = "standing",
        ExternalId = "external_id",
        Note = "note",
        Birthday = "birthday",
        Tag = "tag",
        Source = "source",
        Keeper = "keeper",
        DoNotCall = "do_not_call",
        DoNotEmail = "do_not_email",
        DoNotPost = "do_not_post",
        MayCall = "may_call",
        MayEmail = "may_email",
        MayPost = "may_post",
        /// A field of the association's own; the label is its name.
        Own = "field",
        /// One that the list makes; the label is its kind.
        NewField = "new_field",
        /// Left where it is.
        Skip = "ignore",
    }
}

/// One column, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Column {
    pub header: String,
    pub field: Field,
    /// For phones, e-mails and addresses: mobile, home, work, …
    pub label: String,
    /// Columns of one phone, e-mail or address carry the same number.
    pub set: u8,
}

impl Column {
    /// A column that no file has: the same for everyone.
    pub(super) fn for_all((field, value): (Field, String)) -> (Self, String) {
        (Self { header: field.as_str().to_owned(), field, label: String::new(), set: u8::MAX }, value)
    }
}

const SAMPLE_ROWS: usize = 200;

/// What each column is taken for. `sample` are the first rows; `country` is the book's.
pub fn recognise(header: &[String], sample: &[Vec<String>], country: &str) -> Vec<Column> {
    let folded: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let layout = layouts::of(&folded);
    let known = |at: usize| layout.and_then(|layout| layout.column(folded.get(at)?));
    let mut columns: Vec<Column> = header.iter().map(|name| by_header(name)).collect();
    let sample = &sample[..sample.len().min(SAMPLE_ROWS)];
    let mut nameless = Vec::new();
    for (at, column) in columns.iter_mut().enumerate() {
        let cells =
            || sample.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        if let Some((field, label)) = known(at) {
            (column.field, column.label) = (field, label.to_owned());
            if field == Field::Street {
                column.set = 0;
            }
        } else if column.field == Field::Skip && layout.is_none() && !is_named_skip(&column.header) {
            (column.field, column.label) = by_content(&cells().collect::<Vec<_>>(), country);
            nameless.extend((column.field == Field::Skip).then_some(at));
        }
        // "Title" is a form of address in some programs and a job in others.
        if column.field == Field::Title && cells().next().is_some() && !cells().all(values::is_form_of_address) {
            column.field = Field::RoleTitle;
        }
    }
    if let Some(at) = names_by_content(&columns, &nameless, sample) {
        columns[at].field = Field::FullName;
    }
    settle(&mut columns);
    columns
}

/// Where no header says whose row it is: the column with people's names, else one of words where only numbers reach them.
fn names_by_content(columns: &[Column], nameless: &[usize], sample: &[Vec<String>]) -> Option<usize> {
    use Field::{Email, Family, FullName, Given, Nickname, Organisation, Phone};
    let has = |fields: &[Field]| columns.iter().any(|column| fields.contains(&column.field));
    if has(&[FullName, Given, Family, Nickname, Organisation]) || !has(&[Email, Phone]) {
        return None;
    }
    let first = |looks: &dyn Fn(&str) -> bool| {
        nameless.iter().copied().find(|at| {
            let cells = || sample.iter().filter_map(|row| row.get(*at)).map(|cell| cell.trim());
            let filled = cells().filter(|cell| !cell.is_empty()).count();
            filled > 0 && cells().filter(|cell| looks(cell)).count() * 5 >= filled * 4
        })
    };
    first(&values::is_like_a_name).or_else(|| first(&values::is_words).filter(|_| !has(&[Email])))
}

/// The program whose export has this header.
pub fn written_by(header: &[String]) -> Option<&'static str> {
    layouts::of(&header.iter().map(|name| plain(name)).collect::<Vec<_>>()).map(|layout| layout.name)
}

/// `columns` with a person's choices laid over them.
pub fn choose(columns: &mut [Column], mapping: &Mapping) -> Result<()> {
    for (header, wanted) in mapping {
        let (field, label) = wanted.split_once(':').unwrap_or((wanted, ""));
        let field = Field::parse(field.trim()).ok_or_else(|| {
            let known: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
            Error::invalid(format!("“{field}” is not a field a column can be. Use one of: {}.", known.join(", ")))
        })?;
        let column = columns.iter_mut().find(|column| column.header == *header);
        let column = match column {
            Some(column) => column,
            None => {
                return Err(Error::invalid(format!("There is no column “{header}” in the file. Check the mapping.")));
            }
        };
        column.field = field;
        column.label = label.trim().to_owned();
    }
    Ok(())
}

/// Whether these columns can make a person at all.
pub fn check(columns: &[Column]) -> Result<()> {
    use Field::*;
    let names = [FullName, Given, Family, Nickname, Organisation, Email, Phone];
    if columns.iter().any(|column| names.contains(&column.field)) {
        return Ok(());
    }
    let headers: Vec<&str> = columns.iter().take(12).map(|column| column.header.as_str()).collect();
    Err(Error::invalid(format!(
        "No column looks like a name, an e-mail address or a phone number (the columns are: {}). Say which is which with a mapping.",
        headers.join(", ")
    )))
}

/// "phoneNumber", "phone_number" and "Phone Number" are one header.
fn plain(header: &str) -> String {
    let mut spaced = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    for mark in header.chars() {
        if before.is_lowercase() && mark.is_uppercase() {
            spaced.push(' ');
        }
        spaced.push(mark);
        before = mark;
    }
    fold(&spaced)
}

/// The header without its number, and the number ("Phone 2 - Value" and "E-mail 3 Address").
fn numbered(header: &str) -> (String, u8) {
    let plain = plain(header);
    let mut set = 0;
    let words: Vec<&str> = plain
        .split(' ')
        .filter(|word| match word.parse::<u8>() {
            Ok(number) if number < 100 => {
                set = number;
                false
            }
            _ => true,
        })
        .collect();
    let joined = words.join(" ");
    // "phone2", "email1"
    let bare = joined.trim_end_matches(|mark: char| mark.is_ascii_digit());
    if bare.len() < joined.len() && !bare.is_empty() && !bare.ends_with(' ') {
        let number = joined[bare.len()..].parse().unwrap_or(set);
        return (bare.to_owned(), number);
    }
    (joined, set)
}

fn by_header(header: &str) -> Column {
    let (name, set) = numbered(header);
    let found = |field, label: &str| Column { header: header.to_owned(), field, label: label.to_owned(), set };
    if name.is_empty() {
        return found(Field::Skip, "");
    }
    if let Some((field, label)) =
        HEADERS.iter().find_map(|(field, label, names)| is_one_of(name.as_str(), names).then_some((*field, *label)))
    {
        return found(field, label);
    }
    compound(&name).map_or_else(|| found(Field::Skip, ""), |(field, label)| found(field, label))
}

/// "Business phone number", "Téléphone portable", "Home City": a kind and a label among other words.
fn compound(name: &str) -> Option<(Field, &'static str)> {
    let words: BTreeSet<&str> = name.split(' ').collect();
    let has = |any: &str| any.split('|').any(|word| words.contains(word));
    // Headers that speak of a channel and are not an address in it.
    if has("fax|telefax|pager|telex|isdn|tty|tdd|callback|radio|photo|website|web|url|yomi|phonetic|\
      custom|relation|event|im|assistant|assistants|type|date|last|count|opt|consent|source")
    {
        return None;
    }
    let label = LABELS.iter().find(|(_, any)| has(any)).map_or("", |(label, _)| label);
    let starts = |stem: &[&str]| words.iter().any(|word| stem.iter().any(|stem| word.starts_with(stem)));
    if has("email|mail|courriel|correo|epost|mejl") {
        return Some((Field::Email, label));
    }
    if starts(&["phone", "telephon", "telefon", "telef", "tel"]) && !starts(&["teleg", "television"])
        || has("mobile|mobil|cell|cellphone|handy|celular|cellulare|movil|portable|gsm|tlf")
    {
        let label = if label.is_empty() && has("cell|cellphone|handy|portable|gsm") { "mobile" } else { label };
        return Some((Field::Phone, label));
    }
    if label.is_empty() {
        return None;
    }
    let field = match () {
        () if has("street|strasse|rue|calle|via|straat") => Field::Street,
        () if has("city|town|suburb|ort|stadt|ville|ciudad|citta|stad") => Field::City,
        () if has("country|land|pays|pais|paese") => Field::Country,
        () if has("state|region|province|county|bundesland") => Field::Region,
        () if has("postcode|postal|zip|plz") => Field::Postcode,
        () if has("address|adresse|direccion|indirizzo|adres") && !has("po|box") => Field::Address,
        () => return None,
    };
    Some((field, label))
}

const LABELS: &[(&str, &str)] = &[
    ("mobile", "mobile|mobil|mobiel|mob|movil|cell|cellphone|handy|portable|cellulare|celular|gsm"),
    (
        "work",
        "work|business|office|company|geschaftlich|dienstlich|arbeit|firma|buro|travail|bureau|\
      professionnel|trabajo|oficina|lavoro|ufficio|werk|zakelijk|trabalho|arbete|arbejde|arbeid|\
      jobb",
    ),
    ("home", "home|private|privat|personal|domicile|prive|casa|particular|thuis|hem|hjem"),
    ("other", "other|alternative|alternate|secondary|second|weitere|andere|autre|otro|altro|annan"),
    ("main", "main|primary|preferred|haupt|principal|principale"),
];

/// Headers whose columns are deliberately left alone, so that no one looks for people in them.
fn is_named_skip(header: &str) -> bool {
    let (name, _) = numbered(header);
    HEADERS.iter().any(|(field, _, names)| *field == Field::Skip && is_one_of(&name, names))
        || [
            "phonetic",
            "yomi",
            "custom",
            "event",
            "relation",
            "website",
            "im",
            "fax",
            "created",
            "modified",
            "updated",
            "photo",
            "assistant",
            "assistants",
        ]
        .iter()
        .any(|word| name.split(' ').any(|part| part == *word))
}

/// Whether `words`, parted by `|`, have this one.
pub(super) fn is_one_of(word: &str, words: &str) -> bool {
    words.split('|').any(|known| known == word)
}

/// A column whose header says nothing is known by its cells: four of five have to agree.
fn by_content(cells: &[&str], country: &str) -> (Field, String) {
    let most = |good: usize| cells.len() >= 2 && good * 5 >= cells.len() * 4;
    let count = |test: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| test(cell)).count();
    if most(count(&|cell| values::emails(cell).is_ok_and(|found| !found.is_empty()))) {
        return (Field::Email, String::new());
    }
    // Membership numbers are digits too: a number that nobody spaced or prefixed is not taken for a phone.
    let written_as_phone = |cell: &str| {
        (cell.starts_with(['+', '0', '(']) || cell.contains([' ', '-', '/']))
            && phone::digits(cell).len() >= 7
            && values::date(cell).is_none()
            && phone::parse(cell, country).is_ok()
    };
    if most(count(&written_as_phone)) {
        return (Field::Phone, String::new());
    }
    (Field::Skip, String::new())
}

/// What only the whole header can tell.
fn settle(columns: &mut [Column]) {
    let has = |columns: &[Column], field| columns.iter().any(|column| column.field == field);
    // "Name, Vorname" and "Nom, Prénom": beside a given name alone, the name is the family's.
    if has(columns, Field::Given)
        && !has(columns, Field::Family)
        && let Some(column) = columns.iter_mut().find(|column| column.field == Field::FullName)
    {
        column.field = Field::Family;
    }
    // Italian "nome" and "cognome" are parts; "Nome" alone is the whole name. So are Spanish "nombre" and Dutch "naam".
    let whole = ["nome", "nombre", "first", "given"];
    if !has(columns, Field::Family)
        && !has(columns, Field::FullName)
        && let Some(column) = columns
            .iter_mut()
            .find(|column| column.field == Field::Given && whole[..2].contains(&fold(&column.header).as_str()))
    {
        column.field = Field::FullName;
    }
    // French "nom" without "prénom" is the whole name.
    if !has(columns, Field::Given)
        && !has(columns, Field::FullName)
        && let Some(column) =
            columns.iter_mut().find(|column| column.field == Field::Family && fold(&column.header) == "nom")
    {
        column.field = Field::FullName;
    }
    // "Business Street 2" without a "Business City 2" is another line of the one that has its city.
    for at in 0..columns.len() {
        let here = columns[at].clone();
        let town = |set| {
            let parts = [Field::City, Field::Postcode, Field::Region, Field::Country];
            columns.iter().any(|one| one.set == set && one.label == here.label && parts.contains(&one.field))
        };
        if here.field == Field::Street && here.set > 0 && !town(here.set) && town(0) {
            columns[at].set = 0;
        }
    }
    // "Address 1", "Address 2" beside a city are the lines of a street.
    if has(columns, Field::City) || has(columns, Field::Postcode) {
        for column in columns.iter_mut().filter(|column| column.field == Field::Address && column.set > 0) {
            if !plain(&column.header).contains("formatted") {
                (column.field, column.set) = (Field::Street, 0);
            }
        }
    }
    // So is an "Address" that stands beside its city, where no column has the street.
    for at in 0..columns.len() {
        let beside = |field| {
            let here = &columns[at];
            columns.iter().any(|other| other.field == field && other.label == here.label && other.set == here.set)
        };
        if columns[at].field == Field::Address
            && !plain(&columns[at].header).contains("formatted")
            && (beside(Field::City) || beside(Field::Postcode))
            && !beside(Field::Street)
        {
            columns[at].field = Field::Street;
        }
    }
    // One column identifies the record: the one that says so most plainly.
    keep_best(columns, Field::ExternalId, |column| {
        let name = numbered(&column.header).0;
        let position = |names: &str| names.split('|').position(|known| known == name);
        HEADERS
            .iter()
            .find(|(field, ..)| *field == Field::ExternalId)
            .and_then(|(_, _, names)| position(names))
            .unwrap_or(usize::MAX)
    });
    for field in
        [Field::Standing, Field::Source, Field::Keeper, Field::Zone, Field::FullName, Field::Given, Field::Title]
    {
        keep_best(columns, field, |_| 0);
    }
    // A label belongs to the address in its set; without one in the file it is a column like any other.
    let sets = |columns: &[Column], field| {
        columns.iter().filter(|column| column.field == field).map(|column| column.set).collect::<BTreeSet<u8>>()
    };
    for (label, value) in [(Field::PhoneLabel, Field::Phone), (Field::EmailLabel, Field::Email)] {
        let there = sets(columns, value);
        for column in columns.iter_mut().filter(|column| column.field == label && !there.contains(&column.set)) {
            column.field = Field::Skip;
        }
    }
}

/// All but the column that ranks first (ties: the first in the file) become notes or are skipped.
fn keep_best(columns: &mut [Column], field: Field, rank: impl Fn(&Column) -> usize) {
    let best = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.field == field)
        .min_by_key(|(at, column)| (rank(column), *at))
        .map(|(at, _)| at);
    for (at, column) in columns.iter_mut().enumerate() {
        if column.field == field && Some(at) != best {
            column.field = Field::Skip;
        }
    }
}
