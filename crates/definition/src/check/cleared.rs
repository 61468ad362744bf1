//! Proof 4, *cleared*: nobody is asked to decide on, shown, or messaged a field above their clearance, and no message
//! carries a value of L1 or above.
//!
//! What a role promises is checked here, also of those who come in when nobody is found or the time is over. Whom a
//! place finds (a manager, a head, a department) is not asked unless cleared; whether somebody remains, *answers* says. Fields that a step does not name are simply hidden from those who
//! are not cleared.

use super::Finding;
use crate::{
    diagnostic::codes,
    id::FieldName,
    level::Level,
    model::{Fill, Form, Notify, PeopleStep, Process, Settings, Step, StepIndex, StepKind},
};

/// Checks one process against its form.
pub fn check(process: &Process, form: &Form, settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, step) in process.written_steps() {
        match &step.kind {
            StepKind::Approve(people) | StepKind::Fill(Fill { people, .. }) => {
                findings.extend(shown_above(form, settings, (index, step, people)));
            }
            StepKind::Notify(notify) => findings.extend(carried(notify, (index, step))),
            StepKind::Run(_)
            | StepKind::Branch(_)
            | StepKind::Parallel(_)
            | StepKind::Each(_)
            | StepKind::Repeat(_)
            | StepKind::Wait(_)
            | StepKind::Set(_)
            | StepKind::End(_) => {}
        }
    }
    findings
}

/// The fields that a step names and that somebody whom one of its roles may find is not cleared for.
fn shown_above(form: &Form, settings: &Settings, step: (StepIndex, &Step, &PeopleStep)) -> Vec<Finding> {
    let (index, step, people) = step;
    let selectors = std::iter::once(&people.by).chain(people.substitutes());
    let Some(clearance) = selectors.filter_map(|selector| selector.least_role_clearance(settings)).min() else {
        return Vec::new();
    };
    let shown = shown_fields(&step.kind, people);
    let above = shown.into_iter().filter_map(|field| above(form, field, clearance));
    let finding = |(field, level): (&FieldName, Level)| {
        Finding::of_step(codes::SHOWN_ABOVE_CLEARANCE, index)
            .with("step", step.id.to_string())
            .with("field", field.to_string())
            .with("level", level.to_string())
            .with("clearance", clearance.to_string())
    };
    above.map(finding).collect()
}

/// A message may be read wherever it arrives: it carries nothing protected, whoever gets it.
fn carried(notify: &Notify, (index, step): (StepIndex, &Step)) -> Option<Finding> {
    let level = notify.message.all().into_iter().map(|template| template.level).max().unwrap_or_default();
    (level > Level::L0).then(|| {
        Finding::of_step(codes::MESSAGE_CARRIES_PERSONAL_DATA, index)
            .with("step", step.id.to_string())
            .with("level", level.to_string())
    })
}

/// The fields a step names, each once.
pub fn shown_fields<'a>(kind: &'a StepKind, people: &'a PeopleStep) -> Vec<&'a FieldName> {
    let mut fields: Vec<&FieldName> = people.see.iter().flatten().collect();
    if let StepKind::Fill(fill) = kind {
        fields.extend(fill.edit.iter().chain(&fill.require));
    }
    fields.sort();
    fields.dedup();
    fields
}

fn above<'a>(form: &Form, field: &'a FieldName, clearance: Level) -> Option<(&'a FieldName, Level)> {
    let level = form.field(field.as_str())?.sensitivity;
    (level > clearance).then_some((field, level))
}
