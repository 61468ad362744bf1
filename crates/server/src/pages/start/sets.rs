//! Sets of records by conditions: which conditions a register allows, and a set as its control shows it.

use std::collections::BTreeMap;

use definition::{
    form_values::FieldProblem,
    level::Level,
    model::{Field, FieldKind, Form, SearchKind},
};
use runtime::{
    cases::Cell,
    records::{RecordShown, RecordsPage, Selection},
};
use rust_decimal::Decimal;

use super::{
    fields::{Filling, choices, people},
    posted::{Condition, Draft, Filled, Press, selection},
};
use crate::{
    http::{answer::Visit, problem::Problem as Refused},
    i18n::{self, Locale},
    view::form::{self, Choice, ConditionValue, Count, Preview, Problem, RecordSet},
    words::{
        self,
        conditions::{CREATED, UPDATED, label},
    },
};

/// A set of records as it stands now.
#[derive(Debug, Clone)]
pub struct SetShown {
    /// How many records it has.
    pub count: Count,
    /// What is wrong with its conditions.
    pub problems: Vec<FieldProblem>,
    /// The first of them, if asked for.
    pub preview: Option<Preview>,
    /// Whether a condition that is not complete yet is already a mistake.
    pub is_judged: bool,
}

/// How the values of a condition are entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Day,
    Number,
    Options,
    Text,
}

/// Counts every set of a draft, as far as its conditions can be used.
pub async fn counted(
    visit: &Visit,
    form: &Form,
    draft: &Draft,
    press: &Press,
) -> Result<BTreeMap<String, SetShown>, Refused> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let workspace = application.workspace()?;
    let mut sets = BTreeMap::new();
    for field in &form.fields {
        let FieldKind::Records(register) = &field.kind else { continue };
        let Some(Filled::Where(conditions)) = draft.0.get(field.name.as_str()) else { continue };
        let mut set =
            SetShown { count: Count::Unknown, problems: Vec::new(), preview: None, is_judged: *press == Press::Submit };
        if let Some(meant) = Selection::read(&selection(conditions)) {
            match application.count_selection(viewer, register, &meant).await.map_err(Refused::from) {
                Ok(counted) => {
                    let all = application.count_selection(viewer, register, &Selection::everything()).await?;
                    set.count = Count::Counted { count: counted.count, of: all.count };
                    if *press == Press::Sample(field.name.to_string()) {
                        let page = application.sample_selection(viewer, register, &meant).await?;
                        let form = workspace.forms.get(register);
                        set.preview = form.map(|form| preview(visit, form, &page));
                    }
                }
                Err(Refused::Refused(runtime::error::Refusal::Fields(problems))) => set.problems = problems,
                Err(problem) => return Err(problem),
            }
        }
        sets.insert(field.name.to_string(), set);
    }
    Ok(sets)
}

fn preview(visit: &Visit, form: &Form, page: &RecordsPage) -> Preview {
    let directory = visit.state.application.directory();
    let cell = |field: &Field, record: &RecordShown| {
        let shown = record.cells.iter().find(|cell| cell.name == field.name)?;
        match &shown.cell {
            Cell::Clear(value) => Some(words::values::text(visit.locale, &directory, &field.kind, value)),
            Cell::Masked { text, .. } => Some(text.clone()),
            Cell::Hidden => None,
            Cell::Empty => Some(String::new()),
        }
    };
    Preview {
        columns: form.fields.iter().map(|field| field.label.get(visit.locale).clone()).collect(),
        rows: page.rows.iter().map(|record| form.fields.iter().map(|field| cell(field, record)).collect()).collect(),
    }
}

/// A set as its control.
pub fn record_set(filling: &Filling<'_>, field: &Field, register: String) -> RecordSet {
    let form = field.kind.register().and_then(|id| filling.workspace.forms.get(id));
    let none = Vec::new();
    let conditions = match filling.draft.0.get(field.name.as_str()) {
        Some(Filled::Where(conditions)) => conditions,
        Some(Filled::Text(_) | Filled::Rows(_) | Filled::Picks(_)) | None => &none,
    };
    let set = filling.sets.get(field.name.as_str());
    let shown = |(place, condition): (u32, &Condition)| {
        let form = form?;
        Some(condition_shown(filling, form, (place, condition), set))
    };
    RecordSet {
        register,
        conditions: (0..).zip(conditions).filter_map(shown).collect(),
        count: set.map_or(Count::Unknown, |set| set.count.clone()),
        preview: set.and_then(|set| set.preview.clone()),
    }
}

