//! Fields that an association keeps of people besides ours: made, renamed and taken away by itself, each of one kind.
//!
//! A person has at most one value a field. A choice is kept by its option, so that renaming one keeps every choice; what
//! a value is compared by stands beside it (`sort_key`), so that numbers compare as numbers on every engine and go out
//! again as they came in.

mod change;
mod filter;
mod history;
mod kinds;
mod values;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{FieldId, FieldOptionId};
use crate::people::names::fold;
use crate::people::person::one_line;
use crate::store::{Db, Edit};
use crate::{args, statements, words};

pub use change::{CustomFieldChange, OptionChange, change};
pub use filter::{FieldFilter, FieldTest};
pub use history::{history, restore};
pub use kinds::{Stored, reads_as};
pub use values::{FieldValue, of_person, set};
pub(super) use values::{fits, insert};

const LONGEST_NAME: usize = 60;
/// More than anyone finds their way in.
const MOST_FIELDS: usize = 100;
const MOST_OPTIONS: usize = 200;

words! {
    pub enum FieldKind {
        Text = "text",
        /// A decimal, kept as it was written.
        Number = "number",
        /// `YYYY-MM-DD`.
        Date = "date",
        /// One of its options.
        Choice = "choice",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CustomField {
    pub id: FieldId,
    pub name: String,
    pub kind: FieldKind,
    /// Of a choice, in their order.
    pub options: Vec<FieldOption>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct FieldOption {
    pub id: FieldOptionId,
    pub name: String,
}

impl CustomField {
    /// The option of this name, however it is written.
    pub fn option(&self, name: &str) -> Option<&FieldOption> {
        let wanted = folded(name);
        self.options.iter().find(|option| folded(&option.name) == wanted)
    }

    pub fn is_called(&self, name: &str) -> bool {
        folded(&self.name) == folded(name)
    }
}

/// A field, and how many people have something in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CustomFieldUse {
    pub field: CustomField,
    pub people: u32,
    /// How many chose each option, in their order.
    pub chosen: Vec<u32>,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewCustomField {
    pub name: String,
    pub kind: FieldKind,
    #[serde(default)]
    pub options: Vec<String>,
}

statements! {
    ALL = "SELECT id, name, kind FROM field ORDER BY position, id";
    OPTIONS = "SELECT field_id, id, name FROM field_option ORDER BY position, id";
    COUNTS = "SELECT v.field_id, v.option_id, COUNT(*) AS people FROM field_value v JOIN person p ON p.id = v.person_id \
        WHERE p.removed_ms IS NULL GROUP BY v.field_id, v.option_id";
    ADD = "INSERT INTO field (id, name, folded, kind, position) VALUES ($1, $2, $3, $4, $5)";
    ADD_OPTION = "INSERT INTO field_option (id, field_id, name, folded, position) VALUES ($1, $2, $3, $4, $5)";
    NEXT_POSITION = "SELECT COALESCE(MAX(position), 0) + 1 FROM field";
    NEXT_OPTION = "SELECT COALESCE(MAX(position), 0) + 1 FROM field_option WHERE field_id = $1";
    MOVE = "UPDATE field SET position = $2 WHERE id = $1 AND position <> $2";
    REMOVE_VALUES = "DELETE FROM field_value WHERE field_id = $1";
    REMOVE_OPTIONS = "DELETE FROM field_option WHERE field_id = $1";
    REMOVE = "DELETE FROM field WHERE id = $1";
}

/// In the order that the association gave them.
pub async fn all(db: &mut Db) -> Result<Vec<CustomField>> {
    let rows: Vec<(FieldId, String, FieldKind)> = db.all(&ALL, args![]).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let options: Vec<(FieldId, FieldOptionId, String)> = db.all(&OPTIONS, args![]).await?;
    let options_of = |id: FieldId| {
        let own = options.iter().filter(move |(of, ..)| *of == id);
        own.map(|(_, id, name)| FieldOption { id: *id, name: name.clone() }).collect()
    };
    Ok(rows.into_iter().map(|(id, name, kind)| CustomField { id, name, kind, options: options_of(id) }).collect())
}

/// As [`all`], with how many people have something in each.
pub async fn in_use(db: &mut Db) -> Result<Vec<CustomFieldUse>> {
    let counts: Vec<(FieldId, Option<FieldOptionId>, i64)> = db.all(&COUNTS, args![]).await?;
    let people = |of: &dyn Fn(FieldId, Option<FieldOptionId>) -> bool| {
        let sum: i64 = counts.iter().filter(|(field, option, _)| of(*field, *option)).map(|(.., count)| count).sum();
        u32::try_from(sum).unwrap_or(u32::MAX)
    };
    let used = |field: CustomField| CustomFieldUse {
        people: people(&|of, _| of == field.id),
        chosen: field.options.iter().map(|option| people(&|_, of| of == Some(option.id))).collect(),
        field,
    };
    Ok(all(db).await?.into_iter().map(used).collect())
}

pub async fn get(db: &mut Db, id: FieldId) -> Result<CustomField> {
    let field = all(db).await?.into_iter().find(|field| field.id == id);
    field.ok_or_else(|| Error::not_found("This field is not in the book any more."))
}

/// The field of this name, however it is written.
pub async fn named(db: &mut Db, name: &str) -> Result<Option<CustomField>> {
    Ok(all(db).await?.into_iter().find(|field| field.is_called(name)))
}

pub async fn add(edit: &mut Edit, new: &NewCustomField) -> Result<FieldId> {
    let options = option_names(new.kind, new.options.iter())?;
    let id = make(edit, &new.name, new.kind).await?;
    for (at, option) in (1..).zip(options) {
        insert_option(edit, id, &option, at).await?;
    }
    edit.about(field_name(&new.name)?);
    Ok(id)
}

/// One more option, last.
pub async fn add_option(edit: &mut Edit, field: FieldId, name: &str) -> Result<FieldOptionId> {
    let field = get(edit, field).await?;
    let names = field.options.iter().map(|option| &option.name).chain([&name.to_owned()]).cloned().collect::<Vec<_>>();
    let name = option_names(field.kind, names.iter())?.pop().unwrap_or_default();
    let position: i64 = edit.scalar(&NEXT_OPTION, args![field.id]).await?;
    insert_option(edit, field.id, &name, position).await
}

/// A field in which nothing can be chosen yet: where a list brings it along, that comes with the people.
pub async fn make(edit: &mut Edit, name: &str, kind: FieldKind) -> Result<FieldId> {
    let name = field_name(name)?;
    let there = all(edit).await?;
    if there.iter().any(|field| field.is_called(&name)) {
        return Err(taken(&name));
    }
    if there.len() >= MOST_FIELDS {
        return Err(Error::refused(format!("There are {MOST_FIELDS} fields already. Remove one that nobody uses.")));
    }
    let id = FieldId::new();
    let position: i64 = edit.scalar(&NEXT_POSITION, args![]).await?;
    edit.run(&ADD, args![id, &name, folded(&name), kind, position]).await?;
    Ok(id)
}

async fn insert_option(edit: &mut Edit, field: FieldId, name: &str, position: i64) -> Result<FieldOptionId> {
    let id = FieldOptionId::new();
    edit.run(&ADD_OPTION, args![id, field, name, folded(name), position]).await?;
    Ok(id)
}

/// Shown in this order from now on; those that are not named keep theirs, behind.
pub async fn order(edit: &mut Edit, ids: &[FieldId]) -> Result<()> {
    let rest: Vec<FieldId> =
        all(edit).await?.into_iter().map(|field| field.id).filter(|id| !ids.contains(id)).collect();
    for (at, id) in (1_i64..).zip(ids.iter().chain(&rest)) {
        edit.run(&MOVE, args![*id, at]).await?;
    }
    Ok(())
}

/// With all that people have in it; undoing brings it all back.
pub async fn remove(edit: &mut Edit, id: FieldId) -> Result<()> {
    let field = get(edit, id).await?;
    for sql in [&REMOVE_VALUES, &REMOVE_OPTIONS, &REMOVE] {
        edit.run(sql, args![id]).await?;
    }
    edit.about(field.name);
    Ok(())
}

/// What a name is known by: however it is written, it is the same. A name of signs alone is itself.
fn folded(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() { one_line(name).to_lowercase() } else { folded }
}

fn field_name(typed: &str) -> Result<String> {
    name_of(typed, "Give the field a name, such as “Member number”.", "A field's name")
}

fn name_of(typed: &str, missing: &str, what: &str) -> Result<String> {
    let name = one_line(typed);
    if name.is_empty() {
        return Err(Error::invalid(missing));
    }
    if name.chars().nth(LONGEST_NAME).is_some() {
        return Err(Error::invalid(format!("{what} has at most {LONGEST_NAME} characters.")));
    }
    Ok(name)
}

fn taken(name: &str) -> Error {
    Error::invalid(format!("There is a field “{name}” already. Give this one another name."))
}

/// Options as they are to be kept, or what is wrong with them.
fn option_names<'a>(kind: FieldKind, typed: impl Iterator<Item = &'a String>) -> Result<Vec<String>> {
    if kind != FieldKind::Choice {
        return Ok(Vec::new());
    }
    let mut names: Vec<String> = Vec::new();
    for name in typed {
        let name = name_of(name, "Give each choice a name.", "A choice")?;
        if names.iter().any(|there| folded(there) == folded(&name)) {
            return Err(Error::invalid(format!("“{name}” is there twice. Each choice is there once.")));
        }
        names.push(name);
    }
    match names.len() {
        0 => Err(Error::invalid("A field to choose from needs something to choose: write at least one choice.")),
        1..=MOST_OPTIONS => Ok(names),
        _ => Err(Error::invalid(format!("A field has at most {MOST_OPTIONS} choices. Keep it as words instead."))),
    }
}
