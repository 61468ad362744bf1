//! What expressions and messages of a case may speak of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use definition::{
    expression::{EvaluationError, Scope},
    id::{LetName, Login},
    model::{PERSON_FIELD, RECORDS_FIELD, Start},
    people::Directory,
    value::Value,
};

use crate::{
    case::{Case, StepRun, StepRunState},
    plan::Plan,
    submission::Submission,
};

/// `let` values by name.
pub type Lets = BTreeMap<String, Value>;

/// A `let` that has no result for the values at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoResult {
    /// Which.
    pub name: LetName,
    /// Why.
    pub error: EvaluationError,
}

/// What stands in the scope whatever has happened in the case: the request, who asks, the time, the four levels.
pub fn request_scope(
    plan: &Plan,
    submission: &Submission,
    asked: (&Directory, Option<&Login>),
    now: DateTime<Utc>,
) -> Scope {
    let (directory, requester) = asked;
    let start = &plan.process.start;
    let request = submission.values().iter().map(|(name, value)| (name.as_str().to_owned(), value.clone())).collect();
    let today = now.with_timezone(&plan.settings.timezone).date_naive();
    let mut scope = Scope::default();
    let mut add = |name: &str, value: Value| scope.values.insert(name.to_owned(), value);
    if let Some(set) = submission.values().get(RECORDS_FIELD).filter(|_| matches!(start, Start::Record { .. })) {
        add(RECORDS_FIELD, set.clone());
    }
    match (start.values_are_called(), submission.values().get(PERSON_FIELD)) {
        (Some("person"), Some(Value::Person(login))) => add("person", person_value(directory, login)),
        (Some(called), _) => add(called, Value::Map(request)),
        (None, _) => None,
    };
    if let Some(requester) = requester.filter(|_| start.has_requester()) {
        add("requester", person_value(directory, requester));
    }
    add("today", Value::Date(today));
    add("now", Value::Moment(now));
    scope
}

/// Works out the `let` values of a request.
pub fn work_out(plan: &Plan, mut scope: Scope) -> Result<Lets, NoResult> {
    let mut lets = Lets::new();
    for each in &plan.process.lets {
        let value = each.expression.evaluate(&scope).map_err(|error| NoResult { name: each.name.clone(), error })?;
        scope.values.insert(each.name.as_str().to_owned(), value.clone());
        lets.insert(each.name.as_str().to_owned(), value);
    }
    Ok(lets)
}

/// Adds what has happened in a case.
pub fn add_case(scope: &mut Scope, case: &Case, lets: &Lets) {
    scope.values.extend(lets.iter().map(|(name, value)| (name.clone(), value.clone())));
    let this_case = BTreeMap::from([
        ("number".to_owned(), Value::Text(case.number.to_string())),
        ("started".to_owned(), Value::Moment(case.started_at)),
    ]);
    scope.values.insert("this_case".to_owned(), Value::Map(this_case));
    let steps = case.runs.iter().filter_map(|run| Some((run.step.as_str().to_owned(), step_value(run)?))).collect();
    scope.values.insert("steps".to_owned(), Value::Map(steps));
}

fn person_value(directory: &Directory, login: &Login) -> Value {
    let mut value = BTreeMap::from([("login".to_owned(), Value::Person(login.clone()))]);
    if let Some(person) = directory.person(login.as_str()) {
        let roles = person.roles.iter().map(|role| Value::Text(role.as_str().to_owned())).collect();
        value.insert("name".to_owned(), Value::Text(person.name.clone()));
        value.insert("department".to_owned(), person.department.clone().map_or(Value::Empty, Value::Department));
        value.insert("roles".to_owned(), Value::List(roles));
        value.insert("clearance".to_owned(), Value::Level(person.clearance));
    }
    Value::Map(value)
}

/// What `steps.ID` says of a step that the case left; of several passages the last counts. What people said stays sealed.
fn step_value(run: &StepRun) -> Option<Value> {
    let StepRunState::Left { outcome, by, at, .. } = &run.state else { return None };
    Some(Value::Map(BTreeMap::from([
        ("outcome".to_owned(), Value::Text(outcome.as_str().to_owned())),
        ("by".to_owned(), by.clone().map_or(Value::Empty, Value::Person)),
        ("at".to_owned(), Value::Moment(*at)),
    ])))
}
