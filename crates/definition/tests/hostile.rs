//! Files that mean harm are answered with one finding, and before much was read of them.
//!
//! Each bound is on sizes: what is listed, and how far into the file the reader went. A machine's speed is no part of it.

use std::fmt::Write;

use definition::{
    diagnostic::Diagnostic,
    load::{SourceFile, load},
};

mod workspace;

/// The findings of a settings file with this text: code, line and column.
fn answer(text: impl Into<Vec<u8>>) -> Vec<(String, u32, u32)> {
    let loaded = load(&[SourceFile { path: "chancery.yaml".to_owned(), text: text.into() }]);
    assert!(loaded.workspace.is_none());
    loaded.diagnostics.iter().map(place).collect()
}

fn place(diagnostic: &Diagnostic) -> (String, u32, u32) {
    (diagnostic.code.to_string(), diagnostic.line, diagnostic.column)
}

fn one(code: &str, line: u32, column: u32) -> Vec<(String, u32, u32)> {
    vec![(code.to_owned(), line, column)]
}

#[test]
fn five_megabytes_are_refused_by_their_size_alone() {
    assert_eq!(answer(vec![b'a'; 5 * 1024 * 1024]), one("D003", 1, 1));
    assert_eq!(answer(vec![0xFF; 1024 * 1024 + 1]), one("D003", 1, 1));
}

#[test]
fn a_hundred_thousand_brackets_are_refused_within_the_first_hundreds() {
    assert_eq!(answer("[".repeat(100_000)), one("D004", 1, 256));
    assert_eq!(answer("{a: ".repeat(100_000)), one("D004", 1, 255 * 4 + 1));
    assert_eq!(answer("- ".repeat(100_000)), one("D004", 1, 64 * 2 + 1));
    assert_eq!(answer("? ".repeat(100_000)).first(), one("D004", 1, 64 * 2 + 1).first());
}

#[test]
fn an_alias_bomb_is_never_unfolded() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (name, before) in ('b'..='z').zip('a'..='y') {
        let aliases = vec![format!("*{before}"); 10].join(", ");
        writeln!(bomb, "{name}: &{name} [{aliases}]").unwrap();
    }
    let found = answer(bomb);
    assert_eq!(found.len(), 101);
    assert_eq!(found[..3], [("D008".to_owned(), 1, 4), ("D008".to_owned(), 2, 4), ("D009".to_owned(), 2, 8)]);
}

#[test]
fn other_encodings_and_broken_bytes_are_named() {
    let utf16 = |bom: [u8; 2]| {
        let text = "workspace: X\n".encode_utf16().flat_map(u16::to_le_bytes);
        bom.into_iter().chain(text).collect::<Vec<u8>>()
    };
    assert_eq!(answer(utf16([0xFF, 0xFE])), one("D002", 1, 1));
    assert_eq!(answer(utf16([0xFE, 0xFF])), one("D002", 1, 1));
    assert_eq!(
        answer("workspace: X".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        one("D002", 1, 1)
    );
    assert_eq!(answer(b"workspace: X\nlocale: \xC3\x28\n".to_vec()), one("D002", 2, 9));
    assert_eq!(answer(b"workspace: \xCE\xBB\x00\n".to_vec()), one("D033", 1, 13));
}

#[test]
fn a_file_full_of_mistakes_lists_the_first_hundred() {
    let many = (0..60_000).map(|number| format!("key{number}: 1")).collect::<Vec<_>>().join("\n");
    assert_eq!(answer(many).len(), 101);
    let same = "a: 1\n".repeat(150_000);
    assert_eq!(answer(same).len(), 101);
}

#[test]
fn long_lines_keys_and_texts_are_not_repeated_in_full() {
    for text in [
        format!("workspace: {}", "x".repeat(900_000)),
        format!("{}: x", "k".repeat(900_000)),
        format!("workspace: \"{}", "x".repeat(900_000)),
        format!("workspace: [{}", "'a', ".repeat(200_000)),
        format!("locale: {}", "y".repeat(900_000)),
    ] {
        let loaded = load(&[SourceFile { path: "chancery.yaml".to_owned(), text: text.into_bytes() }]);
        assert!((1..=101).contains(&loaded.diagnostics.len()));
        let longest =
            loaded.diagnostics.iter().flat_map(|one| one.arguments.values()).map(|one| one.chars().count()).max();
        assert!(longest.unwrap_or_default() <= 301);
    }
}

/// A small generator of its own: the same mutations on every machine.
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).expect("31 bits fit everywhere we run")
}

#[test]
fn shipped_files_damaged_at_random_are_answered_and_never_crash_the_reader() {
    const PIECES: [&str; 16] =
        ["[", "{", "}", "]", ": ", "- ", "\n", "\t", "\"", "'", "!", "&a", "*a", "|\n", "\u{FF1A}", "\u{200B}"];
    let shipped = workspace::shipped();
    let mut state = 20_261_120;
    let mut refused = 0;
    for _ in 0..200 {
        let mut files = shipped.clone();
        let file = next(&mut state) % files.len();
        let text = &mut files[file].text;
        for _ in 0..=next(&mut state) % 3 {
            let at = next(&mut state) % text.len();
            let until = (at + next(&mut state) % 8).min(text.len());
            text.splice(at..until, PIECES[next(&mut state) % PIECES.len()].bytes());
        }
        let loaded = load(&files);
        refused += usize::from(loaded.has_errors());
        assert!(loaded.workspace.is_some() || loaded.has_errors());
    }
    assert!(refused > 50, "most damage is seen: {refused}");
}

#[test]
fn yaml_that_only_looks_like_ours_is_refused() {
    assert_eq!(answer("%YAML 1.1\n---\nworkspace: X\n").first().map(|one| one.0.clone()), Some("D018".to_owned()));
    assert_eq!(answer("<<: {a: 1}\n").first(), one("D011", 1, 1).first());
    assert_eq!(answer("workspace: X\n...\nworkspace: Y\n"), one("D005", 3, 1));
    assert_eq!(answer("").first(), one("D006", 1, 1).first());
    assert_eq!(answer("\u{FEFF}"), one("D006", 1, 1));
}
