//! A day that they tell us of, as it is typed while one listens.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::Code;
use wellmet_core::calls::script::read_day;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a Monday")
}

#[rstest]
#[case("2019-06-01", "2019-06-01", "1 June 2019")]
#[case("2019/6/1", "2019-06-01", "1 June 2019")]
#[case("1/6/2019", "2019-06-01", "1 June 2019")]
#[case("1.6.2019", "2019-06-01", "1 June 2019")]
#[case("1.6.19", "2019-06-01", "1 June 2019")]
#[case("1.6.61", "1961-06-01", "1 June 1961")]
#[case("24/12", "2026-12-24", "24 December 2026")]
#[case("1.2.", "2027-02-01", "1 February 2027")]
#[case("3 May 2019", "2019-05-03", "3 May 2019")]
#[case("May 3rd, 2019", "2019-05-03", "3 May 2019")]
#[case("the 3rd of may 2019", "2019-05-03", "3 May 2019")]
#[case("on 29 feb 2024", "2024-02-29", "29 February 2024")]
#[case("1 Sept", "2026-09-01", "1 September 2026")]
#[case("since June 2019", "2019-06", "June 2019")]
#[case("6/2019", "2019-06", "June 2019")]
#[case("2019-06", "2019-06", "June 2019")]
#[case("December", "2025-12", "December 2025")]
#[case("november", "2026-11", "November 2026")]
#[case("2019", "2019", "2019")]
#[case("in 2019", "2019", "2019")]
#[case("today", "2026-11-23", "23 November 2026")]
#[case("yesterday", "2026-11-22", "22 November 2026")]
#[case("last Monday", "2026-11-16", "16 November 2026")]
#[case("last fri", "2026-11-20", "20 November 2026")]
#[case("next tue", "2026-11-24", "24 November 2026")]
#[case("3 years ago", "2023", "2023")]
#[case("two months ago", "2026-09", "September 2026")]
#[case("a week ago", "2026-11-16", "16 November 2026")]
#[case("in 10 days", "2026-12-03", "3 December 2026")]
#[case("last year", "2025", "2025")]
#[case("next month", "2026-12", "December 2026")]
fn a_day_is_read_as_it_was_told(#[case] typed: &str, #[case] iso: &str, #[case] shown: &str) {
    let day = read_day(typed, today(), "AU").unwrap_or_else(|error| panic!("{typed}: {error}"));
    assert_eq!((day.iso.as_str(), day.shown.as_str()), (iso, shown), "{typed}");
}

#[rstest]
#[case("3/4/2019", "AU", Some("3 April 2019"))]
#[case("3/4/2019", "US", Some("4 March 2019"))]
#[case("3/4/2019", "CA", None)]
#[case("4/4/2019", "CA", Some("4 April 2019"))]
#[case("13/4/2019", "US", Some("13 April 2019"))]
fn the_order_of_day_and_month_is_the_countrys(#[case] typed: &str, #[case] country: &str, #[case] shown: Option<&str>) {
    match (read_day(typed, today(), country), shown) {
        (Ok(day), Some(shown)) => assert_eq!(day.shown, shown),
        (Err(error), None) => assert!(error.message.contains("3 April 2019 or 4 March 2019"), "{error}"),
        (other, _) => panic!("{typed} in {country}: {other:?}"),
    }
}

#[rstest]
#[case("")]
#[case("soon")]
#[case("32 May 2019")]
#[case("29 feb 2023")]
#[case("31/31/2019")]
#[case("tuesday")]
#[case("may june 2019")]
#[case("3 4 5")]
#[case("0019")]
#[case("99999")]
#[case("1/2/3/4")]
#[case("this week")]
#[case("99999999999 years ago")]
#[case("4294967295 years ago")]
#[case("a very long tale about when it was that they came to live in this town")]
fn what_may_mean_two_things_or_none_is_refused_with_a_way_out(#[case] typed: &str) {
    let error = read_day(typed, today(), "AU").expect_err("no day");
    assert_eq!(error.code, Code::Invalid);
    assert!(error.message.contains("Write"), "{error}");
}

proptest! {
    #[test]
    fn any_day_is_read_back_from_what_is_shown_and_from_what_is_kept(days in 0i64..146_000) {
        let date = NaiveDate::from_ymd_opt(1850, 1, 1).expect("a day") + chrono::Duration::days(days);
        for typed in [date.format("%-d %B %Y").to_string(), date.format("%Y-%m-%d").to_string(), date.format("%d.%m.%Y").to_string()] {
            let day = read_day(&typed, today(), "AU").expect("a day");
            prop_assert_eq!(&day.iso, &date.format("%Y-%m-%d").to_string());
            prop_assert!(day.shown.ends_with(&date.year().to_string()));
        }
    }

    #[test]
    fn nothing_that_is_typed_breaks_it(typed in r"(\PC{0,8}|[0-9]{1,12}|[/.\- ]|ago|last|years?|may|mon){0,6}") {
        if let Ok(day) = read_day(&typed, today(), "CA") {
            prop_assert_eq!(read_day(&day.iso, today(), "CA").expect("what was kept is read again"), day);
        }
    }
}
