//! What expressions and messages of a case may speak of.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use definition::{
    expression::{EvaluationError, Scope},
    id::{LetName, Login},
    model::{PERSON_FIELD, RECORDS_FIELD, Start, StepKind},
    people::Directory,
    value::Value,
};

use crate::{
    case::{Case, LaneState, StepRun, StepRunState},
    event::StepOutcome,
    id::StepRunId,
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
    let StepRunState::Left { outcome, by, at, lanes, .. } = &run.state else { return None };
    let results = lanes.iter().map(|lane| Value::Text(result(lane.state).as_str().to_owned())).collect();
    Some(Value::Map(BTreeMap::from([
        ("outcome".to_owned(), Value::Text(outcome.as_str().to_owned())),
        ("by".to_owned(), by.clone().map_or(Value::Empty, Value::Person)),
        ("at".to_owned(), Value::Moment(*at)),
        ("results".to_owned(), Value::List(results)),
    ])))
}

/// What `steps.ID.results` says of an item.
const fn result(state: LaneState) -> StepOutcome {
    match state {
        LaneState::Arrived => StepOutcome::Approved,
        LaneState::Rejected => StepOutcome::Rejected,
        LaneState::Ahead | LaneState::Open | LaneState::Closed => StepOutcome::Skipped,
    }
}

/// The name under which the items of an `each` are kept.
pub fn items_name(run: StepRunId) -> String {
    format!("each:{run}")
}

/// Adds what stands at one place of a case: case variables, and the item of each `each` around a passage.
pub fn add_place(scope: &mut Scope, (plan, case): (&Plan, &Case), submission: &Submission, run: Option<StepRunId>) {
    let variables = submission.kept().iter().filter(|(name, _)| !name.contains(':'));
    scope.values.extend(variables.map(|(name, value)| (name.clone(), value.clone())));
    let up = |run: &StepRun| run.parent.and_then(|parent| case.run(parent));
    let chain: Vec<&StepRun> = std::iter::successors(run.and_then(|run| case.run(run)), |run| up(run)).collect();
    for pair in chain.windows(2).rev() {
        let [inside, around] = pair else { continue };
        let step = plan.process.step_by_id(around.step.as_str()).map(|(_, step)| &step.kind);
        let Some(StepKind::Each(each)) = step else { continue };
        let Some(Value::List(items)) = submission.kept().get(&items_name(around.id)) else { continue };
        if let Some(item) = items.get(usize::from(inside.lane)) {
            scope.values.insert(each.item.as_str().to_owned(), item.clone());
        }
    }
}
