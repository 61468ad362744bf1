//! Commands into events and effects, or a refusal.

mod action;
mod add;
mod consult;
mod delegate;
mod intervene;
mod participation;
mod returning;
mod start;
mod take_back;
mod tasks;

pub use add::ADDED_MAX;
pub use consult::CONSULTED_MAX;
pub use participation::URGE_INTERVAL;
pub use start::may_start;
pub use tasks::NAMED_MAX;

use std::collections::BTreeMap;

use definition::id::EventName;

pub use returning::return_targets;

use crate::{
    absence,
    advance::{self, Flow},
    case::{Case, Status},
    command::{Actor, Command},
    context::Context,
    effect::Effect,
    event::EventEnvelope,
    handover,
    id::TimerId,
    pause,
    plan::Plan,
    recorder::Recorder,
    rejection::Rejection,
    submission::Submission,
    timers,
};

/// What follows from a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What happened, in order; never empty.
    pub events: Vec<EventEnvelope>,
    /// What is to be done once the events are durable.
    pub effects: Vec<Effect>,
    /// The case after the events: their fold over the case before.
    pub case: Case,
    /// The values of the case, if the decision made others than those it was given; to be stored with it.
    pub kept: Option<Submission>,
}

/// Decides a command. `case` is absent with `Start` and `Begin` alone.
pub fn decide(
    plan: &Plan,
    case: Option<&Case>,
    actor: &Actor,
    command: &Command,
    ctx: &Context<'_>,
) -> Result<Decision, Rejection> {
    let Some(case) = case else {
        if let Command::Begin { case, number, cause } = command {
            return start::begin(plan, actor, (*case, *number, cause), ctx);
        }
        let Command::Start { case, number } = command else { return Err(Rejection::NotFound) };
        return start::start(plan, actor, (*case, *number), ctx);
    };
    if case.submission != ctx.submission.digest() {
        return Err(Rejection::WrongSubmission);
    }
    let mut recorder = Recorder::resume(plan, ctx, actor.clone(), case.clone());
    not_suspended(&recorder, command)?;
    carry_out(&mut recorder, actor, command)?;
    if recorder.case().suspended_at.is_some() && recorder.case().is_running() {
        intervene::stop_all(&mut recorder);
    }
    if recorder.is_empty() {
        return Err(Rejection::NothingToDo);
    }
    Ok(recorder.finish())
}

/// While a case rests, nobody acts on it but whoever lets it rest; the requester may take it back, people may speak, and
/// what was under way reports. It may come to a next step by that, and does not begin it.
fn not_suspended(recorder: &Recorder<'_>, command: &Command) -> Result<(), Rejection> {
    if recorder.case().suspended_at.is_none() {
        return Ok(());
    }
    match command {
        Command::Intervene { .. }
        | Command::Comment { .. }
        | Command::Withdraw { .. }
        | Command::Start { .. }
        | Command::Begin { .. }
        | Command::FireTimer { .. }
        | Command::DeliverEvent { .. }
        | Command::ActionSucceeded { .. }
        | Command::ActionFailed { .. }
        | Command::UndoSucceeded { .. }
        | Command::HandOver { .. }
        | Command::PersonLeft { .. } => Ok(()),
        Command::Claim { .. }
        | Command::Release { .. }
        | Command::Approve { .. }
        | Command::Reject { .. }
        | Command::Complete { .. }
        | Command::Return { .. }
        | Command::Transfer { .. }
        | Command::Delegate { .. }
        | Command::Resolve { .. }
        | Command::Add { .. }
        | Command::Remove { .. }
        | Command::AskOpinion { .. }
        | Command::Ask { .. }
        | Command::Answer { .. }
        | Command::TakeBack { .. }
        | Command::Name { .. }
        | Command::Urge
        | Command::RetryAction { .. }
        | Command::SkipAction { .. } => Err(Rejection::Suspended),
    }
}

