use wellmet_core::plans::drafts;
use wellmet_core::{Actor, Code};

use super::setting::volunteer;
use crate::support::TestBook;

#[tokio::test]
async fn what_was_written_of_a_plan_is_there_after_a_crash_and_hers_alone() {
    let t = TestBook::new().await;
    let tom = volunteer(&t, "Tom Ashby", None).await;
    let of = async |who, plan: &str| drafts::of(&mut t.book.read().await.unwrap(), who, plan).await.unwrap();
    drafts::keep(&t.book, t.helen(), "new:", "{\"name\":").await.unwrap();
    drafts::keep(&t.book, t.helen(), "new:", "{\"name\": \"After the breakfast\"").await.unwrap();
    drafts::keep(&t.book, t.helen(), "another", "…").await.unwrap();
    assert_eq!(of(t.director, "new:").await.as_deref(), Some("{\"name\": \"After the breakfast\""));
    assert_eq!(of(tom, "new:").await, None, "what somebody else writes is theirs");
    assert!(wellmet_core::store::undo_last(&t.book, t.helen()).await.unwrap().is_none(), "nobody's Ctrl+Z meets it");
    drafts::discard(&t.book, t.helen(), "new:").await.unwrap();
    drafts::discard(&t.book, t.helen(), "new:").await.unwrap();
    assert_eq!(of(t.director, "new:").await, None);
    assert_eq!(of(t.director, "another").await.as_deref(), Some("…"));
    let long = drafts::keep(&t.book, t.helen(), "new:", &"x".repeat(500_001)).await.unwrap_err();
    assert_eq!(long.code, Code::Invalid);
    assert_eq!(drafts::keep(&t.book, Actor::Wellmet, "new:", "").await.unwrap_err().code, Code::Refused);
}
