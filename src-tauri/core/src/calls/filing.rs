//! What came of a call: the wizard's questions for it, and the filing of its answers.
//!
//! Every answer is in the book before the next question is asked, so a kill in the middle comes back at the same
//! question, and a filing that fails leaves the call unfinished with every word.

mod desk;
mod settle;

use super::outcome::{Answer, Draft, Outcome, QuestionId};
use super::session::{self, CallRow};
use super::view::{Filed, Filing};
use crate::error::{Error, Result};
use crate::ids::{CallId, VolunteerId};
use crate::people::{ReachKind, person, reaches};
use crate::promises::ledger::{self, PromiseState};
use crate::promises::watch::{self, News};
use crate::store::{Actor, Book, Db, Edit};
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements};
use desk::Desk;

statements! {
    DRAFT = "SELECT draft FROM call WHERE id = $1";
    SET_DRAFT = "UPDATE call SET draft = $2 WHERE id = $1 AND state = 'begun'";
    SET_LEARNED = "UPDATE call SET learned = $2 WHERE id = $1 AND state = 'begun'";
    FILE = "UPDATE call SET state = 'filed', ended_ms = COALESCE(ended_ms, $2), learned = $3, ending = $4, draft = '', begun_answer = '' \
        WHERE id = $1 AND state = 'begun'";
}

/// Where the filing stands.
pub async fn filing(db: &mut Db, now: Millis, call: CallId) -> Result<Filing> {
    let row = session::begun(db, call).await?;
    let draft = draft(db, call).await?;
    let desk = Desk::of(db, now, &row).await?;
    filing_of(&row, draft, &desk)
}

/// Answers the question that stands.
pub async fn answer(book: &Book, actor: Actor, call: CallId, question: QuestionId, answer: Answer) -> Result<Filing> {
    let mut edit = begin(book, actor, call).await?;
    let (now, mut row) = (edit.at, session::begun(&mut edit, call).await?);
    let desk = Desk::of(&mut edit, now, &row).await?;
    let draft = draft(&mut edit, call).await?.mended(&desk.context());
    let draft = draft.answer(question, answer, &desk.context())?;
    match draft.answers.last().map(|answered| &answered.answer) {
        Some(Answer::Words(words)) if question == QuestionId::Learned => {
            row.learned = with_lines(&row.learned, words);
            edit.run(&SET_LEARNED, args![call, &row.learned]).await?;
        }
        Some(Answer::Words(number)) if question == QuestionId::NewNumber => {
            is_another(&mut edit, &row, &draft, number).await?;
        }
        _ => {}
    }
    keep(&mut edit, call, &draft).await?;
    let filing = filing_of(&row, draft, &desk)?;
    edit.commit().await?;
    Ok(filing)
}

/// Back to where this many answers had been given.
pub async fn step_back(book: &Book, actor: Actor, call: CallId, answers: u32) -> Result<Filing> {
    let mut edit = begin(book, actor, call).await?;
    let (now, row) = (edit.at, session::begun(&mut edit, call).await?);
    let desk = Desk::of(&mut edit, now, &row).await?;
    let draft = draft(&mut edit, call).await?.first(usize::try_from(answers).unwrap_or(usize::MAX));
    keep(&mut edit, call, &draft).await?;
    let filing = filing_of(&row, draft, &desk)?;
    edit.commit().await?;
    Ok(filing)
}

/// What the next caller should know, and why a director should look; kept as they are typed.
pub async fn note(book: &Book, actor: Actor, call: CallId, note_for_next: &str, organiser: &str) -> Result<()> {
    let mut edit = begin(book, actor, call).await?;
    session::begun(&mut edit, call).await?;
    let answers = draft(&mut edit, call).await?.answers;
    let draft = Draft { answers, note_for_next: note_for_next.into(), organiser: organiser.into() };
    keep(&mut edit, call, &draft).await?;
    edit.commit().await?;
    Ok(())
}

