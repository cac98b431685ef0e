//! Ways to reach a person. A number that cannot be read is kept as it was typed, and flagged.

use std::str::FromStr as _;

use email_address::EmailAddress;

use super::person::one_line;
use super::{NewReach, Reach, ReachChange, ReachKind, ReachState, Voicemail, phone};
use crate::error::{Error, Result};
use crate::ids::{PersonId, ReachId};
use crate::store::{Db, Edit};
use crate::team::standards;
use crate::{args, statements};

/// A reach as the book keeps it: with the whole number. For `calls::dial`, the exchange and this area alone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReachRow {
    pub id: ReachId,
    pub person_id: PersonId,
    pub kind: ReachKind,
    pub value: String,
    pub extension: Option<String>,
    pub as_typed: String,
    pub unreadable: bool,
    pub label: String,
    pub state: ReachState,
    pub voicemail: Voicemail,
    pub best_times: String,
    pub shared_with: i64,
}

statements! {
    ADD = "INSERT INTO reach (id, person_id, kind, value, extension, as_typed, unreadable, label, state, voicemail, \
        best_times, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'good', 'unknown', '', \
        (SELECT COALESCE(MAX(position), 0) + 1 FROM reach WHERE person_id = $2))";
    SAME = "SELECT COUNT(*) FROM reach WHERE person_id = $1 AND kind = $2 AND value = $3 \
        AND COALESCE(extension, '') = COALESCE(CAST($4 AS TEXT), '')";
    OF_PERSON = "SELECT r.id, r.person_id, r.kind, r.value, r.extension, r.as_typed, r.unreadable, r.label, r.state, \
        r.voicemail, r.best_times, (SELECT COUNT(DISTINCT s.person_id) FROM reach s JOIN person q ON q.id = s.person_id \
          WHERE s.value = r.value AND s.kind = r.kind AND s.person_id <> r.person_id AND q.removed_ms IS NULL \
          AND (COALESCE(r.extension, '') = '' OR COALESCE(s.extension, '') IN ('', r.extension))) AS shared_with \
        FROM reach r WHERE r.person_id = $1 ORDER BY CASE WHEN r.state = 'good' THEN 0 ELSE 1 END, r.kind DESC, r.position";
    GET = "SELECT r.id, r.person_id, r.kind, r.value, r.extension, r.as_typed, r.unreadable, r.label, r.state, \
        r.voicemail, r.best_times, (SELECT COUNT(DISTINCT s.person_id) FROM reach s JOIN person q ON q.id = s.person_id \
          WHERE s.value = r.value AND s.kind = r.kind AND s.person_id <> r.person_id AND q.removed_ms IS NULL \
          AND (COALESCE(r.extension, '') = '' OR COALESCE(s.extension, '') IN ('', r.extension))) AS shared_with \
        FROM reach r WHERE r.id = $1";
    SET_LABEL = "UPDATE reach SET label = $2 WHERE id = $1";
    SET_STATE = "UPDATE reach SET state = $2 WHERE id = $1";
    SET_VOICEMAIL = "UPDATE reach SET voicemail = $2 WHERE id = $1";
    SET_BEST_TIMES = "UPDATE reach SET best_times = $2 WHERE id = $1";
    REMOVE = "DELETE FROM reach WHERE id = $1";
    // Two extensions of one switchboard are two numbers; without one, whoever answers may be either.
    SHARING = "SELECT DISTINCT r.person_id FROM reach r JOIN person p ON p.id = r.person_id \
        WHERE r.kind = $1 AND r.value = $2 AND r.person_id <> $3 AND p.removed_ms IS NULL \
        AND (CAST($4 AS TEXT) = '' OR COALESCE(r.extension, '') IN ('', $4)) ORDER BY r.person_id";
    HOLDERS = "SELECT DISTINCT r.person_id FROM reach r JOIN person p ON p.id = r.person_id \
        WHERE r.kind = $1 AND r.value = $2 AND p.removed_ms IS NULL ORDER BY r.person_id LIMIT 100";
    UNLINK_CALLS = "SELECT COUNT(*) FROM call WHERE reach_id = $1";
}

