use std::collections::HashSet;

use chrono_tz::Europe::London;
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::calls::outcome::{
    Answer, CallResult, CloseReason, Draft, FreeKind, Means, Next, NextStep, Outcome, Question, QuestionId, Try,
    WizardContext, WrongKind, WrongNumber,
};
use wellmet_core::promises::business_time::Target;
use wellmet_core::time::{DAY_MS, HOUR_MS};
use wellmet_core::{Code, Millis};

use super::setting::{Setting, at, number};

/// Monday, ten in the morning.
const NOW: &str = "2026-11-23T10:00:00Z";

fn now() -> Millis {
    at(NOW)
}

fn desk() -> Setting {
    Setting::new(London, NOW)
}

fn question(desk: &Setting, draft: &Draft) -> Option<Question> {
    draft.question(&desk.context()).expect("a draft in order has a question or none")
}

/// Presses number keys, types words at `"`, skips at `-`.
fn keys(desk: &Setting, keys: &[&str]) -> Draft {
    keys.iter().fold(Draft::default(), |draft, key| {
        let question = question(desk, &draft).unwrap_or_else(|| panic!("{key} has no question any more"));
        let answer = match *key {
            "-" => Answer::Skip,
            words if words.starts_with('"') => Answer::Words(words[1..].into()),
            number => {
                let key: u8 = number.parse().expect("a number key");
                let option = question.options.iter().find(|option| option.key == key);
                Answer::Pick(option.unwrap_or_else(|| panic!("{question:?} has no {key}")).id.clone())
            }
        };
        draft.answer(question.id, answer, &desk.context()).expect("the answer fits")
    })
}

fn finished(desk: &Setting, pressed: &[&str]) -> Outcome {
    keys(desk, pressed).finish(&desk.context()).expect("all is said")
}

fn ids(question: &Question) -> Vec<&str> {
    question.options.iter().map(|option| option.id.as_str()).collect()
}

/// What is proposed, in words and in London's time.
fn proposed(desk: &Setting, draft: &Draft) -> Vec<String> {
    let question = question(desk, draft).expect("what next");
    assert_eq!(question.id, QuestionId::Next);
    let said = |at: Millis| at.in_zone(London).format("%a %H:%M").to_string();
    let options = question.options.into_iter().filter(|option| option.due.is_some());
    options
        .map(|option| {
            let from = option.from.map(|from| format!("{} to ", said(from))).unwrap_or_default();
            format!("{}, {from}{}", option.what.expect("its words"), said(option.due.expect("its time")))
        })
        .collect()
}

#[test]
fn a_voicemail_is_two_keys_and_the_filing() {
    let desk = desk();
    let first = question(&desk, &Draft::default()).expect("the first question");
    assert_eq!(first.id, QuestionId::Reached);
    assert_eq!(ids(&first), ["spoke", "voicemail_left", "no_answer", "wrong_number", "left_with_someone"]);
    let outcome = finished(&desk, &["2", "1"]);
    assert_eq!(outcome.result, CallResult::VoicemailLeft);
    assert!(matches!(outcome.next, Next::Promise { means: Means::Ring, .. }), "{:?}", outcome.next);
}

#[test]
fn number_keys_lead_from_no_answer_to_the_next_call() {
    let desk = desk();
    let next = question(&desk, &keys(&desk, &["3", "1"])).expect("what next");
    assert_eq!(next.id, QuestionId::Next, "nobody was reached, so nothing was learned");
    assert_eq!(ids(&next), ["proposal_1", "own_promise", "close"]);
    assert_eq!(
        finished(&desk, &["3", "1", "1"]).next,
        Next::Promise {
            what: "Ring again".into(),
            means: Means::Ring,
            from: Some(at("2026-11-23T12:00:00Z")),
            due: at("2026-11-23T14:00:00Z")
        }
    );
}

#[test]
fn a_conversation_ends_with_what_was_learned_and_a_promise() {
    let desk = desk();
    let mut draft = keys(
        &desk,
        &[
            "1",
            "1",
            "\"Exports to Lebanon\n\n  wants to meet others who do ",
            "4",
            "3",
            "\"Send the mentoring circle details",
            "1",
        ],
    );
    draft.note_for_next = " She prefers mornings ".into();
    draft.organiser = "She asks for a reduced fee".into();
    assert_eq!(
        draft.finish(&desk.context()).expect("all is said"),
        Outcome {
            result: CallResult::Spoke,
            wrong: None,
            with_whom: None,
            learned: vec!["Exports to Lebanon".into(), "wants to meet others who do".into()],
            notes: String::new(),
            note_for_next: Some("She prefers mornings".into()),
            organiser: Some("She asks for a reduced fee".into()),
            next: Next::Promise {
                what: "Send the mentoring circle details".into(),
                means: Means::Do,
                from: None,
                due: at("2026-11-23T17:00:00Z")
            },
        }
    );
}

