//! An import as work that survives a kill: what is done stands in the book with the rows it wrote, in the same
//! transaction, so that going on begins with the next row and undoing knows them all.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::plan::Plan;
use super::rejects::{self, Rejects};
use super::source::Source;
use super::{Choices, ImportLine, ImportProgress, ImportState, Mapping, file_name};
use crate::error::{Code, Error, Result};
use crate::ids::{EditId, ImportId};
use crate::people::incoming::{self, Incoming, Met, Rules, Taken};
use crate::store::{Actor, Book, Db, Edit};
use crate::time::Millis;
use crate::{args, statements};

/// Rows written in one transaction: short enough that nobody waits for it, and long enough that a page which many of them
/// touch is encrypted and logged once.
const CHUNK_ROWS: usize = 10_000;
/// What the cells of one transaction hold at most: rows that are not taken go back whole.
const CHUNK_BYTES: usize = 64 << 20;

/// What is needed to go on, kept as JSON in `import.mapping`.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Job {
    path: PathBuf,
    /// What a book of the first version kept in place of `choices`.
    #[serde(default, skip_serializing)]
    mapping: Option<Mapping>,
    #[serde(default)]
    choices: Choices,
    /// The columns by their names: what was chosen for them is offered for the next file that has them.
    #[serde(default)]
    header: Vec<String>,
    file_bytes: u64,
    file_modified_ms: i64,
    /// Rows of the file that are answered for, good and bad.
    rows_done: u64,
    rejects_part: PathBuf,
    rejects_bytes: u64,
}

#[derive(sqlx::FromRow)]
pub(super) struct Record {
    pub id: ImportId,
    pub file_name: String,
    pub began_ms: Millis,
    pub by: Option<String>,
    pub state: ImportState,
    mapping: String,
    created: i64,
    updated: i64,
    unchanged: i64,
    rejected: i64,
    pub rejects_file: Option<String>,
    pub edit_id: Option<EditId>,
}

macro_rules! record {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.file_name, i.began_ms, v.name AS by, CASE \
            WHEN i.state = 'done' AND e.undone_by IS NOT NULL THEN 'undone' \
            WHEN i.state = 'undone' AND e.id IS NOT NULL AND e.undone_by IS NULL THEN 'done' ELSE i.state END AS state, \
            i.mapping, i.created, i.updated, i.unchanged, i.rejected, i.rejects_file, i.edit_id FROM import i \
            LEFT JOIN volunteer v ON v.id = i.volunteer_id LEFT JOIN edit e ON e.id = i.edit_id ",
            $rest
        )
    };
}

statements! {
    ADD = "INSERT INTO import (id, file_name, began_ms, ended_ms, state, mapping, created, updated, unchanged, rejected, \
        rejects_file, edit_id, volunteer_id) VALUES ($1, $2, $3, NULL, 'running', $4, 0, 0, 0, 0, NULL, $5, $6)";
    GET = record!("WHERE i.id = $1");
    LAST = record!("ORDER BY i.id DESC LIMIT 100");
    UNFINISHED = record!("WHERE i.state IN ('running', 'interrupted') ORDER BY i.id DESC LIMIT 100");
    PROGRESS = "UPDATE import SET mapping = $2, created = $3, updated = $4, unchanged = $5, rejected = $6, \
        state = 'running' WHERE id = $1";
    FINISH = "UPDATE import SET state = $2, ended_ms = $3, rejects_file = $4 WHERE id = $1";
    INTERRUPT = "UPDATE import SET state = 'interrupted' WHERE state = 'running'";
}

pub(super) async fn get(db: &mut Db, import: ImportId) -> Result<Record> {
    db.one(&GET, args![import], "import").await
}

pub(super) async fn set_state(
    edit: &mut Edit,
    import: ImportId,
    state: ImportState,
    rejects: Option<String>,
) -> Result<()> {
    let at = edit.at;
    edit.run(&FINISH, args![import, state, at, rejects]).await?;
    edit.also_changed("import");
    Ok(())
}

/// Newest first, at most 100.
pub async fn list(db: &mut Db) -> Result<Vec<ImportLine>> {
    let records: Vec<Record> = db.all(&LAST, args![]).await?;
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(records
        .into_iter()
        .map(|record| ImportLine {
            import: record.id,
            file_name: record.file_name,
            began_ms: record.began_ms,
            by: record.by,
            state: record.state,
            created: count(record.created),
            updated: count(record.updated),
            unchanged: count(record.unchanged),
            rejected: count(record.rejected),
            rejects_file: record.rejects_file,
        })
        .collect())
}

/// Marks imports that a kill left running, so that they can go on or be undone. For when the book is opened.
pub async fn recover(book: &Book) -> Result<u64> {
    let mut edit = book.write(Actor::Wellmet, "import").await?;
    let marked = edit.run(&INTERRUPT, args![]).await?;
    if marked > 0 {
        edit.also_changed("import");
    }
    edit.commit().await?;
    Ok(marked)
}

