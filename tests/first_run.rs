//! First run makes a whole book or none.

use std::path::Path;

use wellmet_core::calls::retry_rules;
use wellmet_core::exchange::demo::Size;
use wellmet_core::first_run::{self, NewAssociation};
use wellmet_core::host::Host;
use wellmet_core::people::list;
use wellmet_core::store::Key;
use wellmet_core::team::standards;
use wellmet_core::{Book, Code};

use crate::support::{MONDAY_MORNING, TestClock, TestKeyring, leave_before_sqlcipher_cleans_up};

fn association() -> NewAssociation {
    NewAssociation {
        name: "Northside Business Women".into(),
        country: "AU".into(),
        zone: "Australia/Brisbane".into(),
        openings: vec![],
        director: "Helen Barrow".into(),
        pin: None,
    }
}

fn host(keyring: &std::sync::Arc<TestKeyring>) -> Host {
    Host { clock: TestClock::at(MONDAY_MORNING), secrets: keyring.clone() }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.retain(|name| name != "book.lock");
    names.sort();
    names
}

#[tokio::test]
async fn what_is_refused_in_the_middle_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = std::sync::Arc::new(TestKeyring::default());
    // Found only while the book is being written: the PIN is checked where the director is added.
    let short = NewAssociation { pin: Some("12".into()), ..association() };
    let refused = first_run::begin(folder.path(), host(&keyring), None, &short, None).await.err().unwrap();
    assert_eq!(refused.code, Code::Invalid, "{}", refused.message);
    assert_eq!(files(folder.path()), Vec::<String>::new());
    assert_eq!(keyring.count(), 0, "no key of a book that is not there");

    let (created, _) = first_run::begin(folder.path(), host(&keyring), None, &association(), None).await.unwrap();
    leave_before_sqlcipher_cleans_up();
    created.book.close().await;
    drop(created);
    assert_eq!(files(folder.path()), ["book.db", "book.json"]);
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = std::sync::Arc::new(TestKeyring::default());
    for (new, says) in [
        (NewAssociation { name: "  ".into(), ..association() }, "needs a name"),
        (NewAssociation { director: "".into(), ..association() }, "director needs a name"),
        (NewAssociation { country: "XX".into(), ..association() }, "not a country code"),
        (NewAssociation { zone: "Mars/Olympus".into(), ..association() }, "no time zone"),
    ] {
        let refused = first_run::begin(folder.path(), host(&keyring), None, &new, None).await.err().unwrap();
        assert!(refused.message.contains(says), "{}", refused.message);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_sample_is_there_when_the_book_is() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = std::sync::Arc::new(TestKeyring::default());
    let size = Size { people: 40, seed: 1 };
    let (created, director) =
        first_run::begin(folder.path(), host(&keyring), None, &association(), Some(&size)).await.unwrap();
    leave_before_sqlcipher_cleans_up();
    assert_eq!(list::count(&mut created.book.read().await.unwrap()).await.unwrap(), 40);
    assert!(created.book.check().await.unwrap().ok);
    let standards = standards::all(&mut created.book.read().await.unwrap()).await.unwrap();
    assert_eq!(standards.retry_rules.len(), retry_rules::defaults().len());
    let undone = wellmet_core::store::undo_last(&created.book, wellmet_core::Actor::Volunteer(director)).await.unwrap();
    assert!(undone.is_none(), "nobody's undo takes first run apart");
    created.book.close().await;
    drop(created);
    let book = Book::open(folder.path(), host(&keyring), Key::Keyring).await.expect("the keyring opens it");
    assert_eq!(list::count(&mut book.read().await.unwrap()).await.unwrap(), 40);
    book.close().await;
}

#[tokio::test]
async fn what_a_kill_left_of_a_book_in_the_making_is_not_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = std::sync::Arc::new(TestKeyring::default());
    let making = Book::make(folder.path(), host(&keyring), None).await.unwrap();
    leave_before_sqlcipher_cleans_up();
    first_run::set_up(&making.book, &association()).await.unwrap();
    // As a kill leaves it: nothing is tidied, only the lock goes.
    making.book.close().await;
    drop(making);
    assert!(files(folder.path()).contains(&"book.db.new".to_owned()));
    let (created, _) = first_run::begin(folder.path(), host(&keyring), None, &association(), None).await.unwrap();
    leave_before_sqlcipher_cleans_up();
    assert!(created.book.check().await.unwrap().ok);
    created.book.close().await;
}
