//! Passport and travel permit numbers: one or two letters, then seven or eight digits. They carry no check digit.

use super::{Error, all_digits};
use crate::fold;

/// Accepts `e12345678`; gives it in capitals.
pub fn parse(text: &str) -> Result<String, Error> {
    let number = fold::without_separators(text).to_ascii_uppercase();
    let digits = number.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    all_digits(digits)?;
    match (number.len() - digits.len(), digits.len()) {
        (0, _) => Err(Error::Prefix),
        (1 | 2, 7 | 8) => Ok(number),
        _ => Err(Error::Length),
    }
}
