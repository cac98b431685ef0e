//! E-mail that is to go out: put there, taken back, and decided on where only a person can.

use std::future::Future;
use std::pin::Pin;

use serde::Serialize;

use super::letter::{LetterReady, Writing, file, ready};
use super::{LetterKind, MailState, server};
use crate::error::{Code, Error, Result};
use crate::ids::{EditId, FactId, OutgoingMailId, PersonId, PromiseId, VolunteerId};
use crate::people::{ReachChange, ReachKind, ReachState, person, reaches};
use crate::promises::ledger::{self, PromiseState};
use crate::store::{Actor, Book, Db, Edit, Tally};
use crate::time::Millis;
use crate::{args, reversals, statements};

/// One e-mail in the outbox.
#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct OutboxLine {
    pub id: OutgoingMailId,
    pub person: PersonId,
    pub name: String,
    pub promise: PromiseId,
    pub by: Option<String>,
    pub to_address: String,
    pub subject: String,
    pub body: String,
    pub made_ms: Millis,
    pub state: MailState,
    pub tries: u32,
    pub next_try_ms: Option<Millis>,
    /// The server's last words, or ours.
    pub said: String,
    pub ended_ms: Option<Millis>,
    /// The address is still taken to be good: it may be marked as one that comes back.
    pub address_is_good: bool,
}

/// How many wait for a person, and how many for a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, specta::Type, sqlx::FromRow)]
pub struct OutboxCount {
    /// Refused, given up or unsure.
    #[specta(type = u32)]
    pub needs_somebody: i64,
    #[specta(type = u32)]
    pub waiting: i64,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct MailRow {
    pub id: OutgoingMailId,
    pub message_id: String,
    pub person_id: PersonId,
    pub promise_id: PromiseId,
    pub volunteer_id: Option<VolunteerId>,
    pub to_address: String,
    pub subject: String,
    pub body: String,
    pub used: String,
    pub learned: String,
    pub state: MailState,
    pub tries: u32,
}

macro_rules! mails {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.message_id, m.person_id, m.promise_id, m.volunteer_id, m.to_address, m.subject, m.body, m.used, \
             m.learned, g.state, g.tries FROM outgoing_mail m JOIN outgoing_progress g ON g.id = m.id ",
            $rest
        )
    };
}

macro_rules! lines {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.person_id AS person, p.name, m.promise_id AS promise, v.name AS \"by\", m.to_address, m.subject, \
             m.body, m.made_ms, g.state, g.tries, g.next_try_ms, g.said, g.ended_ms, EXISTS (SELECT 1 FROM reach r \
             WHERE r.person_id = m.person_id AND r.kind = 'email' AND r.value = m.to_address AND r.state = 'good') \
             AS address_is_good FROM outgoing_mail m JOIN outgoing_progress g ON g.id = m.id \
             JOIN person p ON p.id = m.person_id LEFT JOIN volunteer v ON v.id = m.volunteer_id ",
            $rest
        )
    };
}

statements! {
    GET = mails!("WHERE m.id = $1");
    NEXT_DUE = "SELECT id FROM outgoing_progress WHERE state = 'waiting' AND next_try_ms <= $1 ORDER BY next_try_ms, id LIMIT 1";
    TO_DO = lines!("WHERE g.state IN ('waiting', 'sending', 'refused', 'gave_up', 'unsure') ORDER BY CASE WHEN g.state IN \
        ('refused', 'gave_up', 'unsure') THEN 0 ELSE 1 END, m.id LIMIT 500");
    LATELY = lines!("WHERE g.state = 'sent' ORDER BY g.ended_ms DESC, m.id LIMIT 20");
    OF_PROMISE = lines!("WHERE m.promise_id = $1 AND g.state NOT IN ('sent', 'taken_back') ORDER BY m.id DESC LIMIT 1");
    COUNT = "SELECT COUNT(CASE WHEN state IN ('refused', 'gave_up', 'unsure') THEN 1 END) AS needs_somebody, \
        COUNT(CASE WHEN state IN ('waiting', 'sending') THEN 1 END) AS waiting FROM outgoing_progress";
    ADD = "INSERT INTO outgoing_mail (id, message_id, person_id, promise_id, volunteer_id, edit_id, to_address, subject, body, \
        used, learned, made_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ADD_PROGRESS = "INSERT INTO outgoing_progress (id, state, tries, next_try_ms, said, ended_ms) \
        VALUES ($1, 'waiting', 0, $2, '', NULL)";
    STEP = "UPDATE outgoing_progress SET state = $3, tries = $4, next_try_ms = $5, said = $6, ended_ms = $7 \
        WHERE id = $1 AND state = $2";
    REPLACED = "UPDATE outgoing_progress SET state = 'taken_back' WHERE state IN ('refused', 'gave_up') \
        AND id IN (SELECT id FROM outgoing_mail WHERE promise_id = $1)";
    OF_EDIT = mails!("WHERE m.edit_id = $1");
}

