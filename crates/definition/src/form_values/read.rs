//! One entered thing becomes one value, by the kind of its field.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value as Json;
use vault::identifier::{self, bank_card, mobile, resident_id};

use super::{
    Complaint, Entered, FieldProblem, Situation,
    limits::{MONEY_PLACES_MAX, NUMBER_DIGITS_MAX, ROWS_MAX, TEXT_CHARACTERS_MAX, TEXT_LINE_CHARACTERS_MAX},
};
use crate::{
    expression::Expression,
    id::{FieldName, FormId, Login},
    model::{Choice, Field, FieldKind},
    syntax::is_bidirectional,
    value::{FieldPick, Value},
};

/// The value of a field, or all that is wrong with it.
pub(super) fn read(field: &Field, entered: &Entered, situation: &Situation<'_>) -> Result<Value, Vec<FieldProblem>> {
    let problem = |complaint| vec![FieldProblem { field: field.name.clone(), cell: None, complaint }];
    let value = match (&field.kind, entered) {
        (_, Entered::Raw(Json::Null) | Entered::Whole(Value::Empty)) => return Ok(Value::Empty),
        (FieldKind::Table(columns), _) => return rows(field, columns, entered, situation),
        (FieldKind::Records(register), Entered::Whole(value)) => records(register, value),
        (FieldKind::Records(_), Entered::Raw(_)) => Err(Complaint::known("field-records")),
        (FieldKind::RegisterFields(register), _) => picks(register, entered, situation),
        (_, Entered::Raw(raw)) => single_raw(&field.kind, raw, situation),
        (_, Entered::Whole(value)) => single_whole(&field.kind, value, situation),
    };
    value.and_then(|value| within_bounds(field, value)).map_err(problem)
}

/// A single value as it came: nothing entered is no value, and no problem yet.
fn single_raw(kind: &FieldKind, raw: &Json, situation: &Situation<'_>) -> Result<Value, Complaint> {
    let text = match raw {
        Json::Bool(answer) if matches!(kind, FieldKind::YesNo) => return Ok(Value::Bool(*answer)),
        Json::Number(number) if matches!(kind, FieldKind::Number | FieldKind::Money) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) | Json::Null => {
            return Err(Complaint::known("field-wrong-type"));
        }
    };
    if text.trim().is_empty() { Ok(Value::Empty) } else { single_text(kind, &text, situation) }
}

/// A single value that was one before: written again and read like any other, so that it meets every rule of today.
fn single_whole(kind: &FieldKind, value: &Value, situation: &Situation<'_>) -> Result<Value, Complaint> {
    let text = match (kind, value) {
        (FieldKind::YesNo, Value::Bool(answer)) => return Ok(Value::Bool(*answer)),
        (FieldKind::Number | FieldKind::Money, Value::Number(number)) => number.to_string(),
        (FieldKind::Date, Value::Date(day)) => day.to_string(),
        (FieldKind::Person, Value::Person(login)) => login.to_string(),
        (_, Value::Text(text)) => text.clone(),
        _ => return Err(Complaint::known("field-wrong-type")),
    };
    single_text(kind, &text, situation)
}

fn single_text(kind: &FieldKind, text: &str, situation: &Situation<'_>) -> Result<Value, Complaint> {
    match kind {
        FieldKind::Text => line(text).map(Value::Text),
        FieldKind::Multiline => lines(text).map(Value::Text),
        FieldKind::Number => number(text, None).map(Value::Number),
        FieldKind::Money => number(text, Some(MONEY_PLACES_MAX)).map(Value::Number),
        FieldKind::YesNo => yes_no(text).map(Value::Bool),
        FieldKind::Choice(options) => choice(options, text).map(Value::Text),
        FieldKind::Date => day(text).map(Value::Date),
        FieldKind::Mobile => mobile::parse(text).map(Value::Text).map_err(|why| identifier("field-mobile", why)),
        FieldKind::CnResidentId => {
            resident_id::parse(text).map(Value::Text).map_err(|why| identifier("field-resident-id", why))
        }
        FieldKind::BankCard => {
            bank_card::parse(text).map(Value::Text).map_err(|why| identifier("field-bank-card", why))
        }
        FieldKind::Person => person(text, situation).map(Value::Person),
        FieldKind::Table(_) | FieldKind::Records(_) | FieldKind::RegisterFields(_) => {
            Err(Complaint::known("field-wrong-type"))
        }
    }
}

/// Text on one line, without the spaces around it.
fn line(text: &str) -> Result<String, Complaint> {
    let text = text.trim();
    if text.contains(['\n', '\r']) {
        return Err(Complaint::known("field-one-line"));
    }
    visible(text, TEXT_LINE_CHARACTERS_MAX)
}

/// Text on several lines; every line ends alike whatever the browser sends.
fn lines(text: &str) -> Result<String, Complaint> {
    visible(text.replace("\r\n", "\n").replace('\r', "\n").trim(), TEXT_CHARACTERS_MAX)
}

