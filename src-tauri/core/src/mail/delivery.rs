//! Handing over what waits, one e-mail at a time, by the one process that has the book.

use serde::Serialize;

use super::outbox::{self, MailRow, Step, step};
use super::{LetterKind, MailState, letter, server};
use crate::error::{Error, Result};
use crate::host::{MailAnswer, MailServer, Mailer, OutgoingMail, Password};
use crate::ids::OutgoingMailId;
use crate::people::{ReachKind, ReachState, person, reaches};
use crate::promises::ledger::{self, PromiseState};
use crate::store::{Actor, Book, Db, Edit};
use crate::time::{MINUTE_MS, Millis};
use crate::{args, statements};

/// How long after each try that came to nothing; the last one repeats.
const PAUSES_MINUTES: [i64; 8] = [1, 5, 15, 30, 60, 120, 240, 360];
/// About four days of them.
const MOST_TRIES: u32 = 20;
/// Until somebody has seen to the server's settings, or it has opened.
const CLOSED_MS: i64 = 15 * MINUTE_MS;
const LONGEST_SAID: usize = 400;

/// What a round of it came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Delivered {
    pub sent: u32,
    pub refused: u32,
    pub later: u32,
    pub unsure: u32,
    /// Why what waits was not even tried, and the way out.
    pub held: Option<String>,
}

statements! {
    LEFT_OVER = "SELECT id FROM outgoing_progress WHERE state = 'sending' OR (state = 'waiting' AND $1) ORDER BY id";
    POSTPONE = "UPDATE outgoing_progress SET next_try_ms = $1, said = $2 WHERE state = 'waiting'";
}

const CUT_OFF: &str = "Wellmet ended while this was being sent, before the server's answer was written down.";
const BROUGHT_BACK: &str = "It waits in a backup that was restored. It may have gone since the backup was made.";

/// What was being sent when Wellmet ended may have gone, and so may what waits in a backup that was restored. To be asked
/// where nothing is being sent: at a start, and before a round.
pub async fn recover(book: &Book) -> Result<u32> {
    let restored = book.is_restored();
    let left: Vec<(OutgoingMailId,)> = book.read().await?.all(&LEFT_OVER, args![restored]).await?;
    if !left.is_empty() {
        let mut edit = of_wellmet(book, "mail_try").await?;
        for (id,) in &left {
            let row = outbox::get(&mut edit, *id).await?;
            let said = if row.state == MailState::Sending { CUT_OFF } else { BROUGHT_BACK };
            step(&mut edit, &row, Step { to: MailState::Unsure, tries: row.tries, next_try: None, said }).await?;
        }
        edit.commit().await?;
    }
    if restored {
        book.restore_is_seen_to()?;
    }
    Ok(u32::try_from(left.len()).unwrap_or(u32::MAX))
}

/// Hands over whatever is due. One round at a time: whoever calls this sees to that.
pub async fn deliver(book: &Book, mailer: &dyn Mailer) -> Result<Delivered> {
    let mut done = Delivered { unsure: recover(book).await?, ..Delivered::default() };
    loop {
        let mut db = book.read().await?;
        let Some(id) = outbox::next_due(&mut db, book.now()).await? else { break };
        let Some(server) = server::get(&mut db).await? else {
            done.held = Some("No mail server is set up any more. Set one up under Settings, E-mail.".into());
            break;
        };
        drop(db);
        let password = match server::password(book, &server) {
            Ok(password) => password,
            Err(error) => {
                done.held = Some(error.message);
                break;
            }
        };
        let Some(mail) = begin(book, id, &mut done).await? else { continue };
        let answer = mailer.send(&server, password.as_ref(), &mail).await;
        if settle(book, &server, id, answer, &mut done).await? {
            break;
        }
    }
    Ok(done)
}

/// Sends one e-mail to the sender, with what somebody typed and the keyring's password where they typed none. Nothing of it
/// is kept. Answers the server's words.
pub async fn test(book: &Book, mailer: &dyn Mailer, server: &MailServer, typed: Option<Password>) -> Result<String> {
    let server = server::checked(server)?;
    let password = match typed {
        Some(_) if server.user_name.is_empty() => None,
        Some(typed) => Some(typed),
        None => server::password(book, &server)?,
    };
    let mail = OutgoingMail {
        message_id: format!("{}@wellmet.invalid", OutgoingMailId::new()),
        date: book.now(),
        to_name: server.sender_name.clone(),
        to_address: server.sender_address.clone(),
        subject: "A test from Wellmet".into(),
        body: "This e-mail came from Wellmet, by the mail server that is set up there. It works.".into(),
    };
    match mailer.send(&server, password.as_ref(), &mail).await {
        MailAnswer::Taken { said } => Ok(plain(&said, &server)),
        MailAnswer::Refused { said, .. }
        | MailAnswer::Later { said }
        | MailAnswer::Closed { said, .. }
        | MailAnswer::Unsure { said } => Err(Error::refused(plain(&said, &server))),
    }
}

