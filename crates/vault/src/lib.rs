//! Keys, envelopes, masks, blind indexes, digests and identifiers: bytes in, bytes out.
//!
//! Nothing here reads a clock, draws randomness, or touches a file: a caller who seals passes the source of
//! randomness in ([`Random`]). Whatever holds a key or a plaintext is wiped when it is dropped and prints as
//! `<redacted>`, so that no personal value reaches a log through this crate.

mod canonical;
pub mod digest;
mod fold;
pub mod identifier;
pub mod mask;

pub use digest::{Digest, Digester};
pub use mask::mask;
