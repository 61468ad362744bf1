//! `branch`: the first case that holds, with `else` last.

use super::{Enclosing, nested};
use crate::{
    diagnostic::codes,
    expression::Type,
    lower::{
        expressions,
        reading::{self, Keys, Mapping},
        workflow::Lowering,
    },
    model::{Branch, BranchCase, Parent, StepIndex},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const CASE_KEYS: Keys = Keys::all(&["if", "else", "steps"]);

/// Most cases of one branch.
const CASES_MAX: usize = 50;

pub(super) fn lower(
    reporter: &mut Reporter<'_>,
    mapping: Mapping<'_>,
    index: StepIndex,
    lowering: &mut Lowering<'_>,
) -> Option<Branch> {
    let node = mapping.required(reporter, "cases")?;
    let items = reading::short_sequence(reporter, node, CASES_MAX)?;
    let every = mapping.get("every").map_or(Some(false), |node| reading::boolean(reporter, node));
    let before = (lowering.scope.clone(), lowering.approves.clone());
    let mut after = before.clone();
    let mut cases = Vec::new();
    for (item, number) in items.iter().zip(0u16..) {
        (lowering.scope, lowering.approves) = before.clone();
        let is_last = usize::from(number) + 1 == items.len();
        cases.push(case(reporter, item, (Parent { step: index, case: number }, is_last), lowering));
        after.0.add_as_optional(&lowering.scope);
        after.1.append(&mut lowering.approves);
    }
    (lowering.scope, lowering.approves) = after;
    if items.last().is_none_or(|last| last.get("else").is_none()) {
        reporter.report(codes::ELSE_MISSING, node.place, &[]);
    }
    Some(Branch { cases: cases.into_iter().collect::<Option<_>>()?, every: every? })
}

fn case(
    reporter: &mut Reporter<'_>,
    node: &Node,
    (parent, is_last): (Parent, bool),
    lowering: &mut Lowering<'_>,
) -> Option<BranchCase> {
    let mapping = reading::mapping(reporter, node, CASE_KEYS)?;
    let condition = match (mapping.entry("if"), mapping.entry("else")) {
        (Some(entry), None) => condition(reporter, &entry.value, lowering).map(Some),
        (None, Some(entry)) => {
            if entry.value.as_bool() != Some(true) {
                reporter.report(codes::ELSE_NOT_TRUE, entry.value.place, &[]);
            }
            if !is_last {
                reporter.report(codes::ELSE_NOT_LAST, entry.key_place, &[]);
            }
            Some(None)
        }
        (Some(_), Some(entry)) => {
            reporter.report(codes::IF_AND_ELSE, entry.key_place, &[]);
            None
        }
        (None, None) => {
            mapping.required(reporter, "if");
            None
        }
    };
    let steps = mapping.required(reporter, "steps");
    let first = steps.and_then(|node| nested(reporter, node, (parent, Enclosing::Lane), lowering));
    Some(BranchCase { condition: condition?, first })
}

fn condition(
    reporter: &mut Reporter<'_>,
    node: &Node,
    lowering: &Lowering<'_>,
) -> Option<crate::expression::Expression> {
    lowering.form()?;
    expressions::expression(reporter, node, &lowering.scope, Some(&Type::Bool))
}
