//! Work that waits for the machine: timers and the outbox. Both are worked by lease, see [`crate::lease`].

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::row::{Json, rows};

rows! {
    /// A stored wake-up. Its id is derived from these numbers, so it is not kept.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub struct TimerRow in "timer" {
        /// When it is due.
        pub due: DateTime<Utc>,
        /// The number of its case.
        pub case_number: i64,
        /// The number of the event that armed it.
        pub event: i64,
        /// Its place among what that event brought about.
        pub ordinal: i64,
    }

    /// A passage that waits for an event from outside.
    pub struct EventWaitRow in "event_wait" {
        /// Which event.
        pub event: String,
        /// The case.
        pub case_id: Uuid,
        /// The passage.
        pub run: Uuid,
    }

    /// An effect that waits to be carried out.
    pub struct OutboxRow in "outbox" {
        /// Its id, and its idempotency key.
        pub id: Uuid,
        /// The case.
        pub case_id: Uuid,
        /// What kind of effect.
        pub kind: String,
        /// Not to be tried before.
        pub not_before: DateTime<Utc>,
        /// How often it was tried.
        pub attempts: i64,
        /// Goes up with each lease; who holds an older one has lost it.
        pub fence: i64,
        /// Until when somebody works on it.
        pub leased_until: Option<DateTime<Utc>>,
        /// What to do.
        pub body: Json,
    }
}

rows! {
    /// How far an effect is.
    pub struct Progress in "outbox" {
        /// How often it was begun.
        pub attempts: i64,
        /// Goes up with each lease.
        pub fence: i64,
        /// Records that were written under the lease below.
        pub written: i64,
        /// The lease under which they were written.
        pub written_fence: i64,
    }
}

impl Progress {
    /// Records that whoever works on it now has written.
    pub const fn written_now(&self) -> i64 {
        if self.written_fence == self.fence { self.written } else { 0 }
    }
}

/// An effect that is done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutboxDone {
    /// The effect.
    pub id: Uuid,
    /// The fence of the lease under which it was done; nothing when it is dropped unseen, e.g. by a withdrawal.
    pub fence: Option<i64>,
}

impl OutboxRow {
    /// A new effect.
    pub fn new(id: Uuid, case_id: Uuid, kind: String, not_before: DateTime<Utc>, body: Json) -> Self {
        Self { id, case_id, kind, not_before, attempts: 0, fence: 0, leased_until: None, body }
    }

    /// Leases it from its beginning: whoever commits it carries it out, and need not ask for it.
    pub fn lease(&mut self, until: DateTime<Utc>) {
        self.attempts += 1;
        self.fence += 1;
        self.leased_until = Some(until);
    }
}

/// A timer that came due, leased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueTimer {
    /// The timer, as it is taken away when it has fired.
    pub timer: TimerRow,
    /// Its case.
    pub case_id: Uuid,
}
