//! Values of fields as people read them.

use definition::{
    model::{Field, FieldKind, Form},
    people::Directory,
    period::{Period, Unit},
    value::Value,
};

use super::{cases::joined, people};
use crate::i18n::{self, FluentValue, Locale, format};

/// A value as it is read; of a table, a set or a choice of fields only how much there is.
pub fn text(locale: Locale, directory: &Directory, kind: &FieldKind, value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Bool(true) => i18n::message(locale, "field-yes", &[]),
        Value::Bool(false) => i18n::message(locale, "field-no", &[]),
        Value::Number(number) => format::grouped(&number.normalize().to_string()),
        Value::Text(text) => choice(locale, kind, text).unwrap_or_else(|| text.clone()),
        Value::Date(day) => day.to_string(),
        Value::Moment(at) => at.to_rfc3339(),
        Value::Level(level) => level.to_string(),
        Value::Person(login) => people::name(directory, login),
        Value::Department(id) => {
            let department = directory.department(id.as_str());
            department.map_or_else(|| id.to_string(), |department| department.title.get(locale).clone())
        }
        Value::Records(set) => format::grouped(&set.count.to_string()),
        Value::Picks(picks) => picks.len().to_string(),
        Value::List(rows) => i18n::message(locale, "value-rows", &[("count", FluentValue::from(rows.len()))]),
        Value::Map(_) => i18n::message(locale, "value-rows", &[("count", FluentValue::from(1))]),
    }
}

/// The cells of a table's rows, in the order of its columns.
pub fn rows(locale: Locale, directory: &Directory, columns: &[Field], rows: &[Value]) -> Vec<Vec<String>> {
    let cell = |row: &Value, column: &Field| match row {
        Value::Map(cells) => cells
            .get(column.name.as_str())
            .map(|value| text(locale, directory, &column.kind, value))
            .unwrap_or_default(),
        Value::Empty
        | Value::Bool(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Level(_)
        | Value::Person(_)
        | Value::Department(_)
        | Value::Records(_)
        | Value::Picks(_)
        | Value::List(_) => String::new(),
    };
    rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect()
}

/// The names of fields, as the language writes lists.
pub fn labels<'a>(locale: Locale, form: Option<&Form>, names: impl Iterator<Item = &'a str>) -> String {
    let label = |name: &str| {
        let field = form.and_then(|form| form.field(name));
        field.map_or_else(|| name.to_owned(), |field| field.label.get(locale).clone())
    };
    joined(locale, &names.map(label).collect::<Vec<_>>())
}

/// A length of time as a definition gives it.
pub fn period(locale: Locale, period: Period) -> String {
    let id = match period.unit {
        Unit::Seconds => "period-seconds",
        Unit::Minutes => "period-minutes",
        Unit::Hours => "period-hours",
        Unit::Days => "period-days",
        Unit::Months => "period-months",
        Unit::WorkingHours => "period-working-hours",
        Unit::WorkingDays => "period-working-days",
    };
    i18n::message(locale, id, &[("count", FluentValue::from(period.amount))])
}

fn choice(locale: Locale, kind: &FieldKind, value: &str) -> Option<String> {
    let FieldKind::Choice(options) = kind else { return None };
    options.iter().find(|option| option.value == value).map(|option| option.label.get(locale).clone())
}
