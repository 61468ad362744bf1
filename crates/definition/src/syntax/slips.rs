//! What people mistype in YAML, told by name: tabs, full-width punctuation, values that need quotes.

use super::{Content, Node, Place, Scalar, characters};
use crate::{diagnostic::codes, reporter::Reporter};

/// How far a file's place is looked at for a slip, in characters of its line: a line of a megabyte is no slip.
const LINE_CHARACTERS_MAX: usize = 2_000;

/// Says why the parser stopped at a place, from the line it stopped in and the one before.
pub(super) fn explain(reporter: &mut Reporter<'_>, text: &str, stopped: Place) {
    if reporter.has_finding_on(stopped.line) {
        return;
    }
    let numbers = [stopped.line, stopped.line.saturating_sub(1)];
    for number in numbers {
        let Some(line) = line(text, number) else { continue };
        if let Some(slip) = slip_in(line) {
            slip.report(reporter, number);
            return;
        }
    }
    reporter.report(codes::UNREADABLE, stopped, &[]);
}

/// Reports the slips of a file that YAML reads, though not as it was meant; whether there were any.
pub(super) fn find(reporter: &mut Reporter<'_>, text: &str, root: &Node) -> bool {
    let errors = reporter.errors();
    for (number, line) in (1u32..).zip(text.lines()) {
        if let Some(column) = tab_in_indentation(line) {
            reporter.report(codes::TAB, Place { line: number, column }, &[]);
        }
    }
    walk(reporter, root);
    reporter.errors() > errors
}

/// A slip and the column where it stands.
enum Slip {
    Tab(u32),
    FullWidth(u32, char, char),
    Template(u32),
    Quotes(u32, char),
}

impl Slip {
    fn report(&self, reporter: &mut Reporter<'_>, line: u32) {
        let at = |column: u32| Place { line, column };
        match self {
            Self::Tab(column) => reporter.report(codes::TAB, at(*column), &[]),
            Self::FullWidth(column, found, meant) => {
                let arguments = [("found", &*found.to_string()), ("meant", &*meant.to_string())];
                reporter.report(codes::FULL_WIDTH, at(*column), &arguments);
            }
            Self::Template(column) => reporter.report(codes::TEMPLATE_NEEDS_QUOTES, at(*column), &[]),
            Self::Quotes(column, found) => {
                reporter.report(codes::NEEDS_QUOTES, at(*column), &[("found", &found.to_string())]);
            }
        }
    }
}

fn slip_in(line: &str) -> Option<Slip> {
    if let Some(column) = tab_in_indentation(line) {
        return Some(Slip::Tab(column));
    }
    let (column, value) = first_value(line)?;
    if value.starts_with("{{") || value.starts_with("{%") {
        return Some(Slip::Template(column));
    }
    if let Some(found) = value.chars().next().filter(|first| "!&*@`%".contains(*first)) {
        return Some(Slip::Quotes(column, found));
    }
    outside_quotes(line)
        .find_map(|(column, character)| Some(Slip::FullWidth(column, character, characters::ascii_of(character)?)))
}

/// The first tab that stands for indentation.
fn tab_in_indentation(line: &str) -> Option<u32> {
    let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
    let (before, after) = line.split_at(indentation);
    if after.is_empty() || after.starts_with('#') {
        return None;
    }
    before.find('\t').map(column)
}

/// What stands behind the first `key: ` or `- ` of a line, and its column.
fn first_value(line: &str) -> Option<(u32, &str)> {
    let line: &str = line.char_indices().nth(LINE_CHARACTERS_MAX).map_or(line, |(end, _)| &line[..end]);
    let mut at = line.len() - line.trim_start().len();
    while line[at..].starts_with("- ") {
        at += 2 + line[at + 2..].len() - line[at + 2..].trim_start().len();
    }
    if let Some(colon) = line[at..].find(": ") {
        at += colon + 2;
        at += line[at..].len() - line[at..].trim_start().len();
    }
    (at < line.len()).then(|| (column(line[..at].chars().count()), &line[at..]))
}

/// The characters of a line that stand in no quotes and no comment.
fn outside_quotes(line: &str) -> impl Iterator<Item = (u32, char)> {
    let mut quote = None;
    let mut before = ' ';
    let mut commented = false;
    line.chars().take(LINE_CHARACTERS_MAX).enumerate().filter_map(move |(index, character)| {
        let is_text = quote.is_some() || commented;
        match quote {
            Some(open) if open == character => quote = None,
            None if matches!(character, '"' | '\'') && " [{,:".contains(before) => quote = Some(character),
            None if character == '#' && before == ' ' => commented = true,
            Some(_) | None => {}
        }
        before = character;
        (!is_text).then(|| (column(index), character))
    })
}

/// Plain values that were meant as keys or lists, and texts that reorder what stands around them.
fn walk(reporter: &mut Reporter<'_>, node: &Node) {
    match &node.content {
        Content::Scalar(scalar) => scalar_slips(reporter, node.place, scalar),
        Content::Sequence(items) => {
            for item in items {
                item_slips(reporter, item);
                walk(reporter, item);
            }
        }
        Content::Mapping(entries) => {
            for entry in entries {
                if let Some(found) = entry.key.chars().find(|one| characters::ascii_of(*one).is_some()) {
                    full_width(reporter, entry.key_place, &entry.key, found);
                }
                walk(reporter, &entry.value);
            }
        }
    }
}

fn scalar_slips(reporter: &mut Reporter<'_>, place: Place, scalar: &Scalar) {
    if let Some(character) = scalar.text.chars().find(|one| characters::is_bidirectional(*one)) {
        reporter.report(codes::INVISIBLE, place, &[("character", &characters::code_point(character))]);
    }
    if !scalar.plain {
        return;
    }
    let is_list = scalar.text.contains('\u{FF0C}') && scalar.text.split(is_separator).all(is_word);
    if let (true, Some(found)) = (is_list, scalar.text.chars().find(|one| is_separator(*one))) {
        full_width(reporter, place, &scalar.text, found);
    }
}

/// An item such as `name\u{FF1A}x`, which was meant as a key with its value. As the value of a key it may well be a text.
fn item_slips(reporter: &mut Reporter<'_>, item: &Node) {
    let Some(text) = item.as_plain() else { return };
    let key = text.split('\u{FF1A}').next().unwrap_or_default();
    let is_key = key.len() < text.len() && is_word(key) && !key.contains(|one: char| one.is_ascii_uppercase());
    if is_key {
        full_width(reporter, item.place, text, '\u{FF1A}');
    }
}

fn full_width(reporter: &mut Reporter<'_>, place: Place, text: &str, found: char) {
    let before = text.chars().take_while(|one| *one != found).count();
    let place = Place { column: place.column + column(before) - 1, ..place };
    let meant = characters::ascii_of(found).unwrap_or(found);
    reporter.report(codes::FULL_WIDTH, place, &[("found", &found.to_string()), ("meant", &meant.to_string())]);
}

fn is_separator(character: char) -> bool {
    matches!(character, '\u{FF1A}' | '\u{FF0C}')
}

/// Whether a text is a name as definitions write them.
fn is_word(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

fn line(text: &str, number: u32) -> Option<&str> {
    text.lines().nth(usize::try_from(number.checked_sub(1)?).ok()?)
}

fn column(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}
