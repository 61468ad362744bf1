//! Large files, sealed and opened as they pass: chunks of 64 KiB, each authenticated by itself.
//!
//! `version (1) · key id (16) · salt (32) · chunk · chunk · … · last chunk`, each chunk its bytes and a tag (16). A fresh
//! key is derived for every stream, and each chunk is bound to its number and to whether it is the last: chunks that
//! are cut off, repeated, reordered, or taken from another stream do not open. What has been released before a fault
//! is found is genuine, but may not be all: act on a file only after [`ChunkOpener::finish`], and wipe
//! what was opened when it is no longer needed.

use aws_lc_rs::aead::NONCE_LEN;
use zeroize::Zeroizing;

use crate::{
    Binding, DataKey, Error, Plaintext,
    canonical::{Frame, write, write_number},
    envelope::{self, Cipher},
    key::{self, KeyId, Random},
};

/// Bytes of a file in every chunk but the last.
pub const CHUNK_BYTES: usize = 64 * 1024;
/// Most chunks of a file: a terabyte.
pub const CHUNKS_MAX: u64 = 1 << 24;

const VERSION: u8 = 2;
const TAG: usize = 16;
const SALT: usize = 32;
const KEY_HEADER: usize = 17;
const HEADER: usize = KEY_HEADER + SALT;
const SEALED_CHUNK: usize = CHUNK_BYTES + TAG;

/// The length that a file of so many bytes has when it is sealed.
pub const fn sealed_length(bytes: u64) -> u64 {
    let chunks = if bytes == 0 { 1 } else { bytes.div_ceil(CHUNK_BYTES as u64) };
    HEADER as u64 + bytes + chunks * TAG as u64
}

/// Seals a file that arrives piece by piece.
pub struct ChunkSealer {
    stream: Stream,
    header: Option<[u8; HEADER]>,
    waiting: Zeroizing<Vec<u8>>,
}

impl ChunkSealer {
    /// Begins a stream at a place.
    pub fn new(key: &DataKey, binding: &Binding<'_>, random: &mut Random<'_>) -> Result<Self, Error> {
        let mut header = [0; HEADER];
        header[..KEY_HEADER].copy_from_slice(&envelope::header(VERSION, key.id()));
        header[KEY_HEADER..].copy_from_slice(&envelope::draw::<SALT>(random)?);
        let waiting = Zeroizing::new(Vec::with_capacity(CHUNK_BYTES));
        Ok(Self { stream: Stream::new(key, binding, &header), header: Some(header), waiting })
    }

    /// Takes the next piece, of any length, and appends what is ready to `out`.
    pub fn push(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        self.begin(out);
        while !piece.is_empty() {
            // A full chunk waits until it is known that another follows: only then is it not the last.
            if self.waiting.len() == CHUNK_BYTES {
                self.stream.seal(&self.waiting, Place::Inner, out)?;
                self.waiting.clear();
            }
            let (taken, rest) = piece.split_at(piece.len().min(CHUNK_BYTES - self.waiting.len()));
            self.waiting.extend_from_slice(taken);
            piece = rest;
        }
        Ok(())
    }

    /// Seals the last chunk.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        self.begin(out);
        self.stream.seal(&self.waiting, Place::Last, out)
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if let Some(header) = self.header.take() {
            out.extend_from_slice(&header);
        }
    }
}

/// Opens a file that arrives piece by piece.
pub struct ChunkOpener<'a> {
    key: &'a DataKey,
    binding: Binding<'a>,
    stream: Option<Stream>,
    waiting: Vec<u8>,
}

impl<'a> ChunkOpener<'a> {
    /// Begins to open a stream at a place.
    pub fn new(key: &'a DataKey, binding: Binding<'a>) -> Self {
        Self { key, binding, stream: None, waiting: Vec::with_capacity(SEALED_CHUNK) }
    }

