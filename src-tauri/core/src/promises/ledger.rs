//! The ledger of promises. A promise is open, then exactly one of kept, renegotiated or released; *late* is an open
//! promise past its due time, and nothing here stores it.

use serde::Serialize;

use super::business_time::BusinessCalendar;
use super::watch::{self, News};
use crate::error::{Error, Result};
use crate::ids::{InquiryId, PersonId, PromiseId, ReminderId, VolunteerId};
use crate::store::{Db, Edit};
use crate::team::volunteers::Keeper;
use crate::time::{HOUR_MS, Millis};
use crate::{args, statements, words};

words! {
    pub enum PromiseKind {
        Callback = "callback",
        PlanStep = "plan_step",
        Decision = "decision",
        RecoveryCheck = "recovery_check",
        OwnWord = "own_word",
    }

    pub enum PromiseState {
        Open = "open",
        Kept = "kept",
        Renegotiated = "renegotiated",
        Released = "released",
    }
}

impl PromiseKind {
    /// Held back while nobody may be rung. What is written, decided or looked up can be done at any hour.
    pub fn is_kept_by_ringing(self) -> bool {
        matches!(self, Self::Callback | Self::PlanStep | Self::RecoveryCheck)
    }
}

#[derive(Clone, Debug)]
pub struct NewPromise {
    pub person: PersonId,
    pub kind: PromiseKind,
    /// What was promised, as one says it: "ring back about membership".
    pub what: String,
    pub keeper: Option<VolunteerId>,
    pub due: Millis,
    pub inquiry: Option<InquiryId>,
}

/// A promise as the window shows it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PromiseView {
    pub id: PromiseId,
    pub person: PersonId,
    pub kind: PromiseKind,
    pub by_ringing: bool,
    pub what: String,
    pub keeper: Option<Keeper>,
    pub made_ms: Millis,
    /// Whose word it was; the keeper may have changed since.
    pub made_by: Option<String>,
    /// Not before this: they asked for it, or were tried at another time of day.
    pub from_ms: Option<Millis>,
    pub due_ms: Millis,
    /// Tried and not reached: when to try again.
    pub next_try_ms: Option<Millis>,
    pub attempt: u32,
    pub state: PromiseState,
    pub ended_ms: Option<Millis>,
    pub end_reason: String,
    pub inquiry: Option<InquiryId>,
}

impl PromiseView {
    /// Ended after it was due, or open past it.
    pub fn is_late(&self, now: Millis) -> bool {
        self.ended_ms.unwrap_or(now) > self.due_ms
    }
}

#[derive(sqlx::FromRow)]
pub(crate) struct PromiseRow {
    pub id: PromiseId,
    pub person_id: PersonId,
    pub kind: PromiseKind,
    pub what: String,
    pub keeper_id: Option<VolunteerId>,
    pub keeper_name: Option<String>,
    pub made_ms: Millis,
    pub made_by: Option<String>,
    pub from_ms: Option<Millis>,
    pub due_ms: Millis,
    pub next_try_ms: Option<Millis>,
    pub attempt: i64,
    pub state: PromiseState,
    pub ended_ms: Option<Millis>,
    pub end_reason: String,
    pub inquiry_id: Option<InquiryId>,
    pub unrung: bool,
}

impl PromiseRow {
    /// Held back while they may not be rung.
    pub fn by_ringing(&self) -> bool {
        self.kind.is_kept_by_ringing() && !self.unrung
    }
}

impl From<PromiseRow> for PromiseView {
    fn from(row: PromiseRow) -> Self {
        Self {
            by_ringing: row.by_ringing(),
            id: row.id,
            person: row.person_id,
            kind: row.kind,
            what: row.what,
            keeper: Keeper::of(row.keeper_id, row.keeper_name),
            made_ms: row.made_ms,
            made_by: row.made_by,
            from_ms: row.from_ms,
            due_ms: row.due_ms,
            next_try_ms: row.next_try_ms,
            attempt: u32::try_from(row.attempt).unwrap_or(0),
            state: row.state,
            ended_ms: row.ended_ms,
            end_reason: row.end_reason,
            inquiry: row.inquiry_id,
        }
    }
}

/// A step of a plan, to be promised with others in one go.
#[derive(Clone, Debug)]
pub struct NewStep {
    pub person: PersonId,
    /// What is to be done and why, as Today says it.
    pub what: String,
    pub keeper: Option<VolunteerId>,
    pub from: Millis,
    pub due: Millis,
    /// Written, visited or handed over.
    pub unrung: bool,
}

/// An open step of a plan at another time, or with another keeper.
#[derive(Clone, Debug)]
pub struct Redated {
    pub id: PromiseId,
    pub step: NewStep,
}

