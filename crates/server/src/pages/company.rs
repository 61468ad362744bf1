//! The repository's own workspace and its people, for tests.

use std::path::Path;

use definition::{
    load::{load, load_people},
    model::Workspace,
    people::Directory,
};
use runtime::definitions::folder;

/// The workspace of the repository.
pub fn workspace() -> Workspace {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    load(&folder::read(root).expect("the workspace's files")).workspace.expect("a sound workspace")
}

/// Its people.
pub fn directory(workspace: &Workspace) -> Directory {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let file = folder::read_file(root, Path::new("tests/company/people.yaml")).expect("the people's file");
    let people = load_people(&workspace.settings, &file).file.expect("sound people");
    Directory::new(&workspace.settings, people.people, people.departments)
}
