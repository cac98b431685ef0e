//! The one function that hands out a diallable number, and the question before it.
//!
//! Everywhere else a phone number is covered. A call is let through by `pass`, which asks everything at that moment: the
//! number's state, the person's wishes, the hour where they are, and which of those who share the number or the name is
//! meant. `again` hands out the [`Dialled`] of such a call, and asks all but the last once more.

use chrono_tz::Tz;

use super::others::{self, Near};
use super::view::{BeginCall, ConfirmChoice, ConfirmQuestion, DialGate, Dialled};
use super::{confirming, qr};
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, ReachId};
use crate::people::reaches::{self, ReachRow};
use crate::people::{ReachKind, ReachState, names, person, phone};
use crate::promises::may_ring;
use crate::promises::sentences as say;
use crate::store::{Actor, Db, Edit};
use crate::team::standards;
use crate::time::Millis;

/// Besides the right one; with "none of these" they fit the number keys.
const MOST_WRONG_CHOICES: usize = 5;
const NONE_OF_THESE: &str = "None of these";
const NOTHING: &str = "Nothing";

/// Whether this person may be dialled on this number now, or what this volunteer must confirm first.
pub async fn gate(db: &mut Db, now: Millis, actor: Actor, person: PersonId, reach: ReachId) -> Result<DialGate> {
    Ok(match ask(db, now, actor, person, reach).await? {
        Asked::Gate(gate) => gate,
        Asked::Confirm { question, choices, others, .. } => DialGate::Confirm {
            question,
            choices,
            others: others.into_iter().map(|near| near.other).take(others::MOST_SHOWN).collect(),
        },
    })
}

/// How the gate was passed, or why it was not.
pub(super) enum Passed {
    /// The fact that was confirmed; empty where none was asked.
    Open { confirmed: String },
    /// The answer was not true; it is kept, and must be committed.
    Wrong { why: String },
}

/// Lets a call through once everything about it was answered, asked at this moment.
pub(super) async fn pass(edit: &mut Edit, begin: &BeginCall, reach: ReachId) -> Result<Passed> {
    let (now, actor) = (edit.at, edit.actor);
    let (question, right) = match ask(edit, now, actor, begin.person, reach).await? {
        Asked::Gate(DialGate::Open) => return Ok(Passed::Open { confirmed: String::new() }),
        Asked::Gate(DialGate::Refused { why, .. }) => return Err(Error::refused(why)),
        Asked::Gate(DialGate::NotNow { not_now }) => {
            let zone = standards::association(edit).await?.tz()?;
            let from = not_now.from_ms.map(|at| {
                let day = at.in_zone(zone).date_naive();
                let day = if day == now.in_zone(zone).date_naive() {
                    " today".into()
                } else {
                    day.format(" on %-d %B").to_string()
                };
                format!(" They may be rung from {}{day}, our time.", say::clock(at, zone))
            });
            return Err(Error::refused(format!("{}{}", not_now.why, from.unwrap_or_default())));
        }
        Asked::Gate(DialGate::Confirm { .. }) => return Err(Error::internal("a question without its answer")),
        Asked::Confirm { question, right, .. } => (question, right),
    };
    let name = person::reference(edit, begin.person).await?.name;
    let answer = begin.confirmed.as_deref().unwrap_or_default();
    let Some((asked, answer)) = answer.split_once(':') else {
        return Err(Error::refused(format!(
            "Somebody else shares this number or sounds like {name}. Confirm one fact about whom you mean first."
        )));
    };
    if asked != question.as_str() {
        // What was shown is not what would be asked now: nobody is wrong.
        return Err(Error::new(
            Code::Conflict,
            "The question who is meant has changed in the meantime. Answer it anew.",
        ));
    }
    let was_right = answer == right;
    confirming::keep(edit, begin.person, question, answer, was_right).await?;
    Ok(if was_right {
        Passed::Open { confirmed: format!("{asked}: {right}") }
    } else {
        Passed::Wrong {
            why: format!(
                "That is not true of this {name}. Somebody else has that name or number: look again whom you mean."
            ),
        }
    })
}

/// The number of a call that was let through, while it may still be dialled. Who came to share the number or the name since
/// then was never asked about.
pub(super) async fn again(
    db: &mut Db,
    now: Millis,
    id: PersonId,
    reach: ReachId,
    confirmed: &str,
) -> Result<Option<Dialled>> {
    let row = reaches::row(db, reach).await?;
    if unusable(&row, id).is_some() || may_ring::ask(db, id, now).await?.is_some() || person::get(db, id).await?.removed
    {
        return Ok(None);
    }
    if confirmed.is_empty() && !others::near(db, id, Some(&row)).await?.is_empty() {
        return Ok(None);
    }
    let country = standards::association(db).await?.country;
    let number = phone::Number { e164: row.value, extension: row.extension };
    let tel = number.tel_uri();
    Ok(Some(Dialled { shown: number.for_people(&country), qr: qr::draw(&tel)?, tel }))
}

enum Asked {
    Gate(DialGate),
    Confirm { question: ConfirmQuestion, right: String, choices: Vec<ConfirmChoice>, others: Vec<Near> },
}

