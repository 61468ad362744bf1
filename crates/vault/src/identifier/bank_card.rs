//! Bank card numbers by ISO/IEC 7812-1 (GB/T 14504): twelve to nineteen digits, the last by Luhn's formula.
//!
//! Older domestic cards that begin with 9 were numbered by their banks without the formula; they are let through.

use super::{Error, all_digits, digit};
use crate::fold;

/// Fewest and most digits of a number.
pub const DIGITS: std::ops::RangeInclusive<usize> = 12..=19;
const DOMESTIC: char = '9';
const UNASSIGNED: char = '0';

/// Accepts digits, grouped by spaces or hyphens or not; gives the digits.
pub fn parse(text: &str) -> Result<String, Error> {
    let number = fold::without_separators(text);
    all_digits(&number)?;
    if !DIGITS.contains(&number.len()) {
        return Err(Error::Length);
    }
    if number.starts_with(UNASSIGNED) {
        return Err(Error::Prefix);
    }
    if number.starts_with(DOMESTIC) || luhn_sum(&number).is_multiple_of(10) {
        Ok(number)
    } else {
        Err(Error::CheckDigit)
    }
}

/// A number for demonstration data: these digits, and the one that makes them pass.
pub fn with_check_digit(body: &str) -> Result<String, Error> {
    all_digits(body)?;
    let check = (10 - luhn_sum(&format!("{body}0")) % 10) % 10;
    parse(&format!("{body}{check}"))
}

fn luhn_sum(number: &str) -> u32 {
    let doubled = |value: u32| if value > 4 { value * 2 - 9 } else { value * 2 };
    let values = number.bytes().rev().map(digit).enumerate();
    values.map(|(place, value)| if place % 2 == 1 { doubled(value) } else { value }).sum()
}
