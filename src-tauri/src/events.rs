//! What the shell tells the window.

use serde::{Deserialize, Serialize};
use tauri_specta::Event;
use wellmet_core::exchange::ImportProgress;
use wellmet_core::promises::reminders::Opens;

/// Tables whose rows changed: ask anew for what is shown of them.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct BookChanged {
    pub tables: Vec<String>,
}

/// What someone who pressed a notification or the tray wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum GoTo {
    Notice(Opens),
    Capture,
    /// Someone is ringing us.
    Incoming,
    Today,
}

/// There is somewhere to go: `take_go_to` says where. A window in which nobody is signed in asks later.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct GoToAsked;

#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct ImportProgressed(pub ImportProgress);

/// How far a look through a file has come before its import.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct PreflightProgressed {
    pub rows: u32,
    /// Of the file's bytes, 0 to 100.
    pub percent: u32,
}

/// A file was dropped on the window.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct FileDropped {
    pub path: String,
}
