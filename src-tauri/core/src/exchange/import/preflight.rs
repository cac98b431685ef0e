//! What an import would do, told before anything is done: the import itself, in a transaction that is never committed.
//! So what is told cannot differ from what is done.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;

use super::run::{Batch, feed};
use super::{Choices, Consents, FieldCount, LookAlike, Preflight, RowChange, WhyCount, file_name};
use crate::error::{Code, Error, Result};
use crate::ids::PersonId;
use crate::people::ReachKind;
use crate::people::incoming::{self, Changed, Incoming, Met, Taken};
use crate::statements;
use crate::store::{Actor, Book, Edit, Value};

/// As many examples of each kind as someone reads.
const SHOWN: usize = 50;
/// As many kinds of reasons; the rest is counted with the last.
const REASONS: usize = 40;
/// A row that the book itself refuses is set aside and everything looked at again; more than this is another fault.
const AGAIN_MAX: usize = 50;

statements! {
    SAME_NAME = "SELECT sort_key, id, name FROM person WHERE sort_key IN ($1) AND removed_ms IS NULL";
    SAME_ADDRESS = "SELECT r.value, r.kind, p.id, p.name FROM reach r JOIN person p ON p.id = r.person_id \
        WHERE r.value IN ($1) AND r.kind <> 'post' AND p.removed_ms IS NULL";
}

/// Tells what [`super::run`] would do with the file as it is now. While it looks, nobody else writes. `progress` hears of
/// rows and percent.
pub async fn preflight(
    book: &Book,
    actor: Actor,
    path: &Path,
    choices: &Choices,
    cancel: &AtomicBool,
    progress: &(dyn Fn(u32, u32) + Send + Sync),
) -> Result<Preflight> {
    let file = File { book, actor, path, choices, cancel, progress };
    let mut refused: HashMap<usize, String> = HashMap::new();
    loop {
        match file.look(&refused).await {
            Err(Stopped::At(row, error)) if refused.len() < AGAIN_MAX && !refused.contains_key(&row) => {
                refused.insert(row, error.message);
            }
            Err(Stopped::At(_, error) | Stopped::Whole(error)) => return Err(error),
            Ok(told) => return Ok(told),
        }
    }
}

enum Stopped {
    Whole(Error),
    /// The book refused this row.
    At(usize, Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Self::Whole(error)
    }
}

struct File<'a> {
    book: &'a Book,
    actor: Actor,
    path: &'a Path,
    choices: &'a Choices,
    cancel: &'a AtomicBool,
    progress: &'a (dyn Fn(u32, u32) + Send + Sync),
}

