//! 委派: another looks at a task, and whoever delegated it has the last word.

use definition::{id::Login, model::Act};
use vault::Digest;

use super::{ask_policy, running, tasks};
use crate::{
    command::Actor, effect::Notice, event::Event, id::TaskId, recorder::Recorder, rejection::Rejection, task::Task,
};

/// Lets another look at a task; it comes back.
pub fn delegate(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, to, comment): (TaskId, &Login, Option<Digest>),
) -> Result<(), Rejection> {
    let (task, from) = tasks::held(recorder, actor, (id, policy::Action::DelegateTask))?;
    tasks::is_own_work(&task)?;
    tasks::allowed(recorder, &task, Act::Delegate)?;
    tasks::may_go_to(recorder, &task, (&from, to))?;
    tasks::claim_silently(recorder, &task, &from);
    recorder.record(Event::TaskDelegated { task: id, from, to: to.clone(), comment });
    recorder.tell([to.clone()], Notice::TaskAssigned { task: id, step: task.step });
    Ok(())
}

/// Gives a delegated task back; whoever delegated it may call it back as well.
pub fn resolve(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, comment): (TaskId, Option<Digest>),
) -> Result<(), Rejection> {
    let task: Task = recorder.case().task(id).cloned().ok_or(Rejection::NotFound)?;
    let by = actor.login().cloned().ok_or(Rejection::NotEntitled { why: policy::Denial::NoRule })?;
    running(recorder)?;
    if !task.is_open() {
        return Err(Rejection::AlreadyCompleted);
    }
    let mut holders = task.holders();
    holders.extend(task.owner.clone());
    let resource = policy::Resource::Task { holders: &holders, excluded: &task.excluded };
    ask_policy(recorder, actor, (policy::Action::ResolveTask, resource))?;
    let Some(owner) = task.owner.clone() else { return Err(Rejection::NotDelegated) };
    recorder.record(Event::TaskResolved { task: id, by: by.clone(), to: owner.clone(), comment });
    if by != owner {
        recorder.tell([owner], Notice::TaskAssigned { task: id, step: task.step });
    }
    Ok(())
}
