//! A plan that writes, and somebody in it.

use wellmet_core::ids::{EnrolmentId, PersonId, PromiseId};
use wellmet_core::mail::letter::{FilledBlank, Writing};
use wellmet_core::people::{NewReach, ReachKind, facts, person, reaches};
use wellmet_core::plans::schedule::Base;
use wellmet_core::plans::template::{StepChannel, Template};

use crate::plans::setting::{enter, kept, owed, plan_of, save, step};
use crate::support::TestBook;

pub const TEXT: &str = "Dear {{ person.given }},\n\nyou hoped for {{ facts.hopes_for }}.\n\
    Ask for {{ ? whom should they ask for? }} at the door.\n\nKind regards,\n{{ caller.full }}";

/// An e-mail, a letter a week later, a call.
pub fn writing_plan() -> Template {
    let mut template = plan_of(vec![
        step("mail", StepChannel::Email, Base::Joining, 0),
        step("letter", StepChannel::Letter, Base::Previous, 5),
        step("call", StepChannel::Call, Base::Previous, 5),
    ]);
    template.steps[0].subject = "For {{ person.given }}, from {{ association.name }}".into();
    template.steps[0].text = TEXT.into();
    template.steps[1].text = "Dear {{ person.given }},\n\nthank you & yours <always>.\n\n{{ caller.full }}".into();
    template
}

pub struct Owed {
    pub person: PersonId,
    pub run: EnrolmentId,
    pub promise: PromiseId,
}

/// Rania, with an address, who owes her e-mail to Helen.
pub async fn rania(t: &TestBook) -> Owed {
    in_plan(t, "Rania Haddad", "rania@example.com").await
}

pub async fn in_plan(t: &TestBook, name: &str, email: &str) -> Owed {
    let plan = save(t, writing_plan()).await;
    let person = kept(t, name).await;
    reach(t, person, ReachKind::Email, email).await;
    let run = enter(t, plan, person).await;
    let promise = owed(t, run).await.unwrap().1.id;
    Owed { person, run, promise }
}

pub async fn reach(t: &TestBook, person: PersonId, kind: ReachKind, typed: &str) {
    let mut edit = t.book.write(t.helen(), "add_reach").await.unwrap();
    let name = person::reference(&mut edit, person).await.unwrap().name;
    edit.about(name);
    reaches::add(&mut edit, person, &NewReach { kind, typed: typed.into(), label: "home".into() }).await.unwrap();
    edit.commit().await.unwrap();
}

pub async fn hopes_for(t: &TestBook, person: PersonId, what: &str) {
    let mut edit = t.book.write(t.helen(), "add_fact").await.unwrap();
    facts::add(&mut edit, person, &format!("Hopes for: {what}"), "Rania").await.unwrap();
    edit.commit().await.unwrap();
}

pub fn blank(field: Option<&str>, question: &str, value: &str) -> FilledBlank {
    FilledBlank { field: field.map(Into::into), question: question.into(), value: value.into(), remember: false }
}

/// With the one blank filled that is left where her hope is known.
pub fn written(promise: PromiseId) -> Writing {
    Writing { promise, reach: None, blanks: vec![blank(None, "whom should they ask for?", "Mary")], own: None }
}
