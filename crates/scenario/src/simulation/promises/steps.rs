//! How steps, branches and timers follow one another, and what a step's end says of its people.

use definition::{
    id::Login,
    model::{Mode, Needed, PARTS_OF_A_VOTE, StepKind, Vote, Withdraw},
};
use engine::{
    Event, EventEnvelope, StepRunId,
    case::LaneState,
    event::{StepOutcome, Verdict},
    task::Role,
};

use super::{Broken, ensure};
use crate::simulation::ledger::{Around, Ledger, Passage, Work};

pub fn check(ledger: &Ledger, envelope: &EventEnvelope, around: Around<'_>) -> Result<(), Broken> {
    match &envelope.event {
        Event::StepEntered { step, parent, lane, .. } => {
            let place = |one: &&Passage| one.step == *step && one.parent == *parent && one.lane == *lane;
            let mut there = ledger.passages.iter().filter(place);
            let again = there.any(|one| one.is_open() || one.entered > ledger.went_back);
            ensure(!again, "nobody is asked twice for the same thing", || format!("{step} is entered again"))
        }
        Event::StepLeft { run, outcome, by, .. } => {
            ensure(ledger.passage(*run).is_open(), "a join fires once", || format!("{run} is left twice"))?;
            joins(ledger, (*run, *outcome), around)?;
            if *outcome == StepOutcome::Approved { approved(ledger, *run, (by.as_ref(), around)) } else { Ok(()) }
        }
        Event::LaneEnded { run, lane, how } => {
            let state = ledger.lanes.get(&(*run, *lane)).copied();
            let closes = *how == LaneState::Closed && state == Some(LaneState::Ahead);
            let ends = state == Some(LaneState::Open) || closes;
            ensure(ends, "a branch ends once", || format!("branch {lane} was {state:?}"))
        }
        Event::TimerArmed { timer } => {
            ensure(ledger.passage(timer.run).is_open(), "a timer is armed only where the case is", || {
                format!("{timer:?}")
            })
        }
        Event::TimerFired { timer } => {
            let Some(timer) = ledger.timers.get(timer) else {
                return ensure(false, "a timer fires only while it is armed", || timer.to_string());
            };
            let is_first = ledger.timers.values().all(|other| other.due_at >= timer.due_at);
            let is_due = timer.due_at <= envelope.at;
            ensure(is_first && is_due, "timers fire when due, in their order", || format!("{timer:?}"))
        }
        Event::Withdrawn { .. } => {
            let in_time = match around.plan.process.withdraw {
                Withdraw::Anytime => true,
                Withdraw::BeforeFirstDecision => ledger.decided.is_empty(),
                Withdraw::BeforeFirstAction => !ledger.action_requested,
                Withdraw::Never => false,
            };
            ensure(in_time, "a request is withdrawn only while the process lets it", String::new)
        }
        _ => Ok(()),
    }
}

/// A step of several branches is left as soon as enough have arrived, or none can any more, and not before.
fn joins(ledger: &Ledger, (run, outcome): (StepRunId, StepOutcome), around: Around<'_>) -> Result<(), Broken> {
    let lanes: Vec<LaneState> =
        ledger.lanes.iter().filter(|((of, _), _)| *of == run).map(|(_, state)| *state).collect();
    let (_, step) = around.plan.process.step_by_id(ledger.passage(run).step.as_str()).expect("the case has the step");
    let needed = match &step.kind {
        StepKind::Parallel(parallel) => parallel.needed(),
        StepKind::Branch(branch) if branch.every => lanes.len(),
        _ => 0,
    };
    let count = |state: LaneState| lanes.iter().filter(|lane| **lane == state).count();
    let (arrived, open) = (count(LaneState::Arrived), count(LaneState::Open) + count(LaneState::Ahead));
    let joins = if outcome == StepOutcome::Rejected && !lanes.is_empty() {
        arrived + open < needed
    } else {
        open == 0 && (arrived == needed || matches!(step.kind, StepKind::Each(_)) || lanes.is_empty())
    };
    ensure(joins, "a join waits for as many branches as it says", || {
        format!("{} is left {outcome:?} with {arrived} of {needed} arrived and {open} open", step.id)
    })
}

/// A step is approved only by people, by as many as its mode asks for, and by whoever is said to have done it.
fn approved(ledger: &Ledger, run: StepRunId, (by, around): (Option<&Login>, Around<'_>)) -> Result<(), Broken> {
    let (_, step) = around.plan.process.step_by_id(ledger.passage(run).step.as_str()).expect("the case has the step");
    let how = |why: &str| format!("{} is left approved: {why}", step.id);
    let promise = "a step is approved by those it asks, and by enough of them";
    let Some(people) = step.kind.approve() else { return ensure(false, promise, || how("nobody decides there")) };
    let in_favour = |login: &Login| ledger.assents.iter().any(|one| one.run == run && one.by == *login);
    ensure(by.is_some_and(in_favour), promise, || how("nobody did"))?;
    let works: Vec<&Work> = ledger.works.iter().filter(|work| work.run == run && work.role == Role::Decide).collect();
    let against = works.iter().any(|work| work.verdict == Some(Verdict::Rejected));
    match &people.mode {
        Mode::Any => ensure(!against, promise, || how("somebody rejected")),
        Mode::All | Mode::InOrder => {
            let waits = works.iter().any(|work| work.open);
            ensure(!against && !waits, promise, || how("somebody rejected or has not decided"))
        }
        Mode::Vote(vote) => ensure(is_carried(vote, &works), promise, || how("too few votes")),
    }
}

/// Whether the votes in favour reach what the definition asks for.
fn is_carried(vote: &Vote, works: &[&Work]) -> bool {
    let votes = |which: &dyn Fn(&Work) -> bool| -> u64 {
        let seats = works.iter().filter(|work| which(work)).filter_map(|work| work.seat.as_ref());
        seats.map(|seat| u64::from(seat.votes)).sum()
    };
    let in_favour = votes(&|work| work.verdict == Some(Verdict::Approved));
    let all = votes(&|work| work.open || work.verdict.is_some());
    let needed = match vote.needed {
        Needed::Votes(votes) => u64::from(votes) * PARTS_OF_A_VOTE,
        Needed::Share(hundredths) => all * u64::from(hundredths),
    };
    let vetoed = works
        .iter()
        .any(|work| work.verdict == Some(Verdict::Rejected) && work.seat.as_ref().is_some_and(|seat| seat.veto));
    in_favour * PARTS_OF_A_VOTE >= needed && !vetoed
}
