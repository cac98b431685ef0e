use tauri::State;
use wellmet_core::Result;
use wellmet_core::ids::{EnrolmentId, GroupClosureId, LeaveId, PersonId, PlanId, PlanRuleId, VolunteerId};
use wellmet_core::mail::letter;
use wellmet_core::plans::catalogue::{self, NewRule, PlanDetail, PlanRow};
use wellmet_core::plans::drafts;
use wellmet_core::plans::enter::{self, EnterPreview, Entering};
use wellmet_core::plans::forecast::{self, Forecast, ForecastAsk};
use wellmet_core::plans::newer::{self, Older};
use wellmet_core::plans::replan::{self, Replanned};
use wellmet_core::plans::template::Template;
use wellmet_core::plans::views::{self, InPlan, RunView};
use wellmet_core::plans::{setting, write};
use wellmet_core::team::availability::{self, Capacity, GroupClosure, TimeAway, Weekdays};

use crate::desk::Desk;

/// Whoever can when.
#[derive(serde::Serialize, specta::Type)]
pub struct Availability {
    /// Of those of whom something was said.
    pub capacities: Vec<Capacity>,
    pub leaves: Vec<TimeAway>,
    pub group_closures: Vec<GroupClosure>,
    /// Between two touches of plans for one person.
    pub touch_gap_days: u32,
}

/// Every plan, retired ones last.
#[tauri::command]
#[specta::specta]
pub async fn plan_list(desk: State<'_, Desk>) -> Result<Vec<PlanRow>> {
    let book = desk.book().await?;
    catalogue::complete(&book).await?;
    catalogue::all(&mut book.read().await?).await
}

/// One plan with its versions, the newest first, and who enters it by themselves.
#[tauri::command]
#[specta::specta]
pub async fn plan(desk: State<'_, Desk>, id: PlanId) -> Result<PlanDetail> {
    catalogue::detail(&mut desk.book().await?.read().await?, id).await
}

/// What is wrong with a plan that is being written; nothing is kept.
#[tauri::command]
#[specta::specta]
pub fn check_plan(template: Template) -> Result<()> {
    letter::check(&template.checked()?)
}

/// A new plan, or a new version of one.
#[tauri::command]
#[specta::specta]
pub async fn save_plan(desk: State<'_, Desk>, id: Option<PlanId>, template: Template) -> Result<PlanId> {
    let (book, actor) = desk.director_at_work().await?;
    letter::check(&template)?;
    catalogue::save(&book, actor, id, template).await
}

/// What whoever is signed in has written of a plan, or of a new one, and not saved.
#[tauri::command]
#[specta::specta]
pub async fn plan_draft(desk: State<'_, Desk>, of: String) -> Result<Option<String>> {
    let volunteer = desk.signed_in().await?;
    drafts::of(&mut desk.book().await?.read().await?, volunteer, &of).await
}

/// The plan as it stands, at a pause of typing.
#[tauri::command]
#[specta::specta]
pub async fn keep_plan_draft(desk: State<'_, Desk>, of: String, text: String) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    drafts::keep(&book, actor, &of, &text).await
}

#[tauri::command]
#[specta::specta]
pub async fn discard_plan_draft(desk: State<'_, Desk>, of: String) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    drafts::discard(&book, actor, &of).await
}

/// Nobody enters it any more, or they may again.
#[tauri::command]
#[specta::specta]
pub async fn retire_plan(desk: State<'_, Desk>, id: PlanId, retired: bool) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    catalogue::retire(&book, actor, id, retired).await
}

#[tauri::command]
#[specta::specta]
pub async fn add_plan_rule(desk: State<'_, Desk>, id: PlanId, rule: NewRule) -> Result<PlanRuleId> {
    let (book, actor) = desk.director_at_work().await?;
    catalogue::add_rule(&book, actor, id, &rule).await
}

#[tauri::command]
#[specta::specta]
pub async fn remove_plan_rule(desk: State<'_, Desk>, id: PlanRuleId) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    catalogue::remove_rule(&book, actor, id).await
}

