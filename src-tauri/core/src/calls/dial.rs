//! The one function that hands out a diallable number, and the question before it.
//!
//! Everywhere else a phone number is covered. [`pass`] is the only way to a [`Dialled`], and it asks everything again at
//! that moment: the number's state, the person's wishes, the hour where they are, and which of those who share the
//! number or the name is meant.

use super::others::{self, Near};
use super::view::{BeginCall, ConfirmChoice, ConfirmQuestion, DialGate, Dialled};
use crate::error::{Error, Result};
use crate::ids::{PersonId, ReachId};
use crate::people::reaches::{self, ReachRow};
use crate::people::{ReachKind, ReachState, names, person, phone};
use crate::promises::may_ring;
use crate::promises::sentences as say;
use crate::store::Db;
use crate::team::standards;
use crate::time::Millis;

/// Besides the right one; with "none of these" they fit the number keys.
const MOST_WRONG_CHOICES: usize = 5;
const NONE_OF_THESE: &str = "none";
const NOTHING: &str = "Nothing";

/// Whether this person may be dialled on this number now, or what must be confirmed first.
pub async fn gate(db: &mut Db, now: Millis, person: PersonId, reach: ReachId) -> Result<DialGate> {
    Ok(match ask(db, now, person, reach).await? {
        Asked::Gate(gate) => gate,
        Asked::Confirm { question, choices, others, .. } => {
            DialGate::Confirm { question, choices, others: others.into_iter().map(|near| near.other).collect() }
        }
    })
}

/// The number, once everything about it was answered; and the fact that was confirmed, or nothing where none was asked.
pub(super) async fn pass(db: &mut Db, now: Millis, begin: &BeginCall) -> Result<(Dialled, String)> {
    let confirmed = match ask(db, now, begin.person, begin.reach).await? {
        Asked::Gate(DialGate::Open) => String::new(),
        Asked::Gate(DialGate::Refused { why }) => return Err(Error::refused(why)),
        Asked::Gate(DialGate::NotNow { not_now }) => {
            let zone = standards::association(db).await?.tz()?;
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
        Asked::Confirm { question, right, .. } => match begin.confirmed.as_deref() {
            Some(key) if key == right => format!("{}: {right}", question.as_str()),
            Some(_) => {
                let name = person::reference(db, begin.person).await?.name;
                return Err(Error::refused(format!(
                    "That is not true of this {name}. Somebody else has that name or number: look again whom you mean."
                )));
            }
            None => {
                let name = person::reference(db, begin.person).await?.name;
                return Err(Error::refused(format!(
                    "Somebody else shares this number or sounds like {name}. Confirm one fact about whom you mean first."
                )));
            }
        },
    };
    Ok((number(db, begin.reach).await?, confirmed))
}

/// The number of a call that has passed already, while it may still be dialled.
pub(super) async fn again(db: &mut Db, now: Millis, person: PersonId, reach: ReachId) -> Result<Option<Dialled>> {
    let row = reaches::row(db, reach).await?;
    if unusable(&row, person).is_some() || may_ring::ask(db, person, now).await?.is_some() {
        return Ok(None);
    }
    number(db, reach).await.map(Some)
}

async fn number(db: &mut Db, reach: ReachId) -> Result<Dialled> {
    let country = standards::association(db).await?.country;
    let row = reaches::row(db, reach).await?;
    let number = phone::Number { e164: row.value, extension: row.extension };
    Ok(Dialled { shown: number.for_people(&country), tel: number.tel_uri() })
}

enum Asked {
    Gate(DialGate),
    Confirm { question: ConfirmQuestion, right: String, choices: Vec<ConfirmChoice>, others: Vec<Near> },
}

fn refused(why: impl Into<String>) -> Asked {
    Asked::Gate(DialGate::Refused { why: why.into() })
}

async fn ask(db: &mut Db, now: Millis, id: PersonId, reach: ReachId) -> Result<Asked> {
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
    let own = others::own(db, id, &row).await?;
    Ok(match question(&own, &near) {
        Some((question, right, choices)) => Asked::Confirm { question, right, choices, others: near },
        None => refused(format!(
            "There is another {} with this name or number, and nothing in the book tells them apart. \
             Write down a place or an organisation of the one you mean, or merge the two.",
            who.name
        )),
    })
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

/// The first question whose answer is true of this person and of none of the others.
fn question(own: &others::Traits, near: &[Near]) -> Option<(ConfirmQuestion, String, Vec<ConfirmChoice>)> {
    let told_apart = |question: ConfirmQuestion| {
        let right = own.of(question)?;
        let theirs: Vec<&str> = near.iter().filter_map(|near| near.traits.of(question)).collect();
        let same = |a: &str, b: &str| names::fold(a) == names::fold(b);
        (!theirs.iter().any(|other| same(other, right))).then_some((question, right.to_owned(), theirs))
    };
    // One that has wrong answers to choose from asks more than one that has none.
    let asked: Vec<_> = ConfirmQuestion::ALL.iter().copied().filter_map(told_apart).collect();
    let best = asked.iter().position(|(_, _, theirs)| !theirs.is_empty()).unwrap_or(0);
    let (question, right, theirs) = match asked.into_iter().nth(best) {
        Some(found) => found,
        // Who waits for nothing is told from those who all wait.
        None if own.waits_for.is_none() && near.iter().all(|near| near.traits.waits_for.is_some()) => (
            ConfirmQuestion::WaitsFor,
            NOTHING.to_owned(),
            near.iter().filter_map(|near| near.traits.waits_for.as_deref()).collect(),
        ),
        None => return None,
    };
    let mut labels = vec![right.clone()];
    for other in theirs {
        if labels.len() > MOST_WRONG_CHOICES {
            break;
        }
        if !labels.iter().any(|label| names::fold(label) == names::fold(other)) {
            labels.push(other.to_owned());
        }
    }
    labels.sort();
    let mut choices: Vec<ConfirmChoice> =
        labels.into_iter().map(|label| ConfirmChoice { key: label.clone(), label }).collect();
    choices.push(ConfirmChoice { key: NONE_OF_THESE.into(), label: "None of these".into() });
    Some((question, right, choices))
}
