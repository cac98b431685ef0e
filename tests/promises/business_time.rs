//! Business time against an oracle that walks real minutes and reads the wall clock, and by example.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::promises::business_time::{BusinessCalendar, Closure, Target, Window, wall_instant};
use wellmet_core::{Code, Millis};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

// ---- The oracle: nothing but "what does the wall say at this minute?" ----

#[derive(Clone, Debug)]
struct Oracle {
    zone: Tz,
    /// Monday first: minutes of the day, from and up to.
    week: [Vec<(u16, u16)>; 7],
    closed: Vec<(NaiveDate, NaiveDate)>,
}

impl Oracle {
    fn wall(&self, at_ms: i64) -> NaiveDateTime {
        DateTime::from_timestamp_millis(at_ms).unwrap().with_timezone(&self.zone).naive_local()
    }

    fn open(&self, at_ms: i64) -> bool {
        let wall = self.wall(at_ms);
        let minute = (wall.hour() * 60 + wall.minute()) as u16;
        let closed = self.closed.iter().any(|(from, to)| *from <= wall.date() && wall.date() <= *to);
        let windows = &self.week[wall.weekday().num_days_from_monday() as usize];
        !closed && windows.iter().any(|(opens, closes)| *opens <= minute && minute < *closes)
    }

    fn first_open(&self, mut at_ms: i64, step_ms: i64) -> i64 {
        while !self.open(at_ms) {
            at_ms += step_ms;
        }
        at_ms
    }

    /// Due after `steps` open steps of `step_ms`.
    fn due_after(&self, received_ms: i64, steps: u32, step_ms: i64) -> i64 {
        let mut at_ms = self.first_open(received_ms, step_ms);
        let mut left = steps;
        while left > 0 {
            if self.open(at_ms) {
                left -= 1;
            }
            at_ms += step_ms;
        }
        at_ms
    }

    fn due_days(&self, received_ms: i64, days: u32) -> i64 {
        let mut at_ms = self.first_open(received_ms, MINUTE_MS);
        let mut seen = vec![self.wall(at_ms).date()];
        let mut closing_ms = at_ms;
        let mut since_ms = 0;
        // Past the last open minute of the day by a day and a half, it has surely ended, whatever the clocks did.
        while since_ms < 36 * HOUR_MS {
            if self.open(at_ms) {
                let date = self.wall(at_ms).date();
                if !seen.contains(&date) && seen.len() <= days as usize {
                    seen.push(date);
                }
                if seen.len() == days as usize + 1 && seen.last() == Some(&date) {
                    closing_ms = at_ms + MINUTE_MS;
                    since_ms = 0;
                }
            }
            at_ms += MINUTE_MS;
            if seen.len() == days as usize + 1 {
                since_ms += MINUTE_MS;
            }
        }
        closing_ms
    }

    fn open_minutes(&self, from_ms: i64, until_ms: i64) -> i64 {
        (from_ms..until_ms).step_by(MINUTE_MS as usize).filter(|at_ms| self.open(*at_ms)).count() as i64
    }

    fn calendar(&self) -> BusinessCalendar {
        let week =
            self.week.clone().map(|day| day.into_iter().map(|(opens, closes)| Window::new(opens, closes)).collect());
        let closures = self.closed.iter().map(|(from, to)| Closure::new("closed", *from, *to)).collect();
        BusinessCalendar::new(self.zone, week, closures).unwrap()
    }
}

// ---- What we throw at both ----

/// The usual ones, a change of half an hour, clocks that go back at 00:01 and at midnight, and a date that never was.
const ZONES: [(Tz, i32); 9] = [
    (Tz::Australia__Brisbane, 2026),
    (Tz::Australia__Sydney, 2026),
    (Tz::America__New_York, 2027),
    (Tz::Europe__London, 2026),
    (Tz::Australia__Lord_Howe, 2026),
    (Tz::America__St_Johns, 2006),
    (Tz::America__Havana, 2026),
    (Tz::Africa__Cairo, 2026),
    (Tz::Pacific__Apia, 2011),
];

/// The hours of a year at which a zone's clocks change.
fn changes(zone: Tz, year: i32) -> Vec<i64> {
    let offset = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local() - at.naive_utc();
    let start = Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
    (0..365 * 24)
        .map(|hour| start + Duration::hours(hour))
        .filter(|at| offset(*at) != offset(*at + Duration::hours(1)))
        .map(|at| at.timestamp_millis())
        .collect()
}

