//! What people are called: folded for search, split without losing a letter, and told apart when they sound alike.
//!
//! No rule here is right for every culture. So nothing typed is thrown away or re-cased: `given`, `family` and the name
//! as one says it are kept beside each other, and a person can mend any of them.

mod nicknames;
mod sound;
mod split;

use unicode_normalization::UnicodeNormalization;

pub use nicknames::{forms_of, is_full_form, is_short_form, same_given, short_for};
pub use sound::{code as sound, share_a_code as same_sound, sound_key, sounds_like, without_brackets};
pub use split::{Split, split};

/// For search and comparison: one case, no accents, letters that only some keyboards have as those that all have,
/// apostrophes dropped, other punctuation as one space. Other scripts keep their letters.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for mark in text.nfkd().flat_map(char::to_lowercase).filter(|mark| !is_dropped(*mark)) {
        let letters = plain_letters(mark);
        if letters.is_none() && !mark.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(mark) {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        match letters {
            Some(letters) => folded.push_str(letters),
            None => folded.push(mark),
        }
    }
    folded.nfc().collect()
}

/// The same for letters that need no table: of a list of a million, most do not.
fn fold_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for mark in text.chars().filter(|mark| !is_dropped(*mark)) {
        if !mark.is_ascii_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        folded.push(mark.to_ascii_lowercase());
    }
    folded
}

/// As [`fold`], with the marks that it drops: C++ and C# are two. Not with those that one may write or not, and without spaces.
pub fn fold_closely(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let may_be_missing = |mark: &char| is_dropped(*mark) || mark.is_whitespace() || matches!(mark, '.' | ',');
    for mark in text.nfkd().flat_map(char::to_lowercase).filter(|mark| !may_be_missing(mark)) {
        match (plain_letters(mark), mark) {
            (Some(letters), _) => folded.push_str(letters),
            (None, '\u{2010}'..='\u{2015}' | '−') => folded.push('-'),
            (None, '“' | '”' | '„' | '‟') => folded.push('"'),
            (None, mark) => folded.push(mark),
        }
    }
    folded.nfc().collect()
}

/// Orders people as a printed list does: family first, folded.
pub fn sort_key(given: &str, family: &str) -> String {
    joined([fold(family).as_str(), fold(given).as_str()])
}

/// The two parts as one says them: family first and without a space in Chinese, Japanese and Korean writing.
pub fn spoken(given: &str, family: &str) -> String {
    let (given, family) = (given.trim(), family.trim());
    if !given.is_empty() && !family.is_empty() && is_east_asian(given) && is_east_asian(family) {
        return format!("{family}{given}");
    }
    joined([given, family])
}

/// At most two letters that stand for a person on a small disc. Empty for a name without letters.
pub fn initials(given: &str, family: &str) -> String {
    let first = |part: &str| part.nfc().find(|mark| mark.is_alphanumeric()).map(|mark| mark.to_uppercase().to_string());
    let (given_first, family_first) = (first(given), first(main_part(family)));
    if is_east_asian(family) || is_east_asian(given) {
        return family_first.or(given_first).unwrap_or_default();
    }
    [given_first, family_first].into_iter().flatten().collect()
}

/// The family name without the particles before it: `Berg` of `van der Berg`.
fn main_part(family: &str) -> &str {
    let mut rest = family.trim();
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        if !split::is_particle(first) || after.trim().is_empty() {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Han, kana and hangul: scripts whose names put the family first and need no space.
fn is_east_asian(text: &str) -> bool {
    let mut letters = text.chars().filter(|mark| mark.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|mark| {
            matches!(mark as u32, 0x1100..=0x11FF | 0x3005..=0x30FF | 0x3130..=0x318F | 0x31F0..=0x31FF
                | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
        })
}

/// Accents, vowel points and letters' stretching: written or not, the name is the same. Marks that are letters of
/// their own in Indic scripts or kana stay. Apostrophes vanish, so that O'Neill is found as oneill.
fn is_dropped(mark: char) -> bool {
    matches!(mark as u32,
        0x0300..=0x036F | 0x0483..=0x0487 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x0640 | 0x064B..=0x065F | 0x0670
        | 0x06D6..=0x06ED | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069
        | 0x20D0..=0x20FF | 0xFE20..=0xFE2F | 0xFEFF)
        || matches!(mark, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʾ' | 'ʿ' | '`' | '´' | '\u{ad}')
}

/// Letters that decomposition leaves whole.
fn plain_letters(mark: char) -> Option<&'static str> {
    Some(match mark {
        'ø' => "o",
        'ł' => "l",
        'ß' | 'ẞ' => "ss",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ə' => "e",
        'ɛ' => "e",
        'ɔ' => "o",
        'ƙ' => "k",
        'ɗ' => "d",
        'ɓ' => "b",
        'ς' => "σ",
        'ى' => "ي",
        'ة' => "ه",
        _ => return None,
    })
}
