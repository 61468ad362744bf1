//! Sending a case back from a task.

use definition::{
    id::StepId,
    model::{Act, Return, ReturnThen},
};
use vault::Digest;

use super::tasks;
use crate::{
    advance,
    case::{Case, StepRunState},
    command::Actor,
    context::Context,
    event::{CloseReason, Event, StepOutcome, Verdict},
    id::TaskId,
    plan::Plan,
    recorder::Recorder,
    rejection::Rejection,
    revisit,
    task::Role,
};

/// Sends the case back from a task, and says why.
pub fn give_back(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, to, comment): (TaskId, Option<&StepId>, Option<Digest>),
) -> Result<(), Rejection> {
    let (task, by) = tasks::held(recorder, actor, (id, policy::Action::ReturnTask))?;
    if !matches!(task.role, Role::Decide | Role::Fill) {
        return Err(Rejection::WrongKindOfTask);
    }
    tasks::is_own_work(&task)?;
    tasks::allowed(recorder, &task, Act::Return)?;
    tasks::still_suitable(recorder, &task, &by)?;
    tasks::confirmed_and_said(recorder, &task, (Verdict::Returned, comment))?;
    let (index, step) = recorder.step_of(task.run);
    let targets = revisit::targets(recorder, task.run);
    let process = recorder.process();
    let id_of = |step| process.step(step).id.clone();
    let chosen = match (to, targets.as_slice()) {
        (None, [only]) => Some(*only),
        (None, _) => None,
        (Some(to), _) => targets.iter().copied().find(|step| id_of(*step) == *to),
    };
    let Some(target) = chosen else {
        return Err(Rejection::ReturnWhere { targets: targets.into_iter().map(id_of).collect() });
    };
    let rule = step.kind.people().map_or(Return::DEFAULT, |people| people.returns);
    if times_returned(recorder.case(), &step.id) >= usize::from(rule.at_most) {
        return Err(Rejection::ReturnedTooOften { limit: rule.at_most });
    }
    let bound = recorder.bound(index).map_err(tasks::no_result)?;
    tasks::claim_silently(recorder, &task, &by);
    let (run, verdict) = (task.run, Verdict::Returned);
    let decider = by.clone();
    let on_behalf_of = task.standing_in.get(&by).cloned();
    recorder.record(Event::TaskDecided { task: id, run, by, on_behalf_of, verdict, comment, bound });
    recorder.record(Event::Returned { run, to: id_of(target), then: rule.then });
    advance::close_tasks(recorder, Some(run), CloseReason::StepDecided);
    recorder.disarm(Some(run));
    recorder.record(Event::StepLeft { run, outcome: StepOutcome::Returned, by: Some(decider), comment });
    let flow = match rule.then {
        ReturnThen::Redo => revisit::redo(recorder, run, target),
        ReturnThen::ComeBack => revisit::come_back(recorder, run, target),
    };
    advance::follow(recorder, flow);
    Ok(())
}

/// The steps to which whoever holds a task may send the case back; empty where they may not, or not any more.
pub fn return_targets(plan: &Plan, case: &Case, ctx: &Context<'_>, task: TaskId) -> Vec<StepId> {
    let Some(task) = case.task(task).filter(|task| task.is_open() && task.is_work()) else { return Vec::new() };
    let recorder = Recorder::resume(plan, ctx, Actor::System, case.clone());
    let (_, step) = recorder.step_of(task.run);
    let people = step.kind.people().filter(|people| people.allow.contains(&Act::Return));
    let limit = people.map_or(0, |people| people.returns.at_most);
    if times_returned(case, &step.id) >= usize::from(limit) {
        return Vec::new();
    }
    let targets = revisit::targets(&recorder, task.run);
    targets.into_iter().map(|step| recorder.process().step(step).id.clone()).collect()
}

fn times_returned(case: &Case, step: &StepId) -> usize {
    let returned = |state: &StepRunState| matches!(state, StepRunState::Left { outcome: StepOutcome::Returned, .. });
    case.runs.iter().filter(|run| run.step == *step && returned(&run.state)).count()
}
