//! Citizen identification numbers by GB 11643-1999, and the permits that share their form: residence permits of
//! people from Hong Kong (81), Macao (82) and Taiwan (83), and the foreign permanent resident's card of 2023 (9).

use super::{Error, all_digits, digit};
use crate::fold;

/// Characters of a number, check digit included.
pub const LENGTH: usize = 18;
const WEIGHTS: [u32; LENGTH - 1] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS: &[u8; 11] = b"10X98765432";
/// First two digits by GB/T 2260: the provinces.
const PROVINCES: [&str; 32] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
];
const PERMITS: [&str; 3] = ["810000", "820000", "830000"];
const FOREIGNER: &str = "9";
const YEARS: std::ops::RangeInclusive<u32> = 1850..=2199;
const SEQUENCE_MAX: u16 = 999;

/// A day in the calendar, for [`with_check_digit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birthday {
    /// Four digits.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Accepts eighteen characters, the last a digit or `X`; gives them with a capital `X`.
pub fn parse(text: &str) -> Result<String, Error> {
    let number = fold::without_separators(text).to_ascii_uppercase();
    if number.chars().count() != LENGTH {
        return Err(Error::Length);
    }
    let (body, check) = number.split_at_checked(LENGTH - 1).ok_or(Error::Character)?;
    all_digits(body)?;
    if !matches!(check.as_bytes(), [b'0'..=b'9' | b'X']) {
        return Err(Error::Character);
    }
    check_region(body)?;
    check_date(&body[6..14])?;
    if check.as_bytes() == [check_digit(body)] { Ok(number) } else { Err(Error::CheckDigit) }
}

/// A number for demonstration data, from a division of six digits (`310104`), a birthday and a sequence number whose
/// last digit is odd for men and even for women.
pub fn with_check_digit(division: &str, birthday: Birthday, sequence: u16) -> Result<String, Error> {
    if division.len() != 6 || sequence > SEQUENCE_MAX {
        return Err(Error::Length);
    }
    let Birthday { year, month, day } = birthday;
    let body = format!("{division}{year:04}{month:02}{day:02}{sequence:03}");
    if body.len() != LENGTH - 1 {
        return Err(Error::Date);
    }
    all_digits(&body)?;
    parse(&format!("{body}{}", char::from(check_digit(&body))))
}

/// ISO 7064 MOD 11-2, as the standard lays down.
fn check_digit(body: &str) -> u8 {
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(byte, weight)| digit(byte) * weight).sum();
    CHECK_DIGITS[(sum % 11) as usize]
}

fn check_region(body: &str) -> Result<(), Error> {
    let province = match body.strip_prefix(FOREIGNER) {
        Some(rest) => &rest[..2],
        None => &body[..2],
    };
    let known = PROVINCES.contains(&province) || PERMITS.contains(&&body[..6]);
    if known { Ok(()) } else { Err(Error::Prefix) }
}

fn check_date(date: &str) -> Result<(), Error> {
    let number = |part: &str| part.bytes().fold(0, |number, byte| number * 10 + digit(byte));
    let (year, month, day) = (number(&date[..4]), number(&date[4..6]), number(&date[6..]));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return Err(Error::Date),
    };
    if YEARS.contains(&year) && (1..=days).contains(&day) { Ok(()) } else { Err(Error::Date) }
}
