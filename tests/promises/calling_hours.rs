//! When a person may be rung: in every zone where they may be, and not a minute sooner than it says.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::Millis;
use wellmet_core::promises::calling_hours::{CallingHours, NotNow, TimeThere, Verdict, country_for, may_ring};
use wellmet_core::promises::country_zones::{countries, zones_of};

const MINUTE_MS: i64 = 60_000;
const WEEKDAYS: [bool; 7] = [true, true, true, true, true, false, false];

fn hours(from_hour: u16, to_hour: u16, days: [bool; 7]) -> CallingHours {
    CallingHours::new(from_hour * 60, to_hour * 60, days).unwrap()
}

fn local(zone: Tz, text: &str) -> Millis {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Millis(zone.from_local_datetime(&wall).earliest().unwrap().timestamp_millis())
}

fn next(verdict: &Verdict) -> Option<Millis> {
    match verdict {
        Verdict::Now => None,
        Verdict::Not { next_allowed, .. } => *next_allowed,
    }
}

fn reason(verdict: Verdict) -> NotNow {
    match verdict {
        Verdict::Now => panic!("they may be rung"),
        Verdict::Not { reason, .. } => reason,
    }
}

/// Judged anew, from the wall clock of each zone alone.
fn suits(at_ms: i64, zones: &[Tz], from_minute: u16, to_minute: u16, days: [bool; 7]) -> bool {
    zones.iter().all(|zone| {
        let wall = DateTime::from_timestamp_millis(at_ms).unwrap().with_timezone(zone).naive_local();
        let minute = (wall.hour() * 60 + wall.minute()) as u16;
        days[wall.weekday().num_days_from_monday() as usize] && from_minute <= minute && minute < to_minute
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn now_means_now_everywhere_and_the_next_moment_is_the_first(
        country in prop_oneof![Just("AU"), Just("US"), Just("CA"), Just("RU"), Just("GB"), Just("BR"), Just("NZ"), Just("FR")],
        known in proptest::option::weighted(0.3, any::<prop::sample::Index>()),
        // From 2026-01-01, a year and a bit; on no whole minute.
        at_s in 1_767_225_600i64..1_800_000_000,
        from_minute in 0u16..1300,
        length in 30u16..900,
        days in proptest::array::uniform7(proptest::bool::weighted(0.8)),
        samples in proptest::collection::vec(0.0f64..1.0, 40),
    ) {
        prop_assume!(days != [false; 7]);
        let to_minute = (from_minute + length).min(1440);
        let hours = CallingHours::new(from_minute, to_minute, days).unwrap();
        let zone = known.map(|known| *known.get(zones_of(country)));
        let zones = zone.as_ref().map_or(zones_of(country), std::slice::from_ref);
        let at_ms = at_s * 1_000;
        match may_ring(Millis(at_ms), zone, country, &hours) {
            Verdict::Now => prop_assert!(suits(at_ms, zones, from_minute, to_minute, days)),
            Verdict::Not { reason, next_allowed } => {
                prop_assert!(!suits(at_ms, zones, from_minute, to_minute, days), "refused, and they might have been rung");
                let no_hour = matches!(reason, NotNow::NoHourSuitsAll { .. });
                prop_assert_eq!(no_hour, next_allowed.is_none());
                // Where there is none, there is none for the four weeks that follow.
                let until_ms = next_allowed.map_or(at_ms + 28 * 1440 * MINUTE_MS, |next| next.0);
                if next_allowed.is_some() {
                    prop_assert!(suits(until_ms, zones, from_minute, to_minute, days), "the next moment is not allowed");
                    prop_assert!(!suits(until_ms - 1, zones, from_minute, to_minute, days), "there is an earlier one");
                }
                for sample in samples {
                    let between_ms = at_ms + ((until_ms - at_ms - 1) as f64 * sample) as i64;
                    prop_assert!(!suits(between_ms, zones, from_minute, to_minute, days), "allowed at {}", between_ms);
                }
            }
        }
    }
}

#[rstest]
#[case::perth_wakes_last("2026-11-18 11:59", false)]
#[case::once_perth_is_up("2026-11-18 12:00", true)]
#[case::until_sydney_goes_home("2026-11-18 16:59", true)]
#[case::and_not_after("2026-11-18 17:00", false)]
fn an_australian_of_no_known_zone_is_rung_when_all_of_australia_may_be(#[case] in_sydney: &str, #[case] allowed: bool) {
    let at = local(Tz::Australia__Sydney, in_sydney);
    let verdict = may_ring(at, None, "au", &hours(9, 17, WEEKDAYS));
    assert_eq!(verdict == Verdict::Now, allowed, "{verdict:?}");
}

#[test]
fn their_own_zone_decides_whatever_their_country() {
    let nine_to_six = hours(9, 18, WEEKDAYS);
    let at = local(Tz::Australia__Perth, "2026-11-18 10:00");
    assert_eq!(may_ring(at, Some(Tz::Australia__Perth), "NZ", &nine_to_six), Verdict::Now);
    let verdict = may_ring(at, Some(Tz::America__New_York), "AU", &nine_to_six);
    assert_eq!(next(&verdict), Some(local(Tz::America__New_York, "2026-11-18 09:00")));
    let there = TimeThere { zone: "America/New_York".into(), place: "New York".into(), weekday: 1, minute: 21 * 60 };
    assert_eq!(reason(verdict), NotNow::OutsideHours { there });
}

#[test]
fn a_friday_evening_waits_for_monday() {
    let verdict = may_ring(
        local(Tz::Europe__London, "2026-11-20 18:00"),
        Some(Tz::Europe__London),
        "GB",
        &hours(9, 18, WEEKDAYS),
    );
    assert_eq!(next(&verdict), Some(local(Tz::Europe__London, "2026-11-23 09:00")));
}

#[test]
fn the_hour_that_a_clock_skips_is_nobodys() {
    // 02:00 becomes 03:00 in Sydney.
    let at = local(Tz::Australia__Sydney, "2026-10-04 01:00");
    let verdict = may_ring(at, Some(Tz::Australia__Sydney), "AU", &CallingHours::new(150, 600, [true; 7]).unwrap());
    assert_eq!(next(&verdict), Some(local(Tz::Australia__Sydney, "2026-10-04 03:00")));
}

#[test]
fn no_hour_suits_all_of_russia() {
    let hours = hours(9, 18, WEEKDAYS);
    for hour in 0..48 {
        let at = local(Tz::UTC, "2026-11-18 00:00").plus_ms(hour * 60 * MINUTE_MS);
        let verdict = may_ring(at, None, "RU", &hours);
        assert_eq!(next(&verdict), None, "nothing is promised that will not come");
        let reason = reason(verdict);
        assert_eq!(reason, NotNow::NoHourSuitsAll { country: "RU".into() });
        assert!(reason.sentence(&hours).ends_with("no hour suits every time zone of RU. Set their time zone."));
    }
    let at = local(Tz::Europe__Moscow, "2026-11-18 10:00");
    assert_eq!(may_ring(at, Some(Tz::Europe__Moscow), "RU", &hours), Verdict::Now, "with the zone it can be done");
}

#[rstest]
#[case::unknown("XX", "“XX” is no country code")]
#[case::none("", "Neither their time zone nor their country is known")]
fn an_unknown_country_is_refused_with_the_way_out(#[case] country: &str, #[case] says: &str) {
    let hours = hours(9, 18, WEEKDAYS);
    let verdict = may_ring(Millis(0), None, country, &hours);
    assert_eq!(next(&verdict), None);
    let sentence = reason(verdict).sentence(&hours);
    assert!(sentence.contains(says), "{sentence}");
}

#[rstest]
#[case::late("2026-11-18 21:05", "Where they are, it is 21:05 on Wednesday in Broken Hill, outside 09:00 to 18:00.")]
#[case::weekend(
    "2026-11-22 10:00",
    "Where they are, it is Sunday, 10:00, in Broken Hill, and nobody is rung on a Sunday."
)]
fn a_refusal_says_what_the_clock_says_there(#[case] at: &str, #[case] says: &str) {
    let (zone, hours) = (Tz::Australia__Broken_Hill, hours(9, 18, WEEKDAYS));
    assert_eq!(reason(may_ring(local(zone, at), Some(zone), "AU", &hours)).sentence(&hours), says);
}

