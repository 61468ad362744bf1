//! The right to work on a row until a moment. Of several workers, also on several nodes, one gets it; when it dies, the
//! lease runs out and another takes over. The fence of an effect goes up with each lease: a commit under an older fence
//! is refused.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    dialect::Dialect,
    error::Error,
    row::{self, Column, Row, values},
    store::{Store, WriteTx},
    work::{DueTimer, OutboxRow, Progress, TimerRow},
};

/// Rows that one lease takes at most.
pub const LEASE_ROWS_MAX: u32 = 200;

/// What is leased: a table, its key, and the column that says when a row may be worked on.
struct Leased<'a> {
    table: &'a str,
    key: &'a str,
    due: &'a str,
    set: &'a str,
    returning: &'a str,
}

const TIMERS: Leased<'_> = Leased {
    table: "timer",
    key: "due, case_number, event, ordinal",
    due: "due",
    set: "",
    returning: "due, case_number, event, ordinal, (SELECT c.id FROM case_ c WHERE c.number = timer.case_number)",
};

const OUTBOX: Leased<'_> = Leased {
    table: "outbox",
    key: "id",
    due: "not_before",
    set: ", fence = fence + 1, attempts = attempts + 1",
    returning: "id, case_id, kind, not_before, attempts, fence, leased_until, body",
};

impl Leased<'_> {
    /// The one lease query. The rows are picked apart from the update, since PostgreSQL may otherwise pick more of them.
    fn sql(&self, skip_locked: &str) -> String {
        let Self { table, key, due, set, returning } = self;
        format!(
            "WITH picked AS MATERIALIZED (SELECT {key} FROM {table} WHERE {due} <= $1 \
             AND (leased_until IS NULL OR leased_until <= $1) ORDER BY {due} LIMIT $2 {skip_locked}) \
             UPDATE {table} SET leased_until = $3 {set} WHERE ({key}) IN (SELECT {key} FROM picked) \
             RETURNING {returning}"
        )
    }
}

impl Store {
    /// When the next timer is due, leased or not.
    pub async fn next_timer_due(&self) -> Result<Option<DateTime<Utc>>, Error> {
        row::cell(self.read(), "SELECT due FROM timer ORDER BY due LIMIT 1", Vec::new()).await
    }

    /// When the next effect may be tried, leased or not.
    pub async fn next_outbox_due(&self) -> Result<Option<DateTime<Utc>>, Error> {
        row::cell(self.read(), "SELECT not_before FROM outbox ORDER BY not_before LIMIT 1", Vec::new()).await
    }

