//! Cases as readers see them in lists: what is asked for, its number, and what became of it.

use definition::{
    id::{Login, OutcomeName, WorkflowId},
    level::Level,
    model::{Process, Settings, Start, Workspace},
    people::Directory,
};
use runtime::{
    CaseSummary,
    cases::{self, CaseLine},
};

use crate::{
    i18n::{self, FluentValue, Locale, format::Reading},
    view::{
        LevelTag, Outcome, Tone,
        inbox::{Asker, Size},
    },
};

/// A level with the workspace's name for it.
pub fn level_tag(locale: Locale, settings: &Settings, level: Level) -> LevelTag {
    LevelTag { rank: level as u8, title: settings.level(level).title.get(locale).clone() }
}

/// The levels of a case, least protected first.
pub fn level_tags(locale: Locale, settings: &Settings, summary: &CaseSummary) -> Vec<LevelTag> {
    summary.levels.iter().map(|level| level_tag(locale, settings, *level)).collect()
}

/// The name of a process that is live, or the id of one that no longer is.
pub fn process(locale: Locale, workspace: &Workspace, id: &WorkflowId) -> String {
    workspace.processes.get(id).map_or_else(|| id.to_string(), |process| process.title.get(locale).clone())
}

/// What is asked for: the process, and how many records it is about.
pub fn title(locale: Locale, process: &str, summary: &CaseSummary) -> String {
    match summary.records {
        Some(records) => {
            i18n::message(locale, "case-title", &[("process", process.into()), ("count", FluentValue::from(records))])
        }
        None => process.to_owned(),
    }
}

/// How many records a case is about.
pub fn size(locale: Locale, summary: &CaseSummary) -> Option<Size> {
    let count = summary.records?;
    Some(Size { count, unit: i18n::message(locale, "case-size-unit", &[("count", FluentValue::from(count))]) })
}

/// A case's number in a list.
pub fn number_of(line: &CaseLine) -> String {
    cases::number(&line.process, line.started_at, line.number)
}

/// What became of a case, or who has it.
pub fn outcome(reading: Reading, line: &CaseLine, holders: &[String]) -> Outcome {
    let say = |tone, id: &str, arguments: &i18n::Arguments<'_>| Outcome {
        tone,
        sentence: i18n::message(reading.locale, id, arguments),
    };
    match line.outcome.as_ref().map(OutcomeName::as_str) {
        Some("approved") => say(Tone::Approved, "case-outcome-approved", &[]),
        Some("rejected") => say(Tone::Rejected, "case-outcome-rejected", &[]),
        Some("cancelled") => say(Tone::Withdrawn, "case-outcome-cancelled", &[]),
        Some(other) => say(Tone::Machine, "case-outcome-other", &[("outcome", other.into())]),
        None if line.has_incident => say(Tone::Incident, "case-outcome-incident", &[]),
        None if holders.is_empty() => say(Tone::Machine, "case-outcome-machine", &[]),
        None => say(Tone::Waiting, "case-outcome-waiting", &[("people", joined(reading.locale, holders).into())]),
    }
}

/// Names one after the other, as the language writes lists.
pub fn joined(locale: Locale, names: &[String]) -> String {
    let separator = match locale {
        Locale::ZhCn => "\u{3001}",
        Locale::En => ", ",
    };
    names.join(separator)
}

/// A step's name, or its id if the version that had it is gone.
pub fn step(locale: Locale, process: Option<&Process>, id: &str) -> String {
    let step = process.and_then(|process| process.step_by_id(id));
    step.map_or_else(|| id.to_owned(), |(_, step)| step.title.get(locale).clone())
}

/// Who asks, or which rule of the process began the case by itself.
pub fn asker(locale: Locale, directory: &Directory, (process, requester): (Option<&Process>, Option<&Login>)) -> Asker {
    match requester {
        Some(login) => Asker::Person { person: super::people::person(locale, directory, login) },
        None => Asker::Machine { reason: begun_by(locale, process) },
    }
}

/// What makes cases of a process begin, in two words.
fn begun_by(locale: Locale, process: Option<&Process>) -> String {
    let id = match process.map(|process| &process.start) {
        Some(Start::Api { .. }) => "began-api",
        Some(Start::Schedule(_)) => "began-schedule",
        Some(Start::Event { .. }) => "began-event",
        Some(Start::Record { .. }) => "began-record",
        Some(Start::Person { .. }) => "began-person",
        Some(Start::Form { .. }) | None => "began-rule",
    };
    i18n::message(locale, id, &[])
}
