//! What matters to a person: written down, said better, undone.

use wellmet_core::people::{Fact, facts};
use wellmet_core::time::DAY_MS;
use wellmet_core::{Code, store};

use crate::support::TestBook;

async fn of(book: &TestBook, person: wellmet_core::ids::PersonId) -> Vec<Fact> {
    facts::of_person(&mut book.book.read().await.expect("a reader"), person).await.expect("facts")
}

#[tokio::test]
async fn a_fact_that_is_said_better_stays_the_same_fact_and_can_be_undone() {
    let book = TestBook::new().await;
    let rania = book.named("Rania Haddad").await;
    let learned = book.book.now();
    let mut edit = book.book.write(book.helen(), "add_fact").await.expect("an edit");
    let id = facts::add(&mut edit, rania, "daugther sails", "her message").await.expect("written down");
    edit.commit().await.expect("committed");

    book.clock.move_on(DAY_MS);
    let mut edit = book.book.write(book.helen(), "change_fact").await.expect("an edit");
    facts::change(&mut edit, id, "  Daughter sails for the state  ", " her own words ").await.expect("changed");
    edit.commit().await.expect("committed");
    let now = of(&book, rania).await;
    assert_eq!(now.len(), 1);
    assert_eq!((now[0].id, now[0].words.as_str()), (id, "Daughter sails for the state"));
    assert_eq!((now[0].learned_ms, now[0].learned_from.as_str()), (learned, "her own words"), "learned when it was");
    let mut db = book.book.read().await.expect("a reader");
    let found = wellmet_core::people::finding::find(&mut db, "state", 5).await.expect("searched");
    assert_eq!(found, [rania], "what it says now is found");
    drop(db);

    let undone = store::undo_last(&book.book, book.helen()).await.expect("undone").expect("the change");
    assert_eq!((undone.action.as_str(), undone.label.as_str()), ("change_fact", "Rania Haddad"));
    assert_eq!(of(&book, rania).await[0].words, "daugther sails");
}

#[tokio::test]
async fn a_fact_says_something_and_one_that_was_taken_away_is_not_changed() {
    let book = TestBook::new().await;
    let rania = book.named("Rania Haddad").await;
    let mut edit = book.book.write(book.helen(), "add_fact").await.expect("an edit");
    let id = facts::add(&mut edit, rania, "Daughter sails", "").await.expect("written down");
    let empty = facts::change(&mut edit, id, "  ", "").await.expect_err("nothing is said");
    assert_eq!(empty.code, Code::Invalid);
    facts::remove(&mut edit, id).await.expect("taken away");
    let gone = facts::change(&mut edit, id, "Daughter sails", "").await.expect_err("it is gone");
    assert_eq!(gone.code, Code::NotFound);
}
