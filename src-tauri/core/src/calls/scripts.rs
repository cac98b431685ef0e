//! The book's scripts and their versions. A version is never changed: a call names the one that was spoken from, so that
//! what was said can be read again after the script has changed, and what came of two can be told apart.

use serde::Serialize;

use super::outcome::CallResult;
use super::script::{Move, Purpose, ReadyScript, Run, Script, ScriptStep, builtins};
use super::share::Share;
use super::{brief, known};
use crate::error::{Code, Error, Result};
use crate::ids::{PersonId, ScriptId, ScriptVersionId, VolunteerId};
use crate::people::{ReachKind, fields};
use crate::store::{Actor, Book, Db, Edit};
use crate::time::Millis;
use crate::{args, statements};

/// A script in the list: what its newest version says of itself.
#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct ScriptRow {
    pub id: ScriptId,
    pub name: String,
    pub purpose: Purpose,
    /// Of the newest version, from 1.
    pub number: u32,
    pub changed_ms: Millis,
    /// Not offered any more.
    pub retired: bool,
    /// It came with Wellmet.
    pub shipped: bool,
    /// How many versions calls begin with at present.
    pub running: u32,
    /// The one that is offered first for its purpose.
    pub first: bool,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ScriptDetail {
    pub row: ScriptRow,
    /// Of the newest version.
    pub text: String,
    /// Newest first.
    pub versions: Vec<ScriptVersionView>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ScriptVersionView {
    pub id: ScriptVersionId,
    pub number: u32,
    pub created_ms: Millis,
    pub text: String,
    /// Calls begin with it.
    pub running: bool,
    /// Begun with it, but for those that were never made.
    pub calls: u32,
    /// Of the calls that were filed: the person was on the line.
    pub reached: Share,
    /// Of the calls that reached the person: they ended in a promise, or with what they had asked for.
    pub went_well: Share,
}

/// A script that is being written, at a place of it.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct ScriptPreview {
    pub step: ScriptStep,
    /// As much of the path as the text still has.
    pub path: Vec<Move>,
    /// Why the rest of it was not taken, and the way out.
    pub refused: Option<String>,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    id: ScriptVersionId,
    text: String,
}

#[derive(sqlx::FromRow)]
struct OutcomeRow {
    id: ScriptVersionId,
    number: u32,
    created_ms: Millis,
    text: String,
    beside: bool,
}

#[derive(sqlx::FromRow)]
struct CallsRow {
    script_version_id: ScriptVersionId,
    filed: bool,
    ending: String,
    result: Option<String>,
    calls: u32,
}

#[derive(sqlx::FromRow)]
struct ShippedRow {
    id: ScriptId,
    name: String,
    purpose: Purpose,
    shipped: String,
}

