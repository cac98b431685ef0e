//! What the filing of a call writes besides the call itself.

use crate::calls::effects;
use crate::calls::inquiry::{self, InquiryState};
use crate::calls::outcome::{CallResult, CloseReason, Means, Next, Outcome, WrongKind, WrongNumber};
use crate::calls::session::CallRow;
use crate::calls::view::{Direction, Filed, TouchChannel};
use crate::error::Result;
use crate::ids::{PersonId, PromiseId, ReachId, TouchId, VolunteerId};
use crate::people::{
    NewReach, Person, PersonChange, ReachChange, ReachKind, ReachState, Standing, consent, facts, person, reaches,
};
use crate::promises::business_time::Target;
use crate::promises::ledger::{self, NewPromise, PromiseKind, PromiseView};
use crate::store::{Db, Edit};
use crate::team::{standards, volunteers};
use crate::{args, statements};

statements! {
    ADD_TOUCH = "INSERT INTO touch (id, person_id, direction, channel, at_ms, duration_ms, result, notes, note_for_next, \
        volunteer_id, inquiry_id, promise_id, call_id, with_whom) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
}

pub(super) async fn settle(
    edit: &mut Edit,
    row: &CallRow,
    owed: Option<&PromiseView>,
    outcome: &Outcome,
    who: &Person,
    keeper: Option<VolunteerId>,
) -> Result<Filed> {
    let next = promises(edit, row, owed, outcome, keeper).await?;
    // A call that was for no promise and reached nobody was the first try of the one it led to.
    let tried = row.promise_id.or(next.filter(|_| is_first_try(row, outcome)));
    let touch = touch(edit, row, outcome, owed, tried).await?;
    let from = if outcome.result.reached_person() { who.name.as_str() } else { "whoever answered" };
    let from = if outcome.result.reached_someone() { from } else { "our call" };
    for learned in &outcome.learned {
        let fact = facts::add(edit, row.person_id, learned, from).await?;
        effects::link(edit, touch, fact, "learned").await?;
    }
    effects::file(edit, row, touch, outcome.result).await?;
    if let Some(wrong) = &outcome.wrong {
        mend(edit, row.person_id, wrong).await?;
    }
    wishes(edit, row.person_id, outcome).await?;
    let decision = decision(edit, who, outcome.organiser.as_deref()).await?;
    let standing = standing(edit, row.person_id, who.standing, outcome).await?;
    Ok(Filed {
        person: person::reference(edit, row.person_id).await?,
        next: promise(edit, next).await?,
        decision: promise(edit, decision).await?,
        standing,
    })
}

async fn promise(db: &mut Db, id: Option<PromiseId>) -> Result<Option<PromiseView>> {
    match id {
        Some(id) => Ok(Some(ledger::get(db, id).await?)),
        None => Ok(None),
    }
}

/// "Ring again" says nothing that the promise does not say itself.
const RING_AGAIN: &str = "Ring again";

async fn touch(
    edit: &mut Edit,
    row: &CallRow,
    outcome: &Outcome,
    owed: Option<&PromiseView>,
    tried: Option<PromiseId>,
) -> Result<TouchId> {
    let id = TouchId::new();
    let at = edit.at;
    let direction = if row.inbound { Direction::In } else { Direction::Out };
    let channel =
        if outcome.result == CallResult::VoicemailLeft { TouchChannel::Voicemail } else { TouchChannel::Call };
    let duration = outcome.result.reached_someone().then(|| row.ended_ms.unwrap_or(at).since(row.began_ms).max(0));
    // Where the promise stays as it was, what is to be done about it is told to whoever does it.
    let to_do = match &outcome.next {
        Next::Promise { what, means, .. } if owed.is_some() && stays_owed(outcome, *means) && what != RING_AGAIN => {
            Some(what.as_str())
        }
        _ => None,
    };
    let for_next: Vec<&str> = to_do.into_iter().chain(outcome.note_for_next.as_deref()).collect();
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
            for_next.join("\n"),
            row.volunteer_id,
            owed.and_then(|owed| owed.inquiry),
            tried,
            row.id,
            outcome.with_whom.as_deref().unwrap_or_default()
        ],
    )
    .await?;
    Ok(id)
}

