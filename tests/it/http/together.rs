//! What people do with a task among themselves: whose inbox it is in, and what is said.

use serde_json::{Value as Json, json};
use tests::served::Company;

/// What a person's inbox holds, by kind of task.
async fn inbox(company: &Company, login: &str) -> Vec<String> {
    let page = company.get("/api/v1/tasks").by(login).await.ok();
    let kind = |item: &Json| item["task"]["kind"].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_in_the_inbox_of_whoever_comes_next() {
    let company = Company::open().await;
    company.begin(&json!(["name"])).await;
    let own = company.first_task("zhang.wei").await;
    let before = json!({ "place": "before", "people": ["wang.fang"], "comment": "请先看" });
    company.post(&format!("/api/v1/tasks/{own}/add")).by("zhang.wei").json(&before).await.ok();
    assert_eq!(inbox(&company, "zhang.wei").await, Vec::<String>::new());
    assert_eq!(inbox(&company, "wang.fang").await, ["approve"]);
    let approve = company.post(&format!("/api/v1/tasks/{own}/approve")).by("zhang.wei").await;
    assert_eq!(approve.problem(), (409, "others-first"));

    let added = company.first_task("wang.fang").await;
    company.post(&format!("/api/v1/tasks/{added}/approve")).by("wang.fang").await.ok();
    assert_eq!(inbox(&company, "zhang.wei").await, ["approve"]);
    assert_eq!(inbox(&company, "wang.fang").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_asked_and_answered_while_the_task_stays() {
    let company = Company::open().await;
    let case = company.begin(&json!(["name"])).await;
    let task = company.first_task("zhang.wei").await;
    let ask = json!({ "to": "li.na", "comment": "哪些客户？" });
    company.post(&format!("/api/v1/tasks/{task}/ask")).by("zhang.wei").json(&ask).await.ok();
    assert_eq!(inbox(&company, "zhang.wei").await, ["approve"]);
    assert_eq!(inbox(&company, "li.na").await, ["answer"]);
    let question = company.first_task("li.na").await;
    let silent = company.post(&format!("/api/v1/tasks/{question}/answer")).by("li.na").await;
    assert_eq!(silent.problem(), (422, "comment-required"));
    let answer = json!({ "comment": "三季度成交的客户" });
    company.post(&format!("/api/v1/tasks/{question}/answer")).by("li.na").json(&answer).await.ok();
    assert_eq!(inbox(&company, "li.na").await, Vec::<String>::new());
    let page = company.get(&format!("/cases/{case}")).by("zhang.wei").await.text();
    assert!(page.contains("哪些客户？") && page.contains("三季度成交的客户"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_suspends_a_case_and_is_shown_as_such() {
    let company = Company::open().await;
    let case = company.begin(&json!(["name"])).await;
    let task = company.first_task("zhang.wei").await;
    let suspend = format!("/api/v1/cases/{case}/suspend");
    assert_eq!(company.post(&suspend).by("zhou.min").await.problem(), (422, "reason-needed"));
    company.post(&suspend).by("zhou.min").json(&json!({ "comment": "等法务" })).await.ok();
    let approve = format!("/api/v1/tasks/{task}/approve");
    assert_eq!(company.post(&approve).by("zhang.wei").await.problem(), (409, "suspended"));
    let events = company.get(&format!("/api/v1/cases/{case}/events")).by("li.na").await.ok();
    let intervened = events["items"].as_array().unwrap().iter().filter(|one| one["event"]["type"] == "intervened");
    assert_eq!(intervened.map(|one| one["actor"].as_str().unwrap()).collect::<Vec<_>>(), ["zhou.min"]);
    company.post(&format!("/api/v1/cases/{case}/resume")).by("zhou.min").json(&json!({ "comment": "好了" })).await.ok();
    company.post(&approve).by("zhang.wei").await.ok();
}