/// Who is in it now.
#[tauri::command]
#[specta::specta]
pub async fn people_in_plan(desk: State<'_, Desk>, id: PlanId) -> Result<Vec<InPlan>> {
    views::in_plan(&mut desk.book().await?.read().await?, id).await
}

/// The older versions that people are still in, and how the newest differs.
#[tauri::command]
#[specta::specta]
pub async fn older_plan_versions(desk: State<'_, Desk>, id: PlanId) -> Result<Vec<Older>> {
    newer::preview(&mut desk.book().await?.read().await?, id).await
}

/// Moves everyone to the newest version; answers how many.
#[tauri::command]
#[specta::specta]
pub async fn move_to_newest_plan(desk: State<'_, Desk>, id: PlanId) -> Result<u32> {
    let (book, actor) = desk.director_at_work().await?;
    newer::move_all(&book, actor, id).await
}

/// Who would enter, when, and why others would not.
#[tauri::command]
#[specta::specta]
pub async fn preview_entering(desk: State<'_, Desk>, entering: Entering) -> Result<EnterPreview> {
    let book = desk.book().await?;
    enter::preview(&mut book.read().await?, book.now(), &entering).await
}

#[tauri::command]
#[specta::specta]
pub async fn enter_plan(desk: State<'_, Desk>, entering: Entering) -> Result<EnterPreview> {
    let (book, actor) = desk.at_work().await?;
    enter::enter(&book, actor, &entering).await
}

/// Every plan that somebody is or was in, step by step.
#[tauri::command]
#[specta::specta]
pub async fn plans_of(desk: State<'_, Desk>, person: PersonId) -> Result<Vec<RunView>> {
    let book = desk.book().await?;
    views::of_person(&mut book.read().await?, book.now(), person).await
}

#[tauri::command]
#[specta::specta]
pub async fn plan_run(desk: State<'_, Desk>, id: EnrolmentId) -> Result<RunView> {
    let book = desk.book().await?;
    views::one(&mut book.read().await?, book.now(), id).await
}

/// Until a day, `YYYY-MM-DD`, or until further notice.
#[tauri::command]
#[specta::specta]
pub async fn hold_plan(desk: State<'_, Desk>, id: EnrolmentId, until_day: Option<String>, why: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    write::hold(&book, actor, id, until_day.as_deref(), &why).await
}

#[tauri::command]
#[specta::specta]
pub async fn resume_plan(desk: State<'_, Desk>, id: EnrolmentId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    write::resume(&book, actor, id).await
}

#[tauri::command]
#[specta::specta]
pub async fn leave_plan(desk: State<'_, Desk>, id: EnrolmentId, why: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    write::leave(&book, actor, id, &why).await
}

/// Passes over the step at which they stand.
#[tauri::command]
#[specta::specta]
pub async fn skip_plan_step(desk: State<'_, Desk>, id: EnrolmentId, why: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    write::skip(&book, actor, id, &why).await
}

/// Whether they know the date of the step at which they stand.
#[tauri::command]
#[specta::specta]
pub async fn tell_plan_step(desk: State<'_, Desk>, id: EnrolmentId, told: bool) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    write::told(&book, actor, id, told).await
}

/// To another day, `YYYY-MM-DD`.
#[tauri::command]
#[specta::specta]
pub async fn move_plan_step(desk: State<'_, Desk>, id: EnrolmentId, to_day: String) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    write::move_step(&book, actor, id, &to_day).await
}

/// The quarter to come against what everyone takes on; with people who might enter, and what would help.
#[tauri::command]
#[specta::specta]
pub async fn forecast(desk: State<'_, Desk>, ask: ForecastAsk) -> Result<Forecast> {
    let book = desk.book().await?;
    forecast::forecast(&mut book.read().await?, book.now(), &ask).await
}

