//! How alike two people are, particular by particular.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::alike;
use super::record::{Home, People, Record};

/// How alike two particulars are. Which of these a field can be, the tables of `model` say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(super) enum Likeness {
    /// One of the two says nothing.
    #[default]
    Unknown,
    Same,
    /// A short, full or foreign form of the other.
    Form,
    /// A slip of the finger apart.
    Near,
    /// A slip apart, and both are names that others bear: Jan and Jane.
    NearNames,
    /// One has a part of the other; of numbers: they share one, and each has another besides.
    Part,
    Initial,
    /// They sound alike, and no more.
    Sound,
    Different,
}

pub(super) const LIKENESSES: usize = 9;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Field {
    Given,
    Family,
    /// `Same`: the names stand in the same order; `Part`: crosswise.
    Order,
    Birth,
    Phone,
    Email,
    Street,
    Number,
    Place,
    Organisation,
}

pub(super) const FIELDS: usize = 10;

pub(super) type Pattern = [Likeness; FIELDS];

/// Two people compared.
#[derive(Clone, Debug)]
pub(super) struct Compared {
    pub pattern: Pattern,
    /// Of a particular that is the same, or a number that is shared: how often two who are not one have it in common by chance.
    pub chance: [f64; FIELDS],
    /// What they share so many others have too that it says nothing of what one person's records look like.
    pub held_by_many: bool,
}

/// A number or an address that a few have is theirs, however few they are; one that many have is a list's filler.
const A_FEW: u32 = 6;
/// More than a large family with all its doubles.
const MANY: u32 = 12;
/// Of all people, the most who are born on one day by nature: eight times as many as are on average.
const BORN_ON_A_DAY: f64 = 8.0 / 25_000.0;
/// Names that more than this many bear are names, not slips.
const BORNE_BY_OTHERS: u32 = 4;

/// Two numbers of texts, mixed: nobody chooses them to collide, and they are looked up ten times a pair.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

type Alike = HashMap<u64, Likeness, BuildHasherDefault<Mixed>>;

/// How alike the texts are that were met so far.
#[derive(Default)]
struct Met {
    given: Alike,
    family: Alike,
    ways: Alike,
    cities: Alike,
    organisations: Alike,
}

/// Compares, and remembers how alike two texts are.
pub(super) struct Comparer<'a> {
    people: &'a People,
    met: Met,
    count: f64,
}

fn once(met: &mut Alike, a: u32, b: u32, look: impl FnOnce() -> Likeness) -> Likeness {
    if a == 0 || b == 0 {
        return Likeness::Unknown;
    }
    if a == b {
        return Likeness::Same;
    }
    *met.entry(u64::from(a.min(b)) << 32 | u64::from(a.max(b))).or_insert_with(look)
}

/// Of how much use a likeness is in choosing between two ways to lay names over each other.
fn use_of(likeness: Likeness) -> u8 {
    use Likeness::*;
    match likeness {
        Same => 8,
        Near | Form => 6,
        NearNames | Part => 4,
        Sound | Initial => 3,
        Unknown => 1,
        Different => 0,
    }
}

impl<'a> Comparer<'a> {
    pub fn new(people: &'a People) -> Self {
        Self { people, met: Met::default(), count: people.records.len() as f64 }
    }

    fn pair(&self, a: u32, b: u32) -> (&'a Record, &'a Record) {
        (&self.people.records[a as usize], &self.people.records[b as usize])
    }

    /// `None` for two whose names have nothing in common, and who share no more than strangers do: most candidates.
    pub fn compare_closely(&mut self, (a, b): (u32, u32)) -> Option<Compared> {
        let (a, b) = self.pair(a, b);
        let mut all = Compared::default();
        self.names(a, b, &mut all);
        let at_home = |one: &Home| {
            b.homes.iter().any(|other| {
                one.number == other.number
                    && ((one.way > 0 && one.way == other.way) || (one.number > 0 && one.postcode == other.postcode))
            })
        };
        let strangers = all.of(Field::Given) == Likeness::Different
            && all.of(Field::Family) == Likeness::Different
            && (a.birth == 0 || a.birth != b.birth)
            && common(&a.phones, &b.phones).next().is_none()
            && common(&a.emails, &b.emails).next().is_none()
            && !a.homes.iter().any(at_home);
        (!strangers).then(|| self.around(a, b, all))
    }

    pub fn compare(&mut self, (a, b): (u32, u32)) -> Compared {
        let (a, b) = self.pair(a, b);
        let mut all = Compared::default();
        self.names(a, b, &mut all);
        self.around(a, b, all)
    }

    fn around(&mut self, a: &Record, b: &Record, mut all: Compared) -> Compared {
        let birth = alike::days(a.birth, b.birth);
        all.set(Field::Birth, birth);
        if birth == Likeness::Same {
            let born = self.people.births.get(&a.birth).copied().unwrap_or_default();
            all.held_by_many |= f64::from(born) > f64::from(A_FEW) + BORN_ON_A_DAY * self.count;
            all.chance[Field::Birth as usize] = self.share(born, 100.0, 5e-5, 3e-5);
        }
        self.phones(a, b, &mut all);
        self.emails(a, b, &mut all);
        self.homes(a, b, &mut all);
        self.organisations(a, b, &mut all);
        all
    }

