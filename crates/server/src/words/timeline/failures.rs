//! What became of actions that failed for good, and of those that were taken back.

use engine::{
    Event, EventEnvelope, StepRunId,
    event::{StepOutcome, UndoEvent, Undone},
};
use vault::Digest;

use super::Telling;
use crate::view::timeline::Happened;

impl Telling<'_> {
    /// The way that the process takes after a failure, and how far taking back is.
    pub(super) fn failed(&self, envelope: &EventEnvelope) -> Option<(Happened, Option<Digest>)> {
        let happened = if let Event::Undo { what } = &envelope.event {
            self.undone(what)?
        } else if let Event::TurnedDown { run, how } = &envelope.event {
            Some(Happened::TurnedTo { step: self.step_of(*run) }).filter(|_| how.outcome == StepOutcome::Failed)?
        } else if let Event::StepLeft { run, outcome: StepOutcome::Failed, .. } = &envelope.event {
            Some(Happened::GaveUp { step: self.step_of(*run) }).filter(|_| !self.turned_down(*run))?
        } else {
            return None;
        };
        Some((happened, None))
    }

    fn undone(&self, what: &UndoEvent) -> Option<Happened> {
        match what {
            UndoEvent::Began { .. } => Some(Happened::Unwinding),
            UndoEvent::Ended { run, how: Undone::Undone } => Some(Happened::Undone { step: self.step_of(*run) }),
            UndoEvent::Ended { run, how: Undone::TooLate } => {
                Some(Happened::UndoneTooLate { step: self.step_of(*run) })
            }
            UndoEvent::Ended { run, how: Undone::Kept } => Some(Happened::Kept { step: self.step_of(*run) }),
            UndoEvent::Requested { .. } | UndoEvent::StepsBegan { .. } => None,
        }
    }

    /// Whether steps of its own followed the failure of a passage.
    fn turned_down(&self, run: StepRunId) -> bool {
        let is_it = |event: &Event| matches!(event, Event::TurnedDown { run: of, .. } if *of == run);
        self.view.events.iter().any(|envelope| is_it(&envelope.event))
    }
}
