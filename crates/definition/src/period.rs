//! Durations as definitions write them: `8 working hours`, in Chinese, or ISO 8601: `PT4H`.

mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A length of time. Only working hours and working days look at the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a period counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Seconds of the clock.
    Seconds,
    /// Minutes of the clock.
    Minutes,
    /// Hours of the clock.
    Hours,
    /// Days on the wall calendar: the same clock time, N days later.
    Days,
    /// Months on the wall calendar; the end of a month clamps.
    Months,
    /// Hours that run only while the working calendar is open.
    WorkingHours,
    /// The same clock time N open days later, moved to the next opening if that is closed.
    WorkingDays,
}

/// The longest period, in years.
const YEARS_MAX: u32 = 30;

/// The longest text that may be a period, in bytes.
const TEXT_BYTES_MAX: usize = 64;

impl Period {
    /// Reads `30 minutes`, `8 working hours`, their Chinese forms, or ISO 8601 such as `PT4H`; nothing if it is none of
    /// these or longer than thirty years.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > TEXT_BYTES_MAX {
            return None;
        }
        let period = match text.strip_prefix('P') {
            Some(iso) => parse_iso(iso)?,
            None => parse_words(text)?,
        };
        (period.amount <= period.unit.amount_max()).then_some(period)
    }

    /// Whether it is no time at all.
    pub const fn is_zero(self) -> bool {
        self.amount == 0
    }
}

impl Unit {
    /// The unit in English, one of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "second",
            Self::Minutes => "minute",
            Self::Hours => "hour",
            Self::Days => "day",
            Self::Months => "month",
            Self::WorkingHours => "working hour",
            Self::WorkingDays => "working day",
        }
    }

    const fn amount_max(self) -> u32 {
        match self {
            Self::Seconds => YEARS_MAX * 366 * 24 * 60 * 60,
            Self::Minutes => YEARS_MAX * 366 * 24 * 60,
            Self::Hours | Self::WorkingHours => YEARS_MAX * 366 * 24,
            Self::Days | Self::WorkingDays => YEARS_MAX * 366,
            Self::Months => YEARS_MAX * 12,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.amount == 1 { "" } else { "s" };
        write!(formatter, "{} {}{plural}", self.amount, self.unit.as_str())
    }
}

fn parse_words(text: &str) -> Option<Period> {
    let digits = text.find(|character: char| !character.is_ascii_digit())?;
    let (amount, rest) = text.split_at(digits);
    let is_spaced = rest.starts_with(' ');
    let rest = rest.trim_start();
    let word = rest.strip_prefix(words::MEASURE).map_or(rest, str::trim_start);
    if word.is_ascii() && !is_spaced {
        return None;
    }
    let word = word.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let (_, unit, times) = words::WORDS.iter().find(|(known, ..)| *known == word)?;
    Some(Period { amount: amount.parse::<u32>().ok()?.checked_mul(*times)?, unit: *unit })
}

/// What follows the `P`: years and months, or weeks and days, or hours, minutes and seconds, never across these groups.
fn parse_iso(text: &str) -> Option<Period> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) if !time.is_empty() => (date, time),
        Some(_) => return None,
        None => (text, ""),
    };
    match (date, time) {
        ("", time) => sum(time, &[('H', Unit::Hours, 3600), ('M', Unit::Minutes, 60), ('S', Unit::Seconds, 1)]),
        (date, "") if date.contains(['Y', 'M']) => sum(date, &[('Y', Unit::Months, 12), ('M', Unit::Months, 1)]),
        (date, "") => sum(date, &[('W', Unit::Days, 7), ('D', Unit::Days, 1)]),
        _ => None,
    }
}

/// Adds up the parts of one group, in the smallest unit that was written.
fn sum(mut text: &str, parts: &[(char, Unit, u32)]) -> Option<Period> {
    let mut total: u32 = 0;
    let mut smallest = None;
    for (letter, unit, weight) in parts {
        let Some((amount, rest)) = text.split_once(*letter) else { continue };
        if amount.is_empty() || !amount.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        total = total.checked_add(amount.parse::<u32>().ok()?.checked_mul(*weight)?)?;
        smallest = Some((*unit, *weight));
        text = rest;
    }
    let (unit, weight) = smallest.filter(|_| text.is_empty())?;
    let divisor = parts.iter().filter(|(_, same, _)| *same == unit).map(|(.., weight)| *weight).min().unwrap_or(weight);
    Some(Period { amount: total / divisor, unit })
}

#[cfg(test)]
mod tests;
