//! Where a case stands: the fold of its events.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use definition::id::{EventName, Login, OutcomeName, StepId, WorkflowId};
use serde::{Deserialize, Serialize};
use vault::Digest;

use crate::{
    event::{ActionResult, IncidentCause, StepOutcome, Undone},
    id::{CaseId, CaseNumber, EventNumber, StepRunId, TaskId, TimerId},
    origin::Origin,
    task::Task,
};

/// A running or ended case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// How people call it.
    pub number: CaseNumber,
    /// The number of the last event folded in.
    pub revision: EventNumber,
    /// The process it runs.
    pub process: WorkflowId,
    /// The version it is pinned to.
    pub version: u32,
    /// That version's content.
    pub definition: Digest,
    /// What made it begin.
    #[serde(flatten)]
    pub origin: Origin,
    /// What is asked, as it stands.
    pub submission: Digest,
    /// The work that last changed what is asked.
    pub changed_by: Option<StepRunId>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Whether it still runs.
    pub status: Status,
    /// Each passage through a step, in the order they began.
    pub runs: Vec<StepRun>,
    /// Every task that was made, in order.
    pub tasks: Vec<Task>,
    /// Wake-ups that are set, in the order they were armed.
    pub timers: Vec<Timer>,
    /// Every approval that was given.
    pub approvals: Vec<Approval>,
    /// Who got a message or a copy by a `notify` step.
    pub copied: BTreeSet<Login>,
    /// How many times a person decided.
    pub decisions: u32,
    /// Whether an action was ever asked for.
    pub action_requested: bool,
    /// When the requester last asked people to act.
    pub urged_at: Option<DateTime<Utc>>,
    /// How it will end, once what it did has been taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unwinding: Option<OutcomeName>,
    /// Since when an administrator lets it rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended_at: Option<DateTime<Utc>>,
    /// Who was brought into a task that any one decides, and by whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<Joined>,
    /// The last decision, while nobody has acted after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_decision: Option<LastDecision>,
}

/// Somebody whom a holder of a task brought into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The task.
    pub task: TaskId,
    /// Who brought them in.
    pub by: Login,
    /// Whom.
    pub login: Login,
}

/// A decision after which nobody has acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDecision {
    /// The task.
    pub task: TaskId,
    /// Whose.
    pub by: Login,
    /// How many passages there were then: whatever began later followed from it.
    pub runs: usize,
    /// Whose turn it was, from 1; 0 where people are not asked one after the other.
    pub turn: u16,
}

/// Whether a case still runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Status {
    /// It does.
    Running,
    /// It does not.
    Ended {
        /// How it ended.
        outcome: OutcomeName,
        /// When.
        at: DateTime<Utc>,
    },
}

/// One passage through a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRun {
    /// Its id.
    pub id: StepRunId,
    /// The step.
    pub step: StepId,
    /// The run of the step it is nested in.
    pub parent: Option<StepRunId>,
    /// Which branch, item or round of that run it stands in; 0 where there is but one.
    #[serde(default)]
    pub lane: u16,
    /// The step that the case comes straight back to once this one is done: it was returned from there.
    #[serde(default)]
    pub back_to: Option<StepId>,
    /// When the case came to it.
    pub entered_at: DateTime<Utc>,
    /// How far it is.
    pub state: StepRunState,
    /// How far taking back is what its action did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Undoing>,
}

/// How far taking an action back is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Undoing {
    /// The action takes itself back, or waits to be tried again.
    Acting {
        /// Which attempt, from 1.
        attempt: u32,
        /// Not to be tried earlier.
        not_before: DateTime<Utc>,
    },
    /// Steps take it back.
    BySteps,
    /// An operator must act.
    Incident {
        /// Why.
        cause: IncidentCause,
        /// How many attempts there were.
        attempts: u32,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// It is over.
    Over {
        /// What came of it.
        how: Undone,
        /// When.
        at: DateTime<Utc>,
    },
}

/// An attempt at an action, or at taking it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Which, from 1.
    pub number: u32,
    /// Not to be made earlier.
    pub not_before: DateTime<Utc>,
}

