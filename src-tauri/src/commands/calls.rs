use tauri::State;
use tauri_plugin_opener::OpenerExt as _;
use wellmet_core::calls::outcome::{Answer, QuestionId};
use wellmet_core::calls::script::{Pick, ScriptStep};
use wellmet_core::calls::{
    self, BeginCall, Brief, BriefOf, Call, Candidate, Captured, DialGate, Dialled, Filed, Filing, Jotted, NewMessage,
    Rescue, TimelineItem, UnfinishedCall, WhoItWas,
};
use wellmet_core::ids::{CallId, InquiryId, PersonId, PromiseId, ReachId, VolunteerId};
use wellmet_core::{Error, Millis, Result};

use crate::clipboard::Clipboard;
use crate::desk::Desk;

/// Who a message may be from: digits in any form, or a part of a name.
#[tauri::command]
#[specta::specta]
pub async fn candidates(desk: State<'_, Desk>, typed: String) -> Result<Vec<Candidate>> {
    calls::candidates::of(&mut desk.book().await?.read().await?, &typed).await
}

#[tauri::command]
#[specta::specta]
pub async fn capture(desk: State<'_, Desk>, message: NewMessage) -> Result<Captured> {
    let (book, actor) = desk.at_work().await?;
    calls::inquiry::capture(&book, actor, &message).await
}

