//! Who may be in the book twice.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use wellmet_core::Result;
use wellmet_core::ids::PersonId;
use wellmet_core::people::duplicates::{self, Duplicate, Known, Level};

use super::answer::{Answer, count};
use super::opening::with_book;

#[derive(Serialize)]
struct Pairs {
    pairs: Vec<Pair>,
}

#[derive(Serialize)]
struct Pair {
    a: Who,
    b: Who,
    score: f64,
    level: Level,
    reasons: Vec<String>,
    /// What speaks against it.
    against: Vec<String>,
}

#[derive(Serialize)]
struct Who {
    id: PersonId,
    external_id: Option<String>,
    name: String,
}

pub async fn find(folder: &Path) -> Result<Answer> {
    with_book(folder, async |book| {
        let found = duplicates::find(&mut book.read().await?).await?;
        let pairs: Vec<Pair> = found.into_iter().map(pair).collect();
        let words = words(&pairs);
        Answer::new(&Pairs { pairs }, words)
    })
    .await
}

fn pair(found: Duplicate) -> Pair {
    let (fors, againsts): (Vec<_>, Vec<_>) = found.reasons.into_iter().partition(|reason| reason.speaks_for);
    let words = |reasons: Vec<duplicates::Reason>| reasons.into_iter().map(|reason| reason.words).collect();
    Pair {
        a: who(found.one),
        b: who(found.other),
        score: found.score,
        level: found.level,
        reasons: words(fors),
        against: words(againsts),
    }
}

fn who(known: Known) -> Who {
    Who { id: known.id, external_id: known.external_id, name: known.name }
}

fn words(pairs: &[Pair]) -> String {
    if pairs.is_empty() {
        return "Nobody seems to be in the book twice.".into();
    }
    let sure = pairs.iter().filter(|pair| pair.level == Level::Narrow).count();
    let number = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
    let mut words = format!(
        "{} may be one; {} so surely that they may be merged together.\n",
        count(number(pairs.len()), "pair", "pairs"),
        count(number(sure), "pair", "pairs"),
    );
    for pair in pairs {
        let _ = writeln!(words, "\n{} and {} ({:.0} %)", pair.a.name, pair.b.name, pair.score * 100.0);
        for reason in &pair.reasons {
            let _ = writeln!(words, "  {reason}");
        }
        for reason in &pair.against {
            let _ = writeln!(words, "  but: {reason}");
        }
    }
    words
}
