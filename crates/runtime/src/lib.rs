//! Carries decisions out, durably: the operations that pages, the API, the command line and the workers all call.
//!
//! [`Application`] is where everything begins. Operations take a [`Viewer`](viewer::Viewer) and answer with data that
//! is already under policy, or with a [`Refusal`] that a person is told.

pub mod absence;
mod action;
pub mod application;
pub mod artifacts;
pub mod audit;
pub mod cases;
pub mod clock;
pub mod definitions;
pub mod error;
mod execute;
pub mod identity;
pub mod incidents;
pub mod keys;
pub mod notices;
pub mod once;
mod payload;
pub mod people;
pub mod records;
pub mod replay;
mod shared;
pub mod starts;
pub mod tasks;
pub mod viewer;
pub mod worker;

pub use application::{Application, Settings};
pub use error::{Error, Outcome, Refusal};
pub use execute::{CaseSummary, Executed};
pub use store::{
    ArtifactRow, AuditFilter, AuditRow, BadCursor, Counts, Cursor, InboxBox, InboxCount, InboxFacet, InboxFilter,
    NotificationRow, Page, Progress, SessionRow, Span, TaskKind, TaskRow, TaskState, TokenRow, UsualSize,
};