    /// Leases timers that are due, earliest first. A timer fires once in any case: its removal is part of the transition.
    pub async fn lease_timers(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DueTimer>, Error> {
        let waiting = "SELECT 1 FROM timer WHERE due <= $1 AND (leased_until IS NULL OR leased_until <= $1) LIMIT 1";
        let Some((tx, found)) = self.lease(&TIMERS, waiting, (now, until), limit).await? else {
            return Ok(Vec::new());
        };
        let mut timers = Vec::with_capacity(found.len());
        for row in &found {
            // A case that is gone leaves no timer behind, but a half-restored database may.
            if let Some(case_id) = Option::<Uuid>::get(row, TimerRow::COLUMNS.len())? {
                timers.push(DueTimer { timer: TimerRow::read(row, 0)?, case_id });
            }
        }
        tx.commit().await?;
        timers.sort_unstable_by_key(|one| one.timer);
        Ok(timers)
    }

    /// Leases effects that may be tried, earliest first. Each is done under its fence: see
    /// [`OutboxDone`](crate::OutboxDone).
    pub async fn lease_outbox(
        &self,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, Error> {
        let waiting =
            "SELECT 1 FROM outbox WHERE not_before <= $1 AND (leased_until IS NULL OR leased_until <= $1) LIMIT 1";
        let Some((tx, found)) = self.lease(&OUTBOX, waiting, (now, until), limit).await? else {
            return Ok(Vec::new());
        };
        let mut effects = found.iter().map(|row| OutboxRow::read(row, 0)).collect::<Result<Vec<_>, _>>()?;
        tx.commit().await?;
        effects.sort_unstable_by_key(|one| (one.not_before, one.id));
        Ok(effects)
    }

    async fn lease(
        &self,
        leased: &Leased<'_>,
        waiting: &str,
        (now, until): (DateTime<Utc>, DateTime<Utc>),
        limit: u32,
    ) -> Result<Option<(WriteTx, Vec<sea_orm::QueryResult>)>, Error> {
        // Mostly nothing is due, and finding that out must not take the right to write.
        if row::cell::<i64>(self.read(), waiting.replace("SELECT 1", "SELECT CAST(1 AS BIGINT)"), values![now])
            .await?
            .is_none()
        {
            return Ok(None);
        }
        let tx = self.begin_write().await?;
        let sql = leased.sql(tx.dialect().skip_locked());
        let values = values![now, i64::from(limit.min(LEASE_ROWS_MAX)), until];
        let found = sea_orm::ConnectionTrait::query_all_raw(tx.tx(), row::statement(tx.tx(), sql, values)).await?;
        Ok(Some((tx, found)))
    }

    /// Ends every lease where one process alone works on a database, as on SQLite, or where the caller knows that it is
    /// alone: whoever held them is gone. Elsewhere other nodes are at work, and leases run out by themselves.
    pub async fn take_over_leases(&self, is_alone: bool) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        if is_alone || tx.dialect() == Dialect::Sqlite {
            for table in [TIMERS.table, OUTBOX.table, "pending_start"] {
                let sql = format!("UPDATE {table} SET leased_until = NULL WHERE leased_until IS NOT NULL");
                row::run(tx.tx(), sql, Vec::new()).await?;
            }
        }
        tx.commit().await
    }

    /// Gives up the lease of a timer, so that it is tried again at once, e.g. after a conflict.
    pub async fn release_timer(&self, timer: &TimerRow) -> Result<(), Error> {
        let sql = "UPDATE timer SET leased_until = NULL \
                   WHERE due = $1 AND case_number = $2 AND event = $3 AND ordinal = $4";
        self.alone(sql, values![timer.due, timer.case_number, timer.event, timer.ordinal]).await.map(drop)
    }

    /// Removes a timer that can never fire, e.g. one whose case no longer knows it.
    pub async fn remove_timer(&self, timer: &TimerRow) -> Result<(), Error> {
        let sql = "DELETE FROM timer WHERE due = $1 AND case_number = $2 AND event = $3 AND ordinal = $4";
        self.alone(sql, values![timer.due, timer.case_number, timer.event, timer.ordinal]).await.map(drop)
    }

    /// Extends a lease while the work goes on, and says how many records are written; false when it was lost.
    pub async fn extend_outbox(
        &self,
        (id, fence): (Uuid, i64),
        until: DateTime<Utc>,
        written: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE outbox SET leased_until = $3, written = $4, written_fence = $2 WHERE id = $1 AND fence = $2";
        Ok(self.alone(sql, values![id, fence, until, written]).await? == 1)
    }

    /// How far the effect is that a case waits for, while somebody works on it.
    pub async fn progress_of_case(&self, case: Uuid) -> Result<Option<Progress>, Error> {
        let rest =
            "FROM outbox o WHERE o.case_id = $1 AND o.leased_until IS NOT NULL ORDER BY o.not_before DESC LIMIT 1";
        row::one(self.read(), row::select::<Progress>("o", rest), values![case]).await
    }

    /// Gives an effect back, to be tried again at a moment; false when the lease was lost.
    pub async fn release_outbox(&self, id: Uuid, fence: i64, not_before: DateTime<Utc>) -> Result<bool, Error> {
        let sql = "UPDATE outbox SET leased_until = NULL, not_before = $3 WHERE id = $1 AND fence = $2";
        Ok(self.alone(sql, values![id, fence, not_before]).await? == 1)
    }

    /// Removes an effect that is done and of which the case need not hear; false when the lease was lost.
    pub async fn ack_outbox(&self, id: Uuid, fence: i64) -> Result<bool, Error> {
        let sql = "DELETE FROM outbox WHERE id = $1 AND fence = $2";
        Ok(self.alone(sql, values![id, fence]).await? == 1)
    }

    /// One statement as a transaction of its own.
    pub(crate) async fn alone(&self, sql: &str, values: Vec<sea_orm::Value>) -> Result<u64, Error> {
        let tx = self.begin_write().await?;
        let count = row::run(tx.tx(), sql, values).await?;
        tx.commit().await?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::Config;

    /// What SQLite says it will do for a statement.
    async fn plan(store: &Store, sql: &str) -> Vec<String> {
        let sql = row::statement(store.read(), format!("EXPLAIN QUERY PLAN {sql}"), Vec::new());
        let steps = store.read().query_all_raw(sql).await.unwrap();
        steps.iter().map(|step| step.try_get::<String>("", "detail").unwrap()).collect()
    }

    #[tokio::test]
    async fn no_statement_on_timers_or_effects_reads_them_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Config::sqlite_in(folder.path())).await.unwrap();
        let fired = row::tuple_list(Dialect::Sqlite, 8, 4);
        let statements = [
            TIMERS.sql(""),
            OUTBOX.sql(""),
            format!("DELETE FROM timer WHERE (due, case_number, event, ordinal) IN {fired}"),
            "DELETE FROM outbox WHERE id IN (?, ?)".to_owned(),
        ];
        let mut scans = Vec::new();
        for statement in statements {
            let steps = plan(&store, &statement).await;
            scans.extend(steps.into_iter().filter(|step| step == "SCAN timer" || step == "SCAN outbox"));
        }
        assert_eq!(scans, Vec::<String>::new());
    }
}
