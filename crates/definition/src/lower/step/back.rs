//! Where a step leads that is not approved: what a rejection does, and where it may be returned to.

use super::{Enclosing, nested};
use crate::{
    diagnostic::codes,
    lower::{
        reading::{self, Keys},
        workflow::Lowering,
    },
    model::{OnReject, Parent, Return, ReturnThen, ReturnTo, StepIndex},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const RETURN_KEYS: Keys = Keys::all(&["to", "then", "at_most"]);

/// Most returns of a case from one step.
const RETURNS_MAX: u32 = 100;

const ON_REJECT: &[(&str, OnReject)] =
    &[("end", OnReject::End), ("branch", OnReject::Branch), ("continue", OnReject::Continue)];
const TARGETS: &[(&str, ReturnTo)] =
    &[("any", ReturnTo::Any), ("requester", ReturnTo::Requester), ("previous", ReturnTo::Previous)];
const THEN: &[(&str, ReturnThen)] = &[("redo", ReturnThen::Redo), ("come_back", ReturnThen::ComeBack)];

/// What a rejection does: a word, or steps of its own.
pub(super) fn on_reject(
    reporter: &mut Reporter<'_>,
    node: &Node,
    index: StepIndex,
    lowering: &mut Lowering<'_>,
) -> Option<OnReject> {
    if node.as_sequence().is_some() {
        let before = (lowering.scope.clone(), lowering.approves.clone());
        let first = nested(reporter, node, (Parent { step: index, case: 0 }, Enclosing::Round), lowering);
        let inside = std::mem::replace(&mut lowering.scope, before.0);
        lowering.scope.add_as_optional(&inside);
        return Some(OnReject::Steps { first });
    }
    let rule = reading::one_of(reporter, node, ON_REJECT)?;
    if rule == OnReject::Branch && lowering.lanes == 0 {
        reporter.report(codes::NO_BRANCH_TO_END, node.place, &[]);
        return None;
    }
    Some(rule)
}

/// Where a step may be returned to.
pub(super) fn returns(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Return> {
    let mapping = reading::mapping(reporter, node, RETURN_KEYS)?;
    let to = match mapping.get("to") {
        Some(node) => target(reporter, node, lowering),
        None => Some(Return::DEFAULT.to),
    };
    let then = match mapping.get("then") {
        Some(node) => reading::one_of(reporter, node, THEN),
        None => Some(Return::DEFAULT.then),
    };
    let at_most = match mapping.get("at_most") {
        Some(node) => reading::whole_number(reporter, node, 1, RETURNS_MAX).and_then(|most| u16::try_from(most).ok()),
        None => Some(Return::DEFAULT.at_most),
    };
    Some(Return { to: to?, then: then?, at_most: at_most? })
}

/// A word, or a people step before this one in its own or an enclosing list.
fn target(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<ReturnTo> {
    let name = reading::string(reporter, node)?;
    if let Some((_, word)) = TARGETS.iter().find(|(word, _)| *word == name) {
        return Some(*word);
    }
    let earlier = || lowering.returnable.iter().flatten();
    if let Some((_, index)) = earlier().find(|(id, _)| id == name) {
        return Some(ReturnTo::Step(*index));
    }
    let known = earlier().map(|(id, _)| id.as_str()).chain(TARGETS.iter().map(|(word, _)| *word));
    reading::unknown_name(reporter, codes::NO_EARLIER_STEP, (name, node.place), known);
    None
}
