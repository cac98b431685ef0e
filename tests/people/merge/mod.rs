//! Two records become one, and are taken apart again: nothing is lost either way, whatever was done in between.

mod apart; // random lives: merged and taken apart, the book is the same
mod many; // many at once
mod one; // what comes over, what stands, what is refused

use std::collections::BTreeMap;

use wellmet_core::calls::{MessageFrom, inquiry};
use wellmet_core::ids::{EditId, MergeId, PersonId};
use wellmet_core::people::fields;
use wellmet_core::people::merge::{self, MergeField, NewMerge};
use wellmet_core::store::older::contents;
use wellmet_core::{Result, args, statements};

use crate::support::{TestBook, voicemail};

statements! {
    ADD_TOUCH = "INSERT INTO touch (id, person_id, direction, channel, at_ms, duration_ms, result, notes, note_for_next, \
        volunteer_id, inquiry_id, promise_id, call_id, with_whom) \
        VALUES ($1, $2, 'out', 'call', $3, NULL, 'spoke', $4, '', NULL, NULL, $5, NULL, '')";
    TOUCHES = "SELECT COUNT(*) FROM touch WHERE person_id = $1";
}

/// Everything that is known of people, as text, but for who did what and which records are one.
pub async fn life(t: &TestBook) -> BTreeMap<String, Vec<String>> {
    let mut all = contents(&t.book).await.unwrap();
    for table in
        ["edit", "journal", "current_edit", "merge", "merged_row", "suspect", "suspects_looked_for", "reminder"]
    {
        all.remove(table);
    }
    all.retain(|table, _| !table.starts_with("person_"));
    all
}

/// As [`life`], whatever the order in which the rows came about.
pub async fn life_in_no_order(t: &TestBook) -> BTreeMap<String, Vec<String>> {
    let mut all = life(t).await;
    all.values_mut().for_each(|rows| rows.sort_unstable());
    all
}

pub async fn merged(t: &TestBook, kept: PersonId, other: PersonId, take: &[MergeField]) -> (MergeId, EditId) {
    try_merge(t, kept, other, take).await.unwrap()
}

pub async fn try_merge(
    t: &TestBook,
    kept: PersonId,
    other: PersonId,
    take: &[MergeField],
) -> Result<(MergeId, EditId)> {
    let mut edit = t.book.write(t.helen(), "merge").await?;
    // Where a field of ours is taken, so are the association's own.
    let own = fields::all(&mut edit).await?.into_iter().map(|field| field.id).filter(|_| !take.is_empty());
    let new = NewMerge { kept, other, take: take.to_vec(), take_own: own.collect() };
    let id = merge::merge(&mut edit, &new).await?;
    Ok((id, edit.commit().await?))
}

pub async fn unmerged(t: &TestBook, merge: MergeId) -> merge::Unmerged {
    let mut edit = t.book.write(t.helen(), "unmerge").await.unwrap();
    let done = merge::unmerge(&mut edit, merge).await.unwrap();
    edit.commit().await.unwrap();
    done
}

pub async fn waits(t: &TestBook, person: PersonId, words: &str) -> wellmet_core::calls::Captured {
    inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(person), words)).await.unwrap()
}

pub async fn touched(t: &TestBook, person: PersonId, notes: &str, promise: Option<wellmet_core::ids::PromiseId>) {
    let mut edit = t.book.write(t.helen(), "file_call").await.unwrap();
    let at = edit.at;
    edit.run(&ADD_TOUCH, args![uuid::Uuid::now_v7(), person, at, notes, promise]).await.unwrap();
    edit.commit().await.unwrap();
}

pub async fn touches(t: &TestBook, person: PersonId) -> i64 {
    t.book.read().await.unwrap().scalar(&TOUCHES, args![person]).await.unwrap()
}
