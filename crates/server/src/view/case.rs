//! The page of one case: what is asked, where it stands, what deciding would do, and what has happened.
//!
//! Everything here is already authorised: a value that this person may not see is not in the view at all, and every control
//! says whether it may be used and, if not, why.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Person, diagram::Diagram, inbox::Asker, timeline::Day};
use crate::template::{Page, Place};

mod decision;
mod delivery;
mod impact;
mod more;
mod request;
#[cfg(test)]
mod tests;

pub use decision::{CommentRule, Control, Decision, Fill, Naming, Own, Panel, Pool, Refusal, Returned, SecondFactor};
pub use delivery::{Delivery, Password};
pub use impact::{Comparison, Fact, Impact, LevelCount, Receiver, Undo};
pub use more::{More, MoreForm, Picker, Said, Saying, SayingKind};
pub use request::{Addition, Delivered, Frozen, PickedField, RequestRow, RequestValue, Sample};

/// The page of one case.
#[derive(Debug, Clone, Serialize)]
pub struct CasePage {
    /// Its id, which the addresses of its forms are made of.
    pub id: String,
    /// What stands above everything.
    pub header: Header,
    /// Its neighbours in the inbox, if it was opened from there.
    pub place: Option<InboxPlace>,
    /// Where it is.
    pub diagram: Diagram,
    /// What is asked, as this person may see it.
    pub request: Vec<RequestRow>,
    /// The fields asked for, with what would be delivered.
    pub picked: Vec<PickedField>,
    /// What later steps added.
    pub additions: Vec<Addition>,
    /// What deciding would do; for whoever decides.
    pub impact: Option<Impact>,
    /// What this person is asked to do.
    pub panel: Panel,
    /// What else they may do with their task.
    pub more: Vec<MoreForm>,
    /// What the requester receives, once there is something to receive or to wait for.
    pub delivery: Option<Delivery>,
    /// What the requester may do with the case; absent for everybody else.
    pub own: Option<Own>,
    /// What happened, by day, oldest first.
    pub history: Vec<Day>,
    /// What people said.
    pub comments: Vec<Comment>,
    /// Whether this person may add to it.
    pub reply: Control,
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "case.html";
    const PLACE: Place = Place::Inbox;
}

/// What stands above a case.
#[derive(Debug, Clone, Serialize)]
pub struct Header {
    /// Who asks, or which rule.
    pub from: Asker,
    /// What for, in one sentence.
    pub title: String,
    /// The process's name.
    pub process: String,
    /// The case's number.
    pub number: String,
    /// How many times it was submitted.
    pub submission: u32,
    /// The version of the process that it runs on.
    pub version: u32,
    /// How it stands.
    pub standing: Standing,
}

/// How a case stands, for the reader.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Standing {
    /// The reader is asked to act, by a time.
    Due {
        /// By when.
        at: DateTime<Utc>,
        /// When the reader will be reminded next.
        reminder: Option<DateTime<Utc>>,
        /// Whether the time has passed.
        late: bool,
    },
    /// Somebody acts, without a limit of time for the reader.
    Waiting {
        /// For whom.
        on: String,
        /// Until when.
        until: Option<DateTime<Utc>>,
    },
    /// Approved, and the machine is at it or tries again.
    Executing,
    /// The machine cannot go on; an operator was told.
    Stopped,
    /// It ended.
    Ended {
        /// How.
        outcome: Outcome,
        /// When.
        at: DateTime<Utc>,
    },
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// As asked.
    Approved,
    /// Refused.
    Rejected,
    /// Taken back.
    Cancelled,
}

/// The neighbours of a case in the list it was opened from.
#[derive(Debug, Clone, Serialize)]
pub struct InboxPlace {
    /// Its position, from one.
    pub position: u64,
    /// How many there are.
    pub total: u64,
    /// The address of the one before.
    pub previous: Option<String>,
    /// The address of the one after.
    pub next: Option<String>,
}

/// What somebody said.
#[derive(Debug, Clone, Serialize)]
pub struct Comment {
    /// Who.
    pub who: Person,
    /// As what, if that matters here.
    pub role: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// What, in pieces.
    pub parts: Vec<CommentPart>,
}

/// A piece of a comment.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CommentPart {
    /// Plain text.
    Text {
        /// It.
        text: String,
    },
    /// Somebody is named.
    Mention {
        /// Who.
        name: String,
    },
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/case.rs"]
pub mod samples;
