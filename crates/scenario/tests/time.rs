//! Starts, calendars and timers of a whole case, shown on workflows of their own: each `*.scenarios.yaml` under
//! `time/workflows` is played against the definitions beside it, with the shipped settings and people.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and stop where one is not as it should be"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use definition::load::{SourceFile, load};
use scenario::{Outcome, Report, read, run};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/time")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of this workspace; what it does not have is the shipped one's.
fn source(path: &str) -> SourceFile {
    let own = folder().join(path);
    let found = if own.exists() { own } else { root().join(path) };
    SourceFile { path: path.to_owned(), text: fs::read(found).unwrap() }
}

/// The paths of the files of a folder of this workspace, in order.
fn listed(below: &str) -> Vec<String> {
    let entries = fs::read_dir(folder().join(below)).unwrap();
    let name = |entry: fs::DirEntry| format!("{below}/{}", entry.file_name().to_str().unwrap());
    let mut paths: Vec<String> =
        entries.map(|entry| name(entry.unwrap())).filter(|path| path.strip_suffix(".yaml").is_some()).collect();
    paths.sort();
    paths
}

#[test]
fn every_scenario_of_starts_and_time_holds() {
    let (scenarios, definitions): (Vec<_>, Vec<_>) =
        listed("workflows").into_iter().partition(|path| path.ends_with(".scenarios.yaml"));
    let mut paths = definitions;
    paths.extend(SHIPPED.map(str::to_owned));
    let loaded = load(&paths.iter().map(|path| source(path)).collect::<Vec<_>>());
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    let workspace = loaded.workspace.unwrap();
    let people = [source("tests/company/people.yaml")];
    let mut failed: Vec<(String, Report)> = Vec::new();
    for path in scenarios {
        let suite = read(&source(&path), &workspace, &people).unwrap_or_else(|found| panic!("{path}: {found:#?}"));
        let reports = run(&suite, &workspace).into_iter();
        failed.extend(reports.filter(|report| report.outcome != Outcome::Passed).map(|report| (path.clone(), report)));
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// What this workspace takes from the one that ships.
const SHIPPED: [&str; 4] = [
    "chancery.yaml",
    "forms/customer.yaml",
    "workflows/calendars/china-closed.ics",
    "workflows/calendars/china-open.ics",
];