/// A text that an approver reads as it is: no control characters, none that reorder others.
fn visible(text: &str, limit: u32) -> Result<String, Complaint> {
    if text.chars().count() > usize::try_from(limit).unwrap_or(usize::MAX) {
        return Err(Complaint::with("field-too-long", "limit", limit));
    }
    let is_hidden = |one: char| (one.is_control() && !matches!(one, '\n' | '\t')) || is_bidirectional(one);
    if text.contains(is_hidden) { Err(Complaint::known("field-characters")) } else { Ok(text.to_owned()) }
}

fn number(text: &str, places: Option<u32>) -> Result<Decimal, Complaint> {
    let text = to_ascii_width(text);
    let text: String = text.trim().chars().filter(|one| !matches!(one, ',' | ' ' | '\u{00A0}')).collect();
    let is_written = text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
    let number = is_written.then(|| Decimal::from_str_exact(&text).ok()).flatten();
    let number = number.ok_or_else(|| Complaint::known("field-number"))?;
    if text.bytes().filter(u8::is_ascii_digit).count() > NUMBER_DIGITS_MAX {
        return Err(Complaint::with("field-number-digits", "limit", NUMBER_DIGITS_MAX));
    }
    match places {
        Some(places) if number.normalize().scale() > places => Err(Complaint::with("field-places", "limit", places)),
        Some(_) | None => Ok(number.normalize()),
    }
}

/// Digits and punctuation as Chinese input methods type them, in their ASCII width.
fn to_ascii_width(text: &str) -> String {
    const OFFSET: u32 = 0xFEE0;
    text.chars()
        .map(|one| match one {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(one) - OFFSET).unwrap_or(one),
            '\u{3000}' => ' ',
            _ => one,
        })
        .collect()
}

fn yes_no(text: &str) -> Result<bool, Complaint> {
    match text.trim() {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" => Ok(false),
        _ => Err(Complaint::known("field-wrong-type")),
    }
}

fn choice(options: &[Choice], text: &str) -> Result<String, Complaint> {
    let chosen = options.iter().find(|option| option.value == text);
    chosen.map(|option| option.value.clone()).ok_or_else(|| Complaint::known("field-not-an-option"))
}

fn day(text: &str) -> Result<NaiveDate, Complaint> {
    let text = to_ascii_width(text).trim().replace(['/', '.'], "-");
    let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok();
    // Four digits of year: `26-11-20` is the year 26 to a machine and 2026 to whoever typed it.
    day.filter(|_| text.find('-') == Some(4)).ok_or_else(|| Complaint::known("field-date"))
}

fn person(text: &str, situation: &Situation<'_>) -> Result<Login, Complaint> {
    let person = situation.directory.active(text.trim());
    person.map(|person| person.login.clone()).ok_or_else(|| Complaint::known("field-person"))
}

fn identifier(message: &'static str, why: identifier::Error) -> Complaint {
    let reason = match why {
        identifier::Error::Length => "length",
        identifier::Error::Character => "character",
        identifier::Error::Prefix => "prefix",
        identifier::Error::Date => "date",
        identifier::Error::CheckDigit => "check_digit",
    };
    Complaint::with(message, "reason", reason)
}

/// A set that the store froze, of the register the field names.
fn records(register: &FormId, value: &Value) -> Result<Value, Complaint> {
    let Value::Records(set) = value else { return Err(Complaint::known("field-records")) };
    if set.register != *register {
        return Err(Complaint::known("field-records"));
    }
    Ok(if set.count == 0 { Value::Empty } else { value.clone() })
}

/// Fields of a register. Their level is the register's, never what was sent.
fn picks(register: &FormId, entered: &Entered, situation: &Situation<'_>) -> Result<Value, Complaint> {
    let asked: Vec<(String, bool)> = match entered {
        Entered::Raw(Json::Array(items)) => items.iter().map(pick).collect::<Option<_>>(),
        Entered::Raw(Json::String(name)) => Some(vec![(name.clone(), false)]),
        Entered::Whole(Value::Picks(picks)) => {
            Some(picks.iter().map(|pick| (pick.name.to_string(), pick.masked)).collect())
        }
        Entered::Raw(_) | Entered::Whole(_) => None,
    }
    .ok_or_else(|| Complaint::known("field-wrong-type"))?;
    let form = situation.forms.get(register).ok_or_else(|| Complaint::known("field-pick-unknown"))?;
    let mut picks: Vec<FieldPick> = Vec::new();
    for (name, masked) in asked {
        let field = form.field(&name).ok_or_else(|| Complaint::known("field-pick-unknown"))?;
        if picks.iter().any(|pick| pick.name == field.name) {
            return Err(Complaint::with("field-pick-twice", "name", &field.name));
        }
        picks.push(FieldPick { name: field.name.clone(), masked, level: field.sensitivity });
    }
    Ok(if picks.is_empty() { Value::Empty } else { Value::Picks(picks) })
}

