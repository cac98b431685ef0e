//! The disk fills up while what came of a call is being written down: the call stays to be filed, and no word is lost.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use wellmet_core::calls::outcome::{Answer, QuestionId};
use wellmet_core::calls::{self, BeginCall, BegunAnswer, Filing, Jotted, Logged, MessageFrom, NewMessage, Source};
use wellmet_core::ids::CallId;
use wellmet_core::people::{NewPerson, Standing};
use wellmet_core::time::MINUTE_MS;
use wellmet_core::{Actor, Book, Code, Result};

use super::disk::Disk;
use super::{MONDAY, runtime, try_open};
use crate::support::Cli;

/// Takes every byte that is left.
fn fill(disk: &Path) {
    let mut file = std::fs::File::create(disk.join("ballast")).unwrap();
    for size in [1 << 16, 1 << 10, 1] {
        while file.write_all(&vec![b'x'; size]).is_ok() {}
    }
}

async fn filing(book: &Book, call: CallId) -> Filing {
    calls::filing::filing(&mut book.read().await.unwrap(), book.now(), call).await.unwrap()
}

async fn pick(book: &Book, call: CallId, question: QuestionId, answer: Answer) -> Result<Filing> {
    calls::filing::answer(book, Actor::Wellmet, call, question, answer).await
}

/// A call with Rania that is over, and waits to be filed.
async fn over(book: &Book) -> CallId {
    let message = NewMessage {
        from: MessageFrom::New(NewPerson {
            name: "Rania Haddad".into(),
            phone: "0412 345 678".into(),
            standing: Some(Standing::Inquirer),
            ..NewPerson::default()
        }),
        source: Source::Voicemail,
        words: "How to join".into(),
        number: String::new(),
        received_ms: None,
        keeper: None,
    };
    let taken = calls::inquiry::capture(book, Actor::Wellmet, &message).await.unwrap();
    let begin = BeginCall {
        person: taken.person.id,
        reach: None,
        promise: Some(taken.promise),
        reason: None,
        confirmed: None,
        inbound: false,
        logged: Some(Logged { began_ms: book.now().plus_ms(-20 * MINUTE_MS), minutes: 6 }),
        script: None,
    };
    let call = calls::session::begin(book, Actor::Wellmet, &begin).await.unwrap().id;
    let jotted = Jotted {
        notes: "Second showroom.".into(),
        learned: "Daughter sails".into(),
        begun_answer: Some(BegunAnswer { node: "Reason".into(), words: "a place in the mentoring".into() }),
    };
    calls::session::jot(book, Actor::Wellmet, call, &jotted).await.unwrap();
    call
}

/// Opened anew, so that the log of the book has no room of its own left, on a disk that is full from now on.
async fn on_a_full_disk(cli: &Cli, disk: &Disk) -> Book {
    let book = try_open(&cli.book, Arc::default(), MONDAY).await.expect("the book opens");
    fill(&disk.0);
    book
}

fn make_room(disk: &Disk) {
    std::fs::remove_file(disk.0.join("ballast")).unwrap();
}

#[test]
fn a_full_disk_leaves_the_call_to_be_filed_with_every_word() {
    let mut cli = Cli::empty();
    let Some(disk) = Disk::mount(&cli, "12m") else { return };
    cli.book = disk.0.join("book");
    cli.make_book();
    runtime().block_on(async {
        let book = try_open(&cli.book, Arc::default(), MONDAY).await.expect("the book opens");
        let call = over(&book).await;
        let spoke = || Answer::Pick("spoke".into());
        pick(&book, call, QuestionId::Reached, spoke()).await.unwrap();
        pick(&book, call, QuestionId::WhatHappened, spoke()).await.unwrap();
        pick(&book, call, QuestionId::Learned, Answer::Skip).await.unwrap();
        pick(&book, call, QuestionId::Next, Answer::Pick("own_promise".into())).await.unwrap();
        pick(&book, call, QuestionId::PromiseMeans, Answer::Pick("do".into())).await.unwrap();
        calls::filing::note(&book, Actor::Wellmet, call, "Mornings", "Wants a refund").await.unwrap();
        let before = filing(&book, call).await;
        book.close().await;
        drop(book);

        // An answer that the book cannot keep is not taken: its words are still where they were typed.
        let book = on_a_full_disk(&cli, &disk).await;
        let words = || Answer::Words("Send the circle".into());
        let refused = pick(&book, call, QuestionId::PromiseWhat, words()).await.expect_err("the disk is full");
        assert_eq!(refused.code, Code::DiskFull, "{}", refused.message);
        assert!(refused.message.contains("free some space"), "it says the way out: {}", refused.message);
        let now = filing(&book, call).await;
        assert_eq!(now.draft, before.draft, "what was answered is there");
        assert_eq!(now.question, before.question, "and the same question stands");
        make_room(&disk);
        pick(&book, call, QuestionId::PromiseWhat, words()).await.expect("there is room");
        let ready = pick(&book, call, QuestionId::PromiseWhen, Answer::Pick("next_day".into())).await.unwrap();
        assert!(ready.outcome.is_some());
        book.close().await;
        drop(book);

        // Nor is a call filed by half.
        let book = on_a_full_disk(&cli, &disk).await;
        let refused = calls::filing::file(&book, Actor::Wellmet, call, None).await.expect_err("the disk is full");
        assert_eq!(refused.code, Code::DiskFull, "{}", refused.message);
        let open = calls::session::unfinished(&mut book.read().await.unwrap()).await.unwrap();
        assert_eq!(open.iter().map(|open| open.id).collect::<Vec<_>>(), [call], "it is still to be filed");
        assert_eq!(filing(&book, call).await.draft, ready.draft);
        make_room(&disk);
        let filed = calls::filing::file(&book, Actor::Wellmet, call, None).await.expect("there is room");
        assert_eq!(filed.next.map(|next| next.what).as_deref(), Some("Send the circle"));
        assert_eq!(filed.decision.map(|decision| decision.what).as_deref(), Some("Wants a refund"));
        let mut db = book.read().await.unwrap();
        let brief = calls::brief::brief(&mut db, book.now(), filed.person.id, None).await.unwrap();
        assert!(brief.facts.iter().any(|fact| fact.words == "Daughter sails"));
        assert_eq!((brief.touches.len(), brief.touches[0].notes.as_str()), (1, "Second showroom."));
        drop(db);
        assert!(book.check().await.unwrap().ok);
        book.close().await;
    });
}
