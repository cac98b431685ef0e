//! Why two may be one, and what speaks against it, in plain words. A phone number is covered here too.

use super::compare::{Field, Likeness, Pattern};
use super::record::addressed;
use super::{Particulars, Reason, Whereabouts};
use crate::people::names::fold;
use crate::people::reaches::ending;

pub(super) fn reasons(pattern: &Pattern, one: &Particulars, other: &Particulars, by: Option<&str>) -> Vec<Reason> {
    let mut all = Vec::new();
    if let Some(third) = by {
        all.push(speaks_for(format!("Both are very likely {third}")));
    }
    names(pattern, one, other, &mut all);
    if let (Some(here), Some(there)) = (addressed(&one.name), addressed(&other.name))
        && here != there
    {
        let first = |one: &Particulars| one.name.split(' ').next().unwrap_or_default().to_owned();
        all.push(speaks_against(format!("One is addressed as {}, the other as {}", first(one), first(other))));
    }
    birth(pattern, one, other, &mut all);
    phones(pattern, one, other, &mut all);
    emails(pattern, one, other, &mut all);
    addresses(pattern, one, other, &mut all);
    match of(pattern, Field::Organisation) {
        Likeness::Same => {
            let shared = shared(&one.organisations, &other.organisations, fold);
            let name = shared.or_else(|| one.organisations.first()).map_or("", |name| name);
            all.push(speaks_for(format!("Both at {name}")));
        }
        Likeness::Near => all.push(speaks_for(format!(
            "Much the same organisation: {} and {}",
            list(&one.organisations),
            list(&other.organisations)
        ))),
        Likeness::Different => all.push(speaks_against(format!(
            "Other organisations: {} and {}",
            list(&one.organisations),
            list(&other.organisations)
        ))),
        _ => {}
    }
    // What speaks for it is read first.
    all.sort_by_key(|reason| !reason.speaks_for);
    all
}

fn of(pattern: &Pattern, field: Field) -> Likeness {
    pattern[field as usize]
}

fn speaks_for(words: String) -> Reason {
    Reason { words, speaks_for: true }
}

fn speaks_against(words: String) -> Reason {
    Reason { words, speaks_for: false }
}

fn names(pattern: &Pattern, one: &Particulars, other: &Particulars, all: &mut Vec<Reason>) {
    use Likeness::{Different, Form, Initial, Near, NearNames, Part, Same, Sound, Unknown};
    let (given, family) = (of(pattern, Field::Given), of(pattern, Field::Family));
    if of(pattern, Field::Order) == Part {
        all.push(speaks_for(format!("Given and family name stand crosswise: {} and {}", spoken(one), spoken(other))));
        return;
    }
    if given == Same && family == Same {
        all.push(speaks_for(format!("The same name, {}", spoken(one))));
        return;
    }
    for (likeness, a, b, kind) in
        [(given, &one.given, &other.given, "given"), (family, &one.family, &other.family, "family")]
    {
        match likeness {
            Unknown => {}
            Same => all.push(speaks_for(format!("The same {kind} name, {a}"))),
            Form => all.push(speaks_for(format!("“{a}” and “{b}” are forms of one name"))),
            Near => all.push(speaks_for(format!("“{a}” and “{b}” are a slip of the finger apart"))),
            NearNames => all.push(speaks_for(format!("“{a}” and “{b}” are nearly the same, and both are names"))),
            Part => all.push(speaks_for(format!("“{a}” and “{b}” have a name in common"))),
            Initial => all.push(speaks_for(format!("“{a}” and “{b}” begin with the same letter"))),
            Sound => all.push(speaks_for(format!("“{a}” and “{b}” sound alike"))),
            Different => all.push(speaks_against(format!("Other {kind} names: {a} and {b}"))),
        }
    }
}

fn birth(pattern: &Pattern, one: &Particulars, other: &Particulars, all: &mut Vec<Reason>) {
    use Likeness::{Different, Near, Part, Same};
    let (a, b) = (day(&one.birth_day), day(&other.birth_day));
    match of(pattern, Field::Birth) {
        Same => all.push(speaks_for(format!("Born on the same day, {a}"))),
        Near => all.push(speaks_for(format!("Birth dates a slip apart: {a} and {b}"))),
        Part => all.push(speaks_against(format!("Birth dates that only partly agree: {a} and {b}"))),
        Different => all.push(speaks_against(format!("Born on other days: {a} and {b}"))),
        _ => {}
    }
}