/// What was chosen for a file with these columns, and when, where that was more than to take them as recognised.
pub(super) async fn remembered(db: &mut Db, header: &[String]) -> Result<Option<(Choices, Millis)>> {
    let records: Vec<Record> = db.all(&LAST, args![]).await?;
    for record in records.iter().filter(|record| record.state == ImportState::Done) {
        let job = job_of(record)?;
        if job.header == header {
            return Ok((job.choices != Choices::default()).then_some((job.choices, record.began_ms)));
        }
    }
    Ok(None)
}

/// Writes down that an import begins; [`run`] does the work, and goes on after a kill. The same file with the same
/// choices, where it was interrupted, is that import again.
pub async fn begin(book: &Book, actor: Actor, path: &Path, choices: &Choices) -> Result<ImportId> {
    let path = std::path::absolute(path)?;
    // Whatever is wrong with the file is said now, before there is an import.
    let mut db = book.read().await?;
    choices.rules()?;
    let plan = super::plan(&mut db, &path, choices).await?;
    let header = plan.columns.into_iter().map(|column| column.header).collect();
    let (file_bytes, file_modified_ms) = stamp(&path)?;
    let unfinished: Vec<Record> = db.all(&UNFINISHED, args![]).await?;
    drop(db);
    for record in unfinished {
        let job = job_of(&record)?;
        if job.path == path
            && job.choices == *choices
            && (job.file_bytes, job.file_modified_ms) == (file_bytes, file_modified_ms)
        {
            return Ok(record.id);
        }
    }
    let rejects_part = rejects::place(&path, &book.paths().folder);
    let job = Job {
        path: path.clone(),
        mapping: None,
        choices: choices.clone(),
        header,
        file_bytes,
        file_modified_ms,
        rows_done: 0,
        rejects_part,
        rejects_bytes: 0,
    };
    let import = ImportId::new();
    let mut edit = book.write(actor, "import").await?;
    let at = edit.at;
    edit.run(&ADD, args![import, file_name(&path), at, json(&job)?, EditId::new(), actor.volunteer()]).await?;
    edit.also_changed("import");
    edit.commit().await?;
    Ok(import)
}

/// Reads the file and writes its people in chunks of one edit; `cancel` stops it after a chunk, and what was written is
/// undone as one.
pub async fn run(
    book: &Book,
    actor: Actor,
    import: ImportId,
    cancel: &AtomicBool,
    progress: &(dyn Fn(ImportProgress) + Send + Sync),
) -> Result<ImportProgress> {
    let mut db = book.read().await?;
    let record = get(&mut db, import).await?;
    let job = job_of(&record)?;
    if !matches!(record.state, ImportState::Running | ImportState::Interrupted) {
        return Err(Error::invalid("This import is through already."));
    }
    let mut at_work = AtWork::of(&record, job)?;
    let done = at_work.go_on(book, actor, db, cancel, progress).await;
    match done {
        Ok(true) => {
            at_work.finish(book, actor, ImportState::Done).await?;
        }
        Ok(false) => {
            at_work.rejects_discarded();
            super::undo::reverse(book, actor, at_work.edit).await?;
            at_work.finish(book, actor, ImportState::Cancelled).await?;
        }
        Err(error) => {
            // What is written stays, and going on or undoing is one choice away.
            let mut edit = book.write(actor, "import").await?;
            set_state(&mut edit, import, ImportState::Interrupted, None).await?;
            edit.commit().await?;
            at_work.told.state = ImportState::Interrupted;
            at_work.told.fault = Some(error.clone());
            progress(at_work.told.clone());
            return Err(error);
        }
    }
    progress(at_work.told.clone());
    Ok(at_work.told)
}

struct AtWork {
    job: Job,
    rules: Rules,
    pace: Pace,
    edit: EditId,
    told: ImportProgress,
    rejects: Option<Rejects>,
    met: Met,
}

/// Rows on their way from the file to the book.
pub(super) struct Batch {
    pub rows: Vec<Result<Incoming, (Vec<String>, String)>>,
    cells: Vec<Vec<String>>,
    pub bytes_read: u64,
}

/// How fast it goes, since it began or went on.
struct Pace {
    since: Instant,
    from_bytes: Option<u64>,
}

/// Before this much has gone by, what is left would be a guess.
const PACE_AFTER_MS: u128 = 1_500;

impl Pace {
    fn left_ms(&mut self, bytes_read: u64, file_bytes: u64) -> Option<u32> {
        let from = *self.from_bytes.get_or_insert(bytes_read);
        let (done, spent_ms) = (bytes_read.saturating_sub(from), self.since.elapsed().as_millis());
        if done == 0 || spent_ms < PACE_AFTER_MS {
            return None;
        }
        u32::try_from(u128::from(file_bytes.saturating_sub(bytes_read)) * spent_ms / u128::from(done)).ok()
    }
}

