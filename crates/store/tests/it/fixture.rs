//! Databases to test on, and rows to put in.

use std::ops::Deref;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use store::{
    AuditRow, AuditWrite, CaseRow, CaseStatus, Config, EventRow, NotificationRow, Store, TaskKind, TaskRow, TaskState,
    TaskWrite, Transition,
};
use tempfile::TempDir;
use uuid::Uuid;
use vault::Digest;

use crate::postgres::Server;

/// A store on a database of its own.
pub(crate) struct Fixture {
    store: Store,
    pub(crate) config: Config,
    _folder: Option<TempDir>,
}

impl Deref for Fixture {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

pub(crate) async fn sqlite() -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::sqlite_in(folder.path());
    Fixture { store: Store::open(&config).await.unwrap(), config, _folder: Some(folder) }
}

/// Nothing when the environment says that there is no PostgreSQL.
pub(crate) async fn postgres() -> Option<Fixture> {
    let url = tokio::task::spawn_blocking(|| Server::shared().map(Server::database)).await.unwrap()?;
    let config = Config::postgres(&url);
    Some(Fixture { store: Store::open(&config).await.unwrap(), config, _folder: None })
}

/// A moment, some seconds after the beginning of the test's time.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_763_000_000, 123_456_000).unwrap() + TimeDelta::seconds(seconds)
}

pub(crate) fn digest(seed: &str) -> Digest {
    Digest::of(seed.as_bytes())
}

/// A case as it is after an event.
pub(crate) fn case(number: i64, revision: i64) -> CaseRow {
    CaseRow {
        id: Uuid::from_u128(0xCA5E_0000 + u128::try_from(number).unwrap()),
        number,
        workflow: "export-approval".to_owned(),
        version: digest("version"),
        requester: Some("chen.jie".to_owned()),
        status: CaseStatus::Running,
        outcome: None,
        revision,
        title: json!({ "zh": "客户数据导出" }).into(),
        submission: Some(digest("submission")),
        started_at: at(number),
        updated_at: at(number + revision),
        ended_at: None,
        snapshot: json!({ "revision": revision, "大": u64::MAX }).into(),
    }
}

pub(crate) fn event(case: &CaseRow) -> EventRow {
    EventRow {
        case_id: case.id,
        number: case.revision,
        at: case.updated_at,
        actor: Some("chen.jie".to_owned()),
        kind: "approved".to_owned(),
        body: json!({ "step": "manager" }).into(),
    }
}

/// A transition of a case to a revision, with its event and nothing else.
pub(crate) fn transition(number: i64, revision: i64) -> Transition {
    let case = case(number, revision);
    let event = event(&case);
    let mut transition = Transition::new(case, (revision > 1).then_some(revision - 1));
    transition.events.push(event);
    transition
}

pub(crate) fn task(id: u128, case: &CaseRow, due: Option<i64>) -> TaskRow {
    TaskRow {
        id: Uuid::from_u128(id),
        case_id: case.id,
        step: "manager".to_owned(),
        kind: TaskKind::Approve,
        state: TaskState::Open,
        assignee: None,
        pool: true,
        opened_at: case.updated_at,
        due_at: due.map(at),
        completed_at: None,
        completed_by: None,
        outcome: None,
    }
}

/// A task that lies in these people's to-do lists.
pub(crate) fn open_task(task: TaskRow, people: &[&str]) -> TaskWrite {
    TaskWrite { task, people: people.iter().map(|one| (*one).to_owned()).collect() }
}

/// The task, done.
pub(crate) fn done_task(mut task: TaskRow, by: &str, when: i64) -> TaskWrite {
    task.state = TaskState::Completed;
    task.completed_at = Some(at(when));
    task.completed_by = Some(by.to_owned());
    task.outcome = Some("approved".to_owned());
    TaskWrite { task, people: Vec::new() }
}

pub(crate) fn notification(id: u128, person: &str, case: Option<Uuid>, kind: &str) -> NotificationRow {
    NotificationRow {
        id: Uuid::from_u128(id),
        person: person.to_owned(),
        kind: kind.to_owned(),
        case_id: case,
        at: at(i64::try_from(id).unwrap()),
        read_at: None,
        body: json!({ "rows": 3 }).into(),
    }
}

pub(crate) fn audit(id: u128, actor: &str, kind: &str) -> AuditRow {
    AuditRow {
        id: Uuid::from_u128(id),
        number: None,
        at: at(i64::try_from(id).unwrap()),
        actor: Some(actor.to_owned()),
        on_behalf_of: None,
        kind: kind.to_owned(),
        case_id: None,
        register: None,
        record_count: 0,
        from_address: Some("192.0.2.7".to_owned()),
        digest: Some(digest(kind)),
        reason_key: None,
        reason_ciphertext: None,
        body: json!({}).into(),
    }
}

pub(crate) fn entry(id: u128, actor: &str, kind: &str) -> AuditWrite {
    AuditWrite::about_nothing(audit(id, actor, kind))
}
