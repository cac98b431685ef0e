//! Undo of an import answers for everyone that it wrote: reversed, kept because someone edited them since, or failed.

use std::collections::HashMap;

use super::run::{get, set_state};
use super::{ImportState, ImportUndone};
use crate::error::{Code, Error, Result};
use crate::ids::{EditId, ImportId, PersonId};
use crate::store::{self, Actor, Book, Fate, Undone};

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
    let count = |fate| u32::try_from(people.values().filter(|known| **known == fate).count()).unwrap_or(u32::MAX);
    let answer = ImportUndone {
        import,
        reversed: count(Fate::Reversed),
        kept: count(Fate::Kept),
        failed: count(Fate::Failed),
        rows: undone.map(|undone| undone.rows).unwrap_or_default(),
    };
    // Where nothing could go back the import stands, and may be undone later.
    if answer.reversed > 0 || answer.kept + answer.failed == 0 {
        let mut write = book.write(actor, "undo").await?;
        set_state(&mut write, import, ImportState::Undone, record.rejects_file).await?;
        write.commit().await?;
    }
    Ok(answer)
}

/// Takes back an edit, and says of each person in it what became of them. An edit that changed nothing is no edit.
pub(super) async fn reverse(
    book: &Book,
    actor: Actor,
    edit: EditId,
) -> Result<(Option<Undone>, HashMap<PersonId, Fate>)> {
    let mut people: HashMap<PersonId, Fate> = HashMap::new();
    let undone = store::undo_telling(book, actor, edit, &mut |person, fate| {
        let Some(person) = person else { return };
        let known = people.entry(person).or_insert(fate);
        *known = worse(*known, fate);
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
