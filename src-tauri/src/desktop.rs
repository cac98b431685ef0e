//! What belongs to this computer rather than to the book.

use serde::{Deserialize, Serialize};
use tauri::Manager as _;
use tauri_plugin_autostart::ManagerExt as _;

use crate::desk::Desk;
use crate::{folders, timer};

#[derive(Clone, Copy, Debug, Serialize, Deserialize, specta::Type)]
pub struct DesktopSettings {
    /// Starts with the computer, hidden, so that it reminds.
    pub autostart: bool,
    /// A timer of the user's systemd reminds while Wellmet does not run.
    pub timer: bool,
}

pub fn read(app: &tauri::AppHandle) -> Result<DesktopSettings, String> {
    let autostart = app.autolaunch().is_enabled().map_err(|error| error.to_string())?;
    Ok(DesktopSettings { autostart, timer: timer::is_on() })
}

/// Changes what differs, so that a fault of one never keeps the other from being set.
pub fn save(app: &tauri::AppHandle, settings: &DesktopSettings) -> Result<(), String> {
    let now = read(app)?;
    if settings.autostart != now.autostart {
        let autolaunch = app.autolaunch();
        let done = if settings.autostart { autolaunch.enable() } else { autolaunch.disable() };
        done.map_err(|error| format!("Starting with this computer could not be set: {error}"))?;
    }
    match (settings.timer, now.timer) {
        (true, false) => {
            let program = std::env::current_exe().map_err(|error| error.to_string())?;
            let desk = app.state::<Desk>();
            let usual = folders::book(None).is_ok_and(|usual| usual == desk.folder());
            timer::turn_on(&program, (!usual).then(|| desk.folder()))
        }
        (false, true) => timer::turn_off(),
        _ => Ok(()),
    }
}
