//! Work for a person.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use definition::id::{DepartmentId, Login, StepId};
use serde::{Deserialize, Serialize};
use vault::Digest;

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
    /// Who asked for it, where the process itself did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Added>,
    /// The tasks that come first: until they are done it waits for nobody.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub behind: BTreeSet<TaskId>,
    /// To whom it comes back for the last word, while it is delegated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Login>,
    /// Those of its holders who stand in for somebody who is away, each with whom.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub standing_in: BTreeMap<Login, Login>,
    /// Who must not do it.
    pub excluded: BTreeSet<Login>,
    /// When it was made.
    pub opened_at: DateTime<Utc>,
    /// By when it should be done.
    pub due_at: Option<DateTime<Utc>>,
    /// How far it is.
    pub state: State,
}

/// Where a task came from that a person asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Added {
    /// Who asked for it.
    pub by: Login,
    /// With which task.
    pub of: TaskId,
    /// How it stands to that task.
    pub how: How,
    /// What they said.
    pub comment: Option<Digest>,
}

/// How a task that a person asked for stands to their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// 前加签: it comes first, and then back to whoever asked.
    Before,
    /// 后加签: it comes afterwards.
    After,
    /// 并加签: beside it.
    Alongside,
    /// 协办: an opinion on it, never a decision.
    Opinion,
    /// 沟通: a question about it.
    Question,
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
    /// Give an opinion on what another decides.
    Opinion,
    /// Answer a question.
    Answer,
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
        /// Whom it waited for.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        holders: BTreeSet<Login>,
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

    /// Whether it is the step's own work, not an opinion on it, a question about it, or naming who does it.
    pub const fn is_work(&self) -> bool {
        match self.role {
            Role::Decide | Role::Fill => true,
            Role::Name | Role::Opinion | Role::Answer => false,
        }
    }

    /// Whom it waits for now.
    pub fn holders(&self) -> BTreeSet<Login> {
        if self.behind.is_empty() { self.people() } else { BTreeSet::new() }
    }

    /// Whose it is, also while others come first.
    pub fn people(&self) -> BTreeSet<Login> {
        match &self.state {
            State::Open { candidates } => candidates.clone(),
            State::Claimed { assignee, .. } => BTreeSet::from([assignee.clone()]),
            State::Completed { .. } | State::Closed { .. } => BTreeSet::new(),
        }
    }

    /// Who has a part in it: whose it is, and to whom it comes back.
    pub fn everybody(&self) -> BTreeSet<Login> {
        self.people().into_iter().chain(self.owner.clone()).collect()
    }

    /// Whether it waits for this person now.
    pub fn is_held_by(&self, login: &Login) -> bool {
        self.behind.is_empty() && self.is_of(login)
    }

    /// Whether it is this person's, also while others come first.
    pub fn is_of(&self, login: &Login) -> bool {
        match &self.state {
            State::Open { candidates } => candidates.contains(login),
            State::Claimed { assignee, .. } => assignee == login,
            State::Completed { .. } | State::Closed { .. } => false,
        }
    }
}