/// On disk before anything is said. `None`: it does not go, and why is written down; or somebody took it back.
async fn begin(book: &Book, id: OutgoingMailId, done: &mut Delivered) -> Result<Option<OutgoingMail>> {
    let mut edit = of_wellmet(book, "mail_try").await?;
    let row = outbox::get(&mut edit, id).await?;
    if row.state != MailState::Waiting {
        return Ok(None);
    }
    let at = edit.at;
    if let Err(why) = may_go(&mut edit, at, &row).await? {
        done.refused += 1;
        let refused = Step { to: MailState::Refused, tries: row.tries, next_try: None, said: &why.message };
        step(&mut edit, &row, refused).await?;
        edit.commit().await?;
        return Ok(None);
    }
    let tries = row.tries.saturating_add(1);
    step(&mut edit, &row, Step { to: MailState::Sending, tries, next_try: None, said: "" }).await?;
    let who = person::reference(&mut edit, row.person_id).await?;
    edit.commit().await?;
    Ok(Some(OutgoingMail {
        message_id: row.message_id,
        date: at,
        to_name: letter::one_line(&who.name),
        to_address: row.to_address,
        subject: row.subject,
        body: row.body,
    }))
}

/// What they allow may have changed while it waited. The outer error is the book's.
async fn may_go(db: &mut Db, now: Millis, row: &MailRow) -> Result<Result<()>> {
    if ledger::get(db, row.promise_id).await?.state != PromiseState::Open {
        return Ok(Err(Error::refused("Not sent: this step is not owed any more.")));
    }
    let rows = reaches::rows_of(db, row.person_id).await?;
    let good: Vec<_> = rows
        .into_iter()
        .filter(|reach| reach.kind == ReachKind::Email && reach.state == ReachState::Good)
        .filter(|reach| reach.value == row.to_address)
        .collect();
    if let Err(why) = letter::may_write(db, now, row.person_id, LetterKind::Email, &good).await? {
        let why = if good.is_empty() { "this address is not used any more.".into() } else { why.message };
        return Ok(Err(Error::refused(format!("Not sent: {why}"))));
    }
    Ok(Ok(()))
}

/// Writes down what came of it. `true`: nothing else goes now either.
async fn settle(
    book: &Book,
    server: &MailServer,
    id: OutgoingMailId,
    answer: MailAnswer,
    done: &mut Delivered,
) -> Result<bool> {
    let taken = matches!(answer, MailAnswer::Taken { .. });
    let mut edit = of_wellmet(book, if taken { "mail_sent" } else { "mail_try" }).await?;
    let at = edit.at;
    // Read anew: their record may have become part of another while it was sent.
    let row = outbox::get(&mut edit, id).await?;
    let tries = row.tries;
    let to = |to: MailState, said| Step { to, tries, next_try: None, said };
    let mut stop = false;
    match answer {
        MailAnswer::Taken { said } => {
            outbox::sent(&mut edit, &row, &plain(&said, server)).await?;
            done.sent += 1;
        }
        MailAnswer::Refused { said, unknown_address } => {
            step(&mut edit, &row, to(MailState::Refused, &plain(&said, server))).await?;
            if unknown_address {
                outbox::bounced(&mut edit, &row).await?;
            }
            done.refused += 1;
        }
        MailAnswer::Unsure { said } => {
            step(&mut edit, &row, to(MailState::Unsure, &plain(&said, server))).await?;
            done.unsure += 1;
        }
        MailAnswer::Later { said } => {
            again_later(&mut edit, &row, &plain(&said, server)).await?;
            done.later += 1;
        }
        MailAnswer::Closed { said, needs_somebody } => {
            let said = plain(&said, server);
            if needs_somebody {
                // It was not this e-mail that was refused: the try does not count, and the others are not tried on.
                let next_try = Some(at);
                let tries = tries.saturating_sub(1);
                step(&mut edit, &row, Step { to: MailState::Waiting, tries, next_try, said: "" }).await?;
                edit.run(&POSTPONE, args![at.plus_ms(CLOSED_MS), &said]).await?;
            } else {
                again_later(&mut edit, &row, &said).await?;
            }
            done.later += 1;
            done.held = Some(said);
            stop = true;
        }
    }
    edit.commit().await?;
    Ok(stop)
}

async fn again_later(edit: &mut Edit, row: &MailRow, said: &str) -> Result<()> {
    let at = edit.at;
    let to = if row.tries >= MOST_TRIES {
        Step { to: MailState::GaveUp, tries: row.tries, next_try: None, said }
    } else {
        let tried = usize::try_from(row.tries.saturating_sub(1)).unwrap_or(usize::MAX);
        let pause = PAUSES_MINUTES[tried.min(PAUSES_MINUTES.len() - 1)];
        Step { to: MailState::Waiting, tries: row.tries, next_try: Some(at.plus_ms(pause * MINUTE_MS)), said }
    };
    step(edit, row, to).await.map(drop)
}

async fn of_wellmet(book: &Book, action: &'static str) -> Result<Edit> {
    let mut edit = book.write(Actor::Wellmet, action).await?;
    // Nobody's Ctrl+Z: a server was told.
    edit.aside();
    Ok(edit)
}

/// A server's words: one line, not too long, without the name that we came with.
fn plain(said: &str, server: &MailServer) -> String {
    let said = letter::one_line(said);
    let said = match server.user_name.as_str() {
        "" => said,
        name => said.replace(name, "…"),
    };
    said.chars().take(LONGEST_SAID).collect()
}
