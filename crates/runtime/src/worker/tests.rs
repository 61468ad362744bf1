use std::sync::{Arc, atomic::Ordering::Relaxed};

use chrono::TimeDelta;
use definition::{
    id::WorkflowId,
    load::PeopleFile,
    people::{PersonEntry, PersonStatus},
};
use engine::{
    Case, CaseId, Event,
    case::StepRunState,
    event::{ActionFailure, IncidentCause},
};
use serde_json::json;
use store::{Json, Transition};

use crate::{
    action::Staged,
    cases::Request,
    records::arena::{Arena, text},
    tasks::{TaskDeed, With},
};

pub(crate) async fn asked(arena: &Arena) -> Case {
    let values = [
        ("purpose", json!("三季度成交客户电话回访，客服三组")),
        ("records", json!({ "where": [] })),
        ("fields", json!(["name"])),
        ("format", json!("csv")),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let request = Request { values };
    let process = WorkflowId::from("export-approval");
    arena.application.start(&arena.viewer("li.na"), &process, &request).await.unwrap().case
}

pub(crate) async fn with_a_customer() -> Arena {
    let arena = Arena::open().await;
    arena.customers(&[("li.na", &[("name", text("王小明")), ("mobile", text("13800001234"))])]).await;
    arena
}

/// What a newer version, or a hand in the database, may leave behind.
async fn spoil(arena: &Arena, case: &Case) {
    let mut row = arena.application.store.case_by_id(case.id.0).await.unwrap().unwrap();
    let before = row.revision;
    row.revision += 1;
    row.snapshot = Json::of(&json!({ "not": "a case" })).unwrap();
    arena.application.store.commit(Transition::new(row, Some(before))).await.unwrap();
}

#[tokio::test]
async fn a_case_that_cannot_be_read_does_not_keep_the_timers_of_others_from_firing() {
    let arena = with_a_customer().await;
    let spoilt = asked(&arena).await;
    let good = asked(&arena).await;
    spoil(&arena, &spoilt).await;
    arena.wait(TimeDelta::days(4));
    while arena.application.fire_due_timers().await.unwrap() {}
    let events = arena.application.case_events(&arena.viewer("li.na"), good.id, 0).await.unwrap();
    assert!(events.iter().any(|envelope| matches!(envelope.event, Event::Escalated { .. })));
}

#[tokio::test]
async fn an_effect_that_cannot_be_carried_out_holds_up_no_other_and_is_due_later() {
    let arena = with_a_customer().await;
    let spoilt = asked(&arena).await;
    let good = asked(&arena).await;
    for case in [&spoilt, &good] {
        let viewer = arena.viewer("zhang.wei");
        let task = case.tasks.iter().find(|task| task.is_held_by(viewer.login())).unwrap().id;
        arena.application.act_on_task(&viewer, task, TaskDeed::Approve, With::default()).await.unwrap();
    }
    spoil(&arena, &spoilt).await;
    arena.application.settle().await.unwrap();
    assert_eq!(arena.application.store.artifacts_of_case(good.id.0).await.unwrap().len(), 1);
    assert!(arena.application.store.next_outbox_due().await.unwrap().unwrap() > arena.now());
}

#[tokio::test]
async fn whoever_another_process_closed_out_is_signed_out_here_at_the_next_look_and_stays_so() {
    let arena = Arena::open().await;
    let application = &arena.application;
    let person = arena.viewer("li.na").person.clone();
    let session = application.begin_session(&person.login, &crate::viewer::Origin::default(), "test").await.unwrap();
    let another = arena.another().await;
    let entry = |status| PersonEntry {
        away: Vec::new(),
        login: person.login.clone(),
        name: person.name.clone(),
        department: person.department.clone(),
        manager: person.manager.clone(),
        roles: person.roles.clone(),
        status,
    };
    let mut signed_in = Vec::new();
    for status in [PersonStatus::Disabled, PersonStatus::Active] {
        let file = PeopleFile { people: vec![entry(status)], departments: Vec::new() };
        another.import_people(&file, None).await.unwrap();
        application.look_at_people().await.unwrap();
        let viewer = application.viewer_of_session(&session.secret, crate::viewer::Origin::default()).await.unwrap();
        signed_in.push((application.directory().active("li.na").is_some(), viewer.is_some()));
    }
    assert_eq!(signed_in, [(false, false), (true, false)]);
}

#[tokio::test]
async fn the_open_work_of_whoever_left_goes_on_by_rule_though_another_process_says_so() {
    let arena = with_a_customer().await;
    let case = asked(&arena).await;
    let person = arena.viewer("zhang.wei").person.clone();
    let holders = |case: &Case| case.open_tasks().flat_map(engine::Task::holders).map(|one| one.to_string()).collect();
    let before: Vec<String> = holders(&case);
    assert_eq!(before, ["zhang.wei"]);
    let gone = PersonEntry {
        away: Vec::new(),
        login: person.login.clone(),
        name: person.name.clone(),
        department: person.department.clone(),
        manager: person.manager.clone(),
        roles: person.roles.clone(),
        status: PersonStatus::Left,
    };
    let file = PeopleFile { people: vec![gone], departments: Vec::new() };
    arena.another().await.import_people(&file, None).await.unwrap();
    arena.application.look_at_people().await.unwrap();
    let case = arena.application.load_case(case.id).await.unwrap();
    let after: Vec<String> = holders(&case);
    assert_eq!(after, ["wang.fang"], "the manager who is left");
    assert_eq!(arena.application.store.gone_with_tasks().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn sessions_and_attempts_that_are_over_are_forgotten() {
    let arena = Arena::open().await;
    let application = &arena.application;
    let login = arena.viewer("li.na").login().clone();
    let begun = arena.now();
    let origin = crate::viewer::Origin::default();
    application.begin_session(&login, &origin, "test").await.unwrap();
    application.count_attempt(crate::identity::Attempt::SignIn, "li.na", &origin).await.unwrap();
    let subject = application.named("li.na").await.unwrap();
    let mut kept = Vec::new();
    for days in [0, 2] {
        arena.wait(TimeDelta::days(days));
        application.forget_what_is_over().await.unwrap();
        let attempts = application.store.attempts("login", subject, begun - TimeDelta::days(1)).await.unwrap();
        kept.push((application.store.sessions_of("li.na", begun).await.unwrap().len(), attempts));
    }
    assert_eq!(kept, [(1, 1), (0, 0)]);
}

/// A case whose action a process took that died before it reported, staged as one that may be repeated or not; how often
/// it is carried out by those who come after.
async fn interrupted(is_repeatable: bool) -> (Arena, CaseId, Arc<Staged>) {
    let arena = with_a_customer().await;
    let case = asked(&arena).await;
    let viewer = arena.viewer("zhang.wei");
    let task = case.tasks.iter().find(|task| task.is_held_by(viewer.login())).unwrap().id;
    arena.application.act_on_task(&viewer, task, TaskDeed::Approve, With::default()).await.unwrap();
    let staged = Arc::new(Staged { is_repeatable, ..Staged::default() });
    *arena.application.stage.lock().unwrap() = Some(Arc::clone(&staged));
    let now = arena.now();
    assert_eq!(arena.application.store.lease_outbox(now, now + TimeDelta::minutes(2), 1).await.unwrap().len(), 1);
    arena.wait(TimeDelta::minutes(3));
    arena.application.settle().await.unwrap();
    (arena, case.id, staged)
}

async fn cause(arena: &Arena, case: CaseId) -> IncidentCause {
    let case = arena.application.load_case(case).await.unwrap();
    let mut incidents = case.runs.iter().filter_map(|run| {
        let StepRunState::Incident { cause, .. } = &run.state else { return None };
        Some(cause.clone())
    });
    incidents.next().unwrap()
}

#[tokio::test]
async fn an_attempt_whose_outcome_is_unknown_is_not_repeated_where_that_could_harm_but_waits_for_a_person() {
    let (arena, case, staged) = interrupted(false).await;
    let failure = ActionFailure::Interrupted;
    assert_eq!((cause(&arena, case).await, staged.count.load(Relaxed)), (IncidentCause::ActionFailed { failure }, 0));
}

#[tokio::test]
async fn an_attempt_whose_outcome_is_unknown_is_repeated_where_that_does_no_harm() {
    let (arena, case, staged) = interrupted(true).await;
    let failure = ActionFailure::Unavailable;
    assert_eq!((cause(&arena, case).await, staged.count.load(Relaxed)), (IncidentCause::ActionFailed { failure }, 1));
}
