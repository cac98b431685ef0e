//! One person: made, changed, read.

use super::names;
use super::{NewPerson, NewReach, Person, PersonChange, PersonRef, ReachKind, Role, Standing};
use super::{consent, facts, fields, organisations, reaches};
use crate::error::{Error, Result};
use crate::ids::{PersonId, RoleId, TagId, VolunteerId};
use crate::store::{Db, Edit};
use crate::team::standards;
use crate::team::volunteers::Keeper;
use crate::time::Millis;
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct PersonRecord {
    id: PersonId,
    given: String,
    family: String,
    name: String,
    standing: Standing,
    place: String,
    zone: Option<String>,
    country: Option<String>,
    keeper_id: Option<VolunteerId>,
    keeper_name: Option<String>,
    external_id: Option<String>,
    do_not_call: bool,
    source: String,
    birth_day: String,
    created_ms: Millis,
    removed_ms: Option<Millis>,
    merged_into: Option<PersonId>,
}

statements! {
    ADD = "INSERT INTO person (id, given, family, name, sort_key, sound_key, standing, place, zone, country, keeper_id, \
        external_id, do_not_call, source, birth_day, created_ms, removed_ms, came_with) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, NULL, $17)";
    GET = "SELECT p.id, p.given, p.family, p.name, p.standing, p.place, p.zone, p.country, p.keeper_id, \
        v.name AS keeper_name, p.external_id, p.do_not_call, p.source, p.birth_day, p.created_ms, p.removed_ms, \
        p.merged_into \
        FROM person p LEFT JOIN volunteer v ON v.id = p.keeper_id WHERE p.id = $1";
    REF = "SELECT p.id, p.name, p.standing, (SELECT o.name FROM role r JOIN organisation o ON o.id = r.organisation_id \
        WHERE r.person_id = p.id AND r.to_day IS NULL ORDER BY r.id LIMIT 1) AS organisation \
        FROM person p WHERE p.id = $1";
    ROLES = "SELECT r.id, r.organisation_id, o.name AS organisation, r.title, r.to_day FROM role r \
        JOIN organisation o ON o.id = r.organisation_id WHERE r.person_id = $1 ORDER BY r.to_day IS NOT NULL, r.id";
    TAGS = "SELECT name FROM tag WHERE person_id = $1 ORDER BY name";
    ADD_TAG = "INSERT INTO tag (id, person_id, name) VALUES ($1, $2, $3) ON CONFLICT (person_id, name) DO NOTHING";
    RENAME = "UPDATE person SET given = $2, family = $3, name = $4, sort_key = $5, sound_key = $6 WHERE id = $1";
    SET_STANDING = "UPDATE person SET standing = $2 WHERE id = $1";
    SET_BIRTH_DAY = "UPDATE person SET birth_day = $2 WHERE id = $1";
    SET_PLACE = "UPDATE person SET place = $2 WHERE id = $1";
    SET_ZONE = "UPDATE person SET zone = $2 WHERE id = $1";
    SET_COUNTRY = "UPDATE person SET country = $2 WHERE id = $1";
    SET_KEEPER = "UPDATE person SET keeper_id = $2 WHERE id = $1";
    SET_DO_NOT_CALL = "UPDATE person SET do_not_call = $2 WHERE id = $1";
    REMOVE = "UPDATE person SET removed_ms = $2 WHERE id = $1 AND removed_ms IS NULL";
    BY_EXTERNAL = "SELECT id FROM person WHERE external_id = $1 AND removed_ms IS NULL ORDER BY id LIMIT 1";
    END_ROLE = "UPDATE role SET to_day = $2 WHERE id = $1 AND to_day IS NULL";
    OPEN_PROMISES = "SELECT COUNT(*) FROM promise WHERE person_id = $1 AND state = 'open'";
}

/// Adds a person with what was given: an organisation, a number and an e-mail among it.
pub async fn create(edit: &mut Edit, new: &NewPerson) -> Result<PersonId> {
    let id = insert(edit, new, false, None)?;
    if !new.organisation.trim().is_empty() {
        organisations::give_role(edit, id, &new.organisation, &new.role_title).await?;
    }
    for (kind, typed) in [(ReachKind::Phone, &new.phone), (ReachKind::Email, &new.email)] {
        if !typed.trim().is_empty() {
            let reach = NewReach { kind, typed: typed.clone(), label: String::new() };
            reaches::add(edit, id, &reach).await?;
        }
    }
    Ok(id)
}

/// The person alone, without what belongs to them. `keys`: the sort and the sound key of the name, where they are known.
pub(super) fn insert(
    edit: &mut Edit,
    new: &NewPerson,
    do_not_call: bool,
    keys: Option<(&str, &str)>,
) -> Result<PersonId> {
    let (given, family) = if new.given.trim().is_empty() && new.family.trim().is_empty() {
        let split = names::split(&new.name);
        (split.given, split.family)
    } else {
        (one_line(&new.given), one_line(&new.family))
    };
    let name = if new.name.trim().is_empty() { names::spoken(&given, &family) } else { one_line(&new.name) };
    if name.is_empty() {
        return Err(Error::invalid(
            "A person needs a name. Write what you know: “the caller from the bakery” will do.",
        ));
    }
    if let Some(zone) = filled(new.zone.as_deref()) {
        standards::zone(zone)?;
    }
    let id = PersonId::new();
    let at = edit.at;
    edit.add(
        &ADD,
        args![
            id,
            &given,
            &family,
            &name,
            keys.map_or_else(|| names::sort_key(&given, &family), |(sort, _)| sort.to_owned()),
            keys.map_or_else(|| names::sound_key(&given, &family), |(_, sound)| sound.to_owned()),
            new.standing.unwrap_or(Standing::Inquirer),
            one_line(&new.place),
            filled(new.zone.as_deref()),
            filled(new.country.as_deref()),
            new.keeper,
            filled(new.external_id.as_deref()),
            do_not_call,
            one_line(&new.source),
            birth_day(&new.birth_day)?,
            at,
            edit.brings()
        ],
    );
    edit.about(name);
    Ok(id)
}

