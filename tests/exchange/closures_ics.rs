//! Closures from calendar files, as governments, Google and Outlook write them, and as they break.

use chrono::{Datelike, NaiveDate, Weekday};
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::exchange::closures_ics::{LARGEST_FILE_BYTES, ReadClosures, read, read_file};
use wellmet_core::{Code, Millis};

const THIS_YEAR: i32 = 2026;

/// A calendar of these events, each given as its own lines.
fn calendar(events: &[&str]) -> String {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n");
    for event in events {
        text.push_str("BEGIN:VEVENT\r\n");
        for line in event.lines().map(str::trim).filter(|line| !line.is_empty()) {
            text.push_str(line);
            text.push_str("\r\n");
        }
        text.push_str("END:VEVENT\r\n");
    }
    text + "END:VCALENDAR\r\n"
}

/// "name from..to", or "name date" for a single day.
fn shown(read: &ReadClosures) -> Vec<String> {
    let closures = read.closures.iter();
    closures
        .map(|closure| match closure.from == closure.to {
            true => format!("{} {}", closure.name, closure.from),
            false => format!("{} {}..{}", closure.name, closure.from, closure.to),
        })
        .collect()
}

fn read_one(event: &str) -> ReadClosures {
    read(calendar(&[event]).as_bytes(), THIS_YEAR).unwrap()
}

#[rstest]
#[case::the_end_is_the_first_open_day("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226", "2026-12-25")]
#[case::several_days("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20270102", "2026-12-25..2027-01-01")]
#[case::no_end_is_one_day("DTSTART;VALUE=DATE:20261225", "2026-12-25")]
#[case::the_same_day_as_end("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261225", "2026-12-25")]
#[case::duration_in_days("DTSTART;VALUE=DATE:20261225\nDURATION:P3D", "2026-12-25..2026-12-27")]
#[case::duration_in_weeks("DTSTART;VALUE=DATE:20261225\nDURATION:P1W", "2026-12-25..2026-12-31")]
#[case::duration_in_hours("DTSTART;VALUE=DATE:20261225\nDURATION:PT48H", "2026-12-25..2026-12-26")]
#[case::duration_spelt_out("DTSTART;VALUE=DATE:20261225\nDURATION:P1DT0H0M0S", "2026-12-25")]
#[case::midnight_to_midnight(
    "DTSTART;TZID=Australia/Sydney:20261225T000000\nDTEND;TZID=Australia/Sydney:20261227T000000",
    "2026-12-25..2026-12-26"
)]
#[case::published_as_free("TRANSP:TRANSPARENT\nDTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226", "2026-12-25")]
#[case::lower_case("dtstart;value=date:20261225\ndtend;value=date:20261226", "2026-12-25")]
fn an_all_day_event_is_a_closure(#[case] event: &str, #[case] days: &str) {
    let read = read_one(&format!("SUMMARY:Holiday\n{event}"));
    assert_eq!(shown(&read), [format!("Holiday {days}")]);
    assert_eq!(read.left_out, []);
}

