//! One inquiry, one clock.
//!
//! A message of someone who waits already joins what they wait for: it raises the urgency and leaves the start alone.
//! Only a message after the answer, or reopening, starts a new clock.

use super::view::{Captured, MessageFrom, MessageView, NewMessage, Source};
use crate::error::{Error, Result};
use crate::ids::{InquiryId, MessageId, PersonId, PromiseId};
use crate::people::{NewReach, ReachKind, person, phone, reaches, said_numbers};
use crate::promises::ledger::{self, NewPromise, PromiseKind};
use crate::promises::sentences as say;
use crate::store::{Actor, Book, Db, Edit};
use crate::team::standards;
use crate::time::{MINUTE_MS, Millis};
use crate::{args, statements, words};

words! {
    pub enum InquiryState {
        Open = "open",
        Answered = "answered",
        Closed = "closed",
    }
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Inquiry {
    pub id: InquiryId,
    pub person_id: PersonId,
    pub source: Source,
    /// In the person's words, short; may be empty.
    pub about: String,
    /// The first message.
    pub opened_ms: Millis,
    /// Where the running clock began.
    pub clock_ms: Millis,
    pub state: InquiryState,
}

#[derive(sqlx::FromRow)]
struct MessageRow {
    received_ms: Millis,
    source: Source,
    words: String,
    taken_by: Option<String>,
}

/// A clock that is a little fast is no message from the future.
const CLOCK_SKEW_MS: i64 = 5 * MINUTE_MS;
const LONGEST_ABOUT_CHARS: usize = 90;

statements! {
    OPEN_OF = "SELECT id, person_id, source, about, opened_ms, clock_ms, state FROM inquiry \
        WHERE person_id = $1 AND state = 'open'";
    GET = "SELECT id, person_id, source, about, opened_ms, clock_ms, state FROM inquiry WHERE id = $1";
    ADD = "INSERT INTO inquiry (id, person_id, source, about, opened_ms, clock_ms, state, ended_ms, end_reason) \
        VALUES ($1, $2, $3, $4, $5, $5, 'open', NULL, '')";
    BEGAN_EARLIER = "UPDATE inquiry SET opened_ms = $2, clock_ms = $2 WHERE id = $1 AND opened_ms = clock_ms AND opened_ms > $2";
    NAME_IT = "UPDATE inquiry SET about = $2 WHERE id = $1 AND about = ''";
    END = "UPDATE inquiry SET state = $2, ended_ms = $3, end_reason = $4 WHERE id = $1 AND state = 'open'";
    REOPEN = "UPDATE inquiry SET state = 'open', clock_ms = $2, ended_ms = NULL, end_reason = '' \
        WHERE id = $1 AND state <> 'open'";
    ADD_MESSAGE = "INSERT INTO message (id, inquiry_id, person_id, source, received_ms, words, number_typed, taken_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    COUNT_MESSAGES = "SELECT COUNT(*) FROM message WHERE inquiry_id = $1";
    MESSAGES_OF = "SELECT m.received_ms, m.source, m.words, v.name AS taken_by FROM message m \
        LEFT JOIN volunteer v ON v.id = m.taken_by WHERE m.inquiry_id = $1 ORDER BY m.received_ms, m.id";
}

/// Takes a message down: the person, the inquiry it opens or joins, and the promise to ring back.
pub async fn capture(book: &Book, actor: Actor, new: &NewMessage) -> Result<Captured> {
    let mut edit = book.write(actor, "capture").await?;
    let now = edit.at;
    let received = new.received_ms.unwrap_or(now);
    if received.since(now) > CLOCK_SKEW_MS {
        return Err(Error::invalid(
            "This message would come from the future. Check the day and the time it was received.",
        ));
    }
    let received = received.min(now);
    let country = standards::association(&mut edit).await?.country;
    let id = whose(&mut edit, new, &country).await?;
    // A number in the middle of what they said is a way to reach them, and as covered as the others.
    for (range, _) in said_numbers::numbers_in(&new.words, &country) {
        left_in_a_message(&mut edit, id, &new.words[range]).await?;
    }
    let who = person::reference(&mut edit, id).await?;
    edit.about(who.name.clone());

    let about = about(&said_numbers::covered(&new.words, &country));
    let there = open_of(&mut edit, id).await?;
    let joined = there.is_some();
    let (inquiry, clock) = match there {
        Some(open) => {
            edit.run(&BEGAN_EARLIER, args![open.id, received]).await?;
            edit.run(&NAME_IT, args![open.id, &about]).await?;
            (open.id, if open.opened_ms == open.clock_ms { open.clock_ms.min(received) } else { open.clock_ms })
        }
        None => {
            let inquiry = InquiryId::new();
            edit.run(&ADD, args![inquiry, id, new.source, &about, received]).await?;
            (inquiry, received)
        }
    };
    let taken_by = actor.volunteer();
    let message = MessageId::new();
    edit.run(
        &ADD_MESSAGE,
        args![message, inquiry, id, new.source, received, new.words.trim(), new.number.trim(), taken_by],
    )
    .await?;
    let (promise, due_ms) = promise_of(&mut edit, new, id, inquiry, received, &about).await?;
    let count: i64 = edit.scalar(&COUNT_MESSAGES, args![inquiry]).await?;
    edit.commit().await?;
    Ok(Captured {
        person: who,
        inquiry,
        promise,
        due_ms,
        joined,
        message_number: u32::try_from(count).unwrap_or(u32::MAX),
        waiting_ms: Millis(now.since(clock)),
    })
}

/// The person a message is from, and the number they left, so that they can be rung on it.
async fn whose(edit: &mut Edit, new: &NewMessage, country: &str) -> Result<PersonId> {
    let number = new.number.trim();
    match &new.from {
        MessageFrom::Known(id) => {
            let who = person::get(edit, *id).await?;
            if who.removed {
                return Err(Error::refused(format!("{} was taken off the lists. Restore them first.", who.name)));
            }
            // What cannot be read stays with the message, as it was typed.
            if phone::parse(number, country).is_ok() {
                left_in_a_message(edit, *id, number).await?;
            }
            Ok(*id)
        }
        MessageFrom::New(new_person) => {
            let mut new_person = new_person.clone();
            if new_person.phone.trim().is_empty() {
                new_person.phone = number.into();
            }
            if new_person.source.trim().is_empty() {
                new_person.source = new.source.as_str().into();
            }
            person::create(edit, &new_person).await
        }
    }
}

async fn left_in_a_message(edit: &mut Edit, person: PersonId, number: &str) -> Result<()> {
    let reach = NewReach { kind: ReachKind::Phone, typed: number.into(), label: "left in a message".into() };
    reaches::add(edit, person, &reach).await?;
    Ok(())
}

/// The promise that stands for this inquiry already, awake again; else a new one, due by the target for its source.
async fn promise_of(
    edit: &mut Edit,
    new: &NewMessage,
    person: PersonId,
    inquiry: InquiryId,
    received: Millis,
    about: &str,
) -> Result<(PromiseId, Millis)> {
    let standing = ledger::open_of_inquiry(edit, inquiry).await?;
    if let Some(promise) = standing.first() {
        // Who asks again is there to be reached: the pause after the last try is over.
        ledger::no_more_pause(edit, promise.id).await?;
        return Ok((promise.id, promise.due_ms));
    }
    let keeper = match new.keeper {
        Some(keeper) => Some(keeper),
        None => person::keeper(edit, person).await?.or(edit.actor.volunteer()),
    };
    let target = standards::target_for(edit, new.source.as_str()).await?;
    let due = standards::calendar(edit).await?.due(received, target)?;
    let what = if about.is_empty() { "ring back".to_owned() } else { format!("ring back: {about}") };
    let promise = NewPromise { person, kind: PromiseKind::Callback, what, keeper, due, inquiry: Some(inquiry) };
    Ok((ledger::make(edit, &promise).await?, due))
}

/// They ask again about what was answered or closed: the same matter, and a new clock.
pub async fn reopen(book: &Book, actor: Actor, id: InquiryId) -> Result<Captured> {
    let mut edit = book.write(actor, "reopen_inquiry").await?;
    let now = edit.at;
    let inquiry = get(&mut edit, id).await?;
    let who = person::reference(&mut edit, inquiry.person_id).await?;
    edit.about(who.name.clone());
    if open_of(&mut edit, inquiry.person_id).await?.is_some() {
        return Err(Error::refused(format!("{} waits for an answer already: one matter, one clock.", who.name)));
    }
    edit.run(&REOPEN, args![id, now]).await?;
    let new = NewMessage {
        from: MessageFrom::Known(inquiry.person_id),
        source: inquiry.source,
        words: String::new(),
        number: String::new(),
        received_ms: Some(now),
        keeper: None,
    };
    let (promise, due_ms) = promise_of(&mut edit, &new, inquiry.person_id, id, now, &inquiry.about).await?;
    let count: i64 = edit.scalar(&COUNT_MESSAGES, args![id]).await?;
    edit.commit().await?;
    Ok(Captured {
        person: who,
        inquiry: id,
        promise,
        due_ms,
        joined: false,
        message_number: u32::try_from(count).unwrap_or(u32::MAX),
        waiting_ms: Millis(0),
    })
}

/// What someone waits for, in a few words: what their open inquiry is about, else the open promise that is due first.
pub(super) fn waits_for(about: Option<&str>, owed: Option<&str>) -> Option<String> {
    let about = about.map(str::trim).map(|about| if about.is_empty() { "A call back" } else { about });
    about.or(owed.map(str::trim).filter(|owed| !owed.is_empty())).map(str::to_owned)
}

/// The open promise that is due first.
pub(super) async fn first_open(db: &mut Db, person: PersonId) -> Result<Option<ledger::PromiseView>> {
    let open = ledger::of_person(db, person).await?.into_iter();
    Ok(open
        .filter(|promise| promise.state == ledger::PromiseState::Open)
        .min_by_key(|promise| (promise.due_ms, promise.id)))
}

pub async fn open_of(db: &mut Db, person: PersonId) -> Result<Option<Inquiry>> {
    db.maybe(&OPEN_OF, args![person]).await
}

pub async fn get(db: &mut Db, id: InquiryId) -> Result<Inquiry> {
    db.one(&GET, args![id], "inquiry").await
}

/// Oldest first.
pub(super) async fn messages(db: &mut Db, inquiry: InquiryId) -> Result<Vec<MessageView>> {
    let country = standards::association(db).await?.country;
    let rows: Vec<MessageRow> = db.all(&MESSAGES_OF, args![inquiry]).await?;
    let view = |row: MessageRow| MessageView {
        received_ms: row.received_ms,
        source: row.source,
        words: said_numbers::covered(&row.words, &country),
        taken_by: row.taken_by,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Answered or closed; every promise that still stood for it is owed no longer.
pub(super) async fn end(edit: &mut Edit, id: InquiryId, state: InquiryState, at: Millis, reason: &str) -> Result<()> {
    let at = at.max(get(edit, id).await?.clock_ms).min(edit.at);
    edit.run(&END, args![id, state, at, reason]).await?;
    for promise in ledger::open_of_inquiry(edit, id).await? {
        ledger::release(edit, promise.id, &format!("What it was for has ended: {reason}.")).await?;
    }
    Ok(())
}

fn about(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= LONGEST_ABOUT_CHARS {
        return flat;
    }
    say::quoted(&flat).trim_matches(['“', '”']).to_owned()
}
