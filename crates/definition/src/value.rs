//! A value of a field or of an expression.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    id::{DepartmentId, FieldName, FormId, Login},
    level::Level,
};

/// What a field holds or an expression yields. Its `Debug` shows personal values: never log one.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Value {
    /// Nothing was entered.
    #[default]
    Empty,
    /// Yes or no.
    Bool(bool),
    /// An exact number; money is a number of the currency's main unit.
    Number(Decimal),
    /// Text, a choice, a number that is written rather than counted (mobile, card, identity).
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A moment.
    Moment(DateTime<Utc>),
    /// A sensitivity level.
    Level(Level),
    /// A person.
    Person(Login),
    /// A department.
    Department(DepartmentId),
    /// A set of records; frozen at submission.
    Records(RecordSet),
    /// Fields of a register, each in clear or masked.
    Picks(Vec<FieldPick>),
    /// Several values: roles, rows of a table, results of an `each`.
    List(Vec<Value>),
    /// Named values: a row of a table; `request`, `requester`, `steps` in a scope.
    Map(BTreeMap<String, Value>),
}

/// Which records a request is about. Frozen, its content is fixed by `digest`; the ids themselves are kept by the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSet {
    /// The register that holds them.
    pub register: FormId,
    /// How many.
    pub count: u64,
    /// Digest over the register and the sorted record ids, hexadecimal.
    pub digest: String,
}

/// One field asked for from a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPick {
    /// The field's name.
    pub name: FieldName,
    /// Whether only its mask is asked for.
    pub masked: bool,
    /// The level of the field in the register; a masked pick counts as L0.
    pub level: Level,
}

impl FieldPick {
    /// The level that leaves with this pick: a mask counts as L0.
    pub fn effective_level(&self) -> Level {
        if self.masked { Level::L0 } else { self.level }
    }
}
