//! What was not as a scenario says, as a sentence.

use std::collections::BTreeSet;

use definition::{form_values::FieldProblem, text::Locale};
use runtime::Refusal;
use scenario::{Failure, Outcome};
use serde::Serialize;
use server::{
    i18n::{self, FluentValue, format::Reading},
    words::refusal,
};

/// A failure as it is told, also in JSON.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Where what does not hold stands.
    line: u32,
    /// What it is, with the line.
    pub text: String,
}

/// The failures of a scenario, in the order of its lines.
pub fn told(outcome: &Outcome, reading: Reading) -> Vec<Told> {
    let mut told: Vec<Told> = match outcome {
        Outcome::Passed => Vec::new(),
        Outcome::Failed { failures } => {
            failures.iter().map(|one| Told { line: line(one), text: sentence(one, reading) }).collect()
        }
    };
    told.sort_by_key(|one| one.line);
    told
}

fn sentence(failure: &Failure, reading: Reading) -> String {
    let locale = reading.locale;
    let line = FluentValue::from(line(failure).to_string());
    let say = |id: &str, more: &[(&str, String)]| {
        let more = more.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str())));
        let arguments: Vec<_> = std::iter::once(("line", line.clone())).chain(more).collect();
        i18n::message(locale, id, &arguments)
    };
    match failure {
        Failure::Differs { key, viewer, expected, actual, .. } => {
            let key = match viewer {
                Some(viewer) => format!("{key} {viewer}"),
                None => key.clone(),
            };
            let id = if key.starts_with("not_") { "test-should-not" } else { "test-differs" };
            say(id, &[("key", key), ("expected", listed(expected, locale)), ("actual", listed(actual, locale))])
        }
        Failure::Refused { login, rejection, .. } => {
            let reason = refusal::sentence(reading, &Refusal::Rejected(rejection.clone()));
            say("test-refused", &[("login", login.to_string()), ("reason", reason)])
        }
        Failure::Problems { problems, .. } => {
            let problems: Vec<String> = problems.iter().map(|problem| problem_told(problem, locale)).collect();
            say("test-problems", &[("problems", problems.join(" "))])
        }
        Failure::Backwards { .. } => say("test-backwards", &[]),
        Failure::NoWorkflow { .. } => say("test-no-workflow", &[]),
    }
}

const fn line(failure: &Failure) -> u32 {
    match failure {
        Failure::Differs { line, .. }
        | Failure::Refused { line, .. }
        | Failure::Problems { line, .. }
        | Failure::Backwards { line }
        | Failure::NoWorkflow { line } => *line,
    }
}

fn listed(words: &BTreeSet<String>, locale: Locale) -> String {
    if words.is_empty() {
        return i18n::message(locale, "test-nothing", &[]);
    }
    words.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn problem_told(problem: &FieldProblem, locale: Locale) -> String {
    let complaint = refusal::complaint(locale, &problem.complaint);
    i18n::message(locale, "test-problem", &[("field", problem.field.as_str().into()), ("complaint", complaint.into())])
}
