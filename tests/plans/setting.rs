//! A small plan and a book to run it in.

use wellmet_core::ids::{EnrolmentId, PersonId, PlanId, PromiseId, VolunteerId};
use wellmet_core::people::{NewPerson, person};
use wellmet_core::plans::catalogue;
use wellmet_core::plans::enter::{self, Entering};
use wellmet_core::plans::run::{self, EnrolmentState, Run, StepRow};
use wellmet_core::plans::schedule::{Base, Wait, When};
use wellmet_core::plans::template::{Step, StepChannel, Template, Who};
use wellmet_core::promises::ledger::{self, PromiseState, PromiseView};
use wellmet_core::store::older;
use wellmet_core::team::availability::{self, Capacity, Weekdays};
use wellmet_core::team::volunteers::{self, NewVolunteer, VolunteerRole};
use wellmet_core::{Actor, Result};

use crate::support::TestBook;

pub fn step(key: &str, channel: StepChannel, base: Base, days: u32) -> Step {
    Step {
        key: key.into(),
        title: format!("The step {key}"),
        channel,
        words: format!("do {key}"),
        script: String::new(),
        text: String::new(),
        subject: String::new(),
        who: Who::Keeper,
        when: When { base, wait: Wait::Days(days) },
        within_days: 0,
        skip_when: Vec::new(),
        spoken: None,
        question: "What did we learn last time?".into(),
    }
}

pub fn plan_of(steps: Vec<Step>) -> Template {
    Template {
        name: "Getting to know them".into(),
        purpose: "to know them".into(),
        for_whom: "anyone".into(),
        date_of: None,
        date_field: String::new(),
        leave_when: Vec::new(),
        steps,
    }
}

/// A call after two days, a letter three days later, a call five days after that.
pub fn three_steps() -> Template {
    plan_of(vec![
        step("hello", StepChannel::Call, Base::Joining, 2),
        step("letter", StepChannel::Letter, Base::Previous, 3),
        step("ask", StepChannel::Call, Base::Previous, 5),
    ])
}

pub async fn save(t: &TestBook, template: Template) -> PlanId {
    catalogue::save(&t.book, t.helen(), None, template).await.unwrap()
}

/// Somebody whom Helen keeps.
pub async fn kept(t: &TestBook, name: &str) -> PersonId {
    kept_by(t, name, t.director).await
}

pub async fn kept_by(t: &TestBook, name: &str, keeper: VolunteerId) -> PersonId {
    t.person(NewPerson { name: name.into(), keeper: Some(keeper), ..NewPerson::default() }).await
}

/// Many at once, by Wellmet itself, so that Helen's undo leaves them be.
pub async fn many(t: &TestBook, count: usize, keeper: VolunteerId) -> Vec<PersonId> {
    let mut edit = t.book.write(Actor::Wellmet, "create_person").await.unwrap();
    let mut people = Vec::new();
    for at in 0..count {
        let new = NewPerson { name: format!("Guest {at}"), keeper: Some(keeper), ..NewPerson::default() };
        people.push(person::create(&mut edit, &new).await.unwrap());
    }
    edit.commit().await.unwrap();
    people
}

pub async fn volunteer(t: &TestBook, name: &str, daily_limit: Option<u32>) -> VolunteerId {
    let mut edit = t.book.write(Actor::Wellmet, "add_volunteer").await.unwrap();
    let new = NewVolunteer { name: name.into(), role: VolunteerRole::Volunteer, pin: None };
    let id = volunteers::add(&mut edit, &new).await.unwrap();
    edit.commit().await.unwrap();
    takes_on(t, id, Weekdays::ALL, daily_limit).await;
    id
}

pub async fn takes_on(t: &TestBook, volunteer: VolunteerId, works_on: Weekdays, daily_limit: Option<u32>) {
    let mut edit = t.book.write(Actor::Wellmet, "set_capacity").await.unwrap();
    availability::set_capacities(&mut edit, &[Capacity { volunteer, works_on, daily_limit }]).await.unwrap();
    edit.commit().await.unwrap();
}

pub async fn away(t: &TestBook, volunteer: VolunteerId, from: &str, to: &str) {
    let mut edit = t.book.write(Actor::Wellmet, "add_leave").await.unwrap();
    availability::add_leave(&mut edit, volunteer, from, to).await.unwrap();
    edit.commit().await.unwrap();
}

pub fn entering(plan: PlanId, people: Vec<PersonId>) -> Entering {
    Entering { plan, people, list: None, date: None, start: None, spread: false, again: false }
}

pub async fn enter(t: &TestBook, plan: PlanId, person: PersonId) -> EnrolmentId {
    enter::enter_one(&t.book, t.helen(), plan, person, None).await.unwrap();
    let runs = run::of_people(&mut t.book.read().await.unwrap(), &[person]).await.unwrap();
    runs.last().unwrap().row.id
}

pub async fn run_of(t: &TestBook, id: EnrolmentId) -> Run {
    run::one(&mut t.book.read().await.unwrap(), id).await.unwrap()
}

pub async fn state(t: &TestBook, id: EnrolmentId) -> EnrolmentState {
    run_of(t, id).await.row.state
}

/// The step that is owed, and its promise.
pub async fn owed(t: &TestBook, id: EnrolmentId) -> Option<(StepRow, PromiseView)> {
    let step = run_of(t, id).await.open().cloned()?;
    let promise = promise(t, step.promise_id?).await;
    assert_eq!(promise.state, PromiseState::Open, "an open step has an open promise");
    Some((step, promise))
}

pub async fn promise(t: &TestBook, id: PromiseId) -> PromiseView {
    ledger::get(&mut t.book.read().await.unwrap(), id).await.unwrap()
}

pub async fn keep(t: &TestBook, id: PromiseId) {
    let mut edit = t.book.write(t.helen(), "keep_promise").await.unwrap();
    ledger::keep(&mut edit, id).await.unwrap();
    edit.commit().await.unwrap();
}

/// The association's day and hour of an instant: "2026-11-04 17:00".
pub fn at(ms: wellmet_core::Millis) -> String {
    ms.in_zone(chrono_tz::Australia::Brisbane).format("%Y-%m-%d %H:%M").to_string()
}

pub fn due(of: &Option<(StepRow, PromiseView)>) -> String {
    at(of.as_ref().expect("something is owed").1.due_ms)
}

/// Everything that the book says, but who changed it when.
pub async fn contents(t: &TestBook) -> Vec<(String, Vec<String>)> {
    let all = older::contents(&t.book).await.unwrap();
    let machines = ["journal", "edit", "plan_watch", "current_edit"];
    let told =
        all.into_iter().filter(|(table, _)| !machines.contains(&table.as_str()) && !table.starts_with("person_"));
    // Undo brings rows back, and not their places in the file.
    told.map(|(table, mut rows)| {
        rows.sort();
        (table, rows)
    })
    .collect()
}

/// The ledger adds up, and the book is whole.
pub async fn sound(t: &TestBook) -> Result<()> {
    let tally = ledger::tally(&mut t.book.read().await?).await?;
    assert_eq!(tally.open + tally.kept + tally.renegotiated + tally.released, tally.made);
    let checked = t.book.check().await?;
    assert!(checked.ok, "{:?}", checked.findings);
    Ok(())
}
