//! Dates as people type them, read on a Wednesday morning in Sydney unless it says otherwise.

use chrono::{Datelike, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use proptest::prelude::*;
use rstest::rstest;
use wellmet_core::promises::business_time::{BusinessCalendar, Closure, Window};
use wellmet_core::promises::typed_date::{Said, TypedDate, read};
use wellmet_core::{Code, Millis, Result};

const ZONE: Tz = Tz::Australia__Sydney;
const WEDNESDAY: &str = "2026-11-18 10:00";

/// Monday to Friday, nine to half past twelve and half past one to five; closed from Christmas to New Year.
fn calendar() -> BusinessCalendar {
    let mut week: [Vec<Window>; 7] = Default::default();
    for day in &mut week[..5] {
        *day = vec![Window::new(540, 750), Window::new(810, 1020)];
    }
    let christmas = Closure::new("Christmas", "2026-12-25".parse().unwrap(), "2027-01-01".parse().unwrap());
    BusinessCalendar::new(ZONE, week, vec![christmas]).unwrap()
}

fn local(text: &str) -> Millis {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    Millis(ZONE.from_local_datetime(&wall).earliest().unwrap().timestamp_millis())
}

fn shown(at: Millis) -> String {
    at.in_zone(ZONE).format("%Y-%m-%d %H:%M").to_string()
}

fn read_at(now: &str, text: &str, country: &str) -> Result<TypedDate> {
    read(text, local(now), &calendar(), country)
}

#[rstest]
#[case::tomorrow("tomorrow", "2026-11-19 17:00")]
#[case::today("today", "2026-11-18 17:00")]
#[case::day_after_tomorrow("day after tomorrow", "2026-11-20 17:00")]
#[case::a_weekday("fri", "2026-11-20 17:00")]
#[case::a_weekday_that_has_been_this_week("tue", "2026-11-24 17:00")]
#[case::by_a_weekday("by Friday", "2026-11-20 17:00")]
#[case::this_weekday("this fri", "2026-11-20 17:00")]
#[case::next_weekday("next fri", "2026-11-27 17:00")]
#[case::next_of_today("next wed", "2026-11-25 17:00")]
#[case::a_week_from_a_weekday("fri week", "2026-11-27 17:00")]
#[case::weekday_next_week("mon next week", "2026-11-23 17:00")]
#[case::this_week("this week", "2026-11-20 17:00")]
#[case::next_week("next week", "2026-11-27 17:00")]
#[case::end_of_month("end of the month", "2026-11-30 17:00")]
#[case::next_month_before_a_closure("next month", "2026-12-24 17:00")]
#[case::end_of_day("end of day", "2026-11-18 17:00")]
#[case::in_two_weeks("in 2 weeks", "2026-12-02 17:00")]
#[case::in_words("in two weeks", "2026-12-02 17:00")]
#[case::from_now("2 weeks from now", "2026-12-02 17:00")]
#[case::short("2w", "2026-12-02 17:00")]
#[case::a_fortnight("in a fortnight", "2026-12-02 17:00")]
#[case::in_days("in 5 days", "2026-11-23 17:00")]
#[case::working_days("in 3 working days", "2026-11-23 17:00")]
#[case::in_a_month("in a month", "2026-12-18 17:00")]
#[case::a_date("24 Dec", "2026-12-24 17:00")]
#[case::month_first_in_words("Dec 24", "2026-12-24 17:00")]
#[case::with_an_ordinal("the 24th of December", "2026-12-24 17:00")]
#[case::the_ordinal_alone("the 24th", "2026-11-24 17:00")]
#[case::the_ordinal_of_next_month("on the 4th", "2026-12-04 17:00")]
#[case::with_its_weekday("Thu 24 Dec", "2026-12-24 17:00")]
#[case::next_year_without_saying("12 Jan", "2027-01-12 17:00")]
#[case::with_a_year("12 January 2027", "2027-01-12 17:00")]
#[case::with_a_short_year("12 Jan 27", "2027-01-12 17:00")]
#[case::with_a_comma("January 12, 2027", "2027-01-12 17:00")]
#[case::iso("2027-01-12", "2027-01-12 17:00")]
#[case::slashes("3/12", "2026-12-03 17:00")]
#[case::slashes_with_a_year("3/12/2026", "2026-12-03 17:00")]
#[case::dashes("3-12-2026", "2026-12-03 17:00")]
#[case::dots("3.12.2026", "2026-12-03 17:00")]
#[case::dots_and_a_short_year("3.12.26", "2026-12-03 17:00")]
fn a_day_is_due_at_its_closing(#[case] text: &str, #[case] due: &str) {
    let read = read_at(WEDNESDAY, text, "AU").unwrap();
    assert_eq!(shown(read.at_ms), due);
    assert!(!read.has_time);
    assert_eq!(read.said, Said::Day);
}

#[rstest]
#[case::weekday_and_hour("fri 10am", "2026-11-20 10:00", Said::At)]
#[case::the_first_example("next tue after 3", "2026-11-24 15:00", Said::After)]
#[case::after_noon_because_open_then("fri at 2", "2026-11-20 14:00", Said::At)]
#[case::before_noon_because_open_then("fri at 11", "2026-11-20 11:00", Said::At)]
#[case::closing_is_within_before("fri before 5", "2026-11-20 17:00", Said::Before)]
#[case::opening_is_within_after("fri after 9", "2026-11-20 09:00", Said::After)]
#[case::half_past("fri 3:30", "2026-11-20 15:30", Said::At)]
#[case::with_a_dot("fri 3.30pm", "2026-11-20 15:30", Said::At)]
#[case::spelt_out("fri 3 p.m.", "2026-11-20 15:00", Said::At)]
#[case::oclock("fri 3 o'clock", "2026-11-20 15:00", Said::At)]
#[case::all_day_clock("fri 15:30", "2026-11-20 15:30", Said::At)]
#[case::a_leading_zero_is_meant("fri 03:30", "2026-11-20 03:30", Said::At)]
#[case::time_first("3pm fri", "2026-11-20 15:00", Said::At)]
#[case::noon("tomorrow noon", "2026-11-19 12:00", Said::At)]
#[case::twelve_pm("fri 12pm", "2026-11-20 12:00", Said::At)]
#[case::twelve_am("fri 12am", "2026-11-20 00:00", Said::At)]
#[case::twelve_without_half("fri at 12", "2026-11-20 12:00", Said::At)]
#[case::morning("tue morning", "2026-11-24 12:00", Said::Before)]
#[case::afternoon("tomorrow afternoon", "2026-11-19 17:00", Said::Before)]
#[case::this_afternoon("this afternoon", "2026-11-18 17:00", Said::Before)]
#[case::evening("fri evening", "2026-11-20 20:00", Said::Before)]
#[case::tonight("tonight", "2026-11-18 20:00", Said::Before)]
#[case::time_alone_is_today("3pm", "2026-11-18 15:00", Said::At)]
#[case::after_time_alone("after 3", "2026-11-18 15:00", Said::After)]
#[case::a_date_and_time("24 Dec 10am", "2026-12-24 10:00", Said::At)]
#[case::a_date_and_after("24 Dec after 3", "2026-12-24 15:00", Said::After)]
#[case::iso_with_a_time("2026-12-24T10:00", "2026-12-24 10:00", Said::At)]
#[case::slashes_with_a_time("24/12 10am", "2026-12-24 10:00", Said::At)]
#[case::an_hour_on_a_closed_day_is_kept("sat 10am", "2026-11-21 10:00", Said::At)]
#[case::two_weeks_at_an_hour("in 2 weeks at 10am", "2026-12-02 10:00", Said::At)]
#[case::in_hours("in 2 hours", "2026-11-18 12:00", Said::At)]
#[case::in_an_hour("in an hour", "2026-11-18 11:00", Said::At)]
#[case::in_minutes("30 min", "2026-11-18 10:30", Said::At)]
fn a_time_is_taken_at_its_word(#[case] text: &str, #[case] due: &str, #[case] said: Said) {
    let read = read_at(WEDNESDAY, text, "AU").unwrap();
    assert_eq!(shown(read.at_ms), due);
    assert!(read.has_time);
    assert_eq!(read.said, said);
}

#[rstest]
#[case::nothing("", "There is no date here")]
#[case::spaces("  ", "There is no date here")]
#[case::a_word("soonish", "“soonish” cannot be read as a date. Write it like")]
#[case::a_misspelling("tuseday", "“tuseday” cannot be read as a date")]
#[case::a_word_that_begins_like_a_month("marmalade", "cannot be read as a date")]
#[case::a_sign("fri @ 3", "“@” has no meaning in a date")]
#[case::todays_name("wed", "Today is Wednesday. Write “today”, or “next wed” for the one in a week.")]
#[case::todays_name_and_a_time("wed 3pm", "Write “today” and the time, or “next wed 3pm”")]
#[case::an_hour_or_a_day("fri 10", "“10” may be an hour or a day of the month")]
#[case::an_hour_or_a_date("10.30", "“10.30” may be a time or a date. Write 10:30")]
#[case::morning_or_evening("fri at 6", "may be morning or evening. Write 6am or 6pm.")]
#[case::minutes_or_months("in 2m", "cannot be read as a date")]
#[case::before_a_day("before fri", "leaves the day open. Write the last day that will do")]
#[case::after_a_day("after fri", "leaves the day open")]
#[case::a_past_time("9am", "9am on Wed 18 Nov 2026 has passed. Write a later day or time")]
#[case::this_morning_is_still_on_but_nine_is_not("today 9:30am", "9:30am on Wed 18 Nov 2026 has passed")]
#[case::this_very_minute("10am", "10am on Wed 18 Nov 2026 has passed")]
#[case::a_past_date("24 Oct 2026", "Sat 24 Oct 2026 has passed")]
#[case::a_date_that_has_just_passed("16 Nov", "Mon 16 Nov 2026 has passed. For next year, write “16 Nov 2027”.")]
#[case::yesterday("yesterday", "cannot be read as a date")]
#[case::a_closed_weekday("sat", "Sat 21 Nov 2026 is closed. Write “23 Nov”, or add a time of day to keep it")]
#[case::a_closed_date("25 Dec", "Fri 25 Dec 2026 is closed. Write “4 Jan”, or add a time of day")]
#[case::day_and_month_swapped("12/24", "has the day and the month the other way round. Write “24 Dec”.")]
#[case::no_such_date("31 Nov", "“31 Nov” is not in the calendar")]
#[case::no_such_slashes("31/11", "“31/11” is not in the calendar")]
#[case::no_such_month("24/13", "“24/13” is not in the calendar")]
#[case::no_such_ordinal("the 32nd", "No month has a day 32")]
#[case::no_such_time("fri 25:00", "“25:00” is not a time of day")]
#[case::no_such_minute("fri 10:75", "“10:75” is not a time of day")]
#[case::no_such_half("fri 13pm", "“13” with am or pm is not a time of day")]
#[case::two_times("fri 10am 3pm", "two times of day")]
#[case::an_instant_and_a_time("in 2 hours at 3pm", "gives two times of day")]
#[case::a_weekday_that_disagrees("mon 24 dec", "is a Thursday, so “mon 24 dec” disagrees with itself")]
#[case::far_away("24 Dec 2062", "more than ten years away. Is the year right?")]
#[case::many_weeks("in 9999 weeks", "more than ten years away")]
#[case::a_long_number("in 12345 weeks", "“12345” is too long")]
fn what_is_in_doubt_or_past_is_refused_with_the_way_out(#[case] text: &str, #[case] says: &str) {
    let error = read_at(WEDNESDAY, text, "AU").unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    assert!(error.message.contains(says), "{}", error.message);
}

#[rstest]
#[case::australia("AU", "3/4/2027", "2027-04-03")]
#[case::britain("GB", "3/4/2027", "2027-04-03")]
#[case::germany("de", "3/4/2027", "2027-04-03")]
#[case::united_states("US", "3/4/2027", "2027-03-04")]
#[case::philippines("PH", "3/4/2027", "2027-03-04")]
#[case::japan_where_the_year_would_lead("JP", "3/4/2027", "2027-03-04")]
#[case::canada_where_only_one_can_be("CA", "24/12/2026", "2026-12-24")]
#[case::canada_the_other_way("CA", "12/24/2026", "2026-12-24")]
#[case::canada_where_both_are_the_same("CA", "4/4/2027", "2027-04-04")]
fn slashes_are_read_as_the_country_writes_them(#[case] country: &str, #[case] text: &str, #[case] date: &str) {
    let read = read_at(WEDNESDAY, &format!("{text} 10am"), country).unwrap();
    assert_eq!(shown(read.at_ms), format!("{date} 10:00"));
}

#[rstest]
#[case::canada("CA", "3/4/2027", "“3/4” may be “3 Apr 2027” or “4 Mar 2027”. Write the month as a word.")]
#[case::united_states("US", "24/12", "the other way round. Write “24 Dec”.")]
fn slashes_in_doubt_are_refused(#[case] country: &str, #[case] text: &str, #[case] says: &str) {
    let error = read_at(WEDNESDAY, text, country).unwrap_err();
    assert!(error.message.contains(says), "{}", error.message);
}

// "Next Friday", said on a Wednesday, is two days off in the United States and nine elsewhere.
#[rstest]
#[case::elsewhere("AU", WEDNESDAY, "next fri", "2026-11-27")]
#[case::united_states("US", WEDNESDAY, "next fri", "2026-11-20")]
#[case::united_states_today("US", WEDNESDAY, "next wed", "2026-11-25")]
#[case::next_week_is_clear_everywhere("US", WEDNESDAY, "next week fri", "2026-11-27")]
#[case::said_on_a_sunday("AU", "2026-11-22 10:00", "next tue", "2026-11-24")]
#[case::said_on_a_monday("AU", "2026-11-16 10:00", "next tue", "2026-11-24")]
fn next_weekday(#[case] country: &str, #[case] now: &str, #[case] text: &str, #[case] date: &str) {
    let read = read_at(now, text, country).unwrap();
    assert_eq!(shown(read.at_ms), format!("{date} 17:00"));
}

#[test]
fn a_span_that_ends_on_a_closed_day_goes_on_to_the_next_business_day() {
    let read = read_at(WEDNESDAY, "in 3 days", "AU").unwrap();
    assert_eq!(shown(read.at_ms), "2026-11-23 17:00");
    assert!(read.moved_past_closed);
    assert!(!read_at(WEDNESDAY, "in 2 days", "AU").unwrap().moved_past_closed);
}

#[test]
fn today_after_closing_has_passed() {
    let error = read_at("2026-11-18 17:00", "today", "AU").unwrap_err();
    assert!(error.message.starts_with("Closing time on Wed 18 Nov 2026 has passed."), "{}", error.message);
}

#[test]
fn a_time_that_the_clock_skips_is_where_the_skip_ends() {
    let read = read_at("2026-10-02 10:00", "sun 2:30am", "AU").unwrap();
    assert_eq!(shown(read.at_ms), "2026-10-04 03:00");
}

#[test]
fn without_opening_hours_a_day_has_no_closing_and_a_time_still_stands() {
    let calendar = BusinessCalendar::new(ZONE, Default::default(), Vec::new()).unwrap();
    assert!(read("tomorrow", local(WEDNESDAY), &calendar, "AU").is_err());
    let read = read("tomorrow 3pm", local(WEDNESDAY), &calendar, "AU").unwrap();
    assert_eq!(shown(read.at_ms), "2026-11-19 15:00");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_or_refused_and_never_read_as_past(text in "\\PC{0,40}", now_s in 0i64..4_000_000_000) {
        let now = Millis(now_s * 1_000);
        if let Ok(read) = read(&text, now, &calendar(), "AU") {
            prop_assert!(read.at_ms > now);
        }
    }

    #[test]
    fn any_mix_of_the_words_is_read_or_refused(
        words in proptest::collection::vec(
            prop_oneof![
                Just("next"), Just("this"), Just("tue"), Just("fri"), Just("after"), Just("before"), Just("by"), Just("at"),
                Just("3"), Just("24"), Just("10:30"), Just("pm"), Just("dec"), Just("feb"), Just("in"), Just("2"),
                Just("weeks"), Just("month"), Just("week"), Just("end"), Just("of"), Just("th"), Just("/"), Just("-"),
                Just("2027"), Just("29"), Just("tomorrow"), Just("morning"), Just("a"), Just("day"), Just("."), Just(":"),
            ],
            1..6,
        ),
        glue in prop_oneof![Just(" "), Just("")],
        now_s in 1_700_000_000i64..1_900_000_000,
        country in prop_oneof![Just("AU"), Just("US"), Just("CA"), Just("")],
    ) {
        let now = Millis(now_s * 1_000);
        match read(&words.join(glue), now, &calendar(), country) {
            Ok(read) => prop_assert!(read.at_ms > now),
            Err(error) => prop_assert!(error.code == Code::Invalid && error.message.ends_with(['.', '?']), "{}", error.message),
        }
    }

    /// What is shown back reads back.
    #[test]
    fn a_date_written_out_is_that_date(days in 1i64..3000, form in 0usize..5) {
        let now = local(WEDNESDAY);
        let date = now.in_zone(ZONE).date_naive() + chrono::Duration::days(days);
        let form = ["%-d %b %Y", "%B %-d, %Y", "%Y-%m-%d", "%d/%m/%Y", "%a %-d %B %Y"][form];
        let read = read(&format!("{} 10am", date.format(form)), now, &calendar(), "AU").unwrap();
        let at = read.at_ms.in_zone(ZONE);
        prop_assert_eq!((at.date_naive(), at.year()), (date, date.year()));
    }
}
