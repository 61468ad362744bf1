//! Steps that run lists of steps beside or after one another: branches, items, rounds; and how they join.

use definition::{
    expression::Scope,
    id::OutcomeName,
    model::{Branch, Each, Parallel, Repeat, StepIndex, StepKind},
    value::Value,
};

use crate::{
    advance::{self, Flow, Place},
    case::{LaneState, StepRunState},
    event::{Event, IncidentCause, StepOutcome},
    id::StepRunId,
    recorder::Recorder,
    scope,
    submission::Kept,
};

/// Begins every branch.
pub fn parallel(recorder: &mut Recorder<'_>, run: StepRunId, parallel: &Parallel) -> Flow {
    let lanes = (0u16..).zip(&parallel.branches).map(|(number, _)| number).collect();
    fork(recorder, run, (lanes, true))
}

/// Begins each case that holds, or `else` if none does.
pub fn every(recorder: &mut Recorder<'_>, run: StepRunId, branch: &Branch) -> Flow {
    let taken = recorder.scope(run).ok().and_then(|scope| cases_that_hold(branch, &scope));
    match taken {
        Some(taken) => fork(recorder, run, (taken, true)),
        None => advance::raise_incident(recorder, run, IncidentCause::ExpressionFailed),
    }
}

/// The cases of a branch that hold, else its `else`; nothing if a condition has no result.
pub fn cases_that_hold(branch: &Branch, scope: &Scope) -> Option<Vec<u16>> {
    let mut taken = Vec::new();
    for (number, case) in (0u16..).zip(&branch.cases) {
        let holds = match &case.condition {
            None => taken.is_empty(),
            Some(condition) => match condition.evaluate(scope) {
                Ok(Value::Bool(holds)) => holds,
                Ok(_) | Err(_) => return None,
            },
        };
        if holds {
            taken.push(number);
        }
    }
    Some(taken)
}

/// Begins the steps for each item, or for the first of them.
pub fn each(recorder: &mut Recorder<'_>, run: StepRunId, each: &Each) -> Flow {
    let items = recorder.scope(run).ok().and_then(|scope| each.of.evaluate(&scope).ok());
    let Some(Value::List(items)) = items else {
        return advance::raise_incident(recorder, run, IncidentCause::ExpressionFailed);
    };
    if items.len() > usize::from(each.at_most) {
        return advance::raise_incident(recorder, run, IncidentCause::Limit);
    }
    let lanes = (0u16..).zip(&items).map(|(number, _)| number).collect();
    recorder.keep(run, Kept::from([(scope::items_name(run), Value::List(items))]));
    fork(recorder, run, (lanes, !each.in_order))
}

/// Begins a round of a `repeat`.
pub fn round(recorder: &mut Recorder<'_>, run: StepRunId, round: u16) -> Flow {
    recorder.record(Event::RoundBegan { run, round });
    enter_or_end(recorder, run, round)
}

/// Stops repeating once the condition holds or the rounds are used up.
pub fn after_round(recorder: &mut Recorder<'_>, run: StepRunId, repeat: &Repeat) -> Flow {
    let StepRunState::Repeating { round: so_far } = recorder.run(run).state else { return Flow::Rest };
    let done = recorder.scope(run).ok().and_then(|scope| repeat.until.evaluate(&scope).ok());
    match done {
        Some(Value::Bool(false)) if so_far < repeat.at_most => round(recorder, run, so_far + 1),
        Some(Value::Bool(_)) => {
            advance::leave(recorder, run, StepOutcome::Done);
            Flow::After(run)
        }
        Some(_) | None => advance::raise_incident(recorder, run, IncidentCause::ExpressionFailed),
    }
}