    /// Takes the next piece, of any length, and appends what has been opened to `out`.
    pub fn push(&mut self, mut piece: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        while !piece.is_empty() {
            let wanted = if self.stream.is_some() { SEALED_CHUNK } else { HEADER };
            if self.waiting.len() == wanted {
                self.advance(out)?;
                continue;
            }
            let (taken, rest) = piece.split_at(piece.len().min(wanted - self.waiting.len()));
            self.waiting.extend_from_slice(taken);
            piece = rest;
        }
        Ok(())
    }

    /// Opens the last chunk. Only now is it certain that nothing was cut off.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        let Some(stream) = &mut self.stream else {
            return Err(Error::Truncated);
        };
        out.extend_from_slice(&stream.open(&self.waiting, Place::Last)?);
        Ok(())
    }

    /// More bytes follow what waits: it is the header, or a chunk that is not the last.
    fn advance(&mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        if let Some(stream) = &mut self.stream {
            out.extend_from_slice(&stream.open(&self.waiting, Place::Inner)?);
        } else {
            let header: &[u8; HEADER] = self.waiting.as_slice().try_into().expect("a whole header waits");
            if header[0] != VERSION {
                return Err(Error::Version(header[0]));
            }
            if header[..KEY_HEADER] != envelope::header(VERSION, self.key.id()) {
                return Err(Error::OtherKey);
            }
            self.stream = Some(Stream::new(self.key, &self.binding, header));
        }
        self.waiting.clear();
        Ok(())
    }
}

/// The key that a stream was sealed under, from its first bytes.
pub fn key_id(stream: &[u8]) -> Result<KeyId, Error> {
    match stream.first() {
        Some(&version) if version != VERSION => Err(Error::Version(version)),
        _ => {
            let id = stream.get(1..KEY_HEADER).ok_or(Error::Truncated)?;
            uuid::Uuid::from_slice(id).map(KeyId).map_err(|_| Error::Truncated)
        }
    }
}

#[derive(Clone, Copy)]
enum Place {
    Inner,
    Last,
}

/// What sealing and opening share: the stream's own key, and the number of the next chunk.
struct Stream {
    cipher: Cipher,
    number: u64,
}

impl Stream {
    /// The header and the place go into the key, so a stream opens nowhere else.
    fn new(key: &DataKey, binding: &Binding<'_>, header: &[u8; HEADER]) -> Self {
        let mut place = Vec::new();
        let mut sink = |bytes: &[u8]| place.extend_from_slice(bytes);
        write(Frame::Domain, b"chancery stream", &mut sink);
        write(Frame::Bytes, header, &mut sink);
        write(Frame::Bytes, &binding.encode(), &mut sink);
        let derived = key::derive(&key.0, &header[KEY_HEADER..], &place);
        Self { cipher: Cipher::new(&derived), number: 0 }
    }

    fn seal(&mut self, chunk: &[u8], place: Place, out: &mut Vec<u8>) -> Result<(), Error> {
        let (nonce, bound) = self.next(place)?;
        out.reserve(chunk.len() + TAG);
        let from = out.len();
        out.extend_from_slice(chunk);
        self.cipher.seal(nonce, &bound, out, from)
    }

    fn open(&mut self, chunk: &[u8], place: Place) -> Result<Plaintext, Error> {
        let (nonce, bound) = self.next(place)?;
        self.cipher.open(nonce, &bound, chunk)
    }

    /// The derived key is used for this stream only, so its number is a nonce that never repeats.
    fn next(&mut self, place: Place) -> Result<([u8; NONCE_LEN], Vec<u8>), Error> {
        if self.number == CHUNKS_MAX {
            return Err(Error::TooLarge);
        }
        let mut nonce = [0; NONCE_LEN];
        nonce[NONCE_LEN - 8..].copy_from_slice(&self.number.to_be_bytes());
        let mut bound = Vec::new();
        let mut sink = |bytes: &[u8]| bound.extend_from_slice(bytes);
        write_number(self.number, &mut sink);
        write_number(place as u64, &mut sink);
        self.number += 1;
        Ok((nonce, bound))
    }
}

#[cfg(test)]
mod tests;
