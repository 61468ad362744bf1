//! A value of a field or of an expression.

use std::{collections::BTreeMap, fmt};

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    id::{DepartmentId, FieldName, FormId, Login},
    level::Level,
};

/// What a field holds or an expression yields. Its `Debug` shows personal values: never log one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// How they were chosen, to be told in words. Sets that were frozen before this was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
}

/// How the records of a set were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by", content = "tests")]
pub enum Chosen {
    /// One by one.
    Ids,
    /// All of which this held; without a test all there were.
    Where(Vec<ChosenTest>),
}

/// Something that held of every record of a set.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenTest {
    /// The field of the register, or `created_at`, `updated_at`.
    pub field: String,
    /// The field's level when it was asked for: what it was held against is as protected as what the field holds.
    pub level: Level,
    /// How it was held against the values.
    pub relation: Relation,
    /// What it was held against: none for `empty`, both ends of `between`, each alternative of `in`.
    pub values: Vec<Value>,
}

/// What was sought may be somebody's number, so it is not printed.
impl fmt::Debug for ChosenTest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ChosenTest")
            .field("field", &self.field)
            .field("relation", &self.relation)
            .finish_non_exhaustive()
    }
}

/// How a field of a record is held against a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Equal.
    Is,
    /// Another of the known ones.
    IsNot,
    /// One of several.
    In,
    /// Less or earlier.
    Before,
    /// More or later.
    After,
    /// From one to the other, both included.
    Between,
    /// Nothing is entered.
    Empty,
    /// Ends with these four characters.
    Last4,
    /// Begins with this.
    StartsWith,
}

impl Relation {
    /// The word that files and forms say.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::In => "in",
            Self::Before => "before",
            Self::After => "after",
            Self::Between => "between",
            Self::Empty => "empty",
            Self::Last4 => "last4",
            Self::StartsWith => "starts_with",
        }
    }
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
