//! Periods on the working calendar, forwards and backwards, safe across changes of the clock.
//!
//! Working hours run only while it is open. N working days later is the same clock time N open days later, moved to the
//! next opening if that is closed; counted from a closed moment, they count from the next opening. The moment of closing
//! still belongs to the day: a period that ends at closing time ends then.

use chrono::{
    DateTime, Datelike, Days, LocalResult, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
};
use definition::{
    model::{OpenHours, WorkingCalendar},
    period::{Period, Unit},
};

/// How many days ahead an opening is looked for before the calendar counts as closed for ever.
const DAYS_SEARCHED_MAX: u32 = 400;
/// How many days a period may span before it counts as endless.
const DAYS_SPANNED_MAX: u32 = 40_000;
/// How many minutes a change of the clock may skip.
const MINUTES_SKIPPED_MAX: i64 = 26 * 60;

/// The moment that lies a period after another.
pub fn after(calendar: &WorkingCalendar, from: DateTime<Utc>, period: Period) -> DateTime<Utc> {
    match period.unit {
        Unit::Seconds | Unit::Minutes | Unit::Hours => {
            from.checked_add_signed(clock_time(period)).unwrap_or(DateTime::<Utc>::MAX_UTC)
        }
        Unit::Days => on_the_wall(calendar, from, |wall| wall.checked_add_days(Days::new(period.amount.into()))),
        Unit::Months => on_the_wall(calendar, from, |wall| wall.checked_add_months(Months::new(period.amount))),
        Unit::WorkingHours => working_hours_after(calendar, from, TimeDelta::hours(period.amount.into())),
        Unit::WorkingDays => working_days_after(calendar, from, period.amount),
    }
}

/// The moment that lies a period before another.
pub fn before(calendar: &WorkingCalendar, until: DateTime<Utc>, period: Period) -> DateTime<Utc> {
    match period.unit {
        Unit::Seconds | Unit::Minutes | Unit::Hours => {
            until.checked_sub_signed(clock_time(period)).unwrap_or(DateTime::<Utc>::MIN_UTC)
        }
        Unit::Days => on_the_wall(calendar, until, |wall| wall.checked_sub_days(Days::new(period.amount.into()))),
        Unit::Months => on_the_wall(calendar, until, |wall| wall.checked_sub_months(Months::new(period.amount))),
        Unit::WorkingHours => working_hours_before(calendar, until, TimeDelta::hours(period.amount.into())),
        Unit::WorkingDays => working_days_before(calendar, until, period.amount),
    }
}

/// The moment that lies so many periods after another, counted in one go.
pub fn after_times(calendar: &WorkingCalendar, from: DateTime<Utc>, period: Period, times: u32) -> DateTime<Utc> {
    after(calendar, from, Period { amount: period.amount.saturating_mul(times), unit: period.unit })
}

/// How long it is open between two moments.
pub fn open_time(calendar: &WorkingCalendar, from: DateTime<Utc>, until: DateTime<Utc>) -> TimeDelta {
    let last = day_of(calendar, until);
    let days = day_of(calendar, from).iter_days().take(DAYS_SPANNED_MAX as usize).take_while(|day| *day <= last);
    let stretches = days.flat_map(|day| stretches(calendar, day));
    let open = stretches.map(|stretch| (stretch.until.min(until) - stretch.from.max(from)).max(TimeDelta::zero()));
    open.fold(TimeDelta::zero(), |sum, open| sum + open)
}

/// The moment by which it will have been open for so long.
pub fn open_time_after(calendar: &WorkingCalendar, from: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    working_hours_after(calendar, from, length)
}

/// Whether it is open at a moment; the moment of closing counts as open.
pub fn is_open(calendar: &WorkingCalendar, moment: DateTime<Utc>) -> bool {
    stretches(calendar, day_of(calendar, moment)).iter().any(|stretch| stretch.holds(moment))
}

/// A stretch of opening time.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Stretch {
    fn holds(&self, moment: DateTime<Utc>) -> bool {
        self.from <= moment && moment <= self.until
    }
}

fn clock_time(period: Period) -> TimeDelta {
    let amount = i64::from(period.amount);
    match period.unit {
        Unit::Seconds => TimeDelta::seconds(amount),
        Unit::Minutes => TimeDelta::minutes(amount),
        Unit::Hours | Unit::WorkingHours => TimeDelta::hours(amount),
        Unit::Days | Unit::WorkingDays => TimeDelta::days(amount),
        Unit::Months => TimeDelta::days(amount * 30),
    }
}

/// Moves the clock on the wall and says which moment that is.
fn on_the_wall(
    calendar: &WorkingCalendar,
    moment: DateTime<Utc>,
    shift: impl FnOnce(NaiveDateTime) -> Option<NaiveDateTime>,
) -> DateTime<Utc> {
    let wall = moment.with_timezone(&calendar.timezone).naive_local();
    shift(wall).map_or(DateTime::<Utc>::MAX_UTC, |shifted| instant(calendar, shifted))
}

/// The moment at which the clock on the wall shows this: the first if it shows it twice, the first after it if never.
pub(crate) fn instant(calendar: &WorkingCalendar, wall: NaiveDateTime) -> DateTime<Utc> {
    for skipped in 0..=MINUTES_SKIPPED_MAX {
        match calendar.timezone.from_local_datetime(&(wall + TimeDelta::minutes(skipped))) {
            LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => return moment.to_utc(),
            LocalResult::None => {}
        }
    }
    wall.and_utc()
}

