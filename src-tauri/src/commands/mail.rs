use std::path::PathBuf;

use tauri::State;
use tauri_plugin_opener::OpenerExt as _;
use wellmet_core::exchange::letter_page;
use wellmet_core::ids::PromiseId;
use wellmet_core::mail::letter::{self, LetterReady, LetterToWrite, Writing};
use wellmet_core::mail::mailto;
use wellmet_core::{Error, Result};

use crate::desk::Desk;

/// The e-mail or letter that is owed for this promise, as far as the book knows its words.
#[tauri::command]
#[specta::specta]
pub async fn letter(desk: State<'_, Desk>, promise: PromiseId) -> Result<LetterToWrite> {
    let (book, actor) = desk.at_work().await?;
    letter::letter(&mut book.read().await?, book.now(), actor, promise).await
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
