//! Who may call what: every operation of the description, by everybody there is.

use std::collections::BTreeSet;

use axum::http::Method;
use definition::id::Login;
use serde_json::{Value as Json, json};
use tests::served::{Company, PASSWORD};
use uuid::Uuid;

/// Nobody, somebody with no part in the case, who asked, whom it waits for, an administrator, an auditor.
pub(super) const CALLERS: [Option<&str>; 6] =
    [None, Some("huang.li"), Some("li.na"), Some("zhang.wei"), Some("zhou.min"), Some("he.jing")];

/// What is sent along.
pub(super) enum Sent {
    /// Nothing.
    Nothing,
    /// This.
    This(Json),
    /// A request for li.na's customers.
    Request,
}

use Sent::{Nothing, Request, This};

impl Sent {
    pub(super) fn body(&self, company: &Company) -> Option<Json> {
        match self {
            Nothing => None,
            This(body) => Some(body.clone()),
            Request => Some(company.request_for(&json!(["name"]))),
        }
    }
}

/// Everybody of [`CALLERS`] has a password.
pub(super) async fn give_passwords(company: &Company) {
    for login in CALLERS.into_iter().flatten() {
        company.give_password(login).await;
    }
}

/// An operation, what is sent to it, and how each of [`CALLERS`] is answered.
pub(super) type Row = (&'static str, &'static str, Sent, [u16; 6]);

