//! What the database itself can do with the rows of a transition: what every figure of ours is held against.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait, Value,
};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use crate::error::Error;

const TABLES: [&str; 8] = [
    "CREATE TABLE IF NOT EXISTS raw_case (id BIGINT PRIMARY KEY, revision BIGINT, body TEXT)",
    "CREATE TABLE IF NOT EXISTS raw_task (id BIGINT PRIMARY KEY, case_id BIGINT, person TEXT, due BIGINT, state TEXT)",
    "CREATE TABLE IF NOT EXISTS raw_candidate (person TEXT, due BIGINT, task BIGINT, PRIMARY KEY (person, due, task))",
    "CREATE TABLE IF NOT EXISTS raw_timer (due BIGINT, case_id BIGINT, PRIMARY KEY (due, case_id))",
    "CREATE TABLE IF NOT EXISTS raw_event (case_id BIGINT, number BIGINT, body TEXT, PRIMARY KEY (case_id, number))",
    "CREATE TABLE IF NOT EXISTS raw_audit (id BIGINT PRIMARY KEY, at BIGINT, actor TEXT, kind TEXT, body TEXT)",
    "CREATE INDEX IF NOT EXISTS raw_task_case ON raw_task (case_id)",
    "CREATE INDEX IF NOT EXISTS raw_audit_at ON raw_audit (at, id)",
];

/// Bytes of the texts in a row.
const SNAPSHOT_BYTES: usize = 720;
const EVENT_BYTES: usize = 300;
const AUDIT_BYTES: usize = 120;

/// How many people the rows are about.
const PEOPLE: i64 = 7;

/// Groups are at most this large, and begin at multiples of it.
const GROUP_MAX: i64 = 64;

/// Writes the rows of transitions as fast as the database takes them, into tables of its own.
#[derive(Debug)]
pub struct RawRows {
    db: DatabaseConnection,
    /// The number of the next transition.
    next: AtomicI64,
}

/// The row set of a transition as one statement, which a database that is a server takes in one round trip.
const AT_ONCE: &str = "WITH moved AS (INSERT INTO raw_case (id, revision, body) VALUES ($1, $2, $3) \
    ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body), \
    done AS (INSERT INTO raw_task (id, case_id, person, due, state) VALUES ($4, $1, $5, $2, 'done') \
    ON CONFLICT (id) DO UPDATE SET state = excluded.state), \
    opened AS (INSERT INTO raw_task (id, case_id, person, due, state) VALUES ($2, $1, $5, $2, 'open')), \
    listed AS (INSERT INTO raw_candidate (person, due, task) VALUES ($5, $2, $2)), \
    armed AS (INSERT INTO raw_timer (due, case_id) VALUES ($2, $1)), \
    happened AS (INSERT INTO raw_event (case_id, number, body) VALUES ($1, $2, $6)) \
    INSERT INTO raw_audit (id, at, actor, kind, body) VALUES ($2, $2, $5, 'change', $7)";

