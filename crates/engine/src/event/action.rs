//! What events say of actions: what they made, how they failed, and what operators did about it.

use chrono::{DateTime, Utc};
use definition::id::OutcomeName;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::StepRunId;

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
    /// The steps that take an action back came to nothing.
    UndoGivenUp,
}

/// How far taking back is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum UndoEvent {
    /// The case is to end, and what it did is taken back first.
    Began {
        /// How it will end.
        outcome: OutcomeName,
    },
    /// An action is to take itself back.
    Requested {
        /// The run of its step.
        run: StepRunId,
        /// Which attempt, from 1.
        attempt: u32,
        /// Not to be tried earlier.
        not_before: DateTime<Utc>,
    },
    /// Steps of the process take an action back.
    StepsBegan {
        /// The run of the action's step.
        run: StepRunId,
    },
    /// It is over with an action.
    Ended {
        /// The run of its step.
        run: StepRunId,
        /// What came of it.
        how: Undone,
    },
}

/// What came of taking an action back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undone {
    /// It is as if it had not been done.
    Undone,
    /// It had been made use of already; further use was stopped.
    TooLate,
    /// An operator let it stand.
    Kept,
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
