//! The fold: a case is what its events made of it, and nothing else changes a case.

mod consult;

use chrono::{DateTime, Utc};
use definition::id::Login;

use crate::{
    case::{Approval, Case, Lane, LaneState, Status, StepRun, StepRunState, Timer, TimerPurpose, Undoing, Waiting},
    event::{Event, EventEnvelope, IncidentCause, StepOutcome, UndoEvent, Verdict},
    id::{EventNumber, StepRunId, TaskId, TimerId},
    task::{State, Task},
};

/// The case after an event. The first event of a case is `Started` and comes without a case.
///
/// # Panics
/// If the events are not those of one case in their order: that is a bug, not something to go on from.
pub fn evolve(case: Option<Case>, envelope: &EventEnvelope) -> Case {
    let mut case = match case {
        Some(mut case) => {
            assert_eq!(case.id, envelope.case, "an event of another case");
            assert_eq!(case.revision.next(), envelope.number, "events come in their order, without gaps");
            case.revision = envelope.number;
            case
        }
        None => return begin(envelope),
    };
    apply_to_people(&mut case, envelope);
    apply_to_steps(&mut case, envelope);
    consult::apply(&mut case, envelope);
    case
}

/// The case as its first event leaves it.
fn begin(envelope: &EventEnvelope) -> Case {
    assert_eq!(envelope.number, EventNumber(1), "a case begins with its first event");
    let Event::Started { number, process, version, definition, origin, submission } = &envelope.event else {
        panic!("a case begins with `Started`");
    };
    Case {
        id: envelope.case,
        number: *number,
        revision: envelope.number,
        process: process.clone(),
        version: *version,
        definition: *definition,
        origin: origin.clone(),
        submission: *submission,
        changed_by: None,
        started_at: envelope.at,
        status: Status::Running,
        runs: Vec::new(),
        tasks: Vec::new(),
        timers: Vec::new(),
        approvals: Vec::new(),
        copied: std::collections::BTreeSet::new(),
        decisions: 0,
        action_requested: false,
        urged_at: None,
        unwinding: None,
        suspended_at: None,
        joined: Vec::new(),
        last_decision: None,
    }
}

/// What an event means for tasks, timers and approvals.
fn apply_to_people(case: &mut Case, envelope: &EventEnvelope) {
    let at = envelope.at;
    match &envelope.event {
        Event::TaskOpened { .. }
        | Event::TaskClaimed { .. }
        | Event::TaskReleased { .. }
        | Event::TaskTransferred { .. }
        | Event::TaskReassigned { .. }
        | Event::TaskClosed { .. } => apply_to_task(case, envelope),
        Event::TaskDecided { task, by, verdict, .. } => {
            case.decisions += 1;
            task_mut(case, *task).state = State::Completed { by: by.clone(), at, verdict: *verdict };
            record_decision(case, envelope);
        }
        Event::PeopleNamed { task, by, .. } => {
            task_mut(case, *task).state = State::Completed { by: by.clone(), at, verdict: Verdict::Done };
        }
        Event::TimerArmed { timer } => case.timers.push(timer.clone()),
        Event::TimerFired { timer } => fire(case, *timer),
        Event::TimerDisarmed { timer } => {
            take_timer(case, *timer);
        }
        Event::ApprovalVoided { run, by, redone } => {
            for approval in case.approvals.iter_mut().filter(|approval| approval.run == *run && approval.by == *by) {
                (approval.counts, approval.redone) = (false, *redone);
            }
        }
        Event::Urged { .. } => case.urged_at = Some(at),
        Event::Notified { to, .. } => case.copied.extend(to.iter().cloned()),
        Event::Started { .. }
        | Event::SubmissionChanged { .. }
        | Event::StepEntered { .. }
        | Event::PeopleAssigned { .. }
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
        | Event::Reminded { .. }
        | Event::Escalated { .. }
        | Event::StepLeft { .. }
        | Event::StepAbandoned { .. }
        | Event::TurnBegan { .. }
        | Event::VoteThresholdSet { .. }
        | Event::Intervened { .. }
        | Event::TaskDelegated { .. }
        | Event::TaskResolved { .. }
        | Event::TaskAnswered { .. }
        | Event::DecisionTakenBack { .. }
        | Event::ClockStopped { .. }
        | Event::ClockResumed { .. }
        | Event::ActionRequested { .. }
        | Event::ActionSucceeded { .. }
        | Event::ActionFailed { .. }
        | Event::IncidentRaised { .. }
        | Event::IncidentResolved { .. }
        | Event::Undo { .. }
        | Event::Commented { .. }
        | Event::Withdrawn { .. }
        | Event::Ended { .. } => {}
    }
}

