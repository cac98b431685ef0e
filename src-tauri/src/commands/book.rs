use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use tauri::State;
use wellmet_core::Result;
use wellmet_core::exchange::demo::Size;
use wellmet_core::first_run::{self, NewAssociation};
use wellmet_core::ids::EditId;
use wellmet_core::store::{self, Checked, EditLine, RecoveryKey, Undone, Unlock};

use crate::desk::{Desk, Status};

/// What first run asks for. Without a keyring, a passphrase is needed (code `key_needed`).
#[derive(Deserialize, specta::Type)]
pub struct NewBook {
    pub association: NewAssociation,
    pub passphrase: Option<String>,
    /// Fill it with a sample association, to look around.
    pub sample: bool,
}

#[derive(Serialize, specta::Type)]
pub struct CreatedBook {
    /// To print now: it is shown once and kept nowhere.
    pub recovery_key: String,
    pub in_keyring: bool,
}

/// What a person types where the keyring does not answer.
#[derive(Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Typed {
    Passphrase(String),
    RecoveryKey(String),
}

#[derive(Serialize, specta::Type)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    pub zones: Vec<String>,
}

fn unlock(typed: Typed) -> Result<Unlock> {
    Ok(match typed {
        Typed::Passphrase(words) => Unlock::Passphrase(words.into()),
        Typed::RecoveryKey(words) => Unlock::RecoveryKey(RecoveryKey::parse(&words)?),
    })
}

#[tauri::command]
#[specta::specta]
pub async fn book_status(desk: State<'_, Desk>) -> Result<Status> {
    desk.status().await
}

/// Every country with its time zones, the busiest zone first.
#[tauri::command]
#[specta::specta]
pub fn countries() -> Vec<Country> {
    use wellmet_core::promises::country_zones::{countries, main_zone, zones_of};
    countries()
        .map(|code| {
            let main = main_zone(code);
            let others = zones_of(code).iter().copied().filter(|zone| Some(*zone) != main);
            Country {
                code: code.into(),
                zones: main.into_iter().chain(others).map(|zone| zone.name().into()).collect(),
            }
        })
        .collect()
}

#[tauri::command]
#[specta::specta]
pub async fn create_book(desk: State<'_, Desk>, book: NewBook) -> Result<CreatedBook> {
    let passphrase: Option<SecretString> = book.passphrase.filter(|words| !words.is_empty()).map(Into::into);
    let sample = book.sample.then(Size::sample);
    let (created, director) =
        first_run::begin(desk.folder(), desk.host().clone(), passphrase, &book.association, sample.as_ref()).await?;
    desk.put(created.book, director).await;
    Ok(CreatedBook { recovery_key: created.recovery_key.expose_for_printing(), in_keyring: created.in_keyring })
}

#[tauri::command]
#[specta::specta]
pub async fn open_book(desk: State<'_, Desk>) -> Result<Status> {
    desk.open(None).await?;
    desk.status().await
}

#[tauri::command]
#[specta::specta]
pub async fn unlock_book(desk: State<'_, Desk>, typed: Typed) -> Result<Status> {
    desk.open(Some(unlock(typed)?)).await?;
    desk.status().await
}

/// Puts the last good backup in the place of a damaged book, which is kept beside it; answers the backup's file.
#[tauri::command]
#[specta::specta]
pub async fn restore_last_backup(desk: State<'_, Desk>, typed: Option<Typed>) -> Result<String> {
    let typed = typed.map(unlock).transpose()?;
    let from = store::restore_newest(desk.folder(), desk.host(), typed.as_ref()).await?;
    desk.open(typed).await?;
    Ok(from.display().to_string())
}

/// A verified backup in the book's folder; answers its file.
#[tauri::command]
#[specta::specta]
pub async fn back_up(desk: State<'_, Desk>) -> Result<String> {
    Ok(desk.book().await?.backup("by-hand").await?.display().to_string())
}

#[tauri::command]
#[specta::specta]
pub async fn check_book(desk: State<'_, Desk>) -> Result<Checked> {
    desk.book().await?.check().await
}

#[tauri::command]
#[specta::specta]
pub async fn set_passphrase(desk: State<'_, Desk>, passphrase: String) -> Result<()> {
    desk.book().await?.set_passphrase(&passphrase.into())
}

/// The one printed before opens nothing from then on.
#[tauri::command]
#[specta::specta]
pub async fn renew_recovery_key(desk: State<'_, Desk>) -> Result<String> {
    Ok(desk.book().await?.renew_recovery_key()?.expose_for_printing())
}

#[tauri::command]
#[specta::specta]
pub async fn undo_last(desk: State<'_, Desk>) -> Result<Option<Undone>> {
    let (book, actor) = desk.at_work().await?;
    store::undo_last(&book, actor).await
}

#[tauri::command]
#[specta::specta]
pub async fn redo_last(desk: State<'_, Desk>) -> Result<Option<Undone>> {
    let (book, actor) = desk.at_work().await?;
    store::redo_last(&book, actor).await
}

#[tauri::command]
#[specta::specta]
pub async fn undo_edit(desk: State<'_, Desk>, edit: EditId) -> Result<Undone> {
    let (book, actor) = desk.at_work().await?;
    store::undo(&book, actor, edit).await
}

#[tauri::command]
#[specta::specta]
pub async fn last_edits(desk: State<'_, Desk>, limit: u32) -> Result<Vec<EditLine>> {
    store::last_edits(&desk.book().await?, limit.min(500)).await
}
