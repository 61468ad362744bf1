//! Durations as definitions write them: `8 working hours`, `3 个工作日`, `PT4H`.

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
