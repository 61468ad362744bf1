//! Proof 3, *four-eyes*: on every path to an action that touches L2 or above, somebody other than the requester has
//! approved, one of them cleared for the highest level touched on that path.
//!
//! A time-out, a skip and a `fill` are no approvals. Who an approver is, is promised only by a role: its clearance is
//! the least that everybody the step's roles can find has. Whoever gets the task later (by transfer, escalation, naming)
//! is held to the same clearance by the engine.

use super::{
    Finding,
    conditions::Condition,
    paths::{self, Way},
};
use crate::{
    diagnostic::codes,
    expression::{Comparison, Function, Tree},
    level::Level,
    model::{ActionCall, Process, Settings, Step, StepIndex},
    value::Value,
};

/// The least level whose leaving takes a second person.
const GUARDED_FROM: Level = Level::L2;

/// Checks one process.
pub fn check(process: &Process, settings: &Settings) -> Vec<Finding> {
    if !process.steps.iter().any(|step| step.kind.run().is_some()) {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = Vec::new();
    let walked = paths::walk(process, &mut |index, step, way| {
        let Some(run) = step.kind.run() else { return };
        if findings.iter().any(|finding| finding.step == Some(index)) {
            return;
        }
        findings.extend(breach(process, settings, &Reached { index, step, action: &run.action, way }));
    });
    if walked.is_err() {
        findings.push(Finding::of_process(codes::FOUR_EYES_UNDECIDED).with("limit", paths::WAYS_MAX.to_string()));
    }
    findings
}

struct Reached<'a> {
    index: StepIndex,
    step: &'a Step,
    action: &'a ActionCall,
    way: &'a Way,
}

fn breach(process: &Process, settings: &Settings, reached: &Reached<'_>) -> Option<Finding> {
    let way = reached.way;
    let touched = highest_touched(process, reached.action, way)?;
    let promised = way.approved.iter().map(|step| promised_clearance(process, settings, *step)).max();
    let code = match promised {
        None => codes::NO_SECOND_PERSON,
        Some(clearance) if clearance < touched => codes::APPROVER_NOT_CLEARED,
        Some(_) => return None,
    };
    let mut path = way.path();
    path.push(crate::diagnostic::PathStep {
        step: reached.step.id.to_string(),
        happens: "runs",
        detail: Some(format!("{} {touched}", reached.action.name())),
    });
    Some(
        Finding::of_step(code, reached.index)
            .with("step", reached.step.id.to_string())
            .with("action", reached.action.name().to_owned())
            .with("level", touched.to_string())
            .with("clearance", promised.unwrap_or_default().to_string())
            .with_path(path),
    )
}

/// The highest guarded level that the action may carry on this way, if any.
fn highest_touched(process: &Process, action: &ActionCall, way: &Way) -> Option<Level> {
    let ActionCall::RecordsExport(arguments) = action;
    let carried = Tree::Call(Function::MaxLevel, vec![(*arguments.fields.tree).clone()]);
    Level::ALL.into_iter().rev().take_while(|level| *level >= GUARDED_FROM).find(|level| {
        let is = Tree::Literal(Value::Level(*level));
        let condition = Tree::Compare(Comparison::Equal, Box::new(carried.clone()), Box::new(is));
        way.known.and(&Condition::new(&condition, &process.lets), true).is_possible()
    })
}

fn promised_clearance(process: &Process, settings: &Settings, step: StepIndex) -> Level {
    process.step(step).kind.people().map(|people| people.promised_clearance(settings)).unwrap_or_default()
}
