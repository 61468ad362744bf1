//! When cases that begin by themselves begin next.

use chrono::{DateTime, Datelike, Days as DayCount, NaiveDate, Utc};
use definition::model::{Days, Schedule, WorkingCalendar};

use crate::calendar;

/// How many days ahead the next time is looked for: a leap day on a certain weekday is not further away.
const DAYS_SEARCHED_MAX: usize = 366 * 28;

/// The first time strictly after a moment, on the clock of the calendar. A time that the clock skips comes when it
/// shows the next, and one that it shows twice comes the first time.
pub fn next(schedule: &Schedule, calendar: &WorkingCalendar, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match schedule {
        Schedule::Cron(cron) => {
            let from = after.with_timezone(&calendar.timezone);
            cron.find_next_occurrence(&from, false).ok().map(|next| next.to_utc())
        }
        Schedule::Every { days, at } => {
            // The day before may still be today elsewhere on the clock, when it was set back.
            let first = calendar::day_of(calendar, after).checked_sub_days(DayCount::new(1))?;
            first
                .iter_days()
                .take(DAYS_SEARCHED_MAX)
                .filter(|day| is_among(*days, calendar, *day))
                .map(|day| calendar::instant(calendar, day.and_time(*at)))
                .find(|moment| *moment > after)
        }
    }
}

/// The last time up to a moment, after another, and how many there were between them, counted up to a limit.
pub fn last_between(
    schedule: &Schedule,
    calendar: &WorkingCalendar,
    (after, until): (DateTime<Utc>, DateTime<Utc>),
) -> Option<(DateTime<Utc>, u32)> {
    let mut last = None;
    let mut from = after;
    for count in 1..=MISSED_COUNTED_MAX {
        let Some(moment) = next(schedule, calendar, from).filter(|moment| *moment <= until) else { break };
        last = Some((moment, count));
        from = moment;
    }
    last
}

/// How many missed times are counted before the rest is left behind.
const MISSED_COUNTED_MAX: u32 = 10_000;

fn is_among(days: Days, calendar: &WorkingCalendar, day: NaiveDate) -> bool {
    match days {
        Days::All => true,
        Days::Working => calendar::is_open_day(calendar, day),
        Days::Week(weekday) => day.weekday() == weekday,
        Days::Month(number) => day.day() == number.min(u32::from(day.num_days_in_month())),
    }
}

#[cfg(test)]
mod tests;