/// The table of commands. What a command finds when the case has ended stands in each arm.
fn carry_out(recorder: &mut Recorder<'_>, actor: &Actor, command: &Command) -> Result<(), Rejection> {
    match command {
        Command::Start { .. } | Command::Begin { .. } => Err(Rejection::AlreadyStarted),
        Command::Claim { task } => tasks::claim(recorder, actor, *task),
        Command::Release { task } => tasks::release(recorder, actor, *task),
        Command::Approve { task, comment } => tasks::approve(recorder, actor, (*task, *comment)),
        Command::Reject { task, comment } => tasks::reject(recorder, actor, (*task, *comment)),
        Command::Complete { task, comment } => tasks::complete(recorder, actor, (*task, *comment)),
        Command::Return { task, to, comment } => returning::give_back(recorder, actor, (*task, to.as_ref(), *comment)),
        Command::Transfer { task, to, comment } => tasks::transfer(recorder, actor, (*task, to, *comment)),
        Command::Delegate { task, to, comment } => delegate::delegate(recorder, actor, (*task, to, *comment)),
        Command::Resolve { task, comment } => delegate::resolve(recorder, actor, (*task, *comment)),
        Command::Add { task, place, people, comment } => add::add(recorder, actor, (*task, *place), (people, *comment)),
        Command::Remove { task, login } => add::remove(recorder, actor, (*task, login)),
        Command::AskOpinion { task, people, comment } => {
            consult::ask_opinion(recorder, actor, (*task, people, *comment))
        }
        Command::Ask { task, to, question } => consult::ask(recorder, actor, (*task, to, *question)),
        Command::Answer { task, comment } => consult::answer(recorder, actor, (*task, *comment)),
        Command::TakeBack { task } => take_back::take_back(recorder, actor, *task),
        Command::Name { task, people } => tasks::name(recorder, actor, (*task, people)),
        Command::Intervene { what, reason } => intervene::intervene(recorder, actor, (what, *reason)),
        Command::Comment { payload } => participation::comment(recorder, actor, *payload),
        Command::Urge => participation::urge(recorder, actor),
        Command::Withdraw { comment } => participation::withdraw(recorder, actor, *comment),
        Command::DeliverEvent { event, values } => deliver(recorder, actor, (event, values)),
        Command::FireTimer { timer } => fire_timer(recorder, actor, *timer),
        Command::ActionSucceeded { run, result } => action::succeeded(recorder, actor, (*run, result)),
        Command::UndoSucceeded { run, how } => action::undone(recorder, actor, (*run, *how)),
        Command::ActionFailed { run, attempt, failure, retryable } => {
            let report = action::Failed { run: *run, attempt: *attempt, failure: *failure, retryable: *retryable };
            action::failed(recorder, actor, &report)
        }
        Command::RetryAction { run, reason } => action::retry(recorder, actor, (*run, *reason)),
        Command::SkipAction { run, reason } => action::skip(recorder, actor, (*run, *reason)),
        Command::HandOver { login } => {
            entitled(recorder, actor, policy::Action::ReassignLeaver)?;
            absence::hand_over(recorder, login);
            Ok(())
        }
        Command::PersonLeft { login } => {
            entitled(recorder, actor, policy::Action::ReassignLeaver)?;
            for flow in handover::after_leaving(recorder, login) {
                if recorder.case().is_running() {
                    advance::follow(recorder, flow);
                }
            }
            Ok(())
        }
    }
}

fn fire_timer(recorder: &mut Recorder<'_>, actor: &Actor, timer: TimerId) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::FireTimer)?;
    for flow in timers::fire(recorder, timer)? {
        advance::follow(recorder, flow);
    }
    Ok(())
}

fn deliver(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (event, values): (&EventName, &BTreeMap<String, String>),
) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::DeliverEvent)?;
    running(recorder)?;
    let flows = pause::deliver(recorder, event, values);
    if flows.is_empty() {
        return Err(Rejection::NotAwaited);
    }
    advance::follow(recorder, Flow::Several(flows));
    Ok(())
}

/// Refuses where the case has ended.
fn running(recorder: &Recorder<'_>) -> Result<(), Rejection> {
    match &recorder.case().status {
        Status::Running => Ok(()),
        Status::Ended { outcome, .. } => Err(Rejection::CaseEnded { outcome: outcome.clone() }),
    }
}

/// Refuses where the case has ended, or is about to: what it did is being taken back.
fn not_unwinding(recorder: &Recorder<'_>) -> Result<(), Rejection> {
    running(recorder)?;
    if recorder.case().unwinding.is_some() { Err(Rejection::Unwinding) } else { Ok(()) }
}

/// Asks policy about something done to the case as a whole.
fn entitled(recorder: &Recorder<'_>, actor: &Actor, action: policy::Action) -> Result<(), Rejection> {
    let participants = recorder.case().participants();
    let resource = policy::Resource::Case { requester: recorder.case().requester(), participants: &participants };
    ask_policy(recorder, actor, (action, resource))
}

fn ask_policy(
    recorder: &Recorder<'_>,
    actor: &Actor,
    (action, resource): (policy::Action, policy::Resource<'_>),
) -> Result<(), Rejection> {
    let actor = policy_actor(actor);
    let decision = policy::decide(recorder.ctx.directory, actor, action, resource);
    decision.into_result().map(|_| ()).map_err(|why| Rejection::NotEntitled { why })
}

const fn policy_actor(actor: &Actor) -> policy::Actor<'_> {
    match actor {
        Actor::Person { login } => policy::Actor::Person(login),
        Actor::System => policy::Actor::System,
    }
}