/// They ask again about what was answered or closed: a new clock, and a promise to ring.
#[tauri::command]
#[specta::specta]
pub async fn reopen_inquiry(desk: State<'_, Desk>, id: InquiryId) -> Result<Captured> {
    let (book, actor) = desk.at_work().await?;
    calls::inquiry::reopen(&book, actor, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn brief(desk: State<'_, Desk>, person: PersonId, promise: Option<PromiseId>) -> Result<Brief> {
    let book = desk.book().await?;
    calls::brief::brief(&mut book.read().await?, book.now(), person, promise).await
}

/// For call sheets: the briefs of several people.
#[tauri::command]
#[specta::specta]
pub async fn briefs(desk: State<'_, Desk>, of: Vec<BriefOf>) -> Result<Vec<Brief>> {
    let book = desk.book().await?;
    calls::brief::briefs(&mut book.read().await?, book.now(), &of).await
}

#[tauri::command]
#[specta::specta]
pub async fn timeline(desk: State<'_, Desk>, person: PersonId, limit: u32) -> Result<Vec<TimelineItem>> {
    let book = desk.book().await?;
    calls::timeline::of_person(&mut book.read().await?, book.now(), person, limit.min(1_000)).await
}

#[tauri::command]
#[specta::specta]
pub async fn dial_gate(desk: State<'_, Desk>, person: PersonId, reach: ReachId) -> Result<DialGate> {
    let (book, actor) = desk.at_work().await?;
    calls::dial::gate(&mut book.read().await?, book.now(), actor, person, reach).await
}

#[tauri::command]
#[specta::specta]
pub async fn begin_call(desk: State<'_, Desk>, begin: BeginCall) -> Result<Call> {
    let (book, actor) = desk.at_work().await?;
    calls::session::begin(&book, actor, &begin).await
}

#[tauri::command]
#[specta::specta]
pub async fn call(desk: State<'_, Desk>, id: CallId) -> Result<Call> {
    let (book, actor) = desk.at_work().await?;
    calls::session::get(&mut book.read().await?, book.now(), actor, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn answer_script(desk: State<'_, Desk>, id: CallId, node: String, pick: Pick) -> Result<ScriptStep> {
    let (book, actor) = desk.at_work().await?;
    calls::session::answer(&book, actor, id, &node, pick).await
}

/// Back to where this many answers had been given.
#[tauri::command]
#[specta::specta]
pub async fn script_back(desk: State<'_, Desk>, id: CallId, moves: u32) -> Result<ScriptStep> {
    let (book, actor) = desk.at_work().await?;
    calls::session::step_back(&book, actor, id, moves).await
}

/// Words as they are typed, so that a kill loses none.
#[tauri::command]
#[specta::specta]
pub async fn jot_call(desk: State<'_, Desk>, id: CallId, jotted: Jotted) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    calls::session::jot(&book, actor, id, &jotted).await
}

#[tauri::command]
#[specta::specta]
pub async fn end_call(desk: State<'_, Desk>, id: CallId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    calls::session::end(&book, actor, id).await
}

/// Puts right when a call began and ended, before it is filed; without an end it still goes on.
#[tauri::command]
#[specta::specta]
pub async fn set_call_times(
    desk: State<'_, Desk>,
    id: CallId,
    began_ms: Millis,
    ended_ms: Option<Millis>,
) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    calls::times::correct(&book, actor, id, began_ms, ended_ms).await
}

#[tauri::command]
#[specta::specta]
pub async fn call_never_made(desk: State<'_, Desk>, id: CallId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    calls::session::never_made(&book, actor, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn unfinished_calls(desk: State<'_, Desk>) -> Result<Vec<UnfinishedCall>> {
    calls::session::unfinished(&mut desk.book().await?.read().await?).await
}

/// Where the filing stands; at first, at the first question.
#[tauri::command]
#[specta::specta]
pub async fn filing(desk: State<'_, Desk>, id: CallId) -> Result<Filing> {
    let book = desk.book().await?;
    calls::filing::filing(&mut book.read().await?, book.now(), id).await
}

#[tauri::command]
#[specta::specta]
pub async fn answer_filing(desk: State<'_, Desk>, id: CallId, question: QuestionId, answer: Answer) -> Result<Filing> {
    let (book, actor) = desk.at_work().await?;
    calls::filing::answer(&book, actor, id, question, answer).await
}

/// Back to where this many answers had been given.
#[tauri::command]
#[specta::specta]
pub async fn filing_back(desk: State<'_, Desk>, id: CallId, answers: u32) -> Result<Filing> {
    let (book, actor) = desk.at_work().await?;
    calls::filing::step_back(&book, actor, id, answers).await
}

/// For the next caller and for a director, as it is typed.
#[tauri::command]
#[specta::specta]
pub async fn note_filing(desk: State<'_, Desk>, id: CallId, note_for_next: String, organiser: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    calls::filing::note(&book, actor, id, &note_for_next, &organiser).await
}

#[tauri::command]
#[specta::specta]
pub async fn file_call(desk: State<'_, Desk>, id: CallId, keeper: Option<VolunteerId>) -> Result<Filed> {
    let (book, actor) = desk.at_work().await?;
    calls::filing::file(&book, actor, id, keeper).await
}

/// "This is not who I meant": who owns the number and what they wait for.
#[tauri::command]
#[specta::specta]
pub async fn who_else(desk: State<'_, Desk>, id: CallId) -> Result<Rescue> {
    calls::rescue::look(&mut desk.book().await?.read().await?, id).await
}

/// The call belongs to whoever is on the line.
#[tauri::command]
#[specta::specta]
pub async fn switch_person(desk: State<'_, Desk>, id: CallId, to: WhoItWas) -> Result<Call> {
    let (book, actor) = desk.at_work().await?;
    calls::rescue::switch(&book, actor, id, &to).await
}

/// Hands the number of a begun call to this computer's telephone program.
#[tauri::command]
#[specta::specta]
pub async fn open_dialler(app: tauri::AppHandle, desk: State<'_, Desk>, id: CallId) -> Result<()> {
    let number = dialled(&desk, id).await?;
    app.opener().open_url(number.tel, None::<&str>).map_err(|error| {
        Error::refused(format!("No program on this computer dials numbers ({error}). Dial it by hand."))
    })
}

/// Puts the number of a begun call on the clipboard, for a minute.
#[tauri::command]
#[specta::specta]
pub async fn copy_number(desk: State<'_, Desk>, clipboard: State<'_, Clipboard>, id: CallId) -> Result<()> {
    let number = dialled(&desk, id).await?;
    clipboard.lend(desk.host().clock.clone(), number.shown).await
}

/// Asked for at the moment it is dialled: who may be rung, and when, changes while a window stands open.
async fn dialled(desk: &Desk, id: CallId) -> Result<Dialled> {
    let (book, actor) = desk.at_work().await?;
    let call = calls::session::get(&mut book.read().await?, book.now(), actor, id).await?;
    call.dialled.ok_or_else(|| {
        Error::refused(
            "There is no number to dial any more: the call is over, or they may not be rung now, or somebody else has come \
             to share the number or the name. Say that this call was never made, and begin it again.",
        )
    })
}
