//! Going back: which approvals no longer count, and where the case goes on from.

use definition::{
    id::StepId,
    model::{Branch, ReturnTo, StepIndex, StepKind},
};

use crate::{
    advance::{self, Flow, Place},
    case::{Approval, Case, Lane, LaneState, StepRun, StepRunState},
    event::Event,
    id::StepRunId,
    lanes,
    recorder::Recorder,
    scope::NoResult,
    submission::Submission,
};

/// Makes changed values the case's own and voids exactly the approvals that were bound to what changed.
pub fn change<'a>(recorder: &mut Recorder<'a>, run: StepRunId, changed: &'a Submission) -> Result<(), NoResult> {
    let before = recorder.submission().values();
    let fields = changed.values().iter().filter(|(name, value)| before.get(*name) != Some(*value));
    let gone = before.keys().filter(|name| !changed.values().contains_key(*name));
    let fields = fields.map(|(name, _)| name).chain(gone).cloned().collect();
    recorder.change_submission(changed);
    recorder.record(Event::SubmissionChanged { run, submission: changed.digest(), fields });
    let counting: Vec<_> = recorder.case().approvals.iter().filter(|approval| approval.counts).cloned().collect();
    for approval in counting {
        let (step, _) = recorder.step_of(approval.run);
        if recorder.bound(step)? != approval.bound {
            recorder.record(Event::ApprovalVoided { run: approval.run, by: approval.by, redone: false });
        }
    }
    Ok(())
}

/// Where the case goes on once the work that changed it is done, or nobody does it any more: in each branch the first
/// approval that counts no more, or the first branch that would go another way now, whichever came earlier; and after the
/// work, if it stands in none of those that go back.
pub fn go_on(recorder: &mut Recorder<'_>, done: StepRunId) -> Flow {
    let mut flows = Vec::new();
    let mut back: Vec<Option<(StepRunId, u16)>> = Vec::new();
    for id in outdated(recorder, done) {
        let case = recorder.case();
        let Some(run) = case.run(id).filter(|run| !back.iter().any(|scope| case.is_within(run, *scope))) else {
            continue;
        };
        let place = reenter(recorder, run);
        back.push(place.scope());
        flows.push(lead_back(recorder, place));
    }
    let case = recorder.case();
    let is_redone = case.run(done).is_some_and(|run| back.iter().any(|scope| case.is_within(run, *scope)));
    if !is_redone {
        flows.push(Flow::After(done));
    }
    Flow::Several(flows)
}

/// The way back to the first approval before an action that counts no more, however the case came past it; nothing where
/// all of them count.
pub fn before_acting(recorder: &mut Recorder<'_>, action: StepRunId) -> Option<Flow> {
    let case = recorder.case();
    let to = outdated(recorder, action).into_iter().filter_map(|id| case.run(id)).map(|run| reenter(recorder, run));
    let place = to.into_iter().find(|place| case.is_within(recorder.run(action), place.scope()))?;
    Some(lead_back(recorder, place))
}

/// Leaves all that is open where a step stands that was passed, and goes there again.
fn lead_back(recorder: &mut Recorder<'_>, place: Place) -> Flow {
    advance::abandon(recorder, place.scope());
    reopen(recorder, place.scope());
    Flow::Enter(place)
}

/// Sends the case back to a step in the list of a run or in one around it: all that came since is left and asked again.
pub fn redo(recorder: &mut Recorder<'_>, from: StepRunId, target: StepIndex) -> Flow {
    let place = around(recorder, from, target);
    let scope = place.scope();
    let before = recorder.process().before(target);
    advance::abandon(recorder, scope);
    let case = recorder.case();
    let is_before = |run: StepRunId| before.contains(&recorder.step_of(top(case, run, scope)).0);
    let since = |approval: &&Approval| {
        let within = case.run(approval.run).is_some_and(|run| case.is_within(run, scope));
        approval.counts && within && !is_before(approval.run)
    };
    let again: Vec<_> = case.approvals.iter().filter(since).map(|one| (one.run, one.by.clone())).collect();
    for (run, by) in again {
        recorder.record(Event::ApprovalVoided { run, by, redone: true });
    }
    Flow::Enter(place)
}

