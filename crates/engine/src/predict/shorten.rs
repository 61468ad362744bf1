//! What would make the way of a request shorter: a field masked instead of clear, fewer records.

use std::collections::BTreeSet;

use definition::{
    expression::Tree,
    id::{FieldName, Login, StepId},
    level::Level,
    model::FieldValues,
    value::Value,
};
use rust_decimal::prelude::ToPrimitive;

use super::{Course, predict};
use crate::{context::Context, plan::Plan, submission::Submission};

/// How many changed requests are tried.
const TRIALS_MAX: usize = 64;

/// Changes that spare a request somebody's decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortening {
    /// All of them together.
    pub changes: Vec<Change>,
    /// The steps for people that fall away.
    pub drops: Vec<StepId>,
}

/// One change to a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Ask for the mask of a field.
    Mask {
        /// The request's field that holds the selection.
        field: FieldName,
        /// The selected field.
        pick: FieldName,
    },
    /// Ask for fewer records.
    FewerRecords {
        /// The request's field that holds the set.
        field: FieldName,
        /// The most that would do.
        at_most: u64,
    },
}

/// Every smallest change that drops steps from the way of a request, the least effort first.
pub fn shorten(plan: &Plan, ctx: &Context<'_>, requester: &Login) -> Vec<Shortening> {
    let Some(base) = asked_steps(plan, ctx, requester) else { return Vec::new() };
    let masks = masks(ctx.submission.values());
    let fewer = fewer_records(plan, ctx.submission.values());
    let both = masks.iter().flat_map(|mask| fewer.iter().map(move |fewer| [mask.as_slice(), fewer].concat()));
    let mut trials: Vec<Vec<Change>> = masks.iter().cloned().chain(fewer.iter().cloned()).chain(both).collect();
    trials.sort_by_key(Vec::len);
    let mut found: Vec<Shortening> = Vec::new();
    for changes in trials.into_iter().take(TRIALS_MAX) {
        let submission = changed(ctx.submission, &changes);
        let ctx = Context { submission: &submission, ..*ctx };
        let Some(left) = asked_steps(plan, &ctx, requester) else { continue };
        let drops: Vec<StepId> = base.difference(&left).cloned().collect();
        let is_news = found.iter().all(|known| !drops.iter().all(|step| known.drops.contains(step)));
        if !drops.is_empty() && left.is_subset(&base) && is_news {
            found.push(Shortening { changes, drops });
        }
    }
    found
}

/// The steps for people that a request comes to.
fn asked_steps(plan: &Plan, ctx: &Context<'_>, requester: &Login) -> Option<BTreeSet<StepId>> {
    let steps = predict(plan, ctx, requester).ok()?;
    let taken = steps.into_iter().filter(|step| step.course != Course::Aside).map(|step| step.step);
    let asks = |id: &StepId| plan.process.step_by_id(id.as_str()).is_some_and(|(_, step)| step.kind.people().is_some());
    Some(taken.filter(asks).collect())
}

/// For each level from the highest: masking every selected field of that level or above.
fn masks(values: &FieldValues) -> Vec<Vec<Change>> {
    let mut found: Vec<Vec<Change>> = Vec::new();
    for level in Level::ALL.into_iter().skip(1).rev() {
        let changes: Vec<Change> = values.iter().flat_map(|(field, value)| masks_from(field, value, level)).collect();
        if !changes.is_empty() && !found.contains(&changes) {
            found.push(changes);
        }
    }
    found
}

fn masks_from(field: &FieldName, value: &Value, level: Level) -> Vec<Change> {
    let Value::Picks(picks) = value else { return Vec::new() };
    let clear = picks.iter().filter(|pick| !pick.masked && pick.level >= level);
    clear.map(|pick| Change::Mask { field: field.clone(), pick: pick.name.clone() }).collect()
}

/// For each set: the numbers that the process compares with and the set exceeds, the largest first.
fn fewer_records(plan: &Plan, values: &FieldValues) -> Vec<Vec<Change>> {
    let limits = limits(plan);
    let mut found = Vec::new();
    for (field, value) in values {
        let Value::Records(set) = value else { continue };
        for at_most in limits.iter().rev().copied().filter(|limit| *limit < set.count && *limit > 0) {
            found.push(vec![Change::FewerRecords { field: field.clone(), at_most }]);
        }
    }
    found
}

/// Every whole number that a condition or a `let` names, and the one below it.
fn limits(plan: &Plan) -> BTreeSet<u64> {
    let branches = plan.process.steps.iter().filter_map(|step| step.kind.branch());
    let conditions = branches.flat_map(|branch| &branch.cases).filter_map(|case| case.condition.as_ref());
    let lets = plan.process.lets.iter().map(|each| &each.expression);
    let mut limits = BTreeSet::new();
    for expression in conditions.chain(lets) {
        collect_numbers(&expression.tree, &mut limits);
    }
    limits
}

fn collect_numbers(tree: &Tree, found: &mut BTreeSet<u64>) {
    match tree {
        Tree::Literal(Value::Number(number)) => {
            if let Some(number) = number.to_u64() {
                found.extend([number, number.saturating_sub(1)]);
            }
        }
        Tree::Literal(_) | Tree::Path(_) => {}
        Tree::Not(one) | Tree::Negative(one) => collect_numbers(one, found),
        Tree::All(several) | Tree::Any(several) | Tree::List(several) | Tree::Call(_, several) => {
            for one in several {
                collect_numbers(one, found);
            }
        }
        Tree::Otherwise(left, right)
        | Tree::Compare(_, left, right)
        | Tree::Arithmetic(_, left, right)
        | Tree::In(left, right) => {
            collect_numbers(left, found);
            collect_numbers(right, found);
        }
        Tree::If(condition, then, otherwise) => {
            for one in [condition, then, otherwise] {
                collect_numbers(one, found);
            }
        }
    }
}

/// The request with these changes made.
fn changed(submission: &Submission, changes: &[Change]) -> Submission {
    let mut values = submission.values().clone();
    for change in changes {
        match change {
            Change::Mask { field, pick } => {
                if let Some(Value::Picks(picks)) = values.get_mut(field) {
                    picks.iter_mut().filter(|one| one.name == *pick).for_each(|one| one.masked = true);
                }
            }
            Change::FewerRecords { field, at_most } => {
                if let Some(Value::Records(set)) = values.get_mut(field) {
                    set.count = set.count.min(*at_most);
                }
            }
        }
    }
    submission.changed(values)
}
