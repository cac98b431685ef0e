//! One e-mail or letter of somebody's plan: what stands in it, what is still to be said, and where it may go.

use serde::{Deserialize, Serialize};

use super::outbox::{self, OutboxLine};
use super::{LetterKind, server};
use crate::calls::script::Segment;
use crate::calls::{Direction, TouchChannel, written};
use crate::error::{Error, Result};
use crate::ids::{FactId, PersonId, PromiseId, ReachId, TouchId};
use crate::people::reaches::ReachRow;
use crate::people::{PersonRef, ReachKind, ReachState, consent, facts, person, reaches};
use crate::plans::template::Step;
use crate::plans::written::{self as steps, WrittenStep};
use crate::promises::ledger;
use crate::promises::sentences as say;
use crate::store::{Actor, Book, Db, Edit};
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements};

/// As the window shows it while it is written.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct LetterToWrite {
    pub promise: PromiseId,
    pub person: PersonRef,
    pub kind: LetterKind,
    pub plan: String,
    pub step: String,
    /// What is to be done, as the plan says it.
    pub words: String,
    pub question: String,
    /// Where it may go; the first unless another is chosen.
    pub to: Vec<LetterAddress>,
    /// Addresses that are wrong or came back.
    pub unusable: Vec<UnusableAddress>,
    /// Why nothing may be written to them; with the way out.
    pub refusal: Option<String>,
    /// It can be sent from here: a mail server is set up.
    pub can_send: bool,
    /// The e-mail for this step that is in the outbox.
    pub outgoing: Option<OutboxLine>,
    /// Empty for a letter.
    pub subject: Vec<Segment>,
    pub body: Vec<Segment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct LetterAddress {
    pub reach: ReachId,
    pub label: String,
    pub shown: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct UnusableAddress {
    pub shown: String,
    pub state: ReachState,
}

/// What whoever writes has said.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct Writing {
    pub promise: PromiseId,
    /// `None`: the first that may be used.
    #[serde(default)]
    pub reach: Option<ReachId>,
    #[serde(default)]
    pub blanks: Vec<FilledBlank>,
    /// The words as they were changed by hand, once no blank was left.
    #[serde(default)]
    pub own: Option<OwnWords>,
}

/// A blank by its field and question, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct FilledBlank {
    pub field: Option<String>,
    pub question: String,
    pub value: String,
    /// To be kept as a fact about them, where it is one.
    #[serde(default)]
    pub remember: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
pub struct OwnWords {
    #[serde(default)]
    pub subject: String,
    pub body: String,
}

/// Ready to go: no blank is left, and they may be written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct LetterReady {
    pub kind: LetterKind,
    pub person: PersonId,
    pub name: String,
    pub to: String,
    pub to_label: String,
    /// One line.
    pub subject: String,
    pub body: String,
    /// Facts that stand in it.
    pub used: Vec<FactId>,
    /// What was said of them while it was written, to be kept.
    pub learned: Vec<String>,
}

impl LetterReady {
    /// As it is copied, to be sent by hand: a subject stands above the words.
    pub fn copied(&self) -> String {
        if self.subject.is_empty() { self.body.clone() } else { format!("{}\n\n{}", self.subject, self.body) }
    }
}

statements! {
    ADD_TOUCH = "INSERT INTO touch (id, person_id, direction, channel, at_ms, duration_ms, result, notes, note_for_next, \
        volunteer_id, inquiry_id, promise_id, call_id, with_whom) \
        VALUES ($1, $2, $3, $4, $5, NULL, '', $6, '', $7, NULL, $8, NULL, '')";
    ADD_TOUCH_FACT = "INSERT INTO touch_fact (id, touch_id, fact_id, how) VALUES ($1, $2, $3, $4)";
    FACT_STANDS = "SELECT COUNT(*) FROM fact WHERE id = $1";
}

const LONGEST_SUBJECT: usize = 400;
const LONGEST_BODY: usize = 40_000;
const ABOUT_WHAT: &str = "what is it about?";

/// What is to be written for this promise, as far as the book knows it.
pub async fn letter(db: &mut Db, now: Millis, writer: Actor, promise: PromiseId) -> Result<LetterToWrite> {
    let WrittenStep { person: id, plan, step, kind } = steps::step(db, promise).await?;
    let (subject, body) = texts(db, now, writer, promise, id, kind, &step).await?;
    let (usable, unusable) = addresses(db, id, kind).await?;
    let refusal = may_write(db, now, id, kind, &usable).await?.err().map(|error| error.message);
    let shown = |row: &ReachRow| row.value.clone();
    Ok(LetterToWrite {
        promise,
        person: person::reference(db, id).await?,
        kind,
        plan,
        step: step.title,
        words: step.words,
        question: step.question,
        to: usable
            .iter()
            .map(|row| LetterAddress { reach: row.id, label: row.label.clone(), shown: shown(row) })
            .collect(),
        unusable: unusable.iter().map(|row| UnusableAddress { shown: shown(row), state: row.state }).collect(),
        refusal,
        can_send: kind == LetterKind::Email && server::get(db).await?.is_some(),
        outgoing: outbox::of_promise(db, promise).await?,
        subject,
        body,
    })
}

