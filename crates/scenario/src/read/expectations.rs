//! The keys under `expect`.

use std::collections::{BTreeMap, BTreeSet};

use definition::{diagnostic::codes, document::Node, model::StepKind};

use super::reader::Reader;
use crate::model::{Aspect, Expectation};

/// What may be expected; each has a twin that begins with `not_`.
const ASPECTS: [&str; 11] =
    ["waiting", "for", "reminded", "notified", "escalated", "ran", "undone", "ended", "refused", "sees", "masked"];

/// The prefix of a negated expectation.
const NOT: &str = "not_";

/// Reads every expectation of a line.
pub fn expectations(reader: &mut Reader<'_>, node: &Node) -> Vec<Expectation> {
    let twins: Vec<String> = ASPECTS.iter().map(|aspect| format!("{NOT}{aspect}")).collect();
    let known: Vec<&str> = ASPECTS.iter().copied().chain(twins.iter().map(String::as_str)).collect();
    let entries = reader.keys(node, &known, &[]);
    let mut expectations = Vec::new();
    for entry in entries {
        let (negated, key) = entry.key.strip_prefix(NOT).map_or((false, entry.key.as_str()), |key| (true, key));
        let aspect = aspect(reader, key, &entry.value);
        expectations.extend(aspect.map(|aspect| Expectation { line: entry.line, negated, aspect }));
    }
    expectations
}

fn aspect(reader: &mut Reader<'_>, key: &str, node: &Node) -> Option<Aspect> {
    let any = |_: &StepKind| true;
    let is_run = |kind: &StepKind| matches!(kind, StepKind::Run(_));
    Some(match key {
        "waiting" => Aspect::Waiting(reader.steps(node, any)),
        "for" => Aspect::For(reader.people(node)),
        "reminded" => Aspect::Reminded(reader.people(node)),
        "notified" => Aspect::Notified(reader.people(node)),
        "escalated" => Aspect::Escalated(reader.steps(node, |kind| kind.people().is_some())),
        "ran" => Aspect::Ran(reader.steps(node, is_run)),
        "undone" => Aspect::Undone(reader.steps(node, is_run)),
        "ended" => Aspect::Ended(reader.outcome(node)?),
        "refused" => Aspect::Refused(reader.people(node)),
        "sees" => Aspect::Sees(views(reader, node)),
        "masked" => Aspect::Masked(views(reader, node)),
        _ => return None,
    })
}

/// Fields by whoever looks at them.
fn views(reader: &mut Reader<'_>, node: &Node) -> BTreeMap<String, BTreeSet<String>> {
    let Some(entries) = node.as_keys() else {
        reader.report(node, codes::WRONG_SHAPE, &[("expected", "keys"), ("found", node.shape())]);
        return BTreeMap::new();
    };
    let mut views = BTreeMap::new();
    for entry in entries {
        if !reader.is_person(&entry.key) {
            let suggestion = reader.person_suggestion(&entry.key);
            reader.report_key(entry, codes::UNKNOWN_PERSON, &[("name", &entry.key), ("suggestion", &suggestion)]);
        }
        let fields = reader.fields(&entry.value);
        views.insert(entry.key.clone(), fields);
    }
    views
}
