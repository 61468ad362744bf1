//! Mobile numbers of mainland China: eleven digits under the national numbering plan, 13x to 19x.

use super::{Error, all_digits};
use crate::fold;

/// Digits of a mobile number without its country code.
pub const DIGITS: usize = 11;
const SERIAL_MAX: u32 = 99_999_999;
const COUNTRY_CODES: [&str; 2] = ["+86", "0086"];
const BARE_COUNTRY_CODE: &str = "86";

/// Accepts `13812341234`, `+86 138-1234-1234`, `0086…`; gives the eleven digits.
pub fn parse(text: &str) -> Result<String, Error> {
    let digits = without_country_code(fold::without_separators(text));
    all_digits(&digits)?;
    if digits.len() != DIGITS {
        return Err(Error::Length);
    }
    match digits.as_bytes() {
        [b'1', b'3'..=b'9', ..] => Ok(digits),
        _ => Err(Error::Prefix),
    }
}

/// A number for demonstration data: a prefix such as `138`, and eight digits.
pub fn from_parts(prefix: &str, serial: u32) -> Result<String, Error> {
    if serial > SERIAL_MAX {
        return Err(Error::Length);
    }
    parse(&format!("{prefix}{serial:08}"))
}

fn without_country_code(digits: String) -> String {
    if let Some(rest) = COUNTRY_CODES.iter().find_map(|code| digits.strip_prefix(code)) {
        return rest.to_owned();
    }
    match digits.strip_prefix(BARE_COUNTRY_CODE) {
        Some(rest) if rest.len() == DIGITS => rest.to_owned(),
        _ => digits,
    }
}
