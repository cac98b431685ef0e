//! What the days of plans go by: the association's calendar, who does things and when they can, and what is known of people.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};

use super::condition::Known;
use super::schedule::Ground;
use super::workdays::{Unsuited, Workdays};
use crate::error::Result;
use crate::ids::{PersonId, PromiseId, VolunteerId};
use crate::people::{ReachKind, Standing};
use crate::promises::business_time::BusinessCalendar;
use crate::store::{Db, Value};
use crate::team::availability::{self, Capacity, Weekdays};
use crate::team::standards::{self, day};
use crate::team::volunteers::{self, VolunteerRole};
use crate::time::Millis;
use crate::{args, statements};

#[derive(Clone, Debug)]
pub struct Setting {
    pub now: Millis,
    pub today: NaiveDate,
    pub work: Workdays,
    pub gap_days: u32,
    /// In the order of their names; those who left too.
    pub workers: Vec<Worker>,
    groups: Vec<(String, (NaiveDate, NaiveDate))>,
}

/// A volunteer, and when they can.
#[derive(Clone, Debug)]
pub struct Worker {
    pub id: VolunteerId,
    pub name: String,
    pub role: VolunteerRole,
    pub left: bool,
    /// Touches a day.
    pub limit: Option<u32>,
    pub unsuited: Unsuited,
}

#[derive(sqlx::FromRow)]
struct KnownRow {
    id: PersonId,
    name: String,
    standing: Standing,
    keeper_id: Option<VolunteerId>,
    removed: bool,
    do_not_call: bool,
    never_on: Weekdays,
    spoken_ms: Option<Millis>,
    touched_ms: Option<Millis>,
}

statements! {
    KNOWN = "SELECT p.id, p.name, p.standing, p.keeper_id, p.removed_ms IS NOT NULL AS removed, p.do_not_call, p.never_on, \
        (SELECT MAX(t.at_ms) FROM touch t WHERE t.person_id = p.id AND (t.channel IN ('visit', 'event') \
          OR (t.channel = 'call' AND t.result IN ('spoke', 'not_now', 'do_not_call')))) AS spoken_ms, \
        (SELECT MAX(t.at_ms) FROM touch t WHERE t.person_id = p.id AND (t.direction = 'out' OR t.channel = 'call')) AS touched_ms \
        FROM person p WHERE p.id IN ($1)";
    TAGS_OF = "SELECT person_id, name FROM tag WHERE person_id IN ($1)";
    REFUSED_BY = "SELECT person_id, channel FROM consent WHERE NOT allowed AND person_id IN ($1)";
    PLANNED_FOR = "SELECT p.person_id, p.id, COALESCE(p.next_try_ms, p.from_ms, p.due_ms) AS at_ms FROM promise p \
        WHERE p.kind = 'plan_step' AND p.state = 'open' AND p.person_id IN ($1)";
    DONE_FOR = "SELECT p.person_id, MAX(p.ended_ms) AS at_ms FROM promise p WHERE p.kind = 'plan_step' AND p.state = 'kept' \
        AND p.person_id IN ($1) GROUP BY p.person_id";
    GET_NEVER_ON = "SELECT never_on FROM person WHERE id = $1";
    NEVER_ON = "UPDATE person SET never_on = $2 WHERE id = $1";
}

impl Setting {
    pub async fn of(db: &mut Db, now: Millis) -> Result<Self> {
        let calendar = standards::calendar(db).await?;
        Self::with(db, now, &calendar).await
    }

    /// As of the book, with another calendar.
    pub async fn with(db: &mut Db, now: Millis, calendar: &BusinessCalendar) -> Result<Self> {
        let today = now.in_zone(calendar.zone()).date_naive();
        let capacities = availability::capacities(db).await?;
        let leaves = availability::leaves(db).await?;
        let mut workers = Vec::new();
        for volunteer in volunteers::all(db).await? {
            let said = capacities.iter().find(|capacity| capacity.volunteer == volunteer.id);
            let capacity = said.copied().unwrap_or(Capacity::unsaid(volunteer.id));
            let mut spans = Vec::new();
            for leave in leaves.iter().filter(|leave| leave.volunteer == volunteer.id) {
                spans.push((day(&leave.from_day)?, day(&leave.to_day)?));
            }
            workers.push(Worker {
                id: volunteer.id,
                name: volunteer.name,
                role: volunteer.role,
                left: volunteer.left,
                limit: capacity.daily_limit,
                unsuited: Unsuited { weekdays: Weekdays(Weekdays::ALL.0 & !capacity.works_on.0), spans },
            });
        }
        let mut groups = Vec::new();
        for closure in availability::group_closures(db).await? {
            groups.push((closure.tag, (day(&closure.from_day)?, day(&closure.to_day)?)));
        }
        Ok(Self {
            now,
            today,
            work: Workdays::around(calendar, today)?,
            gap_days: availability::touch_gap_days(db).await?,
            workers,
            groups,
        })
    }

    /// Tags, and the days that do not suit whoever has them.
    pub fn groups(&self) -> &[(String, (NaiveDate, NaiveDate))] {
        &self.groups
    }

