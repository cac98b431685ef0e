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

/// Someone pressed a notification, the tray or a link: show this.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
#[serde(rename_all = "snake_case")]
pub enum GoTo {
    Notice(Opens),
    Capture,
    Today,
}

#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct ImportProgressed(pub ImportProgress);

/// A file was dropped on the window.
#[derive(Clone, Debug, Serialize, Deserialize, specta::Type, Event)]
pub struct FileDropped {
    pub path: String,
}
