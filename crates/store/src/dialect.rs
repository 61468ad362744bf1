//! What differs between the two databases. No other file asks which one it talks to.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path, str::FromStr, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode,
    TransactionOptions,
};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::{
    error::Error,
    row::{self, values},
};

/// How long a SQLite connection waits for another process's write, e.g. a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a caller waits for a connection before the store answers with an error.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// Statements kept prepared per connection: every size of every multi-row insert, and the queries.
const STATEMENTS_KEPT: usize = 600;
/// Who may enter the folder of a database file.
const FOLDER_MODE: u32 = 0o700;
/// Connections that read from SQLite at once.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;
/// Groups that PostgreSQL commits at once. More of them make groups smaller and wait for each other's rows.
const POSTGRES_GROUPS: usize = 4;
/// Pages in the write-ahead log at which the writer itself checkpoints. The store's own checkpoints come long before.
const CHECKPOINT_PAGES_MAX: u32 = 40_000;
/// The PostgreSQL schema of the keyring.
const KEYRING_SCHEMA: &str = "keyring";
/// Any number will do, as long as every node takes the same.
const MIGRATION_LOCK: i64 = 0x6368_616e_6365;

/// Which database this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// One file, one writer.
    Sqlite,
    /// A server, many writers.
    Postgres,
}

/// A database opened: where to read, and where to write.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    pub(crate) dialect: Dialect,
    pub(crate) readers: DatabaseConnection,
    pub(crate) writer: DatabaseConnection,
}

impl Dialect {
    /// The dialect of an open connection or transaction.
    pub(crate) fn of(connection: &impl ConnectionTrait) -> Self {
        if connection.get_database_backend() == DbBackend::Postgres { Self::Postgres } else { Self::Sqlite }
    }

    fn of_url(url: &str) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres)
        } else {
            Err(Error::Address)
        }
    }

    /// A script with this database's type names.
    pub(crate) fn ddl(self, script: &str) -> String {
        let [uuid, bytes, int, bool, heap, clustered] = match self {
            Self::Sqlite => ["BLOB", "BLOB", "INTEGER", "INTEGER", "STRICT", "STRICT, WITHOUT ROWID"],
            Self::Postgres => ["UUID", "BYTEA", "BIGINT", "BOOLEAN", "", ""],
        };
        script
            .replace("{uuid}", uuid)
            .replace("{bytes}", bytes)
            .replace("{int}", int)
            .replace("{bool}", bool)
            .replace("{heap}", heap)
            .replace("{clustered}", clustered)
    }

    /// Writes the placeholder of the `n`th value. SQLite looks numbered ones up one by one, so long statements go without.
    pub(crate) fn push_placeholder(self, sql: &mut String, n: usize) {
        match self {
            Self::Sqlite => sql.push('?'),
            Self::Postgres => {
                sql.push('$');
                sql.push_str(&n.to_string());
            }
        }
    }

    /// How a lease passes over rows that another node is leasing. sea-orm's own lock clause vanishes silently on SQLite.
    pub(crate) fn skip_locked(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// How a row read for writing is kept from others until the transaction ends.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "FOR UPDATE",
        }
    }

    /// How many groups of transitions commit at once.
    pub(crate) fn groups_at_once(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => POSTGRES_GROUPS,
        }
    }

    /// A transaction that writes. On SQLite it takes the write lock at once: read-then-write in a deferred one fails.
    pub(crate) fn write_options(self) -> TransactionOptions {
        let sqlite_transaction_mode = match self {
            Self::Sqlite => Some(SqliteTransactionMode::Immediate),
            Self::Postgres => None,
        };
        TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() }
    }

    /// Whether the same transaction may well succeed when it is tried again.
    pub(crate) fn is_transient(error: &Error) -> bool {
        let Error::Database(DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) =
            error
        else {
            return false;
        };
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        // Serialization failure, deadlock.
        matches!(code.as_deref(), Some("40001" | "40P01"))
    }

    /// How large the database is, in bytes, without what was freed and waits to be used again.
    pub(crate) fn size(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT (page_count - freelist_count) * page_size \
                 FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()"
            }
            Self::Postgres => "SELECT pg_database_size(current_database())",
        }
    }

    /// Takes the migration lock for this transaction, so that two nodes starting at once do not both migrate.
    pub(crate) async fn lock_migrations(self, tx: &impl ConnectionTrait) -> Result<(), Error> {
        match self {
            Self::Sqlite => Ok(()),
            Self::Postgres => {
                let sql = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
                Ok(tx.execute_unprepared(&sql).await.map(drop)?)
            }
        }
    }

    /// Keeps every other transaction that takes the same name waiting until this one ends. On SQLite it waits already.
    pub(crate) async fn lock_name(self, tx: &impl ConnectionTrait, name: &str) -> Result<(), Error> {
        match self {
            Self::Sqlite => Ok(()),
            Self::Postgres => {
                let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
                Ok(tx.execute_raw(row::statement(tx, sql, values![name])).await.map(drop)?)
            }
        }
    }

    /// Copies the write-ahead log into the database file. `truncate` also empties the log, and waits for readers.
    pub(crate) async fn checkpoint(self, connection: &impl ConnectionTrait, truncate: bool) -> Result<(), Error> {
        match (self, truncate) {
            (Self::Postgres, _) => {}
            (Self::Sqlite, false) => {
                connection.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await?;
            }
            (Self::Sqlite, true) => {
                connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
            }
        }
        Ok(())
    }
}