#[test]
fn after_a_conversation_the_script_proposes_and_one_key_closes_what_was_answered() {
    let mut desk = desk();
    let draft = keys(&desk, &["1", "1", "-"]);
    assert_eq!(proposed(&desk, &draft), ["Send what we spoke about, Tue 17:00", "Ring to ask how it went, Mon 17:00"]);
    let key = ids(&question(&desk, &draft).expect("what next"))
        .iter()
        .position(|id| *id == "close_because_answered")
        .expect("it is there");
    assert_eq!(
        finished(&desk, &["1", "1", "-", &(key + 1).to_string()]).next,
        Next::Close { reason: CloseReason::Answered, words: None }
    );

    let step = |what: &str, means, days| NextStep { what: what.into(), means, within: Target::Days(days) };
    desk.steps = vec![step("Send the fees", Means::Write, 2), step("Ring about the breakfast", Means::Ring, 3)];
    let draft = keys(&desk, &["1", "1", "-"]);
    assert_eq!(proposed(&desk, &draft), ["Send the fees, Wed 17:00", "Ring about the breakfast, Thu 17:00"]);
    desk.may_ring = false;
    assert_eq!(proposed(&desk, &draft), ["Send the fees, Wed 17:00"], "who may not be rung is promised no call");
}

#[test]
fn another_time_is_at_another_time_of_day_on_the_next_business_day() {
    let desk = desk();
    let draft = keys(&desk, &["1", "2", "-"]);
    assert_eq!(
        proposed(&desk, &draft),
        ["Ring again, Tue 12:00 to Tue 14:00", "Ring again, Mon 12:00 to Mon 17:00", "Ring again, Mon 17:00"]
    );
    // Typed words are the first proposal at that time.
    let question = question(&desk, &draft).expect("what next");
    assert_eq!(question.free, Some(FreeKind::Time));
    let (from, due) = (Some(at("2026-12-01T15:00:00Z")), at("2026-12-01T17:00:00Z"));
    let draft = draft.answer(question.id, Answer::Time { from, due }, &desk.context()).expect("it is to come");
    assert_eq!(
        draft.finish(&desk.context()).expect("all is said").next,
        Next::Promise { what: "Ring again".into(), means: Means::Ring, from, due }
    );
}

#[test]
fn closing_for_another_reason_needs_words() {
    let desk = desk();
    let draft = keys(&desk, &["3", "1", "3", "2"]);
    let question = question(&desk, &draft).expect("the words");
    assert_eq!((question.id, question.free, question.may_skip), (QuestionId::CloseWords, Some(FreeKind::Words), false));
    for empty in [Answer::Words("  ".into()), Answer::Skip, Answer::Words("x".repeat(30_000))] {
        assert!(draft.answer(question.id, empty, &desk.context()).is_err());
    }
}

#[test]
fn after_the_last_attempt_writing_is_proposed_or_letting_go() {
    let mut desk = desk();
    desk.tries = vec![Try { result: CallResult::NoAnswer, at: now().plus_ms(-DAY_MS) }; 4];
    let draft = keys(&desk, &["3", "1"]);
    assert_eq!(proposed(&desk, &draft), ["Write instead, Tue 17:00"]);
    let next = question(&desk, &draft).expect("what next");
    assert_eq!(ids(&next), ["proposal_1", "close_because_unreachable", "own_promise", "close"]);
    desk.may_write = false;
    assert_eq!(proposed(&desk, &draft), ["Find another way to reach them, Tue 17:00"]);
}

