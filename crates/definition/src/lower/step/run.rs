//! `run`: a built-in action, tried again when it fails.

use super::{Enclosing, ladder, nested};
use crate::{
    lower::{
        action,
        reading::{self, Keys, Mapping},
        workflow::Lowering,
    },
    model::{OnError, Parent, Retry, Run, StepIndex, Undo},
    period::{Period, Unit},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const RETRY_KEYS: Keys = Keys::all(&["times", "first"]);

/// Most retries of one action: with waits that double, the twentieth comes after weeks.
const RETRIES_MAX: u32 = 20;

/// How an action is retried if its step does not say.
const RETRY_DEFAULT: Retry = Retry { times: 5, first: Period { amount: 30, unit: Unit::Seconds } };

const ON_ERROR: &[(&str, OnError)] = &[("incident", OnError::Incident), ("continue", OnError::Continue)];
const UNDO: &[(&str, Undo)] = &[("automatic", Undo::Automatic), ("none", Undo::Never)];

pub(super) fn lower(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    index: StepIndex,
    lowering: &mut Lowering<'_>,
) -> Option<Run> {
    let action = action::lower(reporter, mapping, lowering);
    let retry = match mapping.get("retry") {
        Some(node) => retry(reporter, node),
        None => Some(RETRY_DEFAULT),
    };
    let on_error = match mapping.get("on_error") {
        Some(node) => on_error(reporter, node, index, lowering),
        None => Some(OnError::Incident),
    };
    let undo = match mapping.get("undo") {
        Some(node) => undo(reporter, node, index, lowering),
        None => Some(Undo::Automatic),
    };
    Some(Run { action: action?, retry: retry?, on_error: on_error?, undo: undo? })
}

/// What follows a failure: a word, or steps of its own.
fn on_error(reporter: &mut Reporter<'_>, node: &Node, step: StepIndex, lowering: &mut Lowering<'_>) -> Option<OnError> {
    if node.as_sequence().is_none() {
        return reading::one_of(reporter, node, ON_ERROR);
    }
    let before = lowering.scope.clone();
    let first = nested(reporter, node, (Parent { step, case: Run::ON_ERROR }, Enclosing::Round), lowering);
    let inside = std::mem::replace(&mut lowering.scope, before);
    lowering.scope.add_as_optional(&inside);
    Some(OnError::Steps { first })
}

/// What takes the action back: a word, or steps of its own. They follow the end of a case, so that nothing after them
/// knows of them.
fn undo(reporter: &mut Reporter<'_>, node: &Node, step: StepIndex, lowering: &mut Lowering<'_>) -> Option<Undo> {
    if node.as_sequence().is_none() {
        return reading::one_of(reporter, node, UNDO);
    }
    let before = (lowering.scope.clone(), lowering.approves.clone(), lowering.undoing);
    lowering.undoing = true;
    let first = nested(reporter, node, (Parent { step, case: Run::UNDO }, Enclosing::Round), lowering);
    (lowering.scope, lowering.approves, lowering.undoing) = before;
    Some(Undo::Steps { first })
}

fn retry(reporter: &mut Reporter<'_>, node: &Node) -> Option<Retry> {
    let mapping = reading::mapping(reporter, node, RETRY_KEYS)?;
    let times = match mapping.get("times") {
        Some(node) => reading::whole_number(reporter, node, 0, RETRIES_MAX),
        None => Some(RETRY_DEFAULT.times),
    };
    let first = match mapping.get("first") {
        Some(node) => ladder::period(reporter, node),
        None => Some(RETRY_DEFAULT.first),
    };
    Some(Retry { times: times?, first: first? })
}
