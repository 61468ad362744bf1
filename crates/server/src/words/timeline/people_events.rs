//! What people did with their tasks, as sentences.

use engine::{
    Event, EventEnvelope,
    event::{ReassignCause, Verdict},
};
use vault::Digest;

use super::Telling;
use crate::view::timeline::Happened;

impl Telling<'_> {
    /// The sentence of what a person did, or was given, and the comment that came with it.
    pub(super) fn done_by_people(&self, envelope: &EventEnvelope) -> Option<(Happened, Option<Digest>)> {
        let told = |what: Happened| Some((what, None));
        match &envelope.event {
            Event::TaskOpened { task } => told(self.asked(task.step.as_str(), &task.holders(), task.pool)),
            Event::TaskClaimed { task, by } => {
                told(Happened::Claimed { who: self.name(by), step: self.step_of_task(*task) })
            }
            Event::TaskReleased { task, by } => {
                told(Happened::Released { who: self.name(by), step: self.step_of_task(*task) })
            }
            Event::TaskTransferred { from, to, comment, .. } => {
                Some((Happened::Transferred { who: self.name(from), to: self.name(to) }, *comment))
            }
            Event::TaskReassigned { task, candidates, pool, cause: ReassignCause::Left { .. }, .. } => {
                let step = self.view.case.task(*task)?.step.clone();
                told(self.asked(step.as_str(), candidates, *pool))
            }
            Event::TaskDecided { run, by, verdict, comment, .. } => {
                let (who, step) = (self.name(by), self.step_of(*run));
                let what = match verdict {
                    Verdict::Approved => Happened::Approved { who, step },
                    Verdict::Rejected => Happened::Rejected { who, step },
                    Verdict::Done => Happened::Completed { who, step },
                };
                Some((what, *comment))
            }
            Event::PeopleNamed { run, by, people, .. } => {
                told(Happened::Named { who: self.name(by), step: self.step_of(*run), to: self.names(people) })
            }
            Event::TaskReassigned { cause: ReassignCause::Escalated { .. }, .. }
            | Event::TaskClosed { .. }
            | Event::Started { .. }
            | Event::SubmissionChanged { .. }
            | Event::StepEntered { .. }
            | Event::PeopleAssigned { .. }
            | Event::TurnBegan { .. }
            | Event::VoteThresholdSet { .. }
            | Event::BranchTaken { .. }
            | Event::TimerArmed { .. }
            | Event::TimerFired { .. }
            | Event::TimerDisarmed { .. }
            | Event::Reminded { .. }
            | Event::Escalated { .. }
            | Event::StepLeft { .. }
            | Event::StepAbandoned { .. }
            | Event::Notified { .. }
            | Event::ActionRequested { .. }
            | Event::ActionSucceeded { .. }
            | Event::ActionFailed { .. }
            | Event::IncidentRaised { .. }
            | Event::IncidentResolved { .. }
            | Event::ApprovalVoided { .. }
            | Event::Commented { .. }
            | Event::Urged { .. }
            | Event::Withdrawn { .. }
            | Event::Ended { .. } => None,
        }
    }
}
