//! The repository's own workspace, for tests.

use std::path::Path;

use definition::{
    load::{SourceFile, load, load_people},
    model::Workspace,
    people::Directory,
};
use runtime::definitions::folder;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The workspace of the repository.
pub fn workspace() -> Workspace {
    load(&folder::read(Path::new(ROOT)).expect("the workspace's files")).workspace.expect("a sound workspace")
}

/// The people of the demo company.
pub fn directory() -> Directory {
    let path = "tests/company/people.yaml";
    let text = std::fs::read(Path::new(ROOT).join(path)).expect("the company's people");
    let settings = workspace().settings;
    let file = load_people(&settings, &SourceFile { path: path.to_owned(), text }).file.expect("sound people");
    Directory::new(&settings, file.people, file.departments)
}
