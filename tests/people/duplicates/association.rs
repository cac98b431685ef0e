//! An association as it is found in life, with the truth about who is who: people who are in its book twice, each for a
//! reason that duplicates come about, among households, namesakes, twins and colleagues who are not.

use std::collections::HashSet;

use wellmet_core::people::duplicates::{Particulars, Whereabouts};

use super::names::{BEGINNINGS, ENDINGS, FAMILY, GIVEN, KINDS, POSTS, TOWNS, TRADES, WAYS};

pub struct Entry {
    pub particulars: Particulars,
    /// Entries of one number are one person.
    pub person: usize,
    /// Why this entry is there: how it came to be a second one, or what it is that could be taken for one.
    pub kind: &'static str,
}

/// Knuth's MMIX constants; the high bits are the good ones.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        chance.below(2);
        chance
    }
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
    fn percent(&mut self, of: usize) -> bool {
        self.below(100) < of
    }
    /// The first ones often, the last ones seldom, as names and towns are.
    fn early<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        let (one, two) = (self.below(all.len()), self.below(all.len()));
        let three = self.below(all.len());
        all[one.min(two).min(three)]
    }
    fn any<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

struct World {
    chance: Chance,
    entries: Vec<Entry>,
    people: usize,
    firms: Vec<Firm>,
    taken: HashSet<String>,
    /// Of a hundred, how many have a birth date in the book.
    born_known: usize,
}

#[derive(Clone)]
struct Firm {
    name: String,
    phone: String,
    domain: String,
    address: Whereabouts,
}

/// About `people` of them, in no order that would help.
pub fn association(people: usize, born_known: usize, seed: u64) -> Vec<Entry> {
    let mut world = World {
        chance: Chance::new(seed),
        entries: Vec::new(),
        people: 0,
        firms: Vec::new(),
        taken: HashSet::new(),
        born_known,
    };
    for _ in 0..(people / 12).max(3) {
        let name = format!("{} {}", world.family(), world.chance.any(TRADES));
        let domain = format!("{}.example", name.to_lowercase().replace([' ', '\''], ""));
        let (phone, address) = (world.landline(), world.address());
        world.firms.push(Firm { name, phone, domain, address });
    }
    while world.entries.len() < people {
        match world.chance.below(100) {
            0..12 => world.household(),
            12..15 => world.colleagues(),
            15 => world.namesakes(),
            16 => world.father_and_son(),
            17 => world.twins(),
            18..40 => world.twice(),
            _ => {
                let one = world.someone();
                world.put(one, "alone");
            }
        }
    }
    let World { mut entries, mut chance, .. } = world;
    for at in (1..entries.len()).rev() {
        entries.swap(at, chance.below(at + 1));
    }
    entries
}

impl World {
    fn put(&mut self, one: Particulars, kind: &'static str) -> usize {
        self.people += 1;
        self.again(self.people, one, kind);
        self.people
    }

    fn again(&mut self, person: usize, mut one: Particulars, kind: &'static str) {
        if one.name.is_empty() {
            one.name = format!("{} {}", one.given, one.family).trim().to_owned();
        }
        self.entries.push(Entry { particulars: one, person, kind });
    }

    fn given(&mut self) -> String {
        let all: Vec<&(&str, &[&str])> = GIVEN.iter().collect();
        self.chance.early(&all).0.to_owned()
    }

    fn family(&mut self) -> String {
        if self.chance.percent(55) {
            return format!("{}{}", self.chance.any(BEGINNINGS), self.chance.any(ENDINGS));
        }
        self.chance.early(FAMILY).to_owned()
    }

    fn mobile(&mut self) -> String {
        format!("+614{:08}", self.chance.below(100_000_000))
    }

    fn landline(&mut self) -> String {
        format!("+617{:08}", 30_000_000 + self.chance.below(10_000_000))
    }

    fn address(&mut self) -> Whereabouts {
        let towns: Vec<&(&str, &str)> = TOWNS.iter().collect();
        let kinds: Vec<&(&str, &str)> = KINDS.iter().collect();
        let (town, kind) = (self.chance.early(&towns), self.chance.any(&kinds));
        Whereabouts {
            street: format!("{} {} {}", 1 + self.chance.below(180), self.chance.any(WAYS), kind.0),
            city: town.0.into(),
            region: "QLD".into(),
            postcode: town.1.into(),
        }
    }

    fn born(&mut self) -> String {
        format!("{}-{:02}-{:02}", 1940 + self.chance.below(65), 1 + self.chance.below(12), 1 + self.chance.below(28))
    }

