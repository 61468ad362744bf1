//! What people do with their tasks.

use std::collections::BTreeSet;

use definition::{
    id::Login,
    model::{Act, CommentRule, Confirm},
    value::Value,
};
use vault::Digest;

use super::{ask_policy, running};
use crate::{
    advance,
    command::Actor,
    effect::Notice,
    event::{Event, Verdict},
    handover,
    id::TaskId,
    people::{self, Answer},
    recorder::Recorder,
    rejection::{FieldProblem, FieldProblemKind, Rejection, Unsuitable},
    revisit,
    scope::NoResult,
    submission::Submission,
    task::{Role, State, Task},
    vote,
};

/// How many people an administrator may name at once.
pub const NAMED_MAX: usize = 20;

/// Takes a task from its pool.
pub fn claim(recorder: &mut Recorder<'_>, actor: &Actor, id: TaskId) -> Result<(), Rejection> {
    let (task, login) = held(recorder, actor, (id, policy::Action::ClaimTask))?;
    allowed(recorder, &task, Act::Claim)?;
    match task.state {
        State::Open { .. } if task.pool => {
            recorder.record(Event::TaskClaimed { task: id, by: login });
            Ok(())
        }
        State::Open { .. } => Err(Rejection::NotAPool),
        State::Claimed { assignee, .. } => Err(Rejection::AlreadyClaimed { by: assignee }),
        State::Completed { .. } | State::Closed { .. } => Err(Rejection::AlreadyCompleted),
    }
}

/// Gives a claimed task back to its pool.
pub fn release(recorder: &mut Recorder<'_>, actor: &Actor, id: TaskId) -> Result<(), Rejection> {
    let (task, login) = held(recorder, actor, (id, policy::Action::ReleaseTask))?;
    match task.state {
        State::Claimed { .. } => {
            recorder.record(Event::TaskReleased { task: id, by: login });
            handover::go_on_without_those_gone(recorder, task.run);
            Ok(())
        }
        State::Open { .. } => Err(Rejection::NotAPool),
        State::Completed { .. } | State::Closed { .. } => Err(Rejection::AlreadyCompleted),
    }
}

/// Decides in favour.
pub fn approve(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, comment): (TaskId, Option<Digest>),
) -> Result<(), Rejection> {
    decide_task(recorder, actor, (id, comment, Verdict::Approved))
}

/// Decides against.
pub fn reject(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, comment): (TaskId, Option<Digest>),
) -> Result<(), Rejection> {
    decide_task(recorder, actor, (id, comment, Verdict::Rejected))
}

fn decide_task(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, comment, verdict): (TaskId, Option<Digest>, Verdict),
) -> Result<(), Rejection> {
    let (task, login) = held(recorder, actor, (id, policy::Action::DecideTask))?;
    asks_for(&task, Role::Decide)?;
    is_own_work(&task)?;
    if verdict == Verdict::Rejected {
        allowed(recorder, &task, Act::Reject)?;
    }
    still_suitable(recorder, &task, &login)?;
    confirmed_and_said(recorder, &task, (verdict, comment))?;
    let (index, _) = recorder.step_of(task.run);
    let bound = recorder.bound(index).map_err(no_result)?;
    claim_silently(recorder, &task, &login);
    let flow = people::answer(recorder, task.run, Answer { task: id, by: login, verdict, comment, bound });
    advance::follow(recorder, flow);
    Ok(())
}

