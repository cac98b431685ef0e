//! Fields of the association's own in a script: named where it is written, filled in by an answer, said by their names.

use wellmet_core::Code;
use wellmet_core::calls::script::{Pick, ScriptCheck, Segment};
use wellmet_core::calls::{self, BeginCall, Call, scripts};
use wellmet_core::ids::{PersonId, ScriptId};
use wellmet_core::people::fields::{self, CustomField, FieldKind, NewCustomField};
use wellmet_core::people::person;
use wellmet_core::store::undo_last;

use super::desk::{filed, rania, ring};
use crate::support::TestBook;

const TEXT: &str = "\
title: At the door
purpose: general
# Diet
[You eat {{ fields.diet }}. ]Joined {{ fields.joined }}. What do you eat?
1. Vegan {field Diet} -> Staff
2. halal {field diet} -> Staff
# Staff
> How many work there?
= number {field Staff} -> Joined
# Joined
> Since when?
= date {field Joined} -> Motto
# Motto
> And your motto?
= words {field Motto} -> Bye
# Bye
Goodbye, {{ fields.motto }}.
end
~ Discreet message
Hello.
";

async fn with_fields(t: &TestBook) -> Vec<CustomField> {
    let mut edit = t.book.write(t.helen(), "add_field").await.unwrap();
    for (name, kind) in [
        ("Diet", FieldKind::Choice),
        ("Staff", FieldKind::Number),
        ("Joined", FieldKind::Date),
        ("Motto", FieldKind::Text),
    ] {
        let options = vec!["Vegan".into(), "Halal".into()];
        fields::add(&mut edit, &NewCustomField { name: name.into(), kind, options }).await.unwrap();
    }
    edit.commit().await.unwrap();
    fields::all(&mut t.book.read().await.unwrap()).await.unwrap()
}

async fn begun(t: &TestBook, id: PersonId, script: ScriptId) -> Call {
    let begin = BeginCall { reason: Some("to hear".into()), script: Some(script), ..ring(t, id, None).await };
    calls::session::begin(&t.book, t.helen(), &begin).await.expect("begun")
}

async fn answered(t: &TestBook, call: &Call, picks: Vec<Pick>) -> String {
    let mut node = call.step.node.clone();
    let mut said = String::new();
    for pick in picks {
        let step = calls::session::answer(&t.book, t.helen(), call.id, &node, pick).await.expect("answered");
        said = shown(&step.say);
        node = step.node;
    }
    said
}

/// The words, and the blanks as such.
fn shown(say: &[Segment]) -> String {
    format!("{say:?}")
}

async fn has(t: &TestBook, id: PersonId) -> Vec<(String, String)> {
    let all = person::get(&mut t.book.read().await.unwrap(), id).await.unwrap().fields;
    all.into_iter().map(|one| (one.name, one.value)).collect()
}

fn said(words: &str) -> Pick {
    Pick::Said(words.into())
}

#[tokio::test]
async fn an_answer_fills_a_field_in_and_the_next_call_says_it() {
    let t = TestBook::new().await;
    with_fields(&t).await;
    let id = rania(&t).await;
    let script = scripts::save(&t.book, t.helen(), None, TEXT, false).await.expect("saved");
    let call = begun(&t, id, script).await;
    assert!(!shown(&call.step.say).contains("You eat"), "what is not known is left out: {:?}", call.step.say);
    assert!(shown(&call.step.say).contains("joined? ask"), "or is a blank to ask about: {:?}", call.step.say);
    let picks = vec![Pick::Choice(2), said("1 200,5"), said("2019-07-01"), said("onwards, = and up")];
    let bye = answered(&t, &call, picks).await;
    assert!(bye.contains("onwards, = and up"), "what was just said is known already: {bye}");
    assert_eq!(has(&t, id).await, [], "nothing is kept before the call is filed");
    filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    let kept = has(&t, id).await;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        kept,
        [
            pair("Diet", "Halal"),
            pair("Staff", "1200.5"),
            pair("Joined", "2019-07-01"),
            pair("Motto", "onwards, = and up")
        ]
    );
    let next = begun(&t, id, script).await;
    assert!(shown(&next.step.say).contains("Halal") && shown(&next.step.say).contains("1 July 2019"));
}

#[tokio::test]
async fn what_a_field_cannot_hold_any_more_stays_as_a_fact() {
    let t = TestBook::new().await;
    let all = with_fields(&t).await;
    let id = rania(&t).await;
    let script = scripts::save(&t.book, t.helen(), None, TEXT, false).await.expect("saved");
    let call = begun(&t, id, script).await;
    answered(&t, &call, vec![Pick::Choice(1), said("3"), said("1987"), said("up")]).await;
    let mut edit = t.book.write(t.helen(), "remove_field").await.unwrap();
    fields::remove(&mut edit, all[3].id).await.unwrap();
    edit.commit().await.unwrap();
    filed(&t, call.id, &["spoke", "spoke", "-", "close_because_answered"]).await.expect("filed");
    let who = person::get(&mut t.book.read().await.unwrap(), id).await.unwrap();
    let words: Vec<&str> = who.facts.iter().map(|fact| fact.words.as_str()).collect();
    assert!(words.contains(&"Motto: up"), "the field is gone, the word is not: {words:?}");
    assert!(words.contains(&"Joined: 1987"), "a year is no day: {words:?}");
    undo_last(&t.book, t.helen()).await.unwrap();
    assert_eq!(has(&t, id).await, [], "what a call brought goes with its filing");
}

#[tokio::test]
async fn a_field_that_is_not_there_or_holds_something_else_is_told_in_the_editor() {
    let t = TestBook::new().await;
    let all = with_fields(&t).await;
    assert_eq!(ScriptCheck::in_book(TEXT, &all).problems, [], "as it stands nothing is wrong");
    for (was, is, line, says) in [
        ("{field Motto}", "{field Mottto}", 15, "there is no field \"Mottto\""),
        ("{{ fields.motto }}", "{{ fields.mood }}", 17, "there is no field \"fields.mood\""),
        ("= number {field Staff}", "= words {field Staff}", 9, "= number {field Staff}"),
        ("= date {field Joined}", "= number {field Joined}", 12, "= date {field Joined}"),
        ("= words {field Motto}", "= words {field Diet} {field Motto}", 15, "1. Vegan {field Diet}"),
        ("1. Vegan {field Diet}", "1. Fish {field Diet}", 5, "not among its choices"),
        ("1. Vegan {field Diet}", "1. Vegan {field Diet} {field diet}", 5, "the same once more"),
    ] {
        let text = TEXT.replace(was, is);
        let problems = ScriptCheck::in_book(&text, &all).problems;
        assert_eq!(problems.len(), 1, "{is}: {problems:#?}");
        assert!(problems[0].message.contains(says), "{is}: {}", problems[0].message);
        assert_eq!(problems[0].line, Some(line), "{is}");
        let error = scripts::save(&t.book, t.helen(), None, &text, false).await.expect_err("not saved");
        assert_eq!(error.code, Code::Invalid, "{is}: {}", error.message);
    }
    let none = ScriptCheck::in_book(TEXT, &[]).problems;
    assert!(none.iter().all(|problem| problem.message.contains("Settings")), "with the way out: {none:#?}");
}