#[rstest]
#[case::moved(&["4", "1", "-"], &["Find the right number, Tue 17:00", "Write, and ask for the right number, Tue 17:00"])]
#[case::moved_to(&["4", "1", "\"020 7946 0018"], &["Ring the new number, Mon 17:00"])]
#[case::disconnected(&["4", "2"], &["Find the right number, Tue 17:00", "Write, and ask for the right number, Tue 17:00"])]
#[case::never_theirs(&["4", "3"], &["Find the right number, Tue 17:00", "Write, and ask for the right number, Tue 17:00"])]
#[case::misdialled(&["4", "4"], &["Ring the right number, Mon 17:00"])]
#[case::out_of_service(&["3", "3"], &["Find the right number, Tue 17:00", "Write, and ask for the right number, Tue 17:00"])]
fn a_wrong_number_is_first_put_right(#[case] pressed: &[&str], #[case] first: &[&str]) {
    let desk = desk();
    assert_eq!(proposed(&desk, &keys(&desk, pressed)), first);
}

#[test]
fn which_number_was_wrong_is_asked_where_there_are_several_the_dialled_one_first() {
    let mut desk = desk();
    desk.numbers = vec![number("Mobile ••• 016"), number("Showroom ••• 061")];
    let which = question(&desk, &keys(&desk, &["4"])).expect("which");
    assert_eq!(which.id, QuestionId::WrongWhich);
    let shown: Vec<_> = which.options.iter().map(|option| option.what.as_deref()).collect();
    assert_eq!(shown, [Some("Mobile ••• 016"), Some("Showroom ••• 061"), None]);
    let pressed = ["4", "2", "1", "\"020 7946 0018"];
    assert_eq!(
        finished(&desk, &[&pressed[..], &["1"]].concat()).wrong,
        Some(WrongNumber {
            reach: Some(desk.numbers[1].reach),
            kind: WrongKind::Moved,
            new_number: Some("020 7946 0018".into())
        })
    );
    assert_eq!(
        proposed(&desk, &keys(&desk, &pressed)),
        ["Ring the new number, Mon 17:00", "Ring their other number, Mon 17:00"]
    );
    let neither = finished(&desk, &["4", "3", "3", "1"]).wrong.expect("a wrong number");
    assert_eq!(neither.reach, None, "none of those in the book");
    // What does not exist any more is what was dialled.
    let gone = finished(&desk, &["3", "3", "1"]).wrong.expect("a wrong number");
    assert_eq!((gone.reach, gone.kind), (Some(desk.numbers[0].reach), WrongKind::Disconnected));
}

#[rstest]
#[case("12")]
#[case("she did not say")]
fn a_new_number_that_cannot_be_read_is_asked_for_again(#[case] typed: &str) {
    let desk = desk();
    let draft = keys(&desk, &["4", "1"]);
    let refused = draft.answer(QuestionId::NewNumber, Answer::Words(typed.into()), &desk.context());
    let refused = refused.expect_err("no number");
    assert!(refused.message.contains(typed) && refused.message.contains("go on without it"), "{}", refused.message);
}

#[test]
fn somebody_who_took_a_message_has_a_name_or_none() {
    let mut desk = desk();
    desk.colleagues = vec!["Karim Haddad".into(), "Nour Saab".into()];
    assert_eq!(finished(&desk, &["5", "1", "2", "1"]).with_whom.as_deref(), Some("Nour Saab"));
    assert_eq!(finished(&desk, &["5", "1", "\"the front desk", "1"]).with_whom.as_deref(), Some("the front desk"));
    let not_said = finished(&desk, &["5", "1", "-", "1"]);
    assert_eq!((not_said.result, not_said.with_whom), (CallResult::LeftWithSomeone, None));
    let not_there = finished(&desk, &["5", "2", "1"]);
    assert_eq!((not_there.result, not_there.with_whom), (CallResult::NotThere, None), "no message, so nobody took one");
}

#[test]
fn who_rings_us_was_reached() {
    let mut desk = desk();
    desk.inbound = true;
    let first = question(&desk, &Draft::default()).expect("the first question");
    assert_eq!(first.id, QuestionId::WhatHappened);
    assert_eq!(ids(&first), ["spoke", "not_now", "do_not_call"]);
    assert_eq!(finished(&desk, &["1", "-", "3"]).result, CallResult::Spoke);
}

#[test]
fn who_asked_not_to_be_rung_is_promised_no_call() {
    let desk = desk();
    let draft = keys(&desk, &["1", "3", "-"]);
    assert_eq!(proposed(&desk, &draft), ["Write to them instead, Tue 17:00"]);
    let draft = keys(&desk, &["1", "3", "-", "2"]);
    assert_eq!(ids(&question(&desk, &draft).expect("by what means")), ["write", "do"]);
}

