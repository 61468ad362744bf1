use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value as Json, json};

use super::{Complaint, Entered, EnteredValues, FieldProblem, Situation, check, defaults};
use crate::{
    id::{FieldName, Login},
    level::Level,
    load::{SourceFile, load, load_people},
    model::{FieldValues, Form, Workspace},
    people::Directory,
    text::Text,
    value::{FieldPick, RecordSet, Value},
};

const SETTINGS: &str = include_str!("../../../../chancery.yaml");
const CUSTOMER: &str = include_str!("../../../../forms/customer.yaml");
const PEOPLE: &str = include_str!("../../../../tests/company/people.yaml");

const EVERYTHING: &str = r#"
form: everything
title: Everything
fields:
  - { name: line, type: text, required: true, min: 2, max: 5 }
  - { name: note, type: multiline }
  - { name: number, type: number, min: 1, max: 100 }
  - { name: price, type: money }
  - { name: urgent, type: yes_no, default: false }
  - { name: reason, type: text, show_when: urgent ?? false, required: urgent ?? false }
  - { name: kind, type: choice, options: [xlsx, csv], default: '"csv"' }
  - { name: day, type: date, min: 2026-01-01, default: today, check: [ { that: (day ?? today) >= today, message: Past } ] }
  - { name: mobile, type: mobile, sensitivity: L1 }
  - { name: id_number, type: cn_resident_id, sensitivity: L2 }
  - { name: card, type: bank_card, sensitivity: L2 }
  - { name: who, type: person, default: me }
  - { name: rows, type: table, columns: [ { name: day, type: date, required: true }, { name: amount, type: money } ] }
  - { name: records, type: records, register: customer }
  - { name: fields, type: register_fields, register: customer }
"#;

fn workspace() -> Workspace {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.into() };
    let loaded = load(&[
        file("chancery.yaml", SETTINGS),
        file("workflows/calendars/china-closed.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        file("workflows/calendars/china-open.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        file("forms/customer.yaml", CUSTOMER),
        file("forms/everything.yaml", EVERYTHING),
    ]);
    assert_eq!(loaded.diagnostics, []);
    loaded.workspace.unwrap()
}

