//! The files of the workspace that a command is about.

use std::{
    io,
    path::{Component, Path},
};

use anyhow::{Context, Result};
use definition::load::SourceFile;
use runtime::definitions::folder;

/// The definition files of a folder. One without `chancery.yaml` has none: that it is missing is for the check to say.
pub fn read(workspace: &Path) -> Result<Vec<SourceFile>> {
    let reading = || format!("read the workspace {}", workspace.display());
    if !workspace.is_dir() {
        return Err(io::Error::from(io::ErrorKind::NotFound)).with_context(reading);
    }
    match folder::read(workspace) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        read => read.with_context(reading),
    }
}

/// The scenario files of a folder.
pub fn read_scenarios(workspace: &Path) -> Result<Vec<SourceFile>> {
    folder::read_scenarios(workspace).with_context(|| format!("read the scenarios of {}", workspace.display()))
}

/// A file that a definition names, if it lies within the workspace and can be read.
pub fn read_named(workspace: &Path, path: &str) -> Option<SourceFile> {
    let path = Path::new(path);
    let is_within = path.components().all(|part| matches!(part, Component::Normal(_)));
    is_within.then(|| folder::read_file(workspace, path).ok()).flatten()
}

/// A file that the command line names.
pub fn read_given(path: &Path) -> Result<SourceFile> {
    folder::read_file(Path::new(""), path).with_context(|| format!("read {}", path.display()))
}
