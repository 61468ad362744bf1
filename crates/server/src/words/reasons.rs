//! Why a case takes one way and not another: a branch's condition with the values it looked at.

use std::collections::BTreeMap;

use definition::{
    expression::{Comparison, Tree},
    level::Level,
    model::{Branch, BranchCase},
    value::Value,
};
use rust_decimal::prelude::ToPrimitive;

/// One part of a condition that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// A value of this level or above.
    Level(Level),
    /// A number above this one.
    Over(u64),
    /// The condition as it is written.
    Written(String),
}

/// The parts of a condition that hold for these values; the whole of it where its parts cannot be told apart.
pub fn holding(case: &BranchCase, values: &BTreeMap<String, Value>) -> Vec<Because> {
    let Some(condition) = &case.condition else { return Vec::new() };
    let mut found = Vec::new();
    if collect(&condition.tree, values, &mut found) && !found.is_empty() {
        found
    } else {
        vec![Because::Written(condition.source.to_string())]
    }
}

/// What this arm asks for, before anybody knows whether it holds.
pub fn asking(case: &BranchCase) -> Vec<Because> {
    let Some(condition) = &case.condition else { return Vec::new() };
    let parts = if let Tree::Any(parts) = &*condition.tree {
        parts.iter().map(bound).collect::<Option<Vec<_>>>()
    } else {
        bound(&condition.tree).map(|because| vec![because])
    };
    parts.unwrap_or_else(|| vec![Because::Written(condition.source.to_string())])
}

/// The arms before this one, all of which did not hold when it is taken.
pub fn before(branch: &Branch, case: usize) -> Vec<Because> {
    branch.cases.iter().take(case).flat_map(asking).collect()
}

/// Whether every part was understood.
fn collect(tree: &Tree, values: &BTreeMap<String, Value>, found: &mut Vec<Because>) -> bool {
    match tree {
        Tree::Any(parts) | Tree::All(parts) => parts.iter().all(|part| collect(part, values, found)),
        Tree::Compare(_, left, right) => {
            let Some(because) = bound(tree) else { return false };
            let holds = match (value(left, values), value(right, values), &because) {
                (Some(Value::Level(is)), Some(Value::Level(_)), Because::Level(least)) => is >= *least,
                (Some(Value::Number(is)), Some(Value::Number(_)), Because::Over(limit)) => is > (*limit).into(),
                _ => return false,
            };
            if holds {
                found.push(because);
            }
            true
        }
        Tree::Literal(_)
        | Tree::Path(_)
        | Tree::Not(_)
        | Tree::Negative(_)
        | Tree::Otherwise(..)
        | Tree::Arithmetic(..)
        | Tree::In(..)
        | Tree::List(_)
        | Tree::Call(..)
        | Tree::If(..) => false,
    }
}

fn value(tree: &Tree, values: &BTreeMap<String, Value>) -> Option<Value> {
    match tree {
        Tree::Literal(value) => Some(value.clone()),
        Tree::Path(path) => values.get(path.first().filter(|_| path.len() == 1)?).cloned(),
        Tree::Not(_)
        | Tree::Negative(_)
        | Tree::All(_)
        | Tree::Any(_)
        | Tree::Otherwise(..)
        | Tree::Compare(..)
        | Tree::Arithmetic(..)
        | Tree::In(..)
        | Tree::List(_)
        | Tree::Call(..)
        | Tree::If(..) => None,
    }
}

/// `level >= L2` and `rows > 500`, which people can be told in words.
fn bound(tree: &Tree) -> Option<Because> {
    let Tree::Compare(comparison, left, right) = tree else { return None };
    let (Tree::Path(_), Tree::Literal(limit)) = (&**left, &**right) else { return None };
    match (comparison, limit) {
        (Comparison::GreaterOrEqual, Value::Level(least)) => Some(Because::Level(*least)),
        (Comparison::Greater, Value::Number(limit)) => limit.to_u64().map(Because::Over),
        (Comparison::GreaterOrEqual, Value::Number(limit)) => limit.to_u64()?.checked_sub(1).map(Because::Over),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use definition::model::StepKind;

    use super::*;
    use crate::pages::company::workspace;

    fn risk(level: Level, rows: u32) -> Vec<Because> {
        let workspace = workspace();
        let process = &workspace.processes["export-approval"];
        let (_, step) = process.step_by_id("risk").expect("the branch");
        let StepKind::Branch(branch) = &step.kind else { panic!("a branch") };
        let values = BTreeMap::from([
            ("level".to_owned(), Value::Level(level)),
            ("rows".to_owned(), Value::Number(rows.into())),
        ]);
        holding(&branch.cases[0], &values)
    }

    #[test]
    fn only_the_parts_of_a_condition_that_hold_are_told() {
        assert_eq!(risk(Level::L1, 501), vec![Because::Over(500)]);
        assert_eq!(risk(Level::L2, 500), vec![Because::Level(Level::L2)]);
        assert_eq!(risk(Level::L3, 5000), vec![Because::Level(Level::L2), Because::Over(500)]);
    }

    #[test]
    fn a_condition_that_cannot_be_told_in_words_stands_as_it_is_written() {
        let workspace = workspace();
        let process = &workspace.processes["export-approval"];
        let (_, step) = process.step_by_id("risk").expect("the branch");
        let StepKind::Branch(branch) = &step.kind else { panic!("a branch") };
        let told = holding(&branch.cases[0], &BTreeMap::new());
        assert_eq!(told, vec![Because::Written("level >= L2 || rows > 500".to_owned())]);
    }
}
