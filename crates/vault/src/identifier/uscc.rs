//! Unified social credit codes of organisations by GB 32100-2015: eighteen characters without I, O, S, V, Z.

use super::Error;
use crate::fold;

/// Characters of a code, check character included.
pub const LENGTH: usize = 18;
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// The registering department, first character: 1 to 9, A (military), N (agriculture), Y (others).
const DEPARTMENTS: &[u8] = b"123456789ANY";
const DIVISION: std::ops::Range<usize> = 2..8;

/// Accepts eighteen letters and digits of either case; gives them in capitals.
pub fn parse(text: &str) -> Result<String, Error> {
    let code = fold::without_separators(text).to_ascii_uppercase();
    if code.chars().count() != LENGTH {
        return Err(Error::Length);
    }
    let (body, check) = code.split_at_checked(LENGTH - 1).ok_or(Error::Character)?;
    let expected = check_character(body)?;
    position(check.as_bytes()[0])?;
    if !DEPARTMENTS.contains(&code.as_bytes()[0]) {
        return Err(Error::Prefix);
    }
    if !code.as_bytes()[DIVISION].iter().all(u8::is_ascii_digit) {
        return Err(Error::Character);
    }
    if check.as_bytes() == [expected] { Ok(code) } else { Err(Error::CheckDigit) }
}

/// A code for demonstration data: these seventeen characters, and the one that makes them pass.
pub fn with_check_digit(body: &str) -> Result<String, Error> {
    if body.len() != LENGTH - 1 {
        return Err(Error::Length);
    }
    let check = check_character(body)?;
    parse(&format!("{body}{}", char::from(check)))
}

fn check_character(body: &str) -> Result<u8, Error> {
    let mut weight = 1;
    let mut sum = 0;
    for byte in body.bytes() {
        sum += position(byte)? * weight;
        weight = weight * 3 % ALPHABET.len();
    }
    Ok(ALPHABET[(ALPHABET.len() - sum % ALPHABET.len()) % ALPHABET.len()])
}

fn position(byte: u8) -> Result<usize, Error> {
    ALPHABET.iter().position(|&letter| letter == byte).ok_or(Error::Character)
}
