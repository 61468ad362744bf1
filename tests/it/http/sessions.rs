//! Signing in, sessions, tokens: how they begin, what they prove, how they end.

use axum::http::Method;
use serde_json::json;
use tests::served::{Company, PASSWORD, Serving};

const ME: &str = "/api/v1/me";
const SIGN_IN: &str = "/api/v1/sign-in";

#[tokio::test(flavor = "multi_thread")]
async fn a_session_writes_only_with_its_proof_and_a_token_needs_none() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    company.give_password("zhang.wei").await;
    let session = company.sign_in("li.na").await;
    let others = company.sign_in("zhang.wei").await;
    let read = "/api/v1/notifications/read";

    assert_eq!(company.get(ME).header("cookie", &session.cookie).await.ok()["csrf_token"], session.csrf.as_str());
    let bare = company.post(read).header("cookie", &session.cookie).await;
    assert_eq!(bare.problem(), (403, "forged"));
    let foreign = company.post(read).header("cookie", &session.cookie).header("x-csrf-token", &others.csrf).await;
    assert_eq!(foreign.problem(), (403, "forged"));
    assert_eq!(company.post(read).within(&session).await.status, 204);
    assert_eq!(company.post(read).by("li.na").await.status, 204);
    let from_elsewhere = company.post(read).within(&session).header("sec-fetch-site", "cross-site").await;
    assert_eq!(from_elsewhere.problem(), (403, "forged"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_when_it_is_signed_out_and_when_its_time_is_over() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    let first = company.sign_in("li.na").await;
    let second = company.sign_in("li.na").await;

    let out = company.post("/api/v1/sign-out").within(&first).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{}", out.header("set-cookie"));
    assert_eq!(company.get(ME).within(&first).await.problem(), (401, "sign-in-first"));

    company.advance("PT11H").await;
    assert_eq!(company.get(ME).within(&second).await.status, 200, "its use keeps it");
    company.advance("PT11H").await;
    assert_eq!(company.get(ME).within(&second).await.status, 200, "its use keeps it");
    company.advance("PT12H1S").await;
    assert_eq!(company.get(ME).within(&second).await.problem(), (401, "sign-in-first"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disabled_loses_session_and_token_at_once() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    let session = company.sign_in("li.na").await;
    assert_eq!(company.get(ME).within(&session).await.status, 200);
    assert_eq!(company.get(ME).by("li.na").await.status, 200);
    company.disable("li.na").await;
    assert_eq!(company.get(ME).within(&session).await.problem(), (401, "sign-in-first"));
    assert_eq!(company.get(ME).by("li.na").await.problem(), (401, "sign-in-first"));
    let sent = json!({ "login": "li.na", "password": PASSWORD });
    assert_eq!(company.post(SIGN_IN).json(&sent).await.problem(), (422, "wrong-credentials"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_told_once_and_ends_when_it_is_ended_or_its_days_are_over() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    let made = company
        .post("/api/v1/me/tokens")
        .by("li.na")
        .json(&json!({ "title": "报表", "days": 30, "password": PASSWORD }))
        .await;
    assert_eq!(made.status, 201);
    let secret = format!("Bearer {}", made.body()["token"].as_str().unwrap());
    let id = made.body()["id"].as_str().unwrap();
    let me = async || company.get(ME).header("authorization", &secret).await;
    assert_eq!(me().await.ok()["login"], "li.na");

    let listed = company.get("/api/v1/me/tokens").by("li.na").await;
    assert!(!listed.text().contains(&secret["Bearer ".len()..]), "the list tells no secret");
    let listed: Vec<&str> =
        listed.body()["items"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert!(listed.contains(&"报表"), "{listed:?}");

    let token = format!("/api/v1/me/tokens/{id}");
    assert_eq!(company.request(Method::DELETE, &token).by("zhang.wei").await.problem(), (404, "not-found"));
    assert_eq!(me().await.status, 200, "another's attempt ends nothing");
    assert_eq!(company.request(Method::DELETE, &token).by("li.na").await.status, 204);
    assert_eq!(me().await.problem(), (401, "sign-in-first"));

    let made = company
        .post("/api/v1/me/tokens")
        .by("li.na")
        .json(&json!({ "title": "一天", "days": 1, "password": PASSWORD }))
        .await;
    let secret = format!("Bearer {}", made.body()["token"].as_str().unwrap());
    company.advance("P1DT1S").await;
    let late = company.get(ME).header("authorization", &secret).await;
    assert_eq!(late.problem(), (401, "sign-in-first"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_finds_a_browser_open_makes_no_token_and_enrols_no_second_factor() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    let session = company.session("li.na").await;
    let token = async |password: &str| {
        let fields = [("do", "create"), ("name", "x"), ("days", "1"), ("password", password)];
        company.post("/me/tokens").form(&session, &fields).await.status.as_u16()
    };
    let factor = async |password: &str| {
        let fields = [("do", "enrol"), ("password", password)];
        company.post("/me/second-factor").form(&session, &fields).await.status.as_u16()
    };
    assert_eq!([token("").await, token("a guess").await, factor("").await, factor("a guess").await], [422; 4]);
    let made = async |sent: serde_json::Value| company.post("/api/v1/me/tokens").within(&session).json(&sent).await;
    assert_eq!(made(json!({ "title": "x" })).await.problem(), (403, "password-needed"));
    let guess = json!({ "title": "x", "password": "a guess" });
    assert_eq!(made(guess).await.problem(), (422, "wrong-credentials"));
    let page = company.get("/me").header("cookie", &session.cookie).await.text();
    assert!(!page.contains("totp-secret"), "nothing was begun");
    let tokens = company.get("/api/v1/me/tokens").within(&session).await.ok();
    let titles: Vec<&str> =
        tokens["items"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["test"], "the one that was given by authority");
    assert_eq!([token(PASSWORD).await, factor(PASSWORD).await], [200, 303]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_as_a_name_is_kept_under_a_key() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    let typed = "my secret by mistake";
    for login in [typed, typed, "li.na"] {
        let sent = json!({ "login": login, "password": "x" });
        assert_eq!(company.post(SIGN_IN).json(&sent).await.status, 422);
    }
    let log = company.get("/api/v1/audit?kind=sign_in_failed").by("he.jing").await.ok();
    let digests: Vec<&str> =
        log["items"].as_array().unwrap().iter().map(|one| one["digest"].as_str().unwrap()).collect();
    let [last, second, first] = digests[..] else { panic!("{log}") };
    assert_eq!(first, second, "an auditor sees that the same was tried twice");
    assert_ne!(last, first);
    assert!(!digests.contains(&vault::Digest::of(typed.as_bytes()).to_string().as_str()), "nobody finds it by trying");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_names_and_wrong_passwords_are_told_alike_and_soon_wait() {
    let company = Company::open().await;
    company.give_password("li.na").await;
    let attempt = async |login: &str, password: &str| {
        let answer = company.post(SIGN_IN).json(&json!({ "login": login, "password": password })).await;
        (answer.status.as_u16(), answer.body().clone())
    };
    let wrong = attempt("li.na", "not her password").await;
    assert_eq!(wrong.0, 422);
    assert_eq!(attempt("nobody.here", "not her password").await, wrong);
    for _ in 0..9 {
        assert_eq!(attempt("li.na", "not her password").await.0, 422);
    }
    assert_eq!(attempt("li.na", PASSWORD).await.1["type"], "too-many", "the right password waits too");
    assert_eq!(attempt("nobody.here", PASSWORD).await.0, 422, "others do not wait");
    let told = company.post(SIGN_IN).json(&json!({ "login": "li.na", "password": PASSWORD })).await;
    assert!(told.header("retry-after").ends_with(" GMT"), "{:?}", told.headers);
    company.advance("PT16M").await;
    assert_eq!(attempt("li.na", PASSWORD).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_of_a_session_is_kept_from_scripts_and_other_sites() {
    let secure = Company::serving(Serving { moves_clock: false, is_secure: true }).await;
    secure.give_password("li.na").await;
    let sent = json!({ "login": "li.na", "password": PASSWORD });
    let answer = secure.post(SIGN_IN).json(&sent).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-chancery_session="), "{cookie}");
    for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{attribute} is not in {cookie}");
    }
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    assert_eq!(secure.get("/api/v1/clock").by("li.na").await.problem(), (404, "not-found"), "nobody moves its clock");
}
