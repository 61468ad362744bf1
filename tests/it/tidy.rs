//! House rules that a glance at the files can check.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The longest a source file of ours may be.
const LINES_MAX: usize = 600;

/// The only entries of the top level, beside dot-files.
const TOP_LEVEL: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "Makefile",
    "README.md",
    "chancery.yaml",
    "clippy.toml",
    "crates",
    "deny.toml",
    "forms",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "tests",
    "web",
    "workflows",
];

/// Drawers that grow.
const BANNED_MODULES: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc", "manager", "service"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// Files that git tracks or would track, relative to the root.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git runs");
    let listing = String::from_utf8(output.stdout).expect("our file names are UTF-8");
    listing.lines().filter(|file| root().join(file).exists()).map(str::to_owned).collect()
}

fn sources(ending: &[&str]) -> Vec<(String, String)> {
    files()
        .into_iter()
        .filter(|file| ending.iter().any(|ending| file.ends_with(ending)))
        .map(|file| {
            let text = fs::read_to_string(root().join(&file)).expect("a source file is UTF-8");
            (file, text)
        })
        .collect()
}

#[test]
fn nothing_stands_at_the_top_level_that_does_not_belong_there() {
    let strangers: Vec<String> = files()
        .iter()
        .filter_map(|file| file.split('/').next())
        .filter(|entry| !entry.starts_with('.') && !TOP_LEVEL.contains(entry))
        .map(str::to_owned)
        .collect();
    assert_eq!(strangers, Vec::<String>::new());
}

#[test]
fn no_source_file_is_too_long() {
    let long: Vec<String> = sources(&[".rs", ".ts", ".tsx", ".css", ".html"])
        .into_iter()
        .filter(|(_, text)| text.lines().count() > LINES_MAX)
        .map(|(file, text)| format!("{file}: {}", text.lines().count()))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn no_module_is_a_drawer() {
    let drawers: Vec<String> = files()
        .into_iter()
        .filter(|file| Path::new(file).extension().is_some_and(|extension| extension == "rs"))
        .filter(|file| {
            let stem = Path::new(file).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            BANNED_MODULES.contains(&stem)
        })
        .collect();
    assert_eq!(drawers, Vec::<String>::new());
}

#[test]
fn no_lint_is_silenced_without_a_reason_and_nothing_is_left_to_do() {
    let marks = [["#[al", "low("].concat(), ["#![al", "low("].concat(), ["to", "do!("].concat(), ["TO", "DO"].concat()];
    let mut left = Vec::new();
    for (file, text) in sources(&[".rs", ".ts"]) {
        for (number, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark.as_str())) {
                left.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn no_text_for_people_in_chinese_stands_in_code() {
    let is_han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let mut found = Vec::new();
    for (file, text) in sources(&[".rs"]) {
        let is_test = file.starts_with("tests/") || file.contains("/tests") || file.contains("/examples/");
        if is_test || !file.contains("/src/") || DATA_IN_CHINESE.contains(&file.as_str()) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            if !line.trim_start().starts_with("//") && line.chars().any(is_han) {
                found.push(format!("{file}:{}", number + 1));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

/// Files whose Chinese is data that they parse or make, not text for people.
const DATA_IN_CHINESE: &[&str] = &["crates/definition/src/period/words.rs"];
