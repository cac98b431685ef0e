//! What is written to somebody: the words of a letter, filled by the reader that fills scripts.

use super::script::{Fields, MergeField, Segment, Text, is_known, merge, nearest};
use super::{brief, known};
use crate::error::{Error, Result};
use crate::ids::{FactId, PersonId, PromiseId, VolunteerId};
use crate::people::facts;
use crate::store::Db;
use crate::time::Millis;

const FACTS: &str = "facts.";

/// What the book knows for a letter to this person from `writer`. What was promised is the writing itself, so that it says
/// nothing in it.
pub async fn fields(
    db: &mut Db,
    now: Millis,
    person: PersonId,
    writer: Option<VolunteerId>,
    promise: PromiseId,
) -> Result<Fields> {
    let brief = brief::brief(db, now, person, Some(promise)).await?;
    let fields = known::of(db, now, person, writer, None, &brief).await?;
    Ok(fields.with(MergeField::PromiseWhat, None).with(MergeField::PromiseDueOn, None))
}

/// The words with what is known in its place, and blanks where the book does not know. Lines stay as they were written.
pub fn filled(source: &str, fields: &Fields) -> Result<Vec<Segment>> {
    Ok(merge([&read(source)?], fields))
}

/// Whether it can be read, and names nothing but what there is.
pub fn check(source: &str) -> Result<()> {
    let text = read(source)?;
    match text.fields().find(|path| !is_known(path)) {
        None => Ok(()),
        Some(path) => Err(Error::invalid(match nearest(path) {
            Some(near) => format!("there is no field {path:?}. Did you mean {near}?"),
            None => format!("there is no field {path:?}. They look like person.given, or facts.hopes_for."),
        })),
    }
}

fn read(source: &str) -> Result<Text> {
    let source = source.replace("\r\n", "\n");
    Text::as_written(source.trim()).map_err(|error| {
        Error::invalid(format!("the text cannot be read (line {}): {}.", error.lines_before + 1, error.message))
    })
}

/// The facts of this person that go by these paths, such as `facts.hopes_for`: the newest of each name.
pub async fn facts_named(db: &mut Db, person: PersonId, paths: &[String]) -> Result<Vec<FactId>> {
    let names: Vec<String> = paths.iter().filter_map(|path| path.strip_prefix(FACTS)).map(str::to_lowercase).collect();
    let all = if names.is_empty() { Vec::new() } else { facts::of_person(db, person).await? };
    let of = |name: &String| all.iter().find(|fact| known::fact_name(&fact.words).as_ref() == Some(name));
    Ok(names.iter().filter_map(of).map(|fact| fact.id).collect())
}

/// The words of a fact that goes by this path: "Hopes for: a mentor". `None`: it is no path of a fact.
pub fn fact_words(path: &str, value: &str) -> Option<String> {
    let name = path.strip_prefix(FACTS)?.replace('_', " ");
    Some(format!("{}: {}", super::script::capitalised(name.trim()), value.trim()))
}
