//! What a viewer may do with a case beside deciding, as far as the case itself has to be asked.

use std::collections::BTreeMap;

use definition::id::{Login, StepId};
use engine::{
    Actor, Case, Command, Context, Plan, Task, TaskId, decide,
    decide::return_targets,
    task::{Role, State},
};

/// What a viewer may do with a case beside deciding.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// To which steps each of their tasks may be sent back.
    pub returns: BTreeMap<TaskId, Vec<StepId>>,
    /// Whom they brought into each of their tasks, and may do without again.
    pub added: BTreeMap<TaskId, Vec<Login>>,
    /// The task that they delegated and may call back.
    pub call_back: Option<TaskId>,
    /// The task whose decision they may take back.
    pub take_back: Option<TaskId>,
}

impl Offers {
    pub(super) fn of((plan, case): (&Plan, &Case), ctx: &Context<'_>, login: &Login) -> Self {
        let actor = Actor::person(login.clone());
        let may = |command: &Command| decide(plan, Some(case), &actor, command, ctx).is_ok();
        let own: Vec<&Task> = case.open_tasks().filter(|task| task.is_held_by(login) && task.is_work()).collect();
        let returns = own.iter().map(|task| (task.id, return_targets(plan, case, ctx, task.id)));
        let added = own.iter().map(|task| {
            let mut added = brought_in(case, task, login);
            added.retain(|login| may(&Command::Remove { task: task.id, login: login.clone() }));
            (task.id, added)
        });
        let decided = |task: &&Task| matches!(&task.state, State::Completed { by, .. } if by == login);
        let mut taken_back = case.tasks.iter().rev().filter(decided).map(|task| task.id);
        let mut delegated = case.open_tasks().filter(|task| task.owner.as_ref() == Some(login));
        Self {
            returns: returns.collect(),
            added: added.collect(),
            call_back: delegated.next().map(|task| task.id),
            take_back: taken_back.next().filter(|task| may(&Command::TakeBack { task: *task })),
        }
    }
}

/// Whom somebody brought into the step of a task.
fn brought_in(case: &Case, task: &Task, by: &Login) -> Vec<Login> {
    let tasks = case.open_tasks_of(task.run).filter(|other| {
        let is_work = matches!(other.role, Role::Decide | Role::Fill);
        is_work && other.added.as_ref().is_some_and(|added| added.by == *by)
    });
    let joined = case.joined.iter().filter(|joined| joined.task == task.id && joined.by == *by);
    let mut logins: Vec<Login> =
        tasks.flat_map(Task::people).chain(joined.map(|joined| joined.login.clone())).collect();
    logins.sort_unstable();
    logins.dedup();
    logins
}
