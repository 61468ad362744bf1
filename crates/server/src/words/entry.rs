//! The fields of a record being added or changed: one control each, with what was typed and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use definition::{
    form_values::{Entered, EnteredValues, FieldProblem, ROWS_MAX, TEXT_LINE_CHARACTERS_MAX},
    id::FieldName,
    model::{Field, FieldKind},
    people::PersonStatus,
    value::Value,
};
use serde_json::{Map, Value as Json};

use super::{people, records::Writing, refusal};
use crate::{
    i18n,
    view::form::{Cell, Choice, Column, FieldControl, FormField, Keys, Problem},
};

/// Lines of a box for longer texts.
const LINES: u32 = 4;

/// What was posted, by the names of the controls.
pub type Posted = BTreeMap<String, String>;

/// How much of a field its person may see and change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Full,
    /// It may be overwritten; what is there stays behind this mask.
    Overwrite(String),
    /// Nothing but this is seen of it.
    Fixed(String),
}

/// A field with what was typed into it.
pub fn field(
    writing: &Writing<'_>,
    (field, reach): (&Field, &Reach),
    posted: &Posted,
    problems: &[FieldProblem],
) -> FormField {
    let locale = writing.reading.locale;
    let of_field = || problems.iter().filter(|problem| problem.field == field.name);
    let whole = of_field().find(|problem| problem.cell.is_none());
    FormField {
        name: field.name.to_string(),
        label: writing.label(field),
        help: field.help.as_ref().map(|help| help.get(locale).clone()),
        level: writing.level(field),
        optional: matches!(reach, Reach::Overwrite(_))
            || !field.required.as_ref().is_some_and(definition::expression::Expression::is_true),
        problem: whole.map(|problem| Problem::Said { text: refusal::complaint(locale, &problem.complaint) }),
        control: match reach {
            Reach::Fixed(text) => FieldControl::Fixed { text: text.clone() },
            Reach::Full => control(writing, field, posted, &of_field().collect::<Vec<_>>()),
            Reach::Overwrite(mask) => behind(control(writing, field, posted, &of_field().collect::<Vec<_>>()), mask),
        },
    }
}

/// What a value looks like in its control.
pub fn typed(field: &Field, value: &Value, into: &mut Posted) {
    let text = match value {
        Value::Bool(answer) => answer.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Person(login) => login.to_string(),
        Value::List(rows) => {
            let FieldKind::Table(columns) = &field.kind else { return };
            for (place, row) in rows.iter().enumerate() {
                let Value::Map(cells) = row else { continue };
                for column in columns {
                    let mut cell = Posted::new();
                    typed(column, cells.get(column.name.as_str()).unwrap_or(&Value::Empty), &mut cell);
                    let text = cell.remove(column.name.as_str()).unwrap_or_default();
                    into.insert(format!("{}.{place}.{}", field.name, column.name), text);
                }
            }
            return;
        }
        Value::Empty
        | Value::Moment(_)
        | Value::Level(_)
        | Value::Department(_)
        | Value::Records(_)
        | Value::Picks(_)
        | Value::Map(_) => return,
    };
    into.insert(field.name.to_string(), text);
}

/// What was posted as what is entered. A table behind a mask that nothing was typed into stays as it is.
pub fn entered<'f>(fields: impl IntoIterator<Item = (&'f Field, &'f Reach)>, posted: &Posted) -> EnteredValues {
    let mut entered = EnteredValues::new();
    for (field, reach) in fields {
        let is_fixed = matches!(reach, Reach::Fixed(_));
        match &field.kind {
            _ if is_fixed => {}
            FieldKind::Table(columns) => {
                let rows = rows(field, columns, posted);
                if rows.iter().any(is_typed) || *reach == Reach::Full {
                    entered.insert(field.name.to_string(), Entered::Raw(Json::Array(rows)));
                }
            }
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::YesNo
            | FieldKind::Choice(_)
            | FieldKind::Date
            | FieldKind::Mobile
            | FieldKind::CnResidentId
            | FieldKind::BankCard
            | FieldKind::Person
            | FieldKind::Records(_)
            | FieldKind::RegisterFields(_) => {
                if let Some(text) = posted.get(field.name.as_str()) {
                    entered.insert(field.name.to_string(), Entered::Raw(Json::String(text.clone())));
                }
            }
        }
    }
    entered
}

