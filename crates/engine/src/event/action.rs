//! What events say of actions: what they made, how they failed, and what operators did about it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What an action made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ActionResult {
    /// A file to download.
    Export {
        /// The artifact that holds it.
        artifact: Uuid,
        /// How many records it holds.
        records: u64,
        /// Until when it can be had.
        expires_at: DateTime<Utc>,
    },
}

/// Why an attempt at an action failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionFailure {
    /// Storage or another system was not there.
    Unavailable,
    /// The records that were approved are not there any more, or are others.
    RecordsChanged,
    /// What the action would do is not what was approved.
    NotAsApproved,
    /// A limit was exceeded.
    TooLarge,
    /// It took too long.
    TimedOut,
    /// Whoever carried it out died in the middle.
    Interrupted,
    /// A mistake of ours.
    Internal,
}

/// Why the engine cannot go on alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum IncidentCause {
    /// An action failed for the last time.
    ActionFailed {
        /// How.
        failure: ActionFailure,
    },
    /// A step found nobody, and no administrator to name somebody.
    NobodyToName,
    /// An expression had no result.
    ExpressionFailed,
    /// A message could not be rendered.
    MessageFailed,
    /// A limit of the engine was reached.
    Limit,
}

/// What an operator did about an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentResolution {
    /// Tried again.
    Retried,
    /// Went on without it.
    Skipped,
}
