//! What browsers post, as requests.

use std::collections::BTreeMap;

use definition::{
    id::{FieldName, FormId, Login},
    value::Value,
};
use serde_json::json;

use super::*;
use crate::pages::company::workspace;

fn pairs(posted: &[(&str, &str)]) -> Vec<(String, String)> {
    posted.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The request form and the register of the repository, as the program loads them.
fn form(id: &str) -> std::sync::Arc<Form> {
    std::sync::Arc::clone(&workspace().forms[&FormId::from(id)])
}

#[test]
fn a_posted_form_becomes_the_request_that_the_runtime_reads() {
    let posted = pairs(&[
        ("csrf_token", "x"),
        ("purpose", "call them"),
        ("needed_until", ""),
        ("records.where.0.field", "owner"),
        ("records.where.0.op", "is"),
        ("records.where.0.value", "li.na"),
        ("records.where.3.field", "last_contact"),
        ("records.where.3.op", "between"),
        ("records.where.3.value", "2026-07-01"),
        ("records.where.3.value2", "2026-09-30"),
        ("fields.name", "clear"),
        ("fields.mobile", "masked"),
        ("fields.dealings", "none"),
        ("format", "xlsx"),
        ("no_such_field", "x"),
    ]);
    let expected = json!({
        "purpose": "call them",
        "needed_until": "",
        "records": { "where": [
            { "field": "owner", "op": "is", "value": "li.na" },
            { "field": "last_contact", "op": "between", "value": "2026-07-01", "value2": "2026-09-30" },
        ] },
        "fields": [{ "name": "name", "masked": false }, { "name": "mobile", "masked": true }],
        "format": "xlsx",
    });
    let values = Draft::read(&form("export-request"), &posted).values();
    assert_eq!(json!(values), expected);
}

#[test]
fn rows_of_a_table_keep_their_order_and_empty_ones_are_left_out() {
    let posted = pairs(&[
        ("dealings.1.day", "2026-09-12"),
        ("dealings.1.amount", "12"),
        ("dealings.0.day", " "),
        ("dealings.0.amount", ""),
        ("dealings.10.day", "2026-09-13"),
        ("dealings.10.amount", "13"),
        ("dealings.x.day", "2026-09-13"),
    ]);
    let values = Draft::read(&form("customer"), &posted).values();
    let expected = json!([{ "amount": "12", "day": "2026-09-12" }, { "amount": "13", "day": "2026-09-13" }]);
    assert_eq!(values["dealings"], expected);
}

#[test]
fn without_a_condition_every_record_is_meant() {
    let values = Draft::read(&form("export-request"), &[]).values();
    assert_eq!(values["records"], json!({ "where": [] }));
}

#[test]
fn a_fresh_form_holds_its_defaults() {
    let values = BTreeMap::from([
        (FieldName::from("format"), Value::Text("xlsx".to_owned())),
        (FieldName::from("records"), Value::Person(Login::from("x"))),
    ]);
    let draft = Draft::fresh(&form("export-request"), &values);
    assert_eq!(draft.0["format"], Filled::Text("xlsx".to_owned()));
    assert_eq!(draft.0["records"], Filled::Where(Vec::new()));
}

#[test]
fn buttons_are_read_and_a_missing_or_strange_one_only_looks_again() {
    let read = |value: &str| Press::read(&pairs(&[("do", value)]));
    assert_eq!(read("submit"), Press::Submit);
    assert_eq!(read("add:records.where"), Press::Add("records.where".to_owned()));
    assert_eq!(read("remove:dealings.0"), Press::Remove("dealings.0".to_owned()));
    assert_eq!(read("sample:records"), Press::Sample("records".to_owned()));
    assert_eq!(read("mask:id_number,bank_card"), Press::Mask(vec!["id_number".to_owned(), "bank_card".to_owned()]));
    assert_eq!(read("approve:everything"), Press::Refresh);
    assert_eq!(Press::read(&[]), Press::Refresh);
}

#[test]
fn buttons_add_and_remove_rows_and_conditions_and_mask_fields() {
    let mut draft = Draft(BTreeMap::from([
        ("dealings".to_owned(), Filled::Rows(vec![BTreeMap::from([("day".to_owned(), "1".to_owned())])])),
        ("records".to_owned(), Filled::Where(vec![Condition { field: "owner".to_owned(), ..Condition::default() }])),
        (
            "fields".to_owned(),
            Filled::Picks(vec![
                ("id_number".to_owned(), Pick::Clear),
                ("bank_card".to_owned(), Pick::None),
                ("name".to_owned(), Pick::Clear),
            ]),
        ),
    ]));
    draft.press(&Press::Add("dealings".to_owned()));
    draft.press(&Press::Remove("dealings.0".to_owned()));
    draft.press(&Press::Add("records.where".to_owned()));
    draft.press(&Press::Remove("records.where.0".to_owned()));
    draft.press(&Press::Remove("records.where.9".to_owned()));
    draft.press(&Press::Remove("records".to_owned()));
    draft.press(&Press::Mask(vec!["id_number".to_owned(), "bank_card".to_owned()]));
    let expected = Draft(BTreeMap::from([
        ("dealings".to_owned(), Filled::Rows(vec![BTreeMap::new()])),
        ("records".to_owned(), Filled::Where(vec![Condition::default()])),
        (
            "fields".to_owned(),
            Filled::Picks(vec![
                ("id_number".to_owned(), Pick::Masked),
                ("bank_card".to_owned(), Pick::None),
                ("name".to_owned(), Pick::Clear),
            ]),
        ),
    ]));
    assert_eq!(draft, expected);
}
