use chrono::{DateTime, TimeDelta, Utc};
use definition::model::{Schedule, Start};
use proptest::prelude::*;

use super::{last_between, next};
use crate::testing::{SETTINGS, at, settings, shown, start_of};

fn schedule(start: &str) -> Schedule {
    let Start::Schedule(schedule) = start_of(start) else { panic!("{start} is no schedule") };
    schedule
}

/// The next three times after a moment.
fn check(start: &str, from: &str, expected: [&str; 3]) {
    let (schedule, settings) = (schedule(start), settings(SETTINGS));
    let mut moment = at(from);
    let times = [(); 3].map(|()| {
        moment = next(&schedule, &settings.calendar, moment).unwrap();
        shown(moment)
    });
    assert_eq!(times, expected, "{start}");
}

#[test]
fn a_schedule_comes_on_its_days_at_its_time() {
    check(
        "{ schedule: { every: day, at: \"02:00\" } }",
        "2026-11-20T02:00",
        ["2026-11-21T02:00", "2026-11-22T02:00", "2026-11-23T02:00"],
    );
    check(
        "{ schedule: { every: working day, at: \"09:00\" } }",
        "2026-09-30T10:00",
        ["2026-10-08T09:00", "2026-10-09T09:00", "2026-10-10T09:00"],
    );
    check(
        "{ schedule: { every: week, on: mon, at: \"23:30\" } }",
        "2026-11-20T10:00",
        ["2026-11-23T23:30", "2026-11-30T23:30", "2026-12-07T23:30"],
    );
    check(
        "{ schedule: { every: month, on: 31, at: \"08:00\" } }",
        "2027-01-31T09:00",
        ["2027-02-28T08:00", "2027-03-31T08:00", "2027-04-30T08:00"],
    );
    check(
        "{ schedule: { every: month, on: last, at: \"08:00\" } }",
        "2027-01-01T09:00",
        ["2027-01-31T08:00", "2027-02-28T08:00", "2027-03-31T08:00"],
    );
}

#[test]
fn a_cron_line_is_read_on_the_clock_of_the_workspace() {
    check("{ cron: \"30 2 * * 1\" }", "2026-11-20T10:00", ["2026-11-23T02:30", "2026-11-30T02:30", "2026-12-07T02:30"]);
    check("{ cron: \"0 0 29 2 *\" }", "2026-11-20T10:00", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]);
}

#[test]
fn a_night_whose_clock_changes_has_each_time_once() {
    let settings = settings(&SETTINGS.replace("Asia/Shanghai", "America/New_York"));
    let schedule = schedule("{ schedule: { every: day, at: \"02:30\" } }");
    let from = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    // On 8 March the clock goes from 02:00 to 03:00; on 1 November it shows 01:30 twice.
    assert_eq!(next(&schedule, &settings.calendar, from("2026-03-08T05:00:00Z")), Some(from("2026-03-08T07:00:00Z")));
    assert_eq!(next(&schedule, &settings.calendar, from("2026-03-08T07:00:00Z")), Some(from("2026-03-09T06:30:00Z")));
    let twice = super::tests::schedule("{ schedule: { every: day, at: \"01:30\" } }");
    assert_eq!(next(&twice, &settings.calendar, from("2026-11-01T05:00:00Z")), Some(from("2026-11-01T05:30:00Z")));
    assert_eq!(next(&twice, &settings.calendar, from("2026-11-01T05:30:00Z")), Some(from("2026-11-02T06:30:00Z")));
}

#[test]
fn what_was_missed_is_counted_and_only_the_last_comes() {
    let (schedule, settings) = (schedule("{ schedule: { every: day, at: \"02:00\" } }"), settings(SETTINGS));
    let between = |after: &str, until: &str| {
        last_between(&schedule, &settings.calendar, (at(after), at(until)))
            .map(|(moment, count)| (shown(moment), count))
    };
    assert_eq!(between("2026-11-20T02:00", "2026-11-21T01:59"), None);
    assert_eq!(between("2026-11-20T02:00", "2026-11-21T02:00"), Some(("2026-11-21T02:00".to_owned(), 1)));
    assert_eq!(between("2026-11-20T02:00", "2026-11-23T12:00"), Some(("2026-11-23T02:00".to_owned(), 3)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn looking_often_finds_the_same_times_as_looking_once(minutes in 0_i64..60 * 24 * 30, steps in 1_i64..400) {
        let (schedule, settings) = (schedule("{ schedule: { every: working day, at: \"09:00\" } }"), settings(SETTINGS));
        let from = at("2026-09-20T00:00") + TimeDelta::minutes(minutes);
        let until = from + TimeDelta::days(12);
        let mut seen = 0;
        let mut looked = from;
        while looked < until {
            let upto = (looked + TimeDelta::minutes(steps)).min(until);
            seen += last_between(&schedule, &settings.calendar, (looked, upto)).map_or(0, |(_, count)| count);
            looked = upto;
        }
        let once = last_between(&schedule, &settings.calendar, (from, until)).map_or(0, |(_, count)| count);
        prop_assert_eq!(seen, once);
    }
}
