//! Which records somebody means: by their ids, or by what holds of them.
//!
//! A condition can only ask what the store can answer: a field kept in clear is compared, an encrypted one is found by
//! a blind index. Everything else is refused with the reason, never answered with fewer records.

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use definition::{
    form_values::{Complaint, FieldProblem},
    id::FieldName,
    level::Level,
    model::{Field, FieldKind, SearchKind},
    value::Relation,
};
use policy::{FieldView, Typed};
use rust_decimal::Decimal;
use serde::Deserialize;
use store::{Condition, Span};
use uuid::Uuid;

use super::{
    RegisterFor, known,
    masking::Looking,
    sealing::{blind, column, days, kinds, number_units},
};
use crate::{
    application::Application,
    error::{Outcome, Refusal},
};

/// The most records that are chosen one by one.
pub const SELECTED_IDS_MAX: usize = 10_000;

/// The most conditions of a selection.
pub const CONDITIONS_MAX: usize = 20;

/// The most alternatives of one condition.
const ALTERNATIVES_MAX: usize = 200;

/// Asks when a record was entered, in place of a field.
const CREATED: &str = "created_at";

/// Asks when a record was last changed, in place of a field.
const UPDATED: &str = "updated_at";

/// Whether a name asks when a record was entered or changed, in place of a field.
pub(super) fn is_moment(name: &str) -> bool {
    name == CREATED || name == UPDATED
}

/// Which records are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// These.
    Ids(Vec<Uuid>),
    /// All of which this holds; without a condition all there are.
    Where(Vec<Test>),
}

/// Something that is asked of a field.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// The field, or `created_at`, `updated_at`.
    pub field: String,
    /// How it is held against the value.
    pub op: Relation,
    /// What it is held against.
    #[serde(default)]
    pub value: serde_json::Value,
    /// The other end of `between`.
    #[serde(default)]
    pub value2: serde_json::Value,
}

/// What is sought may be somebody's number, so it is not printed.
impl std::fmt::Debug for Test {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Test").field("field", &self.field).field("op", &self.op).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    ids: Option<Vec<Uuid>>,
    #[serde(rename = "where")]
    tests: Option<Vec<Test>>,
}

impl Selection {
    /// Every record.
    pub const fn everything() -> Self {
        Self::Where(Vec::new())
    }

    /// Reads `{ "ids": […] }` or `{ "where": […] }`; also as the text of a hidden control.
    pub fn read(raw: &serde_json::Value) -> Option<Self> {
        let written: Written = match raw.as_str() {
            Some(text) => serde_json::from_str(text).ok()?,
            None => Written::deserialize(raw).ok()?,
        };
        match (written.ids, written.tests) {
            (Some(mut ids), None) if ids.len() <= SELECTED_IDS_MAX => {
                ids.sort_unstable();
                ids.dedup();
                Some(Self::Ids(ids))
            }
            (None, Some(tests)) if tests.len() <= CONDITIONS_MAX => Some(Self::Where(tests)),
            (_, _) => None,
        }
    }
}

impl Application {
    /// What a selection asks of the store, for this viewer.
    pub(super) async fn conditions(&self, of: &RegisterFor<'_>, selection: &Selection) -> Outcome<Vec<Condition>> {
        let tests = match selection {
            Selection::Ids(ids) => return Ok(vec![Condition::Ids(ids.clone())]),
            Selection::Where(tests) => tests,
        };
        let index = self.keys.index_key(&self.store, of.form.id.as_str()).await?;
        let asking = Asking { of, index: &index, application: self };
        let (mut conditions, mut problems) = (Vec::new(), Vec::new());
        for test in tests {
            match asking.condition(test) {
                Ok(condition) => conditions.push(condition),
                Err(complaint) => {
                    let field = FieldName::from(test.field.as_str());
                    problems.push(FieldProblem { field, cell: None, complaint });
                }
            }
        }
        if problems.is_empty() { Ok(conditions) } else { Err(Refusal::Fields(problems).into()) }
    }
}

struct Asking<'a> {
    of: &'a RegisterFor<'a>,
    index: &'a vault::IndexKey,
    application: &'a Application,
}

