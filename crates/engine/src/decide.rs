//! Commands into events and effects, or a refusal.

use crate::{
    case::Case,
    command::{Actor, Command},
    context::Context,
    effect::Effect,
    event::EventEnvelope,
    plan::Plan,
    rejection::Rejection,
};

/// What follows from a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What happened, in order; never empty.
    pub events: Vec<EventEnvelope>,
    /// What is to be done once the events are durable.
    pub effects: Vec<Effect>,
    /// The case after the events: their fold over the case before.
    pub case: Case,
}

/// Decides a command. `case` is absent with `Start` alone.
pub fn decide(
    _plan: &Plan,
    _case: Option<&Case>,
    _actor: &Actor,
    _command: &Command,
    _ctx: &Context<'_>,
) -> Result<Decision, Rejection> {
    Err(Rejection::NotFound)
}
