//! What came of a call: the wizard's questions for it, and the filing of its answers.

use chrono_tz::Tz;

use super::inquiry::{self, InquiryState};
use super::outcome::{
    Answer, CallResult, CloseReason, Draft, Means, Next, Outcome, QuestionId, RetryRule, WizardContext,
};
use super::retry_rules;
use super::session::{self, CallRow};
use super::view::{Direction, Filed, Filing, TouchChannel};
use crate::error::{Error, Result};
use crate::ids::{CallId, FactId, PersonId, TouchId, VolunteerId};
use crate::people::{PersonChange, ReachChange, ReachKind, ReachState, Standing, consent, facts, person, reaches};
use crate::promises::business_time::BusinessCalendar;
use crate::promises::ledger::{self, NewPromise, PromiseKind, PromiseState, PromiseView};
use crate::store::{Actor, Book, Db, Edit};
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements};

statements! {
    ADD_TOUCH = "INSERT INTO touch (id, person_id, direction, channel, at_ms, duration_ms, result, notes, note_for_next, \
        volunteer_id, inquiry_id, promise_id, call_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    ADD_TOUCH_FACT = "INSERT INTO touch_fact (id, touch_id, fact_id, how) VALUES ($1, $2, $3, 'learned')";
    FILE = "UPDATE call SET state = 'filed', ended_ms = COALESCE(ended_ms, $2), notes = $3, learned = $4 \
        WHERE id = $1 AND state = 'begun'";
}

/// What the wizard's proposals are made from, for one call.
struct Desk {
    now: Millis,
    calendar: BusinessCalendar,
    zone: Tz,
    rules: Vec<RetryRule>,
    attempt: u32,
}

impl Desk {
    async fn of(db: &mut Db, now: Millis, call: &CallRow) -> Result<Self> {
        let who = person::get(db, call.person_id).await?;
        let attempt = match call.promise_id {
            Some(promise) => ledger::get(db, promise).await?.attempt + 1,
            None => 1,
        };
        let zone = who.zone.as_deref().and_then(|zone| zone.parse().ok());
        Ok(Self {
            now,
            zone: match zone {
                Some(zone) => zone,
                None => standards::association(db).await?.tz()?,
            },
            calendar: standards::calendar(db).await?,
            rules: retry_rules::all(db).await?,
            attempt,
        })
    }

    fn context(&self) -> WizardContext<'_> {
        WizardContext {
            now: self.now,
            calendar: &self.calendar,
            person_zone: self.zone,
            rules: &self.rules,
            attempt: self.attempt,
        }
    }

    fn filing(&self, call: &CallRow, draft: Draft) -> Result<Filing> {
        let question = draft.question(&self.context())?;
        let outcome = match &question {
            Some(_) => None,
            None => Some(outcome(call, &draft, self.now)?),
        };
        Ok(Filing { draft, question, outcome })
    }
}

/// Where the filing stands with this draft.
pub async fn question(db: &mut Db, now: Millis, call: CallId, draft: Draft) -> Result<Filing> {
    let row = session::begun(db, call).await?;
    Desk::of(db, now, &row).await?.filing(&row, draft)
}

pub async fn answer(
    db: &mut Db,
    now: Millis,
    call: CallId,
    draft: Draft,
    question: QuestionId,
    answer: Answer,
) -> Result<Filing> {
    let row = session::begun(db, call).await?;
    let desk = Desk::of(db, now, &row).await?;
    let draft = draft.answer(question, answer, &desk.context())?;
    desk.filing(&row, draft)
}

/// The draft's outcome, with every word that was taken down during the call.
fn outcome(call: &CallRow, draft: &Draft, now: Millis) -> Result<Outcome> {
    let mut outcome = draft.finish(now)?;
    if outcome.notes.is_empty() {
        outcome.notes = call.notes.clone();
    }
    for line in call.learned.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !outcome.learned.iter().any(|learned| learned == line) {
            outcome.learned.push(line.to_owned());
        }
    }
    outcome.checked(now)
}

