//! The audit log as sentences. No value of a record is in an entry, so none can be in a sentence.

use chrono::Timelike;
use definition::{id::FormId, model::Workspace};
use runtime::{AuditRow, cases::CaseLine};
use serde::Deserialize;

use super::{cases, records::Writing};
use crate::{
    i18n::{self, Locale, format::Reading},
    view::{audit::Deed, form::Choice},
};

/// Every kind of deed that is written, with the message that names it.
const KINDS: &[(&str, &str)] = &[
    ("signed_in", "audit-kind-signed-in"),
    ("sign_in_failed", "audit-kind-sign-in-failed"),
    ("signed_out", "audit-kind-signed-out"),
    ("password_changed", "audit-kind-password-changed"),
    ("second_factor_begun", "audit-kind-second-factor-begun"),
    ("second_factor_cancelled", "audit-kind-second-factor-cancelled"),
    ("second_factor_enrolled", "audit-kind-second-factor-enrolled"),
    ("second_factor_removed", "audit-kind-second-factor-removed"),
    ("second_factor_given", "audit-kind-second-factor-given"),
    ("token_made", "audit-kind-token-made"),
    ("token_revoked", "audit-kind-token-revoked"),
    ("records_viewed", "audit-kind-records-viewed"),
    ("records_searched", "audit-kind-records-searched"),
    ("value_revealed", "audit-kind-value-revealed"),
    ("record_created", "audit-kind-record-created"),
    ("record_changed", "audit-kind-record-changed"),
    ("records_imported", "audit-kind-records-imported"),
    ("records_exported", "audit-kind-records-exported"),
    ("password_shown", "audit-kind-password-shown"),
    ("downloaded", "audit-kind-downloaded"),
    ("recalled", "audit-kind-recalled"),
    ("expired", "audit-kind-expired"),
    ("case_started", "audit-kind-case-started"),
    ("event_secret_made", "audit-kind-event-secret-made"),
    ("event_secret_taken_back", "audit-kind-event-secret-taken-back"),
    ("case_viewed", "audit-kind-case-viewed"),
    ("task_claimed", "audit-kind-task-claimed"),
    ("task_released", "audit-kind-task-released"),
    ("approved", "audit-kind-approved"),
    ("rejected", "audit-kind-rejected"),
    ("completed", "audit-kind-completed"),
    ("transferred", "audit-kind-transferred"),
    ("people_named", "audit-kind-people-named"),
    ("delegated", "audit-kind-delegated"),
    ("resolved", "audit-kind-resolved"),
    ("people_added", "audit-kind-people-added"),
    ("person_removed", "audit-kind-person-removed"),
    ("opinion_asked", "audit-kind-opinion-asked"),
    ("question_asked", "audit-kind-question-asked"),
    ("answered", "audit-kind-answered"),
    ("taken_back", "audit-kind-taken-back"),
    ("task_assigned", "audit-kind-task-assigned"),
    ("case_suspended", "audit-kind-case-suspended"),
    ("case_resumed", "audit-kind-case-resumed"),
    ("absence_changed", "audit-kind-absence-changed"),
    ("work_handed_over", "audit-kind-work-handed-over"),
    ("event_delivered", "audit-kind-event-delivered"),
    ("work_passed_on", "audit-kind-work-passed-on"),
    ("case_sent_back", "audit-kind-case-sent-back"),
    ("case_cancelled", "audit-kind-case-cancelled"),
    ("withdrawn", "audit-kind-withdrawn"),
    ("urged", "audit-kind-urged"),
    ("commented", "audit-kind-commented"),
    ("timer_fired", "audit-kind-timer-fired"),
    ("action_failed", "audit-kind-action-failed"),
    ("incident_retried", "audit-kind-incident-retried"),
    ("incident_skipped", "audit-kind-incident-skipped"),
    ("definition_published", "audit-kind-definition-published"),
    ("definition_retired", "audit-kind-definition-retired"),
    ("people_imported", "audit-kind-people-imported"),
    ("audit_viewed", "audit-kind-audit-viewed"),
];

/// What an entry's facts may hold.
#[derive(Default, Deserialize)]
struct Facts {
    #[serde(default)]
    fields: Vec<String>,
    #[serde(default)]
    masked: Vec<String>,
    process: Option<String>,
    /// Said of a definition that was retired, before that had a kind of its own.
    live: Option<bool>,
}

/// The kinds to choose from.
pub fn kinds(locale: Locale) -> Vec<Choice> {
    let choice = |(kind, message): &(&str, &str)| Choice {
        value: (*kind).to_owned(),
        label: i18n::message(locale, message, &[]),
    };
    KINDS.iter().map(choice).collect()
}

