//! When cases begin by themselves: `schedule` and `cron`.

use std::str::FromStr;

use chrono::{NaiveTime, Weekday};
use croner::Cron;

use crate::{
    diagnostic::codes,
    lower::{
        calendar,
        reading::{self, Keys, Mapping},
    },
    model::{Days, Schedule},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const SCHEDULE_KEYS: Keys = Keys::all(&["every", "at", "on"]);

/// The longest cron line, in characters.
const CRON_CHARACTERS_MAX: usize = 100;
/// The fields of a cron line: minutes first, no seconds and no years.
const CRON_FIELDS: usize = 5;
/// The days of a month that `on` may name; a shorter month has it on its last day.
const MONTH_DAYS_MAX: u32 = 31;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    WorkingDay,
    Week,
    Month,
}

const EVERY: &[(&str, Every)] =
    &[("day", Every::Day), ("working day", Every::WorkingDay), ("week", Every::Week), ("month", Every::Month)];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// Five fields, minutes first, on the clock of the workspace.
pub(super) fn cron(reporter: &mut Reporter<'_>, node: &Node) -> Option<Schedule> {
    let source = reading::string(reporter, node)?;
    let is_plain = source.len() <= CRON_CHARACTERS_MAX && source.split_whitespace().count() == CRON_FIELDS;
    let cron = is_plain.then(|| Cron::from_str(source).ok()).flatten();
    if cron.is_none() {
        reporter.report(codes::BAD_CRON, node.place, &[("found", source)]);
    }
    cron.map(|cron| Schedule::Cron(Box::new(cron)))
}

/// `{ every: week, on: mon, at: "02:00" }`
pub(super) fn every(reporter: &mut Reporter<'_>, node: &Node) -> Option<Schedule> {
    let mapping = reading::mapping(reporter, node, SCHEDULE_KEYS)?;
    let every = mapping.required(reporter, "every").and_then(|node| reading::one_of(reporter, node, EVERY));
    let at = mapping.required(reporter, "at").and_then(|node| time(reporter, node));
    let days = days(reporter, mapping, every?);
    Some(Schedule::Every { days: days?, at: at? })
}

fn days(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, every: Every) -> Option<Days> {
    match every {
        Every::Day | Every::WorkingDay => {
            if let Some(on) = mapping.entry("on") {
                let arguments = [("key", "on"), ("suggestion", ""), ("known", "every at")];
                reporter.report(codes::UNKNOWN_KEY, on.key_place, &arguments);
            }
            Some(if every == Every::Day { Days::All } else { Days::Working })
        }
        Every::Week => {
            let on = mapping.required(reporter, "on")?;
            reading::one_of(reporter, on, WEEKDAYS).map(Days::Week)
        }
        Every::Month => {
            let on = mapping.required(reporter, "on")?;
            if on.as_text() == Some("last") {
                return Some(Days::Month(MONTH_DAYS_MAX));
            }
            reading::whole_number(reporter, on, 1, MONTH_DAYS_MAX).map(Days::Month)
        }
    }
}

fn time(reporter: &mut Reporter<'_>, node: &Node) -> Option<NaiveTime> {
    let text = reading::string(reporter, node)?;
    let time = calendar::time(text);
    if time.is_none() {
        reporter.report(codes::BAD_TIME, node.place, &[("found", text)]);
    }
    time
}