/// How many promises of each state: open + kept + renegotiated + released = made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type, sqlx::FromRow)]
pub struct Tally {
    #[specta(type = u32)]
    pub made: i64,
    #[specta(type = u32)]
    pub open: i64,
    #[specta(type = u32)]
    pub kept: i64,
    #[specta(type = u32)]
    pub renegotiated: i64,
    #[specta(type = u32)]
    pub released: i64,
}

statements! {
    ADD = "INSERT INTO promise (id, person_id, kind, what, keeper_id, made_ms, due_ms, next_try_ms, state, ended_ms, \
        end_reason, replaced_by, inquiry_id, attempt, made_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 'open', NULL, '', NULL, $8, 0, $9)";
    ADD_REMINDER = "INSERT INTO reminder (id, promise_id, due_ms, state, shown_ms, seen_ms) \
        VALUES ($1, $2, $3, 'waiting', NULL, NULL)";
    ADD_STEP = "INSERT INTO promise (id, person_id, kind, what, keeper_id, made_ms, due_ms, state, end_reason, attempt, \
        made_by, from_ms, unrung) VALUES ($1, $2, 'plan_step', $3, $4, $5, $6, 'open', '', 0, $7, $8, $9)";
    // Many at once: what is not said again stays. A next try was for the day on which it stood.
    REDATE = "INSERT INTO promise (id, person_id, kind, what, keeper_id, made_ms, due_ms, state, end_reason, attempt, \
        from_ms, unrung) VALUES ($1, $2, 'plan_step', $3, $4, $5, $6, 'open', '', 0, $7, $8) \
        ON CONFLICT (id) DO UPDATE SET due_ms = EXCLUDED.due_ms, from_ms = EXCLUDED.from_ms, keeper_id = EXCLUDED.keeper_id, \
        next_try_ms = NULL";
    REMIND_AT = "INSERT INTO reminder (id, promise_id, due_ms, state, shown_ms, seen_ms) \
        VALUES ($1, $2, $3, 'waiting', NULL, NULL) ON CONFLICT (promise_id) DO UPDATE SET due_ms = EXCLUDED.due_ms, \
        state = EXCLUDED.state, shown_ms = EXCLUDED.shown_ms, seen_ms = EXCLUDED.seen_ms";
    MOVE_REMINDER = "UPDATE reminder SET due_ms = $2, state = 'waiting', shown_ms = NULL, seen_ms = NULL WHERE promise_id = $1";
    END_REMINDER = "UPDATE reminder SET state = 'done' WHERE promise_id = $1";
    GET = "SELECT p.id, p.person_id, p.kind, p.what, p.keeper_id, v.name AS keeper_name, p.made_ms, p.due_ms, \
        p.next_try_ms, p.attempt, p.state, p.ended_ms, p.end_reason, p.inquiry_id, p.from_ms, p.unrung, m.name AS made_by \
        FROM promise p LEFT JOIN volunteer v ON v.id = p.keeper_id LEFT JOIN volunteer m ON m.id = p.made_by WHERE p.id = $1";
    OF_PERSON = "SELECT p.id, p.person_id, p.kind, p.what, p.keeper_id, v.name AS keeper_name, p.made_ms, p.due_ms, \
        p.next_try_ms, p.attempt, p.state, p.ended_ms, p.end_reason, p.inquiry_id, p.from_ms, p.unrung, m.name AS made_by \
        FROM promise p LEFT JOIN volunteer v ON v.id = p.keeper_id LEFT JOIN volunteer m ON m.id = p.made_by WHERE p.person_id = $1 \
        ORDER BY CASE WHEN p.state = 'open' THEN 0 ELSE 1 END, p.due_ms DESC, p.id LIMIT 200";
    OPEN_OF_INQUIRY = "SELECT p.id, p.person_id, p.kind, p.what, p.keeper_id, v.name AS keeper_name, p.made_ms, \
        p.due_ms, p.next_try_ms, p.attempt, p.state, p.ended_ms, p.end_reason, p.inquiry_id, p.from_ms, p.unrung, m.name AS made_by \
        FROM promise p LEFT JOIN volunteer v ON v.id = p.keeper_id LEFT JOIN volunteer m ON m.id = p.made_by \
        WHERE p.inquiry_id = $1 AND p.state = 'open' ORDER BY p.due_ms, p.id";
    END = "UPDATE promise SET state = $2, ended_ms = $3, end_reason = $4, replaced_by = $5 \
        WHERE id = $1 AND state = 'open'";
    TRIED = "UPDATE promise SET attempt = attempt + 1, next_try_ms = $2, from_ms = NULL WHERE id = $1 AND state = 'open'";
    NO_PAUSE = "UPDATE promise SET next_try_ms = NULL, from_ms = NULL WHERE id = $1 AND state = 'open'";
    NOT_BEFORE = "UPDATE promise SET from_ms = $2 WHERE id = $1 AND state = 'open'";
    WITHOUT_RINGING = "UPDATE promise SET unrung = TRUE WHERE id = $1";
    HAND_OVER = "UPDATE promise SET keeper_id = $2 WHERE id = $1 AND state = 'open'";
    TALLY = "SELECT COUNT(*) AS made, \
        COUNT(CASE WHEN state = 'open' THEN 1 END) AS open, \
        COUNT(CASE WHEN state = 'kept' THEN 1 END) AS kept, \
        COUNT(CASE WHEN state = 'renegotiated' THEN 1 END) AS renegotiated, \
        COUNT(CASE WHEN state = 'released' THEN 1 END) AS released FROM promise";
}

