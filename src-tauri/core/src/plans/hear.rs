//! What promises and conversations tell plans, in the edit in which they happen.

use super::catalogue;
use super::run::{self, Run, StepState};
use super::schedule::{self, Base, Ground, Placed};
use super::setting::Setting;
use super::template::{Spoken, StepChannel};
use super::write;
use crate::error::Result;
use crate::ids::PersonId;
use crate::promises::ledger::{self, PromiseState, Redated};
use crate::promises::sentences as say;
use crate::promises::watch::{Following, News};
use crate::store::Edit;
use crate::team::standards;
use crate::time::Millis;
use crate::watches;

watches! {
    PLANS = hear;
}

fn hear<'a>(edit: &'a mut Edit, news: News<'a>) -> Following<'a> {
    Box::pin(async move {
        match news {
            News::Ended { promise, state, at, why, replaced_by } => {
                let Some(id) = run::of_promise(edit, promise).await? else { return Ok(()) };
                let run = run::one(edit, id).await?;
                let Some(step) = run.steps.iter().find(|step| step.promise_id == Some(promise)) else { return Ok(()) };
                match (state, replaced_by) {
                    (PromiseState::Renegotiated, Some(next)) => write::replaced(edit, step, next).await,
                    (PromiseState::Released, _) => write::step_ended(edit, &run.row, step, false, at, why).await,
                    (PromiseState::Kept, _) => write::step_ended(edit, &run.row, step, true, at, "").await,
                    _ => Ok(()),
                }
            }
            News::Spoke { person, at } => spoke(edit, person, at).await,
        }
    })
}

/// Somebody spoke with them outside their plans: what stands near is done with it, and what waited for long begins its wait
/// anew. What they were told stands.
async fn spoke(edit: &mut Edit, person: PersonId, at: Millis) -> Result<()> {
    let now = edit.at;
    let runs: Vec<Run> = run::of_people(edit, &[person]).await?;
    // What came of this very conversation was promised with it.
    let before = |made: Option<Millis>| made.is_some_and(|made| made < now);
    let near: Vec<&Run> = runs
        .iter()
        .filter(|run| run.open().is_some_and(|step| step.state == StepState::Open && before(step.made_ms)))
        .collect();
    // While we are never open no day can be told, and the call is filed all the same.
    if near.is_empty() || standards::openings(edit).await?.is_empty() {
        return Ok(());
    }
    let setting = Setting::of(edit, now).await?;
    let templates = catalogue::versions(edit, near.iter().map(|run| run.row.plan_version_id)).await?;
    let known = setting.known(edit, &[person]).await?;
    let Some(who) = known.get(&person) else { return Ok(()) };
    let spoken_on = setting.work.date_of(at);
    for run in near {
        let (Some((_, template)), Some(row)) = (templates.get(&run.row.plan_version_id), run.open()) else { continue };
        let (Some(here), Some(slot), Some(promise)) = (template.place(&row.step), row.slot(), row.promise_id) else {
            continue;
        };
        let step = &template.steps[here];
        let day = setting.work.date_of(slot.from);
        let is_near = day.signed_duration_since(spoken_on).num_days() <= i64::from(setting.gap_days.max(1));
        let does = step.spoken.unwrap_or(match step.channel {
            StepChannel::Call | StepChannel::Visit if is_near => Spoken::Satisfies,
            StepChannel::Call | StepChannel::Visit => Spoken::Moves,
            _ => Spoken::Stands,
        });
        match does {
            Spoken::Satisfies => {
                let why = format!("Was spoken with on {}, outside the plan", say::day(spoken_on));
                write::mark(edit, row.id, StepState::Done, at.max(row.made_ms.unwrap_or(at)), &why).await?;
                ledger::keep_at(edit, promise, at).await?;
                write::settle(edit, &[run.row.id]).await?;
            }
            Spoken::Moves if !row.told && slot.due > now => {
                if matches!(step.when.base, Base::BeforeDate | Base::AfterDate) {
                    continue;
                }
                let happened = schedule::Happened {
                    joined: at,
                    previous: Some(at),
                    held_days: 0,
                    held_open_ms: 0,
                    date: run.date,
                };
                let mut taken = setting.taken(edit, &known, Some(promise)).await?.remove(&person).unwrap_or_default();
                taken.push(spoken_on);
                let place = |ground: &Ground<'_>| schedule::place(step.when, step.within_days, &happened, ground);
                let placed = setting.lay(row.keeper_id, Some(&who.unsuited), &taken, place)?;
                // Never earlier than it was planned.
                if let Placed::At(later) = placed
                    && later.from > slot.from
                {
                    let step = write::promised(template, here, person, row.keeper_id, later);
                    ledger::redate(edit, &Redated { id: promise, step });
                    let why = format!("Waits anew since a conversation on {}", say::day(spoken_on));
                    write::say_why(edit, row.id, &why).await?;
                }
            }
            Spoken::Moves | Spoken::Stands => {}
        }
    }
    Ok(())
}
