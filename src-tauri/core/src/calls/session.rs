//! A call from its beginning to its filing. Every key is kept, so that a kill in the middle loses no word.

use super::dial::Passed;
use super::script::{Pick, Purpose, ReadyScript, Run, ScriptStep};
use super::view::{BeginCall, Call, Jotted, UnfinishedCall};
use super::{brief, dial, known, scripts, times};
use crate::error::{Code, Error, Result};
use crate::ids::{CallId, PersonId, PromiseId, ReachId, ScriptVersionId, VolunteerId};
use crate::people::{PersonRef, Standing, Voicemail, person, reaches};
use crate::promises::ledger::{self, PromiseState};
use crate::promises::reasons::plain;
use crate::promises::sentences as say;
use crate::promises::today;
use crate::store::{Actor, Book, Db, Edit};
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements, words};

words! {
    pub enum CallState {
        Begun = "begun",
        Filed = "filed",
        NeverMade = "never_made",
    }
}

/// A call as the book keeps it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct CallRow {
    pub id: CallId,
    pub person_id: PersonId,
    pub reach_id: Option<ReachId>,
    pub promise_id: Option<PromiseId>,
    pub reason: String,
    pub confirmed: String,
    pub inbound: bool,
    pub volunteer_id: Option<VolunteerId>,
    pub script_version_id: Option<ScriptVersionId>,
    pub path: String,
    pub notes: String,
    pub learned: String,
    pub begun_answer: String,
    pub began_ms: Millis,
    pub ended_ms: Option<Millis>,
    pub state: CallState,
    pub meant_person_id: Option<PersonId>,
    pub logged: bool,
}

#[derive(sqlx::FromRow)]
struct UnfinishedRow {
    id: CallId,
    person_id: PersonId,
    name: String,
    organisation: Option<String>,
    standing: Standing,
    began_ms: Millis,
    by: Option<String>,
    ended: bool,
}

statements! {
    ADD = "INSERT INTO call (id, person_id, reach_id, promise_id, reason, confirmed, inbound, volunteer_id, \
        script_version_id, path, notes, learned, began_ms, ended_ms, state, meant_person_id, logged) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '[]', '', '', $10, $11, 'begun', NULL, $12)";
    GET = "SELECT id, person_id, reach_id, promise_id, reason, confirmed, inbound, volunteer_id, script_version_id, path, \
        notes, learned, begun_answer, began_ms, ended_ms, state, meant_person_id, logged FROM call WHERE id = $1";
    SET_PATH = "UPDATE call SET path = $2 WHERE id = $1 AND state = 'begun'";
    JOT = "UPDATE call SET notes = $2, learned = $3, begun_answer = $4 WHERE id = $1 AND state = 'begun'";
    STOP = "UPDATE call SET ended_ms = $2 WHERE id = $1 AND state = 'begun' AND ended_ms IS NULL";
    NEVER_MADE = "UPDATE call SET state = 'never_made', ended_ms = COALESCE(ended_ms, $2), begun_answer = '' WHERE id = $1 AND state = 'begun'";
    UNFINISHED = "SELECT c.id, c.person_id, p.name, p.standing, (SELECT o.name FROM role r \
          JOIN organisation o ON o.id = r.organisation_id WHERE r.person_id = p.id AND r.to_day IS NULL \
          ORDER BY r.id LIMIT 1) AS organisation, c.began_ms, v.name AS \"by\", c.ended_ms IS NOT NULL AS ended \
        FROM call c JOIN person p ON p.id = c.person_id LEFT JOIN volunteer v ON v.id = c.volunteer_id \
        WHERE c.state = 'begun' ORDER BY c.began_ms, c.id LIMIT 200";
    UNFINISHED_WITH = "SELECT c.id, c.person_id, p.name, p.standing, NULL AS organisation, c.began_ms, v.name AS \"by\", c.ended_ms IS NOT NULL AS ended \
        FROM call c JOIN person p ON p.id = c.person_id LEFT JOIN volunteer v ON v.id = c.volunteer_id \
        WHERE c.state = 'begun' AND c.person_id = $1 ORDER BY c.began_ms, c.id LIMIT 1";
}

