//! Diagnostics as people and programs read them.

mod excerpt;

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use definition::{
    diagnostic::{Diagnostic, PathStep, Severity},
    load::SourceFile,
    text::Locale,
};
use serde::Serialize;
use server::i18n::{self, FluentValue};

/// A diagnostic in JSON; others script against these names.
#[derive(Debug, Serialize)]
pub struct Printed<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    code: String,
    kind: &'static str,
    severity: &'static str,
    message: String,
    help: Option<String>,
    path: Vec<PrintedStep<'a>>,
}

/// A step of a counterexample in JSON.
#[derive(Debug, Serialize)]
pub struct PrintedStep<'a> {
    step: &'a str,
    happens: &'static str,
    detail: Option<&'a str>,
    text: String,
}

/// Diagnostics for programs.
pub fn as_json(diagnostics: &[Diagnostic], locale: Locale) -> Vec<Printed<'_>> {
    let printed = diagnostics.iter().map(|diagnostic| Printed {
        file: &diagnostic.file,
        line: diagnostic.line,
        column: diagnostic.column,
        code: diagnostic.code.to_string(),
        kind: diagnostic.code.kind.as_str(),
        severity: severity(diagnostic.severity),
        message: message(diagnostic, locale),
        help: help(diagnostic, locale),
        path: diagnostic.path.iter().map(|step| printed_step(step, locale)).collect(),
    });
    printed.collect()
}

fn printed_step(step: &PathStep, locale: Locale) -> PrintedStep<'_> {
    let text = sentence(step, locale);
    PrintedStep { step: &step.step, happens: step.happens, detail: step.detail.as_deref(), text }
}

/// Diagnostics for people, without the lines they speak of.
pub fn print(out: &mut dyn Write, diagnostics: &[Diagnostic], locale: Locale) -> io::Result<()> {
    Printing { locale, files: &[], is_coloured: false }.print(out, diagnostics)
}

/// How diagnostics are told to people.
#[derive(Debug, Clone, Copy)]
pub struct Printing<'a> {
    /// In which language.
    pub locale: Locale,
    /// The files whose lines are shown.
    pub files: &'a [SourceFile],
    /// Whether the place to write to shows colours.
    pub is_coloured: bool,
}

impl Printing<'_> {
    /// Writes all of them, in order.
    pub fn print(&self, out: &mut dyn Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let files: BTreeMap<&str, &[u8]> =
            self.files.iter().map(|file| (file.path.as_str(), file.text.as_slice())).collect();
        for diagnostic in diagnostics {
            self.one(out, diagnostic, files.get(diagnostic.file.as_str()).copied())?;
        }
        Ok(())
    }

    fn one(&self, out: &mut dyn Write, diagnostic: &Diagnostic, text: Option<&[u8]>) -> io::Result<()> {
        let Diagnostic { file, line, column, code, .. } = diagnostic;
        let word = match diagnostic.severity {
            Severity::Error => self.coloured(RED, &i18n::message(self.locale, "check-error", &[])),
            Severity::Warning => self.coloured(YELLOW, &i18n::message(self.locale, "check-warning", &[])),
            Severity::Note => self.coloured(BLUE, &i18n::message(self.locale, "check-note", &[])),
        };
        let file = excerpt::harmless(file);
        let place = self.coloured(BOLD, &format!("{file}:{line}:{column}"));
        writeln!(out, "{place} {word} {code} ({})", code.kind.as_str())?;
        if let Some(excerpt) = text.and_then(|text| excerpt::of(text, (*line, *column))) {
            writeln!(out, "{line:>6} | {}", excerpt.line)?;
            writeln!(out, "       | {}{}", excerpt.indent, self.coloured(RED, "^"))?;
        }
        writeln!(out, "  {}", excerpt::harmless(&message(diagnostic, self.locale)))?;
        if let Some(help) = help(diagnostic, self.locale) {
            let told = i18n::message(self.locale, "check-help", &[("help", help.into())]);
            writeln!(out, "  {}", excerpt::harmless(&told))?;
        }
        if !diagnostic.path.is_empty() {
            writeln!(out, "  {}", self.coloured(BOLD, &i18n::message(self.locale, "check-path", &[])))?;
        }
        for (number, step) in (1..).zip(&diagnostic.path) {
            writeln!(out, "  {number:>3}. {}", excerpt::harmless(&sentence(step, self.locale)))?;
        }
        writeln!(out)
    }

    fn coloured(&self, colour: &str, text: &str) -> String {
        if self.is_coloured { format!("{colour}{text}{PLAIN}") } else { text.to_owned() }
    }
}

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const BLUE: &str = "\u{1b}[1;34m";
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// The stable word of a severity.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn message(diagnostic: &Diagnostic, locale: Locale) -> String {
    i18n::message(locale, &diagnostic.code.to_string(), &arguments(diagnostic))
}

fn help(diagnostic: &Diagnostic, locale: Locale) -> Option<String> {
    i18n::attribute(locale, &diagnostic.code.to_string(), "help", &arguments(diagnostic))
}

fn arguments(diagnostic: &Diagnostic) -> Vec<(&str, FluentValue<'_>)> {
    diagnostic.arguments.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect()
}

/// A step of a counterexample as a sentence.
fn sentence(step: &PathStep, locale: Locale) -> String {
    let id = match (step.happens, &step.detail) {
        ("submitted", _) => "path-submitted",
        ("approved", _) => "path-approved",
        ("done", _) => "path-done",
        ("timed_out", _) => "path-timed-out",
        ("skipped", _) => "path-skipped",
        ("rejected", _) => "path-rejected",
        ("failed", _) => "path-failed",
        ("item", _) => "path-item",
        ("empty", _) => "path-empty",
        ("case", _) => "path-case",
        ("else", _) => "path-else",
        (_, Some(_)) => "path-runs-action",
        (_, None) => "path-runs",
    };
    let detail = step.detail.as_deref().unwrap_or_default();
    i18n::message(locale, id, &[("step", step.step.as_str().into()), ("detail", detail.into())])
}
