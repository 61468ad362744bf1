//! What an administrator does by authority: give a task to others, let a case rest, let it go on, send
//! it back, end it.
//!
//! Each needs a reason and is recorded as what it is. None of it decides what is asked, and whoever gets a task by it is
//! held to the same rules as everybody else.

use std::collections::BTreeMap;

use definition::{
    id::{Login, StepId},
    model::{Mode, StepIndex},
};
use vault::Digest;

use super::{entitled, not_unwinding, participation, tasks};
use crate::{
    advance::{self, Flow},
    case::StepRunState,
    command::Actor,
    effect::Notice,
    event::{Event, Intervention, ReassignCause},
    id::{StepRunId, TaskId},
    people,
    recorder::Recorder,
    rejection::{Rejection, Unsuitable},
    revisit, standstill,
    task::Task,
};

/// Does by authority what the process does not foresee.
pub fn intervene(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (what, reason): (&Intervention, Digest),
) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::Intervene)?;
    not_unwinding(recorder)?;
    let event = Event::Intervened { what: what.clone(), reason };
    let is_suspended = recorder.case().suspended_at.is_some();
    match what {
        Intervention::Assign { task, people } => {
            let task = may_assign(recorder, actor, (*task, people))?;
            recorder.record(event);
            assign(recorder, &task, people);
        }
        Intervention::Suspend if is_suspended => return Err(Rejection::Suspended),
        Intervention::Suspend => {
            recorder.record(event);
            stop_all(recorder);
        }
        Intervention::Resume if !is_suspended => return Err(Rejection::NotSuspended),
        Intervention::Resume => {
            recorder.record(event);
            for run in runs(recorder, |state| matches!(state, StepRunState::Waiting(_))) {
                people::go_on_when_answered(recorder, run);
            }
            let arrived = runs(recorder, |state| *state == StepRunState::Entered);
            advance::follow(recorder, Flow::Several(arrived.into_iter().map(Flow::Begin).collect()));
        }
        Intervention::Cancel => participation::call_off(recorder, event),
        Intervention::Jump { to } => {
            let (from, target) = may_jump(recorder, to)?;
            recorder.record(event);
            let flow = revisit::redo(recorder, from, target);
            advance::follow(recorder, flow);
        }
    }
    Ok(())
}

/// From where and to which step the case goes back: to a people step of its outermost list that it has been at. Nobody
/// can send it forward, so that no approval is ever passed over.
fn may_jump(recorder: &Recorder<'_>, to: &StepId) -> Result<(StepRunId, StepIndex), Rejection> {
    let targets = revisit::passed(recorder);
    let target = targets.contains(to).then(|| recorder.process().step_by_id(to.as_str())).flatten();
    let Some((target, _)) = target else { return Err(Rejection::ReturnWhere { targets }) };
    let from = recorder.case().runs.last().ok_or(Rejection::NothingToDo)?;
    Ok((from.id, target))
}

/// Stops the clocks of all that people are asked for. What waits for a moment or an event goes on waiting.
pub fn stop_all(recorder: &mut Recorder<'_>) {
    for run in runs(recorder, |state| matches!(state, StepRunState::Waiting(_))) {
        standstill::stop(recorder, run);
    }
}

fn runs(recorder: &Recorder<'_>, are: fn(&StepRunState) -> bool) -> Vec<StepRunId> {
    recorder.case().open_runs().filter(|run| are(&run.state)).map(|run| run.id).collect()
}

/// The task, if these people may have it instead of whoever has it: fit to do it, and not the administrator.
fn may_assign(recorder: &Recorder<'_>, actor: &Actor, (id, people): (TaskId, &[Login])) -> Result<Task, Rejection> {
    let task = recorder.case().task(id).cloned().ok_or(Rejection::NotFound)?;
    if !task.is_open() {
        return Err(Rejection::AlreadyCompleted);
    }
    if !task.is_work() {
        return Err(Rejection::WrongKindOfTask);
    }
    let limit = match people::mode_of(recorder, task.run) {
        Mode::Any => tasks::NAMED_MAX,
        Mode::All | Mode::InOrder | Mode::Vote(_) => 1,
    };
    if people.is_empty() || people.len() > limit {
        return Err(Rejection::NameSomebody { limit });
    }
    for login in people {
        let why = if actor.login() == Some(login) {
            Some(Unsuitable::Yourself)
        } else if task.owner.is_none() && task.people() == [login.clone()].into() {
            Some(Unsuitable::HoldsItAlready)
        } else {
            tasks::unsuitable_to_join(recorder, &task, login)
        };
        if let Some(why) = why {
            return Err(Rejection::CannotBeGivenTo { to: login.clone(), why });
        }
    }
    Ok(task)
}

fn assign(recorder: &mut Recorder<'_>, task: &Task, people: &[Login]) {
    let before = task.people();
    let cause = ReassignCause::Assigned;
    let candidates = people.iter().cloned().collect();
    let standing_in = BTreeMap::new();
    recorder.record(Event::TaskReassigned { task: task.id, candidates, pool: false, cause, seat: None, standing_in });
    let news: Vec<Login> = people.iter().filter(|login| !before.contains(*login)).cloned().collect();
    if task.behind.is_empty() {
        recorder.tell(news, Notice::TaskAssigned { task: task.id, step: task.step.clone() });
    }
}
