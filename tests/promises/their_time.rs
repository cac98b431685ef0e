use rstest::rstest;
use wellmet_core::ids::PersonId;
use wellmet_core::people::{NewPerson, PersonChange, person};
use wellmet_core::promises::their_time::{TheirTime, TimeToRing, their_time};

use crate::support::{TestBook, millis};

async fn someone(t: &TestBook, zone: Option<&str>) -> PersonId {
    t.person(NewPerson { name: "Rania Haddad".into(), zone: zone.map(str::to_owned), ..NewPerson::default() }).await
}

async fn theirs(t: &TestBook, person: PersonId, from: Option<&str>, due: &str, exactly: bool) -> TheirTime {
    let time = TimeToRing { from_ms: from.map(millis), due_ms: millis(due), exactly };
    their_time(&mut t.book.read().await.unwrap(), person, t.book.now(), time).await.unwrap()
}

// It is Monday, 10:15 in Brisbane, and people may be rung from 9:00 to 20:00.
#[rstest]
#[case::no_clock_differs("Australia/Brisbane", None, "2026-11-03T15:00:00+10:00", true, None, None)]
#[case::at_three_is_noon_there(
    "Australia/Perth",
    None,
    "2026-11-03T14:00:00+10:00",
    true,
    Some("12:00 in Perth"),
    None
)]
#[case::at_night(
    "Australia/Perth", None, "2026-11-03T22:30:00+10:00", true, Some("20:30 in Perth"),
    Some(("Then it is 20:30 on Tuesday in Perth, outside 09:00 to 20:00.", "2026-11-04T01:00:00Z"))
)]
#[case::by_then_one_may_before(
    "Australia/Perth",
    None,
    "2026-11-03T22:30:00+10:00",
    false,
    Some("20:30 in Perth"),
    None
)]
#[case::between_which_one_may_not(
    "Europe/London", Some("2026-11-04T10:00:00+10:00"), "2026-11-04T17:00:00+10:00", false,
    Some("00:00 to 07:00 in London"),
    Some(("Then it is 07:00 on Wednesday in London, outside 09:00 to 20:00.", "2026-11-04T09:00:00Z"))
)]
#[case::between_which_one_may_at_last(
    "Europe/London",
    Some("2026-11-04T10:00:00+10:00"),
    "2026-11-04T19:00:00+10:00",
    false,
    Some("00:00 to 09:00 in London"),
    None
)]
#[case::another_day_there(
    "America/New_York",
    None,
    "2026-11-04T09:00:00+10:00",
    true,
    Some("18:00 on Tuesday in New York"),
    None
)]
#[tokio::test]
async fn a_time_is_read_back_by_their_clock(
    #[case] zone: &str,
    #[case] from: Option<&str>,
    #[case] due: &str,
    #[case] exactly: bool,
    #[case] there: Option<&str>,
    #[case] not: Option<(&str, &str)>,
) {
    let t = TestBook::new().await;
    let rania = someone(&t, Some(zone)).await;
    let read = theirs(&t, rania, from, due, exactly).await;
    assert_eq!(read.there.as_deref(), there);
    let not_then = read.not_then.map(|not| (not.why, not.from_ms.map(|at| at.rfc3339()).unwrap_or_default()));
    assert_eq!(not_then, not.map(|(why, from)| (why.to_owned(), from.to_owned())));
}

#[tokio::test]
async fn who_may_never_be_rung_is_promised_no_call() {
    let t = TestBook::new().await;
    let rania = someone(&t, None).await;
    let at = "2026-11-03T15:00:00+10:00";
    // Perth is two hours behind, and they may be there: three here is one there.
    assert_eq!(theirs(&t, rania, None, at, true).await, TheirTime { there: None, not_then: None });
    let early = theirs(&t, rania, None, "2026-11-03T09:00:00+10:00", true).await.not_then.unwrap();
    assert!(early.why.starts_with("Their time zone is not known, and then it is"), "{}", early.why);
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    let change = PersonChange { do_not_call: Some(true), ..PersonChange::default() };
    person::change(&mut edit, rania, &change).await.unwrap();
    edit.commit().await.unwrap();
    let never = theirs(&t, rania, None, at, true).await.not_then.unwrap();
    assert_eq!((never.why.as_str(), never.from_ms), ("Asked not to be called.", None));
}