#[rustfmt::skip]
pub(super) fn table() -> Vec<Row> {
    vec![
        ("POST", "/api/v1/sign-in", This(json!({ "login": "nobody", "password": "x" })), [422, 422, 422, 422, 422, 422]),
        ("POST", "/api/v1/sign-out", Nothing, [401, 204, 204, 204, 204, 204]),
        ("GET", "/api/v1/me", Nothing, [401, 200, 200, 200, 200, 200]),
        ("GET", "/api/v1/me/tokens", Nothing, [401, 200, 200, 200, 200, 200]),
        ("POST", "/api/v1/me/tokens", This(json!({ "title": "x", "password": PASSWORD })), [401, 201, 201, 201, 201, 201]),
        ("DELETE", "/api/v1/me/tokens/{id}", Nothing, [401, 404, 204, 404, 404, 404]),
        ("GET", "/api/v1/me/absences", Nothing, [401, 200, 200, 200, 200, 200]),
        ("PUT", "/api/v1/me/absences", This(json!({ "items": [{ "from": "2026-12-01", "until": "2026-12-02", "deputy": "wang.fang" }] })),
            [401, 204, 204, 204, 204, 204]),
        ("POST", "/api/v1/me/hand-over", Nothing, [401, 200, 200, 200, 200, 200]),
        ("GET", "/api/v1/notifications", Nothing, [401, 200, 200, 200, 200, 200]),
        ("POST", "/api/v1/notifications/read", Nothing, [401, 204, 204, 204, 204, 204]),
        ("GET", "/api/v1/processes", Nothing, [401, 200, 200, 200, 200, 200]),
        ("GET", "/api/v1/cases", Nothing, [401, 200, 200, 200, 200, 200]),
        ("POST", "/api/v1/cases", Request, [401, 422, 201, 201, 403, 403]),
        ("POST", "/api/v1/cases/preview", Request, [401, 422, 200, 200, 403, 403]),
        ("GET", "/api/v1/cases/{id}", Nothing, [401, 404, 200, 200, 200, 200]),
        ("GET", "/api/v1/cases/{id}/events", Nothing, [401, 404, 200, 200, 200, 200]),
        ("POST", "/api/v1/cases/{id}/withdraw", Nothing, [401, 404, 200, 403, 403, 403]),
        ("POST", "/api/v1/cases/{id}/urge", Nothing, [401, 404, 200, 403, 403, 403]),
        ("POST", "/api/v1/cases/{id}/comment", This(json!({ "comment": "x" })), [401, 404, 200, 200, 403, 403]),
        ("POST", "/api/v1/cases/{id}/suspend", This(json!({ "comment": "x" })), [401, 404, 403, 403, 200, 403]),
        ("POST", "/api/v1/cases/{id}/resume", This(json!({ "comment": "x" })), [401, 404, 403, 403, 409, 403]),
        ("POST", "/api/v1/cases/{id}/jump", This(json!({ "to": "manager", "comment": "x" })), [401, 404, 403, 403, 200, 403]),
        ("POST", "/api/v1/cases/{id}/cancel", This(json!({ "comment": "x" })), [401, 404, 403, 403, 200, 403]),
        ("POST", "/api/v1/cases/{id}/assign", This(json!({ "task": "00000000-0000-0000-0000-000000000000", "people": ["wang.fang"], "comment": "x" })),
            [401, 404, 403, 403, 404, 403]),
        ("GET", "/api/v1/tasks", Nothing, [401, 200, 200, 200, 200, 200]),
        ("GET", "/api/v1/tasks/{id}", Nothing, [401, 404, 200, 200, 200, 200]),
        ("POST", "/api/v1/tasks/{id}/claim", Nothing, [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/release", Nothing, [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/approve", Nothing, [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/return", This(json!({ "comment": "x", "to": "requester" })), [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/reject", This(json!({ "comment": "x" })), [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/complete", This(json!({ "values": {} })), [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/transfer", This(json!({ "to": "wang.fang" })), [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/name", This(json!({ "people": ["wang.fang"] })), [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/delegate", This(json!({ "to": "wang.fang" })), [401, 404, 403, 403, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/resolve", Nothing, [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/add", This(json!({ "place": "before", "people": ["wang.fang"] })), [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/remove", This(json!({ "to": "wang.fang" })), [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/opinion", This(json!({ "people": ["wang.fang"] })), [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/ask", This(json!({ "to": "li.na", "comment": "x" })), [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/answer", This(json!({ "comment": "x" })), [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/take-back", Nothing, [401, 404, 403, 409, 403, 403]),
        ("POST", "/api/v1/tasks/{id}/comment", This(json!({ "comment": "x" })), [401, 404, 200, 200, 403, 403]),
        // Nothing that ships waits for this event.
        ("POST", "/api/v1/events/{name}", This(json!({ "data": {} })), [401, 404, 404, 404, 404, 404]),
        ("POST", "/api/v1/events/{name}/secrets", Nothing, [401, 403, 403, 403, 404, 403]),
        ("DELETE", "/api/v1/events/{name}/secrets/{number}", Nothing, [401, 403, 403, 403, 404, 403]),
        ("GET", "/api/v1/registers/{form}/records", Nothing, [401, 200, 200, 200, 403, 403]),
        ("POST", "/api/v1/registers/{form}/records", This(json!({ "values": { "name": "钱一" } })), [401, 201, 201, 201, 403, 403]),
        ("POST", "/api/v1/registers/{form}/search", This(json!({ "term": "8000" })), [401, 200, 200, 200, 403, 403]),
        ("GET", "/api/v1/registers/{form}/records/{id}", Nothing, [401, 404, 200, 200, 403, 403]),
        ("PATCH", "/api/v1/registers/{form}/records/{id}", This(json!({ "revision": 1, "values": { "last_contact": "2026-03-01" } })),
            [401, 404, 200, 200, 403, 403]),
        ("POST", "/api/v1/registers/{form}/records/{id}/reveal", This(json!({ "field": "id_number", "reason": "x" })),
            [401, 404, 403, 200, 403, 403]),
        ("POST", "/api/v1/artifacts/{id}/password", Nothing, [401, 404, 200, 404, 404, 404]),
        ("POST", "/api/v1/artifacts/{id}/download", Nothing, [401, 404, 200, 404, 404, 404]),
        ("GET", "/api/v1/incidents", Nothing, [401, 403, 403, 403, 200, 403]),
        ("GET", "/api/v1/incidents/{id}", Nothing, [401, 403, 403, 403, 200, 403]),
        ("POST", "/api/v1/incidents/{id}/retry", This(json!({ "run": Uuid::nil(), "reason": "x" })), [401, 403, 403, 403, 404, 403]),
        ("POST", "/api/v1/incidents/{id}/skip", This(json!({ "run": Uuid::nil(), "reason": "x" })), [401, 403, 403, 403, 404, 403]),
        ("GET", "/api/v1/audit", Nothing, [401, 403, 403, 403, 403, 200]),
        ("GET", "/api/v1/clock", Nothing, [200, 200, 200, 200, 200, 200]),
        ("POST", "/api/v1/clock", This(json!({ "advance": "PT0S" })), [200, 200, 200, 200, 200, 200]),
    ]
}

/// The id that stands in a path: a fresh thing for each call, so that no call is in another's way.
pub(super) async fn id_for(company: &Company, path: &str, artifact: &str) -> String {
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    if path.starts_with("/cases/{id}") || path.starts_with("/incidents/{id}") {
        return company.begin(&json!(["name"])).await;
    }
    if path.starts_with("/tasks/{id}") {
        let case = company.begin(&json!(["name"])).await;
        return task_of(company, &case).await;
    }
    if path.starts_with("/artifacts/") {
        return artifact.to_owned();
    }
    if path.starts_with("/me/tokens/") {
        return company.application.give_token(&Login::from("li.na"), "x").await.unwrap().id.to_string();
    }
    let record = json!({ "values": { "name": "孙二", "id_number": "11010519491231002X" } });
    let record = company.post("/api/v1/registers/customer/records").by("li.na").json(&record).await.ok();
    record["id"].as_str().unwrap().to_owned()
}

/// The task that a case of li.na's waits for.
async fn task_of(company: &Company, case: &str) -> String {
    let case = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    case["tasks"][0]["id"].as_str().unwrap().to_owned()
}

/// A file of li.na's, which her manager approved.
pub(super) async fn artifact(company: &Company) -> String {
    let case = company.begin(&json!(["name"])).await;
    let task = task_of(company, &case).await;
    company.post(&format!("/api/v1/tasks/{task}/approve")).by("zhang.wei").await.ok();
    company.application.settle().await.unwrap();
    let case = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    case["artifacts"][0]["id"].as_str().expect("a file was made").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_do_what_is_theirs_and_nothing_else() {
    let company = Company::open().await;
    company.application.give_second_factor(&Login::from("zhang.wei")).await.unwrap();
    give_passwords(&company).await;
    let artifact = artifact(&company).await;
    let mut breaches = Vec::new();
    for (method, path, sent, expected) in table() {
        let method: Method = method.parse().unwrap();
        let body = sent.body(&company);
        for (caller, expected) in CALLERS.iter().zip(expected) {
            let mut filled =
                path.replace("{form}", "customer").replace("{name}", "contract-signed").replace("{number}", "1");
            if filled.contains("{id}") {
                filled = filled.replace("{id}", &id_for(&company, path, &artifact).await);
            }
            let mut call = company.request(method.clone(), &filled);
            if let Some(login) = caller {
                call = call.by(login);
            }
            if let Some(body) = &body {
                call = call.json(body);
            }
            let answer = call.await;
            if answer.status != expected {
                let caller = caller.unwrap_or("nobody");
                breaches.push(format!(
                    "{method} {path} by {caller}: {expected} expected, {}: {}",
                    answer.status,
                    answer.text()
                ));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new(), "{}", breaches.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_that_is_described_has_its_row() {
    let company = Company::open().await;
    let document = company.get("/api/openapi.json").await.ok();
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let rows: BTreeSet<String> = table().iter().map(|(method, path, ..)| format!("{method} {path}")).collect();
    assert_eq!(described, rows);
}
