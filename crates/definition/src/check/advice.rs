//! Warnings that no proof asks for, but that a careful colleague would give.

use std::collections::BTreeSet;

use super::{Finding, cleared::shown_fields};
use crate::{
    diagnostic::codes,
    expression::{Expression, Tree},
    id::FieldName,
    level::Level,
    model::{Field, Form, Process, Selector, StepKind, Wait},
};

/// Checks one process and its form.
pub fn check(process: &Process, form: &Form) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, step) in process.written_steps() {
        let Some(people) = step.kind.people() else { continue };
        let finding = |code| Finding::of_step(code, index).with("step", step.id.to_string()).warning();
        if people.due.is_none() {
            findings.push(finding(codes::NO_DUE_DATE));
        } else if people.remind.is_none() && people.escalate.is_empty() {
            findings.push(finding(codes::NO_REMINDER));
        }
    }
    findings.extend(one_person_decides_everything(process));
    if process.start.has_requester() {
        findings.extend(fields_nobody_needs(process, form));
    }
    findings
}

/// Two or more decisions, all of them one named person's.
fn one_person_decides_everything(process: &Process) -> Option<Finding> {
    let mut deciders = process.steps.iter().filter_map(|step| step.kind.approve()).map(|people| &people.by);
    let (first, second) = (deciders.next()?, deciders.next()?);
    let alone = matches!(first, Selector::Person(_)) && first == second && deciders.all(|other| other == first);
    alone.then(|| Finding::of_process(codes::ONE_PERSON_DECIDES).warning())
}

/// A protected field that no step names and no expression uses: it is asked for, and nobody needs it.
fn fields_nobody_needs(process: &Process, form: &Form) -> Vec<Finding> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for (_, step) in process.written_steps() {
        let people = step.kind.people();
        // A step that names none shows all that its people are cleared for.
        if people.is_some_and(|people| people.see.is_none()) {
            return Vec::new();
        }
        if let Some(people) = people {
            named.extend(shown_fields(&step.kind, people).into_iter().map(FieldName::as_str));
        }
        named.extend(expressions(&step.kind).into_iter().flat_map(|expression| request_fields(&expression.tree)));
    }
    named.extend(process.lets.iter().flat_map(|one| request_fields(&one.expression.tree)));
    let needless = |field: &&Field| field.sensitivity >= Level::L2 && !named.contains(field.name.as_str());
    let finding = |field: &Field| {
        Finding::of_process(codes::FIELD_NOBODY_NEEDS)
            .with("field", field.name.to_string())
            .with("level", field.sensitivity.to_string())
            .warning()
    };
    form.fields.iter().filter(needless).map(finding).collect()
}

/// The expressions of a step itself.
fn expressions(kind: &StepKind) -> Vec<&Expression> {
    match kind {
        StepKind::Branch(branch) => branch.cases.iter().filter_map(|case| case.condition.as_ref()).collect(),
        StepKind::Run(run) => run.action.expressions(),
        StepKind::Each(each) => vec![&each.of],
        StepKind::Repeat(repeat) => vec![&repeat.until],
        StepKind::Wait(Wait::Until(until)) => vec![until],
        StepKind::Wait(Wait::Event(event)) => event.matches.iter().collect(),
        StepKind::Set(set) => set.values.iter().map(|(_, value)| value).collect(),
        StepKind::Approve(_)
        | StepKind::Fill(_)
        | StepKind::Notify(_)
        | StepKind::Parallel(_)
        | StepKind::Wait(Wait::For(_))
        | StepKind::End(_) => Vec::new(),
    }
}

fn request_fields(tree: &Tree) -> Vec<&str> {
    let paths = tree.paths().into_iter();
    paths
        .filter(|path| path.first().is_some_and(|first| first == "request"))
        .filter_map(|path| Some(path.get(1)?.as_str()))
        .collect()
}
