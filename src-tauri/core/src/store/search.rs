//! The search index: two FTS5 tables, and the words that anybody or anything is called by. Only `store` knows it.

mod beginnings;
mod index;

use std::cmp::Reverse;
use std::collections::HashSet;

use sqlx::AssertSqlSafe;

use super::Db;
use crate::error::Result;
use crate::ids::PersonId;
use beginnings::{beginning, known, quoted, slips};
pub(super) use index::{index_from, last, reindex_all, reindex_touched};

/// As many hits are looked at one by one: who waits, who was lately in touch, whose name it is.
const RANKED: u32 = 200;
/// Of so many who wait, are owed something or were in touch last, each is asked whether the words mean them.
const MATTERING: u32 = 100;
/// As many of those are asked at a time, until there are enough.
const ASKED_AT_ONCE: usize = 50;
/// Of so many of the newest hits it is asked who is called so.
const LOOKED_THROUGH: u32 = 500;

/// What was typed, as the index is asked for it.
pub struct Asked {
    index: Index,
    expression: String,
    words: Vec<String>,
    /// The index collects every hit before it shows one.
    gathers: bool,
    address: Option<Address>,
}

/// Also whoever has an e-mail address that begins so, and is meant by the other words.
struct Address {
    begins: String,
    others: String,
}

impl Address {
    fn end(&self) -> String {
        format!("{}\u{10FFFF}", self.begins)
    }

    async fn is_anyones(&self, db: &mut Db) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM reach WHERE value >= $1 AND value < $2)";
        Ok(sqlx::query_scalar(sql).bind(&self.begins).bind(self.end()).fetch_one(db.connection()).await?)
    }

    /// Which of the words an address may begin with: the only one, or the first with a number in it.
    fn among(words: &[String], parts: &[String]) -> Option<Self> {
        let is_part = |word: &String| word.bytes().all(|b| b.is_ascii_alphanumeric());
        let at = match words {
            [_] => 0,
            _ => words.iter().position(|word| word.bytes().any(|b| b.is_ascii_digit()))?,
        };
        is_part(&words[at]).then(|| Self {
            begins: words[at].clone(),
            others: parts
                .iter()
                .enumerate()
                .filter(|(each, _)| *each != at)
                .map(|(_, part)| part.as_str())
                .collect::<Vec<_>>()
                .join(" AND "),
        })
    }
}

#[derive(Clone, Copy)]
enum Index {
    Words,
    Digits,
}

impl Index {
    fn table(self) -> &'static str {
        match self {
            Self::Words => "person_words",
            Self::Digits => "person_digits",
        }
    }
}

impl Asked {
    /// A word beginning with each of those typed: in a name, organisation, e-mail, tag, fact, field or place. `folded`: as names
    /// are folded, without accents and apostrophes; names stand in the index so too, and all else only as it was written.
    pub async fn words(db: &mut Db, typed: &str, folded: Vec<String>) -> Result<Option<Self>> {
        let mut gathers = false;
        let mut parts = Vec::with_capacity(folded.len());
        for word in &folded {
            parts.push(beginning(db, word, &mut gathers).await?);
        }
        let address = match Address::among(&folded, &parts) {
            Some(address) if address.is_anyones(db).await? => Some(address),
            _ => None,
        };
        let mut expression = parts.join(" AND ");
        let written: Vec<String> = typed
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        if !folded.is_empty() && written != folded {
            let mut parts = Vec::with_capacity(written.len());
            for word in &written {
                parts.push(beginning(db, word, &mut gathers).await?);
            }
            expression = format!("({expression}) OR ({})", parts.join(" AND "));
        }
        Ok((!folded.is_empty()).then_some(Self { index: Index::Words, expression, words: folded, gathers, address }))
    }

    /// As [`Asked::words`], of words that are one slip of the finger away from those typed, where there are such.
    pub async fn near(db: &mut Db, folded: Vec<String>) -> Result<Option<Self>> {
        let mut gathers = false;
        let mut parts = Vec::with_capacity(folded.len());
        for word in &folded {
            let mut all = vec![beginning(db, word, &mut gathers).await?];
            for slip in known(db, slips(word)).await? {
                all.push(beginning(db, &slip, &mut gathers).await?);
            }
            parts.push(format!("({})", all.join(" OR ")));
        }
        let expression = parts.join(" AND ");
        Ok((!folded.is_empty()).then_some(Self {
            index: Index::Words,
            expression,
            words: folded,
            gathers,
            address: None,
        }))
    }

    /// A number that holds these digits; at least three of them.
    pub fn digits(digits: &str) -> Option<Self> {
        let fits = digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self {
            index: Index::Digits,
            expression: quoted(digits),
            words: Vec::new(),
            gathers: false,
            address: None,
        })
    }

    /// An e-mail address that begins so.
    pub fn address(typed: &str) -> Self {
        let address = Address { begins: typed.to_lowercase(), others: String::new() };
        // No word of an index holds what parts them.
        let nobody = quoted("");
        Self { index: Index::Words, expression: nobody, words: Vec::new(), gathers: false, address: Some(address) }
    }
}

