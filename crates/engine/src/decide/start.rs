//! Sending a request.

use std::collections::BTreeSet;

use definition::{
    id::{FieldName, Login},
    model::{Selector, StepIndex},
    people::{Around, Directory},
};

use super::{Decision, policy_actor};
use crate::{
    advance,
    command::Actor,
    context::Context,
    event::Event,
    id::{CaseId, CaseNumber},
    plan::Plan,
    recorder::Recorder,
    rejection::Rejection,
};

/// Begins a case for whoever sends the request.
pub fn start(
    plan: &Plan,
    actor: &Actor,
    (case, number): (CaseId, CaseNumber),
    ctx: &Context<'_>,
) -> Result<Decision, Rejection> {
    let starters = actor.login().map(|login| starters(plan, login, ctx)).unwrap_or_default();
    let resource = policy::Resource::Process { starters: &starters };
    policy::decide(ctx.directory, policy_actor(actor), policy::Action::StartCase, resource)
        .into_result()
        .map_err(|why| Rejection::NotEntitled { why })?;
    let requester = actor.login().cloned().ok_or(Rejection::NotEntitled { why: policy::Denial::NoRule })?;
    let event = Event::Started {
        number,
        process: plan.process.id.clone(),
        version: plan.version,
        definition: plan.digest,
        form: plan.form.id.clone(),
        requester,
        submission: ctx.submission.digest(),
    };
    let mut recorder = Recorder::begin(plan, ctx, actor.clone(), (case, event));
    recorder.lets().map_err(|problem| Rejection::CannotBeWorkedOut { name: problem.name })?;
    advance::start(&mut recorder);
    Ok(recorder.finish())
}

/// Whether somebody may send the request of a process.
pub fn may_start(plan: &Plan, login: &Login, ctx: &Context<'_>) -> bool {
    let starters = starters(plan, login, ctx);
    let resource = policy::Resource::Process { starters: &starters };
    policy::decide(ctx.directory, policy::Actor::Person(login), policy::Action::StartCase, resource).is_allowed()
}

/// Somebody who wants to start, if `start.by` finds them.
fn starters(plan: &Plan, login: &Login, ctx: &Context<'_>) -> BTreeSet<Login> {
    if finds(ctx.directory, &plan.process.start.by, login) { BTreeSet::from([login.clone()]) } else { BTreeSet::new() }
}

/// Whether a selector finds somebody, seen from themselves; a role is looked up without listing all who hold it.
fn finds(directory: &Directory, selector: &Selector, login: &Login) -> bool {
    match selector {
        Selector::Role { role, in_requester_department: false } => {
            directory.active(login.as_str()).is_some_and(|person| person.roles.contains(role))
        }
        Selector::Union(members) => members.iter().any(|member| finds(directory, member, login)),
        Selector::Role { in_requester_department: true, .. }
        | Selector::Requester
        | Selector::RequesterManager(_)
        | Selector::RequesterManagersUntil(_)
        | Selector::RequesterDepartmentHead
        | Selector::Department(_)
        | Selector::DepartmentHead(_)
        | Selector::Person(_)
        | Selector::RequestField { .. }
        | Selector::ApproversOf(_)
        | Selector::Assignee
        | Selector::AssigneeManager => {
            let around = Around {
                requester: login.as_str(),
                field: &|_: &FieldName| None,
                approvers: &|_: StepIndex| Vec::new(),
                holders: &[],
            };
            directory.select(selector, around).iter().any(|person| person.login == *login)
        }
    }
}
