//! A script as a director is writing it. It is kept in the book at every pause of her typing: a crash, a power cut or
//! a change of screen costs no word, what is not yet a version is as encrypted as all else, and it is in the backups.
//!
//! A draft is hers alone, one a script; it is in no journal, since whoever undoes means what was done. Saving makes a
//! version of it.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::ids::{ScriptDraftId, ScriptId, VolunteerId};
use crate::store::{Actor, Book, Db};
use crate::time::Millis;
use crate::{args, statements};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type, sqlx::FromRow)]
pub struct ScriptDraft {
    pub id: ScriptDraftId,
    /// None: of a script that is still to be.
    pub script: Option<ScriptId>,
    /// The number of the version that it began from; 0 for a new script.
    pub base: u32,
    pub text: String,
    pub changed_ms: Millis,
}

/// What is to be kept.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct KeepDraft {
    /// The draft that goes on; none begins one, unless there is one of this script.
    pub id: Option<ScriptDraftId>,
    pub script: Option<ScriptId>,
    pub base: u32,
    pub text: String,
}

/// Many times the longest script that anyone could speak from; a novel was dropped on the window by mistake.
const MAX_CHARS: usize = 200_000;

#[derive(sqlx::FromRow)]
struct DraftId {
    id: ScriptDraftId,
}

statements! {
    OF_VOLUNTEER = "SELECT id, script_id AS script, base, text, changed_ms FROM script_draft WHERE volunteer_id = $1 \
        ORDER BY changed_ms DESC, id";
    OF_SCRIPT = "SELECT id FROM script_draft WHERE script_id = $1 AND volunteer_id = $2";
    KEEP = "INSERT INTO script_draft (id, script_id, volunteer_id, base, text, changed_ms) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (id) DO UPDATE SET base = excluded.base, text = excluded.text, changed_ms = excluded.changed_ms \
        WHERE script_draft.volunteer_id = excluded.volunteer_id";
    DISCARD = "DELETE FROM script_draft WHERE id = $1 AND volunteer_id = $2";
}

/// What this volunteer has not saved yet, the newest first.
pub async fn of(db: &mut Db, volunteer: VolunteerId) -> Result<Vec<ScriptDraft>> {
    db.all(&OF_VOLUNTEER, args![volunteer]).await
}

/// Keeps the words as they stand, right or wrong: whether they are a script is for saving to judge.
pub async fn keep(book: &Book, actor: Actor, draft: &KeepDraft) -> Result<ScriptDraftId> {
    let volunteer = writer(actor)?;
    if draft.text.chars().count() > MAX_CHARS {
        return Err(Error::invalid(format!(
            "A script has at most {MAX_CHARS} letters. Take something out; until then only what stood before is kept."
        )));
    }
    let mut edit = book.write(actor, "keep_script_draft").await?;
    let id = match (draft.id, draft.script) {
        (Some(id), _) => id,
        (None, Some(script)) => {
            let there: Option<DraftId> = edit.maybe(&OF_SCRIPT, args![script, volunteer]).await?;
            there.map_or_else(ScriptDraftId::new, |draft| draft.id)
        }
        (None, None) => ScriptDraftId::new(),
    };
    let at = edit.at;
    let kept = edit.run(&KEEP, args![id, draft.script, volunteer, draft.base, &draft.text, at]).await?;
    if kept == 0 {
        return Err(Error::refused("This draft is someone else's. Begin one of your own."));
    }
    edit.also_changed("script_draft");
    edit.commit().await?;
    Ok(id)
}

/// It was saved as a version, or thrown away. One that is not there is no fault.
pub async fn discard(book: &Book, actor: Actor, id: ScriptDraftId) -> Result<()> {
    let volunteer = writer(actor)?;
    let mut edit = book.write(actor, "discard_script_draft").await?;
    edit.run(&DISCARD, args![id, volunteer]).await?;
    edit.also_changed("script_draft");
    edit.commit().await?;
    Ok(())
}

fn writer(actor: Actor) -> Result<VolunteerId> {
    actor.volunteer().ok_or_else(|| Error::refused("A draft is someone's own. Sign in first."))
}
