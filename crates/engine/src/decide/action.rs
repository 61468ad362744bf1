//! How actions went, and what operators do about those that failed.

use definition::{
    model::{OnError, Retry, Run, StepKind},
    period::Period,
};
use vault::Digest;

use super::{entitled, running};
use crate::{
    advance::{self, Flow, Place},
    calendar,
    case::{Ending, StepRun},
    command::Actor,
    event::{ActionFailure, ActionResult, Event, IncidentCause, IncidentResolution, StepOutcome, Undone},
    id::StepRunId,
    recorder::Recorder,
    rejection::Rejection,
    revisit, undo,
};

/// How often the wait before the next attempt doubles; after that it stays.
const DOUBLINGS_MAX: u32 = 12;

/// The report of a failed attempt.
pub struct Failed {
    /// The step's run.
    pub run: StepRunId,
    /// Which attempt.
    pub attempt: u32,
    /// Why.
    pub failure: ActionFailure,
    /// Whether it may succeed if tried again.
    pub retryable: bool,
}

/// An action took effect: the case goes on.
pub fn succeeded(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (run, result): (StepRunId, &ActionResult),
) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ReportAction)?;
    under_way(recorder, run, |run| !run.is_being_undone())?;
    recorder.record(Event::ActionSucceeded { run, result: result.clone() });
    advance::leave(recorder, run, StepOutcome::Done);
    advance::follow(recorder, Flow::After(run));
    Ok(())
}

/// What an action did was taken back: the one before it is next.
pub fn undone(recorder: &mut Recorder<'_>, actor: &Actor, (run, how): (StepRunId, Undone)) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ReportAction)?;
    under_way(recorder, run, StepRun::is_being_undone)?;
    let flow = undo::ended(recorder, run, how);
    advance::follow(recorder, flow);
    Ok(())
}

/// An attempt failed: try again later, or go the way that the process says of a failure.
pub fn failed(recorder: &mut Recorder<'_>, actor: &Actor, report: &Failed) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ReportAction)?;
    let Failed { run, attempt, failure, retryable } = *report;
    if under_way(recorder, run, |_| true)? != attempt {
        return Err(Rejection::LateReport);
    }
    recorder.record(Event::ActionFailed { run, attempt, failure });
    let (_, step) = recorder.step_of(run);
    let StepKind::Run(definition) = &step.kind else { return Err(Rejection::LateReport) };
    let is_being_undone = recorder.run(run).is_being_undone();
    let flow = if retryable && attempt <= definition.retry.times {
        let at = calendar::after(&recorder.plan.settings.calendar, recorder.now(), wait(definition.retry, attempt));
        let next = (attempt + 1, at);
        if is_being_undone { undo::again(recorder, run, next) } else { advance::act(recorder, run, next) }
    } else if is_being_undone || failure == ActionFailure::Interrupted {
        // What stands though it should not, or what nobody knows the outcome of, is for an operator.
        advance::raise_incident(recorder, run, IncidentCause::ActionFailed { failure })
    } else {
        failed_for_good(recorder, run, (definition, failure))
    };
    advance::follow(recorder, flow);
    Ok(())
}

/// Goes the way that the process says of a failure.
fn failed_for_good(recorder: &mut Recorder<'_>, run: StepRunId, (definition, failure): (&Run, ActionFailure)) -> Flow {
    match definition.on_error {
        OnError::Incident => advance::raise_incident(recorder, run, IncidentCause::ActionFailed { failure }),
        OnError::Steps { first: Some(step) } => {
            let how = Ending { outcome: StepOutcome::Failed, by: None, comment: None };
            recorder.record(Event::TurnedDown { run, how });
            Flow::Enter(Place { step, parent: Some(run), lane: Run::ON_ERROR, back_to: None })
        }
        OnError::Continue | OnError::Steps { first: None } => {
            advance::leave(recorder, run, StepOutcome::Failed);
            Flow::After(run)
        }
    }
}

/// Lets a step that raised an incident try again.
pub fn retry(recorder: &mut Recorder<'_>, actor: &Actor, (run, reason): (StepRunId, Digest)) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ResolveIncident)?;
    let attempts = incident(recorder, run)?;
    recorder.record(Event::IncidentResolved { run, resolution: IncidentResolution::Retried, reason });
    let (_, step) = recorder.step_of(run);
    let now = recorder.now();
    let flow = match &step.kind {
        StepKind::Run(_) if recorder.run(run).is_being_undone() => undo::again(recorder, run, (attempts + 1, now)),
        StepKind::Run(_) => advance::act(recorder, run, (attempts + 1, now)),
        StepKind::Approve(_) | StepKind::Fill(_) => revisit::ask_again(recorder, run),
        StepKind::Notify(_)
        | StepKind::Branch(_)
        | StepKind::Parallel(_)
        | StepKind::Each(_)
        | StepKind::Repeat(_)
        | StepKind::Wait(_)
        | StepKind::Set(_)
        | StepKind::End(_) => advance::begin(recorder, run),
    };
    advance::follow(recorder, flow);
    Ok(())
}

/// Goes on without a step that raised an incident; never without people who should have decided.
pub fn skip(recorder: &mut Recorder<'_>, actor: &Actor, (run, reason): (StepRunId, Digest)) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ResolveIncident)?;
    incident(recorder, run)?;
    match recorder.step_of(run).1.kind {
        StepKind::Run(_) | StepKind::Notify(_) | StepKind::Wait(_) => {}
        StepKind::Approve(_)
        | StepKind::Fill(_)
        | StepKind::Branch(_)
        | StepKind::Parallel(_)
        | StepKind::Each(_)
        | StepKind::Repeat(_)
        | StepKind::Set(_)
        | StepKind::End(_) => return Err(Rejection::CannotBeSkipped),
    }
    recorder.record(Event::IncidentResolved { run, resolution: IncidentResolution::Skipped, reason });
    let flow = if recorder.run(run).is_being_undone() {
        undo::ended(recorder, run, Undone::Kept)
    } else {
        advance::leave(recorder, run, StepOutcome::Skipped);
        Flow::After(run)
    };
    advance::follow(recorder, flow);
    Ok(())
}

/// The number of the attempt that is under way, if it is what is reported on.
fn under_way(recorder: &Recorder<'_>, run: StepRunId, is_meant: fn(&StepRun) -> bool) -> Result<u32, Rejection> {
    let run = recorder.case().run(run).ok_or(Rejection::NotFound)?;
    let attempt = run.attempt_under_way().filter(|_| is_meant(run));
    attempt.map(|attempt| attempt.number).ok_or(Rejection::LateReport)
}

/// How many attempts there were before the incident.
fn incident(recorder: &Recorder<'_>, run: StepRunId) -> Result<u32, Rejection> {
    running(recorder)?;
    let run = recorder.case().run(run).ok_or(Rejection::NotFound)?;
    run.incident().map(|incident| incident.attempts).ok_or(Rejection::NoIncident)
}

/// The wait after a failed attempt: the first one, twice as long after each.
fn wait(retry: Retry, attempt: u32) -> Period {
    let factor = 1 << attempt.saturating_sub(1).min(DOUBLINGS_MAX);
    Period { amount: retry.first.amount.saturating_mul(factor), unit: retry.first.unit }
}
