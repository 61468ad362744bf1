//! What a decision may look at besides the case.

use chrono::{DateTime, Utc};
use definition::{model::Confirm, people::Directory};

use crate::submission::Submission;

/// The moment, the people and the values of one decision.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// When the command is decided, in whole microseconds.
    pub now: DateTime<Utc>,
    /// Everybody, at this moment.
    pub directory: &'a Directory,
    /// The values of the case as they stand; with `Start` the ones being sent.
    pub submission: &'a Submission,
    /// The values that a `Complete` with changes would make the case's own.
    pub changed: Option<&'a Submission>,
    /// The strongest fresh proof of identity that the actor's session can show.
    pub confirmed: Confirm,
}