/// The parameters of every statement here: the words, how many, from which address to which, and the other words.
macro_rules! bound {
    ($query:expr, $asked:expr, $limit:expr) => {{
        let address = $asked.address.as_ref();
        $query
            .bind(&$asked.expression)
            .bind($limit)
            .bind(address.map_or("", |address| &address.begins))
            .bind(address.map_or(String::new(), Address::end))
            .bind(address.map_or("", |address| &address.others))
    }};
}

impl Asked {
    /// Whether this means the person `p`: asked of each, or of all at once where the index would gather every hit for each.
    fn means(&self) -> String {
        let table = self.index.table();
        let by_index = if self.gathers {
            format!("p.seq IN (SELECT rowid FROM {table} WHERE {table} MATCH $1)")
        } else {
            format!("EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH $1 AND rowid = p.seq)")
        };
        if self.address.is_none() {
            return by_index;
        }
        let others = self.others();
        format!(
            "({by_index} OR EXISTS (SELECT 1 FROM reach r WHERE r.person_id = p.id AND r.kind = 'email' \
               AND r.value >= $3 AND r.value < $4) {others})"
        )
    }

    /// And the other words mean them, where an address is one of several.
    fn others(&self) -> &'static str {
        match &self.address {
            Some(address) if !address.others.is_empty() => {
                "AND EXISTS (SELECT 1 FROM person_words WHERE person_words MATCH $5 AND rowid = p.seq)"
            }
            _ => "",
        }
    }

    /// The `seq` of those whom this means, the newest first; $2 at most.
    fn hits(&self) -> String {
        let table = self.index.table();
        let by_index = format!("SELECT rowid AS seq FROM {table} WHERE {table} MATCH $1 ORDER BY rowid DESC LIMIT $2");
        if self.address.is_none() {
            return by_index;
        }
        let others = self.others();
        format!(
            "SELECT seq FROM (SELECT * FROM ({by_index}) UNION SELECT * FROM ( \
               SELECT p.seq FROM reach r JOIN person p ON p.id = r.person_id \
               WHERE r.value >= $3 AND r.value < $4 AND r.kind = 'email' AND p.removed_ms IS NULL {others} LIMIT $2)) \
             ORDER BY seq DESC LIMIT $2"
        )
    }

    fn select(&self) -> String {
        self.select_of("p.id")
    }

    fn select_of(&self, what: &str) -> String {
        format!("SELECT {what} FROM ({}) h JOIN person p ON p.seq = h.seq", self.hits())
    }

    /// Read one by one: of a million rows as the driver holds them nobody has room for.
    async fn ids(&self, db: &mut Db, sql: String, limit: u32) -> Result<Vec<PersonId>> {
        Ok(bound!(sqlx::query_scalar(AssertSqlSafe(sql)), self, limit).fetch_all(db.connection()).await?)
    }
}

/// Those who wait or are owed something and whom this means, the longest waiting first; at most `limit`. From the few who wait
/// to those whom the index names, and not the other way: a name may have many bearers.
pub async fn waiting(db: &mut Db, asked: &Asked, limit: u32) -> Result<Vec<PersonId>> {
    let means = asked.means();
    let sql = format!(
        "SELECT p.id FROM (SELECT person_id, MIN(since) AS since FROM ( \
           SELECT person_id, clock_ms AS since FROM inquiry WHERE state = 'open' \
           UNION ALL SELECT person_id, made_ms FROM promise WHERE state = 'open') GROUP BY person_id) w \
         JOIN person p ON p.id = w.person_id \
         WHERE {means} ORDER BY w.since LIMIT $2"
    );
    asked.ids(db, sql, limit).await
}

/// Whether this means anyone at all.
pub async fn anyone(db: &mut Db, asked: &Asked) -> Result<bool> {
    Ok(!asked.ids(db, asked.select(), 1).await?.is_empty())
}

/// Everyone whom this means, the newest first.
pub async fn all(db: &mut Db, asked: &Asked) -> Result<Vec<PersonId>> {
    asked.ids(db, asked.select(), u32::MAX).await
}

