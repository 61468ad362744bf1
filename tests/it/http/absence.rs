//! People who are away, and people who left.

use serde_json::{Value as Json, json};
use tests::served::Company;

async fn inbox(company: &Company, login: &str) -> usize {
    company.get("/api/v1/tasks").by(login).await.ok()["items"].as_array().unwrap().len()
}

/// That `zhang.wei` is away today, and who does his work.
fn away(deputy: &str) -> Json {
    json!({ "items": [{ "from": "2026-03-02", "until": "2026-03-03", "deputy": deputy, "up_to": "L2" }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_decides_on_behalf_of_whoever_is_away() {
    let company = Company::open().await;
    company.put("/api/v1/me/absences").by("zhang.wei").json(&away("wang.fang")).await;
    let said = company.get("/api/v1/me/absences").by("zhang.wei").await.ok();
    let expected =
        json!({ "from": "2026-03-02", "until": "2026-03-03", "deputy": "wang.fang", "processes": [], "up_to": "L2" });
    assert_eq!(said["items"], json!([expected]));
    let case = company.begin(&json!(["name"])).await;
    assert_eq!((inbox(&company, "zhang.wei").await, inbox(&company, "wang.fang").await), (0, 1));
    let task = company.first_task("wang.fang").await;
    company.post(&format!("/api/v1/tasks/{task}/approve")).by("wang.fang").await.ok();
    let events = company.get(&format!("/api/v1/cases/{case}/events")).by("zhang.wei").await.ok();
    let decided =
        events["items"].as_array().unwrap().iter().find(|one| one["event"]["type"] == "task_decided").unwrap();
    let expected = (&json!("wang.fang"), &json!("wang.fang"), &json!("zhang.wei"));
    assert_eq!((&decided["actor"], &decided["event"]["by"], &decided["event"]["on_behalf_of"]), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn open_work_is_handed_over_when_asked_for() {
    let company = Company::open().await;
    company.begin(&json!(["name"])).await;
    let nobody_yet = company.post("/api/v1/me/hand-over").by("zhang.wei").await.ok();
    assert_eq!((nobody_yet, inbox(&company, "zhang.wei").await), (json!({ "cases": 0 }), 1));
    company.put("/api/v1/me/absences").by("zhang.wei").json(&away("wang.fang")).await;
    assert_eq!((inbox(&company, "zhang.wei").await, inbox(&company, "wang.fang").await), (1, 0));
    let handed = company.post("/api/v1/me/hand-over").by("zhang.wei").await.ok();
    assert_eq!(handed, json!({ "cases": 1 }));
    assert_eq!((inbox(&company, "zhang.wei").await, inbox(&company, "wang.fang").await), (0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_that_cannot_be_is_told_why() {
    let company = Company::open().await;
    company.put("/api/v1/me/absences").by("wang.fang").json(&away("zhang.wei")).await;
    let refused = async |absence: Json| {
        let sent = json!({ "items": [absence] });
        let answer = company.put("/api/v1/me/absences").by("zhang.wei").json(&sent).await;
        answer.problem().1.to_owned()
    };
    let days = |from: &str, until: &str, deputy: &str| json!({ "from": from, "until": until, "deputy": deputy });
    assert_eq!(refused(days("2026-03-02", "2026-03-01", "li.na")).await, "absence-ends-before-it-begins");
    assert_eq!(refused(days("2026-03-02", "2026-03-03", "nobody")).await, "absence-no-deputy");
    assert_eq!(refused(days("2026-03-02", "2026-03-03", "wang.fang")).await, "absence-leads-back");
    assert_eq!(refused(days("2026-03-02", "2026-03-03", "zhang.wei")).await, "absence-leads-back");
    let mut elsewhere = days("2026-03-02", "2026-03-03", "li.na");
    elsewhere["processes"] = json!(["no-such"]);
    assert_eq!(refused(elsewhere).await, "absence-no-process");
}
