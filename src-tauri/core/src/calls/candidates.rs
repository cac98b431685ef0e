//! Who a message or a caller may be: shown to be chosen, never asserted.

use super::inquiry;
use super::view::Candidate;
use crate::error::Result;
use crate::ids::{PersonId, PromiseId, ReachId};
use crate::people::{PersonRef, ReachKind, Standing, finding, phone, reaches};
use crate::store::Db;
use crate::team::standards;
use crate::time::Millis;
use crate::{args, statements};

/// As many as the number keys reach, and "someone new" beside them.
const MOST: usize = 8;
/// A switchboard may have more; those who wait come first among them.
const MOST_OF_A_NUMBER: u32 = 200;

#[derive(sqlx::FromRow)]
struct Row {
    id: PersonId,
    name: String,
    standing: Standing,
    organisation: Option<String>,
    about: Option<String>,
    clock_ms: Option<Millis>,
    owed: Option<String>,
    owed_id: Option<PromiseId>,
    made_ms: Option<Millis>,
}

macro_rules! candidate {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.name, p.standing, i.about, i.clock_ms, w.what AS owed, w.id AS owed_id, w.made_ms, \
            (SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
               WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS organisation \
            FROM person p LEFT JOIN inquiry i ON i.person_id = p.id AND i.state = 'open' \
            LEFT JOIN promise w ON w.id = (SELECT f.id FROM promise f WHERE f.person_id = p.id AND f.state = 'open' \
              ORDER BY f.due_ms, f.id LIMIT 1) ",
            $rest
        )
    };
}

statements! {
    ONE = candidate!("WHERE p.id = $1 AND p.removed_ms IS NULL");
    OF_A_NUMBER = candidate!("WHERE p.removed_ms IS NULL AND p.id IN \
        (SELECT h.person_id FROM reach h WHERE h.kind = 'phone' AND h.value = $1 AND NOT h.unreadable) \
        ORDER BY COALESCE(i.clock_ms, w.made_ms, 9000000000000000), p.sort_key, p.id LIMIT $2");
    REACH_OF = "SELECT id FROM reach WHERE person_id = $1 AND kind = $2 AND value = $3 AND NOT unreadable \
        ORDER BY position LIMIT 1";
}

/// By a whole number, digits of one, or words of a name; at most 8. Whoever has the whole number comes first, then whoever
/// has waited longest.
pub async fn of(db: &mut Db, typed: &str) -> Result<Vec<Candidate>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let country = standards::association(db).await?.country;
    let whole = phone::parse(typed, &country).ok();
    let mut found: Vec<(Row, bool)> = Vec::new();
    if let Some(number) = &whole {
        let holders: Vec<Row> = db.all(&OF_A_NUMBER, args![&number.e164, MOST_OF_A_NUMBER]).await?;
        found.extend(holders.into_iter().map(|row| (row, true)));
    }
    // Whoever waits is looked for by themselves: among many of a name, a search by rank would leave them out.
    let mut ids = finding::find_waiting(db, typed, MOST as u32).await?;
    ids.extend(finding::find(db, typed, MOST as u32).await?);
    for id in ids {
        if found.iter().any(|(row, _)| row.id == id) {
            continue;
        }
        if let Some(row) = db.maybe(&ONE, args![id]).await? {
            found.push((row, false));
        }
    }
    found.sort_by_key(|(row, matches)| (!matches, row.since().map_or(i64::MAX, |since| since.0)));
    found.truncate(MOST);
    let mut candidates = Vec::with_capacity(found.len());
    for (row, number_matches) in found {
        let numbers = reaches::rows_of(db, row.id).await?;
        let reach: Option<ReachId> = match whole.as_ref().filter(|_| number_matches) {
            Some(number) => {
                let one: Option<(ReachId,)> =
                    db.maybe(&REACH_OF, args![row.id, ReachKind::Phone, &number.e164]).await?;
                one.map(|(id,)| id)
            }
            None => None,
        };
        candidates.push(Candidate {
            waits_for: inquiry::waits_for(row.about.as_deref(), row.owed.as_deref()),
            waiting_since_ms: row.since(),
            promise: row.owed_id,
            reach,
            number_matches,
            phone_endings: numbers.into_iter().filter_map(|row| reaches::covered(row).ending).collect(),
            person: PersonRef { id: row.id, name: row.name, organisation: row.organisation, standing: row.standing },
        });
    }
    Ok(candidates)
}

impl Row {
    fn since(&self) -> Option<Millis> {
        self.clock_ms.or(self.made_ms)
    }
}
