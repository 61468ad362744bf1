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
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, Value,
};
use serde_json::json;
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use store::{
    AuditRow, AuditWrite, CaseRow, CaseStatus, Config, EventRow, Store, TaskKind, TaskRow, TaskState, TaskWrite,
    TimerRow, Transition,
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
    let raw = raw_connection(&config.url).await?;
    let mut cases = 0;
    for callers in CALLERS {
        let bare = raw_rate(&raw, callers).await?;
        let ours = store_rate(&store, cases, callers).await?;
        cases += callers;
        report(callers, ours, bare);
    }
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
        requester: "chen.jie".to_owned(),
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

async fn raw_connection(url: &str) -> Result<DatabaseConnection, Box<dyn Error>> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|one| one.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full));
    let raw = Database::connect(options).await?;
    for table in [
        "CREATE TABLE IF NOT EXISTS raw_case (id BIGINT PRIMARY KEY, revision BIGINT, body TEXT)",
        "CREATE TABLE IF NOT EXISTS raw_task (id BIGINT PRIMARY KEY, case_id BIGINT, person TEXT, due BIGINT, state TEXT)",
        "CREATE TABLE IF NOT EXISTS raw_candidate (person TEXT, due BIGINT, task BIGINT, PRIMARY KEY (person, due, task))",
        "CREATE TABLE IF NOT EXISTS raw_timer (due BIGINT, case_id BIGINT, PRIMARY KEY (due, case_id))",
        "CREATE TABLE IF NOT EXISTS raw_event (case_id BIGINT, number BIGINT, body TEXT, PRIMARY KEY (case_id, number))",
        "CREATE TABLE IF NOT EXISTS raw_audit (id BIGINT PRIMARY KEY, at BIGINT, actor TEXT, kind TEXT, body TEXT)",
        "CREATE INDEX IF NOT EXISTS raw_task_case ON raw_task (case_id)",
        "CREATE INDEX IF NOT EXISTS raw_audit_at ON raw_audit (at, id)",
    ] {
        raw.execute_unprepared(table).await?;
    }
    Ok(raw)
}

/// The same kinds of rows, `group` sets of them per transaction, one multi-row statement per table, nothing checked.
async fn raw_rate(raw: &DatabaseConnection, group: i64) -> Result<f64, Box<dyn Error>> {
    let began = Instant::now();
    let mut commits = 0_u32;
    let mut next: i64 = unused_start(raw).await?;
    while began.elapsed() < LASTS {
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        let tx = raw.begin_with_options(options).await?;
        let ids: Vec<i64> = (next..next + group).collect();
        let text = |length: usize| Value::from("x".repeat(length));
        let rows = |row: &dyn Fn(i64) -> Vec<Value>| ids.iter().flat_map(|id| row(*id)).collect::<Vec<_>>();
        let person = |id: i64| Value::from(format!("person-{}", id % 7));
        let upsert = "ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body";
        let case = |id: i64| vec![Value::from(id % group), Value::from(id), text(720)];
        put(&tx, "raw_case (id, revision, body)", 3, rows(&case), upsert).await?;
        let task = |id: i64| vec![id.into(), (id % group).into(), person(id), id.into(), text(4)];
        put(&tx, "raw_task (id, case_id, person, due, state)", 5, rows(&task), "").await?;
        let done = |id: i64| vec![(id - group).into(), (id % group).into(), person(id), id.into(), text(9)];
        let upsert = "ON CONFLICT (id) DO UPDATE SET state = excluded.state";
        put(&tx, "raw_task (id, case_id, person, due, state)", 5, rows(&done), upsert).await?;
        let candidate = |id: i64| vec![person(id), id.into(), id.into()];
        put(&tx, "raw_candidate (person, due, task)", 3, rows(&candidate), "").await?;
        put(&tx, "raw_timer (due, case_id)", 2, rows(&|id| vec![id.into(), (id % group).into()]), "").await?;
        let event = |id: i64| vec![(id % group).into(), id.into(), text(300)];
        put(&tx, "raw_event (case_id, number, body)", 3, rows(&event), "").await?;
        let audit = |id: i64| vec![id.into(), id.into(), person(id), text(6), text(120)];
        put(&tx, "raw_audit (id, at, actor, kind, body)", 5, rows(&audit), "").await?;
        tx.commit().await?;
        next += group;
        commits += u32::try_from(group)?;
    }
    Ok(f64::from(commits) / began.elapsed().as_secs_f64())
}

/// A number above all that earlier runs used, and a multiple of every group's size.
async fn unused_start(raw: &DatabaseConnection) -> Result<i64, Box<dyn Error>> {
    let sql = "SELECT COALESCE(MAX(id), 0) FROM raw_task";
    let row = raw.query_one_raw(Statement::from_string(raw.get_database_backend(), sql)).await?;
    let max: i64 = row.map_or(Ok(0), |row| row.try_get_by(0))?;
    Ok((max / 1_000 + 2) * 1_000 * 64)
}

async fn put(
    db: &impl ConnectionTrait,
    target: &str,
    width: usize,
    values: Vec<Value>,
    suffix: &str,
) -> Result<(), Box<dyn Error>> {
    let postgres = db.get_database_backend() == sea_orm::DbBackend::Postgres;
    let tuples: Vec<String> = (0..values.len() / width)
        .map(|row| {
            let one = |column| if postgres { format!("${}", row * width + column + 1) } else { "?".to_owned() };
            format!("({})", (0..width).map(one).collect::<Vec<_>>().join(", "))
        })
        .collect();
    let sql = format!("INSERT INTO {target} VALUES {} {suffix}", tuples.join(", "));
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}