#[test]
fn times_are_named_by_our_own_hours_and_none_is_past() {
    let desk = desk();
    let draft = keys(&desk, &["1", "2", "-", "4", "1", "\"Ring again"]);
    let asked = question(&desk, &draft).expect("when");
    assert_eq!(asked.id, QuestionId::PromiseWhen);
    let times: Vec<_> = asked.options.iter().map(|o| (o.id.as_str(), o.due.map(Millis::rfc3339))).collect();
    assert_eq!(
        times,
        [
            ("today", Some("2026-11-23T17:00:00Z".into())),
            ("next_day", Some("2026-11-24T17:00:00Z".into())),
            ("in_three_days", Some("2026-11-26T17:00:00Z".into())),
            ("in_a_week", Some("2026-11-30T17:00:00Z".into())),
        ]
    );
    for (ms, says) in [(-1, "past"), (2000 * DAY_MS, "five years")] {
        let time = Answer::Time { from: None, due: now().plus_ms(ms) };
        let refused = draft.answer(asked.id, time, &desk.context()).expect_err("no time for a promise");
        assert_eq!(refused.code, Code::Invalid);
        assert!(refused.message.contains(says), "{}", refused.message);
    }

    // On a Saturday, the next business day is Monday, and there is no today.
    let saturday = WizardContext { now: at("2026-11-28T10:00:00Z"), ..desk.context() };
    let asked = draft.question(&saturday).expect("in order").expect("when");
    assert_eq!(ids(&asked)[0], "next_day");
    assert_eq!(asked.options[0].due, Some(at("2026-11-30T17:00:00Z")));
}

#[test]
fn no_call_is_promised_for_a_time_at_which_nobody_may_ring() {
    let mut desk = desk();
    let ringing = keys(&desk, &["1", "2", "-", "4", "1", "\"Ring again"]);
    let writing = keys(&desk, &["1", "2", "-", "4", "2", "\"Send the programme"]);
    // Nine to eight in New York is two in the afternoon to one in the morning here.
    let zone = chrono_tz::America::New_York;
    (desk.zone, desk.known_zone) = (zone, Some(zone));
    let asked = question(&desk, &ringing).expect("when");
    assert!(asked.rings);
    assert_eq!(ids(&asked)[0], "today", "by five here, one may from nine there");
    let time = |from: Option<&str>, due: &str| Answer::Time { from: from.map(at), due: at(due) };
    let refused = |draft: &Draft, id: QuestionId, time: Answer| draft.answer(id, time, &desk.context()).err();
    let early = refused(&ringing, asked.id, time(None, "2026-11-23T13:30:00Z")).expect("half past eight there");
    assert!(early.message.contains("calling hours"), "{}", early.message);
    let morning = time(Some("2026-11-24T08:00:00Z"), "2026-11-24T12:00:00Z");
    assert!(refused(&ringing, asked.id, morning.clone()).is_some(), "three to seven in the morning there");
    assert!(refused(&ringing, asked.id, time(None, "2026-11-24T12:00:00Z")).is_none(), "this evening will do");
    // The first proposal at another time is a call as well; a letter is written at any hour.
    let proposed = keys(&desk, &["3", "1"]);
    let next = question(&desk, &proposed).expect("what next");
    assert!(next.rings && refused(&proposed, next.id, morning.clone()).is_some());
    assert!(!question(&desk, &writing).expect("when").rings);
    assert!(refused(&writing, QuestionId::PromiseWhen, morning).is_none());
}

#[test]
fn a_proposal_that_was_taken_stays_as_it_was_read_until_it_has_passed() {
    let mut desk = desk();
    let mut draft = keys(&desk, &["3", "1", "1"]);
    draft.note_for_next = "Ask for Karim".into();
    let kept: Draft = serde_json::from_str(&serde_json::to_string(&draft).expect("kept")).expect("and read again");
    let at_once = draft.finish(&desk.context()).expect("at once");
    desk.now = now().plus_ms(3 * HOUR_MS);
    assert_eq!(kept.finish(&desk.context()).expect("three hours later"), at_once);
    assert_eq!(kept.mended(&desk.context()), kept);

    desk.now = now().plus_ms(DAY_MS);
    let too_late = kept.finish(&desk.context()).expect_err("by then the proposal is past");
    assert!(too_late.message.contains("past"), "{}", too_late.message);
    let mended = kept.mended(&desk.context());
    assert_eq!(mended.answers, kept.answers[..2], "what happened stands, and what is next is asked again");
    assert_eq!(mended.note_for_next, "Ask for Karim");
    assert_eq!(question(&desk, &mended).map(|question| question.id), Some(QuestionId::Next));
}

