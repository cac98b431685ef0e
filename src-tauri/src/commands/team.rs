use std::path::PathBuf;

use tauri::State;
use wellmet_core::calls::retry_rules;
use wellmet_core::exchange::closures_ics::{self, LeftOut};
use wellmet_core::ids::{ClosureId, VolunteerId};
use wellmet_core::promises::business_time::Closure;
use wellmet_core::team::standards::{self, Association, Opening, ResponseTarget, RetryRuleRow, Standards};
use wellmet_core::team::volunteers::{self, NewVolunteer, Volunteer, VolunteerRole};
use wellmet_core::{Code, Error, Result};

use crate::desk::Desk;
use crate::desktop::{self, DesktopSettings};
use crate::events::GoTo;

#[derive(serde::Serialize, specta::Type)]
pub struct ImportedClosures {
    pub added: u32,
    /// Events that are no closures, and why.
    pub left_out: Vec<LeftOut>,
}

#[tauri::command]
#[specta::specta]
pub async fn volunteers(desk: State<'_, Desk>) -> Result<Vec<Volunteer>> {
    volunteers::all(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn sign_in(desk: State<'_, Desk>, id: VolunteerId, pin: Option<String>) -> Result<Volunteer> {
    desk.sign_in(id, pin.as_deref()).await
}

#[tauri::command]
#[specta::specta]
pub async fn sign_out(desk: State<'_, Desk>) -> Result<()> {
    desk.sign_out().await;
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn add_volunteer(desk: State<'_, Desk>, volunteer: NewVolunteer) -> Result<VolunteerId> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "add_volunteer").await?;
    let id = volunteers::add(&mut edit, &volunteer).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn change_volunteer(desk: State<'_, Desk>, id: VolunteerId, name: String, role: VolunteerRole) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "change_volunteer").await?;
    volunteers::change(&mut edit, id, &name, role).await?;
    edit.commit().await.map(drop)
}

/// One's own, or anyone's for a director. Empty takes it away.
#[tauri::command]
#[specta::specta]
pub async fn set_pin(desk: State<'_, Desk>, id: VolunteerId, pin: String) -> Result<()> {
    let (book, actor) =
        if desk.signed_in().await? == id { desk.at_work().await? } else { desk.director_at_work().await? };
    let mut edit = book.write(actor, "set_pin").await?;
    volunteers::set_pin(&mut edit, id, &pin).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn leave_team(desk: State<'_, Desk>, id: VolunteerId) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "leave_team").await?;
    volunteers::leave_team(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn standards(desk: State<'_, Desk>) -> Result<Standards> {
    standards::all(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_association(desk: State<'_, Desk>, association: Association) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "save_association").await?;
    standards::save_association(&mut edit, &association).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn save_openings(desk: State<'_, Desk>, openings: Vec<Opening>) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "save_openings").await?;
    standards::save_openings(&mut edit, &openings).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn save_targets(desk: State<'_, Desk>, targets: Vec<ResponseTarget>) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "save_targets").await?;
    standards::save_targets(&mut edit, &targets).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn save_retry_rules(desk: State<'_, Desk>, rules: Vec<RetryRuleRow>) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "save_retry_rules").await?;
    retry_rules::save_rows(&mut edit, &rules).await?;
    edit.commit().await.map(drop)
}

/// Days as `YYYY-MM-DD`, both included.
#[tauri::command]
#[specta::specta]
pub async fn add_closure(desk: State<'_, Desk>, name: String, from_day: String, to_day: String) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let closure = Closure::new(name.trim(), standards::day(&from_day)?, standards::day(&to_day)?);
    let mut edit = book.write(actor, "add_closure").await?;
    if standards::add_closures(&mut edit, &[closure]).await? == 0 {
        return Err(Error::new(Code::Conflict, format!("“{}” is among the closed days already.", name.trim())));
    }
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_closure(desk: State<'_, Desk>, id: ClosureId) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "remove_closure").await?;
    standards::remove_closure(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

/// Adds the whole-day events of an .ics file; those that are there already are left alone.
#[tauri::command]
#[specta::specta]
pub async fn import_closures(desk: State<'_, Desk>, path: String) -> Result<ImportedClosures> {
    let (book, actor) = desk.director_at_work().await?;
    let read = closures_ics::read_file(&PathBuf::from(path), book.now())?;
    let mut edit = book.write(actor, "import_closures").await?;
    let added = standards::add_closures(&mut edit, &read.closures).await?;
    edit.commit().await?;
    Ok(ImportedClosures { added, left_out: read.left_out })
}

/// What belongs to this computer rather than to the book: starting hidden with it, the timer that reminds without it.
#[tauri::command]
#[specta::specta]
pub fn desktop_settings(app: tauri::AppHandle) -> Result<DesktopSettings> {
    desktop::read(&app).map_err(Error::internal)
}

#[tauri::command]
#[specta::specta]
pub fn save_desktop_settings(app: tauri::AppHandle, settings: DesktopSettings) -> Result<()> {
    desktop::save(&app, &settings).map_err(Error::refused)
}

/// How large everything in the window is drawn, in percent of the usual.
#[tauri::command]
#[specta::specta]
pub fn set_zoom(window: tauri::WebviewWindow, percent: u16) -> Result<()> {
    let percent = percent.clamp(50, 300);
    window.set_zoom(f64::from(percent) / 100.0).map_err(|error| Error::internal(error.to_string()))
}

/// Where a notification or the tray leads, if one was pressed since this was last asked.
#[tauri::command]
#[specta::specta]
pub fn take_go_to(desk: State<'_, Desk>) -> Option<GoTo> {
    desk.take_go_to()
}

/// Ends Wellmet, and its reminders with it.
#[tauri::command]
#[specta::specta]
pub fn quit(app: tauri::AppHandle) {
    app.exit(0);
}
