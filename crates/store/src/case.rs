//! Cases and their events.

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    error::Error,
    page::{Cursor, Page, fetch_limit},
    row::{self, Bind, Column, Digest, Json, Row, rows, values, words},
    store::Store,
};

/// Events that one call returns at most.
pub const EVENTS_MAX: i64 = 2_000;
/// Cases that one call looks up at most.
pub const CASES_MAX: usize = 500;

words! {
    /// How far a case is.
    pub enum CaseStatus {
        /// It waits for people, time or an action.
        Running = "running",
        /// An operator must act before it goes on.
        Incident = "incident",
        /// It ended; the outcome says how.
        Ended = "ended",
    }
}

rows! {
    /// A case as it is after its last event.
    pub struct CaseRow in "case_" {
        /// Its id.
        pub id: Uuid,
        /// The number people call it by, and the key of its timers.
        pub number: i64,
        /// The workflow it follows.
        pub workflow: String,
        /// The definition version it is pinned to.
        pub version: Digest,
        /// Whose it is, if it is anybody's.
        pub requester: Option<String>,
        /// How far it is.
        pub status: CaseStatus,
        /// How it ended.
        pub outcome: Option<String>,
        /// The number of the last event folded in.
        pub revision: i64,
        /// What lists show of it. No personal values.
        pub title: Json,
        /// The digest of the submission in force.
        pub submission: Option<Digest>,
        /// When it began.
        pub started_at: DateTime<Utc>,
        /// When its last event happened.
        pub updated_at: DateTime<Utc>,
        /// When it ended.
        pub ended_at: Option<DateTime<Utc>>,
        /// The fold of its events.
        pub snapshot: Json,
    }

    /// What lists show of a case.
    pub struct CaseHead in "case_" {
        /// Its id.
        pub id: Uuid,
        /// Its number.
        pub number: i64,
        /// Its workflow.
        pub workflow: String,
        /// The version it is pinned to.
        pub version: Digest,
        /// Whose it is, if it is anybody's.
        pub requester: Option<String>,
        /// How far it is.
        pub status: CaseStatus,
        /// How it ended.
        pub outcome: Option<String>,
        /// What lists show of it.
        pub title: Json,
        /// When it began.
        pub started_at: DateTime<Utc>,
        /// When its last event happened.
        pub updated_at: DateTime<Utc>,
        /// When it ended.
        pub ended_at: Option<DateTime<Utc>>,
    }

    /// One event of a case.
    pub struct EventRow in "case_event" {
        /// The case.
        pub case_id: Uuid,
        /// Its place in the case's history, from 1.
        pub number: i64,
        /// When.
        pub at: DateTime<Utc>,
        /// Who; nobody when the engine itself acted.
        pub actor: Option<String>,
        /// What kind.
        pub kind: String,
        /// The event. No personal values.
        pub body: Json,
    }

    /// Encrypted values that events name by digest.
    pub struct PayloadRow in "payload" {
        /// The case.
        pub case_id: Uuid,
        /// The digest by which events name it.
        pub digest: Digest,
        /// The data key it is encrypted under.
        pub key_id: Uuid,
        /// The level of what is in it.
        pub level: i64,
        /// When it was sent.
        pub created_at: DateTime<Utc>,
        /// The values, encrypted.
        pub ciphertext: Vec<u8>,
    }
}

/// A case, and the values it has now as they are kept; nothing if they were erased.
pub type CaseWithValues = (CaseRow, Option<PayloadRow>);

const VALUES_OF_CASE: &str = " LEFT JOIN payload p ON p.case_id = c.id AND p.digest = c.submission";

impl Store {
    /// A case by its id.
    pub async fn case_by_id(&self, id: Uuid) -> Result<Option<CaseRow>, Error> {
        row::one(self.read(), row::select::<CaseRow>("c", "FROM case_ c WHERE c.id = $1"), values![id]).await
    }

    /// A case by its number.
    pub async fn case_by_number(&self, number: i64) -> Result<Option<CaseRow>, Error> {
        row::one(self.read(), row::select::<CaseRow>("c", "FROM case_ c WHERE c.number = $1"), values![number]).await
    }

    /// A case with its values, for whoever is about to change it: in one round trip.
    pub async fn case_with_values(&self, id: Uuid) -> Result<Option<CaseWithValues>, Error> {
        self.with_values(("FROM case_ c", "c.id"), id).await
    }

    /// The case that a task belongs to, with its values.
    pub async fn case_of_task(&self, task: Uuid) -> Result<Option<CaseWithValues>, Error> {
        self.with_values(("FROM task t JOIN case_ c ON c.id = t.case_id", "t.id"), task).await
    }

