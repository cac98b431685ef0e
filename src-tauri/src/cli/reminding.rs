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

#[derive(Default, Serialize)]
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
    match with_book(folder, remind).await {
        Err(Error { code: Code::BookBusy, message }) => {
            say(&format!("wellmet: {message} The window that has it open reminds by itself."));
            Answer::new(&Reminded { window_open: true, ..Reminded::default() }, "")
        }
        reminded => reminded,
    }
}

async fn remind(book: &Book) -> Result<Answer> {
    // Whoever a plan owes something by now is told of with the rest.
    if let Err(error) = follow::follow(book).await {
        say(&format!("wellmet: plans could not follow what happened. {}", error.message));
    }
    let (mut reminded, mut words) = (Reminded::default(), String::new());
    // First of all: a mail server may take its time.
    if let Some(notice) = reminders::deliver(book).await? {
        words = format!("{}\n{}", notice.title, notice.body);
        reminded.told = notice.reminders.len();
        (reminded.title, reminded.body) = (Some(notice.title.clone()), Some(notice.body.clone()));
        let shown = tokio::task::spawn_blocking(move || show(notice)).await;
        match shown.unwrap_or_else(|error| Err(error.to_string())) {
            Ok(()) => reminded.shown = true,
            Err(why) => {
                say(&format!("wellmet: the desktop did not show it ({why}); the inbox in the window has it."));
            }
        }
    }
    match promises_ics::refresh(book).await {
        Ok(faults) => faults.iter().for_each(|(_, why)| say(&format!("wellmet: {why}"))),
        Err(error) => say(&format!("wellmet: calendars could not be kept. {}", error.message)),
    }
    match delivery::deliver(book, &Smtp::default()).await {
        Ok(mail) => reminded.mail = mail,
        Err(error) => reminded.mail.held = Some(error.message),
    }
    if let Some(why) = &reminded.mail.held {
        say(&format!("wellmet: e-mail waits. {why}"));
    }
    Answer::new(&reminded, words)
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
