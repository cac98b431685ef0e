//! Hands over the e-mail that waits, while Wellmet runs: one round at a time, in the one process that has the book.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager as _};
use tauri_specta::Event as _;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};
use wellmet_core::mail::delivery;
use wellmet_core::{Book, Code};

use crate::desk::Desk;
use crate::events::BookChanged;
use crate::smtp::Smtp;

const LOOK_EVERY: Duration = Duration::from_secs(20);
/// What the window asks anew.
const TABLE: &str = "outgoing_progress";

/// Why what waits is not even tried; the window says so.
#[derive(Clone, Default)]
pub struct Held(Arc<Mutex<Option<String>>>);

impl Held {
    pub fn get(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it is another than before.
    fn set(&self, why: Option<String>) -> bool {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = *held != why;
        *held = why;
        changed
    }
}

pub async fn run(app: AppHandle, desk: Desk) {
    let mut books = desk.books();
    loop {
        let book = books.borrow_and_update().clone();
        let left = match book {
            Some(book) => {
                tokio::select! {
                    () = of_book(&app, &book) => books.changed().await,
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

async fn of_book(app: &AppHandle, book: &Book) {
    let held = app.state::<Held>().inner().clone();
    let mut changes = book.changes();
    let mut tick = interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let smtp = Smtp::default();
    let mut fault: Option<Code> = None;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            change = changes.recv() => match change {
                Ok(change) if !change.tables.iter().any(|table| table == TABLE || table == "mail_server") => continue,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
        match delivery::deliver(book, &smtp).await {
            Ok(done) => {
                fault = None;
                if held.set(done.held) {
                    let _ = BookChanged { tables: vec![TABLE.into()] }.emit(app);
                }
            }
            Err(error) => {
                if fault != Some(error.code) {
                    tracing::error!(code = ?error.code, "e-mail waits");
                }
                fault = Some(error.code);
            }
        }
    }
}
