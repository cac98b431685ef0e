use std::collections::HashSet;

use chrono_tz::Europe::London;
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::calls::outcome::{
    Answer, CallResult, CloseReason, Draft, FreeKind, Means, Next, Outcome, Question, QuestionId, RetryRule,
    WizardContext,
};
use wellmet_core::promises::business_time::{BusinessCalendar, Window};
use wellmet_core::time::{DAY_MS, HOUR_MS};
use wellmet_core::{Code, Millis};

use super::retry_rules;

/// Monday, ten in the morning.
const NOW: &str = "2026-11-23T10:00:00Z";

struct Desk {
    calendar: BusinessCalendar,
    rules: Vec<RetryRule>,
    attempt: u32,
}

impl Desk {
    fn new() -> Self {
        let day = || vec![Window::new(9 * 60, 17 * 60)];
        let week = [day(), day(), day(), day(), day(), vec![], vec![]];
        let calendar = BusinessCalendar::new(London, week, vec![]).expect("a plain week");
        Self { calendar, rules: retry_rules(), attempt: 1 }
    }

    fn context(&self) -> WizardContext<'_> {
        WizardContext {
            now: now(),
            calendar: &self.calendar,
            person_zone: London,
            rules: &self.rules,
            attempt: self.attempt,
        }
    }

    fn question(&self, draft: &Draft) -> Option<Question> {
        draft.question(&self.context()).expect("a draft in order has a question or none")
    }

    /// Presses number keys, types words at `"`, skips at `-`.
    fn keys(&self, keys: &[&str]) -> Draft {
        keys.iter().fold(Draft::default(), |draft, key| {
            let question = self.question(&draft).unwrap_or_else(|| panic!("{key} has no question any more"));
            let answer = match *key {
                "-" => Answer::Skip,
                words if words.starts_with('"') => Answer::Words(words[1..].into()),
                number => {
                    let key: u8 = number.parse().expect("a number key");
                    let option = question.options.iter().find(|option| option.key == key);
                    Answer::Pick(option.unwrap_or_else(|| panic!("{question:?} has no {key}")).id.clone())
                }
            };
            draft.answer(question.id, answer, &self.context()).expect("the answer fits")
        })
    }
}

fn now() -> Millis {
    at(NOW)
}

fn at(text: &str) -> Millis {
    Millis::parse_rfc3339(text).expect("an instant")
}

fn ids(question: &Question) -> Vec<&str> {
    question.options.iter().map(|option| option.id.as_str()).collect()
}

#[test]
fn number_keys_lead_from_no_answer_to_the_next_call() {
    let desk = Desk::new();
    let first = desk.question(&Draft::default()).expect("the first question");
    assert_eq!(first.id, QuestionId::Reached);
    assert_eq!(ids(&first), ["spoke", "voicemail_left", "no_answer", "wrong_number"]);
    let next = desk.question(&desk.keys(&["3", "1"])).expect("what next");
    assert_eq!(next.id, QuestionId::Next, "nobody was reached, so nothing was learned");
    assert_eq!(ids(&next), ["proposal_1", "own_promise", "close"]);
    let outcome = desk.keys(&["3", "1", "1", "-"]).finish(now()).expect("all is said");
    assert_eq!(outcome.result, CallResult::NoAnswer);
    assert_eq!(
        outcome.next,
        Next::Promise { what: "Ring again".into(), means: Means::Ring, due: at("2026-11-23T14:00:00Z") }
    );
}

#[test]
fn a_conversation_ends_with_what_was_learned_and_a_promise() {
    let desk = Desk::new();
    let mut draft = desk.keys(&[
        "1",
        "1",
        "\"Exports to Lebanon\n\n  wants to meet others who do ",
        "1",
        "3",
        "\"Send the mentoring circle details",
        "1",
        "\"She prefers mornings",
    ]);
    draft.notes = "Second showroom doing well.".into();
    assert_eq!(
        draft.finish(now()).expect("all is said"),
        Outcome {
            result: CallResult::Spoke,
            learned: vec!["Exports to Lebanon".into(), "wants to meet others who do".into()],
            notes: "Second showroom doing well.".into(),
            note_for_next: Some("She prefers mornings".into()),
            next: Next::Promise {
                what: "Send the mentoring circle details".into(),
                means: Means::Do,
                due: at("2026-11-23T17:00:00Z")
            },
        }
    );
}

