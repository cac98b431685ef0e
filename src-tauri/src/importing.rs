//! Imports in the background: one at a time, told as events, stopped by a flag.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tauri_specta::Event as _;
use wellmet_core::exchange::import::{self, Choices, Preflight};
use wellmet_core::ids::ImportId;
use wellmet_core::{Actor, Book, Error, Result};

use crate::events::{ImportProgressed, PreflightProgressed};

static RUNNING: Mutex<Option<(ImportId, Arc<AtomicBool>)>> = Mutex::new(None);

pub async fn start(
    app: tauri::AppHandle,
    book: Book,
    actor: Actor,
    path: PathBuf,
    choices: Choices,
) -> Result<ImportId> {
    if RUNNING.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
        return Err(Error::refused("An import is running. Let it finish, or cancel it first."));
    }
    // Both write, and what is told of a look that goes on is told too late.
    stop_looking();
    let import = import::begin(&book, actor, &path, &choices).await?;
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

/// The look through a file that goes on, to be ended by the next or by whoever waits for it.
static LOOKING: Mutex<Option<Arc<AtomicBool>>> = Mutex::new(None);

pub async fn look(
    app: tauri::AppHandle,
    book: Book,
    actor: Actor,
    path: PathBuf,
    choices: Choices,
) -> Result<Preflight> {
    let cancel = Arc::new(AtomicBool::new(false));
    let before = LOOKING.lock().unwrap_or_else(PoisonError::into_inner).replace(cancel.clone());
    if let Some(before) = before {
        before.store(true, Ordering::Relaxed);
    }
    let tell = move |rows, percent| {
        let _ = PreflightProgressed { rows, percent }.emit(&app);
    };
    import::preflight(&book, actor, &path, &choices, &cancel, &tell).await
}

pub fn stop_looking() {
    if let Some(cancel) = LOOKING.lock().unwrap_or_else(PoisonError::into_inner).take() {
        cancel.store(true, Ordering::Relaxed);
    }
}
