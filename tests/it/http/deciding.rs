//! What a decision asks for is the process's to say, on the page as over the API.

use serde_json::json;
use tests::served::{Answer, Company, Session};

/// A request of li.na's that waits for zhang.wei: the case and its task.
async fn waiting(company: &Company) -> (String, String) {
    let case = company.begin(&json!(["name"])).await;
    let seen = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    (case, seen["tasks"][0]["id"].as_str().unwrap().to_owned())
}

/// The page's button to reject, as it is written.
fn reject_button(page: &Answer) -> String {
    let page = page.text();
    let buttons = page.split("<button").filter(|button| button.contains("/reject\""));
    let [button] = buttons.collect::<Vec<_>>()[..] else { panic!("one button rejects") };
    button.split('>').next().unwrap().to_owned()
}

async fn reject(company: &Company, session: &Session, (case, task): (&str, &str), comment: &str) -> Answer {
    let events = company.get(&format!("/api/v1/cases/{case}/events")).within(session).await.ok();
    let revision = events["items"].as_array().unwrap().len().to_string();
    let fields = [("revision", revision.as_str()), ("comment", comment)];
    company.post(&format!("/tasks/{task}/reject")).form(session, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_needs_no_reason_where_the_process_asks_for_none() {
    let company = Company::open().await;
    let session = company.session("zhang.wei").await;
    let (case, task) = waiting(&company).await;
    let page = company.get(&format!("/cases/{case}")).header("cookie", &session.cookie).await;
    let button = reject_button(&page);
    assert!(button.contains("data-asks=\"comment\"") && !button.contains("data-needs"), "{button}");
    assert_eq!(reject(&company, &session, (&case, &task), "").await.status, 303);
    let seen = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    assert_eq!((&seen["outcome"], &seen["comments"]), (&json!("rejected"), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_needs_a_reason_where_the_process_asks_for_one() {
    let company = Company::over(|workspace| {
        let file = workspace.join("workflows/export-approval.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        let changed = text.replacen("by: requester.manager", "by: requester.manager\n    comment: on_reject", 1);
        std::fs::write(file, changed).unwrap();
    })
    .await;
    let session = company.session("zhang.wei").await;
    let (case, task) = waiting(&company).await;
    let page = company.get(&format!("/cases/{case}")).header("cookie", &session.cookie).await;
    let button = reject_button(&page);
    assert!(button.contains("data-needs=\"comment\""), "{button}");
    let bare = reject(&company, &session, (&case, &task), " ").await;
    assert_eq!(bare.status, 422);
    assert!(bare.text().contains("aria-invalid"), "the field says so");
    let bare = company.post(&format!("/api/v1/tasks/{task}/reject")).by("zhang.wei").await;
    assert_eq!(bare.problem(), (422, "comment-required"));
    assert_eq!(reject(&company, &session, (&case, &task), "用途不明").await.status, 303);
    let seen = company.get(&format!("/api/v1/cases/{case}")).by("li.na").await.ok();
    assert_eq!((&seen["outcome"], &seen["comments"][0]["text"]), (&json!("rejected"), &json!("用途不明")));
}