    async fn with_values(&self, (from, key): (&str, &str), id: Uuid) -> Result<Option<CaseWithValues>, Error> {
        let mut sql = "SELECT ".to_owned();
        row::push_columns::<CaseRow>(&mut sql, "c");
        sql.push_str(", ");
        row::push_columns::<PayloadRow>(&mut sql, "p");
        for part in [" ", from, VALUES_OF_CASE, " WHERE ", key, " = $1"] {
            sql.push_str(part);
        }
        let found = self.read().query_one_raw(row::statement(self.read(), sql, values![id])).await?;
        let Some(found) = found else { return Ok(None) };
        let payload = CaseRow::COLUMNS.len();
        let is_kept = Option::<Uuid>::get(&found, payload)?.is_some();
        let values = if is_kept { Some(PayloadRow::read(&found, payload)?) } else { None };
        Ok(Some((CaseRow::read(&found, 0)?, values)))
    }

    /// What lists show of these cases, in no particular order.
    pub async fn case_heads(&self, ids: &[Uuid]) -> Result<Vec<CaseHead>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = &ids[..ids.len().min(CASES_MAX)];
        let rest = format!("FROM case_ c WHERE c.id IN ({})", row::placeholders(1, ids.len()));
        row::all(self.read(), row::select::<CaseHead>("c", &rest), ids.iter().map(Bind::bound).collect()).await
    }

    /// The events of a case after a number, oldest first.
    pub async fn case_events(&self, case: Uuid, after: i64) -> Result<Vec<EventRow>, Error> {
        let rest = "FROM case_event e WHERE e.case_id = $1 AND e.number > $2 ORDER BY e.number LIMIT $3";
        row::all(self.read(), row::select::<EventRow>("e", rest), values![case, after, EVENTS_MAX]).await
    }

    /// Cases that have not ended, oldest first.
    pub async fn cases_running(&self, after: Option<Cursor>, limit: u64) -> Result<Page<CaseHead>, Error> {
        let from = after.unwrap_or(Cursor::FIRST);
        let rest = "FROM case_ c WHERE c.ended_at IS NULL AND (c.started_at, c.id) > ($1, $2) \
                    ORDER BY c.started_at, c.id LIMIT $3";
        let values = values![from.key, from.id, fetch_limit(limit)];
        let rows = row::all(self.read(), row::select::<CaseHead>("c", rest), values).await?;
        Ok(Page::cut(rows, limit, |case: &CaseHead| Cursor { key: case.started_at.timestamp_micros(), id: case.id }))
    }

    /// Cases in which an operator must act, of one workflow or of all, those that began first before others.
    pub async fn cases_with_incident(
        &self,
        workflow: Option<&str>,
        after: Option<Cursor>,
        limit: u64,
    ) -> Result<Page<CaseRow>, Error> {
        let from = after.unwrap_or(Cursor::FIRST);
        let rest = "FROM case_ c WHERE c.status = 'incident' AND (c.started_at, c.id) > ($1, $2) \
                    AND ($3 = '' OR c.workflow = $3) ORDER BY c.started_at, c.id LIMIT $4";
        let values = values![from.key, from.id, workflow.unwrap_or_default(), fetch_limit(limit)];
        let rows = row::all(self.read(), row::select::<CaseRow>("c", rest), values).await?;
        Ok(Page::cut(rows, limit, |case: &CaseRow| Cursor { key: case.started_at.timestamp_micros(), id: case.id }))
    }

    /// How many cases of a workflow run and are pinned to a version; for the administrator.
    pub async fn cases_running_on(&self, version: Digest) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM case_ WHERE version = $1 AND ended_at IS NULL";
        Ok(row::cell(self.read(), sql, values![version]).await?.unwrap_or(0))
    }

    /// The encrypted values of a case.
    pub async fn payloads_of_case(&self, case: Uuid) -> Result<Vec<PayloadRow>, Error> {
        let rest = "FROM payload p WHERE p.case_id = $1 ORDER BY p.created_at, p.digest";
        row::all(self.read(), row::select::<PayloadRow>("p", rest), values![case]).await
    }

    /// Encrypted values that an event names.
    pub async fn payload(&self, case: Uuid, digest: Digest) -> Result<Option<PayloadRow>, Error> {
        let rest = "FROM payload p WHERE p.case_id = $1 AND p.digest = $2";
        row::one(self.read(), row::select::<PayloadRow>("p", rest), values![case, digest]).await
    }
}