/// Makes a condition fit its field: a relation that the field has, a value of the field's kind.
pub fn settle(form: &Form, draft: &mut Draft, of: &str) {
    let Some(Filled::Where(conditions)) = draft.0.get_mut(of) else { return };
    for condition in conditions {
        let known = conditionable(form);
        if !known.contains(&condition.field.as_str()) {
            known.first().copied().unwrap_or_default().clone_into(&mut condition.field);
        }
        let relations = relations(form, &condition.field);
        if !relations.contains(&condition.op.as_str()) {
            relations.first().copied().unwrap_or_default().clone_into(&mut condition.op);
        }
        let fits = |value: &str| match shape(form, &condition.field) {
            Shape::Day => value.parse::<chrono::NaiveDate>().is_ok(),
            Shape::Number => value.trim().parse::<Decimal>().is_ok(),
            Shape::Options | Shape::Text => true,
        };
        if !fits(&condition.value) {
            condition.value = String::new();
        }
        if !fits(&condition.value2) {
            condition.value2 = String::new();
        }
    }
}

/// Fills in the first option where one must be chosen, as the control shows it anyway.
pub fn choose_first(filling: &Options<'_>, draft: &mut Draft, of: &str) {
    let Some(Filled::Where(conditions)) = draft.0.get_mut(of) else { return };
    for condition in conditions {
        if shape(filling.form, &condition.field) == Shape::Options {
            let options = filling.of(&condition.field);
            if !options.iter().any(|option| option.value == condition.value) {
                condition.value = options.first().map(|option| option.value.clone()).unwrap_or_default();
            }
        }
    }
}

/// What a field of a register may be compared with.
pub struct Options<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The register.
    pub form: &'a Form,
    /// Everybody.
    pub directory: &'a definition::people::Directory,
}

impl Options<'_> {
    fn of(&self, field: &str) -> Vec<Choice> {
        let say = |id: &str| i18n::message(self.locale, id, &[]);
        match self.form.field(field).map(|field| &field.kind) {
            Some(FieldKind::Choice(options)) => choices(self.locale, options),
            Some(FieldKind::Person) => people(self.locale, self.directory),
            Some(FieldKind::YesNo) => vec![
                Choice { value: "true".to_owned(), label: say("field-yes") },
                Choice { value: "false".to_owned(), label: say("field-no") },
            ],
            Some(_) | None => Vec::new(),
        }
    }
}

fn condition_shown(
    filling: &Filling<'_>,
    form: &Form,
    (place, condition): (u32, &Condition),
    set: Option<&SetShown>,
) -> form::Condition {
    let locale = filling.locale;
    let value = compared(filling, form, condition);
    let is_complete = condition.op == "empty"
        || (!condition.value.is_empty() && (condition.op != "between" || !condition.value2.is_empty()));
    let said = || {
        let set = set.filter(|set| is_complete || set.is_judged)?;
        let problem = set.problems.iter().find(|problem| problem.field.as_str() == condition.field)?;
        Some(Problem::Said { text: words::refusal::complaint(locale, &problem.complaint) })
    };
    form::Condition {
        place,
        label: label(locale, Some(form), &condition.field),
        field: condition.field.clone(),
        fields: conditionable(form)
            .into_iter()
            .map(|name| Choice { value: name.to_owned(), label: label(locale, Some(form), name) })
            .collect(),
        op: condition.op.clone(),
        ops: relations(form, &condition.field)
            .into_iter()
            .map(|op| Choice { value: op.to_owned(), label: relation(locale, op) })
            .collect(),
        problem: if is_reversed(&value) { Some(Problem::Reversed) } else { said() },
        value,
    }
}

fn compared(filling: &Filling<'_>, form: &Form, condition: &Condition) -> ConditionValue {
    let (value, until) = (condition.value.clone(), condition.value2.clone());
    match (shape(form, &condition.field), condition.op.as_str()) {
        (_, "empty") => ConditionValue::Nothing,
        (Shape::Day, "between") => ConditionValue::Dates { from: value, until },
        (Shape::Number, "between") => ConditionValue::Numbers { from: value, until },
        (Shape::Day, _) => ConditionValue::Date { value },
        (Shape::Number, _) => ConditionValue::Number { value },
        (Shape::Text, _) => ConditionValue::Text { value },
        (Shape::Options, _) => {
            let options = Options { locale: filling.locale, form, directory: filling.directory };
            ConditionValue::Choice { value, options: options.of(&condition.field) }
        }
    }
}

fn is_reversed(value: &ConditionValue) -> bool {
    match value {
        ConditionValue::Dates { from, until } => !from.is_empty() && !until.is_empty() && from > until,
        ConditionValue::Numbers { from, until } => match (from.trim().parse::<Decimal>(), until.trim().parse()) {
            (Ok(from), Ok(until)) => from > until,
            (Ok(_) | Err(_), _) => false,
        },
        ConditionValue::Choice { .. }
        | ConditionValue::Date { .. }
        | ConditionValue::Number { .. }
        | ConditionValue::Text { .. }
        | ConditionValue::Nothing => false,
    }
}

