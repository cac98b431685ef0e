//! New books.

use std::path::Path;

use serde::Serialize;
use wellmet_core::exchange::demo::{self, Size};
use wellmet_core::people::list;
use wellmet_core::promises::country_zones;
use wellmet_core::store::Created;
use wellmet_core::team::first_run::{self, NewAssociation};
use wellmet_core::team::volunteers;
use wellmet_core::{Book, Code, Error, Result};

use super::Init;
use super::answer::{Answer, count};
use super::opening::{create, with_book};

#[derive(Serialize)]
struct Made<'a> {
    book: String,
    association: &'a str,
    zone: &'a str,
    /// Shown here and nowhere again.
    recovery_key: String,
    in_keyring: bool,
}

pub async fn init(folder: &Path, init: &Init) -> Result<Answer> {
    let country = init.country.trim().to_uppercase();
    let zone = match &init.zone {
        Some(zone) => zone.clone(),
        None => busiest_zone(&country)?,
    };
    let new = NewAssociation {
        name: init.name.clone(),
        country,
        zone,
        openings: Vec::new(),
        director: init.director.clone(),
        pin: None,
    };
    // Before anything is made: a book without an association would have to be removed by hand.
    check(&new)?;
    let created = create(folder).await?;
    let set_up = first_run::set_up(&created.book, &new).await;
    created.book.close().await;
    set_up?;
    let made = Made {
        book: folder.display().to_string(),
        association: new.name.trim(),
        zone: &new.zone,
        recovery_key: created.recovery_key.expose_for_printing(),
        in_keyring: created.in_keyring,
    };
    let words = format!("A new book for {} is in {}.\n\n{}", made.association, made.book, key_words(&created));
    Answer::new(&made, words)
}

fn check(new: &NewAssociation) -> Result<()> {
    if new.name.trim().is_empty() {
        return Err(Error::invalid("The association needs a name: --name 'Harbour Chamber'."));
    }
    if new.director.trim().is_empty() {
        return Err(Error::invalid("The first director needs a name."));
    }
    if country_zones::zones_of(&new.country).is_empty() {
        return Err(unknown_country(&new.country));
    }
    wellmet_core::team::standards::zone(&new.zone).map(drop)
}

fn busiest_zone(country: &str) -> Result<String> {
    country_zones::main_zone(country).map(|zone| zone.name().to_owned()).ok_or_else(|| unknown_country(country))
}

fn unknown_country(country: &str) -> Error {
    Error::invalid(format!("“{country}” is not a country code. Use two letters, such as AU or GB."))
}

fn key_words(created: &Created) -> String {
    let opens = if created.in_keyring { "This computer's keyring opens it." } else { "The passphrase opens it." };
    format!(
        "{opens} Where that fails, this recovery key does. Print it now: it is shown once and kept nowhere.\n\n    {}",
        created.recovery_key.expose_for_printing()
    )
}

#[derive(Serialize)]
struct Filled {
    book: String,
    people: u32,
    seed: u64,
    /// Of a book that was made just now.
    recovery_key: Option<String>,
}

pub async fn demo(folder: &Path, people: u32, seed: u64) -> Result<Answer> {
    let created = match Book::look(folder)? {
        Some(_) => None,
        None => Some(make_sample(folder).await?),
    };
    let size = Size { people, seed };
    let people = match &created {
        Some(created) => {
            let filled = fill(&created.book, &size).await;
            created.book.close().await;
            filled?
        }
        None => with_book(folder, async |book| fill(book, &size).await).await?,
    };
    let filled = Filled {
        book: folder.display().to_string(),
        people,
        seed,
        recovery_key: created.as_ref().map(|created| created.recovery_key.expose_for_printing()),
    };
    let mut words = format!("{} are in {}.", count(people, "person", "people"), filled.book);
    if let Some(created) = &created {
        words = format!("{words}\n\n{}", key_words(created));
    }
    Answer::new(&filled, words)
}

async fn make_sample(folder: &Path) -> Result<Created> {
    let created = create(folder).await?;
    let new = NewAssociation {
        name: "Harbour Chamber".into(),
        country: "AU".into(),
        zone: busiest_zone("AU")?,
        openings: Vec::new(),
        director: "Helen Marsh".into(),
        pin: None,
    };
    match first_run::set_up(&created.book, &new).await {
        Ok(_) => Ok(created),
        Err(error) => {
            created.book.close().await;
            Err(error)
        }
    }
}

/// Answers how many people are there then.
async fn fill(book: &Book, size: &Size) -> Result<u32> {
    let director = {
        let mut db = book.read().await?;
        if list::count(&mut db).await? > 0 {
            return Err(Error::new(
                Code::BookExists,
                "This book has people in it. A sample is only put into an empty book: choose another folder with --book.",
            ));
        }
        let volunteers = volunteers::all(&mut db).await?;
        volunteers.iter().find(|volunteer| volunteers::is_director(volunteer)).map(|director| director.id)
    };
    let director = director.ok_or_else(|| Error::refused("This book has no director. Open its window first."))?;
    demo::fill(book, director, size).await?;
    list::count(&mut book.read().await?).await
}