#[rstest]
#[case::with_hours("DTSTART:20261225T090000\nDTEND:20261225T120000", "It has hours")]
#[case::midnight_in_utc_is_no_midnight_here("DTSTART:20261225T000000Z\nDTEND:20261226T000000Z", "It has hours")]
#[case::a_moment("DTSTART:20261225T000000", "It has hours")]
#[case::ending_in_the_morning("DTSTART:20261225T000000\nDTEND:20261226T090000", "It has hours")]
#[case::duration_in_hours("DTSTART;VALUE=DATE:20261225\nDURATION:PT3H", "“PT3H”, is not a number of whole days")]
#[case::duration_of_nonsense("DTSTART;VALUE=DATE:20261225\nDURATION:3 days", "“3 days”, is not a number")]
#[case::duration_beyond_the_calendar("DTSTART;VALUE=DATE:20261225\nDURATION:P99999999999D", "beyond the calendar")]
#[case::no_start("DTEND;VALUE=DATE:20261226", "It has no start.")]
#[case::no_such_day("DTSTART;VALUE=DATE:20260230", "Its start, “20260230”, is not a date.")]
#[case::no_such_end("DTSTART;VALUE=DATE:20261225\nDTEND:tomorrow", "Its end, “tomorrow”, is not a date.")]
#[case::backwards("DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261220", "It ends before it begins.")]
#[case::cancelled("STATUS:CANCELLED\nDTSTART;VALUE=DATE:20261225", "It is cancelled.")]
#[case::weekly("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=WEEKLY", "It repeats, and not yearly")]
#[case::a_list_of_dates("DTSTART;VALUE=DATE:20261225\nRDATE;VALUE=DATE:20261230", "a list of dates")]
#[case::nth_day_of_the_year("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYYEARDAY=100", "(“BYYEARDAY”)")]
#[case::every_monday("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=MO", "(“MO”)")]
#[case::a_set_position(
    "DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;BYSETPOS=1",
    "(“BYSETPOS”)"
)]
#[case::no_thirteenth_month("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;BYMONTH=13", "(“13”)")]
#[case::never_again("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY;INTERVAL=0", "(“0”)")]
#[case::two_rules("DTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY\nRRULE:FREQ=YEARLY", "more than one rule")]
fn what_is_no_closure_is_left_out_by_name(#[case] event: &str, #[case] why: &str) {
    let read = read_one(&format!("SUMMARY:Holiday\n{event}"));
    assert_eq!(read.closures, [], "nothing is guessed");
    let [left_out] = read.left_out.as_slice() else { panic!("{:?}", read.left_out) };
    assert_eq!((left_out.event.as_str(), left_out.line), ("Holiday", 4));
    assert!(left_out.why.contains(why), "{}", left_out.why);
}

#[rstest]
#[case::every_year(
    "DTSTART;VALUE=DATE:20150126\nRRULE:FREQ=YEARLY",
    &["2025-01-26", "2026-01-26", "2027-01-26", "2028-01-26", "2029-01-26"]
)]
#[case::never_before_it_began("DTSTART;VALUE=DATE:20280126\nRRULE:FREQ=YEARLY", &["2028-01-26", "2029-01-26"])]
#[case::every_other_year("DTSTART;VALUE=DATE:20150126\nRRULE:FREQ=YEARLY;INTERVAL=2", &["2025-01-26", "2027-01-26", "2029-01-26"])]
#[case::until("DTSTART;VALUE=DATE:20150126\nRRULE:FREQ=YEARLY;UNTIL=20270126", &["2025-01-26", "2026-01-26", "2027-01-26"])]
#[case::so_many("DTSTART;VALUE=DATE:20240126\nRRULE:FREQ=YEARLY;COUNT=3", &["2025-01-26", "2026-01-26"])]
#[case::long_over("DTSTART;VALUE=DATE:20150126\nRRULE:FREQ=YEARLY;COUNT=3", &[])]
#[case::except("DTSTART;VALUE=DATE:20250126\nRRULE:FREQ=YEARLY;COUNT=3\nEXDATE;VALUE=DATE:20260126", &["2025-01-26", "2027-01-26"])]
#[case::leap_day("DTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY", &["2028-02-29"])]
#[case::first_monday_of_october(
    "DTSTART;VALUE=DATE:20201005\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
    &["2025-10-06", "2026-10-05", "2027-10-04", "2028-10-02", "2029-10-01"]
)]
#[case::last_monday_of_may(
    "DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5;WKST=SU",
    &["2025-05-26", "2026-05-25", "2027-05-31", "2028-05-29", "2029-05-28"]
)]
#[case::two_dates_a_year(
    "DTSTART;VALUE=DATE:20280101\nRRULE:FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
    &["2028-01-01", "2028-07-01", "2029-01-01", "2029-07-01"]
)]
#[case::last_day_of_the_year(
    "DTSTART;VALUE=DATE:20271231\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
    &["2027-12-31", "2028-12-31", "2029-12-31"]
)]
fn a_yearly_rule_is_expanded_from_last_year_to_three_years_on(#[case] event: &str, #[case] days: &[&str]) {
    let read = read_one(&format!("SUMMARY:Day\n{event}"));
    assert_eq!(read.left_out, []);
    assert_eq!(shown(&read), days.iter().map(|day| format!("Day {day}")).collect::<Vec<_>>());
}

