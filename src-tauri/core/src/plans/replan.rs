//! Planning anew: after leave, a departure, a closure or a changed capacity, the open steps that cannot stand where they
//! stand are laid again. What is shown first is what is done: the doing reckons anew, and where that differs from what was
//! shown, it writes nothing.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use chrono::NaiveDate;
use serde::Serialize;

use super::catalogue;
use super::layout::{self, Item, Laid};
use super::load::{self, Dates, Load, Owed};
use super::schedule::{self, Slot};
use super::setting::Setting;
use super::template::Template;
use super::workdays::Unsuited;
use super::{enter, keeper_view, write};
use crate::error::{Code, Error, Result};
use crate::ids::{EnrolmentId, EnrolmentStepId, PersonId, PlanId, PlanVersionId, PromiseId, VolunteerId};
use crate::promises::ledger::{self, NewStep, PromiseKind, Redated};
use crate::promises::sentences as say;
use crate::store::{Actor, Book, Db, Edit, Value};
use crate::team::availability::Weekdays;
use crate::team::standards::day;
use crate::team::volunteers::Keeper;
use crate::time::{DAY_MS, Millis};
use crate::{args, statements};

/// A step that is to stand elsewhere.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Moved {
    pub enrolment: EnrolmentId,
    pub person: PersonId,
    pub name: String,
    pub plan: String,
    pub step: String,
    pub before: Stand,
    pub after: Stand,
    /// It was due while nobody could: it is promised anew, and the old promise is released with why.
    pub late: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Stand {
    pub from_ms: Millis,
    pub due_ms: Millis,
    pub keeper: Option<Keeper>,
}

/// A step that cannot stand where it stands, and stays: they know the date, or there is no other.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Stays {
    pub enrolment: EnrolmentId,
    pub person: PersonId,
    pub name: String,
    pub plan: String,
    pub step: String,
    pub stand: Stand,
}

/// The lists stop at [`enter::MOST_SHOWN`]; the counts do not.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Replanned {
    pub move_count: u32,
    pub moves: Vec<Moved>,
    /// To be rung about: they were told a date that cannot be kept.
    pub told_count: u32,
    pub told: Vec<Stays>,
    pub no_room_count: u32,
    pub no_room: Vec<Stays>,
    /// Of what is shown here; the doing is told it.
    pub stamp: String,
}

#[derive(Clone, Debug, sqlx::FromRow)]
struct OpenRow {
    step_id: EnrolmentStepId,
    enrolment_id: EnrolmentId,
    step: String,
    told: bool,
    person_id: PersonId,
    plan_version_id: PlanVersionId,
    priority: i64,
    anchor_day: Option<String>,
    promise_id: PromiseId,
    keeper_id: Option<VolunteerId>,
    from_ms: Option<Millis>,
    due_ms: Millis,
    next_try_ms: Option<Millis>,
    unrung: bool,
}

impl OpenRow {
    fn from(&self) -> Millis {
        self.next_try_ms.or(self.from_ms).unwrap_or(self.due_ms)
    }
}

/// A move as it is written.
struct Moving {
    row: usize,
    keeper: Option<VolunteerId>,
    slot: Slot,
    late: bool,
}

struct Reckoned {
    rows: Vec<OpenRow>,
    templates: HashMap<PlanVersionId, (PlanId, Template)>,
    moving: Vec<Moving>,
    told: Vec<usize>,
    no_room: Vec<usize>,
    stamp: String,
}

// Not by the index of those that go on: it would be walked through whole.
macro_rules! open_steps {
    ($of:literal) => {
        concat!("SELECT s.id AS step_id, s.enrolment_id, s.step, s.told, e.person_id, e.plan_version_id, e.priority, e.anchor_day, \
            p.id AS promise_id, p.keeper_id, p.from_ms, p.due_ms, p.next_try_ms, p.unrung \
            FROM promise p JOIN enrolment_step s ON s.promise_id = p.id AND s.state = 'open' \
            JOIN enrolment e ON e.id = s.enrolment_id WHERE p.state = 'open' AND e.state NOT IN ('finished', 'left') AND ", $of)
    };
}

statements! {
    OF_DUE = open_steps!("p.keeper_id = $1 AND p.due_ms IN ($2)");
    OF_NOBODY_DUE = open_steps!("p.keeper_id IS NULL AND p.due_ms IN ($1)");
    OF_PEOPLE = open_steps!("p.person_id IN ($1)");
    // As they lie: an index that leaves out some would be walked in its order, from page to page and back.
    NEVER_ON = "SELECT id, never_on FROM person WHERE never_on <> 0";
    WITH_TAG = "SELECT person_id FROM tag WHERE name = $1";
    KEPT_SINCE = "SELECT person_id, ended_ms FROM promise WHERE kind = 'plan_step' AND state = 'kept' AND ended_ms >= $1";
    IN_SEVERAL = "SELECT e.person_id FROM enrolment e WHERE e.state IN ('running', 'held') GROUP BY e.person_id HAVING COUNT(*) > 1";
    NAMES = "SELECT id, name FROM person WHERE id IN ($1)";
}

