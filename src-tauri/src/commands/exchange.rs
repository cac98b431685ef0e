use std::path::PathBuf;

use tauri::State;
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use wellmet_core::exchange::export::{self, ExportForm, Exported};
use wellmet_core::exchange::import::{self, ImportLine, ImportUndone, Mapping, Preview};
use wellmet_core::ids::ImportId;
use wellmet_core::people::PeopleQuery;
use wellmet_core::{Error, Result};

use crate::desk::Desk;
use crate::importing;

/// `None`: nothing was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_import_file(app: tauri::AppHandle) -> Result<Option<String>> {
    let dialog = app.dialog().file().add_filter("CSV", &["csv", "tsv", "txt"]);
    tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file().map(|file| file.to_string()))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

#[tauri::command]
#[specta::specta]
pub async fn choose_export_file(app: tauri::AppHandle, suggested: String) -> Result<Option<String>> {
    let dialog = app.dialog().file().add_filter("CSV", &["csv"]).set_file_name(suggested);
    tauri::async_runtime::spawn_blocking(move || dialog.blocking_save_file().map(|file| file.to_string()))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

#[tauri::command]
#[specta::specta]
pub async fn choose_closures_file(app: tauri::AppHandle) -> Result<Option<String>> {
    let dialog = app.dialog().file().add_filter("iCalendar", &["ics"]);
    tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file().map(|file| file.to_string()))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

/// What would be read: columns and what they hold, and the first rows. Nothing is written.
#[tauri::command]
#[specta::specta]
pub async fn preview_import(desk: State<'_, Desk>, path: String, mapping: Option<Mapping>) -> Result<Preview> {
    import::preview(&desk.book().await?, &PathBuf::from(path), mapping).await
}

/// Begins in the background; progress comes as events. Answers the import to cancel or undo.
#[tauri::command]
#[specta::specta]
pub async fn start_import(
    app: tauri::AppHandle,
    desk: State<'_, Desk>,
    path: String,
    mapping: Option<Mapping>,
) -> Result<ImportId> {
    let (book, actor) = desk.at_work().await?;
    importing::start(app, book, actor, PathBuf::from(path), mapping).await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_import(id: ImportId) -> Result<()> {
    importing::cancel(id);
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn imports(desk: State<'_, Desk>) -> Result<Vec<ImportLine>> {
    import::list(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn undo_import(desk: State<'_, Desk>, id: ImportId) -> Result<ImportUndone> {
    let (book, actor) = desk.at_work().await?;
    import::undo(&book, actor, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn export_people(
    desk: State<'_, Desk>,
    path: String,
    query: PeopleQuery,
    form: ExportForm,
) -> Result<Exported> {
    let (book, actor) = desk.at_work().await?;
    export::export(&book, actor, &PathBuf::from(path), &query, form).await
}

/// Shows a file that Wellmet wrote in the desktop's file manager.
#[tauri::command]
#[specta::specta]
pub async fn show_file(app: tauri::AppHandle, path: String) -> Result<()> {
    app.opener()
        .reveal_item_in_dir(&path)
        .map_err(|error| Error::refused(format!("{path} could not be shown: {error}")))
}
