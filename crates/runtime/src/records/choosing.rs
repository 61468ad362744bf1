//! How the records of a set were chosen: kept with the submission, and told to each reader as far as they may know.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use definition::{
    id::{FieldName, Login},
    level::Level,
    model::{Field, FieldKind, Form, RegisterRight},
    value::{Chosen, ChosenTest, RecordSet, Relation, Value},
};
use engine::{Case, Plan, Submission};
use policy::{FieldView, Typed, may_touch};
use rust_decimal::Decimal;
use vault::mask::WHOLE;

use super::{
    Selection, Test,
    masking::{Looking, masked},
};
use crate::{application::Application, cases::Cell, viewer::Viewer};

/// How the records of a set were chosen, as one reader may know it.
#[derive(Debug, Clone, PartialEq)]
pub enum ChosenShown {
    /// One by one.
    Ids,
    /// All of which this held; without a test all there were.
    Where(Vec<TestShown>),
}

/// Something that held of every record of a set, as one reader may know it.
#[derive(Debug, Clone, PartialEq)]
pub enum TestShown {
    /// Not even which field was asked for.
    Hidden,
    /// A field and what it was held against.
    Shown {
        /// The field, or `created_at`, `updated_at`.
        field: String,
        /// How it was held against the values.
        relation: Relation,
        /// What it was held against.
        values: Vec<Cell>,
    },
}

/// A selection that the store could answer, as it is kept.
pub(super) fn chosen(form: &Form, selection: &Selection) -> Chosen {
    match selection {
        Selection::Ids(_) => Chosen::Ids,
        Selection::Where(tests) => Chosen::Where(tests.iter().map(|test| kept(form, test)).collect()),
    }
}

fn kept(form: &Form, test: &Test) -> ChosenTest {
    let field = form.field(&test.field);
    let raw = match test.op {
        Relation::Empty => Vec::new(),
        Relation::In => test.value.as_array().cloned().unwrap_or_default(),
        Relation::Between => vec![test.value.clone(), test.value2.clone()],
        Relation::Is
        | Relation::IsNot
        | Relation::Before
        | Relation::After
        | Relation::Last4
        | Relation::StartsWith => vec![test.value.clone()],
    };
    ChosenTest {
        field: test.field.clone(),
        level: field.map_or(Level::L0, |field| field.sensitivity),
        relation: test.op,
        values: raw.iter().map(|raw| typed(field, raw)).collect(),
    }
}

/// What a field was held against, as a value of the field's kind; of moments the day is asked for.
fn typed(field: Option<&Field>, raw: &serde_json::Value) -> Value {
    let text = raw.as_str().map_or_else(|| raw.to_string(), |text| text.trim().to_owned());
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Value::Date);
    let read = match field.map(|field| &field.kind) {
        None | Some(FieldKind::Date) => day(&text),
        Some(FieldKind::Number | FieldKind::Money) => Decimal::from_str_exact(&text).ok().map(Value::Number),
        Some(FieldKind::YesNo) => text.parse().ok().map(Value::Bool),
        Some(FieldKind::Person) => Some(Value::Person(Login::from(text.as_str()))),
        Some(
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Choice(_)
            | FieldKind::Mobile
            | FieldKind::CnResidentId
            | FieldKind::BankCard
            | FieldKind::Table(_)
            | FieldKind::Records(_)
            | FieldKind::RegisterFields(_),
        ) => None,
    };
    read.unwrap_or(Value::Text(text))
}

impl Application {
    /// How each set of a request was chosen, by field, as the viewer may know it: the requester all that they typed,
    /// everybody else what they may see of the fields that were asked for.
    pub(crate) fn chosen_shown(
        &self,
        viewer: &Viewer,
        (plan, case): (&Plan, &Case),
        submission: &Submission,
    ) -> BTreeMap<FieldName, ChosenShown> {
        let Ok(workspace) = self.workspace() else { return BTreeMap::new() };
        let looking = Looking { viewer, settings: &workspace.settings, may_reveal: false };
        let directory = self.directory();
        let right = (RegisterRight::View, case.requester());
        let is_own = case.is_of(viewer.login());
        let shown = |set: &RecordSet| {
            let live = workspace.forms.get(&set.register).map(AsRef::as_ref);
            let form = live.or_else(|| plan.registers.get(&set.register).map(AsRef::as_ref));
            let may_view = form.is_some_and(|form| may_touch(&directory, &viewer.person, form, right));
            Some(match set.chosen.as_ref()? {
                Chosen::Ids => ChosenShown::Ids,
                Chosen::Where(tests) if is_own => ChosenShown::Where(tests.iter().map(in_clear).collect()),
                Chosen::Where(tests) => {
                    ChosenShown::Where(tests.iter().map(|test| shown_to(&looking, (form, may_view), test)).collect())
                }
            })
        };
        let of = |(name, value): (&FieldName, &Value)| {
            let Value::Records(set) = value else { return None };
            shown(set).map(|chosen| (name.clone(), chosen))
        };
        submission.values().iter().filter_map(of).collect()
    }
}

fn in_clear(test: &ChosenTest) -> TestShown {
    told(test, |value| Cell::Clear(value.clone()))
}

fn told(test: &ChosenTest, cell: impl Fn(&Value) -> Cell) -> TestShown {
    TestShown::Shown {
        field: test.field.clone(),
        relation: test.relation,
        values: test.values.iter().map(cell).collect(),
    }
}

/// Whoever may not view the requester's records (`may_view`) sees of what was sought what they would see below every
/// clearance.
fn shown_to(looking: &Looking<'_>, (form, may_view): (Option<&Form>, bool), test: &ChosenTest) -> TestShown {
    let Some(field) = form.and_then(|form| form.field(&test.field)) else {
        // When a record was entered or changed is no secret; a field that is gone is.
        return if super::selection::is_moment(&test.field) { in_clear(test) } else { TestShown::Hidden };
    };
    match looking.view(field, Some(test.level), Typed::Elsewhere) {
        FieldView::Clear if may_view || field.sensitivity.max(test.level) == Level::L0 => in_clear(test),
        FieldView::Hidden => TestShown::Hidden,
        FieldView::Clear | FieldView::Masked { .. } => told(test, |value| Cell::Masked {
            // The mask of a whole number may show just the part that was asked for.
            text: if test.relation == Relation::Is { masked(field, value) } else { WHOLE.to_owned() },
            revealable: false,
        }),
    }
}