impl RawRows {
    /// Connects to a database, as durable as the store connects to it, and makes the tables.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Self::open_with(url, 1).await
    }

    /// The same over several connections.
    pub async fn open_with(url: &str, connections: u32) -> Result<Self, Error> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections)
            .sqlx_logging(false)
            .map_sqlx_sqlite_opts(|one| one.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full));
        let db = Database::connect(options).await?;
        for table in TABLES {
            db.execute_unprepared(table).await?;
        }
        Ok(Self { db, next: AtomicI64::new(GROUP_MAX) })
    }

    /// Goes on above all rows that were written before.
    pub async fn go_on(&self) -> Result<(), Error> {
        self.next.store(self.unused_start().await?, Ordering::Relaxed);
        Ok(())
    }

    /// Writes the rows of so many transitions in one transaction, durably: what a server of bare rows does with the
    /// requests that wait.
    pub async fn write(&self, group: u32) -> Result<(), Error> {
        let group = i64::from(group).clamp(1, GROUP_MAX);
        let next = self.next.fetch_add(group, Ordering::Relaxed);
        Ok(self.commit(next, group).await?)
    }

    /// Transitions a second with each as one statement of its own, over so many connections at once. PostgreSQL only.
    pub async fn rate_at_once(&self, connections: u32, lasts: Duration) -> Result<f64, Error> {
        self.go_on().await?;
        let began = Instant::now();
        let mut running = Vec::new();
        for _ in 0..connections {
            running.push(async {
                let mut written = 0_u32;
                while began.elapsed() < lasts {
                    self.write_at_once().await?;
                    written += 1;
                }
                Ok::<u32, DbErr>(written)
            });
        }
        let written = futures_util::future::try_join_all(running).await?;
        Ok(f64::from(written.iter().sum::<u32>()) / began.elapsed().as_secs_f64())
    }

    async fn write_at_once(&self) -> Result<(), DbErr> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let text = |length: usize| Value::from("x".repeat(length));
        let values = [
            Value::from(id % GROUP_MAX + GROUP_MAX * GROUP_MAX + id % PEOPLE),
            id.into(),
            text(SNAPSHOT_BYTES),
            (id - GROUP_MAX).into(),
            format!("person-{}", id % PEOPLE).into(),
            text(EVENT_BYTES),
            text(AUDIT_BYTES),
        ];
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), AT_ONCE, values);
        self.db.execute_raw(statement).await.map(drop)
    }

    /// Transitions a second with so many of them in each transaction, one statement per table, nothing checked.
    pub async fn rate(&self, group: u32, lasts: Duration) -> Result<f64, Error> {
        let group = i64::from(group).clamp(1, GROUP_MAX);
        let mut next = self.unused_start().await?;
        let (first, began) = (next, Instant::now());
        while began.elapsed() < lasts {
            self.commit(next, group).await?;
            next += group;
        }
        let written = u32::try_from(next - first).unwrap_or(u32::MAX);
        Ok(f64::from(written) / began.elapsed().as_secs_f64())
    }

    async fn commit(&self, next: i64, group: i64) -> Result<(), DbErr> {
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        let tx = self.db.begin_with_options(options).await?;
        let text = |length: usize| Value::from("x".repeat(length));
        let rows = |row: &dyn Fn(i64) -> Vec<Value>| (next..next + group).flat_map(row).collect::<Vec<_>>();
        let person = |id: i64| Value::from(format!("person-{}", id % PEOPLE));
        let upsert = "ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, body = excluded.body";
        let case = |id: i64| vec![Value::from(id % group), Value::from(id), text(SNAPSHOT_BYTES)];
        put(&tx, "raw_case (id, revision, body)", 3, rows(&case), upsert).await?;
        let task = |id: i64| vec![id.into(), (id % group).into(), person(id), id.into(), text(4)];
        put(&tx, "raw_task (id, case_id, person, due, state)", 5, rows(&task), "").await?;
        let done = |id: i64| vec![(id - group).into(), (id % group).into(), person(id), id.into(), text(9)];
        let upsert = "ON CONFLICT (id) DO UPDATE SET state = excluded.state";
        put(&tx, "raw_task (id, case_id, person, due, state)", 5, rows(&done), upsert).await?;
        let candidate = |id: i64| vec![person(id), id.into(), id.into()];
        put(&tx, "raw_candidate (person, due, task)", 3, rows(&candidate), "").await?;
        put(&tx, "raw_timer (due, case_id)", 2, rows(&|id| vec![id.into(), (id % group).into()]), "").await?;
        let event = |id: i64| vec![(id % group).into(), id.into(), text(EVENT_BYTES)];
        put(&tx, "raw_event (case_id, number, body)", 3, rows(&event), "").await?;
        let audit = |id: i64| vec![id.into(), id.into(), person(id), text(6), text(AUDIT_BYTES)];
        put(&tx, "raw_audit (id, at, actor, kind, body)", 5, rows(&audit), "").await?;
        tx.commit().await
    }

    /// A number above all that earlier measurements used, and a multiple of every group's size.
    async fn unused_start(&self) -> Result<i64, DbErr> {
        let sql = "SELECT COALESCE(MAX(id), 0) FROM raw_task";
        let row = self.db.query_one_raw(Statement::from_string(self.db.get_database_backend(), sql)).await?;
        let max: i64 = row.map_or(Ok(0), |row| row.try_get_by(0))?;
        Ok((max / (1_000 * GROUP_MAX) + 2) * 1_000 * GROUP_MAX)
    }

    /// Removes the tables.
    pub async fn close(&self) -> Result<(), Error> {
        for table in ["case", "task", "candidate", "timer", "event", "audit"] {
            self.db.execute_unprepared(&format!("DROP TABLE raw_{table}")).await?;
        }
        Ok(self.db.close_by_ref().await?)
    }
}

async fn put(
    db: &impl ConnectionTrait,
    target: &str,
    width: usize,
    values: Vec<Value>,
    suffix: &str,
) -> Result<(), DbErr> {
    let postgres = db.get_database_backend() == DbBackend::Postgres;
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