/// What came of it, to be written down.
pub(super) struct Step<'a> {
    pub to: MailState,
    pub tries: u32,
    pub next_try: Option<Millis>,
    pub said: &'a str,
}

/// From the state that it was read in; `false`: it has another one by now.
pub(super) async fn step(edit: &mut Edit, row: &MailRow, step: Step<'_>) -> Result<bool> {
    let ended = (step.to == MailState::Sent).then_some(edit.at);
    let to = args![row.id, row.state, step.to, step.tries, step.next_try, step.said, ended];
    Ok(edit.run(&STEP, to).await? > 0)
}

pub(super) async fn next_due(db: &mut Db, now: Millis) -> Result<Option<OutgoingMailId>> {
    let due: Option<(OutgoingMailId,)> = db.maybe(&NEXT_DUE, args![now]).await?;
    Ok(due.map(|(id,)| id))
}

pub(super) async fn get(db: &mut Db, id: OutgoingMailId) -> Result<MailRow> {
    db.one(&GET, args![id], "e-mail").await
}

/// What waits, what needs somebody, and what went lately.
pub async fn list(db: &mut Db) -> Result<Vec<OutboxLine>> {
    let mut lines: Vec<OutboxLine> = db.all(&TO_DO, args![]).await?;
    lines.extend(db.all::<OutboxLine>(&LATELY, args![]).await?);
    Ok(lines)
}

pub async fn count(db: &mut Db) -> Result<OutboxCount> {
    db.one(&COUNT, args![], "outbox").await
}

/// The e-mail that stands for this promise and has not gone.
pub async fn of_promise(db: &mut Db, promise: PromiseId) -> Result<Option<OutboxLine>> {
    db.maybe(&OF_PROMISE, args![promise]).await
}

/// Puts it where it waits for the server. Its step stays owed until the server has taken it.
pub async fn put(book: &Book, actor: Actor, writing: &Writing) -> Result<OutgoingMailId> {
    let mut edit = book.write(actor, "send_mail").await?;
    let at = edit.at;
    let ready = ready(&mut edit, at, actor, writing).await?;
    if ready.kind != LetterKind::Email {
        return Err(Error::invalid("A letter on paper is printed, not sent from here."));
    }
    let server = server::get(&mut edit).await?.ok_or_else(|| {
        Error::refused("No mail server is set up. Set one up under Settings, E-mail, or open it in the mail program.")
    })?;
    if let Some(there) = of_promise(&mut edit, writing.promise).await?
        && matches!(there.state, MailState::Waiting | MailState::Sending | MailState::Unsure)
    {
        return Err(Error::new(
            Code::Conflict,
            format!("An e-mail to {} for this step is in the outbox already. See to that one first.", ready.name),
        ));
    }
    edit.about(ready.name.clone());
    edit.run(&REPLACED, args![writing.promise]).await?;
    let id = OutgoingMailId::new();
    let domain = server.sender_address.rsplit('@').next().unwrap_or("localhost").to_lowercase();
    let row = args![
        id,
        format!("{id}@{domain}"),
        ready.person,
        writing.promise,
        actor.volunteer(),
        edit.id,
        ready.to,
        ready.subject,
        ready.body,
        json(&ready.used)?,
        json(&ready.learned)?,
        at
    ];
    edit.run(&ADD, row).await?;
    edit.run(&ADD_PROGRESS, args![id, at]).await?;
    edit.commit().await?;
    Ok(id)
}

/// It is not to go after all. What is being sent, or may have gone, cannot be taken back.
pub async fn take_back(book: &Book, actor: Actor, id: OutgoingMailId) -> Result<()> {
    let mut edit = book.write(actor, "take_back_mail").await?;
    let row = named(&mut edit, id).await?;
    if !taken_back(&mut edit, &row).await? {
        return Err(too_late(&row));
    }
    edit.commit().await.map(drop)
}

async fn taken_back(edit: &mut Edit, row: &MailRow) -> Result<bool> {
    let may = matches!(row.state, MailState::Waiting | MailState::Refused | MailState::GaveUp);
    Ok(may && step(edit, row, Step { to: MailState::TakenBack, tries: row.tries, next_try: None, said: "" }).await?)
}

fn too_late(row: &MailRow) -> Error {
    Error::new(
        Code::Conflict,
        match row.state {
            MailState::Sent => "This e-mail has gone. It cannot be taken back.",
            MailState::Sending => "This e-mail is being sent right now. See what comes of it.",
            MailState::Unsure => {
                "This e-mail may have gone. Look in the sent mail of the account, and say whether it went."
            }
            _ => "This e-mail was taken back already.",
        },
    )
}

