//! The schemas, the serde types and the lowering know the same keys, and all three accept what ships.

use std::collections::BTreeSet;

use serde_json::Value;

use super::all;
use crate::{
    lower::{self, reading::Keys},
    raw,
};

fn schema(file: &str) -> Value {
    all().into_iter().find(|one| one.file == file).unwrap().schema
}

fn properties(schema: &Value, definition: &str) -> BTreeSet<String> {
    let at = if definition.is_empty() { schema } else { &schema["definitions"][definition] };
    at["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_mapping_has_the_keys_that_the_lowering_reads() {
    let check = |file: &str, definition: &str, keys: &Keys| {
        let expected: BTreeSet<String> = keys.known.iter().map(|key| (*key).to_owned()).collect();
        assert_eq!(properties(&schema(file), definition), expected, "{file} {definition}");
    };
    check("workspace.json", "", &lower::settings::KEYS);
    check("workspace.json", "LevelRule", &lower::settings::LEVEL_KEYS);
    check("workspace.json", "Reveal", &lower::settings::REVEAL_KEYS);
    check("workspace.json", "Role", &lower::settings::ROLE_KEYS);
    check("workspace.json", "Calendar", &lower::calendar::KEYS);
    check("form.json", "", &lower::form::KEYS);
    check("form.json", "Register", &lower::register::KEYS);
    check("form.json", "AccessRule", &lower::register::ACCESS_KEYS);
    check("form.json", "Field", &lower::field::KEYS);
    check("form.json", "Column", &lower::field::COLUMN_KEYS);
    check("form.json", "Check", &lower::field::CHECK_KEYS);
    check("form.json", "LabelledOption", &lower::field::OPTION_KEYS);
    check("people.json", "", &lower::people::KEYS);
    check("people.json", "Department", &lower::people::DEPARTMENT_KEYS);
    check("people.json", "Person", &lower::people::PERSON_KEYS);
    check("workflow.json", "", &lower::workflow::KEYS);
    check("workflow.json", "Start", &lower::start::KEYS);
    check("workflow.json", "Schedule", &lower::start::schedule::SCHEDULE_KEYS);
    check("workflow.json", "Event", &lower::start::EVENT_KEYS);
    check("workflow.json", "RecordStart", &lower::start::RECORD_KEYS);
    check("workflow.json", "PersonStart", &lower::start::PERSON_KEYS);
    check("workflow.json", "BranchCase", &lower::step::branch::CASE_KEYS);
    check("workflow.json", "ParallelBranch", &lower::step::control::BRANCH_KEYS);
    check("workflow.json", "Return", &lower::step::back::RETURN_KEYS);
    check("workflow.json", "Remind", &lower::step::ladder::REMIND_KEYS);
    check("workflow.json", "Vote", &lower::step::vote::VOTE_KEYS);
    check("workflow.json", "Weight", &lower::step::vote::WEIGHT_KEYS);
    check("workflow.json", "Rung", &lower::step::ladder::RUNG_KEYS);
    check("workflow.json", "Retry", &lower::step::run::RETRY_KEYS);
    check("workflow.json", "ExportArguments", &lower::action::EXPORT_KEYS);
    check("workflow.json", "Protect", &lower::action::PROTECT_KEYS);
}

#[test]
fn every_step_kind_has_the_keys_that_the_lowering_reads_and_requires_its_own() {
    let schema = schema("workflow.json");
    for kind in lower::step::KINDS {
        let mut definition = kind.name.to_owned();
        definition[..1].make_ascii_uppercase();
        let expected: BTreeSet<String> =
            kind.known.iter().chain(&[kind.name, "title", "help"]).map(|key| (*key).to_owned()).collect();
        assert_eq!(properties(&schema, &definition), expected, "{definition}");
        let required = schema["definitions"][&definition]["required"].as_array().unwrap();
        assert!(required.contains(&Value::from(kind.name)), "{definition}");
    }
    assert_eq!(schema["definitions"]["Step"]["anyOf"].as_array().unwrap().len(), lower::step::KINDS.len());
}

#[test]
fn what_ships_reads_into_the_types_that_the_schemas_come_from() {
    serde_yaml::from_str::<raw::settings::Workspace>(include_str!("../../../../chancery.yaml")).unwrap();
    serde_yaml::from_str::<raw::form::Form>(include_str!("../../../../forms/customer.yaml")).unwrap();
    serde_yaml::from_str::<raw::form::Form>(include_str!("../../../../forms/export-request.yaml")).unwrap();
    serde_yaml::from_str::<raw::workflow::Workflow>(include_str!("../../../../workflows/export-approval.yaml"))
        .unwrap();
    serde_yaml::from_str::<raw::people::People>(include_str!("../../../../tests/company/people.yaml")).unwrap();
}

#[test]
fn an_unknown_key_is_refused_by_schema_and_types() {
    let text = "form: a\ntitle: A\nfields: []\ncolour: red\n";
    serde_yaml::from_str::<raw::form::Form>(text).unwrap_err();
    assert_eq!(schema("form.json")["additionalProperties"], Value::Bool(false));
}
