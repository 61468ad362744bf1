//! One record: its values as one person may see them, and who saw and changed what.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{LevelTag, Person, case::Control, customers::RecordCell, form::FormField, timeline::Day};
use crate::template::{Page, Place};

/// One record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordPage {
    /// The register, which all addresses are made of.
    pub form: String,
    /// The register's name.
    pub register: String,
    /// Its id.
    pub id: String,
    /// What it is called, as this person may see it.
    pub title: String,
    /// Whose it is.
    pub owner: Option<Person>,
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it was changed last.
    pub changed: DateTime<Utc>,
    /// Its values.
    pub fields: Vec<RecordField>,
    /// To change it.
    pub edit: Control,
    /// Who saw and changed what, by day, oldest first.
    pub history: Vec<Day>,
    /// Earlier entries that are not shown.
    pub history_earlier: Option<String>,
    /// Who looks, and when: drawn over everything.
    pub watermark: Option<String>,
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "record.html";
    const PLACE: Place = Place::Registers;
}

/// A value of a record.
#[derive(Debug, Clone, Serialize)]
pub struct RecordField {
    /// The field's name.
    pub label: String,
    /// Its level, above public.
    pub level: Option<LevelTag>,
    /// The value, as this person may see it.
    pub value: RecordCell,
}

/// A record being changed.
#[derive(Debug, Clone, Serialize)]
pub struct EditRecordPage {
    /// The register, which the form's address is made of.
    pub form: String,
    /// The register's name.
    pub register: String,
    /// The record's id.
    pub id: String,
    /// What it is called, as this person may see it.
    pub title: String,
    /// The revision the person looks at; a change of another is refused.
    pub revision: u64,
    /// The fields this person may change.
    pub fields: Vec<FormField>,
    /// How many of them need mending.
    pub problems: u64,
}

impl Page for EditRecordPage {
    const TEMPLATE: &'static str = "record-edit.html";
    const PLACE: Place = Place::Registers;
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/record.rs"]
pub mod samples;
