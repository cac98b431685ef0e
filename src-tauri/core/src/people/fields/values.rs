//! What a person has in a field.

use serde::Serialize;

use super::{CustomField, FieldKind, Stored, get};
use crate::error::Result;
use crate::ids::{FieldId, FieldOptionId, FieldValueId, PersonId};
use crate::people::person;
use crate::store::{Db, Edit};
use crate::{args, statements};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type, sqlx::FromRow)]
pub struct FieldValue {
    pub field: FieldId,
    pub name: String,
    pub kind: FieldKind,
    /// As it goes out: words, a decimal as it came, `YYYY-MM-DD`, the option's name.
    pub value: String,
}

statements! {
    OF_PERSON = "SELECT f.id AS field, f.name, f.kind, COALESCE(o.name, v.value) AS value FROM field_value v \
        JOIN field f ON f.id = v.field_id LEFT JOIN field_option o ON o.id = v.option_id \
        WHERE v.person_id = $1 ORDER BY f.position, f.id";
    NOW = "SELECT value, option_id, sort_key FROM field_value WHERE person_id = $1 AND field_id = $2";
    SET = "INSERT INTO field_value (id, person_id, field_id, value, option_id, sort_key) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (person_id, field_id) DO UPDATE SET value = EXCLUDED.value, option_id = EXCLUDED.option_id, \
        sort_key = EXCLUDED.sort_key";
    CLEAR = "DELETE FROM field_value WHERE person_id = $1 AND field_id = $2";
}

/// What there is, in the order of the fields.
pub async fn of_person(db: &mut Db, person: PersonId) -> Result<Vec<FieldValue>> {
    db.all(&OF_PERSON, args![person]).await
}

/// Empty takes it away.
pub async fn set(edit: &mut Edit, person: PersonId, field: FieldId, typed: &str) -> Result<()> {
    let field = get(edit, field).await?;
    let name = person::reference(edit, person).await?.name;
    edit.about(name);
    put(edit, person, &field, field.read(typed)?).await.map(drop)
}

/// Whether anything changed.
pub(super) async fn put(
    edit: &mut Edit,
    person: PersonId,
    field: &CustomField,
    stored: Option<Stored>,
) -> Result<bool> {
    let now: Option<(String, Option<FieldOptionId>, String)> = edit.maybe(&NOW, args![person, field.id]).await?;
    let now = now.map(|(value, option, sort_key)| Stored { value, option, sort_key });
    if now == stored {
        return Ok(false);
    }
    match stored {
        None => edit.run(&CLEAR, args![person, field.id]).await?,
        Some(new) => {
            let args = args![FieldValueId::new(), person, field.id, new.value, new.option, new.sort_key];
            edit.run(&SET, args).await?
        }
    };
    Ok(true)
}

/// Whether a value that was kept before is still one: its option is there, its kind is the field's.
pub(in crate::people) async fn fits(
    db: &mut Db,
    field: FieldId,
    value: &str,
    option: Option<FieldOptionId>,
    sort_key: &str,
) -> Result<bool> {
    let field = get(db, field).await?;
    Ok(match option {
        Some(id) => field.kind == FieldKind::Choice && field.options.iter().any(|option| option.id == id),
        None => {
            field.kind != FieldKind::Choice
                && field.read(value).is_ok_and(|read| read.is_some_and(|read| read.sort_key == sort_key))
        }
    })
}

/// Of someone who has nothing in this field yet, or has it put right.
pub(in crate::people) fn insert(edit: &mut Edit, person: PersonId, field: FieldId, new: &Stored) {
    edit.add(&SET, args![FieldValueId::new(), person, field, &new.value, new.option, &new.sort_key]);
}
