//! Digests: SHA-256 over a canonical encoding.
//!
//! An approval is bound to one, a definition version is named by one, an event names a payload by one. Two different
//! rows of values never share an encoding, so a digest says exactly which values were meant.
//!
//! A digest of a mobile number can be turned back by trying them all: where a digest outlives the value or is seen by
//! more people, digest the ciphertext.

use std::{fmt, str::FromStr};

use aws_lc_rs::digest::{Context, SHA256, digest};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::canonical::{self, Frame};

/// Bytes in a digest.
pub const DIGEST_BYTES: usize = 32;

/// A SHA-256 digest; shown, stored in text, and exchanged as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; DIGEST_BYTES]);

impl Digest {
    /// The digest of these bytes as they are, as `sha256sum` prints it.
    pub fn of(bytes: &[u8]) -> Self {
        Self::copied(digest(&SHA256, bytes).as_ref())
    }

    /// A digest that was computed before.
    pub const fn from_bytes(bytes: [u8; DIGEST_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, for storage.
    pub const fn as_bytes(&self) -> &[u8; DIGEST_BYTES] {
        &self.0
    }

    /// The form people compare by eye: `8f3a 02d1 … c21e`.
    pub fn short(&self) -> String {
        let text = self.to_string();
        format!("{} {} … {}", &text[..4], &text[4..8], &text[60..])
    }

    fn copied(bytes: &[u8]) -> Self {
        Self(bytes.try_into().expect("SHA-256 gives 32 bytes"))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Digest({self})")
    }
}

/// The text is not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 64 hexadecimal digits")]
pub struct NotADigest;

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, NotADigest> {
        let mut bytes = [0; DIGEST_BYTES];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| NotADigest)?;
        Ok(Self(bytes))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// Digests bytes as they pass: the same as [`Digest::of`] of all of them, however they were cut into pieces.
#[derive(Clone)]
pub struct DigestStream(Context);

impl DigestStream {
    /// Begins with no bytes.
    pub fn begin() -> Self {
        Self(Context::new(&SHA256))
    }

    /// Adds the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes.
    pub fn finish(self) -> Digest {
        Digest::copied(self.0.finish().as_ref())
    }
}

impl fmt::Debug for DigestStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DigestStream(<redacted>)")
    }
}

/// Digests a row of values, each framed by its kind and length.
///
/// ```
/// use vault::{Digest, Digester};
///
/// let approved: Digest = Digester::new("approval").text("manager").number(5_000).finish();
/// let changed = Digester::new("approval").text("manager").number(5_001).finish();
/// assert_ne!(approved, changed);
/// ```
#[derive(Clone)]
pub struct Digester(Context);

impl Digester {
    /// Begins a digest. The domain says what is digested, so that digests of different things never meet.
    pub fn new(domain: &str) -> Self {
        let mut digester = Self(Context::new(&SHA256));
        digester.frame(Frame::Domain, domain.as_bytes());
        digester
    }

    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.frame(Frame::Bytes, bytes)
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.frame(Frame::Text, text.as_bytes())
    }

    /// Adds a text that may be absent; absent and empty differ.
    pub fn optional_text(&mut self, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(text),
            None => self.absent(),
        }
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        canonical::write_number(number, &mut |bytes| self.0.update(bytes));
        self
    }

    /// Adds another digest.
    pub fn digest(&mut self, digest: &Digest) -> &mut Self {
        self.frame(Frame::Digest, digest.as_bytes())
    }

    /// Says that a value is absent.
    pub fn absent(&mut self) -> &mut Self {
        self.frame(Frame::Absent, &[])
    }

    /// Announces that a list of so many items follows, so that an item never slides into the neighbouring list.
    pub fn list(&mut self, length: usize) -> &mut Self {
        self.frame(Frame::List, &(length as u64).to_be_bytes())
    }

    /// The digest of all that was added so far.
    pub fn finish(&self) -> Digest {
        Digest::copied(self.0.clone().finish().as_ref())
    }

    fn frame(&mut self, frame: Frame, bytes: &[u8]) -> &mut Self {
        canonical::write(frame, bytes, &mut |bytes| self.0.update(bytes));
        self
    }
}

impl fmt::Debug for Digester {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Digester(<redacted>)")
    }
}

#[cfg(test)]
mod tests;