fn windows() -> impl Strategy<Value = Vec<(u16, u16)>> {
    let edge = prop_oneof![3 => (0u16..=96).prop_map(|quarter| quarter * 15), 2 => 0u16..=200, 1 => 0u16..=1440];
    proptest::collection::btree_set(edge, 0..=6).prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        edges.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

/// A calendar and an instant, whole minutes: half of them within two days of a clock change, and a third of them on the
/// very minute at which it opens or closes.
fn situations() -> impl Strategy<Value = (Oracle, i64)> {
    let week = proptest::array::uniform7(windows()).prop_filter("some opening", |week| {
        week.iter().any(|day| day.iter().any(|(opens, closes)| closes - opens >= 30))
    });
    let closures = proptest::collection::vec((-4i64..25, 0i64..5), 0..4);
    let change = proptest::option::of((any::<prop::sample::Index>(), -2880i64..2880));
    let on_an_edge = proptest::bool::weighted(0.33);
    (0..ZONES.len(), week, closures, 0i64..365 * 24 * 60, change, on_an_edge).prop_map(
        |(zone, week, closures, minute, change, on_an_edge)| {
            let (zone, year) = ZONES[zone];
            let changes = changes(zone, year);
            let start_ms = Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap().timestamp_millis();
            let mut at_ms = match change {
                Some((change, around)) if !changes.is_empty() => *change.get(&changes) + around * MINUTE_MS,
                _ => start_ms + minute * MINUTE_MS,
            };
            let today = DateTime::from_timestamp_millis(at_ms).unwrap().date_naive();
            let closed = closures
                .into_iter()
                .map(|(after, length)| (today + Duration::days(after), today + Duration::days(after + length)))
                .collect();
            let oracle = Oracle { zone, week, closed };
            let before = oracle.open(at_ms);
            while on_an_edge && oracle.open(at_ms) == before {
                at_ms += MINUTE_MS;
            }
            (oracle, at_ms)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn hours_and_minutes_are_what_the_wall_counts((oracle, at_ms) in situations(), hours in 0u32..30, minutes in 0u32..400) {
        let calendar = oracle.calendar();
        let due = calendar.due(Millis(at_ms), Target::Hours(hours)).unwrap();
        prop_assert_eq!(due.0, oracle.due_after(at_ms, hours * 60, MINUTE_MS), "hours");
        let due = calendar.due(Millis(at_ms), Target::Minutes(minutes)).unwrap();
        prop_assert_eq!(due.0, oracle.due_after(at_ms, minutes, MINUTE_MS), "minutes");
    }

    #[test]
    fn days_are_what_the_wall_counts((oracle, at_ms) in situations(), days in 0u32..9) {
        let due = oracle.calendar().due(Millis(at_ms), Target::Days(days)).unwrap();
        prop_assert_eq!(due.0, oracle.due_days(at_ms, days));
    }

    #[test]
    fn opening_and_open_time_are_what_the_wall_says((oracle, at_ms) in situations(), length in 0i64..4000) {
        let calendar = oracle.calendar();
        prop_assert_eq!(calendar.is_open(Millis(at_ms)), oracle.open(at_ms));
        prop_assert_eq!(calendar.next_opening(Millis(at_ms)).unwrap().0, oracle.first_open(at_ms, MINUTE_MS));
        let until_ms = at_ms + length * MINUTE_MS;
        prop_assert_eq!(
            calendar.open_ms_between(Millis(at_ms), Millis(until_ms)),
            oracle.open_minutes(at_ms, until_ms) * MINUTE_MS
        );
        prop_assert_eq!(calendar.open_ms_between(Millis(until_ms), Millis(at_ms)), 0, "never negative");
    }

    /// Second by second, from an instant that is on no minute.
    #[test]
    fn seconds_count_exactly((oracle, at_ms) in situations(), second in 1i64..60, minutes in 0u32..4) {
        let at_ms = at_ms + second * 1_000;
        let opening_ms = oracle.first_open(at_ms - second * 1_000, MINUTE_MS);
        prop_assume!(opening_ms - at_ms < 3 * HOUR_MS);
        let due = oracle.calendar().due(Millis(at_ms), Target::Minutes(minutes)).unwrap();
        prop_assert_eq!(due.0, oracle.due_after(at_ms, minutes * 60, 1_000));
    }

    /// To the millisecond: the promised time has been open exactly once it is due, and the last of it just before.
    #[test]
    fn milliseconds_count_exactly((oracle, at_ms) in situations(), ms in 0i64..60_000, minutes in 1u32..3000) {
        let (calendar, received) = (oracle.calendar(), Millis(at_ms + ms));
        let due = calendar.due(received, Target::Minutes(minutes)).unwrap();
        prop_assert_eq!(calendar.open_ms_between(received, due), i64::from(minutes) * MINUTE_MS);
        prop_assert!(calendar.is_open(due.plus_ms(-1)), "due no later than the open time that completes it");
    }

    #[test]
    fn leave_is_a_closure_like_any_other((oracle, at_ms) in situations(), after in 0i64..6, length in 0i64..4, hours in 0u32..20) {
        let mut away = oracle.clone();
        let today = DateTime::from_timestamp_millis(at_ms).unwrap().date_naive();
        let leave = (today + Duration::days(after), today + Duration::days(after + length));
        away.closed.push(leave);
        let calendar = oracle.calendar().with_leave(&[Closure::new("leave", leave.0, leave.1)]).unwrap();
        let due = calendar.due(Millis(at_ms), Target::Hours(hours)).unwrap();
        prop_assert_eq!(due.0, away.due_after(at_ms, hours * 60, MINUTE_MS));
    }

    #[test]
    fn business_days_there_and_back((oracle, at_ms) in situations(), count in 1u32..12) {
        let calendar = oracle.calendar();
        let day = calendar.business_day_of(Millis(at_ms)).unwrap();
        let after = calendar.business_days_after(day, count).unwrap();
        prop_assert_eq!(calendar.business_days_before(after, count).unwrap(), day);
        let between = day.iter_days().skip(1).take_while(|date| *date <= after).filter(|date| calendar.is_business_day(*date));
        prop_assert_eq!(between.count(), count as usize);
    }

    #[test]
    fn an_earlier_message_is_never_due_later((oracle, at_ms) in situations(), later in 1i64..5000, count in 0u32..6) {
        let calendar = oracle.calendar();
        for target in [Target::Minutes(count), Target::Hours(count), Target::Days(count)] {
            let first = calendar.due(Millis(at_ms), target).unwrap();
            let second = calendar.due(Millis(at_ms + later * MINUTE_MS), target).unwrap();
            prop_assert!(first <= second, "{target:?}");
        }
    }

    #[test]
    fn no_number_panics_or_hangs(at_ms in any::<i64>(), other_ms in any::<i64>(), count in any::<u32>()) {
        let calendar = office(Tz::Australia__Sydney);
        let (at, other) = (Millis(at_ms), Millis(other_ms));
        calendar.is_open(at);
        let _ = (calendar.next_opening(at), calendar.business_day_of(at), calendar.due(at, Target::Days(count % 500)));
        prop_assert!(calendar.open_ms_between(at, other) >= 0);
    }
}

// ---- By hand ----

const NINE_TO_FIVE: Window = Window::new(9 * 60, 17 * 60);

fn office(zone: Tz) -> BusinessCalendar {
    calendar(zone, "Mon-Fri 09:00-17:00", &[])
}

/// "Mon-Fri 09:00-12:30 13:30-17:00, Sat 10:00-12:00"
fn calendar(zone: Tz, hours: &str, closed: &[&str]) -> BusinessCalendar {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap()
    };
    let mut week: [Vec<Window>; 7] = Default::default();
    for part in hours.split(", ") {
        let mut words = part.split(' ');
        let days = words.next().unwrap();
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let number = |name: &str| DAYS.iter().position(|day| *day == name).unwrap();
        let windows: Vec<Window> = words
            .map(|window| {
                let (opens, closes) = window.split_once('-').unwrap();
                Window::new(minute(opens), minute(closes))
            })
            .collect();
        week[number(first)..=number(last)].fill(windows);
    }
    let closures = closed
        .iter()
        .map(|text| {
            let (from, to) = text.split_once("..").unwrap_or((text, text));
            Closure::new("Closed", from.parse().unwrap(), to.parse().unwrap())
        })
        .collect();
    BusinessCalendar::new(zone, week, closures).unwrap()
}

fn local(zone: Tz, text: &str) -> Millis {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Millis(zone.from_local_datetime(&wall).earliest().unwrap().timestamp_millis())
}

fn shown(zone: Tz, at: Millis) -> String {
    at.in_zone(zone).format("%Y-%m-%d %H:%M").to_string()
}

// 2026-11-20 is a Friday.
#[rstest]
#[case::within_one_window("2026-11-18 10:00", Target::Hours(4), "2026-11-18 14:00")]
#[case::overnight("2026-11-18 15:00", Target::Hours(4), "2026-11-19 11:00")]
#[case::over_the_weekend("2026-11-20 16:00", Target::Hours(4), "2026-11-23 12:00")]
#[case::ending_exactly_at_closing_is_due_then("2026-11-18 13:00", Target::Hours(4), "2026-11-18 17:00")]
#[case::received_at_closing_counts_from_next_morning("2026-11-18 17:00", Target::Hours(1), "2026-11-19 10:00")]
#[case::received_at_opening("2026-11-18 09:00", Target::Hours(8), "2026-11-18 17:00")]
#[case::received_before_opening("2026-11-18 06:30", Target::Hours(8), "2026-11-18 17:00")]
#[case::received_on_a_sunday("2026-11-22 12:00", Target::Hours(1), "2026-11-23 10:00")]
#[case::no_hours_while_open_is_now("2026-11-18 10:05", Target::Hours(0), "2026-11-18 10:05")]
#[case::no_hours_while_closed_is_the_next_opening("2026-11-21 10:05", Target::Hours(0), "2026-11-23 09:00")]
#[case::a_quarter_of_an_hour("2026-11-18 16:55", Target::Minutes(15), "2026-11-19 09:10")]
#[case::two_days_from_a_wednesday("2026-11-18 10:00", Target::Days(2), "2026-11-20 17:00")]
#[case::one_day_from_a_friday("2026-11-20 16:59", Target::Days(1), "2026-11-23 17:00")]
#[case::one_day_from_friday_after_closing_counts_from_monday("2026-11-20 17:00", Target::Days(1), "2026-11-24 17:00")]
#[case::one_day_from_a_saturday_counts_from_monday("2026-11-21 08:00", Target::Days(1), "2026-11-24 17:00")]
#[case::early_in_the_morning_is_that_day("2026-11-18 00:00", Target::Days(1), "2026-11-19 17:00")]
#[case::no_days_is_todays_closing("2026-11-18 06:00", Target::Days(0), "2026-11-18 17:00")]
#[case::no_days_on_a_saturday_is_mondays_closing("2026-11-21 06:00", Target::Days(0), "2026-11-23 17:00")]
fn office_hours_in_brisbane(#[case] received: &str, #[case] target: Target, #[case] due: &str) {
    let zone = Tz::Australia__Brisbane;
    let found = office(zone).due(local(zone, received), target).unwrap();
    assert_eq!(shown(zone, found), due);
}

#[rstest]
#[case::over_lunch("2026-11-18 12:00", Target::Hours(1), "2026-11-18 14:00")]
#[case::exactly_up_to_lunch("2026-11-18 11:30", Target::Hours(1), "2026-11-18 12:30")]
#[case::received_at_lunch("2026-11-18 12:45", Target::Hours(1), "2026-11-18 14:30")]
#[case::days_end_with_the_last_window("2026-11-18 12:45", Target::Days(1), "2026-11-19 17:00")]
#[case::at_lunch_the_day_is_not_over("2026-11-18 12:45", Target::Days(0), "2026-11-18 17:00")]
#[case::saturday_is_a_business_day_that_ends_at_noon("2026-11-20 10:00", Target::Days(1), "2026-11-21 12:00")]
fn split_shifts(#[case] received: &str, #[case] target: Target, #[case] due: &str) {
    let zone = Tz::Australia__Brisbane;
    let calendar = calendar(zone, "Mon-Fri 09:00-12:30 13:30-17:00, Sat 10:00-12:00", &[]);
    assert_eq!(shown(zone, calendar.due(local(zone, received), target).unwrap()), due);
}

#[rstest]
#[case::hours_leap_over_christmas("2026-12-24 16:00", Target::Hours(2), "2027-01-04 10:00")]
#[case::days_leap_over_christmas("2026-12-23 10:00", Target::Days(2), "2027-01-04 17:00")]
#[case::received_while_closed("2026-12-28 10:00", Target::Days(1), "2027-01-05 17:00")]
fn closures(#[case] received: &str, #[case] target: Target, #[case] due: &str) {
    let zone = Tz::Australia__Sydney;
    let closed = ["2026-12-25..2027-01-01", "2026-12-26"];
    let calendar = calendar(zone, "Mon-Fri 09:00-17:00", &closed);
    assert_eq!(shown(zone, calendar.due(local(zone, received), target).unwrap()), due);
}

// Real hours from an hour before a change, in a place that is open all night.
#[rstest]
#[case::sydney_springs_forward(Tz::Australia__Sydney, "2026-10-04 01:00", 2, "2026-10-04 04:00")]
#[case::sydney_falls_back(Tz::Australia__Sydney, "2026-04-05 01:00", 3, "2026-04-05 03:00")]
#[case::new_york_springs_forward(Tz::America__New_York, "2026-03-08 01:00", 2, "2026-03-08 04:00")]
#[case::new_york_falls_back(Tz::America__New_York, "2026-11-01 00:00", 3, "2026-11-01 02:00")]
#[case::london_springs_forward(Tz::Europe__London, "2026-03-29 00:00", 2, "2026-03-29 03:00")]
#[case::london_falls_back(Tz::Europe__London, "2026-10-25 00:00", 3, "2026-10-25 02:00")]
#[case::lord_howe_springs_half_an_hour(Tz::Australia__Lord_Howe, "2026-10-04 01:00", 2, "2026-10-04 03:30")]
#[case::lord_howe_falls_back_half_an_hour(Tz::Australia__Lord_Howe, "2026-04-05 01:00", 2, "2026-04-05 02:30")]
#[case::brisbane_stands_still(Tz::Australia__Brisbane, "2026-10-04 01:00", 2, "2026-10-04 03:00")]
fn real_hours_over_a_clock_change(#[case] zone: Tz, #[case] received: &str, #[case] hours: u32, #[case] due: &str) {
    let calendar = calendar(zone, "Mon-Sun 00:00-24:00", &[]);
    let received = local(zone, received);
    let found = calendar.due(received, Target::Hours(hours)).unwrap();
    assert_eq!(shown(zone, found), due);
    assert_eq!(found.since(received), i64::from(hours) * HOUR_MS, "an hour is an hour, whatever the wall says");
}

#[test]
fn an_edge_that_the_clock_skips_is_where_the_skip_ends() {
    let zone = Tz::Australia__Sydney;
    // 02:00 becomes 03:00.
    let opens_in_it = calendar(zone, "Sun 02:30-05:00", &[]);
    let midnight = local(zone, "2026-10-04 00:00");
    assert_eq!(shown(zone, opens_in_it.next_opening(midnight).unwrap()), "2026-10-04 03:00");
    let closes_in_it = calendar(zone, "Sun 01:00-02:30", &[]);
    assert_eq!(closes_in_it.open_ms_between(midnight, midnight.plus_ms(12 * HOUR_MS)), HOUR_MS);
    assert_eq!(closes_in_it.closing_of("2026-10-04".parse().unwrap()), Some(local(zone, "2026-10-04 03:00")));
}

#[test]
fn a_window_that_the_clock_skips_whole_makes_no_business_day() {
    let zone = Tz::Australia__Sydney;
    let calendar = calendar(zone, "Sun 02:00-03:00", &[]);
    assert!(!calendar.is_business_day("2026-10-04".parse().unwrap()), "02:00 to 03:00 never came");
    let found = calendar.due(local(zone, "2026-09-27 02:30"), Target::Days(1)).unwrap();
    assert_eq!(shown(zone, found), "2026-10-11 03:00");
}

#[test]
fn what_the_wall_shows_twice_is_open_twice() {
    let zone = Tz::Europe__London;
    // 02:00 becomes 01:00: the wall shows 01:00 to 01:30 twice.
    let calendar = calendar(zone, "Sun 00:30-01:30", &[]);
    let midnight = local(zone, "2026-10-25 00:00");
    assert_eq!(calendar.open_ms_between(midnight, midnight.plus_ms(12 * HOUR_MS)), 90 * MINUTE_MS);
    assert_eq!(calendar.closing_of("2026-10-25".parse().unwrap()), Some(midnight.plus_ms(150 * MINUTE_MS)));
    assert!(!calendar.is_open(midnight.plus_ms(100 * MINUTE_MS)), "01:40, the first time");
    assert!(calendar.is_open(midnight.plus_ms(130 * MINUTE_MS)), "01:10, the second time");
}

#[test]
fn a_date_that_never_was_is_no_business_day() {
    // Samoa went from 2011-12-29 to 2011-12-31.
    let zone = Tz::Pacific__Apia;
    let calendar = calendar(zone, "Mon-Sun 09:00-17:00", &[]);
    assert!(!calendar.is_business_day("2011-12-30".parse().unwrap()));
    let found = calendar.due(local(zone, "2011-12-29 10:00"), Target::Days(1)).unwrap();
    assert_eq!(shown(zone, found), "2011-12-31 17:00");
}

#[rstest]
#[case::skipped(Tz::Australia__Sydney, "2026-10-04", 150, "2026-10-03T16:00:00Z")]
#[case::shown_twice_is_the_first(Tz::Australia__Sydney, "2026-04-05", 150, "2026-04-04T15:30:00Z")]
#[case::plain(Tz::Australia__Sydney, "2026-11-18", 540, "2026-11-17T22:00:00Z")]
#[case::the_midnight_that_ends_the_day(Tz::Australia__Sydney, "2026-11-18", 1440, "2026-11-18T13:00:00Z")]
#[case::a_skipped_date(Tz::Pacific__Apia, "2011-12-30", 540, "2011-12-30T10:00:00Z")]
fn the_instant_of_a_wall_time(#[case] zone: Tz, #[case] date: &str, #[case] minute: u16, #[case] at: &str) {
    assert_eq!(wall_instant(zone, date.parse().unwrap(), minute).rfc3339(), at);
}

#[test]
fn open_past_midnight_in_two_windows() {
    let zone = Tz::Europe__London;
    let calendar = calendar(zone, "Fri 20:00-24:00, Sat 00:00-02:00", &[]);
    let found = calendar.due(local(zone, "2026-11-20 23:00"), Target::Hours(2)).unwrap();
    assert_eq!(shown(zone, found), "2026-11-21 01:00");
}

#[rstest]
#[case::zero_from_a_business_day(0, "2026-11-20", "2026-11-20", "2026-11-20")]
#[case::zero_from_a_saturday(0, "2026-11-21", "2026-11-23", "2026-11-20")]
#[case::one_from_a_saturday(1, "2026-11-21", "2026-11-23", "2026-11-20")]
#[case::one_from_a_friday(1, "2026-11-20", "2026-11-23", "2026-11-19")]
#[case::five_is_a_week(5, "2026-11-18", "2026-11-25", "2026-11-11")]
fn offsets_in_both_directions(#[case] count: u32, #[case] from: &str, #[case] after: &str, #[case] before: &str) {
    let calendar = office(Tz::Australia__Brisbane);
    let from: NaiveDate = from.parse().unwrap();
    assert_eq!(calendar.business_days_after(from, count).unwrap().to_string(), after);
    assert_eq!(calendar.business_days_before(from, count).unwrap().to_string(), before);
}

#[rstest]
#[case::inverted(&[Window::new(1020, 540)], "Wednesday, 17:00 to 09:00: these hours close before they open")]
#[case::empty(&[Window::new(540, 540)], "Wednesday, 09:00 to 09:00: these hours are empty")]
#[case::overlapping(&[Window::new(780, 1020), Window::new(540, 800)], "Wednesday: 13:00 to 17:00 overlaps 09:00 to 13:20")]
#[case::twice_the_same(&[NINE_TO_FIVE, NINE_TO_FIVE], "Wednesday: 09:00 to 17:00 overlaps")]
#[case::past_midnight(&[Window::new(1200, 1500)], "Wednesday, 20:00 to 25:00: a day ends at 24:00")]
fn windows_that_cannot_be(#[case] windows: &[Window], #[case] message: &str) {
    let mut week: [Vec<Window>; 7] = Default::default();
    week[2] = windows.to_vec();
    let error = BusinessCalendar::new(Tz::UTC, week, Vec::new()).unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert!(error.message.starts_with(message), "{}", error.message);
}

#[test]
fn windows_may_touch_and_come_in_any_order() {
    let mut week: [Vec<Window>; 7] = Default::default();
    week[0] = vec![Window::new(720, 1020), Window::new(540, 720)];
    let calendar = BusinessCalendar::new(Tz::UTC, week, Vec::new()).unwrap();
    assert_eq!(calendar.week()[0], [Window::new(540, 720), Window::new(720, 1020)]);
}

#[test]
fn a_closure_that_ends_before_it_begins_is_refused_by_name() {
    let closure = Closure::new("Easter", "2026-04-06".parse().unwrap(), "2026-04-03".parse().unwrap());
    let error = BusinessCalendar::new(Tz::UTC, Default::default(), vec![closure]).unwrap_err();
    assert!(error.message.contains("“Easter” ends on 2026-04-03"), "{}", error.message);
}

#[test]
fn never_open_says_how_to_mend_it() {
    let calendar = BusinessCalendar::new(Tz::UTC, Default::default(), Vec::new()).unwrap();
    for target in [Target::Hours(0), Target::Hours(1), Target::Days(0), Target::Days(1)] {
        let error = calendar.due(Millis(0), target).unwrap_err();
        assert!(error.message.contains("Set them in Settings"), "{}", error.message);
    }
    assert!(calendar.next_opening(Millis(0)).is_err());
    assert!(!calendar.is_open(Millis(0)));
    assert_eq!(calendar.open_ms_between(Millis(0), Millis(HOUR_MS)), 0);
}

#[test]
fn closed_for_centuries_ends_in_an_error() {
    let calendar = calendar(Tz::UTC, "Mon-Fri 09:00-17:00", &["1900-01-01..9999-12-31"]);
    let received = local(Tz::UTC, "2026-11-18 10:00");
    for target in [Target::Hours(1), Target::Days(1)] {
        let error = calendar.due(received, target).unwrap_err();
        assert!(error.message.contains("check the closures"), "{}", error.message);
    }
}

#[test]
fn closed_for_years_is_leapt_over() {
    let calendar = calendar(Tz::UTC, "Mon-Fri 09:00-17:00", &["2026-01-01..2055-12-31"]);
    let found = calendar.due(local(Tz::UTC, "2026-11-18 10:00"), Target::Hours(1)).unwrap();
    assert_eq!(shown(Tz::UTC, found), "2056-01-03 10:00");
}

#[test]
fn large_targets_are_counted_and_absurd_ones_refused() {
    let calendar = office(Tz::UTC);
    let received = local(Tz::UTC, "2026-11-16 09:00");
    // 40 hours a week.
    let found = calendar.due(received, Target::Hours(40 * 520)).unwrap();
    assert_eq!(found.since(received), (520 * 7 - 3) * 24 * HOUR_MS + 8 * HOUR_MS);
    let found = calendar.due(received, Target::Days(5 * 520)).unwrap();
    assert_eq!(found.since(received), 520 * 7 * 24 * HOUR_MS + 8 * HOUR_MS);
    for target in [Target::Hours(u32::MAX), Target::Days(u32::MAX)] {
        assert!(calendar.due(received, target).unwrap_err().message.contains("Shorten the time promised"));
    }
}

#[test]
fn a_target_reads_and_writes_as_unit_and_count() {
    let json = serde_json::to_string(&Target::Days(2)).unwrap();
    assert_eq!(json, r#"{"unit":"days","count":2}"#);
    assert_eq!(serde_json::from_str::<Target>(&json).unwrap(), Target::Days(2));
}

/// What `stretches` relies on: no zone changes its clocks twice within a day.
#[test]
fn no_zone_changes_its_clocks_twice_within_a_day() {
    let start = Utc.with_ymd_and_hms(2000, 1, 1, 0, 0, 0).unwrap();
    for zone in ZONES.map(|(zone, _)| zone) {
        let mut last: Option<i64> = None;
        for year in start.year()..2040 {
            for change_ms in changes(zone, year) {
                assert!(last.is_none_or(|last_ms| change_ms - last_ms > 32 * HOUR_MS), "{zone} in {year}");
                last = Some(change_ms);
            }
        }
    }
}
