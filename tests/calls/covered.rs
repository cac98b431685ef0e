//! Ten thousand records that can be taken for each other, and no way to a number but through the question.
//!
//! They are made from a seed: households with one telephone, switchboards with and without extensions, people of one name,
//! names that sound alike, and some that nothing tells apart. Who can be taken for whom is known from how they were made.

use std::collections::{HashMap, HashSet};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use rstest::rstest;
use serde::Serialize;
use serde_json::Value;
use wellmet_core::calls::{self, BeginCall, Call, ConfirmQuestion, DialGate};
use wellmet_core::ids::{PersonId, ReachId};
use wellmet_core::people::{NewPerson, PeopleQuery, list, order, person, reaches};
use wellmet_core::promises::{ledger, reminders, today};
use wellmet_core::team::volunteers;
use wellmet_core::{Code, Result, store};

use super::desk::waits;
use crate::support::TestBook;

const RECORDS: usize = 10_000;
/// Each in a book of its own, so that they are tested beside each other.
const PARTS: usize = 4;

const GIVEN: &[&str] = &["Rania", "Tom", "Ngozi", "Lukas", "Siobhan", "Mei", "Priya", "Ana", "Ingrid", "Kofi", "Olga"];
/// Each pair sounds alike on the telephone.
const ALIKE: &[[(&str, &str); 2]] = &[
    [("John", "smith"), ("Jon", "smyth")],
    [("Catherine", "reid"), ("Katherine", "reed")],
    [("Stephen", "clark"), ("Steven", "clarke")],
    [("Rania", "haddad"), ("Ranya", "hadad")],
];
const PLACES: &[&str] = &["Ascot", "Clayfield", "Nundah", "Hamilton", "New Farm", "Albion", "Wooloowin"];
const WORK: &[&str] = &["Interiors", "Sons", "Bakery", "Joinery", "Law", "Physio", "Studio"];

/// Digits inside the country, and an extension.
type Line = (String, Option<String>);

struct Plan {
    new: NewPerson,
    line: Line,
    /// Who has this in common can be taken for each other by name.
    name: String,
}

struct Made {
    id: PersonId,
    reach: ReachId,
    plan: Plan,
}

struct World {
    book: TestBook,
    made: Vec<Made>,
    /// How many can be taken for each, at least.
    near: Vec<usize>,
    /// The digits of every number.
    numbers: HashSet<String>,
}

impl World {
    async fn new(part: usize) -> Self {
        let book = TestBook::new().await;
        let mut made = Vec::with_capacity(RECORDS / PARTS);
        let mut edit = book.book.write(book.helen(), "test").await.expect("an edit");
        for plan in plans(part) {
            let id = person::create(&mut edit, &plan.new).await.expect("a person");
            let reach = reaches::of_person(&mut edit, id).await.expect("reaches")[0].id;
            made.push(Made { id, reach, plan });
        }
        edit.commit().await.expect("committed");
        for one in made.iter().step_by(20) {
            waits(&book, one.id, &format!("Asks how to join; ring 0{} please", one.plan.line.0)).await;
        }
        let numbers = made.iter().map(|one| one.plan.line.0.clone()).collect();
        let near = near(&made);
        Self { book, made, near, numbers }
    }

    async fn gate(&self, one: &Made) -> DialGate {
        let (mut db, now) = (self.book.book.read().await.expect("a reader"), self.book.book.now());
        calls::dial::gate(&mut db, now, self.book.helen(), one.id, one.reach).await.expect("a gate")
    }

    async fn begin(&self, one: &Made, confirmed: Option<String>) -> Result<Call> {
        let begin = BeginCall {
            person: one.id,
            reach: Some(one.reach),
            promise: None,
            reason: Some("to say hello".into()),
            confirmed,
            inbound: false,
            script: None,
            logged: None,
        };
        calls::session::begin(&self.book.book, self.book.helen(), &begin).await
    }

    /// Holds whatever the core answered against every number of the book.
    fn covers(&self, what: &str, shown: &impl Serialize) {
        let shown = serde_json::to_value(shown).expect("it serialises");
        if let Some(found) = whole_number(&shown, &self.numbers) {
            panic!("{what} shows the whole number 0{found}: {shown}");
        }
    }
}

