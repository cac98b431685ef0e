//! What of a person is compared, folded once: texts become numbers, so that two records are compared by numbers and
//! two texts only once.

use std::collections::HashMap;

use super::{Particulars, fillers};
use crate::people::names::{self, fold};

/// Texts of one kind, each once, and how many people have it.
#[derive(Default)]
pub(super) struct Lexicon {
    numbers: HashMap<Box<str>, u32>,
    pub texts: Vec<Box<str>>,
    pub held_by: Vec<u32>,
}

impl Lexicon {
    /// 0 is nothing.
    pub fn number(&mut self, text: &str) -> u32 {
        if self.texts.is_empty() {
            self.texts.push("".into());
            self.held_by.push(0);
        }
        if text.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        self.texts.push(text.into());
        self.held_by.push(0);
        number
    }

    pub fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", |text| text)
    }

    pub fn held_by(&self, number: u32) -> u32 {
        self.held_by.get(number as usize).copied().unwrap_or_default()
    }

    fn hold(&mut self, number: u32) {
        if let Some(count) = self.held_by.get_mut(number as usize) {
            *count += 1;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Home {
    /// The words of the street and what else stands there, without the number.
    pub way: u32,
    /// Of the house; 0 where none is said.
    pub number: u32,
    pub city: u32,
    pub postcode: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Addressed {
    Mister,
    Missis,
}

#[derive(Clone, Default, Debug)]
pub(super) struct Record {
    pub given: u32,
    pub family: u32,
    /// YYYYMMDD; 0: not known.
    pub birth: u32,
    /// 1 for a senior, 2 for a junior or second, 3, 4; 0 where nothing says so.
    pub generation: u8,
    /// As whom one addresses them, where something says so.
    pub addressed: Option<Addressed>,
    pub phones: Vec<u32>,
    pub emails: Vec<u32>,
    pub homes: Vec<Home>,
    pub organisations: Vec<u32>,
}

/// Everyone who is compared.
#[derive(Default)]
pub(super) struct People {
    pub records: Vec<Record>,
    pub givens: Lexicon,
    pub families: Lexicon,
    pub phones: Lexicon,
    pub emails: Lexicon,
    pub ways: Lexicon,
    pub house_numbers: Lexicon,
    pub cities: Lexicon,
    pub postcodes: Lexicon,
    pub organisations: Lexicon,
    pub births: HashMap<u32, u32>,
    /// Given and family names in one numbering, by number of the given and of the family name.
    pub names: Lexicon,
}

impl People {
    pub fn add(&mut self, one: &Particulars) {
        let (given, family) = (name_words(&one.given), without_generation(&name_words(&one.family)).to_owned());
        let mut record = Record {
            // One numbering for both: names are compared crosswise too.
            given: self.names.number(&given),
            family: self.names.number(&family),
            birth: birth(&one.birth_day),
            generation: generation(&one.name),
            addressed: addressed(&one.name),
            ..Record::default()
        };
        for (lexicon, text) in [(&mut self.givens, &given), (&mut self.families, &family)] {
            let number = lexicon.number(text);
            lexicon.hold(number);
        }
        if record.birth > 0 {
            *self.births.entry(record.birth).or_default() += 1;
        }
        let phones = one.phones.iter().map(String::as_str).filter(|number| !fillers::is_number(number));
        record.phones = held(&mut self.phones, phones);
        let emails: Vec<String> = one.emails.iter().map(|email| email.trim().to_lowercase()).collect();
        let emails = emails.iter().map(String::as_str).filter(|email| !fillers::is_email(email));
        record.emails = held(&mut self.emails, emails);
        let organisations: Vec<String> = one.organisations.iter().map(|name| organisation(name)).collect();
        record.organisations = held(&mut self.organisations, organisations.iter().map(String::as_str));
        for address in &one.addresses {
            let (way, number) = street(&address.street);
            let home = Home {
                way: self.ways.number(&way),
                number: self.house_numbers.number(&number),
                city: self.cities.number(&fold(&address.city).replace(' ', "")),
                postcode: self.postcodes.number(&fold(&address.postcode).replace(' ', "")),
            };
            if home != Home::default() && !record.homes.contains(&home) {
                record.homes.push(home);
            }
        }
        let place = fold(one.place.split(',').next().unwrap_or_default()).replace(' ', "");
        if !place.is_empty() && record.homes.iter().all(|home| home.city == 0) {
            let city = self.cities.number(&place);
            match record.homes.first_mut() {
                Some(home) => home.city = city,
                None => record.homes.push(Home { city, ..Home::default() }),
            }
        }
        for home in &record.homes {
            self.ways.hold(home.way);
            self.house_numbers.hold(home.number);
            self.cities.hold(home.city);
            self.postcodes.hold(home.postcode);
        }
        self.records.push(record);
    }

    /// How many have this given name, and this family name, of all.
    pub fn bearers(&self, name: u32) -> (u32, u32) {
        let text = self.names.text(name);
        let count = |lexicon: &Lexicon| lexicon.numbers.get(text).map_or(0, |number| lexicon.held_by(*number));
        (count(&self.givens), count(&self.families))
    }
}

fn held<'a>(lexicon: &mut Lexicon, texts: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut numbers: Vec<u32> = texts.map(|text| lexicon.number(text)).filter(|number| *number > 0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    for number in &numbers {
        lexicon.hold(*number);
    }
    numbers
}

/// Folded, without what stands in brackets or is no letter.
fn name_words(name: &str) -> String {
    let plain = names::without_brackets(name);
    let folded = fold(&plain);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).collect();
    words.join(" ")
}

