//! Hands over the e-mail that waits, while Wellmet runs: one round at a time, in the one process that has the book.

use std::time::Duration;

use tauri::{AppHandle, Manager as _};
use tauri_specta::Event as _;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval};
use wellmet_core::mail::delivery;
use wellmet_core::{Book, Code};

use crate::desk::Desk;
use crate::events::BookChanged;
use crate::following::Shown;
use crate::smtp::Smtp;

const LOOK_EVERY: Duration = Duration::from_secs(20);
/// What the window asks anew.
const TABLE: &str = "outgoing_progress";

/// Why what waits is not even tried, where it is not.
pub type Held = Shown<Option<String>>;

pub async fn run(app: AppHandle, desk: Desk) {
    let mut books = desk.books();
    while let Some(book) = books.next().await {
        books.while_open(of_book(&app, &book)).await;
    }
}

async fn of_book(app: &AppHandle, book: &Book) {
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
                if app.state::<Held>().set(done.held) {
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