statements! {
    ROWS = "SELECT s.id, s.name, s.purpose, v.number, v.created_ms AS changed_ms, s.retired_ms IS NOT NULL AS retired, \
        s.shipped <> '' AS shipped, (SELECT CASE WHEN COUNT(*) = 0 THEN 1 ELSE COUNT(*) END FROM script_version b \
          WHERE b.script_id = s.id AND b.beside) AS running, s.retired_ms IS NULL AND NOT EXISTS (SELECT 1 FROM script o \
          WHERE o.purpose = s.purpose AND o.retired_ms IS NULL AND ((o.shipped = '' AND (s.shipped <> '' OR o.id > s.id)) \
          OR (o.shipped <> '' AND s.shipped <> '' AND o.id < s.id))) AS \"first\" \
        FROM script s JOIN script_version v ON v.script_id = s.id \
        WHERE v.number = (SELECT MAX(n.number) FROM script_version n WHERE n.script_id = s.id) ORDER BY s.id";
    ROW = "SELECT s.id, s.name, s.purpose, v.number, v.created_ms AS changed_ms, s.retired_ms IS NOT NULL AS retired, \
        s.shipped <> '' AS shipped, (SELECT CASE WHEN COUNT(*) = 0 THEN 1 ELSE COUNT(*) END FROM script_version b \
          WHERE b.script_id = s.id AND b.beside) AS running, s.retired_ms IS NULL AND NOT EXISTS (SELECT 1 FROM script o \
          WHERE o.purpose = s.purpose AND o.retired_ms IS NULL AND ((o.shipped = '' AND (s.shipped <> '' OR o.id > s.id)) \
          OR (o.shipped <> '' AND s.shipped <> '' AND o.id < s.id))) AS \"first\" \
        FROM script s JOIN script_version v ON v.script_id = s.id \
        WHERE v.number = (SELECT MAX(n.number) FROM script_version n WHERE n.script_id = s.id) AND s.id = $1";
    COUNT = "SELECT COUNT(*) FROM script";
    SHIPPED = "SELECT id, name, purpose, shipped FROM script ORDER BY id";
    // What a director wrote comes before what we ship, and of hers the latest.
    FOR_PURPOSE = "SELECT id FROM script WHERE purpose = $1 AND retired_ms IS NULL \
        ORDER BY CASE WHEN shipped = '' THEN 0 ELSE 1 END, CASE WHEN shipped = '' THEN id END DESC, id LIMIT 1";
    OTHERS_FOR = "SELECT COUNT(*) FROM script WHERE purpose = $1 AND retired_ms IS NULL AND id <> $2";
    // Where none is marked, the newest runs alone. A call that was never made, or written down later, had no script.
    LEAST_BEGUN = "SELECT v.id, v.text FROM script_version v WHERE v.script_id = $1 AND (v.beside OR (v.number = \
          (SELECT MAX(n.number) FROM script_version n WHERE n.script_id = v.script_id) AND NOT EXISTS \
          (SELECT 1 FROM script_version b WHERE b.script_id = v.script_id AND b.beside))) \
        ORDER BY (SELECT COUNT(*) FROM call c WHERE c.script_version_id = v.id AND c.state <> 'never_made' \
          AND NOT c.logged), v.number DESC LIMIT 1";
    VERSION = "SELECT id, text FROM script_version WHERE id = $1";
    SCRIPT_OF = "SELECT script_id AS id FROM script_version WHERE id = $1";
    NEWEST = "SELECT id, text FROM script_version WHERE script_id = $1 ORDER BY number DESC LIMIT 1";
    VERSIONS = "SELECT id, number, created_ms, text, beside FROM script_version WHERE script_id = $1 ORDER BY number DESC";
    CALLS = "SELECT c.script_version_id, c.state = 'filed' AS filed, c.ending, t.result, COUNT(DISTINCT c.id) AS calls \
        FROM call c JOIN script_version v ON v.id = c.script_version_id LEFT JOIN touch t ON t.call_id = c.id \
        WHERE v.script_id = $1 AND c.state <> 'never_made' AND NOT c.logged \
        GROUP BY c.script_version_id, c.state = 'filed', c.ending, t.result";
    ADD = "INSERT INTO script (id, name, purpose, shipped) VALUES ($1, $2, $3, $4)";
    RENAME = "UPDATE script SET name = $2, purpose = $3 WHERE id = $1 AND (name <> $2 OR purpose <> $3)";
    RETIRE = "UPDATE script SET retired_ms = $2 WHERE id = $1";
    ADOPT = "UPDATE script SET shipped = $2 WHERE id = $1";
    ADD_VERSION = "INSERT INTO script_version (id, script_id, number, text, created_ms, beside) \
        VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM script_version WHERE script_id = $2), $3, $4, FALSE)";
    RUN = "UPDATE script_version SET beside = TRUE WHERE id = $1 AND NOT beside";
    RUN_NEWEST_ALONE = "UPDATE script_version SET beside = FALSE WHERE script_id = $1 AND beside";
}

/// Every script of the book, retired ones too.
pub async fn all(db: &mut Db) -> Result<Vec<ScriptRow>> {
    db.all(&ROWS, args![]).await
}