#[test]
fn an_answered_inquiry_is_a_reason_to_close() {
    let outcome = Desk::new().keys(&["1", "1", "-", "2", "1", "-"]).finish(now()).expect("all is said");
    assert_eq!(outcome.next, Next::Close { reason: CloseReason::Answered, words: None });
}

#[test]
fn closing_for_another_reason_needs_words() {
    let desk = Desk::new();
    let draft = desk.keys(&["3", "1", "3", "2"]);
    let question = desk.question(&draft).expect("the words");
    assert_eq!((question.id, question.free, question.may_skip), (QuestionId::CloseWords, Some(FreeKind::Words), false));
    assert!(draft.answer(question.id, Answer::Words("  ".into()), &desk.context()).is_err());
    assert!(draft.answer(question.id, Answer::Skip, &desk.context()).is_err());
}

#[test]
fn after_the_last_attempt_writing_is_proposed() {
    let mut desk = Desk::new();
    desk.attempt = 5;
    let outcome = desk.keys(&["3", "1", "1", "-"]).finish(now()).expect("all is said");
    assert_eq!(
        outcome.next,
        Next::Promise { what: "Write instead".into(), means: Means::Write, due: at("2026-11-24T17:00:00Z") }
    );
}

#[test]
fn after_a_wrong_number_finding_the_right_one_is_proposed() {
    let outcome = Desk::new().keys(&["4", "-", "1", "-"]).finish(now()).expect("all is said");
    assert_eq!(outcome.result, CallResult::WrongNumber);
    assert!(matches!(outcome.next, Next::Promise { means: Means::Do, .. }), "{:?}", outcome.next);
}

#[test]
fn who_asked_not_to_be_rung_is_promised_no_call() {
    let desk = Desk::new();
    let draft = desk.keys(&["1", "4", "-", "1"]);
    assert_eq!(ids(&desk.question(&draft).expect("by what means")), ["write", "do"]);
}

#[test]
fn times_are_named_by_our_own_hours_and_none_is_past() {
    let desk = Desk::new();
    let draft = desk.keys(&["1", "2", "-", "1", "1", "\"Ring again"]);
    let question = desk.question(&draft).expect("when");
    assert_eq!(question.id, QuestionId::PromiseWhen);
    let times: Vec<_> = question.options.iter().map(|o| (o.id.as_str(), o.due.map(Millis::rfc3339))).collect();
    assert_eq!(
        times,
        [
            ("today", Some("2026-11-23T17:00:00Z".into())),
            ("next_day", Some("2026-11-24T17:00:00Z".into())),
            ("in_three_days", Some("2026-11-26T17:00:00Z".into())),
            ("in_a_week", Some("2026-11-30T17:00:00Z".into())),
        ]
    );
    let past = draft.answer(question.id, Answer::Time(now().plus_ms(-1)), &desk.context());
    assert_eq!(past.expect_err("it is past").code, Code::Invalid);

    // On a Saturday, the next business day is Monday, and there is no today.
    let saturday = WizardContext { now: at("2026-11-28T10:00:00Z"), ..desk.context() };
    let question = draft.question(&saturday).expect("in order").expect("when");
    assert_eq!(ids(&question)[0], "next_day");
    assert_eq!(question.options[0].due, Some(at("2026-11-30T17:00:00Z")));
}

#[test]
fn a_proposal_that_was_taken_stays_as_it_was_read() {
    let desk = Desk::new();
    let draft = desk.keys(&["3", "1", "1", "-"]);
    let kept: Draft = serde_json::from_str(&serde_json::to_string(&draft).expect("kept")).expect("and read again");
    let later = kept.finish(now().plus_ms(HOUR_MS)).expect("an hour later");
    assert_eq!(later, draft.finish(now()).expect("at once"));
    let too_late = kept.finish(now().plus_ms(DAY_MS)).expect_err("by then the proposal is past");
    assert!(too_late.message.contains("past"), "{}", too_late.message);
}

