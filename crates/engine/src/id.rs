//! The ids of what a case makes. Each follows from the case, the number of the event that made it and a place within
//! that event, so that replay gives the same ids and each effect has its idempotency key for free.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The place of an event in its case, from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventNumber(pub u32);

impl EventNumber {
    /// The number of the event after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for EventNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// How people call a case; given by the store, counted up over the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseNumber(pub u64);

impl fmt::Display for CaseNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A case; a `UUIDv7` that the runtime draws when somebody sends a request, or made from what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseId(pub Uuid);

impl CaseId {
    /// The id of the case that a happening begins: the same however often it is told of, so that it begins once.
    pub fn of_happening(process: &str, happening: &str) -> Self {
        Self(Uuid::new_v5(&Uuid::new_v5(&HAPPENINGS, process.as_bytes()), happening.as_bytes()))
    }
}

/// The name space of happenings; drawn once, for ever.
const HAPPENINGS: Uuid = Uuid::from_u128(0x6c1d_1a52_7a3e_4d0b_9c55_0f6a_31b8_e2d7);

impl fmt::Display for CaseId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::str::FromStr for CaseId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

macro_rules! derived_id {
    ($($(#[$doc:meta])* $name:ident = $kind:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The id of the thing at this place of this event.
            pub fn derive(case: CaseId, event: EventNumber, ordinal: u16) -> Self {
                let mut name = [$kind, 0, 0, 0, 0, 0, 0];
                name[1..5].copy_from_slice(&event.0.to_be_bytes());
                name[5..].copy_from_slice(&ordinal.to_be_bytes());
                Self(Uuid::new_v5(&case.0, &name))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

derived_id! {
    /// A task; its event is the one that opened it.
    TaskId = b't',
    /// A timer; its event is the one that armed it, so the store need not keep the id.
    TimerId = b'w',
    /// An effect; its event is the one that asked for it.
    EffectId = b'e',
    /// One passage of a case through a step; its event is the one that entered it. It is an action's idempotency key.
    StepRunId = b'r',
}