/// Where a passage cannot go on without an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck<'a> {
    /// Why.
    pub cause: &'a IncidentCause,
    /// How many attempts there were.
    pub attempts: u32,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// How far a passage through a step is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum StepRunState {
    /// The case came to it; what follows is decided at once.
    Entered,
    /// It waits for people.
    Waiting(Waiting),
    /// The steps of one of its cases run.
    Inside {
        /// Which case, from 0.
        case: u16,
    },
    /// Several of its lists run at once, or one after the other.
    Forked {
        /// Its branches or items.
        lanes: Vec<Lane>,
    },
    /// Its steps run again and again.
    Repeating {
        /// Which time, from 1.
        round: u16,
    },
    /// It was turned down, and the steps that follow a rejection run.
    TurnedDown {
        /// How it will be left.
        how: Ending,
    },
    /// It waits for a moment or an event.
    Pausing {
        /// Until when at the latest.
        until: Option<DateTime<Utc>>,
        /// For which event.
        event: Option<EventName>,
    },
    /// Its action is being carried out, or waits to be tried again.
    Acting {
        /// Which attempt, from 1.
        attempt: u32,
        /// Not to be tried earlier.
        not_before: DateTime<Utc>,
    },
    /// Its action took effect; the case leaves it at once.
    Acted {
        /// What it made.
        result: ActionResult,
    },
    /// An operator must act.
    Incident {
        /// Why.
        cause: IncidentCause,
        /// How many attempts there were.
        attempts: u32,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// The case left it.
    Left {
        /// How.
        outcome: StepOutcome,
        /// Whose decision it was, if a person's.
        by: Option<Login>,
        /// When.
        at: DateTime<Utc>,
        /// What they said.
        comment: Option<Digest>,
        /// What its action made.
        result: Option<ActionResult>,
        /// Which case a branch had taken.
        case: Option<u16>,
        /// How far its people were.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waiting: Option<Box<Waiting>>,
        /// How each branch or item went.
        #[serde(default)]
        lanes: Vec<Lane>,
    },
    /// The case ended or went back while it ran.
    Abandoned {
        /// When.
        at: DateTime<Utc>,
    },
}

/// A branch or an item of a step that runs several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// Which list of the step, or which item.
    pub number: u16,
    /// How far it is.
    pub state: LaneState,
}

/// How far a branch or an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaneState {
    /// Its turn has not come.
    Ahead,
    /// Its steps run.
    Open,
    /// It ran off its end.
    Arrived,
    /// A rejection ended it alone.
    Rejected,
    /// It was closed, since the others sufficed.
    Closed,
}

/// How a step will be left, once the steps that follow a rejection have run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// How.
    pub outcome: StepOutcome,
    /// Whose decision it was, if a person's.
    pub by: Option<Login>,
    /// What they said.
    pub comment: Option<Digest>,
}

/// How far a step is that waits for people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Whom it asks, in order.
    pub people: Vec<Login>,
    /// Whose turn it is, from 1; 0 where people are not asked one after the other.
    pub turn: u16,
    /// When it was first due, of this turn.
    pub due_at: Option<DateTime<Utc>>,
    /// How many reminders went out, of this turn.
    pub reminded: u32,
    /// How many rungs of the ladder were climbed, of this turn.
    pub rungs: u16,
    /// Who decided already.
    pub decided: Vec<Login>,
    /// What a vote must reach, in ten-thousandths of a vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed: Option<u64>,
    /// What is left of its clock, while that stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
}

/// What is left of a clock that stands still.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// Until the due time; nothing if there is none or it had passed.
    pub due: Option<Left>,
    /// Until each wake-up.
    pub timers: Vec<(TimerPurpose, Left)>,
}

/// A stretch of time that is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// How long.
    pub seconds: i64,
    /// Whether only opening hours count.
    pub working: bool,
}

/// A wake-up that is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// Its id; derived from `number`.
    pub id: TimerId,
    /// The event that armed it: with the case, all that its id is made from.
    pub number: EventNumber,
    /// The step's run.
    pub run: StepRunId,
    /// When it is due.
    pub due_at: DateTime<Utc>,
    /// What it is for.
    pub purpose: TimerPurpose,
}

/// What a wake-up is for. The order is that of firing at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TimerPurpose {
    /// A rung of the escalation ladder.
    Escalate {
        /// Which, from 0.
        rung: u16,
    },
    /// A reminder.
    Remind {
        /// The how-manyth of this turn, from 1.
        count: u32,
    },
    /// The end of a `wait`.
    Wake,
}

/// An approval that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The step's run.
    pub run: StepRunId,
    /// The step.
    pub step: StepId,
    /// Who gave it.
    pub by: Login,
    /// When.
    pub at: DateTime<Utc>,
    /// What it is bound to.
    pub bound: Digest,
    /// Whether it still counts.
    pub counts: bool,
    /// Whether it counts no more because the case was sent back before it, so that it is asked for again anyway.
    #[serde(default)]
    pub redone: bool,
}

impl Case {
    /// Whose case it is, if it is anybody's.
    pub const fn requester(&self) -> Option<&Login> {
        self.origin.requester()
    }

    /// Who receives what its actions deliver: whose case it is, else who approved last.
    pub fn recipient(&self) -> Option<&Login> {
        let approved = self.approvals.iter().rev().find(|approval| approval.counts).map(|approval| &approval.by);
        self.requester().or(approved)
    }

    /// Whether it is this person's case.
    pub fn is_of(&self, login: &Login) -> bool {
        self.origin.is_of(login)
    }

    /// Whether the case still runs.
    pub const fn is_running(&self) -> bool {
        matches!(self.status, Status::Running)
    }

    /// A passage through a step.
    pub fn run(&self, id: StepRunId) -> Option<&StepRun> {
        self.runs.iter().find(|run| run.id == id)
    }

