//! What somebody entered into a form becomes values, or every problem at once.
//!
//! A value is read by its field's kind, then held against `show_when`, `required`, `min`, `max` and the form's checks.
//! A field that is not shown holds nothing, whatever was sent for it. No problem repeats what was entered.

mod limits;
mod read;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    expression::{EvaluationError, Expression, Scope},
    id::{FieldName, FormId, Login},
    model::{Field, FieldValues, Form},
    people::Directory,
    text::Text,
    value::Value,
};

pub use limits::{ROWS_MAX, TEXT_CHARACTERS_MAX, TEXT_LINE_CHARACTERS_MAX};

/// What values are held against besides their form.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The day, in the workspace's time zone.
    pub today: NaiveDate,
    /// The moment.
    pub now: DateTime<Utc>,
    /// Who enters them.
    pub me: &'a Login,
    /// Everybody a person field may name.
    pub directory: &'a Directory,
    /// The workspace's forms: the registers that a selection of fields is made from.
    pub forms: &'a BTreeMap<FormId, Arc<Form>>,
}

/// What was entered for a field.
#[derive(Clone, PartialEq)]
pub enum Entered {
    /// As it came: the text of a control, or JSON.
    Raw(serde_json::Value),
    /// Already a value: one that was kept before, or a set of records that the store froze.
    Whole(Value),
}

impl fmt::Debug for Entered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Raw(_) => "Raw(…)",
            Self::Whole(_) => "Whole(…)",
        })
    }
}

/// Everything entered, by field name.
pub type EnteredValues = BTreeMap<String, Entered>;

/// Why a field cannot be as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Which.
    pub field: FieldName,
    /// In a table: the row from 1, and the column if it is one column's.
    pub cell: Option<(usize, Option<FieldName>)>,
    /// What is wrong.
    pub complaint: Complaint,
}

impl FieldProblem {
    /// A problem of a whole field with one of the product's own messages.
    pub fn known(field: &str, message: &'static str) -> Self {
        Self { field: FieldName::from(field), cell: None, complaint: Complaint::known(message) }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complaint {
    /// One of the product's own messages, in `fields.ftl`.
    Known {
        /// Its id.
        message: &'static str,
        /// Its arguments.
        arguments: BTreeMap<&'static str, String>,
    },
    /// What the form says if a check does not hold.
    Said(Text),
}

impl Complaint {
    fn known(message: &'static str) -> Self {
        Self::Known { message, arguments: BTreeMap::new() }
    }

    fn with(message: &'static str, name: &'static str, value: impl fmt::Display) -> Self {
        Self::Known { message, arguments: BTreeMap::from([(name, value.to_string())]) }
    }
}

/// The values of a form, or all that is wrong with them, in the order of the form's fields.
pub fn check(
    form: &Form,
    entered: &EnteredValues,
    situation: &Situation<'_>,
) -> Result<FieldValues, Vec<FieldProblem>> {
    let mut checking = Checking::new(form, situation);
    checking.refuse_unknown(entered);
    for field in &form.fields {
        checking.read(field, entered.get(field.name.as_str()));
    }
    for field in &form.fields {
        checking.hide_or_require(field);
    }
    for field in &form.fields {
        checking.hold_checks(field);
    }
    checking.finish()
}

/// What a fresh form holds: each field's default.
pub fn defaults(form: &Form, situation: &Situation<'_>) -> FieldValues {
    let scope = scope(&BTreeMap::new(), situation);
    let of_field = |field: &Field| {
        let value = field.default.as_ref()?.evaluate(&scope).ok()?;
        let value = read::read(field, &Entered::Whole(value), situation).ok()?;
        (value != Value::Empty).then(|| (field.name.clone(), value))
    };
    form.fields.iter().filter_map(of_field).collect()
}

/// One field's value by itself, if what was entered can be read: what a preview shows although the form is not complete.
pub fn read_one(field: &Field, entered: &Entered, situation: &Situation<'_>) -> Option<Value> {
    read::read(field, entered, situation).ok().filter(|value| *value != Value::Empty)
}

/// What a form's expressions are worked out against, as far as it is filled in: to show and hide fields while somebody types.
pub fn scope(values: &FieldValues, situation: &Situation<'_>) -> Scope {
    let mut named: BTreeMap<String, Value> =
        values.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    named.insert("me".to_owned(), Value::Person(situation.me.clone()));
    named.insert("today".to_owned(), Value::Date(situation.today));
    named.insert("now".to_owned(), Value::Moment(situation.now));
    Scope { values: named }
}

struct Checking<'a> {
    form: &'a Form,
    situation: &'a Situation<'a>,
    values: FieldValues,
    problems: Vec<FieldProblem>,
    broken: BTreeSet<&'a str>,
}

impl<'a> Checking<'a> {
    fn new(form: &'a Form, situation: &'a Situation<'a>) -> Self {
        Self { form, situation, values: BTreeMap::new(), problems: Vec::new(), broken: BTreeSet::new() }
    }

