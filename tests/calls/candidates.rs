//! Someone is ringing us: who it may be.

use wellmet_core::calls::{self, BeginCall, Candidate};
use wellmet_core::people::{NewPerson, person};
use wellmet_core::time::{DAY_MS, HOUR_MS};

use super::desk::{ring, someone, waits};
use crate::support::TestBook;

async fn found(book: &TestBook, typed: &str) -> Vec<Candidate> {
    calls::candidates::of(&mut book.book.read().await.expect("a reader"), typed).await.expect("candidates")
}

fn names(found: &[Candidate]) -> Vec<&str> {
    found.iter().map(|one| one.person.name.as_str()).collect()
}

#[tokio::test]
async fn whoever_waits_longest_is_on_top_however_many_have_the_name() {
    let book = TestBook::new().await;
    let mut edit = book.book.write(book.helen(), "test").await.expect("an edit");
    let mut ids = Vec::new();
    for index in 0..300 {
        let new = NewPerson { given: format!("Nguyen{index:03}"), family: "Tran".into(), ..NewPerson::default() };
        ids.push(person::create(&mut edit, &new).await.expect("a person"));
    }
    edit.commit().await.expect("committed");
    // Two who are late in any order but that of waiting.
    waits(&book, ids[150], "The fees").await;
    book.clock.move_on(HOUR_MS);
    waits(&book, ids[7], "How to join").await;
    for typed in ["tr", "tran", "nguyen"] {
        let found = found(&book, typed).await;
        assert_eq!(found.len(), 8, "{typed}");
        assert_eq!(&names(&found)[..2], ["Nguyen150 Tran", "Nguyen007 Tran"], "{typed}");
        assert_eq!(found[0].waits_for.as_deref(), Some("The fees"));
        assert!(found.iter().all(|one| !one.number_matches && one.reach.is_none()));
    }
}

#[tokio::test]
async fn of_a_switchboard_the_one_who_waits_is_on_top_and_nobody_is_asserted() {
    let book = TestBook::new().await;
    let mut waiting = None;
    for (index, extension) in ["", " ext 12", " ext 34", ""].iter().enumerate() {
        let number = format!("07 3000 1000{extension}");
        let id = someone(&book, &format!("Given{index} Family{index}"), "Council", "", &number).await;
        if index == 2 {
            waiting = Some((id, waits(&book, id, "How to join").await));
        }
    }
    someone(&book, "Other Person", "", "", "07 3000 1001").await;
    for typed in ["07 3000 1000", "+61 7 3000 1000", "(07) 3000-1000", "0011 61 7 3000 1000", "73000 1000"] {
        let found = found(&book, typed).await;
        assert_eq!(found.len(), 4, "{typed}: {:?}", names(&found));
        let (id, owed) = waiting.expect("she waits");
        assert_eq!((found[0].person.id, found[0].promise), (id, Some(owed)), "{typed}");
    }
    let whole = found(&book, "07 3000 1000").await;
    assert!(whole.iter().all(|one| one.number_matches && one.reach.is_some()), "every one of them may be ringing");
    let part = found(&book, "3000 10").await;
    assert_eq!(part.len(), 5);
    assert!(part.iter().all(|one| !one.number_matches && one.reach.is_none()), "a part of a number is nobody's");
}

#[tokio::test]
async fn one_key_begins_the_call_that_they_made_on_what_they_wait_for() {
    let book = TestBook::at("2026-11-02T21:30:00+10:00").await;
    let id = someone(&book, "Rania Haddad", "Haddad Interiors", "Ascot", "0412 345 678").await;
    someone(&book, "Rania Hadad", "Bay Physio", "Ascot", "0412 345 678").await;
    waits(&book, id, "How to join").await;
    book.clock.move_on(DAY_MS);
    let found = found(&book, "0412 345 678").await;
    assert_eq!(found[0].person.id, id);
    let begin = BeginCall {
        reach: found[0].reach,
        promise: found[0].promise,
        inbound: true,
        ..ring(&book, found[0].person.id, None).await
    };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("the hour is theirs to choose");
    assert!(call.inbound && call.dialled.is_none(), "nothing is dialled, so nothing is asked");
    assert_eq!(call.promise.map(|promise| promise.id), found[0].promise);
    let whole = serde_json::to_string(&found).expect("it serialises");
    assert!(!whole.contains("412345678") && !whole.contains("345 678"), "{whole}");
}

#[tokio::test]
async fn nothing_typed_and_nobody_found_are_empty() {
    let book = TestBook::new().await;
    someone(&book, "Rania Haddad", "", "", "0412 345 678").await;
    for typed in ["", "   ", "12", "0413 345 678", "zzz", "\"", "* OR *", "•••"] {
        assert!(found(&book, typed).await.is_empty(), "{typed}");
    }
}
