//! `chancery test`: plays the scenarios that stand beside the workflows.

mod failure;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use anyhow::{Context, Result};
use chrono::DateTime;
use definition::{
    diagnostic::Diagnostic,
    document,
    load::{self, SourceFile},
    model::Workspace,
    text::Locale,
};
use scenario::{Outcome, Report};
use serde::Serialize;
use server::i18n::{self, format::Reading};

use super::{
    check::{is_coloured, locale_of},
    diagnostics::{self, Printing},
    workspace,
};
use crate::arguments::{Common, Test};

/// What a file of scenarios came to.
struct Played {
    file: String,
    /// How its scenarios went, or what is wrong with the file.
    result: Result<Vec<Report>, Vec<Diagnostic>>,
}

/// Plays the scenarios; the status says whether all of them went as they say.
pub fn run(common: &Common, arguments: &Test) -> Result<ExitCode> {
    let mut files = workspace::read(&common.workspace)?;
    let loaded = load::load(&files);
    let locale = locale_of(common, &loaded);
    let scenarios = workspace::read_scenarios(&common.workspace)?;
    let played = match loaded.workspace.as_ref().filter(|_| !loaded.has_errors()) {
        Some(workspace) => {
            let play = |file: &SourceFile| Played {
                file: file.path.clone(),
                result: play(common, (workspace, locale), (file, arguments.filter.as_deref())),
            };
            scenarios.iter().map(play).collect()
        }
        None => vec![Played { file: String::new(), result: Err(loaded.diagnostics) }],
    };
    files.extend(scenarios);
    let zone = loaded.workspace.as_ref().map_or(chrono_tz::UTC, |workspace| workspace.settings.timezone);
    // Seen from so far away every moment is written in full.
    let reading = Reading { locale, zone, now: DateTime::UNIX_EPOCH };
    let results = Results { reading, files: &files, played: &played };
    let mut stdout = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer_pretty(&mut stdout, &results.as_json())?;
        writeln!(stdout)?;
    } else {
        results.print(&mut stdout)?;
    }
    stdout.flush().context("write the results")?;
    Ok(if results.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn play(
    common: &Common,
    (workspace, locale): (&Workspace, Locale),
    (file, filter): (&SourceFile, Option<&str>),
) -> Result<Vec<Report>, Vec<Diagnostic>> {
    let root = document::read(file)?;
    let people = root.get("people").and_then(document::Node::as_text);
    let named = people.and_then(|path| workspace::read_named(&common.workspace, path));
    let mut suite = scenario::read(file, workspace, &Vec::from_iter(named))?;
    if let Some(filter) = filter.filter(|filter| !file.path.contains(filter)) {
        suite.scenarios.retain(|scenario| scenario.title.get(locale).contains(filter));
    }
    Ok(scenario::run(&suite, workspace))
}

struct Results<'a> {
    reading: Reading,
    files: &'a [SourceFile],
    played: &'a [Played],
}

/// The results in JSON; others script against these names.
#[derive(Debug, Serialize)]
struct Printed<'a> {
    passed: usize,
    failed: usize,
    scenarios: Vec<PrintedScenario<'a>>,
    diagnostics: Vec<diagnostics::Printed<'a>>,
}

/// A scenario's result in JSON.
#[derive(Debug, Serialize)]
struct PrintedScenario<'a> {
    file: &'a str,
    line: u32,
    scenario: &'a str,
    outcome: &'static str,
    failures: Vec<failure::Told>,
}

impl Results<'_> {
    fn has_failed(&self) -> bool {
        let (_, failed) = self.counted();
        failed > 0 || self.played.iter().any(|played| played.result.is_err())
    }

    /// How many scenarios passed, and how many did not.
    fn counted(&self) -> (usize, usize) {
        let reports = self.played.iter().flat_map(|played| played.result.iter().flatten());
        let (passed, failed): (Vec<_>, Vec<_>) = reports.partition(|report| report.outcome == Outcome::Passed);
        (passed.len(), failed.len())
    }

    fn as_json(&self) -> Printed<'_> {
        let (passed, failed) = self.counted();
        let each = self
            .played
            .iter()
            .flat_map(|played| played.result.iter().flatten().map(|report| (played.file.as_str(), report)));
        let scenarios = each.map(|(file, report)| PrintedScenario {
            file,
            line: report.line,
            scenario: report.title.get(self.reading.locale),
            outcome: if report.outcome == Outcome::Passed { "passed" } else { "failed" },
            failures: failure::told(&report.outcome, self.reading),
        });
        let found = self.played.iter().filter_map(|played| played.result.as_ref().err());
        let diagnostics = found.flat_map(|found| diagnostics::as_json(found, self.reading.locale)).collect();
        Printed { passed, failed, scenarios: scenarios.collect(), diagnostics }
    }

    fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let printing = Printing { locale: self.reading.locale, files: self.files, is_coloured: is_coloured() };
        for Played { file, result } in self.played {
            match result {
                Ok(reports) if reports.is_empty() => {}
                Ok(reports) => {
                    writeln!(out, "{file}")?;
                    for report in reports {
                        self.one(out, report)?;
                    }
                }
                Err(found) => printing.print(out, found)?,
            }
        }
        let (passed, failed) = self.counted();
        let id = match (passed + failed, failed, self.has_failed()) {
            (0, _, false) => "test-none",
            (_, 0, false) => "test-passed",
            (_, 0, true) => "test-unread",
            (_, _, _) => "test-failed",
        };
        let arguments = [("count", (passed + failed).into()), ("failed", failed.into())];
        writeln!(io::stderr().lock(), "{}", i18n::message(self.reading.locale, id, &arguments))
    }

    fn one(&self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let title = report.title.get(self.reading.locale);
        let mark = if report.outcome == Outcome::Passed { '✓' } else { '✗' };
        writeln!(out, "  {mark} {title}")?;
        let failures = failure::told(&report.outcome, self.reading);
        failures.iter().try_for_each(|failure| writeln!(out, "      {}", failure.text))
    }
}
