use tauri::State;
use wellmet_core::Result;
use wellmet_core::ids::{EditId, FactId, PersonId, ReachId, SavedViewId};
use wellmet_core::people::views::SavedView;
use wellmet_core::people::{
    self, NewPerson, NewReach, PeopleChoices, PeoplePage, PeopleQuery, Person, PersonChange, PersonRow, ReachChange,
    ReachKind,
};
use wellmet_core::store::FieldChange;

use crate::desk::Desk;
use crate::lists::OrderedList;

/// The first rows of the list, where they are known without putting everyone in order.
#[tauri::command]
#[specta::specta]
pub async fn first_people(desk: State<'_, Desk>, query: PeopleQuery, limit: u32) -> Result<Option<PeoplePage>> {
    let book = desk.book().await?;
    people::list::first(&mut book.read().await?, book.now(), &query, limit).await
}

/// Puts everyone of the list in order. Their rows are asked for by their places, with its number.
#[tauri::command]
#[specta::specta]
pub async fn order_people(desk: State<'_, Desk>, query: PeopleQuery) -> Result<OrderedList> {
    let book = desk.book().await?;
    let order = people::order::order(&mut book.read().await?, book.now(), &query).await?;
    Ok(desk.lists().keep(order))
}

/// Those from one place of an ordered list on; nothing stands for whoever left the book since.
#[tauri::command]
#[specta::specta]
pub async fn people_at(desk: State<'_, Desk>, list: u32, from: u32, limit: u32) -> Result<Vec<Option<PersonRow>>> {
    let ids = desk.lists().part(list, from, limit.min(people::list::ROWS_MAX))?;
    people::list::rows(&mut desk.book().await?.read().await?, &ids).await
}

/// Who stands from one place of an ordered list to another; at most 100,000.
#[tauri::command]
#[specta::specta]
pub async fn who_is_at(desk: State<'_, Desk>, list: u32, from: u32, to: u32) -> Result<Vec<PersonId>> {
    desk.lists().part(list, from, to.saturating_sub(from).min(100_000))
}

/// What the list can be restricted to.
#[tauri::command]
#[specta::specta]
pub async fn people_choices(desk: State<'_, Desk>) -> Result<PeopleChoices> {
    people::list::choices(&mut desk.book().await?.read().await?).await
}

/// Views of the list that have a name.
#[tauri::command]
#[specta::specta]
pub async fn saved_views(desk: State<'_, Desk>) -> Result<Vec<SavedView>> {
    people::views::all(&mut desk.book().await?.read().await?).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_view(desk: State<'_, Desk>, name: String, query: PeopleQuery) -> Result<SavedViewId> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "save_view").await?;
    let id = people::views::save(&mut edit, &name, &query).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_view(desk: State<'_, Desk>, id: SavedViewId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "remove_view").await?;
    people::views::remove(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn person(desk: State<'_, Desk>, id: PersonId) -> Result<Person> {
    people::person::get(&mut desk.book().await?.read().await?, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn create_person(desk: State<'_, Desk>, person: NewPerson) -> Result<PersonId> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "create_person").await?;
    let id = people::person::create(&mut edit, &person).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn change_person(desk: State<'_, Desk>, id: PersonId, change: PersonChange) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "change_person").await?;
    people::person::change(&mut edit, id, &change).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_person(desk: State<'_, Desk>, id: PersonId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "remove_person").await?;
    people::person::remove(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

/// Whether it was added: the person may have the very same one already.
#[tauri::command]
#[specta::specta]
pub async fn add_reach(desk: State<'_, Desk>, person: PersonId, reach: NewReach) -> Result<bool> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "add_reach").await?;
    let name = people::person::reference(&mut edit, person).await?.name;
    edit.about(name);
    let added = people::reaches::add(&mut edit, person, &reach).await?.is_some();
    edit.commit().await?;
    Ok(added)
}

#[tauri::command]
#[specta::specta]
pub async fn change_reach(desk: State<'_, Desk>, id: ReachId, change: ReachChange) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "change_reach").await?;
    people::reaches::change(&mut edit, id, &change).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_reach(desk: State<'_, Desk>, id: ReachId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "remove_reach").await?;
    people::reaches::remove(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn set_consent(
    desk: State<'_, Desk>,
    person: PersonId,
    channel: ReachKind,
    allowed: bool,
    how: String,
) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "set_consent").await?;
    people::consent::set(&mut edit, person, channel, allowed, &how).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn add_fact(desk: State<'_, Desk>, person: PersonId, words: String, learned_from: String) -> Result<FactId> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "add_fact").await?;
    let id = people::facts::add(&mut edit, person, &words, &learned_from).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn change_fact(desk: State<'_, Desk>, id: FactId, words: String, learned_from: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "change_fact").await?;
    people::facts::change(&mut edit, id, &words, &learned_from).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_fact(desk: State<'_, Desk>, id: FactId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "remove_fact").await?;
    people::facts::remove(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn add_tag(desk: State<'_, Desk>, person: PersonId, name: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "add_tag").await?;
    people::person::tag(&mut edit, person, &name).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn give_role(desk: State<'_, Desk>, person: PersonId, organisation: String, title: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "give_role").await?;
    people::organisations::give_role(&mut edit, person, &organisation, &title).await?;
    edit.commit().await.map(drop)
}

/// Every field that was changed, newest first.
#[tauri::command]
#[specta::specta]
pub async fn history(desk: State<'_, Desk>, person: PersonId) -> Result<Vec<FieldChange>> {
    people::fields::history(&desk.book().await?, person).await
}

#[tauri::command]
#[specta::specta]
pub async fn restore_field(desk: State<'_, Desk>, person: PersonId, seq: u32, field: String) -> Result<EditId> {
    let (book, actor) = desk.at_work().await?;
    people::fields::restore(&book, actor, person, seq, &field).await
}
