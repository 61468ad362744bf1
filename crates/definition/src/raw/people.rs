//! `people.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;

/// People and departments, for tests, demos and import.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct People {
    /// The departments.
    #[serde(default)]
    pub(crate) departments: Vec<Department>,
    /// The people.
    #[serde(default)]
    pub(crate) people: Vec<Person>,
}

/// A department.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Department {
    /// Its name in definitions: sales-east.
    pub(crate) id: String,
    /// Its name for people.
    pub(crate) title: Text,
    /// Who heads it, by login.
    pub(crate) head: Option<String>,
    /// The department above.
    pub(crate) parent: Option<String>,
}

/// A person.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    /// Sign-in name: li.na.
    pub(crate) login: String,
    /// How they are called.
    pub(crate) name: String,
    /// Where they work.
    pub(crate) department: Option<String>,
    /// Whom they report to, by login.
    pub(crate) manager: Option<String>,
    /// The roles they hold.
    #[serde(default)]
    pub(crate) roles: Vec<String>,
    /// Whether they work here now; active if absent.
    pub(crate) status: Option<Status>,
}

/// Whether a person works here.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    /// Works here and may sign in.
    Active,
    /// Account closed for now.
    Disabled,
    /// Left the company.
    Left,
}