#[test]
fn a_rule_of_several_days_repeats_them_all() {
    let read = read_one("SUMMARY:Break\nDTSTART;VALUE=DATE:20271224\nDTEND;VALUE=DATE:20280103\nRRULE:FREQ=YEARLY");
    assert_eq!(
        shown(&read),
        ["Break 2027-12-24..2028-01-02", "Break 2028-12-24..2029-01-02", "Break 2029-12-24..2030-01-02"]
    );
}

#[test]
fn an_occurrence_that_was_moved_counts_once_where_it_went() {
    let text = calendar(&[
        "UID:1\nSUMMARY:Show Day\nDTSTART;VALUE=DATE:20250813\nRRULE:FREQ=YEARLY;COUNT=3",
        "UID:1\nSUMMARY:Show Day, moved\nRECURRENCE-ID;VALUE=DATE:20260813\nDTSTART;VALUE=DATE:20260814",
    ]);
    let read = read(text.as_bytes(), THIS_YEAR).unwrap();
    assert_eq!(shown(&read), ["Show Day 2025-08-13", "Show Day, moved 2026-08-14", "Show Day 2027-08-13"]);
}

#[test]
fn a_real_looking_file_keeps_its_names_and_its_order() {
    let text = calendar(&[
        "DTSTART;VALUE=DATE:20261225\nSUMMARY;LANGUAGE=en-au:Christmas Day\\, and a very l\nUID:3",
        "SUMMARY:Australia Day\nDTSTART;VALUE=DATE:20260126\nDTEND;VALUE=DATE:20260127\nDESCRIPTION:One: two\\nthree",
        "SUMMARY:Australia Day\nDTSTART;VALUE=DATE:20260126\nDTEND;VALUE=DATE:20260127\nUID:the same once more",
        "DTSTART;VALUE=DATE:20260101",
    ])
    // Folded in the middle of a word, and of the property that gives the date.
    .replace("very l\r\n", "very l\r\n ong name\r\n")
    .replace("DTSTART;VALUE=DATE:20260126", "DTSTART;VALUE=DA\r\n\tTE:20260126");
    for text in [text.clone(), text.replace("\r\n", "\n"), format!("\u{feff}{text}")] {
        let read = read(text.as_bytes(), THIS_YEAR).unwrap();
        let found = ["Closed 2026-01-01", "Australia Day 2026-01-26", "Christmas Day, and a very long name 2026-12-25"];
        assert_eq!(shown(&read), found);
        assert_eq!(read.left_out, []);
    }
}

#[test]
fn an_alarm_inside_an_event_says_nothing_of_its_days() {
    let read = read_one(
        "SUMMARY:Holiday\nDTSTART;VALUE=DATE:20261225\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\nSUMMARY:Ring\nEND:VALARM",
    );
    assert_eq!(shown(&read), ["Holiday 2026-12-25"]);
}

#[test]
fn todos_and_zones_are_no_closures() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\nEND:VTIMEZONE\n\
                BEGIN:VTODO\nSUMMARY:Paint\nDTSTART;VALUE=DATE:20261225\nEND:VTODO\nEND:VCALENDAR\n";
    assert_eq!(read(text.as_bytes(), THIS_YEAR).unwrap(), ReadClosures::default());
}

#[test]
fn names_from_an_old_export_are_read() {
    let text = calendar(&["SUMMARY:Frühling\nDTSTART;VALUE=DATE:20260501"]);
    let latin: Vec<u8> = text.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    assert_eq!(shown(&read(&latin, THIS_YEAR).unwrap()), ["Frühling 2026-05-01"]);
}

