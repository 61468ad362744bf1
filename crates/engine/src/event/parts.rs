//! What any event speaks of, for those who look at events without caring for each.

use vault::Digest;

use super::{Event, ReassignCause};
use crate::id::TaskId;

/// What an event speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts {
    /// The task that it changes.
    pub task: Option<TaskId>,
    /// What somebody said with it.
    pub said: Option<Digest>,
}

impl Event {
    /// What it speaks of.
    pub fn parts(&self) -> Parts {
        match self {
            Self::TaskOpened { task } => {
                Parts { task: Some(task.id), said: task.added.as_ref().and_then(|added| added.comment) }
            }
            Self::TaskDecided { task, comment, .. }
            | Self::TaskTransferred { task, comment, .. }
            | Self::TaskDelegated { task, comment, .. }
            | Self::TaskResolved { task, comment, .. }
            | Self::TaskAnswered { task, comment, .. }
            | Self::TaskReassigned { task, cause: ReassignCause::Added { comment, .. }, .. } => {
                Parts { task: Some(*task), said: *comment }
            }
            Self::TaskClaimed { task, .. }
            | Self::TaskReleased { task, .. }
            | Self::TaskReassigned { task, .. }
            | Self::DecisionTakenBack { task, .. }
            | Self::PeopleNamed { task, .. }
            | Self::TaskClosed { task, .. } => Parts { task: Some(*task), said: None },
            Self::Withdrawn { comment } => Parts { task: None, said: *comment },
            Self::Commented { payload: said }
            | Self::IncidentResolved { reason: said, .. }
            | Self::Intervened { reason: said, .. } => Parts { task: None, said: Some(*said) },
            Self::Started { .. }
            | Self::SubmissionChanged { .. }
            | Self::StepEntered { .. }
            | Self::PeopleAssigned { .. }
            | Self::TurnBegan { .. }
            | Self::VoteThresholdSet { .. }
            | Self::Undo { .. }
            | Self::ClockStopped { .. }
            | Self::ClockResumed { .. }
            | Self::StepAbandoned { .. }
            | Self::BranchTaken { .. }
            | Self::Forked { .. }
            | Self::LaneBegan { .. }
            | Self::LaneEnded { .. }
            | Self::RoundBegan { .. }
            | Self::TurnedDown { .. }
            | Self::WaitBegan { .. }
            | Self::EventReceived { .. }
            | Self::ValuesKept { .. }
            | Self::Returned { .. }
            | Self::TimerArmed { .. }
            | Self::TimerFired { .. }
            | Self::TimerDisarmed { .. }
            | Self::Reminded { .. }
            | Self::Escalated { .. }
            | Self::StepLeft { .. }
            | Self::Notified { .. }
            | Self::ActionRequested { .. }
            | Self::ActionSucceeded { .. }
            | Self::ActionFailed { .. }
            | Self::IncidentRaised { .. }
            | Self::ApprovalVoided { .. }
            | Self::Urged { .. }
            | Self::Ended { .. } => Parts::default(),
        }
    }
}