impl File<'_> {
    async fn look(&self, refused: &HashMap<usize, String>) -> Result<Preflight, Stopped> {
        let Self { book, actor, path, choices, cancel, progress } = *self;
        let mut db = book.read().await?;
        let mut plan = super::plan(&mut db, path, choices).await?;
        drop(db);
        let mut edit = book.write(actor, "preflight").await?;
        super::own::make(&mut edit, &plan.columns, &mut plan.own).await?;
        let plan = Arc::new(plan);
        let rules = choices.rules()?;
        let how = format!("in the list {}", file_name(path));
        let file_bytes = std::fs::metadata(path).map_err(Error::from)?.len();
        let (to_book, mut from_file) = mpsc::channel::<Result<Batch>>(1);
        let (source, sheet) = (path.to_owned(), choices.sheet.clone());
        let reader = tokio::task::spawn_blocking(move || feed(&source, sheet.as_deref(), &plan, 0, &to_book));
        let (mut told, mut met, mut at) = (Telling::default(), Met::default(), 0);
        while let Some(batch) = from_file.recv().await {
            if cancel.load(Ordering::Relaxed) {
                return Err(
                    Error::new(Code::Cancelled, "Looking through the file was stopped. Nothing was written.").into()
                );
            }
            let batch = batch?;
            let mut rows: Vec<(usize, &Incoming)> = Vec::new();
            for (nth, row) in batch.rows.iter().enumerate() {
                let number = at + nth;
                match (row, refused.get(&number)) {
                    (_, Some(why)) => told.rejected(number, why),
                    (Err((_, why)), None) => told.rejected(number, why),
                    (Ok(row), None) => rows.push((number, row)),
                }
            }
            let incoming: Vec<&Incoming> = rows.iter().map(|(_, row)| *row).collect();
            let taken = incoming::take_all(&mut edit, &incoming, &how, &mut met, &rules).await;
            let taken = taken.map_err(|(nth, error)| match error.code {
                Code::Invalid | Code::Refused => Stopped::At(rows.get(nth).map_or(at, |(number, _)| *number), error),
                _ => Stopped::Whole(error),
            })?;
            let mut created = Vec::new();
            for ((number, row), taken) in rows.into_iter().zip(taken) {
                match taken {
                    Taken::Created(id) => {
                        told.created(row);
                        created.push((number, id, row));
                    }
                    Taken::Updated(id, changes) => told.updated(number, id, row, changes),
                    Taken::Unchanged(_) => told.told.unchanged += 1,
                    Taken::Refused(why) => told.rejected(number, &why),
                }
            }
            told.look_alikes(&mut edit, &created).await?;
            at += batch.rows.len();
            told.told.rows = u32::try_from(at).unwrap_or(u32::MAX);
            progress(told.told.rows, super::run::percent(batch.bytes_read, file_bytes));
        }
        for (channel, count) in met.kept_no {
            told.consent(channel, true).kept_no = count;
        }
        // Dropped, the edit never was.
        drop(edit);
        reader.await.map_err(|error| Error::internal(error.to_string()))?;
        Ok(told.finish())
    }
}

/// Why rows cannot come in, in the words of the first.
struct Reason {
    count: u32,
    first_row: u32,
    first: String,
}

#[derive(Default)]
struct Telling {
    told: Preflight,
    fields: BTreeMap<&'static str, (u32, u32)>,
    reasons: BTreeMap<String, Reason>,
    consents: BTreeMap<(&'static str, bool), Consents>,
}

impl Telling {
    fn rejected(&mut self, number: usize, why: &str) {
        self.told.rejected += 1;
        let own = without_line(why);
        let why = general(own);
        let kept = self.reasons.contains_key(&why) || self.reasons.len() < REASONS;
        let why = if kept { why } else { "for another reason".to_owned() };
        let first = || Reason { count: 0, first_row: row_number(number), first: own.to_owned() };
        self.reasons.entry(why).or_insert_with(first).count += 1;
    }

    fn created(&mut self, row: &Incoming) {
        self.told.created += 1;
        for (channel, allowed) in &row.consents {
            self.consent(*channel, *allowed).new += 1;
        }
        self.told.do_not_call += u32::from(row.do_not_call);
    }

    fn updated(&mut self, number: usize, person: PersonId, row: &Incoming, changes: Vec<Changed>) {
        self.told.updated += 1;
        for change in &changes {
            let count = self.fields.entry(change.field).or_default();
            if change.before.is_empty() {
                count.0 += 1;
            } else {
                count.1 += 1;
            }
            let channel = match change.field {
                "may_call" => ReachKind::Phone,
                "may_email" => ReachKind::Email,
                "may_post" => ReachKind::Post,
                "do_not_call" => {
                    self.told.do_not_call += 1;
                    continue;
                }
                _ => continue,
            };
            let consents = self.consent(channel, change.after == "yes");
            if change.before.is_empty() {
                consents.new += 1;
            } else {
                consents.changed += 1;
            }
        }
        if self.told.changes.len() < SHOWN {
            self.told.changes.push(RowChange {
                row: row_number(number),
                person,
                name: row.shown_name(),
                changes: changes
                    .into_iter()
                    .map(|change| super::FieldChanged {
                        field: change.field.to_owned(),
                        before: change.before,
                        after: change.after,
                    })
                    .collect(),
            });
        }
    }

    fn consent(&mut self, channel: ReachKind, allowed: bool) -> &mut Consents {
        self.consents.entry((channel.as_str(), allowed)).or_insert(Consents {
            channel,
            allowed,
            new: 0,
            changed: 0,
            kept_no: 0,
        })
    }