/// Adds an empty row to a table, or takes one away: `add:dealings`, `remove:dealings.0`. Whether it was such a wish.
pub fn reshape(wish: &str, posted: &mut Posted) -> bool {
    if let Some(table) = wish.strip_prefix("add:") {
        let next = places(table, posted).last().map_or(0, |last| last + 1);
        if next < ROWS_MAX {
            posted.insert(format!("{table}.{next}."), String::new());
        }
        return true;
    }
    let Some((table, place)) = wish.strip_prefix("remove:").and_then(|row| row.rsplit_once('.')) else { return false };
    let prefix = format!("{table}.{place}.");
    posted.retain(|name, _| !name.starts_with(&prefix));
    true
}

fn control(writing: &Writing<'_>, field: &Field, posted: &Posted, problems: &[&FieldProblem]) -> FieldControl {
    let locale = writing.reading.locale;
    let value = posted.get(field.name.as_str()).cloned().unwrap_or_default();
    let placeholder = field.placeholder.as_ref().map(|text| text.get(locale).clone());
    let line = |keys, length_max| FieldControl::Line {
        value: value.clone(),
        placeholder: placeholder.clone(),
        keys,
        length_max,
    };
    let bound = |bound: &Option<Value>| match bound {
        Some(Value::Date(day)) => Some(day.to_string()),
        Some(_) | None => None,
    };
    match &field.kind {
        FieldKind::Text => line(Keys::Text, Some(TEXT_LINE_CHARACTERS_MAX)),
        FieldKind::Mobile => line(Keys::Mobile, None),
        FieldKind::CnResidentId => line(Keys::Identity, None),
        FieldKind::BankCard => line(Keys::Card, None),
        FieldKind::Multiline => FieldControl::Lines { value, placeholder, rows: LINES },
        FieldKind::Number => FieldControl::Number { value, unit: None, decimals: true },
        FieldKind::Money => {
            FieldControl::Number { value, unit: Some(i18n::message(locale, "record-money-unit", &[])), decimals: true }
        }
        FieldKind::YesNo => FieldControl::YesNo { value: value.parse().ok() },
        FieldKind::Choice(options) => {
            let option = |one: &definition::model::Choice| Choice {
                value: one.value.clone(),
                label: one.label.get(locale).clone(),
            };
            FieldControl::Choice { value, options: options.iter().map(option).collect(), none: true }
        }
        FieldKind::Person => FieldControl::Choice { value, options: everybody(writing), none: true },
        FieldKind::Date => FieldControl::Date { value, min: bound(&field.min), max: bound(&field.max) },
        FieldKind::Table(columns) => table(writing, (field, columns), posted, problems),
        FieldKind::Records(_) | FieldKind::RegisterFields(_) => FieldControl::Fixed { text: value },
    }
}

fn behind(control: FieldControl, mask: &str) -> FieldControl {
    let mask = (!mask.is_empty()).then(|| mask.to_owned());
    match control {
        FieldControl::Line { value, keys, length_max, .. } => {
            FieldControl::Line { value, placeholder: mask, keys, length_max }
        }
        FieldControl::Lines { value, rows, .. } => FieldControl::Lines { value, placeholder: mask, rows },
        other @ (FieldControl::Number { .. }
        | FieldControl::YesNo { .. }
        | FieldControl::Choice { .. }
        | FieldControl::Date { .. }
        | FieldControl::Table { .. }
        | FieldControl::Records(_)
        | FieldControl::RegisterFields { .. }
        | FieldControl::Fixed { .. }) => other,
    }
}

