//! Who is easily taken for another: families that share everything but a given name, and lists that are filled with what
//! nobody has.

use wellmet_core::people::duplicates::{Alike, Level, Particulars, Whereabouts, among};

use super::association::association;
use super::measure;

fn someone(given: &str, family: &str, at: usize) -> Particulars {
    Particulars {
        given: given.into(),
        family: family.into(),
        name: format!("{given} {family}"),
        phones: vec![format!("+617{:08}", 31_204_507 + at * 7_919)],
        emails: vec![format!("the.{}{at}@bigpond.example", family.to_lowercase())],
        addresses: vec![Whereabouts {
            street: format!("{} Harcourt Street", 3 + at * 2),
            city: "Teneriffe".into(),
            region: "QLD".into(),
            postcode: "4005".into(),
        }],
        ..Particulars::default()
    }
}

/// The pairs of `found` that are among those from `first` on.
fn of_these(found: &[Alike], first: usize) -> Vec<&Alike> {
    found.iter().filter(|pair| pair.one >= first && pair.other >= first).collect()
}

/// An association, and then these beside each other: each pair has number, mailbox and address in common.
fn with_pairs(
    people: usize,
    pairs: &[(&str, &str)],
    change: impl Fn(&mut Particulars, bool),
) -> (Vec<Particulars>, usize) {
    let mut all: Vec<Particulars> =
        association(people, 50, 21).into_iter().map(|entry| entry.particulars).take(people).collect();
    let first = all.len();
    for (at, (one, other)) in pairs.iter().enumerate() {
        let family = ["Greenwood", "Falkner", "Prior", "Collins", "Hayward", "Naylor"][at % 6];
        for (given, second) in [(one, false), (other, true)] {
            let mut particulars = someone(given, family, at);
            change(&mut particulars, second);
            all.push(particulars);
        }
    }
    (all, first)
}

const TWO: &[(&str, &str)] = &[
    ("Dorothy", "Holly"),
    ("Henry", "Barry"),
    ("Jessica", "Leslie"),
    ("Paul", "Paula"),
    ("Eric", "Erica"),
    ("Dennis", "Denise"),
    ("Phillip", "Phyllis"),
    ("Andrew", "Andrea"),
    ("Jean", "Jane"),
    ("Joanne", "Joanna"),
    ("Marie", "Maria"),
    ("Anna Louise", "Anna Maria"),
    ("Anne", "Anna"),
    ("Ann", "Anne"),
    ("Stephen", "Stefan"),
    ("Louis", "Luis"),
    ("Debra", "Deborah"),
];

#[test]
fn who_may_be_married_or_twins_is_never_merged_without_a_look() {
    for people in [0, 300, 2_000] {
        let (all, first) = with_pairs(people, TWO, |_, _| {});
        for pair in of_these(&among(&all), first) {
            let names = (&all[pair.one].given, &all[pair.other].given);
            assert_eq!(pair.level, Level::Broad, "{names:?} in a book of {people}: {:?}", pair.reasons);
        }
        let (born, first) = with_pairs(people, TWO, |one, _| one.birth_day = "1984-05-17".into());
        for pair in of_these(&among(&born), first) {
            let names = (&born[pair.one].given, &born[pair.other].given);
            assert_eq!(pair.level, Level::Broad, "{names:?}, born on one day, in a book of {people}");
        }
    }
}

#[test]
fn another_name_is_no_form_of_ones_own() {
    let (all, first) = with_pairs(300, &TWO[..3], |_, _| {});
    let found = among(&all);
    for pair in of_these(&found, first) {
        assert!(!pair.reasons.iter().any(|reason| reason.words.contains("forms of one name")), "{:?}", pair.reasons);
    }
}

#[test]
fn mr_and_mrs_of_one_name_are_two() {
    let (all, first) = with_pairs(300, &[("Raymond", "Raymond"), ("R", "R")], |one, second| {
        one.name = format!("{} {}", if second { "Mrs" } else { "Mr" }, one.name);
    });
    for pair in of_these(&among(&all), first) {
        assert_eq!(pair.level, Level::Broad);
        let against = pair.reasons.iter().find(|reason| !reason.speaks_for).map(|reason| reason.words.as_str());
        assert_eq!(against, Some("One is addressed as Mr, the other as Mrs"));
    }
}