/// Adds a reach; `None` where the person has the very same one already.
pub async fn add(edit: &mut Edit, person: PersonId, new: &NewReach) -> Result<Option<ReachId>> {
    let typed = new.typed.trim();
    if typed.is_empty() {
        return Err(Error::invalid("Type the number or address first."));
    }
    let country = standards::association(edit).await?.country;
    let (value, extension, unreadable) = read(new.kind, typed, &country)?;
    let same: i64 = edit.scalar(&SAME, args![person, new.kind, &value, extension.clone()]).await?;
    if same > 0 {
        return Ok(None);
    }
    let id = ReachId::new();
    edit.run(&ADD, args![id, person, new.kind, value, extension, typed, unreadable, one_line(&new.label)]).await?;
    Ok(Some(id))
}

/// What the book keeps of a typed reach: value, extension, and whether it could not be read.
pub fn read(kind: ReachKind, typed: &str, country: &str) -> Result<(String, Option<String>, bool)> {
    Ok(match kind {
        ReachKind::Phone => match phone::parse(typed, country) {
            Ok(number) => (number.e164, number.extension, false),
            Err(_) => (typed.to_owned(), None, true),
        },
        ReachKind::Email => {
            let address = EmailAddress::from_str(typed).map_err(|_| {
                Error::invalid(format!("“{typed}” is not an e-mail address: check the part round the @."))
            })?;
            (address.as_str().to_lowercase(), None, false)
        }
        ReachKind::Post => (typed.to_owned(), None, false),
    })
}

pub async fn change(edit: &mut Edit, id: ReachId, change: &ReachChange) -> Result<()> {
    row(edit, id).await?;
    if let Some(label) = &change.label {
        edit.run(&SET_LABEL, args![id, one_line(label)]).await?;
    }
    if let Some(state) = change.state {
        edit.run(&SET_STATE, args![id, state]).await?;
    }
    if let Some(voicemail) = change.voicemail {
        edit.run(&SET_VOICEMAIL, args![id, voicemail]).await?;
    }
    if let Some(best_times) = &change.best_times {
        edit.run(&SET_BEST_TIMES, args![id, best_times.trim()]).await?;
    }
    Ok(())
}

/// Takes a reach away; one that was ever rung is marked wrong instead, since calls name it.
pub async fn remove(edit: &mut Edit, id: ReachId) -> Result<()> {
    let calls: i64 = edit.scalar(&UNLINK_CALLS, args![id]).await?;
    if calls > 0 {
        edit.run(&SET_STATE, args![id, ReachState::Wrong]).await?;
    } else {
        edit.run(&REMOVE, args![id]).await?;
    }
    Ok(())
}

pub async fn row(db: &mut Db, id: ReachId) -> Result<ReachRow> {
    db.one(&GET, args![id], "number or address").await
}

pub async fn rows_of(db: &mut Db, person: PersonId) -> Result<Vec<ReachRow>> {
    db.all(&OF_PERSON, args![person]).await
}

pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<Reach>> {
    Ok(rows_of(db, person).await?.into_iter().map(covered).collect())
}

/// Everyone who has exactly this number or address. Never by suffix.
pub async fn holders(db: &mut Db, kind: ReachKind, value: &str) -> Result<Vec<PersonId>> {
    let rows: Vec<(PersonId,)> = db.all(&HOLDERS, args![kind, value]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Everyone else who may answer where this one rings.
pub async fn sharing(db: &mut Db, row: &ReachRow) -> Result<Vec<PersonId>> {
    let extension = row.extension.as_deref().unwrap_or_default();
    let rows: Vec<(PersonId,)> = db.all(&SHARING, args![row.kind, &row.value, row.person_id, extension]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// For the window: a phone number is covered but for its last three digits.
pub fn covered(row: ReachRow) -> Reach {
    let ending = (row.kind == ReachKind::Phone).then(|| ending(&row.value));
    let shown = match &ending {
        Some(ending) => match &row.extension {
            Some(extension) => format!("••• {ending} ext. {extension}"),
            None => format!("••• {ending}"),
        },
        None => row.value,
    };
    Reach {
        id: row.id,
        kind: row.kind,
        shown,
        ending,
        label: row.label,
        state: row.state,
        voicemail: row.voicemail,
        best_times: row.best_times,
        unreadable: row.unreadable,
        shared_with: u32::try_from(row.shared_with).unwrap_or(u32::MAX),
    }
}

/// The last three digits.
pub fn ending(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(3)..].iter().collect()
}
