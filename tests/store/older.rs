//! A book that an older Wellmet left, opened by this one.

use std::path::Path;

use wellmet_core::people::{finding, list};
use wellmet_core::promises::ledger;
use wellmet_core::store::{Key, Paths, last_edits, newest_backup, older, restore, undo};
use wellmet_core::team::volunteers;
use wellmet_core::{Actor, Book};

use crate::support::TestBook;

const FIRST: &str = include_str!("../fixtures/books/0001.sql");

#[tokio::test]
async fn every_older_book_comes_up_to_date_with_all_that_it_knew() {
    let t = TestBook::new().await;
    for version in older::versions() {
        let folder = t.folder().join(format!("of-{version}"));
        older::make(&folder, t.host(), None, version, FIRST).await.expect("a book as it was");
        let book = Book::open(&folder, t.host(), Key::Keyring).await.expect("it comes up to date");
        is_whole(&book).await;
        let told = older::contents(&book).await.unwrap();
        book.close().await;
        drop(book);

        // Nothing is left to bring up to date: no second backup, and not a row is different.
        let backup = newest_backup(&Paths::of(&folder).backups).expect("a backup was made before");
        let book = Book::open(&folder, t.host(), Key::Keyring).await.expect("it opens again");
        assert_eq!(older::contents(&book).await.unwrap(), told, "opened again it is the same");
        assert_eq!(files_in(&Paths::of(&folder).backups), 1);
        an_old_edit_can_be_undone(&book).await;
        book.close().await;

        // The backup is the book as it was, and takes the same way.
        let other = t.folder().join(format!("restored-{version}"));
        std::fs::create_dir(&other).unwrap();
        std::fs::copy(Paths::of(&folder).key_file, Paths::of(&other).key_file).unwrap();
        restore(&other, &t.host(), None, &backup).await.expect("the backup is good");
        let book = Book::open(&other, t.host(), Key::Keyring).await.expect("it opens");
        assert_eq!(older::contents(&book).await.unwrap(), told, "the backup held all of it");
        book.close().await;
    }
}

async fn is_whole(book: &Book) {
    let checked = book.check().await.unwrap();
    assert!(checked.ok, "{:?}", checked.findings);
    let mut db = book.read().await.unwrap();
    assert_eq!(list::count(&mut db).await.unwrap(), 3012, "one of 3013 was removed");
    for (typed, who) in [("haddad", 1), ("ana2999", 1), ("0412 345 687", 1), ("ana2017@silva", 1), ("nobody atall", 0)]
    {
        assert_eq!(finding::find(&mut db, typed, 5).await.unwrap().len(), who, "{typed}");
    }
    let tally = ledger::tally(&mut db).await.unwrap();
    assert_eq!(tally.made, 9);
    assert_eq!(tally.open + tally.kept + tally.renegotiated + tally.released, tally.made);
}

async fn an_old_edit_can_be_undone(book: &Book) {
    let director = {
        let mut db = book.read().await.unwrap();
        let team = volunteers::all(&mut db).await.unwrap();
        team.into_iter().find(volunteers::is_director).expect("a director").id
    };
    let edits = last_edits(book, 100).await.unwrap();
    let old = edits.iter().find(|edit| edit.action == "leave_team").expect("the edit of the older version");
    let undone = undo(book, Actor::Volunteer(director), old.id).await.expect("undone");
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert!(book.check().await.unwrap().ok);
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}
