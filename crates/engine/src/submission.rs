//! The values of a request: readable for the length of a decision, elsewhere only named by their digest.

use std::fmt;

use definition::model::FieldValues;
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
    digest: Digest,
}

impl Submission {
    /// Freezes values. A changed submission of a case takes the salt of the one before.
    pub fn new(salt: [u8; SALT_BYTES], values: FieldValues) -> Self {
        let digest = crate::binding::values_digest(&salt, &values);
        Self { salt, values, digest }
    }

    /// What keeps the digest from being guessed; to be stored encrypted, beside the values.
    pub const fn salt(&self) -> &[u8; SALT_BYTES] {
        &self.salt
    }

    /// The values by field.
    pub const fn values(&self) -> &FieldValues {
        &self.values
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
