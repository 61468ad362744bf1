//! What can go wrong here. A conflict is an answer, not an error of the database: see [`CommitError`](crate::CommitError).

use sea_orm::{DbErr, SqlErr};

/// The database refused, or holds what it should not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not be reached, or refused a statement.
    #[error("the database refused")]
    Database(#[from] DbErr),
    /// A folder for the database file could not be made.
    #[error("the folder of the database file cannot be used")]
    Folder(#[from] std::io::Error),
    /// A value in the database cannot be read back.
    #[error("a stored value cannot be read")]
    Damaged(#[from] serde_json::Error),
    /// The address names neither SQLite nor PostgreSQL.
    #[error("the database address is neither sqlite: nor postgres:")]
    Address,
    /// The same request was answered before.
    #[error("the request was answered before")]
    Repeated,
    /// The store was closed while somebody waited.
    #[error("the store is closed")]
    Closed,
}

impl Error {
    /// Whether a unique index refused the row.
    pub(crate) fn is_duplicate(&self) -> bool {
        match self {
            Self::Database(error) => matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
            Self::Folder(_) | Self::Damaged(_) | Self::Address | Self::Repeated | Self::Closed => false,
        }
    }
}
