//! Reading everything there is about cases, page by page: what an audit holds against the events.

use uuid::Uuid;

use crate::{
    case::CaseRow,
    error::Error,
    row::{self, Column, Row, values},
    store::Store,
    task::CandidateRow,
    work::{OutboxRow, TimerRow},
};

/// Rows that one page holds.
pub const REPLAY_PAGE: i64 = 200;

/// How much waits for a person by the counter, and by the rows that it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Who.
    pub person: String,
    /// Open tasks by the counter and by the rows.
    pub open_tasks: [i64; 2],
    /// Unread notifications by the counter and by the rows.
    pub unread: [i64; 2],
}

impl Store {
    /// Cases after a number, by number.
    pub async fn cases_after(&self, number: i64) -> Result<Vec<CaseRow>, Error> {
        let rest = "FROM case_ c WHERE c.number > $1 ORDER BY c.number LIMIT $2";
        row::all(self.read(), row::select::<CaseRow>("c", rest), values![number, REPLAY_PAGE]).await
    }

    /// In whose to-do lists the tasks of a case lie: task and login.
    pub async fn candidates_of_case(&self, case: Uuid) -> Result<Vec<(Uuid, String)>, Error> {
        let rest = "FROM task t JOIN task_candidate n ON n.task_id = t.id WHERE t.case_id = $1";
        let rows: Vec<CandidateRow> =
            row::all(self.read(), row::select::<CandidateRow>("n", rest), values![case]).await?;
        Ok(rows.into_iter().map(|row: CandidateRow| (row.task_id, row.person)).collect())
    }

    /// The effects of a case that wait or are being carried out.
    pub async fn outbox_of_case(&self, case: Uuid) -> Result<Vec<OutboxRow>, Error> {
        let rest = "FROM outbox o WHERE o.case_id = $1 ORDER BY o.id";
        row::all(self.read(), row::select::<OutboxRow>("o", rest), values![case]).await
    }

    /// Timers after one, by their key, each with its case if there is one.
    pub async fn timers_after(&self, after: Option<TimerRow>) -> Result<Vec<(TimerRow, Option<Uuid>)>, Error> {
        let mut values = Vec::new();
        let from = match after {
            Some(timer) => {
                timer.bind(&mut values);
                "WHERE (t.due, t.case_number, t.event, t.ordinal) > ($1, $2, $3, $4)"
            }
            None => "",
        };
        let rest = format!(
            ", c.id FROM timer t LEFT JOIN case_ c ON c.number = t.case_number {from} \
             ORDER BY t.due, t.case_number, t.event, t.ordinal LIMIT {REPLAY_PAGE}"
        );
        let sql = row::select::<TimerRow>("t", &rest);
        let found =
            sea_orm::ConnectionTrait::query_all_raw(self.read(), row::statement(self.read(), sql, values)).await?;
        let mut timers = Vec::with_capacity(found.len());
        for row in &found {
            timers.push((TimerRow::read(row, 0)?, Option::<Uuid>::get(row, TimerRow::COLUMNS.len())?));
        }
        Ok(timers)
    }

    /// Whether a timer is set.
    pub async fn timer_is_set(&self, timer: &TimerRow) -> Result<bool, Error> {
        let sql =
            "SELECT CAST(1 AS BIGINT) FROM timer WHERE due = $1 AND case_number = $2 AND event = $3 AND ordinal = $4";
        let mut values = Vec::new();
        timer.bind(&mut values);
        Ok(row::cell::<i64>(self.read(), sql, values).await?.is_some())
    }

    /// Tasks of no case, up to a page of them.
    pub async fn tasks_of_no_case(&self) -> Result<Vec<Uuid>, Error> {
        let sql = "SELECT t.id FROM task t WHERE NOT EXISTS (SELECT 1 FROM case_ c WHERE c.id = t.case_id) LIMIT $1";
        row::column(self.read(), sql, values![REPLAY_PAGE]).await
    }

    /// Cases that have events but no row, up to a page of them.
    pub async fn events_of_no_case(&self) -> Result<Vec<Uuid>, Error> {
        let sql = "SELECT e.case_id FROM case_event e WHERE e.number = 1 \
                   AND NOT EXISTS (SELECT 1 FROM case_ c WHERE c.id = e.case_id) LIMIT $1";
        row::column(self.read(), sql, values![REPLAY_PAGE]).await
    }

    /// Counters after a login that say something else than the rows they count.
    pub async fn counters_that_differ(&self, after: &str) -> Result<Vec<Counted>, Error> {
        // One statement sees one moment: nobody is wronged who gets a task meanwhile.
        let sql = "WITH p AS (SELECT person FROM inbox_count UNION SELECT person FROM task_candidate \
                   UNION SELECT person FROM notification WHERE read_at IS NULL), \
                   n AS (SELECT p.person, \
                   COALESCE((SELECT c.open_tasks FROM inbox_count c WHERE c.person = p.person), 0) AS said_open, \
                   (SELECT COUNT(*) FROM task_candidate t WHERE t.person = p.person) AS are_open, \
                   COALESCE((SELECT c.unread FROM inbox_count c WHERE c.person = p.person), 0) AS said_unread, \
                   (SELECT COUNT(*) FROM notification m WHERE m.person = p.person AND m.read_at IS NULL) AS are_unread \
                   FROM p WHERE p.person > $1) \
                   SELECT person, said_open, are_open, said_unread, are_unread FROM n \
                   WHERE said_open <> are_open OR said_unread <> are_unread ORDER BY person LIMIT $2";
        let statement = row::statement(self.read(), sql, values![after, REPLAY_PAGE]);
        let found = sea_orm::ConnectionTrait::query_all_raw(self.read(), statement).await?;
        let counted = |row| {
            let number = |at| i64::get(row, at);
            Ok(Counted {
                person: String::get(row, 0)?,
                open_tasks: [number(1)?, number(2)?],
                unread: [number(3)?, number(4)?],
            })
        };
        Ok(found.iter().map(counted).collect::<Result<_, sea_orm::DbErr>>()?)
    }

    /// The largest number of a case; 0 before the first.
    pub async fn case_number_max(&self) -> Result<i64, Error> {
        let sql = "SELECT COALESCE(MAX(number), 0) FROM case_";
        Ok(row::cell(self.read(), sql, Vec::new()).await?.unwrap_or(0))
    }
}
