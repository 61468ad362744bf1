//! The root key, on which all others hang.

use aws_lc_rs::hmac;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    KEY_BYTES, KeyId, Random, Secret,
    wrapped::{Wrap, Wrapped},
};
use crate::{Epoch, Error, envelope};

const ID_DOMAIN: &[u8] = b"chancery root key id";

/// The root key. It wraps the keys of registers and purposes and is stored nowhere that they are.
#[derive(Debug)]
pub struct RootKey(Secret);

/// A kind of key that the root wraps: [`KeyEncryptionKey`](super::KeyEncryptionKey), [`IndexKey`](super::IndexKey),
/// [`SealKey`](super::SealKey).
pub trait WrappedByRoot: Wrap {}

impl RootKey {
    /// Takes the key's bytes. All zero is the mark of a key that was never filled in, and refused.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Result<Self, Error> {
        Self::named_after_itself(Zeroizing::new(bytes))
    }

    /// Reads the key from the text of a key file: 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0; KEY_BYTES]);
        hex::decode_to_slice(text.trim(), &mut bytes[..]).map_err(|_| Error::NotAKey)?;
        Self::named_after_itself(bytes)
    }

    /// Makes a new key.
    pub fn generate(random: &mut Random<'_>) -> Result<Self, Error> {
        envelope::draw(random).map(Zeroizing::new).and_then(Self::named_after_itself)
    }

    /// The text to write into a key file. The one way a key leaves this crate in clear.
    pub fn expose_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(&self.0.bytes[..]))
    }

    /// The key's name, derived from the key: the wrong key file is noticed before anything is opened.
    pub const fn id(&self) -> KeyId {
        self.0.id
    }

    /// Wraps a key for its epoch.
    pub fn wrap<K: WrappedByRoot>(
        &self,
        key: &K,
        epoch: &Epoch<'_>,
        random: &mut Random<'_>,
    ) -> Result<Wrapped<K>, Error> {
        Wrapped::seal(&self.0, &epoch.encode(K::PURPOSE), key, random)
    }

    /// Opens a wrapped key of an epoch.
    pub fn open<K: WrappedByRoot>(&self, wrapped: &Wrapped<K>, epoch: &Epoch<'_>) -> Result<K, Error> {
        wrapped.open(&self.0, &epoch.encode(K::PURPOSE))
    }

    fn named_after_itself(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Result<Self, Error> {
        if bytes.iter().all(|&byte| byte == 0) {
            return Err(Error::NotAKey);
        }
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes[..]), ID_DOMAIN);
        let id = tag.as_ref()[..16].try_into().expect("an HMAC-SHA256 tag has 32 bytes");
        Ok(Self(Secret::new(KeyId(Uuid::from_bytes(id)), bytes)))
    }
}
