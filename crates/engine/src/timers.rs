//! Reminders and the escalation ladder of a step.
//!
//! A step has at most two timers: the next rung and the next reminder. At one instant the rung comes first, so that the
//! reminder goes to whoever holds the work then.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use definition::{
    id::Login,
    model::{Escalation, PeopleStep, Rung, TimeOutVerdict},
};

use crate::{
    advance::Flow,
    calendar,
    case::{Ending, Timer, TimerPurpose, Waiting},
    effect::Notice,
    event::{CloseReason, Escalated, Event, StepOutcome},
    handover,
    id::{StepRunId, TimerId},
    pause,
    people::{self, Finish},
    recorder::Recorder,
    rejection::Rejection,
    task::{Role, Task},
};

/// How many timers one decision fires at most.
const TIMERS_PER_DECISION_MAX: usize = 64;

/// How many reminders may be passed over because nobody was there to send them.
const REMINDERS_PASSED_MAX: u32 = 100_000;

/// Arms the first rung and the first reminder of a turn.
pub fn arm_first(recorder: &mut Recorder<'_>, run: StepRunId) {
    arm_rung(recorder, run, 0);
    arm_first_reminder(recorder, run);
}

fn arm_first_reminder(recorder: &mut Recorder<'_>, run: StepRunId) {
    let people = people::people_of(recorder, run);
    let (Some(due_at), Some(remind)) = (people::waiting(recorder, run).due_at, people.remind) else { return };
    let calendar = &recorder.plan.settings.calendar;
    let early = remind.before.map(|before| calendar::before(calendar, due_at, before));
    match early.filter(|at| *at >= recorder.now() && remind.at_most > 0) {
        Some(at) => recorder.arm(run, at, TimerPurpose::Remind { count: 1 }),
        None => arm_reminder(recorder, run, 1),
    }
}

/// Fires a timer that is due, and before it every other of the case that should have come earlier.
pub fn fire(recorder: &mut Recorder<'_>, timer: TimerId) -> Result<Vec<Flow>, Rejection> {
    let asked = recorder.case().timer(timer).cloned().ok_or(Rejection::LateTimer)?;
    if recorder.now() < asked.due_at {
        return Err(Rejection::NotDue { due_at: asked.due_at });
    }
    let mut flows = Vec::new();
    for _ in 0..TIMERS_PER_DECISION_MAX {
        if recorder.case().timer(timer).is_none() {
            break;
        }
        let first = recorder.case().timers.iter().min_by_key(|timer| order(timer)).cloned();
        let Some(first) = first else { break };
        recorder.record(Event::TimerFired { timer: first.id });
        match first.purpose {
            TimerPurpose::Remind { count } => remind(recorder, first.run, count),
            TimerPurpose::Wake => {
                flows.push(pause::wake(recorder, first.run));
                break;
            }
            TimerPurpose::Escalate { rung } => {
                if let Some(flow) = climb(recorder, first.run, rung) {
                    flows.push(flow);
                    break;
                }
            }
        }
    }
    Ok(flows)
}

/// The order in which timers of a case come.
fn order(timer: &Timer) -> (DateTime<Utc>, TimerPurpose, u32) {
    (timer.due_at, timer.purpose, timer.number.0)
}

/// Reminds the holders of a step's tasks.
fn remind(recorder: &mut Recorder<'_>, run: StepRunId, count: u32) {
    let tasks: Vec<Task> = recorder.case().open_tasks_of(run).filter(|task| to_remind(task)).cloned().collect();
    let holders = tasks.iter().flat_map(Task::holders).collect();
    recorder.record(Event::Reminded { run, people: holders, count });
    for task in tasks {
        let due_at = task.due_at.unwrap_or(recorder.now());
        recorder.tell(task.holders(), Notice::Reminder { task: task.id, step: task.step.clone(), due_at });
    }
    arm_reminder(recorder, run, count + 1);
}

/// Whether a task is one that the due time of its step speaks of.
const fn to_remind(task: &Task) -> bool {
    match task.role {
        Role::Decide | Role::Fill | Role::Name => true,
        Role::Opinion | Role::Answer => false,
    }
}

/// Arms what of a step's reminders and ladder is still to come.
pub fn arm_again(recorder: &mut Recorder<'_>, run: StepRunId) {
    if recorder.case().timers.iter().any(|timer| timer.run == run) {
        return;
    }
    let Waiting { rungs, reminded, .. } = *people::waiting(recorder, run);
    arm_rung(recorder, run, rungs);
    if reminded == 0 { arm_first_reminder(recorder, run) } else { arm_reminder(recorder, run, reminded + 1) }
}

