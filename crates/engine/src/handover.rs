//! Open work that goes to other people: by a rung of the ladder, by naming, because somebody left.

use std::collections::BTreeSet;

use definition::{
    id::Login,
    model::{Mode, Vote},
};

use crate::{
    absence::{self, Holders},
    advance::{self, Flow},
    assignment::Assignment,
    effect::Notice,
    event::{CloseReason, Event, ReassignCause, StepOutcome},
    id::StepRunId,
    people::{self, Finish, Opening},
    recorder::Recorder,
    task::{Role, Seat, State, Task},
    vote::{self, Tally},
};

/// Gives the open work of a step to these people instead of its holders.
pub fn replace(recorder: &mut Recorder<'_>, run: StepRunId, (found, pool, rung): (&[Login], bool, u16)) {
    let cause = ReassignCause::Escalated { rung };
    close_naming(recorder, run);
    let open = work(recorder, run);
    match people::mode_of(recorder, run) {
        Mode::All | Mode::Vote(_) => spread(recorder, run, (found, &open, cause)),
        Mode::Any | Mode::InOrder => match own(recorder, run, CloseReason::Escalated) {
            Some(task) => reassign(recorder, &task, (found.iter().cloned().collect(), pool, cause)),
            None => open_for(recorder, run, (found, pool)),
        },
    }
}

/// The one task of a step that is left once whoever was added to it has none any more.
fn own(recorder: &mut Recorder<'_>, run: StepRunId, reason: CloseReason) -> Option<Task> {
    let open = work(recorder, run);
    let own = open.iter().find(|task| task.added.is_none()).or(open.first())?.id;
    for added in open.iter().filter(|task| task.id != own) {
        recorder.record(Event::TaskClosed { task: added.id, reason });
    }
    recorder.case().task(own).cloned()
}

/// The open work of a step.
fn work(recorder: &Recorder<'_>, run: StepRunId) -> Vec<Task> {
    recorder.case().open_tasks_of(run).filter(|task| task.is_work()).cloned().collect()
}

/// Lets these people join the holders of a step's open work.
pub fn add(recorder: &mut Recorder<'_>, run: StepRunId, (found, pool, rung): (&[Login], bool, u16)) {
    close_naming(recorder, run);
    let open = work(recorder, run);
    let joined = match people::mode_of(recorder, run) {
        Mode::Any | Mode::InOrder => open.first(),
        Mode::All | Mode::Vote(_) => None,
    };
    match joined {
        Some(task) => {
            let mut candidates = task.people();
            candidates.extend(found.iter().cloned());
            reassign(recorder, task, (candidates, task.pool || pool, ReassignCause::Escalated { rung }));
        }
        None => open_for(recorder, run, (found, pool)),
    }
}

/// Opens tasks for people beside those that are open already.
pub fn open_for(recorder: &mut Recorder<'_>, run: StepRunId, (found, pool): (&[Login], bool)) {
    let role = people::work_of(recorder, run);
    let all = matches!(people::mode_of(recorder, run), Mode::All | Mode::Vote(_));
    let turn = match people::waiting(recorder, run).turn {
        0 => None,
        turn => Some(turn),
    };
    // Where everybody has a part of their own, whom a rung brings in is asked in person: their deputy may be brought in
    // beside them, and must not have two.
    let opened: Vec<Holders> = if all {
        found.iter().map(|login| Holders::in_person([login.clone()])).collect()
    } else {
        vec![absence::holders(recorder, run, (role, found.iter().cloned().collect()))]
    };
    for holders in opened {
        people::open_task(recorder, run, Opening { role, holders, pool: pool && !all, turn });
    }
    vote::set_threshold(recorder, run);
}

/// Lets the open tasks of somebody who left go on by rule.
pub fn after_leaving(recorder: &mut Recorder<'_>, left: &Login) -> Vec<Flow> {
    let held: Vec<Task> = recorder.case().open_tasks().filter(|task| takes_part(task, left)).cloned().collect();
    let mut flows = Vec::new();
    for task in &held {
        if recorder.case().task(task.id).is_some_and(Task::is_open) {
            flows.extend(take_from(recorder, task, left));
        }
    }
    flows
}

/// Lets those tasks of a step go on by rule that came back to somebody who has left in the meantime.
pub fn go_on_without_those_gone(recorder: &mut Recorder<'_>, run: StepRunId) {
    let directory = recorder.ctx.directory;
    let asked = recorder.case().open_tasks_of(run).flat_map(Task::everybody).collect::<BTreeSet<_>>();
    for gone in asked.iter().filter(|login| directory.active(login.as_str()).is_none()) {
        for flow in after_leaving(recorder, gone) {
            advance::follow(recorder, flow);
        }
    }
}

