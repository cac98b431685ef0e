//! What happens to people, and what plans make of it: whoever joined, declined, died, moved or said no leaves; whoever a
//! rule names enters; a hold ends on the day that was chosen for it. Read from the journal, so that no way of changing a
//! person is forgotten, and done by Wellmet itself in an edit that nobody's undo meets by accident.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::again;
use super::catalogue::{self, Happening, PlanRule};
use super::condition::Known;
use super::enter::{self, Entering};
use super::run::{self, EnrolmentState, Owing};
use super::setting::Setting;
use super::write;
use crate::error::Result;
use crate::ids::{EnrolmentId, PersonId, PromiseId};
use crate::people::Standing;
use crate::promises::ledger;
use crate::store::{self, Actor, Book, Db, Edit, Value, happenings_after, last_happening, promises_undone_after};
use crate::team::standards;
use crate::{args, statements};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
pub struct Followed {
    pub entered: u32,
    pub left: u32,
    pub resumed: u32,
    /// Whose step turned out to be pointless on its day.
    pub skipped: u32,
}

/// So far behind, the place is written down though nothing concerned a plan.
const FAR_BEHIND: i64 = 5_000;

statements! {
    PLACE = "SELECT seq, looked_day FROM plan_watch";
    FORGET_PLACE = "DELETE FROM plan_watch";
    SET_PLACE = "INSERT INTO plan_watch (id, seq, looked_day) VALUES ($1, $2, $3)";
    // Both, for the index of those that go on.
    HOLDS_OVER = "SELECT id FROM enrolment WHERE state IN ('running', 'held') AND state = 'held' AND held_until_day <= $1 ORDER BY id";
    ORPHANS = "SELECT p.id FROM promise p WHERE p.kind = 'plan_step' AND p.state = 'open' AND p.person_id IN ($1) \
        AND NOT EXISTS (SELECT 1 FROM enrolment_step s WHERE s.promise_id = p.id)";
    TAGS = "SELECT id, name FROM tag WHERE id IN ($1)";
}

/// Follows what has happened since it last did. Asked at the change of the book and at times; where nothing concerns a plan
/// it writes nothing. While we are never open no day can be told: what happens then is followed once we are open again.
pub async fn follow(book: &Book) -> Result<Followed> {
    let mut db = book.read().await?;
    if !concerns(&mut db, book).await? {
        return Ok(Followed::default());
    }
    drop(db);
    let mut edit = book.write(Actor::Wellmet, "follow_plans").await?;
    edit.aside();
    let place: Option<(i64, String)> = edit.maybe(&PLACE, args![]).await?;
    let last = last_happening(&mut edit).await?;
    let today = today(&mut edit).await?;
    let mut followed = Followed::default();
    let mut happened = Vec::new();
    // A book that never had a plan begins here: what was before is nobody's matter.
    if let Some((place, _)) = &place {
        happened = happenings_after(&mut edit, *place).await?;
        followed.left = leave(&mut edit, &happened).await?;
        again::one_run_a_plan(&mut edit, &happened).await?;
        followed.entered = enter_by_rules(&mut edit, &happened).await?;
        let undone = promises_undone_after(&mut edit, *place).await?;
        again::one_step_a_run(&mut edit, &undone).await?;
        release_orphans(&mut edit, undone).await?;
    }
    followed.resumed = resume(&mut edit, today).await?;
    let is_new_day = place.is_none_or(|(_, looked)| looked != today.to_string());
    followed.skipped = again::look(&mut edit, today, &happened, is_new_day).await?;
    let idle = run::idle(&mut edit).await?;
    write::settle(&mut edit, &idle).await?;
    edit.run(&FORGET_PLACE, args![]).await?;
    edit.run(&SET_PLACE, args![uuid::Uuid::now_v7(), last, today.to_string()]).await?;
    edit.commit().await?;
    Ok(followed)
}

async fn concerns(db: &mut Db, book: &Book) -> Result<bool> {
    if standards::openings(db).await?.is_empty() {
        return Ok(false);
    }
    let place: Option<(i64, String)> = db.maybe(&PLACE, args![]).await?;
    let Some((place, looked)) = place else { return Ok(true) };
    let zone = standards::association(db).await?.tz()?;
    let today = book.now().in_zone(zone).date_naive();
    if looked != today.to_string() {
        return Ok(true);
    }
    let over: Option<(uuid::Uuid,)> = db.maybe(&HOLDS_OVER, args![today.to_string()]).await?;
    let behind = last_happening(db).await? - place;
    // What came to a standstill while we were never open.
    let stands = !run::idle(db).await?.is_empty();
    Ok(stands || over.is_some() || behind > FAR_BEHIND || (behind > 0 && happened(db, place).await?))
}

async fn happened(db: &mut Db, place: i64) -> Result<bool> {
    Ok(!happenings_after(db, place).await?.is_empty() || !promises_undone_after(db, place).await?.is_empty())
}

