//! The scenarios that ship hold on the engine as it is.

use definition::load::{SourceFile, load};
use scenario::{Outcome, read, run};

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        vec![$(SourceFile { path: $path.to_owned(), text: include_bytes!(concat!("../../../", $path)).to_vec() }),*]
    };
}

#[test]
fn every_shipped_scenario_holds() {
    let files = files![
        "chancery.yaml",
        "forms/customer.yaml",
        "forms/export-request.yaml",
        "workflows/export-approval.yaml",
        "workflows/calendars/china-closed.ics",
        "workflows/calendars/china-open.ics",
    ];
    let beside = files!["tests/company/people.yaml"];
    let [scenarios] = files!["workflows/export-approval.scenarios.yaml"].try_into().unwrap();
    let loaded = load(&files);
    let workspace = loaded.workspace.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let suite = read(&scenarios, &workspace, &beside).unwrap_or_else(|found| panic!("{found:#?}"));
    let reports = run(&suite, &workspace);
    let failed: Vec<_> = reports.iter().filter(|report| report.outcome != Outcome::Passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(reports.len() > 20, "{} scenarios were played", reports.len());
}
