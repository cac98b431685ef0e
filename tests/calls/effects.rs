//! What the answers of a script set, in the book once the call is filed.

use wellmet_core::calls::script::Pick;
use wellmet_core::calls::{self, BeginCall, Call, scripts};
use wellmet_core::ids::{PersonId, ScriptId};
use wellmet_core::people::{Person, ReachKind, person};
use wellmet_core::store::undo_last;

use super::desk::{filed, rania, ring};
use crate::support::{TestBook, jotted};

const TEXT: &str = "\
title: Everything
purpose: general
# Hopes
[You hope for {{ facts.hopes_for }}. ]What do you hope for?
= words {fact hopes for} {tag mentor} -> Name
# Name
> What do they call you?
= words {field given} -> Place
# Place
> Where are you?
= words {field place} -> Work
# Work
> Where do you work?
= words {field organisation} -> Email
# Email
> What is your e-mail address?
= words {field email} -> Letters
# Letters
> May we write?
1. Yes {consent email yes} {fact: Likes letters} {next: send the fees in 2 days} -> Bye
2. No {consent email no} -> Bye
# Bye
Goodbye.
end
~ Discreet message
Hello {{ person.given }}, it is {{ caller.given }}.
";

async fn script(book: &TestBook) -> ScriptId {
    scripts::save(&book.book, book.helen(), None, TEXT, false).await.expect("saved")
}

async fn begun(book: &TestBook, id: PersonId, script: ScriptId) -> Call {
    let reason = Some("to hear how she is".to_owned());
    let begin = BeginCall { reason, script: Some(script), ..ring(book, id, None).await };
    calls::session::begin(&book.book, book.helen(), &begin).await.expect("begun")
}

async fn answered(book: &TestBook, call: &Call, said: &[&str]) {
    let mut node = call.step.node.clone();
    for words in said {
        let pick = match words.parse() {
            Ok(key) => Pick::Choice(key),
            Err(_) if *words == "machine" => Pick::Machine,
            Err(_) => Pick::Said((*words).into()),
        };
        let step = calls::session::answer(&book.book, book.helen(), call.id, &node, pick).await;
        node = step.unwrap_or_else(|error| panic!("{words}: {error}")).node;
    }
}

async fn who(book: &TestBook, id: PersonId) -> Person {
    person::get(&mut book.book.read().await.expect("a reader"), id).await.expect("the person")
}

fn words(who: &Person) -> Vec<&str> {
    let mut words: Vec<_> = who.facts.iter().map(|fact| fact.words.as_str()).collect();
    words.sort_unstable();
    words
}

const SPOKE: &[&str] = &["spoke", "spoke", "-", "close_because_answered"];
const NOBODY: &[&str] = &["no_answer", "no_answer", "proposal_1"];
const ALL: &[&str] = &["a mentor in export", "Ranya", "New Farm", "Haddad & Daughters", "ranya@haddad.example", "1"];

#[tokio::test]
async fn what_was_answered_stands_with_the_person_once_the_call_is_filed() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let call = begun(&book, id, script(&book).await).await;
    answered(&book, &call, ALL).await;
    assert_eq!(who(&book, id).await.facts.len(), 0, "nothing is set before it is filed");
    filed(&book, call.id, SPOKE).await.expect("filed");

    let now = who(&book, id).await;
    assert_eq!(words(&now), ["Hopes for: a mentor in export", "Likes letters"]);
    assert_eq!(now.facts[0].learned_from, "Rania Haddad");
    assert_eq!((now.given.as_str(), now.name.as_str(), now.place.as_str()), ("Ranya", "Ranya Haddad", "New Farm"));
    assert_eq!(now.tags, ["mentor"]);
    let work: Vec<_> = now.roles.iter().map(|role| role.organisation.as_str()).collect();
    assert!(work.contains(&"Haddad & Daughters"), "{work:?}");
    assert!(now.reaches.iter().any(|reach| reach.kind == ReachKind::Email && reach.shown == "ranya@haddad.example"));
    let consent = now.consents.iter().find(|consent| consent.channel == ReachKind::Email).expect("a consent");
    assert!(consent.allowed && consent.how == "said so on the phone");
}

#[tokio::test]
async fn what_the_script_proposes_to_promise_stands_first() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let call = begun(&book, id, script(&book).await).await;
    answered(&book, &call, ALL).await;
    let filing = super::desk::answered(&book, call.id, &["spoke", "spoke", "-"]).await.expect("a question");
    let question = filing.question.expect("what is next");
    let proposed: Vec<_> = question.options.iter().map(|option| (option.id.as_str(), option.what.as_deref())).collect();
    assert_eq!(proposed[0], ("proposal_1", Some("Send the fees")));
    let done = filed(&book, call.id, &["proposal_1"]).await.expect("filed");
    let next = done.next.expect("it is promised");
    // Monday morning, and two business days from then.
    assert_eq!(
        (next.what.as_str(), next.due_ms),
        ("Send the fees", crate::support::millis("2026-11-04T17:00:00+10:00"))
    );
}

#[tokio::test]
async fn who_does_not_want_to_be_rung_is_not_proposed_to_be_rung() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let text = "title: T\npurpose: general\n# A\nMay we ring again?\n1. No {consent phone no} {next: ring all the same \
                in 2 days} {next: write instead in 1 day} -> B\n# B\nBye.\nend\n";
    let script = scripts::save(&book.book, book.helen(), None, text, false).await.expect("saved");
    let call = begun(&book, id, script).await;
    answered(&book, &call, &["1"]).await;
    let filing = super::desk::answered(&book, call.id, &["spoke", "spoke", "-"]).await.expect("a question");
    let question = filing.question.expect("what is next");
    let proposed: Vec<_> = question.options.iter().filter_map(|option| option.what.as_deref()).collect();
    assert!(proposed.contains(&"Write instead"), "{proposed:?}");
    assert!(!proposed.iter().any(|what| what.starts_with("Ring")), "{proposed:?}");
}

