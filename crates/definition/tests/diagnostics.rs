//! Each code has a page, and a message with help in every language; nothing else has one.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read files and stop where one is not as it should be"
)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use definition::diagnostic::codes;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn known() -> BTreeSet<String> {
    codes::ALL.iter().map(ToString::to_string).collect()
}

/// The messages of a Fluent file by id: a line scan is enough for what we write.
fn messages(locale: &str, file: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(format!("web/locales/{locale}/{file}.ftl"))).unwrap();
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    let mut id = None;
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if !line.starts_with(' ') {
            let (name, _) = line.split_once(" =").unwrap();
            assert!(messages.insert(name.to_owned(), String::new()).is_none(), "{name} stands twice");
            id = Some(name.to_owned());
        }
        let message = messages.get_mut(id.as_ref().unwrap()).unwrap();
        message.push_str(line);
        message.push('\n');
    }
    messages
}

/// The arguments that a message uses.
fn arguments(message: &str) -> BTreeSet<&str> {
    message.split("{ $").skip(1).map(|rest| rest.split([' ', '}']).next().unwrap()).collect()
}

#[test]
fn codes_stand_in_order_and_each_number_once() {
    let numbers: Vec<u16> = codes::ALL.iter().map(|code| code.number).collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(numbers, sorted);
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics");
    let pages: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(pages, known());
}

#[test]
fn every_code_has_a_message_with_help_in_both_languages_with_the_same_arguments() {
    let (chinese, english) = (messages("zh-CN", "diagnostics"), messages("en", "diagnostics"));
    assert_eq!(chinese.keys().cloned().collect::<BTreeSet<_>>(), known());
    assert_eq!(english.keys().cloned().collect::<BTreeSet<_>>(), known());
    for (code, message) in &chinese {
        assert!(
            message.contains("\n    .help = ") && english[code].contains("\n    .help = "),
            "{code} says how to mend it"
        );
        assert_eq!(arguments(message), arguments(&english[code]), "{code}");
    }
}

#[test]
fn every_complaint_about_a_field_has_a_message_in_both_languages() {
    let source = ["form_values.rs", "form_values/read.rs"]
        .map(|file| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file)).unwrap())
        .concat();
    let used: BTreeSet<String> =
        source.split('"').filter(|part| part.starts_with("field-")).map(ToOwned::to_owned).collect();
    let (chinese, english) = (messages("zh-CN", "fields"), messages("en", "fields"));
    // Other crates complain about fields as well, in the same file.
    let missing: Vec<&String> = used.iter().filter(|id| !chinese.contains_key(*id)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    assert_eq!(english.keys().collect::<Vec<_>>(), chinese.keys().collect::<Vec<_>>());
    for (id, message) in &chinese {
        assert_eq!(arguments(message), arguments(&english[id]), "{id}");
    }
}