impl Asking<'_> {
    fn condition(&self, test: &Test) -> Result<Condition, Complaint> {
        match test.field.as_str() {
            CREATED => return self.moments(test).map(Condition::Created),
            UPDATED => return self.moments(test).map(Condition::Updated),
            _ => {}
        }
        let field = self.of.form.field(&test.field).ok_or_else(|| known("selection-unknown-field", []))?;
        let looking = Looking { viewer: self.of.viewer, settings: &self.of.workspace.settings, may_reveal: false };
        if looking.view(field, None, Typed::Elsewhere) == FieldView::Hidden {
            // Whoever may not know that there is a value cannot find out by asking for it.
            return Err(known("selection-unknown-field", []));
        }
        if test.op == Relation::Empty {
            return Ok(Condition::Empty(test.field.clone()));
        }
        if field.sensitivity > Level::L0 {
            return self.by_index(field, test);
        }
        match &field.kind {
            FieldKind::Date => span(test, |value| day(value).map(days)).map(|span| numbers(field, span)),
            FieldKind::Number | FieldKind::Money => amounts(field, test).map(|span| numbers(field, span)),
            FieldKind::Text | FieldKind::YesNo | FieldKind::Choice(_) | FieldKind::Person => self.words(field, test),
            FieldKind::Mobile | FieldKind::CnResidentId | FieldKind::BankCard => self.by_index(field, test),
            FieldKind::Multiline | FieldKind::Table(_) | FieldKind::Records(_) | FieldKind::RegisterFields(_) => {
                Err(impossible(field))
            }
        }
    }

    fn by_index(&self, field: &Field, test: &Test) -> Result<Condition, Complaint> {
        let kind = match test.op {
            Relation::Is => SearchKind::Exact,
            Relation::Last4 => SearchKind::Last4,
            Relation::StartsWith => SearchKind::Prefix,
            Relation::IsNot
            | Relation::In
            | Relation::Before
            | Relation::After
            | Relation::Between
            | Relation::Empty => {
                return Err(impossible(field));
            }
        };
        if !field.search.contains(&kind) {
            return Err(impossible(field));
        }
        let (search, stored) = kinds(kind);
        let sought = test.value.as_str().ok_or_else(wrong)?;
        let index = self.index.query(&column(&self.of.form, field), search, sought).ok_or_else(wrong)?;
        Ok(Condition::Blind(blind(field, stored, &index)))
    }

    fn words(&self, field: &Field, test: &Test) -> Result<Condition, Complaint> {
        let words = match test.op {
            Relation::Is => vec![word(&test.value)?],
            Relation::In => {
                let values =
                    test.value.as_array().filter(|values| values.len() <= ALTERNATIVES_MAX).ok_or_else(wrong)?;
                values.iter().map(word).collect::<Result<_, _>>()?
            }
            Relation::IsNot => {
                let not = word(&test.value)?;
                let mut others = self.known_words(field).ok_or_else(|| impossible(field))?;
                others.retain(|other| *other != not);
                others
            }
            Relation::Before
            | Relation::After
            | Relation::Between
            | Relation::Empty
            | Relation::Last4
            | Relation::StartsWith => return Err(impossible(field)),
        };
        let is_owner = self.of.form.register().is_some_and(|register| register.owner.as_ref() == Some(&field.name));
        if is_owner {
            Ok(Condition::Owner(words))
        } else {
            Ok(Condition::Text { field: field.name.to_string(), one_of: words })
        }
    }

    /// Every word a field may hold, if they are known.
    fn known_words(&self, field: &Field) -> Option<Vec<String>> {
        match &field.kind {
            FieldKind::YesNo => Some(vec![true.to_string(), false.to_string()]),
            FieldKind::Choice(options) => Some(options.iter().map(|option| option.value.clone()).collect()),
            FieldKind::Person => {
                Some(self.application.directory().people().map(|person| person.login.to_string()).collect())
            }
            FieldKind::Text
            | FieldKind::Multiline
            | FieldKind::Number
            | FieldKind::Money
            | FieldKind::Date
            | FieldKind::Mobile
            | FieldKind::CnResidentId
            | FieldKind::BankCard
            | FieldKind::Table(_)
            | FieldKind::Records(_)
            | FieldKind::RegisterFields(_) => None,
        }
    }

    /// Days of the workspace's time zone as moments.
    fn moments(&self, test: &Test) -> Result<Span<DateTime<Utc>>, Complaint> {
        let Span { from, until } = span(test, |value| day(value).map(days))?;
        let timezone = self.of.workspace.settings.timezone;
        let moment = |count: i64| {
            let day = i32::try_from(count).ok().and_then(NaiveDate::from_epoch_days)?;
            let midnight = day.and_hms_opt(0, 0, 0)?;
            // A midnight that a change of clocks skips begins with the hour after it.
            let local = timezone.from_local_datetime(&midnight).earliest();
            Some(local.map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc)))
        };
        Ok(Span { from: from.and_then(moment), until: until.and_then(moment) })
    }
}

fn amounts(field: &Field, test: &Test) -> Result<Span<i64>, Complaint> {
    span(test, |value| {
        let amount = match value.as_number() {
            Some(number) => number.to_string(),
            None => value.as_str()?.trim().to_owned(),
        };
        number_units(&field.kind, Decimal::from_str_exact(&amount).ok()?)
    })
}

fn numbers(field: &Field, span: Span<i64>) -> Condition {
    Condition::Number { field: field.name.to_string(), span }
}

/// The span of whole units that an operator means.
fn span(test: &Test, unit: impl Fn(&serde_json::Value) -> Option<i64>) -> Result<Span<i64>, Complaint> {
    let first = unit(&test.value).ok_or_else(wrong)?;
    let after = |unit: i64| unit.checked_add(1).ok_or_else(wrong);
    Ok(match test.op {
        Relation::Is => Span { from: Some(first), until: Some(after(first)?) },
        Relation::Before => Span { from: None, until: Some(first) },
        Relation::After => Span { from: Some(after(first)?), until: None },
        Relation::Between => {
            let last = unit(&test.value2).ok_or_else(wrong)?;
            Span { from: Some(first), until: Some(after(last)?) }
        }
        Relation::IsNot | Relation::In | Relation::Empty | Relation::Last4 | Relation::StartsWith => {
            return Err(known("selection-impossible", [("name", test.field.clone())]));
        }
    })
}

fn day(value: &serde_json::Value) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(value.as_str()?.trim(), "%Y-%m-%d").ok()
}

fn word(value: &serde_json::Value) -> Result<String, Complaint> {
    let text = value.as_str().filter(|text| !text.is_empty()).map(ToOwned::to_owned);
    text.or_else(|| value.as_bool().map(|answer| answer.to_string())).ok_or_else(wrong)
}

fn impossible(field: &Field) -> Complaint {
    known("selection-impossible", [("name", field.name.to_string())])
}

fn wrong() -> Complaint {
    known("selection-value", [])
}
