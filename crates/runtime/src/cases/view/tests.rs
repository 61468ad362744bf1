use std::{fs, path::Path};

use definition::{
    id::{FieldName, WorkflowId},
    value::{Relation, Value},
};
use serde_json::json;

use super::Cell;
use crate::{
    cases::Request,
    records::{
        ChosenShown, TestShown,
        arena::{Arena, ID_NUMBER, text},
    },
    tasks::{TaskDeed, With},
};

fn without_the_purpose(workspace: &Path) {
    let path = workspace.join("workflows/export-approval.yaml");
    let changed = fs::read_to_string(&path).unwrap().replace("see: [purpose, ", "see: [");
    fs::write(path, changed).unwrap();
}

#[tokio::test]
async fn what_a_step_hides_stays_hidden_when_its_task_is_done() {
    let arena = Arena::open_with(without_the_purpose).await;
    arena.customers(&[("li.na", &[("name", text("王小明")), ("mobile", text("13800001234"))])]).await;
    let values = [
        ("purpose", json!("三季度成交客户电话回访，客服三组")),
        ("records", json!({ "where": [] })),
        ("fields", json!(["name"])),
        ("format", json!("csv")),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let request = Request { values };
    let process = WorkflowId::from("export-approval");
    let case = arena.application.start(&arena.viewer("li.na"), &process, &request).await.unwrap().case;
    let manager = arena.viewer("zhang.wei");
    let task = case.tasks.iter().find(|task| task.is_held_by(manager.login())).unwrap().id;
    let mut seen = Vec::new();
    for _ in 0..2 {
        let view = arena.application.open_case(&manager, case.id).await.unwrap();
        seen.extend(view.fields.into_iter().find(|field| field.name.as_str() == "purpose").map(|field| field.cell));
        // The second time it is done already.
        drop(arena.application.act_on_task(&manager, task, TaskDeed::Approve, With::default()).await);
    }
    assert_eq!(seen, [Cell::Hidden, Cell::Hidden]);
}

fn shown(field: &str, relation: Relation, cell: Cell) -> TestShown {
    TestShown::Shown { field: field.to_owned(), relation, values: vec![cell] }
}

#[tokio::test]
async fn how_records_were_chosen_is_told_to_each_reader_as_far_as_they_may_see_what_was_sought() {
    let arena = Arena::open().await;
    let customer = [("name", text("王小明")), ("mobile", text("13800001234")), ("id_number", text(ID_NUMBER))];
    arena.customers(&[("li.na", &customer)]).await;
    let tests = json!([
        { "field": "owner", "op": "is", "value": "li.na" },
        { "field": "id_number", "op": "is", "value": ID_NUMBER },
        { "field": "mobile", "op": "last4", "value": "1234" },
    ]);
    let values = [
        ("purpose", json!("三季度成交客户电话回访，客服三组")),
        ("records", json!({ "where": tests })),
        ("fields", json!(["name", "id_number"])),
        ("format", json!("csv")),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let process = WorkflowId::from("export-approval");
    let started = arena.application.start(&arena.viewer("li.na"), &process, &Request { values }).await.unwrap();
    let manager = arena.viewer("zhang.wei");
    let seen = async |login: &str| {
        let view = arena.application.open_case(&arena.viewer(login), started.case.id).await.unwrap();
        // The sets themselves say nothing of it.
        let records = view.fields.iter().find(|field| field.name.as_str() == "records").map(|field| &field.cell);
        assert!(!matches!(records, Some(Cell::Clear(Value::Records(set))) if set.chosen.is_some()));
        assert!(view.record_sets.iter().all(|set| set.chosen.is_none()));
        view.chosen.get(&FieldName::from("records")).cloned()
    };
    let owner = shown("owner", Relation::Is, Cell::Clear(Value::Person("li.na".into())));
    let number = shown("id_number", Relation::Is, Cell::Clear(text(ID_NUMBER)));
    let last_four = shown("mobile", Relation::Last4, Cell::Clear(text("1234")));
    assert_eq!(seen("li.na").await, Some(ChosenShown::Where(vec![owner.clone(), number, last_four.clone()])));
    // Zhang Wei approves; he is cleared for L2, but of L2 everybody sees the mask first.
    let mask = Cell::Masked { text: vault::mask(vault::mask::Rule::Id, ID_NUMBER), revealable: false };
    let masked = shown("id_number", Relation::Is, mask);
    assert_eq!(seen("zhang.wei").await, Some(ChosenShown::Where(vec![owner, masked, last_four])));
    let task = started.case.open_tasks().next().map(|task| task.id).unwrap();
    arena.application.act_on_task(&manager, task, TaskDeed::Approve, With::default()).await.unwrap();
    // The protection officer is cleared for more, but views none of Li Na's customers.
    let owner = shown("owner", Relation::Is, Cell::Clear(Value::Person("li.na".into())));
    let mask = |text: &str| Cell::Masked { text: text.to_owned(), revealable: false };
    let number = shown("id_number", Relation::Is, mask(&vault::mask(vault::mask::Rule::Id, ID_NUMBER)));
    let masked = vec![owner, number, shown("mobile", Relation::Last4, mask(vault::mask::WHOLE))];
    assert_eq!(seen("qian.xue").await, Some(ChosenShown::Where(masked)));
    // The auditor sees by duty that there is a case, and nothing of what was asked.
    assert_eq!(seen("he.jing").await, None);
    let row = arena.application.store.case_by_id(started.case.id.0).await.unwrap().unwrap();
    assert!(!row.snapshot.as_str().contains(ID_NUMBER));
    for event in arena.application.store.case_events(started.case.id.0, 0).await.unwrap() {
        assert!(!event.body.as_str().contains(ID_NUMBER));
    }
}
