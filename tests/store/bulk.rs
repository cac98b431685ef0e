//! Rows that are queued are there for whatever is asked next, in order, and whole or not at all.

use wellmet_core::people::NewPerson;
use wellmet_core::store::{Value, insert_rank};
use wellmet_core::{args, statements};

use crate::support::TestBook;

statements! {
    ADD_TAG = "INSERT INTO tag (id, person_id, name) VALUES ($1, $2, $3) ON CONFLICT (person_id, name) DO NOTHING";
    COUNT_TAGS = "SELECT COUNT(*) FROM tag WHERE person_id = $1";
    TAGS_AMONG = "SELECT name FROM tag WHERE name IN ($1)";
    NESTED = "INSERT INTO tag (id, person_id, name) VALUES ($1, $2, (SELECT CAST($3 AS TEXT)))";
}

#[tokio::test]
async fn what_is_queued_is_there_for_the_next_question() {
    let t = TestBook::new().await;
    let rania = t.person(NewPerson { name: "Rania Haddad".into(), ..NewPerson::default() }).await;
    let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
    // More than one statement takes, and a rest that is no power of two.
    for number in 0..1_237 {
        edit.add(&ADD_TAG, args![uuid::Uuid::now_v7(), rania, format!("tag {number}")]);
    }
    edit.add(&ADD_TAG, args![uuid::Uuid::now_v7(), rania, "tag 7"]);
    let count: i64 = edit.scalar(&COUNT_TAGS, args![rania]).await.unwrap();
    assert_eq!(count, 1_237);
    edit.add(&ADD_TAG, args![uuid::Uuid::now_v7(), rania, "the last one"]);
    edit.commit().await.unwrap();
    let mut db = t.book.read().await.unwrap();
    for length in [0, 1, 8, 9, 700, 1_238] {
        let keys: Vec<Value> = (0..length).map(|number| Value::from(format!("tag {number}"))).collect();
        let found: Vec<(String,)> = db.among(&TAGS_AMONG, keys).await.unwrap();
        assert_eq!(found.len(), length.min(1_237), "each once, however the list is filled up");
    }
    let count: i64 = db.scalar(&COUNT_TAGS, args![rania]).await.unwrap();
    assert_eq!(count, 1_238);
    drop(db);
    let undone = wellmet_core::store::undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.reversed, undone.kept, undone.failed), (1_238, 0, 0), "the journal has every row");
}

#[tokio::test]
async fn what_is_queued_and_dropped_never_was() {
    let t = TestBook::new().await;
    let rania = t.person(NewPerson { name: "Rania Haddad".into(), ..NewPerson::default() }).await;
    let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
    edit.add(&ADD_TAG, args![uuid::Uuid::now_v7(), rania, "gone"]);
    drop(edit);
    let count: i64 = t.book.read().await.unwrap().scalar(&COUNT_TAGS, args![rania]).await.unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn a_row_that_cannot_be_repeated_is_refused() {
    let t = TestBook::new().await;
    let rania = t.person(NewPerson { name: "Rania Haddad".into(), ..NewPerson::default() }).await;
    let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
    edit.add(&NESTED, args![uuid::Uuid::now_v7(), rania, "nested"]);
    let refused = edit.commit().await.expect_err("it is no INSERT of one row");
    assert!(refused.message.contains("NESTED"), "{}", refused.message);
}

#[test]
fn a_parent_is_written_before_its_children() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut references = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let ddl = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut table = String::new();
        for line in ddl.lines() {
            if let Some(rest) = line.trim_start().strip_prefix("CREATE TABLE ").or(line.strip_prefix("ALTER TABLE ")) {
                table = rest.split(' ').next().unwrap().to_owned();
            }
            for parent in line.split("REFERENCES ").skip(1).map(|rest| rest.split(' ').next().unwrap()) {
                references += 1;
                // The journal's own tables are not written through the queue, and a table may refer to itself.
                let later = parent == table || insert_rank(parent) < insert_rank(&table);
                assert!(later, "{table} refers to {parent}: put both in their order in store/bulk.rs");
            }
        }
    }
    assert!(references > 30, "{references}");
}
