//! A request with a key is done once, however often it is sent.

use serde_json::json;
use tests::served::Company;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_with_the_same_key_begins_one_case() {
    let company = Company::open().await;
    let request = company.request_for(&json!(["name"]));
    let send = async |key: &str, request: &serde_json::Value| {
        company.post("/api/v1/cases").by("li.na").header("idempotency-key", key).json(request).await
    };
    let first = send("k-1", &request).await;
    assert_eq!(first.status, 201, "{}", first.text());
    let second = send("k-1", &request).await;
    assert_eq!((second.status.as_u16(), second.body()), (201, first.body()));
    let other = send("k-2", &request).await;
    assert_ne!(other.body(), first.body());
    let mut changed = request.clone();
    changed["values"]["purpose"] = json!("二季度成交客户电话回访，华东一组");
    assert_eq!(send("k-1", &changed).await.problem(), (422, "key-reused"));
    let started = company.get("/api/v1/cases").by("li.na").await.ok();
    assert_eq!(started["items"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_at_one_time_with_one_key_begin_one_case() {
    let company = Company::open().await;
    let request = company.request_for(&json!(["name"]));
    let send = || company.post("/api/v1/cases").by("li.na").header("idempotency-key", "k").json(&request).into_future();
    company.token("li.na").await;
    let (one, two, three, four) = tokio::join!(send(), send(), send(), send());
    for answer in [&two, &three, &four] {
        assert_eq!((answer.status.as_u16(), answer.body()), (201, one.body()), "{}", answer.text());
    }
    let started = company.get("/api/v1/cases").by("li.na").await.ok();
    assert_eq!(started["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_is_sent_again_is_answered_as_before() {
    let company = Company::open().await;
    let case = company.begin(&json!(["name"])).await;
    let task = company.first_task("zhang.wei").await;
    let send = async |deed: &str, key: &str, comment: &str| {
        let call = company.post(&format!("/api/v1/tasks/{task}/{deed}")).by("zhang.wei");
        call.header("idempotency-key", key).json(&json!({ "comment": comment })).await
    };
    let answer = json!({ "case": case });
    assert_eq!(send("approve", "d-1", "同意").await.ok(), answer);
    assert_eq!(send("approve", "d-1", "同意").await.ok(), answer);
    assert_eq!(send("approve", "d-1", "再想想").await.problem(), (422, "key-reused"));
    assert_eq!(send("reject", "d-1", "同意").await.problem(), (422, "key-reused"));
    assert_eq!(send("approve", "d-2", "同意").await.problem(), (409, "already-completed"));
    let seen = company.get(&format!("/api/v1/cases/{case}")).by("zhang.wei").await.ok();
    assert_eq!(seen["comments"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_s_key_says_nothing_about_another_s() {
    let company = Company::open().await;
    let case = company.begin(&json!(["name"])).await;
    let comment = async |login: &str, text: &str| {
        let call = company.post(&format!("/api/v1/cases/{case}/comment")).by(login);
        call.header("idempotency-key", "same").json(&json!({ "comment": text })).await
    };
    comment("li.na", "请尽快").await.ok();
    comment("zhang.wei", "在看").await.ok();
    let seen = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    let said: Vec<&str> =
        seen["comments"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(said, ["请尽快", "在看"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_one_is_refused() {
    let company = Company::open().await;
    for key in [String::new(), "x".repeat(201)] {
        let call = company.post("/api/v1/cases").by("li.na").header("idempotency-key", &key);
        let answer = call.json(&company.request_for(&json!(["name"]))).await;
        assert_eq!(answer.problem(), (400, "malformed"));
    }
}
