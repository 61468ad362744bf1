//! The scenarios that ship, and those in the language's reference, hold on the engine as it is.

use definition::{
    load::{SourceFile, load},
    model::Workspace,
};
use scenario::{Outcome, Report, read, run};

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        vec![$(SourceFile { path: $path.to_owned(), text: include_bytes!(concat!("../../../", $path)).to_vec() }),*]
    };
}

/// How a line of the reference says that a whole file follows.
const FILE_MARK: &str = "# file: ";

fn shipped() -> Vec<SourceFile> {
    files![
        "chancery.yaml",
        "forms/customer.yaml",
        "forms/export-request.yaml",
        "workflows/export-approval.yaml",
        "workflows/calendars/china-closed.ics",
        "workflows/calendars/china-open.ics",
    ]
}

/// The files that stand as examples in a page of the reference.
fn examples(page: &str) -> Vec<SourceFile> {
    let blocks = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let named = blocks.filter_map(|block| {
        let path = block.lines().next()?.strip_prefix(FILE_MARK)?;
        Some(SourceFile { path: path.trim().to_owned(), text: block.as_bytes().to_vec() })
    });
    named.collect()
}

fn sound(files: &[SourceFile]) -> Workspace {
    let loaded = load(files);
    assert!(!loaded.has_errors(), "{:#?}", loaded.diagnostics);
    loaded.workspace.expect("a sound workspace has settings")
}

fn play(workspace: &Workspace, file: &SourceFile) -> Vec<Report> {
    let beside = files!["tests/company/people.yaml"];
    let suite = read(file, workspace, &beside).unwrap_or_else(|found| panic!("{found:#?}"));
    run(&suite, workspace)
}

fn check(workspace: &Workspace, file: &SourceFile, at_least: usize) {
    let reports = play(workspace, file);
    let failed: Vec<_> = reports.iter().filter(|report| report.outcome != Outcome::Passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(reports.len() >= at_least, "{} scenarios were played", reports.len());
}

#[test]
fn every_shipped_scenario_holds() {
    let [scenarios] = files!["workflows/export-approval.scenarios.yaml"].try_into().expect("one file was named");
    check(&sound(&shipped()), &scenarios, 30);
}

#[test]
fn every_example_of_the_reference_is_sound_and_its_scenarios_hold() {
    let pages = [include_str!("../../../workflows/README.md"), include_str!("../../../forms/README.md")];
    let (scenarios, definitions): (Vec<_>, Vec<_>) =
        pages.into_iter().flat_map(examples).partition(|file| file.path.ends_with(".scenarios.yaml"));
    assert!(!scenarios.is_empty() && !definitions.is_empty(), "the reference shows whole files");
    let workspace = sound(&[shipped(), definitions].concat());
    for file in scenarios {
        check(&workspace, &file, 1);
    }
}
