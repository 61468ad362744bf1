use std::sync::Arc;

use definition::{
    id::{Login, RoleId},
    load::PeopleFile,
    people::{PersonEntry, PersonStatus},
};
use engine::{CaseId, Event, Rejection};
use store::AuditFilter;

use super::*;
use crate::{
    action::Staged,
    records::arena::Arena,
    tasks::TaskDeed,
    worker::tests::{asked, with_a_customer},
};

/// A case whose approved action failed for good, and the operator who is told of it.
async fn failed() -> (Arena, CaseId, StepRunId) {
    let arena = with_a_customer().await;
    let operator = PersonEntry {
        away: Vec::new(),
        login: Login::from("zhou.min"),
        name: "周敏".to_owned(),
        department: None,
        manager: None,
        roles: [RoleId::from("admin")].into(),
        status: PersonStatus::Active,
    };
    let file = PeopleFile { people: vec![operator], departments: Vec::new() };
    arena.application.import_people(&file, None).await.unwrap();
    let case = asked(&arena).await;
    let viewer = arena.viewer("zhang.wei");
    let task = case.tasks.iter().find(|task| task.is_held_by(viewer.login())).unwrap().id;
    arena.application.act_on_task(&viewer, task, TaskDeed::Approve, With::default()).await.unwrap();
    *arena.application.stage.lock().unwrap() = Some(Arc::new(Staged { is_repeatable: true, ..Staged::default() }));
    arena.application.settle().await.unwrap();
    *arena.application.stage.lock().unwrap() = None;
    let view = arena.application.incident(&arena.viewer("zhou.min"), case.id).await.unwrap();
    (arena, case.id, view.incidents[0].incident.run)
}

fn because(reason: &str) -> With {
    With { comment: Some(reason.to_owned()), ..With::default() }
}

#[tokio::test]
async fn an_operator_sees_what_failed_since_when_and_what_may_be_done() {
    let (arena, case, run) = failed().await;
    let operator = arena.viewer("zhou.min");
    let page = arena.application.incidents(&operator, &IncidentFilter::default(), None, 10).await.unwrap();
    let seen: Vec<_> = page.rows.iter().map(|line| (line.case.id, line.incident.run, line.incident.attempts)).collect();
    assert_eq!((seen, page.next), (vec![(case, run, 1)], None));
    let view = arena.application.incident(&operator, case).await.unwrap();
    let IncidentDetail { incident, failed, is_action, may_retry, may_skip } = &view.incidents[0];
    let failure = ActionFailure::Unavailable;
    assert_eq!((&incident.cause, incident.since), (&IncidentCause::ActionFailed { failure }, arena.now()));
    assert_eq!(*failed, [FailedAttempt { at: arena.now(), attempt: 1, failure }]);
    assert_eq!((*is_action, *may_retry, *may_skip), (true, true, true));
}

#[tokio::test]
async fn a_list_is_narrowed_by_process_and_by_cause() {
    let (arena, ..) = failed().await;
    let operator = arena.viewer("zhou.min");
    let mut found = Vec::new();
    for (process, cause) in [
        (Some("export-approval"), Some(CauseKind::ActionFailed)),
        (Some("export-approval"), Some(CauseKind::Interrupted)),
        (Some("other"), None),
    ] {
        let filter = IncidentFilter { process: process.map(WorkflowId::from), cause };
        found.push(arena.application.incidents(&operator, &filter, None, 10).await.unwrap().rows.len());
    }
    assert_eq!(found, [1, 0, 0]);
}

#[tokio::test]
async fn what_is_tried_again_is_carried_out_and_the_reason_stays_with_the_case() {
    let (arena, case, run) = failed().await;
    let operator = arena.viewer("zhou.min");
    let with = because("存储已恢复");
    arena.application.resolve_incident(&operator, (case, run), Resolution::Retry, with).await.unwrap();
    arena.application.settle().await.unwrap();
    assert_eq!(arena.application.store.artifacts_of_case(case.0).await.unwrap().len(), 1);
    let view = arena.application.open_case(&arena.viewer("li.na"), case).await.unwrap();
    let resolved = view.events.iter().find_map(|envelope| {
        let Event::IncidentResolved { reason, .. } = &envelope.event else { return None };
        Some((envelope.actor.login().cloned(), view.comments[reason].clone()))
    });
    assert_eq!(resolved, Some((Some(Login::from("zhou.min")), "存储已恢复".to_owned())));
    let filter = AuditFilter { kind: Some("incident_retried".into()), ..AuditFilter::default() };
    assert_eq!(arena.application.store.audit_page(&filter, None, 10).await.unwrap().rows.len(), 1);
    assert!(
        arena.application.incidents(&operator, &IncidentFilter::default(), None, 10).await.unwrap().rows.is_empty()
    );
}

#[tokio::test]
async fn what_is_skipped_is_not_carried_out_and_the_case_ends() {
    let (arena, case, run) = failed().await;
    let operator = arena.viewer("zhou.min");
    let done = arena.application.resolve_incident(&operator, (case, run), Resolution::Skip, because("不再需要")).await;
    assert!(!done.unwrap().case.is_running());
    arena.application.settle().await.unwrap();
    assert!(arena.application.store.artifacts_of_case(case.0).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_acts_without_a_reason_or_without_the_duty() {
    let (arena, case, run) = failed().await;
    let mut refused = Vec::new();
    for (login, reason) in [("zhou.min", " "), ("li.na", "x"), ("zhang.wei", "x")] {
        let viewer = arena.viewer(login);
        let done = arena.application.resolve_incident(&viewer, (case, run), Resolution::Retry, because(reason)).await;
        let Err(Error::Refused(refusal)) = done else { panic!("{login} was not refused") };
        refused.push(refusal);
    }
    let [no_reason, requester, approver] = refused.as_slice() else { panic!("{refused:?}") };
    assert!(matches!(no_reason, Refusal::Rejected(Rejection::CommentRequired)));
    assert!(matches!(requester, Refusal::Forbidden(Lacking::Capability)));
    assert!(matches!(approver, Refusal::Forbidden(Lacking::Capability)));
}
