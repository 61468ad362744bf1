//! Cases that are to begin because of something that was committed: a row is written with what happened, so that the
//! case begins though the process dies in between, and removed once it began.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Error,
    row::{self, Json, rows, values},
    store::{Store, WriteTx},
};

rows! {
    /// A case that is to begin.
    pub struct StartRow in "pending_start" {
        /// The id of the case, so that it begins once.
        pub id: Uuid,
        /// Not to be tried earlier.
        pub not_before: DateTime<Utc>,
        /// Which process, and why. No personal values.
        pub body: Json,
    }
}

impl WriteTx {
    /// Notes that cases are to begin.
    pub(crate) async fn starts(&self, starts: &[StartRow]) -> Result<(), Error> {
        row::insert(self.tx(), starts, "").await
    }
}

impl Store {
    /// Leases cases that are to begin, earliest first.
    pub async fn lease_starts(
        &self,
        (now, until): (DateTime<Utc>, DateTime<Utc>),
        limit: u32,
    ) -> Result<Vec<StartRow>, Error> {
        if self.next_start_due().await?.is_none_or(|due| due > now) {
            return Ok(Vec::new());
        }
        let tx = self.begin_write().await?;
        let sql = format!(
            "WITH picked AS MATERIALIZED (SELECT id FROM pending_start WHERE not_before <= $1 \
             AND (leased_until IS NULL OR leased_until <= $1) ORDER BY not_before, id LIMIT $2 {}) \
             UPDATE pending_start SET leased_until = $3 WHERE id IN (SELECT id FROM picked) \
             RETURNING id, not_before, body",
            tx.dialect().skip_locked()
        );
        let statement = row::statement(tx.tx(), sql, values![now, i64::from(limit), until]);
        let found = sea_orm::ConnectionTrait::query_all_raw(tx.tx(), statement).await?;
        let mut starts = found.iter().map(|one| row::Row::read(one, 0)).collect::<Result<Vec<StartRow>, _>>()?;
        tx.commit().await?;
        starts.sort_unstable_by_key(|one| (one.not_before, one.id));
        Ok(starts)
    }

    /// When the next case is to begin, leased or not.
    pub async fn next_start_due(&self) -> Result<Option<DateTime<Utc>>, Error> {
        row::cell(self.read(), "SELECT not_before FROM pending_start ORDER BY not_before LIMIT 1", Vec::new()).await
    }

    /// Removes one that began, or that nothing waits for any more.
    pub async fn start_done(&self, id: Uuid) -> Result<(), Error> {
        self.alone("DELETE FROM pending_start WHERE id = $1", values![id]).await.map(drop)
    }

    /// Gives one back, to be tried again at a moment.
    pub async fn start_release(&self, id: Uuid, not_before: DateTime<Utc>) -> Result<(), Error> {
        let sql = "UPDATE pending_start SET leased_until = NULL, not_before = $2 WHERE id = $1";
        self.alone(sql, values![id, not_before]).await.map(drop)
    }
}