/// Whether a task waits for somebody, or comes back to them.
fn takes_part(task: &Task, login: &Login) -> bool {
    task.is_of(login) || task.owner.as_ref() == Some(login)
}

/// Takes a task from somebody who left; says where the case goes if that ends the step.
fn take_from(recorder: &mut Recorder<'_>, task: &Task, left: &Login) -> Option<Flow> {
    let (index, _) = recorder.step_of(task.run);
    let cause = ReassignCause::Left { login: left.clone() };
    if let Some(owner) = task.owner.as_ref().filter(|owner| *owner != left)
        && recorder.search(index).unsuitable(owner).is_none()
    {
        reassign(recorder, task, ([owner.clone()].into(), false, cause));
        return None;
    }
    if task.added.is_some() {
        // Whom a person asked is not replaced by whom the process finds: the step goes on without them.
        people::close(recorder, task, CloseReason::HolderLeft);
        return Some(people::go_on_without(recorder, task.run));
    }
    let others: Vec<Login> = match &task.state {
        // Whom the owner only let look at it does not inherit the last word.
        _ if task.owner.is_some() => Vec::new(),
        State::Open { candidates } | State::Claimed { candidates, .. } => {
            candidates.iter().filter(|login| *login != left).cloned().collect()
        }
        State::Completed { .. } | State::Closed { .. } => Vec::new(),
    };
    let remaining =
        if task.role == Role::Name { still_active(recorder, others) } else { recorder.search(index).suitable(&others) };
    if !remaining.is_empty() {
        reassign(recorder, task, (remaining.into_iter().collect(), task.pool, cause));
        return None;
    }
    let found = recorder.search(index).assign();
    let asked = others_asked(recorder, task);
    if let Assignment::People { people: found, pool } = &found {
        let fresh: Vec<Login> = found.iter().filter(|login| !asked.contains(*login)).cloned().collect();
        if !fresh.is_empty() && task.role != Role::Name {
            let first = match people::mode_of(recorder, task.run) {
                Mode::Any => fresh,
                Mode::All | Mode::InOrder | Mode::Vote(_) => fresh.into_iter().take(1).collect(),
            };
            reassign(recorder, task, (first.into_iter().collect(), *pool, cause));
            return None;
        }
    }
    people::close(recorder, task, CloseReason::HolderLeft);
    Some(without_holder(recorder, task, (found, asked)))
}

/// What becomes of a step that has lost a holder whom nobody replaces.
fn without_holder(recorder: &mut Recorder<'_>, task: &Task, (found, asked): (Assignment, BTreeSet<Login>)) -> Flow {
    if let Mode::Vote(vote) = people::mode_of(recorder, task.run) {
        return vote_without_holder(recorder, task.run, vote);
    }
    if people::work_is_open(recorder, task.run) {
        return Flow::Rest;
    }
    let decided = people::last_done(recorder, task.run);
    match people::mode_of(recorder, task.run) {
        Mode::InOrder if people::next_turn(recorder, task.run) => return Flow::Rest,
        Mode::All | Mode::InOrder => {
            if let Some(by) = decided {
                let outcome = match people::work_of(recorder, task.run) {
                    Role::Fill => StepOutcome::Done,
                    Role::Decide | Role::Name | Role::Opinion | Role::Answer => StepOutcome::Approved,
                };
                return people::finish(recorder, task.run, Finish { outcome, by: Some(by), comment: None });
            }
        }
        Mode::Any | Mode::Vote(_) => {}
    }
    let again = match found {
        Assignment::People { people, .. } if people.iter().all(|login| asked.contains(login)) => {
            name_or_stop(recorder, task.run)
        }
        found @ (Assignment::People { .. }
        | Assignment::Name { .. }
        | Assignment::Skip
        | Assignment::Reject
        | Assignment::Nobody) => found,
    };
    people::apply(recorder, task.run, again)
}

/// A vote goes on with the seats that are left; where they can no longer reach the threshold somebody must be named, since
/// nobody voted against.
pub fn vote_without_holder(recorder: &mut Recorder<'_>, run: StepRunId, vote: &Vote) -> Flow {
    match (vote::tally(recorder, run, vote), vote::last_in_favour(recorder, run)) {
        (Tally::Approved, Some(by)) => {
            let outcome = StepOutcome::Approved;
            people::finish(recorder, run, Finish { outcome, by: Some(by), comment: None })
        }
        (Tally::Open, _) => Flow::Rest,
        (Tally::Approved | Tally::Rejected, _) => {
            let again = name_or_stop(recorder, run);
            people::apply(recorder, run, again)
        }
    }
}