fn refused(why: impl Into<String>) -> Asked {
    Asked::Gate(DialGate::Refused { why: why.into(), until_ms: None })
}

async fn ask(db: &mut Db, now: Millis, actor: Actor, id: PersonId, reach: ReachId) -> Result<Asked> {
    let who = person::get(db, id).await?;
    if who.removed {
        return Ok(refused(format!("{} was taken off the lists. Restore them first.", who.name)));
    }
    let row = reaches::row(db, reach).await?;
    if let Some(why) = unusable(&row, id) {
        return Ok(refused(why));
    }
    if let Some(not_now) = may_ring::ask(db, id, now).await? {
        return Ok(if not_now.from_ms.is_none() {
            refused(not_now.why)
        } else {
            Asked::Gate(DialGate::NotNow { not_now })
        });
    }
    let near = others::near(db, id, Some(&row)).await?;
    if near.is_empty() {
        return Ok(Asked::Gate(DialGate::Open));
    }
    let zone = standards::association(db).await?.tz()?;
    let before = confirming::before(db, now, zone, actor.volunteer(), id).await?;
    if let Some(until) = before.paused_until(now) {
        return Ok(paused(&who.name, until, zone));
    }
    let own = others::own(db, id, &row).await?;
    let mut questions = questions(&own, &near);
    if questions.is_empty() {
        return Ok(refused(format!(
            "There is another {} with this name or number, and nothing in the book tells them apart. \
             Write down a place or an organisation of the one you mean, or merge the two.",
            who.name
        )));
    }
    // What was answered wrong today is not asked again while anything else can be.
    if let Some(at) = questions.iter().position(|question| !before.was_wrong(question.question)) {
        questions.drain(..at);
    } else if let Some(until) = before.rests_until(now) {
        return Ok(paused(&who.name, until, zone));
    }
    let Question { question, right, theirs } = questions.swap_remove(0);
    let choices = choices(question, &right, &theirs);
    Ok(Asked::Confirm { question, right, choices, others: near })
}

fn paused(name: &str, until: Millis, zone: Tz) -> Asked {
    let why = format!(
        "What you answered was not true of this {name}. Read who they are, and try again from {}; or let a colleague ring \
         them.",
        say::clock(until, zone)
    );
    Asked::Gate(DialGate::Refused { why, until_ms: Some(until) })
}

/// Why this number cannot be dialled for this person at all.
fn unusable(row: &ReachRow, person: PersonId) -> Option<&'static str> {
    if row.person_id != person {
        return Some("That number belongs to somebody else. Open the person whom you mean.");
    }
    if row.kind != ReachKind::Phone {
        return Some("That is no phone number. Choose one of theirs, or write instead.");
    }
    if row.unreadable {
        return Some("This number could not be read as it was typed. Mend it first.");
    }
    match row.state {
        ReachState::Good => None,
        ReachState::Wrong => Some("This number was a wrong one. Find the right number first."),
        ReachState::Disconnected | ReachState::Bounced => {
            Some("This number is not in service any more. Find another number first.")
        }
    }
}

/// A fact that is true of the person and of none of the others.
struct Question<'a> {
    question: ConfirmQuestion,
    right: String,
    /// What is true of the others.
    theirs: Vec<&'a str>,
}

/// Every question that tells the person apart, the one that asks most first.
fn questions<'a>(own: &others::Traits, near: &'a [Near]) -> Vec<Question<'a>> {
    let told_apart = |question: ConfirmQuestion| {
        let right = own.of(question)?;
        let theirs: Vec<&str> = near.iter().filter_map(|near| near.traits.of(question)).collect();
        let same = |a: &str, b: &str| names::fold(a) == names::fold(b);
        let apart = !theirs.iter().any(|other| same(other, right));
        apart.then(|| Question { question, right: right.to_owned(), theirs })
    };
    let mut asked: Vec<Question<'_>> = ConfirmQuestion::ALL.iter().copied().filter_map(told_apart).collect();
    // One that has wrong answers to choose from asks more than one that has none.
    asked.sort_by_key(|question| question.theirs.is_empty());
    // Who waits for nothing is told from those who all wait.
    if own.waits_for.is_none() && near.iter().all(|near| near.traits.waits_for.is_some()) {
        asked.push(Question {
            question: ConfirmQuestion::WaitsFor,
            right: NOTHING.to_owned(),
            theirs: near.iter().filter_map(|near| near.traits.waits_for.as_deref()).collect(),
        });
    }
    asked
}

fn choices(question: ConfirmQuestion, right: &str, theirs: &[&str]) -> Vec<ConfirmChoice> {
    let mut labels = vec![right];
    for &other in theirs {
        if labels.len() > MOST_WRONG_CHOICES {
            break;
        }
        if !labels.iter().any(|label| names::fold(label) == names::fold(other)) {
            labels.push(other);
        }
    }
    labels.sort_unstable();
    let key = |answer: &str| format!("{}:{answer}", question.as_str());
    let mut choices: Vec<ConfirmChoice> =
        labels.into_iter().map(|label| ConfirmChoice { key: key(label), label: label.to_owned() }).collect();
    choices.push(ConfirmChoice { key: key(""), label: NONE_OF_THESE.into() });
    choices
}