#[test]
fn nothing_is_filed_before_the_last_question() {
    let desk = desk();
    let whole = ["1", "1", "-", "4", "1", "\"Ring", "2"];
    for n in 0..whole.len() {
        let error = keys(&desk, &whole[..n]).finish(&desk.context()).expect_err("something is still open");
        assert_eq!(error.code, Code::Invalid);
    }
    finished(&desk, &whole);
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let desk = desk();
    let draft = keys(&desk, &["3"]);
    let twice = draft.answer(QuestionId::Reached, Answer::Pick("no_answer".into()), &desk.context());
    assert_eq!(twice.expect_err("it was answered").code, Code::Conflict);
}

fn outcome(result: CallResult, next: Next) -> Outcome {
    let wrong =
        result.spoils_number().then_some(WrongNumber { reach: None, kind: WrongKind::NeverTheirs, new_number: None });
    Outcome {
        result,
        wrong,
        with_whom: None,
        learned: vec![],
        notes: String::new(),
        note_for_next: None,
        organiser: None,
        next,
    }
}

fn promise(means: Means, what: &str, due_in_ms: i64) -> Next {
    Next::Promise { what: what.into(), means, from: None, due: now().plus_ms(due_in_ms) }
}

fn close(reason: CloseReason, words: Option<&str>) -> Next {
    Next::Close { reason, words: words.map(Into::into) }
}

#[rstest]
#[case(CallResult::NoAnswer, close(CloseReason::Answered, None), "did not speak")]
#[case(CallResult::VoicemailLeft, close(CloseReason::Declined, None), "did not speak")]
#[case(CallResult::LeftWithSomeone, close(CloseReason::DoNotContact, None), "did not speak")]
#[case(CallResult::NotThere, close(CloseReason::Answered, None), "did not speak")]
#[case(CallResult::NotNow, close(CloseReason::Answered, None), "another time")]
#[case(CallResult::Spoke, close(CloseReason::Unreachable, None), "can be reached")]
#[case(CallResult::Spoke, close(CloseReason::Other, Some(" ")), "few words")]
#[case(CallResult::DoNotCall, promise(Means::Ring, "Ring", DAY_MS), "not to be rung")]
#[case(CallResult::Spoke, promise(Means::Ring, " ", DAY_MS), "no words")]
#[case(CallResult::Spoke, promise(Means::Ring, "Ring", 0), "past")]
#[case(CallResult::Spoke, promise(Means::Ring, "Ring", 2000 * DAY_MS), "five years")]
fn a_contradiction_is_refused_with_the_way_out(#[case] result: CallResult, #[case] next: Next, #[case] says: &str) {
    let error = outcome(result, next).checked(now()).expect_err("a contradiction");
    assert_eq!(error.code, Code::Invalid);
    assert!(error.message.contains(says), "{}", error.message);
}

#[test]
fn the_wire_speaks_snake_case() {
    let next = close(CloseReason::DoNotContact, None);
    let wire = serde_json::to_value(outcome(CallResult::LeftWithSomeone, next)).expect("it serialises");
    assert_eq!(wire["result"], "left_with_someone");
    assert_eq!(wire["next"], serde_json::json!({"kind": "close", "reason": "do_not_contact", "words": null}));
    for result in CallResult::ALL.iter().copied() {
        assert_eq!(serde_json::to_value(result).expect("it serialises"), result.as_str());
    }
    for reason in CloseReason::ALL.iter().copied() {
        assert_eq!(serde_json::to_value(reason).expect("it serialises"), reason.as_str());
    }
}

/// Every answer that a question offers.
fn every_answer(question: &Question) -> Vec<Answer> {
    let picks = question.options.iter().map(|option| Answer::Pick(option.id.clone()));
    let free = question.free.map(|free| match free {
        FreeKind::Words | FreeKind::Lines => Answer::Words("words".into()),
        FreeKind::Number => Answer::Words("020 7946 0018".into()),
        FreeKind::Time => Answer::Time { from: None, due: now().plus_ms(DAY_MS) },
    });
    picks.chain(free).chain(question.may_skip.then_some(Answer::Skip)).collect()
}

