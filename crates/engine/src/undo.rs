//! Taking back what a case did, once it is rejected or cancelled: action after action, the last first.
//!
//! The case runs until all of it is done, and then ends the way it was going to. An action that cannot be taken back, or
//! whose process says that nothing shall, stays.

use chrono::{DateTime, Utc};
use definition::{
    id::OutcomeName,
    model::{Run, Undo},
};

use crate::{
    advance::{self, Flow, Place},
    case::{Case, StepRun, StepRunState, Undoing},
    effect::EffectKind,
    event::{Event, IncidentCause, UndoEvent, Undone},
    id::StepRunId,
    recorder::Recorder,
};

/// Takes back what the case did, if this end asks for it and there is something; says whether there is.
pub fn begin(recorder: &mut Recorder<'_>, outcome: &OutcomeName) -> Option<Flow> {
    let asks = [advance::REJECTED, advance::CANCELLED].contains(&outcome.as_str());
    if !asks || last_standing(recorder).is_none() {
        return None;
    }
    record(recorder, UndoEvent::Began { outcome: outcome.clone() });
    Some(next(recorder))
}

/// Takes back the last action that still stands; after the last, the case ends.
fn next(recorder: &mut Recorder<'_>) -> Flow {
    let Some((run, rule)) = last_standing(recorder) else {
        let outcome = recorder.case().unwinding.clone().expect("begin() said how the case ends");
        advance::conclude(recorder, &outcome);
        return Flow::Rest;
    };
    attempt(recorder, run, (rule, 1, recorder.now()))
}

/// Begins to take an action back, or tries once more.
fn attempt(
    recorder: &mut Recorder<'_>,
    run: StepRunId,
    (rule, attempt, not_before): (Undo, u32, DateTime<Utc>),
) -> Flow {
    match rule {
        Undo::Steps { first: Some(step) } => {
            record(recorder, UndoEvent::StepsBegan { run });
            Flow::Enter(Place { step, parent: Some(run), lane: Run::UNDO, back_to: None })
        }
        Undo::Automatic => {
            record(recorder, UndoEvent::Requested { run, attempt, not_before });
            let step = recorder.run(run).step.clone();
            recorder.ask(EffectKind::UndoAction { run, step, attempt, not_before });
            Flow::Rest
        }
        Undo::Never | Undo::Steps { first: None } => ended(recorder, run, Undone::Kept),
    }
}

/// Tries again what failed, not before a moment.
pub fn again(recorder: &mut Recorder<'_>, run: StepRunId, (number, not_before): (u32, DateTime<Utc>)) -> Flow {
    let rule = rule_of(recorder, recorder.run(run)).unwrap_or(Undo::Never);
    attempt(recorder, run, (rule, number, not_before))
}

/// An action was taken back, or never will be: the one before it is next.
pub fn ended(recorder: &mut Recorder<'_>, run: StepRunId, how: Undone) -> Flow {
    record(recorder, UndoEvent::Ended { run, how });
    next(recorder)
}

/// Steps that take an action back came to a rejection by rule: an operator decides what becomes of it.
pub fn give_up(recorder: &mut Recorder<'_>) {
    let by_steps = |run: &&StepRun| matches!(run.undo, Some(Undoing::BySteps));
    let Some(run) = recorder.case().runs.iter().find(by_steps).map(|run| run.id) else { return };
    advance::abandon(recorder, Some((run, Run::UNDO)));
    advance::raise_incident(recorder, run, IncidentCause::UndoGivenUp);
}

/// Whether a place is within the steps that take an action back.
pub fn is_within(case: &Case, mut scope: Option<(StepRunId, u16)>) -> bool {
    while let Some((around, lane)) = scope {
        let Some(around) = case.run(around) else { return false };
        if lane == Run::UNDO && matches!(around.undo, Some(Undoing::BySteps)) {
            return true;
        }
        scope = around.parent.map(|parent| (parent, around.lane));
    }
    false
}

/// The action that took effect last of those that are still to be taken back, and how that is done.
fn last_standing(recorder: &Recorder<'_>) -> Option<(StepRunId, Undo)> {
    let standing = recorder.case().runs.iter().filter_map(|run| {
        let StepRunState::Left { at, result: Some(_), .. } = run.state else { return None };
        let rule = rule_of(recorder, run).filter(|_| run.undo.is_none())?;
        Some((at, run.id, rule))
    });
    // Of several at one moment, the one that began last.
    standing.max_by_key(|(at, ..)| *at).map(|(_, run, rule)| (run, rule))
}

/// How the action of a run is taken back, if it is.
fn rule_of(recorder: &Recorder<'_>, run: &StepRun) -> Option<Undo> {
    let (index, step) = recorder.step_of(run.id);
    let action = step.kind.run()?;
    match action.undo {
        Undo::Never | Undo::Steps { first: None } => None,
        rule @ (Undo::Automatic | Undo::Steps { .. }) => Some(rule).filter(|_| !recorder.process().is_in_undo(index)),
    }
}

fn record(recorder: &mut Recorder<'_>, what: UndoEvent) {
    recorder.record(Event::Undo { what });
}
