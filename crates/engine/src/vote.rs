//! 票签: what the votes of a step amount to.
//!
//! Each voter's task is a seat. The threshold is set when the vote opens, in parts of a vote so that nothing is rounded;
//! seats that are added may raise it, seats that go never lower it. A vote is decided as soon as no vote that is still to
//! come could change it, and not before.

use std::collections::BTreeMap;

use definition::{
    id::{DepartmentId, Login},
    model::{Mode, PARTS_OF_A_VOTE, Vote},
};

use crate::{
    event::{Event, Verdict},
    id::StepRunId,
    people,
    recorder::Recorder,
    task::{Seat, State, Task},
};

/// How a vote stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tally {
    /// What is still to come may change it.
    Open,
    /// The threshold is reached.
    Approved,
    /// It can no longer be reached.
    Rejected,
}

/// What became of a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cast {
    Approved,
    Rejected,
    NotYet,
    /// Nobody votes from it any more.
    Gone,
}

/// The seat of somebody who votes in a step; nothing where a step does not vote.
pub fn seat(recorder: &Recorder<'_>, run: StepRunId, login: &Login) -> Option<Seat> {
    let (index, _) = recorder.step_of(run);
    let Mode::Vote(vote) = people::mode_of(recorder, run) else { return None };
    Some(recorder.search(index).seat(vote, login))
}

/// Sets the threshold once the seats are filled, or raises it after more were: never down.
pub fn set_threshold(recorder: &mut Recorder<'_>, run: StepRunId) {
    let Mode::Vote(vote) = people::mode_of(recorder, run) else { return };
    let votes = seats(recorder, run).filter(|(_, cast)| *cast != Cast::Gone).map(|(seat, _)| u64::from(seat.votes));
    let needed = vote.threshold(votes.sum());
    let before = people::waiting(recorder, run).needed;
    if before.is_none_or(|before| needed > before) {
        recorder.record(Event::VoteThresholdSet { run, needed });
    }
}

/// Whether the votes that were given and those that may come reach what is needed, with these people's as well.
pub fn can_reach(recorder: &Recorder<'_>, run: StepRunId, (more, needed): (&[Login], u64)) -> bool {
    let counts = |cast: Cast| matches!(cast, Cast::Approved | Cast::NotYet);
    let there: u64 =
        seats(recorder, run).filter(|(_, cast)| counts(*cast)).map(|(seat, _)| u64::from(seat.votes)).sum();
    let new = more.iter().filter_map(|login| seat(recorder, run, login)).map(|seat| u64::from(seat.votes));
    (there + new.sum::<u64>()).saturating_mul(PARTS_OF_A_VOTE) >= needed
}

/// Whether a vote can be decided without the seat of a task; what is no seat can always be spared.
pub fn can_spare(recorder: &Recorder<'_>, task: &Task) -> bool {
    let Mode::Vote(vote) = people::mode_of(recorder, task.run) else { return true };
    let without = recorder.case().tasks.iter().filter(|other| other.run == task.run).filter_map(|other| {
        let cast = if other.id == task.id { Cast::Gone } else { cast(other) };
        Some((other.seat.as_ref()?, cast))
    });
    let needed = people::waiting(recorder, task.run).needed.unwrap_or(u64::MAX);
    task.seat.is_none() || count(needed, vote.each_department.unwrap_or_default(), without) != Tally::Rejected
}

/// How the vote of a step stands.
pub fn tally(recorder: &Recorder<'_>, run: StepRunId, vote: &Vote) -> Tally {
    let needed = people::waiting(recorder, run).needed.unwrap_or(u64::MAX);
    count(needed, vote.each_department.unwrap_or_default(), seats(recorder, run))
}

/// Who approved last in a vote: whose vote it was that reached the threshold.
pub fn last_in_favour(recorder: &Recorder<'_>, run: StepRunId) -> Option<Login> {
    let approvals = recorder.case().approvals.iter().rev();
    approvals.into_iter().find(|approval| approval.run == run && approval.counts).map(|approval| approval.by.clone())
}

/// Several seats in one hand: all their votes, and a veto if any had one.
pub fn together<'s>(seats: impl Iterator<Item = &'s Seat>) -> Option<Seat> {
    seats.cloned().reduce(|one, other| Seat {
        votes: one.votes.saturating_add(other.votes),
        veto: one.veto || other.veto,
        department: one.department,
    })
}

fn seats<'r>(recorder: &'r Recorder<'_>, run: StepRunId) -> impl Iterator<Item = (&'r Seat, Cast)> {
    recorder
        .case()
        .tasks
        .iter()
        .filter(move |task| task.run == run)
        .filter_map(|task| Some((task.seat.as_ref()?, cast(task))))
}

const fn cast(task: &Task) -> Cast {
    match &task.state {
        State::Open { .. } | State::Claimed { .. } => Cast::NotYet,
        State::Completed { verdict: Verdict::Approved, .. } => Cast::Approved,
        State::Completed { verdict: Verdict::Rejected, .. } => Cast::Rejected,
        State::Completed { verdict: Verdict::Done | Verdict::Answered | Verdict::Returned, .. }
        | State::Closed { .. } => Cast::Gone,
    }
}

fn count<'s>(needed: u64, each_department: u32, seats: impl Iterator<Item = (&'s Seat, Cast)>) -> Tally {
    let (mut approved, mut to_come) = (0u64, 0u64);
    let mut departments: BTreeMap<Option<&DepartmentId>, (u32, u32)> = BTreeMap::new();
    let mut veto_to_come = false;
    for (seat, cast) in seats {
        let of_department = departments.entry(seat.department.as_ref()).or_default();
        match cast {
            Cast::Approved => {
                approved += u64::from(seat.votes);
                of_department.0 += 1;
            }
            Cast::NotYet => {
                to_come += u64::from(seat.votes);
                of_department.1 += 1;
                veto_to_come |= seat.veto;
            }
            Cast::Rejected if seat.veto => return Tally::Rejected,
            Cast::Rejected | Cast::Gone => {}
        }
    }
    let reaches = |votes: u64| votes.saturating_mul(PARTS_OF_A_VOTE) >= needed;
    let lost = !reaches(approved + to_come)
        || departments.values().any(|(approved, to_come)| approved + to_come < each_department);
    if lost {
        return Tally::Rejected;
    }
    let is_carried = reaches(approved) && departments.values().all(|(approved, _)| *approved >= each_department);
    if is_carried && !veto_to_come { Tally::Approved } else { Tally::Open }
}

#[cfg(test)]
mod tests;
