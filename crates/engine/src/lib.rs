//! What may happen next in a case, as a function of what has happened.
//!
//! [`decide()`] turns a command into events and effects or refuses it; [`evolve`] folds an event into a case. Neither reads
//! a clock, draws chance or touches a file: the same arguments give the same events, with the same ids.

mod absence;
mod advance;
mod assignment;
mod binding;
pub mod calendar;
pub mod case;
pub mod command;
pub mod context;
pub mod decide;
pub mod effect;
pub mod event;
mod evolve;
mod handover;
pub mod id;
mod lanes;
pub mod origin;
mod pause;
mod people;
pub mod plan;
pub mod predict;
mod recorder;
pub mod rejection;
mod revisit;
pub mod schedule;
mod scope;
pub mod sight;
mod standstill;
pub mod submission;
pub mod task;
#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test looks for one thing among many")]
mod testing;
#[cfg(test)]
#[expect(clippy::wildcard_enum_match_arm, reason = "a test looks for one thing among many")]
mod tests;
mod timers;
mod undo;
mod vote;

pub use crate::{
    case::Case,
    command::{Actor, AddPlace, Command},
    context::Context,
    decide::{Decision, decide},
    effect::{Effect, EffectKind},
    event::{Event, EventEnvelope},
    evolve::evolve,
    id::{CaseId, CaseNumber, EffectId, EventNumber, StepRunId, TaskId, TimerId},
    origin::Origin,
    plan::Plan,
    rejection::Rejection,
    submission::Submission,
    task::Task,
};
