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
    /// When they are away, and who does their work then; as brought in before if absent.
    pub(crate) away: Option<OneOrSeveral>,
}

/// One absence, or several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OneOrSeveral {
    /// One.
    One(Absence),
    /// Several.
    Several(Vec<Absence>),
}

/// A time in which somebody is away and another does their work.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Absence {
    /// The first day: 2026-12-01.
    pub(crate) from: String,
    /// The last day.
    pub(crate) until: String,
    /// Who does their work, by login.
    pub(crate) deputy: String,
    /// Of which workflows; of all if absent.
    pub(crate) processes: Option<Vec<String>>,
    /// The highest level that the work may ask for: L0 to L3; any if absent.
    pub(crate) up_to: Option<String>,
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
