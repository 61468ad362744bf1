//! The working calendar: opening hours by weekday, closed days and make-up days.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime, Weekday};
use chrono_tz::Tz;

use crate::{
    diagnostic::codes,
    load::SourceFile,
    lower::reading::{self, Keys},
    model::{OpenHours, WorkingCalendar},
    reporter::Reporter,
    syntax::{Node, Place, closest},
};

pub(crate) const KEYS: Keys = Keys::all(&["hours", "closed", "open"]);

/// Days that a calendar may name; more than a century of public holidays.
const DAYS_MAX: usize = 4_000;
/// Stretches of opening hours in one day.
const STRETCHES_MAX: usize = 8;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

/// The workspace's files, where a calendar may stand.
pub(crate) struct Sources<'a>(pub(crate) &'a [SourceFile]);

impl Sources<'_> {
    fn find(&self, path: &str) -> Option<&SourceFile> {
        self.0.iter().find(|file| file.path == path)
    }
}

/// The working calendar under `calendar:`.
pub(crate) fn lower(
    reporter: &mut Reporter<'_>,
    node: &Node,
    timezone: Tz,
    sources: &Sources<'_>,
) -> Option<WorkingCalendar> {
    let mapping = reading::mapping(reporter, node, KEYS)?;
    let hours = mapping.required(reporter, "hours").and_then(|node| hours(reporter, node));
    let mut days = |key| match mapping.get(key) {
        Some(node) => days(reporter, node, sources),
        None => Some(BTreeSet::new()),
    };
    let (closed, open) = (days("closed"), days("open"));
    Some(WorkingCalendar { timezone, hours: hours?, closed: closed?, open: open? })
}

fn hours(reporter: &mut Reporter<'_>, node: &Node) -> Option<[Vec<OpenHours>; 7]> {
    let mapping = reading::any_mapping(reporter, node)?;
    let mut week: [Vec<OpenHours>; 7] = Default::default();
    let mut named = [false; 7];
    for entry in mapping.entries {
        let weekdays = weekdays(&entry.key);
        let Some(weekdays) = weekdays.filter(|days| days.iter().all(|day| !named[*day])) else {
            reporter.report(codes::BAD_HOURS, entry.key_place, &[("found", &entry.key)]);
            continue;
        };
        let stretches = stretches(reporter, &entry.value);
        for day in weekdays {
            named[day] = true;
            week[day].clone_from(&stretches);
        }
    }
    if week.iter().all(Vec::is_empty) {
        // A calendar that never opens would let no working hour pass: every due time would lie at the end of the world.
        reporter.report(codes::BAD_HOURS, node.place, &[("found", "")]);
        return None;
    }
    Some(week)
}

/// `mon`, `mon-fri` or `fri-mon`, as places in the week.
fn weekdays(key: &str) -> Option<Vec<usize>> {
    let place = |name: &str| WEEKDAYS.iter().position(|(word, _)| *word == name);
    match key.split_once('-') {
        None => Some(vec![place(key)?]),
        Some((first, last)) => {
            let (first, last) = (place(first)?, place(last)?);
            let length = (last + 7 - first) % 7 + 1;
            Some((0..length).map(|offset| (first + offset) % 7).collect())
        }
    }
}

fn stretches(reporter: &mut Reporter<'_>, node: &Node) -> Vec<OpenHours> {
    let mut stretches: Vec<OpenHours> = Vec::new();
    for item in reading::short_sequence(reporter, node, STRETCHES_MAX).unwrap_or_default() {
        let Some(text) = reading::string(reporter, item) else { continue };
        let stretch = stretch(text);
        let is_later = |one: &OpenHours| stretches.last().is_none_or(|last| !ends_day(*last) && last.until <= one.from);
        match stretch.filter(is_later) {
            Some(stretch) => stretches.push(stretch),
            None => reporter.report(codes::BAD_HOURS, item.place, &[("found", text)]),
        }
    }
    stretches
}

/// `09:00-12:00`; `24:00` and `00:00` as an end mean the end of the day.
fn stretch(text: &str) -> Option<OpenHours> {
    let (from, until) = text.split_once('-')?;
    let from = time(from.trim())?;
    let until = match until.trim() {
        "24:00" | "00:00" => NaiveTime::MIN,
        until => time(until).filter(|until| *until > from)?,
    };
    Some(OpenHours { from, until })
}

