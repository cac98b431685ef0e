//! Backups, and whether the book is whole.

use std::path::Path;

use serde::Serialize;
use wellmet_core::store::{self, Checked};
use wellmet_core::{Code, Error, Result};

use super::answer::Answer;
use super::opening::{host, wants_words, with_book, words_for};
use super::{readable, writable};

#[derive(Serialize)]
struct BackedUp {
    file: String,
    key_file: String,
}

pub async fn backup(folder: &Path, file: &Path) -> Result<Answer> {
    let file = writable(file)?;
    let key_file = with_book(folder, async |book| book.backup_to(&file).await).await?;
    let done = BackedUp { file: file.display().to_string(), key_file: key_file.display().to_string() };
    let words = format!(
        "{} is a whole copy of the book, and {} holds its wrapped key. Keep the two together: with the passphrase or the recovery key they bring everything back.",
        done.file, done.key_file
    );
    Answer::new(&done, words)
}

#[derive(Serialize)]
struct Restored {
    book: String,
    from: String,
}

pub async fn restore(folder: &Path, file: &Path) -> Result<Answer> {
    let file = readable(file)?;
    std::fs::create_dir_all(folder)?;
    let restored = match store::restore(folder, &host(), None, &file).await {
        Err(error) if wants_words(error.code) => store::restore(folder, &host(), Some(&words_for(error)?), &file).await,
        restored => restored,
    };
    restored?;
    let done = Restored { book: folder.display().to_string(), from: file.display().to_string() };
    let words =
        format!("The book in {} is as it was in {}. What was there before is kept beside it.", done.book, done.from);
    Answer::new(&done, words)
}

pub async fn check(folder: &Path) -> Result<Answer> {
    let checked = match with_book(folder, async |book| book.check().await).await {
        Ok(checked) => checked,
        // A book that does not even open is a finding, and the way out is in it.
        Err(Error { code: Code::BookDamaged, message }) => Checked { ok: false, findings: vec![message] },
        Err(error) => return Err(error),
    };
    if checked.ok {
        return Answer::new(&checked, "The book is whole.");
    }
    let words = checked.findings.join("\n");
    Ok(Answer::new(&checked, words)?.failed())
}
