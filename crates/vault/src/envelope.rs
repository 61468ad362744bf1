//! The envelope: AES-256-GCM with everything needed to open it later, whoever provides the key.
//!
//! `version (1) · key id (16) · nonce (12) · ciphertext · tag (16)`. Version and key id are authenticated together with
//! the place, so that neither can be rewritten. Nonces are random: a key must seal fewer than 2^32 payloads, which a
//! key of one record and level, or of one register and epoch, does.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use uuid::Uuid;
use zeroize::Zeroize;

use crate::{
    Error, Plaintext,
    key::{KEY_BYTES, KeyId, Random, Secret},
};

const VERSION: u8 = 1;
const KEY_ID: usize = 16;
const TAG: usize = 16;
const HEADER: usize = 1 + KEY_ID;
const BODY_FROM: usize = HEADER + NONCE_LEN;

/// Bytes that an envelope is longer than what it holds.
pub const ENVELOPE_OVERHEAD: usize = BODY_FROM + TAG;

/// An envelope as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes stored bytes; that they are an envelope of a known version is checked here, all else when it is opened.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Error> {
        match bytes.first() {
            None => Err(Error::Truncated),
            Some(&version) if version != VERSION => Err(Error::Version(version)),
            Some(_) if bytes.len() < ENVELOPE_OVERHEAD => Err(Error::Truncated),
            Some(_) => Ok(Self(bytes)),
        }
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to store.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The key it was sealed under. Trust it only to find the key: opening is what proves it.
    pub fn key_id(&self) -> KeyId {
        let id: [u8; KEY_ID] = self.0[1..HEADER].try_into().expect("from_bytes checked the length");
        KeyId(Uuid::from_bytes(id))
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Sealed({} bytes under {})", self.0.len(), self.key_id())
    }
}

/// The version and key id, with which every envelope and stream begins.
pub(crate) fn header(version: u8, key: KeyId) -> [u8; HEADER] {
    let mut header = [version; HEADER];
    header[1..].copy_from_slice(key.0.as_bytes());
    header
}

/// AES-256-GCM under one key.
pub(crate) struct Cipher(LessSafeKey);

impl Cipher {
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        Self(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key is as long as AES-256 wants it")))
    }

    /// Seals what the buffer holds from `from` on, and appends the tag.
    pub fn seal(&self, nonce: [u8; NONCE_LEN], place: &[u8], buffer: &mut Vec<u8>, from: usize) -> Result<(), Error> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let Ok(tag) = self.0.seal_in_place_separate_tag(nonce, Aad::from(place), &mut buffer[from..]) else {
            buffer[from..].zeroize();
            return Err(Error::TooLarge);
        };
        buffer.extend_from_slice(tag.as_ref());
        Ok(())
    }

    pub fn open(&self, nonce: [u8; NONCE_LEN], place: &[u8], sealed: &[u8]) -> Result<Plaintext, Error> {
        let mut buffer = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        let length = self.0.open_in_place(nonce, Aad::from(place), &mut buffer).map_err(|_| Error::Refused)?.len();
        buffer.truncate(length);
        Ok(Plaintext::new(buffer))
    }
}

/// Seals a payload at a place.
pub(crate) fn seal(key: &Secret, place: &[u8], plaintext: &[u8], random: &mut Random<'_>) -> Result<Sealed, Error> {
    let nonce = draw(random)?;
    let header = header(VERSION, key.id);
    let mut envelope = Vec::with_capacity(plaintext.len() + ENVELOPE_OVERHEAD);
    envelope.extend_from_slice(&header);
    envelope.extend_from_slice(&nonce);
    envelope.extend_from_slice(plaintext);
    key.cipher.seal(nonce, &[&header, place].concat(), &mut envelope, BODY_FROM)?;
    Ok(Sealed(envelope))
}

/// Opens a payload at a place.
pub(crate) fn open(key: &Secret, place: &[u8], sealed: &Sealed) -> Result<Plaintext, Error> {
    if sealed.key_id() != key.id {
        return Err(Error::OtherKey);
    }
    let (head, body) = sealed.0.split_at(BODY_FROM);
    let (header, nonce) = head.split_at(HEADER);
    let nonce = nonce.try_into().expect("the head was split there");
    key.cipher.open(nonce, &[header, place].concat(), body)
}

/// Random bytes. A source that leaves them untouched would make every nonce and key the same, so it is refused.
pub(crate) fn draw<const LENGTH: usize>(random: &mut Random<'_>) -> Result<[u8; LENGTH], Error> {
    let mut bytes = [0; LENGTH];
    random(&mut bytes);
    if bytes.iter().all(|&byte| byte == 0) { Err(Error::NoRandomness) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