/// What would move after leave, a departure, a closure or a changed capacity.
#[tauri::command]
#[specta::specta]
pub async fn preview_replan(desk: State<'_, Desk>) -> Result<Replanned> {
    let book = desk.book().await?;
    replan::preview(&mut book.read().await?, book.now()).await
}

/// Does what was shown, whose stamp this is.
#[tauri::command]
#[specta::specta]
pub async fn replan(desk: State<'_, Desk>, stamp: String) -> Result<Replanned> {
    let (book, actor) = desk.director_at_work().await?;
    replan::apply(&book, actor, &stamp).await
}

#[tauri::command]
#[specta::specta]
pub async fn availability(desk: State<'_, Desk>) -> Result<Availability> {
    let mut db = desk.book().await?.read().await?;
    Ok(Availability {
        capacities: availability::capacities(&mut db).await?,
        leaves: availability::leaves(&mut db).await?,
        group_closures: availability::group_closures(&mut db).await?,
        touch_gap_days: availability::touch_gap_days(&mut db).await?,
    })
}

/// One's own, or anyone's for a director. Of whom nothing is said, it stays as it is.
#[tauri::command]
#[specta::specta]
pub async fn set_capacities(desk: State<'_, Desk>, capacities: Vec<Capacity>) -> Result<()> {
    let me = desk.signed_in().await?;
    let own = capacities.iter().all(|capacity| capacity.volunteer == me);
    let (book, actor) = if own { desk.at_work().await? } else { desk.director_at_work().await? };
    let mut edit = book.write(actor, "set_capacity").await?;
    availability::set_capacities(&mut edit, &capacities).await?;
    edit.commit().await.map(drop)
}

/// Days as `YYYY-MM-DD`, both included. One's own, or anyone's for a director.
#[tauri::command]
#[specta::specta]
pub async fn add_leave(
    desk: State<'_, Desk>,
    volunteer: VolunteerId,
    from_day: String,
    to_day: String,
) -> Result<LeaveId> {
    let own = desk.signed_in().await? == volunteer;
    let (book, actor) = if own { desk.at_work().await? } else { desk.director_at_work().await? };
    let mut edit = book.write(actor, "add_leave").await?;
    let id = availability::add_leave(&mut edit, volunteer, &from_day, &to_day).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_leave(desk: State<'_, Desk>, id: LeaveId) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "remove_leave").await?;
    availability::remove_leave(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn add_group_closure(
    desk: State<'_, Desk>,
    tag: String,
    name: String,
    from_day: String,
    to_day: String,
) -> Result<GroupClosureId> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "add_group_closure").await?;
    let id = availability::add_group_closure(&mut edit, &tag, &name, &from_day, &to_day).await?;
    edit.commit().await?;
    Ok(id)
}

#[tauri::command]
#[specta::specta]
pub async fn remove_group_closure(desk: State<'_, Desk>, id: GroupClosureId) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "remove_group_closure").await?;
    availability::remove_group_closure(&mut edit, id).await?;
    edit.commit().await.map(drop)
}

#[tauri::command]
#[specta::specta]
pub async fn set_touch_gap_days(desk: State<'_, Desk>, days: u32) -> Result<()> {
    let (book, actor) = desk.director_at_work().await?;
    let mut edit = book.write(actor, "set_touch_gap_days").await?;
    availability::set_touch_gap_days(&mut edit, days).await?;
    edit.commit().await.map(drop)
}

/// The weekdays that do not suit somebody.
#[tauri::command]
#[specta::specta]
pub async fn never_on(desk: State<'_, Desk>, person: PersonId) -> Result<Weekdays> {
    setting::never_on(&mut desk.book().await?.read().await?, person).await
}

#[tauri::command]
#[specta::specta]
pub async fn set_never_on(desk: State<'_, Desk>, person: PersonId, days: Weekdays) -> Result<()> {
    let (book, actor) = desk.at_work().await?;
    let mut edit = book.write(actor, "set_never_on").await?;
    setting::set_never_on(&mut edit, person, days).await?;
    edit.commit().await.map(drop)
}
