//! `wellmet remind --once`: for a timer, where the window is not open.

use std::path::Path;

use serde::Serialize;
use wellmet_core::exchange::promises_ics;
use wellmet_core::mail::delivery::{self, Delivered};
use wellmet_core::plans::follow;
use wellmet_core::promises::reminders::{self, Notice};
use wellmet_core::{Book, Code, Error, Result};

use super::answer::{Answer, say};
use super::opening::with_book;
use crate::smtp::Smtp;

#[derive(Serialize)]
struct Reminded {
    /// How many promises were told of.
    told: usize,
    /// Whether the desktop showed it; the inbox has it either way.
    shown: bool,
    title: Option<String>,
    body: Option<String>,
    /// The window is open, and reminds by itself.
    window_open: bool,
    /// What became of the e-mail that waited to go out.
    mail: Delivered,
}

pub async fn once(folder: &Path) -> Result<Answer> {
    let deliver = async |book: &Book| {
        // Whoever a plan owes something by now is told of with the rest.
        if let Err(error) = follow::follow(book).await {
            say(&format!("wellmet: plans could not follow what happened. {}", error.message));
        }
        let mail = delivery::deliver(book, &Smtp::default()).await.unwrap_or_else(|error| {
            say(&format!("wellmet: e-mail waits. {}", error.message));
            Delivered::default()
        });
        if let Some(why) = &mail.held {
            say(&format!("wellmet: e-mail waits. {why}"));
        }
        for fault in promises_ics::refresh(book).await? {
            say(&format!("wellmet: {fault}"));
        }
        Ok((reminders::deliver(book).await?, mail))
    };
    let (notice, mail) = match with_book(folder, deliver).await {
        Ok(notice) => notice,
        Err(Error { code: Code::BookBusy, message }) => {
            say(&format!("wellmet: {message} The window that has it open reminds by itself."));
            return nothing(true, Delivered::default());
        }
        Err(error) => return Err(error),
    };
    let Some(notice) = notice else { return nothing(false, mail) };
    let words = format!("{}\n{}", notice.title, notice.body);
    let told = notice.reminders.len();
    let (title, body) = (Some(notice.title.clone()), Some(notice.body.clone()));
    let shown = tokio::task::spawn_blocking(move || show(notice)).await.unwrap_or_else(|error| Err(error.to_string()));
    if let Err(why) = &shown {
        say(&format!("wellmet: the desktop did not show it ({why}); the inbox in the window has it."));
    }
    Answer::new(&Reminded { told, shown: shown.is_ok(), title, body, window_open: false, mail }, words)
}

fn nothing(window_open: bool, mail: Delivered) -> Result<Answer> {
    Answer::new(&Reminded { told: 0, shown: false, title: None, body: None, window_open, mail }, "")
}

#[cfg(target_os = "linux")]
fn show(notice: Notice) -> Result<(), String> {
    use crate::notifier::{DesktopNotifier, Note, Notifier as _};
    DesktopNotifier::new(None).show(Note::of(notice))
}

#[cfg(not(target_os = "linux"))]
fn show(_: Notice) -> Result<(), String> {
    Err("on this system only the window shows notifications".into())
}
