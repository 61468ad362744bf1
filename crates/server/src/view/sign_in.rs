//! The sign-in page: login and password, the second factor after them, and in a demo the people one may be.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::template::{Page, Place};

use super::{LevelTag, Person};

/// The sign-in page. Posts to `/sign-in`: `login` and `password`, or `code`, or `demo_login`; always `csrf_token`, and `next` if there is one.
#[derive(Debug, Clone, Serialize)]
pub struct SignInPage {
    /// The workspace's name.
    pub organisation: String,
    /// What is asked for.
    pub step: Step,
    /// The page to go to afterwards, a path of ours.
    pub next: Option<String>,
    /// Whom one may be with one click; empty outside a demo.
    pub demo_people: Vec<DemoPerson>,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "sign-in.html";
    const PLACE: Place = Place::Elsewhere;
}

/// What the page asks for.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Step {
    /// Login and password.
    Password {
        /// What was typed before, to be corrected.
        login: String,
        /// Why the last try failed.
        refusal: Option<Refusal>,
    },
    /// Six digits from the authenticator.
    SecondFactor {
        /// Whose.
        login: String,
        /// Whether the last code was wrong.
        wrong: bool,
        /// The code that is right just now; in a demo only.
        demo_code: Option<String>,
    },
}

/// Why a try failed. Whether the login exists is not told.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Refusal {
    /// Login and password do not belong together.
    Wrong,
    /// Too many tries.
    RateLimited {
        /// When the next is taken.
        again_at: DateTime<Utc>,
    },
    /// The session ended, by time or because it was ended elsewhere.
    SessionEnded,
}

/// Somebody whom one may be in a demo.
#[derive(Debug, Clone, Serialize)]
pub struct DemoPerson {
    /// What the button posts as `demo_login`.
    pub login: String,
    /// Name and "role · department".
    pub person: Person,
    /// What they may see at most.
    pub level: LevelTag,
    /// What there is to do as them: tasks waiting, or none.
    pub todo: u64,
    /// What they are for in the demo, when no task waits.
    pub part: Option<String>,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/sign_in.rs"]
pub(crate) mod samples;
