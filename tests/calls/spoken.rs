use chrono::NaiveDate;
use rstest::rstest;
use wellmet_core::Millis;
use wellmet_core::calls::script::{spoken_date, spoken_wait, spoken_when};
use wellmet_core::time::{DAY_MS, HOUR_MS};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(text: &str) -> Millis {
    Millis::parse_rfc3339(text).expect("an instant")
}

#[rstest]
#[case("2026-11-02", "2026-11-23", "the second of November")]
#[case("2026-01-31", "2026-11-23", "the thirty-first of January")]
#[case("2025-12-21", "2026-01-05", "the twenty-first of December")]
#[case("2024-02-29", "2026-01-05", "the twenty-ninth of February 2024")]
#[case("2027-08-01", "2026-11-23", "the first of August 2027")]
fn a_date_is_said_with_its_year_only_where_it_is_far(#[case] date: &str, #[case] today: &str, #[case] said: &str) {
    assert_eq!(spoken_date(day(date), day(today)), said);
}

#[rstest]
#[case("2026-11-23T01:30:00Z", "this morning")] // 11:30 in Brisbane
#[case("2026-11-23T02:00:00Z", "this afternoon")]
#[case("2026-11-22T13:59:59Z", "yesterday evening")] // a second before midnight there
#[case("2026-11-22T14:00:00Z", "this morning")]
#[case("2026-11-21T23:00:00Z", "yesterday")]
#[case("2026-11-01T23:00:00Z", "on the second of November")]
fn when_is_said_by_the_wall_clock_of_the_zone(#[case] then: &str, #[case] said: &str) {
    assert_eq!(spoken_when(at(then), at("2026-11-23T05:00:00Z"), chrono_tz::Australia::Brisbane), said);
}

#[rstest]
#[case(-DAY_MS, None)]
#[case(HOUR_MS - 1, None)]
#[case(HOUR_MS, Some("an hour"))]
#[case(23 * HOUR_MS, Some("23 hours"))]
#[case(DAY_MS, Some("a day"))]
#[case(6 * DAY_MS, Some("six days"))]
#[case(7 * DAY_MS, Some("a week"))]
#[case(13 * DAY_MS, Some("13 days"))]
#[case(21 * DAY_MS + HOUR_MS, Some("three weeks"))]
#[case(23 * DAY_MS, Some("more than three weeks"))]
#[case(20 * DAY_MS, Some("more than two weeks"))]
fn a_wait_is_never_said_longer_than_it_was(#[case] waited_ms: i64, #[case] said: Option<&str>) {
    assert_eq!(spoken_wait(waited_ms).as_deref(), said);
}