/// Somebody's word that it is to be sent (again), whatever became of it.
pub async fn again(book: &Book, actor: Actor, id: OutgoingMailId) -> Result<()> {
    let mut edit = book.write(actor, "send_mail_again").await?;
    let row = named(&mut edit, id).await?;
    let at = edit.at;
    if !matches!(row.state, MailState::Unsure | MailState::Refused | MailState::GaveUp | MailState::Waiting) {
        return Err(too_late(&row));
    }
    let anew = Step { to: MailState::Waiting, tries: 0, next_try: Some(at), said: "" };
    step(&mut edit, &row, anew).await?;
    edit.commit().await.map(drop)
}

/// Somebody's word that it went.
pub async fn went(book: &Book, actor: Actor, id: OutgoingMailId) -> Result<()> {
    let mut edit = book.write(actor, "mail_went").await?;
    let row = named(&mut edit, id).await?;
    if row.state != MailState::Unsure {
        return Err(too_late(&row));
    }
    sent(&mut edit, &row, "").await?;
    edit.commit().await.map(drop)
}

/// Its address does not exist: nothing is written to it any more.
pub async fn mark_bounced(book: &Book, actor: Actor, id: OutgoingMailId) -> Result<()> {
    let mut edit = book.write(actor, "change_reach").await?;
    let row = named(&mut edit, id).await?;
    bounced(&mut edit, &row).await?;
    edit.commit().await.map(drop)
}

pub(super) async fn bounced(edit: &mut Edit, row: &MailRow) -> Result<()> {
    let of_it = reaches::rows_of(edit, row.person_id).await?;
    let change = ReachChange { state: Some(ReachState::Bounced), ..ReachChange::default() };
    for reach in of_it.iter().filter(|reach| reach.kind == ReachKind::Email && reach.value == row.to_address) {
        reaches::change(edit, reach.id, &change).await?;
    }
    Ok(())
}

/// The server has it: the touch, and its promise kept.
pub(super) async fn sent(edit: &mut Edit, row: &MailRow, said: &str) -> Result<()> {
    let done = Step { to: MailState::Sent, tries: row.tries, next_try: None, said };
    if !step(edit, row, done).await? {
        return Err(Error::internal("an e-mail that was sent is in another state"));
    }
    let who = person::reference(edit, row.person_id).await?;
    edit.about(who.name.clone());
    let ready = LetterReady {
        kind: LetterKind::Email,
        person: row.person_id,
        name: who.name,
        to: row.to_address.clone(),
        to_label: String::new(),
        subject: row.subject.clone(),
        body: row.body.clone(),
        used: read::<FactId>(&row.used)?,
        learned: read::<String>(&row.learned)?,
    };
    let writer = row.volunteer_id.map_or(Actor::Wellmet, Actor::Volunteer);
    file(edit, writer, &ready, row.promise_id).await?;
    if ledger::get(edit, row.promise_id).await?.state == PromiseState::Open {
        ledger::keep(edit, row.promise_id).await?;
    }
    Ok(())
}

async fn named(edit: &mut Edit, id: OutgoingMailId) -> Result<MailRow> {
    let row = get(edit, id).await?;
    let name = person::reference(edit, row.person_id).await?.name;
    edit.about(name);
    Ok(row)
}

fn json<T: Serialize>(of: &[T]) -> Result<String> {
    serde_json::to_string(of).map_err(|error| Error::internal(error.to_string()))
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    serde_json::from_str(text).map_err(|error| Error::internal(error.to_string()))
}

reversals! {
    // While it waits, undoing takes it back; afterwards it is somewhere else.
    UNDO_SENDING = "send_mail", undo_sending;
    UNDO_TRY = "mail_try", undo_nothing;
    UNDO_SENT = "mail_sent", undo_nothing;
}

type Reversed<'a> = Pin<Box<dyn Future<Output = Result<Tally>> + Send + 'a>>;

fn undo_sending<'a>(edit: &'a mut Edit, undone: EditId) -> Reversed<'a> {
    Box::pin(async move {
        let mut tally = Tally::default();
        for row in edit.all::<MailRow>(&OF_EDIT, args![undone]).await? {
            if taken_back(edit, &row).await? {
                tally.reversed += 1;
            } else {
                tally.failed.push((row.person_id, too_late(&row).message));
            }
        }
        Ok(tally)
    })
}

/// What a server was told cannot be untold.
fn undo_nothing<'a>(_: &'a mut Edit, _: EditId) -> Reversed<'a> {
    Box::pin(async { Err(Error::refused("What was said to the mail server cannot be taken back.")) })
}