/// Files the call: the touch, the facts, the promise that it kept or tried, and the next one, in one edit.
pub async fn file(book: &Book, actor: Actor, call: CallId, draft: Draft, keeper: Option<VolunteerId>) -> Result<Filed> {
    let mut edit = book.write(actor, "file_call").await?;
    let now = edit.at;
    let row = session::begun(&mut edit, call).await?;
    let outcome = outcome(&row, &draft, now)?;
    let who = person::get(&mut edit, row.person_id).await?;
    edit.about(who.name.clone());
    // It may have ended while we talked; then there is nothing to keep.
    let owed = match row.promise_id {
        Some(promise) => Some(ledger::get(&mut edit, promise).await?).filter(|owed| owed.state == PromiseState::Open),
        None => None,
    };
    let touch = touch(&mut edit, &row, &outcome, owed.as_ref()).await?;
    let from = if outcome.result.reached_person() { who.name.as_str() } else { "whoever answered" };
    let from = if outcome.result.reached_someone() { from } else { "our call" };
    for learned in &outcome.learned {
        let fact = facts::add(&mut edit, row.person_id, learned, from).await?;
        link(&mut edit, touch, fact).await?;
    }
    spoil(&mut edit, &row, outcome.result).await?;
    wishes(&mut edit, row.person_id, &outcome).await?;
    let keeper =
        keeper.or(owed.as_ref().and_then(|owed| owed.keeper.as_ref()).map(|keeper| keeper.id)).or(actor.volunteer());
    let next = settle(&mut edit, &row, owed.as_ref(), &outcome, keeper).await?;
    let standing = standing(&mut edit, row.person_id, who.standing, &outcome).await?;
    if edit.run(&FILE, args![call, now, &outcome.notes, outcome.learned.join("\n")]).await? == 0 {
        return Err(Error::internal("a begun call could not be filed"));
    }
    let next = match next {
        Some(next) => Some(ledger::get(&mut edit, next).await?),
        None => None,
    };
    let person = person::reference(&mut edit, row.person_id).await?;
    edit.commit().await?;
    Ok(Filed { person, next, standing })
}

async fn touch(edit: &mut Edit, row: &CallRow, outcome: &Outcome, owed: Option<&PromiseView>) -> Result<TouchId> {
    let id = TouchId::new();
    let at = edit.at;
    let direction = if row.inbound { Direction::In } else { Direction::Out };
    let channel =
        if outcome.result == CallResult::VoicemailLeft { TouchChannel::Voicemail } else { TouchChannel::Call };
    let duration = outcome.result.reached_someone().then(|| row.ended_ms.unwrap_or(at).since(row.began_ms).max(0));
    let mut for_next = outcome.note_for_next.clone().unwrap_or_default();
    if for_next.is_empty()
        && let Next::Promise { what, .. } = &outcome.next
        && outcome.result.spoils_number()
    {
        for_next.clone_from(what);
    }
    edit.run(
        &ADD_TOUCH,
        args![
            id,
            row.person_id,
            direction,
            channel,
            row.began_ms,
            duration,
            outcome.result,
            &outcome.notes,
            for_next,
            row.volunteer_id,
            owed.and_then(|owed| owed.inquiry),
            row.promise_id,
            row.id
        ],
    )
    .await?;
    Ok(id)
}

async fn link(edit: &mut Edit, touch: TouchId, fact: FactId) -> Result<()> {
    edit.run(&ADD_TOUCH_FACT, args![uuid::Uuid::now_v7(), touch, fact]).await?;
    Ok(())
}

/// A number that turned out useless is not dialled again for this person.
async fn spoil(edit: &mut Edit, row: &CallRow, result: CallResult) -> Result<()> {
    let state = match result {
        CallResult::WrongNumber => ReachState::Wrong,
        CallResult::OutOfService => ReachState::Disconnected,
        _ => return Ok(()),
    };
    let Some(reach) = row.reach_id else { return Ok(()) };
    let change = ReachChange { state: Some(state), ..ReachChange::default() };
    reaches::change(edit, reach, &change).await
}

