use std::fs;

use chrono::{DateTime, TimeDelta, Utc};
use definition::{
    form_values::Entered,
    id::{EventName, FormId, Login},
    load::PeopleFile,
    model::{PersonChange, RecordChange},
    people::{PersonEntry, PersonStatus},
};
use engine::{Case, CaseId, origin::Cause};
use serde_json::json;
use vault::webhook::Message;

use super::event::{Signed, WINDOW};
use crate::{
    error::{Error, Refusal},
    records::arena::Arena,
};

const STEPS: &str = "steps:\n  - { approve: seen, by: role:dpo, due: 1 working day, remind: { before: 1 hour } }\n";

/// The company, with processes that begin in these ways.
async fn with(starts: &'static [(&'static str, &'static str)]) -> Arena {
    Arena::open_with(|workspace| {
        for (name, start) in starts {
            let text = format!("workflow: {name}\ntitle: {name}\nstart: {start}\n{STEPS}");
            fs::write(workspace.join(format!("workflows/{name}.yaml")), text).unwrap();
        }
    })
    .await
}

async fn running(arena: &Arena) -> Vec<Case> {
    let store = &arena.application.store;
    let heads = store.cases_running(None, 50).await.unwrap().rows;
    let mut cases = Vec::new();
    for head in heads {
        cases.push(arena.application.load_case(CaseId(head.id)).await.unwrap());
    }
    cases.sort_by_key(|case| case.number);
    cases
}