    pub fn worker(&self, id: VolunteerId) -> Option<&Worker> {
        self.workers.iter().find(|worker| worker.id == id)
    }

    pub fn there(&self) -> impl Iterator<Item = &Worker> {
        self.workers.iter().filter(|worker| !worker.left)
    }

    /// Lays a step where it suits the person and whoever does it. Where no day does, what is owed is owed all the same: on a
    /// day that suits the person, or on the first one. Planning anew, and whoever looks at it, will find it.
    pub fn lay<T>(
        &self,
        keeper: Option<VolunteerId>,
        person: Option<&Unsuited>,
        taken: &[NaiveDate],
        lay: impl Fn(&Ground<'_>) -> Result<T>,
    ) -> Result<T> {
        let worker = keeper.and_then(|id| self.worker(id)).map(|worker| &worker.unsuited);
        let both: Vec<&Unsuited> = person.into_iter().chain(worker).collect();
        let own = &both[..usize::from(person.is_some())];
        lay(&self.ground(&both, taken))
            .or_else(|_| lay(&self.ground(own, taken)))
            .or_else(|_| lay(&self.ground(&[], &[])))
    }

    pub fn ground<'a>(&'a self, unsuited: &'a [&'a Unsuited], taken: &'a [NaiveDate]) -> Ground<'a> {
        Ground { work: &self.work, unsuited, taken, gap_days: self.gap_days, now: self.now }
    }

    /// Nobody holds a plan, or lets people begin, until a later day.
    pub fn furthest(&self) -> NaiveDate {
        self.today + Days::new(731)
    }

    /// What is known of each of these people; nobody who is not in the book.
    pub async fn known(&self, db: &mut Db, people: &[PersonId]) -> Result<HashMap<PersonId, Known>> {
        let keys = || -> Vec<Value> { people.iter().copied().map(Value::from).collect() };
        let mut tags: HashMap<PersonId, HashSet<String>> = HashMap::new();
        for (person, tag) in db.among::<(PersonId, String)>(&TAGS_OF, keys()).await? {
            tags.entry(person).or_default().insert(tag);
        }
        let mut refused: HashMap<PersonId, Vec<ReachKind>> = HashMap::new();
        for (person, channel) in db.among::<(PersonId, ReachKind)>(&REFUSED_BY, keys()).await? {
            refused.entry(person).or_default().push(channel);
        }
        let rows: Vec<KnownRow> = db.among(&KNOWN, keys()).await?;
        let known = rows.into_iter().map(|row| {
            let tags = tags.remove(&row.id).unwrap_or_default();
            let spans = self.groups.iter().filter(|(tag, _)| tags.contains(tag)).map(|(_, span)| *span).collect();
            let known = Known {
                person: row.id,
                name: row.name,
                standing: row.standing,
                keeper: row.keeper_id,
                removed: row.removed,
                do_not_call: row.do_not_call,
                refused: refused.remove(&row.id).unwrap_or_default(),
                tags,
                spoken_ms: row.spoken_ms,
                touched_ms: row.touched_ms,
                zone: self.work.calendar().zone(),
                unsuited: Unsuited { weekdays: row.never_on, spans },
            };
            (row.id, known)
        });
        Ok(known.collect())
    }

    /// The days on which each of these people has a touch already, to come or just past, beside that of one promise.
    pub async fn taken(
        &self,
        db: &mut Db,
        known: &HashMap<PersonId, Known>,
        but: Option<PromiseId>,
    ) -> Result<HashMap<PersonId, Vec<NaiveDate>>> {
        let keys: Vec<Value> = known.keys().copied().map(Value::from).collect();
        let mut taken: HashMap<PersonId, Vec<NaiveDate>> = HashMap::new();
        for (person, promise, at) in db.among::<(PersonId, PromiseId, Millis)>(&PLANNED_FOR, keys.clone()).await? {
            if Some(promise) != but {
                taken.entry(person).or_default().push(self.work.date_of(at));
            }
        }
        for (person, at) in db.among::<(PersonId, Millis)>(&DONE_FOR, keys).await? {
            taken.entry(person).or_default().push(self.work.date_of(at));
        }
        for known in known.values() {
            if let Some(at) = known.touched_ms {
                taken.entry(known.person).or_default().push(self.work.date_of(at));
            }
        }
        Ok(taken)
    }
}

pub async fn never_on(db: &mut Db, person: PersonId) -> Result<Weekdays> {
    let (days,): (Weekdays,) = db.one(&GET_NEVER_ON, args![person], "person").await?;
    Ok(days)
}

/// The weekdays that do not suit them.
pub async fn set_never_on(edit: &mut crate::store::Edit, person: PersonId, days: Weekdays) -> Result<()> {
    if days.0 >= Weekdays::ALL.0 {
        return Err(crate::Error::invalid("One weekday has to suit them. Put what they are in on hold instead."));
    }
    let name = crate::people::person::reference(edit, person).await?.name;
    edit.run(&NEVER_ON, args![person, days.0]).await?;
    edit.about(name);
    Ok(())
}
