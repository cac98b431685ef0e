//! Undo of an import answers for everyone that it wrote: reversed, kept because someone edited them since, or failed.

use std::collections::HashMap;
use std::path::Path;

use super::run::{get, set_state};
use super::{ImportState, ImportUndone, UndonePerson, rejects};
use crate::error::{Code, Error, Result};
use crate::ids::{EditId, ImportId, PersonId};
use crate::statements;
use crate::store::{self, Actor, Book, Fate, Undone, Value};

/// As many as a screen lists.
const SHOWN: usize = 1_000;

statements! {
    NAMES = "SELECT id, name FROM person WHERE id IN ($1)";
}

pub async fn undo(book: &Book, actor: Actor, import: ImportId) -> Result<ImportUndone> {
    let record = get(&mut book.read().await?, import).await?;
    match record.state {
        ImportState::Running => return Err(Error::refused("This import is running. Cancel it first.")),
        ImportState::Cancelled => return Err(Error::invalid("This import was cancelled: nothing of it stands.")),
        ImportState::Undone => return Err(Error::invalid("This import was undone before.")),
        ImportState::Done | ImportState::Interrupted => {}
    }
    let edit = record.edit_id.ok_or_else(|| Error::internal("An import has no edit."))?;
    let (undone, people) = reverse(book, actor, edit).await?;
    let count = |fate| u32::try_from(people.values().filter(|known| known.fate == fate).count()).unwrap_or(u32::MAX);
    let mut answer = ImportUndone {
        import,
        reversed: count(Fate::Reversed),
        kept: count(Fate::Kept),
        failed: count(Fate::Failed),
        rows: undone.map(|undone| undone.rows).unwrap_or_default(),
        people: Vec::new(),
        list_file: None,
    };
    (answer.people, answer.list_file) = not_reversed(book, people, &record.file_name).await?;
    // Where nothing could go back the import stands, and may be undone later.
    if answer.reversed > 0 || answer.kept + answer.failed == 0 {
        let mut write = book.write(actor, "undo").await?;
        set_state(&mut write, import, ImportState::Undone, record.rejects_file).await?;
        write.commit().await?;
    }
    Ok(answer)
}

/// Those who are not as they were, by name; and where they are too many to show, all of them as a file in the folder of
/// the book: the list's own may be gone.
async fn not_reversed(
    book: &Book,
    people: HashMap<PersonId, Became>,
    list: &str,
) -> Result<(Vec<UndonePerson>, Option<String>)> {
    let mut left: Vec<(PersonId, Became)> =
        people.into_iter().filter(|(_, became)| became.fate != Fate::Reversed).collect();
    left.sort_by_key(|(id, _)| *id);
    let mut db = book.read().await?;
    let mut named = Vec::with_capacity(left.len());
    for part in left.chunks(SHOWN) {
        let keys = part.iter().map(|(id, _)| Value::from(*id)).collect();
        let names: HashMap<PersonId, String> = db.among(&NAMES, keys).await?.into_iter().collect();
        named.extend(part.iter().map(|(id, became)| UndonePerson {
            person: *id,
            name: names.get(id).cloned().unwrap_or_default(),
            fate: became.fate,
            why: became.why.clone(),
        }));
    }
    if named.len() <= SHOWN {
        return Ok((named, None));
    }
    let stem = Path::new(list).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let path = rejects::free_name(&book.paths().folder.join(format!("{stem} - not taken back.csv")));
    let mut file = csv::Writer::from_path(&path).map_err(rejects::io)?;
    file.write_record(["Record ID", "Name", "What became of them", "Why"]).map_err(rejects::io)?;
    for one in &named {
        let fate = one.fate.as_str();
        file.write_record([&one.person.to_string(), &one.name, fate, &one.why]).map_err(rejects::io)?;
    }
    file.flush()?;
    named.truncate(SHOWN);
    Ok((named, Some(path.to_string_lossy().into_owned())))
}

/// What became of someone: of all their rows, the worst, and why.
pub(super) struct Became {
    fate: Fate,
    why: String,
}

/// Takes back an edit, and says of each person in it what became of them. An edit that changed nothing is no edit.
pub(super) async fn reverse(
    book: &Book,
    actor: Actor,
    edit: EditId,
) -> Result<(Option<Undone>, HashMap<PersonId, Became>)> {
    let mut people: HashMap<PersonId, Became> = HashMap::new();
    let undone = store::undo_telling(book, actor, edit, &mut |person, fate, why| {
        let Some(person) = person else { return };
        let known = people.entry(person).or_insert(Became { fate: Fate::Reversed, why: String::new() });
        if worse(known.fate, fate) != known.fate || known.why.is_empty() {
            why.clone_into(&mut known.why);
        }
        known.fate = worse(known.fate, fate);
    })
    .await;
    match undone {
        Ok(undone) => Ok((Some(undone), people)),
        Err(error) if error.code == Code::NotFound => Ok((None, people)),
        Err(error) => Err(error),
    }
}

fn worse(a: Fate, b: Fate) -> Fate {
    match (a, b) {
        (Fate::Failed, _) | (_, Fate::Failed) => Fate::Failed,
        (Fate::Kept, _) | (_, Fate::Kept) => Fate::Kept,
        _ => Fate::Reversed,
    }
}
