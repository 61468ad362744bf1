use definition::{
    load::{SourceFile, load},
    model::Workspace,
};

use super::read;
use crate::{Failure, Outcome, run};

const SETTINGS: &str = "
workspace: Test
locale: en
timezone: Asia/Shanghai
sensitivity:
  L0: { title: A }
  L1: { title: B, others_see: masked }
  L2: { title: C, others_see: masked }
  L3: { title: D, others_see: nothing }
roles:
  staff: { title: Staff, clearance: L1 }
  admin: { title: Admin, clearance: L0, can: [people, incidents] }
calendar: { hours: { mon-fri: [\"09:00-18:00\"] } }
";

const FORM: &str = "
form: request
title: Request
fields:
  - { name: purpose, type: text, label: Purpose, required: true }
  - { name: amount, type: number, label: Amount }
";

const WORKFLOW: &str = "
workflow: flow
title: Flow
start: { form: request, by: role:staff }
steps:
  - approve: one
    by: requester.manager
    see: [purpose]
  - fill: work
    by: person:asker
    see: [amount]
    edit: [amount]
";

const PEOPLE: &str = "
departments: []
people:
  - { login: boss, name: B, roles: [staff], status: active }
  - { login: asker, name: A, manager: boss, roles: [staff], status: active }
  - { login: admin, name: K, roles: [admin], status: active }
";

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.as_bytes().to_vec() }
}

fn workspace() -> Workspace {
    let files = [
        source("chancery.yaml", SETTINGS),
        source("forms/request.yaml", FORM),
        source("workflows/flow.yaml", WORKFLOW),
    ];
    let loaded = load(&files);
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    loaded.workspace.unwrap()
}

fn suite(then: &str) -> String {
    format!(
        "scenarios: flow
people: people.yaml
cases:
  - scenario: Shows something
    start: {{ by: asker, at: 2026-11-20T10:00, request: {{ purpose: calls, amount: 3 }} }}
    then:
{then}"
    )
}

/// What is wrong with a file: line, column, code, and what it speaks of.
fn problems(text: &str) -> Vec<String> {
    let found = read(&source("flow.scenarios.yaml", text), &workspace(), &[source("people.yaml", PEOPLE)]);
    let found = found.err().unwrap_or_default();
    let told = found.iter().map(|one| {
        let about = one.arguments.get("name").or(one.arguments.get("found")).or(one.arguments.get("key"));
        format!("{}:{} {} {}", one.line, one.column, one.code, about.map(String::as_str).unwrap_or_default())
    });
    told.collect()
}

fn failures(then: &str) -> Vec<Failure> {
    let workspace = workspace();
    let text = suite(then);
    let suite = read(&source("flow.scenarios.yaml", &text), &workspace, &[source("people.yaml", PEOPLE)]);
    let reports = run(&suite.unwrap_or_else(|found| panic!("{found:#?}")), &workspace);
    match &reports[0].outcome {
        Outcome::Passed => Vec::new(),
        Outcome::Failed { failures } => failures.clone(),
    }
}

#[test]
fn a_slip_is_told_with_its_place() {
    let check = |then: &str, expected: &str| assert_eq!(problems(&suite(then)), [expected], "{then}");
    check("      - after: 2 wroking days", "7:16 D028 2 wroking days");
    check("      - at: tomorrow", "7:13 D029 tomorrow");
    check("      - bos: approve", "7:9 D104 bos");
    check("      - boss: aprove", "7:15 D021 aprove");
    check("      - expect: { wating: one }", "7:19 D011 wating");
    check("      - expect: { waiting: on }", "7:28 D021 on");
    check("      - expect: { sees: { boss: [purpos] } }", "7:34 D102 purpos");
    check("      - expect: { ended: finished }", "7:26 D021 finished");
}

#[test]
fn a_file_without_its_people_or_workflow_is_refused() {
    let text = suite("      - after: 1 day");
    assert_eq!(problems(&text.replace("people: people.yaml", "people: person.yaml")), ["2:9 D107 "]);
    assert_eq!(problems(&text.replace("scenarios: flow", "scenarios: flo")), ["1:12 D021 flo"]);
}

#[test]
fn what_holds_passes() {
    let then = "      - expect: { waiting: one, for: boss, sees: { boss: purpose }, not_sees: { boss: amount, admin: purpose } }
      - asker: approve
      - expect: { refused: asker }
      - boss: { approve: fine }
      - expect: { waiting: work, for: asker, not_refused: boss }
      - asker: { fill: { amount: 5 } }
      - expect: { ended: approved, not_ended: rejected }";
    assert_eq!(failures(then), []);
}

#[test]
fn a_difference_tells_what_was_expected_and_what_is_so() {
    let set = |one: &str| [one.to_owned()].into();
    let differs =
        Failure::Differs { line: 7, key: "for".to_owned(), viewer: None, expected: set("admin"), actual: set("boss") };
    assert_eq!(failures("      - expect: { waiting: one, for: admin }"), [differs]);
    let seen = Failure::Differs {
        line: 7,
        key: "not_sees".to_owned(),
        viewer: Some("boss".to_owned()),
        expected: set("purpose"),
        actual: set("purpose"),
    };
    assert_eq!(failures("      - expect: { not_sees: { boss: purpose } }"), [seen]);
}

#[test]
fn a_refusal_that_nothing_expects_is_a_failure() {
    let why = policy::Denial::Excluded;
    let refused =
        Failure::Refused { line: 7, login: "asker".into(), rejection: engine::Rejection::NotEntitled { why } };
    assert_eq!(failures("      - asker: approve\n      - expect: { waiting: one }"), [refused]);
}

#[test]
fn the_clock_does_not_run_backwards() {
    assert_eq!(failures("      - at: 2026-11-19T10:00"), [Failure::Backwards { line: 7 }]);
}

#[test]
fn a_request_that_the_form_refuses_is_a_failure_of_its_own() {
    let failures = failures("      - boss: approve\n      - asker: { fill: { amount: many } }");
    let [Failure::Problems { line: 8, problems }] = failures.as_slice() else { panic!("{failures:#?}") };
    assert_eq!(problems[0].field.as_str(), "amount");
}

#[test]
fn the_schema_describes_every_key() {
    let schema = serde_json::to_string(&crate::schema()).unwrap();
    for key in ["scenarios", "people", "cases", "not_reminded", "transfer", "fails"] {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
}