pub(crate) fn day_of(calendar: &WorkingCalendar, moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&calendar.timezone).date_naive()
}

/// The opening hours of a day, as the wall shows them.
fn hours_of(calendar: &WorkingCalendar, day: NaiveDate) -> &[OpenHours] {
    let usual = calendar.hours[day.weekday().num_days_from_monday() as usize].as_slice();
    if calendar.open.contains(&day) {
        let made_up = || calendar.hours.iter().find(|hours| !hours.is_empty()).map(Vec::as_slice).unwrap_or_default();
        if usual.is_empty() { made_up() } else { usual }
    } else if calendar.closed.contains(&day) {
        &[]
    } else {
        usual
    }
}

pub(crate) fn is_open_day(calendar: &WorkingCalendar, day: NaiveDate) -> bool {
    !hours_of(calendar, day).is_empty()
}

/// The opening hours of a day, as moments.
fn stretches(calendar: &WorkingCalendar, day: NaiveDate) -> Vec<Stretch> {
    let closing = |until: NaiveTime| if until == NaiveTime::MIN { day.succ_opt().unwrap_or(day) } else { day };
    hours_of(calendar, day)
        .iter()
        .map(|hours| Stretch {
            from: instant(calendar, day.and_time(hours.from)),
            until: instant(calendar, closing(hours.until).and_time(hours.until)),
        })
        .filter(|stretch| stretch.from < stretch.until)
        .collect()
}

/// The first opening at or after a moment.
fn next_opening(calendar: &WorkingCalendar, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    day_of(calendar, moment)
        .iter_days()
        .take(DAYS_SEARCHED_MAX as usize)
        .flat_map(|day| stretches(calendar, day))
        .map(|stretch| stretch.from)
        .find(|from| *from >= moment)
}

/// The last closing at or before a moment.
fn previous_closing(calendar: &WorkingCalendar, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    days_back(day_of(calendar, moment))
        .take(DAYS_SEARCHED_MAX as usize)
        .flat_map(|day| stretches(calendar, day).into_iter().rev())
        .map(|stretch| stretch.until)
        .find(|until| *until <= moment)
}

fn days_back(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(day), NaiveDate::pred_opt)
}

fn working_hours_after(calendar: &WorkingCalendar, from: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    if length.is_zero() {
        return from;
    }
    let mut left = length;
    for day in day_of(calendar, from).iter_days().take(DAYS_SPANNED_MAX as usize) {
        for stretch in stretches(calendar, day) {
            let begins = stretch.from.max(from);
            let open = stretch.until - begins;
            if open >= left {
                return begins + left;
            }
            left -= open.max(TimeDelta::zero());
        }
    }
    from.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn working_hours_before(calendar: &WorkingCalendar, until: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    if length.is_zero() {
        return until;
    }
    let mut left = length;
    for day in days_back(day_of(calendar, until)).take(DAYS_SPANNED_MAX as usize) {
        for stretch in stretches(calendar, day).into_iter().rev() {
            let ends = stretch.until.min(until);
            let open = ends - stretch.from;
            if open >= left {
                return ends - left;
            }
            left -= open.max(TimeDelta::zero());
        }
    }
    until.checked_sub_signed(length).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

fn working_days_after(calendar: &WorkingCalendar, from: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let begin = if is_open(calendar, from) { Some(from) } else { next_opening(calendar, from) };
    let Some(begin) = begin else {
        return on_the_wall(calendar, from, |wall| wall.checked_add_days(Days::new(days.into())));
    };
    let wall = begin.with_timezone(&calendar.timezone).naive_local();
    let days_ahead = wall.date().iter_days().skip(1).take(DAYS_SPANNED_MAX as usize);
    let Some(day) = nth_open_day(calendar, wall.date(), days, days_ahead) else { return DateTime::<Utc>::MAX_UTC };
    let same_time = instant(calendar, day.and_time(wall.time()));
    if is_open(calendar, same_time) { same_time } else { next_opening(calendar, same_time).unwrap_or(same_time) }
}

fn working_days_before(calendar: &WorkingCalendar, until: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let end = if is_open(calendar, until) { Some(until) } else { previous_closing(calendar, until) };
    let Some(end) = end else {
        return on_the_wall(calendar, until, |wall| wall.checked_sub_days(Days::new(days.into())));
    };
    let wall = end.with_timezone(&calendar.timezone).naive_local();
    let days_behind = days_back(wall.date()).skip(1).take(DAYS_SPANNED_MAX as usize);
    let Some(day) = nth_open_day(calendar, wall.date(), days, days_behind) else { return DateTime::<Utc>::MIN_UTC };
    let same_time = instant(calendar, day.and_time(wall.time()));
    if is_open(calendar, same_time) { same_time } else { previous_closing(calendar, same_time).unwrap_or(same_time) }
}

/// The day itself for none, else the so-manyth open one of `days`.
fn nth_open_day(
    calendar: &WorkingCalendar,
    day: NaiveDate,
    count: u32,
    mut days: impl Iterator<Item = NaiveDate>,
) -> Option<NaiveDate> {
    match count.checked_sub(1) {
        None => Some(day),
        Some(skipped) => days.by_ref().filter(|day| is_open_day(calendar, *day)).nth(skipped as usize),
    }
}

#[cfg(test)]
mod tests;
