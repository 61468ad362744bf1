//! Wrapped keys: a key's name and bytes in an envelope of the key above it.

use std::{fmt, marker::PhantomData};

use uuid::Uuid;
use zeroize::Zeroizing;

use super::{KEY_BYTES, KeyId, Random, Secret};
use crate::{Error, Sealed, envelope};

const ID_BYTES: usize = 16;

/// A kind of key that another key wraps. Only this crate has such kinds. The purpose is authenticated: an index key never opens as a data key.
pub trait Wrap: Sized {
    #[doc(hidden)]
    const PURPOSE: &'static str;
    #[doc(hidden)]
    fn secret(&self) -> &Secret;
    #[doc(hidden)]
    fn from_secret(secret: Secret) -> Self;
}

/// A key as it is stored, wrapped by another.
pub struct Wrapped<K> {
    sealed: Sealed,
    kind: PhantomData<fn() -> K>,
}

impl<K> Wrapped<K> {
    /// Takes stored bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
        Sealed::from_bytes(bytes).map(|sealed| Self { sealed, kind: PhantomData })
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        self.sealed.as_bytes()
    }

    /// The bytes to store.
    pub fn into_bytes(self) -> Vec<u8> {
        self.sealed.into_bytes()
    }

    /// The key that wraps it.
    pub fn wrapped_by(&self) -> KeyId {
        self.sealed.key_id()
    }
}

impl<K: Wrap> Wrapped<K> {
    pub(super) fn seal(by: &Secret, place: &[u8], key: &K, random: &mut Random<'_>) -> Result<Self, Error> {
        let secret = key.secret();
        let mut named = Zeroizing::new([0; ID_BYTES + KEY_BYTES]);
        named[..ID_BYTES].copy_from_slice(secret.id.0.as_bytes());
        named[ID_BYTES..].copy_from_slice(&secret.bytes[..]);
        let sealed = envelope::seal(by, place, &named[..], random)?;
        Ok(Self { sealed, kind: PhantomData })
    }

    pub(super) fn open(&self, by: &Secret, place: &[u8]) -> Result<K, Error> {
        let named = envelope::open(by, place, &self.sealed)?;
        let (id, bytes) = named.split_at_checked(ID_BYTES).ok_or(Error::Refused)?;
        let id = Uuid::from_slice(id).map_err(|_| Error::Refused)?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if bytes.len() != KEY_BYTES {
            return Err(Error::Refused);
        }
        key.copy_from_slice(bytes);
        Ok(K::from_secret(Secret::new(KeyId(id), key)))
    }
}

impl<K> Clone for Wrapped<K> {
    fn clone(&self) -> Self {
        Self { sealed: self.sealed.clone(), kind: PhantomData }
    }
}

impl<K> PartialEq for Wrapped<K> {
    fn eq(&self, other: &Self) -> bool {
        self.sealed == other.sealed
    }
}

impl<K> Eq for Wrapped<K> {}

impl<K> fmt::Debug for Wrapped<K> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Wrapped({:?})", self.sealed)
    }
}