/// What an event means for whom a task waits for.
fn apply_to_task(case: &mut Case, envelope: &EventEnvelope) {
    let at = envelope.at;
    if let Event::TaskOpened { task } = &envelope.event {
        case.tasks.push(task.clone());
    } else if let Event::TaskClaimed { task, by } = &envelope.event {
        let task = task_mut(case, *task);
        let candidates = task.people();
        task.state = State::Claimed { assignee: by.clone(), candidates, at };
    } else if let Event::TaskReleased { task, .. } = &envelope.event {
        let task = task_mut(case, *task);
        if let State::Claimed { candidates, .. } = &task.state {
            task.state = State::Open { candidates: candidates.clone() };
        }
    } else if let Event::TaskTransferred { task, to, .. } = &envelope.event {
        let task = task_mut(case, *task);
        task.pool = false;
        task.owner = None;
        task.state = State::Open { candidates: [to.clone()].into() };
    } else if let Event::TaskReassigned { task, candidates, pool, seat, standing_in, .. } = &envelope.event {
        let task = task_mut(case, *task);
        task.seat = seat.clone().or(task.seat.take());
        task.pool = *pool;
        task.owner = None;
        task.standing_in.clone_from(standing_in);
        task.state = State::Open { candidates: candidates.clone() };
    } else if let Event::TaskClosed { task, reason } = &envelope.event {
        let task = task_mut(case, *task);
        task.state = State::Closed { at, reason: *reason, holders: task.people() };
    }
}

/// What an event means for the case and its steps.
#[expect(clippy::too_many_lines, reason = "one table that names every event")]
fn apply_to_steps(case: &mut Case, envelope: &EventEnvelope) {
    let at = envelope.at;
    match &envelope.event {
        Event::SubmissionChanged { run, submission, .. } => {
            case.submission = *submission;
            case.changed_by = Some(*run);
        }
        Event::ValuesKept { submission, .. } => case.submission = *submission,
        Event::StepEntered { run, step, parent, lane, back_to } => case.runs.push(StepRun {
            id: *run,
            step: step.clone(),
            parent: *parent,
            lane: *lane,
            back_to: back_to.clone(),
            entered_at: at,
            state: StepRunState::Entered,
            undo: None,
        }),
        Event::PeopleAssigned { run, people } => ask(&mut run_mut(case, *run).state, people),
        Event::TurnBegan { run, turn, due_at } => {
            let waiting = waiting_mut(case, *run);
            (waiting.turn, waiting.due_at, waiting.reminded, waiting.rungs) = (*turn, *due_at, 0, 0);
            // Another turn has a clock of its own.
            waiting.stopped = None;
        }
        Event::VoteThresholdSet { run, needed } => waiting_mut(case, *run).needed = Some(*needed),
        Event::PeopleNamed { run, people, .. } => waiting_mut(case, *run).people.clone_from(people),
        Event::BranchTaken { run, case: taken } => run_mut(case, *run).state = StepRunState::Inside { case: *taken },
        Event::Forked { run, lanes, at_once } => {
            let state = |place: usize| if *at_once || place == 0 { LaneState::Open } else { LaneState::Ahead };
            let lanes = lanes.iter().enumerate().map(|(place, number)| Lane { number: *number, state: state(place) });
            run_mut(case, *run).state = StepRunState::Forked { lanes: lanes.collect() };
        }
        Event::LaneBegan { run, lane } => lane_mut(case, *run, *lane).state = LaneState::Open,
        Event::LaneEnded { run, lane, how } => lane_mut(case, *run, *lane).state = *how,
        Event::RoundBegan { run, round } => run_mut(case, *run).state = StepRunState::Repeating { round: *round },
        Event::TurnedDown { run, how } => run_mut(case, *run).state = StepRunState::TurnedDown { how: how.clone() },
        Event::WaitBegan { run, until, event } => {
            run_mut(case, *run).state = StepRunState::Pausing { until: *until, event: event.clone() }
        }
        Event::StepLeft { run, .. } => leave(case, *run, envelope),
        Event::StepAbandoned { run } => run_mut(case, *run).state = StepRunState::Abandoned { at },
        Event::ActionRequested { run, attempt, not_before } => {
            case.action_requested = true;
            run_mut(case, *run).state = StepRunState::Acting { attempt: *attempt, not_before: *not_before };
        }
        Event::ActionSucceeded { run, result } => {
            run_mut(case, *run).state = StepRunState::Acted { result: result.clone() }
        }
        Event::IncidentRaised { run, cause } => raise(run_mut(case, *run), (cause.clone(), at)),
        // What was resolved begins again, or is over with the next event.
        Event::IncidentResolved { run, .. } => {
            let run = run_mut(case, *run);
            if !run.is_being_undone() {
                run.state = StepRunState::Entered;
            }
        }
        Event::Undo { what } => undo(case, (what, at)),
        Event::Ended { outcome } => case.status = Status::Ended { outcome: outcome.clone(), at },
        Event::Started { .. }
        | Event::EventReceived { .. }
        | Event::Returned { .. }
        | Event::TaskOpened { .. }
        | Event::TaskClaimed { .. }
        | Event::TaskReleased { .. }
        | Event::Intervened { .. }
        | Event::TaskTransferred { .. }
        | Event::TaskDelegated { .. }
        | Event::TaskResolved { .. }
        | Event::TaskAnswered { .. }
        | Event::DecisionTakenBack { .. }
        | Event::ClockStopped { .. }
        | Event::ClockResumed { .. }
        | Event::TaskReassigned { .. }
        | Event::TaskDecided { .. }
        | Event::TaskClosed { .. }
        | Event::TimerArmed { .. }
        | Event::TimerFired { .. }
        | Event::TimerDisarmed { .. }
        | Event::Reminded { .. }
        | Event::Escalated { .. }
        | Event::Notified { .. }
        | Event::ActionFailed { .. }
        | Event::ApprovalVoided { .. }
        | Event::Commented { .. }
        | Event::Urged { .. }
        | Event::Withdrawn { .. } => {}
    }
}

