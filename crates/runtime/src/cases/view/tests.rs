use std::{fs, path::Path};

use definition::id::WorkflowId;
use serde_json::json;

use super::Cell;
use crate::{
    cases::Request,
    records::arena::{Arena, text},
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
