//! Entering people into a plan: one by hand, many of a list, or whoever a rule names. What is shown first is what is done,
//! reckoned by the same function.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::catalogue::{self, PlanVersion};
use super::condition::Known;
use super::run::{self, Act, EnrolmentRow, EnrolmentState, Owing, Run};
use super::schedule::{Base, Slot};
use super::setting::Setting;
use super::template::Template;
use super::{condition, spread, write};
use crate::error::{Error, Result};
use crate::ids::{EnrolmentId, PersonId, PlanId, PlanRuleId, VolunteerId};
use crate::people::{PeopleQuery, fields, order};
use crate::store::{Actor, Book, Db, Edit, Value};
use crate::team::standards::day;
use crate::team::volunteers::Keeper;
use crate::time::Millis;
use crate::{args, statements};

/// Who is to enter which plan. Those whom the list names first come first where there is not room for all on a day.
#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct Entering {
    pub plan: PlanId,
    /// These people; where there are none, those of the list.
    #[serde(default)]
    pub people: Vec<PersonId>,
    #[serde(default)]
    pub list: Option<PeopleQuery>,
    /// The event, the renewal, the anniversary: `YYYY-MM-DD`.
    #[serde(default)]
    pub date: Option<String>,
    /// They begin on this day, `YYYY-MM-DD`, or the first open one after it; `None`: now.
    #[serde(default)]
    pub start: Option<String>,
    /// Let each begin when all that follows finds room on days on which nobody has more than they take on.
    #[serde(default)]
    pub spread: bool,
    /// Whoever has been through it before may again.
    #[serde(default)]
    pub again: bool,
}

/// Someone who enters, and what comes first.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Entrant {
    pub person: PersonId,
    pub name: String,
    pub step: String,
    pub from_ms: Millis,
    pub due_ms: Millis,
    pub keeper: Option<Keeper>,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct StaysOut {
    pub person: PersonId,
    pub name: String,
    pub why: String,
}

#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub day: String,
    pub count: u32,
}

/// Who would enter, and who would not. The lists stop at [`MOST_SHOWN`]; the counts do not.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct EnterPreview {
    pub plan: String,
    pub enter: u32,
    pub entrants: Vec<Entrant>,
    pub stay_out: u32,
    pub out: Vec<StaysOut>,
    /// On which days the first steps fall.
    pub days: Vec<DayCount>,
    /// How many begin later than they would if everyone had time.
    pub later: u32,
}

pub const MOST_SHOWN: usize = 500;

pub(super) struct Entry {
    pub person: PersonId,
    name: String,
    pub date: Option<NaiveDate>,
    /// From when its waits are counted: now, or the day on which they begin.
    pub joined: Millis,
    acts: Vec<Act>,
}

impl Entry {
    /// The step that comes first, by its place in the plan.
    pub fn first(&self) -> Option<(usize, Slot, Option<VolunteerId>)> {
        match self.acts.last() {
            Some(Act::Open { at, slot, keeper }) => Some((*at, *slot, *keeper)),
            _ => None,
        }
    }

    pub fn begin(&mut self, joined: Millis, first: Slot) {
        self.joined = joined;
        if let Some(Act::Open { slot, .. }) = self.acts.last_mut() {
            *slot = first;
        }
    }
}

pub(super) struct Reckoned {
    pub version: PlanVersion,
    pub entries: Vec<Entry>,
    pub out: Vec<StaysOut>,
    pub known: HashMap<PersonId, Known>,
    later: u32,
}

statements! {
    ADD = "INSERT INTO enrolment (id, person_id, plan_version_id, rule_id, state, joined_ms, anchor_day, priority, held_ms, \
        held_until_day, held_by, held_why, held_days, held_open_ms, resumed_ms, ended_ms, end_reason) \
        VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, NULL, NULL, NULL, '', 0, 0, NULL, NULL, '')";
    BEEN_IN = "SELECT e.person_id, e.state FROM enrolment e JOIN plan_version v ON v.id = e.plan_version_id \
        WHERE v.plan_id = $1 AND e.person_id IN ($2)";
    DATES = "SELECT v.person_id, v.value FROM field_value v WHERE v.field_id = $1 AND v.person_id IN ($2)";
}

