//! What happened, in sentences: the history of a case and of a record.
//!
//! What a person did, what a machine did and what an administrator forced never look alike, so every entry says whose doing it was.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Person;

/// The entries of one day.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// A moment of the day.
    pub at: DateTime<Utc>,
    /// Whether it is today.
    pub today: bool,
    /// What happened, oldest first.
    pub entries: Vec<Entry>,
}

/// One thing that happened.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Whose doing it was.
    pub doer: Doer,
    /// What.
    pub what: Happened,
    /// The reason or comment that was given.
    pub quote: Option<String>,
    /// Whom the doer acted for.
    pub deputy_for: Option<String>,
}

/// Whose doing something was.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Doer {
    /// A person's.
    Person {
        /// Who.
        who: Person,
    },
    /// The machine's.
    Machine,
    /// An administrator's, by authority.
    Administrator {
        /// Who.
        who: Person,
    },
    /// Nobody's yet: what is waited for now.
    Now,
}

/// When people decide whom somebody added.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Added {
    /// First.
    Before,
    /// Afterwards.
    After,
    /// As well.
    Alongside,
}

/// What happened. Each variant is one message, `did-…`; its fields are what the message speaks of.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Happened {
    /// A rule began the case.
    BegunByRule,
    /// A rule began the case later than it was to, since nothing ran then.
    BegunLate {
        /// When it was to begin.
        at: DateTime<Utc>,
    },
    /// The request was sent.
    Submitted {
        /// Who.
        who: String,
    },
    /// The request was sent with a record set.
    SubmittedRecords {
        /// Who.
        who: String,
        /// How many records.
        records: u64,
    },
    /// The request was changed and sent again.
    Resubmitted {
        /// Who.
        who: String,
        /// What became different, in words.
        changes: String,
    },
    /// A task was given to people.
    Assigned {
        /// The step.
        step: String,
        /// To whom.
        to: String,
    },
    /// A task was offered to several.
    Offered {
        /// The step.
        step: String,
        /// To whom.
        to: String,
        /// How many.
        people: u64,
    },
    /// A step was passed by, nobody having been found.
    Skipped {
        /// The step.
        step: String,
    },
    /// Somebody took a task from the pool.
    Claimed {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// Somebody put it back.
    Released {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// Somebody approved.
    Approved {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// Somebody rejected.
    Rejected {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// Somebody sent it back.
    Returned {
        /// Who.
        who: String,
        /// To whom.
        to: String,
    },
    /// Somebody filled something in.
    Completed {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// Somebody handed a task over.
    Transferred {
        /// Who.
        who: String,
        /// To whom.
        to: String,
    },
    /// Somebody let another look at it.
    Delegated {
        /// Who.
        who: String,
        /// Whom.
        to: String,
    },
    /// It came back for the last word.
    Resolved {
        /// Who gave or called it back.
        who: String,
        /// Who has it again.
        to: String,
    },
    /// Somebody asked others to decide as well.
    Added {
        /// Who.
        who: String,
        /// Whom.
        to: String,
        /// The step.
        step: String,
        /// When they decide.
        place: Added,
    },
    /// Somebody did without one whom they had added.
    Removed {
        /// Who.
        who: String,
        /// Whom.
        to: String,
    },
    /// Somebody asked for an opinion.
    OpinionAsked {
        /// Who.
        who: String,
        /// Whom.
        to: String,
    },
    /// Somebody asked a question.
    Asked {
        /// Who.
        who: String,
        /// Whom.
        to: String,
    },
    /// Somebody said what they were asked for.
    Answered {
        /// Who.
        who: String,
    },
    /// Somebody took their decision back.
    TakenBack {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// An administrator gave a task to somebody else.
    Reassigned {
        /// Who.
        who: String,
        /// Whose it was.
        from: String,
        /// Whose it is.
        to: String,
    },
    /// A deputy does the work of somebody who is away.
    StoodIn {
        /// The step.
        step: String,
        /// Who does it.
        to: String,
        /// Who is away.
        from: String,
    },
    /// An administrator named somebody where nobody was found.
    Named {
        /// Who.
        who: String,
        /// The step.
        step: String,
        /// Whom.
        to: String,
    },
    /// An administrator sent the case back.
    SentBack {
        /// Who.
        who: String,
        /// To which step.
        to: String,
    },
    /// Steps run once more.
    Repeated {
        /// The step around them.
        step: String,
        /// Which time, from 1.
        round: u64,
    },
    /// The event came that a step waited for.
    Arrived {
        /// The step.
        step: String,
    },
    /// An administrator lets the case rest.
    Suspended {
        /// Who.
        who: String,
    },
    /// An administrator lets it go on.
    Resumed {
        /// Who.
        who: String,
    },
    /// An administrator ended it.
    Cancelled {
        /// Who.
        who: String,
    },
    /// The requester nudged.
    Urged {
        /// Who.
        who: String,
    },
    /// Somebody was reminded.
    Reminded {
        /// Whom.
        to: String,
    },
    /// A task moved up.
    Escalated {
        /// Whose it was.
        from: String,
        /// Whose it is.
        to: String,
    },
    /// Somebody was told that a task is late.
    Alarmed {
        /// Whom.
        to: String,
    },
    /// Time decided.
    TimedOut {
        /// The step.
        step: String,
        /// How: the machine's verdict.
        verdict: TimeVerdict,
    },
    /// The case took an arm of a branch.
    Branched {
        /// The branch.
        step: String,
        /// Why, in words.
        because: String,
    },
    /// The machine began an action.
    Began {
        /// The step.
        step: String,
    },
    /// The machine finished an action.
    Finished {
        /// The step.
        step: String,
    },
    /// An action failed and will be tried again.
    Failed {
        /// The step.
        step: String,
        /// When it will be tried again.
        again: DateTime<Utc>,
    },
    /// An action failed for good, and the case goes on without it.
    GaveUp {
        /// The step.
        step: String,
    },
    /// An action failed for good, and the steps follow that the process foresees.
    TurnedTo {
        /// The step.
        step: String,
    },
    /// What the case did is taken back before it ends.
    Unwinding,
    /// What an action did was taken back.
    Undone {
        /// The step.
        step: String,
    },
    /// What an action did had been made use of already; further use was stopped.
    UndoneTooLate {
        /// The step.
        step: String,
    },
    /// What an action did stands.
    Kept {
        /// The step.
        step: String,
    },
    /// An action failed for good; an operator was told.
    Stopped {
        /// The step.
        step: String,
    },
    /// An administrator had a failed action tried again.
    Retried {
        /// Who.
        who: String,
        /// The step.
        step: String,
    },
    /// A message went out.
    Notified {
        /// To whom.
        to: String,
    },
    /// A file was fetched.
    Downloaded {
        /// Who.
        who: String,
        /// How often it can still be fetched.
        left: u64,
    },
    /// The password of a file was shown.
    PasswordTold {
        /// Who.
        who: String,
    },
    /// The requester took the case back.
    Withdrawn {
        /// Who.
        who: String,
    },
    /// The case ended as asked.
    EndedApproved,
    /// The case ended refused.
    EndedRejected,
    /// The case ended taken back.
    EndedCancelled,
    /// People are waited for.
    Waiting {
        /// For whom.
        on: String,
    },
    /// People are waited for, and the task moves up if they do nothing.
    WaitingThen {
        /// For whom.
        on: String,
        /// Until when.
        until: DateTime<Utc>,
        /// To whom it moves.
        to: String,
    },
    /// A moment or an event is waited for, until then at the latest.
    PausedUntil {
        /// The step.
        step: String,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// An event is waited for.
    Paused {
        /// The step.
        step: String,
    },
    /// The machine is at work.
    Working {
        /// The step.
        step: String,
    },
    /// A record was made.
    RecordCreated {
        /// Who.
        who: String,
    },
    /// A record was brought in from a file.
    RecordImported {
        /// Who.
        who: String,
    },
    /// Public fields of a record were changed; old and new may be told.
    RecordChanged {
        /// Who.
        who: String,
        /// The field.
        field: String,
        /// What it was.
        from: String,
        /// What it is.
        to: String,
    },
    /// Protected fields of a record were changed; only that is told.
    RecordEdited {
        /// Who.
        who: String,
        /// The fields.
        fields: String,
    },
    /// A field was seen in clear.
    RecordSeen {
        /// Who.
        who: String,
        /// The fields.
        fields: String,
    },
    /// A field is being seen in clear.
    RecordSeeing {
        /// The field.
        field: String,
    },
    /// The record was part of an export.
    RecordExported {
        /// Who.
        who: String,
        /// The case's number.
        number: String,
        /// The fields.
        fields: String,
    },
}

/// What time decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeVerdict {
    /// Approved, which is never an approval.
    Approved,
    /// Rejected.
    Rejected,
    /// Passed by.
    Skipped,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/timeline.rs"]
pub mod samples;
