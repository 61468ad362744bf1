//! Why an operation did not happen: a refusal that a person is told, or a failure that is ours.

use chrono::{DateTime, Utc};
use definition::{form_values::FieldProblem, level::Level};

use crate::absence::WrongAbsence;

/// The result of an operation.
pub type Outcome<T> = Result<T, Error>;

/// Why an operation did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It may not or cannot happen, and the person is told why.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The store failed; trying again may help.
    #[error("the store failed")]
    Store(#[source] store::Error),
    /// A value did not open or a key is missing: damage, or a wrong root key.
    #[error("the vault failed")]
    Vault(#[from] vault::Error),
    /// A file could not be read or written.
    #[error("a file could not be read or written")]
    File(#[from] std::io::Error),
    /// The root key is not the one that this database was made under.
    #[error("the root key is not the one that this database was made under")]
    WrongRootKey,
    /// What is asked for was erased.
    #[error("erased")]
    Erased,
    /// The same request was answered before: the caller gives that answer again.
    #[error("answered before")]
    Answered(Box<store::IdempotencyRow>),
    /// Something that was kept cannot be read back: damage, or a newer version wrote it.
    #[error("kept data cannot be read: {0}")]
    Damaged(&'static str),
}

/// What a person is told. Carries no personal data beyond what they gave or may see.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The engine refuses the command.
    Rejected(engine::Rejection),
    /// Fields of a form are wrong; all of them at once.
    Fields(Vec<FieldProblem>),
    /// It is not there, or the viewer may not know whether it is.
    NotFound,
    /// The viewer lacks the right.
    Forbidden(Lacking),
    /// Another has changed it meanwhile.
    Changed,
    /// The same idempotency key came with another request.
    KeyReused,
    /// The same request was done before, and what it was answered is told only once.
    ToldOnce,
    /// Wrong name, password or code; which of them is not told.
    WrongCredentials,
    /// Too many attempts.
    TooMany {
        /// When the next one is looked at.
        again_at: DateTime<Utc>,
    },
    /// Too many ask for the same at this moment; nothing is held against who asked.
    Busy {
        /// After how long it is worth asking again.
        again_in_seconds: u32,
    },
    /// A second factor must be given first.
    SecondFactorNeeded {
        /// Whether the person has one; if not they must enrol.
        enrolled: bool,
    },
    /// The password must be given again first.
    PasswordNeeded,
    /// A new password is too short.
    PasswordTooShort {
        /// The least number of characters.
        least: usize,
    },
    /// A reason must be given.
    ReasonNeeded,
    /// An absence cannot be as it was said.
    Absence(WrongAbsence),
    /// A message carries no good signature, or is too old.
    NotSigned,
    /// A message cannot be read.
    Unreadable,
    /// A file may no longer be downloaded.
    Expired,
    /// What was sent is larger than allowed.
    TooLarge {
        /// The limit.
        limit: u64,
    },
}

/// What a viewer lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// A right on the register or on this record.
    RegisterRight,
    /// Clearance for a level.
    Clearance {
        /// What it needs.
        needs: Level,
        /// What the viewer has.
        has: Level,
    },
    /// A duty of a role: build, people, settings, incidents, audit.
    Capability,
    /// The process may not be started by them.
    Start,
    /// The result was made for somebody else.
    Recipient,
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            // Whoever asked is told which it was: see `Application::refuse_answered`.
            store::Error::Repeated => Self::Refused(Refusal::KeyReused),
            store::Error::Database(_)
            | store::Error::Folder(_)
            | store::Error::Damaged(_)
            | store::Error::Address
            | store::Error::Closed => Self::Store(error),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
