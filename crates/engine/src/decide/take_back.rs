//! 拿回: a person takes their decision back while nobody has acted after it.

use super::{ask_policy, running};
use crate::{
    advance,
    case::{LastDecision, StepRunState},
    command::Actor,
    effect::Notice,
    event::{CloseReason, Event},
    handover,
    id::{StepRunId, TaskId},
    people,
    recorder::Recorder,
    rejection::Rejection,
    task::State,
    timers,
};

/// Undoes the actor's decision and all that followed from it, as far as nobody and no action has acted since.
pub fn take_back(recorder: &mut Recorder<'_>, actor: &Actor, id: TaskId) -> Result<(), Rejection> {
    let task = recorder.case().task(id).cloned().ok_or(Rejection::NotFound)?;
    running(recorder)?;
    let deciders = match &task.state {
        State::Completed { by, .. } => [by.clone()].into(),
        State::Open { .. } | State::Claimed { .. } | State::Closed { .. } => task.holders(),
    };
    let resource = policy::Resource::Task { holders: &deciders, excluded: &task.excluded };
    ask_policy(recorder, actor, (policy::Action::TakeBackDecision, resource))?;
    let State::Completed { by, .. } = &task.state else { return Err(Rejection::WrongKindOfTask) };
    if !task.is_work() {
        return Err(Rejection::WrongKindOfTask);
    }
    if !people::people_of(recorder, task.run).take_back {
        return Err(Rejection::NotAllowedHere);
    }
    let last = recorder.case().last_decision.clone().filter(|last| last.task == id && last.by == *by);
    let last = last.filter(|_| can_be_gone_back_to(recorder, task.run)).ok_or(Rejection::TakeBackTooLate)?;
    undo_what_followed(recorder, task.run, &last);
    recorder.record(Event::DecisionTakenBack { task: id, run: task.run, by: by.clone() });
    // While a question is open the clock stands still, and goes on with the answer.
    let stands_still = people::waiting(recorder, task.run).stopped.is_some();
    match last.turn {
        _ if stands_still => {}
        0 => timers::arm_again(recorder, task.run),
        turn => people::begin_clock(recorder, task.run, turn),
    }
    handover::go_on_without_those_gone(recorder, task.run);
    Ok(())
}

/// Whether the step still runs, or only branches around it were left.
fn can_be_gone_back_to(recorder: &Recorder<'_>, run: StepRunId) -> bool {
    let mut at = recorder.run(run).parent;
    while let Some(around) = at {
        let (_, step) = recorder.step_of(around);
        let around = recorder.run(around);
        match &around.state {
            StepRunState::Inside { .. } => {}
            StepRunState::Left { .. } if step.kind.branch().is_some_and(|branch| !branch.every) => {}
            StepRunState::Left { .. }
            | StepRunState::Entered
            | StepRunState::Waiting(_)
            | StepRunState::Forked { .. }
            | StepRunState::Repeating { .. }
            | StepRunState::TurnedDown { .. }
            | StepRunState::Pausing { .. }
            | StepRunState::Acting { .. }
            | StepRunState::Acted { .. }
            | StepRunState::Incident { .. }
            | StepRunState::Abandoned { .. } => return false,
        }
        at = around.parent;
    }
    match &recorder.run(run).state {
        StepRunState::Waiting(_) => true,
        StepRunState::Left { waiting, .. } => waiting.is_some(),
        StepRunState::Entered
        | StepRunState::Inside { .. }
        | StepRunState::Forked { .. }
        | StepRunState::Repeating { .. }
        | StepRunState::TurnedDown { .. }
        | StepRunState::Pausing { .. }
        | StepRunState::Acting { .. }
        | StepRunState::Acted { .. }
        | StepRunState::Incident { .. }
        | StepRunState::Abandoned { .. } => false,
    }
}

/// The case leaves every step that it came to after the decision, and later turns of the same step are not waited for.
fn undo_what_followed(recorder: &mut Recorder<'_>, run: StepRunId, last: &LastDecision) {
    let later: Vec<StepRunId> =
        recorder.case().runs.iter().skip(last.runs).filter(|run| run.is_open()).map(|run| run.id).collect();
    for later in later.into_iter().rev() {
        let step = recorder.run(run).step.clone();
        let asked: Vec<_> = recorder.case().open_tasks_of(later).flat_map(crate::task::Task::holders).collect();
        advance::close_tasks(recorder, Some(later), CloseReason::TakenBack);
        recorder.disarm(Some(later));
        recorder.record(Event::StepAbandoned { run: later });
        recorder.tell(asked, Notice::TakenBack { step });
    }
    let turns = recorder.case().open_tasks_of(run).filter(|task| task.turn.is_some_and(|turn| turn > last.turn));
    let turns: Vec<TaskId> = turns.map(|task| task.id).collect();
    for task in turns {
        recorder.record(Event::TaskClosed { task, reason: CloseReason::TakenBack });
    }
    if last.turn > 0 {
        recorder.disarm(Some(run));
    }
}