/// Who would enter, when their first steps would come, and why others would not.
pub async fn preview(db: &mut Db, now: Millis, entering: &Entering) -> Result<EnterPreview> {
    let setting = Setting::of(db, now).await?;
    let people = people(db, now, entering).await?;
    let reckoned = reckon(db, &setting, entering, &people).await?;
    let mut days: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    let mut entrants = Vec::new();
    for entry in &reckoned.entries {
        let Some((at, slot, keeper)) = entry.first() else { continue };
        *days.entry(setting.work.date_of(slot.from)).or_default() += 1;
        if entrants.len() < MOST_SHOWN {
            entrants.push(Entrant {
                person: entry.person,
                name: entry.name.clone(),
                step: reckoned.version.template.steps[at].title.clone(),
                from_ms: slot.from,
                due_ms: slot.due,
                keeper: super::keeper_view(&setting, keeper),
            });
        }
    }
    Ok(EnterPreview {
        plan: reckoned.version.template.name.clone(),
        enter: super::count(reckoned.entries.len()),
        entrants,
        stay_out: super::count(reckoned.out.len()),
        out: reckoned.out.into_iter().take(MOST_SHOWN).collect(),
        days: days.into_iter().map(|(day, count)| DayCount { day: day.to_string(), count }).collect(),
        later: reckoned.later,
    })
}

/// Enters them, all in one edit. Answers how many, and why others did not.
pub async fn enter(book: &Book, actor: Actor, entering: &Entering) -> Result<EnterPreview> {
    let mut edit = book.write(actor, "enter_plan").await?;
    let now = edit.at;
    let setting = Setting::of(&mut edit, now).await?;
    let people = people(&mut edit, now, entering).await?;
    let reckoned = reckon(&mut edit, &setting, entering, &people).await?;
    let done = EnterPreview {
        plan: reckoned.version.template.name.clone(),
        enter: super::count(reckoned.entries.len()),
        entrants: Vec::new(),
        stay_out: super::count(reckoned.out.len()),
        out: reckoned.out.iter().take(MOST_SHOWN).cloned().collect(),
        days: Vec::new(),
        later: reckoned.later,
    };
    let about = match reckoned.entries.as_slice() {
        [one] => format!("{}: {}", reckoned.version.template.name, one.name),
        many => format!("{}: {} people", reckoned.version.template.name, many.len()),
    };
    write_all(&mut edit, &reckoned, None).await?;
    edit.about(about);
    edit.commit().await?;
    Ok(done)
}

pub(super) async fn write_all(edit: &mut Edit, reckoned: &Reckoned, rule: Option<PlanRuleId>) -> Result<()> {
    for (priority, entry) in (0_i64..).zip(&reckoned.entries) {
        let id = EnrolmentId::new();
        let date = entry.date.map(|date| date.to_string());
        edit.add(&ADD, args![id, entry.person, reckoned.version.id, rule, entry.joined, date, priority]);
        write::act(edit, id, entry.person, &reckoned.version.template, &entry.acts).await?;
    }
    Ok(())
}

pub(super) async fn people(db: &mut Db, now: Millis, entering: &Entering) -> Result<Vec<PersonId>> {
    match (&entering.list, entering.people.is_empty()) {
        (Some(query), true) => Ok(order::order(db, now, query).await?.ids),
        _ => Ok(entering.people.clone()),
    }
}

pub(super) async fn reckon(
    db: &mut Db,
    setting: &Setting,
    entering: &Entering,
    people: &[PersonId],
) -> Result<Reckoned> {
    let row = catalogue::row(db, entering.plan).await?;
    if row.retired {
        return Err(Error::refused(format!("“{}” was retired. Bring it back first.", row.name)));
    }
    let version = catalogue::newest(db, entering.plan).await?;
    let template = &version.template;
    let said = entering.date.as_deref().map(day).transpose()?;
    let joined = begins(setting, entering.start.as_deref())?;
    let dates = dates(db, template, people).await?;
    let keys: Vec<Value> = people.iter().copied().map(Value::from).collect();
    let been: Vec<(PersonId, EnrolmentState)> = db.among_these(&BEEN_IN, args![entering.plan], keys).await?;
    let mut been_in: HashMap<PersonId, bool> = HashMap::new();
    for (person, state) in been {
        *been_in.entry(person).or_default() |= matches!(state, EnrolmentState::Running | EnrolmentState::Held);
    }
    let known = setting.known(db, people).await?;
    let taken = setting.taken(db, &known, None).await?;
    let mut owing = Owing::of(db).await?;
    let (mut entries, mut out): (Vec<Entry>, Vec<StaysOut>) = (Vec::new(), Vec::new());
    let mut seen = std::collections::HashSet::new();
    for (priority, person) in (0_i64..).zip(people) {
        if !seen.insert(*person) {
            continue;
        }
        let Some(who) = known.get(person) else {
            return Err(Error::not_found("Somebody of these is not in the book any more."));
        };
        let date = said.or(dates.get(person).copied());
        let refused = refusal(template, who, been_in.get(person).copied(), entering.again, date, setting.now);
        if let Some(why) = refused {
            out.push(StaysOut { person: *person, name: who.name.clone(), why });
            continue;
        }
        let run = newcomer(&version, *person, date, priority, joined);
        let none = Vec::new();
        let acts = run::next(&run, template, who, setting, taken.get(person).unwrap_or(&none), &mut owing)?;
        if matches!(acts.last(), Some(Act::Open { .. })) {
            entries.push(Entry { person: *person, name: who.name.clone(), date, joined, acts });
        } else {
            let why = acts.iter().find_map(|act| match act {
                Act::Skip { why, .. } | Act::Leave { why } => Some(why.clone()),
                _ => None,
            });
            let why = why.unwrap_or_else(|| "Nothing of it is to be done".into());
            out.push(StaysOut { person: *person, name: who.name.clone(), why });
        }
    }
    let later = match entering.spread {
        true => spread::spread(db, setting, &version, &known, &taken, &mut entries).await?,
        false => 0,
    };
    Ok(Reckoned { version, entries, out, known, later })
}

