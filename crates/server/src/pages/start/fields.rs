//! A draft as fields to fill in: each with what was typed, its level, and what is wrong with it.

use std::collections::BTreeMap;

use definition::{
    expression::{Expression, Scope},
    form_values::FieldProblem,
    level::Level,
    model::{self, FieldKind, Form, Workspace},
    people::Directory,
    value::Value,
};

use super::{
    examples,
    posted::{Draft, Filled},
    sets::{self, SetShown},
};
use crate::{
    i18n::{self, Locale},
    view::form::{Cell, Choice, Column, FieldControl, FormField, Keys, Pick, PickRow, Problem},
    words,
};

/// Lines that a longer text shows at first.
const LINES_SHOWN: u32 = 3;

/// What a draft is shown with.
pub struct Filling<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The levels' names and the registers.
    pub workspace: &'a Workspace,
    /// Everybody a field may name.
    pub directory: &'a Directory,
    /// What was filled in.
    pub draft: &'a Draft,
    /// What is wrong with it, as far as that is to be told already.
    pub problems: &'a [FieldProblem],
    /// The sets of records, counted, by field.
    pub sets: &'a BTreeMap<String, SetShown>,
    /// What the form's conditions are held against.
    pub scope: &'a Scope,
}

impl Filling<'_> {
    /// The fields of a form that are shown now, in its order.
    pub fn fields(&self, form: &Form) -> Vec<FormField> {
        let is_shown = |field: &&model::Field| self.holds(field.show_when.as_ref(), true);
        form.fields.iter().filter(is_shown).map(|field| self.field(field)).collect()
    }

    /// One field.
    pub fn field(&self, field: &model::Field) -> FormField {
        FormField {
            name: field.name.to_string(),
            label: field.label.get(self.locale).clone(),
            help: field.help.as_ref().map(|help| help.get(self.locale).clone()),
            level: (field.sensitivity > Level::L0)
                .then(|| words::cases::level_tag(self.locale, &self.workspace.settings, field.sensitivity)),
            optional: !self.holds(field.required.as_ref(), false),
            problem: self.problem(field),
            control: self.control(field),
        }
    }

    fn holds(&self, condition: Option<&Expression>, unless: bool) -> bool {
        let Some(condition) = condition else { return unless };
        // One that cannot be worked out yet hides nothing and requires nothing.
        condition.evaluate(self.scope).map_or(unless, |value| value == Value::Bool(true))
    }

    fn problem(&self, field: &model::Field) -> Option<Problem> {
        let found = self.problems.iter().find(|problem| problem.field == field.name && problem.cell.is_none())?;
        let is_missing =
            matches!(&found.complaint, definition::form_values::Complaint::Known { message: "field-required", .. });
        Some(if is_missing && matches!(field.kind, FieldKind::Records(_)) {
            Problem::NoRecords
        } else if is_missing && matches!(field.kind, FieldKind::RegisterFields(_)) {
            Problem::NoFields
        } else {
            Problem::Said { text: words::refusal::complaint(self.locale, &found.complaint) }
        })
    }

    fn control(&self, field: &model::Field) -> FieldControl {
        let value = || match self.draft.0.get(field.name.as_str()) {
            Some(Filled::Text(text)) => text.clone(),
            Some(Filled::Rows(_) | Filled::Where(_) | Filled::Picks(_)) | None => String::new(),
        };
        let placeholder = || field.placeholder.as_ref().map(|text| text.get(self.locale).clone());
        let line = |keys: Keys| FieldControl::Line {
            value: value(),
            placeholder: placeholder(),
            keys,
            length_max: number(field.max.as_ref()),
        };
        match &field.kind {
            FieldKind::Text => line(Keys::Text),
            FieldKind::Mobile => line(Keys::Mobile),
            FieldKind::CnResidentId => line(Keys::Identity),
            FieldKind::BankCard => line(Keys::Card),
            FieldKind::Multiline => {
                FieldControl::Lines { value: value(), placeholder: placeholder(), rows: LINES_SHOWN }
            }
            FieldKind::Number => FieldControl::Number { value: value(), unit: None, decimals: true },
            FieldKind::Money => {
                let unit = i18n::message(self.locale, "unit-money", &[]);
                FieldControl::Number { value: value(), unit: Some(unit), decimals: true }
            }
            FieldKind::YesNo => FieldControl::YesNo { value: value().parse().ok() },
            FieldKind::Choice(options) => {
                let options = choices(self.locale, options);
                FieldControl::Choice { value: value(), options, none: !self.holds(field.required.as_ref(), false) }
            }
            FieldKind::Person => {
                FieldControl::Choice { value: value(), options: people(self.locale, self.directory), none: true }
            }
            FieldKind::Date => {
                FieldControl::Date { value: value(), min: day(field.min.as_ref()), max: day(field.max.as_ref()) }
            }
            FieldKind::Table(columns) => self.table(field, columns),
            FieldKind::Records(register) => {
                let title = self.workspace.forms.get(register);
                let title = title.map_or_else(|| register.to_string(), |form| form.title.get(self.locale).clone());
                FieldControl::Records(sets::record_set(self, field, title))
            }
            FieldKind::RegisterFields(register) => FieldControl::RegisterFields { rows: self.picks(field, register) },
        }
    }

    fn table(&self, field: &model::Field, columns: &[model::Field]) -> FieldControl {
        let heads = columns.iter().map(|column| Column {
            label: column.label.get(self.locale).clone(),
            number: matches!(column.kind, FieldKind::Number | FieldKind::Money),
            date: matches!(column.kind, FieldKind::Date),
        });
        let none = Vec::new();
        let rows = match self.draft.0.get(field.name.as_str()) {
            Some(Filled::Rows(rows)) => rows,
            Some(Filled::Text(_) | Filled::Where(_) | Filled::Picks(_)) | None => &none,
        };
        let cell = |place: usize, row: &BTreeMap<String, String>, column: &model::Field| {
            let is_here = |problem: &&FieldProblem| {
                problem.field == field.name
                    && problem.cell.as_ref().is_some_and(|(row, of)| {
                        *row == place + 1 && of.as_ref().is_none_or(|name| *name == column.name)
                    })
            };
            let problem = self.problems.iter().find(is_here);
            Cell {
                name: format!("{}.{place}.{}", field.name, column.name),
                value: row.get(column.name.as_str()).cloned().unwrap_or_default(),
                problem: problem
                    .map(|problem| Problem::Said { text: words::refusal::complaint(self.locale, &problem.complaint) }),
            }
        };
        FieldControl::Table {
            columns: heads.collect(),
            rows: rows
                .iter()
                .enumerate()
                .map(|(place, row)| columns.iter().map(|column| cell(place, row, column)).collect())
                .collect(),
        }
    }

    fn picks(&self, field: &model::Field, register: &definition::id::FormId) -> Vec<PickRow> {
        let chosen = match self.draft.0.get(field.name.as_str()) {
            Some(Filled::Picks(picks)) => Some(picks),
            Some(Filled::Text(_) | Filled::Rows(_) | Filled::Where(_)) | None => None,
        };
        let chosen = |name: &str| chosen.and_then(|picks| picks.iter().find(|(picked, _)| picked == name));
        let row = |of: &model::Field| {
            let clear = examples::of(self.locale, of);
            PickRow {
                name: of.name.to_string(),
                label: of.label.get(self.locale).clone(),
                level: words::cases::level_tag(self.locale, &self.workspace.settings, of.sensitivity),
                choice: chosen(of.name.as_str()).map_or(Pick::None, |(_, pick)| *pick),
                maskable: of.sensitivity > Level::L0,
                example_masked: examples::masked(of, &clear),
                example_clear: clear,
            }
        };
        let form = self.workspace.forms.get(register);
        form.map(|form| form.fields.iter().map(row).collect()).unwrap_or_default()
    }
}

/// The options of a choice.
pub fn choices(locale: Locale, options: &[model::Choice]) -> Vec<Choice> {
    let option =
        |option: &model::Choice| Choice { value: option.value.clone(), label: option.label.get(locale).clone() };
    options.iter().map(option).collect()
}

/// Everybody who works here, told apart by their department.
pub fn people(locale: Locale, directory: &Directory) -> Vec<Choice> {
    let active = directory.people().filter(|person| directory.active(person.login.as_str()).is_some());
    active.map(|person| choice_of(locale, directory, &person.login)).collect()
}

/// Somebody as an option.
pub fn choice_of(locale: Locale, directory: &Directory, login: &definition::id::Login) -> Choice {
    let person = words::people::person(locale, directory, login);
    let label = [Some(person.name), person.note].into_iter().flatten().collect::<Vec<_>>();
    Choice { value: login.to_string(), label: words::cases::joined(locale, &label) }
}

fn number(value: Option<&Value>) -> Option<u32> {
    use rust_decimal::prelude::ToPrimitive;
    if let Some(Value::Number(number)) = value { number.to_u32() } else { None }
}

fn day(value: Option<&Value>) -> Option<String> {
    if let Some(Value::Date(day)) = value { Some(day.to_string()) } else { None }
}