/// A time of day as definitions write it: `09:00`.
pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    (text.len() == 5).then(|| NaiveTime::parse_from_str(text, "%H:%M").ok()).flatten()
}

fn ends_day(stretch: OpenHours) -> bool {
    stretch.until == NaiveTime::MIN
}

/// A list of days, or the path of an iCalendar file.
fn days(reporter: &mut Reporter<'_>, node: &Node, sources: &Sources<'_>) -> Option<BTreeSet<NaiveDate>> {
    if node.as_sequence().is_some() {
        let items = reading::short_sequence(reporter, node, DAYS_MAX)?;
        return Some(items.iter().filter_map(|item| day(reporter, item)).collect());
    }
    let path = reading::string(reporter, node)?;
    let Some(file) = sources.find(path) else {
        let known =
            sources.0.iter().map(|file| file.path.as_str()).filter(|known| known.strip_suffix(".ics").is_some());
        let suggestion = closest(path, known).unwrap_or_default();
        reporter.report(codes::MISSING_FILE, node.place, &[("path", path), ("suggestion", suggestion)]);
        return None;
    };
    match parse_calendar_file(&file.text) {
        Ok(days) => Some(days),
        Err(broken) => {
            let mut of_file = Reporter::new(&file.path);
            of_file.report(
                codes::BAD_CALENDAR_FILE,
                Place { line: broken.line, column: 1 },
                &[("found", &broken.found)],
            );
            reporter.adopt(of_file);
            None
        }
    }
}

pub(crate) fn day(reporter: &mut Reporter<'_>, node: &Node) -> Option<NaiveDate> {
    let text = reading::string(reporter, node)?;
    let day = parse_day(text);
    if day.is_none() {
        reporter.report(codes::BAD_DATE, node.place, &[("found", text)]);
    }
    day
}

/// A day as definitions write it: `2026-11-20`.
pub(crate) fn parse_day(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// A line of a calendar file that cannot be used.
struct BrokenLine {
    line: u32,
    found: String,
}

/// The days of an iCalendar file (RFC 5545): every day of each all-day event, `DTEND` exclusive.
fn parse_calendar_file(bytes: &[u8]) -> Result<BTreeSet<NaiveDate>, BrokenLine> {
    let broken = |line: u32, found: &str| BrokenLine { line, found: found.to_owned() };
    let text = std::str::from_utf8(bytes).map_err(|_| broken(1, ""))?;
    let mut days = BTreeSet::new();
    let mut event: Option<(Option<NaiveDate>, Option<NaiveDate>)> = None;
    let mut is_calendar = false;
    for (number, line) in (1u32..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        match (name.split(';').next().unwrap_or(name), value) {
            ("BEGIN", "VCALENDAR") => is_calendar = true,
            ("BEGIN", "VEVENT") => event = Some((None, None)),
            ("DTSTART", value) if event.is_some() => {
                let first = calendar_day(value).ok_or_else(|| broken(number, line))?;
                event = event.map(|(_, end)| (Some(first), end));
            }
            ("DTEND", value) if event.is_some() => {
                let end = calendar_day(value).ok_or_else(|| broken(number, line))?;
                event = event.map(|(first, _)| (first, Some(end)));
            }
            // A rule would name days that this reader does not work out: better refused than half understood.
            ("RRULE" | "RDATE", _) => return Err(broken(number, line)),
            ("END", "VEVENT") => {
                let (first, end) = event.take().unwrap_or_default();
                let first = first.ok_or_else(|| broken(number, line))?;
                let end = end.unwrap_or(first).max(first + Days::new(1));
                days.extend(first.iter_days().take_while(|day| *day < end).take(DAYS_MAX + 1));
                if days.len() > DAYS_MAX {
                    return Err(broken(number, line));
                }
            }
            _ => {}
        }
    }
    if is_calendar { Ok(days) } else { Err(broken(1, text.lines().next().unwrap_or_default())) }
}

/// `20260101`, or the day of `20260101T000000Z`.
fn calendar_day(value: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(value.trim().get(..8)?, "%Y%m%d").ok()
}