/// Those whom this means, who matter most first: whoever waits or is owed something, whoever was lately in touch, whoever is
/// called so, and then the others; at most `limit`.
pub async fn best(db: &mut Db, asked: &Asked, limit: u32) -> Result<Vec<PersonId>> {
    let sql = asked.select_of("p.id, p.sort_key");
    let newest = bound!(sqlx::query_as(AssertSqlSafe(sql)), asked, LOOKED_THROUGH.max(limit));
    let newest: Vec<(PersonId, String)> = newest.fetch_all(db.connection()).await?;
    if newest.len() <= RANKED as usize {
        let mut ranked = ranked(db, asked).await?;
        ranked.truncate(limit as usize);
        return Ok(ranked);
    }
    // Too many to look at each: of those who matter it is asked whether they are meant, and the others follow.
    let mut best = mattering(db, asked, limit).await?;
    if best.len() < limit as usize {
        best.extend(of_the_family(db, asked, limit).await?);
        let called = |name: &str| asked.words.iter().all(|word| name.split(' ').any(|part| part.starts_with(word)));
        best.extend(newest.iter().filter(|(_, name)| called(name)).map(|(id, _)| *id));
    }
    best.extend(newest.iter().map(|(id, _)| *id));
    let mut seen = HashSet::new();
    best.retain(|id| seen.insert(*id));
    best.truncate(limit as usize);
    Ok(best)
}

/// Whose family is called so, where one word was typed: the index would go through all hits of a word that stands on
/// everyone's record to say that it is nobody's name.
async fn of_the_family(db: &mut Db, asked: &Asked, limit: u32) -> Result<Vec<PersonId>> {
    let [word] = &asked.words[..] else { return Ok(Vec::new()) };
    let sql = "SELECT id FROM person WHERE removed_ms IS NULL AND sort_key >= $1 AND sort_key < $2 ORDER BY sort_key LIMIT $3";
    let query = sqlx::query_scalar(sql).bind(word).bind(format!("{word}\u{10FFFF}")).bind(limit);
    Ok(query.fetch_all(db.connection()).await?)
}

/// What is known of a hit.
type Known = (PersonId, String, Option<i64>, Option<i64>);

async fn ranked(db: &mut Db, asked: &Asked) -> Result<Vec<PersonId>> {
    let sql = asked.select_of(
        "p.id, p.sort_key, \
           (SELECT MIN(since) FROM (SELECT clock_ms AS since FROM inquiry WHERE person_id = p.id AND state = 'open' \
             UNION ALL SELECT made_ms FROM promise WHERE person_id = p.id AND state = 'open')), \
           (SELECT MAX(at_ms) FROM touch WHERE person_id = p.id)",
    );
    let mut known: Vec<Known> =
        bound!(sqlx::query_as(AssertSqlSafe(sql)), asked, RANKED).fetch_all(db.connection()).await?;
    known.sort_by_cached_key(|(id, name, since, touched)| {
        let named: Vec<&str> = name.split(' ').collect();
        let strangers = asked.words.iter().filter(|word| !named.iter().any(|name| name.starts_with(word.as_str())));
        let begun = asked.words.iter().filter(|word| !named.contains(&word.as_str()));
        (since.unwrap_or(i64::MAX), Reverse(*touched), strangers.count(), begun.count(), name.clone(), *id)
    });
    Ok(known.into_iter().map(|(id, ..)| id).collect())
}

/// Those who wait, are owed something or were lately in touch, where they are meant; at most `limit` and a few.
async fn mattering(db: &mut Db, asked: &Asked, limit: u32) -> Result<Vec<PersonId>> {
    let sql = "WITH matters (person_id, rank, at) AS ( \
           SELECT * FROM (SELECT person_id, 0, clock_ms FROM inquiry WHERE state = 'open' ORDER BY clock_ms LIMIT $1) \
           UNION ALL SELECT * FROM (SELECT person_id, 0, made_ms FROM promise WHERE state = 'open' \
             ORDER BY (CASE WHEN next_try_ms < due_ms THEN next_try_ms ELSE due_ms END) LIMIT $1) \
           UNION ALL SELECT * FROM (SELECT person_id, 1, -at_ms FROM touch ORDER BY at_ms DESC LIMIT $1)) \
         SELECT p.seq FROM (SELECT person_id, MIN(rank) AS rank, MIN(at) AS at FROM matters GROUP BY person_id) m \
         JOIN person p ON p.id = m.person_id ORDER BY m.rank, m.at";
    let who: Vec<i64> = sqlx::query_scalar(sql).bind(MATTERING).fetch_all(db.connection()).await?;
    // A few at a time, as the first are enough of a word that everyone has; where it gathers, the index is asked once for all.
    let at_once = if asked.gathers { who.len().max(1) } else { ASKED_AT_ONCE };
    let sql = format!(
        "SELECT p.id FROM json_each($6) j CROSS JOIN person p ON p.seq = j.value WHERE {} ORDER BY j.key",
        asked.means()
    );
    let mut meant: Vec<PersonId> = Vec::new();
    for some in who.chunks(at_once) {
        let list = serde_json::to_string(some).map_err(|error| crate::Error::internal(error.to_string()))?;
        let query = bound!(sqlx::query_scalar(AssertSqlSafe(sql.as_str())), asked, limit).bind(list);
        meant.append(&mut query.fetch_all(db.connection()).await?);
        if meant.len() >= limit as usize {
            break;
        }
    }
    Ok(meant)
}
