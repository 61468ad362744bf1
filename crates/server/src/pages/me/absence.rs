//! When somebody is away, as the page "me" shows it.

use chrono::NaiveDate;
use definition::{
    id::{Login, WorkflowId},
    level::Level,
    people::{Absence, Directory, PersonStatus},
};
use runtime::viewer::Viewer;

use crate::{
    http::answer::Visit,
    i18n,
    view::{
        form::Choice,
        me::{self, AbsenceTyped, Absences},
    },
    words,
};

/// What was typed, if its days are days and its deputy is somebody.
pub fn read(directory: &Directory, typed: &AbsenceTyped) -> Option<Absence> {
    let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
    let process = Some(typed.process.trim()).filter(|process| !process.is_empty());
    Some(Absence {
        from: day(&typed.from)?,
        until: day(&typed.until)?,
        deputy: somebody(directory, typed.deputy.trim())?,
        processes: process.map(WorkflowId::from).into_iter().collect(),
        up_to: Level::parse(typed.up_to.trim()),
    })
}

/// The person of this login, or of this name if only one has it.
fn somebody(directory: &Directory, named: &str) -> Option<Login> {
    if let Some(person) = directory.person(named) {
        return Some(person.login.clone());
    }
    let of_name = |person: &&definition::people::Person| person.name == named && person.status == PersonStatus::Active;
    let mut found = directory.people().filter(of_name);
    let first = found.next()?;
    found.next().is_none().then(|| first.login.clone())
}

/// The section of the page.
pub fn view(visit: &Visit, viewer: &Viewer, told: Option<(AbsenceTyped, String)>) -> Absences {
    let application = &visit.state.application;
    let directory = application.directory();
    let live = application.processes();
    let title = |process: &WorkflowId| {
        let known = live.iter().find(|(id, _)| id == process);
        known.map_or_else(|| process.to_string(), |(_, title)| title.get(visit.locale).clone())
    };
    let reading = visit.reading();
    let today = reading.now.with_timezone(&reading.zone).date_naive();
    let absences = application.absences(viewer);
    let is_today = |absence: &Absence| absence.from <= today && today <= absence.until;
    let said = absences.iter().enumerate().map(|(place, absence)| {
        let level = absence
            .up_to
            .map(|level| i18n::message(visit.locale, "me-absence-up-to", &[("level", level.to_string().into())]));
        me::Absence {
            place,
            from: absence.from,
            until: absence.until,
            deputy: words::people::person(visit.locale, &directory, &absence.deputy),
            narrowed: absence.processes.iter().map(title).chain(level).collect(),
            over: absence.until < today,
        }
    });
    let workspace = application.workspace().ok();
    let level_named = |level: Level| match &workspace {
        Some(workspace) => format!("{level} {}", workspace.settings.level(level).title.get(visit.locale)),
        None => level.to_string(),
    };
    let (typed, wrong) = told.map_or_else(Default::default, |(typed, wrong)| (typed, Some(wrong)));
    Absences {
        said: said.collect(),
        processes: live
            .iter()
            .map(|(id, title)| Choice { value: id.to_string(), label: title.get(visit.locale).clone() })
            .collect(),
        levels: Level::ALL
            .into_iter()
            .map(|level| Choice { value: level.to_string(), label: level_named(level) })
            .collect(),
        typed,
        wrong,
        today: absences.iter().any(is_today),
    }
}