/// Begins a call: person, number and promise (or a stated reason), once the gate is passed.
pub async fn begin(book: &Book, actor: Actor, begin: &BeginCall) -> Result<Call> {
    scripts::complete(book).await?;
    let mut edit = book.write(actor, "begin_call").await?;
    edit.aside();
    let now = edit.at;
    let who = person::reference(&mut edit, begin.person).await?;
    edit.about(who.name.clone());
    let zone = standards::association(&mut edit).await?.tz()?;
    let other: Option<UnfinishedRow> = edit.maybe(&UNFINISHED_WITH, args![begin.person]).await?;
    if let Some(other) = other {
        let by = other.by.map(|name| format!(" by {name}")).unwrap_or_default();
        return Err(Error::new(
            Code::Conflict,
            format!(
                "A call with {} was begun{by} {} and is not filed. File it, or say that it was never made.",
                who.name,
                say::when(other.began_ms, now, zone)
            ),
        ));
    }
    let promise = match begin.promise {
        Some(id) => Some(ledger::get(&mut edit, id).await?),
        None => None,
    };
    if let Some(promise) = &promise {
        if promise.person != begin.person {
            return Err(Error::invalid(format!("That promise was not made to {}.", who.name)));
        }
        if promise.state != PromiseState::Open {
            return Err(Error::new(Code::Conflict, "Someone ended this promise in the meantime."));
        }
    }
    let stated = begin.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    let reason = match (&promise, stated) {
        (Some(promise), _) => plain(&today::reason(&mut edit, promise.id, now).await?),
        (None, Some(reason)) => reason.to_owned(),
        (None, None) if begin.inbound => "They rang us.".to_owned(),
        (None, None) => String::new(),
    };
    if reason.is_empty() {
        return Err(Error::refused(format!(
            "Say in a few words why you are calling {}: without a reason nobody is rung.",
            who.name
        )));
    }
    let confirmed = match begin.reach {
        Some(reach) if begin.inbound || begin.logged.is_some() => {
            if reaches::row(&mut edit, reach).await?.person_id != begin.person {
                return Err(Error::invalid(format!("That number does not belong to {}.", who.name)));
            }
            String::new()
        }
        None if begin.inbound || begin.logged.is_some() => String::new(),
        None => return Err(Error::invalid("Choose a number to ring first.")),
        Some(reach) => match dial::pass(&mut edit, begin, reach).await? {
            Passed::Open { confirmed } => confirmed,
            Passed::Wrong { why } => {
                // The answer is kept, and nothing else.
                edit.commit().await?;
                return Err(Error::refused(why));
            }
        },
    };
    let (began, ended) = match begin.logged {
        Some(logged) => times::of_logged(logged, now)?,
        None => (now, None),
    };
    let purpose =
        if begin.inbound { Purpose::Incoming } else { brief::purpose(&mut edit, promise.as_ref(), now).await? };
    let version = scripts::to_begin_with(&mut edit, begin.script, purpose).await?;
    let (id, volunteer) = (CallId::new(), actor.volunteer());
    edit.run(
        &ADD,
        args![
            id,
            begin.person,
            begin.reach,
            begin.promise,
            reason,
            confirmed,
            begin.inbound,
            volunteer,
            version,
            began,
            ended,
            begin.logged.is_some()
        ],
    )
    .await?;
    let call = get(&mut edit, now, actor, id).await?;
    edit.commit().await?;
    Ok(call)
}

/// The call as `actor` may see it: the number is for whoever began it, and confirmed whom they mean.
pub async fn get(db: &mut Db, now: Millis, actor: Actor, id: CallId) -> Result<Call> {
    let row = row(db, id).await?;
    let mut brief = brief::brief(db, now, row.person_id, row.promise_id).await?;
    let (script, run) = script_of(db, &row).await?;
    // Of the script that the call was begun with, whatever another would want.
    brief.at_hand.clone_from(&script.script().at_hand);
    let fields = known::of(db, now, row.person_id, row.volunteer_id, row.reach_id, &brief).await?;
    let reach = match row.reach_id {
        Some(reach) => Some(reaches::covered(reaches::row(db, reach).await?)),
        None => None,
    };
    // Once somebody is on the line, there is nobody to dial.
    let dialled = match row.reach_id {
        Some(reach) if dialling(&row) && row.volunteer_id == actor.volunteer() => {
            dial::again(db, now, row.person_id, reach, &row.confirmed).await?
        }
        _ => None,
    };
    let voicemail = reach.as_ref().map_or(Voicemail::Unknown, |reach| reach.voicemail);
    let meant = match row.meant_person_id {
        Some(meant) => Some(person::reference(db, meant).await?),
        None => None,
    };
    let spoken_from = match row.script_version_id {
        Some(version) => Some(scripts::of_version(db, version).await?),
        None => None,
    };
    Ok(Call {
        id,
        person: brief.person.clone(),
        reach,
        dialled,
        voicemail,
        inbound: row.inbound,
        logged: row.logged,
        reason: row.reason,
        // The brief of a call without a promise shows what is owed; the call itself was for its own reason.
        promise: brief.promise.clone().filter(|promise| Some(promise.id) == row.promise_id),
        began_ms: row.began_ms,
        ended_ms: row.ended_ms,
        notes: row.notes,
        learned: row.learned,
        begun_answer: serde_json::from_str(&row.begun_answer).ok(),
        script: spoken_from,
        script_name: script.script().title.clone(),
        step: run.step(&script, &fields)?,
        meant,
        brief,
    })
}

fn dialling(row: &CallRow) -> bool {
    row.state == CallState::Begun && row.ended_ms.is_none() && !row.inbound && row.meant_person_id.is_none()
}