/// Runs something with the form `everything`, filled in by Li Na on 20 November 2026.
fn situated<T>(run: impl FnOnce(&Form, &Situation<'_>) -> T) -> T {
    let workspace = workspace();
    let people = SourceFile { path: "people.yaml".to_owned(), text: PEOPLE.into() };
    let people = load_people(&workspace.settings, &people).file.unwrap();
    let directory = Directory::new(&workspace.settings, people.people, people.departments);
    let me = Login::from("li.na");
    let situation = Situation {
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        now: "2026-11-20T02:00:00Z".parse::<DateTime<Utc>>().unwrap(),
        me: &me,
        directory: &directory,
        forms: &workspace.forms,
    };
    run(workspace.forms.get("everything").unwrap(), &situation)
}

fn raw(values: Json) -> EnteredValues {
    let Json::Object(values) = values else { panic!("an object of fields") };
    values.into_iter().map(|(name, value)| (name, Entered::Raw(value))).collect()
}

fn values(entered: Json) -> Result<FieldValues, Vec<FieldProblem>> {
    situated(|form, situation| check(form, &raw(entered), situation))
}

/// What is wrong with one field: its message and arguments.
fn complaints(entered: Json) -> Vec<String> {
    let describe = |problem: FieldProblem| {
        let cell = problem.cell.map_or_else(String::new, |(row, column)| {
            format!("[{row}{}]", column.map(|column| format!(".{column}")).unwrap_or_default())
        });
        let complaint = match problem.complaint {
            Complaint::Known { message, arguments } => {
                arguments.values().fold(message.to_owned(), |text, argument| format!("{text} {argument}"))
            }
            Complaint::Said(Text::Same(text)) => text,
            Complaint::Said(Text::PerLocale(_)) => panic!("the form speaks one language"),
        };
        format!("{}{cell}: {complaint}", problem.field)
    };
    values(entered).unwrap_err().into_iter().map(describe).collect()
}

fn day(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

#[test]
fn what_people_type_becomes_values_in_one_spelling() {
    let found = values(json!({
        "line": "  abc ", "note": "a\r\nb", "number": "\u{FF11}\u{FF12}", "price": "1,200.50", "urgent": "on", "reason": "x",
        "kind": "xlsx", "day": "2026/11/21", "mobile": "138 0013 8000", "id_number": "11010519491231002x",
        "card": "6222 0212 3456 7890 128", "who": "wang.fang",
    }));
    let expected = [
        ("card", Value::Text("6222021234567890128".to_owned())),
        ("day", day("2026-11-21")),
        ("id_number", Value::Text("11010519491231002X".to_owned())),
        ("kind", Value::Text("xlsx".to_owned())),
        ("line", Value::Text("abc".to_owned())),
        ("mobile", Value::Text("13800138000".to_owned())),
        ("note", Value::Text("a\nb".to_owned())),
        ("number", number("12")),
        ("price", number("1200.5")),
        ("reason", Value::Text("x".to_owned())),
        ("urgent", Value::Bool(true)),
        ("who", Value::Person(Login::from("wang.fang"))),
    ];
    let expected: FieldValues = expected.into_iter().map(|(name, value)| (FieldName::from(name), value)).collect();
    assert_eq!(found, Ok(expected));
}

#[test]
fn every_problem_of_a_form_is_told_at_once_in_the_forms_order() {
    let found = complaints(json!({
        "line": "", "number": "0", "price": "1.005", "urgent": true, "kind": "pdf", "day": "2026-11-19", "mobile": "1380013800",
        "id_number": "110105194912310021", "who": "nobody", "colour": "red",
    }));
    let expected = [
        "line: field-required",
        "number: field-min 1",
        "price: field-places 2",
        "reason: field-required",
        "kind: field-not-an-option",
        "day: Past",
        "mobile: field-mobile length",
        "id_number: field-resident-id check_digit",
        "who: field-person",
        "colour: field-unknown",
    ];
    assert_eq!(found, expected);
}

#[test]
fn each_kind_of_slip_has_its_own_message() {
    let check = |entered: Json, expected: &str| {
        let mut fields = json!({ "line": "abc" });
        fields.as_object_mut().unwrap().append(&mut entered.as_object().unwrap().clone());
        assert_eq!(complaints(fields), [expected]);
    };
    check(json!({ "line": "a" }), "line: field-too-short 2");
    check(json!({ "line": "abcdef" }), "line: field-too-long 5");
    check(json!({ "line": "a\nb" }), "line: field-one-line");
    check(json!({ "line": "a\u{202E}b" }), "line: field-characters");
    check(json!({ "line": ["a"] }), "line: field-wrong-type");
    check(json!({ "note": "x".repeat(20_001) }), "note: field-too-long 20000");
    check(json!({ "number": "1e5" }), "number: field-number");
    check(json!({ "number": "12.5.1" }), "number: field-number");
    check(json!({ "price": "1234567890123456789" }), "price: field-number-digits 18");
    check(json!({ "day": "26-11-20" }), "day: field-date");
    check(json!({ "day": "2026-02-30" }), "day: field-date");
    check(json!({ "day": "2025-12-31" }), "day: field-min 2026-01-01");
    check(json!({ "card": "6222021234567890123" }), "card: field-bank-card check_digit");
    check(json!({ "records": [1, 2] }), "records: field-records");
    check(json!({ "fields": ["name", "colour"] }), "fields: field-pick-unknown");
    check(json!({ "fields": ["name", { "name": "name", "masked": true }] }), "fields: field-pick-twice name");
    check(json!({ "rows": [{ "amount": "1" }, { "day": "2026-01-01" }] }), "rows[1.day]: field-required");
    check(json!({ "rows": [{ "day": "2026-01-01", "price": "1" }] }), "rows[1]: field-unknown");
}

#[test]
fn a_field_that_is_not_shown_holds_nothing_and_has_no_problem() {
    let found = values(json!({ "line": "abc", "urgent": false, "reason": "x\ny" })).unwrap();
    let expected = BTreeMap::from([
        (FieldName::from("line"), Value::Text("abc".to_owned())),
        (FieldName::from("urgent"), Value::Bool(false)),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_pick_has_the_level_of_the_register_whatever_was_sent() {
    let pick = |name: &str, masked, level| FieldPick { name: FieldName::from(name), masked, level };
    let sent = Value::Picks(vec![pick("id_number", false, Level::L0), pick("mobile", true, Level::L3)]);
    let entered = EnteredValues::from([
        ("line".to_owned(), Entered::Raw(json!("abc"))),
        ("fields".to_owned(), Entered::Whole(sent)),
    ]);
    let found = situated(|form, situation| check(form, &entered, situation)).unwrap();
    let expected = Value::Picks(vec![pick("id_number", false, Level::L2), pick("mobile", true, Level::L1)]);
    assert_eq!(found.get("fields"), Some(&expected));
}

#[test]
fn a_frozen_set_of_another_register_is_refused_and_an_empty_one_is_nothing() {
    let set = |register: &str, count| {
        let set = RecordSet { register: register.into(), count, digest: "00".to_owned(), chosen: None };
        EnteredValues::from([
            ("line".to_owned(), Entered::Raw(json!("abc"))),
            ("records".to_owned(), Entered::Whole(Value::Records(set))),
        ])
    };
    let names = |entered: &EnteredValues| {
        situated(|form, situation| check(form, entered, situation))
            .map(|values| values.len())
            .map_err(|found| found.len())
    };
    assert_eq!(
        [names(&set("customer", 2)), names(&set("customer", 0)), names(&set("other", 2))],
        [Ok(2), Ok(1), Err(1)]
    );
}

#[test]
fn the_rows_of_a_table_are_values_and_empty_rows_are_dropped() {
    let found =
        values(json!({ "line": "abc", "rows": [{ "day": "" }, { "day": "2026-01-02", "amount": "3.10" }, {}] }))
            .unwrap();
    let row = BTreeMap::from([("day".to_owned(), day("2026-01-02")), ("amount".to_owned(), number("3.1"))]);
    assert_eq!(found.get("rows"), Some(&Value::List(vec![Value::Map(row)])));
}

#[test]
fn a_fresh_form_holds_its_defaults() {
    let found = situated(defaults);
    let expected = BTreeMap::from([
        (FieldName::from("urgent"), Value::Bool(false)),
        (FieldName::from("kind"), Value::Text("csv".to_owned())),
        (FieldName::from("day"), day("2026-11-20")),
        (FieldName::from("who"), Value::Person(Login::from("li.na"))),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn what_was_entered_is_not_shown_by_debug() {
    let entered = Entered::Raw(json!("13800138000"));
    assert_eq!(format!("{entered:?}"), "Raw(…)");
}
