//! A full name in one cell, taken apart.

use super::{is_east_asian, joined, spoken};

/// A full name, taken apart. The parts hold what was typed, white space aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    pub title: String,
    pub given: String,
    pub family: String,
    pub suffix: String,
}

impl Split {
    /// As one says it: "Dr Margaret O'Donnell OAM".
    pub fn spoken(&self) -> String {
        joined([self.title.as_str(), spoken(&self.given, &self.family).as_str(), self.suffix.as_str()])
    }
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lady",
    "lord",
    "rev",
    "reverend",
    "revd",
    "hon",
    "fr",
    "sr",
    "capt",
    "captain",
    "col",
    "lt",
    "sgt",
    "cllr",
    "senator",
    "herr",
    "frau",
    "hr",
    "fru",
    "mme",
    "mlle",
    "monsieur",
    "madame",
    "maître",
    "dott",
    "dottssa",
    "avv",
    "ing",
    "dipl",
    "dipling",
    "mag",
    "sig",
    "sigra",
    "señor",
    "señora",
    "sra",
    "srta",
    "doña",
    "dhr",
    "mevr",
    "mw",
    "pan",
    "pani",
    "tuan",
    "puan",
    "datuk",
    "dato",
    "datin",
    "haji",
    "hajah",
    "shri",
    "smt",
    "kumari",
    "ustaz",
    "sheikh",
    "shaikh",
    "rabbi",
    "imam",
];

/// Titles that go with the given name, so that a lone name after them is no family name.
const GIVEN_TITLES: &[&str] = &[
    "sir", "dame", "lady", "sheikh", "shaikh", "haji", "hajah", "datuk", "dato", "datin", "fr", "rabbi", "imam", "doña",
];

/// After a name, with or without a comma.
const SUFFIXES: &[&str] = &[
    "jr", "jnr", "junior", "sr", "snr", "ii", "iii", "iv", "phd", "dphil", "mbbs", "mba", "obe", "mbe", "cbe", "kbe",
    "dbe", "oam", "psm", "csc", "esq", "cpa", "fcpa", "aicd", "faicd", "gaicd", "llb", "llm", "bsc", "msc", "frcp",
    "facs", "dds", "ret", "retd", "onzm", "mnzm", "qso",
];

/// Letters after a name that are also family names (Yo-Yo Ma, Kim Do): only after a comma.
const SUFFIXES_AFTER_COMMA: &[&str] = &[
    "ma", "ba", "md", "rn", "am", "ao", "ac", "kc", "qc", "sc", "ca", "jp", "mp", "do", "od", "pe", "cfp", "vc", "oc",
    "om",
];

/// Belong to the family name that follows them. Capitalised or not.
const PARTICLES: &[&str] = &[
    "van", "von", "vom", "vander", "vanden", "de", "den", "der", "des", "da", "das", "dos", "du", "di", "del", "della",
    "dello", "dei", "degli", "dal", "dalla", "la", "las", "los", "lo", "bin", "binti", "binte", "bint", "ibn", "bat",
    "a/l", "a/p", "s/o", "d/o", "abu", "al", "el", "as", "ash", "ad", "af", "av", "zu", "zum", "zur", "ter", "te",
    "ten", "'t", "van't", "st", "san", "santa", "ap", "ab", "ferch", "ní", "nic", "uí", "ó", "op", "tot", "thoe",
    "vande",
];

/// Particles only where they are written small: capitalised they are names (Ben, Le, Do, Mac).
const SMALL_PARTICLES: &[&str] = &["ben", "le", "les", "do", "mac", "e", "y", "i", "d", "und", "of", "op", "auf", "in"];

/// Tie the family names on both sides together.
const JOINERS: &[&str] = &["y", "e", "i", "und"];

/// Takes a full name apart. One that cannot be is `given` alone; letters are never lost.
pub fn split(full: &str) -> Split {
    let full = joined_words(full);
    if is_east_asian(&full) {
        return east_asian(&full);
    }
    let mut parts: Vec<&str> = full.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut suffixes = Vec::new();
    while parts.len() > 1 && parts.last().is_some_and(|part| is_suffix_list(part)) {
        suffixes.insert(0, parts.pop().unwrap_or_default());
    }
    // "King, Jr., Martin Luther"
    if parts.len() == 3 && is_suffix_list(parts[1]) {
        suffixes.insert(0, parts.remove(1));
    }
    let mut split = match parts.as_slice() {
        [] => Split::default(),
        [one] => in_speaking_order(one),
        [family, given @ ..] => in_list_order(family, &given.join(", ")),
    };
    if !suffixes.is_empty() {
        split.suffix = joined([split.suffix.as_str(), suffixes.join(", ").as_str()]);
    }
    split
}

pub(super) fn is_particle(word: &str) -> bool {
    let lower = word.to_lowercase().replace('’', "'");
    let lower = lower.trim_end_matches('.');
    PARTICLES.contains(&lower) || (SMALL_PARTICLES.contains(&lower) && word.starts_with(char::is_lowercase))
}

