//! A request with a key is done once, however often it is sent.

use axum::http::Method;
use serde_json::{Value as Json, json};
use tests::served::Company;

use super::authorization::{CALLERS, artifact, give_passwords, id_for, table};

/// What is answered with a secret or a file, which are not told twice.
const TOLD_ONCE: [&str; 3] =
    ["POST /api/v1/me/tokens", "POST /api/v1/artifacts/{id}/password", "POST /api/v1/artifacts/{id}/download"];

/// What none of the table's callers can do on a fresh case. They go the way of what is tried; the list may only shrink.
const UNTRIED: [&str; 16] = [
    "POST /api/v1/cases/{id}/resume",
    "POST /api/v1/cases/{id}/assign",
    "POST /api/v1/tasks/{id}/claim",
    "POST /api/v1/tasks/{id}/release",
    "POST /api/v1/tasks/{id}/complete",
    "POST /api/v1/tasks/{id}/name",
    "POST /api/v1/tasks/{id}/delegate",
    "POST /api/v1/tasks/{id}/resolve",
    "POST /api/v1/tasks/{id}/remove",
    "POST /api/v1/tasks/{id}/answer",
    "POST /api/v1/tasks/{id}/take-back",
    "POST /api/v1/events/{name}",
    "POST /api/v1/events/{name}/secrets",
    "DELETE /api/v1/events/{name}/secrets/{number}",
    "POST /api/v1/incidents/{id}/retry",
    "POST /api/v1/incidents/{id}/skip",
];

/// Whether an operation of the description takes a key.
fn takes_key(document: &Json, method: &str, path: &str) -> bool {
    let parameters = document["paths"][path][method.to_lowercase()]["parameters"].as_array();
    parameters.is_some_and(|all| all.iter().any(|one| one["name"] == "idempotency-key"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_write_that_is_sent_again_with_its_key_is_answered_as_before_and_done_once() {
    let company = Company::open().await;
    give_passwords(&company).await;
    let document = company.get("/api/openapi.json").await.ok();
    let artifacts = [artifact(&company).await, artifact(&company).await];
    let mut untried = Vec::new();
    for (method, path, sent, expected) in table() {
        let name = format!("{method} {path}");
        if !takes_key(&document, method, path) {
            continue;
        }
        let may = |status: &u16| (200..300).contains(status);
        let Some((caller, _)) = CALLERS[2..].iter().zip(&expected[2..]).find(|(_, status)| may(status)) else {
            untried.push(name);
            continue;
        };
        let caller = caller.unwrap();
        let artifact = &artifacts[usize::from(path.ends_with("download"))];
        let mut filled = path.replace("{form}", "customer");
        if filled.contains("{id}") {
            filled = filled.replace("{id}", &id_for(&company, path, artifact).await);
        }
        let send = async |path: &str, body: Option<&Json>| {
            let method: Method = method.parse().unwrap();
            let call = company.request(method, path).by(caller).header("idempotency-key", &name);
            if let Some(body) = body { call.json(body).await } else { call.await }
        };
        let body = sent.body(&company);
        let first = send(&filled, body.as_ref()).await;
        assert!(first.status.is_success(), "{name}: {}", first.text());
        let second = send(&filled, body.as_ref()).await;
        if TOLD_ONCE.contains(&name.as_str()) {
            assert_eq!(second.problem(), (409, "told-once"), "{name}");
        } else {
            assert_eq!((second.status, second.text()), (first.status, first.text()), "{name}");
        }
        let other = company.post("/api/v1/notifications/read").by(caller).header("idempotency-key", &name);
        let other = other.json(&json!({ "ids": [] })).await;
        assert_eq!(other.problem(), (422, "key-reused"), "{name}");
    }
    assert_eq!(untried, UNTRIED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_sent_four_times_at_once_with_one_key_is_entered_once() {
    let company = Company::open().await;
    company.token("li.na").await;
    let record = json!({ "values": { "name": "钱一", "mobile": "13812340000" } });
    let send = || {
        let call = company.post("/api/v1/registers/customer/records").by("li.na");
        call.header("idempotency-key", "r").json(&record).into_future()
    };
    let (one, two, three, four) = tokio::join!(send(), send(), send(), send());
    for answer in [&two, &three, &four] {
        assert_eq!((answer.status.as_u16(), answer.body()), (201, one.body()), "{}", answer.text());
    }
    let listed = company.get("/api/v1/registers/customer/records").by("li.na").await.ok();
    assert_eq!(listed["count"], 4, "three there were before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_sent_again_with_its_key_is_counted_once() {
    let company = Company::open().await;
    let id = artifact(&company).await;
    let send = async |key: &str| {
        let call = company.post(&format!("/api/v1/artifacts/{id}/download")).by("li.na");
        call.header("idempotency-key", key).await.status.as_u16()
    };
    assert_eq!(
        [send("a").await, send("a").await, send("a").await, send("b").await, send("c").await],
        [200, 409, 409, 200, 200]
    );
    assert_eq!(send("d").await, 410, "three were granted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_without_its_proof_is_not_told_what_was_answered() {
    let company = Company::open().await;
    let session = company.session("li.na").await;
    let record = json!({ "values": { "name": "钱一" } });
    let call = || {
        let call = company.post("/api/v1/registers/customer/records").header("idempotency-key", "r");
        call.json(&record)
    };
    assert_eq!(call().within(&session).await.status, 201);
    assert_eq!(call().header("cookie", &session.cookie).await.problem(), (403, "forged"));
    assert_eq!(call().within(&session).await.status, 201);
}

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