/// With every blank filled; refused where one is left, where they said no, and where no address serves.
pub async fn ready(db: &mut Db, now: Millis, writer: Actor, writing: &Writing) -> Result<LetterReady> {
    let WrittenStep { person: id, step, kind, .. } = steps::step(db, writing.promise).await?;
    let (usable, _) = addresses(db, id, kind).await?;
    may_write(db, now, id, kind, &usable).await??;
    let chosen = match writing.reach {
        Some(reach) => usable.iter().find(|row| row.id == reach),
        None => usable.first(),
    };
    let to = chosen.ok_or_else(|| Error::refused("This address is not used any more. Choose another one."))?;
    let (subject, body) = texts(db, now, writer, writing.promise, id, kind, &step).await?;
    let fields: Vec<String> = subject.iter().chain(&body).filter_map(from_fact).collect();
    let (mut subject, mut body) = (filled(&subject, &writing.blanks), filled(&body, &writing.blanks));
    if let Some(question) = subject.missing.iter().chain(&body.missing).next() {
        return Err(Error::refused(format!(
            "There is still a blank: “{question}” Fill it in; nothing goes out with a blank in it."
        )));
    }
    if let Some(own) = &writing.own {
        subject.text.clone_from(&own.subject);
        body.text.clone_from(&own.body);
    }
    let subject = one_line(&subject.text);
    let body = tidy(&body.text);
    checked(kind, &subject, &body)?;
    let mut used = Vec::new();
    for fact in written::facts_named(db, id, &fields).await? {
        if writing.own.is_none() || still_said(db, id, fact, &subject, &body).await? {
            used.push(fact);
        }
    }
    used.sort_unstable();
    used.dedup();
    let remembered = writing.blanks.iter().filter(|blank| blank.remember && !blank.value.trim().is_empty());
    let learned =
        remembered.filter_map(|blank| written::fact_words(blank.field.as_deref()?, &one_line(&blank.value))).collect();
    Ok(LetterReady {
        kind,
        person: id,
        name: person::reference(db, id).await?.name,
        to: to.value.clone(),
        to_label: to.label.clone(),
        subject,
        body,
        used,
        learned,
    })
}

/// It went, by the mail program or the post: the touch with the facts that it used, and its promise kept.
pub async fn sent(book: &Book, actor: Actor, writing: &Writing) -> Result<TouchId> {
    let mut edit = book.write(actor, "letter_sent").await?;
    let at = edit.at;
    let ready = ready(&mut edit, at, actor, writing).await?;
    edit.about(ready.name.clone());
    let touch = file(&mut edit, actor, &ready, writing.promise).await?;
    ledger::keep(&mut edit, writing.promise).await?;
    edit.commit().await?;
    Ok(touch)
}

/// Writes down that it went; whoever calls this keeps its promise.
pub(super) async fn file(edit: &mut Edit, writer: Actor, ready: &LetterReady, promise: PromiseId) -> Result<TouchId> {
    let id = TouchId::new();
    let at = edit.at;
    let channel = match ready.kind {
        LetterKind::Email => TouchChannel::Email,
        LetterKind::Letter => TouchChannel::Letter,
    };
    let notes = match ready.subject.as_str() {
        "" => ready.body.clone(),
        subject => format!("{subject}\n\n{}", ready.body),
    };
    let row = args![id, ready.person, Direction::Out, channel, at, notes, writer.volunteer(), promise];
    edit.run(&ADD_TOUCH, row).await?;
    for fact in &ready.used {
        // It may have been taken away while the letter waited.
        let stands: i64 = edit.scalar(&FACT_STANDS, args![*fact]).await?;
        if stands > 0 {
            link(edit, id, *fact, "used").await?;
        }
    }
    for words in &ready.learned {
        let fact = facts::add(edit, ready.person, words, "said while writing to them").await?;
        link(edit, id, fact, "learned").await?;
    }
    Ok(id)
}

async fn link(edit: &mut Edit, touch: TouchId, fact: FactId, how: &str) -> Result<()> {
    edit.run(&ADD_TOUCH_FACT, args![uuid::Uuid::now_v7(), touch, fact, how]).await?;
    Ok(())
}

/// Whether a plan's texts can be read, step by step: what is wrong is said where it is written.
pub fn check(template: &crate::plans::template::Template) -> Result<()> {
    for (number, step) in (1..).zip(&template.steps) {
        for text in [&step.subject, &step.text] {
            written::check(text)
                .map_err(|error| Error::invalid(format!("Step {number}, “{}”: {}", step.title, error.message)))?;
        }
    }
    Ok(())
}

