//! What narrows a list, and how its pages are turned: by the last row of the page before, so that no row repeats or vanishes.

use std::collections::BTreeMap;

use chrono::Days;
use definition::{
    level::Level,
    model::{Field, FieldKind, Form},
    value::Relation,
};
use runtime::{Cursor, records::Test, viewer::Viewer};
use serde_json::{Value as Json, json};

use super::ROWS;
use crate::{
    http::problem::Problem,
    i18n::{self, FluentValue},
    view::{
        customers::{Filter, Pager},
        form::Choice,
    },
    words::records::Writing,
};

/// The most filters of a list.
const FILTERS_MAX: usize = 4;

/// Days within which something counts as lately, and after which as long ago.
const LATELY_DAYS: u64 = 30;
const LONG_AGO_DAYS: u64 = 90;

/// The names in an address that are no filters.
const AFTER: &str = "after";
const AT: &str = "at";

/// How many pages back an address leads.
const TRAIL_MAX: usize = 12;

/// Filters of a register, and what they ask of it.
pub struct Narrowed {
    /// The filters with what is chosen.
    pub filters: Vec<Filter>,
    /// What must hold.
    pub tests: Vec<Test>,
    /// What was chosen, for addresses.
    pub chosen: Vec<(String, String)>,
}

impl Narrowed {
    /// Reads what was chosen; what is no option counts as nothing.
    pub fn read(writing: &Writing<'_>, (viewer, form): (&Viewer, &Form), asked: &BTreeMap<String, String>) -> Self {
        let mut narrowed = Self { filters: Vec::new(), tests: Vec::new(), chosen: Vec::new() };
        for field in form.fields.iter().filter(|field| is_filter(field)).take(FILTERS_MAX) {
            let options = options(writing, viewer, (form, field));
            if options.len() < 2 {
                continue;
            }
            let name = field.name.to_string();
            let value = asked.get(&name).filter(|value| options.iter().any(|option| option.value == **value));
            let value = value.cloned().unwrap_or_default();
            if !value.is_empty() {
                narrowed.tests.push(test(writing, viewer, (field, &value)));
                narrowed.chosen.push((name.clone(), value.clone()));
            }
            narrowed.filters.push(Filter { name, label: writing.label(field), value, options });
        }
        narrowed
    }

    /// The filter to try without, if it is the only one.
    pub fn only_label(&self) -> Option<String> {
        let [(name, _)] = self.chosen.as_slice() else { return None };
        self.filters.iter().find(|filter| filter.name == *name).map(|filter| filter.label.clone())
    }
}

/// A public field that has few values, or is a day.
fn is_filter(field: &Field) -> bool {
    let is_free = ![AFTER, AT].contains(&field.name.as_str());
    let has_options =
        matches!(field.kind, FieldKind::Person | FieldKind::Choice(_) | FieldKind::YesNo | FieldKind::Date);
    is_free && has_options && field.sensitivity == Level::L0
}

fn options(writing: &Writing<'_>, viewer: &Viewer, (form, field): (&Form, &Field)) -> Vec<Choice> {
    let say = |value: &str, id: &str| Choice {
        value: value.to_owned(),
        label: i18n::message(writing.reading.locale, id, &[]),
    };
    let days = |value: &str, id: &str, days: u64| Choice {
        value: value.to_owned(),
        label: i18n::message(writing.reading.locale, id, &[("days", FluentValue::from(days))]),
    };
    let mut options = vec![say("", "register-filter-all")];
    match &field.kind {
        FieldKind::Person => {
            options.push(say("me", "register-filter-me"));
            let is_owner = form.register().is_some_and(|register| register.owner.as_ref() == Some(&field.name));
            if is_owner && writing.directory.team(viewer.login().as_str()).len() > 1 {
                options.push(say("team", "register-filter-team"));
            }
        }
        FieldKind::YesNo => options.extend([say("true", "field-yes"), say("false", "field-no")]),
        FieldKind::Choice(choices) => options.extend(
            choices
                .iter()
                .map(|one| Choice { value: one.value.clone(), label: one.label.get(writing.reading.locale).clone() }),
        ),
        FieldKind::Date => options.extend([
            days("lately", "register-filter-lately", LATELY_DAYS),
            days("long-ago", "register-filter-long-ago", LONG_AGO_DAYS),
        ]),
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::Mobile
        | FieldKind::CnResidentId
        | FieldKind::BankCard
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => {}
    }
    options
}