    fn own_email(&mut self, given: &str, family: &str) -> String {
        let plain = |name: &str| -> String { name.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect() };
        let (given, family) = (plain(given), plain(family));
        let number = self.chance.below(100);
        let local = match self.chance.below(4) {
            0 => format!("{given}.{family}"),
            1 => format!("{given}{number}"),
            2 => format!("{}{family}{number}", &given[..1.min(given.len())]),
            _ => format!("{given}.{family}{number}"),
        };
        let mut address = format!("{local}@{}", self.chance.any(POSTS));
        // Nobody gets an address that another has.
        while !self.taken.insert(address.clone()) {
            address.insert_str(local.len(), &self.chance.below(100).to_string());
        }
        address
    }

    fn someone(&mut self) -> Particulars {
        let (given, family) = (self.given(), self.family());
        self.of_name(given, family)
    }

    fn of_name(&mut self, given: String, family: String) -> Particulars {
        let mut one = Particulars { given, family, ..Particulars::default() };
        if self.chance.percent(85) {
            one.phones.push(self.mobile());
        }
        if self.chance.percent(80) || one.phones.is_empty() {
            one.emails.push(self.own_email(&one.given.clone(), &one.family.clone()));
        }
        if self.chance.percent(75) {
            one.addresses.push(self.address());
        }
        if self.chance.percent(self.born_known) {
            one.birth_day = self.born();
        }
        if self.chance.percent(50) {
            let firm = self.firms[self.chance.below(self.firms.len())].clone();
            one.organisations.push(firm.name);
        }
        one
    }

    /// Two to five of one name at one address, with one number; now and then with one e-mail address.
    fn household(&mut self) {
        let (family, address, number) = (self.family(), self.address(), self.landline());
        let shared = self.chance.percent(20).then(|| self.own_email("the", &family));
        let mut given: Vec<String> = Vec::new();
        for _ in 0..2 + self.chance.below(4) {
            let name = self.given();
            let alike = |other: &String| {
                let forms =
                    |name: &str| GIVEN.iter().find(|(full, _)| *full == name).map_or(&[][..], |(_, forms)| forms);
                *other == name || forms(other).contains(&name.as_str()) || forms(&name).contains(&other.as_str())
            };
            if given.iter().any(alike) {
                continue;
            }
            given.push(name.clone());
            let its_own = self.chance.percent(10);
            let family = if its_own { self.family() } else { family.clone() };
            let mut one = self.of_name(name, family);
            one.addresses = vec![address.clone()];
            if self.chance.percent(70) {
                one.phones.push(number.clone());
            }
            if let Some(shared) = shared.as_ref().filter(|_| self.chance.percent(80)) {
                one.emails = vec![shared.clone()];
            }
            self.put(one, "household");
        }
    }

    fn father_and_son(&mut self) {
        let father = self.someone();
        let mut son =
            Particulars { given: father.given.clone(), family: father.family.clone(), ..Particulars::default() };
        let (mut father, address) = (father, self.address());
        let year = 1940 + self.chance.below(30);
        let day = |chance: &mut Chance, year| format!("{year}-{:02}-{:02}", 1 + chance.below(12), 1 + chance.below(28));
        father.birth_day = day(&mut self.chance, year);
        let later = year + 24 + self.chance.below(12);
        son.birth_day = day(&mut self.chance, later);
        let number = self.landline();
        for one in [&mut father, &mut son] {
            one.addresses = vec![address.clone()];
            one.phones.push(number.clone());
        }
        son.emails = vec![self.own_email(&son.given.clone(), &son.family.clone())];
        self.put(father, "father and son");
        self.put(son, "father and son");
    }

    fn twins(&mut self) {
        let one = self.someone();
        let mut first = Particulars { birth_day: self.born(), ..one };
        let address = self.address();
        first.addresses = vec![address];
        let mut second = first.clone();
        while second.given == first.given {
            second.given = self.given();
        }
        second.phones = vec![self.mobile()];
        second.emails = vec![self.own_email(&second.given.clone(), &second.family.clone())];
        second.organisations.clear();
        self.put(first, "twins");
        self.put(second, "twins");
    }

    /// A firm's people: one switchboard, one address, some of them behind one mailbox.
    fn colleagues(&mut self) {
        let firm = self.firms[self.chance.below(self.firms.len())].clone();
        let mut there = HashSet::new();
        for _ in 0..3 + self.chance.below(10) {
            let mut one = self.someone();
            if !there.insert((firm.name.clone(), one.given.clone(), one.family.clone())) {
                continue;
            }
            one.organisations = vec![firm.name.clone()];
            one.phones = vec![firm.phone.clone()];
            if self.chance.percent(40) {
                one.phones.push(self.mobile());
            }
            one.addresses = vec![firm.address.clone()];
            one.emails = vec![match self.chance.below(5) {
                0 => format!("info@{}", firm.domain),
                _ => {
                    let letters: String = one.family.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
                    format!("{}.{letters}@{}", one.given.to_lowercase(), firm.domain)
                }
            }];
            self.put(one, "colleagues");
        }
    }

