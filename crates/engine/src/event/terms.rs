//! The terms that events speak in: how something ended, why it happened, who did it by authority. Kept for ever, like events.

use std::collections::BTreeSet;

use definition::id::{Login, StepId};
use serde::{Deserialize, Serialize};
use vault::Digest;

use crate::id::TaskId;

/// What the person who does a task decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// In favour.
    Approved,
    /// Against.
    Rejected,
    /// The work is done.
    Done,
    /// An opinion or an answer was given; nothing is decided.
    Answered,
    /// For more work.
    Returned,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// People approved.
    Approved,
    /// People, or a rule, rejected.
    Rejected,
    /// Nobody did anything.
    Skipped,
    /// The ladder ran out.
    TimedOut,
    /// The action failed for good, and the process says what follows.
    Failed,
    /// Given back for more work.
    Returned,
    /// Done.
    Done,
}

impl StepOutcome {
    /// The word that expressions compare `steps.ID.outcome` with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Skipped => "skipped",
            Self::TimedOut => "timed_out",
            Self::Failed => "failed",
            Self::Returned => "returned",
            Self::Done => "done",
        }
    }
}

/// Why a task waits for somebody else now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ReassignCause {
    /// A rung of the ladder.
    Escalated {
        /// Which, from 0.
        rung: u16,
    },
    /// Somebody left or was disabled.
    Left {
        /// Who.
        login: Login,
    },
    /// An administrator gave it to others.
    Assigned,
    /// A holder is away; their deputy does it.
    Away {
        /// Who is away.
        login: Login,
    },
    /// Somebody who holds it added people beside themselves.
    Added {
        /// Who added.
        by: Login,
        /// Whom.
        people: BTreeSet<Login>,
        /// What they said.
        comment: Option<Digest>,
    },
    /// Somebody removed people whom they had added.
    Removed {
        /// Who removed.
        by: Login,
        /// Whom.
        login: Login,
    },
}

/// What an administrator does by authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Intervention {
    /// Give a task to others.
    Assign {
        /// Which.
        task: TaskId,
        /// Whom.
        people: Vec<Login>,
    },
    /// Let the case rest: nobody acts on it and its clocks stand still.
    Suspend,
    /// Let it go on.
    Resume,
    /// Send it back to a step that it has been at.
    Jump {
        /// Which.
        to: StepId,
    },
    /// End it.
    Cancel,
}

/// Why a task is no longer needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// Another's decision decided the step.
    StepDecided,
    /// The ladder ran out.
    TimedOut,
    /// A rung gave the work to somebody else.
    Escalated,
    /// Its holder left and the step needs them no more.
    HolderLeft,
    /// The case ended.
    CaseEnded,
    /// Whoever added it does without.
    Removed,
    /// Whoever asked has decided: nobody needs the answer any more.
    NotNeeded,
    /// The decision that it followed from was taken back.
    TakenBack,
    /// The case left the step: it was sent back, or other branches sufficed.
    StepAbandoned,
}

/// What a rung did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Escalated {
    /// These people hold the work now.
    To {
        /// Whom.
        people: BTreeSet<Login>,
    },
    /// These people joined its holders.
    Added {
        /// Whom.
        people: BTreeSet<Login>,
    },
    /// These people were told.
    Notified {
        /// Whom.
        people: BTreeSet<Login>,
    },
    /// The step ended.
    TimedOut {
        /// Along which path; never an approval.
        verdict: definition::model::TimeOutVerdict,
    },
    /// The rung found nobody who may hold the work: it stays where it is.
    FoundNobody,
}
