//! What is asked of a case, and by whom.

use std::collections::BTreeMap;

use definition::id::{EventName, Login, StepId};
use serde::{Deserialize, Serialize};
use vault::Digest;

use crate::{
    event::{ActionFailure, ActionResult, Intervention, Undone},
    id::{CaseId, CaseNumber, StepRunId, TaskId, TimerId},
    origin::Cause,
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

/// How people who are added stand to the task of whoever adds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddPlace {
    /// 前加签.
    Before,
    /// 后加签.
    After,
    /// 并加签.
    Alongside,
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
    /// Something happened that makes a case begin; the engine's own. `Context::submission` holds what came with it.
    Begin {
        /// The id made for the new case: the same for the same happening, so that it begins once.
        case: CaseId,
        /// The number the store gave it.
        number: CaseNumber,
        /// What happened.
        cause: Cause,
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
    /// Send the case back.
    Return {
        /// Which task.
        task: TaskId,
        /// To which step; needed where there is a choice.
        to: Option<StepId>,
        /// Why.
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
    /// Let another look at a task, and have the last word.
    Delegate {
        /// Which task.
        task: TaskId,
        /// To whom.
        to: Login,
        /// Why.
        comment: Option<Digest>,
    },
    /// Give a delegated task back for the last word, or call it back.
    Resolve {
        /// Which task.
        task: TaskId,
        /// What they say.
        comment: Option<Digest>,
    },
    /// Ask others to decide as well: first, afterwards or beside.
    Add {
        /// Which task.
        task: TaskId,
        /// How they stand to it.
        place: AddPlace,
        /// Whom.
        people: Vec<Login>,
        /// Why.
        comment: Option<Digest>,
    },
    /// Do without somebody whom one has added.
    Remove {
        /// With which task they were added, or theirs.
        task: TaskId,
        /// Whom.
        login: Login,
    },
    /// Ask others for an opinion.
    AskOpinion {
        /// Which task.
        task: TaskId,
        /// Whom.
        people: Vec<Login>,
        /// On what.
        comment: Option<Digest>,
    },
    /// Ask somebody a question.
    Ask {
        /// Which task.
        task: TaskId,
        /// Whom.
        to: Login,
        /// What.
        question: Option<Digest>,
    },
    /// Give the opinion or the answer that somebody asked for.
    Answer {
        /// The task of the opinion or the question.
        task: TaskId,
        /// What they say.
        comment: Option<Digest>,
    },
    /// Take one's decision back before anybody acted after it.
    TakeBack {
        /// The task that was decided.
        task: TaskId,
    },
    /// As an administrator, name the people of a step that found nobody.
    Name {
        /// The naming task.
        task: TaskId,
        /// Whom.
        people: Vec<Login>,
    },
    /// As an administrator, do by authority what the process does not foresee.
    Intervene {
        /// What.
        what: Intervention,
        /// Why; administrators always say.
        reason: Digest,
    },
    /// Say something on the case.
    Comment {
        /// The text.
        payload: Digest,
    },
    /// Ask the people the case waits for to act.
    Urge,
    /// An event came from outside.
    DeliverEvent {
        /// Which.
        event: EventName,
        /// What it carries; looked at, never kept.
        values: BTreeMap<String, String>,
    },
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
    /// An attempt at an action, or at taking it back, failed.
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
    /// What an action did was taken back.
    UndoSucceeded {
        /// The step's run.
        run: StepRunId,
        /// What came of it.
        how: Undone,
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
    /// Somebody is away and wants their open work done: their deputy gets it. The directory shows them away already.
    HandOver {
        /// Who.
        login: Login,
    },
    /// Somebody left or was disabled: their open tasks go on by rule. The directory shows them inactive already.
    PersonLeft {
        /// Who.
        login: Login,
    },
}
