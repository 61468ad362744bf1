//! Numbers, moments and lengths of time as people write them: pure functions of the moment, the time zone and "now".

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;

use super::{Locale, message};

/// A length of time is told in minutes and hours up to here, in days from here on.
const HOURS_TOLD_MAX: i64 = 24;
/// What happened less long ago has just happened.
const JUST_NOW_SECONDS: i64 = 5;
/// A weekday is told for dates this near; farther ones go without.
const WEEKDAY_DAYS_MAX: i64 = 7;

/// Where and when somebody reads: what all texts about time depend on.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The reader's language.
    pub locale: Locale,
    /// The reader's time zone.
    pub zone: Tz,
    /// The moment of reading.
    pub now: DateTime<Utc>,
}

/// Puts a comma between each three digits of the integer part: `12840.5` becomes `12,840.5`.
pub fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (integer, fraction) =
        digits.split_once('.').map_or((digits, None), |(integer, fraction)| (integer, Some(fraction)));
    let mut text = sign.to_owned();
    for (index, digit) in integer.chars().enumerate() {
        if index > 0 && (integer.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

impl Reading {
    /// The day and time, as short as it is clear: `今天 18:00`, `11-23 周一 15:02`, `2027-01-05 18:00`.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        let date = self.local_date(at);
        let clock = self.clock(at);
        match (date - self.today()).num_days() {
            -1 => self.text("time-yesterday-at", &[("clock", clock.into())]),
            0 => self.text("time-today-at", &[("clock", clock.into())]),
            1 => self.text("time-tomorrow-at", &[("clock", clock.into())]),
            _ => format!("{} {clock}", self.short_date(date)),
        }
    }

    /// The day alone, as short as it is clear: `今天`, `11-23 周一`, `11-02`, `2027-01-05`.
    pub fn day(&self, at: DateTime<Utc>) -> String {
        let date = self.local_date(at);
        match (date - self.today()).num_days() {
            -1 => self.text("time-yesterday", &[]),
            0 => self.text("time-today", &[]),
            1 => self.text("time-tomorrow", &[]),
            _ => self.short_date(date),
        }
    }

    /// The day in full: `11 月 20 日 星期五`.
    pub fn long_day(&self, at: DateTime<Utc>) -> String {
        let date = self.local_date(at);
        let id = if date.year() == self.today().year() { "time-long-day" } else { "time-long-day-year" };
        self.text(id, &Self::parts(date))
    }

    /// The date of a document: `2026-11-20`.
    pub fn date(&self, at: DateTime<Utc>) -> String {
        self.text("time-date", &Self::parts(self.local_date(at)))
    }

    /// The time of day: `15:02`.
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// How long until then, or since: `还剩 2 小时 58 分`, `逾期 35 分钟`.
    pub fn left(&self, at: DateTime<Utc>) -> String {
        let left = at - self.now;
        let late = left < Duration::zero();
        let apart = if late { -left } else { left };
        // From a day on, days are counted as on a calendar: from Friday noon to Monday morning there are three.
        let length = if apart < Duration::hours(HOURS_TOLD_MAX) {
            self.length(apart)
        } else {
            self.length(Duration::days((self.local_date(at) - self.today()).num_days().abs().max(1)))
        };
        self.text(if late { "time-overdue" } else { "time-left" }, &[("length", length.into())])
    }

    /// How long ago: `刚刚`, `10 秒前`, `2 小时前`; the moment itself once a day has gone by.
    pub fn ago(&self, at: DateTime<Utc>) -> String {
        let gone = self.now - at;
        if gone < Duration::seconds(JUST_NOW_SECONDS) {
            self.text("time-just-now", &[])
        } else if gone < Duration::minutes(1) {
            let seconds = self.text("time-seconds", &[("seconds", gone.num_seconds().into())]);
            self.text("time-ago", &[("length", seconds.into())])
        } else if gone < Duration::hours(HOURS_TOLD_MAX) {
            let rounded = if gone < Duration::hours(1) { gone } else { Duration::hours(gone.num_hours()) };
            self.text("time-ago", &[("length", self.length(rounded).into())])
        } else {
            self.moment(at)
        }
    }

    /// A length of time in its largest one or two units: `35 分钟`, `2 小时 58 分`, `3 天`.
    pub fn length(&self, length: Duration) -> String {
        let (hours, minutes) = (length.num_hours(), length.num_minutes() % 60);
        match (hours, minutes) {
            (0, 0) => self.text("time-under-a-minute", &[]),
            (0, _) => self.text("time-minutes", &[("minutes", minutes.into())]),
            (_, 0) if hours < HOURS_TOLD_MAX => self.text("time-hours", &[("hours", hours.into())]),
            _ if hours < HOURS_TOLD_MAX => {
                self.text("time-hours-minutes", &[("hours", hours.into()), ("minutes", minutes.into())])
            }
            _ => self.text("time-days", &[("days", length.num_days().into())]),
        }
    }

    fn short_date(&self, date: NaiveDate) -> String {
        let apart = (date - self.today()).num_days().abs();
        let id = if date.year() != self.today().year() {
            "time-date"
        } else if apart <= WEEKDAY_DAYS_MAX {
            "time-short-date-weekday"
        } else {
            "time-short-date"
        };
        self.text(id, &Self::parts(date))
    }

    /// Every way to write a date picks what it needs of these; the year and the padded ones are text, so that they get no comma.
    fn parts(date: NaiveDate) -> [(&'static str, super::FluentValue<'static>); 6] {
        [
            ("year", date.year().to_string().into()),
            ("month", date.month().into()),
            ("month2", format!("{:02}", date.month()).into()),
            ("day", date.day().into()),
            ("day2", format!("{:02}", date.day()).into()),
            ("weekday", date.weekday().number_from_monday().into()),
        ]
    }

    fn today(&self) -> NaiveDate {
        self.local_date(self.now)
    }

    fn local_date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    fn text(&self, id: &str, arguments: &super::Arguments<'_>) -> String {
        message(self.locale, id, arguments)
    }
}
