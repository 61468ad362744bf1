//! What happened in a case. Events are kept for ever: names and fields here are only ever added to.

mod action;
mod parts;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use definition::{
    id::{EventName, FieldName, Login, OutcomeName, StepId, WorkflowId},
    model::ReturnThen,
};
use serde::{Deserialize, Serialize};
use vault::Digest;

pub use self::{
    action::{ActionFailure, ActionResult, IncidentCause, IncidentResolution, UndoEvent, Undone},
    parts::Parts,
    terms::{CloseReason, Escalated, Intervention, ReassignCause, StepOutcome, Verdict},
};
use crate::{
    case::{Ending, LaneState, Stopped, Timer},
    command::Actor,
    id::{CaseId, CaseNumber, EventNumber, StepRunId, TaskId, TimerId},
    origin::Origin,
    task::{Seat, Task},
};

/// An event with its place, moment and cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventEnvelope {
    /// The case.
    pub case: CaseId,
    /// Its place, from 1, without gaps.
    pub number: EventNumber,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose command caused it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

/// What happened. No personal value stands here: values, comments and reasons are payloads named by digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Event {
    /// A case began.
    Started {
        /// How people call the case.
        number: CaseNumber,
        /// The process.
        process: WorkflowId,
        /// Its version.
        version: u32,
        /// The version's content.
        definition: Digest,
        /// What made it begin.
        #[serde(flatten)]
        origin: Origin,
        /// What was sent, or came with what made it begin.
        submission: Digest,
    },
    /// Work on a step changed the request.
    SubmissionChanged {
        /// The run of the `fill` step.
        run: StepRunId,
        /// The values from now on.
        submission: Digest,
        /// Which fields differ.
        fields: BTreeSet<FieldName>,
    },
    /// The case came to a step.
    StepEntered {
        /// This passage through it.
        run: StepRunId,
        /// The step.
        step: StepId,
        /// The run of the step it is nested in.
        parent: Option<StepRunId>,
        /// Which branch, item or round of that run.
        #[serde(default, skip_serializing_if = "is_default")]
        lane: u16,
        /// The step that the case comes straight back to afterwards.
        #[serde(default, skip_serializing_if = "is_default")]
        back_to: Option<StepId>,
    },
    /// The people of a step were worked out, in their order.
    PeopleAssigned {
        /// The step's run.
        run: StepRunId,
        /// Whom it asks.
        people: Vec<Login>,
    },
    /// The clock of a step began, or of one person's turn in it.
    TurnBegan {
        /// The step's run.
        run: StepRunId,
        /// Whose turn, from 1; 0 where people are not asked one after the other.
        turn: u16,
        /// By when.
        due_at: Option<DateTime<Utc>>,
    },
    /// A branch chose its case.
    BranchTaken {
        /// The branch's run.
        run: StepRunId,
        /// Which case, from 0.
        case: u16,
    },
    /// Several lists of a step begin: all at once, or the first of them.
    Forked {
        /// The step's run.
        run: StepRunId,
        /// Which lists, or which items.
        lanes: Vec<u16>,
        /// Whether they all begin now.
        at_once: bool,
    },
    /// The turn of a branch or item came, or it goes on after it had ended.
    LaneBegan {
        /// The step's run.
        run: StepRunId,
        /// Which.
        lane: u16,
    },
    /// A branch or an item ended.
    LaneEnded {
        /// The step's run.
        run: StepRunId,
        /// Which.
        lane: u16,
        /// How.
        how: LaneState,
    },
    /// The steps of a `repeat` begin once more.
    RoundBegan {
        /// The step's run.
        run: StepRunId,
        /// Which time, from 1.
        round: u16,
    },
    /// A step was turned down, and steps of its own follow.
    TurnedDown {
        /// The step's run.
        run: StepRunId,
        /// How it will be left.
        how: Ending,
    },
    /// The case waits for a moment or an event.
    WaitBegan {
        /// The step's run.
        run: StepRunId,
        /// Until when at the latest.
        until: Option<DateTime<Utc>>,
        /// For which event.
        event: Option<EventName>,
    },
    /// The event came that the case waited for.
    EventReceived {
        /// The step's run.
        run: StepRunId,
        /// Which event.
        event: EventName,
    },
    /// Case variables, or the items of an `each`, were given their values.
    ValuesKept {
        /// The step's run.
        run: StepRunId,
        /// All values of the case from now on.
        submission: Digest,
        /// What the values are called.
        names: BTreeSet<String>,
    },
    /// Somebody sent the case back.
    Returned {
        /// The run it was returned from.
        run: StepRunId,
        /// The step it went back to.
        to: StepId,
        /// What follows.
        then: ReturnThen,
    },
    /// A task was made.
    TaskOpened {
        /// All of it.
        task: Task,
    },
    /// Somebody took a task from its pool.
    TaskClaimed {
        /// Which.
        task: TaskId,
        /// Who.
        by: Login,
    },
    /// Somebody gave a task back to its pool.
    TaskReleased {
        /// Which.
        task: TaskId,
        /// Who.
        by: Login,
    },
    /// Somebody handed a task over.
    TaskTransferred {
        /// Which.
        task: TaskId,
        /// Who had it.
        from: Login,
        /// Who has it.
        to: Login,
        /// Why.
        comment: Option<Digest>,
    },
    /// Somebody let another look at a task; it comes back to them.
    TaskDelegated {
        /// Which.
        task: TaskId,
        /// Whose it stays.
        from: Login,
        /// Who has it.
        to: Login,
        /// Why.
        comment: Option<Digest>,
    },
    /// A delegated task came back for the last word.
    TaskResolved {
        /// Which.
        task: TaskId,
        /// Who ended the delegation.
        by: Login,
        /// Who has it again.
        to: Login,
        /// What they said.
        comment: Option<Digest>,
    },
    /// Somebody gave the opinion or the answer that another asked for. It decides nothing.
    TaskAnswered {
        /// Which.
        task: TaskId,
        /// The step's run.
        run: StepRunId,
        /// Who.
        by: Login,
        /// What they said.
        comment: Option<Digest>,
    },
    /// Somebody took their decision back before anybody acted after it.
    DecisionTakenBack {
        /// Which task waits for them again.
        task: TaskId,
        /// The step's run.
        run: StepRunId,
        /// Who.
        by: Login,
    },
    /// The clock of a step stands still.
    ClockStopped {
        /// The step's run.
        run: StepRunId,
        /// What is left of it.
        stopped: Stopped,
    },
    /// The clock of a step goes on.
    ClockResumed {
        /// The step's run.
        run: StepRunId,
        /// By when it is due now.
        due_at: Option<DateTime<Utc>>,
    },
    /// The candidates of a task changed by rule or by authority.
    TaskReassigned {
        /// Which.
        task: TaskId,
        /// Whom it waits for now.
        candidates: BTreeSet<Login>,
        /// Whether one of them claims it first.
        pool: bool,
        /// Why.
        cause: ReassignCause,
        /// Those of them who stand in for somebody who is away, each with whom.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        standing_in: BTreeMap<Login, Login>,
        /// The seat it is from now on, where seats of a vote came into one hand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seat: Option<Seat>,
    },
    /// The votes that a step needs were worked out, or have become more.
    VoteThresholdSet {
        /// The step's run.
        run: StepRunId,
        /// What must be reached, in ten-thousandths of a vote.
        needed: u64,
    },
    /// Somebody did a task.
    TaskDecided {
        /// Which.
        task: TaskId,
        /// Its step's run.
        run: StepRunId,
        /// Who.
        by: Login,
        /// For whom they stood in.
        on_behalf_of: Option<Login>,
        /// What they decided.
        verdict: Verdict,
        /// What they said.
        comment: Option<Digest>,
        /// What the decision is bound to.
        bound: Digest,
    },
    /// An administrator named the people of a step.
    PeopleNamed {
        /// The naming task, done with this.
        task: TaskId,
        /// The step's run.
        run: StepRunId,
        /// Who named them.
        by: Login,
        /// Whom.
        people: Vec<Login>,
    },
    /// A task is no longer needed.
    TaskClosed {
        /// Which.
        task: TaskId,
        /// Why.
        reason: CloseReason,
    },
    /// A wake-up was set.
    TimerArmed {
        /// All of it.
        timer: Timer,
    },
    /// A wake-up came.
    TimerFired {
        /// Which.
        timer: TimerId,
    },
    /// A wake-up is no longer needed.
    TimerDisarmed {
        /// Which.
        timer: TimerId,
    },
    /// The people of a step were reminded.
    Reminded {
        /// The step's run.
        run: StepRunId,
        /// Whom.
        people: BTreeSet<Login>,
        /// The how-manyth, from 1.
        count: u32,
    },
    /// A rung of the escalation ladder was reached.
    Escalated {
        /// The step's run.
        run: StepRunId,
        /// Which rung, from 0.
        rung: u16,
        /// What it did.
        did: Escalated,
    },
    /// The case left a step.
    StepLeft {
        /// The step's run.
        run: StepRunId,
        /// How.
        outcome: StepOutcome,
        /// Whose decision it was, if a person's.
        by: Option<Login>,
        /// What they said.
        comment: Option<Digest>,
    },
    /// The case ended or went back while it was at a step.
    StepAbandoned {
        /// The step's run.
        run: StepRunId,
    },
    /// A `notify` step told people something.
    Notified {
        /// The step's run.
        run: StepRunId,
        /// Whom.
        to: BTreeSet<Login>,
    },
    /// An action is to be carried out.
    ActionRequested {
        /// The step's run.
        run: StepRunId,
        /// Which attempt, from 1.
        attempt: u32,
        /// Not earlier.
        not_before: DateTime<Utc>,
    },
    /// An action took effect.
    ActionSucceeded {
        /// The step's run.
        run: StepRunId,
        /// What it made.
        result: ActionResult,
    },
    /// An attempt at an action failed.
    ActionFailed {
        /// The step's run.
        run: StepRunId,
        /// Which attempt.
        attempt: u32,
        /// Why.
        failure: ActionFailure,
    },
    /// The engine cannot go on alone; an operator must act.
    IncidentRaised {
        /// The step's run.
        run: StepRunId,
        /// Why.
        cause: IncidentCause,
    },
    /// An operator acted on an incident.
    IncidentResolved {
        /// The step's run.
        run: StepRunId,
        /// What they did.
        resolution: IncidentResolution,
        /// Why.
        reason: Digest,
    },
    /// What an approval was bound to has changed: it counts no more.
    ApprovalVoided {
        /// The run it was given in.
        run: StepRunId,
        /// Who gave it.
        by: Login,
        /// Whether because the case was sent back before it, and not because what it was bound to has changed.
        #[serde(default, skip_serializing_if = "is_default")]
        redone: bool,
    },
    /// An administrator did something by authority. It is never a decision on what is asked.
    Intervened {
        /// What.
        what: Intervention,
        /// Why.
        reason: Digest,
    },
    /// What the case did is being taken back.
    Undo {
        /// How far.
        what: UndoEvent,
    },
    /// Somebody said something.
    Commented {
        /// The text.
        payload: Digest,
    },
    /// The requester asked people to act.
    Urged {
        /// Whom.
        people: BTreeSet<Login>,
    },
    /// The requester took the request back.
    Withdrawn {
        /// Why.
        comment: Option<Digest>,
    },
    /// The case ended.
    Ended {
        /// How.
        outcome: OutcomeName,
    },
}

/// Whether a field that came later says nothing: an event from before it is written as it was.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