    /// Everyone knows two of them.
    fn namesakes(&mut self) {
        let (given, family) = (GIVEN[self.chance.below(6)].0.to_owned(), FAMILY[self.chance.below(5)].to_owned());
        for _ in 0..2 {
            let mut one = self.of_name(given.clone(), family.clone());
            one.addresses = vec![self.address()];
            self.put(one, "namesakes");
        }
    }

    /// Someone who is in the book two to four times.
    fn twice(&mut self) {
        let mut first = self.someone();
        // What may tell: at least a number and an address of some kind.
        if first.phones.is_empty() {
            first.phones.push(self.mobile());
        }
        if first.emails.is_empty() {
            first.emails.push(self.own_email(&first.given.clone(), &first.family.clone()));
        }
        let person = self.put(first.clone(), "first");
        for _ in 0..if self.chance.percent(80) { 1 } else { 2 + self.chance.below(2) } {
            let (again, kind) = self.changed(&first);
            self.again(person, again, kind);
        }
    }

    fn changed(&mut self, first: &Particulars) -> (Particulars, &'static str) {
        let mut one = Particulars { name: String::new(), ..first.clone() };
        let kind = match self.chance.below(14) {
            0 => "the same again",
            1 | 2 => {
                let forms = GIVEN.iter().find(|(full, _)| *full == one.given).map_or(&[][..], |(_, forms)| forms);
                if forms.is_empty() {
                    "the same again"
                } else {
                    one.given = self.chance.any(forms).to_owned();
                    "short form"
                }
            }
            3 => {
                one.family = self.family();
                "married name"
            }
            4 => {
                one.family = format!("{}-{}", one.family, self.family());
                "two family names"
            }
            5 => {
                one.phones = vec![self.mobile()];
                "changed number"
            }
            6 => {
                one.emails = vec![self.own_email(&first.given, &first.family)];
                "changed e-mail"
            }
            7 => {
                one.addresses = vec![self.address()];
                "moved"
            }
            8 => {
                one.given = self.slip(&one.given.clone());
                "slip in the given name"
            }
            9 => {
                one.family = self.slip(&one.family.clone());
                "slip in the family name"
            }
            10 => {
                std::mem::swap(&mut one.given, &mut one.family);
                "crosswise"
            }
            11 => {
                one.given = one.given.chars().take(1).collect();
                "initial"
            }
            12 => {
                if let Some(phone) = one.phones.first_mut() {
                    let at = phone.len() - 1 - self.chance.below(6);
                    let digit = (phone.as_bytes()[at] - b'0' + 3) % 10;
                    phone.replace_range(at..=at, &digit.to_string());
                }
                "slip in the number"
            }
            _ => {
                if let [year, month, day] = one.birth_day.split('-').collect::<Vec<_>>()[..] {
                    one.birth_day = if day <= "12" {
                        format!("{year}-{day}-{month}")
                    } else {
                        format!("{year}-{month}-{:02}", (day.parse::<u32>().unwrap_or(1) + 1).min(28))
                    };
                }
                "slip in the birth date"
            }
        };
        // Another list has not all of it: some of what may be left out is, as long as two things stay that tell.
        let gone = self.chance.below(6);
        match gone {
            0 if kind != "changed number" && kind != "slip in the number" => one.emails.clear(),
            1 if kind != "changed e-mail" => one.phones.clear(),
            2 => one.addresses.clear(),
            3 => one.organisations.clear(),
            4 if kind != "married name" => one.birth_day.clear(),
            _ => {}
        }
        // Streets are written short and long.
        if self.chance.percent(40) {
            for address in &mut one.addresses {
                for (long, short) in KINDS {
                    address.street = address.street.replace(long, short);
                }
            }
        }
        (one, kind)
    }

    /// A letter is another, missing, twice, or has changed places with its neighbour.
    fn slip(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 4 {
            letters.push('e');
            return letters.into_iter().collect();
        }
        let at = 1 + self.chance.below(letters.len() - 2);
        match self.chance.below(4) {
            0 => letters[at] = ['a', 'e', 'n', 's', 'r'][self.chance.below(5)],
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, letters[at]),
            _ => letters.swap(at, at + 1),
        }
        letters.into_iter().collect()
    }
}
