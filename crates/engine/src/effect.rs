//! What is to be done once a decision is durable. Effects go through the outbox and may be carried out more than once.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use definition::{
    id::{Login, OutcomeName, StepId},
    text::Text,
};
use serde::{Deserialize, Serialize};

use crate::id::{EffectId, EventNumber, StepRunId, TaskId};

/// Something to be done after commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its id and idempotency key.
    pub id: EffectId,
    /// The event that asked for it.
    pub event: EventNumber,
    /// What is to be done.
    pub kind: EffectKind,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum EffectKind {
    /// Tell people something.
    Notify {
        /// Whom; never empty.
        to: BTreeSet<Login>,
        /// What.
        notice: Notice,
    },
    /// Carry out the action of a `run` step.
    RunAction {
        /// The step's run: the same for each attempt, so that the action takes effect once.
        run: StepRunId,
        /// The step.
        step: StepId,
        /// Which attempt, from 1.
        attempt: u32,
        /// Not to be tried earlier.
        not_before: DateTime<Utc>,
    },
    /// Take back what the action of a `run` step did.
    UndoAction {
        /// The step's run.
        run: StepRunId,
        /// The step.
        step: StepId,
        /// Which attempt, from 1.
        attempt: u32,
        /// Not to be tried earlier.
        not_before: DateTime<Utc>,
    },
}

/// What people are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Notice {
    /// A task waits for them.
    TaskAssigned {
        /// Which.
        task: TaskId,
        /// Its step.
        step: StepId,
    },
    /// A task is about to be due, or overdue.
    Reminder {
        /// Which.
        task: TaskId,
        /// Its step.
        step: StepId,
        /// When it is or was due.
        due_at: DateTime<Utc>,
    },
    /// A step was not answered in time, and the ladder says that they should know.
    Escalated {
        /// Which step.
        step: StepId,
        /// When it was due.
        due_at: DateTime<Utc>,
    },
    /// The requester asks them to act.
    Urged {
        /// The step that waits.
        step: StepId,
    },
    /// What a `notify` step says, rendered; shows level L0 only.
    Message {
        /// The step.
        step: StepId,
        /// The text in each language.
        text: Text,
    },
    /// The requester's case has come to its end.
    Ended {
        /// How.
        outcome: OutcomeName,
    },
    /// The requester's approved action is late.
    Delayed {
        /// The step.
        step: StepId,
    },
    /// An operator must act.
    Incident {
        /// The step.
        step: StepId,
        /// The step's run.
        run: StepRunId,
    },
    /// The requester took back what waited for them.
    Withdrawn,
    /// Somebody commented on a case they take part in.
    Commented,
    /// The opinion or the answer they asked for was given.
    Answered {
        /// Their task.
        task: TaskId,
        /// Its step.
        step: StepId,
    },
    /// Somebody took a decision back that had brought the work to them.
    TakenBack {
        /// The step that waits again.
        step: StepId,
    },
}
