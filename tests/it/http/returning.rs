//! A case that asks several at once and is sent back, as its pages tell it.

use serde_json::json;
use tests::served::{Company, Session};

/// The export approval, whose manager and officer are asked at once.
async fn company() -> Company {
    Company::over(|workspace| {
        std::fs::remove_file(workspace.join("workflows/export-approval.scenarios.yaml")).ok();
        let text = "workflow: export-approval\ntitle: Both at once\nstart: { form: export-request, by: role:staff }\n\
                    steps:\n  - parallel: both\n    branches:\n\
                    \x20     - { name: line, steps: [ { approve: manager, by: requester.manager, see: [purpose] } ] }\n\
                    \x20     - { name: officer, steps: [ { approve: protection, by: person:zhou.lan, see: [purpose] } ] }\n";
        std::fs::write(workspace.join("workflows/export-approval.yaml"), text).unwrap();
    })
    .await
}

async fn page(company: &Company, session: &Session, case: &str) -> String {
    company.get(&format!("/cases/{case}")).header("cookie", &session.cookie).await.text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_waits_for_two_names_both_and_a_return_names_the_requester() {
    let company = company().await;
    let case = company.begin(&json!(["name"])).await;
    let session = company.session("li.na").await;
    let before = page(&company, &session, &case).await;
    assert!(before.contains("等待 <b>张伟、周岚</b>"), "the last line of the timeline names both");

    let task = company.first_task("zhou.lan").await;
    let body = json!({ "comment": "请写明用途", "to": "requester" });
    company.post(&format!("/api/v1/tasks/{task}/return")).by("zhou.lan").json(&body).await.ok();
    let after = page(&company, &session, &case).await;
    assert!(after.contains("退回给 李娜"), "the return names who has it now");
    assert!(after.contains("name=\"purpose\"") && !after.contains("name=\"records"), "the frozen set stays as it is");
    assert!(!after.contains("等待 <b>张伟"), "the other branch was left");

    let task = company.first_task("li.na").await;
    let body = json!({ "values": { "purpose": "三季度成交客户电话回访，客服三组王小组长负责" } });
    company.post(&format!("/api/v1/tasks/{task}/complete")).by("li.na").json(&body).await.ok();
    let seen = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    let open = seen["tasks"].as_array().unwrap().iter().filter(|task| task["state"] == "open");
    let steps: Vec<&str> = open.map(|task| task["step"]["id"].as_str().unwrap()).collect();
    assert_eq!(steps, ["manager", "protection"], "{seen}");
}
