//! Why a command changes nothing. A rejection is shown to the person; it is not an error.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use definition::{
    id::{FieldName, LetName, Login, OutcomeName, StepId},
    level::Level,
    model::{Confirm, Withdraw},
};

/// Why a command was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such task, timer or run in this case.
    #[error("there is no such thing in this case")]
    NotFound,
    /// The actor may not do this.
    #[error("the actor is not entitled: {why:?}")]
    NotEntitled {
        /// Why not.
        why: policy::Denial,
    },
    /// The task was done already, or is no longer needed.
    #[error("the task is no longer open")]
    AlreadyCompleted,
    /// Somebody else took the task.
    #[error("the task was claimed")]
    AlreadyClaimed {
        /// Who.
        by: Login,
    },
    /// The task is no pool, so there is nothing to claim or to give back.
    #[error("the task is not a pool")]
    NotAPool,
    /// The task asks for something else: a verdict, a piece of work, a name.
    #[error("the task does not ask for this")]
    WrongKindOfTask,
    /// The case ended.
    #[error("the case has ended")]
    CaseEnded {
        /// How.
        outcome: OutcomeName,
    },
    /// What the case did is being taken back; then it ends.
    #[error("what the case did is being taken back")]
    Unwinding,
    /// The case began already.
    #[error("the case has begun already")]
    AlreadyStarted,
    /// It is too late to take the request back.
    #[error("it is too late to withdraw")]
    WithdrawTooLate {
        /// Until when it was possible.
        rule: Withdraw,
    },
    /// The step asks for a comment.
    #[error("a comment is required")]
    CommentRequired,
    /// The step asks for a fresh proof of identity.
    #[error("a confirmation is required")]
    ConfirmationRequired {
        /// Which.
        confirm: Confirm,
    },
    /// People were asked to act a moment ago.
    #[error("people were urged recently")]
    UrgedRecently {
        /// When they may be asked again.
        next_at: DateTime<Utc>,
    },
    /// There is nobody to urge.
    #[error("the case waits for nobody")]
    NobodyToUrge,
    /// The task cannot go to this person.
    #[error("the task cannot go to this person: {why:?}")]
    CannotBeGivenTo {
        /// Whom.
        to: Login,
        /// Why not.
        why: Unsuitable,
    },
    /// The actor may no longer see what the step shows.
    #[error("the step shows {needs}, the actor is cleared for {has}")]
    NotCleared {
        /// What it shows.
        needs: Level,
        /// What they may see.
        has: Level,
    },
    /// An administrator's naming named nobody, or too many.
    #[error("name between one and {limit} people")]
    NameSomebody {
        /// The most that can be named.
        limit: usize,
    },
    /// So few people cannot reach what the vote needs.
    #[error("these people are too few for the vote")]
    TooFewVoters,
    /// Fields of the request cannot be as they are.
    #[error("fields of the request cannot be as they are")]
    FieldProblems {
        /// All of them.
        problems: Vec<FieldProblem>,
    },
    /// A value that the process works out at submission has no result.
    #[error("`{name}` has no result for this request")]
    CannotBeWorkedOut {
        /// Which.
        name: LetName,
    },
    /// The timer fired already or is no longer needed.
    #[error("the timer is not armed")]
    LateTimer,
    /// The timer is not due yet.
    #[error("the timer is not due yet")]
    NotDue {
        /// When it is.
        due_at: DateTime<Utc>,
    },
    /// The report speaks of an attempt that is over.
    #[error("the attempt is over")]
    LateReport,
    /// The step raised no incident.
    #[error("the step raised no incident")]
    NoIncident,
    /// A step that people decide, or that chooses the way, cannot be gone on without.
    #[error("the step cannot be skipped")]
    CannotBeSkipped,
    /// An administrator lets the case rest.
    #[error("the case is suspended")]
    Suspended,
    /// The case does not rest.
    #[error("the case is not suspended")]
    NotSuspended,
    /// The step does not allow this.
    #[error("the step does not allow this")]
    NotAllowedHere,
    /// Others come first: they were added before.
    #[error("others come first")]
    OthersFirst {
        /// Whom it waits for.
        people: BTreeSet<Login>,
    },
    /// The task is delegated: it goes back to its owner, who has the last word.
    #[error("the task is delegated")]
    Delegated {
        /// Who has the last word.
        owner: Login,
    },
    /// The task is not delegated.
    #[error("the task is not delegated")]
    NotDelegated,
    /// The actor did not add this person, or they have acted.
    #[error("the actor added no such person who has not acted yet")]
    NotAddedByYou,
    /// It is too late to take the decision back: somebody, or an action, has acted after it.
    #[error("it is too late to take the decision back")]
    TakeBackTooLate,
    /// The case can be sent back to these steps only, and to one of them.
    #[error("return to one of {targets:?}")]
    ReturnWhere {
        /// Which.
        targets: Vec<StepId>,
    },
    /// The step was returned as often as it may be.
    #[error("it was returned {limit} times already")]
    ReturnedTooOften {
        /// How often it may be.
        limit: u16,
    },
    /// Nothing waits for this event.
    #[error("the case does not wait for this event")]
    NotAwaited,
    /// Nothing would change.
    #[error("there is nothing to do")]
    NothingToDo,
    /// The values are not those that the case names.
    #[error("the values are not those of the case")]
    WrongSubmission,
}

/// Why somebody cannot hold a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsuitable {
    /// Nobody of this login works here.
    NotActive,
    /// They asked for what is to be decided.
    Requester,
    /// They hold it already.
    HoldsItAlready,
    /// They took part in this step already.
    TakesPartAlready,
    /// The administrator who names cannot name themselves.
    Yourself,
    /// The step lets tasks go to others only.
    OutOfRange,
    /// They may not see what the step shows.
    NotCleared {
        /// What it shows.
        needs: Level,
        /// What they may see.
        has: Level,
    },
}

/// Why a field cannot be as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Which.
    pub field: FieldName,
    /// Why.
    pub kind: FieldProblemKind,
}

/// Why a field cannot be as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblemKind {
    /// This step may not change it.
    NotEditable,
    /// It must be filled in.
    Required,
}
