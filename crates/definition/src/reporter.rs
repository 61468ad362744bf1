//! Collects what is wrong in one file.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Code, Diagnostic, Kind, Severity, codes},
    syntax::Place,
};

/// How many findings of one file are listed; a reader of the first hundred needs no more.
pub(crate) const FINDINGS_MAX: usize = 100;

/// The findings of one file, in the order they were made.
#[derive(Debug)]
pub(crate) struct Reporter<'a> {
    file: &'a str,
    found: Vec<Diagnostic>,
    errors: usize,
    left_out: bool,
    forgiven: BTreeSet<String>,
}

impl<'a> Reporter<'a> {
    /// For a file, by its path in the workspace.
    pub(crate) fn new(file: &'a str) -> Self {
        Self { file, found: Vec::new(), errors: 0, left_out: false, forgiven: BTreeSet::new() }
    }

    /// The file's path in the workspace.
    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    /// Notes an error.
    pub(crate) fn report(&mut self, code: Code, place: Place, arguments: &[(&'static str, &str)]) {
        self.errors += 1;
        if !self.is_forgiven(code, arguments) {
            self.push(code, Severity::Error, place, arguments);
        }
    }

    /// A name that is there, though what bears it is broken and was reported: whoever refers to it is not blamed.
    pub(crate) fn forgive(&mut self, name: &str) {
        self.forgiven.insert(name.to_owned());
    }

    /// Notes something that does not stop publishing.
    pub(crate) fn warn(&mut self, code: Code, place: Place, arguments: &[(&'static str, &str)]) {
        self.push(code, Severity::Warning, place, arguments);
    }

    /// Takes over what was found in a file that this one names.
    pub(crate) fn adopt(&mut self, other: Reporter<'_>) {
        self.errors += other.errors;
        self.found.extend(other.found);
    }

    /// How many errors there were so far: equal before and after a part was read means that the part was sound.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// Whether the list is full: what is found from now on is not listed.
    pub(crate) fn is_full(&self) -> bool {
        self.left_out
    }

    /// Everything found, by place.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|left, right| {
            let key = |one: &Diagnostic| (one.line, one.column, one.code.number);
            left.file.cmp(&right.file).then_with(|| key(left).cmp(&key(right)))
        });
        self.found.dedup();
        self.found
    }

    /// Whether something was found on a line.
    pub(crate) fn has_finding_on(&self, line: u32) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.line == line)
    }

    fn is_forgiven(&self, code: Code, arguments: &[(&'static str, &str)]) -> bool {
        code.kind == Kind::Reference
            && arguments
                .iter()
                .any(|(name, value)| *name == "name" && value.split('.').any(|part| self.forgiven.contains(part)))
    }

    fn push(&mut self, code: Code, severity: Severity, place: Place, arguments: &[(&'static str, &str)]) {
        if self.left_out {
            return;
        }
        if self.found.len() == FINDINGS_MAX {
            self.left_out = true;
            let limit = FINDINGS_MAX.to_string();
            self.found.push(self.diagnostic(codes::MORE_FOUND, Severity::Error, place, &[("limit", &limit)]));
            return;
        }
        self.found.push(self.diagnostic(code, severity, place, arguments));
    }

    fn diagnostic(
        &self,
        code: Code,
        severity: Severity,
        place: Place,
        arguments: &[(&'static str, &str)],
    ) -> Diagnostic {
        let mut arguments: BTreeMap<_, _> = arguments.iter().map(|(name, value)| (*name, shortened(value))).collect();
        // A message can select on a word, not on whether a text is empty.
        if let Some(suggestion) = arguments.get("suggestion") {
            let guess = if suggestion.is_empty() { "no" } else { "yes" };
            arguments.insert("guess", guess.to_owned());
        }
        let Place { line, column } = place;
        Diagnostic { file: self.file.to_owned(), line, column, code, severity, arguments, path: Vec::new() }
    }
}

/// How much of a file's own text a message repeats.
const ARGUMENT_CHARACTERS_MAX: usize = 300;

/// A file's text as a message repeats it: not endless, and without line breaks.
fn shortened(value: &str) -> String {
    let mut text: String = value
        .chars()
        .take(ARGUMENT_CHARACTERS_MAX)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if value.chars().nth(ARGUMENT_CHARACTERS_MAX).is_some() {
        text.push('…');
    }
    text
}
