//! The book's scripts and their versions: a call names the version that was spoken from, so that what was said can be
//! read again after the script has changed.

use serde::Serialize;

use super::script::{Purpose, ReadyScript, Script};
use crate::error::{Code, Error, Result};
use crate::ids::{ScriptId, ScriptVersionId};
use crate::store::{Actor, Book, Db, Edit};
use crate::time::Millis;
use crate::{args, statements};

/// A script as Settings shows it: its newest version.
#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct ScriptRow {
    pub id: ScriptId,
    pub name: String,
    pub purpose: Purpose,
    pub number: u32,
    pub text: String,
    pub changed_ms: Millis,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    id: ScriptVersionId,
    text: String,
}

statements! {
    ALL = "SELECT s.id, s.name, s.purpose, v.number, v.text, v.created_ms AS changed_ms FROM script s \
        JOIN script_version v ON v.script_id = s.id \
        WHERE v.number = (SELECT MAX(n.number) FROM script_version n WHERE n.script_id = s.id) ORDER BY s.id";
    FOR_PURPOSE = "SELECT v.id, v.text FROM script s JOIN script_version v ON v.script_id = s.id WHERE s.purpose = $1 \
        ORDER BY s.id, v.number DESC LIMIT 1";
    VERSION = "SELECT id, text FROM script_version WHERE id = $1";
    NEWEST = "SELECT id, text FROM script_version WHERE script_id = $1 ORDER BY number DESC LIMIT 1";
    ADD = "INSERT INTO script (id, name, purpose) VALUES ($1, $2, $3)";
    RENAME = "UPDATE script SET name = $2, purpose = $3 WHERE id = $1";
    ADD_VERSION = "INSERT INTO script_version (id, script_id, number, text, created_ms) \
        VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM script_version WHERE script_id = $2), $3, $4)";
}

/// The newest version of every script of the book.
pub async fn all(db: &mut Db) -> Result<Vec<ScriptRow>> {
    db.all(&ALL, args![]).await
}

/// A new version of a script, or a new script. Calls that were begun keep the version they were begun with.
pub async fn save(book: &Book, actor: Actor, script: Option<ScriptId>, text: &str) -> Result<ScriptId> {
    let ready = Script::read(text)?;
    let mut edit = book.write(actor, "save_script").await?;
    let (name, purpose) = (&ready.script().title, ready.script().purpose);
    edit.about(name.clone());
    let id = match script {
        Some(id) => {
            if edit.run(&RENAME, args![id, name, purpose]).await? == 0 {
                return Err(Error::not_found("This script is not in the book any more."));
            }
            let newest: Option<VersionRow> = edit.maybe(&NEWEST, args![id]).await?;
            if newest.is_none_or(|newest| newest.text != text) {
                add_version(&mut edit, id, text).await?;
            }
            id
        }
        None => add(&mut edit, name, purpose, text).await?.0,
    };
    edit.commit().await?;
    Ok(id)
}

async fn add(edit: &mut Edit, name: &str, purpose: Purpose, text: &str) -> Result<(ScriptId, ScriptVersionId)> {
    let id = ScriptId::new();
    edit.run(&ADD, args![id, name, purpose]).await?;
    let version = add_version(edit, id, text).await?;
    Ok((id, version))
}

async fn add_version(edit: &mut Edit, script: ScriptId, text: &str) -> Result<ScriptVersionId> {
    let (id, at) = (ScriptVersionId::new(), edit.at);
    edit.run(&ADD_VERSION, args![id, script, text, at]).await?;
    Ok(id)
}

/// The scripts that come with the app, for every purpose that the book has none for yet. In an edit of its own: whoever
/// undoes a call undoes no script.
pub(super) async fn complete(book: &Book) -> Result<()> {
    let there = all(&mut book.read().await?).await?;
    let missing: Vec<Purpose> =
        Purpose::ALL.iter().copied().filter(|purpose| there.iter().all(|row| row.purpose != *purpose)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let mut edit = book.write(Actor::Wellmet, "add_scripts").await?;
    edit.aside();
    for purpose in missing {
        // Somebody may have been faster.
        let newest: Option<VersionRow> = edit.maybe(&FOR_PURPOSE, args![purpose]).await?;
        if newest.is_none() {
            let text = purpose.builtin().source;
            let name = read(text)?.script().title.clone();
            add(&mut edit, &name, purpose, text).await?;
        }
    }
    edit.commit().await?;
    Ok(())
}

/// The version to begin a call with.
pub(super) async fn for_purpose(db: &mut Db, purpose: Purpose) -> Result<ScriptVersionId> {
    let row: VersionRow = db.one(&FOR_PURPOSE, args![purpose], "script").await?;
    Ok(row.id)
}

/// What the script for this purpose is called.
pub(super) async fn name_for(db: &mut Db, purpose: Purpose) -> Result<String> {
    let there: Option<VersionRow> = db.maybe(&FOR_PURPOSE, args![purpose]).await?;
    let ready = match there {
        Some(row) => read(&row.text)?,
        None => read(purpose.builtin().source)?,
    };
    Ok(ready.script().title.clone())
}

pub(super) async fn version(db: &mut Db, id: ScriptVersionId) -> Result<ReadyScript> {
    let row: VersionRow = db.one(&VERSION, args![id], "script").await?;
    read(&row.text)
}

fn read(text: &str) -> Result<ReadyScript> {
    // It was checked when it was saved; a newer Wellmet may have written what this one cannot read.
    Script::read(text).map_err(|problems| {
        Error::new(Code::Internal, format!("A script of this book cannot be read. Mend it in Settings.\n{problems}"))
    })
}