async fn wishes(edit: &mut Edit, id: PersonId, outcome: &Outcome) -> Result<()> {
    const HOW: &str = "said so on the phone";
    let not_at_all = matches!(outcome.next, Next::Close { reason: CloseReason::DoNotContact, .. });
    if outcome.result == CallResult::DoNotCall || not_at_all {
        let change = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
        person::change(edit, id, &change).await?;
        consent::set(edit, id, ReachKind::Phone, false, HOW).await?;
    }
    if not_at_all {
        consent::set(edit, id, ReachKind::Email, false, HOW).await?;
        consent::set(edit, id, ReachKind::Post, false, HOW).await?;
    }
    Ok(())
}

/// What becomes of the promise that the call was for, and what is promised next.
async fn settle(
    edit: &mut Edit,
    row: &CallRow,
    owed: Option<&PromiseView>,
    outcome: &Outcome,
    keeper: Option<VolunteerId>,
) -> Result<Option<crate::ids::PromiseId>> {
    let result = outcome.result;
    match &outcome.next {
        Next::Promise { what, means, due } => {
            if let Some(owed) = owed {
                let still_owed = *means == Means::Ring || (result.spoils_number() && *means == Means::Do);
                if !result.reached_person() && still_owed {
                    ledger::tried(edit, owed.id, Some(*due)).await?;
                    return Ok(Some(owed.id));
                }
                if result == CallResult::NotNow && *means == Means::Ring && edit.at <= owed.due_ms {
                    return ledger::renegotiate(edit, owed.id, *due, None).await.map(Some);
                }
                if result.reached_person() {
                    ledger::keep(edit, owed.id).await?;
                } else {
                    ledger::release(edit, owed.id, &format!("Not reached by phone. Instead: {what}.")).await?;
                }
            }
            let kind = if *means == Means::Ring { PromiseKind::Callback } else { PromiseKind::OwnWord };
            let new = NewPromise {
                person: row.person_id,
                kind,
                what: what.clone(),
                keeper,
                due: *due,
                inquiry: owed.and_then(|owed| owed.inquiry),
            };
            ledger::make(edit, &new).await.map(Some)
        }
        Next::Close { reason, words } => {
            let Some(owed) = owed else { return Ok(None) };
            let why = closing(*reason, words.as_deref());
            if result.reached_person() {
                ledger::keep(edit, owed.id).await?;
            } else {
                ledger::release(edit, owed.id, &why).await?;
            }
            if let Some(matter) = owed.inquiry {
                let state =
                    if *reason == CloseReason::Answered { InquiryState::Answered } else { InquiryState::Closed };
                inquiry::end(edit, matter, state, &why).await?;
            }
            Ok(None)
        }
    }
}

fn closing(reason: CloseReason, words: Option<&str>) -> String {
    let why = match reason {
        CloseReason::Answered => "They have what they asked for",
        CloseReason::Declined => "They do not want it any more",
        CloseReason::DoNotContact => "They asked not to be contacted",
        CloseReason::Unreachable => "They could not be reached",
        CloseReason::Other => return words.unwrap_or("Closed").to_owned(),
    };
    match words {
        Some(words) => format!("{why}: {words}"),
        None => why.to_owned(),
    }
}

/// Who asked to join and does not want to any more has declined; a member who declines an evening has not.
async fn standing(edit: &mut Edit, id: PersonId, now: Standing, outcome: &Outcome) -> Result<Standing> {
    let declined = matches!(outcome.next, Next::Close { reason: CloseReason::Declined, .. });
    if declined && matches!(now, Standing::Inquirer | Standing::Prospect | Standing::Applicant) {
        let change = PersonChange { standing: Some(Standing::Declined), ..PersonChange::default() };
        person::change(edit, id, &change).await?;
        return Ok(Standing::Declined);
    }
    Ok(now)
}