/// Finishes a piece of work, with the changed values if there are any.
pub fn complete(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, comment): (TaskId, Option<Digest>),
) -> Result<(), Rejection> {
    let (task, login) = held(recorder, actor, (id, policy::Action::CompleteTask))?;
    asks_for(&task, Role::Fill)?;
    is_own_work(&task)?;
    still_suitable(recorder, &task, &login)?;
    confirmed_and_said(recorder, &task, (Verdict::Done, comment))?;
    let changed = recorder.ctx.changed.filter(|changed| changed.digest() != recorder.submission().digest());
    let after = changed.unwrap_or(recorder.submission());
    let problems = field_problems(recorder, &task, after);
    if !problems.is_empty() {
        return Err(Rejection::FieldProblems { problems });
    }
    claim_silently(recorder, &task, &login);
    if let Some(changed) = changed {
        revisit::change(recorder, task.run, changed).map_err(no_result)?;
    }
    let (index, _) = recorder.step_of(task.run);
    let bound = recorder.bound(index).map_err(no_result)?;
    let verdict = Verdict::Done;
    let flow = people::answer(recorder, task.run, Answer { task: id, by: login, verdict, comment, bound });
    advance::follow(recorder, flow);
    Ok(())
}

/// Hands a task over; its due time stays.
pub fn transfer(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, to, comment): (TaskId, &Login, Option<Digest>),
) -> Result<(), Rejection> {
    let (task, from) = held(recorder, actor, (id, policy::Action::TransferTask))?;
    is_own_work(&task)?;
    allowed(recorder, &task, Act::Transfer)?;
    may_go_to(recorder, &task, (&from, to))?;
    recorder.record(Event::TaskTransferred { task: id, from, to: to.clone(), comment });
    recorder.tell([to.clone()], Notice::TaskAssigned { task: id, step: task.step });
    Ok(())
}

/// Names the people of a step that found nobody: neither the administrator nor the requester, and cleared.
pub fn name(recorder: &mut Recorder<'_>, actor: &Actor, (id, named): (TaskId, &[Login])) -> Result<(), Rejection> {
    let (task, by) = held(recorder, actor, (id, policy::Action::NamePeople))?;
    asks_for(&task, Role::Name)?;
    let mut people: Vec<Login> = Vec::new();
    for login in named {
        let why = if *login == by { Some(Unsuitable::Yourself) } else { unsuitable_to_join(recorder, &task, login) };
        if let Some(why) = why {
            return Err(Rejection::CannotBeGivenTo { to: login.clone(), why });
        }
        if !people.contains(login) {
            people.push(login.clone());
        }
    }
    if people.is_empty() || people.len() > NAMED_MAX {
        return Err(Rejection::NameSomebody { limit: NAMED_MAX });
    }
    enough_to_vote(recorder, &task, &people)?;
    claim_silently(recorder, &task, &by);
    recorder.record(Event::PeopleNamed { task: id, run: task.run, by, people: people.clone() });
    people::open_tasks(recorder, task.run, (&people, false));
    Ok(())
}

/// A vote needs as many people as could reach its threshold.
fn enough_to_vote(recorder: &Recorder<'_>, task: &Task, named: &[Login]) -> Result<(), Rejection> {
    let step = people::people_of(recorder, task.run);
    let (index, _) = recorder.step_of(task.run);
    let is_enough = match people::waiting(recorder, task.run).needed {
        None => recorder.search(index).suffice(step, named),
        Some(needed) => vote::can_reach(recorder, task.run, (named, needed)),
    };
    if is_enough { Ok(()) } else { Err(Rejection::TooFewVoters) }
}

/// Whether a task is the step's own work and the actor's to do as they see fit: not delegated to them, no question.
pub fn is_own_work(task: &Task) -> Result<(), Rejection> {
    match &task.owner {
        Some(owner) => Err(Rejection::Delegated { owner: owner.clone() }),
        None if task.is_work() => Ok(()),
        None => Err(Rejection::WrongKindOfTask),
    }
}

/// Whether the step lets people do this with its tasks.
pub fn allowed(recorder: &Recorder<'_>, task: &Task, act: Act) -> Result<(), Rejection> {
    let allows = people::people_of(recorder, task.run).allow.contains(&act);
    if allows { Ok(()) } else { Err(Rejection::NotAllowedHere) }
}

