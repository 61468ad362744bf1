//! The fold of what people do among themselves: delegating, adding, asking, taking back; and of clocks that stand still.

use chrono::{DateTime, Utc};

use super::{run_mut, task_mut, waiting_mut};
use crate::{
    case::{Case, Joined, LastDecision, StepRunState},
    event::{CloseReason, Event, EventEnvelope, Intervention, ReassignCause, Verdict},
    id::{StepRunId, TaskId},
    task::{Added, How, State, Task},
};

/// What an event means for who comes first, whose the last word is, and whether a decision may still be taken back.
#[expect(clippy::too_many_lines, reason = "one table that names every event")]
pub fn apply(case: &mut Case, envelope: &EventEnvelope) {
    let at = envelope.at;
    if is_an_act(&envelope.event) {
        forget(case);
    }
    match &envelope.event {
        Event::TaskOpened { task } => {
            if let Some(Added { how: How::Before, of, .. }) = &task.added {
                task_mut(case, *of).behind.insert(task.id);
            }
        }
        Event::TaskDecided { task, run, by, .. } => {
            first_done(case, *task);
            let turn = waiting_mut(case, *run).turn;
            case.last_decision = Some(LastDecision { task: *task, by: by.clone(), runs: case.runs.len(), turn });
        }
        Event::TaskClosed { task, .. } => first_done(case, *task),
        Event::TaskDelegated { task, from, to, .. } => {
            let task = task_mut(case, *task);
            task.pool = false;
            task.owner = Some(from.clone());
            task.state = State::Open { candidates: [to.clone()].into() };
        }
        Event::TaskResolved { task, to, .. } => {
            let task = task_mut(case, *task);
            task.owner = None;
            task.state = State::Open { candidates: [to.clone()].into() };
        }
        Event::TaskAnswered { task, by, .. } => {
            task_mut(case, *task).state = State::Completed { by: by.clone(), at, verdict: Verdict::Answered };
        }
        Event::TaskReassigned { task, cause: ReassignCause::Added { by, people, .. }, .. } => {
            let joined = people.iter().map(|login| Joined { task: *task, by: by.clone(), login: login.clone() });
            case.joined.extend(joined);
        }
        Event::DecisionTakenBack { task, run, .. } => take_back(case, (*task, *run)),
        Event::ClockStopped { run, stopped } => waiting_mut(case, *run).stopped = Some(stopped.clone()),
        Event::ClockResumed { run, due_at } => go_on(case, (*run, *due_at)),
        Event::Intervened { what, .. } => intervene(case, (what, at)),
        Event::Started { .. }
        | Event::TaskClaimed { .. }
        | Event::TaskTransferred { .. }
        | Event::PeopleNamed { .. }
        | Event::SubmissionChanged { .. }
        | Event::ActionRequested { .. }
        | Event::IncidentResolved { .. }
        | Event::Undo { .. }
        | Event::Withdrawn { .. }
        | Event::Ended { .. }
        | Event::StepEntered { .. }
        | Event::PeopleAssigned { .. }
        | Event::TurnBegan { .. }
        | Event::VoteThresholdSet { .. }
        | Event::BranchTaken { .. }
        | Event::Forked { .. }
        | Event::LaneBegan { .. }
        | Event::LaneEnded { .. }
        | Event::RoundBegan { .. }
        | Event::TurnedDown { .. }
        | Event::WaitBegan { .. }
        | Event::EventReceived { .. }
        | Event::ValuesKept { .. }
        | Event::Returned { .. }
        | Event::TaskReleased { .. }
        | Event::TaskReassigned { .. }
        | Event::TimerArmed { .. }
        | Event::TimerFired { .. }
        | Event::TimerDisarmed { .. }
        | Event::Reminded { .. }
        | Event::Escalated { .. }
        | Event::StepLeft { .. }
        | Event::StepAbandoned { .. }
        | Event::Notified { .. }
        | Event::ActionSucceeded { .. }
        | Event::ActionFailed { .. }
        | Event::IncidentRaised { .. }
        | Event::ApprovalVoided { .. }
        | Event::Commented { .. }
        | Event::Urged { .. } => {}
    }
}