#[rstest]
#[case::empty("", "This file is empty")]
#[case::blank("\r\n \r\n", "This file is empty")]
#[case::another_kind_of_file("name;phone\nHelen;1", "Line 1: this is not an iCalendar file")]
#[case::a_lone_event("BEGIN:VEVENT\nEND:VEVENT", "Line 1: a calendar begins with BEGIN:VCALENDAR")]
#[case::cut_in_an_event("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026", "VEVENT, which begins on line 2, never ends")]
#[case::cut_after_an_event(
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT",
    "VCALENDAR, which begins on line 1, never ends"
)]
#[case::crossed(
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
    "Line 3: “END:VCALENDAR” comes before the end of VEVENT"
)]
#[case::ended_twice("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR", "Line 3: “END:VCALENDAR” ends what never began")]
fn a_broken_file_is_refused_by_line(#[case] text: &str, #[case] says: &str) {
    let error = read(text.as_bytes(), THIS_YEAR).unwrap_err();
    assert_eq!(error.code, Code::File);
    assert!(error.message.contains(says), "{}", error.message);
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let error = read(&vec![b' '; LARGEST_FILE_BYTES + 1], THIS_YEAR).unwrap_err();
    assert!(error.message.contains("larger than 5 MB"), "{}", error.message);
}

#[test]
fn a_large_file_is_read_without_a_pause() {
    let event = "SUMMARY:Day\nDTSTART;VALUE=DATE:20261225\nRRULE:FREQ=YEARLY";
    let text = calendar(&vec![event; 40_000]);
    assert!(text.len() < LARGEST_FILE_BYTES && text.len() > 2_000_000);
    assert_eq!(read(text.as_bytes(), THIS_YEAR).unwrap().closures.len(), 4);
}

#[test]
fn a_file_is_read_from_where_it_is_and_named_when_it_cannot_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("holidays.ics");
    let now = Millis::parse_rfc3339("2026-11-22T00:00:00Z").unwrap();
    let missing = read_file(&path, now).unwrap_err();
    assert!(missing.message.starts_with("holidays.ics: "), "{}", missing.message);
    std::fs::write(&path, calendar(&["SUMMARY:New Year\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY"])).unwrap();
    let years: Vec<i32> = read_file(&path, now).unwrap().closures.iter().map(|closure| closure.from.year()).collect();
    assert_eq!(years, [2025, 2026, 2027, 2028, 2029], "around the year of the clock that it was given");
    std::fs::write(&path, "nonsense").unwrap();
    assert!(read_file(&path, now).unwrap_err().message.starts_with("holidays.ics: Line 1:"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, THIS_YEAR);
    }

    #[test]
    fn any_event_is_read_or_left_out(
        lines in proptest::collection::vec(
            "(DTSTART|DTEND|DURATION|RRULE|EXDATE|SUMMARY|UID|X)(;VALUE=DATE|;|=)?:?(2026[01][0-9][0-3][0-9]|P[0-9]{1,20}[DW]|FREQ=YEARLY;(COUNT|BYMONTHDAY|BYDAY|UNTIL)=-?[0-9]{0,9}(MO|é)?|\\PC{0,8})",
            0..6,
        ),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let found = read(calendar(&[&lines.join("\n")]).as_bytes(), THIS_YEAR).unwrap();
        prop_assert!(found.closures.iter().all(|closure| closure.from <= closure.to));
        let repeats = lines.iter().any(|line| line.starts_with("RRULE") || line.starts_with("EXDATE"));
        prop_assert!(repeats || found.closures.len() + found.left_out.len() == 1, "an event vanished");
    }

    /// The nth weekday of a month, found by counting days.
    #[test]
    fn nth_weekdays_are_those_that_counting_finds(month in 1u32..=12, nth in prop_oneof![1i32..=5, -5i32..=-1], weekday in 0u8..7) {
        let weekday = Weekday::try_from(weekday).unwrap();
        let code = weekday.to_string()[..2].to_uppercase();
        let event = format!("SUMMARY:Day\nDTSTART;VALUE=DATE:20240101\nRRULE:FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{code}");
        let found: Vec<NaiveDate> = read_one(&event).closures.iter().map(|closure| closure.from).collect();
        let mut counted = Vec::new();
        for year in THIS_YEAR - 1..=THIS_YEAR + 3 {
            let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
            let mut days: Vec<NaiveDate> =
                first.iter_days().take_while(|day| day.month() == month).filter(|day| day.weekday() == weekday).collect();
            if nth < 0 {
                days.reverse();
            }
            counted.extend(days.get(nth.unsigned_abs() as usize - 1));
        }
        prop_assert_eq!(found, counted);
    }
}
