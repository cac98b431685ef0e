//! The merge fields: what a script may name, what the caller asks where the book does not know it.

use std::collections::BTreeMap;

use crate::people::Voicemail;
use crate::people::names::fold;

macro_rules! merge_fields {
    ($($(#[$doc:meta])* $name:ident = $path:literal, $question:literal;)*) => {
        /// What a script may say about the person, the caller and the matter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum MergeField { $($(#[$doc])* $name),* }

        impl MergeField {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// As it is written in a script.
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path),* }
            }

            /// What stands in the blank where the book does not know it.
            pub fn question(self) -> &'static str {
                match self { $(Self::$name => $question),* }
            }
        }
    };
}

merge_fields! {
    PersonGiven = "person.given", "what do they like to be called?";
    PersonFull = "person.full", "who is this?";
    PersonOrganisation = "person.organisation", "where do they work?";
    CallerGiven = "caller.given", "your name";
    CallerFull = "caller.full", "your full name";
    AssociationName = "association.name", "the association's name";
    /// "the second of November".
    InquiryFirstAskedOn = "inquiry.first_asked_on", "which day did they first ask?";
    /// "this morning", "yesterday", "on the second of November".
    InquiryFirstAskedWhen = "inquiry.first_asked_when", "when did they first ask?";
    InquiryLastMessageOn = "inquiry.last_message_on", "which day did they last write or ring?";
    InquiryLastMessageWhen = "inquiry.last_message_when", "when did they last write or ring?";
    /// "how to join".
    InquiryAbout = "inquiry.about", "what they asked, in your own words";
    /// "21".
    WaitingDays = "waiting.days", "how many days have they waited?";
    /// "three weeks", "a day".
    WaitingTime = "waiting.time", "how long have they waited?";
    /// "send you the fees".
    PromiseWhat = "promise.what", "what did we promise?";
    PromiseDueOn = "promise.due_on", "when did we promise it for?";
    /// "0470 12 34 56": ours, to leave on a machine.
    AssociationPhone = "association.phone", "our number";
}

impl MergeField {
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.path() == path)
    }
}

/// The association's own facts are fields too: `facts.mentor` is the fact that is named "mentor".
const FACTS: &str = "facts.";

/// So are the fields that the association keeps of people: `fields.member_number`.
const OWN: &str = "fields.";

pub(in crate::calls) fn is_known(path: &str) -> bool {
    MergeField::from_path(path).is_some() || fact_name(path).is_some() || own_name(path).is_some()
}

pub(super) fn own_name(path: &str) -> Option<&str> {
    path.strip_prefix(OWN).filter(|name| !name.is_empty())
}

/// The name of a field as a script writes it: "Member number" is `member_number`.
pub fn own_path(name: &str) -> String {
    fold(name).replace(' ', "_")
}

pub(super) fn fact_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix(FACTS)?;
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')).then_some(name)
}

/// What may be said where anyone may hear it: who is meant and who speaks, and nothing else.
pub(super) fn is_discreet(path: &str) -> bool {
    !is_known(path)
        || matches!(
            MergeField::from_path(path),
            Some(MergeField::PersonGiven | MergeField::PersonFull | MergeField::CallerGiven | MergeField::CallerFull)
        )
}

/// The longest name that a fact goes by: what stands before the colon of a sentence is none.
const MAX_FACT_NAME_CHARS: usize = 40;

/// The name as a field writes it: "hopes for" is `facts.hopes_for`.
pub(super) fn fact_path(name: &str) -> Option<String> {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect();
    let name = words.join("_").to_lowercase();
    let is_name = !name.is_empty()
        && name.chars().count() <= MAX_FACT_NAME_CHARS
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then_some(name)
}

/// "Hopes for: a mentor" is the fact `hopes_for`, "a mentor".
pub(in crate::calls) fn fact_of(words: &str) -> Option<(String, &str)> {
    let (name, value) = words.split_once(':')?;
    let value = value.trim();
    // "10:30 suits her" and "https://…" name nothing.
    let name = fact_path(name).filter(|name| name.chars().any(char::is_alphabetic) && !value.starts_with("//"))?;
    (!value.is_empty()).then_some((name, value))
}

pub(super) fn default_question(path: &str) -> String {
    match (MergeField::from_path(path), fact_name(path)) {
        (Some(field), _) => field.question().into(),
        (None, Some(fact)) => format!("{}? ask", fact.replace('_', " ")),
        (None, None) => match own_name(path) {
            Some(own) => format!("{}? ask", own.replace('_', " ")),
            None => "ask".into(),
        },
    }
}

/// The nearest known field to a mistyped one.
pub(in crate::calls) fn nearest(path: &str) -> Option<&'static str> {
    MergeField::ALL
        .iter()
        .map(|field| (strsim::damerau_levenshtein(field.path(), path), field.path()))
        .min()
        .filter(|(distance, _)| *distance <= 6)
        .map(|(_, known)| known)
}

/// What is known for one call. A value is words to show: nothing in it is ever read as a script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    values: BTreeMap<String, String>,
    voicemail: Option<Voicemail>,
}

impl Fields {
    /// Nothing, or nothing but blanks, leaves the field a visible blank.
    #[must_use]
    pub fn with(mut self, field: MergeField, value: Option<&str>) -> Self {
        self.put(field.path().into(), value);
        self
    }

    #[must_use]
    pub fn with_fact(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(name) = fact_path(name) {
            self.put(format!("{FACTS}{name}"), value);
        }
        self
    }

    /// What they have in a field of the association's own.
    #[must_use]
    pub fn with_own(mut self, name: &str, value: Option<&str>) -> Self {
        self.put(format!("{OWN}{}", own_path(name)), value);
        self
    }

    /// A fact that is written as "mentor: Priya Nair" is a field by its name; other facts are words to read.
    #[must_use]
    pub fn with_fact_words(self, words: &str) -> Self {
        match fact_of(words) {
            Some((name, value)) => self.with_fact(&name, Some(value)),
            None => self,
        }
    }

    /// What may be left on the machine of the number that was dialled.
    #[must_use]
    pub fn with_voicemail(mut self, wishes: Voicemail) -> Self {
        self.voicemail = Some(wishes);
        self
    }

    pub fn voicemail(&self) -> Voicemail {
        self.voicemail.unwrap_or(Voicemail::Unknown)
    }

    fn put(&mut self, path: String, value: Option<&str>) {
        // A line break or a control character from an import must not break the line that is being said.
        let value = value.unwrap_or_default().split(|c: char| c.is_whitespace() || c.is_control());
        let value = value.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            self.values.remove(&path);
        } else {
            self.values.insert(path, value);
        }
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        match fact_name(path) {
            // Written as {{ facts.Hopes_for }} it is the same fact.
            Some(name) => self.values.get(&format!("{FACTS}{}", name.to_lowercase())),
            None => match own_name(path) {
                Some(name) => self.values.get(&format!("{OWN}{}", own_path(name))),
                None => self.values.get(path),
            },
        }
        .map(String::as_str)
    }
}
