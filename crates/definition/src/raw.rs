//! Definition files as serde sees them: wide structs, one per mapping, with what editors show as their description.
//!
//! The JSON Schemas come from here ([`crate::schema`]). What a file means is read from the spanned tree instead, since
//! serde stops at its first error and keeps no positions; a test holds the keys of both together.

#![expect(dead_code, reason = "serde and schemars read the fields, nobody else does")]
#![expect(clippy::struct_field_names, reason = "a file begins with the key that says what it is")]

pub(crate) mod control;
pub(crate) mod form;
pub(crate) mod people;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod workflow;

use schemars::JsonSchema;
use serde::Deserialize;

/// Text for people: one text, or one per language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Text {
    /// The same in every language.
    Same(String),
    /// One per language.
    PerLocale(TextPerLocale),
}

/// One text per language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextPerLocale {
    /// Chinese; serves zh-CN.
    pub(crate) zh: Option<String>,
    /// Chinese as written on the mainland.
    #[serde(rename = "zh-CN")]
    pub(crate) zh_cn: Option<String>,
    /// English.
    pub(crate) en: Option<String>,
}

/// An expression: a number or a boolean stands for itself, a string is read as an expression. A text is `'"so"'`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Expression {
    /// `true` or `false`.
    YesNo(bool),
    /// A number.
    Number(serde_json::Number),
    /// An expression.
    Source(String),
}

/// One of the four levels, from least to most protected.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) enum Level {
    /// Public.
    L0,
    /// Basic personal data.
    L1,
    /// Identity and accounts.
    L2,
    /// The most protected.
    L3,
}

/// A word or a number, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Word {
    /// A number.
    Number(serde_json::Number),
    /// A word.
    Text(String),
}