impl AtWork {
    fn of(record: &Record, job: Job) -> Result<Self> {
        if stamp(&job.path)? != (job.file_bytes, job.file_modified_ms) {
            return Err(Error::new(
                Code::Conflict,
                format!(
                    "{} has changed since its import began. Undo that import, and import it anew.",
                    job.path.display()
                ),
            ));
        }
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let told = ImportProgress {
            import: record.id,
            state: ImportState::Running,
            rows_done: u32::try_from(job.rows_done).unwrap_or(u32::MAX),
            percent: 0,
            left_ms: None,
            created: count(record.created),
            updated: count(record.updated),
            unchanged: count(record.unchanged),
            rejected: count(record.rejected),
            rejects_file: None,
            fault: None,
        };
        let edit = record.edit_id.ok_or_else(|| Error::internal("An import has no edit."))?;
        let rules = job.choices.rules()?;
        let pace = Pace { since: Instant::now(), from_bytes: None };
        Ok(Self { job, rules, pace, edit, told, rejects: None, met: Met::default() })
    }

    /// `false`: it was cancelled.
    async fn go_on(
        &mut self,
        book: &Book,
        actor: Actor,
        mut db: Db,
        cancel: &AtomicBool,
        progress: &(dyn Fn(ImportProgress) + Send + Sync),
    ) -> Result<bool> {
        let mut plan = super::plan(&mut db, &self.job.path, &self.job.choices).await?;
        // A reader that stays open keeps the log of writes from being folded in.
        drop(db);
        // What the list keeps in new fields needs them first; they go with it where it is undone.
        let mut edit = book.write_on(actor, "import", self.edit).await?;
        super::own::make(&mut edit, &plan.columns, &mut plan.own).await?;
        edit.about(file_name(&self.job.path));
        edit.commit().await?;
        let plan = Arc::new(plan);
        let header = plan.columns.iter().map(|column| column.header.clone()).collect();
        self.rejects = Some(Rejects::open(self.job.rejects_part.clone(), header, self.job.rejects_bytes)?);
        let how = format!("in the list {}", file_name(&self.job.path));
        let (to_book, mut from_file) = mpsc::channel::<Result<Batch>>(1);
        let (path, skip, sheet) = (self.job.path.clone(), self.job.rows_done, self.job.choices.sheet.clone());
        let reader = tokio::task::spawn_blocking(move || feed(&path, sheet.as_deref(), &plan, skip, &to_book));
        while let Some(batch) = from_file.recv().await {
            if cancel.load(Ordering::Relaxed) {
                return Ok(false);
            }
            self.write(book, actor, batch?, &how).await?;
            progress(self.told.clone());
        }
        reader.await.map_err(|error| Error::internal(error.to_string()))?;
        Ok(!cancel.load(Ordering::Relaxed))
    }

    /// Writes a batch in one transaction. A row that the book refuses takes the transaction with it, so that nothing
    /// half-written of it stays; the batch is written again without that row.
    async fn write(&mut self, book: &Book, actor: Actor, mut batch: Batch, how: &str) -> Result<()> {
        loop {
            let mut edit = book.write_on(actor, "import", self.edit).await?;
            let mut told = self.told.clone();
            let taken = take_all(&mut edit, &batch, how, &mut self.met, &self.rules, &mut told).await;
            match taken {
                Ok(refused) => {
                    for (at, why) in refused {
                        batch.rows[at] = Err((std::mem::take(&mut batch.cells[at]), why));
                    }
                    return self.commit(edit, batch, told).await;
                }
                Err((at, error)) if matches!(error.code, Code::Invalid | Code::Refused) => {
                    drop(edit);
                    self.met.forget();
                    let cells = std::mem::take(&mut batch.cells[at]);
                    batch.rows[at] = Err((cells, error.message));
                }
                Err((_, error)) => return Err(error),
            }
        }
    }

    async fn commit(&mut self, mut edit: Edit, batch: Batch, mut told: ImportProgress) -> Result<()> {
        let count = batch.rows.len();
        let rejected: Vec<(Vec<String>, String)> = batch.rows.into_iter().filter_map(Result::err).collect();
        told.rows_done = told.rows_done.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        told.rejected += u32::try_from(rejected.len()).unwrap_or(u32::MAX);
        told.percent = percent(batch.bytes_read, self.job.file_bytes);
        told.left_ms = self.pace.left_ms(batch.bytes_read, self.job.file_bytes);
        let mut job = self.job.clone();
        job.rows_done += count as u64;
        if let Some(rejects) = &mut self.rejects {
            job.rejects_bytes = rejects.add(&rejected)?;
        }
        let args = args![told.import, json(&job)?, told.created, told.updated, told.unchanged, told.rejected];
        edit.run(&PROGRESS, args).await?;
        edit.also_changed("import");
        // The label of the edit is the file's, whoever the last row was about.
        edit.about(file_name(&self.job.path));
        edit.commit().await?;
        (self.job, self.told) = (job, told);
        Ok(())
    }

