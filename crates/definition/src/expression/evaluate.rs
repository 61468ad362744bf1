//! Values into Rhai and back, and the one place where an expression is run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::{DateTime, NaiveDate, Utc};
use rhai::{Dynamic, EvalAltResult, ImmutableString, Map};
use rust_decimal::Decimal;

use super::{
    EvaluationError, Scope, Tree, Type,
    machine::{Compiled, Picks, engine},
};
use crate::{
    id::{DepartmentId, Login},
    level::Level,
    value::{RecordSet, Value},
};

/// Runs a compiled expression against the paths that its tree reads.
pub(super) fn evaluate(compiled: &Compiled, tree: &Tree, scope: &Scope) -> Result<Value, EvaluationError> {
    if let Some(path) = compiled.promised.iter().find(|path| *scope.get(path) == Value::Empty) {
        return Err(EvaluationError::Empty(path.join(".")));
    }
    let mut names = rhai::Scope::new();
    for level in Level::ALL {
        names.push_constant_dynamic(level.as_str(), Dynamic::from(level));
    }
    let mut roots = Map::new();
    for path in tree.paths() {
        place(&mut roots, path, scope.get(path));
    }
    for (name, root) in roots {
        names.push_dynamic(name.as_str(), root);
    }
    let run = || engine().eval_ast_with_scope::<Dynamic>(&mut names, &compiled.ast);
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(result)) => Ok(value(&result)),
        Ok(Err(error)) => Err(reason(&error)),
        Err(_panic) => Err(EvaluationError::Internal),
    }
}

impl Scope {
    /// The value at a path; what is not there is empty.
    pub fn get(&self, path: &[String]) -> &Value {
        const EMPTY: &Value = &Value::Empty;
        let Some((first, rest)) = path.split_first() else { return EMPTY };
        let Some(mut at) = self.values.get(first) else { return EMPTY };
        for name in rest {
            let Value::Map(members) = at else { return EMPTY };
            let Some(member) = members.get(name) else { return EMPTY };
            at = member;
        }
        at
    }
}

/// Puts a value at its path, with the maps that lead to it.
fn place(roots: &mut Map, path: &[String], found: &Value) {
    match path {
        [] => {}
        [last] => {
            roots.insert(last.as_str().into(), dynamic(found));
        }
        [first, rest @ ..] => {
            let below = roots.entry(first.as_str().into()).or_insert_with(|| Dynamic::from_map(Map::new()));
            if let Some(mut members) = below.write_lock::<Map>() {
                place(&mut members, rest, found);
            }
        }
    }
}

fn dynamic(found: &Value) -> Dynamic {
    match found {
        Value::Empty => Dynamic::UNIT,
        Value::Bool(holds) => Dynamic::from_bool(*holds),
        Value::Number(number) => Dynamic::from_decimal(*number),
        Value::Text(text) => Dynamic::from(ImmutableString::from(text.as_str())),
        Value::Date(day) => Dynamic::from(*day),
        Value::Moment(moment) => Dynamic::from(*moment),
        Value::Level(level) => Dynamic::from(*level),
        Value::Person(login) => Dynamic::from(login.clone()),
        Value::Department(department) => Dynamic::from(department.clone()),
        Value::Records(records) => Dynamic::from(records.clone()),
        Value::Picks(picks) => Dynamic::from(Picks(picks.clone())),
        Value::List(items) => Dynamic::from_array(items.iter().map(dynamic).collect()),
        Value::Map(members) => {
            Dynamic::from_map(members.iter().map(|(name, member)| (name.as_str().into(), dynamic(member))).collect())
        }
    }
}

/// What Rhai holds, as a value of ours; what no expression can yield is empty.
pub(super) fn value(found: &Dynamic) -> Value {
    if let Ok(holds) = found.as_bool() {
        return Value::Bool(holds);
    }
    if let Some(number) = found.read_lock::<Decimal>() {
        return Value::Number(*number);
    }
    if let Some(text) = found.read_lock::<ImmutableString>() {
        return Value::Text(text.to_string());
    }
    if let Some(items) = found.read_lock::<rhai::Array>() {
        return Value::List(items.iter().map(value).collect());
    }
    if let Some(members) = found.read_lock::<Map>() {
        return Value::Map(members.iter().map(|(name, member)| (name.to_string(), value(member))).collect());
    }
    custom::<NaiveDate>(found, Value::Date)
        .or_else(|| custom::<DateTime<Utc>>(found, Value::Moment))
        .or_else(|| custom::<Level>(found, Value::Level))
        .or_else(|| custom::<Login>(found, Value::Person))
        .or_else(|| custom::<DepartmentId>(found, Value::Department))
        .or_else(|| custom::<RecordSet>(found, Value::Records))
        .or_else(|| custom::<Picks>(found, |picks| Value::Picks(picks.0)))
        .unwrap_or_default()
}

fn custom<T: Clone + Send + Sync + 'static>(found: &Dynamic, wrap: impl FnOnce(T) -> Value) -> Option<Value> {
    found.read_lock::<T>().map(|inner| wrap(inner.clone()))
}

/// A literal text that the checker took for a person or a department comes out of Rhai as text.
pub(super) fn settle(found: Value, result: &Type) -> Value {
    match (found, result) {
        (Value::Text(text), Type::Person) => Value::Person(Login::from(text.as_str())),
        (Value::Text(text), Type::Department) => Value::Department(DepartmentId::from(text.as_str())),
        (found, Type::Optional(inner)) => settle(found, inner),
        (found, _) => found,
    }
}

/// `==` of expressions, for `in`: a text equals the person or the department it names.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Text(text), Value::Person(login)) | (Value::Person(login), Value::Text(text)) => login.as_str() == text,
        (Value::Text(text), Value::Department(department)) | (Value::Department(department), Value::Text(text)) => {
            department.as_str() == text
        }
        _ => left == right,
    }
}

/// Nothing, no text, no items, no records.
pub(super) fn is_empty(found: &Value) -> bool {
    match found {
        Value::Empty => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Picks(picks) => picks.is_empty(),
        Value::Records(records) => records.count == 0,
        Value::Map(members) => members.is_empty(),
        Value::Bool(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Moment(_)
        | Value::Level(_)
        | Value::Person(_)
        | Value::Department(_) => false,
    }
}

/// Why Rhai stopped.
#[expect(clippy::wildcard_enum_match_arm, reason = "Rhai may grow: whatever is not named here is a mistake of ours")]
fn reason(error: &EvalAltResult) -> EvaluationError {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => reason(inner),
        EvalAltResult::ErrorArithmetic(..) => EvaluationError::Arithmetic,
        EvalAltResult::ErrorTooManyOperations(_)
        | EvalAltResult::ErrorStackOverflow(_)
        | EvalAltResult::ErrorTooManyVariables(_)
        | EvalAltResult::ErrorDataTooLarge(..) => EvaluationError::Limit,
        _ => EvaluationError::Internal,
    }
}
