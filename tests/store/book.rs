use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};
use wellmet_core::host::{Host, NoSecrets, WallClock};
use wellmet_core::people::{NewPerson, finding, person};
use wellmet_core::store::{Key, RecoveryKey, Unlock, restore_newest};
use wellmet_core::{Actor, Book, Code};

use crate::support::{TestBook, leave_before_sqlcipher_cleans_up};

fn no_keyring() -> Host {
    Host { clock: Arc::new(WallClock), secrets: Arc::new(NoSecrets) }
}

#[tokio::test]
async fn a_new_book_checks_clean_and_opens_again() {
    let mut t = TestBook::new().await;
    t.named("Rania Haddad").await;
    t.reopen().await;
    let checked = t.book.check().await.unwrap();
    assert!(checked.ok, "{:?}", checked.findings);
}

#[tokio::test]
async fn nothing_of_the_book_can_be_read_without_its_key() {
    let t = TestBook::new().await;
    t.named("Rania Haddad").await;
    t.book.close().await;
    for entry in std::fs::read_dir(t.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let key = t.keyring.hex_of(t.book.id());
            assert!(!holds(&bytes, b"Haddad"), "{} holds a name", path.display());
            assert!(!holds(&bytes, b"SQLite format"), "{} is plain SQLite", path.display());
            assert!(!holds(&bytes, key.as_bytes()), "{} holds the key", path.display());
        }
    }
}

fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[tokio::test]
async fn a_second_wellmet_is_told_that_the_book_is_busy() {
    let t = TestBook::new().await;
    let second = Book::open(&t.path(), t.host(), Key::Keyring).await.err().unwrap();
    assert_eq!(second.code, Code::BookBusy);
    assert!(second.message.contains("Close it there first"), "{}", second.message);
}

#[tokio::test]
async fn no_book_is_made_over_another() {
    let t = TestBook::new().await;
    t.book.close().await;
    let path = t.path();
    let host = t.host();
    let folder = keep_folder(t);
    let over = Book::create(&path, host, None).await.err().unwrap();
    assert_eq!(over.code, Code::BookExists);
    drop(folder);
}

/// Drops the open book and keeps its files.
fn keep_folder(t: TestBook) -> tempfile::TempDir {
    let kept = tempfile::tempdir().unwrap();
    copy(t.folder(), kept.path());
    let target = t.folder().to_owned();
    drop(t);
    copy(kept.path(), &target);
    kept
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn the_recovery_key_opens_the_book_when_the_keyring_has_lost_it() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    t.book.close().await;
    t.keyring.forget_everything();
    let copied = t.folder().join("elsewhere");
    copy(&t.path(), &copied);
    let lost = Book::open(&copied, t.host(), Key::Keyring).await.err().unwrap();
    assert_eq!(lost.code, Code::KeyNeeded);
    assert!(lost.message.contains("recovery key"), "{}", lost.message);
    // As someone types it from paper: lower case, no separators.
    let typed = t.recovery_key.replace('-', " ").to_lowercase();
    let unlock = Unlock::RecoveryKey(RecoveryKey::parse(&typed).unwrap());
    let book = Book::open(&copied, t.host(), Key::Typed(unlock)).await.unwrap();
    let person = person::get(&mut book.read().await.unwrap(), rania).await.unwrap();
    assert_eq!(person.name, "Rania Haddad");
    // The keyring learned the key again.
    drop(book);
    Book::open(&copied, t.host(), Key::Keyring).await.unwrap();
}

#[test]
fn a_recovery_key_copied_wrongly_is_noticed_before_it_is_tried() {
    let slip = RecoveryKey::parse("0000-0000-0000-0000-0000-0000-0000-00001").err().unwrap();
    assert_eq!(slip.code, Code::WrongKey);
    assert!(slip.message.contains("group by group"), "{}", slip.message);
    let short = RecoveryKey::parse("0000").err().unwrap();
    assert!(short.message.contains("33"), "{}", short.message);
}

#[tokio::test]
async fn without_a_keyring_a_passphrase_opens_the_book_and_a_wrong_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let needed = Book::create(folder.path(), no_keyring(), None).await.err().unwrap();
    assert_eq!(needed.code, Code::KeyNeeded, "{}", needed.message);
    let created = Book::create(folder.path(), no_keyring(), Some("well met by moonlight".into())).await.unwrap();
    leave_before_sqlcipher_cleans_up();
    assert!(!created.in_keyring);
    created.book.close().await;
    drop(created);
    assert_eq!(Book::look(folder.path()).unwrap(), Some(true));
    let wrong = Unlock::Passphrase("ill met by moonlight".into());
    let error = Book::open(folder.path(), no_keyring(), Key::Typed(wrong)).await.err().unwrap();
    assert_eq!(error.code, Code::WrongKey);
    let right = Unlock::Passphrase("well met by moonlight".into());
    Book::open(folder.path(), no_keyring(), Key::Typed(right)).await.unwrap();
}