async fn texts(
    db: &mut Db,
    now: Millis,
    writer: Actor,
    promise: PromiseId,
    person: PersonId,
    kind: LetterKind,
    step: &Step,
) -> Result<(Vec<Segment>, Vec<Segment>)> {
    let fields = written::fields(db, now, person, writer.volunteer(), promise).await?;
    let blank = |question: &str| vec![Segment::Blank { field: None, question: question.into() }];
    let filled = |text: &str| written::filled(text, &fields);
    let subject = match (kind, step.subject.trim()) {
        (LetterKind::Letter, _) => Vec::new(),
        (LetterKind::Email, "") => blank(ABOUT_WHAT),
        (LetterKind::Email, subject) => filled(subject)?,
    };
    let body = match step.text.trim() {
        "" => blank(step.words.trim()),
        text => filled(text)?,
    };
    Ok((subject, body))
}

/// Those that serve, in their order, and those that do not.
async fn addresses(db: &mut Db, person: PersonId, kind: LetterKind) -> Result<(Vec<ReachRow>, Vec<ReachRow>)> {
    let rows = reaches::rows_of(db, person).await?.into_iter().filter(|row| row.kind == reach_kind(kind));
    Ok(rows.partition(|row| row.state == ReachState::Good && !row.unreadable))
}

pub(super) fn reach_kind(kind: LetterKind) -> ReachKind {
    match kind {
        LetterKind::Email => ReachKind::Email,
        LetterKind::Letter => ReachKind::Post,
    }
}

/// The outer error is the book's; the inner one is why not, with the way out.
pub(super) async fn may_write(
    db: &mut Db,
    now: Millis,
    id: PersonId,
    kind: LetterKind,
    usable: &[ReachRow],
) -> Result<Result<()>> {
    let who = person::get(db, id).await?;
    if who.removed {
        return Ok(Err(Error::refused(format!("{} is not in the book any more.", who.name))));
    }
    let zone = standards::association(db).await?.tz()?;
    let consents = consent::of_person(db, id).await?;
    let no = consents.into_iter().find(|consent| consent.channel == reach_kind(kind) && !consent.allowed);
    if let Some(no) = no {
        let what = match kind {
            LetterKind::Email => "no e-mail",
            LetterKind::Letter => "no letters",
        };
        return Ok(Err(Error::refused(format!(
            "{} wants {what} ({}, {}). Pass this step over, or ask them first.",
            who.name,
            no.how,
            say::when(no.since_ms, now, zone)
        ))));
    }
    if usable.is_empty() {
        return Ok(Err(Error::refused(match kind {
            LetterKind::Email => {
                format!("There is no e-mail address of {} that serves. Add one to their page.", who.name)
            }
            LetterKind::Letter => {
                format!("There is no postal address of {} that serves. Add one to their page.", who.name)
            }
        })));
    }
    Ok(Ok(()))
}

fn checked(kind: LetterKind, subject: &str, body: &str) -> Result<()> {
    if [subject, body].iter().any(|text| text.contains("{{") || text.contains("}}")) {
        return Err(Error::refused(
            "There is still a field in braces in the words. Write what it stands for; nothing goes out with a blank in it.",
        ));
    }
    if kind == LetterKind::Email && subject.is_empty() {
        return Err(Error::refused("There is still a blank: the subject. Say what it is about."));
    }
    if body.is_empty() {
        return Err(Error::refused("There is nothing in it yet. Write what is to be said."));
    }
    if subject.chars().count() > LONGEST_SUBJECT || body.chars().count() > LONGEST_BODY {
        return Err(Error::invalid("This is too long for anyone to read. Make it shorter."));
    }
    Ok(())
}

#[derive(Default)]
struct Words {
    text: String,
    /// The questions of the blanks that are left.
    missing: Vec<String>,
}

fn filled(segments: &[Segment], blanks: &[FilledBlank]) -> Words {
    let mut words = Words::default();
    for segment in segments {
        match segment {
            Segment::Text { text } => words.text.push_str(text),
            Segment::Filled { value, .. } => words.text.push_str(value),
            Segment::Blank { field, question } => {
                let said = blanks.iter().find(|blank| blank.field == *field && blank.question == *question);
                match said.map(|blank| blank.value.trim()).filter(|value| !value.is_empty()) {
                    Some(value) => words.text.push_str(value),
                    None => words.missing.push(question.clone()),
                }
            }
        }
    }
    words
}

fn from_fact(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Filled { field, .. } => Some(field.clone()),
        _ => None,
    }
}

/// Of words that were changed by hand: whether what the fact says is still among them.
async fn still_said(db: &mut Db, person: PersonId, fact: FactId, subject: &str, body: &str) -> Result<bool> {
    let all = facts::of_person(db, person).await?;
    let Some((_, value)) = all.iter().find(|each| each.id == fact).and_then(|each| each.words.split_once(':')) else {
        return Ok(false);
    };
    Ok([subject, body].iter().any(|text| text.contains(value.trim())))
}

/// No control characters, one blank between words.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Line ends alike, nothing at the ends of lines, at most one empty line in a row, no control characters.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim().split('\n') {
        let line: String = line.trim_end().chars().filter(|c| *c == '\t' || !c.is_control()).collect();
        if !(line.is_empty() && lines.last().is_some_and(String::is_empty)) {
            lines.push(line);
        }
    }
    lines.join("\n")
}