/// A branch or an item ended: the next one begins, the step joins, or it can join no more.
pub fn ended(recorder: &mut Recorder<'_>, (run, lane): (StepRunId, u16), how: LaneState) -> Flow {
    recorder.record(Event::LaneEnded { run, lane, how });
    let (_, step) = recorder.step_of(run);
    let lanes = recorder.case().lanes(run);
    let count = |state: LaneState| lanes.iter().filter(|lane| lane.state == state).count();
    let (arrived, open) = (count(LaneState::Arrived), count(LaneState::Open));
    let ahead = lanes.iter().find(|lane| lane.state == LaneState::Ahead).map(|lane| lane.number);
    let needed = match &step.kind {
        StepKind::Parallel(parallel) => parallel.needed(),
        StepKind::Branch(_) => lanes.len(),
        StepKind::Each(_)
        | StepKind::Approve(_)
        | StepKind::Fill(_)
        | StepKind::Notify(_)
        | StepKind::Run(_)
        | StepKind::Repeat(_)
        | StepKind::Wait(_)
        | StepKind::Set(_)
        | StepKind::End(_) => return next_item(recorder, run, (ahead, open)),
    };
    if arrived >= needed {
        return join(recorder, run);
    }
    if arrived + open < needed {
        advance::leave(recorder, run, StepOutcome::Rejected);
        return advance::end(recorder, &OutcomeName::from(advance::REJECTED));
    }
    Flow::Rest
}

/// A rejection ends the innermost case, branch or item around a run that was left, and nothing else.
pub fn end_alone(recorder: &mut Recorder<'_>, rejected: StepRunId) -> Flow {
    let mut at = rejected;
    while let Some(around) = recorder.run(at).parent {
        let lane = recorder.run(at).lane;
        match &recorder.step_of(around).1.kind {
            StepKind::Branch(branch) if !branch.every => {
                advance::abandon(recorder, Some((around, lane)));
                advance::leave(recorder, around, StepOutcome::Done);
                return Flow::After(around);
            }
            StepKind::Branch(_) | StepKind::Parallel(_) | StepKind::Each(_) => {
                advance::abandon(recorder, Some((around, lane)));
                return ended(recorder, (around, lane), LaneState::Rejected);
            }
            StepKind::Approve(_)
            | StepKind::Fill(_)
            | StepKind::Notify(_)
            | StepKind::Run(_)
            | StepKind::Repeat(_)
            | StepKind::Wait(_)
            | StepKind::Set(_)
            | StepKind::End(_) => at = around,
        }
    }
    unreachable!("lower() accepts such a rule only inside a case, a branch or an item")
}

/// Begins lists of a step: all of them, or the first.
fn fork(recorder: &mut Recorder<'_>, run: StepRunId, (lanes, at_once): (Vec<u16>, bool)) -> Flow {
    if lanes.is_empty() {
        advance::leave(recorder, run, StepOutcome::Done);
        return Flow::After(run);
    }
    recorder.record(Event::Forked { run, lanes: lanes.clone(), at_once });
    let begun = if at_once { lanes.len() } else { 1 };
    Flow::Several(lanes.into_iter().take(begun).map(|lane| enter_or_end(recorder, run, lane)).collect())
}

/// The way into a list of steps; an empty one ends at once.
fn enter_or_end(recorder: &Recorder<'_>, run: StepRunId, lane: u16) -> Flow {
    match first_of(recorder, run, lane) {
        Some(step) => Flow::Enter(Place { step, parent: Some(run), lane, back_to: None }),
        None => Flow::ListEnded(run, lane),
    }
}

/// The first step of a branch, an item or a round.
fn first_of(recorder: &Recorder<'_>, run: StepRunId, lane: u16) -> Option<StepIndex> {
    let (_, step) = recorder.step_of(run);
    let lists = step.kind.lists();
    let place = if lists.len() == 1 { 0 } else { usize::from(lane) };
    lists.get(place).copied().flatten()
}

fn next_item(recorder: &mut Recorder<'_>, run: StepRunId, (ahead, open): (Option<u16>, usize)) -> Flow {
    match ahead {
        Some(lane) => {
            recorder.record(Event::LaneBegan { run, lane });
            enter_or_end(recorder, run, lane)
        }
        None if open > 0 => Flow::Rest,
        None => join(recorder, run),
    }
}

/// Closes what is still open, and goes on.
fn join(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let open: Vec<u16> = recorder
        .case()
        .lanes(run)
        .iter()
        .filter(|lane| matches!(lane.state, LaneState::Open | LaneState::Ahead))
        .map(|lane| lane.number)
        .collect();
    for lane in open {
        advance::abandon(recorder, Some((run, lane)));
        recorder.record(Event::LaneEnded { run, lane, how: LaneState::Closed });
    }
    advance::leave(recorder, run, StepOutcome::Done);
    Flow::After(run)
}
