//! The workspace at the repository's root, as `chancery check` would read it.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and stop where one is not as it should be"
)]

use std::{fs, path::Path};

use definition::load::SourceFile;

/// The files that definitions are read from.
pub fn shipped() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![read(&root, "chancery.yaml")];
    for folder in ["forms", "workflows", "workflows/calendars"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                files.push(read(&root, &format!("{folder}/{}", entry.file_name().to_str().unwrap())));
            }
        }
    }
    files
}

/// One file of it.
pub fn read(root: &Path, path: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: fs::read(root.join(path)).unwrap() }
}
