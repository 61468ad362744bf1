//! How actions went, and what operators do about those that failed.

use definition::{
    model::{Retry, StepKind},
    period::Period,
};
use vault::Digest;

use super::{entitled, running};
use crate::{
    advance::{self, Flow},
    calendar,
    case::StepRunState,
    command::Actor,
    event::{ActionFailure, ActionResult, Event, IncidentCause, IncidentResolution, StepOutcome},
    id::StepRunId,
    recorder::Recorder,
    rejection::Rejection,
    revisit,
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
    attempt_under_way(recorder, run)?;
    recorder.record(Event::ActionSucceeded { run, result: result.clone() });
    advance::leave(recorder, run, StepOutcome::Done);
    advance::follow(recorder, Flow::After(run));
    Ok(())
}

/// An attempt failed: try again later, or stop until an operator acts.
pub fn failed(recorder: &mut Recorder<'_>, actor: &Actor, report: &Failed) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ReportAction)?;
    let Failed { run, attempt, failure, retryable } = *report;
    if attempt_under_way(recorder, run)? != attempt {
        return Err(Rejection::LateReport);
    }
    recorder.record(Event::ActionFailed { run, attempt, failure });
    let (_, step) = recorder.step_of(run);
    let StepKind::Run(definition) = &step.kind else { return Err(Rejection::LateReport) };
    if retryable && attempt <= definition.retry.times {
        let at = calendar::after(&recorder.plan.settings.calendar, recorder.now(), wait(definition.retry, attempt));
        let flow = advance::act(recorder, run, (attempt + 1, at));
        advance::follow(recorder, flow);
    } else {
        advance::raise_incident(recorder, run, IncidentCause::ActionFailed { failure });
    }
    Ok(())
}

/// Lets a step that raised an incident try again.
pub fn retry(recorder: &mut Recorder<'_>, actor: &Actor, (run, reason): (StepRunId, Digest)) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::ResolveIncident)?;
    let attempts = incident(recorder, run)?;
    recorder.record(Event::IncidentResolved { run, resolution: IncidentResolution::Retried, reason });
    let (_, step) = recorder.step_of(run);
    let flow = match &step.kind {
        StepKind::Run(_) => {
            let now = recorder.now();
            advance::act(recorder, run, (attempts + 1, now))
        }
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
    advance::leave(recorder, run, StepOutcome::Skipped);
    advance::follow(recorder, Flow::After(run));
    Ok(())
}

/// The number of the attempt that is under way.
fn attempt_under_way(recorder: &Recorder<'_>, run: StepRunId) -> Result<u32, Rejection> {
    let run = recorder.case().run(run).ok_or(Rejection::NotFound)?;
    if let StepRunState::Acting { attempt, .. } = run.state { Ok(attempt) } else { Err(Rejection::LateReport) }
}

/// How many attempts there were before the incident.
fn incident(recorder: &Recorder<'_>, run: StepRunId) -> Result<u32, Rejection> {
    running(recorder)?;
    let run = recorder.case().run(run).ok_or(Rejection::NotFound)?;
    if let StepRunState::Incident { attempts, .. } = run.state { Ok(attempts) } else { Err(Rejection::NoIncident) }
}

/// The wait after a failed attempt: the first one, twice as long after each.
fn wait(retry: Retry, attempt: u32) -> Period {
    let factor = 1 << attempt.saturating_sub(1).min(DOUBLINGS_MAX);
    Period { amount: retry.first.amount.saturating_mul(factor), unit: retry.first.unit }
}