/// Sends the case to a step before, and straight back afterwards; what runs beside goes on.
pub fn come_back(recorder: &Recorder<'_>, from: StepRunId, target: StepIndex) -> Flow {
    let StepRun { parent, lane, .. } = *recorder.run(from);
    let (back_to, _) = recorder.step_of(from);
    Flow::Enter(Place { step: target, parent, lane, back_to: Some(back_to) })
}

/// Asks the people of a step anew, now that an operator has seen to it that there are some: what those said who were there
/// before counts no more.
pub fn ask_again(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let StepRun { parent, lane, back_to, .. } = recorder.run(run).clone();
    let (step, _) = recorder.step_of(run);
    let back_to = back_to.and_then(|step| recorder.process().step_by_id(step.as_str())).map(|(step, _)| step);
    recorder.record(Event::StepAbandoned { run });
    let given = recorder.case().approvals.iter().filter(|approval| approval.run == run && approval.counts);
    let given: Vec<_> = given.map(|approval| approval.by.clone()).collect();
    for by in given {
        recorder.record(Event::ApprovalVoided { run, by, redone: true });
    }
    Flow::Enter(Place { step, parent, lane, back_to })
}

/// The passages whose approval counts no more though nobody sent the case back, or whose branch would go elsewhere.
fn outdated(recorder: &Recorder<'_>, done: StepRunId) -> Vec<StepRunId> {
    let case = recorder.case();
    let changed = case.changed_by == Some(done);
    let is_outdated = |run: &&StepRun| {
        run.id != done
            && (lost_its_approval(case, run) || (changed && goes_elsewhere(recorder, run)))
            && is_current(recorder, run)
    };
    case.runs.iter().filter(is_outdated).map(|run| run.id).collect()
}

/// Whether a passage is part of the way that the case takes now: its list was not begun again at or before it since, nor
/// any list around it, nor another round of it.
fn is_current(recorder: &Recorder<'_>, run: &StepRun) -> bool {
    let (index, _) = recorder.step_of(run.id);
    let in_rounds = run.parent.is_some_and(|around| matches!(recorder.step_of(around).1.kind, StepKind::Repeat(_)));
    let case = recorder.case();
    let scope = run.parent.map(|parent| (parent, run.lane));
    // What was abandoned was not passed, neither anew nor at all.
    let later = case.runs.iter().rev().take_while(|other| other.id != run.id);
    let mut later = later.filter(|other| !matches!(other.state, StepRunState::Abandoned { .. }));
    let begun_again = later.any(|other| {
        // Who came for this one step and went straight back has passed it again, from wherever they came.
        let passed_again = other.step == run.step && case.is_within(other, scope);
        let in_this_list = other.lane == run.lane && other.back_to.is_none() && recorder.step_of(other.id).0 <= index;
        let in_later_round = in_rounds && other.lane > run.lane;
        passed_again || (other.parent == run.parent && (in_this_list || in_later_round))
    });
    let around = run.parent.map(|around| recorder.run(around));
    !begun_again && around.is_none_or(|around| is_current(recorder, around))
}

fn lost_its_approval(case: &Case, run: &StepRun) -> bool {
    case.approvals.iter().any(|approval| approval.run == run.id && !approval.counts && !approval.redone)
}

/// Whether a branch that was passed would take other cases with the values as they stand.
fn goes_elsewhere(recorder: &Recorder<'_>, run: &StepRun) -> bool {
    let (_, step) = recorder.step_of(run.id);
    let Some(branch) = step.kind.branch().filter(|branch| depends_on_request(recorder, branch)) else { return false };
    let Ok(scope) = recorder.scope(run.id) else { return false };
    if branch.every {
        let taken: Vec<u16> = recorder.case().lanes(run.id).iter().map(|lane| lane.number).collect();
        return !taken.is_empty() && lanes::cases_that_hold(branch, &scope) != Some(taken);
    }
    let Some(taken) = run.case_taken() else { return false };
    advance::case_that_holds(branch, &scope) != Some(taken)
}

