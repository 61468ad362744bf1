//! What stands in a value's place for those who may not see it, and what one person sees of a value.

use definition::{
    expression::Scope,
    level::Level,
    model::{Field, Form, Settings},
    value::Value,
};
use policy::{FieldView, Typed, field_view};
use vault::mask::WHOLE;

use super::sealing::Opened;
use crate::{cases::Cell, viewer::Viewer};

/// The mask of a value. What is not a text is masked whole: a part of a number or a day tells too much.
pub fn masked(field: &Field, value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => vault::mask(field.mask, text),
        Value::Bool(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Level(_)
        | Value::Person(_)
        | Value::Department(_)
        | Value::Records(_)
        | Value::Picks(_)
        | Value::List(_)
        | Value::Map(_) => WHOLE.to_owned(),
    }
}

/// How somebody looks at a record.
#[derive(Clone, Copy)]
pub struct Looking<'a> {
    pub viewer: &'a Viewer,
    pub settings: &'a Settings,
    /// Whether they may reveal values of this record.
    pub may_reveal: bool,
}

impl Looking<'_> {
    /// What they see of a field whose value was kept at a level.
    pub fn view(&self, field: &Field, kept_at: Option<Level>, typed: Typed) -> FieldView {
        // A field whose level was raised is protected at once, one whose level was lowered once it is written again.
        let level = field.sensitivity.max(kept_at.unwrap_or_default());
        match field_view(self.viewer.person.clearance, self.settings.level(level), level, typed) {
            FieldView::Masked { revealable } => FieldView::Masked { revealable: revealable && self.may_reveal },
            view @ (FieldView::Clear | FieldView::Hidden) => view,
        }
    }

    /// What they see of one field of a record.
    pub fn cell(&self, field: &Field, record: &Opened, typed: Typed) -> Cell {
        let level = record.levels.get(&field.name).copied();
        let value = record.values.get(&field.name).unwrap_or(&Value::Empty);
        match (self.view(field, level, typed), value) {
            (FieldView::Hidden, _) => Cell::Hidden,
            (FieldView::Clear | FieldView::Masked { .. }, Value::Empty) => Cell::Empty,
            (FieldView::Clear, value) => Cell::Clear(value.clone()),
            (FieldView::Masked { revealable }, value) => Cell::Masked { text: masked(field, value), revealable },
        }
    }

    /// What a record is called, masked as its fields are.
    pub fn title(&self, form: &Form, record: &Opened) -> String {
        let Some(register) = form.register() else { return String::new() };
        let mut scope = Scope::default();
        for field in &form.fields {
            let value = match self.cell(field, record, Typed::Elsewhere) {
                Cell::Clear(value) => value,
                Cell::Masked { text, .. } => Value::Text(text),
                Cell::Hidden => Value::Text(WHOLE.to_owned()),
                Cell::Empty => continue,
            };
            scope.values.insert(field.name.to_string(), value);
        }
        // A name that cannot be made is none: the record is still found by its id.
        register.show_as.render(&scope, self.viewer.locale).unwrap_or_default()
    }
}
