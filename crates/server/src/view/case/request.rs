//! What is asked, as one person may see it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::view::{LevelTag, Person};

/// A line of the request.
#[derive(Debug, Clone, Serialize)]
pub struct RequestRow {
    /// The field's name.
    pub label: String,
    /// Its level, above public.
    pub level: Option<LevelTag>,
    /// What was given.
    pub value: RequestValue,
}

/// What was given for a field.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RequestValue {
    /// A text, as it is to be read.
    Text {
        /// It.
        text: String,
    },
    /// A set of records.
    Records {
        /// How many.
        count: u64,
        /// Of what.
        register: String,
        /// How they were chosen, in words, where that was kept.
        chosen: Option<String>,
        /// The set as it was frozen.
        frozen: Option<Frozen>,
    },
    /// Rows of columns.
    Table {
        /// Column heads.
        columns: Vec<String>,
        /// Cells.
        rows: Vec<Vec<String>>,
    },
    /// Only its mask.
    Masked {
        /// The mask.
        text: String,
    },
    /// Not for this person.
    Hidden,
    /// Nothing was given.
    Empty,
}

/// A set that no longer changes.
#[derive(Debug, Clone, Serialize)]
pub struct Frozen {
    /// When.
    pub at: DateTime<Utc>,
    /// What it is recognised by, shortened for the eye.
    pub digest: String,
}

/// A field asked for.
#[derive(Debug, Clone, Serialize)]
pub struct PickedField {
    /// Its name.
    pub label: String,
    /// Its level.
    pub level: LevelTag,
    /// How it would be delivered.
    pub delivered: Delivered,
    /// How the first record looks.
    pub sample: Sample,
}

/// How a value is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivered {
    /// As it is.
    Clear,
    /// Its mask.
    Masked,
}

/// A value of the first record, for this person's eyes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Sample {
    /// As it is, or its mask.
    Shown {
        /// What to read.
        text: String,
    },
    /// Not for this person.
    Hidden,
    /// The first record has none.
    Empty,
}

/// What a step added.
#[derive(Debug, Clone, Serialize)]
pub struct Addition {
    /// The step.
    pub step: String,
    /// Who.
    pub who: Person,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub rows: Vec<RequestRow>,
}
