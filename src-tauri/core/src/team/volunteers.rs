//! The volunteers of a book: who is signed in, who keeps a promise.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};
use crate::ids::VolunteerId;
use crate::store::{Book, Db, Edit};
use crate::{args, statements, words};

words! {
    pub enum VolunteerRole {
        Director = "director",
        Volunteer = "volunteer",
    }
}

/// A user of the app.
#[derive(Clone, Debug, Serialize, specta::Type, sqlx::FromRow)]
pub struct Volunteer {
    pub id: VolunteerId,
    pub name: String,
    pub role: VolunteerRole,
    /// Asked for a PIN at sign-in.
    pub has_pin: bool,
    /// No longer with the association; what they did keeps their name.
    pub left: bool,
}

#[derive(Clone, Debug, Deserialize, specta::Type)]
pub struct NewVolunteer {
    pub name: String,
    pub role: VolunteerRole,
    pub pin: Option<String>,
}

statements! {
    VOLUNTEERS = "SELECT id, name, role, pin_hash IS NOT NULL AS has_pin, left_ms IS NOT NULL AS \"left\" \
        FROM volunteer ORDER BY left_ms IS NOT NULL, name, id";
    VOLUNTEER = "SELECT id, name, role, pin_hash IS NOT NULL AS has_pin, left_ms IS NOT NULL AS \"left\" \
        FROM volunteer WHERE id = $1";
    PIN_OF = "SELECT pin_hash FROM volunteer WHERE id = $1 AND left_ms IS NULL";
    ADD = "INSERT INTO volunteer (id, name, role, pin_hash, created_ms, left_ms) VALUES ($1, $2, $3, $4, $5, NULL)";
    RENAME = "UPDATE volunteer SET name = $2, role = $3 WHERE id = $1";
    SET_PIN = "UPDATE volunteer SET pin_hash = $2 WHERE id = $1";
    LEAVE_TEAM = "UPDATE volunteer SET left_ms = $2 WHERE id = $1 AND left_ms IS NULL";
    OTHER_DIRECTORS = "SELECT COUNT(*) FROM volunteer WHERE role = 'director' AND left_ms IS NULL AND id <> $1";
}

pub async fn all(db: &mut Db) -> Result<Vec<Volunteer>> {
    db.all(&VOLUNTEERS, args![]).await
}

pub async fn get(db: &mut Db, id: VolunteerId) -> Result<Volunteer> {
    db.one(&VOLUNTEER, args![id], "volunteer").await
}

pub async fn add(edit: &mut Edit, new: &NewVolunteer) -> Result<VolunteerId> {
    let name = new.name.trim();
    if name.is_empty() {
        return Err(Error::invalid("A volunteer needs a name."));
    }
    let id = VolunteerId::new();
    let pin = new.pin.as_deref().map(str::trim).filter(|pin| !pin.is_empty()).map(hash_pin).transpose()?;
    edit.run(&ADD, args![id, name, new.role, pin, edit.at]).await?;
    edit.about(name);
    Ok(id)
}

pub async fn change(edit: &mut Edit, id: VolunteerId, name: &str, role: VolunteerRole) -> Result<()> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::invalid("A volunteer needs a name."));
    }
    if role != VolunteerRole::Director {
        keep_a_director(edit, id).await?;
    }
    edit.run(&RENAME, args![id, name, role]).await?;
    edit.about(name);
    Ok(())
}

/// An empty PIN takes it away.
pub async fn set_pin(edit: &mut Edit, id: VolunteerId, pin: &str) -> Result<()> {
    let hash = if pin.trim().is_empty() { None } else { Some(hash_pin(pin.trim())?) };
    edit.run(&SET_PIN, args![id, hash]).await?;
    Ok(())
}

/// Their promises stay theirs until someone hands them over; the app says so in Today.
pub async fn leave_team(edit: &mut Edit, id: VolunteerId) -> Result<()> {
    keep_a_director(edit, id).await?;
    let at = edit.at;
    edit.run(&LEAVE_TEAM, args![id, at]).await?;
    Ok(())
}

async fn keep_a_director(db: &mut Db, id: VolunteerId) -> Result<()> {
    let others: i64 = db.scalar(&OTHER_DIRECTORS, args![id]).await?;
    if others == 0 {
        return Err(Error::refused("A book needs a director. Make someone else one first."));
    }
    Ok(())
}

/// Answers who signed in; a wrong PIN is refused without saying more.
pub async fn sign_in(book: &Book, id: VolunteerId, pin: Option<&str>) -> Result<Volunteer> {
    let mut db = book.read().await?;
    let (hash,): (Option<String>,) = db.one(&PIN_OF, args![id], "volunteer").await?;
    if let Some(hash) = hash {
        let refused = || Error::new(Code::Refused, "That is not the PIN of this volunteer.");
        let pin = pin.map(str::trim).filter(|pin| !pin.is_empty()).ok_or_else(refused)?;
        let parsed = PasswordHash::new(&hash).map_err(|error| Error::internal(error.to_string()))?;
        Argon2::default().verify_password(pin.as_bytes(), &parsed).map_err(|_| refused())?;
    }
    get(&mut db, id).await
}

fn hash_pin(pin: &str) -> Result<String> {
    if pin.chars().count() < 4 {
        return Err(Error::invalid("A PIN needs at least four characters."));
    }
    Argon2::default()
        .hash_password(pin.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Error::internal(error.to_string()))
}

/// For views: who keeps it, or nobody yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct Keeper {
    pub id: VolunteerId,
    pub name: String,
    pub initials: String,
}

impl Keeper {
    pub fn of(id: Option<VolunteerId>, name: Option<String>) -> Option<Self> {
        let (id, name) = (id?, name?);
        let mut words = name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        let initials = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
        Some(Self { id, name, initials })
    }
}

pub fn is_director(volunteer: &Volunteer) -> bool {
    volunteer.role == VolunteerRole::Director && !volunteer.left
}
