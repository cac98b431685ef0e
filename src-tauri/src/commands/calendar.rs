use std::path::PathBuf;

use tauri::State;
use wellmet_core::Result;
use wellmet_core::exchange::promises_ics::{self, CalendarFile};

use crate::desk::Desk;
use crate::following::CalendarFaults;

#[derive(serde::Serialize, specta::Type)]
pub struct MyCalendar {
    pub file: Option<CalendarFile>,
    /// Why it is not up to date, and the way out.
    pub fault: Option<String>,
}

/// Where one's own promises are kept as a calendar.
#[tauri::command]
#[specta::specta]
pub async fn my_calendar(desk: State<'_, Desk>, faults: State<'_, CalendarFaults>) -> Result<MyCalendar> {
    let whose = desk.signed_in().await?;
    let file = promises_ics::kept(&mut desk.book().await?.read().await?, whose).await?;
    let fault = faults.get().into_iter().find(|(of, _)| *of == whose).map(|(_, why)| why);
    Ok(MyCalendar { file, fault })
}

/// Writes one's own promises as a calendar, once. Answers where it stands.
#[tauri::command]
#[specta::specta]
pub async fn write_calendar(desk: State<'_, Desk>, path: String, names: bool) -> Result<String> {
    let whose = desk.signed_in().await?;
    let written = promises_ics::write(&desk.book().await?, whose, names, &PathBuf::from(path)).await?;
    Ok(written.display().to_string())
}

/// Keeps it there, written anew whenever something changes; `None`: no longer.
#[tauri::command]
#[specta::specta]
pub async fn keep_calendar(desk: State<'_, Desk>, path: Option<String>, names: bool) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let path = path.map(PathBuf::from);
    let at = path.as_deref().map(|path| (path, names));
    promises_ics::keep(&book, actor, desk.signed_in().await?, at).await
}