/// In any formatting: the digits of one text, with whatever stands between them taken out.
fn whole_number(shown: &Value, numbers: &HashSet<String>) -> Option<String> {
    match shown {
        Value::String(text) if text.parse::<uuid::Uuid>().is_ok() => None,
        Value::String(text) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let found =
                (0..digits.len().saturating_sub(8)).map(|at| &digits[at..at + 9]).find(|d| numbers.contains(*d));
            found.map(str::to_owned)
        }
        Value::Number(number) => Some(number.to_string()).filter(|digits| numbers.contains(digits)),
        Value::Array(all) => all.iter().find_map(|one| whole_number(one, numbers)),
        Value::Object(all) => all.values().find_map(|one| whole_number(one, numbers)),
        Value::Null | Value::Bool(_) => None,
    }
}

#[test]
fn a_number_is_found_in_any_formatting() {
    let numbers = HashSet::from(["412345678".to_owned()]);
    for text in ["tel:+61412345678;ext=9", "(0412) 345-678", "ring 0412.345.678, please", "0061 4 1 2 3 4 5 6 7 8"] {
        let shown = serde_json::json!({ "a": [{ "b": text }] });
        assert!(whole_number(&shown, &numbers).is_some(), "{text}");
    }
    assert!(whole_number(&serde_json::json!([412_345_678]), &numbers).is_some());
    assert!(whole_number(&serde_json::json!(["••• 678", 678, true, null, "0412 345 679"]), &numbers).is_none());
}

fn near(made: &[Made]) -> Vec<usize> {
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut by_line: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, Made { plan, .. }) in made.iter().enumerate() {
        by_name.entry(&plan.name).or_default().push(index);
        by_line.entry(&plan.line.0).or_default().push(index);
    }
    let of = |(index, Made { plan, .. }): (usize, &Made)| {
        let rings_there = |other: &usize| {
            let (ours, theirs) = (&plan.line.1, &made[*other].plan.line.1);
            ours.is_none() || theirs.is_none() || ours == theirs
        };
        let mut near: HashSet<usize> = by_name[plan.name.as_str()].iter().copied().collect();
        near.extend(by_line[plan.line.0.as_str()].iter().copied().filter(rings_there));
        near.remove(&index);
        near.len()
    };
    made.iter().enumerate().map(of).collect()
}

fn plans(part: usize) -> Vec<Plan> {
    let mut random = StdRng::seed_from_u64(part as u64);
    let mut plans = Vec::with_capacity(RECORDS / PARTS);
    for cluster in 0.. {
        let mark = syllables(cluster);
        let mobile = |random: &mut StdRng| (format!("4{}", random.random_range(12_000_000..20_000_000)), None);
        let (given, line) = (pick(&mut random, GIVEN), mobile(&mut random));
        let mut add = |given: &str, family: &str, name: &str, line: Line, random: &mut StdRng| {
            let bare = random.random_bool(0.1);
            let some = |chance: f64, random: &mut StdRng, text: String| {
                if !bare && random.random_bool(chance) { text } else { String::new() }
            };
            let (place, work) =
                (pick(random, PLACES).to_owned(), format!("{} {}", pick(random, GIVEN), pick(random, WORK)));
            plans.push(Plan {
                new: NewPerson {
                    given: given.into(),
                    family: family.into(),
                    place: some(0.8, random, place),
                    organisation: some(0.7, random, work),
                    phone: written(&line, random),
                    zone: Some("Australia/Brisbane".into()),
                    ..NewPerson::default()
                },
                line,
                name: format!("{name} {cluster}"),
            });
        };
        match cluster % 5 {
            // A household: one line, one family name.
            0 => {
                for given in GIVEN.iter().take(random.random_range(2..6)) {
                    add(given, &format!("{mark}haddad"), given, line.clone(), &mut random);
                }
            }
            // A switchboard: all with extensions, or some without, or two with the same.
            1 => {
                let line = format!("7{}", random.random_range(30_000_000..40_000_000));
                let kind = random.random_range(0..3);
                for index in 0..random.random_range(4..30_usize) {
                    let extension = match (kind, index) {
                        (1, 0..2) => None,
                        (2, 0..2) => Some("12".to_owned()),
                        _ => Some((100 + index).to_string()),
                    };
                    let family = format!("{}{mark}", syllables(index));
                    add(given, &family, &format!("colleague {index}"), (line.clone(), extension), &mut random);
                }
            }
            // People of one name.
            2 => {
                for _ in 0..random.random_range(2..8) {
                    let line = mobile(&mut random);
                    add(given, &format!("{mark}nair"), "one", line, &mut random);
                }
            }
            3 => {
                for (given, family) in ALIKE.choose(&mut random).expect("some") {
                    let line = mobile(&mut random);
                    add(given, &format!("{mark}{family}"), "alike", line, &mut random);
                }
            }
            // One person, written down twice.
            _ => {
                for _ in 0..2 {
                    add(given, &format!("{mark}silva"), "twice", line.clone(), &mut random);
                }
            }
        }
        if plans.len() >= RECORDS / PARTS {
            break;
        }
    }
    plans.truncate(RECORDS / PARTS);
    plans
}

