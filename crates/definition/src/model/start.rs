//! How a case begins.

use chrono::{NaiveTime, Weekday};

use crate::{
    expression::Expression,
    id::{EventName, FormId},
    model::Selector,
};

/// How a case begins.
#[derive(Debug, Clone)]
pub enum Start {
    /// Somebody sends a form.
    Form {
        /// The request form.
        form: FormId,
        /// Who may send it.
        by: Selector,
    },
    /// A program asks for it, in somebody's name.
    Api {
        /// In whose name; whoever may change the settings if the definition does not say.
        by: Option<Selector>,
    },
    /// The time has come.
    Schedule(Schedule),
    /// Something happened outside, and a program says so: signed, or in somebody's name.
    Event {
        /// What.
        name: EventName,
        /// In whose name without a signature; whoever may change the settings if the definition does not say.
        by: Option<Selector>,
    },
    /// A record was entered or changed.
    Record {
        /// In which register.
        register: FormId,
        /// What happened to it.
        when: RecordChange,
        /// Only where this holds of it.
        condition: Option<Expression>,
    },
    /// Somebody came, went elsewhere in the company, or left.
    Person {
        /// Which of these.
        when: PersonChange,
    },
}

impl Start {
    /// Whether somebody sends a form, whom expressions and selectors may speak of.
    pub const fn has_requester(&self) -> bool {
        matches!(self, Self::Form { .. })
    }

    /// Whether somebody may stand behind a case, who then never decides on it alone.
    pub const fn may_be_somebodys(&self) -> bool {
        match self {
            Self::Form { .. } | Self::Api { .. } | Self::Event { .. } => true,
            Self::Schedule(_) | Self::Record { .. } | Self::Person { .. } => false,
        }
    }

    /// What expressions call the values that a case begins with.
    pub const fn values_are_called(&self) -> Option<&'static str> {
        match self {
            Self::Form { .. } => Some("request"),
            Self::Event { .. } => Some("event"),
            Self::Record { .. } => Some("record"),
            Self::Person { .. } => Some("person"),
            Self::Api { .. } | Self::Schedule(_) => None,
        }
    }
}

/// The field that holds whom a `person` start is about.
pub const PERSON_FIELD: &str = "person";

/// The field that holds the one record of a `record` start, as a set.
pub const RECORDS_FIELD: &str = "records";

/// When cases begin by themselves, on the clock of the workspace.
#[derive(Debug, Clone)]
pub enum Schedule {
    /// As a cron line says.
    Cron(Box<croner::Cron>),
    /// On certain days at a time.
    Every {
        /// On which.
        days: Days,
        /// When.
        at: NaiveTime,
    },
}

/// The days of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Each.
    All,
    /// Each that the working calendar has open.
    Working,
    /// One of each week.
    Week(Weekday),
    /// One of each month; a month without it has it on its last day.
    Month(u32),
}

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordChange {
    /// It was entered.
    Created,
    /// It was changed.
    Changed,
}

/// What happened to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonChange {
    /// They came, or came back.
    Joined,
    /// Their department or manager is another.
    Moved,
    /// They left.
    Left,
}