#[test]
fn a_short_form_that_is_nobody_elses_is_surely_the_same() {
    let pairs = [("Robert", "Bob"), ("Margaret", "Peggy"), ("Mary Ann", "Maryann"), ("John", "John A")];
    let (all, first) = with_pairs(300, &pairs, |_, _| {});
    let found = among(&all);
    let narrow = of_these(&found, first).into_iter().filter(|pair| pair.level == Level::Narrow).count();
    assert_eq!(narrow, pairs.len(), "{:?}", of_these(&found, first));
}

/// Chris may be either; who merged her with both would have made one of two.
#[test]
fn a_chain_is_not_merged_without_a_look() {
    let (mut all, first) = with_pairs(300, &[("Christopher", "Christine")], |_, _| {});
    all.push(someone("Chris", "Greenwood", 0));
    let found = among(&all);
    assert!(of_these(&found, first).len() >= 2, "Chris is asked about");
    assert!(of_these(&found, first).iter().all(|pair| pair.level == Level::Broad));
}

#[test]
fn twins_are_two_however_much_they_share() {
    let pairs = [("Harriet", "Adam"), ("Nadia", "Declan"), ("Grace", "Oscar"), ("Ruby", "Hugo")];
    let (all, first) = with_pairs(600, &pairs, |one, _| one.birth_day = "2001-09-23".into());
    let found = among(&all);
    assert!(of_these(&found, first).is_empty(), "{:?}", of_these(&found, first));
}

/// Forms that ask for what one does not have teach nothing of what one person's records look like.
#[test]
fn fillers_do_not_spoil_a_book() {
    let entries = association(2_000, 50, 31);
    let mut all: Vec<Particulars> = entries.iter().map(|entry| entry.particulars.clone()).collect();
    let mut truth: Vec<String> = entries.iter().map(|entry| entry.person.to_string()).collect();
    let before = measure("without fillers", &all, &truth);
    let given = ["Tilda", "Ravi", "Ione", "Bram", "Cosima", "Dmitri", "Estelle", "Farid", "Gwen", "Hamish"];
    for at in 0..40 {
        let mut one = someone(given[at % 10], ["Adeyemi", "Birch", "Castellano", "Dahl"][at / 10], 1_000 + at);
        one.phones = vec!["+61400000000".into()];
        one.emails = vec!["none@none.com".into()];
        one.birth_day = "1900-01-01".into();
        all.push(one);
        truth.push(format!("filler {at}"));
    }
    let after = measure("with fillers", &all, &truth);
    assert!(after.f1 >= before.f1 - 0.002, "{} and {}", before.f1, after.f1);
    assert_eq!(after.narrow_wrong, 0);
    // What no list of ours knows to be a filler, many have.
    for one in &mut all[entries.len()..] {
        one.phones = vec!["+61731880042".into()];
        one.emails = vec!["frontdesk@centre.example".into()];
        one.birth_day = "1980-01-01".into();
    }
    let unknown = measure("with fillers that are not known as such", &all, &truth);
    let among_others = |pair: &&Alike| pair.one < entries.len() || pair.other < entries.len();
    let wrong = |pair: &&Alike| truth[pair.one] != truth[pair.other];
    let count = |found: &[Alike]| found.iter().filter(among_others).filter(wrong).count();
    assert!(
        count(&unknown.found) <= count(&before.found) + 4,
        "{} and {}",
        count(&before.found),
        count(&unknown.found)
    );
}

#[test]
fn a_mailbox_that_two_read_speaks_for_it() {
    let mut one = someone("Tilda", "Dahl", 1);
    one.emails = vec!["info@dahl.example".into()];
    let other = Particulars { phones: Vec::new(), ..one.clone() };
    let found = among(&[one, other]);
    assert!(found[0].reasons.iter().any(|reason| reason.words == "Both read info@dahl.example" && reason.speaks_for));
}