#[tokio::test]
async fn a_locked_keyring_is_named_as_such() {
    let t = TestBook::new().await;
    t.book.close().await;
    let copied = t.folder().join("copy");
    copy(&t.path(), &copied);
    *t.keyring.fault.lock().unwrap() = Some(true);
    let error = Book::open(&copied, t.host(), Key::Keyring).await.err().unwrap();
    assert_eq!(error.code, Code::KeyringLocked);
}

#[tokio::test]
async fn a_wrong_key_is_never_taken_for_an_empty_book() {
    let t = TestBook::new().await;
    t.book.close().await;
    let copied = t.folder().join("copy");
    copy(&t.path(), &copied);
    t.keyring.forget_everything();
    let other = secrecy::SecretBox::new(Box::new([7u8; 32]));
    wellmet_core::host::Secrets::set(&*t.keyring, t.book.id(), &other).unwrap();
    let before = std::fs::read(copied.join("book.db")).unwrap();
    let error = Book::open(&copied, t.host(), Key::Keyring).await.err().unwrap();
    assert_eq!(error.code, Code::WrongKey, "{}", error.message);
    assert_eq!(before, std::fs::read(copied.join("book.db")).unwrap(), "the book was not touched");
}

#[tokio::test]
async fn damage_in_any_page_is_found_and_named() {
    const PAGE: usize = 4096;
    let t = TestBook::new().await;
    t.named("Rania Haddad").await;
    t.book.close().await;
    let copied = t.folder().join("copy");
    copy(&t.path(), &copied);
    let file = copied.join("book.db");
    let whole = std::fs::read(&file).unwrap();
    for page in 0..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 100..][..2000].fill(0x5a);
        std::fs::write(&file, &bytes).unwrap();
        let checked = match Book::open(&copied, t.host(), Key::Keyring).await {
            Ok(book) => {
                let checked = book.check().await;
                book.close().await;
                checked
            }
            Err(error) => Err(error),
        };
        match checked {
            Ok(checked) => assert!(!checked.ok && !checked.findings.is_empty(), "page {page}"),
            Err(error) if page == 0 => assert!(matches!(error.code, Code::BookDamaged | Code::WrongKey), "{error:?}"),
            Err(error) => assert_eq!(error.code, Code::BookDamaged, "page {page}: {}", error.message),
        }
    }
}

#[tokio::test]
async fn a_damaged_book_is_reported_with_the_last_backup_and_restored_from_it() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    t.book.backup("by-hand").await.unwrap();
    t.book.close().await;
    let copied = t.folder().join("copy");
    copy(&t.path(), &copied);
    // The first page, with the schema in it, is written over.
    let file = copied.join("book.db");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[16..3000].fill(0x5a);
    std::fs::write(&file, &bytes).unwrap();
    let unlock = || Unlock::RecoveryKey(RecoveryKey::parse(&t.recovery_key).unwrap());
    let error = Book::open(&copied, t.host(), Key::Typed(unlock())).await.err().unwrap();
    assert_eq!(error.code, Code::BookDamaged, "{}", error.message);
    assert!(error.message.contains("by-hand.db"), "{}", error.message);
    restore_newest(&copied, &t.host(), Some(&unlock())).await.unwrap();
    let book = Book::open(&copied, t.host(), Key::Typed(unlock())).await.unwrap();
    person::get(&mut book.read().await.unwrap(), rania).await.unwrap();
    assert!(book.check().await.unwrap().ok);
    let kept =
        std::fs::read_dir(&copied).unwrap().any(|e| e.unwrap().file_name().to_string_lossy().contains("replaced"));
    assert!(kept, "the damaged file is kept beside");
}

#[tokio::test]
async fn a_truncated_key_file_is_named_and_nothing_is_touched() {
    let t = TestBook::new().await;
    t.book.close().await;
    let copied = t.folder().join("copy");
    copy(&t.path(), &copied);
    let key_file = copied.join("book.json");
    let text = std::fs::read_to_string(&key_file).unwrap();
    std::fs::write(&key_file, &text[..text.len() / 2]).unwrap();
    let error = Book::open(&copied, t.host(), Key::Keyring).await.err().unwrap();
    assert_eq!(error.code, Code::BookDamaged);
    assert!(error.message.contains("book.json"), "{}", error.message);
}

