//! What the answers of a script set, kept together with the call that they were given in.

use super::outcome::CallResult;
use super::script::{Effect, PersonField};
use super::session::{self, CallRow};
use super::{brief, known};
use crate::error::{Code, Result};
use crate::ids::{FactId, PersonId, TouchId};
use crate::people::fields::FieldKind;
use crate::people::{NewReach, PersonChange, ReachKind, consent, facts, fields, organisations, person, reaches};
use crate::store::{Db, Edit};
use crate::{args, statements};

statements! {
    SET_LEARNED = "UPDATE call SET learned = $2 WHERE id = $1 AND state = 'begun'";
    LINK = "INSERT INTO touch_fact (id, touch_id, fact_id, how) VALUES ($1, $2, $3, $4)";
}

const HOW: &str = "said so on the phone";

/// What the answers have set so far; nothing where the call had no script.
pub(super) async fn so_far(db: &mut Db, call: &CallRow) -> Result<Vec<Effect>> {
    if call.script_version_id.is_none() {
        return Ok(Vec::new());
    }
    let (script, run) = session::script_of(db, call).await?;
    run.effects(&script)
}

/// The script begins anew for somebody else: what was said so far was said by whoever is on the line, and stays with the
/// call as something that was learned.
pub(super) async fn keep_words(edit: &mut Edit, call: &CallRow) -> Result<()> {
    let mut learned: Vec<String> = call.learned.lines().map(str::to_owned).collect();
    for effect in so_far(edit, call).await? {
        match effect {
            Effect::Fact { words } if !learned.contains(&words) => learned.push(words),
            Effect::Field { value, .. } | Effect::Own { value, .. } if !learned.contains(&value) => learned.push(value),
            _ => {}
        }
    }
    edit.run(&SET_LEARNED, args![call.id, learned.join("\n")]).await?;
    Ok(())
}

/// Keeps what the answers set, and which facts were spoken of. What somebody else said is nothing of this person's.
pub(super) async fn file(edit: &mut Edit, call: &CallRow, touch: TouchId, result: CallResult) -> Result<()> {
    if call.script_version_id.is_none() {
        return Ok(());
    }
    let (script, run) = session::script_of(edit, call).await?;
    if result.reached_person() || (result == CallResult::VoicemailLeft && run.met_machine()) {
        let now = edit.at;
        let brief = brief::brief(edit, now, call.person_id, call.promise_id).await?;
        let fields = known::of(edit, now, call.person_id, call.volunteer_id, call.reach_id, &brief).await?;
        used(edit, call.person_id, touch, &run.used_facts(&script, &fields)?).await?;
    }
    if result.reached_person() {
        apply(edit, call.person_id, touch, &run.effects(&script)?).await?;
    }
    Ok(())
}

/// The newest fact of each name is the one that was said.
async fn used(edit: &mut Edit, id: PersonId, touch: TouchId, names: &[String]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let there = facts::of_person(edit, id).await?;
    for name in names {
        let said = there.iter().find(|fact| known::fact_name(&fact.words).as_ref() == Some(name));
        if let Some(fact) = said {
            link(edit, touch, fact.id, "used").await?;
        }
    }
    Ok(())
}

/// Sets facts, tags, fields and consents. What is promised next is the caller's to decide.
async fn apply(edit: &mut Edit, id: PersonId, touch: TouchId, effects: &[Effect]) -> Result<()> {
    let who = person::get(edit, id).await?;
    for effect in effects {
        match effect {
            Effect::Fact { words } => learned(edit, id, &who.name, touch, words).await?,
            Effect::Tag { name } => person::tag(edit, id, name).await?,
            Effect::Field { field, value } => {
                let change = match field {
                    PersonField::Given => PersonChange { given: Some(value.clone()), ..PersonChange::default() },
                    PersonField::Family => PersonChange { family: Some(value.clone()), ..PersonChange::default() },
                    PersonField::Place => PersonChange { place: Some(value.clone()), ..PersonChange::default() },
                    PersonField::Organisation => {
                        organisations::give_role(edit, id, value, "").await?;
                        continue;
                    }
                    PersonField::Email => {
                        let new = NewReach { kind: ReachKind::Email, typed: value.clone(), label: String::new() };
                        match reaches::add(edit, id, &new).await {
                            // It was read when it was typed; whatever has changed since, no word gets lost.
                            Err(error) if error.code == Code::Invalid => {
                                learned(edit, id, &who.name, touch, &format!("E-mail: {value}")).await?;
                            }
                            added => drop(added?),
                        }
                        continue;
                    }
                };
                person::change(edit, id, &change).await?;
            }
            Effect::Own { name, value } => {
                let field = fields::named(edit, name).await?;
                let fits = field.map(|field| (field.id, written(field.kind, value), field));
                match fits.filter(|(_, value, field)| field.read(value).is_ok()) {
                    Some((id_of, value, _)) => fields::set(edit, id, id_of, &value).await?,
                    // It was asked for when there was such a field; whatever has changed since, no word gets lost.
                    None => learned(edit, id, &who.name, touch, &format!("{name}: {value}")).await?,
                }
            }
            Effect::Consent { channel, allowed } => consent::set(edit, id, *channel, *allowed, HOW).await?,
            Effect::Next { .. } => {}
        }
    }
    Ok(())
}

/// What was said, as a field of this kind holds it.
fn written(kind: FieldKind, said: &str) -> String {
    match kind {
        FieldKind::Number => said.replace('−', "-").replace(',', ".").replace(' ', ""),
        FieldKind::Date => {
            chrono::NaiveDate::parse_from_str(said, "%d %B %Y").map_or(said.to_owned(), |day| day.to_string())
        }
        FieldKind::Text | FieldKind::Choice => said.to_owned(),
    }
}

async fn learned(edit: &mut Edit, id: PersonId, from: &str, touch: TouchId, words: &str) -> Result<()> {
    let there = facts::of_person(edit, id).await?;
    let fact = match there.iter().find(|fact| fact.words == words) {
        Some(fact) => fact.id,
        None => facts::add(edit, id, words, from).await?,
    };
    link(edit, touch, fact, "learned").await
}

pub(super) async fn link(edit: &mut Edit, touch: TouchId, fact: FactId, how: &str) -> Result<()> {
    edit.run(&LINK, args![uuid::Uuid::now_v7(), touch, fact, how]).await?;
    Ok(())
}
