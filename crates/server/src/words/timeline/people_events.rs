//! What people did with their tasks, as sentences.

use std::collections::BTreeSet;

use definition::{id::Login, model::RESUBMISSION};
use engine::{
    Event, EventEnvelope, Task,
    event::{CloseReason, ReassignCause, Verdict},
    task::{How, State},
};
use vault::Digest;

use super::Telling;
use crate::view::timeline::{Added, Happened};

impl Telling<'_> {
    /// The sentence of what a person did, or was given, and the comment that came with it.
    #[expect(clippy::too_many_lines, reason = "one table that names every event")]
    pub(super) fn done_by_people(&self, envelope: &EventEnvelope) -> Option<(Happened, Option<Digest>)> {
        let told = |what: Happened| Some((what, None));
        match &envelope.event {
            Event::TaskOpened { task } if task.added.is_some() => self.added(task),
            Event::TaskOpened { task } => told(self.opened(task)),
            Event::TaskClaimed { task, by } => {
                told(Happened::Claimed { who: self.name(by), step: self.step_of_task(*task) })
            }
            Event::TaskReleased { task, by } => {
                told(Happened::Released { who: self.name(by), step: self.step_of_task(*task) })
            }
            Event::TaskTransferred { from, to, comment, .. } => {
                Some((Happened::Transferred { who: self.name(from), to: self.name(to) }, *comment))
            }
            Event::TaskDelegated { from, to, comment, .. } => {
                Some((Happened::Delegated { who: self.name(from), to: self.name(to) }, *comment))
            }
            Event::TaskResolved { by, to, comment, .. } => {
                Some((Happened::Resolved { who: self.name(by), to: self.name(to) }, *comment))
            }
            Event::TaskAnswered { by, comment, .. } => Some((Happened::Answered { who: self.name(by) }, *comment)),
            Event::DecisionTakenBack { run, by, .. } => {
                told(Happened::TakenBack { who: self.name(by), step: self.step_of(*run) })
            }
            Event::TaskReassigned { task, candidates, pool, cause, .. } => {
                self.reassigned(*task, (candidates, *pool), cause)
            }
            Event::TaskClosed { task, reason: CloseReason::Removed } => self.removed(*task),
            Event::TaskDecided { run, by, verdict, comment, .. } => {
                Some((decided(*verdict, self.name(by), self.step_of(*run))?, *comment))
            }
            Event::PeopleNamed { run, by, people, .. } => {
                told(Happened::Named { who: self.name(by), step: self.step_of(*run), to: self.names(people) })
            }
            Event::TaskClosed { .. }
            | Event::Started { .. }
            | Event::SubmissionChanged { .. }
            | Event::StepEntered { .. }
            | Event::PeopleAssigned { .. }
            | Event::TurnBegan { .. }
            | Event::VoteThresholdSet { .. }
            | Event::Intervened { .. }
            | Event::ClockStopped { .. }
            | Event::ClockResumed { .. }
            | Event::BranchTaken { .. }
            | Event::Forked { .. }
            | Event::LaneBegan { .. }
            | Event::LaneEnded { .. }
            | Event::RoundBegan { .. }
            | Event::TurnedDown { .. }
            | Event::WaitBegan { .. }
            | Event::EventReceived { .. }
            | Event::ValuesKept { .. }
            | Event::Returned { .. }
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
            | Event::Undo { .. }
            | Event::IncidentRaised { .. }
            | Event::IncidentResolved { .. }
            | Event::ApprovalVoided { .. }
            | Event::Commented { .. }
            | Event::Urged { .. }
            | Event::Withdrawn { .. }
            | Event::Ended { .. } => None,
        }
    }

    /// Who asked somebody to decide as well, for an opinion or an answer.
    fn added(&self, task: &Task) -> Option<(Happened, Option<Digest>)> {
        let added = task.added.as_ref()?;
        let (who, to, step) = (self.name(&added.by), self.names(&task.people()), self.title(task.step.as_str()));
        let place = match added.how {
            How::Opinion => return Some((Happened::OpinionAsked { who, to }, added.comment)),
            How::Question => return Some((Happened::Asked { who, to }, added.comment)),
            How::Before => Added::Before,
            How::After => Added::After,
            How::Alongside => Added::Alongside,
        };
        Some((Happened::Added { who, to, step, place }, added.comment))
    }

    /// Who has a task now, where it changed hands other than by a rung, which is told as such.
    fn reassigned(
        &self,
        task: engine::TaskId,
        (candidates, pool): (&BTreeSet<Login>, bool),
        cause: &ReassignCause,
    ) -> Option<(Happened, Option<Digest>)> {
        match cause {
            ReassignCause::Escalated { .. } | ReassignCause::Assigned => None,
            ReassignCause::Away { login } => {
                let task = self.view.case.task(task)?;
                let deputy = task.standing_in.iter().find(|(_, absent)| *absent == login).map(|(deputy, _)| deputy)?;
                Some((self.stood_in(task.step.as_str(), deputy, login), None))
            }
            ReassignCause::Left { .. } => {
                let step = self.view.case.task(task)?.step.clone();
                Some((self.asked(step.as_str(), candidates, pool), None))
            }
            ReassignCause::Added { by, people, comment } => {
                let (who, to, step) = (self.name(by), self.names(people), self.step_of_task(task));
                Some((Happened::Added { who, to, step, place: Added::Alongside }, *comment))
            }
            ReassignCause::Removed { by, login } => {
                Some((Happened::Removed { who: self.name(by), to: self.name(login) }, None))
            }
        }
    }

    /// Whom somebody does without whom they had added.
    fn removed(&self, task: engine::TaskId) -> Option<(Happened, Option<Digest>)> {
        let task = self.view.case.task(task)?;
        let by = &task.added.as_ref()?.by;
        let State::Closed { holders, .. } = &task.state else { return None };
        Some((Happened::Removed { who: self.name(by), to: self.names(holders) }, None))
    }

    /// Whom the process asks, or who does it in their place.
    fn opened(&self, task: &engine::Task) -> Happened {
        match task.standing_in.first_key_value() {
            Some((deputy, absent)) if task.holders().len() == 1 => self.stood_in(task.step.as_str(), deputy, absent),
            Some(_) | None => self.asked(task.step.as_str(), &task.holders(), task.pool),
        }
    }

    fn stood_in(&self, step: &str, deputy: &Login, absent: &Login) -> Happened {
        Happened::StoodIn { step: self.title(step), to: self.name(deputy), from: self.name(absent) }
    }

    /// That somebody sent the case back from a step, to which, and what they said.
    pub(super) fn returned(&self, envelope: &EventEnvelope) -> Option<(Happened, Option<Digest>)> {
        let Event::Returned { run, to, .. } = &envelope.event else { return None };
        let who = envelope.actor.login().map(|login| self.name(login)).unwrap_or_default();
        let said = self.view.events.iter().find_map(|other| {
            let Event::TaskDecided { run: of, verdict: Verdict::Returned, comment, .. } = &other.event else {
                return None;
            };
            comment.filter(|_| of == run)
        });
        let requester = self.view.case.requester().filter(|_| to.as_str() == RESUBMISSION);
        let to = requester.map_or_else(|| self.title(to.as_str()), |requester| self.name(requester));
        Some((Happened::Returned { who, to }, said))
    }
}

/// What somebody decided; that they returned it is told with where to it went.
fn decided(verdict: Verdict, who: String, step: String) -> Option<Happened> {
    Some(match verdict {
        Verdict::Approved => Happened::Approved { who, step },
        Verdict::Rejected => Happened::Rejected { who, step },
        Verdict::Done => Happened::Completed { who, step },
        Verdict::Answered => Happened::Answered { who },
        Verdict::Returned => return None,
    })
}
