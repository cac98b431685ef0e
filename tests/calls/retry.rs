use std::collections::BTreeMap;

use chrono::{NaiveDate, Timelike};
use chrono_tz::{Australia::Brisbane, Australia::Perth, Tz};
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::calls::outcome::{Band, CallResult, Draft, Retry, RetryRule, Try, check_retry_rules, propose};
use wellmet_core::calls::retry_rules;
use wellmet_core::promises::business_time::{BusinessCalendar, Closure, Target, Window};
use wellmet_core::team::standards::RetryRuleRow;
use wellmet_core::time::{DAY_MS, MINUTE_MS};
use wellmet_core::{Code, Millis};

use super::setting::{Setting, at, hours};
use crate::support::TestBook;

/// Somebody in Brisbane, rung from Brisbane.
fn setting(now: &str) -> Setting {
    Setting::new(Brisbane, now)
}

/// So many calls that ended so, the last one now and those before it at the same hour of other days.
fn tries(result: CallResult, count: i64, now: &str) -> Vec<Try> {
    (0..count).rev().map(|days| Try { result, at: at(now).plus_ms(-days * DAY_MS) }).collect()
}

fn after(setting: &Setting, tries: &[Try]) -> Option<Retry> {
    propose(&setting.rules, tries, setting.now, &setting.ringing()).expect("a plain week")
}