#[test]
fn a_refusal_for_want_of_a_zone_says_so() {
    let hours = hours(9, 18, WEEKDAYS);
    let sentence =
        reason(may_ring(local(Tz::Australia__Sydney, "2026-11-18 09:30"), None, "AU", &hours)).sentence(&hours);
    assert!(sentence.starts_with("Their time zone is not known, and it is 0"), "{sentence}");
    assert!(sentence.ends_with("Set it to ring sooner."), "{sentence}");
}

#[test]
fn the_books_country_stands_in_for_one_that_is_not_known() {
    assert_eq!(country_for(Some("NZ"), "AU"), "NZ");
    assert_eq!(country_for(Some("Neuseeland"), "AU"), "AU");
    assert_eq!(country_for(None, "AU"), "AU");
}

#[rstest]
#[case(540, 540, [true; 7], "leave no time to ring")]
#[case(1080, 540, [true; 7], "leave no time to ring")]
#[case(540, 1441, [true; 7], "end at 24:00 at the latest")]
#[case(540, 1080, [false; 7], "at least one day")]
fn hours_that_cannot_be(#[case] from: u16, #[case] to: u16, #[case] days: [bool; 7], #[case] says: &str) {
    let error = CallingHours::new(from, to, days).unwrap_err();
    assert!(error.message.contains(says), "{}", error.message);
    let json = serde_json::json!({ "from_minute": from, "to_minute": to, "days": days });
    assert!(serde_json::from_value::<CallingHours>(json).is_err(), "nor by way of JSON");
}

