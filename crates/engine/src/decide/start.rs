//! Sending a request, or asking for a case through the API.

use std::collections::BTreeSet;

use definition::{id::Login, model::Start, value::Value};

use super::{Decision, policy_actor};
use crate::{
    advance,
    command::Actor,
    context::Context,
    event::Event,
    id::{CaseId, CaseNumber},
    origin::{Cause, Origin},
    plan::Plan,
    recorder::Recorder,
    rejection::Rejection,
    scope,
};

/// Begins a case for whoever asks.
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
    let who = actor.login().cloned().ok_or(Rejection::NotEntitled { why: policy::Denial::NoRule })?;
    let origin = match &plan.process.start {
        Start::Form { form, .. } => Origin::Request { form: form.clone(), requester: who },
        Start::Api { .. } => Origin::Cause(Cause::Api { by: who }),
        Start::Event { name, .. } => Origin::Cause(Cause::Event { name: name.clone(), by: Some(who) }),
        // Nobody is among the starters of these.
        Start::Schedule(_) | Start::Record { .. } | Start::Person { .. } => return Err(Rejection::NotFound),
    };
    began(plan, actor, (case, number, origin), ctx)
}

/// Begins a case because of something that happened.
pub fn begin(
    plan: &Plan,
    actor: &Actor,
    (case, number, why): (CaseId, CaseNumber, &Cause),
    ctx: &Context<'_>,
) -> Result<Decision, Rejection> {
    policy::decide(ctx.directory, policy_actor(actor), policy::Action::BeginCase, policy::Resource::Workspace)
        .into_result()
        .map_err(|why| Rejection::NotEntitled { why })?;
    let origin = Origin::Cause(why.clone());
    if !origin.fits(&plan.process.start) {
        return Err(Rejection::NotFound);
    }
    let record_start = match &plan.process.start {
        Start::Record { condition: Some(condition), .. } => Some(condition),
        Start::Record { condition: None, .. }
        | Start::Form { .. }
        | Start::Api { .. }
        | Start::Schedule(_)
        | Start::Event { .. }
        | Start::Person { .. } => None,
    };
    if let Some(condition) = record_start {
        let scope = scope::request_scope(plan, ctx.submission, (ctx.directory, None), ctx.now);
        // What cannot be worked out does not hold.
        if condition.evaluate(&scope) != Ok(Value::Bool(true)) {
            return Err(Rejection::NothingToDo);
        }
    }
    began(plan, actor, (case, number, origin), ctx)
}

fn began(
    plan: &Plan,
    actor: &Actor,
    (case, number, origin): (CaseId, CaseNumber, Origin),
    ctx: &Context<'_>,
) -> Result<Decision, Rejection> {
    let event = Event::Started {
        number,
        process: plan.process.id.clone(),
        version: plan.version,
        definition: plan.digest,
        origin,
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

/// Somebody who wants to start, if the process lets them.
fn starters(plan: &Plan, login: &Login, ctx: &Context<'_>) -> BTreeSet<Login> {
    plan.process.start.is_open_to(ctx.directory, login.as_str()).then(|| login.clone()).into_iter().collect()
}
