//! Work of people who are away: their deputies get it in their place, and decide on their behalf.
//!
//! A deputy is held to the rules of the step like everybody. Who may not do it, or is asked by the step already, does not
//! stand in: the work waits for whoever is away, and the ladder goes its way.

use std::collections::{BTreeMap, BTreeSet};

use definition::{id::Login, people::Work};

use crate::{
    event::ReassignCause,
    handover,
    id::StepRunId,
    people,
    recorder::Recorder,
    task::{Role, Task},
};

/// Who gets a task, and who of them stands in for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holders {
    /// Everybody who may do it.
    pub candidates: BTreeSet<Login>,
    /// Deputies, each with whom they stand in for.
    pub standing_in: BTreeMap<Login, Login>,
}

impl Holders {
    /// These, asked in person.
    pub fn in_person(people: impl IntoIterator<Item = Login>) -> Self {
        Self { candidates: people.into_iter().collect(), standing_in: BTreeMap::new() }
    }

    /// Whose part it is, where it is one person's.
    pub fn whose(&self) -> Option<&Login> {
        let holder = self.candidates.first()?;
        Some(self.standing_in.get(holder).unwrap_or(holder))
    }
}

/// Who gets a task that is meant for these: deputies, where somebody is away. Who names people, gives an opinion or
/// answers was asked in person.
pub fn holders(recorder: &Recorder<'_>, run: StepRunId, (role, meant): (Role, BTreeSet<Login>)) -> Holders {
    let mut holders = Holders::in_person(meant.iter().cloned());
    if !takes_deputies(role) {
        return holders;
    }
    let asked = asked(recorder, run);
    for absent in meant {
        let deputy = deputy_of(recorder, run, &absent);
        let free = |deputy: &Login| !asked.contains(deputy) && !holders.candidates.contains(deputy);
        if let Some(deputy) = deputy.filter(free) {
            holders.candidates.remove(&absent);
            holders.candidates.insert(deputy.clone());
            holders.standing_in.insert(deputy, absent);
        }
    }
    holders
}

/// Hands the open work of somebody who is away to their deputy.
pub fn hand_over(recorder: &mut Recorder<'_>, absent: &Login) {
    let is_theirs =
        |task: &&Task| takes_deputies(task.role) && task.added.is_none() && task.owner.is_none() && task.is_of(absent);
    let tasks: Vec<Task> = recorder.case().open_tasks().filter(is_theirs).cloned().collect();
    for task in tasks {
        let mut holders = holders(recorder, task.run, (task.role, [absent.clone()].into()));
        if holders.standing_in.is_empty() {
            continue;
        }
        // Who stood in for another passes that on.
        if let Some(principal) = task.standing_in.get(absent) {
            holders.standing_in.values_mut().for_each(|meant| meant.clone_from(principal));
        }
        holders.candidates.extend(task.people().into_iter().filter(|login| login != absent));
        let cause = ReassignCause::Away { login: absent.clone() };
        handover::hand(recorder, &task, (holders, task.pool, cause, None));
    }
}

const fn takes_deputies(role: Role) -> bool {
    match role {
        Role::Decide | Role::Fill => true,
        Role::Name | Role::Opinion | Role::Answer => false,
    }
}

/// Everybody whom a step asks or has asked themselves.
fn asked(recorder: &Recorder<'_>, run: StepRunId) -> BTreeSet<Login> {
    let waiting = people::waiting(recorder, run);
    let works = || recorder.case().open_tasks_of(run).filter(|task| task.is_work());
    let open = works().flat_map(Task::people).chain(works().flat_map(|task| task.standing_in.values().cloned()));
    open.chain(waiting.people.iter().chain(&waiting.decided).cloned()).collect()
}

/// Who may do somebody's work of a step while they are away.
fn deputy_of(recorder: &Recorder<'_>, run: StepRunId, absent: &Login) -> Option<Login> {
    let (index, _) = recorder.step_of(run);
    let search = recorder.search(index);
    let work = Work {
        day: recorder.now().with_timezone(&recorder.plan.settings.timezone).date_naive(),
        process: recorder.process().id.as_str(),
        level: search.asked_level(),
    };
    let deputy = recorder.ctx.directory.deputy(absent.as_str(), &work)?.login.clone();
    let is_own_request = search.is_approve() && recorder.case().is_of(&deputy);
    let range = people::people_of(recorder, run).transfer_to.as_ref();
    let is_in_range = range.is_none_or(|range| search.find(range, &[]).contains(&deputy));
    (!is_own_request && is_in_range && search.unsuitable(&deputy).is_none()).then_some(deputy)
}
