//! What a person sees of a case's request: by their part in the case, the step's own list of fields, and clearance.

use std::collections::BTreeMap;

use definition::{
    id::{FieldName, Login},
    model::{Field, PeopleStep},
    people::Directory,
};
use policy::{FieldView, Typed};

use crate::{
    case::Case,
    plan::Plan,
    task::{Role, State, Task},
};

/// Each field of the request with what this person sees of it now. Who takes no part in the case sees nothing.
pub fn request_fields(
    plan: &Plan,
    case: &Case,
    directory: &Directory,
    login: &Login,
) -> BTreeMap<FieldName, FieldView> {
    let fields = plan.form.fields.iter();
    fields.map(|field| (field.name.clone(), view(plan, case, (directory, login), field))).collect()
}

fn view(plan: &Plan, case: &Case, (directory, login): (&Directory, &Login), field: &Field) -> FieldView {
    let Some(person) = directory.active(login.as_str()) else { return FieldView::Hidden };
    if !is_shown(plan, case, login, field) {
        return FieldView::Hidden;
    }
    let rule = plan.settings.level(field.sensitivity);
    policy::field_view(person.clearance, rule, field.sensitivity, Typed::Elsewhere)
}

/// Whether a field is among those that some part this person has in the case shows.
fn is_shown(plan: &Plan, case: &Case, login: &Login, field: &Field) -> bool {
    let shows = |task: &Task| {
        let step = plan.process.step_by_id(task.step.as_str()).and_then(|(_, step)| step.kind.people());
        task.role != Role::Name && step.is_some_and(|step| lists(step, &field.name))
    };
    let sees_all = case.is_of(login) || case.copied.contains(login);
    sees_all || case.tasks.iter().filter(|task| has_part(task, login)).any(shows)
}

/// Whether somebody holds a task, or did it.
fn has_part(task: &Task, login: &Login) -> bool {
    match &task.state {
        State::Open { .. } | State::Claimed { .. } => task.is_held_by(login),
        State::Completed { by, .. } => by == login,
        State::Closed { .. } => false,
    }
}

fn lists(step: &PeopleStep, field: &FieldName) -> bool {
    step.see.as_ref().is_none_or(|see| see.contains(field))
}
