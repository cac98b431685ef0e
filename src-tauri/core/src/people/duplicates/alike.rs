//! How alike two texts of one kind are. All are folded.

use super::compare::Likeness;
use crate::people::names;

pub fn given(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    let (first_a, first_b) = (first_word(a), first_word(b));
    if joined(a) == joined(b) {
        return Near;
    }
    let (short, long) = if first_a.len() <= first_b.len() { (first_a, first_b) } else { (first_b, first_a) };
    if short.chars().count() == 1 {
        let begins = long.starts_with(short) || names::forms_of(long).any(|form| form.starts_with(short));
        return if begins { Initial } else { Different };
    }
    if first_a == first_b || names::same_given(first_a, first_b) || names::same_given(a, b) {
        return Form;
    }
    if slip_apart(&joined(a), &joined(b)) {
        return Near;
    }
    if short.chars().count() >= 3 && long.starts_with(short) {
        // Joseph and Josephine are two; Alessandra may well be Aless.
        return if names::is_full_form(short) && names::is_full_form(long) { NearNames } else { Form };
    }
    if slip_apart(first_a, first_b) {
        return Form;
    }
    if share_a_word(a, b) {
        return Part;
    }
    if slip_in_a_form(first_a, first_b) || slip_in_a_form(first_b, first_a) {
        return Form;
    }
    if sound_alike(first_a, first_b) { Sound } else { Different }
}

/// Joe beside "Joseh". Not Dorothy, who may be Dolly, beside Holly.
fn slip_in_a_form(known: &str, other: &str) -> bool {
    let slips = |form: &str| {
        form.chars().count() >= 5
            && form.chars().next() == other.chars().next()
            && strsim::osa_distance(form, other) <= 1
    };
    names::forms_of(other).next().is_none() && names::forms_of(known).any(slips)
}

/// Whether nobody would take these two for the names of two people: the same words, some of them left out or shortened.
/// Paul and Paula may be one letter apart by a slip, or married.
pub fn one_given(a: &str, b: &str) -> bool {
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (mut words_a, mut words_b) = (a.split(' '), b.split(' '));
    let (first_a, first_b) = (words_a.next().unwrap_or_default(), words_b.next().unwrap_or_default());
    let first = (first_a == first_b && first_a.chars().count() > 1) || names::is_short_form(first_a, first_b);
    let rest = |(one, other): (&str, &str)| {
        let initial = one.chars().count() == 1 || other.chars().count() == 1;
        one == other || (initial && one.chars().next() == other.chars().next())
    };
    joined(a) == joined(b) || (first && words_a.zip(words_b).all(rest))
}

pub fn family(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    let (whole_a, whole_b) = (joined(a), joined(b));
    if whole_a == whole_b || slip_apart(&whole_a, &whole_b) {
        return Near;
    }
    if share_a_word(a, b) {
        return Part;
    }
    let (short, long) = if whole_a.len() <= whole_b.len() { (&whole_a, &whole_b) } else { (&whole_b, &whole_a) };
    if short.chars().count() == 1 {
        return if long.starts_with(short.as_str()) { Initial } else { Different };
    }
    if sound_alike(&whole_a, &whole_b) { Sound } else { Different }
}

/// Eight digits, year first; 0 is not known.
pub fn days(a: u32, b: u32) -> Likeness {
    use Likeness::*;
    if a == 0 || b == 0 {
        return Unknown;
    }
    if a == b {
        return Same;
    }
    let (one, other) = (format!("{a:08}"), format!("{b:08}"));
    let parts = |day: u32| (day / 10_000, day / 100 % 100, day % 100);
    let ((year_a, month_a, day_a), (year_b, month_b, day_b)) = (parts(a), parts(b));
    if strsim::osa_distance(&one, &other) <= 1 || (year_a == year_b && month_a == day_b && day_a == month_b) {
        return Near;
    }
    let same = u8::from(year_a == year_b) + u8::from(month_a == month_b) + u8::from(day_a == day_b);
    if same == 2 { Part } else { Different }
}

/// Of two whole numbers: one digit is another, or two neighbours have changed places.
pub fn one_digit_apart(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.len() >= 9 && strsim::osa_distance(a, b) == 1
}

/// What many a firm's mailbox is called.
const MAILBOXES: &[&str] = &[
    "info",
    "office",
    "admin",
    "mail",
    "contact",
    "hello",
    "enquiries",
    "inquiries",
    "sales",
    "accounts",
    "reception",
    "team",
    "support",
    "members",
    "membership",
    "secretary",
    "kontakt",
    "buero",
];

pub fn is_mailbox(local: &str) -> bool {
    MAILBOXES.contains(&local)
}

