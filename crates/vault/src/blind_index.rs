//! Blind indexes: finding an encrypted value without opening it.
//!
//! A token is HMAC-SHA256 of the value in its one spelling, under a key derived for (register, field, search) from the
//! register's [`IndexKey`], cut to 16 bytes.
//!
//! What a token leaks. Whoever reads the database without the key sees which rows of a field hold equal values, how
//! often each occurs, which share their last four digits or beginning, and how many characters a name has up to
//! [`PREFIX_CHARACTERS_MAX`]. Values from a small set (a gender, a score) could be told apart by their frequency alone:
//! give such fields no index. Whoever also has the key can try every mobile number. Tokens do not die with a data key:
//! a destruction deletes them, and old backups of them are made mute by rotating the index key and destroying the old
//! one.

use std::fmt;

use aws_lc_rs::hmac;

use crate::{
    canonical::{Frame, write},
    fold,
    identifier::mobile,
    key::{self, IndexKey},
};

/// Bytes in a token.
pub const BLIND_INDEX_BYTES: usize = 16;
/// Longest beginning that can be searched for, in characters.
pub const PREFIX_CHARACTERS_MAX: usize = 16;
const LAST: usize = 4;

/// A token to store beside a ciphertext, and to search for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlindIndex([u8; BLIND_INDEX_BYTES]);

impl BlindIndex {
    /// Takes stored bytes.
    pub const fn from_bytes(bytes: [u8; BLIND_INDEX_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub const fn as_bytes(&self) -> &[u8; BLIND_INDEX_BYTES] {
        &self.0
    }
}

impl fmt::Debug for BlindIndex {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BlindIndex(<redacted>)")
    }
}

/// What is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column<'a> {
    /// The register.
    pub register: &'a str,
    /// The field.
    pub field: &'a str,
    /// How its values are brought to one spelling.
    pub spelling: Spelling,
}

/// How values are brought to one spelling before they are indexed or looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spelling {
    /// Digits only, without the country code of mainland China.
    Mobile,
    /// Without spaces and hyphens, in capitals: resident ids, cards, passports, codes.
    Identifier,
    /// Trimmed, full-width signs as ASCII, ASCII letters small.
    Text,
}

/// A way to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Search {
    /// The whole value.
    Exact,
    /// Its last four characters.
    Last4,
    /// Its beginning, of one to [`PREFIX_CHARACTERS_MAX`] characters.
    Prefix,
}

impl Search {
    /// Part of the derived key: renaming one makes its tokens unfindable.
    const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Last4 => "last4",
            Self::Prefix => "prefix",
        }
    }
}

impl IndexKey {
    /// The tokens to store for a value: none if there is nothing to find it by.
    pub fn entries(&self, column: &Column<'_>, search: Search, value: &str) -> Vec<BlindIndex> {
        let value = column.spelling.of(value);
        let key = self.column_key(column, search);
        let ends = || value.char_indices().map(|(start, c)| start + c.len_utf8());
        match search {
            Search::Exact => (!value.is_empty()).then(|| token(&key, &value)).into_iter().collect(),
            Search::Last4 => last_four(&value).map(|last| token(&key, last)).into_iter().collect(),
            Search::Prefix => ends().take(PREFIX_CHARACTERS_MAX).map(|end| token(&key, &value[..end])).collect(),
        }
    }

    /// The token to look for: none if what was typed can find nothing this way.
    pub fn query(&self, column: &Column<'_>, search: Search, typed: &str) -> Option<BlindIndex> {
        let typed = column.spelling.of(typed);
        let characters = typed.chars().count();
        let can_find = match search {
            Search::Exact => characters > 0,
            Search::Last4 => characters == LAST,
            Search::Prefix => (1..=PREFIX_CHARACTERS_MAX).contains(&characters),
        };
        can_find.then(|| token(&self.column_key(column, search), &typed))
    }

    fn column_key(&self, column: &Column<'_>, search: Search) -> hmac::Key {
        let mut usage = Vec::new();
        let mut sink = |bytes: &[u8]| usage.extend_from_slice(bytes);
        write(Frame::Domain, b"chancery blind index", &mut sink);
        write(Frame::Text, column.register.as_bytes(), &mut sink);
        write(Frame::Text, column.field.as_bytes(), &mut sink);
        write(Frame::Text, search.name().as_bytes(), &mut sink);
        hmac::Key::new(hmac::HMAC_SHA256, &key::derive(&self.0, &[], &usage)[..])
    }
}

impl Spelling {
    fn of(self, value: &str) -> String {
        match self {
            Self::Mobile => {
                let typed = fold::without_separators(value);
                mobile::without_country_code(&typed).chars().filter(char::is_ascii_digit).collect()
            }
            Self::Identifier => fold::without_separators(value).to_ascii_uppercase(),
            Self::Text => fold::to_ascii_width(value).to_ascii_lowercase(),
        }
    }
}

fn last_four(value: &str) -> Option<&str> {
    value.char_indices().rev().nth(LAST - 1).map(|(start, _)| &value[start..])
}

fn token(key: &hmac::Key, value: &str) -> BlindIndex {
    let tag = hmac::sign(key, value.as_bytes());
    BlindIndex(tag.as_ref()[..BLIND_INDEX_BYTES].try_into().expect("an HMAC-SHA256 tag has 32 bytes"))
}

#[cfg(test)]
mod tests;
