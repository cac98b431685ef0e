//! One timeline of everything about a person: what they said, what we did, what we promised, who changed what.

use uuid::Uuid;

use super::view::{TimelineItem, TimelineKind, TimelinePerson};
use crate::error::Result;
use crate::ids::{EditId, InquiryId, PersonId};
use crate::people::said_numbers;
use crate::store::Db;
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct Row {
    at_ms: Millis,
    kind: String,
    what: String,
    words: String,
    by_name: Option<String>,
    other_ms: Option<Millis>,
    record_id: Option<Uuid>,
    #[sqlx(default)]
    mixed_id: Option<PersonId>,
    #[sqlx(default)]
    mixed_name: Option<String>,
}

// Each part reads its own index backwards and stops at the limit; the parts are merged here.
statements! {
    MESSAGES = "SELECT m.received_ms AS at_ms, 'message' AS kind, m.source AS what, m.words, v.name AS by_name, \
        CAST(NULL AS BIGINT) AS other_ms, m.id AS record_id FROM message m LEFT JOIN volunteer v ON v.id = m.taken_by \
        WHERE m.person_id = $1 ORDER BY m.received_ms DESC LIMIT $2";
    TOUCHES = "SELECT t.at_ms, 'touch' AS kind, t.channel || ':' || t.direction || ':' || t.result AS what, \
        CASE WHEN t.with_whom = '' THEN t.notes WHEN t.notes = '' THEN 'with ' || t.with_whom \
          ELSE 'with ' || t.with_whom || '. ' || t.notes END AS words, \
        v.name AS by_name, t.duration_ms AS other_ms, t.id AS record_id, m.id AS mixed_id, m.name AS mixed_name \
        FROM touch t LEFT JOIN volunteer v ON v.id = t.volunteer_id \
        LEFT JOIN call c ON c.id = t.call_id LEFT JOIN person m ON m.id = c.meant_person_id \
        WHERE t.person_id = $1 ORDER BY t.at_ms DESC LIMIT $2";
    RANG_ANOTHER = "SELECT c.began_ms AS at_ms, 'rang_another' AS kind, '' AS what, '' AS words, v.name AS by_name, \
        CAST(NULL AS BIGINT) AS other_ms, c.id AS record_id, p.id AS mixed_id, p.name AS mixed_name \
        FROM call c JOIN person p ON p.id = c.person_id LEFT JOIN volunteer v ON v.id = c.volunteer_id \
        WHERE c.meant_person_id = $1 AND c.state <> 'never_made' ORDER BY c.began_ms DESC LIMIT $2";
    PROMISES_MADE = "SELECT p.made_ms AS at_ms, 'promise_made' AS kind, p.kind AS what, p.what AS words, \
        v.name AS by_name, p.due_ms AS other_ms, p.id AS record_id FROM promise p LEFT JOIN volunteer v ON v.id = p.keeper_id \
        WHERE p.person_id = $1 ORDER BY p.made_ms DESC LIMIT $2";
    PROMISES_ENDED = "SELECT p.ended_ms AS at_ms, 'promise_' || p.state AS kind, p.kind AS what, \
        CASE WHEN p.end_reason = '' THEN p.what ELSE p.end_reason END AS words, v.name AS by_name, p.due_ms AS other_ms, \
        p.id AS record_id FROM promise p LEFT JOIN volunteer v ON v.id = p.keeper_id \
        WHERE p.person_id = $1 AND p.ended_ms IS NOT NULL ORDER BY p.ended_ms DESC LIMIT $2";
    PROMISES_PASSED = "SELECT p.due_ms AS at_ms, 'promise_passed' AS kind, p.kind AS what, p.what AS words, \
        v.name AS by_name, p.made_ms AS other_ms, p.id AS record_id FROM promise p LEFT JOIN volunteer v ON v.id = p.keeper_id \
        WHERE p.person_id = $1 AND p.state = 'open' AND p.due_ms < $3 ORDER BY p.due_ms DESC LIMIT $2";
    INQUIRIES_ENDED = "SELECT i.ended_ms AS at_ms, 'inquiry_answered' AS kind, i.state AS what, i.about AS words, \
        CAST(NULL AS TEXT) AS by_name, i.clock_ms AS other_ms, i.id AS record_id FROM inquiry i \
        WHERE i.person_id = $1 AND i.ended_ms IS NOT NULL ORDER BY i.ended_ms DESC LIMIT $2";
    EDITS = "SELECT e.at_ms, 'edit' AS kind, e.action AS what, e.label AS words, v.name AS by_name, \
        CAST(NULL AS BIGINT) AS other_ms, e.id AS record_id FROM edit e LEFT JOIN volunteer v ON v.id = e.actor_id \
        WHERE (e.id IN (SELECT j.edit_id FROM journal j WHERE j.person_id = $1 ORDER BY j.seq DESC LIMIT 2000) \
          OR e.id = (SELECT w.came_with FROM person w WHERE w.id = $1)) \
        ORDER BY e.id DESC LIMIT $2";
}

/// Newest first, at most `limit`.
pub async fn of_person(db: &mut Db, now: Millis, person: PersonId, limit: u32) -> Result<Vec<TimelineItem>> {
    let mut rows: Vec<Row> = Vec::new();
    for part in [&MESSAGES, &TOUCHES, &RANG_ANOTHER, &PROMISES_MADE, &PROMISES_ENDED, &INQUIRIES_ENDED, &EDITS] {
        rows.extend(db.all::<Row>(part, args![person, limit]).await?);
    }
    rows.extend(db.all::<Row>(&PROMISES_PASSED, args![person, limit, now]).await?);
    // Of one instant, what was said and done stands above the edit that wrote it down.
    rows.sort_by_key(|row| (std::cmp::Reverse(row.at_ms), row.kind == "edit"));
    rows.truncate(limit as usize);
    let country = standards::association(db).await?.country;
    for row in rows.iter_mut().filter(|row| row.kind == "message") {
        row.words = said_numbers::covered(&row.words, &country);
    }
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let kind = TimelineKind::parse(&row.kind)?;
            Some(TimelineItem {
                at_ms: row.at_ms,
                kind,
                what: row.what,
                words: row.words,
                by: row.by_name,
                mixed_up_with: row.mixed_id.zip(row.mixed_name).map(|(id, name)| TimelinePerson { id, name }),
                other_ms: row.other_ms,
                edit: row.record_id.filter(|_| kind == TimelineKind::Edit).map(EditId),
                inquiry: row.record_id.filter(|_| kind == TimelineKind::InquiryAnswered).map(InquiryId),
            })
        })
        .collect())
}