/// Of two that are not the same.
pub fn emails(a: &str, b: &str) -> Likeness {
    let (Some((local_a, domain_a)), Some((local_b, domain_b))) = (a.rsplit_once('@'), b.rsplit_once('@')) else {
        return Likeness::Different;
    };
    if is_mailbox(local_a) || is_mailbox(local_b) {
        if domain_a == domain_b { Likeness::Part } else { Likeness::Different }
    } else if near_emails(local_a, domain_a, local_b, domain_b) {
        Likeness::Near
    } else if plain(local_a) == plain(local_b) {
        Likeness::Form
    } else if domain_a == domain_b {
        Likeness::Part
    } else {
        Likeness::Different
    }
}

fn near_emails(local_a: &str, domain_a: &str, local_b: &str, domain_b: &str) -> bool {
    let (one, other) = (plain(local_a), plain(local_b));
    if one == other {
        // What stands before the @ is the name more often than not, and says no more than that.
        return domain_a == domain_b || strsim::osa_distance(domain_a, domain_b) <= 2;
    }
    // The first letter is often all that tells a family apart, and the number all that tells namesakes apart.
    let digits = |local: &str| local.chars().filter(char::is_ascii_digit).collect::<String>();
    domain_a == domain_b
        && one.chars().count().min(other.chars().count()) >= 6
        && one.chars().next() == other.chars().next()
        && digits(&one) == digits(&other)
        && strsim::osa_distance(&one, &other) <= 1
}

fn plain(local: &str) -> String {
    local.split('+').next().unwrap_or_default().replace(['.', '_', '-'], "")
}

pub fn house_numbers(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    if a.is_empty() || b.is_empty() {
        return Unknown;
    }
    if a == b {
        return Same;
    }
    let digits = |word: &str| word.trim_end_matches(char::is_alphabetic).to_owned();
    let shares = a.split(' ').any(|one| b.split(' ').any(|other| digits(one) == digits(other)));
    if shares { Near } else { Different }
}

/// Streets without their numbers, with whatever else stands in an address.
pub fn ways(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    let (mut words_a, mut words_b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    words_a.sort_unstable();
    words_b.sort_unstable();
    if words_a == words_b || joined(a) == joined(b) {
        return Same;
    }
    if strsim::normalized_damerau_levenshtein(&joined(a), &joined(b)) >= 0.75 {
        return Near;
    }
    let (few, many) = if words_a.len() <= words_b.len() { (&words_a, &words_b) } else { (&words_b, &words_a) };
    let telling = |word: &&&str| word.chars().count() >= 4;
    let found = |word: &&&str| many.iter().any(|other| *other == **word || slip_apart(word, other));
    let (of, there) = (few.iter().filter(telling).count(), few.iter().filter(telling).filter(found).count());
    if of > 0 && of == there {
        return Near;
    }
    // "pridhamstreet" beside "pridham st milton".
    let run_together = |words: &[&str], whole: &str| {
        words.iter().filter(|word| word.chars().count() >= 5).any(|word| whole.contains(*word))
    };
    if there > 0 || run_together(&words_a, &joined(b)) || run_together(&words_b, &joined(a)) { Part } else { Different }
}

pub fn cities(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    if slip_apart(a, b) || strsim::jaro_winkler(a, b) >= 0.92 { Near } else { Different }
}

pub fn postcodes(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    if a.is_empty() || b.is_empty() {
        Unknown
    } else if a == b {
        Same
    } else if strsim::osa_distance(a, b) <= 1 {
        Near
    } else {
        Different
    }
}

pub fn organisations(a: &str, b: &str) -> Likeness {
    use Likeness::*;
    if joined(a) == joined(b) || strsim::jaro_winkler(a, b) >= 0.94 {
        return Near;
    }
    let (words_a, words_b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (few, many) = if words_a.len() <= words_b.len() { (&words_a, &words_b) } else { (&words_b, &words_a) };
    if few.len() >= 2 && few.iter().all(|word| many.contains(word)) { Near } else { Different }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

fn joined(text: &str) -> String {
    text.replace(' ', "")
}

fn share_a_word(a: &str, b: &str) -> bool {
    a.split(' ').filter(|word| word.chars().count() >= 3).any(|one| b.split(' ').any(|other| one == other))
}

/// One slip in a short word, two in a longer one.
fn slip_apart(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let most = match shorter {
        0..=2 => return false,
        3..=5 => 1,
        _ => 2,
    };
    strsim::osa_distance(a, b) <= most
}

fn sound_alike(a: &str, b: &str) -> bool {
    a.chars().count().min(b.chars().count()) >= 3 && strsim::jaro_winkler(a, b) >= 0.7 && names::same_sound(a, b)
}