/// Whether a person may give a task, or a part in it, to somebody: they are fit to decide, within the step's range, and
/// take no part in the step yet.
pub fn may_go_to(recorder: &Recorder<'_>, task: &Task, (from, to): (&Login, &Login)) -> Result<(), Rejection> {
    let refuse = |why| Err(Rejection::CannotBeGivenTo { to: to.clone(), why });
    if let Some(why) = unsuitable_for(recorder, task, to) {
        return refuse(why);
    }
    if !is_in_range(recorder, task, to) {
        return refuse(Unsuitable::OutOfRange);
    }
    if from == to {
        return refuse(Unsuitable::HoldsItAlready);
    }
    if takes_part_elsewhere(recorder, task, to) {
        return refuse(Unsuitable::TakesPartAlready);
    }
    Ok(())
}

/// Whether somebody may be asked about a task: fit to see what it shows, and for an opinion within the step's range.
pub fn may_see(recorder: &Recorder<'_>, task: &Task, to: &Login) -> Result<(), Rejection> {
    let why = unsuitable_for(recorder, task, to);
    let why = why.or_else(|| (!is_in_range(recorder, task, to)).then_some(Unsuitable::OutOfRange));
    why.map_or(Ok(()), |why| Err(Rejection::CannotBeGivenTo { to: to.clone(), why }))
}

fn is_in_range(recorder: &Recorder<'_>, task: &Task, to: &Login) -> bool {
    let (index, _) = recorder.step_of(task.run);
    let range = people::people_of(recorder, task.run).transfer_to.as_ref();
    range.is_none_or(|range| recorder.search(index).find(range, &[]).contains(to))
}

/// The task as the case has it, if the actor may do this with it.
pub fn held(
    recorder: &Recorder<'_>,
    actor: &Actor,
    (id, action): (TaskId, policy::Action),
) -> Result<(Task, Login), Rejection> {
    let task = recorder.case().task(id).cloned().ok_or(Rejection::NotFound)?;
    let login = actor.login().cloned().ok_or(Rejection::NotEntitled { why: policy::Denial::NoRule })?;
    running(recorder)?;
    if !task.behind.is_empty() && task.is_of(&login) {
        return Err(Rejection::OthersFirst { people: ahead_of(recorder, &task) });
    }
    let holders = task.holders();
    let resource = policy::Resource::Task { holders: &holders, excluded: &task.excluded };
    match (&task.state, ask_policy(recorder, actor, (action, resource))) {
        (State::Completed { .. } | State::Closed { .. }, _) => Err(Rejection::AlreadyCompleted),
        (State::Claimed { assignee, candidates, .. }, Err(_)) if candidates.contains(&login) => {
            Err(Rejection::AlreadyClaimed { by: assignee.clone() })
        }
        (State::Open { .. } | State::Claimed { .. }, Err(rejection)) => Err(rejection),
        (State::Open { .. } | State::Claimed { .. }, Ok(())) => Ok((task, login)),
    }
}

/// Whom a task waits for before its own people.
fn ahead_of(recorder: &Recorder<'_>, task: &Task) -> BTreeSet<Login> {
    task.behind.iter().filter_map(|id| recorder.case().task(*id)).flat_map(Task::people).collect()
}

fn asks_for(task: &Task, role: Role) -> Result<(), Rejection> {
    if task.role == role { Ok(()) } else { Err(Rejection::WrongKindOfTask) }
}

/// Roles and clearance may have changed since the task was opened.
pub(super) fn still_suitable(recorder: &Recorder<'_>, task: &Task, login: &Login) -> Result<(), Rejection> {
    let (index, _) = recorder.step_of(task.run);
    match recorder.search(index).unsuitable(login) {
        None => Ok(()),
        Some(Unsuitable::NotCleared { needs, has }) => Err(Rejection::NotCleared { needs, has }),
        Some(
            why @ (Unsuitable::NotActive
            | Unsuitable::Requester
            | Unsuitable::HoldsItAlready
            | Unsuitable::TakesPartAlready
            | Unsuitable::OutOfRange
            | Unsuitable::Yourself),
        ) => Err(Rejection::CannotBeGivenTo { to: login.clone(), why }),
    }
}

