//! What ships is sound.

use std::path::Path;

use definition::{
    diagnostic::{Diagnostic, Severity, codes},
    load::{SourceFile, load, load_people},
};

mod workspace;

#[test]
fn the_shipped_workspace_loads_without_an_error() {
    let loaded = load(&workspace::shipped());
    assert_eq!(loaded.diagnostics, Vec::<Diagnostic>::new());
    let found = loaded.workspace.unwrap();
    let forms: Vec<&str> = found.forms.keys().map(definition::id::FormId::as_str).collect();
    let processes: Vec<&str> = found.processes.keys().map(definition::id::WorkflowId::as_str).collect();
    assert_eq!((forms, processes), (vec!["customer", "export-request"], vec!["export-approval"]));
    assert_eq!((found.settings.calendar.closed.len(), found.settings.calendar.open.len()), (33, 6));
}

#[test]
fn a_file_with_another_ending_is_told_not_to_be_read() {
    let mut files = workspace::shipped();
    files.push(SourceFile { path: "forms/leave.yml".to_owned(), text: b"form: leave".to_vec() });
    let found: Vec<_> = load(&files).diagnostics.iter().map(|one| (one.code, one.severity, one.file.clone())).collect();
    assert_eq!(found, [(codes::STRAY_FILE, Severity::Warning, "forms/leave.yml".to_owned())]);
}

#[test]
fn the_demo_company_loads_without_an_error() {
    let settings = load(&workspace::shipped()).workspace.unwrap().settings;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let loaded = load_people(&settings, &workspace::read(&root, "tests/company/people.yaml"));
    assert_eq!(loaded.diagnostics, Vec::<Diagnostic>::new());
    assert_eq!(loaded.file.map(|file| (file.people.len(), file.departments.len())), Some((40, 9)));
}