pub async fn detail(db: &mut Db, id: ScriptId) -> Result<ScriptDetail> {
    let row: ScriptRow = db.one(&ROW, args![id], "script").await?;
    let rows: Vec<OutcomeRow> = db.all(&VERSIONS, args![id]).await?;
    let calls: Vec<CallsRow> = db.all(&CALLS, args![id]).await?;
    let marked = rows.iter().any(|version| version.beside);
    let newest = rows.first().map(|version| version.id);
    let text = rows.first().map(|version| version.text.clone()).unwrap_or_default();
    let versions = rows.into_iter().map(|version| {
        let running = if marked { version.beside } else { Some(version.id) == newest };
        view(version, running, &calls)
    });
    Ok(ScriptDetail { row, text, versions: versions.collect() })
}

fn view(version: OutcomeRow, running: bool, calls: &[CallsRow]) -> ScriptVersionView {
    let of_it = || calls.iter().filter(|row| row.script_version_id == version.id);
    let count = |keep: &dyn Fn(&CallsRow) -> bool| of_it().filter(|row| keep(row)).map(|row| row.calls).sum();
    let reached = |row: &CallsRow| {
        row.filed && row.result.as_deref().and_then(CallResult::parse).is_some_and(CallResult::reached_person)
    };
    // Of a call that an older Wellmet filed nobody knows how it ended.
    let told = |row: &CallsRow| reached(row) && !row.ending.is_empty();
    let well = |row: &CallsRow| reached(row) && matches!(row.ending.as_str(), "promise" | "answered");
    ScriptVersionView {
        id: version.id,
        number: version.number,
        created_ms: version.created_ms,
        running,
        calls: count(&|_| true),
        reached: Share::of(count(&reached), count(&|row| row.filed)),
        went_well: Share::of(count(&well), count(&told)),
        text: version.text,
    }
}

/// A new script, or a new version of one, which runs from the next call on: alone, or `beside` those that run now.
/// Calls that were begun keep the version that they were begun with.
pub async fn save(book: &Book, actor: Actor, script: Option<ScriptId>, text: &str, beside: bool) -> Result<ScriptId> {
    let ready = Script::read(text)?;
    let mut edit = book.write(actor, "save_script").await?;
    ready.script().fits(text, &fields::all(&mut edit).await?)?;
    let (name, purpose) = (&ready.script().title, ready.script().purpose);
    edit.about(name.clone());
    let id = match script {
        Some(id) => {
            let was: ScriptRow = edit.one(&ROW, args![id], "script").await?;
            if purpose != was.purpose && !was.retired {
                not_the_last(&mut edit, &was).await?;
            }
            edit.run(&RENAME, args![id, name, purpose]).await?;
            let newest: VersionRow = edit.one(&NEWEST, args![id], "script").await?;
            if newest.text != text {
                let runs_now = if beside { running(&mut edit, id).await? } else { Vec::new() };
                edit.run(&RUN_NEWEST_ALONE, args![id]).await?;
                let version = add_version(&mut edit, id, text).await?;
                if !runs_now.is_empty() {
                    for version in runs_now.into_iter().chain([version]) {
                        edit.run(&RUN, args![version]).await?;
                    }
                }
            }
            id
        }
        None => add(&mut edit, name, purpose, text, "").await?,
    };
    edit.commit().await?;
    Ok(id)
}

/// Which versions calls begin with from now on: one, or several to be compared.
pub async fn run_versions(book: &Book, actor: Actor, id: ScriptId, versions: &[ScriptVersionId]) -> Result<()> {
    let mut edit = book.write(actor, "run_script_versions").await?;
    let row: ScriptRow = edit.one(&ROW, args![id], "script").await?;
    edit.about(row.name);
    let there: Vec<OutcomeRow> = edit.all(&VERSIONS, args![id]).await?;
    if versions.is_empty() {
        return Err(Error::invalid("Choose at least one version to run, or retire the script."));
    }
    if versions.iter().any(|version| there.iter().all(|row| row.id != *version)) {
        return Err(Error::not_found("That version does not belong to this script."));
    }
    edit.run(&RUN_NEWEST_ALONE, args![id]).await?;
    let newest = there.first().map(|row| row.id);
    if versions.iter().any(|version| Some(*version) != newest) {
        for version in versions {
            edit.run(&RUN, args![*version]).await?;
        }
    }
    edit.commit().await?;
    Ok(())
}

