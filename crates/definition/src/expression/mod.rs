//! One Rhai expression, typed when the definition is checked and evaluated without surprises.
//!
//! This module alone names rhai. An [`Expression`] was parsed by Rhai, lowered into our own typed tree, and checked;
//! the tree serves the proofs, Rhai's compiled form is what is evaluated.

mod check;
mod evaluate;
mod machine;
mod names;
mod slips;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, codes},
    level::Level,
    value::Value,
};

pub use machine::{is_reserved, is_scope_name};
pub use names::{TypeScope, request_type};

/// The longest expression, in characters.
pub const EXPRESSION_CHARACTERS_MAX: usize = 4000;

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
    /// What Rhai made of it; absent for a literal.
    compiled: Option<Arc<machine::Compiled>>,
}

impl Expression {
    /// Reads and types an expression; its names are those of `scope`.
    pub fn parse(source: &str, scope: &TypeScope) -> Result<Self, Mistake> {
        let ast = machine::compile(source, scope)?;
        let (typed, promised) = check::check(&ast, source, scope)?;
        let is_literal = matches!(typed.tree, Tree::Literal(_));
        let compiled = (!is_literal).then(|| Arc::new(machine::Compiled { ast, promised }));
        Ok(Self {
            source: source.into(),
            result: typed.result,
            level: typed.level,
            tree: Arc::new(typed.tree),
            compiled,
        })
    }

    /// The same, and what it yields must be `expected`; a literal text may stand for a person or a department.
    pub fn parse_as(source: &str, scope: &TypeScope, expected: &Type) -> Result<Self, Mistake> {
        let expression = Self::parse(source, scope)?;
        if expression.result == *expected {
            return Ok(expression);
        }
        let code = if expression.result.present() == expected { codes::MAY_BE_EMPTY } else { codes::WRONG_RESULT };
        Err(Mistake::at_start(code)
            .with("expected", expected.name())
            .with("found", expression.result.name())
            .with("name", source.trim()))
    }

    /// A value that stands for itself.
    pub fn literal(source: impl Into<Arc<str>>, value: Value, result: Type) -> Self {
        Self { source: source.into(), result, level: Level::L0, tree: Arc::new(Tree::Literal(value)), compiled: None }
    }

    /// `true` or `false`.
    pub fn constant(holds: bool) -> Self {
        Self::literal(if holds { "true" } else { "false" }, Value::Bool(holds), Type::Bool)
    }

    /// Whether it is the literal `true`.
    pub fn is_true(&self) -> bool {
        *self.tree == Tree::Literal(Value::Bool(true))
    }

    /// Works the expression out against the values of `scope`.
    pub fn evaluate(&self, scope: &Scope) -> Result<Value, EvaluationError> {
        match (&*self.tree, &self.compiled) {
            (Tree::Literal(value), _) => Ok(value.clone()),
            (_, Some(compiled)) => {
                evaluate::evaluate(compiled, &self.tree, scope).map(|value| evaluate::settle(value, &self.result))
            }
            (_, None) => Err(EvaluationError::Internal),
        }
    }
}

/// What is wrong in an expression or a template, and where in its source.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// Its stable code.
    pub code: Code,
    /// From 1, in the source.
    pub line: u32,
    /// From 1, in characters of that line.
    pub column: u32,
    /// Values for the message.
    pub arguments: BTreeMap<&'static str, String>,
    /// Whether it only follows from a name whose own definition is at fault; that was reported there, so this is not.
    pub(crate) is_consequence: bool,
}

impl Mistake {
    pub(crate) const fn at(code: Code, line: u32, column: u32) -> Self {
        Self { code, line, column, arguments: BTreeMap::new(), is_consequence: false }
    }

    pub(crate) const fn at_start(code: Code) -> Self {
        Self::at(code, 1, 1)
    }

    pub(crate) fn consequence() -> Self {
        Self { is_consequence: true, ..Self::at_start(codes::UNKNOWN_NAME) }
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.arguments.insert(name, value.into());
        self
    }
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

impl Type {
    /// This type, or nothing; an optional stays as it is.
    #[must_use]
    pub fn or_empty(self) -> Self {
        if matches!(self, Self::Optional(_)) { self } else { Self::Optional(Box::new(self)) }
    }

    /// Whether values of it have an order that means something.
    const fn is_ordered(&self) -> bool {
        matches!(self, Self::Number | Self::Date | Self::Moment | Self::Level)
    }

