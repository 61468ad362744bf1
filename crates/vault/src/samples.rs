//! Fixed keys and places for the tests of this crate, the same as in the second implementation that the stored
//! vectors were computed with (Python's `cryptography`).

use uuid::Uuid;

use crate::{Binding, DataKey, Epoch, IndexKey, KEY_BYTES, KeyId, Payload, SealKey};

pub const KEY_ID: KeyId = KeyId(Uuid::from_bytes([0x11; 16]));
pub const RECORD: Uuid = Uuid::from_bytes([0x22; 16]);
pub const OWNER: Uuid = Uuid::from_bytes([0x55; 16]);

pub const MOBILE: Binding<'static> = Binding {
    workspace: "yuanshan",
    payload: Payload::Value,
    form: "customer",
    record: RECORD,
    field: "mobile",
    level: 1,
};

pub const EPOCH: Epoch<'static> = Epoch { workspace: "yuanshan", scope: "customer", number: 3 };

/// The bytes 0, 1, 2 … 31.
pub fn key_bytes() -> [u8; KEY_BYTES] {
    std::array::from_fn(|place| u8::try_from(place).unwrap())
}

/// A source that gives the same byte for ever.
pub fn constant(byte: u8) -> impl FnMut(&mut [u8]) {
    move |bytes| bytes.fill(byte)
}

/// A source that never gives the same bytes twice.
pub fn counting() -> impl FnMut(&mut [u8]) {
    let mut next = 0_u64;
    move |bytes| {
        next += 1;
        bytes.fill(0xa5);
        bytes[..8].copy_from_slice(&next.to_be_bytes());
    }
}

/// A source that gives exactly the sample key.
fn sample_key(bytes: &mut [u8]) {
    bytes.copy_from_slice(&key_bytes());
}

pub fn data_key() -> DataKey {
    DataKey::generate(KEY_ID, &mut sample_key).unwrap()
}

pub fn index_key() -> IndexKey {
    IndexKey::generate(KEY_ID, &mut sample_key).unwrap()
}

pub fn seal_key() -> SealKey {
    SealKey::generate(KEY_ID, &mut sample_key).unwrap()
}
