use std::path::PathBuf;

use tauri::State;
use tauri_plugin_dialog::DialogExt as _;
use wellmet_core::calls::script::{MergeField, Move, ScriptCheck, ToldDay, own_path, read_day};
use wellmet_core::calls::script_drafts::{self, KeepDraft, ScriptDraft};
use wellmet_core::calls::scripts::{self, ScriptDetail, ScriptPreview, ScriptRow};
use wellmet_core::exchange::script_file;
use wellmet_core::ids::{PersonId, ScriptDraftId, ScriptId, ScriptVersionId};
use wellmet_core::people::fields::{self, CustomField};
use wellmet_core::team::standards;
use wellmet_core::{Error, Result};

use crate::desk::Desk;

/// What a script may name between `{{` and `}}`.
#[derive(serde::Serialize, specta::Type)]
pub struct MergeFieldView {
    pub path: String,
    /// What stands in the blank where the book does not know it.
    pub question: String,
}

/// Every script, retired ones too.
#[tauri::command]
#[specta::specta]
pub async fn script_list(desk: State<'_, Desk>) -> Result<Vec<ScriptRow>> {
    let book = desk.book().await?;
    scripts::complete(&book).await?;
    scripts::all(&mut book.read().await?).await
}

/// One script, with what came of each of its versions.
#[tauri::command]
#[specta::specta]
pub async fn script(desk: State<'_, Desk>, id: ScriptId) -> Result<ScriptDetail> {
    scripts::detail(&mut desk.book().await?.read().await?, id).await
}

/// What is wrong with a text, and the map of its ways, as far as it can be read.
#[tauri::command]
#[specta::specta]
pub async fn check_script(desk: State<'_, Desk>, text: String) -> Result<ScriptCheck> {
    Ok(ScriptCheck::in_book(&text, &fields::all(&mut desk.book().await?.read().await?).await?))
}

/// How a text reads to this person after these answers; without a person, what is theirs is blank.
#[tauri::command]
#[specta::specta]
pub async fn preview_script(
    desk: State<'_, Desk>,
    text: String,
    person: Option<PersonId>,
    path: Vec<Move>,
) -> Result<ScriptPreview> {
    let (book, actor) = desk.at_work().await?;
    scripts::preview(&mut book.read().await?, book.now(), actor.volunteer(), &text, person, path).await
}

#[tauri::command]
#[specta::specta]
pub async fn merge_fields(desk: State<'_, Desk>) -> Result<Vec<MergeFieldView>> {
    let view = |field: &MergeField| MergeFieldView { path: field.path().into(), question: field.question().into() };
    let own =
        |field: CustomField| MergeFieldView { path: format!("fields.{}", own_path(&field.name)), question: field.name };
    let fields = fields::all(&mut desk.book().await?.read().await?).await?;
    Ok(MergeField::ALL.iter().map(view).chain(fields.into_iter().map(own)).collect())
}

/// A new script, or a new version of one: alone, or beside those that run now.
#[tauri::command]
#[specta::specta]
pub async fn save_script(desk: State<'_, Desk>, id: Option<ScriptId>, text: String, beside: bool) -> Result<ScriptId> {
    let (book, actor) = desk.director_at_work().await?;
    scripts::save(&book, actor, id, &text, beside).await
}

/// Which versions calls begin with from now on.
#[tauri::command]
#[specta::specta]
pub async fn run_script_versions(desk: State<'_, Desk>, id: ScriptId, versions: Vec<ScriptVersionId>) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    scripts::run_versions(&book, actor, id, &versions).await
}

/// Takes a script out of what is offered, or brings it back.
#[tauri::command]
#[specta::specta]
pub async fn retire_script(desk: State<'_, Desk>, id: ScriptId, retired: bool) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    scripts::retire(&book, actor, id, retired).await
}

/// Reads a day that they tell us of, past or to come: "3 May 2019", "June 2019", "3 years ago".
#[tauri::command]
#[specta::specta]
pub async fn read_told_day(desk: State<'_, Desk>, typed: String) -> Result<ToldDay> {
    let book = desk.book().await?;
    let association = standards::association(&mut book.read().await?).await?;
    read_day(&typed, book.now().in_zone(association.tz()?).date_naive(), &association.country)
}

/// `None`: nothing was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_script_file(app: tauri::AppHandle) -> Result<Option<String>> {
    let dialog = app.dialog().file().add_filter("Script", &["script", "txt", "md"]);
    tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file().map(|file| file.to_string()))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

/// The text of a file, to be looked at before it is saved as a script.
#[tauri::command]
#[specta::specta]
pub async fn read_script_file(path: String) -> Result<String> {
    script_file::read(&PathBuf::from(path))
}

#[tauri::command]
#[specta::specta]
pub async fn choose_script_target(app: tauri::AppHandle, suggested: String) -> Result<Option<String>> {
    let dialog = app.dialog().file().add_filter("Script", &["script"]).set_file_name(suggested);
    tauri::async_runtime::spawn_blocking(move || dialog.blocking_save_file().map(|file| file.to_string()))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

/// The newest version of a script as one readable file.
#[tauri::command]
#[specta::specta]
pub async fn write_script_file(desk: State<'_, Desk>, id: ScriptId, path: String) -> Result<()> {
    let detail = scripts::detail(&mut desk.book().await?.read().await?, id).await?;
    script_file::write(&PathBuf::from(path), &detail.text)
}

/// What whoever is signed in has written and not saved, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn script_drafts(desk: State<'_, Desk>) -> Result<Vec<ScriptDraft>> {
    let volunteer = desk.signed_in().await?;
    script_drafts::of(&mut desk.book().await?.read().await?, volunteer).await
}

/// The words as they stand, at a pause of typing.
#[tauri::command]
#[specta::specta]
pub async fn keep_script_draft(desk: State<'_, Desk>, draft: KeepDraft) -> Result<ScriptDraftId> {
    let (book, actor) = desk.director_at_work().await?;
    script_drafts::keep(&book, actor, &draft).await
}

#[tauri::command]
#[specta::specta]
pub async fn discard_script_draft(desk: State<'_, Desk>, id: ScriptDraftId) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    script_drafts::discard(&book, actor, id).await
}
