//! Who is asking, and from where.

use std::{fmt, net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use definition::{id::Login, people::Person, text::Locale};
use uuid::Uuid;
use vault::Digest;

use crate::once::Once;

/// A signed-in person, as every operation knows them.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The person as the directory had them when the request began.
    pub person: Arc<Person>,
    /// The language they read.
    pub locale: Locale,
    /// Where the request came from.
    pub origin: Origin,
    /// How they signed in.
    pub through: Through,
    /// The key under which what they ask is done once, if it came with one.
    pub once: Option<Once>,
}

/// How a viewer proved who they are.
#[derive(Clone, PartialEq, Eq)]
pub enum Through {
    /// A session of the browser or of `POST /sign-in`.
    Session {
        /// The digest of its secret, by which it is kept.
        hash: Digest,
        /// What its forms prove that they came from it.
        csrf: String,
        /// When a second factor was last given in it.
        second_factor_at: Option<DateTime<Utc>>,
    },
    /// A personal token; carries no second factor.
    Token {
        /// Its row.
        id: Uuid,
    },
}

/// What forms prove themselves by stays out of logs.
impl fmt::Debug for Through {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session { second_factor_at, .. } => {
                formatter.debug_struct("Session").field("second_factor_at", second_factor_at).finish_non_exhaustive()
            }
            Self::Token { id } => formatter.debug_struct("Token").field("id", id).finish(),
        }
    }
}

/// Where a request came from; recorded with what it did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address, if there is one.
    pub address: Option<IpAddr>,
}

impl Viewer {
    /// The same viewer asking for something that is done once.
    #[must_use]
    pub fn once(self, once: Option<Once>) -> Self {
        Self { once, ..self }
    }

    /// Their sign-in name.
    pub fn login(&self) -> &Login {
        &self.person.login
    }
}
