//! Who may open which page and send which form: every route of the URL table, by everybody there is.

use std::{collections::BTreeSet, path::Path};

use axum::http::Method;
use tests::served::{Answer, Company, PASSWORD, Session};

use super::authorization::{CALLERS, artifact, give_passwords, id_for};

/// The URL table.
const ROUTER: &str = "crates/server/src/router.rs";

/// What sends a browser to sign in reads as 401 here, so that it is told from a form that was taken.
const SIGN_IN_FIRST: u16 = 401;

/// What stands for the revision of the case in a form.
const REVISION: (&str, &str) = ("revision", "of the case");

/// A passage through a step that is none of the case's.
const NO_RUN: (&str, &str) = ("run", "00000000-0000-0000-0000-000000000000");

/// A route, the fields of its form, and how each of [`CALLERS`] is answered.
type Row = (&'static str, &'static str, &'static [(&'static str, &'static str)], [u16; 6]);

/// No route is excepted. A route that is neither for everybody nor in this table fails the test below.
#[rustfmt::skip]
fn table() -> Vec<Row> {
    vec![
        ("GET", "/", &[], [303; 6]),
        ("GET", "/sign-in", &[], [200, 303, 303, 303, 303, 303]),
        ("POST", "/sign-in", &[("login", "nobody"), ("password", "x")], [422; 6]),
        ("POST", "/sign-out", &[], [401, 303, 303, 303, 303, 303]),
        ("GET", "/inbox", &[], [401, 200, 200, 200, 200, 200]),
        ("POST", "/inbox", &[("q", "x")], [401, 200, 200, 200, 200, 200]),
        ("GET", "/inbox/live", &[], [401, 200, 200, 200, 200, 200]),
        ("POST", "/tasks/approve", &[], [401, 303, 303, 303, 303, 303]),
        ("POST", "/tasks/reject", &[("comment", "x")], [401, 303, 303, 303, 303, 303]),
        ("POST", "/tasks/{id}/approve", &[REVISION], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/reject", &[REVISION, ("comment", "x")], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/comment", &[("comment", "x")], [401, 404, 303, 303, 403, 403]),
        ("POST", "/tasks/{id}/claim", &[], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/release", &[], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/transfer", &[("to", "wang.fang")], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/name", &[("to", "wang.fang")], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/complete", &[REVISION], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/return", &[REVISION, ("choice", "requester"), ("comment", "x")], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/delegate", &[("to", "wang.fang")], [401, 404, 403, 403, 403, 403]),
        ("POST", "/tasks/{id}/resolve", &[], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/add", &[("choice", "alongside"), ("to", "wang.fang")], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/remove", &[("choice", "wang.fang")], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/opinion", &[("to", "wang.fang")], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/ask", &[("to", "wang.fang"), ("comment", "x")], [401, 404, 403, 303, 403, 403]),
        ("POST", "/tasks/{id}/answer", &[("comment", "x")], [401, 404, 403, 409, 403, 403]),
        ("POST", "/tasks/{id}/take-back", &[], [401, 404, 403, 409, 403, 403]),
        ("POST", "/people", &[("q", "wang")], [401, 200, 200, 200, 200, 200]),
        ("GET", "/cases/{id}", &[], [401, 404, 200, 200, 200, 200]),
        ("GET", "/cases/{id}/progress", &[], [401, 404, 200, 200, 200, 200]),
        ("POST", "/cases/{id}/urge", &[], [401, 404, 303, 403, 403, 403]),
        ("POST", "/cases/{id}/withdraw", &[], [401, 404, 303, 403, 403, 403]),
        ("POST", "/cases/{id}/comment", &[("text", "x")], [401, 404, 303, 303, 403, 403]),
        ("GET", "/start", &[], [401, 200, 200, 200, 200, 200]),
        ("GET", "/start/{workflow}", &[], [401, 200, 200, 200, 403, 403]),
        ("POST", "/start/{workflow}", &[], [401, 200, 200, 200, 403, 403]),
        ("POST", "/start/{workflow}/preview", &[], [401, 200, 200, 200, 403, 403]),
        ("GET", "/notifications", &[], [401, 200, 200, 200, 200, 200]),
        ("POST", "/notifications/read", &[], [401, 303, 303, 303, 303, 303]),
        ("GET", "/registers/{form}", &[], [401, 200, 200, 200, 403, 403]),
        ("POST", "/registers/{form}/search", &[("value", "8000")], [401, 200, 200, 200, 403, 403]),
        ("GET", "/registers/{form}/new", &[], [401, 200, 200, 200, 403, 403]),
        ("POST", "/registers/{form}/new", &[("name", "钱一")], [401, 303, 303, 303, 403, 403]),
        ("GET", "/registers/{form}/{id}", &[], [401, 404, 200, 200, 403, 403]),
        ("GET", "/registers/{form}/{id}/edit", &[], [401, 404, 200, 200, 403, 403]),
        ("POST", "/registers/{form}/{id}/edit", &[("revision", "1"), ("name", "孙三")], [401, 404, 303, 303, 403, 403]),
        ("GET", "/registers/{form}/{id}/reveal/{field}", &[], [401, 404, 403, 200, 403, 403]),
        ("POST", "/registers/{form}/{id}/reveal/{field}", &[("reason", "x")], [401, 404, 403, 200, 403, 403]),
        ("POST", "/artifacts/{id}/password", &[], [401, 404, 200, 404, 404, 404]),
        ("POST", "/artifacts/{id}/download", &[], [401, 404, 200, 404, 404, 404]),
        ("GET", "/incidents", &[], [401, 403, 403, 403, 200, 403]),
        ("GET", "/incidents/{id}", &[], [401, 403, 403, 403, 200, 403]),
        ("POST", "/incidents/{id}/retry", &[NO_RUN, ("reason", "x")], [401, 403, 403, 403, 404, 403]),
        ("POST", "/incidents/{id}/skip", &[NO_RUN, ("reason", "x")], [401, 403, 403, 403, 404, 403]),
        ("GET", "/audit", &[], [401, 403, 403, 403, 403, 200]),
        ("GET", "/me", &[], [401, 200, 200, 200, 200, 200]),
        ("POST", "/me/language", &[("locale", "en")], [401, 303, 303, 303, 303, 303]),
        ("POST", "/me/theme", &[("theme", "dark")], [401, 303, 303, 303, 303, 303]),
        ("POST", "/me/password", &[("current", "x"), ("new", "long enough a word"), ("again", "long enough a word")],
            [401, 422, 422, 422, 422, 422]),
        ("POST", "/me/absences", &[("do", "say"), ("from", "2026-12-01"), ("until", "2026-12-02"), ("deputy", "wang.fang")],
            [401, 303, 303, 303, 303, 303]),
        ("POST", "/me/second-factor", &[("do", "cancel")], [401, 303, 303, 303, 303, 303]),
        ("POST", "/me/tokens", &[("do", "create"), ("name", "x"), ("days", "1"), ("password", PASSWORD)], [401, 200, 200, 200, 200, 200]),
        ("POST", "/me/sessions", &[("do", "end_others")], [401, 303, 303, 303, 303, 303]),
        ("GET", "/healthz", &[], [200; 6]),
        ("GET", "/readyz", &[], [200; 6]),
        ("GET", "/metrics", &[], [404; 6]),
        ("GET", "/assets/{*path}", &[], [404; 6]),
    ]
}

/// A path with everything filled in.
async fn filled(company: &Company, path: &str, artifact: &str) -> String {
    let mut filled = path.replace("{form}", "customer").replace("{workflow}", "export-approval");
    filled = filled.replace("{field}", "id_number").replace("{*path}", "nothing.css");
    if filled.contains("{id}") {
        filled = filled.replace("{id}", &id_for(company, path, artifact).await);
    }
    filled
}

/// The revision of the case that a task belongs to.
async fn revision(company: &Company, path: &str) -> String {
    let task = path.split('/').nth(2).unwrap();
    let case = company.get(&format!("/api/v1/tasks/{task}")).by("li.na").await.ok()["case"]["id"].clone();
    let events = company.get(&format!("/api/v1/cases/{}/events", case.as_str().unwrap())).by("li.na").await.ok();
    events["items"].as_array().unwrap().len().to_string()
}

fn status(answer: &Answer) -> u16 {
    let asks = answer.header("location").starts_with("/sign-in?next=");
    if asks { SIGN_IN_FIRST } else { answer.status.as_u16() }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_open_and_send_what_is_theirs_and_nothing_else() {
    let company = Company::open().await;
    give_passwords(&company).await;
    let mut breaches = Vec::new();
    for (method, path, fields, expected) in table() {
        let method: Method = method.parse().unwrap();
        // A password is told once, so each route that spends has a file of its own.
        let artifact = if path.starts_with("/artifacts/") { artifact(&company).await } else { String::new() };
        for (caller, expected) in CALLERS.iter().zip(expected) {
            let path = filled(&company, path, &artifact).await;
            let mut fields = fields.to_vec();
            let revision = if fields.contains(&REVISION) { revision(&company, &path).await } else { String::new() };
            fields.iter_mut().filter(|field| **field == REVISION).for_each(|field| field.1 = &revision);
            let session = match caller {
                Some(login) => company.session(login).await,
                None => Session::nobodys(),
            };
            let call = company.request(method.clone(), &path);
            if method == Method::GET {
                let answer = call.header("cookie", &session.cookie).await;
                check(&mut breaches, (&method, &path, *caller), expected, &answer);
                continue;
            }
            if caller.is_some() && path != "/sign-in" {
                // Whoever may send it may not have it sent for them by another site.
                let forged = company.request(method.clone(), &path).form(&session.forged(), &fields).await;
                check(&mut breaches, (&method, &path, *caller), 403, &forged);
            }
            let answer = call.form(&session, &fields).await;
            check(&mut breaches, (&method, &path, *caller), expected, &answer);
        }
    }
    assert_eq!(breaches, Vec::<String>::new(), "{}", breaches.join("\n"));
}

fn check(
    breaches: &mut Vec<String>,
    (method, path, caller): (&Method, &str, Option<&str>),
    expected: u16,
    answer: &Answer,
) {
    let (status, caller) = (status(answer), caller.unwrap_or("nobody"));
    if status != expected {
        breaches.push(format!("{method} {path} by {caller}: {expected} expected, {status}"));
    }
}

/// The routes of the URL table, as its source names them.
fn routes() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(ROUTER);
    let source = std::fs::read_to_string(source).unwrap();
    let mut routes = BTreeSet::new();
    for route in source.split(".route(\"").skip(1) {
        let (path, methods) = route.split_once("\",").expect("a path and what answers there");
        let before = routes.len();
        for method in ["get", "post", "put", "patch", "delete"] {
            let is_called =
                |(at, _): (usize, &str)| !methods[..at].ends_with(|one: char| one.is_alphanumeric() || one == '_');
            if methods.match_indices(&format!("{method}(")).any(is_called) {
                routes.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        assert!(routes.len() > before, "{path} is answered in a way that this test does not know");
    }
    let nested = source.matches(".merge(").count() + source.matches(".nest(").count();
    let described = usize::from(source.contains(".nest(\"/api\", api::router(&state))"));
    assert_eq!(
        nested,
        described + source.matches(".merge(pages())").count(),
        "all routes stand in this file, or are of the API"
    );
    routes
}

#[test]
fn every_route_has_its_row() {
    let rows: BTreeSet<String> = table().iter().map(|(method, path, ..)| format!("{method} {path}")).collect();
    assert_eq!(routes(), rows);
}
