//! What surrounds every page: language, theme, the navigation with its counts, and what has just happened.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::i18n::{Locale, format::Reading};

use super::Person;

/// What surrounds a page, for one reader at one moment.
#[derive(Debug, Clone, Serialize)]
pub struct Shell {
    /// The reader's language.
    pub locale: Locale,
    /// Light, dark, or as their system says.
    pub theme: Theme,
    /// The reader's time zone.
    pub zone: Tz,
    /// The moment of reading.
    pub now: DateTime<Utc>,
    /// Goes into every form as the hidden field `csrf_token`.
    pub csrf_token: String,
    /// Path and query of this page: where to come back to after a change of language or theme.
    pub path: String,
    /// Who is signed in; nobody on the sign-in page.
    pub account: Option<Account>,
    /// What has just happened, told once.
    pub banner: Option<Banner>,
}

impl Shell {
    /// Where and when this reader reads, for texts about time.
    pub const fn reading(&self) -> Reading {
        Reading { locale: self.locale, zone: self.zone, now: self.now }
    }
}

/// Whoever is signed in, and what the bar shows them.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    /// Name and department.
    pub person: Person,
    /// How many tasks wait for them.
    pub todo: u64,
    /// How many notifications they have not read.
    pub unread: u64,
    /// The registers that they may open.
    pub registers: Vec<Register>,
    /// Whether incidents are theirs to see to.
    pub incidents: bool,
    /// Whether they may read the audit.
    pub audit: bool,
}

/// A register in the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct Register {
    /// The form, which its address is made of.
    pub form: String,
    /// Its name.
    pub title: String,
}

/// The colours of the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the reader's system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What has just happened to what the reader is looking at.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Banner {
    /// What the reader did was done.
    Done {
        /// A sentence, in the reader's language.
        sentence: String,
    },
    /// Somebody else decided first.
    DoneElsewhere {
        /// Who did.
        by: String,
    },
    /// What was to be decided has changed; it must be read again.
    ChangedMeanwhile {
        /// Who changed it.
        by: String,
        /// When.
        at: DateTime<Utc>,
    },
    /// What the reader asked for cannot be, and why.
    Refused {
        /// A sentence, in the reader's language, that says what would make it possible.
        sentence: String,
    },
    /// Accepted, and being carried out later than usual.
    Delayed {
        /// A sentence, in the reader's language.
        sentence: String,
    },
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/shell.rs"]
pub mod samples;
