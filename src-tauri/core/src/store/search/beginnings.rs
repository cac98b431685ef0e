//! A word as far as it was typed: what begins so, and what was meant where a finger slipped.

use sqlx::Row;

use crate::error::Result;
use crate::store::Db;

/// A beginning of no more words than these stands for the words themselves, which the index can follow one hit at a time;
/// of a beginning it collects every hit first, which takes long where a word is on everyone's record.
const FEW_TERMS: usize = 24;
/// The beginnings that the index has gathered beforehand.
const GATHERED: usize = 3;

/// Quoted, so that nothing a person types is an operator.
pub(super) fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

fn is_long(word: &str) -> bool {
    word.chars().count() > GATHERED
}

/// `gathers`: set where the index would collect every hit.
pub(super) async fn beginning(db: &mut Db, word: &str, gathers: &mut bool) -> Result<String> {
    let any = format!("{}*", quoted(word));
    if !is_long(word) {
        return Ok(any);
    }
    // What is folded otherwise than here is not among the terms.
    let terms = if word.is_ascii() { Some(terms(db, word).await?) } else { None };
    Ok(match terms {
        // Nobody has such a word; the index says so at once.
        Some(terms) if terms.is_empty() => quoted(word),
        Some(terms) if terms.len() <= FEW_TERMS => {
            format!("({})", terms.iter().map(|term| quoted(term)).collect::<Vec<_>>().join(" OR "))
        }
        _ => {
            *gathers = true;
            any
        }
    })
}

/// The words of the index that begin so, one more than [`FEW_TERMS`] at most. From each the next is sought, past all of its
/// hits.
async fn terms(db: &mut Db, word: &str) -> Result<Vec<String>> {
    let sql = "WITH RECURSIVE t (term) AS ( \
          SELECT (SELECT term FROM person_terms WHERE term >= $1 AND term < $2 LIMIT 1) \
          UNION ALL SELECT (SELECT v.term FROM person_terms v WHERE v.term >= t.term || char(1) AND v.term < $2 LIMIT 1) \
            FROM t WHERE t.term IS NOT NULL LIMIT $3) \
        SELECT term FROM t WHERE term IS NOT NULL";
    let rows = sqlx::query(sql)
        .bind(word)
        .bind(format!("{word}\u{10FFFF}"))
        .bind(FEW_TERMS as u32 + 1)
        .fetch_all(db.connection())
        .await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// A word of fewer letters may become anything by one slip.
const LEAST_LETTERS: usize = 4;
/// As many words stand for one that was mistyped.
const MOST_SLIPS: usize = 8;

/// What was meant where one finger slipped: a letter too many, one too few, another one, or two the wrong way round
/// (Damerau, 1964: four of five misspelt words are one of these).
pub(super) fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < LEAST_LETTERS || !letters.iter().all(|letter| letter.is_alphabetic()) {
        return Vec::new();
    }
    let mut slips = Vec::new();
    let mut add = |from: usize, to: usize, between: &[char]| {
        slips.push(letters[..from].iter().chain(between).chain(&letters[to..]).collect::<String>());
    };
    for at in 0..letters.len() {
        add(at, at + 1, &[]);
        if let [one, other] = letters[at..(at + 2).min(letters.len())] {
            add(at, at + 2, &[other, one]);
        }
        for letter in 'a'..='z' {
            add(at, at + 1, &[letter]);
            add(at, at, &[letter]);
        }
    }
    slips.sort_unstable();
    slips.dedup();
    slips.retain(|slip| slip != word);
    slips
}

/// Those of the `beginnings`, in their order, with which a word begins that somebody or something is called by; [`MOST_SLIPS`]
/// at most. From one the next word is sought: all those before it are nobody's.
pub(super) async fn known(db: &mut Db, beginnings: Vec<String>) -> Result<Vec<String>> {
    let mut known = Vec::new();
    let mut rest = &beginnings[..];
    while let Some(first) = rest.first().filter(|_| known.len() < MOST_SLIPS) {
        let next = "SELECT word FROM called_word WHERE word >= $1 ORDER BY word LIMIT 1";
        let next: Option<String> = sqlx::query_scalar(next).bind(first).fetch_optional(db.connection()).await?;
        let Some(next) = next else { break };
        let passed = rest.iter().position(|each| *each > next || next.starts_with(each.as_str()));
        rest = &rest[passed.unwrap_or(rest.len())..];
        while let Some(each) = rest.first().filter(|each| next.starts_with(each.as_str())) {
            known.push(each.clone());
            rest = &rest[1..];
        }
    }
    known.truncate(MOST_SLIPS);
    Ok(known)
}
