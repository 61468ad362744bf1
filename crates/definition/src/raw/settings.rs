//! `chancery.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Level, Text};

/// The settings of a workspace.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Workspace {
    /// The company's name.
    pub(crate) workspace: Text,
    /// The language of those who chose none.
    pub(crate) locale: Locale,
    /// Where the working day happens: Asia/Shanghai.
    pub(crate) timezone: String,
    /// The four levels: what each is called, and what it asks for.
    pub(crate) sensitivity: Levels,
    /// What each role may do. Who holds it is data, kept in the application.
    pub(crate) roles: BTreeMap<String, Role>,
    /// When the company works.
    pub(crate) calendar: Calendar,
}

/// A language that ships.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) enum Locale {
    /// Chinese.
    #[serde(rename = "zh-CN", alias = "zh")]
    ZhCn,
    /// English.
    #[serde(rename = "en")]
    En,
}

/// Exactly L0 to L3, from least to most protected.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(non_snake_case, reason = "the levels are called so in definitions")]
pub(crate) struct Levels {
    /// Public.
    pub(crate) L0: LevelRule,
    /// Basic personal data.
    pub(crate) L1: LevelRule,
    /// Identity and accounts.
    pub(crate) L2: LevelRule,
    /// The most protected.
    pub(crate) L3: LevelRule,
}

/// What a level is called and asks for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelRule {
    /// Its name for people.
    pub(crate) title: Text,
    /// What somebody below the clearance sees.
    pub(crate) others_see: Option<OthersSee>,
    /// If given, even the cleared see a mask until they reveal the value.
    pub(crate) reveal: Option<Reveal>,
}

/// What somebody below the clearance sees.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OthersSee {
    /// The mask.
    Masked,
    /// Nothing at all.
    Nothing,
    /// The value; L0 only.
    Clear,
}

/// What revealing a value asks for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reveal {
    /// Whether a reason must be given.
    pub(crate) reason: Option<Reason>,
    /// Whether a second factor must be given.
    pub(crate) second_factor: Option<bool>,
}

/// Whether a reason must be given.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    /// It must.
    Required,
    /// It may.
    Optional,
}

/// What those who hold a role may do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    /// Its name for people.
    pub(crate) title: Text,
    /// The highest level its holders see in clear.
    pub(crate) clearance: Level,
    /// Duties beyond seeing data.
    #[serde(default)]
    pub(crate) can: Vec<Capability>,
}

/// A duty that a role may carry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Capability {
    /// Build and publish forms and processes.
    Build,
    /// Keep people, departments and who holds which role.
    People,
    /// Change these settings.
    Settings,
    /// See and mend incidents.
    Incidents,
    /// Read the audit record.
    Audit,
}

/// When the company works.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calendar {
    /// Opening hours by weekday: `mon-fri: ["09:00-12:00", "13:00-18:00"]`.
    pub(crate) hours: BTreeMap<String, Vec<String>>,
    /// Days that are closed whatever their weekday: an iCalendar file, or a list of days.
    pub(crate) closed: Option<Days>,
    /// Days that are open whatever their weekday, with the usual weekday's hours: an iCalendar file, or a list of days.
    pub(crate) open: Option<Days>,
}

/// Days: an iCalendar file of the workspace, or a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Days {
    /// The file's path.
    File(String),
    /// The days, each as 2026-11-20.
    List(Vec<String>),
}
