//! Records as rows of a table: exactly the approved fields in their order, each in clear or as its mask.
//!
//! A field that is itself a table becomes one cell: `2026-01-02 1200.00; 2026-02-03 99.50`, its rows apart by `; `, its
//! columns in the form's order apart by a space. A person is written with name and login, an option by its label.

use chrono::NaiveDate;
use definition::{
    level::Level,
    model::{Field, FieldKind, Form},
    people::Directory,
    text::Locale,
    value::{FieldPick, Value},
};
use engine::event::ActionFailure;
use rust_decimal::Decimal;

use super::Failure;
use crate::records::{Opened, masked};

/// One record's cells.
pub type Row = Vec<Cell>;

/// One value as it is written.
#[derive(Clone, PartialEq)]
pub enum Cell {
    /// None.
    Empty,
    /// A text, whatever it looks like.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount of money.
    Money(Decimal),
    /// A day.
    Day(NaiveDate),
}

/// How records become rows.
pub struct Sheet<'a> {
    pub form: &'a Form,
    pub picks: &'a [FieldPick],
    pub directory: &'a Directory,
    pub locale: Locale,
}

impl Sheet<'_> {
    /// The columns' names for people.
    pub fn head(&self) -> Vec<String> {
        let label = |pick: &FieldPick| match self.form.field(pick.name.as_str()) {
            Some(field) => field.label.get(self.locale).clone(),
            None => pick.name.to_string(),
        };
        self.picks.iter().map(label).collect()
    }

    /// A record's row. A value that was kept at a higher level than was approved does not leave.
    pub fn row(&self, record: &Opened) -> Result<Row, Failure> {
        let not_as_approved = || Failure::for_good(ActionFailure::NotAsApproved);
        let cell = |pick: &FieldPick| {
            let field = self.form.field(pick.name.as_str()).ok_or_else(not_as_approved)?;
            let level = record.levels.get(&pick.name).copied().unwrap_or(Level::L0);
            match record.values.get(&pick.name) {
                None | Some(Value::Empty) => Ok(Cell::Empty),
                Some(value) if pick.masked => Ok(Cell::Text(masked(field, value))),
                Some(_) if level > pick.level => Err(not_as_approved()),
                Some(value) => Ok(self.clear(field, value)),
            }
        };
        self.picks.iter().map(cell).collect()
    }

    fn clear(&self, field: &Field, value: &Value) -> Cell {
        match (&field.kind, value) {
            (_, Value::Empty) => Cell::Empty,
            (FieldKind::Money, Value::Number(number)) => Cell::Money(*number),
            (_, Value::Number(number)) => Cell::Number(*number),
            (_, Value::Date(day)) => Cell::Day(*day),
            (FieldKind::Table(columns), Value::List(rows)) => Cell::Text(self.table(columns, rows)),
            (_, value) => Cell::Text(self.text(field, value)),
        }
    }

    fn table(&self, columns: &[Field], rows: &[Value]) -> String {
        let row = |row: &Value| {
            let Value::Map(cells) = row else { return String::new() };
            let cell = |column: &Field| cells.get(column.name.as_str()).map(|value| self.text(column, value));
            columns.iter().filter_map(cell).collect::<Vec<_>>().join(" ")
        };
        rows.iter().map(row).collect::<Vec<_>>().join("; ")
    }

    fn text(&self, field: &Field, value: &Value) -> String {
        match value {
            Value::Text(text) => {
                let options = if let FieldKind::Choice(options) = &field.kind { options.as_slice() } else { &[] };
                let chosen = options.iter().find(|option| option.value == *text);
                chosen.map_or_else(|| text.clone(), |option| option.label.get(self.locale).clone())
            }
            Value::Person(login) => match self.directory.person(login.as_str()) {
                Some(person) => format!("{} {login}", person.name),
                None => login.to_string(),
            },
            Value::Bool(answer) => answer.to_string(),
            Value::Number(number) if matches!(field.kind, FieldKind::Money) => money(*number),
            Value::Number(number) => number.normalize().to_string(),
            Value::Date(day) => day.to_string(),
            Value::Moment(moment) => moment.to_rfc3339(),
            Value::Level(level) => level.to_string(),
            Value::Department(department) => department.to_string(),
            // Sets, picks and nested rows are no fields of a register.
            Value::Empty | Value::Records(_) | Value::Picks(_) | Value::List(_) | Value::Map(_) => String::new(),
        }
    }
}

/// An amount with both its decimal places.
pub fn money(amount: Decimal) -> String {
    format!("{amount:.2}")
}
