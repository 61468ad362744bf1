//! What an administrator does by authority: give a task to others, let a case rest, let it go on, end it.
//!
//! Each needs a reason and is recorded as what it is. None of it decides what is asked, and whoever gets a task by it is
//! held to the same rules as everybody else.

use definition::{
    id::{Login, OutcomeName},
    model::Mode,
};
use vault::Digest;

use super::{entitled, running, tasks};
use crate::{
    advance,
    case::StepRunState,
    command::Actor,
    effect::Notice,
    event::{Event, Intervention, ReassignCause},
    id::{StepRunId, TaskId},
    people,
    recorder::Recorder,
    rejection::{Rejection, Unsuitable},
    standstill,
    task::Task,
};

/// Does by authority what the process does not foresee.
pub fn intervene(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (what, reason): (&Intervention, Digest),
) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::Intervene)?;
    running(recorder)?;
    let record = |recorder: &mut Recorder<'_>| {
        recorder.record(Event::Intervened { what: what.clone(), reason });
    };
    let is_suspended = recorder.case().suspended_at.is_some();
    match what {
        Intervention::Assign { task, people } => {
            let task = may_assign(recorder, actor, (*task, people))?;
            record(recorder);
            assign(recorder, &task, people);
        }
        Intervention::Suspend if is_suspended => return Err(Rejection::Suspended),
        Intervention::Suspend => {
            record(recorder);
            stop_all(recorder);
        }
        Intervention::Resume if !is_suspended => return Err(Rejection::NotSuspended),
        Intervention::Resume => {
            record(recorder);
            for run in waiting_runs(recorder) {
                people::go_on_when_answered(recorder, run);
            }
        }
        Intervention::Cancel => {
            let waited: Vec<Login> = recorder.case().open_tasks().flat_map(Task::holders).collect();
            record(recorder);
            recorder.tell(waited, Notice::Withdrawn);
            advance::end(recorder, &OutcomeName::from(advance::CANCELLED));
        }
    }
    Ok(())
}

/// Stops every clock of the case.
pub fn stop_all(recorder: &mut Recorder<'_>) {
    for run in waiting_runs(recorder) {
        standstill::stop(recorder, run);
    }
}

fn waiting_runs(recorder: &Recorder<'_>) -> Vec<StepRunId> {
    let waiting = recorder.case().open_runs().filter(|run| matches!(run.state, StepRunState::Waiting(_)));
    waiting.map(|run| run.id).collect()
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
    recorder.record(Event::TaskReassigned { task: task.id, candidates, pool: false, cause, seat: None });
    let news: Vec<Login> = people.iter().filter(|login| !before.contains(*login)).cloned().collect();
    if task.behind.is_empty() {
        recorder.tell(news, Notice::TaskAssigned { task: task.id, step: task.step.clone() });
    }
}
