//! What went wrong, as a page: what it is, what to do, and a number for the administrator.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::template::{Page, Place};

/// A page for a request that could not be answered otherwise.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemPage {
    /// What went wrong.
    pub problem: Problem,
    /// The request's number: links what a person tells with what the log holds.
    pub number: String,
}

impl Page for ProblemPage {
    const TEMPLATE: &'static str = "problem.html";
    const PLACE: Place = Place::Elsewhere;
}

/// What went wrong.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// 400: the request makes no sense; a stale form, a broken link.
    Malformed,
    /// 403: not allowed, and what would make it possible.
    Forbidden {
        /// Sentences, in the reader's language.
        reasons: Vec<String>,
    },
    /// 403: the form came from elsewhere, or is too old.
    Forged,
    /// 404: there is nothing here that the reader may see.
    Missing,
    /// 405: this address takes another method.
    MethodRefused,
    /// 409: somebody else was first.
    Conflict {
        /// A sentence, in the reader's language.
        sentence: String,
        /// The case to look at again.
        case: Option<String>,
    },
    /// 413: too much was sent.
    TooLarge,
    /// 422: values that cannot be taken, where no form can show them.
    Invalid {
        /// Sentences, in the reader's language.
        reasons: Vec<String>,
    },
    /// 429: too often.
    TooOften {
        /// When the next is taken.
        again_at: DateTime<Utc>,
    },
    /// 500: our fault.
    Ours,
    /// 503: not ready, or too much to do.
    Busy,
}

impl Problem {
    /// The status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Forbidden { .. } | Self::Forged => 403,
            Self::Missing => 404,
            Self::MethodRefused => 405,
            Self::Conflict { .. } => 409,
            Self::TooLarge => 413,
            Self::Invalid { .. } => 422,
            Self::TooOften { .. } => 429,
            Self::Ours => 500,
            Self::Busy => 503,
        }
    }
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/problem.rs"]
mod samples;
