//! Who had to do with a case: the questions that decide whether somebody may look at it.

use uuid::Uuid;

use crate::{
    error::Error,
    row::{self, values},
    store::Store,
    work::TimerRow,
};

impl Store {
    /// Whether somebody did a task of a case.
    pub async fn worked_on_case(&self, case: Uuid, person: &str) -> Result<bool, Error> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM task WHERE case_id = $1 AND completed_by = $2 LIMIT 1";
        Ok(row::cell::<i64>(self.read(), sql, values![case, person]).await?.is_some())
    }

    /// Whether somebody was told of a case: had a task in it, or was sent a copy.
    pub async fn was_told_of_case(&self, case: Uuid, person: &str) -> Result<bool, Error> {
        let sql = "SELECT CAST(1 AS BIGINT) FROM notification WHERE person = $2 AND case_id = $1 LIMIT 1";
        Ok(row::cell::<i64>(self.read(), sql, values![case, person]).await?.is_some())
    }

    /// Cases that wait for an event, by id, after one.
    pub async fn cases_awaiting(&self, event: &str, after: Option<Uuid>, limit: u32) -> Result<Vec<Uuid>, Error> {
        let sql = "SELECT DISTINCT case_id FROM event_wait WHERE event = $1 AND case_id > $2 ORDER BY case_id LIMIT $3";
        let values = values![event, after.unwrap_or(Uuid::nil()), i64::from(limit)];
        row::column(self.read(), sql, values).await
    }

    /// Removes timers that no case waits for any more.
    pub async fn timers_remove(&self, timers: &[TimerRow]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        for timer in timers {
            let sql = "DELETE FROM timer WHERE due = $1 AND case_number = $2 AND event = $3 AND ordinal = $4";
            let values = values![timer.due, timer.case_number, timer.event, timer.ordinal];
            row::run(tx.tx(), sql, values).await?;
        }
        tx.commit().await
    }
}
