//! Imports in the background: one at a time, told as events, stopped by a flag.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tauri_specta::Event as _;
use wellmet_core::exchange::import::{self, Mapping};
use wellmet_core::ids::ImportId;
use wellmet_core::{Actor, Book, Error, Result};

use crate::events::ImportProgressed;

static RUNNING: Mutex<Option<(ImportId, Arc<AtomicBool>)>> = Mutex::new(None);

pub async fn start(
    app: tauri::AppHandle,
    book: Book,
    actor: Actor,
    path: PathBuf,
    mapping: Option<Mapping>,
) -> Result<ImportId> {
    if RUNNING.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
        return Err(Error::refused("An import is running. Let it finish, or cancel it first."));
    }
    let import = import::begin(&book, actor, &path, mapping).await?;
    let cancel = Arc::new(AtomicBool::new(false));
    *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = Some((import, cancel.clone()));
    tauri::async_runtime::spawn(async move {
        let tell = {
            let app = app.clone();
            move |progress| {
                // A closed window misses nothing: the list of imports has it.
                let _ = ImportProgressed(progress).emit(&app);
            }
        };
        let done = import::run(&book, actor, import, &cancel, &tell).await;
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Err(error) = done {
            tracing::error!(%error, "an import stopped");
        }
    });
    Ok(import)
}

pub fn cancel(import: ImportId) {
    let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((id, cancel)) = running.as_ref()
        && *id == import
    {
        cancel.store(true, Ordering::Relaxed);
    }
}
