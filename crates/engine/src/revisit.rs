//! Changed values: which approvals no longer count, and where the case goes back to.

use definition::{
    expression::Scope,
    model::{Branch, StepIndex, StepKind},
};

use crate::{
    advance::{self, Place},
    case::{Case, StepRun, StepRunState},
    event::Event,
    id::StepRunId,
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
            recorder.record(Event::ApprovalVoided { run: approval.run, by: approval.by });
        }
    }
    Ok(())
}

/// Where the case goes back to once the work that changed it is done: the first approval that counts no more, or the
/// first branch that would go another way now, whichever came earlier. Nothing: it goes on.
pub fn place(recorder: &mut Recorder<'_>, done: StepRunId) -> Option<Place> {
    let scope = recorder.scope().ok()?;
    let case = recorder.case();
    let changed = case.changed_by == Some(done);
    let first = case.runs.iter().find(|run| {
        run.id != done
            && is_last_passage(case, run)
            && (lost_its_approval(case, run) || (changed && goes_elsewhere(recorder, run, &scope)))
    })?;
    let (target, _) = recorder.step_of(first.id);
    let place = reenter(recorder, target);
    abandon_outside(recorder, place);
    Some(place)
}

fn is_last_passage(case: &Case, run: &StepRun) -> bool {
    case.last_run_of(run.step.as_str()).is_some_and(|last| last.id == run.id)
}

fn lost_its_approval(case: &Case, run: &StepRun) -> bool {
    case.approvals.iter().any(|approval| approval.run == run.id && !approval.counts)
}

/// Whether a branch that was passed would take another case with the values as they stand.
fn goes_elsewhere(recorder: &Recorder<'_>, run: &StepRun, scope: &Scope) -> bool {
    let taken = match run.state {
        StepRunState::Left { case: Some(taken), .. } | StepRunState::Inside { case: taken } => taken,
        StepRunState::Left { case: None, .. }
        | StepRunState::Entered
        | StepRunState::Waiting(_)
        | StepRunState::Acting { .. }
        | StepRunState::Acted { .. }
        | StepRunState::Incident { .. }
        | StepRunState::Abandoned { .. } => return false,
    };
    let (_, step) = recorder.step_of(run.id);
    let StepKind::Branch(branch) = &step.kind else { return false };
    depends_on_request(recorder, branch) && advance::case_that_holds(branch, scope) != Some(taken)
}

/// Whether any condition of a branch looks at the request, directly or through a `let`.
fn depends_on_request(recorder: &Recorder<'_>, branch: &Branch) -> bool {
    let conditions = branch.cases.iter().filter_map(|case| case.condition.as_ref());
    conditions.flat_map(|condition| condition.tree.paths()).any(|path| {
        let first = path.first().map(String::as_str).unwrap_or_default();
        first == "request" || recorder.process().lets.iter().any(|each| each.name.as_str() == first)
    })
}

/// The place to enter a step again: inside the runs that are open around it, else the enclosing branch as a whole.
fn reenter(recorder: &Recorder<'_>, target: StepIndex) -> Place {
    let mut around = None;
    for (step, parent) in advance::chain(recorder, target) {
        if let Some(parent) = parent {
            match advance::open_inside(recorder, parent) {
                Some(run) => around = Some((parent.step, run)),
                None => return Place { step: parent.step, parent: enclosing(recorder, parent.step) },
            }
        }
        if step == target {
            return Place { step, parent: around.map(|(_, run)| run) };
        }
    }
    Place { step: target, parent: None }
}

/// The open run around a step, if it is nested in one.
fn enclosing(recorder: &Recorder<'_>, step: StepIndex) -> Option<StepRunId> {
    recorder.process().step(step).parent.and_then(|parent| advance::open_inside(recorder, parent))
}

/// The case leaves every open step that does not enclose the place it goes back to.
fn abandon_outside(recorder: &mut Recorder<'_>, place: Place) {
    let mut around = Vec::new();
    let mut at = place.parent;
    while let Some(run) = at {
        around.push(run);
        at = recorder.run(run).parent;
    }
    let open: Vec<StepRunId> = recorder.case().open_runs().map(|run| run.id).collect();
    for run in open.into_iter().rev().filter(|run| !around.contains(run)) {
        recorder.record(Event::StepAbandoned { run });
    }
}
