//! Tells the window and the tray what changed in the book, and lets plans follow it.

use std::time::Duration;

use tauri::AppHandle;
use tauri_specta::Event as _;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};
use wellmet_core::plans::follow;
use wellmet_core::promises::{reminders, today};
use wellmet_core::{Book, Result};

use crate::desk::Desk;
use crate::events::BookChanged;
use crate::tray::{Tray, Waiting};

/// Promises grow late with nothing written.
const COUNT_EVERY: Duration = Duration::from_secs(30);

pub async fn run(app: AppHandle, desk: Desk, tray: Option<Tray>) {
    let mut books = desk.books();
    loop {
        let book = books.borrow_and_update().clone();
        let left = match book {
            Some(book) => {
                tokio::select! {
                    () = one(&app, &book, tray.as_ref()) => books.changed().await,
                    changed = books.changed() => changed,
                }
            }
            None => books.changed().await,
        };
        if left.is_err() {
            return;
        }
    }
}

async fn one(app: &AppHandle, book: &Book, tray: Option<&Tray>) {
    let mut changes = book.changes();
    let mut tick = interval(COUNT_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = None;
    loop {
        let tables = tokio::select! {
            _ = tick.tick() => None,
            change = changes.recv() => match change {
                Ok(change) => Some(change.tables),
                // Too many at once to name them: everything may have changed.
                Err(RecvError::Lagged(_)) => Some(Vec::new()),
                Err(RecvError::Closed) => return,
            },
        };
        // Where nothing concerns a plan this writes nothing, and so ends.
        if let Err(error) = follow::follow(book).await {
            tracing::warn!(code = ?error.code, "plans could not follow: {error}");
        }
        if let Some(tables) = tables {
            // A window that is not there asks when it comes.
            let _ = BookChanged { tables }.emit(app);
        }
        if let Some(tray) = tray
            && let Ok(waiting) = count(book).await
            && told != Some(waiting)
        {
            tray.tell(waiting);
            told = Some(waiting);
        }
    }
}

async fn count(book: &Book) -> Result<Waiting> {
    let mut db = book.read().await?;
    Ok(Waiting { late: today::count_late(&mut db, book.now()).await?, unseen: reminders::count_unseen(&mut db).await? })
}