async fn causes(arena: &Arena) -> Vec<Cause> {
    let origin = |case: Case| match case.origin {
        engine::Origin::Cause(cause) => cause,
        engine::Origin::Request { .. } => panic!("nobody sent a form"),
    };
    running(arena).await.into_iter().map(origin).collect()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

const NIGHTLY: &[(&str, &str)] = &[("nightly", "{ schedule: { every: day, at: \"02:00\" } }")];

#[tokio::test]
async fn a_case_begins_at_its_time_and_once_for_all_that_was_missed() {
    let arena = with(NIGHTLY).await;
    // The clock of the workspace is eight hours ahead.
    arena.application.move_clock(moment("2026-11-20T18:30:00Z")).await.unwrap();
    arena.wait(TimeDelta::days(3));
    // Two nodes look at the same moment.
    let another = arena.another().await;
    another.publish_folder().await.unwrap();
    another.settle().await.unwrap();
    arena.application.settle().await.unwrap();
    let begun = |at, late, skipped| Cause::Schedule { at: moment(at), late, skipped };
    let expected = [begun("2026-11-20T18:00:00Z", false, 0), begun("2026-11-23T18:00:00Z", true, 2)];
    assert_eq!(causes(&arena).await, expected);
}

#[tokio::test]
async fn a_schedule_that_was_looked_at_but_whose_case_was_not_noted_begins_no_second_case() {
    let arena = with(NIGHTLY).await;
    arena.application.settle().await.unwrap();
    let state = arena.application.store.state("schedule:nightly").await.unwrap().unwrap();
    arena.application.move_clock(moment("2026-11-20T18:30:00Z")).await.unwrap();
    // The process dies after the case began and before the schedule was moved on.
    arena.application.store.state_put("schedule:nightly", &state).await.unwrap();
    arena.application.settle().await.unwrap();
    assert_eq!(running(&arena).await.len(), 1);
}

const SIGNED: &[(&str, &str)] = &[(
    "signed",
    "{ event: { name: contract-signed, fields: [ { name: amount, type: number, label: Amount, required: true } ] }, by: role:staff }",
)];

/// The company with a process that waits for an event, and a secret to sign it with.
async fn with_secret() -> (Arena, EventName, String) {
    let arena = with(SIGNED).await;
    let name = EventName::from("contract-signed");
    let keeper = keeper(&arena);
    let made = arena.application.make_event_secret(&keeper, &name).await.unwrap();
    (arena, name, made.secret)
}

/// Somebody who may change the settings.
fn keeper(arena: &Arena) -> crate::viewer::Viewer {
    let mut viewer = arena.viewer("wang.fang");
    let mut person = (*viewer.person).clone();
    person.can.insert(definition::model::Capability::Settings);
    viewer.person = person.into();
    viewer
}

/// What a sender writes into the header.
fn signature(secret: &str, message: Message<'_>) -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    let secret = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let content = [message.id.as_bytes(), b".", message.timestamp.as_bytes(), b".", message.body].concat();
    let signature = BASE64_STANDARD.encode(vault::webhook::hmac_sha256(&secret, &content));
    format!("v2,bm90IG91cnM= v1,{signature}")
}

/// Sends a signed event; the cases that it began.
async fn send(
    arena: &Arena,
    (name, secret): (&EventName, &str),
    (id, body): (&str, &str),
) -> crate::error::Outcome<Vec<CaseId>> {
    let now = arena.now().timestamp().to_string();
    let message = Message { id, timestamp: &now, body: body.as_bytes() };
    let header = signature(secret, message);
    arena.application.receive_event(name, &Signed::new(message, &header)).await
}

#[tokio::test]
async fn a_signed_event_begins_one_case_however_often_it_is_delivered() {
    let (arena, name, secret) = with_secret().await;
    let now = arena.now().timestamp().to_string();
    let message =
        Message { id: "msg_1", timestamp: &now, body: br#"{ "type": "x", "data": { "amount": 12, "more": 1 } }"# };
    let header = signature(&secret, message);
    let first = arena.application.receive_event(&name, &Signed::new(message, &header)).await.unwrap();
    let again = arena.application.receive_event(&name, &Signed::new(message, &header)).await.unwrap();
    assert_eq!((first.len(), &first), (1, &again));
    assert_eq!(causes(&arena).await, [Cause::Event { name, by: None }]);
}

#[tokio::test]
async fn an_event_that_is_forged_stale_or_unfit_begins_nothing() {
    let (arena, name, secret) = with_secret().await;
    let (now, old) =
        (arena.now().timestamp().to_string(), (arena.now() - WINDOW - TimeDelta::seconds(1)).timestamp().to_string());
    let body: &[u8] = br#"{ "data": { "amount": 12 } }"#;
    let message = Message { id: "msg_1", timestamp: &now, body };
    let stale = Message { timestamp: &old, ..message };
    let unfit = Message { body: br#"{ "data": { "amount": "much" } }"#, ..message };
    let good = signature(&secret, message);
    let refused = async |message, header: &str| {
        let error = arena.application.receive_event(&name, &Signed::new(message, header)).await.unwrap_err();
        let Error::Refused(refusal) = error else { panic!("{error}") };
        refusal
    };
    assert_eq!(refused(message, "v1,AAAA").await, Refusal::NotSigned);
    assert_eq!(refused(Message { id: "msg_2", ..message }, &good).await, Refusal::NotSigned);
    assert_eq!(refused(stale, &signature(&secret, stale)).await, Refusal::NotSigned);
    assert!(matches!(refused(unfit, &signature(&secret, unfit)).await, Refusal::Fields(_)));
    arena.application.take_event_secret_back(&keeper(&arena), &name, 1).await.unwrap();
    assert_eq!(refused(message, &good).await, Refusal::NotSigned);
    assert_eq!(running(&arena).await, []);
}

#[tokio::test]
async fn an_event_in_somebodys_name_is_theirs_if_the_process_lets_them() {
    let (arena, name, _) = with_secret().await;
    let request = crate::cases::Request { values: [("amount".to_owned(), json!(12))].into() };
    let once = crate::once::Once { key: "once".to_owned(), request: vault::Digest::of(b"12") };
    let asking = arena.viewer("li.na").once(Some(once));
    let begun = arena.application.relay_event(&asking, &name, request.clone()).await.unwrap();
    let again = arena.application.relay_event(&asking, &name, request.clone()).await.unwrap();
    assert_eq!(again, begun, "the same request with its key");
    let refused = arena.application.relay_event(&arena.viewer("qian.xue"), &name, request).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::Forbidden(_))));
    assert_eq!(causes(&arena).await, [Cause::Event { name, by: Some(Login::from("li.na")) }]);
}

#[tokio::test]
async fn a_record_begins_a_case_with_what_changed_it() {
    let arena = with(&[
        ("entered", "{ record: { register: customer, when: created } }"),
        ("large", "{ record: { register: customer, when: changed, if: (record.mobile ?? \"\") != \"\" } }"),
    ])
    .await;
    let (viewer, register) = (arena.viewer("li.na"), FormId::from("customer"));
    let entered = |name: &str, value: &str| [(name.to_owned(), Entered::Raw(json!(value)))].into();
    let record = arena.application.create_record(&viewer, &register, entered("name", "王小明")).await.unwrap();
    arena.application.edit_record(&viewer, &register, (record, 1), entered("name", "王大明")).await.unwrap();
    arena.application.settle().await.unwrap();
    let begun = |change| Cause::Record { register: register.clone(), record, change };
    assert_eq!(causes(&arena).await, [begun(RecordChange::Created)]);
    arena.application.edit_record(&viewer, &register, (record, 2), entered("mobile", "13800001234")).await.unwrap();
    arena.application.settle().await.unwrap();
    assert_eq!(causes(&arena).await, [begun(RecordChange::Created), begun(RecordChange::Changed)]);
    // It names exactly that record.
    let case = &running(&arena).await[0];
    let submission = arena.application.open_submission(case).await.unwrap();
    let expected = crate::records::Frozen::new(register, vec![record], definition::value::Chosen::Ids).value();
    assert_eq!(submission.values().get("records"), Some(&expected));
}