#[tokio::test]
async fn a_write_outside_the_one_door_fails() {
    let t = TestBook::new().await;
    // Two edits at once cannot be: the second waits for the first. A dropped one never was.
    let mut edit = t.book.write(t.helen(), "create_person").await.unwrap();
    let new = NewPerson { name: "Never Was".into(), ..Default::default() };
    person::create(&mut edit, &new).await.unwrap();
    drop(edit);
    let found = finding::find(&mut t.book.read().await.unwrap(), "never", 10).await.unwrap();
    assert!(found.is_empty(), "a dropped edit leaves nothing");
    assert!(t.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn a_backup_opens_with_the_books_key_and_holds_what_was_written() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    let backup = t.book.backup("by-hand").await.unwrap();
    let other = t.folder().join("from-backup");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::copy(&backup, other.join("book.db")).unwrap();
    std::fs::copy(t.path().join("book.json"), other.join("book.json")).unwrap();
    let book = Book::open(&other, t.host(), Key::Keyring).await.unwrap();
    person::get(&mut book.read().await.unwrap(), rania).await.unwrap();
}

#[tokio::test]
async fn every_change_is_told_once_with_the_tables_it_touched() {
    let t = TestBook::new().await;
    let mut changes = t.book.changes();
    t.named("Rania Haddad").await;
    let change = changes.recv().await.unwrap();
    assert!(change.tables.contains(&"person".to_owned()), "{change:?}");
    let mut edit = t.book.write(Actor::Wellmet, "nothing").await.unwrap();
    edit.about("nobody");
    edit.commit().await.unwrap();
    assert!(changes.recv().await.unwrap().tables.is_empty(), "an edit without rows names no table");
    let edits = wellmet_core::store::last_edits(&t.book, 50).await.unwrap();
    assert!(edits.iter().all(|edit| edit.action != "nothing"), "an edit without rows leaves no trace");
}

#[tokio::test]
async fn a_search_index_that_is_damaged_is_found_and_made_anew() {
    let t = TestBook::new().await;
    for number in 0..300 {
        let phone = format!("0491 57{number:04}");
        let new = NewPerson { name: format!("Zoë Number{number}"), phone, ..NewPerson::default() };
        t.person(new).await;
    }
    for table in ["person_words", "person_digits"] {
        // Blocks 1 and 10 are the index's own: its averages, and the list of its segments.
        for (what, damage) in [
            (
                "a block is written over",
                "UPDATE #_data SET block = zeroblob(length(block)) WHERE id = (SELECT MAX(id) FROM #_data)",
            ),
            ("a block is lost", "DELETE FROM #_data WHERE id = (SELECT MAX(id) FROM #_data)"),
            ("somebody's words are lost", "DELETE FROM # WHERE rowid = (SELECT MAX(rowid) FROM #)"),
            (
                "somebody's words are counted wrong",
                "UPDATE #_docsize SET sz = CAST(sz || x'01' AS BLOB) WHERE id = (SELECT MAX(id) FROM #_docsize)",
            ),
            ("the index of its blocks is lost", "DELETE FROM #_idx"),
            ("somebody who is not there is in it", "INSERT INTO # (rowid, @) VALUES (99999, 'nobody')"),
        ] {
            let column = if table == "person_words" { "name" } else { "digits" };
            spoil(&t, &damage.replace('#', table).replace('@', column)).await;
            let checked = t.book.check().await.expect("it can be checked");
            assert!(!checked.ok, "{table}: {what}, and nobody noticed");
            assert!(checked.findings.iter().any(|words| words.contains("search index")), "{:?}", checked.findings);
            t.book.reindex().await.expect("it can be made anew");
            let checked = t.book.check().await.expect("it can be checked");
            assert!(checked.ok, "{table}: {what}, and it was made anew: {:?}", checked.findings);
        }
    }
    let found = finding::find(&mut t.book.read().await.unwrap(), "number299", 5).await.unwrap();
    assert_eq!(found.len(), 1);
}

/// What a fault of the disk could do to the book, under its own key.
async fn spoil(t: &TestBook, sql: &str) {
    let key = format!("\"x'{}'\"", t.keyring.hex_of(t.book.id()));
    let options = SqliteConnectOptions::new().filename(t.path().join("book.db")).pragma("key", key);
    let mut connection = options.connect().await.expect("the book's own key");
    let changed = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.expect(sql);
    assert!(changed.rows_affected() > 0, "{sql}");
    connection.close().await.expect("closed");
}

#[tokio::test]
async fn a_book_that_is_edited_often_is_still_found_whole() {
    let t = TestBook::new().await;
    let rania = t.named("Rania Haddad").await;
    for number in 0..40 {
        let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
        person::tag(&mut edit, rania, &format!("tag{number}")).await.unwrap();
        edit.commit().await.unwrap();
        let checked = t.book.check().await.unwrap();
        assert!(checked.ok, "after {number} edits: {:?}", checked.findings);
    }
    let found = finding::find(&mut t.book.read().await.unwrap(), "tag39", 5).await.unwrap();
    assert_eq!(found, vec![rania], "and everyone is in the index");
}
