//! The one write path of cases: a transition commits whole, and only on the revision it was decided on.
//!
//! Callers queue. A writer takes what waits and commits it as one transaction, so that sixty-four transitions cost one
//! sync of the disk, then answers each caller. Nothing is answered before it is durable.

mod group;
mod queue;
mod transition;

pub(crate) use queue::Writer;
pub use transition::{IdempotencyRow, RecordSet, TaskWrite, Transition};

use tokio::sync::oneshot;

use crate::{
    error::Error,
    row::{self, values},
    store::Store,
};

/// Why a transition was not committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Somebody else moved the case first: load it again and decide again.
    #[error("the case moved on")]
    Conflict,
    /// The same request was answered before; here is what was said then.
    #[error("the request was answered before")]
    Duplicate(Box<IdempotencyRow>),
    /// An effect was taken over by another worker, so this result of it does not count.
    #[error("the lease was lost")]
    LeaseLost,
    /// The database refused.
    #[error(transparent)]
    Store(#[from] Error),
}

impl Store {
    /// Commits a transition. When this answers `Ok`, all of it is on disk; otherwise none of it is.
    pub async fn commit(&self, transition: Transition) -> Result<(), CommitError> {
        let (answer, answered) = oneshot::channel();
        self.writer().send(queue::Waiting { transition: Box::new(transition), answer }).await?;
        answered.await.map_err(|_| Error::Closed)?
    }

    /// What was answered to a request before, if it was.
    pub async fn idempotency(&self, actor: &str, key: &str) -> Result<Option<IdempotencyRow>, Error> {
        let rest = "FROM idempotency i WHERE i.actor = $1 AND i.key = $2";
        row::one(self.read(), row::select::<IdempotencyRow>("i", rest), values![actor, key]).await
    }

    /// Forgets answers older than a moment; how many.
    pub async fn idempotency_forget(&self, before: chrono::DateTime<chrono::Utc>) -> Result<u64, Error> {
        let tx = self.begin_write().await?;
        let count = row::run(tx.tx(), "DELETE FROM idempotency WHERE at < $1", values![before]).await?;
        tx.commit().await?;
        Ok(count)
    }
}