fn said(retry: Option<Retry>) -> (String, String, Band) {
    match retry {
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
#[case(CallResult::NotThere, 1, "2026-11-23T05:00:00Z", "Tue 24 09:00", "Tue 24 12:00", Band::Morning)]
fn the_next_call_is_later_and_at_another_time_of_day(
    #[case] result: CallResult,
    #[case] attempt: i64,
    #[case] now: &str,
    #[case] from: &str,
    #[case] due: &str,
    #[case] band: Band,
) {
    assert_eq!(said(after(&setting(now), &tries(result, attempt, now))), (from.into(), due.into(), band));
}

#[rstest]
#[case(CallResult::NoAnswer, 5)]
#[case(CallResult::VoicemailLeft, 3)]
#[case(CallResult::Busy, 4)]
#[case(CallResult::LeftWithSomeone, 99)]
#[case(CallResult::NotThere, 3)]
fn after_the_last_attempt_one_writes_or_lets_go(#[case] result: CallResult, #[case] attempt: i64) {
    let now = "2026-11-23T00:00:00Z";
    assert_eq!(after(&setting(now), &tries(result, attempt, now)), Some(Retry::WriteOrRelease));
}

#[rstest]
#[case(CallResult::Spoke)]
#[case(CallResult::NotNow)]
#[case(CallResult::DoNotCall)]
#[case(CallResult::WrongNumber)]
#[case(CallResult::OutOfService)]
fn nobody_is_rung_again_by_rule_who_was_reached_or_has_no_such_number(#[case] result: CallResult) {
    let now = "2026-11-23T00:00:00Z";
    assert_eq!(after(&setting(now), &tries(result, 1, now)), None);
    assert_eq!(after(&setting(now), &[]), None, "who was never rung is not rung again");
}

#[test]
fn each_result_counts_its_own_attempts() {
    let now = "2026-11-23T00:00:00Z";
    let mut calls = tries(CallResult::NoAnswer, 4, "2026-11-20T00:00:00Z");
    calls.push(Try { result: CallResult::Busy, at: at(now) });
    let (from, ..) = said(after(&setting(now), &calls));
    assert_eq!(from, "Mon 23 12:00", "it is busy for the first time: half an hour, and another time of day");
    calls.push(Try { result: CallResult::NoAnswer, at: at(now) });
    assert_eq!(after(&setting(now), &calls), Some(Retry::WriteOrRelease), "and for the fifth time nobody answered");
}

#[test]
fn a_time_of_day_that_was_not_tried_yet_is_worth_waiting_for_until_the_next_business_day_ends() {
    let now = "2026-11-23T00:00:00Z";
    let call = |when: &str| Try { result: CallResult::NoAnswer, at: at(when) };
    // Morning, midday, and the morning again: midday would be the first to come, and in the afternoon nobody tried.
    let calls = [call("2026-11-19T00:00:00Z"), call("2026-11-20T03:00:00Z"), call(now)];
    let mut setting = setting(now);
    setting.rules.retain(|rule| rule.attempt != 3);
    setting.rules.push(RetryRule { result: CallResult::NoAnswer, attempt: 3, target: Target::Hours(1) });
    assert_eq!(said(after(&setting, &calls)), ("Mon 23 14:00".into(), "Mon 23 17:00".into(), Band::Afternoon));
    // Where it is open in the morning and at midday alone, midday it is.
    let day = || vec![Window::new(9 * 60, 14 * 60)];
    let week = [day(), day(), day(), day(), day(), vec![], vec![]];
    setting.calendar = BusinessCalendar::new(Brisbane, week, vec![]).expect("a plain week");
    assert_eq!(said(after(&setting, &calls)), ("Mon 23 12:00".into(), "Mon 23 14:00".into(), Band::Midday));
}

#[test]
fn the_time_of_day_is_theirs_not_ours() {
    // 12:30 in Brisbane is 10:30 in Perth: their morning.
    let now = "2026-11-23T02:30:00Z";
    let mut setting = setting(now);
    (setting.zone, setting.known_zone) = (Perth, Some(Perth));
    // Two business hours on it is 12:30 there, and we close at 15:00 of theirs.
    assert_eq!(
        after(&setting, &tries(CallResult::NoAnswer, 1, now)),
        Some(Retry::Ring { from: at("2026-11-23T04:30:00Z"), due: at("2026-11-23T06:00:00Z"), band: Band::Midday })
    );
}

#[test]
fn nobody_is_proposed_to_be_rung_when_nobody_may_be() {
    let now = "2026-11-23T00:00:00Z";
    let mut setting = setting(now);
    setting.hours = hours(13 * 60, 16 * 60);
    let calls = tries(CallResult::NoAnswer, 1, now);
    assert_eq!(said(after(&setting, &calls)), ("Mon 23 13:00".into(), "Mon 23 14:00".into(), Band::Midday));
    // Where in Australia they are is not known: at 15:00 in Brisbane it is 13:00 in Perth, and at 17:00, 18:00 in Sydney.
    (setting.known_zone, setting.country) = (None, "AU".into());
    setting.hours = hours(13 * 60, 18 * 60);
    let (from, due, band) = said(after(&setting, &calls));
    assert_eq!((from.as_str(), due.as_str(), band), ("Mon 23 15:00", "Mon 23 17:00", Band::Afternoon));
    // No hour suits them all.
    setting.hours = hours(13 * 60, 14 * 60);
    assert_eq!(after(&setting, &calls), Some(Retry::WriteOrRelease));
}

#[test]
fn a_call_that_was_written_down_late_is_waited_for_from_when_it_was() {
    let mut setting = setting("2026-11-23T04:00:00Z");
    let call = [Try { result: CallResult::NoAnswer, at: at("2026-11-23T00:00:00Z") }];
    // Two hours after ten it was noon; now it is two.
    assert_eq!(said(after(&setting, &call)), ("Mon 23 14:00".into(), "Mon 23 17:00".into(), Band::Afternoon));
    setting.now = at("2026-11-23T06:55:00Z");
    let (from, ..) = said(after(&setting, &call));
    assert_eq!(from, "Tue 24 12:00", "five minutes before closing nobody begins, and the morning was tried");
}

#[test]
fn where_there_is_only_one_time_of_day_one_writes_instead() {
    let day = || vec![Window::new(9 * 60, 11 * 60)];
    let week = [day(), day(), day(), day(), day(), vec![], vec![]];
    let now = "2026-11-23T00:00:00Z";
    let mut setting = setting(now);
    setting.calendar = BusinessCalendar::new(Brisbane, week, vec![]).expect("a plain week");
    assert_eq!(after(&setting, &tries(CallResult::NoAnswer, 1, now)), Some(Retry::WriteOrRelease));
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

/// An association and somebody somewhere, at a whole minute of two years.
fn settings() -> impl Strategy<Value = Setting> {
    let ours = vec![chrono_tz::Europe::London, Brisbane, chrono_tz::America::New_York, chrono_tz::Australia::Lord_Howe];
    let theirs = vec![chrono_tz::Europe::London, Perth, chrono_tz::Asia::Kathmandu, chrono_tz::Pacific::Auckland];
    (
        prop::array::uniform7(prop_oneof![1 => Just(vec![]), 4 => windows()])
            .prop_filter("open some day", |week| week.iter().any(|day| !day.is_empty())),
        prop::sample::select(ours),
        prop::sample::select(theirs),
        0i64..(2 * 366 * 24 * 60),
        0u64..9,
        (0u16..840, 60u16..600),
    )
        .prop_map(|(week, ours, theirs, minute, closed, (from, length))| {
            let now = at("2026-01-01T00:00:00Z").plus_ms(minute * MINUTE_MS);
            let today: NaiveDate = now.in_zone(ours).date_naive();
            let closure = Closure::new("Away", today, today + chrono::Days::new(closed));
            Setting {
                now,
                calendar: BusinessCalendar::new(ours, week, vec![closure]).expect("a week in order"),
                zone: theirs,
                known_zone: Some(theirs),
                hours: hours(from, (from + length).min(1440)),
                ..Setting::new(theirs, "2026-01-01T00:00:00Z")
            }
        })
}

/// A stretch as the oracle finds it, minute by minute.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Run {
    from: Millis,
    until: Millis,
    band: Band,
}

/// What part of their day it is, by the hour on the wall.
fn band(at: Millis, zone: Tz) -> Option<Band> {
    match at.in_zone(zone).hour() {
        9..12 => Some(Band::Morning),
        12..14 => Some(Band::Midday),
        14..17 => Some(Band::Afternoon),
        17..20 => Some(Band::Evening),
        _ => None,
    }
}

/// Runs of minutes from `from` on, each of one band, open and allowed throughout, ten minutes at the least. The search
/// ends where `enough` says so.
fn runs(setting: &Setting, from: Millis, mut enough: impl FnMut(&[Run], Millis) -> bool) -> Vec<Run> {
    let there = |at: Millis| {
        let wall = at.in_zone(setting.zone);
        let minute = u16::try_from(wall.hour() * 60 + wall.minute()).expect("a minute of a day");
        (setting.hours.from_minute()..setting.hours.to_minute()).contains(&minute)
    };
    let ours = |at: Millis| at.in_zone(setting.calendar.zone()).date_naive();
    let (mut found, mut running): (Vec<Run>, Option<Run>) = (Vec::new(), None);
    let mut minute = from;
    loop {
        let good = band(minute, setting.zone).filter(|_| setting.calendar.is_open(minute) && there(minute));
        running = match (running, good) {
            // A run ends with its band, and with our day.
            (Some(run), Some(band)) if run.band == band && ours(run.from) == ours(minute) => Some(run),
            (run, good) => {
                found.extend(run.map(|run| Run { until: minute, ..run }));
                good.map(|band| Run { from: minute, until: minute, band })
            }
        };
        found.retain(|run| run.until.since(run.from) >= 10 * MINUTE_MS);
        let is_over = minute.since(from) >= 60 * DAY_MS;
        if running.is_none() && (is_over || enough(&found, minute)) {
            return found;
        }
        minute = minute.plus_ms(MINUTE_MS);
    }
}

/// The rule in words: of the runs after the wait that are not in the last call's band, the one whose band was tried
/// least, then the soonest; beginning before the end of the business day that follows the first of them.
fn expected(setting: &Setting, calls: &[Try]) -> Option<Run> {
    let last = calls.last().expect("a call");
    let attempt = calls.iter().filter(|call| call.result == last.result).count();
    let rule = setting.rules.iter().find(|rule| rule.result == last.result && rule.attempt as usize == attempt)?;
    let calendar = &setting.calendar;
    let earliest = match rule.target {
        Target::Days(days) => {
            let day = calendar.business_day_of(last.at).expect("open somewhere");
            let day = calendar.business_days_after(day, days).expect("open somewhere");
            calendar.opening_of(day).expect("a business day opens")
        }
        target => calendar.due(last.at, target).expect("open somewhere"),
    };
    let mut tried: BTreeMap<Band, usize> = BTreeMap::new();
    for band in calls.iter().filter_map(|call| band(call.at, setting.zone)) {
        *tried.entry(band).or_default() += 1;
    }
    let others = |runs: &[Run]| -> Vec<Run> {
        runs.iter().copied().filter(|run| Some(run.band) != band(last.at, setting.zone)).collect()
    };
    let horizon = |first: &Run| {
        let day = first.from.in_zone(calendar.zone()).date_naive();
        calendar.closing_of(calendar.business_days_after(day, 1).expect("open somewhere")).expect("it closes")
    };
    let found = runs(setting, earliest.max(setting.now), |found, minute| {
        others(found).first().is_some_and(|first| minute > horizon(first))
    });
    let found = others(&found);
    let first = found.first()?;
    let in_time = found.iter().filter(|run| run.from < horizon(first));
    in_time.min_by_key(|run| (tried.get(&run.band).copied().unwrap_or_default(), run.from)).copied()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever the hours, the zones and what was tried: exactly what the rule says, minute by minute; never before the
    /// wait, never in the last call's time of day, always while we are open and they may be rung.
    #[test]
    fn the_next_try_is_what_the_rule_says_in_words(
        setting in settings(),
        results in prop::collection::vec(
            prop::sample::select(vec![CallResult::NoAnswer, CallResult::Busy, CallResult::VoicemailLeft, CallResult::LeftWithSomeone]),
            1..6,
        ),
        apart in prop::collection::vec(20i64..4_000, 6),
    ) {
        let mut when = setting.now;
        let mut calls: Vec<Try> = results.iter().zip(&apart).map(|(result, minutes)| {
            let call = Try { result: *result, at: when };
            when = when.plus_ms(-minutes * MINUTE_MS);
            call
        }).collect();
        calls.reverse();
        let proposed = propose(&setting.rules, &calls, setting.now, &setting.ringing()).expect("somewhere it is open");
        match expected(&setting, &calls) {
            Some(run) => {
                prop_assert_eq!(proposed, Some(Retry::Ring { from: run.from, due: run.until, band: run.band }));
                prop_assert!(run.from >= setting.now);
                prop_assert_ne!(Some(run.band), Band::at(setting.now, setting.zone));
            }
            None => prop_assert_eq!(proposed, Some(Retry::WriteOrRelease)),
        }
    }

    /// "Not now" is rung on the next business day in another time of day; in the same one where that day has no other;
    /// and later where nobody can be rung on that day.
    #[test]
    fn another_time_is_the_next_business_day_wherever_it_can_be(setting in settings()) {
        let draft = ["spoke", "not_now"].iter().fold(Draft::default(), |draft, pick| {
            let question = draft.question(&setting.context()).expect("in order").expect("a question");
            let pick = wellmet_core::calls::outcome::Answer::Pick((*pick).into());
            draft.answer(question.id, pick, &setting.context()).expect("it was offered")
        });
        let learned = draft.question(&setting.context()).expect("in order").expect("a question");
        let draft = draft.answer(learned.id, wellmet_core::calls::outcome::Answer::Skip, &setting.context()).expect("skipped");
        let next = draft.question(&setting.context()).expect("in order").expect("what next");
        let first = next.options.first().filter(|option| option.from.is_some());

        let calendar = &setting.calendar;
        let day = calendar.business_days_after(setting.now.in_zone(calendar.zone()).date_naive(), 1).expect("open");
        let (opening, closing) = (calendar.opening_of(day).expect("opens"), calendar.closing_of(day).expect("closes"));
        let now_in = band(setting.now, setting.zone);
        let found = runs(&setting, opening, |found, minute| minute > closing && !found.is_empty());
        let on_that_day: Vec<&Run> = found.iter().filter(|run| run.from < closing).collect();
        let wanted = on_that_day.iter().find(|run| Some(run.band) != now_in).or(on_that_day.first()).copied().or(found.first());
        prop_assert_eq!(
            first.map(|option| (option.from, option.due)),
            wanted.map(|run| (Some(run.from), Some(run.until)))
        );
    }
}