/// What was done. The step is that of the task that an entry is about.
pub fn deed(writing: &Writing<'_>, workspace: &Workspace, row: &AuditRow, step: Option<String>) -> Deed {
    let facts: Facts = row.body.read().unwrap_or_default();
    let form = row.register.as_deref().and_then(|register| workspace.forms.get(&FormId::from(register)));
    let form = form.map(AsRef::as_ref);
    let locale = writing.reading.locale;
    let register =
        || form.map_or_else(|| row.register.clone().unwrap_or_default(), |form| form.title.get(locale).clone());
    let labels = |names: &[String]| writing.labels(form, names.iter().map(String::as_str));
    let count = u64::try_from(row.record_count).unwrap_or_default();
    let kind = if facts.live == Some(false) { "definition_retired" } else { row.kind.as_str() };
    match (kind, step) {
        ("signed_in", _) => Deed::SignedIn,
        ("signed_out", _) => Deed::SignedOut,
        ("records_searched", _) => Deed::Searched { register: register(), found: count },
        ("records_viewed", _) if count == 1 && !facts.fields.is_empty() => {
            Deed::Viewed { register: register(), fields: labels(&facts.fields) }
        }
        ("records_viewed", _) => Deed::Listed { register: register(), records: count },
        ("value_revealed", _) => Deed::Revealed { register: register(), field: labels(&facts.fields) },
        ("record_created", _) => Deed::Created { register: register() },
        ("record_changed", _) => Deed::Edited { register: register(), fields: labels(&facts.fields) },
        ("records_exported", _) => {
            let names: Vec<String> = facts.fields.into_iter().chain(facts.masked).collect();
            Deed::Exported { records: count, fields: labels(&names) }
        }
        ("downloaded", _) => Deed::Downloaded { records: count },
        ("password_shown", _) => Deed::PasswordTold,
        ("case_started", _) => Deed::Submitted,
        ("withdrawn", _) => Deed::Withdrew,
        ("approved", Some(step)) => Deed::Approved { step },
        ("rejected", Some(step)) => Deed::Rejected { step },
        ("token_made", _) => Deed::TokenMade,
        (kind @ "records_imported", _) => {
            let about = [("register", register().into()), ("count", count.into())];
            let about = i18n::message(locale, "audit-records", &about);
            Deed::Other { name: other(writing, workspace, (kind, Some(about)), None) }
        }
        (kind, step) => Deed::Other { name: other(writing, workspace, (kind, step), facts.process) },
    }
}

/// The name of a deed, with the step or the process that it is about.
fn other(
    writing: &Writing<'_>,
    workspace: &Workspace,
    (kind, step): (&str, Option<String>),
    process: Option<String>,
) -> String {
    let locale = writing.reading.locale;
    let Some((_, message)) = KINDS.iter().find(|(known, _)| *known == kind) else { return kind.to_owned() };
    let name = i18n::message(locale, message, &[]);
    let process = process.map(|id| cases::process(locale, workspace, &definition::id::WorkflowId::from(id.as_str())));
    match step.or(process) {
        Some(about) => i18n::message(locale, "audit-deed-about", &[("deed", name.into()), ("about", about.into())]),
        None => name,
    }
}

/// The time of day to the second.
pub fn clock(reading: Reading, row: &AuditRow) -> String {
    let local = row.at.with_timezone(&reading.zone);
    format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
}

/// A digest as people compare it: its beginning and its end.
pub fn digest(written: &str) -> String {
    match (written.get(..4), written.get(4..8), written.get(written.len().saturating_sub(4)..)) {
        (Some(first), Some(second), Some(last)) if written.len() > 12 => format!("{first} {second} \u{2026} {last}"),
        (_, _, _) => written.to_owned(),
    }
}

/// The number of a case that somebody typed: `EA-2026-0012`, or the last part alone.
pub fn case_number(typed: &str) -> Option<i64> {
    typed.trim().rsplit('-').next()?.parse().ok().filter(|number| *number > 0)
}

/// Whether what was typed names this case.
pub fn names(typed: &str, case: &CaseLine) -> bool {
    let typed = typed.trim();
    typed.eq_ignore_ascii_case(&cases::number_of(case)) || typed.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn a_case_is_found_by_its_number_or_the_end_of_it() {
        let found = ["EA-2026-0012", " 12 ", "0012", "EA", "", "EA-2026--1", "-0"].map(case_number);
        assert_eq!(found, [Some(12), Some(12), Some(12), None, None, Some(1), None]);
    }

    #[test]
    fn a_digest_is_told_by_its_ends() {
        assert_eq!([digest("8f3a02d1aaaabbbbc21e"), digest("8f3a")], ["8f3a 02d1 \u{2026} c21e", "8f3a"]);
    }

    #[test]
    fn every_kind_that_the_runtime_writes_has_a_name() {
        let mut unnamed = Vec::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder of the workspace") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|suffix| suffix == "rs") {
                    let source = fs::read_to_string(&path).expect("a source file");
                    let written = source.split(".of(\"").skip(1).filter_map(|rest| rest.split('"').next());
                    let missing = written.filter(|kind| KINDS.iter().all(|(known, _)| known != kind));
                    unnamed.extend(missing.map(str::to_owned));
                }
            }
        }
        assert_eq!(unnamed, Vec::<String>::new());
    }
}
