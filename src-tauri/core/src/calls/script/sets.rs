//! What an answer sets, written in braces at the end of its label: `{fact hopes for}`, `{consent email yes}`.

use std::fmt::{Display, Formatter};

use serde::{Deserialize, Serialize};

use super::fields::{fact_path, own_path};
use super::step::capitalised;
use super::text::one_line;
use crate::calls::outcome::Means;
use crate::people::ReachKind;
use crate::words;

const MAX_WORDS_CHARS: usize = 200;
const MAX_TAG_CHARS: usize = 60;
/// Business days; nobody who talks on the telephone promises further ahead.
const MAX_DAYS: u16 = 250;
const DAYS_A_WEEK: u16 = 5;

words! {
    /// A field of a person that an answer can fill in.
    pub enum PersonField {
        Given = "given",
        Family = "family",
        Place = "place",
        Organisation = "organisation",
        Email = "email",
    }
}

/// As a script has it; what they say is still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Sets {
    /// "NAME: what they said".
    Fact {
        name: String,
    },
    /// A fact that the script words.
    Words {
        words: String,
    },
    Tag {
        name: String,
    },
    Field {
        field: PersonField,
    },
    /// A field of the association's own, by its name.
    Own {
        name: String,
    },
    Consent {
        channel: ReachKind,
        allowed: bool,
    },
    /// What to promise next: proposed when the call is filed.
    Next {
        means: Means,
        what: String,
        /// Business days from the call.
        days: u16,
    },
}

/// What an answer has set: to be kept when the call is filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    Fact { words: String },
    Tag { name: String },
    Field { field: PersonField, value: String },
    Own { name: String, value: String },
    Consent { channel: ReachKind, allowed: bool },
    Next { means: Means, what: String, days: u16 },
}

impl Display for Sets {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fact { name } => write!(f, "fact {name}"),
            Self::Words { words } => write!(f, "fact: {words}"),
            Self::Tag { name } => write!(f, "tag {name}"),
            Self::Field { field } => write!(f, "field {}", field.as_str()),
            Self::Own { name } => write!(f, "field {name}"),
            Self::Consent { channel, allowed } => {
                write!(f, "consent {} {}", channel.as_str(), if *allowed { "yes" } else { "no" })
            }
            Self::Next { what, days: 0, .. } => write!(f, "next: {what} today"),
            Self::Next { what, days: 1, .. } => write!(f, "next: {what} in 1 day"),
            Self::Next { what, days, .. } => write!(f, "next: {what} in {days} days"),
        }
    }
}

impl Sets {
    /// With the answer: what they said, or the words of the choice.
    pub(super) fn with(&self, answer: &str) -> Effect {
        match self {
            Self::Fact { name } => Effect::Fact { words: format!("{}: {answer}", capitalised(name)) },
            Self::Words { words } => Effect::Fact { words: words.clone() },
            Self::Tag { name } => Effect::Tag { name: name.clone() },
            Self::Field { field } => Effect::Field { field: *field, value: answer.into() },
            Self::Own { name } => Effect::Own { name: name.clone(), value: answer.into() },
            Self::Consent { channel, allowed } => Effect::Consent { channel: *channel, allowed: *allowed },
            Self::Next { means, what, days } => Effect::Next { means: *means, what: what.clone(), days: *days },
        }
    }

    /// Whether it keeps what they said.
    pub(super) fn keeps(&self) -> bool {
        matches!(self, Self::Fact { .. } | Self::Field { .. } | Self::Own { .. })
    }

    /// What it sets, apart from to what: two of one slot contradict each other.
    pub(super) fn slot(&self) -> String {
        match self {
            Self::Fact { name } => format!("fact {}", fact_path(name).unwrap_or_default()),
            Self::Consent { channel, .. } => format!("consent {}", channel.as_str()),
            Self::Own { name } => format!("field {}", own_path(name)),
            Self::Words { .. } | Self::Tag { .. } | Self::Field { .. } | Self::Next { .. } => self.to_string(),
        }
    }

    /// What stands between the braces; the error says what to write.
    fn parse(inner: &str) -> Result<Self, String> {
        let inner = one_line(inner);
        let (word, rest) = match inner.split_once([' ', ':']) {
            Some((word, _)) => (word, inner[word.len()..].trim_start()),
            None => (inner.as_str(), ""),
        };
        let (colon, rest) = match rest.strip_prefix(':') {
            Some(words) => (true, words.trim()),
            None => (false, rest.trim()),
        };
        match (word.to_lowercase().as_str(), colon) {
            ("fact", true) => Ok(Self::Words { words: words(rest, "{fact: wants a mentor}")? }),
            ("fact", false) => fact(rest),
            ("tag", false) => {
                let name = words(rest, "{tag mentor}")?;
                if name.chars().count() > MAX_TAG_CHARS {
                    return Err(format!("this tag is longer than {MAX_TAG_CHARS} letters; shorten it"));
                }
                Ok(Self::Tag { name })
            }
            ("field", false) => {
                let name = words(rest, "{field place}")?;
                // Whether the association has one of this name is asked of its book.
                Ok(match PersonField::parse(&name.to_lowercase()) {
                    Some(field) => Self::Field { field },
                    None => Self::Own { name },
                })
            }
            ("consent", false) => consent(rest),
            ("next", true) => next(rest),
            _ => Err(format!(
                "{{{inner}}} is not known; an answer can set {{fact NAME}}, {{fact: words}}, {{tag NAME}}, \
                 {{field NAME}}, {{consent email yes}} or {{next: what in 2 days}}"
            )),
        }
    }
}

