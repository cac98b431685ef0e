//! A call from its beginning to its filing.

use wellmet_core::Code;
use wellmet_core::calls::script::Pick;
use wellmet_core::calls::{self, BeginCall, BegunAnswer, Jotted, Logged};
use wellmet_core::people::person;
use wellmet_core::store;
use wellmet_core::time::{HOUR_MS, MINUTE_MS};

use super::desk::{begun, promise, rania, ring, said, someone, waits};
use crate::support::{TestBook, jotted};

#[tokio::test]
async fn without_a_reason_nobody_is_rung() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let begin = ring(&book, id, None).await;
    for reason in [None, Some("   ".to_owned())] {
        let begin = BeginCall { reason, ..begin.clone() };
        let error = calls::session::begin(&book.book, book.helen(), &begin).await.expect_err("no reason");
        assert_eq!(error.code, Code::Refused);
    }
    let begin = BeginCall { reason: Some("to ask her to the breakfast".into()), ..begin };
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("a reason was given");
    assert_eq!(call.reason, "to ask her to the breakfast");
}

#[tokio::test]
async fn a_call_is_bound_to_its_own_person_and_promise() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let other = someone(&book, "Priya Nair", "", "", "0412 999 000").await;
    let owed = waits(&book, other, "The fees").await;
    let begin = ring(&book, id, Some(owed)).await;
    let error = calls::session::begin(&book.book, book.helen(), &begin).await.expect_err("another's promise");
    assert_eq!(error.code, Code::Invalid);
}

#[tokio::test]
async fn a_late_call_back_opens_with_the_apology_and_what_is_not_known_is_a_blank() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    book.clock.set("2026-11-23T10:15:00+10:00");
    waits(&book, id, "It is me again").await;
    let call = begun(&book, id, owed).await;
    assert_eq!(call.script_name, "Call back after a long wait");
    assert!(call.brief.late && call.brief.messages.len() == 2);
    let step = calls::session::answer(&book.book, book.helen(), call.id, &call.step.node, Pick::Choice(1)).await;
    assert_eq!(step.expect("a step").node, "Apology");
    let call =
        calls::session::get(&mut book.book.read().await.expect("a reader"), book.book.now(), book.helen(), call.id)
            .await;
    let call = call.expect("the call");
    assert_eq!(
        said(&call),
        "Rania, this is Helen from Northside Business Women. You asked us on the second of November about how to join, \
         and got in touch again this morning, and nobody rang you back for three weeks. I am sorry. That is not how we \
         want you to meet us."
    );
    let back = calls::session::step_back(&book.book, book.helen(), call.id, 0).await.expect("back");
    assert_eq!(back.node, "Greeting");
}

#[tokio::test]
async fn a_whole_message_is_not_said_as_if_it_were_a_matter() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "Hello, I would like to know what it costs. Please ring me.").await;
    let call = begun(&book, id, owed).await;
    calls::session::answer(&book.book, book.helen(), call.id, &call.step.node, Pick::Choice(1)).await.expect("a step");
    let mut db = book.book.read().await.expect("a reader");
    let call = calls::session::get(&mut db, book.book.now(), book.helen(), call.id).await.expect("the call");
    assert!(said(&call).contains("about <what they asked, in your own words>"), "{}", said(&call));
}

#[tokio::test]
async fn what_was_begun_comes_back_after_a_restart_with_every_word() {
    let mut book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    calls::session::answer(&book.book, book.helen(), call.id, &call.step.node, Pick::Choice(1)).await.expect("a step");
    let half = BegunAnswer { node: "Reason".into(), words: "she hopes for “a mentor” ✨".into() };
    let words = Jotted { begun_answer: Some(half.clone()), ..jotted("came to one breakfast", "daughter sails") };
    calls::session::jot(&book.book, book.helen(), call.id, &words).await.expect("kept");
    book.reopen().await;
    let mut db = book.book.read().await.expect("a reader");
    let unfinished = calls::session::unfinished(&mut db).await.expect("the list");
    assert_eq!(unfinished.iter().map(|call| call.id).collect::<Vec<_>>(), [call.id]);
    assert_eq!(unfinished[0].by.as_deref(), Some("Helen Barrow"));
    let back = calls::session::get(&mut db, book.book.now(), book.helen(), call.id).await.expect("the call");
    assert_eq!((back.notes.as_str(), back.learned.as_str()), ("came to one breakfast", "daughter sails"));
    assert_eq!((back.step.node.as_str(), back.begun_answer), ("Reason", Some(half)));
    drop(db);

    // While it stands, nobody begins another with her.
    let begin = ring(&book, id, Some(owed)).await;
    let error = calls::session::begin(&book.book, book.helen(), &begin).await.expect_err("it stands already");
    assert_eq!(error.code, Code::Conflict);
    calls::session::never_made(&book.book, book.helen(), call.id).await.expect("it was never made");
    assert!(
        calls::session::unfinished(&mut book.book.read().await.expect("a reader")).await.expect("asked").is_empty()
    );
    assert_eq!(promise(&book, owed).await.attempt, 0, "what was never made counts for nothing");
    begun(&book, id, owed).await;
}