const AWAITED: &str = "workflow: awaited\ntitle: awaited\nstart: { event: order-placed }\nsteps:\n  \
  - { wait: paid, event: order-paid, match: event.order == \"17\" }\n  - { wait: again, event: order-paid }\n  \
  - { approve: seen, by: role:dpo, due: 1 working day, remind: { before: 1 hour } }\n";

#[tokio::test]
async fn a_case_that_waits_for_an_event_goes_on_with_it_once_however_often_it_is_sent() {
    let arena = Arena::open_with(|workspace| {
        fs::write(workspace.join("workflows/awaited.yaml"), AWAITED).unwrap();
    })
    .await;
    let application = &arena.application;
    let keeper = keeper(&arena);
    let (placed, paid) = (EventName::from("order-placed"), EventName::from("order-paid"));
    let secret_of = async |name: &EventName| application.make_event_secret(&keeper, name).await.unwrap().secret;
    let (placing, paying) = (secret_of(&placed).await, secret_of(&paid).await);
    send(&arena, (&placed, &placing), ("one", "{}")).await.unwrap();
    let waits = async || {
        let case = running(&arena).await.pop().unwrap();
        case.open_runs().map(|run| run.step.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(waits().await, ["paid"]);
    send(&arena, (&paid, &paying), ("two", r#"{ "data": { "order": "18" } }"#)).await.unwrap();
    assert_eq!(waits().await, ["paid"], "another order");
    let forged = send(&arena, (&paid, &placing), ("three", r#"{ "data": { "order": 17 } }"#)).await.unwrap_err();
    assert!(matches!(forged, Error::Refused(Refusal::NotSigned)));
    for _ in 0..2 {
        send(&arena, (&paid, &paying), ("four", r#"{ "data": { "order": 17 } }"#)).await.unwrap();
        assert_eq!(waits().await, ["again"], "the same message does not count for what comes after");
    }
    // Whoever keeps the secrets could sign one, and need not; nobody else lets a case go on.
    let request = crate::cases::Request { values: std::collections::BTreeMap::default() };
    let refused = application.relay_event(&arena.viewer("li.na"), &paid, request.clone()).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Refusal::NotFound)));
    assert_eq!(application.relay_event(&keeper, &paid, request).await.unwrap(), []);
    assert_eq!(waits().await, ["seen"]);
    assert_eq!(application.store.cases_awaiting("order-paid", None, 10).await.unwrap(), Vec::<uuid::Uuid>::new());
}

#[tokio::test]
async fn somebody_who_joins_moves_or_leaves_begins_a_case() {
    let arena = with(&[
        ("joiner", "{ person: { when: joined } }"),
        ("mover", "{ person: { when: moved } }"),
        ("leaver", "{ person: { when: left } }"),
    ])
    .await;
    let entry = |login: &str, manager: &str, status| PersonEntry {
        away: Vec::new(),
        login: Login::from(login),
        name: login.to_owned(),
        department: None,
        manager: Some(Login::from(manager)),
        roles: [].into(),
        status,
    };
    let people = vec![
        entry("new.one", "zhang.wei", PersonStatus::Active),
        entry("li.na", "wang.fang", PersonStatus::Active),
        entry("liu.yang", "zhang.wei", PersonStatus::Left),
    ];
    let file = PeopleFile { people, departments: Vec::new() };
    arena.application.import_people(&file, None).await.unwrap();
    arena.application.import_people(&file, None).await.unwrap();
    arena.application.settle().await.unwrap();
    let begun = |login: &str, change| Cause::Person { login: Login::from(login), change };
    let mut found = causes(&arena).await;
    found.sort_by_key(|cause| serde_json::to_string(cause).unwrap());
    let expected = [
        begun("li.na", PersonChange::Moved),
        begun("liu.yang", PersonChange::Left),
        begun("new.one", PersonChange::Joined),
    ];
    assert_eq!(found, expected);
}