    fn refuse_unknown(&mut self, entered: &EnteredValues) {
        for name in entered.keys().filter(|name| self.form.field(name).is_none()) {
            self.problems.push(FieldProblem {
                field: FieldName::from(name.as_str()),
                cell: None,
                complaint: Complaint::known("field-unknown"),
            });
        }
    }

    fn read(&mut self, field: &'a Field, entered: Option<&Entered>) {
        match entered.map_or(Ok(Value::Empty), |entered| read::read(field, entered, self.situation)) {
            Ok(Value::Empty) => {}
            Ok(value) => {
                self.values.insert(field.name.clone(), value);
            }
            Err(problems) => {
                self.broken.insert(field.name.as_str());
                self.problems.extend(problems);
            }
        }
    }

    fn hide_or_require(&mut self, field: &'a Field) {
        if !self.holds(field.show_when.as_ref(), true) {
            self.values.remove(&field.name);
            self.problems.retain(|problem| problem.field != field.name);
            self.broken.remove(field.name.as_str());
            return;
        }
        let is_empty = !self.values.contains_key(&field.name) && !self.broken.contains(field.name.as_str());
        if is_empty && self.holds(field.required.as_ref(), false) {
            self.broken.insert(field.name.as_str());
            self.complain(field, Complaint::known("field-required"));
        }
    }

    /// A check is not asked about a field that already has a problem: it could only say the same again, or nonsense.
    fn hold_checks(&mut self, field: &'a Field) {
        if !self.holds(field.show_when.as_ref(), true) {
            return;
        }
        for check in &field.checks {
            let reads_broken = check
                .that
                .tree
                .paths()
                .iter()
                .any(|path| path.first().is_some_and(|name| self.broken.contains(name.as_str())));
            if reads_broken {
                continue;
            }
            match check.that.evaluate(&scope(&self.values, self.situation)) {
                Ok(Value::Bool(true)) | Err(EvaluationError::Empty(_)) => {}
                Ok(_) => self.complain(field, Complaint::Said(check.message.clone())),
                Err(EvaluationError::Limit | EvaluationError::Arithmetic | EvaluationError::Internal) => {
                    self.complain(field, Complaint::known("field-cannot-be-checked"));
                }
            }
        }
    }

    /// Whether a condition holds; `otherwise` if there is none or it has no result.
    fn holds(&self, condition: Option<&Expression>, otherwise: bool) -> bool {
        match condition.map(|condition| condition.evaluate(&scope(&self.values, self.situation))) {
            Some(Ok(value)) => value == Value::Bool(true),
            Some(Err(_)) | None => otherwise,
        }
    }

    fn complain(&mut self, field: &Field, complaint: Complaint) {
        self.problems.push(FieldProblem { field: field.name.clone(), cell: None, complaint });
    }

    fn finish(mut self) -> Result<FieldValues, Vec<FieldProblem>> {
        if self.problems.is_empty() {
            return Ok(self.values);
        }
        let order = |problem: &FieldProblem| {
            self.form.fields.iter().position(|field| field.name == problem.field).unwrap_or(usize::MAX)
        };
        self.problems.sort_by_key(order);
        Err(self.problems)
    }
}
