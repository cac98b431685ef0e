//! Who else it may be: namesakes and sound-alikes. Whoever shares a number is in `reaches::holders`.

use super::names;
use crate::error::Result;
use crate::ids::PersonId;
use crate::store::Db;
use crate::{args, statements};

#[derive(sqlx::FromRow)]
struct Named {
    id: PersonId,
    given: String,
    family: String,
    sort_key: String,
    sound_key: String,
}

/// Someone whose name could be taken for another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namesake {
    pub id: PersonId,
    /// The very same name; else it only sounds alike.
    pub same: bool,
}

statements! {
    GET = "SELECT id, given, family, sort_key, sound_key FROM person WHERE id = $1";
    BY_SOUND = "SELECT id, given, family, sort_key, sound_key FROM person \
        WHERE sound_key = $1 AND id <> $2 AND removed_ms IS NULL ORDER BY id";
}

pub async fn namesakes(db: &mut Db, person: PersonId) -> Result<Vec<Namesake>> {
    let own: Named = db.one(&GET, args![person], "person").await?;
    let near: Vec<Named> = db.all(&BY_SOUND, args![&own.sound_key, person]).await?;
    Ok(near
        .into_iter()
        .filter_map(|other| {
            let same = other.sort_key == own.sort_key;
            let alike = same || names::sounds_like((&own.given, &own.family), (&other.given, &other.family));
            alike.then_some(Namesake { id: other.id, same })
        })
        .collect())
}
