//! New books.

use std::path::Path;

use serde::Serialize;
use wellmet_core::exchange::demo::{self, Size};
use wellmet_core::first_run::{self, NewAssociation};
use wellmet_core::people::list;
use wellmet_core::promises::country_zones;
use wellmet_core::store::Created;
use wellmet_core::team::{standards, volunteers};
use wellmet_core::{Book, Code, Error, Result};

use super::Init;
use super::answer::{Answer, count};
use super::opening::{create, host, with_book};

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
    let (created, _) = create(async |words| first_run::begin(folder, host(), words, &new, None).await).await?;
    created.book.close().await;
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

fn busiest_zone(country: &str) -> Result<String> {
    country_zones::main_zone(country)
        .map(|zone| zone.name().to_owned())
        .ok_or_else(|| standards::unknown_country(country))
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
    let size = Size { people, seed };
    let created = match Book::look(folder)? {
        Some(_) => None,
        None => Some(make_sample(folder, &size).await?),
    };
    let people = match &created {
        Some(created) => {
            let there = list::count(&mut created.book.read().await?).await;
            created.book.close().await;
            there?
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

async fn make_sample(folder: &Path, size: &Size) -> Result<Created> {
    let new = NewAssociation {
        name: "Harbour Chamber".into(),
        country: "AU".into(),
        zone: busiest_zone("AU")?,
        openings: Vec::new(),
        director: "Helen Marsh".into(),
        pin: None,
    };
    create(async |words| first_run::begin(folder, host(), words, &new, Some(size)).await)
        .await
        .map(|(created, _)| created)
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
