//! The main story, told by the API alone.

use std::collections::BTreeSet;

use definition::id::Login;
use serde_json::{Value as Json, json};
use tests::served::{Company, PASSWORD};

/// What somebody was told, latest first: the kinds.
async fn told(company: &Company, login: &str) -> Vec<String> {
    let told = company.get("/api/v1/notifications").by(login).await.ok();
    told["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect()
}

fn events_of<'a>(events: &'a Json, kind: &str) -> Vec<&'a str> {
    let events = events["items"].as_array().unwrap().iter();
    events.filter(|one| one["event"]["type"] == kind).map(|one| one["at"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_goes_from_its_clerk_past_a_silent_manager_to_the_file() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    company.application.give_second_factor(&Login::from("zhou.lan")).await.unwrap();
    let session = company.sign_in("li.na").await;

    let request = company.request_for(&json!(["name", "mobile", "id_number"]));
    let preview = company.post("/api/v1/cases/preview").within(&session).json(&request).await.ok();
    let courses: Vec<(&str, &str)> = preview["path"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["step"]["id"].as_str().unwrap(), step["course"].as_str().unwrap()))
        .collect();
    let ahead = ["manager", "risk", "protection", "copy", "produce", "ready"];
    assert_eq!(courses, ahead.map(|step| (step, "ahead")));
    assert_eq!((&preview["problems"], &preview["records"]), (&json!([]), &json!(3)));
    let shorter = json!([{ "kind": "mask", "field": "fields", "pick": "id_number" }]);
    assert_eq!(preview["shorter"][0]["changes"], shorter);

    let begun = company.post("/api/v1/cases").within(&session).json(&request).await;
    assert_eq!(begun.status, 201, "{}", begun.text());
    let case = begun.body()["case"].as_str().unwrap().to_owned();
    assert_eq!(begun.header("location"), format!("/api/v1/cases/{case}"));
    let at_manager = company.first_task("zhang.wei").await;

    // Eight working hours from Monday, ten o'clock, end on Tuesday at ten: two working hours before is Monday, 17:00.
    assert_eq!(company.advance("PT8H").await.to_rfc3339(), "2026-03-02T10:00:00+00:00");
    assert_eq!(told(&company, "zhang.wei").await, ["reminder", "task_assigned"]);
    company.advance("P3D").await;
    let session = company.sign_in("li.na").await;
    let events = company.get(&format!("/api/v1/cases/{case}/events")).within(&session).await.ok();
    assert_eq!(events_of(&events, "reminded")[0], "2026-03-02T09:00:00Z");
    assert_eq!(events_of(&events, "escalated"), ["2026-03-04T02:00:00Z"]);
    let late = company.post(&format!("/api/v1/tasks/{at_manager}/approve")).by("zhang.wei").await;
    assert_eq!(late.status, 403, "{}", late.text());

    let at_director = company.first_task("wang.fang").await;
    company.post(&format!("/api/v1/tasks/{at_director}/approve")).by("wang.fang").await.ok();

    let at_officer = company.first_task("zhou.lan").await;
    let approve = format!("/api/v1/tasks/{at_officer}/approve");
    company.post(&format!("/api/v1/tasks/{at_officer}/claim")).by("zhou.lan").await.ok();
    let late = company.post(&format!("/api/v1/tasks/{at_officer}/claim")).by("han.xue").await;
    assert_eq!(late.problem(), (409, "already-claimed"));
    let bare = company.post(&approve).by("zhou.lan").await;
    assert_eq!(bare.problem(), (403, "second-factor-needed"));
    let wrong = company.post(&approve).by("zhou.lan").json(&json!({ "code": "000000" })).await;
    assert_eq!(wrong.problem(), (422, "wrong-credentials"));
    let code = company.application.demo_code(&Login::from("zhou.lan")).await.unwrap().unwrap();
    company.post(&approve).by("zhou.lan").json(&json!({ "code": code, "comment": "可以" })).await.ok();
    company.advance("PT0S").await;

    let seen = company.get(&format!("/api/v1/cases/{case}")).within(&session).await.ok();
    assert_eq!(seen["outcome"], "approved");
    let said = seen["comments"].as_array().unwrap().iter().map(|one| (&one["by"]["login"], &one["text"]));
    assert_eq!(said.collect::<Vec<_>>(), [(&json!("zhou.lan"), &json!("可以"))]);
    let artifact = &seen["artifacts"][0];
    assert_eq!((&artifact["records"], &artifact["downloads_left"]), (&json!(3), &json!(3)));
    let file = format!("/api/v1/artifacts/{}", artifact["id"].as_str().unwrap());

    let password = company.post(&format!("{file}/password")).within(&session).await.ok();
    assert!(password["password"].as_str().unwrap().len() >= 12, "{password}");
    let again = company.post(&format!("{file}/password")).within(&session).await;
    assert_eq!(again.problem(), (410, "expired"));

    assert_eq!(company.get(&format!("{file}/download")).within(&session).await.problem(), (405, "method-not-allowed"));
    for _ in 0..3 {
        let download = company.post(&format!("{file}/download")).within(&session).await;
        assert_eq!(download.status, 200, "{}", download.text());
        assert_eq!(download.header("content-type"), "application/zip");
        assert_eq!(json!(download.bytes.len()), artifact["size"]);
        assert!(download.bytes.starts_with(b"PK\x03\x04"), "not an archive");
        let name = download.header("content-disposition");
        assert!(name.starts_with("attachment; filename=\"export-approval-") && name.ends_with(".zip\""), "{name}");
    }
    assert_eq!(company.post(&format!("{file}/download")).within(&session).await.problem(), (410, "expired"));
    // Both were sent at one moment of the hand-moved clock.
    let last: BTreeSet<String> = told(&company, "li.na").await.into_iter().take(2).collect();
    assert_eq!(last, ["ended", "message"].map(ToOwned::to_owned).into());

    the_audit_tells_it(&company, &case).await;
}