#[tokio::test]
async fn undo_leaves_the_steps_of_a_call_alone() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let mut edit = book.book.write(book.helen(), "add_tag").await.expect("an edit");
    person::tag(&mut edit, id, "export").await.expect("tagged");
    edit.commit().await.expect("committed");
    let call = begun(&book, id, owed).await;
    calls::session::answer(&book.book, book.helen(), call.id, &call.step.node, Pick::Choice(1)).await.expect("a step");
    calls::session::end(&book.book, book.helen(), call.id).await.expect("ended");
    let undone = store::undo_last(&book.book, book.helen()).await.expect("undone").expect("something was done");
    assert_eq!(undone.action, "add_tag", "what was done before the call");
    let mut db = book.book.read().await.expect("a reader");
    let unfinished = calls::session::unfinished(&mut db).await.expect("the list");
    assert_eq!(unfinished.iter().map(|call| call.id).collect::<Vec<_>>(), [call.id], "the call is still to be filed");
}

#[tokio::test]
async fn once_it_is_ended_there_is_no_number_to_dial() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let call = begun(&book, id, owed).await;
    book.clock.move_on(4 * MINUTE_MS);
    calls::session::end(&book.book, book.helen(), call.id).await.expect("ended");
    let mut db = book.book.read().await.expect("a reader");
    let call = calls::session::get(&mut db, book.book.now(), book.helen(), call.id).await.expect("the call");
    assert!(call.dialled.is_none());
    assert_eq!(call.ended_ms, Some(book.book.now()));
}

#[tokio::test]
async fn a_call_is_written_down_after_the_event_without_a_number_and_at_its_own_time() {
    let book = TestBook::at("2026-11-02T22:15:00+10:00").await;
    let id = rania(&book).await;
    let owed = waits(&book, id, "How to join").await;
    let began_ms = book.book.now().plus_ms(-6 * HOUR_MS);
    let begin =
        BeginCall { reach: None, logged: Some(Logged { began_ms, minutes: 12 }), ..ring(&book, id, Some(owed)).await };
    let early = BeginCall { logged: Some(Logged { began_ms, minutes: 6 * 60 + 1 }), ..begin.clone() };
    let error = calls::session::begin(&book.book, book.helen(), &early).await.expect_err("it would not be over");
    assert_eq!(error.code, Code::Invalid);
    // Nobody may be rung at this hour; but this one was.
    let call = calls::session::begin(&book.book, book.helen(), &begin).await.expect("written down");
    assert!(call.logged && call.dialled.is_none() && call.reach.is_none());
    assert_eq!((call.began_ms, call.ended_ms), (began_ms, Some(began_ms.plus_ms(12 * MINUTE_MS))));
    calls::session::never_made(&book.book, book.helen(), call.id).await.expect("never made");

    let unheard = BeginCall { reach: None, logged: None, ..ring(&book, id, Some(owed)).await };
    let error = calls::session::begin(&book.book, book.helen(), &unheard).await.expect_err("which number?");
    assert_eq!(error.code, Code::Invalid);
    let inbound = BeginCall { inbound: true, ..unheard };
    let call = calls::session::begin(&book.book, book.helen(), &inbound).await.expect("they ring from anywhere");
    assert!(call.inbound && call.reach.is_none() && call.dialled.is_none());
}