/// Promises something, and sets its reminder.
pub async fn make(edit: &mut Edit, new: &NewPromise) -> Result<PromiseId> {
    let what = new.what.trim();
    if what.is_empty() {
        return Err(Error::invalid("Say what is promised: without a reason nobody can keep it."));
    }
    let id = PromiseId::new();
    let at = edit.at;
    let by = edit.actor.volunteer();
    edit.run(&ADD, args![id, new.person, new.kind, what, new.keeper, at, new.due, new.inquiry, by]).await?;
    let remind = remind_at(&crate::team::standards::calendar(edit).await?, at, new.due);
    edit.run(&ADD_REMINDER, args![ReminderId::new(), id, remind]).await?;
    edit.also_changed("reminder");
    Ok(id)
}

/// Promises a step of a plan. It is told of when it may begin. Written with whatever else is added to this edit.
pub fn lay(edit: &mut Edit, new: &NewStep) -> PromiseId {
    let id = PromiseId::new();
    let (at, by) = (edit.at, edit.actor.volunteer());
    edit.add(&ADD_STEP, args![id, new.person, &new.what, new.keeper, at, new.due, by, new.from, new.unrung]);
    edit.add(&ADD_REMINDER, args![ReminderId::new(), id, new.from]);
    edit.also_changed("reminder");
    id
}

/// Lays an open step of a plan, of which nobody was told and which is not late, to another time or keeper. What is late was
/// broken: it is released, and another is promised.
pub fn redate(edit: &mut Edit, redated: &Redated) {
    let Redated { id, step } = redated;
    let at = edit.at;
    edit.add(&REDATE, args![*id, step.person, &step.what, step.keeper, at, step.due, step.from, step.unrung]);
    edit.add(&REMIND_AT, args![ReminderId::new(), *id, step.from]);
    edit.also_changed("reminder");
}

/// What runs to the end of a day is told of two open hours before; what has a time of its own, at that time.
fn remind_at(calendar: &BusinessCalendar, made: Millis, due: Millis) -> Millis {
    let two_hours_before = due.plus_ms(-2 * HOUR_MS);
    let at_closing = calendar.is_open(due.plus_ms(-1)) && !calendar.is_open(due);
    if at_closing && two_hours_before > made { two_hours_before } else { due }
}

pub async fn get(db: &mut Db, id: PromiseId) -> Result<PromiseView> {
    let row: PromiseRow = db.one(&GET, args![id], "promise").await?;
    Ok(row.into())
}

/// Open ones first, then the newest; at most 200.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<PromiseView>> {
    let rows: Vec<PromiseRow> = db.all(&OF_PERSON, args![person]).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub async fn open_of_inquiry(db: &mut Db, inquiry: InquiryId) -> Result<Vec<PromiseView>> {
    let rows: Vec<PromiseRow> = db.all(&OPEN_OF_INQUIRY, args![inquiry]).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub async fn tally(db: &mut Db) -> Result<Tally> {
    db.one(&TALLY, args![], "ledger").await
}

/// Kept: late or not follows from when.
pub async fn keep(edit: &mut Edit, id: PromiseId) -> Result<()> {
    let at = edit.at;
    keep_at(edit, id, at).await
}

/// Kept before it was written down: in a call that is filed an hour later, or remembered the next day.
pub async fn keep_at(edit: &mut Edit, id: PromiseId, at: Millis) -> Result<()> {
    let at = at.max(get(edit, id).await?.made_ms).min(edit.at);
    end(edit, id, PromiseState::Kept, at, "", None).await
}

/// No longer owed. The reason is written down.
pub async fn release(edit: &mut Edit, id: PromiseId, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid("Say why this is no longer owed."));
    }
    let at = edit.at;
    end(edit, id, PromiseState::Released, at, reason, None).await
}

