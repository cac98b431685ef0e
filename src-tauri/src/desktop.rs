//! What belongs to this computer rather than to the book.

use serde::{Deserialize, Serialize};
use tauri_plugin_autostart::ManagerExt as _;

#[derive(Clone, Copy, Debug, Serialize, Deserialize, specta::Type)]
pub struct DesktopSettings {
    /// Starts with the computer, hidden, so that it reminds.
    pub autostart: bool,
}

pub fn read(app: &tauri::AppHandle) -> Result<DesktopSettings, String> {
    Ok(DesktopSettings { autostart: app.autolaunch().is_enabled().map_err(|error| error.to_string())? })
}

pub fn save(app: &tauri::AppHandle, settings: &DesktopSettings) -> Result<(), String> {
    let autolaunch = app.autolaunch();
    let done = if settings.autostart { autolaunch.enable() } else { autolaunch.disable() };
    done.map_err(|error| format!("Starting with this computer could not be set: {error}"))
}
