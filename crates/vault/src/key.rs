//! Keys: root, epoch, record. Each wraps the next, and none can be printed, compared by accident, or left in memory.
//!
//! ```text
//! RootKey                        from a file or the environment; kept nowhere else
//! ├─ KeyEncryptionKey            one for each register or purpose, and epoch
//! │   └─ DataKey                 one for each record and level: destroying it destroys the values
//! ├─ IndexKey                    blind indexes of a register
//! └─ SealKey                     row seals of a register
//! ```
//! To rotate, open under the old key and wrap under the new one. [`Wrapped::wrapped_by`] tells which are done, so a
//! rotation that was interrupted goes on where it stopped.

use aws_lc_rs::hkdf::{self, HKDF_SHA256};
use zeroize::Zeroizing;

use crate::{Binding, DataKeyPlace, Error, Plaintext, Sealed, envelope};

mod root;
mod secret;
mod wrapped;

pub use root::{RootKey, WrappedByRoot};
pub use secret::KeyId;
pub(crate) use secret::Secret;
use wrapped::Wrap;
pub use wrapped::Wrapped;

/// Bytes in every key.
pub const KEY_BYTES: usize = 32;

/// A source of randomness fit for keys, such as `&mut |bytes| rand::fill(bytes)`.
pub type Random<'a> = dyn FnMut(&mut [u8]) + 'a;

/// Declares a kind of key that is generated, named and wrapped. The purpose is authenticated when it is wrapped:
/// renaming one makes the keys of that kind unreadable.
macro_rules! key_kind {
    ($(#[$doc:meta])* $name:ident, $purpose:literal) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(pub(crate) Secret);

        impl $name {
            /// Makes a new key.
            pub fn generate(id: KeyId, random: &mut Random<'_>) -> Result<Self, Error> {
                Secret::generate(id, random).map(Self)
            }

            /// The key's name.
            pub const fn id(&self) -> KeyId {
                self.0.id
            }
        }

        impl Wrap for $name {
            const PURPOSE: &'static str = $purpose;

            fn secret(&self) -> &Secret {
                &self.0
            }

            fn from_secret(secret: Secret) -> Self {
                Self(secret)
            }
        }
    };
}

key_kind! {
    /// Wraps the data keys of a register or purpose during one epoch.
    KeyEncryptionKey, "key encryption"
}
key_kind! {
    /// Seals the payloads of one record at one level. When its wrapped form is destroyed, they are.
    DataKey, "data"
}
key_kind! {
    /// Makes the blind indexes of a register.
    IndexKey, "blind index"
}
key_kind! {
    /// Seals the rows of a register.
    SealKey, "row seal"
}

impl WrappedByRoot for KeyEncryptionKey {}
impl WrappedByRoot for IndexKey {}
impl WrappedByRoot for SealKey {}

impl KeyEncryptionKey {
    /// Wraps a data key for its place.
    pub fn wrap(
        &self,
        key: &DataKey,
        place: &DataKeyPlace<'_>,
        random: &mut Random<'_>,
    ) -> Result<Wrapped<DataKey>, Error> {
        Wrapped::seal(&self.0, &place.encode(DataKey::PURPOSE), key, random)
    }

    /// Opens the data key of a place.
    pub fn open(&self, wrapped: &Wrapped<DataKey>, place: &DataKeyPlace<'_>) -> Result<DataKey, Error> {
        wrapped.open(&self.0, &place.encode(DataKey::PURPOSE))
    }
}

impl DataKey {
    /// Seals a payload at its place. For a large file use a [`ChunkSealer`](crate::ChunkSealer).
    pub fn seal(&self, binding: &Binding<'_>, plaintext: &[u8], random: &mut Random<'_>) -> Result<Sealed, Error> {
        envelope::seal(&self.0, &binding.encode(), plaintext, random)
    }

    /// Opens a payload at its place.
    pub fn open(&self, binding: &Binding<'_>, sealed: &Sealed) -> Result<Plaintext, Error> {
        envelope::open(&self.0, &binding.encode(), sealed)
    }
}

/// Derives a key for one use by HKDF-SHA256. `usage` must be a canonical encoding.
pub(crate) fn derive(key: &Secret, salt: &[u8], usage: &[u8]) -> Zeroizing<[u8; KEY_BYTES]> {
    let mut derived = Zeroizing::new([0; KEY_BYTES]);
    hkdf::Salt::new(HKDF_SHA256, salt)
        .extract(&key.bytes[..])
        .expand(&[usage], HKDF_SHA256.hmac_algorithm())
        .and_then(|material| material.fill(&mut derived[..]))
        .expect("HKDF-SHA256 gives 32 bytes at once");
    derived
}

#[cfg(test)]
mod tests;
