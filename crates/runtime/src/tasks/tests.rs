use std::fs;

use definition::{
    form_values::{Entered, EnteredValues},
    id::WorkflowId,
    value::Value,
};
use engine::{Case, TaskId};
use serde_json::json;

use super::{TaskDeed, With};
use crate::{cases::Request, records::arena::Arena};

const BOTH: &str = "workflow: both
title: Two who fill in at once
start: { form: export-request, by: role:staff }
steps:
  - parallel: at_once
    branches:
      - { name: one, steps: [ { fill: what_for, by: requester.manager, edit: [purpose] } ] }
      - { name: two, steps: [ { fill: how_long, by: role:dpo, edit: [needed_until] } ] }
  - { approve: after, by: requester.manager, see: [purpose] }
";

/// A case of li.na's that two others fill in, and the task of each.
async fn begun(arena: &Arena) -> (Case, [TaskId; 2]) {
    let customer = [("name", Value::Text("王小明".to_owned())), ("mobile", Value::Text("13800001234".to_owned()))];
    arena.customers(&[("li.na", &customer)]).await;
    let values = [
        ("purpose", json!("三季度成交客户电话回访，客服三组")),
        ("records", json!({ "where": [] })),
        ("fields", json!(["name"])),
        ("format", json!("csv")),
    ];
    let request = Request { values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect() };
    let started = arena.application.start(&arena.viewer("li.na"), &WorkflowId::from("both"), &request).await;
    let case = started.unwrap().case;
    let tasks = ["zhang.wei", "qian.xue"].map(|login| {
        let held = case.tasks.iter().find(|task| task.is_held_by(arena.viewer(login).login()));
        held.expect("each has a task").id
    });
    (case, tasks)
}

fn entered(field: &str, value: Value) -> TaskDeed {
    TaskDeed::Complete(EnteredValues::from([(field.to_owned(), Entered::Whole(value))]))
}

#[tokio::test]
async fn what_two_people_fill_in_at_the_same_moment_is_all_kept() {
    let arena = Arena::open_with(|workspace| fs::write(workspace.join("workflows/both.yaml"), BOTH).unwrap()).await;
    let (case, [why, until]) = begun(&arena).await;
    let purpose = Value::Text("四季度成交客户电话回访，客服一组".to_owned());
    let day = Value::Date("2026-12-01".parse().unwrap());
    let application = &arena.application;
    let [manager, officer] = ["zhang.wei", "qian.xue"].map(|login| arena.viewer(login));
    let (one, two) = tokio::join!(
        application.act_on_task(&manager, why, entered("purpose", purpose.clone()), With::default()),
        application.act_on_task(&officer, until, entered("needed_until", day.clone()), With::default()),
    );
    one.unwrap();
    two.unwrap();
    let case = application.load_case(case.id).await.unwrap();
    let kept = application.open_submission(&case).await.unwrap();
    let value = |name: &str| kept.values().iter().find(|(field, _)| field.as_str() == name).map(|(_, value)| value);
    assert_eq!((value("purpose"), value("needed_until")), (Some(&purpose), Some(&day)));
}
