//! What the requester receives.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Control;

/// What the requester receives, or waits for.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Delivery {
    /// The file is being made.
    Making {
        /// Records written.
        done: u64,
        /// Records in all.
        total: u64,
        /// Whether it was interrupted and begun anew.
        again: bool,
    },
    /// The file can be fetched.
    Ready {
        /// The artifact, which the form's addresses are made of.
        artifact: String,
        /// Its name.
        name: String,
        /// Its size.
        size: String,
        /// What opens it.
        password: Password,
        /// How often it can still be fetched.
        copies_left: u32,
        /// How often it could be fetched at first.
        copies: u32,
        /// Until when.
        expires: DateTime<Utc>,
        /// To fetch it.
        download: Control,
    },
    /// It was fetched as often as was approved.
    Spent {
        /// How often.
        copies: u32,
    },
    /// Its time has passed.
    Expired {
        /// When.
        at: DateTime<Utc>,
    },
    /// Somebody took it back before it was fetched.
    Recalled {
        /// Who.
        who: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// Approved, and tried again and again.
    Delayed {
        /// When the next attempt is made.
        next: DateTime<Utc>,
        /// How often it was tried.
        attempts: u32,
    },
    /// Approved, and stopped until an operator acts.
    Incident {
        /// The number to name to an administrator.
        number: String,
    },
}

/// The password of a file, which is told once.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Password {
    /// It opens without.
    None,
    /// It has not been told yet.
    Waiting,
    /// Here it is, this once.
    Told {
        /// It.
        value: String,
    },
    /// It was told.
    Gone {
        /// When.
        at: DateTime<Utc>,
    },
}

impl std::fmt::Debug for Password {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::Waiting => "Waiting",
            Self::Told { .. } => "Told",
            Self::Gone { .. } => "Gone",
        })
    }
}
