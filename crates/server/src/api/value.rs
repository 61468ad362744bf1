//! Values as JSON: what a program reads, and may send again.

use definition::{
    model::{Field, Form},
    text::Locale,
    value::Value,
};
use runtime::cases::{Cell, FieldShown};
use serde::Serialize;
use serde_json::{Value as Json, json};
use utoipa::ToSchema;

/// A field as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldDocument {
    /// Its name.
    pub name: String,
    /// What people call it, in the caller's language.
    pub label: String,
    /// How protected it is: `L0` to `L3`.
    pub level: &'static str,
    /// What the caller sees of it.
    #[serde(flatten)]
    pub cell: CellDocument,
}

/// What the caller sees of a value.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "shown")]
pub enum CellDocument {
    /// The value.
    Clear {
        /// The value; numbers are texts so that none loses a digit.
        value: Json,
    },
    /// Its mask.
    Masked {
        /// The mask.
        text: String,
        /// Whether the caller may ask for the value.
        revealable: bool,
    },
    /// Nothing, not even whether there is a value.
    Hidden,
    /// Nothing was entered.
    Empty,
}

impl CellDocument {
    /// What the caller sees.
    pub fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Clear(value) => Self::Clear { value: json_of(value) },
            Cell::Masked { text, revealable } => Self::Masked { text: text.clone(), revealable: *revealable },
            Cell::Hidden => Self::Hidden,
            Cell::Empty => Self::Empty,
        }
    }
}

/// The fields of a form as the caller may see them.
pub fn fields(locale: Locale, form: &Form, shown: &[FieldShown]) -> Vec<FieldDocument> {
    let one = |shown: &FieldShown| {
        let field: Option<&Field> = form.field(shown.name.as_str());
        FieldDocument {
            name: shown.name.to_string(),
            label: field.map(|field| field.label.get(locale).clone()).unwrap_or_default(),
            level: field.map(|field| field.sensitivity).unwrap_or_default().as_str(),
            cell: CellDocument::of(&shown.cell),
        }
    };
    shown.iter().map(one).collect()
}

/// A value as JSON.
pub fn json_of(value: &Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Bool(answer) => json!(answer),
        Value::Number(number) => json!(number.to_string()),
        Value::Text(text) => json!(text),
        Value::Date(day) => json!(day.to_string()),
        Value::Moment(moment) => json!(moment),
        Value::Level(level) => json!(level.as_str()),
        Value::Person(login) => json!(login),
        Value::Department(department) => json!(department),
        Value::Records(set) => json!({ "register": set.register, "count": set.count, "digest": set.digest }),
        Value::Picks(picks) => {
            let one = |pick: &definition::value::FieldPick| json!({ "name": pick.name, "masked": pick.masked, "level": pick.level.as_str() });
            Json::Array(picks.iter().map(one).collect())
        }
        Value::List(values) => Json::Array(values.iter().map(json_of).collect()),
        Value::Map(values) => values.iter().map(|(name, value)| (name.clone(), json_of(value))).collect(),
    }
}