/// Everybody who works here, by name.
fn everybody(writing: &Writing<'_>) -> Vec<Choice> {
    let working = writing.directory.people().filter(|person| person.status == PersonStatus::Active);
    let choice = |person: &definition::people::Person| {
        let shown = people::person(writing.reading.locale, writing.directory, &person.login);
        let label = match shown.note {
            Some(note) => format!("{} \u{b7} {note}", shown.name),
            None => shown.name,
        };
        Choice { value: person.login.to_string(), label }
    };
    let mut choices: Vec<Choice> = working.map(choice).collect();
    choices.sort_by(|left, right| left.label.cmp(&right.label));
    choices
}

fn table(
    writing: &Writing<'_>,
    (field, columns): (&Field, &[Field]),
    posted: &Posted,
    problems: &[&FieldProblem],
) -> FieldControl {
    let of_cell = |number: usize, column: &FieldName| {
        let found = problems.iter().find(|problem| problem.cell == Some((number, Some(column.clone()))));
        found.map(|problem| Problem::Said { text: refusal::complaint(writing.reading.locale, &problem.complaint) })
    };
    let row = |(number, place): (usize, usize)| {
        let cell = |column: &Field| {
            let typed = posted.get(&format!("{}.{place}.{}", field.name, column.name)).cloned().unwrap_or_default();
            let name = format!("{}.{}.{}", field.name, number - 1, column.name);
            Cell { name, value: typed, problem: of_cell(number, &column.name) }
        };
        columns.iter().map(cell).collect::<Vec<_>>()
    };
    let column = |column: &Field| Column {
        label: writing.label(column),
        number: matches!(column.kind, FieldKind::Number | FieldKind::Money),
        date: matches!(column.kind, FieldKind::Date),
    };
    FieldControl::Table {
        columns: columns.iter().map(column).collect(),
        rows: (1..).zip(places(field.name.as_str(), posted)).map(row).collect(),
    }
}

/// The rows of a table, in order.
fn rows(field: &Field, columns: &[Field], posted: &Posted) -> Vec<Json> {
    let row = |place: usize| {
        let cell = |column: &Field| {
            let typed = posted.get(&format!("{}.{place}.{}", field.name, column.name)).cloned().unwrap_or_default();
            (column.name.to_string(), Json::String(typed))
        };
        columns.iter().map(cell).collect::<Map<String, Json>>()
    };
    places(field.name.as_str(), posted).into_iter().map(row).map(Json::Object).collect()
}

fn is_typed(row: &Json) -> bool {
    let cells = row.as_object().into_iter().flat_map(Map::values);
    cells.filter_map(Json::as_str).any(|text| !text.trim().is_empty())
}

/// The places of a table's rows among what was posted.
fn places(table: &str, posted: &Posted) -> BTreeSet<usize> {
    let prefix = format!("{table}.");
    let place = |name: &String| name.strip_prefix(&prefix)?.split('.').next()?.parse().ok();
    posted.keys().filter_map(place).filter(|place| *place < ROWS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::{Posted, places, reshape};

    fn posted(names: &[&str]) -> Posted {
        names.iter().map(|name| ((*name).to_owned(), "1".to_owned())).collect()
    }

    #[test]
    fn a_row_is_added_at_the_end_and_taken_away_where_it_is() {
        let mut typed = posted(&["name", "dealings.0.day", "dealings.2.day", "other.5.day"]);
        assert!(reshape("add:dealings", &mut typed));
        assert_eq!(places("dealings", &typed).into_iter().collect::<Vec<_>>(), [0, 2, 3]);
        assert!(reshape("remove:dealings.2", &mut typed));
        assert_eq!(places("dealings", &typed).into_iter().collect::<Vec<_>>(), [0, 3]);
        assert_eq!(typed.get("other.5.day").map(String::as_str), Some("1"));
        assert!(!reshape("save", &mut typed));
    }
}