/// A passage stops until an operator acts.
fn raise(run: &mut StepRun, (cause, since): (IncidentCause, DateTime<Utc>)) {
    let attempts = run.attempts();
    if run.is_being_undone() {
        run.undo = Some(Undoing::Incident { cause, attempts, since });
    } else {
        run.state = StepRunState::Incident { cause, attempts, since };
    }
}

/// How far taking back is. A case that is to end rests no longer.
fn undo(case: &mut Case, (what, at): (&UndoEvent, DateTime<Utc>)) {
    match what {
        UndoEvent::Began { outcome } => {
            case.unwinding = Some(outcome.clone());
            case.suspended_at = None;
        }
        UndoEvent::Requested { run, attempt, not_before } => {
            run_mut(case, *run).undo = Some(Undoing::Acting { attempt: *attempt, not_before: *not_before });
        }
        UndoEvent::StepsBegan { run } => run_mut(case, *run).undo = Some(Undoing::BySteps),
        UndoEvent::Ended { run, how } => run_mut(case, *run).undo = Some(Undoing::Over { how: *how, at }),
    }
}

/// A step asks these people; one that waits already keeps its clock.
fn ask(state: &mut StepRunState, people: &[Login]) {
    if let StepRunState::Waiting(waiting) = state {
        waiting.people = people.to_vec();
    } else {
        *state = StepRunState::Waiting(Waiting { people: people.to_vec(), ..Waiting::default() });
    }
}

/// Remembers who decided, and an approval with what it is bound to.
fn record_decision(case: &mut Case, envelope: &EventEnvelope) {
    let Event::TaskDecided { run, by, on_behalf_of, verdict, bound, .. } = &envelope.event else { return };
    waiting_mut(case, *run).decided.extend(on_behalf_of.iter().chain([by]).cloned());
    if *verdict == Verdict::Approved {
        let step = run_mut(case, *run).step.clone();
        let (by, at, bound) = (by.clone(), envelope.at, *bound);
        case.approvals.push(Approval { run: *run, step, by, at, bound, counts: true, redone: false });
    }
}

/// A timer that fired is gone, and its run remembers how far its reminders and its ladder are.
fn fire(case: &mut Case, timer: TimerId) {
    let timer = take_timer(case, timer);
    match timer.purpose {
        TimerPurpose::Escalate { rung } => waiting_mut(case, timer.run).rungs = rung + 1,
        TimerPurpose::Remind { count } => waiting_mut(case, timer.run).reminded = count,
        TimerPurpose::Wake => {}
    }
}

fn leave(case: &mut Case, run: StepRunId, envelope: &EventEnvelope) {
    let Event::StepLeft { outcome, by, comment, .. } = &envelope.event else { return };
    let run = run_mut(case, run);
    let taken = run.case_taken();
    let (mut result, mut lanes) = (None, Vec::new());
    if let StepRunState::Acted { result: made } = &run.state {
        result = Some(made.clone());
    } else if let StepRunState::Forked { lanes: all } = &run.state {
        lanes.clone_from(all);
    }
    let waiting = run.waiting().cloned().map(Box::new);
    run.state = StepRunState::Left {
        outcome: *outcome,
        by: by.clone(),
        at: envelope.at,
        comment: *comment,
        result,
        case: taken,
        waiting,
        lanes,
    };
    debug_assert!(!(*outcome == StepOutcome::Approved && by.is_none()), "only a person approves");
}

fn task_mut(case: &mut Case, id: TaskId) -> &mut Task {
    case.tasks.iter_mut().find(|task| task.id == id).expect("an event speaks of a task that was opened before")
}

fn run_mut(case: &mut Case, id: StepRunId) -> &mut StepRun {
    case.runs.iter_mut().find(|run| run.id == id).expect("an event speaks of a run that was entered before")
}

fn waiting_mut(case: &mut Case, id: StepRunId) -> &mut Waiting {
    let StepRunState::Waiting(waiting) = &mut run_mut(case, id).state else {
        panic!("an event speaks of people where no people were asked")
    };
    waiting
}

fn lane_mut(case: &mut Case, id: StepRunId, lane: u16) -> &mut Lane {
    let StepRunState::Forked { lanes } = &mut run_mut(case, id).state else {
        panic!("an event speaks of a branch where there are none")
    };
    lanes.iter_mut().find(|one| one.number == lane).expect("an event speaks of a branch that there is")
}

fn take_timer(case: &mut Case, id: TimerId) -> Timer {
    let place = case.timers.iter().position(|timer| timer.id == id).expect("an event speaks of a timer that is armed");
    case.timers.remove(place)
}
