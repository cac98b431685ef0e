use tauri::State;
use wellmet_core::Result;
use wellmet_core::ids::{FieldId, PersonId};
use wellmet_core::people::fields::{self, CustomField, CustomFieldChange, CustomFieldUse, NewCustomField};
use wellmet_core::people::{PeopleChoice, tags};

use crate::desk::Desk;

/// The association's own fields, in their order.
#[tauri::command]
#[specta::specta]
pub async fn custom_fields(desk: State<'_, Desk>) -> Result<Vec<CustomField>> {
    fields::all(&mut desk.book().await?.read().await?).await
}

/// As `custom_fields`, with how many people have something in each.
#[tauri::command]
#[specta::specta]
pub async fn custom_fields_in_use(desk: State<'_, Desk>) -> Result<Vec<CustomFieldUse>> {
    fields::in_use(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn add_custom_field(desk: State<'_, Desk>, field: NewCustomField) -> Result<FieldId> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "add_field").await?;
    let id = fields::add(&mut edit, &field).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn change_custom_field(desk: State<'_, Desk>, id: FieldId, change: CustomFieldChange) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "change_field").await?;
    fields::change(&mut edit, id, &change).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn order_custom_fields(desk: State<'_, Desk>, ids: Vec<FieldId>) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "order_fields").await?;
    fields::order(&mut edit, &ids).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_custom_field(desk: State<'_, Desk>, id: FieldId) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "remove_field").await?;
    fields::remove(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

/// What a person has in a field; empty takes it away.
#[tauri::command]
#[specta::specta]
pub async fn set_field(desk: State<'_, Desk>, person: PersonId, field: FieldId, value: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "set_field").await?;
    fields::set(&mut edit, person, field, &value).await?;
    edit.commit().await.map(drop)
}

/// Every tag, and how many people have it.
#[tauri::command]
#[specta::specta]
pub async fn tags(desk: State<'_, Desk>) -> Result<Vec<PeopleChoice>> {
    tags::all(&mut desk.book().await?.read().await?).await
}

/// How many did not have it before.
#[tauri::command]
#[specta::specta]
pub async fn tag_people(desk: State<'_, Desk>, people: Vec<PersonId>, name: String) -> Result<u32> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "tag_people").await?;
    let given = tags::give(&mut edit, &people, &name).await?;
    edit.commit().await?;
    Ok(given)
}

/// `join`: with a tag that has the new name already, the two become one.
#[tauri::command]
#[specta::specta]
pub async fn rename_tag(desk: State<'_, Desk>, name: String, to: String, join: bool) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "rename_tag").await?;
    tags::rename(&mut edit, &name, &to, join).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_tag(desk: State<'_, Desk>, name: String) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "remove_tag").await?;
    tags::remove(&mut edit, &name).await?;
    edit.commit().await.map(drop)
}
