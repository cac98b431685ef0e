use chrono::{NaiveDate, Timelike};
use chrono_tz::{Australia::Brisbane, Australia::Perth, Tz};
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::calls::outcome::{Band, CallResult, Retry, RetryRule, check_retry_rules, propose};
use wellmet_core::calls::retry_rules;
use wellmet_core::promises::business_time::{BusinessCalendar, Closure, Target, Window};
use wellmet_core::team::standards::RetryRuleRow;
use wellmet_core::time::{DAY_MS, MINUTE_MS};
use wellmet_core::{Code, Millis};

use crate::support::TestBook;

fn nine_to_five(zone: Tz) -> BusinessCalendar {
    let day = || vec![Window::new(9 * 60, 17 * 60)];
    BusinessCalendar::new(zone, [day(), day(), day(), day(), day(), vec![], vec![]], vec![]).expect("a plain week")
}

fn at(text: &str) -> Millis {
    Millis::parse_rfc3339(text).expect("an instant")
}

fn ring(result: CallResult, attempt: u32, now: &str) -> (String, String, Band) {
    let calendar = nine_to_five(Brisbane);
    match propose(&super::retry_rules(), result, attempt, at(now), Brisbane, &calendar).expect("a plain week") {
        Some(Retry::Ring { from, due, band }) => {
            let said = |at: Millis| at.in_zone(Brisbane).format("%a %d %H:%M").to_string();
            (said(from), said(due), band)
        }
        other => panic!("a further call was expected, not {other:?}"),
    }
}

#[rstest]
// Monday 23 November 2026 in Brisbane, UTC+10.
#[case(CallResult::NoAnswer, 1, "2026-11-23T00:00:00Z", "Mon 23 12:00", "Mon 23 14:00", Band::Midday)]
#[case(CallResult::NoAnswer, 1, "2026-11-23T03:00:00Z", "Mon 23 15:00", "Mon 23 17:00", Band::Afternoon)]
#[case(CallResult::NoAnswer, 1, "2026-11-23T06:30:00Z", "Tue 24 10:30", "Tue 24 12:00", Band::Morning)]
#[case(CallResult::NoAnswer, 2, "2026-11-23T00:00:00Z", "Tue 24 12:00", "Tue 24 14:00", Band::Midday)]
#[case(CallResult::NoAnswer, 2, "2026-11-23T05:00:00Z", "Tue 24 09:00", "Tue 24 12:00", Band::Morning)]
#[case(CallResult::VoicemailLeft, 1, "2026-11-26T05:00:00Z", "Mon 30 09:00", "Mon 30 12:00", Band::Morning)]
#[case(CallResult::Busy, 1, "2026-11-23T00:00:00Z", "Mon 23 12:00", "Mon 23 14:00", Band::Midday)]
fn the_next_call_is_later_and_at_another_time_of_day(
    #[case] result: CallResult,
    #[case] attempt: u32,
    #[case] now: &str,
    #[case] from: &str,
    #[case] due: &str,
    #[case] band: Band,
) {
    assert_eq!(ring(result, attempt, now), (from.into(), due.into(), band));
}

#[rstest]
#[case(CallResult::NoAnswer, 5)]
#[case(CallResult::VoicemailLeft, 3)]
#[case(CallResult::Busy, 4)]
#[case(CallResult::LeftWithSomeone, 99)]
fn after_the_last_attempt_one_writes_or_lets_go(#[case] result: CallResult, #[case] attempt: u32) {
    let calendar = nine_to_five(Brisbane);
    let proposed = propose(&super::retry_rules(), result, attempt, at("2026-11-23T00:00:00Z"), Brisbane, &calendar);
    assert_eq!(proposed.expect("a plain week"), Some(Retry::WriteOrRelease));
}

#[rstest]
#[case(CallResult::Spoke)]
#[case(CallResult::NotNow)]
#[case(CallResult::DoNotCall)]
#[case(CallResult::WrongNumber)]
#[case(CallResult::OutOfService)]
fn nobody_is_rung_again_by_rule_who_was_reached_or_has_no_such_number(#[case] result: CallResult) {
    let calendar = nine_to_five(Brisbane);
    let proposed = propose(&super::retry_rules(), result, 1, at("2026-11-23T00:00:00Z"), Brisbane, &calendar);
    assert_eq!(proposed.expect("a plain week"), None);
}

#[test]
fn the_time_of_day_is_theirs_not_ours() {
    // 12:30 in Brisbane is 10:30 in Perth: their morning.
    let proposed = propose(
        &super::retry_rules(),
        CallResult::NoAnswer,
        1,
        at("2026-11-23T02:30:00Z"),
        Perth,
        &nine_to_five(Brisbane),
    );
    // Two business hours on it is 12:30 there, and we close at 15:00 of theirs.
    assert_eq!(
        proposed.expect("a plain week"),
        Some(Retry::Ring { from: at("2026-11-23T04:30:00Z"), due: at("2026-11-23T06:00:00Z"), band: Band::Midday })
    );
}

#[test]
fn where_there_is_only_one_time_of_day_one_writes_instead() {
    let day = || vec![Window::new(9 * 60, 11 * 60)];
    let week = [day(), day(), day(), day(), day(), vec![], vec![]];
    let calendar = BusinessCalendar::new(Brisbane, week, vec![]).expect("a plain week");
    let now = at("2026-11-23T00:00:00Z");
    let proposed = propose(&super::retry_rules(), CallResult::NoAnswer, 1, now, Brisbane, &calendar);
    assert_eq!(proposed.expect("a plain week"), Some(Retry::WriteOrRelease));
}

