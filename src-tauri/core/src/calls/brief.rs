//! What a caller reads before dialling.

use chrono::Timelike;
use chrono_tz::Tz;

use super::script::Purpose;
use super::view::{Brief, BriefOf, Direction, TouchChannel, TouchView};
use super::{inquiry, others, scripts};
use crate::error::{Error, Result};
use crate::ids::{CallId, PersonId, PromiseId, TouchId};
use crate::people::{facts, person, reaches};
use crate::promises::ledger::{self, PromiseKind, PromiseState, PromiseView};
use crate::promises::{may_ring, today};
use crate::store::Db;
use crate::time::Millis;
use crate::{args, statements};

/// As many touches as one reads before a call; the timeline has them all.
const TOUCHES: u32 = 8;

#[derive(sqlx::FromRow)]
struct TouchRow {
    id: TouchId,
    at_ms: Millis,
    direction: Direction,
    channel: TouchChannel,
    result: String,
    notes: String,
    by: Option<String>,
    duration_ms: Option<i64>,
    mixed_up_with: Option<String>,
}

#[derive(sqlx::FromRow)]
struct TouchFactRow {
    touch_id: TouchId,
    how: String,
    words: String,
}

statements! {
    TOUCHES_OF = "SELECT t.id, t.at_ms, t.direction, t.channel, t.result, t.notes, v.name AS \"by\", t.duration_ms, \
        m.name AS mixed_up_with FROM touch t LEFT JOIN volunteer v ON v.id = t.volunteer_id \
        LEFT JOIN call c ON c.id = t.call_id LEFT JOIN person m ON m.id = c.meant_person_id \
        WHERE t.person_id = $1 ORDER BY t.at_ms DESC, t.id DESC LIMIT $2";
    // Meant for them, and somebody else answered: they are still waiting.
    RANG_ANOTHER = "SELECT c.id, c.began_ms AS at_ms, 'out' AS direction, 'call' AS channel, 'rang_another' AS result, \
        '' AS notes, v.name AS \"by\", CAST(NULL AS BIGINT) AS duration_ms, p.name AS mixed_up_with \
        FROM call c JOIN person p ON p.id = c.person_id LEFT JOIN volunteer v ON v.id = c.volunteer_id \
        WHERE c.meant_person_id = $1 AND c.state <> 'never_made' ORDER BY c.began_ms DESC LIMIT $2";
    FACTS_OF_TOUCHES = "SELECT l.touch_id, l.how, f.words FROM touch_fact l JOIN fact f ON f.id = l.fact_id \
        WHERE f.person_id = $1 ORDER BY f.learned_ms DESC, f.id DESC LIMIT 500";
    LAST_NOTE = "SELECT note_for_next FROM touch WHERE person_id = $1 AND note_for_next <> '' \
        ORDER BY at_ms DESC, id DESC LIMIT 1";
    SPOKEN_ABOUT = "SELECT COUNT(*) FROM touch WHERE result IN ('spoke', 'not_now') \
        AND (promise_id = $1 OR (inquiry_id IS NOT NULL AND inquiry_id = $2))";
    TRIED_FOR = "SELECT COUNT(*) FROM touch WHERE direction = 'out' AND promise_id = $1";
    UNFINISHED_OF = "SELECT id FROM call WHERE person_id = $1 AND state = 'begun' ORDER BY began_ms LIMIT 1";
}

/// As many sheets as Today has people.
const MOST_BRIEFS: usize = today::MOST_ITEMS;

/// The briefs of several people, for paper: as covered as on the window.
pub async fn briefs(db: &mut Db, now: Millis, of: &[BriefOf]) -> Result<Vec<Brief>> {
    if of.len() > MOST_BRIEFS {
        return Err(Error::invalid(format!("At most {MOST_BRIEFS} people fit on call sheets at once.")));
    }
    let mut briefs = Vec::with_capacity(of.len());
    for one in of {
        briefs.push(brief(db, now, one.person, one.promise).await?);
    }
    Ok(briefs)
}

