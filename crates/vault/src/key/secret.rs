//! What every key is inside: a name, thirty-two bytes that are wiped, and the cipher they make.

use std::fmt;

use uuid::Uuid;
use zeroize::Zeroizing;

use super::{KEY_BYTES, Random};
use crate::{
    Error,
    envelope::{self, Cipher},
};

/// Names a key without saying anything about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Uuid);

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A key of any kind. It is not exported: outside this crate a key has a kind.
pub struct Secret {
    pub(crate) id: KeyId,
    pub(crate) bytes: Zeroizing<[u8; KEY_BYTES]>,
    pub(crate) cipher: Cipher,
}

impl Secret {
    pub(crate) fn new(id: KeyId, bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        Self { id, cipher: Cipher::new(&bytes), bytes }
    }

    pub(crate) fn generate(id: KeyId, random: &mut Random<'_>) -> Result<Self, Error> {
        Ok(Self::new(id, Zeroizing::new(envelope::draw(random)?)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, <redacted>", self.id)
    }
}
