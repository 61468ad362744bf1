//! One Rhai expression, typed when the definition is checked and evaluated without surprises.
//!
//! This module alone names rhai. An [`Expression`] was parsed by Rhai, lowered into our own typed tree, and checked;
//! the tree serves the proofs, Rhai's compiled form is what is evaluated.

use std::{collections::BTreeMap, sync::Arc};

use crate::{level::Level, value::Value};

/// A checked expression.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Expression {
    /// As written.
    pub source: Arc<str>,
    /// What it yields.
    pub result: Type,
    /// The highest level it was made from.
    pub level: Level,
    /// Its typed tree.
    pub tree: Arc<Tree>,
}

/// What an expression yields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// An exact number.
    Number,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A moment.
    Moment,
    /// A length of time that may be added to a date or a moment.
    Span,
    /// A sensitivity level.
    Level,
    /// A person.
    Person,
    /// A department.
    Department,
    /// A set of records.
    Records,
    /// Fields of a register.
    Picks,
    /// Several of one type.
    List(Box<Type>),
    /// Named values of known types.
    Map(BTreeMap<String, Type>),
    /// One of these, or nothing was entered.
    Optional(Box<Type>),
}

/// The typed tree of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// A literal.
    Literal(Value),
    /// A path into the scope: `request.fields`, `level`, `this_case.number`.
    Path(Vec<String>),
    /// `!x`
    Not(Box<Tree>),
    /// `-x`
    Negative(Box<Tree>),
    /// `x && y && …`
    All(Vec<Tree>),
    /// `x || y || …`
    Any(Vec<Tree>),
    /// `x ?? y`
    Otherwise(Box<Tree>, Box<Tree>),
    /// `x == y` and its like.
    Compare(Comparison, Box<Tree>, Box<Tree>),
    /// `x + y` and its like.
    Arithmetic(Operator, Box<Tree>, Box<Tree>),
    /// `x in y`
    In(Box<Tree>, Box<Tree>),
    /// `[x, y]`
    List(Vec<Tree>),
    /// `count(x)`
    Call(Function, Vec<Tree>),
    /// `if c { x } else { y }`
    If(Box<Tree>, Box<Tree>, Box<Tree>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`, exact
    Divide,
    /// `%`
    Remainder,
}

/// A function that expressions may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// `max_level(request.fields)`: the highest level that leaves in clear.
    MaxLevel,
    /// `count(request.records)`: how many records, rows or items.
    Count,
    /// `date("2026-11-20")`
    Date,
    /// `days(n)`
    Days,
    /// `working_days(n)`
    WorkingDays,
    /// `len(text)`: characters of a text.
    Len,
    /// `contains(text, part)`
    Contains,
    /// `starts_with(text, part)`
    StartsWith,
    /// `min(x, y)`
    Min,
    /// `max(x, y)`
    Max,
    /// `round(x, places)`
    Round,
    /// `is_empty(x)`
    IsEmpty,
}

/// What an expression is evaluated against: `request`, `requester`, `steps`, `let` names, `today`, `now`, `this_case`,
/// or in a form its fields, `me`, `today`, `now`.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Values by name; nested ones are [`Value::Map`].
    pub values: BTreeMap<String, Value>,
}

/// Why an evaluation failed although the expression was checked: a limit, or an empty value where one was promised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// It took more operations, depth or size than allowed.
    #[error("the expression exceeded its limits")]
    Limit,
    /// A value was not there.
    #[error("`{0}` is empty")]
    Empty(String),
    /// A number grew beyond what can be kept exactly, or was divided by zero.
    #[error("the arithmetic has no exact result")]
    Arithmetic,
    /// Anything else; a mistake of ours, since the checker should have refused it.
    #[error("the expression could not be evaluated")]
    Internal,
}