#[test]
fn nothing_is_filed_before_the_last_question() {
    let desk = Desk::new();
    let whole = ["1", "1", "-", "1", "1", "\"Ring", "2", "-"];
    for n in 0..whole.len() {
        let error = desk.keys(&whole[..n]).finish(now()).expect_err("something is still open");
        assert_eq!(error.code, Code::Invalid);
    }
    desk.keys(&whole).finish(now()).expect("all is said");
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let desk = Desk::new();
    let draft = desk.keys(&["3"]);
    let twice = draft.answer(QuestionId::Reached, Answer::Pick("no_answer".into()), &desk.context());
    assert_eq!(twice.expect_err("it was answered").code, Code::Conflict);
}

fn outcome(result: CallResult, next: Next) -> Outcome {
    Outcome { result, learned: vec![], notes: String::new(), note_for_next: None, next }
}

fn promise(means: Means, what: &str, due_in_ms: i64) -> Next {
    Next::Promise { what: what.into(), means, due: now().plus_ms(due_in_ms) }
}

fn close(reason: CloseReason, words: Option<&str>) -> Next {
    Next::Close { reason, words: words.map(Into::into) }
}

#[rstest]
#[case(CallResult::NoAnswer, close(CloseReason::Answered, None), "did not speak")]
#[case(CallResult::VoicemailLeft, close(CloseReason::Declined, None), "did not speak")]
#[case(CallResult::LeftWithSomeone, close(CloseReason::DoNotContact, None), "did not speak")]
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

#[test]
fn every_result_can_be_filed() {
    let desk = Desk::new();
    let mut filed = HashSet::new();
    let mut open = vec![Draft::default()];
    while let Some(draft) = open.pop() {
        let Some(question) = desk.question(&draft) else {
            filed.insert(draft.finish(now()).expect("no question is open").result);
            continue;
        };
        let picks = question.options.iter().map(|option| Answer::Pick(option.id.clone()));
        let free = question.free.map(|free| match free {
            FreeKind::Words | FreeKind::Lines => Answer::Words("words".into()),
            FreeKind::Time => Answer::Time(now().plus_ms(DAY_MS)),
        });
        let skip = question.may_skip.then_some(Answer::Skip);
        let answers: Vec<_> = picks.chain(free).chain(skip).collect();
        assert!(!answers.is_empty(), "{question:?} cannot be answered");
        assert!(question.options.len() <= 9, "{question:?} has more options than number keys");
        open.extend(
            answers
                .into_iter()
                .map(|answer| draft.answer(question.id, answer, &desk.context()).expect("it was offered")),
        );
    }
    assert_eq!(filed, CallResult::ALL.iter().copied().collect::<HashSet<_>>());
}

proptest! {
    /// Whatever is sent, the wizard files nothing that contradicts itself, and stepping back undoes exactly one answer.
    #[test]
    fn random_answers_never_file_a_contradiction(answers in prop::collection::vec((0usize..14, 0u8..6), 0..30)) {
        let desk = Desk::new();
        let mut draft = Draft::default();
        for (kind, which) in answers {
            let Some(question) = desk.question(&draft) else { break };
            let answer = match kind {
                0..9 => Answer::Pick(question.options.get(usize::from(which)).map_or("odd".into(), |option| option.id.clone())),
                9 => Answer::Words(" ".repeat(usize::from(which))),
                10 => Answer::Words("words".into()),
                11 => Answer::Time(now().plus_ms((i64::from(which) - 2) * DAY_MS)),
                12 => Answer::Promise { what: String::new(), means: Means::Ring, due: Millis(0) },
                _ => Answer::Skip,
            };
            if let Ok(next) = draft.answer(question.id, answer, &desk.context()) {
                prop_assert_eq!(&next.back(), &draft);
                draft = next;
            }
        }
        match draft.finish(now()) {
            Ok(outcome) => prop_assert_eq!(outcome.clone().checked(now()).expect("filed means in order"), outcome),
            Err(_) => prop_assert!(desk.question(&draft).is_some(), "all is answered and nothing can be filed"),
        }
    }
}
