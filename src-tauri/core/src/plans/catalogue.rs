//! The book's plans and their versions. A version is never changed: whoever is in it goes on with what they began.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::template::Template;
use crate::error::{Code, Error, Result};
use crate::ids::{PlanId, PlanRuleId, PlanVersionId};
use crate::people::Standing;
use crate::store::{Actor, Book, Db, Edit, Value};
use crate::time::Millis;
use crate::{args, statements, words};

words! {
    /// What enters somebody into a plan by itself.
    pub enum Happening {
        InquiryAnswered = "inquiry_answered",
        /// They came to have this standing.
        Standing = "standing",
        /// They were given this tag.
        Tag = "tag",
    }
}

#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct PlanRow {
    pub id: PlanId,
    pub name: String,
    /// Of the newest version, from 1.
    pub number: u32,
    pub changed_ms: Millis,
    /// It came with Wellmet.
    pub shipped: bool,
    /// Nobody enters it any more; whoever is in it goes on.
    pub retired: bool,
    pub running: u32,
    pub held: u32,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PlanVersion {
    pub id: PlanVersionId,
    pub number: u32,
    pub created_ms: Millis,
    pub template: Template,
    /// Running or on hold.
    pub people: u32,
}

#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct PlanRule {
    pub id: PlanRuleId,
    pub plan: PlanId,
    pub happening: Happening,
    /// Which standing, which tag.
    pub word: String,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewRule {
    pub happening: Happening,
    #[serde(default)]
    pub word: String,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct PlanDetail {
    pub row: PlanRow,
    /// Newest first.
    pub versions: Vec<PlanVersion>,
    pub rules: Vec<PlanRule>,
}

#[derive(sqlx::FromRow)]
struct VersionRow {
    id: PlanVersionId,
    plan_id: PlanId,
    number: u32,
    created_ms: Millis,
    text: String,
    people: u32,
}

/// A plan that comes with the app.
struct Shipped {
    key: &'static str,
    text: &'static str,
}

macro_rules! shipped {
    ($($key:literal),* $(,)?) => {
        const SHIPPED: &[Shipped] =
            &[$(Shipped { key: $key, text: include_str!(concat!("templates/", $key, ".json")) }),*];
    };
}

shipped![
    "new-inquiry",
    "event-guest",
    "referred-friend",
    "applicant-in-waiting",
    "first-ninety-days",
    "quiet-member",
    "renewal",
    "lapsed-friend"
];

macro_rules! row_of_plan {
    ($($rest:expr),*) => {
        concat!("SELECT p.id, p.name, v.number, v.created_ms AS changed_ms, p.shipped <> '' AS shipped, \
            p.retired_ms IS NOT NULL AS retired, \
            (SELECT COUNT(*) FROM enrolment e JOIN plan_version w ON w.id = e.plan_version_id \
              WHERE w.plan_id = p.id AND e.state = 'running') AS running, \
            (SELECT COUNT(*) FROM enrolment e JOIN plan_version w ON w.id = e.plan_version_id \
              WHERE w.plan_id = p.id AND e.state = 'held') AS held \
            FROM plan p JOIN plan_version v ON v.plan_id = p.id \
            WHERE v.number = (SELECT MAX(n.number) FROM plan_version n WHERE n.plan_id = p.id) ", $($rest),*)
    };
}

macro_rules! version {
    ($($rest:expr),*) => {
        concat!("SELECT v.id, v.plan_id, v.number, v.created_ms, v.text, (SELECT COUNT(*) FROM enrolment e \
            WHERE e.plan_version_id = v.id AND e.state IN ('running', 'held')) AS people FROM plan_version v ", $($rest),*)
    };
}

statements! {
    ROWS = row_of_plan!("ORDER BY p.retired_ms IS NOT NULL, p.name, p.id");
    ROW = row_of_plan!("AND p.id = $1");
    VERSIONS = version!("WHERE v.plan_id = $1 ORDER BY v.number DESC");
    VERSION = version!("WHERE v.id = $1");
    AMONG_VERSIONS = "SELECT v.id, v.plan_id, v.number, v.created_ms, v.text, 0 AS people FROM plan_version v WHERE v.id IN ($1)";
    NEWEST = version!("WHERE v.plan_id = $1 ORDER BY v.number DESC LIMIT 1");
    SHIPPED_ONES = "SELECT shipped FROM plan WHERE shipped <> ''";
    ADD = "INSERT INTO plan (id, name, shipped, retired_ms) VALUES ($1, $2, $3, NULL)";
    RENAME = "UPDATE plan SET name = $2 WHERE id = $1 AND name <> $2";
    RETIRE = "UPDATE plan SET retired_ms = $2 WHERE id = $1";
    ADD_VERSION = "INSERT INTO plan_version (id, plan_id, number, text, created_ms) \
        VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM plan_version WHERE plan_id = $2), $3, $4)";
    RULES = "SELECT id, plan_id AS plan, happening, word FROM plan_rule WHERE retired_ms IS NULL ORDER BY id";
    ADD_RULE = "INSERT INTO plan_rule (id, plan_id, happening, word, created_ms, retired_ms) VALUES ($1, $2, $3, $4, $5, NULL)";
    RETIRE_RULE = "UPDATE plan_rule SET retired_ms = $2 WHERE id = $1 AND retired_ms IS NULL";
}

/// Every plan of the book, those that are offered first.
pub async fn all(db: &mut Db) -> Result<Vec<PlanRow>> {
    db.all(&ROWS, args![]).await
}

pub async fn row(db: &mut Db, id: PlanId) -> Result<PlanRow> {
    db.one(&ROW, args![id], "plan").await
}

pub async fn detail(db: &mut Db, id: PlanId) -> Result<PlanDetail> {
    let row = row(db, id).await?;
    let versions: Vec<VersionRow> = db.all(&VERSIONS, args![id]).await?;
    let versions = versions.into_iter().map(view).collect::<Result<_>>()?;
    let rules = rules(db).await?.into_iter().filter(|rule| rule.plan == id).collect();
    Ok(PlanDetail { row, versions, rules })
}

fn view(row: VersionRow) -> Result<PlanVersion> {
    Ok(PlanVersion {
        id: row.id,
        number: row.number,
        created_ms: row.created_ms,
        template: read(&row.text)?,
        people: row.people,
    })
}

fn read(text: &str) -> Result<Template> {
    // It was checked when it was saved; a newer Wellmet may have written what this one cannot read.
    Template::read(text).map_err(|error| {
        Error::new(Code::Internal, format!("A plan of this book cannot be read. Save it anew. {}", error.message))
    })
}

/// The newest version, which people enter.
pub async fn newest(db: &mut Db, id: PlanId) -> Result<PlanVersion> {
    view(db.one(&NEWEST, args![id], "plan").await?)
}

/// A version, and the plan that it is of.
pub async fn version(db: &mut Db, id: PlanVersionId) -> Result<(PlanId, PlanVersion)> {
    let row: VersionRow = db.one(&VERSION, args![id], "version of a plan").await?;
    Ok((row.plan_id, view(row)?))
}

/// Versions by their ids, with the plans that they are of.
pub async fn versions(
    db: &mut Db,
    ids: impl IntoIterator<Item = PlanVersionId>,
) -> Result<HashMap<PlanVersionId, (PlanId, Template)>> {
    let mut ids: Vec<PlanVersionId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<VersionRow> = db.among(&AMONG_VERSIONS, ids.into_iter().map(Value::from).collect()).await?;
    rows.into_iter().map(|row| Ok((row.id, (row.plan_id, read(&row.text)?)))).collect()
}

/// A new plan, or a new version of one. Whoever is in an older version goes on with it until they are moved.
pub async fn save(book: &Book, actor: Actor, plan: Option<PlanId>, template: Template) -> Result<PlanId> {
    let template = template.checked()?;
    let mut edit = book.write(actor, "save_plan").await?;
    edit.about(template.name.trim());
    let id = match plan {
        Some(id) => {
            let there = newest(&mut edit, id).await?;
            edit.run(&RENAME, args![id, template.name.trim()]).await?;
            if there.template != template {
                add_version(&mut edit, id, &template).await?;
            }
            id
        }
        None => add(&mut edit, &template, "").await?,
    };
    edit.commit().await?;
    Ok(id)
}

/// Nobody enters it any more, by hand or by a rule; or they may again.
pub async fn retire(book: &Book, actor: Actor, id: PlanId, retired: bool) -> Result<()> {
    let mut edit = book.write(actor, if retired { "retire_plan" } else { "bring_back_plan" }).await?;
    let row = row(&mut edit, id).await?;
    edit.about(row.name);
    if row.retired != retired {
        let at = retired.then_some(edit.at);
        edit.run(&RETIRE, args![id, at]).await?;
    }
    edit.commit().await?;
    Ok(())
}

async fn add(edit: &mut Edit, template: &Template, shipped: &str) -> Result<PlanId> {
    let id = PlanId::new();
    edit.run(&ADD, args![id, template.name.trim(), shipped]).await?;
    add_version(edit, id, template).await?;
    Ok(id)
}

async fn add_version(edit: &mut Edit, plan: PlanId, template: &Template) -> Result<PlanVersionId> {
    let (id, at) = (PlanVersionId::new(), edit.at);
    edit.run(&ADD_VERSION, args![id, plan, template.text()?, at]).await?;
    Ok(id)
}

/// The plans that come with the app, as far as the book lacks them. One that was retired is there, and stays retired.
pub async fn complete(book: &Book) -> Result<()> {
    let lacking = |there: Vec<(String,)>| -> Vec<&'static Shipped> {
        SHIPPED.iter().filter(|shipped| there.iter().all(|(key,)| key != shipped.key)).collect()
    };
    if lacking(book.read().await?.all(&SHIPPED_ONES, args![]).await?).is_empty() {
        return Ok(());
    }
    let mut edit = book.write(Actor::Wellmet, "add_plans").await?;
    edit.aside();
    // Somebody may have been faster.
    for shipped in lacking(edit.all(&SHIPPED_ONES, args![]).await?) {
        add(&mut edit, &read(shipped.text)?, shipped.key).await?;
    }
    edit.commit().await?;
    Ok(())
}

