//! What is kept, and how it is found again: on SQLite, and on PostgreSQL.
//!
//! [`Store`] is the only thing in the program that names a table. Its inputs and outputs are rows of its own, so that the
//! core does not know how it is kept. Cases change by [`Store::commit`] alone.

mod access;
mod artifact;
mod audit;
mod case;
mod commit;
mod definition;
mod dialect;
mod error;
mod filling;
mod inbox;
mod keyring;
mod lease;
mod migration;
mod notification;
mod page;
mod participation;
mod person;
mod raw;
mod record;
mod record_query;
mod record_set;
mod replay;
mod row;
mod start;
mod store;
mod task;
mod work;

pub use access::{CredentialRow, SessionRow, TokenRow};
pub use artifact::{ARTIFACTS_MAX, ArtifactRow, ArtifactWrite};
pub use audit::{AuditFilter, AuditRow, AuditWrite, UsualSize};
pub use case::{CASES_MAX, CaseHead, CaseRow, CaseStatus, CaseWithValues, EVENTS_MAX, EventRow, PayloadRow};
pub use commit::{CommitError, IdempotencyRow, RecordSet, TaskWrite, Transition};
pub use definition::{DefinitionKind, DefinitionRow};
pub use error::Error;
pub use inbox::{INBOX_COUNTED_MAX, InboxCount, InboxFacet, InboxFilter, InboxItem, WATCHED_MAX};
pub use keyring::{DataKeyRow, KEYS_MAX, KekRow};
pub use lease::LEASE_ROWS_MAX;
pub use notification::{NotificationRow, READ_MAX};
pub use page::{BadCursor, Cursor, PAGE_ROWS_MAX, Page};
pub use person::{DepartmentRow, People, PersonRow, PersonState, RevealRow, RoleRow};
pub use raw::RawRows;
pub use record::{
    Blind, BlindKind, FieldValue, RECORDS_MAX, Record, RecordRow, RecordWrite, RecordWritten, SortKey, Stored,
};
pub use record_query::{Condition, RecordFilter, RowScope, Span};
pub use record_set::CHUNK_IDS;
pub use replay::Counted;
pub use row::{Json, UnknownWord};
pub use start::StartRow;
pub use store::{Config, Store};
pub use task::{Counts, InboxBox, TASKS_MAX, TaskKind, TaskRow, TaskState};
pub use work::{DueTimer, EventWaitRow, OutboxDone, OutboxRow, Progress, TimerRow};
