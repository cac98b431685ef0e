use tauri::State;
use wellmet_core::Result;
use wellmet_core::ids::{MergeId, PersonId};
use wellmet_core::people::NewPerson;
use wellmet_core::people::duplicates::{self, Level, MayBe, PairPage};
use wellmet_core::people::merge::{self, BulkDone, BulkPreview, MergeLine, MergePreview, NewMerge, Unmerged};

use crate::desk::Desk;

/// Who may be in the book twice, as it was last looked for; `after` is the `next` of the page before.
#[tauri::command]
#[specta::specta]
pub async fn duplicates(
    desk: State<'_, Desk>,
    level: Option<Level>,
    after: Option<String>,
    limit: u32,
) -> Result<PairPage> {
    duplicates::page(&mut desk.book().await?.read().await?, level, after.as_deref(), limit).await
}

/// Looks for them anew; answers how many pairs there are.
#[tauri::command]
#[specta::specta]
pub async fn look_for_duplicates(desk: State<'_, Desk>) -> Result<u32> {
    let (book, actor) = desk.at_work().await?;
    duplicates::look(&book, actor).await
}

/// Whom someone who is being typed in may be.
#[tauri::command]
#[specta::specta]
pub async fn who_may_it_be(desk: State<'_, Desk>, person: NewPerson) -> Result<Vec<MayBe>> {
    duplicates::like(&mut desk.book().await?.read().await?, &person).await
}

/// They are two: nobody is asked about them again.
#[tauri::command]
#[specta::specta]
pub async fn not_the_same(desk: State<'_, Desk>, one: PersonId, other: PersonId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "not_same").await?;
    duplicates::not_same(&mut edit, one, other).await?;
    edit.commit().await.map(drop)
}

/// Both side by side. Whoever has more of a history is kept.
#[tauri::command]
#[specta::specta]
pub async fn preview_merge(desk: State<'_, Desk>, one: PersonId, other: PersonId) -> Result<MergePreview> {
    merge::preview(&mut desk.book().await?.read().await?, one, other).await
}

#[tauri::command]
#[specta::specta]
pub async fn merge_people(desk: State<'_, Desk>, merge: NewMerge) -> Result<MergeId> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "merge").await?;
    let id = merge::merge(&mut edit, &merge).await?;
    edit.commit().await?;
    Ok(id)
}

/// What merging all who are surely one would do.
#[tauri::command]
#[specta::specta]
pub async fn preview_merge_many(desk: State<'_, Desk>) -> Result<BulkPreview> {
    merge::preview_many(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn merge_many(desk: State<'_, Desk>) -> Result<BulkDone> {
    let (book, actor) = desk.at_work().await?;
    merge::merge_many(&book, actor, &|_, _| {}).await
}

/// Whose records are part of this person's.
#[tauri::command]
#[specta::specta]
pub async fn merges_of(desk: State<'_, Desk>, person: PersonId) -> Result<Vec<MergeLine>> {
    merge::of_person(&mut desk.book().await?.read().await?, person).await
}

#[tauri::command]
#[specta::specta]
pub async fn unmerge(desk: State<'_, Desk>, merge: MergeId) -> Result<Unmerged> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "unmerge").await?;
    let done = merge::unmerge(&mut edit, merge).await?;
    edit.commit().await?;
    Ok(done)
}
