//! Clocks that stand still: while a question is open where the process says so, and while a case is suspended.
//!
//! What is left of a clock is counted as the step counts its due time: in opening hours where that is in working time,
//! else as time passes. When the clock goes on, each wake-up comes after what was left of it.

use chrono::{DateTime, TimeDelta, Utc};
use definition::period::Unit;

use crate::{
    calendar,
    case::{Left, StepRunState, Stopped, Timer},
    event::Event,
    id::StepRunId,
    people,
    recorder::Recorder,
};

/// Stops the clock of a step that waits for people, unless it stands still already.
pub fn stop(recorder: &mut Recorder<'_>, run: StepRunId) {
    let waiting = people::waiting(recorder, run);
    if waiting.stopped.is_some() {
        return;
    }
    let due = waiting.due_at.filter(|due_at| *due_at > recorder.now());
    let due = due.map(|due_at| left(recorder, run, due_at));
    let timers: Vec<Timer> = recorder.case().timers.iter().filter(|timer| timer.run == run).cloned().collect();
    let timers = timers.iter().map(|timer| (timer.purpose, left(recorder, run, timer.due_at))).collect();
    recorder.disarm(Some(run));
    recorder.record(Event::ClockStopped { run, stopped: Stopped { due, timers } });
}

/// Lets the clock of a step go on, if it stands still.
pub fn resume(recorder: &mut Recorder<'_>, run: StepRunId) {
    let StepRunState::Waiting(waiting) = &recorder.run(run).state else { return };
    let Some(Stopped { due, timers }) = waiting.stopped.clone() else { return };
    let due_at = due.map_or(waiting.due_at, |due| Some(after(recorder, due)));
    recorder.record(Event::ClockResumed { run, due_at });
    for (purpose, left) in timers {
        let at = after(recorder, left);
        recorder.arm(run, at, purpose);
    }
}

fn left(recorder: &Recorder<'_>, run: StepRunId, until: DateTime<Utc>) -> Left {
    let due = people::people_of(recorder, run).due;
    let working = due.is_some_and(|due| matches!(due.unit, Unit::WorkingHours | Unit::WorkingDays));
    let now = recorder.now();
    let length = if working { calendar::open_time(&recorder.plan.settings.calendar, now, until) } else { until - now };
    Left { seconds: length.num_seconds().max(0), working }
}

fn after(recorder: &Recorder<'_>, left: Left) -> DateTime<Utc> {
    let length = TimeDelta::seconds(left.seconds);
    if left.working {
        calendar::open_time_after(&recorder.plan.settings.calendar, recorder.now(), length)
    } else {
        recorder.now() + length
    }
}
