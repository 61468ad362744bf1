//! Mobile numbers of mainland China: eleven digits under the national numbering plan, 13x to 19x.

use super::{Error, all_digits};
use crate::fold;

/// Digits of a mobile number without its country code.
pub const DIGITS: usize = 11;
const COUNTRY_CODES: [&str; 2] = ["+86", "0086"];
const BARE_COUNTRY_CODE: &str = "86";

/// Accepts `13812341234`, `+86 138-1234-1234`, `0086…`; gives the eleven digits.
pub fn parse(text: &str) -> Result<String, Error> {
    let typed = fold::without_separators(text);
    let digits = without_country_code(&typed);
    all_digits(digits)?;
    if digits.len() != DIGITS {
        return Err(Error::Length);
    }
    match digits.as_bytes() {
        [b'1', b'3'..=b'9', ..] => Ok(digits.to_owned()),
        _ => Err(Error::Prefix),
    }
}

/// A number for demonstration data: a prefix such as `138`, and eight digits.
pub fn from_parts(prefix: &str, serial: u32) -> Result<String, Error> {
    parse(&format!("{prefix}{serial:08}"))
}

/// What follows the country code, or all of it. A number may end in 0086 or 8612, so that a search for its last four
/// digits is not taken for a country code.
pub(crate) fn without_country_code(typed: &str) -> &str {
    let coded = COUNTRY_CODES.iter().find_map(|code| typed.strip_prefix(code)).filter(|rest| !rest.is_empty());
    let bare = || typed.strip_prefix(BARE_COUNTRY_CODE).filter(|rest| rest.len() == DIGITS);
    coded.or_else(bare).unwrap_or(typed)
}
