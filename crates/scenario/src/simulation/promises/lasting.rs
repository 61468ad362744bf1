//! What holds whenever a case rests: there is a next thing to happen, and nothing is left over.

use std::collections::BTreeSet;

use definition::{
    id::Login,
    model::{PeopleStep, StepKind},
};
use engine::{
    case::{LaneState, TimerPurpose},
    task::Role,
};

use super::{Broken, ensure};
use crate::simulation::ledger::{Around, Clock, Ledger, Passage, Standing, State};

pub fn check(ledger: &Ledger, around: Around<'_>) -> Result<(), Broken> {
    if ledger.standing == Standing::Ended {
        let over = ledger.open().next().is_none() && ledger.open_works().next().is_none() && ledger.timers.is_empty();
        return ensure(over, "an ended case waits for nothing", || format!("{:?}", ledger.timers));
    }
    ensure(ledger.open().next().is_some(), "a case has a next thing to happen", || "it is nowhere".to_owned())?;
    for passage in ledger.open() {
        stands_in_an_open_place(ledger, passage)?;
        goes_on(ledger, passage, around)?;
        asks_once(ledger, passage)?;
        is_on_time(ledger, passage, around)?;
    }
    nothing_is_left_over(ledger, around)
}

/// What runs inside something runs only as long as that does.
fn stands_in_an_open_place(ledger: &Ledger, passage: &Passage) -> Result<(), Broken> {
    let Some(parent) = passage.parent.filter(|_| !passage.undone) else { return Ok(()) };
    let lane = ledger.lanes.get(&(parent, passage.lane));
    let open = ledger.passage(parent).is_open() && lane.is_none_or(|state| *state == LaneState::Open);
    ensure(open, "nothing runs in what has ended", || format!("{} runs on", passage.step))
}

/// Wherever a case is, there is a task that somebody can do, a moment, an event, an action under way, or an incident.
fn goes_on(ledger: &Ledger, passage: &Passage, around: Around<'_>) -> Result<(), Broken> {
    let (_, step) = around.plan.process.step_by_id(passage.step.as_str()).expect("the case has the step");
    let is_around = ledger.open().any(|other| other.parent == Some(passage.id));
    let has_timer = ledger.timers.values().any(|timer| timer.run == passage.id);
    let goes_on = ledger.standing == Standing::Rests
        || passage.state == State::Stopped
        || is_around
        || match &step.kind {
            StepKind::Approve(_) | StepKind::Fill(_) => {
                passage.state == State::Open && somebody_can(ledger, passage, around)
            }
            StepKind::Wait(_) => has_timer || passage.state == State::Awaits,
            StepKind::Run(_) => passage.state == State::Awaits,
            _ => false,
        };
    ensure(goes_on, "a case has a next thing to happen", || format!("{} waits for nothing", passage.step))
}

/// Whether a task of the step is somebody's who works here, and nobody comes before them.
fn somebody_can(ledger: &Ledger, passage: &Passage, around: Around<'_>) -> bool {
    let mut works =
        ledger.open_works().filter(|work| work.run == passage.id && (work.is_work() || work.role == Role::Name));
    works.any(|work| {
        let works_here = |login: &Login| around.directory.active(login.as_str()).is_some();
        work.holders.iter().any(works_here) && ledger.ahead_of(work).next().is_none()
    })
}

/// Nobody holds two parts of the same passage.
fn asks_once(ledger: &Ledger, passage: &Passage) -> Result<(), Broken> {
    let mut asked = BTreeSet::new();
    let works = ledger.open_works().filter(|work| work.run == passage.id && work.is_work());
    for login in works.flat_map(|work| work.holders.iter().chain(&work.owner)) {
        let again = !asked.insert(login) || ledger.decided.contains(&(passage.id, login.clone()));
        ensure(!again, "nobody is asked twice for the same thing", || format!("{login} at {}", passage.step))?;
    }
    Ok(())
}

/// The next rung and the next reminder are armed, and nothing else, unless the clock stands still.
fn is_on_time(ledger: &Ledger, passage: &Passage, around: Around<'_>) -> Result<(), Broken> {
    let (_, step) = around.plan.process.step_by_id(passage.step.as_str()).expect("the case has the step");
    let (Some(people), Some(clock)) = (step.kind.people(), &passage.clock) else { return Ok(()) };
    let armed = |is: fn(&TimerPurpose) -> bool| {
        ledger.timers.values().filter(|timer| timer.run == passage.id && is(&timer.purpose)).count()
    };
    let rungs = armed(|purpose| matches!(purpose, TimerPurpose::Escalate { .. }));
    let reminders = armed(|purpose| matches!(purpose, TimerPurpose::Remind { .. }));
    let (rung_due, reminder_due) = due(people, clock, passage);
    let on_time = rungs == usize::from(rung_due) && reminder_due.is_none_or(|due| reminders == usize::from(due));
    ensure(on_time && reminders <= 1, "the next rung and reminder are armed", || {
        format!("{} has {rungs} rungs and {reminders} reminders armed, its clock is {clock:?}", passage.step)
    })
}

/// Whether a rung is still to come, and whether a reminder is, where that can be told.
fn due(people: &PeopleStep, clock: &Clock, passage: &Passage) -> (bool, Option<bool>) {
    if passage.state != State::Open || clock.stopped || !clock.due {
        return (false, Some(false));
    }
    let reminder = match people.remind {
        None => Some(false),
        Some(remind) if clock.reminded >= remind.at_most => Some(false),
        Some(remind) => remind.every.map(|_| true),
    };
    (clock.rungs < people.escalate.len(), reminder)
}

/// Tasks and timers belong to a place where the case is, and nobody who is gone holds a task.
fn nothing_is_left_over(ledger: &Ledger, around: Around<'_>) -> Result<(), Broken> {
    for work in ledger.open_works() {
        let passage = ledger.passage(work.run);
        ensure(passage.state == State::Open, "a task is open only where the case is", || {
            format!("a task of {}", passage.step)
        })?;
        let gone =
            work.holders.iter().chain(&work.owner).find(|login| around.directory.active(login.as_str()).is_none());
        ensure(gone.is_none(), "nobody who is gone holds a task", || format!("{gone:?} at {}", passage.step))?;
    }
    let stray = ledger.timers.values().find(|timer| !ledger.passage(timer.run).is_open());
    ensure(stray.is_none(), "a timer is armed only where the case is", || format!("{stray:?}"))
}