    /// How often two who are not one have this in common: of all but these two, and of `weight` more of whom `usual`
    /// have it.
    fn share(&self, held_by: u32, weight: f64, usual: f64, least: f64) -> f64 {
        let others = f64::from(held_by.saturating_sub(2));
        ((others + weight * usual) / (self.count + weight)).max(least)
    }

    fn names(&mut self, a: &Record, b: &Record, all: &mut Compared) {
        let straight = (self.given(a.given, b.given), self.family(a.family, b.family));
        let (mut given, mut family, mut crossed) = (straight.0, straight.1, false);
        if use_of(given) + use_of(family) < 10 {
            // Either of the two may be the one whose names stand where they belong.
            let first = (self.given(a.given, b.family), self.family(a.family, b.given));
            let second = (self.given(a.family, b.given), self.family(a.given, b.family));
            let worth = |pair: (Likeness, Likeness)| use_of(pair.0) + use_of(pair.1);
            let cross = if worth(second) > worth(first) { second } else { first };
            let (is, would) = (use_of(given) + use_of(family), use_of(cross.0) + use_of(cross.1));
            let (most, least) = (use_of(cross.0).max(use_of(cross.1)), use_of(cross.0).min(use_of(cross.1)));
            if would > is + 2 && (most == 8 || least >= 4) {
                (given, family, crossed) = (cross.0, cross.1, true);
            }
        }
        if given == Likeness::Same {
            let bearers = if crossed { self.most_bearers(a, b) } else { self.people.bearers(a.given).0 };
            all.chance[Field::Given as usize] = self.share(bearers, 200.0, 2e-3, 3e-4);
        }
        if family == Likeness::Same {
            let bearers = if crossed { self.most_bearers(a, b) } else { self.people.bearers(a.family).1 };
            all.chance[Field::Family as usize] = self.share(bearers, 200.0, 1e-3, 1e-4);
        }
        all.set(Field::Given, given);
        all.set(Field::Family, family);
        if given != Likeness::Unknown || family != Likeness::Unknown {
            all.set(Field::Order, if crossed { Likeness::Part } else { Likeness::Same });
        }
    }

    /// Of names that stand crosswise, how many bear the commoner one that both have.
    fn most_bearers(&self, a: &Record, b: &Record) -> u32 {
        let both = [(a.given, b.family), (a.family, b.given)];
        let same = both.iter().filter(|(one, other)| one == other && *one > 0);
        same.map(|(name, _)| self.people.bearers(*name)).map(|(first, last)| first.max(last)).max().unwrap_or_default()
    }

    fn given(&mut self, a: u32, b: u32) -> Likeness {
        let people = self.people;
        once(&mut self.met.given, a, b, || {
            let likeness = alike::given(people.names.text(a), people.names.text(b));
            Self::of_names(likeness, people.bearers(a).0.min(people.bearers(b).0))
        })
    }

    fn family(&mut self, a: u32, b: u32) -> Likeness {
        let people = self.people;
        once(&mut self.met.family, a, b, || {
            let likeness = alike::family(people.names.text(a), people.names.text(b));
            Self::of_names(likeness, people.bearers(a).1.min(people.bearers(b).1))
        })
    }

    fn of_names(likeness: Likeness, bearers: u32) -> Likeness {
        if likeness == Likeness::Near && bearers > BORNE_BY_OTHERS { Likeness::NearNames } else { likeness }
    }

    fn phones(&mut self, a: &Record, b: &Record, all: &mut Compared) {
        if a.phones.is_empty() || b.phones.is_empty() {
            return;
        }
        let lexicon = &self.people.phones;
        let near = |one: &u32, other: &u32| alike::one_digit_apart(lexicon.text(*one), lexicon.text(*other));
        let any_near = |one: &[u32], other: &[u32]| one.iter().any(|a| other.iter().any(|b| near(a, b)));
        if let Some(held) = common(&a.phones, &b.phones).map(|number| lexicon.held_by(number)).min() {
            let own = |of: &Record, than: &Record| -> Vec<u32> {
                of.phones.iter().copied().filter(|number| !than.phones.contains(number)).collect()
            };
            let (own, other) = (own(a, b), own(b, a));
            let apart = !own.is_empty() && !other.is_empty() && !any_near(&own, &other);
            all.set(Field::Phone, if apart { Likeness::Part } else { Likeness::Same });
            all.held_by_many |= held > MANY;
            all.chance[Field::Phone as usize] = self.share(held.saturating_sub(A_FEW), 100.0, 1e-5, 1e-6);
            return;
        }
        let near = any_near(&a.phones, &b.phones);
        all.set(Field::Phone, if near { Likeness::Near } else { Likeness::Different });
    }

