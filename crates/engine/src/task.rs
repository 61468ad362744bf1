//! Work for a person.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use definition::id::{DepartmentId, Login, StepId};
use serde::{Deserialize, Serialize};

use crate::{
    event::{CloseReason, Verdict},
    id::{StepRunId, TaskId},
};

/// Work for a person, made when a step for people begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The passage through the step it belongs to.
    pub run: StepRunId,
    /// The step.
    pub step: StepId,
    /// What is to be done.
    pub role: Role,
    /// Whether one of several candidates claims it first.
    pub pool: bool,
    /// Whose turn it is, from 1, in a step that asks one person after the other.
    pub turn: Option<u16>,
    /// The seat it is, where people vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<Seat>,
    /// Who must not do it.
    pub excluded: BTreeSet<Login>,
    /// When it was made.
    pub opened_at: DateTime<Utc>,
    /// By when it should be done.
    pub due_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub state: State,
}

/// A seat in a vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// For how many votes it counts.
    pub votes: u32,
    /// Whether its rejection rejects at once.
    pub veto: bool,
    /// The department it was filled from.
    pub department: Option<DepartmentId>,
}

/// What a task asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Approve or reject.
    Decide,
    /// Do a piece of work, fill fields in.
    Fill,
    /// Name the people of a step that found nobody.
    Name,
}

/// How far a task is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum State {
    /// It waits for any of these; of a pool, one claims it first.
    Open {
        /// Who may do it; never empty.
        candidates: BTreeSet<Login>,
    },
    /// One of its candidates took it.
    Claimed {
        /// Who answers for it now.
        assignee: Login,
        /// To whom it goes back when it is released.
        candidates: BTreeSet<Login>,
        /// When it was taken.
        at: DateTime<Utc>,
    },
    /// It was done.
    Completed {
        /// By whom.
        by: Login,
        /// When.
        at: DateTime<Utc>,
        /// What they decided.
        verdict: Verdict,
    },
    /// It is no longer needed.
    Closed {
        /// When.
        at: DateTime<Utc>,
        /// Why.
        reason: CloseReason,
    },
}

impl Task {
    /// Whether it still waits for somebody.
    pub const fn is_open(&self) -> bool {
        match self.state {
            State::Open { .. } | State::Claimed { .. } => true,
            State::Completed { .. } | State::Closed { .. } => false,
        }
    }

    /// Whom it waits for now.
    pub fn holders(&self) -> BTreeSet<Login> {
        match &self.state {
            State::Open { candidates } => candidates.clone(),
            State::Claimed { assignee, .. } => BTreeSet::from([assignee.clone()]),
            State::Completed { .. } | State::Closed { .. } => BTreeSet::new(),
        }
    }

    /// Whether it waits for this person now.
    pub fn is_held_by(&self, login: &Login) -> bool {
        match &self.state {
            State::Open { candidates } => candidates.contains(login),
            State::Claimed { assignee, .. } => assignee == login,
            State::Completed { .. } | State::Closed { .. } => false,
        }
    }
}
