//! Row seals: finding what was changed behind the application's back.
//!
//! Each ciphertext is already bound to its place; the seal binds them to one another and to what stands beside them in
//! clear. A level lowered, an owner exchanged, a value put back from last year, a cell deleted: the seal breaks.
//! A whole row put back together with its old seal is found by the audit log, which holds the seal's digest.

use std::fmt;

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use uuid::Uuid;

use crate::{
    Error,
    canonical::{Frame, write, write_number},
    key::{KeyId, SealKey},
};

const VERSION: u8 = 1;
const KEY_ID: usize = 16;
const MAC: usize = 32;
const SEAL: usize = 1 + KEY_ID + MAC;

/// What a seal covers.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The workspace.
    pub workspace: &'a str,
    /// The register.
    pub form: &'a str,
    /// The record.
    pub record: Uuid,
    /// Counts its changes.
    pub revision: u64,
    /// Whose record it is, on which rights depend.
    pub owner: Option<Uuid>,
    /// Its values as they are stored, in any order.
    pub cells: &'a [Cell<'a>],
}

/// A value as it is stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell<'a> {
    /// The field.
    pub field: &'a str,
    /// The sensitivity, 0 to 3.
    pub level: u8,
    /// The ciphertext; for a field of level 0, the value.
    pub stored: &'a [u8],
}

/// Cells of level 0 hold values, so none of them is printed.
impl fmt::Debug for Cell<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Cell({}, L{}, {} bytes)", self.field, self.level, self.stored.len())
    }
}

/// A seal as it is stored: `version (1) · key id (16) · MAC (32)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSeal([u8; SEAL]);

impl RowSeal {
    /// Takes stored bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        match bytes.first() {
            Some(&version) if version != VERSION => Err(Error::Version(version)),
            _ => bytes.try_into().map(Self).map_err(|_| Error::Truncated),
        }
    }

    /// The bytes to store.
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The key it was made with.
    pub fn key_id(&self) -> KeyId {
        let id: [u8; KEY_ID] = self.0[1..=KEY_ID].try_into().expect("the key id has 16 bytes");
        KeyId(Uuid::from_bytes(id))
    }
}

impl SealKey {
    /// Seals a row.
    pub fn seal(&self, row: &Row<'_>) -> RowSeal {
        let mut seal = [VERSION; SEAL];
        seal[1..=KEY_ID].copy_from_slice(self.id().0.as_bytes());
        seal[1 + KEY_ID..].copy_from_slice(self.mac(row).as_ref());
        RowSeal(seal)
    }

    /// Checks that a row is what was sealed.
    pub fn verify(&self, row: &Row<'_>, seal: &RowSeal) -> Result<(), Error> {
        if seal.key_id() != self.id() {
            return Err(Error::OtherKey);
        }
        verify_slices_are_equal(self.seal(row).as_bytes(), seal.as_bytes()).map_err(|_| Error::Refused)
    }

    fn mac(&self, row: &Row<'_>) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &self.0.bytes[..]));
        let mut sink = |bytes: &[u8]| context.update(bytes);
        write(Frame::Domain, b"chancery row seal", &mut sink);
        write(Frame::Text, row.workspace.as_bytes(), &mut sink);
        write(Frame::Text, row.form.as_bytes(), &mut sink);
        write(Frame::Bytes, row.record.as_bytes(), &mut sink);
        write_number(row.revision, &mut sink);
        match row.owner {
            Some(owner) => write(Frame::Bytes, owner.as_bytes(), &mut sink),
            None => write(Frame::Absent, &[], &mut sink),
        }
        let mut cells: Vec<&Cell<'_>> = row.cells.iter().collect();
        cells.sort_unstable();
        write(Frame::List, &(cells.len() as u64).to_be_bytes(), &mut sink);
        for cell in cells {
            write(Frame::Text, cell.field.as_bytes(), &mut sink);
            write_number(cell.level.into(), &mut sink);
            write(Frame::Bytes, cell.stored, &mut sink);
        }
        context.sign()
    }
}

#[cfg(test)]
mod tests;