fn test(writing: &Writing<'_>, viewer: &Viewer, (field, value): (&Field, &str)) -> Test {
    let today = writing.reading.now.with_timezone(&writing.reading.zone).date_naive();
    let ago = |days: u64| json!(today.checked_sub_days(Days::new(days)).unwrap_or(today).to_string());
    let (op, value) = match value {
        "me" => (Relation::Is, json!(viewer.login())),
        "team" => (Relation::In, json!(writing.directory.team(viewer.login().as_str()))),
        "lately" => (Relation::After, ago(LATELY_DAYS + 1)),
        "long-ago" => (Relation::Before, ago(LONG_AGO_DAYS)),
        other => (Relation::Is, json!(other)),
    };
    Test { field: field.name.to_string(), op, value, value2: Json::Null }
}

/// The pages that led to this one, each by the row it begins after.
#[derive(Debug, Default, PartialEq)]
pub struct Trail {
    steps: Vec<Cursor>,
    before: u64,
}

impl Trail {
    /// Reads it from an address.
    pub fn read(asked: &BTreeMap<String, String>) -> Result<Self, Problem> {
        let steps = asked.get(AFTER).map(String::as_str).filter(|after| !after.is_empty()).unwrap_or_default();
        let steps = steps.split('.').filter(|step| !step.is_empty()).map(str::parse);
        let steps: Vec<Cursor> = steps.collect::<Result<_, _>>().map_err(|_| Problem::Malformed)?;
        let before = asked.get(AT).and_then(|at| at.parse().ok()).unwrap_or_default();
        Ok(Self { before: if steps.is_empty() { 0 } else { before }, steps })
    }

    /// The row that the page begins after.
    pub fn after(&self) -> Option<Cursor> {
        self.steps.last().copied()
    }

    /// The pager of a page of so many rows that goes on there.
    pub fn pager(&self, base: &str, chosen: &[(String, String)], (rows, next): (usize, Option<Cursor>)) -> Pager {
        let rows = rows as u64;
        let newer = self.steps.split_last().map(|(_, before)| {
            let at = if before.is_empty() { 0 } else { self.before.saturating_sub(ROWS) };
            address(base, chosen, before, at)
        });
        let older = next.map(|next| {
            let kept = self.steps.len().saturating_sub(TRAIL_MAX - 1);
            let steps: Vec<Cursor> = self.steps[kept..].iter().copied().chain([next]).collect();
            address(base, chosen, &steps, self.before + rows)
        });
        Pager { from: (self.before + 1).min(self.before + rows), to: self.before + rows, total: None, newer, older }
    }
}

fn address(base: &str, chosen: &[(String, String)], steps: &[Cursor], at: u64) -> String {
    let mut parts: Vec<String> =
        chosen.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    if !steps.is_empty() {
        let steps: Vec<String> = steps.iter().map(ToString::to_string).collect();
        parts.push(format!("{AFTER}={}&{AT}={at}", steps.join(".")));
    }
    if parts.is_empty() { base.to_owned() } else { format!("{base}?{}", parts.join("&")) }
}

/// A text as part of a query.
pub fn encoded(text: &str) -> String {
    use std::fmt::Write;

    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            written.push(char::from(byte));
        } else {
            write!(written, "%{byte:02X}").expect("writing to a string succeeds");
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn cursor(key: u8) -> Cursor {
        format!("{key:016x}{}", "0".repeat(32)).parse().expect("a cursor")
    }

    #[test]
    fn pages_are_turned_forward_and_back_to_where_they_came_from() {
        let [one, two] = [cursor(1), cursor(2)];
        let chosen = [("owner".to_owned(), "li na".to_owned())];
        let first = Trail::default().pager("/r", &chosen, (50, Some(one)));
        assert_eq!((first.from, first.to, first.newer), (1, 50, None));
        assert_eq!(first.older, Some(format!("/r?owner=li%20na&after={one}&at=50")));
        let second = Trail::read(&asked(&[("after", &one.to_string()), ("at", "50")])).expect("a trail");
        assert_eq!(second.after(), Some(one));
        let pager = second.pager("/r", &[], (50, Some(two)));
        assert_eq!((pager.from, pager.to), (51, 100));
        assert_eq!((pager.newer, pager.older), (Some("/r".to_owned()), Some(format!("/r?after={one}.{two}&at=100"))));
        let third = Trail::read(&asked(&[("after", &format!("{one}.{two}")), ("at", "100")])).expect("a trail");
        assert_eq!(third.pager("/r", &[], (3, None)).newer, Some(format!("/r?after={one}&at=50")));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        assert!(matches!(Trail::read(&asked(&[("after", "x")])), Err(Problem::Malformed)));
    }
}