/// A label and what stands in braces after it.
pub(super) fn split(source: &str) -> (&str, Vec<Result<Sets, String>>) {
    let Some(open) = source.find('{') else { return (source.trim(), Vec::new()) };
    let (label, mut rest) = (source[..open].trim(), &source[open..]);
    let mut sets = Vec::new();
    while !rest.is_empty() {
        if rest.starts_with("{{") {
            sets.push(Err("a field is filled in what is said, not in an answer; write plain words".into()));
            break;
        }
        let inner =
            rest.strip_prefix('{').and_then(|inner| inner.find('}').map(|end| (&inner[..end], &inner[end + 1..])));
        match inner {
            Some((inner, after)) => {
                sets.push(if inner.contains('{') {
                    Err("a { is not closed; write } after it".into())
                } else {
                    Sets::parse(inner)
                });
                rest = after.trim_start();
            }
            None if rest.starts_with('{') => {
                sets.push(Err("a { is not closed; write } after what the answer sets".into()));
                break;
            }
            None => {
                sets.push(Err("what an answer sets stands last, after its words; move it to the end".into()));
                break;
            }
        }
    }
    (label, sets)
}

fn words(said: &str, example: &str) -> Result<String, String> {
    if said.is_empty() {
        return Err(format!("nothing stands there to set; write it as {example}"));
    }
    if said.chars().count() > MAX_WORDS_CHARS {
        return Err(format!("this is longer than {MAX_WORDS_CHARS} letters; shorten it"));
    }
    if said.contains("->") {
        return Err("what an answer sets cannot hold ->; take it out".into());
    }
    Ok(said.into())
}

fn fact(name: &str) -> Result<Sets, String> {
    let name = words(name, "{fact hopes for}")?;
    // Its first letter alone is not what makes a name: it is written large where it begins a fact.
    match fact_path(&name) {
        Some(path) if path.chars().any(char::is_alphabetic) => Ok(Sets::Fact { name }),
        _ => Err(format!(
            "{name:?} cannot name a fact; a name is a few words, such as {{fact hopes for}}; write {{fact: …}} for \
             a whole sentence"
        )),
    }
}

fn consent(rest: &str) -> Result<Sets, String> {
    let mut parts = rest.split(' ');
    let channel = parts.next().and_then(|word| ReachKind::parse(&word.to_lowercase()));
    let allowed = match parts.next().map(str::to_lowercase).as_deref() {
        Some("yes") => Some(true),
        Some("no") => Some(false),
        _ => None,
    };
    match (channel, allowed, parts.next()) {
        (Some(channel), Some(allowed), None) => Ok(Sets::Consent { channel, allowed }),
        _ => Err("a consent is written as {consent email yes}: phone, email or post, and yes or no".into()),
    }
}

fn next(rest: &str) -> Result<Sets, String> {
    const HOW: &str = "write when, last: {next: send the fees in 2 days}";
    let rest = words(rest, "{next: send the fees in 2 days}")?;
    let lower = rest.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    let count = |word: &str| if word == "a" || word == "one" { Some(1) } else { word.parse::<u16>().ok() };
    let (days, taken) = match words.as_slice() {
        [.., "today"] => (Some(0), 1),
        [.., "tomorrow"] => (Some(1), 1),
        [.., "in", n, "day" | "days"] => (count(n), 3),
        [.., "in", n, "week" | "weeks"] => (count(n).and_then(|n| n.checked_mul(DAYS_A_WEEK)), 3),
        _ => (None, 0),
    };
    let days = days.filter(|days| *days <= MAX_DAYS).ok_or_else(|| format!("{HOW} (at most {MAX_DAYS} days)"))?;
    let kept = words.len() - taken;
    let what = rest.split(' ').take(kept).collect::<Vec<_>>().join(" ");
    let means = match words.first() {
        _ if kept == 0 => return Err(format!("nothing stands there to be done; {HOW}")),
        Some(&("ring" | "call" | "phone")) => Means::Ring,
        Some(&("write" | "email" | "e-mail")) => Means::Write,
        _ => Means::Do,
    };
    Ok(Sets::Next { means, what, days })
}