/// Takes a script out of what is offered, or brings it back. What was said from it stays.
pub async fn retire(book: &Book, actor: Actor, id: ScriptId, retired: bool) -> Result<()> {
    let mut edit = book.write(actor, if retired { "retire_script" } else { "bring_back_script" }).await?;
    let row: ScriptRow = edit.one(&ROW, args![id], "script").await?;
    if row.retired == retired {
        return Ok(());
    }
    if retired {
        not_the_last(&mut edit, &row).await?;
    }
    edit.about(row.name);
    let at = retired.then_some(edit.at);
    edit.run(&RETIRE, args![id, at]).await?;
    edit.commit().await?;
    Ok(())
}

/// Where there is none for its purpose, a call begins with a general script: so one stays.
async fn not_the_last(edit: &mut Edit, row: &ScriptRow) -> Result<()> {
    let others: i64 = edit.scalar(&OTHERS_FOR, args![row.purpose, row.id]).await?;
    if row.purpose == Purpose::General && others == 0 {
        return Err(Error::refused(format!(
            "“{}” is the last general script, and a call that has no script of its own begins with it. Write another \
             general one first.",
            row.name
        )));
    }
    Ok(())
}

async fn running(db: &mut Db, id: ScriptId) -> Result<Vec<ScriptVersionId>> {
    let rows: Vec<OutcomeRow> = db.all(&VERSIONS, args![id]).await?;
    let marked: Vec<_> = rows.iter().filter(|row| row.beside).map(|row| row.id).collect();
    Ok(if marked.is_empty() { rows.first().map(|row| row.id).into_iter().collect() } else { marked })
}

async fn add(edit: &mut Edit, name: &str, purpose: Purpose, text: &str, shipped: &str) -> Result<ScriptId> {
    let id = ScriptId::new();
    edit.run(&ADD, args![id, name, purpose, shipped]).await?;
    add_version(edit, id, text).await?;
    Ok(id)
}

async fn add_version(edit: &mut Edit, script: ScriptId, text: &str) -> Result<ScriptVersionId> {
    let (id, at) = (ScriptVersionId::new(), edit.at);
    edit.run(&ADD_VERSION, args![id, script, text, at]).await?;
    Ok(id)
}

/// The scripts that come with the app, as far as the book lacks them. One that a director retired is there, and stays
/// retired. In an edit of its own: whoever undoes a call undoes no script.
pub async fn complete(book: &Book) -> Result<()> {
    let lacks = |there: &[ShippedRow], key: &str| there.iter().all(|row| row.shipped != key);
    let there: Vec<ShippedRow> = book.read().await?.all(&SHIPPED, args![]).await?;
    if builtins().iter().all(|builtin| !lacks(&there, builtin.key)) {
        return Ok(());
    }
    let mut edit = book.write(Actor::Wellmet, "add_scripts").await?;
    edit.aside();
    // Somebody may have been faster.
    let there: Vec<ShippedRow> = edit.all(&SHIPPED, args![]).await?;
    for builtin in builtins().iter().filter(|builtin| lacks(&there, builtin.key)) {
        let ready = read(builtin.source)?;
        let (title, purpose) = (&ready.script().title, ready.script().purpose);
        // A book of the first version has ours without their mark, and nobody could have changed them there.
        let unmarked = there.iter().find(|row| row.shipped.is_empty() && row.purpose == purpose && row.name == *title);
        match unmarked {
            Some(row) => {
                edit.run(&ADOPT, args![row.id, builtin.key]).await?;
                let newest: VersionRow = edit.one(&NEWEST, args![row.id], "script").await?;
                if newest.text != builtin.source {
                    add_version(&mut edit, row.id, builtin.source).await?;
                }
            }
            None => {
                add(&mut edit, title, purpose, builtin.source, builtin.key).await?;
            }
        }
    }
    edit.commit().await?;
    Ok(())
}

