//! Who saw and did what, for the auditor: a plain table that is read from the newest.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Person, customers::Pager, form::Choice};
use crate::template::{Page, Place};

/// The audit log.
#[derive(Debug, Clone, Serialize)]
pub struct AuditPage {
    /// What it is narrowed to.
    pub filters: AuditFilters,
    /// Entries, newest first.
    pub rows: Vec<AuditRow>,
    /// Where in the log this page is.
    pub pager: Pager,
    /// Whether any filter is set.
    pub filtered: bool,
}

impl Page for AuditPage {
    const TEMPLATE: &'static str = "audit.html";
    const PLACE: Place = Place::Audit;
}

/// What the log is narrowed to.
#[derive(Debug, Clone, Serialize)]
pub struct AuditFilters {
    /// Whose doing.
    pub person: String,
    /// The kind of deed.
    pub kind: String,
    /// The kinds there are.
    pub kinds: Vec<Choice>,
    /// From a day.
    pub from: String,
    /// Until a day.
    pub until: String,
    /// A case's number.
    pub case: String,
}

/// One entry of the log.
#[derive(Debug, Clone, Serialize)]
pub struct AuditRow {
    /// When.
    pub at: DateTime<Utc>,
    /// The time of day to the second, which an auditor needs.
    pub clock: String,
    /// Who; absent for the machine itself.
    pub who: Option<Person>,
    /// Whom they acted for.
    pub on_behalf: Option<String>,
    /// What.
    pub what: Deed,
    /// In which case.
    pub case: Option<CaseLink>,
    /// From which address.
    pub from: String,
    /// What it is recognised by.
    pub digest: Option<String>,
}

/// A case that an entry belongs to.
#[derive(Debug, Clone, Serialize)]
pub struct CaseLink {
    /// Its number.
    pub number: String,
    /// Its address, if the reader may open it.
    pub url: Option<String>,
}

/// What was done. Each variant is one message, `audit-did-…`. No variant holds a value of a record.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Deed {
    /// Signed in.
    SignedIn,
    /// Failed to sign in.
    SignInFailed {
        /// The login that was tried, if somebody has it.
        login: String,
    },
    /// Signed out.
    SignedOut,
    /// Searched a register.
    Searched {
        /// The register.
        register: String,
        /// How many were found.
        found: u64,
    },
    /// Looked at a list of records.
    Listed {
        /// The register.
        register: String,
        /// How many records were shown in clear.
        records: u64,
    },
    /// Saw a field in clear.
    Revealed {
        /// The register.
        register: String,
        /// The field.
        field: String,
    },
    /// Saw a record.
    Viewed {
        /// The register.
        register: String,
        /// The fields in clear.
        fields: String,
    },
    /// Added a record.
    Created {
        /// The register.
        register: String,
    },
    /// Changed a record.
    Edited {
        /// The register.
        register: String,
        /// The fields.
        fields: String,
    },
    /// Started a case.
    Submitted,
    /// Approved.
    Approved {
        /// The step.
        step: String,
    },
    /// Rejected.
    Rejected {
        /// The step.
        step: String,
    },
    /// Took a case back.
    Withdrew,
    /// A file was made.
    Exported {
        /// How many records.
        records: u64,
        /// The fields.
        fields: String,
    },
    /// Fetched a file.
    Downloaded {
        /// How many records.
        records: u64,
    },
    /// Saw a file's password.
    PasswordTold,
    /// Gave a task to somebody else, by authority.
    Reassigned {
        /// To whom.
        to: String,
    },
    /// A definition went live.
    Published {
        /// Which.
        definition: String,
        /// As which version.
        version: String,
    },
    /// Made a personal token.
    TokenMade,
    /// Set up or removed a second factor.
    SecondFactorChanged,
    /// Something this page has no words for yet.
    Other {
        /// Its name in the log.
        name: String,
    },
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/audit.rs"]
pub mod samples;
