use wellmet_core::calls::{MessageFrom, inquiry};
use wellmet_core::people::{NewPerson, PersonChange, person};
use wellmet_core::promises::ledger::{self, NewPromise, PromiseKind};
use wellmet_core::promises::reasons::{RecordKind, plain};
use wellmet_core::promises::today::{GroupName, MOST_ITEMS, Today, TodayItem, count_late, today};

use crate::support::{TestBook, millis, voicemail};

async fn list(t: &TestBook) -> Today {
    today(&mut t.book.read().await.unwrap(), t.book.now(), None).await.unwrap()
}

fn group(today: &Today, name: GroupName) -> &[TodayItem] {
    &today.groups.iter().find(|group| group.name == name).unwrap().items
}

async fn rania(t: &TestBook) -> wellmet_core::ids::PersonId {
    let new = NewPerson {
        name: "Rania Haddad".into(),
        organisation: "Haddad Interiors".into(),
        phone: "0412 345 016".into(),
        zone: Some("Australia/Brisbane".into()),
        ..NewPerson::default()
    };
    let id = t.person(new).await;
    let message = voicemail(MessageFrom::Known(id), "membership and the mentoring circle");
    inquiry::capture(&t.book, t.helen(), &message).await.unwrap();
    id
}

#[tokio::test]
async fn the_sentence_says_what_is_in_the_book_and_links_to_it() {
    let t = TestBook::new().await;
    let id = rania(&t).await;
    t.clock.set("2026-11-23T08:40:00+10:00");
    inquiry::capture(&t.book, t.helen(), &voicemail(MessageFrom::Known(id), "did anyone get my message?"))
        .await
        .unwrap();
    t.clock.set("2026-11-23T09:30:00+10:00");
    let today = list(&t).await;
    let late = group(&today, GroupName::Late);
    assert_eq!(late.len(), 1, "one person, once");
    let item = &late[0];
    assert_eq!(
        plain(&item.reason),
        "Left a message on 2 November: “membership and the mentoring circle”; 2nd message today at 8:40. \
         We promised to ring by 17:00 on 3 November and have not."
    );
    assert_eq!(item.waiting_ms.0 / wellmet_core::time::DAY_MS, 20, "the clock began with the first message");
    for clause in &item.reason {
        let joins = clause.text.chars().all(|c| !c.is_alphanumeric());
        assert!(joins || clause.record.is_some(), "“{}” comes from nowhere", clause.text);
    }
    let kinds: Vec<RecordKind> =
        item.reason.iter().filter_map(|clause| clause.record.map(|record| record.kind)).collect();
    assert_eq!(kinds, [RecordKind::Message, RecordKind::Message, RecordKind::Promise]);
}

#[tokio::test]
async fn who_may_not_be_rung_is_listed_apart_with_why() {
    let t = TestBook::new().await;
    let id = rania(&t).await;
    t.clock.set("2026-11-03T10:00:00+10:00");
    assert_eq!(group(&list(&t).await, GroupName::Today).len(), 1, "due today at closing");
    let change = PersonChange { zone: Some("Australia/Perth".into()), ..PersonChange::default() };
    let mut edit = t.book.write(t.helen(), "change_person").await.unwrap();
    person::change(&mut edit, id, &change).await.unwrap();
    edit.commit().await.unwrap();
    let today = list(&t).await;
    assert!(group(&today, GroupName::Today).is_empty());
    let item = &group(&today, GroupName::NotNow)[0];
    let not_now = item.not_now.as_ref().unwrap();
    assert!(not_now.why.contains("8:00") && not_now.why.contains("Perth"), "{}", not_now.why);
    assert_eq!(not_now.from_ms.unwrap().rfc3339(), "2026-11-03T01:00:00Z", "nine in Perth");
}

#[tokio::test]
async fn groups_follow_the_day_of_the_association() {
    let t = TestBook::new().await;
    rania(&t).await;
    // Received on Monday; due on Tuesday at 17:00.
    assert_eq!(group(&list(&t).await, GroupName::Coming).len(), 1);
    t.clock.set("2026-11-03T16:59:59+10:00");
    let today = list(&t).await;
    assert!(group(&today, GroupName::Today)[0].due_soon);
    t.clock.set("2026-11-03T17:00:00+10:00");
    assert_eq!(group(&list(&t).await, GroupName::Today).len(), 1, "on the minute is in time");
    t.clock.set("2026-11-03T17:00:01+10:00");
    assert_eq!(group(&list(&t).await, GroupName::Late).len(), 1);
}

#[tokio::test]
async fn the_list_of_one_keeper_is_theirs() {
    let t = TestBook::new().await;
    rania(&t).await;
    let mut db = t.book.read().await.unwrap();
    let hers = today(&mut db, t.book.now(), Some(t.director)).await.unwrap();
    assert_eq!(hers.groups.iter().map(|group| group.items.len()).sum::<usize>(), 1);
    let nobodys = today(&mut db, t.book.now(), Some(wellmet_core::ids::VolunteerId::new())).await.unwrap();
    assert_eq!(nobodys.groups.iter().map(|group| group.items.len()).sum::<usize>(), 0);
}

#[tokio::test]
async fn what_is_late_stays_in_sight_however_much_else_there_is() {
    let t = TestBook::new().await;
    let late = rania(&t).await;
    let promise = ledger::of_person(&mut t.book.read().await.unwrap(), late).await.unwrap()[0].id;
    t.clock.set("2026-11-04T09:00:00+10:00");
    let mut edit = t.book.write(t.helen(), "promise").await.unwrap();
    // She was promised a call by yesterday, was not reached, and is to be tried again in six days.
    ledger::tried(&mut edit, promise, Some(millis("2026-11-10T09:00:00+10:00"))).await.unwrap();
    for number in 0..MOST_ITEMS {
        let name = format!("Person Number{number}");
        let person = person::create(&mut edit, &NewPerson { name, ..NewPerson::default() }).await.unwrap();
        let new = NewPromise {
            person,
            kind: PromiseKind::Callback,
            what: "ring back".into(),
            keeper: None,
            due: millis("2026-11-05T12:00:00+10:00"),
            inquiry: None,
        };
        ledger::make(&mut edit, &new).await.unwrap();
    }
    edit.commit().await.unwrap();
    let everyones = list(&t).await;
    assert_eq!(group(&everyones, GroupName::Late).iter().map(|item| item.person.id).collect::<Vec<_>>(), [late]);
    assert_eq!(everyones.more, 1, "one of those to come is not shown, and counted");
    let mut db = t.book.read().await.unwrap();
    assert_eq!(count_late(&mut db, t.book.now()).await.unwrap(), 1);
    let nobodys = today(&mut db, t.book.now(), Some(wellmet_core::ids::VolunteerId::new())).await.unwrap();
    assert_eq!(nobodys.more, 0, "what is left out is counted among what was asked for");
}