/// Why a task may not be given to somebody. The requester never gets one by being given it, whatever the step allows.
fn unsuitable_for(recorder: &Recorder<'_>, task: &Task, login: &Login) -> Option<Unsuitable> {
    let (index, _) = recorder.step_of(task.run);
    let search = recorder.search(index);
    if search.is_approve() && recorder.case().is_of(login) {
        return Some(Unsuitable::Requester);
    }
    search.unsuitable(login)
}

/// Why a task may not be given to somebody by authority: as for anybody who gives it, but for the step's range.
pub fn unsuitable_to_join(recorder: &Recorder<'_>, task: &Task, login: &Login) -> Option<Unsuitable> {
    let takes_part = takes_part_elsewhere(recorder, task, login).then_some(Unsuitable::TakesPartAlready);
    unsuitable_for(recorder, task, login).or(takes_part)
}

/// Whether somebody decided in this step already, or holds another of its tasks.
fn takes_part_elsewhere(recorder: &Recorder<'_>, task: &Task, login: &Login) -> bool {
    let others = recorder.case().open_tasks_of(task.run).filter(|other| other.id != task.id && other.is_work());
    let holds_another = others.into_iter().any(|other| {
        other.is_of(login) || other.owner.as_ref() == Some(login) || other.standing_in.values().any(|one| one == login)
    });
    holds_another || people::waiting(recorder, task.run).decided.contains(login)
}

pub(super) fn confirmed_and_said(
    recorder: &Recorder<'_>,
    task: &Task,
    (verdict, comment): (Verdict, Option<Digest>),
) -> Result<(), Rejection> {
    let people = people::people_of(recorder, task.run);
    let confirmed = match people.confirm {
        Confirm::None => true,
        Confirm::Password => matches!(recorder.ctx.confirmed, Confirm::Password | Confirm::SecondFactor),
        Confirm::SecondFactor => matches!(recorder.ctx.confirmed, Confirm::SecondFactor),
    };
    if !confirmed {
        return Err(Rejection::ConfirmationRequired { confirm: people.confirm });
    }
    let must_say = match people.comment {
        CommentRule::Optional => false,
        CommentRule::Required => true,
        CommentRule::OnReject => matches!(verdict, Verdict::Rejected | Verdict::Returned),
    };
    if must_say && comment.is_none() { Err(Rejection::CommentRequired) } else { Ok(()) }
}

/// What a piece of work may not leave behind: fields changed that are not its own, fields empty that it must fill in.
fn field_problems(recorder: &Recorder<'_>, task: &Task, after: &Submission) -> Vec<FieldProblem> {
    let (_, step) = recorder.step_of(task.run);
    let Some(fill) = step.kind.fill() else { return Vec::new() };
    let before = recorder.submission().values();
    let value = |values: &definition::model::FieldValues, name| values.get(name).cloned().unwrap_or_default();
    let names = before.keys().chain(after.values().keys().filter(|name| !before.contains_key(*name)));
    let mut problems = Vec::new();
    for name in names {
        if value(before, name) != value(after.values(), name) && !fill.edit.contains(name) {
            problems.push(FieldProblem { field: name.clone(), kind: FieldProblemKind::NotEditable });
        }
    }
    for name in &fill.require {
        if value(after.values(), name) == Value::Empty {
            problems.push(FieldProblem { field: name.clone(), kind: FieldProblemKind::Required });
        }
    }
    problems
}

/// Doing a task of a pool takes it.
pub fn claim_silently(recorder: &mut Recorder<'_>, task: &Task, login: &Login) {
    if task.pool && matches!(task.state, State::Open { .. }) {
        recorder.record(Event::TaskClaimed { task: task.id, by: login.clone() });
    }
}

pub(super) fn no_result(problem: NoResult) -> Rejection {
    Rejection::CannotBeWorkedOut { name: problem.name }
}