/// `1981-03-04` as one says it.
fn day(written: &str) -> String {
    let day = written.parse::<chrono::NaiveDate>();
    day.map_or_else(|_| written.to_owned(), |day| day.format("%-d %B %Y").to_string())
}

fn phones(pattern: &Pattern, one: &Particulars, other: &Particulars, all: &mut Vec<Reason>) {
    match of(pattern, Field::Phone) {
        likeness @ (Likeness::Same | Likeness::Part) => {
            let number = shared(&one.phones, &other.phones, |number| number.to_owned());
            let shown = number.map(|number| ending(number.split('x').next().unwrap_or_default())).unwrap_or_default();
            all.push(speaks_for(format!("The same phone number, ••• {shown}")));
            if likeness == Likeness::Part {
                all.push(speaks_against("Each has another phone number besides".into()));
            }
        }
        Likeness::Near => all.push(speaks_for("Phone numbers one digit apart".into())),
        Likeness::Different => all.push(speaks_against("Other phone numbers".into())),
        _ => {}
    }
}

fn emails(pattern: &Pattern, one: &Particulars, other: &Particulars, all: &mut Vec<Reason>) {
    use Likeness::{Different, Form, Near, Part, Same};
    match of(pattern, Field::Email) {
        Same => {
            let email = shared(&one.emails, &other.emails, |email| email.to_lowercase());
            all.push(speaks_for(format!("The same e-mail address, {}", email.map_or("", |email| email))));
        }
        Near => all.push(speaks_for(format!(
            "E-mail addresses a slip apart: {} and {}",
            list(&one.emails),
            list(&other.emails)
        ))),
        // A mailbox that several read says where they belong, and not who they are.
        Form | Part | Different => all.push(match shared(&one.emails, &other.emails, |email| email.to_lowercase()) {
            Some(mailbox) => speaks_for(format!("Both read {mailbox}")),
            None => speaks_against("Other e-mail addresses".into()),
        }),
        _ => {}
    }
}

fn addresses(pattern: &Pattern, one: &Particulars, other: &Particulars, all: &mut Vec<Reason>) {
    use Likeness::{Different, Near, Part, Same, Unknown};
    let (street, number, place) = (of(pattern, Field::Street), of(pattern, Field::Number), of(pattern, Field::Place));
    let (here, there) = most_alike(one, other);
    match (street, number) {
        (Same, Same | Unknown) if fold(&here) == fold(&there) => {
            all.push(speaks_for(format!("The same address, {here}")));
        }
        (Same | Near | Part, Same | Near | Unknown) => {
            all.push(speaks_for(format!("Much the same address: {here} and {there}")));
        }
        (Same | Near | Part, _) => {
            all.push(speaks_against(format!("Another number in the same street: {here} and {there}")));
        }
        _ if matches!(place, Same | Near) => {
            let town = |one: &Particulars| {
                let city = one.addresses.iter().map(|address| &address.city).find(|city| !city.is_empty());
                city.cloned().unwrap_or_else(|| one.place.clone())
            };
            all.push(if street == Different {
                speaks_against(format!("Other addresses in {}", town(one)))
            } else {
                speaks_for(format!("Both in {}", town(one)))
            });
        }
        _ if street == Different || place == Different => all.push(speaks_against("Other addresses".into())),
        _ => {}
    }
}

/// Of each the address that the comparison was about.
fn most_alike(one: &Particulars, other: &Particulars) -> (String, String) {
    let lines = |one: &Particulars| -> Vec<String> {
        if one.addresses.is_empty() { vec![one.place.clone()] } else { one.addresses.iter().map(line).collect() }
    };
    let others = lines(other);
    let pairs = lines(one).into_iter().flat_map(|here| others.iter().map(move |there| (here.clone(), there.clone())));
    let likeness = |(here, there): &(String, String)| strsim::normalized_levenshtein(&fold(here), &fold(there));
    pairs.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or_default()
}

fn line(address: &Whereabouts) -> String {
    let parts = [&address.street, &address.city, &address.postcode];
    parts.iter().filter(|part| !part.is_empty()).map(|part| part.as_str()).collect::<Vec<_>>().join(", ")
}

fn spoken(one: &Particulars) -> &str {
    if one.name.is_empty() { &one.given } else { &one.name }
}

fn list(all: &[String]) -> String {
    all.join(", ")
}

fn shared<'a>(one: &'a [String], other: &[String], as_compared: impl Fn(&str) -> String) -> Option<&'a String> {
    one.iter().find(|a| other.iter().any(|b| as_compared(a) == as_compared(b)))
}
