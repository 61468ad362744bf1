//! What a transition writes, as rows.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    artifact::ArtifactWrite,
    audit::AuditWrite,
    case::{CaseRow, EventRow, PayloadRow},
    notification::NotificationRow,
    row::{Digest, Json, rows},
    task::TaskRow,
    work::{EventWaitRow, OutboxDone, OutboxRow, TimerRow},
};

rows! {
    /// The answer to a request that carried an idempotency key.
    pub struct IdempotencyRow in "idempotency" {
        /// Who asked.
        pub actor: String,
        /// Their key.
        pub key: String,
        /// The digest of the request, so that the same key with another request is noticed.
        pub request: Digest,
        /// The status answered.
        pub status: i64,
        /// The answer.
        pub response: Json,
        /// When.
        pub at: DateTime<Utc>,
    }
}

/// A task as it is now, and in whose to-do lists it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskWrite {
    /// The task.
    pub task: TaskRow,
    /// Everybody who sees it in their to-do list, by login. Empty once it is done or closed.
    pub people: Vec<String>,
}

/// Records frozen at a submission: what was approved is what is executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordSet {
    /// The digest by which the submission names the set.
    pub digest: Digest,
    /// The register.
    pub register: String,
    /// The records, in their order.
    pub ids: Vec<Uuid>,
}

/// Everything one decision of the engine changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The case afterwards.
    pub case: CaseRow,
    /// The revision it was decided on; nothing for a new case.
    pub revision_before: Option<i64>,
    /// What happened.
    pub events: Vec<EventRow>,
    /// Tasks that are new or changed.
    pub tasks: Vec<TaskWrite>,
    /// Timers that are set.
    pub timers_armed: Vec<TimerRow>,
    /// Timers that fired or are no longer needed.
    pub timers_removed: Vec<TimerRow>,
    /// Passages that begin to wait for an event.
    pub waits_begun: Vec<EventWaitRow>,
    /// Passages that wait for one no longer.
    pub waits_over: Vec<EventWaitRow>,
    /// Effects to carry out.
    pub outbox: Vec<OutboxRow>,
    /// Effects that are done with.
    pub outbox_done: Vec<OutboxDone>,
    /// Messages for people.
    pub notifications: Vec<NotificationRow>,
    /// Encrypted values that the events name.
    pub payloads: Vec<PayloadRow>,
    /// Records frozen.
    pub record_sets: Vec<RecordSet>,
    /// Files made by an action.
    pub artifacts: Vec<ArtifactWrite>,
    /// Who did it.
    pub audit: Vec<AuditWrite>,
    /// The answer to remember, when the request carried a key.
    pub idempotency: Option<IdempotencyRow>,
}

impl Transition {
    /// A transition that changes nothing but the case.
    pub fn new(case: CaseRow, revision_before: Option<i64>) -> Self {
        Self {
            case,
            revision_before,
            events: Vec::new(),
            tasks: Vec::new(),
            timers_armed: Vec::new(),
            timers_removed: Vec::new(),
            waits_begun: Vec::new(),
            waits_over: Vec::new(),
            outbox: Vec::new(),
            outbox_done: Vec::new(),
            notifications: Vec::new(),
            payloads: Vec::new(),
            record_sets: Vec::new(),
            artifacts: Vec::new(),
            audit: Vec::new(),
            idempotency: None,
        }
    }
}