/// A beginning that sounds like no other.
fn syllables(mut number: usize) -> String {
    let mut mark = String::new();
    for _ in 0..3 {
        mark.push_str(["ka", "lo", "mi", "nu", "pe", "ro", "sa", "ti", "fo"][number % 9]);
        number /= 9;
    }
    mark
}

fn pick<'a>(random: &mut StdRng, from: &[&'a str]) -> &'a str {
    from.choose(random).copied().expect("some")
}

fn written((digits, extension): &Line, random: &mut StdRng) -> String {
    let (area, rest) = digits.split_at(1);
    let number = match random.random_range(0..4) {
        0 => format!("0{digits}"),
        1 => format!("+61 {area} {} {}", &rest[..4], &rest[4..]),
        2 => format!("(0{area}) {}-{}", &rest[..4], &rest[4..]),
        _ => format!("0{area}{}.{}.{}", &rest[..2], &rest[2..5], &rest[5..]),
    };
    extension.as_ref().map_or(number.clone(), |extension| format!("{number} ext {extension}"))
}

#[rstest]
#[tokio::test]
async fn no_way_round_the_question_leads_to_a_number(#[values(0, 1, 2, 3)] part: usize) {
    let world = World::new(part).await;
    let (mut open, mut asked, mut nothing_tells) = (0, 0, 0);
    for (one, near) in world.made.iter().zip(&world.near) {
        let gate = world.gate(one).await;
        world.covers("the gate", &gate);
        match gate {
            DialGate::Open => {
                open += 1;
                assert_eq!(*near, 0, "{} can be taken for {near} others, and nobody asks", one.plan.new.family);
                continue;
            }
            DialGate::Confirm { question, .. } => {
                asked += 1;
                // Nothing, words that are no answer, and an answer to what was not asked.
                let other = ConfirmQuestion::ALL.iter().find(|other| **other != question).expect("another");
                let elsewhere = format!("{}:{}", other.as_str(), one.plan.new.place);
                for guess in [None, Some(String::new()), Some(one.plan.new.place.clone()), Some(elsewhere)] {
                    let error = world.begin(one, guess).await.expect_err("nothing was confirmed");
                    assert!(matches!(error.code, Code::Refused | Code::Conflict), "{error}");
                    world.covers("a refusal", &error);
                }
            }
            DialGate::Refused { .. } => {
                nothing_tells += 1;
                let error = world.begin(one, Some(format!("place:{}", one.plan.new.place))).await.expect_err("refused");
                world.covers("a refusal", &error);
            }
            DialGate::NotNow { .. } => panic!("it is Monday morning where all of them are"),
        }
    }
    assert!(open > 50 && asked > 1_000 && nothing_tells > 10, "{open} {asked} {nothing_tells}: each is met");
}