#[tokio::test]
async fn one_undo_takes_all_of_it_away_again() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let before = who(&book, id).await;
    let call = begun(&book, id, script(&book).await).await;
    answered(&book, &call, ALL).await;
    filed(&book, call.id, SPOKE).await.expect("filed");
    let undone = undo_last(&book.book, book.helen()).await.expect("undone").expect("something");
    assert_eq!((undone.action.as_str(), undone.kept, undone.failed), ("file_call", 0, 0), "{undone:?}");
    let after = who(&book, id).await;
    assert_eq!(words(&after), Vec::<&str>::new());
    assert_eq!((after.name, after.place, after.tags.len()), (before.name, before.place, 0));
    assert_eq!((after.reaches.len(), after.consents.len()), (before.reaches.len(), before.consents.len()));
}

#[tokio::test]
async fn what_was_stepped_back_over_or_taken_back_is_not_kept() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let call = begun(&book, id, script(&book).await).await;
    answered(&book, &call, &["a mentor", "Ranya", "New Farm"]).await;
    let back = calls::session::step_back(&book.book, book.helen(), call.id, 1).await.expect("back");
    assert_eq!(back.node, "Name");
    let taken = calls::session::answer(&book.book, book.helen(), call.id, "Name", Pick::TakeBack(0)).await;
    assert_eq!(taken.expect("taken back").noted, []);
    filed(&book, call.id, SPOKE).await.expect("filed");
    let now = who(&book, id).await;
    assert_eq!((words(&now), now.given.as_str(), now.place.as_str()), (Vec::new(), "Rania", "Ascot"));
    assert!(now.tags.is_empty());
}

#[tokio::test]
async fn what_somebody_else_said_is_nothing_of_this_persons() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let call = begun(&book, id, script(&book).await).await;
    answered(&book, &call, ALL).await;
    filed(&book, call.id, NOBODY).await.expect("filed");
    let now = who(&book, id).await;
    assert_eq!((now.facts.len(), now.given.as_str(), now.tags.len()), (0, "Rania", 0));
}

#[tokio::test]
async fn what_was_said_stays_with_whoever_was_on_the_line() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let other = super::desk::someone(&book, "Karim Haddad", "Haddad Interiors", "", "0412 999 111").await;
    let call = begun(&book, id, script(&book).await).await;
    calls::session::jot(&book.book, book.helen(), call.id, &jotted("", "Sails")).await.expect("kept");
    answered(&book, &call, &["a mentor", "", "Bulimba"]).await;
    let switched = calls::rescue::switch(&book.book, book.helen(), call.id, &calls::WhoItWas::Known(other)).await;
    let switched = switched.expect("switched");
    assert_eq!(switched.learned, "Sails\nHopes for: a mentor\nBulimba");
    assert_eq!(switched.step.noted, [], "the script begins anew");
    filed(&book, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    assert_eq!(words(&who(&book, other).await), ["Bulimba", "Hopes for: a mentor", "Sails"]);
    assert_eq!(who(&book, id).await.facts.len(), 0, "of the one who was meant nobody has learned a thing");
}

#[tokio::test]
async fn what_was_learned_fills_the_next_call_and_is_told_as_used() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let script = script(&book).await;
    let first = begun(&book, id, script).await;
    answered(&book, &first, &["a mentor", "", "", "", "", "2"]).await;
    filed(&book, first.id, SPOKE).await.expect("filed");
    assert_eq!(touched(&book, id).await, [("learned".to_owned(), "Hopes for: a mentor".to_owned())]);

    book.clock.move_on(60_000);
    let second = begun(&book, id, script).await;
    assert_eq!(super::desk::said(&second), "You hope for a mentor. What do you hope for?");
    // The same once more is the same fact.
    answered(&book, &second, &["a mentor", "", "", "", "", "2"]).await;
    filed(&book, second.id, SPOKE).await.expect("filed");
    assert_eq!(words(&who(&book, id).await), ["Hopes for: a mentor"]);
    let told = touched(&book, id).await;
    assert_eq!(told.iter().filter(|(how, _)| how == "used").count(), 1, "{told:?}");
}

#[tokio::test]
async fn a_fact_that_was_not_said_is_not_told_as_used() {
    let book = TestBook::new().await;
    let id = rania(&book).await;
    let script = script(&book).await;
    let first = begun(&book, id, script).await;
    answered(&book, &first, &["a mentor"]).await;
    filed(&book, first.id, SPOKE).await.expect("filed");
    let second = begun(&book, id, script).await;
    filed(&book, second.id, NOBODY).await.expect("filed");
    assert!(touched(&book, id).await.iter().all(|(how, _)| how == "learned"), "nobody was there to hear it");
}

/// How the touches of a person stand to facts.
async fn touched(book: &TestBook, id: PersonId) -> Vec<(String, String)> {
    let mut db = book.book.read().await.expect("a reader");
    let brief = calls::brief::brief(&mut db, book.book.now(), id, None).await.expect("a brief");
    let told =
        |how: &str, words: Vec<String>| words.into_iter().map(|words| (how.to_owned(), words)).collect::<Vec<_>>();
    let touches = brief.touches.into_iter();
    touches.flat_map(|touch| [told("learned", touch.learned), told("used", touch.used)]).flatten().collect()
}
