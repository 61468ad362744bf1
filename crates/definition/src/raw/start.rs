//! `start` of a workflow.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Expression, form, workflow::Selector};

/// How a case begins: by exactly one of `form`, `api`, `schedule`, `cron`, `event`, `record` and `person`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Start {
    /// Somebody sends this request form.
    pub(crate) form: Option<String>,
    /// Who may send the form, or in whose name a program may ask.
    pub(crate) by: Option<Selector>,
    /// `true`: a program asks for it, through the API.
    pub(crate) api: Option<bool>,
    /// On certain days at a time.
    pub(crate) schedule: Option<Schedule>,
    /// Five fields, minutes first, on the clock of the workspace: 0 2 * * 1.
    pub(crate) cron: Option<String>,
    /// Something happened outside and a program says so.
    pub(crate) event: Option<EventStart>,
    /// A record was entered or changed.
    pub(crate) record: Option<RecordStart>,
    /// Somebody came, went elsewhere in the company, or left.
    pub(crate) person: Option<PersonStart>,
}

/// On certain days at a time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Schedule {
    /// Which days.
    pub(crate) every: Every,
    /// When, on the clock of the workspace: 02:00.
    pub(crate) at: String,
    /// Which day of the week (mon) or of the month (1 to 31, or last).
    pub(crate) on: Option<DayOf>,
}

/// Which days.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Every {
    /// Each.
    Day,
    /// Each that the working calendar has open.
    #[serde(rename = "working day")]
    WorkingDay,
    /// One of each week.
    Week,
    /// One of each month.
    Month,
}

/// A day of the week or of the month.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum DayOf {
    /// 1 to 31; a shorter month has it on its last day.
    Number(u32),
    /// mon to sun, or last.
    Word(String),
}

/// Something that happens outside.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum EventStart {
    /// Its name alone.
    Name(String),
    /// Its name, and what it brings.
    Full(Event),
}

/// An event and what it brings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    /// Its name: contract-signed.
    pub(crate) name: String,
    /// What it brings, as fields of a form; expressions call them event.FIELD.
    #[serde(default)]
    pub(crate) fields: Vec<form::Field>,
}

/// A record was entered or changed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordStart {
    /// The register.
    pub(crate) register: String,
    /// What happened.
    pub(crate) when: RecordChange,
    /// Only where this holds: record.FIELD.
    #[serde(rename = "if")]
    pub(crate) condition: Option<Expression>,
}

/// What happened to a record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecordChange {
    /// It was entered.
    Created,
    /// It was changed.
    Changed,
}

/// Somebody came, went elsewhere in the company, or left.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonStart {
    /// Which of these.
    pub(crate) when: PersonChange,
}

/// What happened to somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PersonChange {
    /// They came, or came back.
    Joined,
    /// Their department or manager is another.
    Moved,
    /// They left.
    Left,
}
