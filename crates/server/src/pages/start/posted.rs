//! What a browser posts of a form, as a draft: still text, each field in its own shape, ready to be shown again.
//!
//! Names are flat: `purpose`, `dealings.0.day`, `records.where.0.op`, `fields.mobile`. A draft becomes the request that the
//! runtime reads, in [`Draft::values`] alone.

use std::collections::BTreeMap;

use definition::{
    model::{FieldKind, FieldValues, Form},
    value::Value,
};
use serde_json::{Value as Json, json};

use crate::view::form::Pick;

#[cfg(test)]
mod tests;

/// The most rows of a table and conditions of a set that are read back; the operations have stricter limits of their own.
const ROWS_MAX: usize = 500;

/// A form as it was filled in so far, by field name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft(pub BTreeMap<String, Filled>);

/// What was filled into one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filled {
    /// One text.
    Text(String),
    /// The cells of each row, by column.
    Rows(Vec<BTreeMap<String, String>>),
    /// Conditions that all must hold.
    Where(Vec<Condition>),
    /// Fields of a register, in the order of the page: the file's columns follow it.
    Picks(Vec<(String, Pick)>),
}

/// One condition of a set of records, as it was filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// The field.
    pub field: String,
    /// The relation.
    pub op: String,
    /// What it is compared with.
    pub value: String,
    /// The other end.
    pub value2: String,
}

/// What a pressed button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// To send the request.
    Submit,
    /// To see what it would come to.
    Refresh,
    /// A row of a table, or a condition `records.where`, more.
    Add(String),
    /// A row `dealings.0` or a condition `records.where.0` less.
    Remove(String),
    /// The first records of a set.
    Sample(String),
    /// The masks of these fields instead of their values.
    Mask(Vec<String>),
}

impl Press {
    /// Reads the value of a button named `do`; without one the form is only looked at again.
    pub fn read(posted: &[(String, String)]) -> Self {
        let pressed = posted.iter().rev().find(|(name, _)| name == "do").map_or("refresh", |(_, value)| value);
        match pressed.split_once(':') {
            Some(("add", what)) => Self::Add(what.to_owned()),
            Some(("remove", what)) => Self::Remove(what.to_owned()),
            Some(("sample", what)) => Self::Sample(what.to_owned()),
            Some(("mask", what)) => Self::Mask(what.split(',').map(str::to_owned).collect()),
            None if pressed == "submit" => Self::Submit,
            Some(_) | None => Self::Refresh,
        }
    }
}

/// One posted text by name; the last one counts.
pub fn text<'a>(posted: &'a [(String, String)], name: &str) -> &'a str {
    posted.iter().rev().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

impl Draft {
    /// Reads a posted form. A name that no field has is left out; what is wrong with a value is not this one's to say.
    pub fn read(form: &Form, posted: &[(String, String)]) -> Self {
        let read = |field: &definition::model::Field| {
            let name = field.name.as_str();
            let filled = match &field.kind {
                FieldKind::Table(_) => Filled::Rows(places(posted, name)),
                FieldKind::Records(_) => {
                    Filled::Where(places(posted, &format!("{name}.where")).into_iter().map(Condition::of).collect())
                }
                FieldKind::RegisterFields(_) => Filled::Picks(picks(posted, name)),
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
                | FieldKind::Person => Filled::Text(text(posted, name).to_owned()),
            };
            (name.to_owned(), filled)
        };
        Self(form.fields.iter().map(read).collect())
    }

    /// A fresh form: what its definition fills in beforehand.
    pub fn fresh(form: &Form, values: &FieldValues) -> Self {
        let mut draft = Self::read(form, &[]);
        for (name, value) in values {
            if let Some(Filled::Text(text)) = draft.0.get_mut(name.as_str()) {
                *text = plain(value);
            }
        }
        draft
    }

