//! What made a case begin.

use chrono::{DateTime, Utc};
use definition::{
    id::{EventName, FormId, Login},
    model::{PersonChange, RecordChange, Start},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    /// Something else.
    Cause(Cause),
}

/// Every start but a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Cause {
    /// A program asked for it in somebody's name.
    Api {
        /// Whose.
        by: Login,
    },
    /// The time had come.
    Schedule {
        /// When it was to begin.
        at: DateTime<Utc>,
        /// Whether nothing ran then, so that it began later.
        #[serde(default)]
        late: bool,
        /// How many such times before it passed while nothing ran; they are not made up for.
        #[serde(default)]
        skipped: u32,
    },
    /// Something happened outside.
    Event {
        /// What.
        name: EventName,
        /// In whose name a program said so; nobody's where it was signed.
        by: Option<Login>,
    },
    /// A record was entered or changed.
    Record {
        /// The register.
        register: FormId,
        /// The record.
        record: Uuid,
        /// What happened to it.
        change: RecordChange,
    },
    /// Somebody came, went elsewhere in the company, or left.
    Person {
        /// Who.
        login: Login,
        /// Which of these.
        change: PersonChange,
    },
}

impl Origin {
    /// Whose case it is: they see it, may withdraw it, hear of its end, and never decide on it.
    pub const fn requester(&self) -> Option<&Login> {
        match self {
            Self::Request { requester, .. } => Some(requester),
            Self::Cause(Cause::Api { by }) => Some(by),
            Self::Cause(Cause::Event { by, .. }) => by.as_ref(),
            Self::Cause(Cause::Schedule { .. } | Cause::Record { .. } | Cause::Person { .. }) => None,
        }
    }

    /// Whether it is this person's case.
    pub fn is_of(&self, login: &Login) -> bool {
        self.requester() == Some(login)
    }

    /// Whether a process begins like this.
    pub fn fits(&self, start: &Start) -> bool {
        match (self, start) {
            (Self::Request { form, .. }, Start::Form { form: asked, .. }) => form == asked,
            (Self::Cause(Cause::Api { .. }), Start::Api { .. })
            | (Self::Cause(Cause::Schedule { .. }), Start::Schedule(_)) => true,
            (Self::Cause(Cause::Event { name, .. }), Start::Event { name: awaited, .. }) => name == awaited,
            (Self::Cause(Cause::Record { register, change, .. }), Start::Record { register: of, when, .. }) => {
                register == of && change == when
            }
            (Self::Cause(Cause::Person { change, .. }), Start::Person { when }) => change == when,
            (
                Self::Request { .. }
                | Self::Cause(
                    Cause::Api { .. }
                    | Cause::Schedule { .. }
                    | Cause::Event { .. }
                    | Cause::Record { .. }
                    | Cause::Person { .. },
                ),
                _,
            ) => false,
        }
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

impl TryFrom<Wire> for Origin {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        match (wire.cause, wire.form, wire.requester) {
            (Some(cause), ..) => Ok(Self::Cause(cause)),
            (None, Some(form), Some(requester)) => Ok(Self::Request { form, requester }),
            (None, ..) => Err("a case that nothing made begin"),
        }
    }
}

impl From<Origin> for Wire {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Request { form, requester } => Self { form: Some(form), requester: Some(requester), cause: None },
            Origin::Cause(cause) => Self { form: None, requester: None, cause: Some(cause) },
        }
    }
}
