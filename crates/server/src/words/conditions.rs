//! What held of the records of a set, as people say it.

use definition::{
    model::{Field, FieldKind, Form},
    people::Directory,
    value::{Relation, Value},
};
use runtime::{
    cases::Cell,
    records::{ChosenShown, TestShown},
};

use super::{cases::joined, values};
use crate::i18n::{self, Locale};

/// What may be asked of every record beside its fields: when it was entered.
pub const CREATED: &str = "created_at";
/// And when it was last changed.
pub const UPDATED: &str = "updated_at";

/// What a field of a register is called, or what stands in a field's place.
pub fn label(locale: Locale, form: Option<&Form>, name: &str) -> String {
    match name {
        CREATED => i18n::message(locale, "condition-created", &[]),
        UPDATED => i18n::message(locale, "condition-updated", &[]),
        _ => form
            .and_then(|form| form.field(name))
            .map_or_else(|| name.to_owned(), |field| field.label.get(locale).clone()),
    }
}

/// How the records of a set were chosen, in a sentence: `部门 是 华东销售部 且 建立日期 早于 2026-01-01`.
pub fn sentence(locale: Locale, directory: &Directory, form: Option<&Form>, chosen: &ChosenShown) -> String {
    let telling = Telling { locale, directory, form };
    match chosen {
        ChosenShown::Ids => telling.say("chosen-ids", &[]),
        ChosenShown::Where(tests) if tests.is_empty() => telling.say("chosen-everything", &[]),
        ChosenShown::Where(tests) => {
            let told: Vec<String> = tests.iter().map(|test| telling.test(test)).collect();
            told.join(&telling.say("chosen-and", &[]))
        }
    }
}

struct Telling<'a> {
    locale: Locale,
    directory: &'a Directory,
    form: Option<&'a Form>,
}

impl Telling<'_> {
    fn say(&self, id: &str, arguments: &i18n::Arguments<'_>) -> String {
        i18n::message(self.locale, id, arguments)
    }

    fn test(&self, test: &TestShown) -> String {
        let TestShown::Shown { field, relation, values } = test else { return self.say("chosen-hidden", &[]) };
        let known = self.form.and_then(|form| form.field(field));
        let told: Vec<String> = values.iter().map(|cell| self.value(known, cell)).collect();
        let value = |at: usize| told.get(at).cloned().unwrap_or_default();
        let days = known.is_none_or(|field| matches!(field.kind, FieldKind::Date));
        let id = match (relation, days) {
            (Relation::Is, _) => "chosen-is",
            (Relation::IsNot, _) => "chosen-is-not",
            (Relation::In, _) => "chosen-in",
            (Relation::Before, true) => "chosen-before-day",
            (Relation::Before, false) => "chosen-below",
            (Relation::After, true) => "chosen-after-day",
            (Relation::After, false) => "chosen-above",
            (Relation::Between, _) => "chosen-between",
            (Relation::Empty, _) => "chosen-empty",
            (Relation::Last4, _) => "chosen-last4",
            (Relation::StartsWith, _) => "chosen-starts-with",
        };
        let arguments = [
            ("field", label(self.locale, self.form, field).into()),
            ("value", if *relation == Relation::In { joined(self.locale, &told) } else { value(0) }.into()),
            ("until", value(1).into()),
        ];
        self.say(id, &arguments)
    }

    fn value(&self, field: Option<&Field>, cell: &Cell) -> String {
        match cell {
            Cell::Clear(value) => {
                let kind = field.map_or(&FieldKind::Date, |field| &field.kind);
                values::text(self.locale, self.directory, kind, value)
            }
            Cell::Masked { text, .. } => text.clone(),
            Cell::Hidden => self.say("case-hidden", &[]),
            Cell::Empty => values::text(self.locale, self.directory, &FieldKind::Text, &Value::Empty),
        }
    }
}
