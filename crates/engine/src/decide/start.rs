//! Sending a request.

use std::collections::BTreeSet;

use definition::{
    id::{FieldName, Login},
    model::StepIndex,
    people::Around,
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

/// Whom `start.by` finds, seen from somebody who wants to start.
fn starters(plan: &Plan, login: &Login, ctx: &Context<'_>) -> BTreeSet<Login> {
    let around = Around {
        requester: login.as_str(),
        field: &|_: &FieldName| None,
        approvers: &|_: StepIndex| Vec::new(),
        holders: &[],
    };
    ctx.directory.select(&plan.process.start.by, around).into_iter().map(|person| person.login.clone()).collect()
}
