//! Every `.yaml` under `fixtures/` is checked and compared with the `.out` beside it, one finding a line:
//! `LINE:COLUMN CODE name=value …`. The folder says what the file is; forms and workflows join the shipped workspace.
//!
//! `CHANCERY_WRITE_FIXTURES=1` writes the `.out` files anew: read what it wrote before committing.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and stop where one is not as it should be"
)]

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use definition::{
    diagnostic::{Diagnostic, Severity},
    load::{SourceFile, load, load_people},
};

mod workspace;

#[test]
fn every_fixture_is_answered_as_written_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut wrong = BTreeMap::new();
    let mut checked = 0;
    for kind in ["settings", "form", "workflow", "people"] {
        for path in yaml_files(&folder.join(kind)) {
            checked += 1;
            let found = findings(kind, &path);
            let expected_path = path.with_extension("out");
            if std::env::var("CHANCERY_WRITE_FIXTURES").is_ok() {
                fs::write(&expected_path, &found).unwrap();
            }
            let expected = fs::read_to_string(&expected_path).unwrap_or_default();
            if found != expected {
                wrong.insert(path, format!("\n--- expected\n{expected}--- found\n{found}"));
            }
        }
    }
    assert!(checked > 20, "the fixtures are where this test looks");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|one| one == "yaml")).collect();
    files.sort();
    files
}

fn findings(kind: &str, path: &Path) -> String {
    let text = fs::read(path).unwrap();
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let place = match kind {
        "settings" => "chancery.yaml".to_owned(),
        "form" => format!("forms/{stem}.yaml"),
        "workflow" => format!("workflows/{stem}.yaml"),
        _ => "people.yaml".to_owned(),
    };
    let file = SourceFile { path: place.clone(), text };
    let diagnostics = if kind == "people" {
        load_people(&load(&workspace::shipped()).workspace.unwrap().settings, &file).diagnostics
    } else {
        let mut files = workspace::shipped();
        files.retain(|other| other.path != place);
        files.push(file);
        load(&files).diagnostics
    };
    diagnostics.iter().filter(|one| one.file == place).map(line).collect()
}

fn line(diagnostic: &Diagnostic) -> String {
    let Diagnostic { line, column, code, severity, arguments, path, .. } = diagnostic;
    let mut text = format!("{line}:{column} {code}");
    match severity {
        Severity::Error => {}
        Severity::Warning => text.push_str(" warning"),
        Severity::Note => text.push_str(" note"),
    }
    for (name, value) in arguments.iter().filter(|(name, _)| **name != "guess") {
        write!(text, " {name}={value:?}").expect("a string takes everything");
    }
    for step in path {
        let detail = step.detail.as_deref().unwrap_or("-");
        write!(text, " > {} {} {detail}", step.step, step.happens).expect("a string takes everything");
    }
    text.push('\n');
    text
}
