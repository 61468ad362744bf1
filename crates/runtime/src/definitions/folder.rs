//! Reads the files of a workspace folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use definition::load::SourceFile;

/// The most files one workspace folder may hold of each kind.
const FILES_MAX: usize = 2_000;

/// The most bytes of a file that are read: beyond the language's own limit it only matters that it is too large.
const BYTES_MAX: u64 = 8 << 20;

/// The definition files of a folder, by path: `chancery.yaml`, `forms/*.yaml`, `workflows/*.yaml` (scenarios apart) and
/// calendars below `workflows/`.
pub fn read(folder: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = vec![read_file(folder, Path::new("chancery.yaml"))?];
    for place in ["forms", "workflows", "workflows/calendars"] {
        for path in listed(folder, place)? {
            if is_definition(&path) {
                files.push(read_file(folder, &path)?);
            }
        }
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}

/// The scenario files of a folder, by path.
pub fn read_scenarios(folder: &Path) -> io::Result<Vec<SourceFile>> {
    let paths = listed(folder, "workflows")?;
    paths.iter().filter(|path| is_scenario(path)).map(|path| read_file(folder, path)).collect()
}

/// One file below the folder.
pub fn read_file(folder: &Path, path: &Path) -> io::Result<SourceFile> {
    use io::Read;
    let mut text = Vec::new();
    fs::File::open(folder.join(path))?.take(BYTES_MAX).read_to_end(&mut text)?;
    Ok(SourceFile { path: path.to_string_lossy().replace('\\', "/"), text })
}

fn listed(folder: &Path, place: &str) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder.join(place)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries.take(FILES_MAX) {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            paths.push(Path::new(place).join(entry.file_name()));
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_scenario(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".scenarios.yaml")
}

fn is_definition(path: &Path) -> bool {
    let name = path.to_string_lossy();
    (name.ends_with(".yaml") || name.ends_with(".ics")) && !is_scenario(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_is_its_settings_forms_workflows_and_calendars() {
        let folder = tempfile::tempdir().unwrap();
        for path in [
            "chancery.yaml",
            "forms/a.yaml",
            "workflows/b.yaml",
            "workflows/b.scenarios.yaml",
            "workflows/calendars/c.ics",
            "forms/notes.txt",
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let paths: Vec<String> = read(folder.path()).unwrap().into_iter().map(|file| file.path).collect();
        assert_eq!(paths, ["chancery.yaml", "forms/a.yaml", "workflows/b.yaml", "workflows/calendars/c.ics"]);
        let scenarios: Vec<String> = read_scenarios(folder.path()).unwrap().into_iter().map(|file| file.path).collect();
        assert_eq!(scenarios, ["workflows/b.scenarios.yaml"]);
    }
}