pub async fn change(edit: &mut Edit, id: PersonId, change: &PersonChange) -> Result<()> {
    let now = record(edit, id).await?;
    edit.about(now.name.clone());
    if change.given.is_some() || change.family.is_some() {
        let given = change.given.as_deref().map_or(now.given.clone(), one_line);
        let family = change.family.as_deref().map_or(now.family.clone(), one_line);
        let name = names::spoken(&given, &family);
        if name.is_empty() {
            return Err(Error::invalid("A person needs a name."));
        }
        let (sort, sound) = (names::sort_key(&given, &family), names::sound_key(&given, &family));
        edit.run(&RENAME, args![id, given, family, name, sort, sound]).await?;
    }
    if let Some(standing) = change.standing {
        edit.run(&SET_STANDING, args![id, standing]).await?;
    }
    if let Some(place) = &change.place {
        edit.run(&SET_PLACE, args![id, one_line(place)]).await?;
    }
    if let Some(day) = &change.birth_day {
        edit.run(&SET_BIRTH_DAY, args![id, birth_day(day)?]).await?;
    }
    if let Some(zone) = &change.zone {
        let zone = filled(Some(zone));
        zone.map(standards::zone).transpose()?;
        edit.run(&SET_ZONE, args![id, zone]).await?;
    }
    if let Some(country) = &change.country {
        let country = filled(Some(country));
        country.map(standards::check_country).transpose()?;
        edit.run(&SET_COUNTRY, args![id, country]).await?;
    }
    if let Some(keeper) = change.keeper {
        edit.run(&SET_KEEPER, args![id, keeper]).await?;
    }
    if let Some(do_not_call) = change.do_not_call {
        edit.run(&SET_DO_NOT_CALL, args![id, do_not_call]).await?;
    }
    Ok(())
}

/// `YYYY-MM-DD`, or empty where nobody knows.
fn birth_day(typed: &str) -> Result<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let day = standards::day(typed)
        .map_err(|_| Error::invalid(format!("“{typed}” is no date. Write a birth date like 1980-05-04.")))?;
    Ok(day.to_string())
}

/// Off the lists; the timeline stays. Refused while something is owed.
pub async fn remove(edit: &mut Edit, id: PersonId) -> Result<()> {
    let name = record(edit, id).await?.name;
    let open: i64 = edit.scalar(&OPEN_PROMISES, args![id]).await?;
    if open > 0 {
        return Err(Error::refused(format!("{name} is still owed something. Keep or release it first.")));
    }
    let at = edit.at;
    edit.run(&REMOVE, args![id, at]).await?;
    edit.about(name);
    Ok(())
}

pub async fn tag(edit: &mut Edit, id: PersonId, name: &str) -> Result<()> {
    insert_tag(edit, id, name);
    Ok(())
}

pub(super) fn insert_tag(edit: &mut Edit, id: PersonId, name: &str) {
    let name = one_line(name);
    if !name.is_empty() {
        edit.add(&ADD_TAG, args![TagId::new(), id, name]);
    }
}

pub async fn end_role(edit: &mut Edit, role: RoleId, day: &str) -> Result<()> {
    edit.run(&END_ROLE, args![role, standards::day(day)?.to_string()]).await?;
    Ok(())
}

pub async fn reference(db: &mut Db, id: PersonId) -> Result<PersonRef> {
    db.one(&REF, args![id], "person").await
}

pub async fn by_external_id(db: &mut Db, external_id: &str) -> Result<Option<PersonId>> {
    let row: Option<(PersonId,)> = db.maybe(&BY_EXTERNAL, args![external_id]).await?;
    Ok(row.map(|(id,)| id))
}

/// Whose turn it is to care for this person, where that was said.
pub async fn keeper(db: &mut Db, id: PersonId) -> Result<Option<VolunteerId>> {
    Ok(record(db, id).await?.keeper_id)
}

async fn record(db: &mut Db, id: PersonId) -> Result<PersonRecord> {
    db.one(&GET, args![id], "person").await
}

pub async fn roles(db: &mut Db, id: PersonId) -> Result<Vec<Role>> {
    db.all(&ROLES, args![id]).await
}

pub async fn get(db: &mut Db, id: PersonId) -> Result<Person> {
    let row = record(db, id).await?;
    let tags: Vec<(String,)> = db.all(&TAGS, args![id]).await?;
    Ok(Person {
        id: row.id,
        given: row.given,
        family: row.family,
        name: row.name,
        standing: row.standing,
        place: row.place,
        zone: row.zone,
        country: row.country,
        keeper: Keeper::of(row.keeper_id, row.keeper_name),
        external_id: row.external_id,
        do_not_call: row.do_not_call,
        source: row.source,
        birth_day: row.birth_day,
        created_ms: row.created_ms,
        removed: row.removed_ms.is_some(),
        merged_into: match row.merged_into {
            Some(into) => Some(reference(db, into).await?),
            None => None,
        },
        roles: roles(db, id).await?,
        reaches: reaches::of_person(db, id).await?,
        consents: consent::of_person(db, id).await?,
        facts: facts::of_person(db, id).await?,
        tags: tags.into_iter().map(|(tag,)| tag).collect(),
        fields: fields::of_person(db, id).await?,
    })
}

pub(super) fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Names, labels and the like have no line ends: they stand on one line everywhere.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