#[test]
fn the_table_is_in_order_so_that_it_can_be_searched() {
    let codes: Vec<&str> = countries().collect();
    assert!(codes.is_sorted_by(|a, b| a < b));
    assert!(codes.iter().all(|code| !zones_of(code).is_empty()));
    assert_eq!(zones_of(" nz "), zones_of("NZ"));
    assert_eq!(zones_of("NZ"), [Tz::Pacific__Auckland, Tz::Pacific__Chatham]);
}

/// Against the system's copy of the time zone database, of whatever year it is: each of its zones is in the table, or
/// keeps the same time as one that is.
#[test]
fn the_table_agrees_with_the_time_zone_database() {
    let Ok(text) = std::fs::read_to_string("/usr/share/zoneinfo/zone.tab") else {
        eprintln!("skipped: this machine has no zone.tab");
        return;
    };
    let mut theirs: BTreeMap<&str, Vec<Tz>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (country, zone) = (cells.next().unwrap(), cells.nth(1).unwrap());
        // A zone that is newer than ours cannot be in our table.
        theirs.entry(country).or_default().extend(zone.parse::<Tz>());
    }
    assert!(theirs.len() > 200, "the file was read");
    assert_eq!(countries().collect::<Vec<_>>(), theirs.keys().copied().collect::<Vec<_>>());
    let clock = |zone: Tz| -> Vec<String> {
        let weeks = (0..260).map(|week| DateTime::from_timestamp(1_735_689_600 + week * 604_800, 0).unwrap());
        weeks.map(|at| at.with_timezone(&zone).format("%z").to_string()).collect()
    };
    for (country, zones) in theirs {
        let ours = zones_of(country);
        for zone in zones {
            let covered = ours.contains(&zone) || ours.iter().any(|our| clock(*our) == clock(zone));
            assert!(covered, "{country} lacks {zone}");
        }
    }
}
