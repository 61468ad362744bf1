//! Keys, envelopes, masks, blind indexes, digests and identifiers: bytes in, bytes out.
//!
//! Nothing here reads a clock, draws randomness, or touches a file: a caller who seals passes the source of
//! randomness in ([`Random`]). Whatever holds a key or a plaintext is wiped when it is dropped and prints as
//! `<redacted>`, so that no personal value reaches a log through this crate.
//!
//! The way of a value: a [`RootKey`] opens the [`KeyEncryptionKey`] of a register and epoch, that opens the
//! [`DataKey`] of a record and level, and that seals the value at its place ([`Binding`]).

mod binding;
mod blind_index;
mod canonical;
pub mod chunk;
pub mod digest;
mod envelope;
mod fold;
pub mod identifier;
pub mod key;
pub mod mask;
mod plaintext;
#[cfg(test)]
mod samples;
mod seal;
pub mod webhook;

pub use binding::{Binding, DataKeyPlace, Epoch, Payload};
pub use blind_index::{BLIND_INDEX_BYTES, BlindIndex, Column, PREFIX_CHARACTERS_MAX, Search, Spelling};
pub use chunk::{ChunkOpener, ChunkSealer};
pub use digest::{Digest, DigestStream, Digester};
pub use envelope::{ENVELOPE_OVERHEAD, Sealed};
pub use key::{DataKey, IndexKey, KEY_BYTES, KeyEncryptionKey, KeyId, Random, RootKey, SealKey, Wrapped};
pub use mask::mask;
pub use plaintext::Plaintext;
pub use seal::{Cell, Row, RowSeal};
pub use webhook::WebhookSecret;

/// Why bytes were not opened, or nothing was sealed. No variant says more about a ciphertext than its own header does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There are fewer bytes than the shortest envelope has.
    #[error("the envelope is cut short")]
    Truncated,
    /// The envelope was written by a newer program, or is none.
    #[error("unknown envelope version {0}")]
    Version(u8),
    /// The header names a key other than the one at hand.
    #[error("sealed under another key")]
    OtherKey,
    /// The bytes, the key or the place are not those that were sealed; which of them is not told.
    #[error("the bytes do not open at this place")]
    Refused,
    /// A key is 32 bytes, in text 64 hexadecimal digits, and not all zero.
    #[error("not a key")]
    NotAKey,
    /// The source of randomness left the bytes as they were.
    #[error("the source of randomness gave nothing")]
    NoRandomness,
    /// More than the cipher may carry under one key.
    #[error("too much for one stream")]
    TooLarge,
}
