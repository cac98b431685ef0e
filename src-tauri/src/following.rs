//! Tells the window and the tray what changed in the book, and lets plans follow it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager as _};
use tauri_specta::Event as _;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};
use wellmet_core::exchange::promises_ics;
use wellmet_core::ids::VolunteerId;
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
    while let Some(book) = books.next().await {
        books.while_open(one(&app, &book, tray.as_ref())).await;
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
        keep_calendars(app, book, tables.as_deref()).await;
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

/// What the subscribed calendars of promises are made of.
const IN_CALENDARS: [&str; 5] = ["promise", "person", "volunteer", "association", "calendar_file"];

/// What the window shows of something that goes on by itself.
#[derive(Default)]
pub struct Shown<T>(Mutex<T>);

impl<T: Clone + PartialEq> Shown<T> {
    pub fn get(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is another than before.
    pub fn set(&self, now: T) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *known != now;
        *known = now;
        changed
    }
}

/// Whose calendar of promises is not up to date, and why.
pub type CalendarFaults = Shown<Vec<(VolunteerId, String)>>;

async fn keep_calendars(app: &AppHandle, book: &Book, tables: Option<&[String]>) {
    // At the tick, and where too much changed to name it, everything may have.
    let may = tables
        .is_none_or(|tables| tables.is_empty() || tables.iter().any(|table| IN_CALENDARS.contains(&table.as_str())));
    if !may {
        return;
    }
    match promises_ics::refresh(book).await {
        Ok(faults) => {
            if app.state::<CalendarFaults>().set(faults) {
                let _ = BookChanged { tables: vec!["calendar_file".into()] }.emit(app);
            }
        }
        Err(error) => tracing::warn!(code = ?error.code, "calendars could not be kept: {error}"),
    }
}

async fn count(book: &Book) -> Result<Waiting> {
    let mut db = book.read().await?;
    Ok(Waiting { late: today::count_late(&mut db, book.now()).await?, unseen: reminders::count_unseen(&mut db).await? })
}