/// Arms the first reminder of the series that still lies ahead: what nobody was there to send is not sent in a heap.
fn arm_reminder(recorder: &mut Recorder<'_>, run: StepRunId, count: u32) {
    let Some(remind) = people::people_of(recorder, run).remind else { return };
    let (Some(due_at), Some(every)) = (people::waiting(recorder, run).due_at, remind.every) else { return };
    if count > remind.at_most {
        return;
    }
    let calendar = &recorder.plan.settings.calendar;
    let now = recorder.now();
    let series = (1..=REMINDERS_PASSED_MAX).map(|times| calendar::after_times(calendar, due_at, every, times));
    if let Some(at) = series.into_iter().find(|at| *at > now) {
        recorder.arm(run, at, TimerPurpose::Remind { count });
    }
}

/// Arms a rung, if the ladder has it.
fn arm_rung(recorder: &mut Recorder<'_>, run: StepRunId, rung: u16) {
    let ladder = &people::people_of(recorder, run).escalate;
    let (Some(due_at), Some(Rung { after, .. })) =
        (people::waiting(recorder, run).due_at, ladder.get(usize::from(rung)))
    else {
        return;
    };
    let at = calendar::after(&recorder.plan.settings.calendar, due_at, *after);
    recorder.arm(run, at, TimerPurpose::Escalate { rung });
}

/// Does what a rung says; says where the case goes if that ends the step.
fn climb(recorder: &mut Recorder<'_>, run: StepRunId, rung: u16) -> Option<Flow> {
    let people: &PeopleStep = people::people_of(recorder, run);
    let then = &people.escalate[usize::from(rung)].then;
    let (index, step) = recorder.step_of(run);
    let tasks: Vec<Task> = recorder.case().open_tasks_of(run).cloned().collect();
    let doing = tasks.iter().filter(|task| task.is_work());
    let holders: Vec<Login> = doing.flat_map(Task::holders).collect::<BTreeSet<_>>().into_iter().collect();
    match then {
        Escalation::Do(verdict) => return Some(time_out(recorder, run, (rung, *verdict))),
        Escalation::Notify(selector) => {
            let told = recorder.search(index).find(selector, &holders);
            let did = Escalated::Notified { people: told.iter().cloned().collect() };
            recorder.record(Event::Escalated { run, rung, did });
            let due_at = people::waiting(recorder, run).due_at.unwrap_or(recorder.now());
            recorder.tell(told, Notice::Escalated { step: step.id.clone(), due_at });
        }
        Escalation::To(selector) => {
            let found = candidates(recorder, run, (selector, &holders));
            let did = did(&found, |people| Escalated::To { people });
            recorder.record(Event::Escalated { run, rung, did });
            if !found.is_empty() {
                handover::replace(recorder, run, (&found, crate::assignment::is_pool(&people.mode, selector), rung));
            }
        }
        Escalation::Add(selector) => {
            let mut found = candidates(recorder, run, (selector, &holders));
            let asked: BTreeSet<Login> = tasks.iter().filter(|task| task.is_work()).flat_map(Task::everybody).collect();
            found.retain(|login| !asked.contains(login));
            let did = did(&found, |people| Escalated::Added { people });
            recorder.record(Event::Escalated { run, rung, did });
            if !found.is_empty() {
                handover::add(recorder, run, (&found, crate::assignment::is_pool(&people.mode, selector), rung));
            }
        }
    }
    arm_rung(recorder, run, rung + 1);
    None
}

fn did(found: &[Login], what: impl FnOnce(BTreeSet<Login>) -> Escalated) -> Escalated {
    if found.is_empty() { Escalated::FoundNobody } else { what(found.iter().cloned().collect()) }
}

/// The people a rung finds who may hold the work and have not done their part of it.
fn candidates(
    recorder: &Recorder<'_>,
    run: StepRunId,
    (selector, holders): (&definition::model::Selector, &[Login]),
) -> Vec<Login> {
    let (index, _) = recorder.step_of(run);
    let search = recorder.search(index);
    let Waiting { decided, .. } = people::waiting(recorder, run);
    let mut found = search.suitable(&search.find(selector, holders));
    if search.is_approve() {
        found.retain(|login| !recorder.case().is_of(login));
    }
    found.retain(|login| !decided.contains(login));
    found
}

/// Ends the step: nobody approved, whichever path follows.
fn time_out(recorder: &mut Recorder<'_>, run: StepRunId, (rung, verdict): (u16, TimeOutVerdict)) -> Flow {
    recorder.record(Event::Escalated { run, rung, did: Escalated::TimedOut { verdict } });
    crate::advance::close_tasks(recorder, Some(run), CloseReason::TimedOut);
    match verdict {
        TimeOutVerdict::Approve | TimeOutVerdict::Skip => {
            people::finish(recorder, run, Finish::by_rule(StepOutcome::TimedOut))
        }
        TimeOutVerdict::Reject => {
            recorder.disarm(Some(run));
            people::turn_down(recorder, run, Ending { outcome: StepOutcome::TimedOut, by: None, comment: None })
        }
    }
}