/// Opens the main database.
pub(crate) async fn connect_main(url: &str) -> Result<Connections, Error> {
    connect(url, None).await
}

/// Opens the keyring: another file, or another schema.
pub(crate) async fn connect_keyring(url: &str) -> Result<Connections, Error> {
    let connections = connect(url, Some(KEYRING_SCHEMA)).await?;
    if connections.dialect == Dialect::Postgres {
        let sql = format!("CREATE SCHEMA IF NOT EXISTS {KEYRING_SCHEMA}");
        match connections.writer.execute_unprepared(&sql).await {
            Ok(_) => {}
            // Two nodes made it at the same moment: PostgreSQL lets one of them fail.
            Err(error) if Error::from(error.clone()).is_duplicate() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(connections)
}

async fn connect(url: &str, schema: Option<&str>) -> Result<Connections, Error> {
    let dialect = Dialect::of_url(url)?;
    match dialect {
        Dialect::Sqlite => {
            let file = SqliteConnectOptions::from_str(url).map_err(|_| Error::Address)?;
            if let Some(folder) = file.get_filename().parent().filter(|folder| *folder != Path::new("")) {
                // The files hold people's data and keys: a folder we make is for nobody else.
                DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(folder)?;
            }
            // The writer makes the file, so it comes first.
            let writer = Database::connect(sqlite_options(url, 1)).await?;
            let readers = Database::connect(sqlite_options(url, SQLITE_READERS)).await?;
            Ok(Connections { dialect, readers, writer })
        }
        Dialect::Postgres => {
            let mut options = ConnectOptions::new(url);
            options.max_connections(POSTGRES_CONNECTIONS).acquire_timeout(ACQUIRE_TIMEOUT).sqlx_logging(false);
            if let Some(schema) = schema {
                options.set_schema_search_path(schema);
            }
            options.test_before_acquire(false).map_sqlx_postgres_opts(|one| {
                one.statement_cache_capacity(STATEMENTS_KEPT).application_name("chancery")
            });
            let readers = Database::connect(options).await?;
            Ok(Connections { dialect, writer: readers.clone(), readers })
        }
    }
}

fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|one| {
            one.create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(BUSY_TIMEOUT)
                .statement_cache_capacity(STATEMENTS_KEPT)
                // What is destroyed must not stay readable in the file.
                .pragma("secure_delete", "ON")
                .pragma("temp_store", "MEMORY")
                .pragma("wal_autocheckpoint", CHECKPOINT_PAGES_MAX.to_string())
        });
    options
}
