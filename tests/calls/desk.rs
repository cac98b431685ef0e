//! Helen's desk: what the tests of calls do on a real book.

use wellmet_core::Result;
use wellmet_core::calls::outcome::Answer;
use wellmet_core::calls::script::Segment;
use wellmet_core::calls::{self, BeginCall, Call, DialGate, Filed, Filing, MessageFrom};
use wellmet_core::ids::{CallId, PersonId, PromiseId, ReachId};
use wellmet_core::people::{NewPerson, reaches};
use wellmet_core::promises::ledger;

use crate::support::{TestBook, voicemail};

pub const RANIA: &str = "0412 345 678";

pub async fn rania(book: &TestBook) -> PersonId {
    someone(book, "Rania Haddad", "Haddad Interiors", "Ascot", RANIA).await
}

pub async fn someone(book: &TestBook, name: &str, organisation: &str, place: &str, phone: &str) -> PersonId {
    let new = NewPerson {
        name: name.into(),
        organisation: organisation.into(),
        place: place.into(),
        phone: phone.into(),
        zone: Some("Australia/Brisbane".into()),
        ..NewPerson::default()
    };
    book.person(new).await
}

pub async fn reach(book: &TestBook, person: PersonId) -> ReachId {
    let mut db = book.book.read().await.expect("a reader");
    reaches::of_person(&mut db, person).await.expect("reaches").first().expect("one reach").id
}

pub async fn waits(book: &TestBook, person: PersonId, words: &str) -> PromiseId {
    let message = voicemail(MessageFrom::Known(person), words);
    calls::inquiry::capture(&book.book, book.helen(), &message).await.expect("captured").promise
}

pub async fn ring(book: &TestBook, person: PersonId, promise: Option<PromiseId>) -> BeginCall {
    BeginCall {
        person,
        reach: Some(reach(book, person).await),
        promise,
        reason: None,
        confirmed: None,
        inbound: false,
        script: None,
        logged: None,
    }
}

pub async fn begun(book: &TestBook, person: PersonId, promise: PromiseId) -> Call {
    let begin = ring(book, person, Some(promise)).await;
    calls::session::begin(&book.book, book.helen(), &begin).await.expect("the call begins")
}

pub async fn gate(book: &TestBook, person: PersonId) -> DialGate {
    let reach = reach(book, person).await;
    let mut db = book.book.read().await.expect("a reader");
    calls::dial::gate(&mut db, book.book.now(), book.helen(), person, reach).await.expect("a gate")
}

/// Presses options by their id, types words at `"`, skips at `-`.
pub async fn answered(book: &TestBook, call: CallId, answers: &[&str]) -> Result<Filing> {
    let mut filing = calls::filing::filing(&mut book.book.read().await?, book.book.now(), call).await?;
    for given in answers {
        let question = filing.question.unwrap_or_else(|| panic!("{given} has no question any more")).id;
        let answer = match *given {
            "-" => Answer::Skip,
            words if words.starts_with('"') => Answer::Words(words[1..].into()),
            pick => Answer::Pick(pick.into()),
        };
        filing = calls::filing::answer(&book.book, book.helen(), call, question, answer).await?;
    }
    Ok(filing)
}

/// Answers, and files it.
pub async fn filed(book: &TestBook, call: CallId, answers: &[&str]) -> Result<Filed> {
    answered(book, call, answers).await?;
    calls::filing::file(&book.book, book.helen(), call, None).await
}

pub async fn promise(book: &TestBook, id: PromiseId) -> ledger::PromiseView {
    ledger::get(&mut book.book.read().await.expect("a reader"), id).await.expect("the promise")
}

pub async fn open_inquiry(book: &TestBook, person: PersonId) -> Option<calls::inquiry::Inquiry> {
    calls::inquiry::open_of(&mut book.book.read().await.expect("a reader"), person).await.expect("asked")
}

pub fn said(call: &Call) -> String {
    let words = call.step.say.iter().map(|segment| match segment {
        Segment::Text { text } => text.clone(),
        Segment::Filled { value, .. } => value.clone(),
        Segment::Blank { question, .. } => format!("<{question}>"),
    });
    words.collect()
}

pub async fn balanced(book: &TestBook) {
    let tally = ledger::tally(&mut book.book.read().await.expect("a reader")).await.expect("a tally");
    assert_eq!(
        tally.open + tally.kept + tally.renegotiated + tally.released,
        tally.made,
        "every promise is in exactly one state"
    );
}