/// The fields of a register that can be asked about.
fn conditionable(form: &Form) -> Vec<&str> {
    // What is kept in clear first: that is how sets are described; a number in full finds one record.
    let mut fields: Vec<&Field> = form.fields.iter().collect();
    fields.sort_by_key(|field| field.sensitivity);
    let fields = fields.into_iter().map(|field| field.name.as_str());
    fields.filter(|name| !relations(form, name).is_empty()).chain([CREATED, UPDATED]).collect()
}

/// The relations that the runtime can answer for a field.
fn relations(form: &Form, name: &str) -> Vec<&'static str> {
    let ordered = ["is", "between", "before", "after"];
    if name == CREATED || name == UPDATED {
        return ordered.to_vec();
    }
    let Some(field) = form.field(name) else { return Vec::new() };
    let is_by_index = field.sensitivity > Level::L0
        || matches!(field.kind, FieldKind::Mobile | FieldKind::CnResidentId | FieldKind::BankCard);
    if is_by_index {
        let relation = |kind: &SearchKind| match kind {
            SearchKind::Exact => "is",
            SearchKind::Last4 => "last4",
            SearchKind::Prefix => "starts_with",
        };
        return field.search.iter().map(relation).collect();
    }
    match &field.kind {
        FieldKind::Date | FieldKind::Number | FieldKind::Money => [&ordered[..], &["empty"]].concat(),
        FieldKind::YesNo | FieldKind::Choice(_) | FieldKind::Person => vec!["is", "is_not", "empty"],
        FieldKind::Text => vec!["is", "empty"],
        FieldKind::Multiline
        | FieldKind::Mobile
        | FieldKind::CnResidentId
        | FieldKind::BankCard
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => Vec::new(),
    }
}

fn shape(form: &Form, name: &str) -> Shape {
    match form.field(name).map(|field| &field.kind) {
        None | Some(FieldKind::Date) => Shape::Day,
        Some(FieldKind::Number | FieldKind::Money) => Shape::Number,
        Some(FieldKind::YesNo | FieldKind::Choice(_) | FieldKind::Person) => Shape::Options,
        Some(
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Mobile
            | FieldKind::CnResidentId
            | FieldKind::BankCard
            | FieldKind::Table(_)
            | FieldKind::Records(_)
            | FieldKind::RegisterFields(_),
        ) => Shape::Text,
    }
}

fn relation(locale: Locale, op: &str) -> String {
    let id = match op {
        "is_not" => "relation-is-not",
        "between" => "relation-between",
        "before" => "relation-before",
        "after" => "relation-after",
        "empty" => "relation-empty",
        "last4" => "relation-last4",
        "starts_with" => "relation-starts-with",
        _ => "relation-is",
    };
    i18n::message(locale, id, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::company::workspace;

    #[test]
    fn a_register_is_asked_only_what_its_store_can_answer() {
        let workspace = workspace();
        let form = &workspace.forms["customer"];
        let asked: Vec<(&str, Vec<&str>)> =
            conditionable(form).into_iter().map(|name| (name, relations(form, name))).collect();
        let ordered = vec!["is", "between", "before", "after"];
        assert_eq!(
            asked,
            [
                ("owner", vec!["is", "is_not", "empty"]),
                ("last_contact", vec!["is", "between", "before", "after", "empty"]),
                ("mobile", vec!["is", "last4"]),
                ("id_number", vec!["is"]),
                ("created_at", ordered.clone()),
                ("updated_at", ordered),
            ]
        );
    }

    #[test]
    fn a_condition_whose_field_was_changed_fits_its_new_field() {
        let workspace = workspace();
        let form = &workspace.forms["customer"];
        let changed = Condition {
            field: "last_contact".to_owned(),
            op: "last4".to_owned(),
            value: "1234".to_owned(),
            value2: "2026-09-30".to_owned(),
        };
        let mut draft =
            Draft(BTreeMap::from([("records".to_owned(), Filled::Where(vec![changed, Condition::default()]))]));
        settle(form, &mut draft, "records");
        let expected = Filled::Where(vec![
            Condition {
                field: "last_contact".to_owned(),
                op: "is".to_owned(),
                value: String::new(),
                value2: "2026-09-30".to_owned(),
            },
            Condition { field: "owner".to_owned(), op: "is".to_owned(), ..Condition::default() },
        ]);
        assert_eq!(draft.0["records"], expected);
    }

    #[test]
    fn days_and_numbers_the_wrong_way_round_are_told() {
        let dates = |from: &str, until: &str| {
            is_reversed(&ConditionValue::Dates { from: from.to_owned(), until: until.to_owned() })
        };
        let numbers = |from: &str, until: &str| {
            is_reversed(&ConditionValue::Numbers { from: from.to_owned(), until: until.to_owned() })
        };
        assert_eq!([dates("2026-09-30", "2026-07-01"), dates("2026-07-01", "2026-09-30")], [true, false]);
        assert_eq!([numbers("10", "9"), numbers("9", "10"), numbers("", "9")], [true, false, false]);
    }
}
