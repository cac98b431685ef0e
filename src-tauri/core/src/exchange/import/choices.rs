//! What whoever brings a list in chose: which column is what, what is meant where the file is silent, and what becomes
//! of people who are there already.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::recognise::Field;
use super::values;
use crate::error::{Error, Result};
use crate::people::incoming::{Mode, Rules};
use crate::team::standards;

/// Header to field, `phone:work` where a label belongs to it.
pub type Mapping = BTreeMap<String, String>;

/// Empty: as recognised, new people and known ones, known by their record, e-mail address or number and name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    pub columns: Mapping,
    /// Field to value, for rows that say nothing of it.
    pub defaults: Mapping,
    pub mode: Mode,
    /// Keys tried in their order, such as `external_id` or `email+name`.
    #[serde(rename = "match")]
    pub matched_by: Vec<String>,
    /// What cannot be chosen in a field yet is added to its choices; else such a row is not taken.
    pub add_options: bool,
    /// Of a workbook: the sheet to read.
    pub sheet: Option<String>,
}

impl From<Mapping> for Choices {
    fn from(columns: Mapping) -> Self {
        Self { columns, ..Self::default() }
    }
}

/// Fields that a list can have for everyone in it.
const SAME_FOR_ALL: &[Field] = &[
    Field::Standing,
    Field::Tag,
    Field::Source,
    Field::Country,
    Field::Place,
    Field::Zone,
    Field::Organisation,
    Field::Keeper,
    Field::Note,
    Field::MayCall,
    Field::MayEmail,
    Field::MayPost,
    Field::DoNotCall,
    Field::DoNotEmail,
    Field::DoNotPost,
];

impl Choices {
    pub fn rules(&self) -> Result<Rules> {
        Rules::parse(self.mode, &self.matched_by)
    }

    /// The defaults as fields, checked: a wrong one would be wrong for every row.
    pub(super) fn for_all(&self) -> Result<Vec<(Field, String)>> {
        let given = self.defaults.iter().filter(|(_, value)| !value.trim().is_empty());
        given
            .map(|(word, value)| {
                let field =
                    Field::parse(word.trim()).filter(|field| SAME_FOR_ALL.contains(field)).ok_or_else(|| {
                        let known: Vec<&str> = SAME_FOR_ALL.iter().map(|field| field.as_str()).collect();
                        Error::invalid(format!(
                            "“{word}” cannot be the same for everyone. Use one of: {}.",
                            known.join(", ")
                        ))
                    })?;
                let value = value.trim().to_owned();
                let wrong = |want: &str| Error::invalid(format!("“{value}” is no {word}: write {want}."));
                match field {
                    Field::Standing if values::standing(&value).is_none() => {
                        return Err(wrong("one such as member or prospect"));
                    }
                    Field::Zone => drop(standards::zone(&value)?),
                    Field::Country if super::plan::country_code(&value).is_none() => {
                        return Err(wrong("its name or its two letters"));
                    }
                    Field::MayCall
                    | Field::MayEmail
                    | Field::MayPost
                    | Field::DoNotCall
                    | Field::DoNotEmail
                    | Field::DoNotPost
                        if values::yes_or_no(&value).is_none() =>
                    {
                        return Err(wrong("yes or no"));
                    }
                    _ => {}
                }
                Ok((field, value))
            })
            .collect()
    }

    /// Every field that a default may be given for.
    pub(super) fn fields_for_all() -> Vec<String> {
        SAME_FOR_ALL.iter().map(|field| field.as_str().to_owned()).collect()
    }
}
