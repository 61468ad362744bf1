//! The processes that a caller may start, with the fields that each asks for.

use axum::Json;
use definition::{
    model::{Field, FieldKind, FieldValues},
    text::Locale,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::{caller::Caller, paging::Items, value::json_of},
    http::problem::Problem,
};

/// A process that the caller may start.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcessDocument {
    /// Its id.
    pub id: String,
    /// What people call it, in the caller's language.
    pub title: String,
    /// A line of help.
    pub help: Option<String>,
    /// Its version that is live.
    pub version: u32,
    /// What it asks for.
    pub fields: Vec<FieldAsked>,
}

/// A field that is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldAsked {
    /// Its name.
    pub name: String,
    /// Its type in the definition: `text multiline number … records register_fields`.
    pub r#type: &'static str,
    /// What people call it.
    pub label: String,
    /// A line of help.
    pub help: Option<String>,
    /// How protected it is.
    pub level: &'static str,
    /// Whether it must, or under a condition must, be filled in.
    pub required: bool,
    /// What may be chosen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionDocument>,
    /// The register that it selects from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// The columns of a table.
    #[schema(no_recursion)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<FieldAsked>,
    /// Its first value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<serde_json::Value>,
}

/// Something that may be chosen.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionDocument {
    /// What is kept.
    pub value: String,
    /// What people see.
    pub label: String,
}

/// The processes that the caller may start.
#[utoipa::path(get, path = "/processes", tag = "cases", responses(
    (status = 200, description = "The processes", body = Items<ProcessDocument>)))]
pub async fn list(caller: Caller) -> Result<Json<Items<ProcessDocument>>, Problem> {
    let locale = caller.reading.locale;
    let mut items = Vec::new();
    for plan in caller.application().startable(&caller.viewer) {
        let defaults = caller.application().fresh_values(&caller.viewer, &plan.form)?;
        items.push(ProcessDocument {
            id: plan.process.id.to_string(),
            title: plan.process.title.get(locale).clone(),
            help: plan.process.help.as_ref().map(|help| help.get(locale).clone()),
            version: plan.version,
            fields: plan.form.fields.iter().map(|field| asked(locale, field, &defaults)).collect(),
        });
    }
    Ok(Json(Items::all(items)))
}

fn asked(locale: Locale, field: &Field, defaults: &FieldValues) -> FieldAsked {
    let none = FieldValues::new();
    let (options, columns) = match &field.kind {
        FieldKind::Choice(options) => (options.as_slice(), [].as_slice()),
        FieldKind::Table(columns) => ([].as_slice(), columns.as_slice()),
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::YesNo
        | FieldKind::Date
        | FieldKind::Mobile
        | FieldKind::CnResidentId
        | FieldKind::BankCard
        | FieldKind::Person
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => ([].as_slice(), [].as_slice()),
    };
    let option = |choice: &definition::model::Choice| OptionDocument {
        value: choice.value.clone(),
        label: choice.label.get(locale).clone(),
    };
    FieldAsked {
        name: field.name.to_string(),
        r#type: field.kind.as_str(),
        label: field.label.get(locale).clone(),
        help: field.help.as_ref().map(|help| help.get(locale).clone()),
        level: field.sensitivity.as_str(),
        required: field.required.is_some(),
        options: options.iter().map(option).collect(),
        register: field.kind.register().map(ToString::to_string),
        columns: columns.iter().map(|column| asked(locale, column, &none)).collect(),
        default: defaults.get(&field.name).map(json_of).filter(|value| !value.is_null()),
    }
}