/// A new date, agreed with the person before the old one passed. Afterwards it is too late for that: the promise was
/// broken, and is kept late or released.
pub async fn renegotiate(edit: &mut Edit, id: PromiseId, due: Millis, what: Option<&str>) -> Result<PromiseId> {
    let at = edit.at;
    renegotiate_at(edit, id, at, due, what).await
}

/// Agreed before it was written down, at `agreed`.
pub async fn renegotiate_at(
    edit: &mut Edit,
    id: PromiseId,
    agreed: Millis,
    due: Millis,
    what: Option<&str>,
) -> Result<PromiseId> {
    let old = get(edit, id).await?;
    must_be_open(&old)?;
    let agreed = agreed.max(old.made_ms).min(edit.at);
    if agreed > old.due_ms {
        return Err(Error::refused(
            "This promise has passed already, so a new date cannot be agreed for it. Keep it now, or release it and say why.",
        ));
    }
    if due <= edit.at {
        return Err(Error::invalid("The new date has passed already."));
    }
    let what = what.map(str::trim).filter(|what| !what.is_empty()).unwrap_or(&old.what).to_owned();
    let new = NewPromise {
        person: old.person,
        kind: old.kind,
        what,
        keeper: old.keeper.map(|keeper| keeper.id),
        due,
        inquiry: old.inquiry,
    };
    let new = make(edit, &new).await?;
    if old.kind.is_kept_by_ringing() && !old.by_ringing {
        edit.run(&WITHOUT_RINGING, args![new]).await?;
    }
    end(edit, id, PromiseState::Renegotiated, agreed, "", Some(new)).await?;
    Ok(new)
}

/// Rung and not reached: the promise stays owed and its due time stands; it comes back at `next_try`.
pub async fn tried(edit: &mut Edit, id: PromiseId, next_try: Option<Millis>) -> Result<()> {
    if edit.run(&TRIED, args![id, next_try]).await? == 0 {
        return Err(ended_already());
    }
    if let Some(at) = next_try {
        edit.run(&MOVE_REMINDER, args![id, at]).await?;
        edit.also_changed("reminder");
    }
    Ok(())
}

/// Not to be kept, or tried again, before `from`; the reminder comes then.
pub async fn not_before(edit: &mut Edit, id: PromiseId, from: Millis) -> Result<()> {
    if from <= edit.at {
        return Ok(());
    }
    let promise = get(edit, id).await?;
    // A next try may well come after the time that was promised; then it is the try that must not end before it begins.
    if from >= promise.next_try_ms.unwrap_or(promise.due_ms) {
        return Err(Error::invalid("It is due before it may be kept. Let it begin before it is due."));
    }
    if edit.run(&NOT_BEFORE, args![id, from]).await? == 0 {
        return Err(ended_already());
    }
    edit.run(&MOVE_REMINDER, args![id, from]).await?;
    edit.also_changed("reminder");
    Ok(())
}

/// They are there again: what waited for its next try is due as it was promised.
pub async fn no_more_pause(edit: &mut Edit, id: PromiseId) -> Result<()> {
    let promise = get(edit, id).await?;
    if promise.state == PromiseState::Open && promise.next_try_ms.is_some() {
        edit.run(&NO_PAUSE, args![id]).await?;
        let remind = remind_at(&crate::team::standards::calendar(edit).await?, promise.made_ms, promise.due_ms);
        edit.run(&MOVE_REMINDER, args![id, remind.max(edit.at)]).await?;
        edit.also_changed("reminder");
    }
    Ok(())
}

pub async fn hand_over(edit: &mut Edit, id: PromiseId, to: VolunteerId) -> Result<()> {
    if edit.run(&HAND_OVER, args![id, to]).await? == 0 {
        return Err(ended_already());
    }
    Ok(())
}

async fn end(
    edit: &mut Edit,
    id: PromiseId,
    state: PromiseState,
    at: Millis,
    reason: &str,
    by: Option<PromiseId>,
) -> Result<()> {
    if edit.run(&END, args![id, state, at, reason, by]).await? == 0 {
        // Says which: gone, or ended before.
        must_be_open(&get(edit, id).await?)?;
    }
    edit.run(&END_REMINDER, args![id]).await?;
    edit.also_changed("reminder");
    watch::tell(edit, News::Ended { promise: id, state, at, why: reason, replaced_by: by }).await
}

fn must_be_open(promise: &PromiseView) -> Result<()> {
    if promise.state == PromiseState::Open { Ok(()) } else { Err(ended_already()) }
}

fn ended_already() -> Error {
    Error::new(crate::Code::Conflict, "Someone ended this promise in the meantime.")
}
