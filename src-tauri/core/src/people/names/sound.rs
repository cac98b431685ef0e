//! Names that a listener could take for each other.
//!
//! It errs towards yes: the price of a yes is one question before dialling, the price of a no is the wrong person.

use std::borrow::Cow;

use rphonetic::DoubleMetaphone;

use super::nicknames::{same_given, short_for};
use super::{fold, split};

const CODE_MAX: usize = 6;

/// What two names share when they may sound alike, for finding candidates by an index. [`sounds_like`] decides.
pub fn sound_key(given: &str, family: &str) -> String {
    let (given, family) = (words(given), words(family));
    let family = main_words(&family);
    let last = family.last().copied().or(given.last().map(String::as_str));
    let first = given.first().filter(|_| !family.is_empty());
    let lead: String = first.map(|word| code(short_for(word)).chars().take(2).collect()).unwrap_or_default();
    format!("{}.{lead}", last.map(code).unwrap_or_default())
}

/// Whether someone on the phone, or a caller with a list, could mistake one of these people for the other.
/// Each is (given, family); either part may be empty.
pub fn sounds_like(a: (&str, &str), b: (&str, &str)) -> bool {
    let (a, b) = ((words(a.0), words(a.1)), (words(b.0), words(b.1)));
    let mut all_a: Vec<&String> = a.0.iter().chain(&a.1).collect();
    let mut all_b: Vec<&String> = b.0.iter().chain(&b.1).collect();
    if all_a.is_empty() || all_b.is_empty() {
        return false;
    }
    all_a.sort();
    all_b.sort();
    if all_a == all_b {
        return true;
    }
    if a.1.is_empty() || b.1.is_empty() {
        // One of them has a single name: it is compared with the other's parts whole.
        let (single, other) = if a.1.is_empty() { (&a.0, &b) } else { (&b.0, &a) };
        return alike_given(single, &other.0) || alike_family(single, &other.1);
    }
    (alike_family(&a.1, &b.1) && alike_given(&a.0, &b.0)) || (alike_family(&a.0, &b.1) && alike_family(&a.1, &b.0))
}

/// Folded words, without what stands in brackets.
fn words(part: &str) -> Vec<String> {
    let folded = fold(&without_brackets(part));
    folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A name without what stands in brackets; one that stands in brackets whole is itself.
pub fn without_brackets(name: &str) -> Cow<'_, str> {
    if !name.contains(['(', '[']) {
        return Cow::Borrowed(name);
    }
    let mut depth = 0_u32;
    let plain: String = name
        .chars()
        .filter(|mark| match mark {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    if plain.trim().is_empty() { Cow::Borrowed(name) } else { Cow::Owned(plain) }
}

/// Without particles; a name of particles alone is itself.
fn main_words(family: &[String]) -> Vec<&str> {
    let main: Vec<&str> = family.iter().map(String::as_str).filter(|word| !split::is_particle(word)).collect();
    if main.is_empty() { family.iter().map(String::as_str).collect() } else { main }
}

/// One of the names of a double-barrelled family is enough.
fn alike_family(a: &[String], b: &[String]) -> bool {
    let (main_a, main_b) = (main_words(a), main_words(b));
    alike(&a.concat(), &b.concat())
        || alike(&main_a.concat(), &main_b.concat())
        || main_a.iter().any(|a| main_b.iter().any(|b| alike(a, b)))
}

fn alike_given(a: &[String], b: &[String]) -> bool {
    let (Some(first_a), Some(first_b)) = (a.first(), b.first()) else { return true };
    if alike(&a.concat(), &b.concat())
        || a.iter().any(|a| b.iter().any(|b| a.chars().count() > 1 && (same_given(a, b) || alike(a, b))))
    {
        return true;
    }
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    initial(first_a, first_b) || initial(first_b, first_a)
}

/// Two folded words: a slip of the finger apart, or the same sounds.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return !a.is_empty();
    }
    if a.is_empty() || b.is_empty() {
        return false;
    }
    if umlauts(a) == umlauts(b) {
        return true;
    }
    let shorter = a.chars().count().min(b.chars().count());
    let slips = strsim::osa_distance(a, b);
    if slips <= [0, 0, 0, 0, 1, 1, 1, 1].get(shorter).copied().unwrap_or(2) {
        return true;
    }
    // Same code, and not only because both are short: "Lee" and "Loh" share one.
    let similar = strsim::jaro_winkler(a, b);
    shorter >= 3 && similar >= 0.7 && share_a_code(a, b)
}

/// German and Scandinavian names written for keyboards without their letters.
fn umlauts(word: &str) -> String {
    word.replace("ue", "u").replace("oe", "o").replace("ae", "a").replace("aa", "a")
}

/// Whether two folded words may be said alike.
pub fn share_a_code(a: &str, b: &str) -> bool {
    if !is_latin(a) || !is_latin(b) {
        return false;
    }
    let metaphone = DoubleMetaphone::new(Some(CODE_MAX));
    let (a, b) = (metaphone.double_metaphone(a), metaphone.double_metaphone(b));
    let (a, b) = ([a.primary(), a.alternate()], [b.primary(), b.alternate()]);
    a.iter().any(|code| !code.is_empty() && b.contains(code))
}

/// The sounds of a folded Latin word; another script's word is its own code.
pub fn code(word: &str) -> String {
    if !is_latin(word) {
        return word.to_owned();
    }
    let code = DoubleMetaphone::new(Some(CODE_MAX)).double_metaphone(word).primary();
    if code.is_empty() { word.to_owned() } else { code }
}

fn is_latin(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}
