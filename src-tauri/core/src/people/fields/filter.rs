//! Whom a list shows by what they have in a field.

use serde::{Deserialize, Serialize};

use super::folded;
use super::kinds::{date, number_key, option_key};
use crate::ids::{FieldId, FieldOptionId};
use crate::store::Value;
use crate::words;

words! {
    pub enum FieldTest {
        Has = "has",
        HasNone = "has_none",
        /// `words` stand in it.
        Contains = "contains",
        /// At least `from` and at most `to`, where they are given.
        Between = "between",
        /// One of `options`.
        Among = "among",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FieldFilter {
    pub field: FieldId,
    pub test: FieldTest,
    #[serde(default)]
    pub words: String,
    /// A number or a `YYYY-MM-DD`, as the field holds them; empty: open.
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub options: Vec<FieldOptionId>,
}

/// A letter, which every database orders behind all digits.
const END: &str = "a";

impl FieldFilter {
    /// The test, the field, and the one or two keys that it compares by.
    pub(in crate::people) fn values(filter: Option<&Self>) -> [Value; 4] {
        let Some(filter) = filter else {
            return ["".into(), FieldId(uuid::Uuid::nil()).into(), "".into(), "".into()];
        };
        let (first, second) = match filter.test {
            FieldTest::Has | FieldTest::HasNone => (String::new(), String::new()),
            FieldTest::Contains => (format!("%{}%", plain(&folded(&filter.words))), String::new()),
            FieldTest::Among => {
                let keys: Vec<String> = filter.options.iter().map(|id| option_key(*id)).collect();
                (format!(",{},", keys.join(",")), String::new())
            }
            // What is no number and no date lets nobody in.
            FieldTest::Between => {
                let key = |text: &str| number_key(text).or_else(|| date(text));
                let from = filter.from.trim();
                let to = filter.to.trim();
                (
                    if from.is_empty() { String::new() } else { key(from).unwrap_or(END.into()) },
                    if to.is_empty() { END.into() } else { key(to).unwrap_or_default() },
                )
            }
        };
        [filter.test.into(), filter.field.into(), first.into(), second.into()]
    }
}

/// With nothing in it that LIKE takes for a sign of its own.
fn plain(words: &str) -> String {
    words.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
