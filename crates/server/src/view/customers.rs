//! A register as a table, a new record, and the look behind a mask.
//!
//! Nothing that could be a customer's is ever part of an address: a search is posted, pages are turned by record ids.

use serde::Serialize;

use super::{
    LevelTag,
    case::{Refusal, SecondFactor},
    form::{Choice, FormField},
};
use crate::template::{Page, Place};

/// A register as a table.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterPage {
    /// The form, which all addresses are made of.
    pub form: String,
    /// Its name.
    pub title: String,
    /// How many records this person may see.
    pub visible: u64,
    /// To add a record.
    pub may_create: bool,
    /// Where an export is asked for, if this person may.
    pub request_export: Option<String>,
    /// What was searched for, shown once in the answer to the search.
    pub search: String,
    /// What can be searched for, in words.
    pub searchable: Vec<String>,
    /// Narrower views.
    pub filters: Vec<Filter>,
    /// Column heads.
    pub columns: Vec<Head>,
    /// Records.
    pub rows: Vec<RecordRow>,
    /// Where in the register this page is.
    pub pager: Pager,
    /// Why there is no row.
    pub empty: Option<Empty>,
    /// Who looks, and when: drawn over everything.
    pub watermark: Option<String>,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "customers.html";
    const PLACE: Place = Place::Registers;
}

/// A choice that narrows the table.
#[derive(Debug, Clone, Serialize)]
pub struct Filter {
    /// Its name in the address.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// What is chosen.
    pub value: String,
    /// What there is; the first is "all".
    pub options: Vec<Choice>,
}

/// The head of a column.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// The field's name for people.
    pub label: String,
    /// Its level, above public.
    pub level: Option<LevelTag>,
    /// Numbers and days stand to the right.
    pub right: bool,
    /// The table is sorted by it, the newest first.
    pub sorted: bool,
}

/// A record in the table.
#[derive(Debug, Clone, Serialize)]
pub struct RecordRow {
    /// Its address.
    pub url: String,
    /// What it is called, as this person may see it.
    pub title: String,
    /// Its other values, as many as there are heads less one.
    pub cells: Vec<RecordCell>,
}

/// A value of a record, for one person's eyes.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecordCell {
    /// In clear.
    Clear {
        /// It.
        text: String,
    },
    /// Only its mask.
    Masked {
        /// The mask.
        text: String,
        /// Where a look behind it is asked for, if this person may.
        reveal: Option<String>,
        /// The field's name, for readers.
        field: String,
    },
    /// In clear for a while.
    Shown {
        /// It.
        text: String,
        /// How long still.
        seconds: u64,
        /// The mask that comes back.
        mask: String,
    },
    /// Rows of columns, in clear.
    Rows {
        /// Column heads.
        columns: Vec<String>,
        /// Cells.
        rows: Vec<Vec<String>>,
    },
    /// Not for this person.
    Hidden,
    /// There is none.
    Empty,
}

/// Where in a list a page is. Pages are turned by keys, so that rows neither repeat nor vanish when others are added.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// The first row's position.
    pub from: u64,
    /// The last row's position.
    pub to: u64,
    /// How many rows there are, if they were counted.
    pub total: Option<u64>,
    /// Towards the newer.
    pub newer: Option<String>,
    /// Towards the older.
    pub older: Option<String>,
}

/// Why a table has no row.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Empty {
    /// There is no record yet.
    NoRecords,
    /// None matches.
    NoMatch {
        /// The filter to try without, if there is one.
        without: Option<String>,
        /// Where that leads.
        url: String,
    },
    /// None that this person may see.
    NothingAllowed {
        /// How many there are.
        count: u64,
    },
}

/// A record being added.
#[derive(Debug, Clone, Serialize)]
pub struct NewRecordPage {
    /// The register, which the form's address is made of.
    pub form: String,
    /// The register's name.
    pub title: String,
    /// The fields this person may fill in.
    pub fields: Vec<FormField>,
    /// How many of them need mending.
    pub problems: u64,
    /// Given when the page is rendered: the same token adds one record only.
    pub token: String,
}

impl Page for NewRecordPage {
    const TEMPLATE: &'static str = "customers-new.html";
    const PLACE: Place = Place::Registers;
}

/// A look behind a mask being asked for.
#[derive(Debug, Clone, Serialize)]
pub struct RevealPage {
    /// Where it is asked: the form's own address.
    pub action: String,
    /// Where "cancel" leads.
    pub back: String,
    /// The record's name, as this person may see it.
    pub record: String,
    /// The field's name.
    pub field: String,
    /// Its level.
    pub level: LevelTag,
    /// For how long.
    pub seconds: u64,
    /// The reason, where one is asked for.
    pub reason: Option<RevealReason>,
    /// The code, where one is asked for.
    pub second_factor: Option<SecondFactor>,
    /// Who can see that it was looked at.
    pub seen_by: String,
    /// Why it cannot be done.
    pub refused: Option<Refusal>,
}

impl Page for RevealPage {
    const TEMPLATE: &'static str = "customers-reveal.html";
    const PLACE: Place = Place::Registers;
}

/// The reason for a look.
#[derive(Debug, Clone, Serialize)]
pub struct RevealReason {
    /// What is chosen or written.
    pub value: String,
    /// It was left out.
    pub missing: bool,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/customers.rs"]
pub mod samples;

#[cfg(test)]
mod tests;