/// "Haddad Jr" is of the family Haddad.
fn without_generation(family: &str) -> &str {
    match family.rsplit_once(' ') {
        Some((before, last)) if generation(last) > 0 => before,
        _ => family,
    }
}

fn birth(day: &str) -> u32 {
    let digits: String = day.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 8 && !fillers::is_day(&digits) { digits.parse().unwrap_or_default() } else { 0 }
}

/// Mr or Mrs, in English, German, French and Spanish; nothing where both stand there.
pub(super) fn addressed(name: &str) -> Option<Addressed> {
    let folded = fold(name);
    let mut words = folded.split(' ').map(|word| match word {
        "mr" | "mister" | "sir" | "lord" | "herr" | "monsieur" | "senor" => Some(Addressed::Mister),
        "mrs" | "ms" | "miss" | "missis" | "mme" | "mlle" | "madam" | "madame" | "dame" | "lady" | "frau"
        | "senora" => Some(Addressed::Missis),
        _ => None,
    });
    let first = words.next().flatten()?;
    (words.next().flatten().is_none_or(|second| second == first)).then_some(first)
}

fn generation(name: &str) -> u8 {
    let folded = fold(name);
    match folded.rsplit(' ').next() {
        Some("sr" | "snr" | "senior") => 1,
        Some("jr" | "jnr" | "junior" | "ii") => 2,
        Some("iii") => 3,
        Some("iv") => 4,
        _ => 0,
    }
}

/// What a firm may be called with or without.
const FORMS: &[&str] = &[
    "pty",
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "plc",
    "co",
    "corp",
    "corporation",
    "company",
    "gmbh",
    "ag",
    "kg",
    "sa",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "as",
    "oy",
    "the",
    "and",
    "group",
];

fn organisation(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !FORMS.contains(word)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}

/// Kinds of street as they are shortened.
const STREETS: &[(&str, &str)] = &[
    ("street", "st"),
    ("road", "rd"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("place", "pl"),
    ("crescent", "cres"),
    ("cr", "cres"),
    ("drive", "dr"),
    ("court", "ct"),
    ("lane", "ln"),
    ("terrace", "tce"),
    ("highway", "hwy"),
    ("parade", "pde"),
    ("boulevard", "blvd"),
    ("circuit", "cct"),
    ("close", "cl"),
    ("square", "sq"),
    ("strasse", "str"),
    ("apartment", "unit"),
    ("apt", "unit"),
    ("flat", "unit"),
    ("suite", "unit"),
    ("level", "unit"),
    ("floor", "unit"),
];

/// Words and number: "Unit 4, 7a Wallaby Place" is `unit wallaby pl` and `7a` (with what stands before it kept apart).
fn street(text: &str) -> (String, String) {
    let folded = fold(text);
    let mut words: Vec<&str> = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        if word.starts_with(|mark: char| mark.is_ascii_digit()) {
            numbers.push(word);
        } else {
            let short = STREETS.iter().find(|(long, _)| *long == word).map_or(word, |(_, short)| short);
            words.push(short);
        }
    }
    (words.join(" "), numbers.join(" "))
}