    fn emails(&mut self, a: &Record, b: &Record, all: &mut Compared) {
        if a.emails.is_empty() || b.emails.is_empty() {
            return;
        }
        let lexicon = &self.people.emails;
        // A mailbox that a firm reads together is nobody's own: it says where they work, as its domain does.
        let own = |email: &u32| !alike::is_mailbox(lexicon.text(*email).split('@').next().unwrap_or_default());
        if let Some(held) = common(&a.emails, &b.emails).filter(own).map(|number| lexicon.held_by(number)).min() {
            all.set(Field::Email, Likeness::Same);
            all.held_by_many |= held > MANY;
            all.chance[Field::Email as usize] = self.share(held.saturating_sub(A_FEW), 100.0, 1e-5, 1e-6);
            return;
        }
        let every = a.emails.iter().flat_map(|one| b.emails.iter().map(|other| (*one, *other)));
        let likeness = every.map(|(one, other)| alike::emails(lexicon.text(one), lexicon.text(other))).min();
        all.set(Field::Email, likeness.unwrap_or_default());
    }

    fn homes(&mut self, a: &Record, b: &Record, all: &mut Compared) {
        let mut best: Option<(u8, [Likeness; 3], Home)> = None;
        for one in &a.homes {
            for other in &b.homes {
                let compared = [
                    self.way(one.way, other.way),
                    alike::house_numbers(
                        self.people.house_numbers.text(one.number),
                        self.people.house_numbers.text(other.number),
                    ),
                    self.place(one, other),
                ];
                let worth = compared.iter().map(|likeness| use_of(*likeness)).sum();
                if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
                    best = Some((worth, compared, *one));
                }
            }
        }
        let Some((_, [street, number, place], home)) = best else { return };
        all.set(Field::Street, street);
        // A number says nothing without its street.
        if street != Likeness::Unknown && street != Likeness::Different {
            all.set(Field::Number, number);
        }
        all.set(Field::Place, place);
        if street == Likeness::Same {
            all.chance[Field::Street as usize] = self.share(self.people.ways.held_by(home.way), 200.0, 5e-4, 1e-4);
        }
        if number == Likeness::Same {
            all.chance[Field::Number as usize] =
                self.share(self.people.house_numbers.held_by(home.number), 200.0, 1e-2, 2e-3);
        }
        if place == Likeness::Same {
            let held = self.people.cities.held_by(home.city).max(self.people.postcodes.held_by(home.postcode));
            all.chance[Field::Place as usize] = self.share(held, 100.0, 2e-3, 5e-4);
        }
    }

    fn way(&mut self, a: u32, b: u32) -> Likeness {
        let people = self.people;
        once(&mut self.met.ways, a, b, || alike::ways(people.ways.text(a), people.ways.text(b)))
    }

    fn place(&mut self, a: &Home, b: &Home) -> Likeness {
        use Likeness::*;
        let people = self.people;
        let city = once(&mut self.met.cities, a.city, b.city, || {
            alike::cities(people.cities.text(a.city), people.cities.text(b.city))
        });
        let postcode = alike::postcodes(people.postcodes.text(a.postcode), people.postcodes.text(b.postcode));
        match (city, postcode) {
            (Unknown, other) | (other, Unknown) => other,
            (Same, Same) => Same,
            (Same | Near, Same | Near) => Near,
            (Same, Different) | (Different, Same) => Part,
            _ => Different,
        }
    }

    fn organisations(&mut self, a: &Record, b: &Record, all: &mut Compared) {
        if a.organisations.is_empty() || b.organisations.is_empty() {
            return;
        }
        let people = self.people;
        if let Some(held) =
            common(&a.organisations, &b.organisations).map(|one| people.organisations.held_by(one)).min()
        {
            all.set(Field::Organisation, Likeness::Same);
            all.chance[Field::Organisation as usize] = self.share(held, 100.0, 1e-3, 1e-4);
            return;
        }
        let mut best = Likeness::Different;
        for one in &a.organisations {
            for other in &b.organisations {
                best = best.min(once(&mut self.met.organisations, *one, *other, || {
                    alike::organisations(people.organisations.text(*one), people.organisations.text(*other))
                }));
            }
        }
        all.set(Field::Organisation, best);
    }
}

impl Default for Compared {
    fn default() -> Self {
        Self { pattern: [Likeness::Unknown; FIELDS], chance: [1.0; FIELDS], held_by_many: false }
    }
}

impl Compared {
    fn set(&mut self, field: Field, likeness: Likeness) {
        self.pattern[field as usize] = likeness;
    }

    pub fn of(&self, field: Field) -> Likeness {
        self.pattern[field as usize]
    }
}

/// Compares these pairs, on as many threads as the machine has for it.
pub(super) fn of_pairs<T: Send>(
    people: &People,
    pairs: &[(u32, u32)],
    compare: impl Fn(&mut Comparer<'_>, (u32, u32)) -> Option<T> + Sync,
) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
    let share = pairs.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let compare = &compare;
        let parts: Vec<_> = pairs
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    let mut comparer = Comparer::new(people);
                    part.iter().filter_map(|pair| compare(&mut comparer, *pair)).collect::<Vec<T>>()
                })
            })
            .collect();
        let join = |part: std::thread::ScopedJoinHandle<'_, Vec<T>>| match part.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        parts.into_iter().flat_map(join).collect()
    })
}

fn common<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    a.iter().copied().filter(|one| b.contains(one))
}