#[test]
fn the_rules_of_a_new_book_are_in_order() {
    check_retry_rules(&retry_rules::defaults()).expect("in order");
    check_retry_rules(&super::retry_rules()).expect("and those of these tests");
}

#[tokio::test]
async fn rules_that_make_no_sense_are_not_kept() {
    let book = TestBook::new().await;
    let row = |result: &str, attempt| RetryRuleRow { result: result.into(), attempt, target: Target::Days(1) };
    for rows in [vec![row("no_answer", 2)], vec![row("no_answr", 1)], vec![row("spoke", 1)]] {
        let mut edit = book.book.write(book.helen(), "save_retry_rules").await.expect("an edit");
        let refused = retry_rules::save_rows(&mut edit, &rows).await.expect_err("they make no sense");
        assert_eq!(refused.code, Code::Invalid, "{}", refused.message);
    }
    let mut edit = book.book.write(book.helen(), "save_retry_rules").await.expect("an edit");
    retry_rules::save_rows(&mut edit, &[row("no_answer", 1), row("no_answer", 2)]).await.expect("in order");
    edit.commit().await.expect("kept");
    let kept = retry_rules::all(&mut book.book.read().await.expect("a reader")).await.expect("rules");
    assert_eq!(kept.len(), 2);
}

#[rstest]
#[case::gap(&[(CallResult::NoAnswer, 1, 1), (CallResult::NoAnswer, 3, 1)], "attempt 2")]
#[case::double(&[(CallResult::NoAnswer, 1, 1), (CallResult::NoAnswer, 1, 2)], "attempt 2")]
#[case::from_zero(&[(CallResult::Busy, 0, 1)], "attempt 1")]
#[case::no_wait(&[(CallResult::Busy, 1, 0)], "waits for nothing")]
#[case::not_retried(&[(CallResult::Spoke, 1, 1)], "nobody is rung again")]
fn rules_that_make_no_sense_are_refused(#[case] rules: &[(CallResult, u32, u32)], #[case] says: &str) {
    let rule = |(result, attempt, hours): &(CallResult, u32, u32)| RetryRule {
        result: *result,
        attempt: *attempt,
        target: Target::Hours(*hours),
    };
    let rules: Vec<_> = rules.iter().map(rule).collect();
    let error = check_retry_rules(&rules).expect_err("they make no sense");
    assert!(error.message.contains(says), "{}", error.message);
}

fn windows() -> impl Strategy<Value = Vec<Window>> {
    (0u16..1380, 1u16..700, prop::option::of((1u16..120, 1u16..300))).prop_map(|(opens, length, second)| {
        let closes = (opens + length).min(1440);
        let mut windows = vec![Window::new(opens, closes)];
        if let Some((gap, length)) = second.filter(|(gap, _)| closes + gap < 1430) {
            windows.push(Window::new(closes + gap, (closes + gap + length).min(1440)));
        }
        windows
    })
}

proptest! {
    /// Whatever the hours and the zones: never before the rule's wait, in one band that is not the last one's, while we
    /// are open.
    #[test]
    fn a_proposed_call_is_open_later_and_in_another_band(
        week in prop::array::uniform7(prop_oneof![1 => Just(vec![]), 4 => windows()]),
        ours in prop::sample::select(vec![chrono_tz::Europe::London, Brisbane, chrono_tz::America::New_York, chrono_tz::Australia::Lord_Howe]),
        theirs in prop::sample::select(vec![chrono_tz::Europe::London, Perth, chrono_tz::Asia::Kathmandu, chrono_tz::Pacific::Auckland]),
        now_minutes in 0i64..(2 * 366 * 24 * 60),
        which in any::<prop::sample::Index>(),
        closed in 0u64..9,
    ) {
        prop_assume!(week.iter().any(|day| !day.is_empty()));
        let now = at("2026-01-01T00:00:00Z").plus_ms(now_minutes * MINUTE_MS);
        let today: NaiveDate = now.in_zone(ours).date_naive();
        let closure = Closure::new("Away", today, today + chrono::Days::new(closed));
        let calendar = BusinessCalendar::new(ours, week, vec![closure]).expect("a week in order");
        let rules = super::retry_rules();
        let rule = *which.get(&rules);
        let proposed = propose(&rules, rule.result, rule.attempt, now, theirs, &calendar).expect("somewhere it is open");
        if let Some(Retry::Ring { from, due, band }) = proposed {
            prop_assert!(from > now && due > from, "{from:?} {due:?}");
            prop_assert_ne!(Some(band), Band::at(now, theirs));
            let before_due = due.plus_ms(-1);
            for instant in [from, before_due, Millis(i64::midpoint(from.0, before_due.0))] {
                prop_assert_eq!(Band::at(instant, theirs), Some(band), "{}", instant.rfc3339());
                prop_assert!(calendar.is_open(instant), "{}", instant.rfc3339());
            }
            prop_assert!((9..20).contains(&from.in_zone(theirs).hour()));
            // Three minutes a week are three business hours in a year: the wait is the calendar's, the rest is ours.
            let waited = calendar.due(now, rule.target).expect("open somewhere");
            match rule.target {
                Target::Days(days) => prop_assert!(from.in_zone(ours).date_naive() >= today + chrono::Days::new(u64::from(days))),
                _ => prop_assert!(from >= waited),
            }
            prop_assert!(from.since(waited) < 61 * DAY_MS, "{} after {}", from.rfc3339(), waited.rfc3339());
        } else {
            prop_assert_eq!(proposed, Some(Retry::WriteOrRelease));
        }
    }
}