    fn rejects_discarded(&mut self) {
        if let Some(rejects) = self.rejects.take() {
            rejects.discard();
        }
    }

    async fn finish(&mut self, book: &Book, actor: Actor, state: ImportState) -> Result<()> {
        let file = match self.rejects.take() {
            Some(rejects) => rejects.finish()?.map(|path| path.to_string_lossy().into_owned()),
            None => None,
        };
        let mut edit = book.write(actor, "import").await?;
        set_state(&mut edit, self.told.import, state, file.clone()).await?;
        edit.commit().await?;
        self.told.state = state;
        self.told.rejects_file = file;
        self.told.percent = 100;
        self.told.left_ms = None;
        Ok(())
    }
}

/// Everyone of a batch; answers who was not taken and why. At the first whom the book refuses, which one that was.
async fn take_all(
    edit: &mut Edit,
    batch: &Batch,
    how: &str,
    met: &mut Met,
    rules: &Rules,
    told: &mut ImportProgress,
) -> Result<Vec<(usize, String)>, (usize, Error)> {
    let (places, rows): (Vec<usize>, Vec<&Incoming>) =
        batch.rows.iter().enumerate().filter_map(|(at, row)| row.as_ref().ok().map(|row| (at, row))).unzip();
    let taken = incoming::take_all(edit, &rows, how, met, rules).await;
    let taken = taken.map_err(|(at, error)| (places.get(at).copied().unwrap_or_default(), error))?;
    let mut refused = Vec::new();
    for (at, taken) in places.into_iter().zip(taken) {
        match taken {
            Taken::Created(_) => told.created += 1,
            Taken::Updated(..) => told.updated += 1,
            Taken::Unchanged(_) => told.unchanged += 1,
            Taken::Refused(why) => refused.push((at, why)),
        }
    }
    Ok(refused)
}

/// Reads and understands rows on a thread of its own, ahead of the one that writes.
pub(super) fn feed(path: &Path, sheet: Option<&str>, plan: &Plan, skip: u64, to_book: &mpsc::Sender<Result<Batch>>) {
    let read = || -> Result<()> {
        let mut table = Source::open(path, &plan.country, sheet)?;
        for _ in 0..skip {
            table.next()?;
        }
        loop {
            let mut batch =
                Batch { rows: Vec::with_capacity(CHUNK_ROWS), cells: Vec::with_capacity(CHUNK_ROWS), bytes_read: 0 };
            let (mut bytes, mut last) = (0, false);
            while batch.rows.len() < CHUNK_ROWS && bytes < CHUNK_BYTES {
                let Some(row) = table.next()? else {
                    last = true;
                    break;
                };
                bytes +=
                    row.as_ref().map_or_else(|bad| &bad.cells, |row| &row.cells).iter().map(String::len).sum::<usize>();
                match row {
                    Ok(row) => {
                        batch.rows.push(plan.read(&row.cells).map_err(|why| (row.cells.clone(), why)));
                        batch.cells.push(row.cells);
                    }
                    Err(bad) => {
                        batch.rows.push(Err((bad.cells, format!("line {}: {}", bad.line, bad.why))));
                        batch.cells.push(Vec::new());
                    }
                }
            }
            batch.bytes_read = table.bytes_read();
            // Nobody listens any more: it was cancelled.
            if (!batch.rows.is_empty() && to_book.blocking_send(Ok(batch)).is_err()) || last {
                return Ok(());
            }
        }
    };
    if let Err(error) = read() {
        let _ = to_book.blocking_send(Err(error));
    }
}

fn job_of(record: &Record) -> Result<Job> {
    let mut job: Job = serde_json::from_str(&record.mapping)
        .map_err(|error| Error::internal(format!("An import cannot be read back: {error}")))?;
    if let Some(columns) = job.mapping.take() {
        job.choices.columns = columns;
    }
    Ok(job)
}

fn json(job: &Job) -> Result<String> {
    serde_json::to_string(job).map_err(|error| Error::internal(error.to_string()))
}

fn stamp(path: &Path) -> Result<(u64, i64)> {
    let meta = std::fs::metadata(path)?;
    let modified = meta.modified()?.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_millis());
    Ok((meta.len(), i64::try_from(modified).unwrap_or(0)))
}

pub(super) fn percent(done: u64, of: u64) -> u32 {
    u32::try_from((done.min(of) * 100).checked_div(of).unwrap_or(100)).unwrap_or(100)
}