/// A number that turned out useless is not dialled again for this person; the one they have now is there to be rung.
async fn mend(edit: &mut Edit, id: PersonId, wrong: &WrongNumber) -> Result<()> {
    let state = match wrong.kind {
        WrongKind::Moved | WrongKind::NeverTheirs => Some(ReachState::Wrong),
        WrongKind::Disconnected => Some(ReachState::Disconnected),
        WrongKind::Misdialled => None,
    };
    let mut label = String::new();
    if let Some(reach) = wrong.reach {
        label = reaches::row(edit, reach).await?.label;
        if let Some(state) = state {
            set_state(edit, reach, state).await?;
        }
    }
    let Some(typed) = wrong.new_number.clone() else { return Ok(()) };
    let country = standards::association(edit).await?.country;
    let (value, extension, _) = reaches::read(ReachKind::Phone, &typed, &country)?;
    if reaches::add(edit, id, &NewReach { kind: ReachKind::Phone, typed, label }).await?.is_some() {
        return Ok(());
    }
    // They have had it all along; it may have been marked as wrong once.
    let same = reaches::rows_of(edit, id)
        .await?
        .into_iter()
        .find(|row| row.kind == ReachKind::Phone && row.value == value && row.extension == extension);
    match same {
        Some(row) => set_state(edit, row.id, ReachState::Good).await,
        None => Ok(()),
    }
}

async fn set_state(edit: &mut Edit, reach: ReachId, state: ReachState) -> Result<()> {
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

/// Whether what was promised stands as it is, and is only tried again.
fn stays_owed(outcome: &Outcome, means: Means) -> bool {
    let again = means == Means::Ring || (outcome.result.spoils_number() && means == Means::Do);
    again && !outcome.result.reached_person()
}

fn is_first_try(row: &CallRow, outcome: &Outcome) -> bool {
    let rings = matches!(outcome.next, Next::Promise { means: Means::Ring, .. });
    rings && row.promise_id.is_none() && !row.inbound && !outcome.result.reached_person()
}

/// What becomes of the promise that the call was for, and what is promised next.
async fn promises(
    edit: &mut Edit,
    row: &CallRow,
    owed: Option<&PromiseView>,
    outcome: &Outcome,
    keeper: Option<VolunteerId>,
) -> Result<Option<PromiseId>> {
    let result = outcome.result;
    // What was said counts from when it was said, however late it is written down.
    let spoken = row.ended_ms.unwrap_or(edit.at);
    match &outcome.next {
        Next::Promise { what, means, from, due } => {
            let next = match owed {
                Some(owed) if stays_owed(outcome, *means) => {
                    ledger::tried(edit, owed.id, Some(*due)).await?;
                    owed.id
                }
                Some(owed) if result == CallResult::NotNow && *means == Means::Ring && spoken <= owed.due_ms => {
                    let what = Some(what.as_str()).filter(|what| *what != RING_AGAIN);
                    ledger::renegotiate_at(edit, owed.id, spoken, *due, what).await?
                }
                _ => {
                    match owed {
                        Some(owed) if result.reached_person() => ledger::keep_at(edit, owed.id, spoken).await?,
                        Some(owed) => {
                            let why = format!("Not reached by phone. Instead: {what}.");
                            ledger::release(edit, owed.id, &why).await?;
                        }
                        None => {}
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
                    let next = ledger::make(edit, &new).await?;
                    if is_first_try(row, outcome) {
                        ledger::tried(edit, next, None).await?;
                    }
                    next
                }
            };
            if let Some(from) = from {
                ledger::not_before(edit, next, *from).await?;
            }
            Ok(Some(next))
        }
        Next::Close { reason, words } => {
            let Some(owed) = owed else { return Ok(None) };
            let why = closing(*reason, words.as_deref());
            if result.reached_person() {
                ledger::keep_at(edit, owed.id, spoken).await?;
            } else {
                ledger::release(edit, owed.id, &why).await?;
            }
            if let Some(matter) = owed.inquiry {
                let state =
                    if *reason == CloseReason::Answered { InquiryState::Answered } else { InquiryState::Closed };
                inquiry::end(edit, matter, state, spoken, &why).await?;
            }
            Ok(None)
        }
    }
}

/// A director should look at it, and why. Kept by the one who keeps this person, where that is a director.
async fn decision(edit: &mut Edit, who: &Person, why: Option<&str>) -> Result<Option<PromiseId>> {
    let Some(why) = why else { return Ok(None) };
    let everyone = volunteers::all(edit).await?;
    let director = |id: Option<VolunteerId>| {
        everyone.iter().find(|volunteer| Some(volunteer.id) == id && volunteers::is_director(volunteer))
    };
    let keeper = director(who.keeper.as_ref().map(|keeper| keeper.id))
        .or(director(edit.actor.volunteer()))
        .or(everyone.iter().find(|volunteer| volunteers::is_director(volunteer)));
    let new = NewPromise {
        person: who.id,
        kind: PromiseKind::Decision,
        what: why.into(),
        keeper: keeper.map(|keeper| keeper.id),
        due: standards::calendar(edit).await?.due(edit.at, Target::Days(1))?,
        // What they wait for may end with this call; the decision is still to be made.
        inquiry: None,
    };
    ledger::make(edit, &new).await.map(Some)
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