fn name_or_stop(recorder: &Recorder<'_>, run: StepRunId) -> Assignment {
    let (index, _) = recorder.step_of(run);
    let administrators = recorder.search(index).administrators();
    if administrators.is_empty() { Assignment::Nobody } else { Assignment::Name { administrators } }
}

/// Everybody who has a part in the step beside this task.
fn others_asked(recorder: &Recorder<'_>, task: &Task) -> BTreeSet<Login> {
    let others = recorder.case().open_tasks_of(task.run).filter(|other| other.id != task.id);
    let mut asked: BTreeSet<Login> = others.filter(|other| other.is_work()).flat_map(Task::everybody).collect();
    asked.extend(people::waiting(recorder, task.run).decided.iter().cloned());
    asked
}

fn still_active(recorder: &Recorder<'_>, people: Vec<Login>) -> Vec<Login> {
    people.into_iter().filter(|login| recorder.ctx.directory.active(login.as_str()).is_some()).collect()
}

/// One task per person: open ones go to the new people in order, those left over are closed, those lacking are opened.
fn spread(recorder: &mut Recorder<'_>, run: StepRunId, (found, open, cause): (&[Login], &[Task], ReassignCause)) {
    for (place, (task, login)) in open.iter().zip(found).enumerate() {
        // The votes of seats that nobody takes go to whoever takes the last one.
        let rest = if place + 1 == found.len() { &open[place..] } else { &[] };
        let seat = vote::together(rest.iter().filter_map(|task| task.seat.as_ref()));
        give(recorder, task, ([login.clone()].into(), false, cause.clone()), seat);
    }
    for task in open.iter().skip(found.len()) {
        recorder.record(Event::TaskClosed { task: task.id, reason: CloseReason::Escalated });
    }
    if found.len() > open.len() {
        open_for(recorder, run, (&found[open.len()..], false));
    }
}

/// Gives a task to these candidates and tells those who are new to it.
fn reassign(recorder: &mut Recorder<'_>, task: &Task, change: (BTreeSet<Login>, bool, ReassignCause)) {
    give(recorder, task, change, None);
}

fn give(
    recorder: &mut Recorder<'_>,
    task: &Task,
    (candidates, pool, cause): (BTreeSet<Login>, bool, ReassignCause),
    seat: Option<Seat>,
) {
    let known = task.people();
    let fresh: BTreeSet<Login> = candidates.difference(&known).cloned().collect();
    let mut holders = match people::mode_of(recorder, task.run) {
        Mode::Any | Mode::InOrder => absence::holders(recorder, task.run, (task.role, fresh)),
        Mode::All | Mode::Vote(_) => Holders::in_person(fresh),
    };
    holders.candidates.extend(candidates.intersection(&known).cloned());
    hand(recorder, task, (holders, pool, cause, seat));
}

/// Gives a task to exactly these and tells those who are new to it. Who stood in for somebody goes on doing so.
pub fn hand(
    recorder: &mut Recorder<'_>,
    task: &Task,
    (holders, pool, cause, seat): (Holders, bool, ReassignCause, Option<Seat>),
) {
    let before = task.people();
    let Holders { candidates, mut standing_in } = holders;
    let stay = task.standing_in.iter().filter(|(deputy, _)| candidates.contains(*deputy));
    standing_in.extend(stay.map(|(deputy, absent)| (deputy.clone(), absent.clone())));
    let event = Event::TaskReassigned { task: task.id, candidates: candidates.clone(), pool, cause, seat, standing_in };
    recorder.record(event);
    let is_asked = task.behind.is_empty();
    let news: Vec<Login> = candidates.difference(&before).filter(|_| is_asked).cloned().collect();
    recorder.tell(news, Notice::TaskAssigned { task: task.id, step: task.step.clone() });
}

/// A step whose people are known needs nobody to name them.
fn close_naming(recorder: &mut Recorder<'_>, run: StepRunId) {
    let naming: Vec<_> =
        recorder.case().open_tasks_of(run).filter(|task| task.role == Role::Name).map(|task| task.id).collect();
    for task in naming {
        recorder.record(Event::TaskClosed { task, reason: CloseReason::Escalated });
    }
}
