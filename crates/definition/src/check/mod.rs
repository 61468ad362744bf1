//! What is proved about a process before it is published. One file per proof.

mod advice;
mod answers;
mod cleared;
mod conditions;
mod four_eyes;
mod paths;

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, PathStep, Severity, codes},
    load::Loaded,
    model::{Process, StepIndex, Workspace},
    people::Directory,
};

/// Something a proof found, before it knows its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    code: Code,
    severity: Severity,
    /// The step it speaks of; none for the process as a whole.
    step: Option<StepIndex>,
    arguments: BTreeMap<&'static str, String>,
    path: Vec<PathStep>,
}

impl Finding {
    fn of_step(code: Code, step: StepIndex) -> Self {
        Self { code, severity: Severity::Error, step: Some(step), arguments: BTreeMap::new(), path: Vec::new() }
    }

    fn of_process(code: Code) -> Self {
        Self { code, severity: Severity::Error, step: None, arguments: BTreeMap::new(), path: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.arguments.insert(name, value);
        self
    }

    fn with_path(mut self, path: Vec<PathStep>) -> Self {
        self.path = path;
        self
    }

    fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    fn note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }
}

/// Proves what can be proved about every process that was loaded, and adds what was found to what loading found.
///
/// Without a directory *answers* is not checked, and says so.
pub fn check(loaded: &mut Loaded, directory: Option<&Directory>) {
    let Some(workspace) = &loaded.workspace else { return };
    let mut found = Vec::new();
    for process in workspace.processes.values() {
        for finding in findings(workspace, process, directory) {
            found.push(placed(loaded, process, finding));
        }
    }
    loaded.diagnostics.extend(found);
    loaded
        .diagnostics
        .sort_by(|left, right| (&left.file, left.line, left.column).cmp(&(&right.file, right.line, right.column)));
}

fn findings(workspace: &Workspace, process: &Process, directory: Option<&Directory>) -> Vec<Finding> {
    let form = &process.intake;
    let mut findings = four_eyes::check(process, &workspace.settings);
    findings.extend(cleared::check(process, form, &workspace.settings));
    match directory {
        Some(directory) => findings.extend(answers::check((process, form), &workspace.settings, directory)),
        None => findings.push(Finding::of_process(codes::ANSWERS_NOT_CHECKED).note()),
    }
    findings.extend(advice::check(process, form));
    findings
}

fn placed(loaded: &Loaded, process: &Process, finding: Finding) -> Diagnostic {
    let Finding { code, severity, step, arguments, path } = finding;
    let place = loaded.place(&process.id, step.map(|step| &process.step(step).id));
    Diagnostic {
        file: format!("workflows/{}.yaml", process.id),
        line: place.line,
        column: place.column,
        code,
        severity,
        arguments,
        path,
    }
}
