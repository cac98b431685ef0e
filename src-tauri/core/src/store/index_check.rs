//! Whether the search index is whole. SQLite's own check of FTS5 cannot say: it takes a `contentless_delete` index for
//! damaged once everything in one of its segments was deleted and the segment folded into another, which comes about in
//! any book after some twenty edits. So all of the index is read, against the counts that were kept of each person when
//! they were written, and every question that it can be asked is asked and has to answer what was read.

use std::collections::{BTreeMap, HashMap, HashSet};

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::error::Result;

struct Index {
    table: &'static str,
    /// Lengths, in characters, of the beginnings of words that have an index of their own.
    prefixes: &'static [usize],
}

const INDEXES: [Index; 2] =
    [Index { table: "person_words", prefixes: &[1, 2, 3] }, Index { table: "person_digits", prefixes: &[] }];

/// What SQLite's own check says of the tables that are read here.
pub(super) fn is_answered_here(finding: &str) -> bool {
    INDEXES.iter().any(|index| finding == format!("malformed inverted index for FTS5 table main.{}", index.table))
}

pub(super) async fn findings(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for index in &INDEXES {
        match index.wrong(connection).await {
            Ok(0) => {}
            Ok(wrong) => findings.push(format!("The search index does not answer as it was written. ({wrong})")),
            Err(sqlx::Error::Database(error)) => {
                findings.push(format!("The search index cannot be read: {}.", error.message()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(findings)
}

impl Index {
    /// In how many places what is read, what was written and what is answered differ.
    async fn wrong(&self, connection: &mut SqliteConnection) -> Result<usize, sqlx::Error> {
        let table = self.table;
        for (name, kind) in [("instance", "instance"), ("term", "row")] {
            let sql = format!(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_{name} USING fts5vocab(main, {table}, {kind})"
            );
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *connection).await?;
        }
        let (people, beginnings) = self.read(connection).await?;
        let mut wrong = people;
        let sql = format!(
            "SELECT COUNT(*) FROM temp.{table}_term t WHERE t.doc <> (SELECT COUNT(*) FROM {table} \
             WHERE {table} MATCH '\"' || replace(t.term, '\"', '\"\"') || '\"')"
        );
        let terms: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *connection).await?;
        wrong += usize::try_from(terms).unwrap_or(usize::MAX);
        let answer = format!("SELECT COUNT(*) FROM {table} WHERE {table} MATCH $1");
        for (beginning, people) in beginnings {
            let asked = format!("\"{}\"*", beginning.replace('"', "\"\""));
            let query = sqlx::query_scalar(AssertSqlSafe(answer.clone())).bind(asked);
            let answered: i64 = query.fetch_one(&mut *connection).await?;
            wrong += usize::from(usize::try_from(answered) != Ok(people));
        }
        Ok(wrong)
    }

    /// Every word of everyone: of how many people there are more or fewer than were written, and of how many people
    /// words begin with each beginning.
    async fn read(&self, connection: &mut SqliteConnection) -> Result<(usize, BTreeMap<String, usize>), sqlx::Error> {
        let table = self.table;
        let mut left: HashMap<i64, i64> = HashMap::new();
        {
            let written = format!("SELECT id, sz FROM {table}_docsize");
            let mut rows = sqlx::query_as::<_, (i64, Vec<u8>)>(AssertSqlSafe(written)).fetch(&mut *connection);
            while let Some((person, sizes)) = rows.try_next().await? {
                left.insert(person, words_in(&sizes));
            }
        }
        let mut beginnings = BTreeMap::new();
        // Words come in their order, so those with one beginning come together.
        let mut open: Vec<(usize, String, HashSet<i64>)> =
            self.prefixes.iter().map(|length| (*length, String::new(), HashSet::new())).collect();
        {
            let all = format!("SELECT term, doc FROM temp.{table}_instance");
            let mut rows = sqlx::query_as::<_, (String, i64)>(AssertSqlSafe(all)).fetch(&mut *connection);
            while let Some((word, person)) = rows.try_next().await? {
                *left.entry(person).or_default() -= 1;
                for (length, beginning, people) in &mut open {
                    let Some(begins) = begins(&word, *length) else { continue };
                    if *beginning != begins {
                        beginnings.insert(std::mem::replace(beginning, begins.to_owned()), people.len());
                        people.clear();
                    }
                    people.insert(person);
                }
            }
        }
        beginnings.extend(open.into_iter().map(|(_, beginning, people)| (beginning, people.len())));
        beginnings.remove("");
        Ok((left.into_values().filter(|words| *words != 0).count(), beginnings))
    }
}

fn begins(word: &str, characters: usize) -> Option<&str> {
    let mut ends = word.char_indices().map(|(at, _)| at).skip(1).chain([word.len()]);
    ends.nth(characters - 1).map(|end| &word[..end])
}

/// FTS5 keeps the number of words in each column as SQLite's varints: seven bits a byte, the most significant first.
fn words_in(sizes: &[u8]) -> i64 {
    let (mut words, mut column) = (0, 0);
    for byte in sizes {
        column = column << 7 | i64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            words += column;
            column = 0;
        }
    }
    words
}
