use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use definition::{model::WorkingCalendar, period::Period};
use proptest::prelude::*;

use super::{after, before, is_open};
use crate::testing::{SETTINGS, at, settings, shown};

fn check(from: &str, period: &str, expected: &str) {
    let settings = settings(SETTINGS);
    let period = Period::parse(period).unwrap();
    assert_eq!(shown(after(&settings.calendar, at(from), period)), expected, "{from} + {period}");
}

fn check_before(until: &str, period: &str, expected: &str) {
    let settings = settings(SETTINGS);
    let period = Period::parse(period).unwrap();
    assert_eq!(shown(before(&settings.calendar, at(until), period)), expected, "{until} - {period}");
}

#[test]
fn working_hours_run_only_while_it_is_open() {
    check("2026-11-20T10:00", "2 working hours", "2026-11-20T12:00");
    check("2026-11-20T10:00", "3 working hours", "2026-11-20T14:00");
    check("2026-11-20T10:00", "7 working hours", "2026-11-20T18:00");
    check("2026-11-20T10:00", "8 working hours", "2026-11-23T10:00");
    check("2026-11-21T03:00", "1 working hour", "2026-11-23T10:00");
    check("2026-11-20T12:30", "1 working hour", "2026-11-20T14:00");
}

#[test]
fn working_days_keep_the_clock_time_and_count_from_the_next_opening() {
    check("2026-11-20T10:00", "1 working day", "2026-11-23T10:00");
    check("2026-11-20T10:00", "3 working days", "2026-11-25T10:00");
    check("2026-11-21T15:00", "1 working day", "2026-11-24T09:00");
    check("2026-11-20T18:00", "1 working day", "2026-11-23T18:00");
    check("2026-11-20T18:01", "1 working day", "2026-11-24T09:00");
    check("2026-11-20T12:30", "1 working day", "2026-11-23T13:00");
}

#[test]
fn holidays_are_closed_and_a_make_up_saturday_is_open() {
    check("2026-09-30T16:00", "8 working hours", "2026-10-08T16:00");
    check("2026-10-09T15:00", "1 working day", "2026-10-10T15:00");
    check("2026-10-09T15:00", "2 working days", "2026-10-12T15:00");
    check("2026-10-03T10:00", "8 working hours", "2026-10-08T18:00");
}

#[test]
fn minutes_hours_days_and_months_ignore_the_calendar() {
    check("2026-11-20T17:50", "30 minutes", "2026-11-20T18:20");
    check("2026-11-20T17:50", "4 hours", "2026-11-20T21:50");
    check("2026-11-20T17:50", "2 days", "2026-11-22T17:50");
    check("2026-01-31T10:00", "1 month", "2026-02-28T10:00");
}

#[test]
fn a_period_is_counted_backwards_too() {
    check_before("2026-11-23T10:00", "2 working hours", "2026-11-20T17:00");
    check_before("2026-11-23T11:00", "2 working hours", "2026-11-23T09:00");
    check_before("2026-11-24T10:00", "1 working day", "2026-11-23T10:00");
    check_before("2026-11-23T10:00", "1 working day", "2026-11-20T10:00");
    check_before("2026-10-12T10:00", "1 working day", "2026-10-10T10:00");
    check_before("2026-03-31T10:00", "1 month", "2026-02-28T10:00");
}

#[test]
fn the_clock_change_neither_loses_nor_doubles_working_time() {
    let berlin = settings(
        &SETTINGS
            .replace("Asia/Shanghai", "Europe/Berlin")
            .replace("mon-fri: [\"09:00-12:00\", \"13:00-18:00\"]", "mon-sun: [\"01:00-05:00\"]"),
    );
    let moment = |text: &str| {
        let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap();
        chrono_tz::Europe::Berlin.from_local_datetime(&wall).earliest().unwrap().to_utc()
    };
    let period = Period::parse("3 working hours").unwrap();
    assert_eq!(after(&berlin.calendar, moment("2026-03-29T01:00"), period), moment("2026-03-29T05:00"));
    assert_eq!(after(&berlin.calendar, moment("2026-10-25T01:00"), period), moment("2026-10-25T03:00"));
    let day = Period::parse("1 day").unwrap();
    assert_eq!(after(&berlin.calendar, moment("2026-03-28T02:30"), day), moment("2026-03-29T03:00"));
}

/// Working hours counted the slow way: minute by minute.
fn minute_by_minute(calendar: &WorkingCalendar, from: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    let mut left = hours * 60;
    let mut now = from;
    while left > 0 {
        let next = now + TimeDelta::minutes(1);
        if is_open(calendar, now) && is_open(calendar, next) {
            left -= 1;
        }
        now = next;
    }
    now
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn working_hours_agree_with_counting_minutes(minutes in 0_i64..60 * 24 * 40, hours in 1_u32..30) {
        let settings = settings(SETTINGS);
        let from = at("2026-09-20T00:00") + TimeDelta::minutes(minutes);
        let period = Period::parse(&format!("{hours} working hours")).unwrap();
        let expected = minute_by_minute(&settings.calendar, from, hours.into());
        prop_assert_eq!(shown(after(&settings.calendar, from, period)), shown(expected));
    }

    #[test]
    fn counting_back_and_forth_spends_the_same_time(minutes in 0_i64..60 * 24 * 40, hours in 1_u32..30) {
        let settings = settings(SETTINGS);
        let until = at("2026-09-20T00:00") + TimeDelta::minutes(minutes);
        let period = Period::parse(&format!("{hours} working hours")).unwrap();
        let begin = before(&settings.calendar, until, period);
        prop_assert!(begin < until);
        prop_assert_eq!(minute_by_minute(&settings.calendar, begin, hours.into()).min(until), after(&settings.calendar, begin, period));
    }

    #[test]
    fn working_days_end_while_it_is_open_and_later_is_never_earlier(minutes in 0_i64..60 * 24 * 40, days in 1_u32..8) {
        let settings = settings(SETTINGS);
        let from = at("2026-09-20T00:00") + TimeDelta::minutes(minutes);
        let period = Period::parse(&format!("{days} working days")).unwrap();
        let end = after(&settings.calendar, from, period);
        prop_assert!(is_open(&settings.calendar, end));
        prop_assert!(end <= after(&settings.calendar, from + TimeDelta::minutes(1), period));
    }
}
