//! Incidents in words: why a step cannot go on, and what an operator's act will do.

use engine::event::{ActionFailure, IncidentCause};
use runtime::incidents::{CauseKind, IncidentDetail};

use crate::{
    i18n::{self, Locale},
    view::form::Choice,
};

/// Why an action failed.
pub fn failure(locale: Locale, failure: ActionFailure) -> String {
    let id = match failure {
        ActionFailure::Unavailable => "incident-failure-unavailable",
        ActionFailure::RecordsChanged => "incident-failure-records-changed",
        ActionFailure::NotAsApproved => "incident-failure-not-as-approved",
        ActionFailure::TooLarge => "incident-failure-too-large",
        ActionFailure::TimedOut => "incident-failure-timed-out",
        ActionFailure::Interrupted => "incident-failure-interrupted",
        ActionFailure::Internal => "incident-failure-internal",
    };
    i18n::message(locale, id, &[])
}

/// Why a step cannot go on.
pub fn cause(locale: Locale, cause: &IncidentCause) -> String {
    let id = match cause {
        IncidentCause::ActionFailed { failure: reason } => return failure(locale, *reason),
        IncidentCause::NobodyToName => "incident-cause-nobody",
        IncidentCause::ExpressionFailed => "incident-cause-expression",
        IncidentCause::MessageFailed => "incident-cause-message",
        IncidentCause::Limit => "incident-cause-limit",
        IncidentCause::UndoGivenUp => "incident-cause-undo",
    };
    i18n::message(locale, id, &[])
}

/// The kinds of causes to choose from.
pub fn kinds(locale: Locale) -> Vec<Choice> {
    let choice = |kind: CauseKind| {
        let id = match kind {
            CauseKind::ActionFailed => "incident-kind-failed",
            CauseKind::Interrupted => "incident-kind-interrupted",
            CauseKind::Process => "incident-kind-process",
        };
        Choice { value: kind.as_str().to_owned(), label: i18n::message(locale, id, &[]) }
    };
    CauseKind::ALL.into_iter().map(choice).collect()
}

/// What trying again will do.
pub fn retry(locale: Locale, detail: &IncidentDetail, step: &str) -> String {
    let is_unknown = CauseKind::of(&detail.incident.cause) == CauseKind::Interrupted;
    let id = match (detail.is_action, is_unknown) {
        (true, true) => "incident-retry-unknown",
        (true, false) => "incident-retry-action",
        (false, _) => "incident-retry-step",
    };
    i18n::message(locale, id, &[("step", step.into())])
}

/// What going on without it will do.
pub fn skip(locale: Locale, step: &str) -> String {
    i18n::message(locale, "incident-skip-does", &[("step", step.into())])
}
