//! Masks: what a person below a field's clearance sees of it.
//!
//! A mask fails closed: a value that does not parse as what the rule speaks of is masked whole, and a value masked
//! whole is four stars wide whatever its length. The rule promises how many characters stay ([`Rule`]); no input makes
//! a mask show more. The value in clear never leaves the server for a person who is shown the mask.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    fold,
    identifier::{bank_card, email, mobile, passport, resident_id},
};

mod address;
mod name;

/// What stands for a value of which nothing may be seen. Its width says nothing about the value.
pub const WHOLE: &str = "****";
/// Most characters that [`Rule::Keep`] may leave at either end.
pub const KEEP_MAX: u8 = 9;
/// Most stars in a row: a long text does not tell its length.
const STARS_MAX: usize = 12;
const STAR: char = '*';

/// Which part of a value stays visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The family name of a Chinese name, the first letter of each word of another.
    Name,
    /// The first three and the last four digits of a mobile number; the area code and last two of a landline.
    Mobile,
    /// The first three and last four characters of a resident id; the first and last two of a passport.
    Id,
    /// The first and last four digits of a bank card; the last four if it has fewer than sixteen.
    Card,
    /// The first letter, and the domain.
    Email,
    /// Province and city.
    Address,
    /// Nothing.
    All,
    /// So many characters at the beginning and at the end, written `3*4`.
    Keep {
        /// Characters that stay at the beginning.
        first: u8,
        /// Characters that stay at the end.
        last: u8,
    },
}

/// Masks a value by a rule.
///
/// ```
/// use vault::mask::{Rule, mask};
///
/// assert_eq!(mask(Rule::Mobile, "138 0000 1234"), "138****1234");
/// assert_eq!(mask(Rule::Mobile, "ask reception"), "****");
/// ```
pub fn mask(rule: Rule, value: &str) -> String {
    let value = fold::to_ascii_width(value);
    if fold::has_invisible(&value) {
        return WHOLE.to_owned();
    }
    let masked = match rule {
        Rule::Name => name::mask(&value),
        Rule::Mobile => mask_phone(&value),
        Rule::Id => mask_id(&value),
        Rule::Card => mask_card(&value),
        Rule::Email => mask_email(&value),
        Rule::Address => address::mask(&value),
        Rule::All => None,
        Rule::Keep { first, last } => keep(&value, first.into(), last.into()),
    };
    masked.unwrap_or_else(|| WHOLE.to_owned())
}

/// The text names no mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mask is name, mobile, id, card, email, address, all, or like 3*4")]
pub struct UnknownRule;

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        Ok(match text {
            "name" => Self::Name,
            "mobile" => Self::Mobile,
            "id" => Self::Id,
            "card" => Self::Card,
            "email" => Self::Email,
            "address" => Self::Address,
            "all" => Self::All,
            _ => {
                let (first, last) = text.split_once(STAR).ok_or(UnknownRule)?;
                match (kept(first)?, kept(last)?) {
                    (0, 0) => Self::All,
                    (first, last) => Self::Keep { first, last },
                }
            }
        })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Name => "name",
            Self::Mobile => "mobile",
            Self::Id => "id",
            Self::Card => "card",
            Self::Email => "email",
            Self::Address => "address",
            Self::All => "all",
            Self::Keep { first, last } => return write!(formatter, "{first}{STAR}{last}"),
        })
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

fn kept(text: &str) -> Result<u8, UnknownRule> {
    match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Ok(digit - b'0'),
        _ => Err(UnknownRule),
    }
}

/// Keeps both ends if at least half as many characters as stay are hidden: `3*4` hides four of a mobile number, and
/// hides a value of ten characters whole.
fn keep(value: &str, first: usize, last: usize) -> Option<String> {
    let length = value.chars().count();
    let hidden = length.checked_sub(first + last)?;
    if hidden == 0 || hidden * 2 < first + last {
        return None;
    }
    let beginning = value.chars().take(first);
    let end = value.chars().skip(length - last);
    Some(beginning.chain(stars(hidden)).chain(end).collect())
}

fn stars(hidden: usize) -> impl Iterator<Item = char> {
    std::iter::repeat_n(STAR, hidden.min(STARS_MAX))
}

fn mask_phone(value: &str) -> Option<String> {
    match mobile::parse(value) {
        Ok(number) => keep(&number, 3, 4),
        Err(_) => mask_landline(value),
    }
}

/// `021-62345678` keeps `021` and `78`.
fn mask_landline(value: &str) -> Option<String> {
    let digits = fold::without_separators(value);
    let area_digits = if matches!(digits.as_bytes(), [b'0', b'1' | b'2', ..]) { 3 } else { 4 };
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_landline = digits.starts_with('0') && !digits.starts_with("00") && all_digits;
    if !is_landline || !(7..=8).contains(&digits.len().checked_sub(area_digits)?) {
        return None;
    }
    let (area, number) = digits.split_at(area_digits);
    Some(format!("{area}-{}", keep(number, 0, 2)?))
}

fn mask_id(value: &str) -> Option<String> {
    match resident_id::parse(value) {
        Ok(number) => keep(&number, 3, 4),
        Err(_) => keep(&passport::parse(value).ok()?, 1, 2),
    }
}

/// Always in four groups: a card of nineteen digits and one of sixteen look alike.
fn mask_card(value: &str) -> Option<String> {
    const DIGITS_FOR_BOTH_ENDS: usize = 16;
    let number = bank_card::parse(value).ok()?;
    let beginning = if number.len() < DIGITS_FOR_BOTH_ENDS { WHOLE } else { &number[..4] };
    Some(format!("{beginning} {WHOLE} {WHOLE} {}", &number[number.len() - 4..]))
}

fn mask_email(value: &str) -> Option<String> {
    let address = email::parse(value).ok()?;
    let (local, domain) = address.split_once('@')?;
    let mut letters = local.chars();
    let first = letters.next()?;
    letters.next()?;
    Some(format!("{first}***@{domain}"))
}

#[cfg(test)]
mod tests;