/// Files the call: the touch, the facts, the promise that it kept or tried, and the next one, in one edit.
pub async fn file(book: &Book, actor: Actor, call: CallId, keeper: Option<VolunteerId>) -> Result<Filed> {
    let mut edit = book.write(actor, "file_call").await?;
    let now = edit.at;
    let row = session::begun(&mut edit, call).await?;
    let draft = draft(&mut edit, call).await?;
    let desk = Desk::of(&mut edit, now, &row).await?;
    let outcome = outcome(&row, &draft, &desk)?;
    let who = person::get(&mut edit, row.person_id).await?;
    edit.about(who.name.clone());
    // It may have ended while we talked; then there is nothing to keep.
    let owed = match row.promise_id {
        Some(promise) => Some(ledger::get(&mut edit, promise).await?).filter(|owed| owed.state == PromiseState::Open),
        None => None,
    };
    let keeper =
        keeper.or(owed.as_ref().and_then(|owed| owed.keeper.as_ref()).map(|keeper| keeper.id)).or(actor.volunteer());
    let filed = settle::settle(&mut edit, &row, owed.as_ref(), &outcome, &who, keeper).await?;
    if outcome.result.reached_person() {
        watch::tell(&mut edit, News::Spoke { person: row.person_id, at: row.began_ms }).await?;
    }
    let ending = outcome.next.ending();
    if edit.run(&FILE, args![call, now, outcome.learned.join("\n"), ending]).await? == 0 {
        return Err(Error::internal("a begun call could not be filed"));
    }
    edit.commit().await?;
    Ok(filed)
}

/// Steps of a filing are nobody's Ctrl+Z.
async fn begin(book: &Book, actor: Actor, call: CallId) -> Result<Edit> {
    let mut edit = book.write(actor, "answer_filing").await?;
    edit.aside();
    let row = session::row(&mut edit, call).await?;
    let name = person::reference(&mut edit, row.person_id).await?.name;
    edit.about(name);
    Ok(edit)
}

async fn draft(db: &mut Db, call: CallId) -> Result<Draft> {
    let kept: String = db.scalar(&DRAFT, args![call]).await?;
    // A newer Wellmet may have asked other questions: then they are asked again.
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

async fn keep(edit: &mut Edit, call: CallId, draft: &Draft) -> Result<()> {
    let text = serde_json::to_string(draft).map_err(|error| Error::internal(error.to_string()))?;
    edit.run(&SET_DRAFT, args![call, text]).await?;
    Ok(())
}

fn filing_of(call: &CallRow, draft: Draft, desk: &Desk) -> Result<Filing> {
    let context = desk.context();
    let mended = draft.mended(&context);
    let asks_again = mended != draft;
    let question = mended.question(&context)?;
    let outcome = match &question {
        Some(_) => None,
        None => Some(outcome(call, &mended, desk)?),
    };
    Ok(Filing { draft: mended, question, outcome, asks_again })
}

/// The draft's outcome, with every word that was taken down during the call.
fn outcome(call: &CallRow, draft: &Draft, desk: &Desk) -> Result<Outcome> {
    let mut outcome = draft.finish(&desk.context())?;
    outcome.notes.clone_from(&call.notes);
    outcome.learned = lines(&call.learned).map(Into::into).collect();
    outcome.checked(desk.now)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// The lines of both, each once.
fn with_lines(there: &str, more: &str) -> String {
    let mut all: Vec<&str> = lines(there).collect();
    for line in lines(more) {
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all.join("\n")
}

/// A new number that is the wrong one again is a slip of the finger.
async fn is_another(db: &mut Db, row: &CallRow, draft: &Draft, number: &str) -> Result<()> {
    let wrong = draft.answers.iter().find_map(|answered| match answered.answer {
        Answer::Reach { reach, .. } => Some(reach),
        _ => None,
    });
    let Some(wrong) = wrong.unwrap_or(row.reach_id) else { return Ok(()) };
    let country = standards::association(db).await?.country;
    let wrong = reaches::row(db, wrong).await?;
    let (value, extension, _) = reaches::read(ReachKind::Phone, number, &country)?;
    if (value, extension) == (wrong.value, wrong.extension) {
        return Err(Error::invalid("That is the number that was wrong. Type the one they have now."));
    }
    Ok(())
}
