//! Incidents, for operators: what cannot go on alone, and what they may do about it. No value of a request stands here.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{customers::Pager, form::Choice, inbox::Asker};
use crate::template::{Page, Place};

/// The open incidents, those of the oldest cases first.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentsPage {
    /// What the list is narrowed to.
    pub filters: IncidentFilters,
    /// One line for each incident.
    pub rows: Vec<IncidentRow>,
    /// Where in the list this page is.
    pub pager: Pager,
    /// Whether any filter is set.
    pub filtered: bool,
}

impl Page for IncidentsPage {
    const TEMPLATE: &'static str = "incidents.html";
    const PLACE: Place = Place::Incidents;
}

/// What incidents are narrowed to.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentFilters {
    /// The process.
    pub process: String,
    /// The processes there are.
    pub processes: Vec<Choice>,
    /// The kind of cause.
    pub cause: String,
    /// The kinds there are.
    pub causes: Vec<Choice>,
}

/// One incident in the list.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentRow {
    /// Its page.
    pub url: String,
    /// The number people call the case by.
    pub number: String,
    /// The process.
    pub process: String,
    /// The step that cannot go on.
    pub step: String,
    /// Why, as a sentence.
    pub cause: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// How many attempts there were.
    pub attempts: u32,
    /// Who asked.
    pub requester: Asker,
}

/// The incidents of one case.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentPage {
    /// The case's id.
    pub id: String,
    /// The number people call it by.
    pub number: String,
    /// The process.
    pub process: String,
    /// Who asked.
    pub requester: Asker,
    /// What they see of it meanwhile.
    pub told: String,
    /// What is open; empty once everything was seen to.
    pub incidents: Vec<IncidentShown>,
}

impl Page for IncidentPage {
    const TEMPLATE: &'static str = "incident.html";
    const PLACE: Place = Place::Incidents;
}

/// One incident, and what may be done about it.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentShown {
    /// The passage through the step.
    pub run: String,
    /// The step.
    pub step: String,
    /// Why, as a sentence.
    pub cause: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// How many attempts there were.
    pub attempts: u32,
    /// The attempts that failed.
    pub failed: Vec<AttemptShown>,
    /// What trying again will do; absent where the operator may not.
    pub retry: Option<String>,
    /// What going on without it will do; absent where that may not be.
    pub skip: Option<String>,
    /// Why the operator may not go on without it, or may do nothing.
    pub refused: Option<String>,
    /// What was typed.
    pub reason: String,
    /// Whether a reason was missing.
    pub reason_missing: bool,
}

/// An attempt that failed.
#[derive(Debug, Clone, Serialize)]
pub struct AttemptShown {
    /// When.
    pub at: DateTime<Utc>,
    /// Which.
    pub number: u32,
    /// Why, as a sentence.
    pub why: String,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/incidents.rs"]
mod samples;
