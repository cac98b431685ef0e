//! Tags as the association has them: all of one renamed, joined with another or taken away, and undone.

use wellmet_core::Code;
use wellmet_core::ids::PersonId;
use wellmet_core::people::{PeopleQuery, finding, person, tags, views};
use wellmet_core::store::undo_last;

use super::merge::life_in_no_order as life;
use crate::support::TestBook;

async fn tagged(t: &TestBook, name: &str, all: &[&str]) -> PersonId {
    let id = t.named(name).await;
    let mut edit = t.book.write(t.helen(), "add_tag").await.unwrap();
    for tag in all {
        person::tag(&mut edit, id, tag).await.unwrap();
    }
    edit.commit().await.unwrap();
    id
}

async fn all(t: &TestBook) -> Vec<(String, u32)> {
    let all = tags::all(&mut t.book.read().await.unwrap()).await.unwrap();
    all.into_iter().map(|tag| (tag.value, tag.people)).collect()
}

async fn rename(t: &TestBook, name: &str, to: &str, join: bool) -> wellmet_core::Result<()> {
    let mut edit = t.book.write(t.helen(), "rename_tag").await?;
    tags::rename(&mut edit, name, to, join).await?;
    edit.commit().await.map(drop)
}

#[tokio::test]
async fn a_tag_is_renamed_for_everyone_and_for_the_views() {
    let t = TestBook::new().await;
    tagged(&t, "Ada Low", &["pal", "choir"]).await;
    let ben = tagged(&t, "Ben Orr", &["pal", "mentor"]).await;
    tagged(&t, "Cas Moon", &["mentor"]).await;
    let mut edit = t.book.write(t.helen(), "save_view").await.unwrap();
    views::save(&mut edit, "Mentors", &PeopleQuery { tag: "pal".into(), waiting: true, ..PeopleQuery::default() })
        .await
        .unwrap();
    edit.commit().await.unwrap();
    let before = life(&t).await;

    assert_eq!(rename(&t, "pal", " ", true).await.unwrap_err().code, Code::Invalid);
    assert_eq!(rename(&t, "nobody's", "x", true).await.unwrap_err().code, Code::NotFound);
    let error = rename(&t, "pal", "mentor", false).await.unwrap_err();
    assert_eq!(error.code, Code::Refused, "two become one only where somebody says so");
    assert_eq!(life(&t).await, before);

    rename(&t, "pal", " mentor ", true).await.unwrap();
    assert_eq!(all(&t).await, [("choir".to_owned(), 1), ("mentor".to_owned(), 3)]);
    assert_eq!(person::get(&mut t.book.read().await.unwrap(), ben).await.unwrap().tags, ["mentor"]);
    let view = views::all(&mut t.book.read().await.unwrap()).await.unwrap().remove(0).query;
    assert_eq!((view.tag.as_str(), view.waiting), ("mentor", true), "a view shows the same people as before");
    assert_eq!(finding::find(&mut t.book.read().await.unwrap(), "pal", 9).await.unwrap(), []);

    let undone = undo_last(&t.book, t.helen()).await.unwrap().expect("undone");
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(life(&t).await, before);
    assert_eq!(finding::find(&mut t.book.read().await.unwrap(), "pal", 9).await.unwrap().len(), 2);
    assert!(t.book.check().await.unwrap().ok);
}

#[tokio::test]
async fn a_tag_that_is_taken_away_comes_back_to_each() {
    let t = TestBook::new().await;
    tagged(&t, "Ada Low", &["50%_off", "choir"]).await;
    let gone = tagged(&t, "Ben Orr", &["50%_off"]).await;
    tagged(&t, "Cas Moon", &["50xxoff"]).await;
    let mut edit = t.book.write(t.helen(), "remove_person").await.unwrap();
    person::remove(&mut edit, gone).await.unwrap();
    edit.commit().await.unwrap();
    assert_eq!(all(&t).await[0], ("50%_off".to_owned(), 1), "whoever is off the lists is not counted");
    let before = life(&t).await;
    let mut edit = t.book.write(t.helen(), "remove_tag").await.unwrap();
    tags::remove(&mut edit, "50%_off").await.unwrap();
    edit.commit().await.unwrap();
    assert_eq!(all(&t).await, [("50xxoff".to_owned(), 1), ("choir".to_owned(), 1)]);
    undo_last(&t.book, t.helen()).await.unwrap();
    assert_eq!(life(&t).await, before, "also to whoever is off the lists");
}

#[tokio::test]
async fn a_tag_is_given_to_many_in_one_edit() {
    let t = TestBook::new().await;
    let ada = tagged(&t, "Ada Low", &["choir"]).await;
    let ben = tagged(&t, "Ben Orr", &["mentor"]).await;
    let gone = tagged(&t, "Cas Moon", &[]).await;
    let mut edit = t.book.write(t.helen(), "remove_person").await.unwrap();
    person::remove(&mut edit, gone).await.unwrap();
    edit.commit().await.unwrap();
    let before = life(&t).await;
    let mut edit = t.book.write(t.helen(), "tag_people").await.unwrap();
    assert_eq!(tags::give(&mut edit, &[ada, ben], "  ").await.unwrap_err().code, Code::Invalid);
    drop(edit);
    let mut edit = t.book.write(t.helen(), "tag_people").await.unwrap();
    assert_eq!(tags::give(&mut edit, &[ada, ben, gone, ada], " mentor ").await.unwrap(), 1, "Ben had it, Cas left");
    edit.commit().await.unwrap();
    assert_eq!(all(&t).await, [("choir".to_owned(), 1), ("mentor".to_owned(), 2)]);
    assert_eq!(finding::find(&mut t.book.read().await.unwrap(), "mentor", 9).await.unwrap().len(), 2);
    let undone = undo_last(&t.book, t.helen()).await.unwrap().expect("undone");
    assert_eq!((undone.kept, undone.failed), (0, 0), "{:?}", undone.rows);
    assert_eq!(life(&t).await, before);
}