/// The script for this purpose, else a general one.
pub(super) async fn for_purpose(db: &mut Db, purpose: Purpose) -> Result<ScriptRow> {
    for purpose in [purpose, Purpose::General] {
        let there: Option<(ScriptId,)> = db.maybe(&FOR_PURPOSE, args![purpose]).await?;
        if let Some((id,)) = there {
            return db.one(&ROW, args![id], "script").await;
        }
    }
    Err(Error::refused("There is no script for this call. Bring a general one back, among the scripts."))
}

/// The version that a call begins with: of the script that was chosen, or of the one for its purpose. Of several that
/// run side by side it is the one that fewest calls began with.
pub(super) async fn to_begin_with(db: &mut Db, chosen: Option<ScriptId>, purpose: Purpose) -> Result<ScriptVersionId> {
    let row = match chosen {
        Some(id) => db.one(&ROW, args![id], "script").await?,
        None => for_purpose(db, purpose).await?,
    };
    if row.retired {
        return Err(Error::refused(format!("“{}” was retired. Choose another script, or bring it back.", row.name)));
    }
    let version: VersionRow = db.one(&LEAST_BEGUN, args![row.id], "script").await?;
    Ok(version.id)
}

/// What a brief tells of the script to come.
#[derive(Default)]
pub(super) struct Outline {
    pub name: String,
    pub at_hand: Vec<String>,
}

pub(super) async fn outline(db: &mut Db, purpose: Purpose) -> Result<Outline> {
    // A book whose first call is still to come has no scripts yet.
    let there: i64 = db.scalar(&COUNT, args![]).await?;
    let ready = if there == 0 {
        read(purpose.builtin().source)?
    } else {
        match to_begin_with(db, None, purpose).await {
            Ok(begins) => version(db, begins).await?,
            // Who they are can be read all the same; beginning the call says what is missing.
            Err(error) if error.code == Code::Refused => return Ok(Outline::default()),
            Err(error) => return Err(error),
        }
    };
    let script = ready.script();
    Ok(Outline { name: script.title.clone(), at_hand: script.at_hand.clone() })
}

/// The script that this is a version of.
pub(super) async fn of_version(db: &mut Db, id: ScriptVersionId) -> Result<ScriptId> {
    let (script,): (ScriptId,) = db.one(&SCRIPT_OF, args![id], "script").await?;
    Ok(script)
}

pub(super) async fn version(db: &mut Db, id: ScriptVersionId) -> Result<ReadyScript> {
    let row: VersionRow = db.one(&VERSION, args![id], "script").await?;
    read(&row.text)
}

/// How a text that is being written reads to this person, after these answers.
pub async fn preview(
    db: &mut Db,
    now: Millis,
    caller: Option<VolunteerId>,
    text: &str,
    person: Option<PersonId>,
    path: Vec<Move>,
) -> Result<ScriptPreview> {
    let script = Script::read(text)?;
    let fields = match person {
        Some(id) => {
            let brief = brief::brief(db, now, id, None).await?;
            let phone = brief.reaches.iter().find(|reach| reach.kind == ReachKind::Phone).map(|reach| reach.id);
            known::of(db, now, id, caller, phone, &brief).await?
        }
        None => known::ours(db, caller).await?,
    };
    // A part that was renamed while one looks at it leads back to what is left of the way.
    let mut run = Run { path };
    let mut refused = None;
    loop {
        match run.step(&script, &fields) {
            Ok(step) => return Ok(ScriptPreview { step, path: run.path, refused }),
            Err(error) if run.path.is_empty() => return Err(error),
            Err(error) => {
                // The last move is the one that was just made.
                refused.get_or_insert(error.message);
                run = run.back();
            }
        }
    }
}

fn read(text: &str) -> Result<ReadyScript> {
    // It was checked when it was saved; a newer Wellmet may have written what this one cannot read.
    Script::read(text).map_err(|problems| {
        Error::new(
            Code::Internal,
            format!("A script of this book cannot be read. Mend it among the scripts.\n{problems}"),
        )
    })
}
