//! How many transitions a second the store commits, beside the raw rate of the same rows in the same run.
//!
//! `cargo run --release -p store --example commit_rate [DATABASE]`, where the database is a folder for SQLite files
//! (default: a temporary one) or a PostgreSQL address.

use std::{
    error::Error,
    path::Path,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use store::{
    AuditRow, AuditWrite, CaseRow, CaseStatus, Config, EventRow, RawRows, Store, TaskKind, TaskRow, TaskState,
    TaskWrite, TimerRow, Transition,
};
use uuid::Uuid;
use vault::Digest;

const LASTS: Duration = Duration::from_secs(4);
const CALLERS: [i64; 3] = [1, 16, 64];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let given = std::env::args().nth(1);
    let config = match &given {
        Some(url) if url.starts_with("postgres") => Config::postgres(url),
        Some(folder) => Config::sqlite_in(Path::new(folder)),
        None => Config::sqlite_in(folder.path()),
    };
    let store = Store::open(&config).await?;
    let raw = RawRows::open(&config.url).await?;
    let mut cases = 0;
    for callers in CALLERS {
        let bare = raw.rate(u32::try_from(callers)?, LASTS).await?;
        let ours = store_rate(&store, cases, callers).await?;
        cases += callers;
        report(callers, ours, bare);
    }
    raw.close().await?;
    store.close().await?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example says what it found")]
fn report(callers: i64, ours: f64, raw: f64) {
    println!("{callers:>3} callers: {ours:>7.0} transitions/s, raw {raw:>7.0}, ratio {:.2}", ours / raw);
}

/// Each caller moves a case of its own, one revision after the other.
async fn store_rate(store: &Store, first: i64, callers: i64) -> Result<f64, Box<dyn Error>> {
    for number in first..first + callers {
        store.commit(transition(number, 1)).await?;
    }
    let began = Instant::now();
    let running: Vec<_> = (first..first + callers)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut revision = 1_u32;
                while began.elapsed() < LASTS {
                    revision += 1;
                    store.commit(transition(number, i64::from(revision))).await.expect("nobody else moves this case");
                }
                revision - 1
            })
        })
        .collect();
    let mut commits = 0;
    for one in running {
        commits += one.await?;
    }
    Ok(f64::from(commits) / began.elapsed().as_secs_f64())
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_763_000_000 + seconds)
}

fn id(kind: u128, number: i64, revision: i64) -> Uuid {
    let number = u128::from(number.cast_unsigned());
    Uuid::from_u128((kind << 100) + (number << 40) + u128::from(revision.cast_unsigned()))
}

/// What an approval writes: the case, its event, the task done, the next task with two candidates and a timer, the timer
/// of the old one removed, and the audit entry.
fn transition(number: i64, revision: i64) -> Transition {
    let at = moment(revision);
    let case = CaseRow {
        id: id(1, number, 0),
        number,
        workflow: "export-approval".to_owned(),
        version: Digest::of(b"version"),
        requester: Some("chen.jie".to_owned()),
        status: CaseStatus::Running,
        outcome: None,
        revision,
        title: json!({ "zh": "客户数据导出审批", "en": "Customer data export" }).into(),
        submission: Some(Digest::of(b"submission")),
        started_at: moment(0),
        updated_at: at,
        ended_at: None,
        snapshot: json!({ "revision": revision, "runs": "r".repeat(700) }).into(),
    };
    let case_id = case.id;
    let task = |revision| TaskRow {
        id: id(2, number, revision),
        case_id,
        step: "manager".to_owned(),
        kind: TaskKind::Approve,
        state: TaskState::Open,
        assignee: None,
        pool: true,
        opened_at: at,
        due_at: Some(moment(revision + 1_000)),
        completed_at: None,
        completed_by: None,
        outcome: None,
    };
    let timer = |revision| TimerRow { due: moment(revision + 900), case_number: number, event: revision, ordinal: 0 };
    let mut all = Transition::new(case, (revision > 1).then_some(revision - 1));
    all.events.push(EventRow {
        case_id: all.case.id,
        number: revision,
        at,
        actor: Some("li.na".to_owned()),
        kind: "approved".to_owned(),
        body: json!({ "text": "e".repeat(290) }).into(),
    });
    if revision > 1 {
        let done = TaskRow {
            state: TaskState::Completed,
            completed_at: Some(at),
            completed_by: Some("li.na".to_owned()),
            outcome: Some("approved".to_owned()),
            ..task(revision - 1)
        };
        all.tasks.push(TaskWrite { task: done, people: Vec::new() });
        all.timers_removed.push(timer(revision - 1));
    }
    let people = vec![format!("person-{}", number % 7), format!("person-{}", number % 5)];
    all.tasks.push(TaskWrite {
        task: task(revision),
        people: if people[0] == people[1] { vec![people[0].clone()] } else { people },
    });
    all.timers_armed.push(timer(revision));
    all.audit.push(AuditWrite::about_nothing(audit(&all.case)));
    all
}

fn audit(case: &CaseRow) -> AuditRow {
    AuditRow {
        id: id(3, case.number, case.revision),
        number: None,
        at: case.updated_at,
        actor: Some("li.na".to_owned()),
        on_behalf_of: None,
        kind: "decide".to_owned(),
        case_id: Some(case.id),
        register: None,
        record_count: 0,
        from_address: Some("192.0.2.7".to_owned()),
        digest: Some(Digest::of(b"decision")),
        reason_key: None,
        reason_ciphertext: None,
        body: json!({ "step": "manager" }).into(),
    }
}
