//! What people are told, as sentences. Nothing personal: names of colleagues, steps, numbers of cases.

use definition::model::Workspace;
use engine::effect::Notice;
use runtime::{cases::CaseLine, notices::Told};

use super::cases;
use crate::{
    i18n::{self, Locale, format::Reading},
    view::notifications::Kind,
};

/// A notification's kind, title and second line.
pub fn told(
    reading: Reading,
    workspace: &Workspace,
    told: &Told,
    case: Option<&CaseLine>,
) -> (Kind, String, Option<String>) {
    let Some((notice, case)) = told.notice.as_ref().zip(case) else {
        let errors = told.row.body.read::<Refused>().map(|refused| refused.errors).unwrap_or_default();
        let title = i18n::message(reading.locale, "notice-definition-refused", &[("errors", errors.into())]);
        return (Kind::Incident, title, None);
    };
    let process = workspace.processes.get(&case.process).map(AsRef::as_ref);
    let step = |id: &definition::id::StepId| cases::step(reading.locale, process, id.as_str());
    let about = cases::title(reading.locale, &cases::process(reading.locale, workspace, &case.process), &case.summary);
    let number = cases::number_of(case);
    let say = |id: &str, arguments: &i18n::Arguments<'_>| i18n::message(reading.locale, id, arguments);
    let (kind, title) = match notice {
        Notice::TaskAssigned { step: at, .. } => (Kind::Task, say("notice-task", &[("step", step(at).into())])),
        Notice::Reminder { step: at, due_at, .. } if *due_at > reading.now => {
            let arguments = [("step", step(at).into()), ("left", reading.left(*due_at).into())];
            (Kind::Reminder, say("notice-reminder", &arguments))
        }
        Notice::Reminder { step: at, due_at, .. } => {
            let arguments = [("step", step(at).into()), ("due", reading.moment(*due_at).into())];
            (Kind::Reminder, say("notice-overdue", &arguments))
        }
        Notice::Escalated { step: at, due_at } => {
            let arguments = [("step", step(at).into()), ("due", reading.moment(*due_at).into())];
            (Kind::Escalation, say("notice-escalated", &arguments))
        }
        Notice::Urged { step: at } => (Kind::Reminder, say("notice-urged", &[("step", step(at).into())])),
        Notice::Message { text, .. } => (Kind::Notice, text.get(reading.locale).clone()),
        Notice::Ended { outcome } => ended(reading.locale, outcome.as_str()),
        Notice::Delayed { step: at } => (Kind::Notice, say("notice-delayed", &[("step", step(at).into())])),
        Notice::Incident { step: at, .. } => (Kind::Incident, say("notice-incident", &[("step", step(at).into())])),
        Notice::Withdrawn => (Kind::Returned, say("notice-withdrawn", &[])),
        Notice::Commented => (Kind::Comment, say("notice-commented", &[])),
        Notice::Answered { step: at, .. } => (Kind::Comment, say("notice-answered", &[("step", step(at).into())])),
        Notice::TakenBack { step: at } => (Kind::Returned, say("notice-taken-back", &[("step", step(at).into())])),
    };
    (kind, title, Some(format!("{about} · {number}")))
}

fn ended(locale: Locale, outcome: &str) -> (Kind, String) {
    match outcome {
        "approved" => (Kind::Approved, i18n::message(locale, "notice-approved", &[])),
        "rejected" => (Kind::Rejected, i18n::message(locale, "notice-rejected", &[])),
        "cancelled" => (Kind::Returned, i18n::message(locale, "notice-withdrawn", &[])),
        other => (Kind::Notice, i18n::message(locale, "notice-ended", &[("outcome", other.into())])),
    }
}

#[derive(serde::Deserialize)]
struct Refused {
    errors: usize,
}