/// A bare name asks for the field in clear, `{ name, masked: true }` for its mask.
fn pick(item: &Json) -> Option<(String, bool)> {
    match item {
        Json::String(name) => Some((name.clone(), false)),
        Json::Object(keys) if keys.keys().all(|key| key == "name" || key == "masked") => {
            let masked = match keys.get("masked") {
                None => false,
                Some(masked) => masked.as_bool()?,
            };
            Some((keys.get("name")?.as_str()?.to_owned(), masked))
        }
        Json::Object(_) | Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) => None,
    }
}

/// The rows of a table; every cell that is wrong is told with its row and column.
fn rows(
    field: &Field,
    columns: &[Field],
    entered: &Entered,
    situation: &Situation<'_>,
) -> Result<Value, Vec<FieldProblem>> {
    let problem = |cell, complaint| FieldProblem { field: field.name.clone(), cell, complaint };
    let rows = cells(entered).ok_or_else(|| vec![problem(None, Complaint::known("field-wrong-type"))])?;
    if rows.len() > ROWS_MAX {
        return Err(vec![problem(None, Complaint::with("field-too-many-rows", "limit", ROWS_MAX))]);
    }
    let mut problems = Vec::new();
    let mut values = Vec::new();
    for (number, cells) in (1..).zip(rows) {
        match row(columns, &cells, situation) {
            Ok(value) if value.is_empty() => {}
            Ok(value) => values.push(Value::Map(value)),
            Err(of_row) => problems
                .extend(of_row.into_iter().map(|(column, complaint)| problem(Some((number, column)), complaint))),
        }
    }
    match (problems.is_empty(), values.is_empty()) {
        (true, true) => Ok(Value::Empty),
        (true, false) => Ok(Value::List(values)),
        (false, _) => Err(problems),
    }
}

/// What is wrong with a row, and in which column if it is one column's.
type CellProblem = (Option<FieldName>, Complaint);

/// The cells of one row. A row that was added and left alone is no row, and lacks nothing.
fn row(
    columns: &[Field],
    cells: &BTreeMap<&str, Entered>,
    situation: &Situation<'_>,
) -> Result<BTreeMap<String, Value>, Vec<CellProblem>> {
    let mut value = BTreeMap::new();
    let (mut missing, mut problems) = (Vec::new(), Vec::new());
    if cells.keys().any(|name| columns.iter().all(|column| column.name.as_str() != *name)) {
        problems.push((None, Complaint::known("field-unknown")));
    }
    for column in columns {
        let cell = cells.get(column.name.as_str()).map_or(Ok(Value::Empty), |cell| read(column, cell, situation));
        match cell {
            Ok(Value::Empty) if column.required.as_ref().is_some_and(Expression::is_true) => {
                missing.push((Some(column.name.clone()), Complaint::known("field-required")));
            }
            Ok(Value::Empty) => {}
            Ok(cell) => {
                value.insert(column.name.to_string(), cell);
            }
            Err(of_cell) => {
                problems.extend(of_cell.into_iter().map(|one| (Some(column.name.clone()), one.complaint)));
            }
        }
    }
    if !value.is_empty() || !problems.is_empty() {
        problems.append(&mut missing);
    }
    if problems.is_empty() { Ok(value) } else { Err(problems) }
}

fn cells(entered: &Entered) -> Option<Vec<BTreeMap<&str, Entered>>> {
    match entered {
        Entered::Raw(Json::Array(rows)) => rows
            .iter()
            .map(|row| Some(row.as_object()?.iter().map(|(k, v)| (k.as_str(), Entered::Raw(v.clone()))).collect()))
            .collect(),
        Entered::Whole(Value::List(rows)) => rows
            .iter()
            .map(|row| {
                let Value::Map(cells) = row else { return None };
                Some(cells.iter().map(|(k, v)| (k.as_str(), Entered::Whole(v.clone()))).collect())
            })
            .collect(),
        Entered::Raw(_) | Entered::Whole(_) => None,
    }
}

/// Numbers and days by themselves, texts by their length.
fn within_bounds(field: &Field, value: Value) -> Result<Value, Complaint> {
    if field.min.is_none() && field.max.is_none() {
        return Ok(value);
    }
    let is_text = matches!(value, Value::Text(_));
    let measure =
        if let Value::Text(text) = &value { Value::Number(text.chars().count().into()) } else { value.clone() };
    if let Some(least) = field.min.as_ref().filter(|least| is_less(&measure, least)) {
        return Err(Complaint::with(if is_text { "field-too-short" } else { "field-min" }, "limit", shown(least)));
    }
    if let Some(most) = field.max.as_ref().filter(|most| is_less(most, &measure)) {
        return Err(Complaint::with(if is_text { "field-too-long" } else { "field-max" }, "limit", shown(most)));
    }
    Ok(value)
}

fn is_less(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left < right,
        (Value::Date(left), Value::Date(right)) => left < right,
        _ => false,
    }
}

/// A bound as a message shows it; bounds are numbers and days.
fn shown(bound: &Value) -> String {
    if let Value::Number(number) = bound {
        return number.normalize().to_string();
    }
    if let Value::Date(day) = bound { day.to_string() } else { String::new() }
}
