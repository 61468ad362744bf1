//! Numbers that carry their own proof: mobile numbers, resident ids, bank cards, credit codes.
//!
//! Each module has `parse`, which accepts what people type (spaces, hyphens, full-width digits, small letters) and
//! gives back the one spelling that is stored, indexed and masked; and a generator for demonstration data. A date is
//! checked to exist, not to lie in the past: this crate knows no clock.

pub mod bank_card;
pub mod email;
pub mod mobile;
pub mod passport;
pub mod resident_id;
pub mod uscc;

/// Why a text is not such an identifier. It never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It has too few or too many characters.
    #[error("wrong length")]
    Length,
    /// A character has no place in it.
    #[error("unexpected character")]
    Character,
    /// Its beginning is not one that is given out.
    #[error("unknown prefix")]
    Prefix,
    /// The date within does not exist.
    #[error("no such date")]
    Date,
    /// The check digit does not fit the rest: most often a slip of the finger.
    #[error("check digit does not fit")]
    CheckDigit,
}

/// The value of an ASCII digit.
fn digit(byte: u8) -> u32 {
    u32::from(byte - b'0')
}

fn all_digits(text: &str) -> Result<(), Error> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { Ok(()) } else { Err(Error::Character) }
}

#[cfg(test)]
mod tests;