/// The auditor finds who did what, and no value of it.
async fn the_audit_tells_it(company: &Company, case: &str) {
    let audit = company.get(&format!("/api/v1/audit?case={case}&limit=200")).by("he.jing").await.ok();
    let kinds: BTreeSet<&str> =
        audit["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    for kind in
        ["case_started", "timer_fired", "task_claimed", "approved", "password_shown", "downloaded", "case_viewed"]
    {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    let written = audit.to_string();
    for secret in ["13800138000", "11010519491231002X", "欧阳明", "可以", "电话回访", PASSWORD] {
        assert!(!written.contains(secret), "{secret} stands in the audit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_level_hides_reaches_nobody_who_is_not_cleared() {
    let company = Company::open().await;
    let mine = company.get("/api/v1/registers/customer/records").by("li.na").await;
    for (_, mobile, id_number) in tests::served::CUSTOMERS {
        assert!(mine.text().contains(mobile), "L1 is clear to L1");
        assert!(!mine.text().contains(id_number), "L2 is masked to L1");
    }
    let record = format!("/api/v1/registers/customer/records/{}", company.customers[0]);
    let managers = company.get(&record).by("zhang.wei").await;
    assert!(!managers.text().contains("11010519491231002X"), "L2 is masked until it is revealed");
    let reveal = json!({ "field": "id_number", "reason": "核对身份" });
    let shown = company.post(&format!("{record}/reveal")).by("zhang.wei").json(&reveal).await.ok();
    assert_eq!(shown["value"], "11010519491231002X");
    let search = json!({ "term": "13800138000" });
    let found = company.post("/api/v1/registers/customer/search").by("zhang.wei").json(&search).await.ok();
    assert_eq!(found["count"], 1);
    let others = company.post("/api/v1/registers/customer/search").by("huang.li").json(&search).await.ok();
    assert_eq!((&others["count"], &others["items"]), (&json!(0), &json!([])));

    let case = company.begin(&json!(["name", "mobile"])).await;
    let auditor = company.get(&format!("/api/v1/cases/{case}")).by("he.jing").await;
    assert!(!auditor.text().contains("电话回访"), "by duty alone one sees no value");
    assert_eq!(auditor.body()["participation"], "duty");
}