/// Of all plans, those that are heeded.
pub async fn rules(db: &mut Db) -> Result<Vec<PlanRule>> {
    db.all(&RULES, args![]).await
}

/// From now on. Whoever fits already is entered by hand: `enter::preview` says who they are.
pub async fn add_rule(book: &Book, actor: Actor, plan: PlanId, new: &NewRule) -> Result<PlanRuleId> {
    let word = new.word.trim();
    match new.happening {
        Happening::InquiryAnswered => {}
        Happening::Standing if Standing::parse(word).is_some() => {}
        Happening::Standing => return Err(Error::invalid("Say which standing enters them.")),
        Happening::Tag if word.is_empty() => return Err(Error::invalid("Say which tag enters them.")),
        Happening::Tag => {}
    }
    // What happened before the rule is not its matter.
    super::follow::follow(book).await?;
    let mut edit = book.write(actor, "add_plan_rule").await?;
    let row = row(&mut edit, plan).await?;
    edit.about(row.name);
    let same = rules(&mut edit).await?;
    if same.iter().any(|rule| rule.plan == plan && rule.happening == new.happening && rule.word == word) {
        return Err(Error::new(Code::Conflict, "This plan has that rule already."));
    }
    let (id, at) = (PlanRuleId::new(), edit.at);
    edit.run(&ADD_RULE, args![id, plan, new.happening, word, at]).await?;
    edit.commit().await?;
    Ok(id)
}

pub async fn remove_rule(book: &Book, actor: Actor, id: PlanRuleId) -> Result<()> {
    let mut edit = book.write(actor, "remove_plan_rule").await?;
    let at = edit.at;
    if edit.run(&RETIRE_RULE, args![id, at]).await? == 0 {
        return Err(Error::not_found("This rule is not in the book any more."));
    }
    edit.commit().await.map(drop)
}
