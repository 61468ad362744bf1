//! How several people decide together and what people do with their tasks: the workspace beside this file is sound, and
//! every scenario in it holds.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and stop where one is not as it should be"
)]

use std::{fs, path::Path};

use definition::load::{SourceFile, load};
use scenario::{Outcome, read, run};

/// Every file of the workspace, by its path in it.
fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workspace");
    let mut files = Vec::new();
    for folder in ["", "forms", "workflows"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                files.push(SourceFile { path: name, text: fs::read(&path).unwrap() });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

#[test]
fn every_scenario_of_the_workspace_holds() {
    let (scenarios, files): (Vec<_>, Vec<_>) =
        files().into_iter().partition(|file| file.path.ends_with(".scenarios.yaml"));
    let is_of_people = |file: &SourceFile| ["people.yaml", "absent.yaml"].contains(&file.path.as_str());
    let (beside, files): (Vec<_>, Vec<_>) = files.into_iter().partition(is_of_people);
    let loaded = load(&files);
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    let workspace = loaded.workspace.unwrap();
    let mut failed = Vec::new();
    let mut played = 0;
    for file in &scenarios {
        let suite = read(file, &workspace, &beside).unwrap_or_else(|found| panic!("{}: {found:#?}", file.path));
        let reports = run(&suite, &workspace);
        played += reports.len();
        let wrong = reports.into_iter().filter(|report| report.outcome != Outcome::Passed);
        failed.extend(wrong.map(|report| (file.path.clone(), report)));
    }
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(played >= 15, "{played} scenarios were played");
}