    /// The last passage through a step.
    pub fn last_run_of(&self, step: &str) -> Option<&StepRun> {
        self.runs.iter().rev().find(|run| run.step.as_str() == step)
    }

    /// The passages that wait for something, in the order they began.
    pub fn open_runs(&self) -> impl Iterator<Item = &StepRun> {
        self.runs.iter().filter(|run| run.is_open())
    }

    /// A task.
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == id)
    }

    /// A wake-up that is set.
    pub fn timer(&self, id: TimerId) -> Option<&Timer> {
        self.timers.iter().find(|timer| timer.id == id)
    }

    /// The tasks that wait for somebody.
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|task| task.is_open())
    }

    /// The tasks of a passage that wait for somebody.
    pub fn open_tasks_of(&self, run: StepRunId) -> impl Iterator<Item = &Task> {
        self.open_tasks().filter(move |task| task.run == run)
    }

    /// Everybody who holds or did a task of the case, or got a copy; who only might have done one takes no part.
    pub fn participants(&self) -> BTreeSet<Login> {
        let mut participants = self.copied.clone();
        for task in &self.tasks {
            participants.extend(task.everybody());
            participants.extend(task.standing_in.values().cloned());
            if let crate::task::State::Completed { by, .. } = &task.state {
                participants.insert(by.clone());
            }
        }
        participants
    }

    /// Whether the requester should read "approved, delayed": an action is tried again or waits for an operator.
    pub fn is_delayed(&self) -> bool {
        let is_late = |run: &StepRun| {
            run.incident().is_some() || run.attempt_under_way().is_some_and(|attempt| attempt.number > 1)
        };
        self.unwinding.is_none() && self.runs.iter().any(is_late)
    }

    /// Whether a passage stands within a branch, item or round of a run; without one, within the case.
    pub fn is_within(&self, run: &StepRun, scope: Option<(StepRunId, u16)>) -> bool {
        let Some((parent, lane)) = scope else { return true };
        let mut at = Some(run);
        while let Some(run) = at {
            if run.parent == Some(parent) && run.lane == lane {
                return true;
            }
            at = run.parent.and_then(|parent| self.run(parent));
        }
        false
    }

    /// The branches or items of a run, while it is among several and afterwards.
    pub fn lanes(&self, run: StepRunId) -> &[Lane] {
        let state = self.run(run).map(|run| &run.state);
        if let Some(StepRunState::Forked { lanes } | StepRunState::Left { lanes, .. }) = state { lanes } else { &[] }
    }
}

impl StepRun {
    /// Whether the case is still at this passage.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, StepRunState::Left { .. } | StepRunState::Abandoned { .. }) || self.is_being_undone()
    }

    /// Whether what its action did is being taken back.
    pub const fn is_being_undone(&self) -> bool {
        matches!(self.undo, Some(Undoing::Acting { .. } | Undoing::BySteps | Undoing::Incident { .. }))
    }

    /// Why it cannot go on without an operator, if it cannot.
    pub const fn incident(&self) -> Option<Stuck<'_>> {
        if let Some(Undoing::Incident { cause, attempts, since }) = &self.undo {
            return Some(Stuck { cause, attempts: *attempts, since: *since });
        }
        if let StepRunState::Incident { cause, attempts, since } = &self.state {
            return Some(Stuck { cause, attempts: *attempts, since: *since });
        }
        None
    }

    /// The attempt at its action, or at taking that back, that is under way.
    pub const fn attempt_under_way(&self) -> Option<Attempt> {
        if let Some(Undoing::Acting { attempt, not_before }) = self.undo {
            return Some(Attempt { number: attempt, not_before });
        }
        if let StepRunState::Acting { attempt, not_before } = self.state {
            return Some(Attempt { number: attempt, not_before });
        }
        None
    }

    /// Whether other steps run inside it.
    pub const fn encloses(&self) -> bool {
        matches!(
            self.state,
            StepRunState::Inside { .. }
                | StepRunState::Forked { .. }
                | StepRunState::Repeating { .. }
                | StepRunState::TurnedDown { .. }
        ) || matches!(self.undo, Some(Undoing::BySteps))
    }

    /// How far it is, if it waits for people.
    pub const fn waiting(&self) -> Option<&Waiting> {
        if let StepRunState::Waiting(waiting) = &self.state { Some(waiting) } else { None }
    }

    /// Which case of a branch it took, if it is one.
    pub const fn case_taken(&self) -> Option<u16> {
        if let StepRunState::Inside { case } = self.state {
            return Some(case);
        }
        if let StepRunState::Left { case, .. } = self.state { case } else { None }
    }

    /// How many attempts at its action, or at taking that back, there were.
    pub const fn attempts(&self) -> u32 {
        match (self.incident(), self.attempt_under_way()) {
            (Some(incident), _) => incident.attempts,
            (None, Some(attempt)) => attempt.number,
            (None, None) => 0,
        }
    }
}