/// What would move, as of `now`. Nothing is written.
pub async fn preview(db: &mut Db, now: Millis) -> Result<Replanned> {
    let setting = Setting::of(db, now).await?;
    let reckoned = reckon(db, &setting).await?;
    shown(db, &setting, &reckoned).await
}

/// Does what was shown, in one edit; refused where the book has changed so that it would be something else.
pub async fn apply(book: &Book, actor: Actor, stamp: &str) -> Result<Replanned> {
    let mut edit = book.write(actor, "replan").await?;
    let now = edit.at;
    let setting = Setting::of(&mut edit, now).await?;
    let reckoned = reckon(&mut edit, &setting).await?;
    if reckoned.stamp != stamp {
        return Err(Error::new(
            Code::Conflict,
            "The book has changed since this was shown, and something else would move now. Look at it again.",
        ));
    }
    let done = shown(&mut edit, &setting, &reckoned).await?;
    write_all(&mut edit, &setting, &reckoned).await?;
    edit.about(format!("{} steps", reckoned.moving.len()));
    edit.commit().await?;
    Ok(done)
}

async fn write_all(edit: &mut Edit, setting: &Setting, reckoned: &Reckoned) -> Result<()> {
    for moving in &reckoned.moving {
        let row = &reckoned.rows[moving.row];
        let (keeper, slot) = (moving.keeper, moving.slot);
        if moving.late {
            let Some((_, template)) = reckoned.templates.get(&row.plan_version_id) else { continue };
            let at = template.place(&row.step).unwrap_or(0);
            let new = ledger::lay(edit, &write::promised(template, at, row.person_id, keeper, slot));
            let why =
                format!("Fell due while nobody could, on {}", say::day(setting.work.date_of(row.due_ms.plus_ms(-1))));
            write::promised_anew(edit, row.step_id, new, &why).await?;
            ledger::release(edit, row.promise_id, &why).await?;
        } else {
            let (person, unrung) = (row.person_id, row.unrung);
            // What it says stays as it is.
            let step = NewStep { person, what: String::new(), keeper, from: slot.from, due: slot.due, unrung };
            ledger::redate(edit, &Redated { id: row.promise_id, step });
        }
    }
    Ok(())
}

/// How an open step stands.
struct Standing {
    day: NaiveDate,
    /// The day on which the ledger counts it.
    counted: NaiveDate,
    late: bool,
    /// Somebody could have done it when it was due.
    could: bool,
}

fn standing(
    setting: &Setting,
    dates: &mut Dates,
    first: NaiveDate,
    keeper: Option<VolunteerId>,
    from: Millis,
    due: Millis,
) -> Standing {
    let late = due < setting.now;
    let from = dates.of(setting, from);
    // An end at midnight belongs to the day that it ends.
    let due = dates.of(setting, due.plus_ms(-1));
    let day = if late { from.min(due) } else { from.max(first.min(due)) };
    Standing { day, counted: from.max(setting.today), late, could: can(setting, keeper, due) }
}

/// Whether it is a day on which we are open and whoever does it can.
fn can(setting: &Setting, keeper: Option<VolunteerId>, date: NaiveDate) -> bool {
    let worker = keeper.and_then(|id| setting.worker(id));
    setting.work.is_business_day(date) && !worker.is_some_and(|worker| worker.left || worker.unsuited.has(date))
}

