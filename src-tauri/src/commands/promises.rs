use serde::{Deserialize, Serialize};
use tauri::State;
use wellmet_core::ids::{PersonId, PromiseId, ReminderId, VolunteerId};
use wellmet_core::people::person;
use wellmet_core::plans::written::{self, OwedLetter};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind, PromiseView};
use wellmet_core::promises::reminders::{self, InboxItem};
use wellmet_core::promises::their_time::{self, TheirTime, TimeToRing};
use wellmet_core::promises::today::{self, Today};
use wellmet_core::promises::typed_date;
use wellmet_core::team::standards;
use wellmet_core::{Millis, Result};

use crate::desk::Desk;

/// What stands beside the rail's names.
#[derive(Serialize, specta::Type)]
pub struct Counts {
    pub late: u32,
    pub people: u32,
    pub inbox: u32,
    pub unfinished_calls: u32,
}

#[derive(Deserialize, specta::Type)]
pub struct OwnWord {
    pub person: PersonId,
    /// "send the programme", "ring about the March training".
    pub what: String,
    /// Not before this.
    pub from_ms: Option<Millis>,
    pub due_ms: Millis,
    pub keeper: Option<VolunteerId>,
    /// A call back rather than a deed.
    pub callback: bool,
}

/// Today, and which of it is to be written.
#[derive(Serialize, specta::Type)]
pub struct TodayShown {
    #[serde(flatten)]
    pub today: Today,
    pub letters: Vec<OwedLetter>,
}

/// Of one keeper, or of everyone.
#[tauri::command]
#[specta::specta]
pub async fn today(desk: State<'_, Desk>, keeper: Option<VolunteerId>) -> Result<TodayShown> {
    let book = desk.book().await?;
    let mut db = book.read().await?;
    let today = today::today(&mut db, book.now(), keeper).await?;
    let letters = written::of_today(&mut db, &today).await?;
    Ok(TodayShown { today, letters })
}

#[tauri::command]
#[specta::specta]
pub async fn counts(desk: State<'_, Desk>) -> Result<Counts> {
    let book = desk.book().await?;
    let mut db = book.read().await?;
    let everyone = wellmet_core::people::list::count(&mut db).await?;
    Ok(Counts {
        late: today::count_late(&mut db, book.now()).await?,
        people: everyone,
        inbox: reminders::count_unseen(&mut db).await?,
        unfinished_calls: wellmet_core::calls::session::unfinished(&mut db).await?.len() as u32,
    })
}

#[tauri::command]
#[specta::specta]
pub async fn promises_of(desk: State<'_, Desk>, person: PersonId) -> Result<Vec<PromiseView>> {
    ledger::of_person(&mut desk.book().await?.read().await?, person).await
}

#[tauri::command]
#[specta::specta]
pub async fn make_promise(desk: State<'_, Desk>, word: OwnWord) -> Result<PromiseId> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "make_promise").await?;
    let name = person::reference(&mut edit, word.person).await?.name;
    edit.about(name);
    let kind = if word.callback { PromiseKind::Callback } else { PromiseKind::OwnWord };
    let new = NewPromise {
        person: word.person,
        kind,
        what: word.what,
        keeper: word.keeper.or(actor.volunteer()),
        due: word.due_ms,
        inquiry: None,
    };
    let id = ledger::make(&mut edit, &new).await?;
    if let Some(from) = word.from_ms {
        ledger::not_before(&mut edit, id, from).await?;
    }
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn keep_promise(desk: State<'_, Desk>, id: PromiseId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "keep_promise").await?;
    ledger::keep(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

/// A new date, agreed with the person before the old one passed.
#[tauri::command]
#[specta::specta]
pub async fn renegotiate_promise(
    desk: State<'_, Desk>,
    id: PromiseId,
    from_ms: Option<Millis>,
    due_ms: Millis,
) -> Result<PromiseId> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "renegotiate_promise").await?;
    let new = ledger::renegotiate(&mut edit, id, due_ms, None).await?;
    if let Some(from) = from_ms {
        ledger::not_before(&mut edit, new, from).await?;
    }
    edit.commit().await?;
    Ok(new)
}

#[tauri::command]
#[specta::specta]
pub async fn release_promise(desk: State<'_, Desk>, id: PromiseId, reason: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "release_promise").await?;
    ledger::release(&mut edit, id, &reason).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn hand_over(desk: State<'_, Desk>, id: PromiseId, to: VolunteerId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "hand_over").await?;
    ledger::hand_over(&mut edit, id, to).await?;
    edit.commit().await.map(drop)
}

/// Reminds again then; the promise is due when it is due.
#[tauri::command]
#[specta::specta]
pub async fn snooze_promise(desk: State<'_, Desk>, id: PromiseId, until_ms: Millis) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "snooze").await?;
    reminders::snooze_promise(&mut edit, id, until_ms).await?;
    edit.commit().await.map(drop)
}

/// Reads "next tue after 3" in the association's zone and hours.
#[tauri::command]
#[specta::specta]
pub async fn read_date(desk: State<'_, Desk>, typed: String) -> Result<typed_date::TypedDate> {
    let book = desk.book().await?;
    let mut db = book.read().await?;
    let association = standards::association(&mut db).await?;
    let calendar = standards::calendar(&mut db).await?;
    typed_date::read(&typed, book.now(), &calendar, &association.country)
}

/// What a time to ring is where they are, and whether they may be rung then.
#[tauri::command]
#[specta::specta]
pub async fn their_time(desk: State<'_, Desk>, person: PersonId, time: TimeToRing) -> Result<TheirTime> {
    let book = desk.book().await?;
    their_time::their_time(&mut book.read().await?, person, book.now(), time).await
}

#[tauri::command]
#[specta::specta]
pub async fn inbox(desk: State<'_, Desk>) -> Result<Vec<InboxItem>> {
    let book = desk.book().await?;
    reminders::inbox(&mut book.read().await?, book.now()).await
}

#[tauri::command]
#[specta::specta]
pub async fn see_reminder(desk: State<'_, Desk>, id: ReminderId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "see_reminder").await?;
    reminders::mark_seen(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn snooze_reminder(desk: State<'_, Desk>, id: ReminderId, until_ms: Millis) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "snooze").await?;
    reminders::snooze(&mut edit, id, until_ms).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn dismiss_reminder(desk: State<'_, Desk>, id: ReminderId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "dismiss_reminder").await?;
    reminders::dismiss(&mut edit, id).await?;
    edit.commit().await.map(drop)
}
