//! The values of a request: readable for the length of a decision, elsewhere only named by their digest.

use std::{collections::BTreeMap, fmt};

use definition::{model::FieldValues, value::Value};
use vault::Digest;

/// How many bytes of chance keep a digest from being guessed.
pub const SALT_BYTES: usize = 16;

/// The frozen values of a request.
///
/// The salt is drawn once for a case and kept with the values, inside their encryption: once both are erased, no
/// digest in an event lets anybody test a guess about what the values were.
#[derive(Clone, PartialEq)]
pub struct Submission {
    salt: [u8; SALT_BYTES],
    values: FieldValues,
    kept: Kept,
    digest: Digest,
}

/// Values beside the request's own: case variables by name, the items of each `each` by its run.
pub type Kept = BTreeMap<String, Value>;

impl Submission {
    /// Freezes values.
    pub fn new(salt: [u8; SALT_BYTES], values: FieldValues) -> Self {
        Self::with(salt, values, Kept::new())
    }

    /// Freezes values as they were stored.
    pub fn with(salt: [u8; SALT_BYTES], values: FieldValues, kept: Kept) -> Self {
        let digest = crate::binding::values_digest(&salt, &values, &kept);
        Self { salt, values, kept, digest }
    }

    /// The same with other values of the request. The salt stays: what did not change keeps its digest.
    #[must_use]
    pub fn changed(&self, values: FieldValues) -> Self {
        Self::with(self.salt, values, self.kept.clone())
    }

    /// The same with these values kept beside the request's own.
    #[must_use]
    pub fn keeping(&self, more: Kept) -> Self {
        let mut kept = self.kept.clone();
        kept.extend(more);
        Self::with(self.salt, self.values.clone(), kept)
    }

    /// What keeps the digest from being guessed; to be stored encrypted, beside the values.
    pub const fn salt(&self) -> &[u8; SALT_BYTES] {
        &self.salt
    }

    /// The values by field.
    pub const fn values(&self) -> &FieldValues {
        &self.values
    }

    /// Values beside the request's own.
    pub const fn kept(&self) -> &Kept {
        &self.kept
    }

    /// What events call these values.
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Submission").field("digest", &self.digest).finish_non_exhaustive()
    }
}