#[rstest]
#[tokio::test]
async fn guessing_ends_at_a_pause_and_the_right_answer_gives_the_very_number(#[values(0, 1, 2, 3)] part: usize) {
    let world = World::new(part).await;
    let (mut guessed, mut confirmed) = (0, 0);
    for (index, one) in world.made.iter().enumerate().step_by(5) {
        let DialGate::Confirm { question, choices, .. } = world.gate(one).await else { continue };
        let right = right_answer(&world, one, question).await;
        let key = format!("{}:{right}", question.as_str());
        assert!(choices.iter().any(|choice| choice.key == key), "{key} is among {choices:?}");
        if index % 2 == 0 {
            confirmed += 1;
            let call = world.begin(one, Some(key)).await.expect("that is who is meant");
            let dialled = call.dialled.as_ref().expect("a number");
            let extension = one.plan.line.1.as_ref().map(|digits| format!(";ext={digits}")).unwrap_or_default();
            assert_eq!(dialled.tel, format!("tel:+61{}{extension}", one.plan.line.0));
            world.covers("the rest of the call", &Call { dialled: None, ..call });
            continue;
        }
        guessed += 1;
        let mut wrong = 0;
        loop {
            match world.gate(one).await {
                DialGate::Confirm { question, choices, .. } => {
                    wrong += 1;
                    assert!(wrong <= 2, "a third guess is not heard");
                    let right = right_answer(&world, one, question).await;
                    let guess = choices.iter().find(|choice| choice.label != right).expect("a wrong one").key.clone();
                    let error = world.begin(one, Some(guess)).await.expect_err("a wrong answer");
                    world.covers("a wrong answer", &error);
                }
                DialGate::Refused { until_ms: Some(_), .. } => break,
                gate => panic!("{gate:?}"),
            }
        }
        for question in ConfirmQuestion::ALL {
            let right = right_answer(&world, one, *question).await;
            let error = world.begin(one, Some(format!("{}:{right}", question.as_str()))).await.expect_err("too late");
            world.covers("a pause", &error);
        }
    }
    assert!(guessed > 100 && confirmed > 100, "{guessed} {confirmed}: each is met");
}

async fn right_answer(world: &World, one: &Made, question: ConfirmQuestion) -> String {
    let new = &one.plan.new;
    match question {
        ConfirmQuestion::Organisation => new.organisation.clone(),
        ConfirmQuestion::Place => new.place.clone(),
        ConfirmQuestion::FirstName => new.given.clone(),
        ConfirmQuestion::NumberEnding => one.plan.line.0[6..].to_owned(),
        ConfirmQuestion::WaitsFor => {
            let mut db = world.book.book.read().await.expect("a reader");
            let open = calls::inquiry::open_of(&mut db, one.id).await.expect("asked");
            open.map_or("Nothing".into(), |open| open.about)
        }
    }
}

#[rstest]
#[tokio::test]
async fn whatever_is_shown_of_them_is_covered(#[values(0, 1, 2, 3)] part: usize) {
    let world = World::new(part).await;
    let (book, now) = (&world.book.book, world.book.book.now());
    let mut db = book.read().await.expect("a reader");
    for (index, one) in world.made.iter().enumerate() {
        world.covers("the brief", &calls::brief::brief(&mut db, now, one.id, None).await.expect("a brief"));
        world.covers("the person", &person::get(&mut db, one.id).await.expect("a person"));
        if index % 10 != 0 {
            continue;
        }
        world.covers("the timeline", &calls::timeline::of_person(&mut db, now, one.id, 100).await.expect("told"));
        world.covers("the history", &store::history(book, one.id).await.expect("told"));
        world.covers("the promises", &ledger::of_person(&mut db, one.id).await.expect("told"));
        for typed in [&format!("0{}", one.plan.line.0), &one.plan.new.family, &one.plan.line.0[1..6].to_owned()] {
            world.covers("who may be ringing", &calls::candidates::of(&mut db, typed).await.expect("found"));
            let query = PeopleQuery { words: typed.clone(), ..PeopleQuery::default() };
            world.covers("a search", &list::first(&mut db, now, &query, 500).await.expect("found"));
        }
    }
    let everyone = order::order(&mut db, now, &PeopleQuery::default()).await.expect("an order").ids;
    world.covers("the list of people", &list::rows(&mut db, &everyone).await.expect("rows"));
    world.covers("Today", &today::today(&mut db, now, None).await.expect("today"));
    world.covers("the inbox", &reminders::inbox(&mut db, now).await.expect("the inbox"));
    world.covers("the edits", &store::last_edits(book, 1_000).await.expect("edits"));
    world.covers("the team", &volunteers::all(&mut db).await.expect("the team"));
    world.covers("calls to file", &calls::session::unfinished(&mut db).await.expect("calls"));
}