/// Now, or when we open on the day on which they are to begin.
fn begins(setting: &Setting, start: Option<&str>) -> Result<Millis> {
    let Some(start) = start.map(day).transpose()? else { return Ok(setting.now) };
    if start < setting.today {
        return Err(Error::invalid("They cannot begin on a day that is over."));
    }
    if start > setting.furthest() {
        return Err(Error::invalid("Nobody plans so far ahead. Let them begin within two years."));
    }
    let opens = setting.work.hours_of(setting.work.after(start, 0)?)?.0;
    Ok(opens.max(setting.now))
}

fn newcomer(version: &PlanVersion, person: PersonId, date: Option<NaiveDate>, priority: i64, joined: Millis) -> Run {
    Run {
        row: EnrolmentRow {
            id: EnrolmentId::new(),
            person_id: person,
            plan_version_id: version.id,
            state: EnrolmentState::Running,
            joined_ms: joined,
            anchor_day: None,
            priority,
            held_ms: None,
            held_until_day: None,
            held_why: String::new(),
            held_days: 0,
            held_open_ms: 0,
            resumed_ms: None,
            ended_ms: None,
            end_reason: String::new(),
        },
        date,
        steps: Vec::new(),
    }
}

fn refusal(
    template: &Template,
    known: &condition::Known,
    been_in: Option<bool>,
    again: bool,
    date: Option<NaiveDate>,
    now: Millis,
) -> Option<String> {
    match been_in {
        Some(true) => return Some("Is in this plan already".into()),
        Some(false) if !again => return Some("Has been through this plan before".into()),
        _ => {}
    }
    if let Some((why, _)) = run::leaves(template, known, now) {
        return Some(why);
    }
    match (template.date_of, date) {
        (Some(of), None) => Some(format!("Nobody knows the date of the {}", of.as_str())),
        _ => None,
    }
}

/// What the association's own field of that name says of each.
async fn dates(db: &mut Db, template: &Template, people: &[PersonId]) -> Result<HashMap<PersonId, NaiveDate>> {
    if template.date_of.is_none() || template.date_field.trim().is_empty() {
        return Ok(HashMap::new());
    }
    let Some(field) = fields::named(db, &template.date_field).await? else { return Ok(HashMap::new()) };
    let keys: Vec<Value> = people.iter().copied().map(Value::from).collect();
    let rows: Vec<(PersonId, String)> = db.among_these(&DATES, args![field.id], keys).await?;
    // A field that holds words may hold what is no date.
    Ok(rows.into_iter().filter_map(|(person, value)| Some((person, value.parse().ok()?))).collect())
}

/// A step before an event is not laid after it.
pub(super) fn last_day(template: &Template, at: usize, date: Option<NaiveDate>) -> Option<NaiveDate> {
    let before = template.steps.get(at).is_some_and(|step| step.when.base == Base::BeforeDate);
    date.filter(|_| before)
}

/// One person, by hand.
pub async fn enter_one(
    book: &Book,
    actor: Actor,
    plan: PlanId,
    person: PersonId,
    date: Option<String>,
) -> Result<EnterPreview> {
    let entering = Entering { plan, people: vec![person], list: None, date, start: None, spread: false, again: true };
    let done = enter(book, actor, &entering).await?;
    match done.out.first() {
        Some(out) => Err(Error::refused(format!("{} does not enter: {}.", out.name, out.why))),
        None => Ok(done),
    }
}