/// Whether any condition of a branch looks at the request, directly or through a `let`.
fn depends_on_request(recorder: &Recorder<'_>, branch: &Branch) -> bool {
    let conditions = branch.cases.iter().filter_map(|case| case.condition.as_ref());
    conditions.flat_map(|condition| condition.tree.paths()).any(|path| {
        let first = path.first().map(String::as_str).unwrap_or_default();
        first == "request" || recorder.process().lets.iter().any(|each| each.name.as_str() == first)
    })
}

/// The place to enter a step again that was passed: where it stood, or the outermost step around it that was left.
fn reenter(recorder: &Recorder<'_>, run: &StepRun) -> Place {
    let case = recorder.case();
    let mut outermost = run;
    let mut at = run;
    while let Some(around) = at.parent.and_then(|parent| case.run(parent)) {
        if !around.is_open() {
            outermost = around;
        }
        at = around;
    }
    let (step, _) = recorder.step_of(outermost.id);
    Place { step, parent: outermost.parent, lane: outermost.lane, back_to: None }
}

/// A branch that had ended goes on.
fn reopen(recorder: &mut Recorder<'_>, scope: Option<(StepRunId, u16)>) {
    let Some((run, lane)) = scope else { return };
    let has_ended = |one: &Lane| one.number == lane && one.state != LaneState::Open;
    if recorder.case().lanes(run).iter().any(has_ended) {
        recorder.record(Event::LaneBegan { run, lane });
    }
}

/// The place of a step that stands in the list of a run or in one around it.
fn around(recorder: &Recorder<'_>, from: StepRunId, target: StepIndex) -> Place {
    let standing_in = recorder.process().step(target).parent.map(|parent| parent.step);
    let mut inside = recorder.run(from);
    while let Some(parent) = inside.parent {
        if Some(recorder.step_of(parent).0) == standing_in {
            return Place { step: target, parent: Some(parent), lane: inside.lane, back_to: None };
        }
        inside = recorder.run(parent);
    }
    Place { step: target, parent: None, lane: 0, back_to: None }
}

/// The passage directly in a branch, item or round that a run is, or is nested in.
fn top(case: &Case, run: StepRunId, scope: Option<(StepRunId, u16)>) -> StepRunId {
    let mut at = run;
    while let Some(parent) = case.run(at).and_then(|run| run.parent) {
        if scope.is_some_and(|(around, _)| around == parent) {
            break;
        }
        at = parent;
    }
    at
}

/// The people steps a case may be sent back to from a run, in the order in which it came to them; the requester first.
pub fn targets(recorder: &Recorder<'_>, run: StepRunId) -> Vec<StepIndex> {
    let process = recorder.process();
    let (index, step) = recorder.step_of(run);
    let Some(people) = step.kind.people().filter(|_| Some(index) != process.resubmission && !process.is_in_undo(index))
    else {
        return Vec::new();
    };
    let was_there = |step: &StepIndex| recorder.case().last_run_of(process.step(*step).id.as_str()).is_some();
    let earlier = process.before(index).into_iter().filter(|step| process.step(*step).kind.people().is_some());
    let earlier: Vec<StepIndex> = earlier.filter(was_there).collect();
    let requester = process.resubmission;
    match people.returns.to {
        ReturnTo::Any => requester.into_iter().chain(earlier).collect(),
        ReturnTo::Requester => requester.into_iter().collect(),
        ReturnTo::Previous => earlier.last().copied().or(requester).into_iter().collect(),
        ReturnTo::Step(step) => vec![step],
    }
}

/// Where an administrator may send a case back to: the people steps of the outermost list that it has been at, up to
/// where it is. One behind it is none of them, though the case was there before it came back: what is asked anew would be
/// passed over. Nor is any while the requester has it, who sends it on the way from its beginning.
pub fn passed(recorder: &Recorder<'_>) -> Vec<StepId> {
    let process = recorder.process();
    let here = recorder.case().open_runs().find(|run| run.parent.is_none()).map(|run| recorder.step_of(run.id).0);
    let Some(here) = here.filter(|here| Some(*here) != process.resubmission) else { return Vec::new() };
    let up_to_here = process.list(process.first).take_while(|step| *step <= here);
    let people = up_to_here.filter(|step| process.step(*step).kind.people().is_some());
    let ids = people.map(|step| process.step(step).id.clone());
    ids.filter(|id| recorder.case().last_run_of(id.as_str()).is_some()).collect()
}
