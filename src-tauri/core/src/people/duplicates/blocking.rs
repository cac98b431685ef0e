//! Who is compared with whom: everyone with everyone would be five thousand million pairs of a hundred thousand people.
//! Two people meet where they share a key; each key stands for one way in which a duplicate comes about.

use std::hash::{Hash as _, Hasher as _};

use super::alike;
use super::record::{People, Record};
use crate::people::names;

/// A key that more people have is too common to compare all of them: they are ordered by name, and neighbours compared.
/// Keys that say little by themselves are looked through less far.
const TELLING: (usize, usize) = (80, 12);
const SAYING_LITTLE: (usize, usize) = (24, 3);

/// The kinds of keys; what each is of stands in `keys_of`.
const LITTLE: [u8; 6] = [4, 9, 10, 11, 12, 15];

/// Pairs of places in `people.records`, the lower first, each once.
pub(super) fn candidates(people: &People) -> Vec<(u32, u32)> {
    let sounds: Vec<u32> = sounds(people);
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(people.records.len() * 12);
    let mut keys = Vec::new();
    for (at, record) in people.records.iter().enumerate() {
        keys.clear();
        keys_of(people, record, &sounds, &mut keys);
        keys.sort_unstable();
        keys.dedup();
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        keyed.extend(keys.iter().map(|key| (*key, at)));
    }
    keyed.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for block in keyed.chunk_by(|a, b| a.0 == b.0) {
        let little = LITTLE.iter().any(|kind| u64::from(*kind) == block[0].0 & 0xff);
        let (most, neighbours) = if little { SAYING_LITTLE } else { TELLING };
        if block.len() <= most {
            for (at, (_, one)) in block.iter().enumerate() {
                pairs.extend(block[at + 1..].iter().map(|(_, other)| (*one, *other)));
            }
        } else {
            let mut ordered: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
            let name = |at: &u32| {
                let record = &people.records[*at as usize];
                (people.names.text(record.family), people.names.text(record.given), record.birth, *at)
            };
            ordered.sort_unstable_by(|a, b| name(a).cmp(&name(b)));
            for (at, one) in ordered.iter().enumerate() {
                let next = ordered[at + 1..].iter().take(neighbours);
                pairs.extend(next.map(|other| (*one.min(other), *one.max(other))));
            }
        }
        // Most pairs meet under several keys: what is there twice is let go before it fills the memory.
        if pairs.len() > 32_000_000 {
            pairs.sort_unstable();
            pairs.dedup();
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The sound of each name's first word in its full form, as a number.
fn sounds(people: &People) -> Vec<u32> {
    let mut lexicon = super::record::Lexicon::default();
    let sound = |text: &str, lexicon: &mut super::record::Lexicon| {
        let word = text.split(' ').next().unwrap_or_default();
        let code: String = names::sound(names::short_for(word)).chars().take(4).collect();
        lexicon.number(&code)
    };
    people.names.texts.iter().map(|text| sound(text, &mut lexicon)).collect()
}

fn keys_of(people: &People, record: &Record, sounds: &[u32], keys: &mut Vec<u64>) {
    let sound = |name: u32| sounds.get(name as usize).copied().unwrap_or_default();
    let (given, family) = (sound(record.given), sound(record.family));
    let mut key = |kind: u8, parts: &[u32]| {
        if parts.iter().all(|part| *part > 0) {
            let mut hasher = std::hash::DefaultHasher::new();
            (kind, parts).hash(&mut hasher);
            // The kind stands in the key, for how far its blocks are looked through.
            keys.push((hasher.finish() & !0xff) | u64::from(kind));
        }
    };
    // Crosswise too: the two sounds, whichever comes first.
    key(1, &[given.min(family), given.max(family)]);
    if record.family == 0 || record.given == 0 {
        key(2, &[record.given.max(record.family)]);
    }
    key(3, &[record.birth]);
    for sound in [given, family] {
        key(4, &[sound, record.birth / 10_000]);
        key(5, &[sound, record.birth % 10_000]);
    }
    for phone in &record.phones {
        key(6, &[*phone]);
    }
    for email in &record.emails {
        key(7, &[*email]);
        let text = people.emails.text(*email);
        let (local, domain) = text.rsplit_once('@').unwrap_or((text, ""));
        if local.len() >= 6 && !alike::is_mailbox(local) {
            key(8, &[number_of(local)]);
        }
        key(9, &[number_of(domain), given]);
        key(9, &[number_of(domain), family]);
    }
    for home in &record.homes {
        let around = [home.city, home.postcode.wrapping_add(if home.postcode > 0 { 1 << 31 } else { 0 })];
        for place in around {
            key(10, &[place, home.number]);
            key(11, &[place, home.way]);
            key(12, &[place, given]);
            key(12, &[place, family]);
        }
        key(13, &[home.way, home.number]);
        for word in people.ways.text(home.way).split(' ').filter(|word| word.chars().count() >= 5) {
            let word = number_of(word);
            key(15, &[word, given]);
            key(15, &[word, family]);
            key(16, &[word, home.number]);
        }
    }
    for organisation in &record.organisations {
        key(14, &[*organisation, given]);
        key(14, &[*organisation, family]);
    }
}

fn number_of(text: &str) -> u32 {
    let mut hasher = std::hash::DefaultHasher::new();
    text.hash(&mut hasher);
    let hash = hasher.finish();
    u32::try_from(hash >> 32).unwrap_or(u32::MAX).max(1)
}
