//! What is asked of a case, and by whom.

use definition::id::Login;
use serde::{Deserialize, Serialize};
use vault::Digest;

use crate::{
    event::{ActionFailure, ActionResult},
    id::{CaseId, CaseNumber, StepRunId, TaskId, TimerId},
};

/// Who issues a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Actor {
    /// A person.
    Person {
        /// Who.
        login: Login,
    },
    /// The engine itself: a timer, an action's report, the directory's changes.
    System,
}

impl Actor {
    /// An actor who is this person.
    pub fn person(login: impl Into<Login>) -> Self {
        Self::Person { login: login.into() }
    }

    /// The person's login, unless it is the engine.
    pub const fn login(&self) -> Option<&Login> {
        match self {
            Self::Person { login } => Some(login),
            Self::System => None,
        }
    }
}

/// What is asked. Free text and values are encrypted payloads that commands name by digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Send a request; the actor is the requester. `Context::submission` holds the values.
    Start {
        /// The id drawn for the new case.
        case: CaseId,
        /// The number the store gave it.
        number: CaseNumber,
    },
    /// Take a task from a pool.
    Claim {
        /// Which.
        task: TaskId,
    },
    /// Give a claimed task back to its pool.
    Release {
        /// Which.
        task: TaskId,
    },
    /// Decide in favour.
    Approve {
        /// Which task.
        task: TaskId,
        /// Why.
        comment: Option<Digest>,
    },
    /// Decide against.
    Reject {
        /// Which task.
        task: TaskId,
        /// Why.
        comment: Option<Digest>,
    },
    /// Finish a piece of work. With changed fields, `Context::changed` holds the values after it.
    Complete {
        /// Which task.
        task: TaskId,
        /// A remark.
        comment: Option<Digest>,
    },
    /// Hand a task over for good.
    Transfer {
        /// Which task.
        task: TaskId,
        /// To whom.
        to: Login,
        /// Why.
        comment: Option<Digest>,
    },
    /// As an administrator, name the people of a step that found nobody.
    Name {
        /// The naming task.
        task: TaskId,
        /// Whom.
        people: Vec<Login>,
    },
    /// Say something on the case.
    Comment {
        /// The text.
        payload: Digest,
    },
    /// Ask the people the case waits for to act.
    Urge,
    /// Take the request back.
    Withdraw {
        /// Why.
        comment: Option<Digest>,
    },
    /// A timer is due.
    FireTimer {
        /// Which.
        timer: TimerId,
    },
    /// An action took effect.
    ActionSucceeded {
        /// The step's run; the action's idempotency key.
        run: StepRunId,
        /// What it made.
        result: ActionResult,
    },
    /// An attempt at an action failed.
    ActionFailed {
        /// The step's run.
        run: StepRunId,
        /// Which attempt, from 1; the report of an attempt that was reported already is refused.
        attempt: u32,
        /// Why.
        failure: ActionFailure,
        /// Whether it may succeed if tried again.
        retryable: bool,
    },
    /// As an operator, let a step that raised an incident try again.
    RetryAction {
        /// The step's run.
        run: StepRunId,
        /// Why; operators always say.
        reason: Digest,
    },
    /// As an operator, go on without a step that raised an incident.
    SkipAction {
        /// The step's run.
        run: StepRunId,
        /// Why; operators always say.
        reason: Digest,
    },
    /// Somebody left or was disabled: their open tasks go on by rule. The directory shows them inactive already.
    PersonLeft {
        /// Who.
        login: Login,
    },
}
