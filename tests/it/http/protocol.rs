//! What every answer keeps to: problem documents, languages, headers, pages, limits.

use axum::http::Method;
use runtime::viewer::Origin;
use serde_json::{Value as Json, json};
use tests::served::Company;

const NOWHERE: &str = "00000000-0000-4000-8000-000000000000";

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_a_problem_document_in_the_reader_s_language() {
    let company = Company::open().await;
    let nobody = company.get("/api/v1/me").header("accept-language", "en").await;
    assert_eq!(nobody.header("content-type"), "application/problem+json");
    assert_eq!(nobody.header("www-authenticate"), "Bearer");
    let english = nobody.body().clone();
    assert_eq!(english, json!({ "type": "sign-in-first", "status": 401, "title": english["title"] }));
    assert!(english["title"].as_str().unwrap().is_ascii());
    let chinese = company.get("/api/v1/me").header("accept-language", "zh-CN").await;
    assert!(!chinese.body()["title"].as_str().unwrap().is_ascii());
    assert_eq!((chinese.problem(), chinese.status), ((401, "sign-in-first"), nobody.status));

    let path = format!("/api/v1/cases/{NOWHERE}");
    let chinese = company.get(&path).by("li.na").header("accept-language", "en").await;
    assert!(!chinese.body()["title"].as_str().unwrap().is_ascii(), "who is signed in reads their own language");
    let viewer = company.application.viewer_of_token(&company.token("li.na").await, Origin::default()).await;
    let viewer = viewer.unwrap().unwrap();
    company.application.set_locale(&viewer, definition::text::Locale::En).await.unwrap();
    let english = company.get(&path).by("li.na").await;
    assert!(english.body()["title"].as_str().unwrap().is_ascii());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_or_is_not_there_is_told_as_such() {
    let company = Company::open().await;
    let case = company.begin(&json!(["name"])).await;
    for (method, path, expected) in [
        (Method::GET, "/api/v1/cases/not-an-id".to_owned(), (400, "malformed")),
        (Method::GET, format!("/api/v1/cases/{NOWHERE}"), (404, "not-found")),
        (Method::GET, format!("/api/v1/tasks/{NOWHERE}"), (404, "not-found")),
        (Method::POST, format!("/api/v1/tasks/{NOWHERE}/approve"), (404, "not-found")),
        (Method::GET, "/api/v1/tasks?box=elsewhere".to_owned(), (400, "malformed")),
        (Method::GET, "/api/v1/tasks?after=nonsense".to_owned(), (400, "malformed")),
        (Method::GET, "/api/v1/tasks?limit=many".to_owned(), (400, "malformed")),
        (Method::GET, "/api/v1/nothing".to_owned(), (404, "not-found")),
        (Method::GET, "/api/v2/me".to_owned(), (404, "not-found")),
        (Method::PUT, format!("/api/v1/cases/{case}"), (405, "method-not-allowed")),
        (Method::GET, "/api/v1/registers/nothing/records".to_owned(), (404, "not-found")),
        (Method::GET, "/api/v1/registers/export-request/records".to_owned(), (404, "not-found")),
        (Method::GET, format!("/api/v1/registers/customer/records/{NOWHERE}"), (404, "not-found")),
        (Method::POST, format!("/api/v1/artifacts/{NOWHERE}/download"), (404, "not-found")),
    ] {
        let answer = company.request(method.clone(), &path).by("li.na").await;
        assert_eq!(answer.problem(), expected, "{method} {path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_not_what_was_asked_for_is_refused() {
    let company = Company::open().await;
    let start = || company.post("/api/v1/cases").by("li.na");
    let json_of = |text: &str| start().header("content-type", "application/json").bytes(text);
    assert_eq!(json_of("{").await.problem(), (400, "malformed"));
    assert_eq!(json_of("[]").await.problem(), (400, "malformed"));
    assert_eq!(json_of(r#"{"workflow":"export-approval","value":{}}"#).await.problem(), (400, "malformed"));
    assert_eq!(start().bytes("workflow=export-approval").await.problem(), (400, "malformed"));
    let huge = format!(r#"{{"workflow":"{}"}}"#, "x".repeat(3 << 20));
    assert_eq!(json_of(&huge).await.problem(), (413, "too-large"));
    let deep = format!(
        r#"{{"workflow":"export-approval","values":{{"purpose":{}1{}}}}}"#,
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    assert_eq!(json_of(&deep).await.problem(), (400, "malformed"));
    let unknown = start().json(&json!({ "workflow": "no-such-process", "values": {} })).await;
    assert_eq!(unknown.problem(), (404, "not-found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_wrong_with_a_request_is_told_at_once() {
    let company = Company::open().await;
    let values = json!({ "purpose": "短", "needed_until": "2026-01-01", "format": "pdf" });
    let answer = company
        .post("/api/v1/cases")
        .by("li.na")
        .json(&json!({ "workflow": "export-approval", "values": values }))
        .await;
    assert_eq!(answer.problem(), (422, "fields"));
    let errors = answer.body()["errors"].as_array().unwrap();
    let mut fields: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["fields", "format", "needed_until", "purpose", "records"]);
    assert!(errors.iter().all(|error| !error["message"].as_str().unwrap().is_empty()), "{errors:?}");
    let unknown = company.post("/api/v1/registers/customer/records").by("li.na");
    let unknown = unknown.json(&json!({ "values": { "name": "钱一", "mobile": "123", "id_number": "1" } })).await;
    assert_eq!(unknown.body()["errors"].as_array().map(Vec::len), Some(2), "{}", unknown.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_on_page_by_page_without_losing_or_repeating_a_row() {
    let company = Company::open().await;
    let mut begun = Vec::new();
    for _ in 0..5 {
        begun.push(company.begin(&json!(["name"])).await);
        company.advance("PT1S").await;
    }
    let (mut seen, mut next) = (Vec::new(), String::new());
    for expected in [2, 2, 1] {
        let page = company.get(&format!("/api/v1/cases?limit=2{next}")).by("li.na").await.ok();
        let items = page["items"].as_array().unwrap();
        assert_eq!(items.len(), expected);
        seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(|cursor| format!("&after={cursor}")).unwrap_or_default();
        if seen.len() == 2 {
            // What comes meanwhile stands before the page and moves nothing.
            company.begin(&json!(["name"])).await;
        }
    }
    begun.reverse();
    assert_eq!((seen, next), (begun, String::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_answer_carries_the_headers_that_protect_it() {
    let company = Company::open().await;
    for (method, path) in [
        (Method::GET, "/api/openapi.json"),
        (Method::GET, "/api/v1/me"),
        (Method::GET, "/api/v1/nothing"),
        (Method::POST, "/api/v1/sign-in"),
        (Method::GET, "/sign-in"),
        (Method::GET, "/inbox"),
        (Method::GET, "/nothing"),
        (Method::GET, "/healthz"),
    ] {
        for login in [None, Some("li.na")] {
            let call = company.request(method.clone(), path);
            let answer = match login {
                None => call.await,
                Some(login) => call.by(login).await,
            };
            let policy = answer.header("content-security-policy");
            assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"), "{path}: {policy}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cache-control", "no-store"),
                ("cross-origin-opener-policy", "same-origin"),
            ] {
                assert_eq!(answer.header(name), value, "{method} {path}: {name}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_every_answer_s_shape_and_who_may_ask() {
    let company = Company::open().await;
    let document = company.get("/api/openapi.json").await.ok();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."), "{}", document["openapi"]);
    assert_eq!(document["security"], json!([{ "token": [] }, { "session": [] }]));
    let mut unresolved = Vec::new();
    references(&document, &document, &mut unresolved);
    assert_eq!(unresolved, Vec::<String>::new());
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(path.starts_with("/api/v1/"), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{place} does not say what it does");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses["default"]["content"]["application/problem+json"].is_object(), "{place}");
            assert!(responses.keys().any(|status| status.starts_with('2')), "{place} never succeeds");
            for name in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                let is_it = |parameter: &Json| parameter["name"] == name && parameter["in"] == "path";
                let parameters = operation["parameters"].as_array();
                assert_eq!(
                    parameters.map(|all| all.iter().filter(|one| is_it(one)).count()),
                    Some(1),
                    "{place}: {name}"
                );
            }
        }
    }
}

/// The references of a description that lead nowhere.
fn references(node: &Json, document: &Json, unresolved: &mut Vec<String>) {
    match node {
        Json::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Json::as_str)
                && document.pointer(reference.trim_start_matches('#')).is_none()
            {
                unresolved.push(reference.to_owned());
            }
            members.values().for_each(|member| references(member, document, unresolved));
        }
        Json::Array(members) => members.iter().for_each(|member| references(member, document, unresolved)),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => {}
    }
}
