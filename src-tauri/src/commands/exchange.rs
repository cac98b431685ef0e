use std::path::PathBuf;

use tauri::State;
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use wellmet_core::exchange::export::{self, Exported, Order};
use wellmet_core::exchange::import::{self, Choices, ImportLine, ImportUndone, Preflight, Preview};
use wellmet_core::ids::ImportId;
use wellmet_core::{Error, Result};

use crate::desk::Desk;
use crate::importing;

/// `None`: nothing was chosen.
#[tauri::command]
#[specta::specta]
pub async fn choose_import_file(app: tauri::AppHandle) -> Result<Option<String>> {
    let dialog =
        app.dialog().file().add_filter("Lists of people", &["csv", "tsv", "txt", "xlsx", "xlsm", "vcf", "vcard"]);
    tauri::async_runtime::spawn_blocking(move || dialog.blocking_pick_file().map(|file| file.to_string()))
        .await
        .map_err(|error| Error::internal(error.to_string()))
}

#[tauri::command]
#[specta::specta]
pub async fn choose_export_file(app: tauri::AppHandle, suggested: String) -> Result<Option<String>> {
    // As what is said by its name.
    let extension = suggested.rsplit('.').next().unwrap_or("csv").to_owned();
    let dialog =
        app.dialog().file().add_filter(extension.to_uppercase(), &[extension.as_str()]).set_file_name(suggested);
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
pub async fn preview_import(desk: State<'_, Desk>, path: String, choices: Option<Choices>) -> Result<Preview> {
    import::preview(&desk.book().await?, &PathBuf::from(path), choices).await
}

/// Begins in the background; progress comes as events. Answers the import to cancel or undo.
#[tauri::command]
#[specta::specta]
pub async fn start_import(
    app: tauri::AppHandle,
    desk: State<'_, Desk>,
    path: String,
    choices: Choices,
) -> Result<ImportId> {
    let (book, actor) = desk.at_work().await?;
    importing::start(app, book, actor, PathBuf::from(path), choices).await
}

/// What an import would do, exactly; nothing is written. One look at a time: a new one ends the one before.
#[tauri::command]
#[specta::specta]
pub async fn preflight_import(
    app: tauri::AppHandle,
    desk: State<'_, Desk>,
    path: String,
    choices: Choices,
) -> Result<Preflight> {
    let (book, actor) = desk.at_work().await?;
    importing::look(app, book, actor, PathBuf::from(path), choices).await
}

#[tauri::command]
#[specta::specta]
pub async fn cancel_preflight() -> Result<()> {
    importing::stop_looking();
    Ok(())
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
pub async fn export_people(desk: State<'_, Desk>, path: String, order: Order) -> Result<Exported> {
    let (book, actor) = desk.at_work().await?;
    export::export(&book, actor, &PathBuf::from(path), &order).await
}

/// Opens a file that Wellmet wrote in whatever the desktop opens it with: a page to print in the browser.
#[tauri::command]
#[specta::specta]
pub async fn open_exported(app: tauri::AppHandle, path: String) -> Result<()> {
    // Nothing but what an export can be: a path comes from the window.
    let known = ["csv", "tsv", "xlsx", "vcf", "html"];
    let extension = PathBuf::from(&path).extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    if !extension.is_some_and(|extension| known.contains(&extension.as_str())) {
        return Err(Error::invalid(format!("{path} is no list that was exported.")));
    }
    app.opener()
        .open_path(&path, None::<&str>)
        .map_err(|error| Error::refused(format!("{path} could not be opened: {error}")))
}

/// Shows a file that Wellmet wrote in the desktop's file manager.
#[tauri::command]
#[specta::specta]
pub async fn show_file(app: tauri::AppHandle, path: String) -> Result<()> {
    app.opener()
        .reveal_item_in_dir(&path)
        .map_err(|error| Error::refused(format!("{path} could not be shown: {error}")))
}
