//! Fills a database for a measurement, as nothing else may: many open tasks, many timers far off.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    case::CaseRow,
    error::Error,
    row::{self, values},
    store::Store,
    task::{CandidateRow, NEVER_DUE, TaskRow},
    work::TimerRow,
};

/// Rows that are written in one transaction.
const FILLED_AT_ONCE: u32 = 20_000;

/// Timers in one minute of what is filled.
const TIMERS_A_MINUTE: i64 = 1_000;

/// Beyond the numbers of all cases that a measurement begins.
const NUMBERS_FROM: i64 = 100_000_000;

impl Store {
    /// Copies a case that waits with one task, so many times, each under a number and ids of its own. They have no
    /// events: they wait, and nothing ever happens to them.
    pub async fn fill_cases(&self, case: &CaseRow, task: &TaskRow, person: &str, copies: u32) -> Result<(), Error> {
        let mut number = self.allocate("case", copies).await?;
        let mut left = copies;
        while left > 0 {
            let count = left.min(FILLED_AT_ONCE);
            let (mut cases, mut tasks, mut candidates) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..count {
                let case = CaseRow { id: Uuid::now_v7(), number, ..case.clone() };
                let task = TaskRow { id: Uuid::now_v7(), case_id: case.id, ..task.clone() };
                let due_at = task.due_at.map_or(NEVER_DUE, |due| due.timestamp_micros());
                candidates.push(CandidateRow { person: person.to_owned(), due_at, task_id: task.id });
                cases.push(case);
                tasks.push(task);
                number += 1;
            }
            let tx = self.begin_write().await?;
            row::insert(tx.tx(), &cases, "").await?;
            row::insert(tx.tx(), &tasks, "").await?;
            row::insert(tx.tx(), &candidates, "").await?;
            let counts = [(person.to_owned(), (i64::from(count), 0))].into();
            crate::notification::change_counts(tx.tx(), counts).await?;
            tx.commit().await?;
            left -= count;
        }
        Ok(())
    }

    /// Sets so many timers of no case from a moment on, a thousand to the minute; `before` were set already.
    pub async fn fill_timers(&self, before: u64, count: u64, from: DateTime<Utc>) -> Result<(), Error> {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let mut ordinal = 0;
        let mut left = i64::try_from(count).unwrap_or(i64::MAX);
        while left > 0 {
            let count = left.min(i64::from(FILLED_AT_ONCE));
            let timer = |ordinal: i64| TimerRow {
                due: from + chrono::TimeDelta::minutes(ordinal / TIMERS_A_MINUTE),
                case_number: NUMBERS_FROM + before + ordinal,
                event: 9,
                ordinal: 0,
            };
            let timers: Vec<TimerRow> = (ordinal..ordinal + count).map(timer).collect();
            let tx = self.begin_write().await?;
            row::insert(tx.tx(), &timers, "").await?;
            tx.commit().await?;
            ordinal += count;
            left -= count;
        }
        Ok(())
    }

    /// How much of the disk the main database uses.
    pub async fn size_bytes(&self) -> Result<u64, Error> {
        let sql = crate::dialect::Dialect::of(self.read()).size();
        let size: Option<i64> = row::cell(self.read(), sql, values![]).await?;
        Ok(size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default())
    }
}
