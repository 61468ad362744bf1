//! The repository's own workspace, for tests.

use std::path::Path;

use definition::{load::load, model::Workspace};
use runtime::definitions::folder;

/// The workspace of the repository.
pub fn workspace() -> Workspace {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    load(&folder::read(root).expect("the workspace's files")).workspace.expect("a sound workspace")
}
