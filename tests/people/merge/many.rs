//! Many at once: one edit, with what somebody has to choose left out.

use std::sync::atomic::{AtomicU32, Ordering};

use wellmet_core::people::duplicates;
use wellmet_core::people::merge::{self, merge_many, preview_many};
use wellmet_core::people::{NewPerson, Standing, finding};
use wellmet_core::store::undo_last;

use super::{life, unmerged};
use crate::support::TestBook;

async fn rania(t: &TestBook, standing: Standing) -> wellmet_core::ids::PersonId {
    let new = NewPerson {
        name: "Rania Haddad".into(),
        phone: "0412 345 016".into(),
        email: "rania@haddad.example".into(),
        birth_day: "1981-03-04".into(),
        standing: Some(standing),
        ..NewPerson::default()
    };
    t.person(new).await
}

async fn samir(t: &TestBook, standing: Standing) -> wellmet_core::ids::PersonId {
    let new = NewPerson {
        name: "Samir Okafor".into(),
        phone: "0499 100 200".into(),
        email: "samir@okafor.example".into(),
        standing: Some(standing),
        ..NewPerson::default()
    };
    t.person(new).await
}

#[tokio::test]
async fn the_sure_ones_are_merged_in_one_edit_and_the_rest_is_left_with_its_reason() {
    let t = TestBook::new().await;
    // Three records of one, and two of another whose standings nobody may choose by the hundred.
    for _ in 0..3 {
        rania(&t, Standing::Member).await;
    }
    samir(&t, Standing::Member).await;
    samir(&t, Standing::Lapsed).await;
    t.named("Nadia Farah").await;
    duplicates::look(&t.book, t.helen()).await.unwrap();
    let before = life(&t).await;
    let shown = preview_many(&mut t.book.read().await.unwrap()).await.unwrap();
    assert_eq!((shown.pairs, shown.left_count), (2, 1), "{shown:?}");
    assert_eq!(shown.left[0].why, "Other standings: member and lapsed");
    assert_eq!(life(&t).await, before, "a preview writes nothing");

    let told = AtomicU32::new(0);
    let done = merge_many(&t.book, t.helen(), &|at, _| told.store(at, Ordering::SeqCst)).await.unwrap();
    assert_eq!((done.merged, done.left_count), (2, 1), "{done:?}");
    assert!(told.load(Ordering::SeqCst) > 0, "it says how far it is");
    let mut db = t.book.read().await.unwrap();
    assert_eq!(finding::find(&mut db, "rania", 10).await.unwrap().len(), 1, "three became one");
    let page = duplicates::page(&mut db, None, None, 10).await.unwrap();
    assert_eq!(page.total, 1, "what was left is still there to be looked at");
    drop(db);
    let undone = undo_last(&t.book, t.helen()).await.unwrap().unwrap();
    assert_eq!((undone.reversed, undone.failed), (2, 0), "{undone:?}");
    assert_eq!(life(&t).await, before, "one undo takes all of them apart");
}

#[tokio::test]
async fn one_of_many_can_be_taken_apart_alone() {
    let t = TestBook::new().await;
    let (first, _) = (rania(&t, Standing::Member).await, rania(&t, Standing::Member).await);
    samir(&t, Standing::Member).await;
    samir(&t, Standing::Member).await;
    duplicates::look(&t.book, t.helen()).await.unwrap();
    assert_eq!(merge_many(&t.book, t.helen(), &|_, _| {}).await.unwrap().merged, 2);
    let merges = merge::of_person(&mut t.book.read().await.unwrap(), first).await.unwrap();
    assert_eq!(merges.len(), 1, "the one who came first is kept");
    unmerged(&t, merges[0].id).await;
    let mut db = t.book.read().await.unwrap();
    assert_eq!(finding::find(&mut db, "rania", 10).await.unwrap().len(), 2);
    assert_eq!(finding::find(&mut db, "samir", 10).await.unwrap().len(), 1, "the other pair stays one");
    drop(db);
    assert!(t.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn where_nobody_is_there_twice_nothing_is_done() {
    let t = TestBook::new().await;
    rania(&t, Standing::Member).await;
    duplicates::look(&t.book, t.helen()).await.unwrap();
    let done = merge_many(&t.book, t.helen(), &|_, _| {}).await.unwrap();
    assert_eq!((done.merged, done.edit), (0, None));
}