/// Every way through the questions there is.
fn walk(desk: &Setting, mut on_the_way: impl FnMut(&Question), mut at_the_end: impl FnMut(&Draft, Outcome)) {
    let mut open = vec![Draft::default()];
    while let Some(draft) = open.pop() {
        let Some(question) = question(desk, &draft) else {
            at_the_end(&draft, draft.finish(&desk.context()).expect("no question is open"));
            continue;
        };
        on_the_way(&question);
        let next = |answer| draft.answer(question.id, answer, &desk.context()).expect("it was offered");
        open.extend(every_answer(&question).into_iter().map(next));
    }
}

#[test]
fn every_way_through_ends_in_a_filing_and_none_without_a_next_step() {
    let many = |count: usize| (0..count).map(|n| number(&format!("••• {n:03}"))).collect::<Vec<_>>();
    let mut filed = HashSet::new();
    for (inbound, numbers, dialled, may_ring, may_write) in [
        (false, 1, true, true, true),
        (false, 12, true, true, false),
        (false, 2, false, false, true),
        (false, 0, false, false, false),
        (true, 1, false, true, true),
    ] {
        let desk = Setting {
            inbound,
            numbers: many(numbers),
            dialled,
            may_ring,
            may_write,
            colleagues: vec!["Karim Haddad".into(); 12],
            ..desk()
        };
        walk(
            &desk,
            |question| {
                assert!(!every_answer(question).is_empty(), "{question:?} cannot be answered");
                assert!(question.options.len() <= 9, "{question:?} has more options than number keys");
            },
            |draft, outcome| {
                let again = outcome.clone().checked(desk.now).expect("what is filed is in order");
                assert_eq!(again, outcome);
                assert!(
                    may_ring || !matches!(outcome.next, Next::Promise { means: Means::Ring, .. }),
                    "who may not be rung is promised no call: {draft:?}"
                );
                filed.insert(outcome.result);
            },
        );
    }
    assert_eq!(filed, CallResult::ALL.iter().copied().collect::<HashSet<_>>());
}

proptest! {
    /// Whatever is sent, the wizard files nothing that contradicts itself; stepping back and giving the same answers
    /// again leads to the same draft.
    #[test]
    fn random_answers_never_file_a_contradiction(
        answers in prop::collection::vec((0usize..15, 0u8..7), 0..40),
        (inbound, dialled, may_ring, may_write) in any::<(bool, bool, bool, bool)>(),
        numbers in 0usize..4,
        minute in 0i64..(14 * 24 * 60),
    ) {
        let desk = Setting {
            now: now().plus_ms(minute * 60_000),
            inbound,
            dialled: dialled && numbers > 0,
            may_ring,
            may_write,
            numbers: (0..numbers).map(|n| number(&format!("••• {n:03}"))).collect(),
            ..desk()
        };
        let mut draft = Draft::default();
        for (kind, which) in answers {
            let Some(question) = question(&desk, &draft) else { break };
            let answer = match kind {
                0..9 => Answer::Pick(question.options.get(usize::from(which)).map_or("odd".into(), |option| option.id.clone())),
                9 => Answer::Words(" ".repeat(usize::from(which))),
                10 => Answer::Words("020 7946 0018".into()),
                11 => Answer::Time { from: None, due: desk.now.plus_ms((i64::from(which) - 2) * DAY_MS) },
                12 => Answer::Promise { what: String::new(), means: Means::Ring, from: None, due: Millis(0) },
                13 => Answer::Reach { reach: None, shown: String::new() },
                _ => Answer::Skip,
            };
            if let Ok(next) = draft.answer(question.id, answer.clone(), &desk.context()) {
                let back = next.first(next.answers.len() - 1);
                prop_assert_eq!(&back, &draft);
                prop_assert_eq!(&back.answer(question.id, answer, &desk.context()).expect("as before"), &next);
                prop_assert_eq!(&next.mended(&desk.context()), &next);
                draft = next;
            }
        }
        match draft.finish(&desk.context()) {
            Ok(outcome) => prop_assert_eq!(outcome.clone().checked(desk.now).expect("filed means in order"), outcome),
            Err(_) => prop_assert!(question(&desk, &draft).is_some(), "all is answered and nothing can be filed"),
        }
    }
}