/// The open steps that may have to move: all of a day that does not suit whoever does them or on which they have more than
/// they take on, and those of `people`. The others stay, whatever becomes of these.
async fn may_move(
    db: &mut Db,
    setting: &Setting,
    dates: &mut Dates,
    first: NaiveDate,
    owed: &[Owed],
    people: HashSet<PersonId>,
) -> Result<Vec<OpenRow>> {
    let mut load = Load::empty(setting.today);
    load.add_owed(setting, owed);
    let steps = owed.iter().filter(|alike| alike.kind == PromiseKind::PlanStep);
    let standing =
        steps.map(|alike| (alike, standing(setting, dates, first, alike.keeper_id, alike.at(), alike.due_ms)));
    let standing: Vec<(&Owed, Standing)> = standing.collect();
    for (alike, stands) in standing.iter().filter(|(_, stands)| stands.day != stands.counted) {
        load.add_many(alike.keeper_id, stands.day, alike.count);
    }
    let stays = |keeper: Option<VolunteerId>, day: NaiveDate| {
        let limit = keeper.and_then(|id| setting.worker(id)).and_then(|worker| worker.limit);
        day >= first && can(setting, keeper, day) && limit.is_none_or(|limit| load.on(keeper, day) <= limit)
    };
    let mut due: HashMap<Option<VolunteerId>, BTreeSet<Millis>> = HashMap::new();
    for (alike, stands) in standing {
        let stays = if stands.late { stands.could } else { stays(alike.keeper_id, stands.day) };
        if !stays {
            due.entry(alike.keeper_id).or_default().insert(alike.due_ms);
        }
    }
    let mut rows: Vec<OpenRow> = db.among(&OF_PEOPLE, people.into_iter().map(Value::from).collect()).await?;
    for (keeper, due) in due {
        let due = due.into_iter().map(Value::from).collect();
        rows.extend(match keeper {
            Some(keeper) => db.among_these::<OpenRow>(&OF_DUE, args![keeper], due).await?,
            None => db.among(&OF_NOBODY_DUE, due).await?,
        });
    }
    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert(row.promise_id));
    Ok(rows)
}

async fn reckon(db: &mut Db, setting: &Setting) -> Result<Reckoned> {
    let owed = load::owed(db).await?;
    let unsuited = unsuited(db, setting).await?;
    let taken = kept(db, setting).await?;
    // Their touches might be too near to each other.
    let several: Vec<(PersonId,)> = db.all(&IN_SEVERAL, args![]).await?;
    let several = several.into_iter().map(|(person,)| person);
    let first = setting.work.business_day_of(setting.now)?;
    let mut dates = Dates::default();
    let people = several.chain(taken.keys().copied()).chain(unsuited.keys().copied()).collect();
    let rows = may_move(db, setting, &mut dates, first, &owed, people).await?;
    let templates = catalogue::versions(db, rows.iter().map(|row| row.plan_version_id)).await?;
    let mut load = Load::empty(setting.today);
    load.add_owed(setting, &owed);
    let mut items = Vec::with_capacity(rows.len());
    // Which row each item is of, and whether it was due while nobody could.
    let mut of_row: Vec<(usize, bool)> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let Standing { day, counted, late, could } =
            standing(setting, &mut dates, first, row.keeper_id, row.from(), row.due_ms);
        // What is late though somebody could have done it is late, and stays so.
        if late && could {
            continue;
        }
        let template = templates.get(&row.plan_version_id).map(|(_, template)| template);
        let place = template.and_then(|template| template.place(&row.step));
        let last = match (template.zip(place), &row.anchor_day) {
            (Some((template, place)), Some(anchor)) => enter::last_day(template, place, Some(self::day(anchor)?)),
            _ => None,
        };
        load.take(row.keeper_id, counted);
        items.push(Item {
            promise: row.promise_id,
            person: row.person_id,
            keeper: row.keeper_id,
            day,
            last,
            rank: (row.priority, row.promise_id.0.as_u128()),
            told: row.told,
        });
        of_row.push((at, late));
    }
    let there: Vec<VolunteerId> = setting.there().map(|worker| worker.id).collect();
    let days = DaysNow { setting, unsuited: &unsuited, there: &there };
    let layout = layout::lay(&items, &days, &load, &taken, setting.gap_days, first);
    let mut slots: HashMap<(NaiveDate, u32), Slot> = HashMap::new();
    let mut moving = Vec::with_capacity(layout.moved.len());
    for Laid { at, keeper, day } in layout.moved {
        let (row, late) = of_row[at];
        let within = templates
            .get(&rows[row].plan_version_id)
            .and_then(|(_, template)| template.step(&rows[row].step))
            .map_or(0, |step| step.within_days);
        let slot = match slots.get(&(day, within)) {
            Some(slot) => *slot,
            None => {
                let slot = schedule::on(day, within, &setting.ground(&[], &[]))?;
                slots.insert((day, within), slot);
                slot
            }
        };
        // Another keeper, and the same day: its hours stay.
        let same = !late && day == items[at].day && rows[row].next_try_ms.is_none();
        let slot = match rows[row].from_ms {
            Some(from) if same => Slot { from, due: rows[row].due_ms },
            _ => slot,
        };
        moving.push(Moving { row, keeper, slot, late });
    }
    let mut hash = DefaultHasher::new();
    for moving in &moving {
        let row = &rows[moving.row];
        (row.promise_id, moving.keeper, moving.slot.from, moving.slot.due, row.from_ms, row.due_ms).hash(&mut hash);
    }
    Ok(Reckoned {
        moving,
        told: layout.told.into_iter().map(|at| of_row[at].0).collect(),
        no_room: layout.no_room.into_iter().map(|at| of_row[at].0).collect(),
        stamp: format!("{:016x}", hash.finish()),
        rows,
        templates,
    })
}