    /// Whoever comes in new though someone like them is there: a person decides whether they are one.
    async fn look_alikes(&mut self, edit: &mut Edit, created: &[(usize, PersonId, &Incoming)]) -> Result<()> {
        let keys = |texts: Vec<&str>| -> Vec<Value> { texts.into_iter().map(Value::from).collect() };
        let mut names: HashMap<String, Vec<(PersonId, String)>> = HashMap::new();
        let wanted = created.iter().map(|(_, _, row)| row.sort_key.as_str()).filter(|key| !key.is_empty()).collect();
        for (key, id, name) in edit.among::<(String, PersonId, String)>(&SAME_NAME, keys(wanted)).await? {
            names.entry(key).or_default().push((id, name));
        }
        let mut reached: HashMap<(ReachKind, String), Vec<(PersonId, String)>> = HashMap::new();
        let told = created.iter().flat_map(|(_, _, row)| &row.reaches);
        let wanted = told.filter(|reach| reach.kind != ReachKind::Post).map(|reach| reach.value.as_str()).collect();
        for (value, kind, id, name) in
            edit.among::<(String, ReachKind, PersonId, String)>(&SAME_ADDRESS, keys(wanted)).await?
        {
            reached.entry((kind, value)).or_default().push((id, name));
        }
        for (number, own, row) in created {
            // Of two new ones that are alike, the later is like the earlier.
            let other = |known: Option<&Vec<(PersonId, String)>>| {
                known.into_iter().flatten().filter(|(id, _)| id < own).min_by_key(|(id, _)| *id).cloned()
            };
            let by = |kind: ReachKind| {
                let reaches = row.reaches.iter().filter(move |reach| reach.kind == kind && !reach.unreadable);
                reaches.filter_map(|reach| other(reached.get(&(kind, reach.value.clone())))).next()
            };
            let found = (by(ReachKind::Email).map(|found| (found, "email")))
                .or_else(|| other(names.get(&row.sort_key)).map(|found| (found, "name")))
                .or_else(|| by(ReachKind::Phone).map(|found| (found, "phone")));
            let Some(((person, name), by)) = found else { continue };
            self.told.look_alike += 1;
            if self.told.look_alikes.len() < SHOWN {
                let row_name = row.shown_name();
                self.told.look_alikes.push(LookAlike {
                    row: row_number(*number),
                    name: row_name,
                    person,
                    of: name,
                    by: by.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn finish(self) -> Preflight {
        let mut told = self.told;
        told.fields = self
            .fields
            .into_iter()
            .map(|(field, (added, changed))| FieldCount { field: field.to_owned(), added, changed })
            .collect();
        let counted = self.reasons.into_iter().map(|(general, Reason { count, first_row, first })| WhyCount {
            // Which they are is seen in the list that comes back; what one of them looks like is said here.
            why: match quoted(&first).filter(|_| count > 1 && general != first) {
                Some(one) => format!("{general}, such as {one}"),
                None if count == 1 => first,
                None => general,
            },
            count,
            first_row,
        });
        told.rejects = counted.collect();
        told.rejects.sort_by_key(|reason| std::cmp::Reverse(reason.count));
        told.consents = self.consents.into_values().collect();
        told
    }
}

/// Rows of people, from 1; the header is none.
fn row_number(number: usize) -> u32 {
    u32::try_from(number + 1).unwrap_or(u32::MAX)
}

/// What stands behind "line 12: ": the row is told beside it.
fn without_line(why: &str) -> &str {
    match why.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest,
        _ => why,
    }
}

/// What stands in quotation marks differs from row to row; the reason is the same.
fn general(why: &str) -> String {
    match quoted(why) {
        Some(cell) => format!("“…”{}", &why[cell.len()..]),
        None => why.to_owned(),
    }
}

/// What stood in the row, where a reason begins with it; a column's name comes after.
fn quoted(why: &str) -> Option<&str> {
    let close = why.find('”').filter(|_| why.starts_with('“'))?;
    Some(&why[..close + '”'.len_utf8()])
}
