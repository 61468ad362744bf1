//! `allow: [approve, reject, delegate]`: what the people of a step may do with their tasks.

use std::collections::BTreeSet;

use crate::{
    diagnostic::codes,
    lower::reading::{self, Mapping},
    model::Act,
    reporter::Reporter,
};

/// What a step allows. A step that asks for a verdict must allow one in favour, else no case could ever leave it.
pub(super) fn lower(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, decides: bool) -> Option<BTreeSet<Act>> {
    let Some(node) = mapping.get("allow") else { return Some(Act::usual()) };
    let is_verdict = |act: Act| matches!(act, Act::Approve | Act::Reject);
    let words: Vec<(&'static str, Act)> =
        Act::ALL.iter().copied().filter(|(_, act)| decides || !is_verdict(*act)).collect();
    let items = reading::short_sequence(reporter, node, Act::ALL.len())?;
    let acts: Vec<Option<Act>> = items.iter().map(|item| reading::one_of(reporter, item, &words)).collect();
    let acts: BTreeSet<Act> = acts.into_iter().collect::<Option<_>>()?;
    if decides && !acts.contains(&Act::Approve) {
        reporter.report(codes::NOBODY_MAY_APPROVE, node.place, &[]);
        return None;
    }
    Some(acts)
}