/// The days that do not suit people, of those of whom anything is known.
pub(super) async fn unsuited(db: &mut Db, setting: &Setting) -> Result<HashMap<PersonId, Unsuited>> {
    let mut unsuited: HashMap<PersonId, Unsuited> = HashMap::new();
    for (person, weekdays) in db.all::<(PersonId, Weekdays)>(&NEVER_ON, args![]).await? {
        unsuited.entry(person).or_default().weekdays = weekdays;
    }
    for (tag, span) in setting.groups() {
        for (person,) in db.all::<(PersonId,)>(&WITH_TAG, args![tag.as_str()]).await? {
            unsuited.entry(person).or_default().spans.push(*span);
        }
    }
    Ok(unsuited)
}

/// The days of steps that were just done, from which others keep their distance.
async fn kept(db: &mut Db, setting: &Setting) -> Result<HashMap<PersonId, Vec<NaiveDate>>> {
    let since = setting.now.plus_ms(-i64::from(setting.gap_days + 1) * DAY_MS);
    let mut kept: HashMap<PersonId, Vec<NaiveDate>> = HashMap::new();
    for (person, at) in db.all::<(PersonId, Millis)>(&KEPT_SINCE, args![since]).await? {
        kept.entry(person).or_default().push(setting.work.date_of(at));
    }
    Ok(kept)
}

struct DaysNow<'a> {
    setting: &'a Setting,
    unsuited: &'a HashMap<PersonId, Unsuited>,
    there: &'a [VolunteerId],
}

impl layout::Days for DaysNow<'_> {
    fn suits(&self, person: PersonId, keeper: Option<VolunteerId>, date: NaiveDate) -> bool {
        let worker = keeper.and_then(|id| self.setting.worker(id));
        self.setting.work.is_business_day(date)
            && !worker.is_some_and(|worker| worker.unsuited.has(date))
            && !self.unsuited.get(&person).is_some_and(|unsuited| unsuited.has(date))
    }

    fn limit(&self, keeper: Option<VolunteerId>) -> Option<u32> {
        keeper.and_then(|id| self.setting.worker(id)).and_then(|worker| worker.limit)
    }

    fn instead_of(&self, keeper: Option<VolunteerId>) -> &[VolunteerId] {
        match keeper.and_then(|id| self.setting.worker(id)) {
            Some(worker) if worker.left => self.there,
            _ => &[],
        }
    }
}

async fn shown(db: &mut Db, setting: &Setting, reckoned: &Reckoned) -> Result<Replanned> {
    let most = enter::MOST_SHOWN;
    let moving = || reckoned.moving.iter().take(most);
    let people: Vec<Value> = moving()
        .map(|moving| moving.row)
        .chain(reckoned.told.iter().copied().take(most))
        .chain(reckoned.no_room.iter().copied().take(most))
        .map(|row| reckoned.rows[row].person_id.into())
        .collect();
    let names: HashMap<PersonId, String> = db.among(&NAMES, people).await?.into_iter().collect();
    let words = |row: &OpenRow| {
        let template = reckoned.templates.get(&row.plan_version_id).map(|(_, template)| template);
        let step = template.and_then(|template| template.step(&row.step)).map(|step| step.title.clone());
        let name = names.get(&row.person_id).cloned().unwrap_or_default();
        (name, template.map(|template| template.name.clone()).unwrap_or_default(), step.unwrap_or_default())
    };
    let before =
        |row: &OpenRow| Stand { from_ms: row.from(), due_ms: row.due_ms, keeper: keeper_view(setting, row.keeper_id) };
    let stays = |row: &usize| {
        let row = &reckoned.rows[*row];
        let (name, plan, step) = words(row);
        Stays { enrolment: row.enrolment_id, person: row.person_id, name, plan, step, stand: before(row) }
    };
    let moves = moving().map(|moving| {
        let row = &reckoned.rows[moving.row];
        let (name, plan, step) = words(row);
        let (from_ms, due_ms) = (moving.slot.from, moving.slot.due);
        let after = Stand { from_ms, due_ms, keeper: keeper_view(setting, moving.keeper) };
        let (enrolment, person) = (row.enrolment_id, row.person_id);
        Moved { enrolment, person, name, plan, step, before: before(row), after, late: moving.late }
    });
    Ok(Replanned {
        move_count: super::count(reckoned.moving.len()),
        moves: moves.collect(),
        told_count: super::count(reckoned.told.len()),
        told: reckoned.told.iter().take(most).map(stays).collect(),
        no_room_count: super::count(reckoned.no_room.len()),
        no_room: reckoned.no_room.iter().take(most).map(stays).collect(),
        stamp: reckoned.stamp.clone(),
    })
}