fn in_list_order(family: &str, given: &str) -> Split {
    let given = given.split_whitespace().collect::<Vec<_>>();
    let titled = leading_titles(&given);
    let (title, given) = given.split_at(titled);
    let mut family = family.split_whitespace().collect::<Vec<_>>();
    let suffix = trailing_suffixes(&mut family);
    let mut split = Split { title: title.join(" "), given: given.join(" "), family: family.join(" "), suffix };
    let titled = leading_titles(&family);
    if split.title.is_empty() && titled > 0 && titled < family.len() {
        split.title = family[..titled].join(" ");
        split.family = family[titled..].join(" ");
    }
    // "Berg, Anna van der"
    let words: Vec<&str> = split.given.split_whitespace().collect();
    let particles =
        words.iter().rev().take_while(|word| is_particle(word) && word.starts_with(char::is_lowercase)).count();
    if particles > 0 && particles < words.len() {
        let (given, before_family) = words.split_at(words.len() - particles);
        split.family = format!("{} {}", before_family.join(" "), split.family);
        split.given = given.join(" ");
    }
    split
}

fn in_speaking_order(name: &str) -> Split {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let suffix = trailing_suffixes(&mut words);
    // A title alone is a name ("Dean", "Sir"): at least one word remains.
    let titled = leading_titles(&words).min(words.len().saturating_sub(1));
    let (title, words) = words.split_at(titled);
    let title = title.join(" ");
    let (given, family) = match words {
        [] => (String::new(), String::new()),
        [one] if !title.is_empty() && !goes_with_given(&title) => (String::new(), (*one).to_owned()),
        [one] => ((*one).to_owned(), String::new()),
        words => {
            let capitals = leading_capitals(words);
            let at = if capitals > 0 { capitals } else { family_start(words) };
            let (first, second) = words.split_at(at);
            if capitals > 0 { (second.join(" "), first.join(" ")) } else { (first.join(" "), second.join(" ")) }
        }
    };
    Split { title, given, family, suffix }
}

/// Where the family name begins: the last word, with its particles and what "y" or "e" ties to it.
fn family_start(words: &[&str]) -> usize {
    if words[0].starts_with(char::is_lowercase) && is_particle(words[0]) {
        return 0;
    }
    // "Jane Smith (née Brown)" and the like stay with the family name.
    let mut at = words.len() - 1;
    while at > 1 && words[at..].iter().all(|word| in_brackets(words, word)) {
        at -= 1;
    }
    loop {
        if at > 1 && is_particle(words[at - 1]) && !JOINERS.contains(&words[at - 1]) {
            at -= 1;
        } else if at > 2 && JOINERS.contains(&words[at - 1]) {
            at -= 2;
        } else {
            return at;
        }
    }
}

fn in_brackets(words: &[&str], word: &str) -> bool {
    let open = words.iter().rposition(|other| other.starts_with(['(', '[']));
    let here = words.iter().position(|other| std::ptr::eq(*other, word));
    words.last().is_some_and(|last| last.ends_with([')', ']']))
        && open.zip(here).is_some_and(|(open, here)| here >= open)
}

/// "DUPONT Jean-Marie", "KIM Min-jun": how many words in front are capitals alone, where others are not.
fn leading_capitals(words: &[&str]) -> usize {
    let loud = |word: &&&str| {
        let letters = word.chars().filter(|mark| mark.is_alphabetic()).count();
        // A vowel, so that J.R.R. and other initials do not count.
        letters >= 3
            && !word.contains('.')
            && !word.chars().any(char::is_lowercase)
            && word.chars().any(char::is_uppercase)
            && word.to_lowercase().contains(|mark: char| "aeiouyäöüéèáàíóúø".contains(mark))
    };
    let count = words.iter().take_while(loud).count();
    if count < words.len() && words[count..].iter().all(|word| word.chars().any(char::is_lowercase)) {
        count
    } else {
        0
    }
}

fn leading_titles(words: &[&str]) -> usize {
    words.iter().take_while(|word| TITLES.contains(&bare(word).as_str())).count()
}

fn goes_with_given(title: &str) -> bool {
    title.split(' ').next_back().is_some_and(|last| GIVEN_TITLES.contains(&bare(last).as_str()))
}

fn trailing_suffixes(words: &mut Vec<&str>) -> String {
    let mut suffixes = Vec::new();
    while words.len() > 2 && words.last().is_some_and(|word| SUFFIXES.contains(&bare(word).as_str())) {
        suffixes.insert(0, words.pop().unwrap_or_default());
    }
    suffixes.join(" ")
}

fn is_suffix_list(part: &str) -> bool {
    !part.is_empty()
        && part.split_whitespace().all(|word| {
            let plain = bare(word);
            SUFFIXES.contains(&plain.as_str())
                || (SUFFIXES_AFTER_COMMA.contains(&plain.as_str()) && !word.chars().any(char::is_lowercase))
        })
}

fn bare(word: &str) -> String {
    word.chars().filter(|mark| !matches!(mark, '.' | '-')).flat_map(char::to_lowercase).collect()
}

/// With a space the family comes first; without one nobody but the person knows where it ends.
fn east_asian(full: &str) -> Split {
    match full.split(' ').collect::<Vec<_>>().as_slice() {
        [family, given] => Split { family: (*family).into(), given: (*given).into(), ..Split::default() },
        _ => Split { given: full.into(), ..Split::default() },
    }
}

fn joined_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
