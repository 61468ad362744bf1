//! The words that stand for a unit in definitions. They are data that is parsed, not text for people.

use super::Unit;

/// A word, its unit, and how many of the unit one of it is.
pub(super) const WORDS: &[(&str, Unit, u32)] = &[
    ("second", Unit::Seconds, 1),
    ("seconds", Unit::Seconds, 1),
    ("minute", Unit::Minutes, 1),
    ("minutes", Unit::Minutes, 1),
    ("hour", Unit::Hours, 1),
    ("hours", Unit::Hours, 1),
    ("day", Unit::Days, 1),
    ("days", Unit::Days, 1),
    ("week", Unit::Days, 7),
    ("weeks", Unit::Days, 7),
    ("month", Unit::Months, 1),
    ("months", Unit::Months, 1),
    ("year", Unit::Months, 12),
    ("years", Unit::Months, 12),
    ("working hour", Unit::WorkingHours, 1),
    ("working hours", Unit::WorkingHours, 1),
    ("working day", Unit::WorkingDays, 1),
    ("working days", Unit::WorkingDays, 1),
    ("秒", Unit::Seconds, 1),
    ("秒钟", Unit::Seconds, 1),
    ("分", Unit::Minutes, 1),
    ("分钟", Unit::Minutes, 1),
    ("小时", Unit::Hours, 1),
    ("天", Unit::Days, 1),
    ("日", Unit::Days, 1),
    ("周", Unit::Days, 7),
    ("月", Unit::Months, 1),
    ("年", Unit::Months, 12),
    ("工作小时", Unit::WorkingHours, 1),
    ("工作日", Unit::WorkingDays, 1),
    ("工作天", Unit::WorkingDays, 1),
];

/// The measure word that may stand between the number and the unit: three 个 working days.
pub(super) const MEASURE: &str = "个";
