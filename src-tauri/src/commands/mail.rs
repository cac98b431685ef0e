use std::path::PathBuf;

use tauri::State;
use tauri_plugin_opener::OpenerExt as _;
use wellmet_core::exchange::letter_page;
use wellmet_core::host::{MailServer, Password};
use wellmet_core::ids::{OutgoingMailId, PromiseId};
use wellmet_core::mail::letter::{self, LetterReady, LetterToWrite, Writing};
use wellmet_core::mail::outbox::{self, OutboxCount, OutboxLine};
use wellmet_core::mail::{delivery, mailto, server};
use wellmet_core::{Error, Result};

use crate::clipboard::Clipboard;
use crate::desk::Desk;
use crate::sending::Held;
use crate::smtp::Smtp;

#[derive(serde::Serialize, specta::Type)]
pub struct Outbox {
    pub lines: Vec<OutboxLine>,
    /// Why nothing of it is even tried, and the way out.
    pub held: Option<String>,
}

/// The e-mail or letter that is owed for this promise, as far as the book knows its words.
#[tauri::command]
#[specta::specta]
pub async fn letter(desk: State<'_, Desk>, promise: PromiseId) -> Result<LetterToWrite> {
    let (book, actor) = desk.at_work().await?;
    letter::letter(&mut book.read().await?, book.now(), actor, promise).await
}

/// Copies its words, to be sent by hand. Where the page copies, WebKit refuses what it had to be asked for first.
#[tauri::command]
#[specta::specta]
pub async fn copy_letter(desk: State<'_, Desk>, clipboard: State<'_, Clipboard>, writing: Writing) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let ready = letter::ready(&mut book.read().await?, book.now(), actor, &writing).await?;
    clipboard.give(ready.copied()).await
}

/// Its words with every blank filled; refused while one is left, and where they may not be written to.
#[tauri::command]
#[specta::specta]
pub async fn letter_ready(desk: State<'_, Desk>, writing: Writing) -> Result<LetterReady> {
    let (book, actor) = desk.at_work().await?;
    letter::ready(&mut book.read().await?, book.now(), actor, &writing).await
}

/// Hands it to this computer's mail program. `false`: it is too long for that way, and is to be copied.
#[tauri::command]
#[specta::specta]
pub async fn open_mail_program(app: tauri::AppHandle, desk: State<'_, Desk>, writing: Writing) -> Result<bool> {
    let (book, actor) = desk.at_work().await?;
    let ready = letter::ready(&mut book.read().await?, book.now(), actor, &writing).await?;
    let Some(url) = mailto::mailto(&ready)? else { return Ok(false) };
    app.opener().open_url(url, None::<&str>).map_err(|error| {
        Error::refused(format!(
            "No mail program on this computer opens ({error}). Copy the words, and send them by hand."
        ))
    })?;
    Ok(true)
}

/// Writes a letter as a page to print; answers where it stands.
#[tauri::command]
#[specta::specta]
pub async fn write_letter(desk: State<'_, Desk>, writing: Writing, path: String) -> Result<String> {
    let (book, actor) = desk.at_work().await?;
    let to = PathBuf::from(path);
    let written = letter_page::write(&mut book.read().await?, book.now(), actor, &writing, &to).await?;
    Ok(written.display().to_string())
}

/// It went by the mail program or the post: the touch, and the promise kept.
#[tauri::command]
#[specta::specta]
pub async fn letter_sent(desk: State<'_, Desk>, writing: Writing) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    letter::sent(&book, actor, &writing).await.map(drop)
}

/// Puts it into the outbox; its step stays owed until the server has taken it.
#[tauri::command]
#[specta::specta]
pub async fn send_letter(desk: State<'_, Desk>, writing: Writing) -> Result<OutgoingMailId> {
    let (book, actor) = desk.at_work().await?;
    outbox::put(&book, actor, &writing).await
}

/// What waits, what needs somebody, and what went lately.
#[tauri::command]
#[specta::specta]
pub async fn outbox(desk: State<'_, Desk>, held: State<'_, Held>) -> Result<Outbox> {
    let lines = outbox::list(&mut desk.book().await?.read().await?).await?;
    Ok(Outbox { lines, held: held.get() })
}

#[tauri::command]
#[specta::specta]
pub async fn outbox_count(desk: State<'_, Desk>) -> Result<OutboxCount> {
    outbox::count(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn take_back_mail(desk: State<'_, Desk>, id: OutgoingMailId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    outbox::take_back(&book, actor, id).await
}

/// Somebody's word that it is to be sent, now or again.
#[tauri::command]
#[specta::specta]
pub async fn send_mail_again(desk: State<'_, Desk>, id: OutgoingMailId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    outbox::again(&book, actor, id).await
}

/// Somebody's word that it went.
#[tauri::command]
#[specta::specta]
pub async fn mail_went(desk: State<'_, Desk>, id: OutgoingMailId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    outbox::went(&book, actor, id).await
}

/// Its address does not exist: it is not written to any more.
#[tauri::command]
#[specta::specta]
pub async fn mark_mail_bounced(desk: State<'_, Desk>, id: OutgoingMailId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    outbox::mark_bounced(&book, actor, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn mail_server(desk: State<'_, Desk>) -> Result<Option<MailServer>> {
    server::get(&mut desk.book().await?.read().await?).await
}

/// `None` takes it away. Without a password, the one in the keyring stays.
#[tauri::command]
#[specta::specta]
pub async fn save_mail_server(
    desk: State<'_, Desk>,
    server: Option<MailServer>,
    password: Option<String>,
) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    server::save(&book, actor, server.as_ref(), password.map(Password::from).as_ref()).await
}

/// Sends a test to the sender, with what is typed; nothing is kept. Answers the server's words.
#[tauri::command]
#[specta::specta]
pub async fn send_test_mail(desk: State<'_, Desk>, server: MailServer, password: Option<String>) -> Result<String> {
    let (book, _) = desk.director_at_work().await?;
    delivery::test(&book, &Smtp::default(), &server, password.map(Password::from)).await
}