/// Undo opens a promise again, and leaves the step alone for which another stands since: by itself, when a hold was over, or
/// by somebody else. One thing is owed at a time.
async fn release_orphans(edit: &mut Edit, people: Vec<PersonId>) -> Result<()> {
    let orphans: Vec<(PromiseId,)> = edit.among(&ORPHANS, people.into_iter().map(Value::from).collect()).await?;
    for (promise,) in orphans {
        ledger::release(edit, promise, "Another promise stands for this step").await?;
    }
    Ok(())
}

async fn leave(edit: &mut Edit, happened: &[store::Happening]) -> Result<u32> {
    let people: HashSet<PersonId> = happened.iter().map(|row| row.person_id).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut runs = run::of_people(edit, &people).await?;
    runs.retain(|run| matches!(run.row.state, EnrolmentState::Running | EnrolmentState::Held));
    if runs.is_empty() {
        return Ok(0);
    }
    let now = edit.at;
    let setting = Setting::of(edit, now).await?;
    let known = setting.known(edit, &people).await?;
    let templates = catalogue::versions(edit, runs.iter().map(|run| run.row.plan_version_id)).await?;
    let mut left = 0;
    for run in runs {
        let (Some((_, template)), Some(known)) =
            (templates.get(&run.row.plan_version_id), known.get(&run.row.person_id))
        else {
            continue;
        };
        // Somebody's record that became part of another's is in the plan with it.
        if let Some((why, own_no)) = run::leaves(template, known, now) {
            write::leave_in(edit, &run, &why, own_no).await?;
            left += 1;
        }
    }
    Ok(left)
}

async fn enter_by_rules(edit: &mut Edit, happened: &[store::Happening]) -> Result<u32> {
    let rules = catalogue::rules(edit).await?;
    if rules.is_empty() || happened.is_empty() {
        return Ok(0);
    }
    let tags: Vec<Value> =
        happened.iter().filter(|row| row.tbl == "tag" && row.op != "delete").map(|row| row.row_id.into()).collect();
    let tags: HashMap<uuid::Uuid, String> = edit.among(&TAGS, tags).await?.into_iter().collect();
    let now = edit.at;
    let setting = Setting::of(edit, now).await?;
    let people: HashSet<PersonId> = happened.iter().map(|row| row.person_id).collect();
    let known = setting.known(edit, &people.into_iter().collect::<Vec<_>>()).await?;
    let mut entered = 0;
    for rule in rules {
        let mut whom: Vec<PersonId> = Vec::new();
        for row in happened {
            let Some(known) = known.get(&row.person_id) else { continue };
            if names(&rule, row, known, &tags) && !whom.contains(&row.person_id) {
                whom.push(row.person_id);
            }
        }
        if whom.is_empty() || catalogue::row(edit, rule.plan).await?.retired {
            continue;
        }
        let entering = Entering {
            plan: rule.plan,
            people: Vec::new(),
            list: None,
            date: None,
            start: None,
            spread: false,
            again: false,
        };
        let reckoned = enter::reckon(edit, &setting, &entering, &whom).await?;
        enter::write_all(edit, &reckoned, Some(rule.id)).await?;
        entered += super::count(reckoned.entries.len());
    }
    Ok(entered)
}

/// Whether this is what the rule waits for, and still true.
fn names(rule: &PlanRule, row: &store::Happening, known: &Known, tags: &HashMap<uuid::Uuid, String>) -> bool {
    let became = |field: &str| {
        let after: Option<serde_json::Value> = row.after.as_deref().and_then(|after| serde_json::from_str(after).ok());
        after.and_then(|after| after.get(field)?.as_str().map(str::to_owned))
    };
    match (rule.happening, row.tbl.as_str(), row.op.as_str()) {
        (Happening::InquiryAnswered, "inquiry", "update") => became("state").as_deref() == Some("answered"),
        (Happening::Standing, "person", op) => {
            let came = op == "insert" || became("standing").as_deref() == Some(rule.word.as_str());
            came && Standing::parse(&rule.word) == Some(known.standing)
        }
        (Happening::Tag, "tag", op) => {
            let given = op == "insert" || became("name").is_some();
            given && tags.get(&row.row_id) == Some(&rule.word)
        }
        _ => false,
    }
}

async fn today(edit: &mut Edit) -> Result<NaiveDate> {
    let zone = standards::association(edit).await?.tz()?;
    Ok(edit.at.in_zone(zone).date_naive())
}

/// The holds whose day has come, which somebody chose.
async fn resume(edit: &mut Edit, today: NaiveDate) -> Result<u32> {
    let over: Vec<(EnrolmentId,)> = edit.all(&HOLDS_OVER, args![today.to_string()]).await?;
    if over.is_empty() {
        return Ok(0);
    }
    let now = edit.at;
    let setting = Setting::of(edit, now).await?;
    let mut owing = Owing::of(edit).await?;
    let ids: Vec<EnrolmentId> = over.into_iter().map(|(id,)| id).collect();
    for run in run::by_id(edit, &ids).await? {
        let until = run.held_until()?.unwrap_or(today);
        write::resume_in(edit, &setting, &mut owing, &run, setting.work.midnight(until)).await?;
    }
    Ok(super::count(ids.len()))
}
