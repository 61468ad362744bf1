//! 加签 and 减签: people who decide as well, first, afterwards or beside, and doing without them again.
//!
//! Who is added decides as the others do: a rejection is a rejection, a vote is a vote. Nobody is taken out of a step whom
//! the process put there: only whoever added somebody does without them, as long as they have not acted.

use std::collections::BTreeSet;

use definition::{
    id::Login,
    model::{Act, Mode},
};
use vault::Digest;

use super::{ask_policy, running, tasks};
use crate::{
    absence::Holders,
    advance,
    command::{Actor, AddPlace},
    effect::Notice,
    event::{CloseReason, Event, ReassignCause},
    handover,
    id::TaskId,
    people::{self, Opening},
    recorder::Recorder,
    rejection::Rejection,
    task::{Added, How, State, Task},
    vote,
};

/// How many people one step may have beside those whom the process found.
pub const ADDED_MAX: usize = 20;

/// Asks others to decide as well.
pub fn add(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, place): (TaskId, AddPlace),
    (people, comment): (&[Login], Option<Digest>),
) -> Result<(), Rejection> {
    let (task, by) = tasks::held(recorder, actor, (id, policy::Action::AddToTask))?;
    tasks::is_own_work(&task)?;
    let (act, how) = match place {
        AddPlace::Before => (Act::AddBefore, How::Before),
        AddPlace::After => (Act::AddAfter, How::After),
        AddPlace::Alongside => (Act::AddAlongside, How::Alongside),
    };
    tasks::allowed(recorder, &task, act)?;
    let people: BTreeSet<Login> = people.iter().cloned().collect();
    let there = recorder.case().tasks.iter().filter(|other| other.run == task.run && other.added.is_some()).count();
    if people.is_empty() || there + people.len() > ADDED_MAX {
        return Err(Rejection::NameSomebody { limit: ADDED_MAX - there.min(ADDED_MAX) });
    }
    for login in &people {
        tasks::may_go_to(recorder, &task, (&by, login))?;
        if task.is_of(login) {
            let why = crate::rejection::Unsuitable::HoldsItAlready;
            return Err(Rejection::CannotBeGivenTo { to: login.clone(), why });
        }
    }
    if how == How::Alongside && matches!(people::mode_of(recorder, task.run), Mode::Any) {
        join(recorder, &task, (by, people, comment));
        return Ok(());
    }
    if how != How::Alongside {
        tasks::claim_silently(recorder, &task, &by);
    }
    for login in people {
        let added = Added { by: by.clone(), of: id, how, comment };
        let opening = Opening { role: task.role, holders: Holders::in_person([login]), pool: false, turn: task.turn };
        people::open_added(recorder, task.run, (opening, added));
    }
    vote::set_threshold(recorder, task.run);
    Ok(())
}

/// Where any one decides, whoever is added beside simply may decide it as well.
fn join(recorder: &mut Recorder<'_>, task: &Task, (by, people, comment): (Login, BTreeSet<Login>, Option<Digest>)) {
    let mut candidates = task.people();
    candidates.extend(people.iter().cloned());
    let cause = ReassignCause::Added { by, people: people.clone(), comment };
    let (pool, standing_in) = (task.pool, task.standing_in.clone());
    recorder.record(Event::TaskReassigned { task: task.id, candidates, pool, cause, seat: None, standing_in });
    recorder.tell(people, Notice::TaskAssigned { task: task.id, step: task.step.clone() });
}

/// Does without somebody whom the actor has added and who has not acted.
pub fn remove(recorder: &mut Recorder<'_>, actor: &Actor, (id, login): (TaskId, &Login)) -> Result<(), Rejection> {
    let named = recorder.case().task(id).cloned().ok_or(Rejection::NotFound)?;
    let by = actor.login().cloned().ok_or(Rejection::NotEntitled { why: policy::Denial::NoRule })?;
    running(recorder)?;
    let mine = |task: &&Task| task.run == named.run && task.added.as_ref().is_some_and(|added| added.by == by);
    let added = recorder.case().open_tasks_of(named.run).filter(mine).find(|task| task.is_of(login)).cloned();
    let adders = if added.is_some() || named.is_of(&by) { BTreeSet::from([by.clone()]) } else { BTreeSet::new() };
    let resource = policy::Resource::Task { holders: &adders, excluded: &named.excluded };
    ask_policy(recorder, actor, (policy::Action::RemoveFromTask, resource))?;
    tasks::allowed(recorder, &named, Act::Remove)?;
    let Some(added) = added else { return leave(recorder, &named, (by, login)) };
    if !vote::can_spare(recorder, &added) {
        return Err(Rejection::TooFewVoters);
    }
    people::close(recorder, &added, CloseReason::Removed);
    let flow = people::go_on_without(recorder, added.run);
    advance::follow(recorder, flow);
    Ok(())
}

/// Takes somebody out of a task that any one decides, if the holder themselves brought them in.
fn leave(recorder: &mut Recorder<'_>, task: &Task, (by, login): (Login, &Login)) -> Result<(), Rejection> {
    let joined = recorder.case().joined.iter().any(|one| one.task == task.id && one.by == by && one.login == *login);
    let still_open = matches!(&task.state, State::Open { candidates } if candidates.contains(login));
    if !joined || !still_open {
        return Err(Rejection::NotAddedByYou);
    }
    let mut candidates = task.people();
    candidates.remove(login);
    let cause = ReassignCause::Removed { by, login: login.clone() };
    handover::hand(recorder, task, (Holders::in_person(candidates), task.pool, cause, None));
    Ok(())
}
