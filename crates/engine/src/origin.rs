//! What made a case begin.

use definition::id::{FormId, Login};
use serde::{Deserialize, Serialize};

/// What made a case begin, with what is known of it then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum Origin {
    /// Somebody sent a form.
    Request {
        /// The form.
        form: FormId,
        /// Who.
        requester: Login,
    },
    /// A program asked for it in somebody's name.
    Api {
        /// Whose.
        by: Login,
    },
}

impl Origin {
    /// Whose case it is: they see it, may withdraw it, hear of its end, and never decide on it.
    pub const fn requester(&self) -> Option<&Login> {
        match self {
            Self::Request { requester, .. } => Some(requester),
            Self::Api { by } => Some(by),
        }
    }

    /// Whether it is this person's case.
    pub fn is_of(&self, login: &Login) -> bool {
        self.requester() == Some(login)
    }
}

/// How events and snapshots write it: those from before there were other starts name a form and who sent it.
#[derive(Serialize, Deserialize)]
struct Wire {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<FormId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requester: Option<Login>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<Cause>,
}

/// Every start but a form.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Cause {
    Api { by: Login },
}

impl TryFrom<Wire> for Origin {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        match (wire.cause, wire.form, wire.requester) {
            (Some(Cause::Api { by }), ..) => Ok(Self::Api { by }),
            (None, Some(form), Some(requester)) => Ok(Self::Request { form, requester }),
            (None, ..) => Err("a case that nothing made begin"),
        }
    }
}

impl From<Origin> for Wire {
    fn from(origin: Origin) -> Self {
        let cause = |cause| Self { form: None, requester: None, cause: Some(cause) };
        match origin {
            Origin::Request { form, requester } => Self { form: Some(form), requester: Some(requester), cause: None },
            Origin::Api { by } => cause(Cause::Api { by }),
        }
    }
}