    /// Whether it is a single value, not a collection.
    const fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_) | Self::Records | Self::Picks | Self::Optional(_) | Self::Span)
    }

    /// This type without the chance that nothing was entered.
    pub(crate) fn present(&self) -> &Self {
        if let Self::Optional(inner) = self { inner } else { self }
    }

    /// A stable word for messages: `number`, `text`, `list`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Number => "number",
            Self::Text => "text",
            Self::Date => "date",
            Self::Moment => "moment",
            Self::Span => "span",
            Self::Level => "level",
            Self::Person => "person",
            Self::Department => "department",
            Self::Records => "records",
            Self::Picks => "fields",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Optional(inner) => inner.name(),
        }
    }
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

impl Tree {
    /// Every path it reads, in the order written; one read twice stands twice.
    pub fn paths(&self) -> Vec<&[String]> {
        let mut paths = Vec::new();
        let mut open = vec![self];
        while let Some(tree) = open.pop() {
            match tree {
                Self::Literal(_) => {}
                Self::Path(path) => paths.push(path.as_slice()),
                Self::Not(one) | Self::Negative(one) => open.push(one),
                Self::All(several) | Self::Any(several) | Self::List(several) | Self::Call(_, several) => {
                    open.extend(several.iter().rev());
                }
                Self::Otherwise(left, right)
                | Self::Compare(_, left, right)
                | Self::Arithmetic(_, left, right)
                | Self::In(left, right) => open.extend([&**right, &**left]),
                Self::If(condition, then, otherwise) => open.extend([&**otherwise, &**then, &**condition]),
            }
        }
        paths
    }
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

impl Comparison {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Equal, Self::NotEqual, Self::Less, Self::LessOrEqual, Self::Greater, Self::GreaterOrEqual];

    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }
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

impl Operator {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Add, Self::Subtract, Self::Multiply, Self::Divide, Self::Remainder];

    /// How it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
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

impl Function {
    /// Every function, by name.
    pub const ALL: [Self; 12] = [
        Self::MaxLevel,
        Self::Count,
        Self::Date,
        Self::Days,
        Self::WorkingDays,
        Self::Len,
        Self::Contains,
        Self::StartsWith,
        Self::Min,
        Self::Max,
        Self::Round,
        Self::IsEmpty,
    ];

    /// Its name in expressions.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MaxLevel => "max_level",
            Self::Count => "count",
            Self::Date => "date",
            Self::Days => "days",
            Self::WorkingDays => "working_days",
            Self::Len => "len",
            Self::Contains => "contains",
            Self::StartsWith => "starts_with",
            Self::Min => "min",
            Self::Max => "max",
            Self::Round => "round",
            Self::IsEmpty => "is_empty",
        }
    }

    /// How many arguments it takes.
    const fn arity(self) -> usize {
        match self {
            Self::MaxLevel | Self::Count | Self::Date | Self::Days | Self::WorkingDays | Self::Len | Self::IsEmpty => 1,
            Self::Contains | Self::StartsWith | Self::Min | Self::Max | Self::Round => 2,
        }
    }

    /// How it is called, for messages.
    const fn takes(self) -> &'static str {
        match self {
            Self::MaxLevel => "max_level(request.fields)",
            Self::Count => "count(request.records)",
            Self::Date => "date(\"2026-11-20\")",
            Self::Days => "days(3)",
            Self::WorkingDays => "working_days(3)",
            Self::Len => "len(\"…\")",
            Self::Contains => "contains(\"…\", \"…\")",
            Self::StartsWith => "starts_with(\"…\", \"…\")",
            Self::Min => "min(1, 2)",
            Self::Max => "max(1, 2)",
            Self::Round => "round(1.25, 1)",
            Self::IsEmpty => "is_empty(…)",
        }
    }
}

/// What an expression is evaluated against: `request`, `requester`, `steps`, `let` names, `today`, `now`, `this_case`,
/// or in a form its fields, `me`, `today`, `now`.
///
/// In a workflow: `request` maps field names to values; `requester` has `login` (a person), `name` (text), `department`
/// (a department or empty), `roles` (a list of text), `clearance` (a level); `steps` maps step ids to `outcome` (text),
/// `by` (a person), `at` (a moment); `this_case` has `number` (text) and `started` (a moment).
/// What is not there counts as empty.
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