    /// Does what a button asks of the form itself.
    pub fn press(&mut self, press: &Press) {
        match press {
            Press::Submit | Press::Refresh | Press::Sample(_) => {}
            Press::Add(what) => match self.0.get_mut(what.strip_suffix(".where").unwrap_or(what)) {
                Some(Filled::Rows(rows)) => rows.push(BTreeMap::new()),
                Some(Filled::Where(conditions)) => conditions.push(Condition::default()),
                Some(Filled::Text(_) | Filled::Picks(_)) | None => {}
            },
            Press::Remove(what) => {
                let Some((of, place)) = what.rsplit_once('.') else { return };
                let Ok(place) = place.parse::<usize>() else { return };
                match self.0.get_mut(of.strip_suffix(".where").unwrap_or(of)) {
                    Some(Filled::Rows(rows)) if place < rows.len() => drop(rows.remove(place)),
                    Some(Filled::Where(conditions)) if place < conditions.len() => drop(conditions.remove(place)),
                    Some(_) | None => {}
                }
            }
            Press::Mask(fields) => {
                for filled in self.0.values_mut() {
                    let Filled::Picks(picks) = filled else { continue };
                    for (name, pick) in picks {
                        if *pick == Pick::Clear && fields.contains(name) {
                            *pick = Pick::Masked;
                        }
                    }
                }
            }
        }
    }

    /// The request as the runtime reads it.
    pub fn values(&self) -> BTreeMap<String, Json> {
        let value = |filled: &Filled| match filled {
            Filled::Text(text) => Json::from(text.as_str()),
            Filled::Rows(rows) => {
                let written = |row: &&BTreeMap<String, String>| row.values().any(|cell| !cell.trim().is_empty());
                Json::from(rows.iter().filter(written).map(|row| json!(row)).collect::<Vec<_>>())
            }
            Filled::Where(conditions) => selection(conditions),
            Filled::Picks(picks) => Json::from(picks.iter().filter_map(wanted).collect::<Vec<_>>()),
        };
        self.0.iter().map(|(name, filled)| (name.clone(), value(filled))).collect()
    }
}

/// The conditions of a set as the runtime reads them.
pub fn selection(conditions: &[Condition]) -> Json {
    let test = |condition: &Condition| {
        let mut test = json!({ "field": condition.field, "op": condition.op, "value": condition.value });
        if condition.op == "between" {
            test["value2"] = Json::from(condition.value2.as_str());
        }
        test
    };
    json!({ "where": conditions.iter().map(test).collect::<Vec<_>>() })
}

fn wanted((name, pick): &(String, Pick)) -> Option<Json> {
    match pick {
        Pick::None => None,
        Pick::Clear => Some(json!({ "name": name, "masked": false })),
        Pick::Masked => Some(json!({ "name": name, "masked": true })),
    }
}

impl Condition {
    fn of(mut parts: BTreeMap<String, String>) -> Self {
        let mut take = |name: &str| parts.remove(name).unwrap_or_default();
        Self { field: take("field"), op: take("op"), value: take("value"), value2: take("value2") }
    }
}

/// `NAME.0.day`, `NAME.2.day` …: the parts of each place, in the order of the places.
fn places(posted: &[(String, String)], name: &str) -> Vec<BTreeMap<String, String>> {
    let mut found: BTreeMap<usize, BTreeMap<String, String>> = BTreeMap::new();
    for (key, value) in posted {
        let Some((place, part)) = key.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')?.split_once('.'))
        else {
            continue;
        };
        let Ok(place) = place.parse::<usize>() else { continue };
        if found.len() < ROWS_MAX || found.contains_key(&place) {
            found.entry(place).or_default().insert(part.to_owned(), value.clone());
        }
    }
    found.into_values().collect()
}

fn picks(posted: &[(String, String)], name: &str) -> Vec<(String, Pick)> {
    let read = |(key, value): &(String, String)| {
        let field = key.strip_prefix(name)?.strip_prefix('.')?;
        let pick = match value.as_str() {
            "clear" => Pick::Clear,
            "masked" => Pick::Masked,
            _ => Pick::None,
        };
        Some((field.to_owned(), pick))
    };
    posted.iter().filter_map(read).collect()
}

/// A value as its control takes it.
fn plain(value: &Value) -> String {
    match value {
        Value::Bool(answer) => answer.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(day) => day.to_string(),
        Value::Person(login) => login.to_string(),
        Value::Department(department) => department.to_string(),
        Value::Empty
        | Value::Moment(_)
        | Value::Level(_)
        | Value::Records(_)
        | Value::Picks(_)
        | Value::List(_)
        | Value::Map(_) => String::new(),
    }
}