/// Answers the script's question; `node` is the one that was shown.
pub async fn answer(book: &Book, actor: Actor, call: CallId, node: &str, pick: Pick) -> Result<ScriptStep> {
    walk(book, actor, call, |script, run| run.answer(script, node, pick)).await
}

/// Back to where the path had this many moves.
pub async fn step_back(book: &Book, actor: Actor, call: CallId, moves: u32) -> Result<ScriptStep> {
    walk(book, actor, call, |_, run| Ok(run.first(usize::try_from(moves).unwrap_or(usize::MAX)))).await
}

async fn walk(
    book: &Book,
    actor: Actor,
    call: CallId,
    to: impl FnOnce(&ReadyScript, &Run) -> Result<Run> + Send,
) -> Result<ScriptStep> {
    let mut edit = book.write(actor, "answer_script").await?;
    edit.aside();
    let now = edit.at;
    let row = begun(&mut edit, call).await?;
    let (script, run) = script_of(&mut edit, &row).await?;
    let run = to(&script, &run)?;
    let brief = brief::brief(&mut edit, now, row.person_id, row.promise_id).await?;
    let fields = known::of(&mut edit, now, row.person_id, row.volunteer_id, row.reach_id, &brief).await?;
    let step = run.step(&script, &fields)?;
    let path = serde_json::to_string(&run).map_err(|error| Error::internal(error.to_string()))?;
    edit.run(&SET_PATH, args![call, path]).await?;
    edit.about(brief.person.name);
    edit.commit().await?;
    Ok(step)
}

/// Keeps words as they are typed, so that a kill loses none.
pub async fn jot(book: &Book, actor: Actor, call: CallId, jotted: &Jotted) -> Result<()> {
    let mut edit = book.write(actor, "jot").await?;
    edit.aside();
    let row = begun(&mut edit, call).await?;
    let begun = jotted.begun_answer.as_ref().map(serde_json::to_string).transpose();
    let begun = begun.map_err(|error| Error::internal(error.to_string()))?.unwrap_or_default();
    edit.run(&JOT, args![call, &jotted.notes, &jotted.learned, begun]).await?;
    named(&mut edit, &row).await?;
    edit.commit().await?;
    Ok(())
}

/// The talking is over; the timer stops.
pub async fn end(book: &Book, actor: Actor, call: CallId) -> Result<()> {
    let mut edit = book.write(actor, "end_call").await?;
    edit.aside();
    let row = begun(&mut edit, call).await?;
    let at = edit.at;
    edit.run(&STOP, args![call, at]).await?;
    named(&mut edit, &row).await?;
    edit.commit().await?;
    Ok(())
}

/// Begun and never made: nobody was rung.
pub async fn never_made(book: &Book, actor: Actor, call: CallId) -> Result<()> {
    let mut edit = book.write(actor, "never_made").await?;
    let row = begun(&mut edit, call).await?;
    let at = edit.at;
    edit.run(&NEVER_MADE, args![call, at]).await?;
    named(&mut edit, &row).await?;
    edit.commit().await?;
    Ok(())
}

/// Calls that were begun and not filed, oldest first.
pub async fn unfinished(db: &mut Db) -> Result<Vec<UnfinishedCall>> {
    let rows: Vec<UnfinishedRow> = db.all(&UNFINISHED, args![]).await?;
    let view = |row: UnfinishedRow| UnfinishedCall {
        id: row.id,
        person: PersonRef { id: row.person_id, name: row.name, organisation: row.organisation, standing: row.standing },
        began_ms: row.began_ms,
        by: row.by,
        ended: row.ended,
    };
    Ok(rows.into_iter().map(view).collect())
}

async fn named(edit: &mut Edit, row: &CallRow) -> Result<()> {
    let name = person::reference(edit, row.person_id).await?.name;
    edit.about(name);
    Ok(())
}

pub(super) async fn row(db: &mut Db, id: CallId) -> Result<CallRow> {
    db.one(&GET, args![id], "call").await
}

/// A call that can still be changed.
pub(super) async fn begun(db: &mut Db, id: CallId) -> Result<CallRow> {
    let row = row(db, id).await?;
    match row.state {
        CallState::Begun => Ok(row),
        CallState::Filed => {
            Err(Error::new(Code::Conflict, "This call is filed already. What it came to stands in the timeline."))
        }
        CallState::NeverMade => Err(Error::new(Code::Conflict, "This call was never made. Begin another one.")),
    }
}

pub(super) async fn script_of(db: &mut Db, row: &CallRow) -> Result<(ReadyScript, Run)> {
    let version = row.script_version_id.ok_or_else(|| Error::internal("a call without a script"))?;
    let script = scripts::version(db, version).await?;
    let run: Run = serde_json::from_str(&row.path).map_err(|error| Error::internal(error.to_string()))?;
    Ok((script, run))
}
