//! Steps that wait for a moment or for an event from outside.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, TimeZone, Utc};
use definition::{
    id::EventName,
    model::{StepKind, Wait},
    value::Value,
};

use crate::{
    advance::{self, Flow},
    calendar,
    case::{StepRunState, TimerPurpose},
    event::{Event, IncidentCause, StepOutcome},
    id::StepRunId,
    recorder::Recorder,
};

/// Begins to wait; a moment that has come is not waited for.
pub fn begin(recorder: &mut Recorder<'_>, run: StepRunId, wait: &Wait) -> Flow {
    let after = |period| calendar::after(&recorder.plan.settings.calendar, recorder.now(), period);
    let (until, event) = match wait {
        Wait::For(period) => (Some(after(*period)), None),
        Wait::Event(event) => (event.timeout.map(after), Some(event.name.clone())),
        Wait::Until(expression) => {
            let value = recorder.scope(run).ok().and_then(|scope| expression.evaluate(&scope).ok());
            let Some(until) = value.and_then(|value| moment(recorder, &value)) else {
                return advance::raise_incident(recorder, run, IncidentCause::ExpressionFailed);
            };
            if until <= recorder.now() {
                advance::leave(recorder, run, StepOutcome::Done);
                return Flow::After(run);
            }
            (Some(until), None)
        }
    };
    recorder.record(Event::WaitBegan { run, until, event });
    if let Some(until) = until {
        recorder.arm(run, until, TimerPurpose::Wake);
    }
    Flow::Rest
}

/// The time is over.
pub fn wake(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let waited_for_event = matches!(&recorder.run(run).state, StepRunState::Pausing { event: Some(_), .. });
    let outcome = if waited_for_event { StepOutcome::TimedOut } else { StepOutcome::Done };
    advance::leave(recorder, run, outcome);
    Flow::After(run)
}

/// Lets every step go on that waits for this event.
pub fn deliver(recorder: &mut Recorder<'_>, name: &EventName, values: &BTreeMap<String, String>) -> Vec<Flow> {
    let awaiting =
        |state: &StepRunState| matches!(state, StepRunState::Pausing { event: Some(event), .. } if event == name);
    let open = recorder.case().open_runs().filter(|run| awaiting(&run.state));
    let runs: Vec<StepRunId> = open.map(|run| run.id).collect();
    let mut flows = Vec::new();
    let meant: Vec<StepRunId> = runs.into_iter().filter(|run| is_meant(recorder, *run, values)).collect();
    for run in meant {
        recorder.disarm(Some(run));
        recorder.record(Event::EventReceived { run, event: name.clone() });
        advance::leave(recorder, run, StepOutcome::Done);
        flows.push(Flow::After(run));
    }
    flows
}

/// Whether an event is the one a step waits for; one that lacks what the condition asks for is not.
fn is_meant(recorder: &Recorder<'_>, run: StepRunId, values: &BTreeMap<String, String>) -> bool {
    let (_, step) = recorder.step_of(run);
    let StepKind::Wait(Wait::Event(event)) = &step.kind else { return false };
    let Some(matches) = &event.matches else { return true };
    let Ok(mut scope) = recorder.scope(run) else { return false };
    let carried = values.iter().map(|(name, value)| (name.clone(), Value::Text(value.clone()))).collect();
    scope.values.insert("event".to_owned(), Value::Map(carried));
    matches.evaluate(&scope) == Ok(Value::Bool(true))
}

/// The beginning of a day in the workspace's time zone, or a moment as it is.
fn moment(recorder: &Recorder<'_>, value: &Value) -> Option<DateTime<Utc>> {
    if let Value::Moment(moment) = value {
        return Some(*moment);
    }
    let Value::Date(day) = value else { return None };
    let zone = recorder.plan.settings.timezone;
    // Where the clock jumps over midnight, the day begins at the first moment it has.
    let hours = (0..24).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
    let first = hours.into_iter().find_map(|time| zone.from_local_datetime(&day.and_time(time)).earliest());
    first.map(|moment| moment.with_timezone(&Utc))
}