/// What an administrator did: whether the case rests.
fn intervene(case: &mut Case, (what, at): (&Intervention, DateTime<Utc>)) {
    match what {
        Intervention::Suspend => case.suspended_at = Some(at),
        Intervention::Resume | Intervention::Cancel => case.suspended_at = None,
        Intervention::Assign { .. } | Intervention::Jump { .. } => {}
    }
}

/// Whether somebody, or an action, acts on what was decided before.
fn is_an_act(event: &Event) -> bool {
    let asks_more = |task: &Task| task.added.is_some();
    matches!(event, Event::TaskOpened { task } if asks_more(task))
        || matches!(
            event,
            Event::TaskDecided { .. }
                | Event::TaskClaimed { .. }
                | Event::TaskTransferred { .. }
                | Event::TaskDelegated { .. }
                | Event::TaskReassigned { cause: ReassignCause::Added { .. }, .. }
                | Event::PeopleNamed { .. }
                | Event::Intervened { .. }
                | Event::SubmissionChanged { .. }
                | Event::ValuesKept { .. }
                | Event::Returned { .. }
                | Event::ActionRequested { .. }
                | Event::IncidentResolved { .. }
                | Event::Undo { .. }
                | Event::Withdrawn { .. }
                | Event::Ended { .. }
        )
}

/// The clock of a step runs again, and its tasks are due with it.
fn go_on(case: &mut Case, (run, due_at): (StepRunId, Option<DateTime<Utc>>)) {
    let waiting = waiting_mut(case, run);
    waiting.stopped = None;
    waiting.due_at = due_at;
    for task in case.tasks.iter_mut().filter(|task| task.run == run && task.is_open()) {
        task.due_at = due_at;
    }
}

/// Somebody has acted: what was decided before stays as it is.
fn forget(case: &mut Case) {
    case.last_decision = None;
    for run in &mut case.runs {
        if let StepRunState::Left { waiting, .. } = &mut run.state {
            *waiting = None;
        }
    }
}

/// Nothing waits behind a task that is over.
fn first_done(case: &mut Case, done: TaskId) {
    for task in &mut case.tasks {
        task.behind.remove(&done);
    }
}

/// The decision never was: its task waits for the same person again, so do those of the others whom it left without a
/// part, and the case is at the step once more.
fn take_back(case: &mut Case, (id, run): (TaskId, StepRunId)) {
    let Some(LastDecision { by, turn, .. }) = case.last_decision.take() else {
        panic!("only the last decision is taken back");
    };
    case.decisions -= 1;
    case.approvals.retain(|approval| !(approval.run == run && approval.by == by));
    let task = task_mut(case, id);
    task.state = State::Open { candidates: [by.clone()].into() };
    let on_behalf_of = task.standing_in.get(&by).cloned();
    let mut at = Some(run);
    while let Some(left) = at {
        let step_run = run_mut(case, left);
        if let StepRunState::Left { waiting, case: taken, .. } = &step_run.state {
            step_run.state = match (waiting, taken) {
                (Some(waiting), _) => StepRunState::Waiting((**waiting).clone()),
                (None, Some(taken)) => StepRunState::Inside { case: *taken },
                (None, None) => panic!("only what can be gone back to is gone back to"),
            };
        }
        at = step_run.parent;
    }
    let waiting = waiting_mut(case, run);
    waiting.turn = turn;
    for login in [Some(by), on_behalf_of].into_iter().flatten() {
        if let Some(place) = waiting.decided.iter().rposition(|decided| *decided == login) {
            waiting.decided.remove(place);
        }
    }
    for task in case.tasks.iter_mut().filter(|task| task.run == run) {
        if let State::Closed { reason: CloseReason::StepDecided, holders, .. } = &task.state {
            task.state = State::Open { candidates: holders.clone() };
        }
    }
    line_up(case, run);
}

/// Of the open tasks of a passage each waits again for those that come before it.
fn line_up(case: &mut Case, run: StepRunId) {
    let open: Vec<(TaskId, Option<Added>)> =
        case.open_tasks_of(run).map(|task| (task.id, task.added.clone())).collect();
    for (id, added) in &open {
        let Some(Added { of, how, .. }) = added.as_ref().filter(|added| open.iter().any(|(id, _)| *id == added.of))
        else {
            continue;
        };
        match how {
            How::Before => task_mut(case, *of).behind.insert(*id),
            How::After => task_mut(case, *id).behind.insert(*of),
            How::Alongside | How::Opinion | How::Question => continue,
        };
    }
}