/// Without a promise: of the open promise that is due first, where there is one.
pub async fn brief(db: &mut Db, now: Millis, id: PersonId, promise: Option<PromiseId>) -> Result<Brief> {
    let who = person::get(db, id).await?;
    let promise = match promise {
        Some(promise) => Some(ledger::get(db, promise).await?).filter(|promise| promise.person == id),
        None => inquiry::first_open(db, id).await?,
    };
    let late = promise.as_ref().is_some_and(|promise| promise.state == PromiseState::Open && promise.due_ms < now);
    let reason = match &promise {
        Some(promise) => today::reason(db, promise.id, now).await?,
        None => Vec::new(),
    };
    let last_promise = ledger::of_person(db, id)
        .await?
        .into_iter()
        .filter(|promise| promise.state != PromiseState::Open)
        .max_by_key(|promise| (promise.ended_ms, promise.id));
    let open = inquiry::open_of(db, id).await?;
    let matter = promise.as_ref().and_then(|promise| promise.inquiry).or(open.as_ref().map(|open| open.id));
    let messages = match matter {
        Some(matter) => inquiry::messages(db, matter).await?,
        None => Vec::new(),
    };
    let zone: Option<Tz> = who.zone.as_deref().and_then(|zone| zone.parse().ok());
    let their_minute =
        zone.map(|zone| now.in_zone(zone)).and_then(|there| u16::try_from(there.num_seconds_from_midnight() / 60).ok());
    let note: Option<(String,)> = db.maybe(&LAST_NOTE, args![id]).await?;
    let unfinished: Option<(CallId,)> = db.maybe(&UNFINISHED_OF, args![id]).await?;
    let script = purpose(db, promise.as_ref(), now).await?;
    let script = scripts::outline(db, script).await?;
    let (others, more_others) = others::first_near(db, id, None, others::MOST_SHOWN).await?;
    let title = who.roles.iter().find(|role| role.to_day.is_none()).map(|role| role.title.clone());
    Ok(Brief {
        person: person::reference(db, id).await?,
        title: title.unwrap_or_default(),
        place: who.place,
        roles: who.roles,
        reason,
        late,
        last_promise,
        waiting_since_ms: open.map(|open| open.clock_ms),
        messages,
        others: others.into_iter().map(|near| near.other).collect(),
        more_others,
        facts: facts::of_person(db, id).await?,
        touches: touches(db, id, TOUCHES).await?,
        note_for_next: note.map(|(note,)| note),
        reaches: reaches::of_person(db, id).await?,
        not_now: may_ring::ask(db, id, now).await?,
        their_minute,
        script_name: script.name,
        at_hand: script.at_hand,
        unfinished_call: unfinished.map(|(call,)| call),
        promise,
    })
}

/// Which script a call that we make begins with.
pub(super) async fn purpose(db: &mut Db, promise: Option<&PromiseView>, now: Millis) -> Result<Purpose> {
    let Some(promise) = promise else { return Ok(Purpose::General) };
    if promise.kind != PromiseKind::Callback {
        return Ok(Purpose::AsPromised);
    }
    let spoken: i64 = db.scalar(&SPOKEN_ABOUT, args![promise.id, promise.inquiry]).await?;
    let tried: i64 = db.scalar(&TRIED_FOR, args![promise.id]).await?;
    Ok(match (spoken > 0, promise.due_ms < now && tried == 0) {
        (true, _) => Purpose::AsPromised,
        // "Nobody rang you back" is said only where that is true.
        (false, true) => Purpose::LateCallBack,
        (false, false) => Purpose::CallBack,
    })
}

/// Newest first.
async fn touches(db: &mut Db, person: PersonId, limit: u32) -> Result<Vec<TouchView>> {
    let mut rows: Vec<TouchRow> = db.all(&TOUCHES_OF, args![person, limit]).await?;
    rows.extend(db.all::<TouchRow>(&RANG_ANOTHER, args![person, limit]).await?);
    rows.sort_by_key(|row| std::cmp::Reverse(row.at_ms));
    rows.truncate(limit as usize);
    let facts: Vec<TouchFactRow> = db.all(&FACTS_OF_TOUCHES, args![person]).await?;
    let words = |touch: TouchId, how: &str| {
        let theirs = facts.iter().filter(|fact| fact.touch_id == touch && fact.how == how);
        theirs.map(|fact| fact.words.clone()).collect()
    };
    let view = |row: TouchRow| TouchView {
        learned: words(row.id, "learned"),
        used: words(row.id, "used"),
        at_ms: row.at_ms,
        direction: row.direction,
        channel: row.channel,
        result: row.result,
        notes: row.notes,
        by: row.by,
        duration_ms: row.duration_ms.and_then(|ms| u32::try_from(ms).ok()),
        mixed_up_with: row.mixed_up_with,
    };
    Ok(rows.into_iter().map(view).collect())
}
